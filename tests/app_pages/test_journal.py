"""Nhật ký: what the administrator reads of who did what, how it is searched, and that a changed row is named."""

import io
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from access import accounts, log
from app_pages.journal import rows
from common.reading import written
from core.store import Store
from screen import access

FIRST, OWN = "trời mưa ở Khe Tre", "nắng lên rồi bác ạ"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of an administrator, lan, in whose session the page is asked for, with a log of some kinds of rows."""
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "a.sqlite"))
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
    token = accounts.change_password(accounts.sign_in("lan", FIRST, "máy"), FIRST, OWN, "máy")
    monkeypatch.setattr(access, "_token", lambda: token)
    log.note("lan", "xem_nguoi", nguoi=7)
    log.note("lan", "ghi", quyen="record", dot=12)
    log.note(
        "lan",
        "xuat",
        tep="danh-sach.xlsx",
        sha256="ab" * 32,
        co=16199,
        dong=12,
        loc={"as_of": "2018-12-31", "communes": ["20164"], "search": True},
    )
    log.note("", "tu_choi", dia_chi="10.0.0.9", vi="chưa đăng nhập", duong_dan="/media/%0Ax", khong_ghi=31)
    return tmp_path / "a.sqlite"


def test_every_row_in_words_the_newest_first(place: Path, open_app: Callable[..., AppTest], own_district: Path) -> None:
    app = open_app(own_district, "journal")
    assert [e.value for e in (*app.exception, *app.error)] == []
    assert any("Nguyên vẹn" in text for text in written(app))
    shown = app.dataframe[0].value
    assert shown["Số"].tolist() == list(range(len(shown), 0, -1))
    assert shown["Chi tiết"].tolist()[:4] == [
        "từ máy 10.0.0.9, vì chưa đăng nhập, địa chỉ /media/%0Ax, lần khác không ghi 31",
        "bộ lọc ngày 31/12/2018; xã 20164; có tìm theo tên, tệp danh-sach.xlsx, số dòng 12, cỡ 16.199 byte, SHA-256 "
        + "ab" * 32,
        "quyền ghi nhận, đợt 12",
        "hồ sơ số 7",
    ]
    assert shown["Chi tiết"].tolist()[-1] == "thêm, tài khoản lan, vai trò quản trị, người duyệt Trưởng phòng"


def test_it_is_searched_by_deed_account_and_words(
    place: Path, open_app: Callable[..., AppTest], own_district: Path
) -> None:
    app = open_app(own_district, "journal")
    app.multiselect(key="log-actions").set_value(["ghi", "xem_nguoi"]).run()
    assert app.dataframe[0].value["Việc"].tolist() == ["Ghi nhận", "Xem hồ sơ"]
    app.text_input(key="log-search").set_value("dot 12").run()
    assert app.dataframe[0].value["Việc"].tolist() == ["Ghi nhận"]
    app.multiselect(key="log-actions").set_value([]).run()
    app.multiselect(key="log-names").set_value(["lan"]).run()
    app.text_input(key="log-search").set_value("SHA 256 abab").run()
    assert app.dataframe[0].value["Việc"].tolist() == ["Xuất tệp"]


def test_a_changed_row_is_named(place: Path, open_app: Callable[..., AppTest], own_district: Path) -> None:
    connection = sqlite3.connect(place)
    with connection:
        connection.execute("update log set who = 'minh' where n = 4")
    connection.close()
    app = open_app(own_district, "journal")
    assert ["Nhật ký bị sửa từ dòng 4" in str(e.value) for e in app.error] == [True]


def test_the_file_has_the_rows_and_who_took_it(place: Path, district: Store) -> None:
    entries = [log.Entry(1, log.datetime(2026, 11, 30, 8, 0), "=cmd", "vao", {"dia_chi": "@x"})]
    reader = district.seen_by(("vn",), who="lan")
    book = load_workbook(io.BytesIO(rows.excel(reader, rows.in_words(entries), ["vao"], [], None)))
    cells = [c for sheet in book for line in sheet.iter_rows() for c in line if c.value is not None]
    assert {"=cmd", "từ máy @x", "lan", "Việc: Đăng nhập"} <= {str(c.value) for c in cells}
    assert [c for c in cells if c.data_type == "f"] == []


def test_without_accounts_there_is_none(open_app: Callable[..., AppTest], own_district: Path) -> None:
    assert any("Chưa có nhật ký" in text for text in written(open_app(own_district, "journal")))
