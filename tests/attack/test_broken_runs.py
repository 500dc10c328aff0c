"""A run may break off anywhere, and a session may lose what it kept: the next run shows what a fresh one does."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.runtime.state import SafeSessionState
from streamlit.testing.v1 import AppTest

from common.reading import PAGES, assert_whole, written
from core import store as engine
from core.store import Store

# A page that somebody has given a file to is another page.
WITH_A_FILE = "intake, with a file"
OWN_PAGES = [*PAGES, WITH_A_FILE]
LIST = """STT,Họ và tên,Ngày sinh,Xã,Chức vụ,Việc lạ
1,Hồ Văn Tâm,12/05/1978,Hương Hòa,Bí thư Đảng ủy,x
2,A Lăng Bé,,Hương Hòa,Lái xe,
"""
# The widgets of the side bar and the chips of the address below.
SHARED = 11
ADDRESS = {"xa": ["20161", "20164"], "tc": ["llct"], "ngay": ["2018-06-30"]}


class Broken(Exception):
    """What a run breaks off with that has an error in the middle."""


class Cut:
    """Breaks off a run at the nth call of methods of what a session keeps; counts the calls since it was told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
        self.calls, self._at, self._how = 0, 0, st.rerun
        for name in names:
            monkeypatch.setattr(SafeSessionState, name, self._counted(getattr(SafeSessionState, name)))

    def at(self, n: int, how: Callable[[], object]) -> None:
        """Break off the next run at this call; at none if it is 0."""
        self.calls, self._at, self._how = 0, n, how

    def _counted(self, method: Callable[..., object]) -> Callable[..., object]:
        def counted(state: SafeSessionState, *arguments: Any) -> object:
            self.calls += 1
            if self.calls == self._at:
                self._at = 0
                self._how()
            return method(state, *arguments)

        return counted


@pytest.fixture
def at_widgets(monkeypatch: pytest.MonkeyPatch) -> Cut:
    """Breaks off runs where they draw a widget."""
    return Cut(monkeypatch, "register_widget")


@pytest.fixture
def anywhere(monkeypatch: pytest.MonkeyPatch) -> Cut:
    """Breaks off runs before whatever changes what the session keeps: between two of these it makes no difference."""
    return Cut(monkeypatch, "__setitem__", "__delitem__", "register_widget")


def fail() -> None:
    raise Broken


def views(app: AppTest) -> tuple[object, ...]:
    """All that is read on a page, and what its fields hold."""
    fields = [*app.multiselect, *app.selectbox, *app.text_input, *app.date_input, *app.toggle, *app.checkbox]
    return written(app), [(w.key, w.value) for w in fields], dict(app.query_params)


def kept(app: AppTest) -> list[str]:
    """The names of what the session keeps."""
    # The harness has no way to ask for them.
    return [str(k) for k in app.session_state._state.filtered_state]


@pytest.fixture
def fresh(open_app: Callable[..., AppTest], own_district: Path) -> Callable[..., AppTest]:
    """A page of the district just opened; that for those who look at the sample is only there where it is one."""

    def opened(page: str, *, unfolded: bool = True) -> AppTest:
        if page == "start":
            with Store(str(own_district)) as store, store.write() as cursor:
                cursor.execute("delete from meta where name = 'sample'")
                cursor.execute("insert into meta values ('sample', '1')")
        app = open_app(own_district, "intake" if page == WITH_A_FILE else page, unfolded=unfolded, **ADDRESS)
        if page == WITH_A_FILE:
            app.file_uploader[0].upload("ds.csv", LIST.encode("utf-8-sig"), "text/csv")
            app.run()
        return app

    return opened


@pytest.mark.parametrize("page", OWN_PAGES)
def test_whatever_a_run_left_undone_the_next_one_does(
    fresh: Callable[[str], AppTest], at_widgets: Cut, page: str
) -> None:
    """What an error leaves undrawn the session forgets."""
    app = fresh(page)
    at_widgets.at(0, fail)
    app.run()
    assert_whole(app)
    whole, widgets = views(app), at_widgets.calls
    # What all pages begin with needs to be broken off on one of them only.
    for n in range(1 if page == "substandard" else SHARED, widgets + 1):
        at_widgets.at(n, fail)
        assert app.run().exception, n
        assert views(app.run()) == whole, n


@pytest.mark.parametrize("page", OWN_PAGES)
def test_a_first_run_that_is_cut_off_is_as_good_as_none(
    fresh: Callable[[str], AppTest], at_widgets: Cut, page: str
) -> None:
    """The first click on a page comes before it is drawn."""
    whole = views(fresh(page))
    for n in (3, 9, 14):
        engine.close_stores()
        at_widgets.at(n, st.rerun)
        assert views(fresh(page)) == whole, n


# With all else the session forgets the file: then the page is the one without it.
@pytest.mark.parametrize("page", PAGES)
def test_a_session_that_has_forgotten_begins_anew(fresh: Callable[..., AppTest], page: str) -> None:
    """After a restart of the server nothing is kept; a client that says nothing of its widgets takes theirs along."""
    app = fresh(page, unfolded=False)
    app.run()
    whole = views(app)
    for forgotten in (lambda key: True, lambda key: key.startswith("filter-"), lambda key: "filter" not in key):
        for key in kept(app):
            if forgotten(key):
                del app.session_state[key]
        # `run` would have the harness tell the widgets' values, which are forgotten.
        app._run()
        assert_whole(app)
        assert views(app) == whole


# The side bar alone, cut off wherever a run can be


def side_bar() -> None:
    """The side bar, and what it says is chosen."""
    from datetime import date

    import streamlit as st

    from core.store import Filters
    from core.words import Words
    from screen import access, filters

    reader = access.reader()
    words = Words.of(reader)
    filters.draw(reader, words, reader.query("about", Filters(date.today())).iloc[0], "")
    st.text(repr(filters.chosen()))
    st.text(filters.notice())


@pytest.mark.parametrize(
    ("address", "act"),
    [
        (ADDRESS, {}),
        ({"xa": ["20176"], "ngay": ["2018-06-30"]}, {"day": "2020-06-30"}),
        ({}, {"communes": ["20161"], "search": "đào"}),
        ({"xa": ["20179"], "ngay": ["2020-06-30"]}, {"address": "20161"}),
        ({"xa": ["99999"], "nhom": ["xyz"], "cd": ["abc", "bi_thu"], "ngay": ["2031-01-01"]}, {}),
    ],
)
def test_the_side_bar_may_be_cut_off_anywhere(
    open_app: Callable[..., AppTest],
    own_district: Path,
    anywhere: Cut,
    address: dict[str, Any],
    act: Mapping[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is chosen just before is not lost, and what communes became is still told."""
    monkeypatch.setenv("DASHBOARD_STORE", str(own_district))

    def shown(n: int, first: int = 0) -> tuple[object, ...]:
        app = AppTest.from_function(side_bar, default_timeout=60)
        app.query_params.update(address)
        anywhere.at(first, st.rerun)
        app.run()
        if "day" in act:
            app.date_input(key="filter-ngay").set_value(pd.Timestamp(act["day"]).date())
        if "communes" in act:
            app.multiselect(key="filter-communes").set_value(act["communes"])
            app.text_input(key="filter-search").set_value(act["search"])
        if "address" in act:
            app.query_params.clear()
            app.query_params["xa"] = act["address"]
        anywhere.at(n, st.rerun)
        app.run()
        assert not app.exception
        return [t.value for t in app.text], dict(app.query_params)

    whole = shown(0)
    times = anywhere.calls
    assert [shown(n) for n in range(1, times + 1)] == [whole] * times
    assert [shown(0, n) for n in range(1, times + 1)] == [whole] * times
