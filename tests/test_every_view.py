"""Everybody's record and every page over the samples: nothing breaks, and nothing missing is said as machines say it.

Pages and records are drawn as they are in the app; several records are drawn in one run, for it is the drawing that is
looked at, not the coming of a new page.
"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from common.district import SHELL, unfold
from common.readers import all_of
from common.reading import PAGES, assert_whole
from common.samples import for_pages
from core import store as engine
from core.store import Filters, Store
from core.words import Words
from screen import filters

PARTS = 4


@pytest.fixture
def over(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Store], None]]:
    """Has what is run from now on open the copy of a sample."""

    def over(sample: Store) -> None:
        monkeypatch.setenv("DASHBOARD_STORE", str(for_pages(sample)))

    yield over
    engine.close_stores()


def records(people: list[int]) -> None:
    """The records of these people, one below the other."""
    from datetime import date

    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from core.store import Filters
    from core.words import Words
    from screen import access, filters, profile

    reader = access.reader()
    words = Words.of(reader)
    filters.draw(reader, words, reader.query("about", Filters(date.today())).iloc[0], "")
    drawn = get_script_run_ctx()
    assert drawn is not None
    for person_id in people:
        # In the app there is one record at a time, so that its widgets need no more than one name.
        for names in ("widget_ids", "widget_user_keys", "form_ids"):
            getattr(drawn.shared, f"{names}_this_run").clear()
        person = reader.query("person", filters.chosen(), person_id=person_id)
        st.title(person.full_name[0])
        profile._profile(reader, words, person_id, person)


# The records


def test_the_first_record_draws_all_its_parts(sample: Store, over: Callable[[Store], None]) -> None:
    over(sample)
    person_id = int(all_of(sample).query("roster", Filters(date(2018, 12, 31))).person_id[0])
    app = AppTest.from_function(records, args=([person_id],), default_timeout=60).run()
    assert_whole(app)
    assert [h.value for h in app.header] == [
        "Kết luận ngày 31/12/2018",
        "Diễn biến",
        "Quá trình công tác",
        "Văn bằng, chứng chỉ",
        "Mọi kết luận và lý do",
    ]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("which", ["sample", "long"])
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


# The pages

FIRST = date(2004, 2, 27)
YEARS = range(FIRST.year, filters.LATEST.year + 1)
FILTERED = [p for p in PAGES if p not in ("accounts", "intake", "journal", "office", "quick_check", "start")]


def views(sample: Store) -> list[dict[str, list[str]]]:
    """Addresses in which every value of every filter and a day of every year stand once at least."""
    words, roster = Words.of(all_of(sample)), all_of(sample).query("roster", Filters(date(2018, 12, 31)))
    units = all_of(sample).query("units", Filters(date(2018, 12, 31)))
    chosen: list[dict[str, list[str]]] = []
    posts = words.options("post")
    # A post in a commune where somebody holds it, the others beside a criterion or a verdict.
    for commune, code in zip(units.commune, units.unit_code, strict=True):
        held = set(roster.position[roster.commune == commune])
        post = next(p for p in posts if p in held)
        posts.remove(post)
        chosen.append({"xa": [str(code)], "cd": [post]})
    others = [("tc", c) for c in words.options("criterion")] + [("kl", v) for v in words.options("verdict")]
    chosen += [{name: [value], "cd": posts[n :: len(others)]} for n, (name, value) in enumerate(others)]
    chosen += [{"nhom": [group]} for group in words.options("group")]
    return [
        {"ngay": [max(date(year, 1 + n % 12, 1 + n % 28), FIRST).isoformat()]} | view
        for n, (year, view) in enumerate(zip(YEARS, chosen, strict=True))
    ]


def test_the_views_name_every_value_and_every_year(sample: Store) -> None:
    said, words = views(sample), Words.of(all_of(sample))
    assert {int(view["ngay"][0][:4]) for view in said} == set(YEARS)
    for name, domain in (("cd", "post"), ("tc", "criterion"), ("kl", "verdict"), ("nhom", "group")):
        assert {value for view in said for value in view.get(name, [])} == set(words.options(domain))
    assert len({code for view in said for code in view.get("xa", [])}) == 11


@pytest.mark.parametrize("page", FILTERED)
def test_every_page_opens_for_every_choice(sample: Store, over: Callable[[Store], None], page: str) -> None:
    over(sample)
    app = AppTest.from_file(str(SHELL), default_timeout=60).run()
    for n, view in enumerate(views(sample)):
        app.query_params.clear()
        app.query_params.update(view)
        unfold(app, n)
        app.switch_page(f"app_pages/{page}/page.py").run()
        assert_whole(app)
        assert app.date_input(key="filter-ngay").value == date.fromisoformat(view["ngay"][0])
