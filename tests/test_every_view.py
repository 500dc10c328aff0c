"""Everybody's record and every page over the samples: nothing breaks, and nothing missing is written as a machine would.

Pages and records are drawn as they are in the app; several records are drawn in one run, for it is the drawing that is
looked at, not the coming of a new page.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

import store as engine
from samples import for_pages
from store import Filters, Store

# What pandas writes where there is nothing.
NOTHING = re.compile(r"\b(nan|NaT|None|<NA>)\b")
PARTS = 4


@pytest.fixture
def over(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Store], None]]:
    """Has what is run from now on open the copy of a sample."""

    def over(sample: Store) -> None:
        monkeypatch.setenv("DASHBOARD_STORE", str(for_pages(sample)))

    yield over
    engine.open_store().close()
    engine._shared.cache_clear()


def records(people: list[int]) -> None:
    """The records of these people, one below the other."""
    from datetime import date

    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    import filters
    import record
    from labels import Words
    from store import Filters, open_store

    store = open_store()
    words = Words.of(store)
    filters.draw(store, words, store.query("about", Filters(date.today())).iloc[0], "")
    drawn = get_script_run_ctx()
    assert drawn is not None
    for person_id in people:
        # In the app there is one record at a time, so that its widgets need no more than one name.
        for names in ("widget_ids", "widget_user_keys", "form_ids"):
            getattr(drawn.shared, f"{names}_this_run").clear()
        person = store.query("person", filters.chosen(), person_id=person_id)
        st.title(person.full_name[0])
        record._record(store, words, person_id, person)


def written(app: AppTest) -> list[str]:
    """All that is read on a page."""
    kinds = (app.markdown, app.title, app.header, app.subheader, app.caption, app.info, app.success, app.error)
    tables = [str(cell) for t in app.table for cell in t.value.to_numpy().ravel()]
    return [str(e.value) for kind in kinds for e in kind] + tables + [str(m.value) for m in app.metric]


def assert_whole(app: AppTest) -> None:
    """A page, or a record, was drawn to its end in words a person can read."""
    assert [e.message for e in app.exception] == []
    assert [e.value for e in app.error] == []
    assert [text for text in written(app) if NOTHING.search(text)] == []


# The records


def test_the_first_record_draws_all_its_parts(short: Store, over: Callable[[Store], None]) -> None:
    over(short)
    person_id = int(short.query("roster", Filters(date(2018, 12, 31))).person_id[0])
    app = AppTest.from_function(records, args=([person_id],), default_timeout=60).run()
    assert_whole(app)
    assert [h.value for h in app.header] == [
        "Kết luận ngày 31/12/2018", "Diễn biến", "Quá trình công tác", "Văn bằng, chứng chỉ", "Mọi kết luận và lý do",
    ]  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("which", ["short", "long"])
def test_every_record_opens(
    request: pytest.FixtureRequest, over: Callable[[Store], None], which: str, part: int
) -> None:
    sample: Store = request.getfixturevalue(which)
    over(sample)
    people = [int(p) for p in sample.fetch("select person_id from person order by person_id").person_id]
    mine = people[part::PARTS]
    app = AppTest.from_function(records, args=(mine,), default_timeout=600).run()
    assert_whole(app)
    # Everybody has a career, whether or not anything was ever judged.
    assert [h.value for h in app.header].count("Quá trình công tác") == len(app.title) == len(mine)

