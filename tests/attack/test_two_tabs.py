"""Two officers at once: what one enters is never taken back by what the other saw before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from common.readers import all_of
from core import office
from core import store as engine
from core.conflict import Clashed, Seen, settled
from core.store import Filters, Store
from core.vietnamese import Partial
from intake import changes
from intake.changes import Source
from intake.commit import NotAccepted, undo
from supposing.supposition import SupposedLaw, forget_draft, law_by_name, save_draft

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
    return changes.person_facts(all_of(app if isinstance(app, Store) else engine.open_store()), ANH)


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
    [facts] = changes.posting_facts(changes.postings(all_of(engine.open_store()), ANH)).values()
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
    assert changes.posting_facts(changes.postings(all_of(engine.open_store()), ANH))
    send(other, "Ghi điều tôi nhập")
    assert not changes.posting_facts(changes.postings(all_of(engine.open_store()), ANH))


def test_a_post_that_has_ended_meanwhile_does_not_give_way_to_another(two_tabs: tuple[AppTest, AppTest]) -> None:
    """Of two posts the first is chosen in both tabs; once it has ended, the second must not end in its place."""
    one, other = two_tabs
    start = Partial(date(2018, 7, 1), "ngay")
    changes.took_post(all_of(engine.open_store()), ANH, "20164@2018", "ct_hdnd", start, None, SOURCE)
    for tab, day in ((one, "01/02/2019"), (other, "01/03/2019")):
        tab.run()
        field(tab, "left-on").set_value(day)
    send(one)
    send(other)

    assert "đã ghi thôi từ 01/02/2019" in other.error[0].value
    ends = [
        facts["to_on"] for facts in changes.posting_facts(changes.postings(all_of(engine.open_store()), ANH)).values()
    ]
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
    posting = next(iter(changes.posting_facts(changes.postings(all_of(store), ANH))))
    day, start = date(2019, 3, 1), Partial(date(2018, 7, 1), "ngay")
    act: dict[str, Callable[[], int]] = {
        "left": lambda: changes.left_post(all_of(store), posting, day, "nghi_huu", SOURCE),
        "moved": lambda: changes.moved_post(all_of(store), posting, "20161@2018", "ct_hdnd", day, SOURCE),
        "took": lambda: changes.took_post(all_of(store), ANH, "20161@2018", "ct_hdnd", start, None, SOURCE),
        "reached": lambda: changes.reached_level(all_of(store), ANH, "llct", "trung_cap", "", start, SOURCE),
        "identifier": lambda: changes.corrected(all_of(store), ANH + 1, SOURCE, identifier="046072001234"),
    }
    first = act[kind]
    if kind == "identifier":
        first = lambda: changes.corrected(all_of(store), ANH, SOURCE, identifier="046072001234")  # noqa: E731
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
    renamed = changes.corrected(all_of(store), ANH, SOURCE, full_name="Hồ Thị Anh Đào")
    changes.corrected(all_of(store), ANH, SOURCE, ethnicity="Cơ Tu")
    changes.took_post(all_of(store), ANH, "20161@2018", "ct_hdnd", Partial(date(2018, 7, 1), "ngay"), None, SOURCE)
    undo(all_of(store), renamed, "người thử")

    assert known(store)["full_name"] == "Hồ Thị Anh"
    assert known(store)["ethnicity"] == "Cơ Tu"


def test_corrected_dates_do_not_keep_an_end_that_was_taken_back(store: Store) -> None:
    posting = next(iter(changes.posting_facts(changes.postings(all_of(store), ANH))))
    left = changes.left_post(all_of(store), posting, date(2019, 3, 1), "nghi_huu", SOURCE)
    changes.corrected_post(all_of(store), posting, None, Partial(date(2009, 7, 1), "ngay"), SOURCE)
    assert changes.posting_facts(changes.postings(all_of(store), ANH))[posting]["to_on"] == date(2019, 3, 1)
    undo(all_of(store), left, "người thử")

    assert changes.posting_facts(changes.postings(all_of(store), ANH))[posting]["to_on"] is None


# What the office itself adds


DECISION = office.Decision("1/QĐ-UBND", None, "TT06", "chuyen_mon", "so_cap", date(2013, 1, 1))


def test_a_decision_entered_anew_meanwhile_is_not_taken_away_unseen(store: Store) -> None:
    office.add_decision(store, DECISION, province_code="46")
    [(name, shown)] = own_decisions(store).items()
    office.remove_decision(store, name)
    office.add_decision(store, replace(DECISION, effective_from=date(2014, 1, 1)), province_code="46")

    with pytest.raises(Clashed):
        office.remove_decision(store, name, Seen({"row": shown}))
    assert list(own_decisions(store)) == [name]
    office.remove_decision(store, name, Seen({"row": own_decisions(store)[name]}))
    assert own_decisions(store) == {}
    # Who wants it gone has what they want.
    office.remove_decision(store, name, Seen({"row": shown}))


def own_decisions(store: Store) -> dict[str, tuple[object, ...]]:
    mine = set(store.fetch("select decision from provincial_decision where origin = 'co_quan'").decision)
    return {name: facts for name, facts in office.decision_facts(store).items() if name in mine}


def test_two_answers_about_a_major_are_asked_about(store: Store) -> None:
    nothing: dict[str, object] = {"group": None, "ke_toan_tai_chinh": None, "luat": None}
    office.map_field(store, "Thiên văn học", "luat", "vh_xh", True, Seen(nothing))
    # Whoever says the same has nothing to say.
    office.map_field(store, "Thiên văn học", "luat", "vh_xh", True, Seen(nothing))
    with pytest.raises(Clashed) as clashed:
        office.map_field(store, "thiên văn học", "ke_toan_tai_chinh", "vh_xh", True, Seen(nothing))
    with pytest.raises(Clashed):
        # Of another major, but the same group and post.
        office.map_field(store, "Địa vật lý", "luat", "vh_xh", False, Seen(nothing))
    assert office.field_facts(store, "Thiên văn học", "vh_xh") == {"group": "luat", "luat": True}

    seen = Seen(nothing).insist(clashed.value.clashes)
    office.map_field(store, "Thiên văn học", "ke_toan_tai_chinh", "vh_xh", True, seen)
    assert office.field_facts(store, "Thiên văn học", "vh_xh") == {
        "group": "ke_toan_tai_chinh",
        "luat": True,
        "ke_toan_tai_chinh": True,
    }


def test_two_meanings_of_a_word_are_asked_about(store: Store) -> None:
    nobody = Seen({"code": None})
    office.learn_word(store, "llct", "so_cap", "Lớp ba tháng", nobody)
    office.learn_word(store, "llct", "so_cap", "lớp ba tháng", nobody)
    with pytest.raises(Clashed) as clashed:
        office.learn_word(store, "llct", "trung_cap", "Lớp ba tháng", nobody)
    assert meaning(store) == ["so_cap"]
    office.learn_word(store, "llct", "trung_cap", "Lớp ba tháng", nobody.insist(clashed.value.clashes))
    assert meaning(store) == ["trung_cap"]


def meaning(store: Store) -> list[str]:
    return list(store.fetch("select code from word where origin = 'co_quan'").code)


def test_two_readings_of_a_column_are_asked_about(store: Store) -> None:
    office.remember_column(store, "a", "Trình độ", "llct", Seen({"field": None}))
    with pytest.raises(Clashed):
        office.remember_column(store, "a", "Trình độ", "chuyen_mon", Seen({"field": None}))
    assert list(store.fetch("select field from layout_column").field) == ["llct"]
    office.remember_column(store, "a", "Trình độ", "chuyen_mon", Seen({"field": "llct"}))
    office.remember_column(store, "a", "Trình độ", None, Seen({"field": "chuyen_mon"}))
    assert store.fetch("select field from layout_column").empty


DAY = date(2018, 12, 31)
CELL, OTHER = ("tc_kt", "llct"), ("tc_kt", "tin_hoc")


def test_two_who_work_on_a_draft_keep_each_others_cells(store: Store) -> None:
    first = SupposedLaw(DAY, levels={CELL: "so_cap"})
    save_draft(store, "Nâng chuẩn", first)
    save_draft(store, "Nâng chuẩn", replace(first, levels={CELL: "trung_cap"}), first)
    save_draft(store, "Nâng chuẩn", replace(first, levels={CELL: "so_cap", OTHER: "b"}), first)
    assert law_by_name(store, "Nâng chuẩn").levels == {CELL: "trung_cap", OTHER: "b"}

    with pytest.raises(Clashed) as clashed:
        save_draft(store, "Nâng chuẩn", replace(first, levels={CELL: "cao_cap", OTHER: "a"}), first)
    assert law_by_name(store, "Nâng chuẩn").levels == {CELL: "trung_cap", OTHER: "b"}
    assert {c.field for c in clashed.value.clashes} == {CELL, OTHER}
    with pytest.raises(Clashed):
        forget_draft(store, "Nâng chuẩn", first)

    mine = Seen().insist(clashed.value.clashes)
    save_draft(store, "Nâng chuẩn", replace(first, levels={CELL: "cao_cap", OTHER: "a"}), first, mine)
    assert law_by_name(store, "Nâng chuẩn").levels == {CELL: "cao_cap", OTHER: "a"}
    forget_draft(store, "Nâng chuẩn", law_by_name(store, "Nâng chuẩn"))
    assert store.fetch("select * from draft").empty


def test_a_new_draft_does_not_replace_another_of_its_name(store: Store) -> None:
    save_draft(store, "Nâng chuẩn", SupposedLaw(DAY, levels={CELL: "so_cap"}))
    with pytest.raises(Clashed):
        save_draft(store, "Nâng chuẩn", SupposedLaw(DAY, levels={CELL: "trung_cap"}))


# The ledger of downsizing


@pytest.fixture
def two_ledgers(own: Store, open_app: Callable[..., AppTest]) -> tuple[AppTest, AppTest]:
    """The page of downsizing in two tabs of two sessions over the sample."""
    own.close()
    return tuple(open_app(Path(own.target), "downsizing") for _ in range(2))  # type: ignore[return-value]


def test_both_tell_a_step_of_a_case(two_ledgers: tuple[AppTest, AppTest]) -> None:
    one, other = two_ledgers
    for tab, day in ((one, date(2018, 12, 20)), (other, date(2018, 12, 10))):
        tab.selectbox(key="step-case").set_value("04/2019")
        tab.selectbox(key="step-status").set_value("da_phe_duyet")
        tab.date_input(key="step-day").set_value(day)
    send(one, "Ghi bước này")
    send(other, "Ghi bước này")

    asked = other.warning[0].value.replace("\\", "")
    assert "lúc đầu là **“Đang trình, 26/10/2018" in asked
    assert "nơi khác đã ghi **“Đã phê duyệt, 20/12/2018" in asked
    assert approved_on() == date(2018, 12, 20)
    send(other, "Ghi điều tôi nhập")
    assert "Đã ghi nhận thành đợt" in other.success[0].value
    assert approved_on() == date(2018, 12, 10)
    # What one has just written oneself is no surprise.
    other.selectbox(key="step-status").set_value("da_chi_tra")
    other.date_input(key="step-day").set_value(date(2018, 12, 31))
    send(other, "Ghi bước này")
    assert not other.warning


def approved_on() -> date:
    cases = all_of(engine.open_store()).query("downsizing_cases", Filters(date(2018, 12, 31))).set_index("case_id")
    return cases.status_on["04/2019"].date()


def test_both_decide_about_a_candidate(two_ledgers: tuple[AppTest, AppTest]) -> None:
    one, other = two_ledgers
    for tab, reason in ((one, "Cử đi học"), (other, "Còn một năm nữa nghỉ hưu")):
        tab.text_input(key="decision-reason").set_value(reason)
    send(one, "Ghi quyết định")
    send(other, "Ghi quyết định")

    assert "Cử đi học" in other.warning[0].value
    send(other, "Giữ điều nơi khác đã ghi")
    found = engine.open_store().fetch("select reason from candidate_decision")
    assert list(found.reason) == ["Cử đi học"]


def test_a_word_that_was_taught_anew_is_not_forgotten_by_who_saw_the_old_meaning(store: Store) -> None:
    office.learn_word(store, "post", "bi_thu", "Trưởng bản")
    seen = Seen({"code": "bi_thu"})
    office.learn_word(store, "post", "ct_ubnd", "Trưởng bản", seen)
    with pytest.raises(Clashed):
        office.forget_word(store, "post", "Trưởng bản", seen)
    kept = "select code from word where origin = 'co_quan' and word = 'Trưởng bản'"
    assert store.fetch(kept).code.tolist() == ["ct_ubnd"]
    office.forget_word(store, "post", "Trưởng bản", Seen({"code": "ct_ubnd"}))
    assert store.fetch(kept).empty
