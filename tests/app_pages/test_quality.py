"""Chất lượng dữ liệu through the real entry script, and the sentence it begins with."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.quality import sections
from common.district import KHE_TRE, Enter
from common.planted import CLEAN, DAY, FAULTS, lists, whole
from core.columns import HEADINGS
from core.store import Store
from opening.new_store import fill

Open = Callable[..., AppTest]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([0, 180], ""),
        ([181, 0], " 1 xã, thị trấn gửi danh sách quá 180 ngày;"),
        ([None, 180], " 1 xã, thị trấn chưa gửi danh sách nào;"),
        ([None, 181], " 2 xã, thị trấn không có danh sách nào trong 180 ngày qua;"),
    ],
)
def test_the_sentence_has_at_most_four_figures(days: list[int | None], said: str) -> None:
    sent = [None if n is None else pd.Timestamp(DAY) for n in days]
    ages = pd.DataFrame({"days_old": pd.Series(days, dtype=float), "list_on": sent})
    cells = pd.DataFrame({"total": [8, 2], "complete": [7, 2]})
    assert sections.sentence(cells, ages, 3, 2) == (
        f"90,00% ô dữ liệu cần thiết đã có;{said} 2 người có dữ liệu mâu thuẫn; 3 người chưa đủ dữ liệu để kết luận."
    )


# The page


@pytest.fixture
def open_page(open_app: Open) -> Open:
    def open_page(path: Path, **address: str | list[str]) -> AppTest:
        app = open_app(path, "quality", **address)
        assert not app.exception
        return app

    return open_page


def sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ")


def test_the_sentence_and_the_figures(open_page: Open, own_district: Path) -> None:
    app = open_page(own_district)
    assert sentence(app) == (
        "78,95% ô dữ liệu cần thiết đã có; 11 xã, thị trấn chưa gửi danh sách nào; 2 người chưa đủ dữ liệu để kết luận."
    )
    assert [(m.label, m.value) for m in app.metric] == [
        ("Dữ liệu cần thiết đã có", "78,95%"),
        ("Danh sách quá 180 ngày", "0 xã"),
        ("Dữ liệu mâu thuẫn", "0 người"),
        ("Thiếu dữ liệu", "2 người"),
    ]


def test_the_page_keeps_its_order(open_page: Open, own_district: Path) -> None:
    app = open_page(own_district)
    assert [s.value for s in app.subheader][1:] == [
        "Mức đầy đủ theo xã và mục dữ liệu (34 dòng)",
        "Cần xem lại trước",
        "Đề nghị bổ sung",
        "Đề nghị bổ sung hồ sơ: Khe Tre (3 dòng)",
        "Danh sách cũ nhất",
    ]
    assert [e.label.rpartition("] ")[2] for e in app.expander] == [
        "Bảng số liệu",
        "Chưa đủ dữ liệu để kết luận đạt hay chưa đạt: 2 người",
        "Người chưa đạt chuẩn mà ngày sinh còn thiếu hoặc chưa rõ đến ngày: 2 người",
        "Chuyên ngành chưa được đối chiếu với chức danh nên chưa kết luận được: 1 người",
        "Cách tính",
        "Căn cứ pháp lý",
        "Nguồn và thời điểm số liệu",
    ]


def test_a_commune_is_asked_by_its_own_list(open_page: Open, own_district: Path) -> None:
    app = open_page(own_district)
    app.selectbox(key="request-commune").set_value("20185").run()
    assert not app.exception
    assert "Đề nghị bổ sung hồ sơ: Thượng Lộ (3 dòng)" in [s.value for s in app.subheader]
    asked = app.dataframe[-1].value
    assert set(asked[HEADINGS["commune"]]) == {"Thượng Lộ"}
    assert HEADINGS["person_id"] not in asked


def test_a_filter_narrows_everything(open_page: Open, own_district: Path) -> None:
    app = open_page(own_district, xa="20161")
    assert "1 xã, thị trấn chưa gửi danh sách nào" in sentence(app)
    assert "người chưa đủ dữ liệu" in sentence(app)
    for table in app.dataframe:
        assert set(table.value[HEADINGS["commune"]]) == {"Khe Tre"}


def test_the_record_opens_over_the_page(open_page: Open, own_district: Path) -> None:
    app = open_page(own_district, nguoi="4")
    assert any("Kết luận ngày" in h.value for h in app.header)


def test_more_than_five_checks_wait_behind_a_switch(open_page: Open, enter: Enter, tmp_path: Path) -> None:
    path = tmp_path / "lỗi.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    several = ("two_communes", "two_in_one_seat", "first_held_after_start", "level_too_early", "level_after_report")
    people = {f"{who} {n}": p for n in several for who, p in FAULTS[n][0].items()}
    enter(store, {**CLEAN, **people, "A Lăng Chưa": whole(tin_hoc=None)})
    store.close()
    app = open_page(path)
    assert "người có dữ liệu mâu thuẫn" in sentence(app)

    def shown() -> int:
        return sum("-badge[" in e.label for e in app.expander)

    assert shown() == sections.FIRST
    app.toggle(key="checks-all").set_value(True).run()
    assert not app.exception
    assert shown() == 6
    assert any("quá" not in e.label and "Mâu thuẫn" in e.label for e in app.expander)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"xa": "20188"}, "Bấm “Xóa lọc” để xem tất cả."),
        ({"kl": "transitional"}, "Bấm “Xóa lọc” để xem tất cả."),
        ({"ngay": "2009-12-31"}, "danh sách bắt đầu từ 01/07/2010."),
    ],
)
def test_nobody_to_look_at_is_explained(
    open_page: Open, own_district: Path, address: dict[str, str], said: str
) -> None:
    app = open_page(own_district, **address)
    assert said in sentence(app)
    assert not app.metric


def test_an_empty_store_says_what_to_do(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "trống.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    store.close()
    assert sentence(open_page(path)).startswith("Kho số liệu chưa có ai.")


def test_good_data_are_said_gladly(open_page: Open, enter: Enter, tmp_path: Path) -> None:
    path = tmp_path / "sạch.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    enter(store, CLEAN)
    lists(store, (KHE_TRE, "2018-01-01"))
    store.close()
    app = open_page(path, xa="20161")
    assert sentence(app) == "100,00% ô dữ liệu cần thiết đã có; 1 xã, thị trấn gửi danh sách quá 180 ngày."
    assert [s.value for s in app.success] == [
        "Không phép kiểm tra nào thấy dữ liệu sai hoặc thiếu.",
        "Không phải đề nghị xã nào bổ sung: ai cũng có đủ dữ liệu cần thiết.",
    ]
    assert app.subheader[0].value == "Không thiếu mục dữ liệu cần thiết nào"


def test_with_the_districts_there_are_no_townships_to_count(open_page: Open, own_district: Path) -> None:
    before, after = (open_page(own_district, ngay=day) for day in ("2025-06-30", "2025-07-01"))
    placed = [page.multiselect(key="filter-communes").placeholder for page in (before, after)]
    assert placed == ["Mọi xã, thị trấn", "Mọi xã, phường"]
    assert "xã, thị trấn chưa gửi danh sách nào" in sentence(before)
    assert "xã, phường chưa gửi danh sách nào" in sentence(after)
