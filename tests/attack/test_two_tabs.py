"""Two officers at once: what one enters is never taken back by what the other saw before."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import store as engine
from clash import Clashed, Seen, settled
from intake import changes
from intake.changes import Source
from intake.commit import NotAccepted, undo
from store import Store
from vietnamese import Partial

SOURCE = Source("người thử")
ANH = 2  # Hồ Thị Anh is the second of the district.


@pytest.fixture
def store(new_district: Callable[[], Store]) -> Store:
    return new_district()


@pytest.fixture
def two_tabs(open_app: Callable[..., AppTest], own_district: Path) -> tuple[AppTest, AppTest]:
    """Her record in two tabs of two sessions over one store."""
    return tuple(open_app(own_district, "substandard", nguoi=str(ANH)) for _ in range(2))  # type: ignore[return-value]


def field(app: AppTest, name: str) -> AppTest:
    """A field of the form by its name; its key also says the how many-th form it is."""
    [found] = [w for kind in (app.text_input, app.selectbox, app.checkbox) for w in kind if is_of(str(w.key), name)]
    return found


def is_of(key: str, name: str) -> bool:
    return key.startswith(f"change-{name}-")


def send(app: AppTest, label: str = "Ghi nhận") -> None:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def choose(app: AppTest, kind: str) -> None:
    app.segmented_control(key="change-kind").set_value(kind).run()


def known(app: AppTest | Store) -> dict[str, object]:
    return changes.facts_of(app if isinstance(app, Store) else engine.open_store(), ANH)


def batches(store: Store) -> int:
    return int(store.fetch("select count(*) as n from batch").n[0])


# The rule


@pytest.mark.parametrize(
    ("was", "now", "wanted", "written"),
    [
        ("A", "A", "B", {"f": "B"}),
        ("A", "B", "A", {}),
        ("A", "B", "B", {}),
        (None, None, "B", {"f": "B"}),
        (None, "B", None, {}),
    ],
)
def test_only_what_the_reader_changed_is_written(was: object, now: object, wanted: object, written: object) -> None:
    assert settled(Seen({"f": was}), {"f": now}, {"f": wanted}) == written


def test_two_different_changes_are_asked_about_until_one_is_chosen() -> None:
    seen, now, wanted = Seen({"f": "A"}), {"f": "B"}, {"f": "C"}
    with pytest.raises(Clashed) as clashed:
        settled(seen, now, wanted)
    clashes = clashed.value.clashes
    assert [(c.field, c.was, c.now, c.wanted) for c in clashes] == [("f", "A", "B", "C")]
    assert settled(seen.insist(clashes), now, wanted) == {"f": "C"}
    assert settled(seen.give_way(clashes), now, wanted) == {}
    # Changed once more before the choice was made, it is asked once more.
    with pytest.raises(Clashed):
        settled(seen.insist(clashes), {"f": "D"}, wanted)


def test_what_was_not_shown_was_seen_as_it_is() -> None:
    assert settled(None, {"f": "B"}, {"f": "C"}) == {"f": "C"}


# The record in two tabs


def test_one_changes_the_name_the_other_only_the_ethnicity(two_tabs: tuple[AppTest, AppTest]) -> None:
    one, other = two_tabs
    choose(one, "corrected")
    choose(other, "corrected")
    field(one, "name").set_value("Hồ Thị Anh Đào")
    send(one)
    field(other, "ethnicity").set_value("Cơ Tu")
    send(other)

    assert known(other)["full_name"] == "Hồ Thị Anh Đào"
    assert known(other)["ethnicity"] == "Cơ Tu"


@pytest.mark.parametrize(
    ("choice", "kept"), [("Ghi điều tôi nhập", "Hồ Thị Ánh Đào"), ("Giữ điều nơi khác đã ghi", "Hồ Thị Anh Đào")]
)
def test_both_change_the_name(two_tabs: tuple[AppTest, AppTest], choice: str, kept: str) -> None:
    one, other = two_tabs
    for tab, name in ((one, "Hồ Thị Anh Đào"), (other, "Hồ Thị Ánh Đào")):
        choose(tab, "corrected")
        field(tab, "name").set_value(name)
    field(other, "ethnicity").set_value("Cơ Tu")
    send(one)
    before = batches(engine.open_store())
    send(other)

    [asked] = [w.value.replace("\\", "") for w in other.warning]
    for name in ("Hồ Thị Anh", "Hồ Thị Anh Đào", "Hồ Thị Ánh Đào"):
        assert f"“{name}”" in asked
    assert batches(engine.open_store()) == before
    assert known(other)["full_name"] == "Hồ Thị Anh Đào"

    send(other, choice)
    assert not other.warning
    assert known(other)["full_name"] == kept
    # What nobody else touched is written either way.
    assert known(other)["ethnicity"] == "Cơ Tu"


def test_both_correct_the_day_a_post_was_first_held(two_tabs: tuple[AppTest, AppTest]) -> None:
    one, other = two_tabs
    for tab, day in ((one, "01/07/2009"), (other, "01/07/2008")):
        choose(tab, "post")
        field(tab, "post-first").set_value(day)
    send(one)
    send(other)

    assert "“01/07/2009”" in other.warning[0].value.replace("\\", "")
    send(other, "Giữ điều nơi khác đã ghi")
    [facts] = changes.posting_facts(engine.open_store(), ANH).values()
    assert facts["first_held_on"] == Partial(date(2009, 7, 1), "ngay")


def test_what_was_corrected_meanwhile_is_not_removed_unseen(two_tabs: tuple[AppTest, AppTest]) -> None:
    one, other = two_tabs
    choose(one, "post")
    choose(other, "post")
    field(one, "post-first").set_value("01/07/2009")
    send(one)
    field(other, "post-never").check()
    send(other)

    assert "01/07/2009" in other.warning[0].value.replace("\\", "")
    assert changes.posting_facts(engine.open_store(), ANH)
    send(other, "Ghi điều tôi nhập")
    assert not changes.posting_facts(engine.open_store(), ANH)


def test_a_post_that_has_ended_meanwhile_does_not_give_way_to_another(two_tabs: tuple[AppTest, AppTest]) -> None:
    """Of two posts the first is chosen in both tabs; once it has ended, the second must not end in its place."""
    one, other = two_tabs
    start = Partial(date(2018, 7, 1), "ngay")
    changes.took_post(engine.open_store(), ANH, "20164@2018", "ct_hdnd", start, None, SOURCE)
    for tab, day in ((one, "01/02/2019"), (other, "01/03/2019")):
        tab.run()
        field(tab, "left-on").set_value(day)
    send(one)
    send(other)

    assert "đã ghi thôi từ 01/02/2019" in other.error[0].value
    ends = [facts["to_on"] for facts in changes.posting_facts(engine.open_store(), ANH).values()]
    assert sorted(ends, key=str) == [date(2019, 2, 1), None]


def test_the_form_of_one_person_never_speaks_of_another(open_app: Callable[..., AppTest], own_district: Path) -> None:
    """The way back leads from one record straight to another."""
    app = open_app(own_district, "substandard", nguoi="1")
    choose(app, "corrected")
    field(app, "name").set_value("Tên Người Khác")
    app.run()
    app.query_params["nguoi"] = str(ANH)
    app.run()

    assert field(app, "name").value == "Hồ Thị Anh"


# One call between another's looking and writing


@pytest.mark.parametrize("kind", ["left", "moved", "took", "reached", "identifier"])
def test_of_two_that_exclude_each_other_only_one_is_written(store: Store, kind: str) -> None:
    """Whatever is looked at is looked at when nobody else can write any more."""
    posting = next(iter(changes.posting_facts(store, ANH)))
    day, start = date(2019, 3, 1), Partial(date(2018, 7, 1), "ngay")
    act: dict[str, Callable[[], int]] = {
        "left": lambda: changes.left_post(store, posting, day, "nghi_huu", SOURCE),
        "moved": lambda: changes.moved_post(store, posting, "20161@2018", "ct_hdnd", day, SOURCE),
        "took": lambda: changes.took_post(store, ANH, "20161@2018", "ct_hdnd", start, None, SOURCE),
        "reached": lambda: changes.reached_level(store, ANH, "llct", "trung_cap", "", start, SOURCE),
        "identifier": lambda: changes.corrected(store, ANH + 1, SOURCE, identifier="046072001234"),
    }
    first = act[kind]
    if kind == "identifier":
        first = lambda: changes.corrected(store, ANH, SOURCE, identifier="046072001234")  # noqa: E731
    write, done = store.write, []

    def meanwhile() -> object:
        """The other one is done just before this one may write."""
        if not done:
            done.append(None)
            first()
        return write()

    store.write = meanwhile  # type: ignore[method-assign, assignment]
    before = batches(store)
    with pytest.raises(NotAccepted):
        act[kind]()
    assert batches(store) == before + 1


# Only what changed is said, so that taking back is exact


def test_a_later_change_does_not_keep_a_name_that_was_taken_back(store: Store) -> None:
    renamed = changes.corrected(store, ANH, SOURCE, full_name="Hồ Thị Anh Đào")
    changes.corrected(store, ANH, SOURCE, ethnicity="Cơ Tu")
    changes.took_post(store, ANH, "20161@2018", "ct_hdnd", Partial(date(2018, 7, 1), "ngay"), None, SOURCE)
    undo(store, renamed, "người thử")

    assert known(store)["full_name"] == "Hồ Thị Anh"
    assert known(store)["ethnicity"] == "Cơ Tu"


def test_corrected_dates_do_not_keep_an_end_that_was_taken_back(store: Store) -> None:
    posting = next(iter(changes.posting_facts(store, ANH)))
    left = changes.left_post(store, posting, date(2019, 3, 1), "nghi_huu", SOURCE)
    changes.corrected_post(store, posting, None, Partial(date(2009, 7, 1), "ngay"), SOURCE)
    assert changes.posting_facts(store, ANH)[posting]["to_on"] == date(2019, 3, 1)
    undo(store, left, "người thử")

    assert changes.posting_facts(store, ANH)[posting]["to_on"] is None
