"""The backups on the page Cơ quan, and the warning on every page: for who may do something about them, nobody else."""

# The clock on the wall, as everywhere about backups.
# ruff: noqa: DTZ005

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access import accounts, backups, book, keeping, log
from access.accounts import NoRight
from access.keeping import Failure
from app_pages.office import saved
from common.reading import assert_whole, written
from core.store import Store, StoreError
from screen import access, exporting, outcome

FIRST, OWN = "trời mưa ở Khe Tre", "nắng lên rồi bác ạ"
WARNED = "Xem mục Sao lưu của trang Cơ quan."


@pytest.fixture(autouse=True)
def keeper(monkeypatch: pytest.MonkeyPatch) -> keeping.Keeper:
    """A keeper that knows of no failure yet."""
    keeper = keeping.Keeper()
    monkeypatch.setattr(keeping, "keeper", keeper)
    return keeper


@pytest.fixture
def signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has what is run from now on be asked for by somebody of a role."""
    accounts_file = tmp_path / "a.sqlite"
    monkeypatch.setenv("DASHBOARD_ACCESS", str(accounts_file))
    accounts.add("thử", "truong", "Hồ Thị Trưởng", "quan_tri", None, "Trưởng phòng", FIRST)
    accounts.add("thử", "minh", "Lê Văn Minh", "chuyen_vien", None, "Trưởng phòng", FIRST)
    tokens = {
        name: accounts.change_password(accounts.sign_in(name, FIRST, "máy"), FIRST, OWN, "máy")
        for name in ("truong", "minh")
    }

    def signed_in(name: str) -> None:
        monkeypatch.setattr(access, "_token", lambda: tokens[name])

    return signed_in


def warnings(app: AppTest) -> list[str]:
    return [w.value for w in app.warning if WARNED in w.value]


def aged(days: int) -> None:
    """The one backup there is, as if made so long ago."""
    [one] = backups.all_backups()
    at = datetime.now() - timedelta(days=days)
    one.folder.rename(one.folder.with_name(f"{one.folder.name[:-17]}{at:%Y-%m-%d-%H%M%S}"))


def test_a_click_makes_one_and_the_page_says_what_it_holds(
    own_district: Path, open_app: Callable[..., AppTest], signed_in: Callable[[str], None]
) -> None:
    signed_in("truong")
    app = open_app(own_district, "office")
    assert "Chưa có bản sao lưu nào." in written(app)
    assert not app.get("download_button")
    app.button(key="backup-now").click().run()

    assert_whole(app)
    [made] = backups.all_backups()
    assert made.intact()
    assert [s.value for s in app.success] == [
        f"Đã sao lưu: 12 người, 1 đợt, cả tài khoản và nhật ký, {backups.megabytes(made.size)}. Đã đọc lại, giống kho."
    ]
    assert any(
        t.startswith("Bản sao lưu tốt gần nhất: ") and "(vừa xong)" in t and "12 người, 1 đợt" in t
        for t in written(app)
    )
    table = next(t.value for t in app.table if "Thư mục" in t.value)
    assert table["Thư mục"].tolist() == [made.folder.name]
    assert [b.label for b in app.get("download_button")] == ["Tải về"]
    with book.read() as connection:
        said = log.entries(connection)[0]
    assert (said.who, said.action, said.detail) == ("truong", "sao_luu", {"tep": str(made.folder)})
    assert warnings(app) == []


def test_what_failed_is_said_with_the_way_out_on_every_page_until_one_succeeds(
    own_district: Path, open_app: Callable[..., AppTest], keeper: keeping.Keeper
) -> None:
    backups_in = own_district.parent / "sao-luu"
    backups_in.write_text("không phải thư mục", encoding="utf-8")
    app = open_app(own_district, "office")
    app.session_state["said-backup"] = outcome._Said("Đã sao lưu hôm trước.", good=True, batch=None)
    app.button(key="backup-now").click().run()
    assert [e.value for e in app.exception] == []
    assert not app.success
    [said] = [e.value for e in app.error]
    assert "không xong: Không đọc, ghi được" in said
    assert len(warnings(app)) == 1
    [warned] = warnings(open_app(own_district, "overview"))
    assert "Chưa có bản sao lưu nào." in warned
    backups_in.unlink()
    app = open_app(own_district, "office")
    app.button(key="backup-now").click().run()
    assert_whole(app)
    assert warnings(app) == warnings(open_app(own_district, "overview")) == []


def test_an_old_backup_of_a_store_that_changed_is_warned_of(
    own_district: Path, open_app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(own_district))
    backups.make()
    aged(days=8)
    assert warnings(open_app(own_district, "overview")) == []
    with access.store.open_store().write() as cursor:
        cursor.execute("update person set full_name = 'Người Mới' where person_id = 1")
    [said] = warnings(open_app(own_district, "overview"))
    assert "(8 ngày trước), kho đã thay đổi từ đó." in said


def test_of_the_sample_nothing_is_said(
    own_district: Path, open_app: Callable[..., AppTest], keeper: keeping.Keeper
) -> None:
    keeper._failure = Failure(datetime.now(), "Ổ đĩa đã đầy.")
    assert len(warnings(open_app(own_district, "overview"))) == 1
    access.store.close_stores()
    with Store(str(own_district)) as store, store.write() as cursor:
        cursor.execute("insert into meta values ('sample', '1')")
    assert warnings(open_app(own_district, "overview")) == []


def test_who_may_not_change_the_store_sees_nothing_of_it_and_gets_nothing(
    own_district: Path,
    open_app: Callable[..., AppTest],
    signed_in: Callable[[str], None],
    keeper: keeping.Keeper,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(own_district))
    made = backups.make()
    keeper._failure = Failure(datetime.now() + timedelta(minutes=1), "Ổ đĩa đã đầy.")
    signed_in("truong")
    assert len(warnings(open_app(own_district, "office"))) == 1
    app_of_administrator = access.reader()
    signed_in("minh")
    app = open_app(own_district, "office")
    assert_whole(app)
    assert warnings(app) == []
    assert not any("Sao lưu" in text or "sao lưu" in text for text in written(app))
    assert not [b for b in app.button if b.key == "backup-now"]
    reader = access.reader()
    for attempt in (lambda: saved.draw(reader), lambda: saved._make(), lambda: saved.content(made, reader)):
        with pytest.raises(NoRight, match="không có quyền"):
            attempt()
    assert len(backups.all_backups()) == 1
    # The button of an administrator who is none any more.
    accounts.set_role("thử", "minh", "quan_tri", None)
    accounts.set_role("thử", "truong", "lanh_dao", None)
    with pytest.raises(NoRight):
        saved.content(made, app_of_administrator)


def test_a_file_that_is_taken_is_the_backup_and_is_written_down(
    own_district: Path, open_app: Callable[..., AppTest], signed_in: Callable[[str], None]
) -> None:
    signed_in("truong")
    open_app(own_district, "office").button(key="backup-now").click().run()
    [made] = backups.all_backups()
    reader = access.reader()
    name = f"{made.folder.name}.duckdb"
    taken = exporting._made(lambda: saved.content(made, reader), name, saved._MIME, reader, {})
    assert taken == made.store.read_bytes()
    with book.read() as connection:
        said = log.entries(connection)[0]
    assert (said.who, said.action, said.detail["tep"]) == ("truong", "xuat", name)
    assert said.detail["sha256"] == dict(made.sha256)[backups.STORE]
    shutil.copy(made.folder / backups.TOLD, made.folder / "khác.json")
    made.store.write_bytes(taken[:-1] + bytes([taken[-1] ^ 1]))
    with pytest.raises(StoreError, match="đã bị sửa hoặc hỏng"):
        saved.content(made, reader)
