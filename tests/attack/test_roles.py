"""What each role may open, see and do: every page and every query, and that nothing others have is shown to a commune.

Whether a number comes from outside cannot be seen in it. So two stores are compared that differ in the people outside
alone: whatever a commune is shown, asks and takes away must be the same to the last letter.
"""

import io
import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from access import accounts, book, log
from access.accounts import NoRight
from access.book import AccessError
from access.rights import ROLES, Right
from common.district import DISTRICT, HUONG_PHU, PATHS, SHELL, put
from common.questions import FORESIGHT, ONE
from common.readers import all_of
from common.reading import PAGES, written
from core import store as engine
from core.store import Filters, Store, load_query, query_names
from core.vietnamese import clean
from intake import changes
from intake.changes import Source
from intake.commit import undo
from opening.new_store import fill
from screen import access, exporting

FIRST, OWN = "trời mưa ở Khe Tre", "nắng lên rồi bác ạ"
INSIDE = {n: p for n, p in DISTRICT.items() if {t.unit for t in p.terms} == {HUONG_PHU}}
OUTSIDE = {n: p for n, p in DISTRICT.items() if n not in INSIDE}
COMMUNE = "20164"
# What each role finds in the menu of an office's store; "start" is only in that of the sample.
SEEN_BY_COMMUNES = {
    *("overview", "substandard", "training", "trends", "structure", "met_standard", "forecast", "standards", "quality")
}
LEADERS = SEEN_BY_COMMUNES | {"downsizing", "what_if"}
MENU = {
    "quan_tri": set(PAGES) - {"start"},
    "chuyen_vien": LEADERS | {"intake", "quick_check", "office"},
    "lanh_dao": LEADERS,
    "xa": SEEN_BY_COMMUNES,
}
# Words on buttons that change something.
CHANGING = re.compile(r"Ghi|Lưu|Xóa|Hoàn tác|Nhập |Nhớ|Quên|Đối chiếu|Bỏ khoản|Dùng bản đồ|Trở lại bản đồ|Bắt đầu")


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store with the people of Hương Phú and of others one alone, and one with everybody, entered after them.

    Who sees everybody there is, is told of more; so in both there is somebody outside.
    """
    folder = tmp_path_factory.mktemp("roles")
    alone, whole = folder / "alone" / "so.duckdb", folder / "whole" / "so.duckdb"
    for path in (alone, whole):
        path.parent.mkdir()
        with Store(str(path), create=True) as store:
            fill(store, sample=False)
            first, *others = OUTSIDE
            put(store, INSIDE | {first: OUTSIDE[first]})
            if path == whole:
                put(store, {name: OUTSIDE[name] for name in others})
    return alone, whole


@pytest.fixture
def signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Makes an account of a role and has what is run from now on be asked for in its session."""
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "accounts.sqlite"))
    accounts.add("thử", "truong", "Hồ Thị Trưởng", "quan_tri", None, "Trưởng phòng", FIRST)

    def signed_in(role: str) -> str:
        name = f"tai-khoan-{role.replace('_', '-')}"
        accounts.add("thử", name, "Người Thử", role, COMMUNE if role == "xa" else None, "Trưởng phòng", FIRST)
        token = accounts.change_password(accounts.sign_in(name, FIRST, "máy"), FIRST, OWN, "máy")
        monkeypatch.setattr(access, "_token", lambda: token)
        return name

    return signed_in


@pytest.fixture
def own(stores: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store of everybody, which a test may write to, as the pages open it."""
    monkeypatch.setenv("DASHBOARD_STORE", shutil.copy(stores[1], tmp_path / "so.duckdb"))
    yield engine.open_store()
    engine.close_stores()


def menu(app: AppTest) -> set[str]:
    """The folders of the pages in the menu."""
    found = {e.proto.page for e in app.get("page_link")}
    return {p for p in PAGES if PATHS[p] in found}


def rows() -> list[log.Entry]:
    with book.read() as connection:
        return log.entries(connection)


# Pages


@pytest.mark.parametrize("role", list(ROLES))
def test_the_menu_has_what_the_role_may_open_and_a_typed_address_no_more(
    role: str, stores: tuple[Path, Path], open_app: Callable[..., AppTest], signed_in: Callable[[str], str]
) -> None:
    signed_in(role)
    assert menu(open_app(stores[1], "overview", unfolded=False)) == MENU[role]
    for page in sorted(set(PAGES) - {"start"} - MENU[role]):
        app = open_app(stores[1], page, unfolded=False)
        assert [e.value for e in app.exception] == []
        [refusal] = [e.value for e in app.error]
        assert "không mở được trang" in refusal, page
        assert not app.title
        assert not app.get("download_button")


@pytest.mark.parametrize("role", ["lanh_dao", "xa"])
def test_who_changes_nothing_finds_no_button_for_it(
    role: str, stores: tuple[Path, Path], open_app: Callable[..., AppTest], signed_in: Callable[[str], str]
) -> None:
    signed_in(role)
    for page in sorted(MENU[role]):
        app = open_app(stores[1], page, nguoi="1")
        assert [e.value for e in (*app.exception, *app.error)] == [], page
        assert [b.label for b in app.button if CHANGING.search(b.label)] == [], page
        assert not app.get("file_uploader"), page
    assert not [t for t in app.toggle if "dân tộc" in t.label] or role == "lanh_dao"


def test_a_commune_is_never_shown_what_is_sensitive(
    stores: tuple[Path, Path], open_app: Callable[..., AppTest], signed_in: Callable[[str], str]
) -> None:
    signed_in("xa")
    app = open_app(stores[1], "structure")
    assert not app.toggle
    app.session_state["structure-sensitive"] = True
    app.run()
    assert not any("dân tộc" in text.lower() and "%" in text for text in written(app))
    assert not [r for r in rows() if r.action == "xem_nhay_cam"]


def test_who_asks_for_what_is_sensitive_is_written_down(
    stores: tuple[Path, Path], open_app: Callable[..., AppTest], signed_in: Callable[[str], str]
) -> None:
    name = signed_in("lanh_dao")
    app = open_app(stores[1], "structure")
    app.toggle(key="structure-sensitive").set_value(True).run()
    app.run()
    assert [(r.who, r.action) for r in rows() if r.action == "xem_nhay_cam"] == [(name, "xem_nhay_cam")]


def test_whose_record_is_opened_is_written_down_once(
    stores: tuple[Path, Path], open_app: Callable[..., AppTest], signed_in: Callable[[str], str]
) -> None:
    name = signed_in("lanh_dao")
    app = open_app(stores[1], "substandard", nguoi="1")
    app.run()
    looked = [(r.who, r.detail) for r in rows() if r.action == "xem_nguoi"]
    assert looked == [(name, {"nguoi": 1})]


# Writing


def test_a_way_to_write_that_forgets_about_rights_is_shut(own: Store, signed_in: Callable[[str], str]) -> None:
    signed_in("quan_tri")
    reader = access.reader()
    posting = int(own.fetch("select min(posting_id) as n from posting where to_on is null").n[0])
    for forgetful in (
        lambda: undo(all_of(own), 1, "ai đó"),
        lambda: changes.left_post(reader, posting, date(2019, 1, 15), "nghi_huu", Source("ai đó")),
    ):
        with pytest.raises(AccessError, match="không rõ ai ghi"):
            forgetful()
    assert own.fetch("select count(*) as n from batch where undone_at is not null").n[0] == 0


@pytest.mark.parametrize("role", list(ROLES))
def test_what_is_written_needs_the_right_and_bears_the_account(
    role: str, own: Store, signed_in: Callable[[str], str]
) -> None:
    name, may = signed_in(role), ROLES[role].rights
    posting = int(own.fetch("select min(posting_id) as n from posting where to_on is null").n[0])

    def leave() -> int:
        with access.acting(Right.RECORD) as hand:
            batch = changes.left_post(access.reader(), posting, date(2019, 1, 15), "nghi_huu", Source(hand.name))
            hand.told = {"dot": batch}
        return batch

    def take_back() -> None:
        with access.acting(Right.UNDO) as hand:
            undo(all_of(own), 1, hand.name)
            hand.told = {"dot": 1}

    if Right.RECORD in may:
        batch = leave()
        assert own.fetch("select made_by from batch where batch_id = $b", {"b": batch}).made_by[0] == name
        assert (rows()[0].who, rows()[0].action, rows()[0].detail) == (name, "ghi", {"quyen": "record", "dot": batch})
    else:
        with pytest.raises(NoRight, match="không có quyền ghi nhận"):
            leave()
    if Right.UNDO in may:
        take_back()
        assert own.fetch("select undone_by from batch where batch_id = 1").undone_by[0] == name
        assert (rows()[0].action, rows()[0].detail["dot"]) == ("hoan_tac", 1)
    else:
        with pytest.raises(NoRight, match="không có quyền hoàn tác"):
            take_back()
        assert own.fetch("select count(*) as n from batch where undone_at is not null").n[0] == 0


def test_no_page_writes_under_the_name_of_the_machine() -> None:
    for path in (*SHELL.parent.glob("app_pages/**/*.py"), *SHELL.parent.glob("screen/**/*.py")):
        if path.name != "access.py":
            assert "getuser" not in path.read_text(encoding="utf-8"), path


def test_a_reader_is_good_as_long_as_the_role_is_what_it_was(
    own: Store, signed_in: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of a page that runs by itself, and a file that is made on a click, have a reader of an earlier run."""
    name = signed_in("chuyen_vien")
    monkeypatch.setattr(access, "_AGAIN_AFTER", 0)
    reader, day = access.reader(), Filters(date(2018, 12, 31))
    assert len(reader.query("roster", day))
    accounts.set_role("thử", name, "xa", COMMUNE)
    with pytest.raises(AccessError, match="vừa được thay đổi"):
        reader.query("roster", day)
    accounts.sign_out_everywhere("thử", name)
    with pytest.raises(AccessError, match="đã hết"):
        reader.query("roster", day)
    with pytest.raises(AccessError, match="đã hết"):
        exporting._made(lambda: b"x", "a.xlsx", "b", reader, {})


# What is outside does not show


def test_no_query_answers_a_commune_otherwise_for_what_is_outside(stores: tuple[Path, Path]) -> None:
    alone, whole = (Store(str(path)) for path in stores)
    try:
        told = 0
        for name in sorted(set(query_names()) - FORESIGHT):
            for day in (date(2018, 12, 31), date(2019, 12, 25), date(2024, 6, 30)):
                needs = load_query(name).parameters
                for person in range(1, len(DISTRICT) + 1) if "person_id" in needs else (0,):
                    asked = ONE | {"from_on": date(2016, 12, 31), "person_id": person}
                    one, both = (s.seen_by((COMMUNE,)).query(name, Filters(day), **asked) for s in (alone, whole))
                    told += len(one)
                    pd.testing.assert_frame_equal(one, both, obj=f"{name} on {day}, person {person}")
        assert told > 500
    finally:
        alone.close()
        whole.close()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is in each file that a page offers, made at once: its name and all that is written in it."""
    files: list[tuple[str, str]] = []
    made = exporting.export_button

    def take(label: str, make: Callable[[], bytes], file_name: str, *rest: Any, **more: Any) -> None:
        with zipfile.ZipFile(io.BytesIO(make())) as parts_of:
            for part in parts_of.namelist():
                if not part.startswith("docProps"):
                    text = parts_of.read(part).decode("utf-8", "replace")
                    files.append((f"{file_name}/{part}", re.sub(r"\d\d:\d\d", "", text)))
        made(label, make, file_name, *rest, **more)

    for module in list(sys.modules.values()):
        if getattr(module, "export_button", None) is made:
            monkeypatch.setattr(module, "export_button", take)
    return files


def everything(app: AppTest) -> list[str]:
    """All that a browser is sent of a page, but for numbers that are made up anew each time."""
    assert [e.value for e in app.exception] == []
    sent: list[str] = []

    def walk(node: Any) -> None:
        if hasattr(node, "children"):
            for child in node.children.values():
                walk(child)
        proto = getattr(node, "proto", "")
        if hasattr(proto, "arrow_data"):
            # Tables travel packed; the text of one that is dressed travels beside it.
            sent.extend([node.value.to_csv(), str(proto.arrow_data.styler.display_values)])
        else:
            sent.append(re.sub(r"\b[0-9a-f]{32,}\b", "", str(proto)))

    walk(app._tree)
    return sent


@pytest.mark.parametrize("page", sorted(SEEN_BY_COMMUNES))
@pytest.mark.parametrize("day", ["2018-12-31", "2019-12-25"])
def test_no_page_and_no_file_of_a_commune_tells_what_is_outside(
    page: str,
    day: str,
    stores: tuple[Path, Path],
    open_app: Callable[..., AppTest],
    signed_in: Callable[[str], str],
    taken: list[tuple[str, str]],
) -> None:
    signed_in("xa")
    shown, files = [], []
    for path in stores:
        taken.clear()
        # Of the other commune the address names one, and somebody outside.
        shown.append(everything(open_app(path, page, ngay=day, xa=["20161"], nguoi=str(len(DISTRICT)))))
        shown.append(everything(open_app(path, page, ngay=day, nguoi="1")))
        files.append(list(taken))
        engine.close_stores()
    assert shown[0] == shown[2]
    assert shown[1] == shown[3]
    assert files[0] == files[1]
    text = "\n".join([*shown[2], *shown[3], *(t for _, t in files[1])])
    assert page == "standards" or "Hương Phú" in text
    mine = {clean(name) for name in INSIDE}
    assert [name for name in OUTSIDE if clean(name) not in mine and clean(name) in text] == []
