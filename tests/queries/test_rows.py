"""Every query gives exactly these rows, on a district small enough to judge by hand (tests/common/district.py)."""

from datetime import date

import pytest

from common.district import HUONG_PHU, KHE_TRE, Enter
from common.golden.all_rows import GOLDEN, GOLDEN_COLUMNS
from common.golden.texts import L80
from common.questions import CB, CC, DAY, FORESIGHT, KCT, LEDGER, NAMES, ONE, rows
from common.readers import all_of
from core.store import Filters, Store
from law.case import Level, Term, person

# Filters and own parameters that keep a reference list short.
CHOSEN = {
    "merged_communes": Filters(date(2020, 6, 30), communes=("20161", "20176", "20179")),
    "rules_in_force": Filters(DAY, posts=("tc_kt", "ct_hdnd")),
    "trend_by_criterion": Filters(DAY, communes=("20161",)),
    "trend_by_post": Filters(DAY, communes=("20161",)),
    "field_fits": Filters(DAY, posts=("tc_kt",)),
    "draft_base": Filters(DAY, posts=("tc_kt", "ct_nd")),
}


@pytest.mark.parametrize("name", [n for n in NAMES if n not in LEDGER | FORESIGHT])
def test_every_query_gives_exactly_these_rows(name: str, district: Store) -> None:
    own = ONE | {"post": "ct_ccb", "person_id": 7}
    frame = all_of(district).query(name, CHOSEN.get(name, Filters(DAY)), **own)
    if name in GOLDEN_COLUMNS:
        columns, expected = GOLDEN_COLUMNS[name]
        assert rows(frame[columns]) == expected
    elif name == "verdicts":
        # The list above with a sentence to each row.
        same = [c for c in all_of(district).query("assessment", Filters(DAY)).columns if c != "since"]
        assert rows(frame[same]) == rows(all_of(district).query("assessment", Filters(DAY))[same])
    elif name == "words":
        genders = frame[frame.domain == "gender"]
        assert rows(genders) == [("gender", "nam", "Nam", "Nam", 1), ("gender", "nu", "Nữ", "Nữ", 2)]
    else:
        assert rows(frame) == GOLDEN[name]


def test_the_headline_on_other_days(district: Store) -> None:
    # The day a man leaves is the first he is not counted; nobody of the eleven else had come or gone since 2016.
    assert rows(all_of(district).query("headline", Filters(date(2018, 12, 30))))[0] == (CB, 6, 5, 0, 0, 5 / 6)
    # Everybody below NĐ 33/2023 who served before it has time until 01/08/2028; who lacks data has not.
    assert rows(all_of(district).query("headline", Filters(date(2024, 1, 1)))) == [
        (CB, 5, 0, 0, 4, 0.0),
        (CC, 5, 0, 1, 3, 0.0),
        (KCT, 1, 0, 1, 0, 0.0),
    ]
    # From 01/07/2025 only the registrar is judged, by Luật Hộ tịch, and until 30/05/2026 who serves part-time.
    after = Filters(date(2025, 7, 1))
    assert rows(all_of(district).query("headline", after)) == [(CC, 1, 0, 0, 0, 0.0), (KCT, 1, 0, 1, 0, 0.0)]
    others = all_of(district).query("assessment", after)
    assert set(others[~others.position.isin(["tp_ht"]) & ~others.position.str.startswith("kct_")].verdict) == {"exempt"}
    assert rows(all_of(district).query("total", after)) == [(2, 0, 1, 0, 1, 0.0)]
    # Of these two other criteria have ended too; they are not among those nothing binds any more.
    assert rows(all_of(district).query("out_of_scope", after)) == [("2025-07-01", L80, 9)]
    assert len(all_of(district).query("roster", after)) == 12


def test_a_timeline_tells_each_change_of_law_and_unit(district: Store) -> None:
    timeline = all_of(district).query("person_timeline", Filters(date(2026, 1, 1)), person_id=2)
    llct = timeline[timeline.criterion == "llct"][["from_on", "to_on", "verdict", "deadline", "opened_by"]]
    assert rows(llct) == [
        ("2025-07-01", None, "exempt", None, "standard_changed"),
        ("2025-01-01", "2025-07-01", "transitional", "2028-08-01", "unit_changed"),
        ("2023-08-01", "2025-01-01", "transitional", "2028-08-01", "standard_changed"),
        ("2010-07-01", "2023-08-01", "below", None, "took_post"),
    ]


def test_a_person_is_shown_as_of_the_day(enter: Enter) -> None:
    """On a day before the first post nothing that came later is told."""
    store = Store(":memory:", create=True)
    two_terms = [Term("vh_xh", "2010-01-01", "2012-01-01", unit=KHE_TRE), Term("tc_kt", "2016-01-01", unit=HUONG_PHU)]
    enter(store, {"Hồ Văn Hai Nhiệm": person(two_terms)})

    def shown(day: date) -> list[tuple[str, bool]]:
        frame = all_of(store).query("person", Filters(day), person_id=1)
        return list(zip(frame.position, frame.in_post, strict=True))

    assert shown(date(2009, 1, 1)) == []
    assert shown(date(2011, 1, 1)) == [("vh_xh", True)]
    assert shown(date(2014, 1, 1)) == [("vh_xh", False)]
    assert shown(date(2017, 1, 1)) == [("tc_kt", True)]
    store.close()


def test_a_reason_does_not_contradict_the_other_criteria(enter: Enter) -> None:
    """Who is a level short as well is not told to have the right level."""
    store = Store(":memory:", create=True)
    who = person(
        "tc_kt", unit=KHE_TRE, first_held="2014-01-01", hoc_van="thpt", chuyen_mon="so_cap", field="Luật", tin_hoc="a"
    )
    enter(store, {"Hồ Văn Thiếu Hai": who})
    told = all_of(store).query("substandard_people", Filters(DAY)).set_index("criterion").reason
    assert set(told.index) == {"chuyen_mon", "nganh"}
    assert "Đúng trình độ" not in told["nganh"]
    store.close()


def test_who_failed_an_earlier_rule_first_is_told_which(enter: Enter) -> None:
    """The day shown is that of the first rule, the sentence is about the last."""
    store = Store(":memory:", create=True)
    known = {"hoc_van": "thpt", "chuyen_mon": "so_cap", "field": "Kế toán", "tin_hoc": "a"}
    enter(
        store,
        {
            "Hồ Văn Trước": person("tc_kt", unit=KHE_TRE, since="2012-07-14", first_held="2012-07-14", **known),
            "Hồ Văn Sau": person("tc_kt", unit=HUONG_PHU, since="2013-07-14", first_held="2013-07-14", **known),
        },
    )
    told = all_of(store).query("substandard_people", Filters(DAY)).set_index("full_name")
    assert dict(zip(told.index, told.since.dt.date, strict=True)) == {
        "Hồ Văn Trước": date(2012, 7, 14),
        "Hồ Văn Sau": date(2013, 7, 14),
    }
    before = " Kết luận này có từ 14/07/2012, khi ấy theo QĐ 04/2004/QĐ-BNV (chưa đối chiếu văn bản gốc)."
    assert told.reason["Hồ Văn Trước"].endswith(before)
    assert "Kết luận này có từ" not in told.reason["Hồ Văn Sau"]
    for row in all_of(store).query("verdicts", Filters(DAY, verdicts=("meets",))).itertuples():
        assert "Kết luận này có từ" not in row.reason
    store.close()


def test_a_verdict_begins_after_a_time_without_a_rule(enter: Enter) -> None:
    """What was before a gap is not the beginning of what is after it."""
    store = Store(":memory:", create=True)
    enter(store, {"Hồ Văn Gián Đoạn": person("tc_kt", unit=KHE_TRE, since="2010-01-01", hoc_van="thcs")})
    with store.write() as cursor:
        cursor.execute("update standard set required = null where standard = 'TT06-hoc_van'")
    late = all_of(store).query("substandard_people", Filters(date(2020, 6, 30), criteria=("hoc_van",)))
    assert rows(late[["required", "since"]]) == [("thpt", "2019-12-25")]
    store.close()


def test_a_certificate_nobody_has_is_not_said_to_be_there(enter: Enter) -> None:
    store = Store(":memory:", create=True)
    enter(
        store,
        {"Hồ Văn Chưa": person("tc_kt", unit=KHE_TRE, since="2013-01-01", chuyen_mon="trung_cap", tin_hoc="chua")},
    )
    held = all_of(store).query("person_qualifications", Filters(DAY), person_id=1)
    assert dict(zip(held.criterion, held.status, strict=True)) == {"chuyen_mon": "da_co", "tin_hoc": "chua_co"}
    store.close()


def test_only_who_meets_the_standard_has_reached_it(enter: Enter) -> None:
    """A list that first says that there is no certificate opens a verdict too."""
    store = Store(":memory:", create=True)
    levels = [
        Level("tin_hoc", "chua", reported="2014-06-30"),
        Level("tin_hoc", "a", obtained="2016-05-20", reported="2016-12-31"),
    ]
    enter(store, {"Hồ Văn Học": person("tc_kt", unit=KHE_TRE, since="2013-01-01", also=levels)})
    timeline = all_of(store).query("person_timeline", Filters(DAY), person_id=1)
    of_computers = timeline[timeline.criterion == "tin_hoc"]
    assert rows(of_computers[["from_on", "verdict", "opened_by"]]) == [
        ("2016-05-20", "meets", "level_reached"),
        ("2014-06-30", "below", "level_told"),
        ("2013-01-01", "unknown", "took_post"),
    ]
    store.close()
