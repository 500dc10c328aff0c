"""Checks of the data: each finds the planted fault and nothing else, and says what is wrong and what to do."""

import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from app_pages.quality import sections
from common.district import HUONG_HOA, HUONG_PHU, KHE_TRE, VIETNAMESE, Enter
from common.planted import CLEAN, DAY, FAULTS, level, lists, seat, whole
from common.readers import all_of
from core import store as engine
from core.columns import HEADINGS
from core.store import QUERIES, WHOLE_COUNTRY, Filters, Store, load_query
from core.words import Words
from documents.listing import listing
from intake.commit import PERSON, POSTING, QUALIFICATION, Facts, record, undo
from law.case import Person
from opening.new_store import fill

HUONG_GIANG, MERGED = "20179@2018", "20179@2020"
CHECKS = sorted(FAULTS)


def planted(enter: Enter, people: Mapping[str, Person], then: str = "") -> Store:
    store = Store(":memory:", create=True)
    fill(store, sample=False)
    enter(store, {**CLEAN, **people})
    if then:
        with store.write() as cursor:
            cursor.execute(then)
    return store


def found(store: Store, scope: tuple[str, ...] = WHOLE_COUNTRY, **chosen: Any) -> dict[str, pd.DataFrame]:
    rows = sections.read(store.seen_by(scope), Filters(DAY, **chosen))
    return {name: frame for name, frame in rows.items() if sections.is_check(frame)}


@pytest.fixture(scope="module")
def clean(enter: Enter) -> Iterator[Store]:
    store = planted(enter, {})
    yield store
    store.close()


def test_nothing_is_found_where_nothing_is_wrong(clean: Store) -> None:
    rows = found(clean)
    assert sorted(rows) == CHECKS
    assert {name: list(frame.problem) for name, frame in rows.items() if len(frame)} == {}
    assert all_of(clean).query("requests", Filters(DAY)).empty
    cells = all_of(clean).query("completeness", Filters(DAY))
    assert (cells.total == cells.complete).all()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_exactly_the_planted_fault(name: str, enter: Enter) -> None:
    people, then, expected = FAULTS[name]
    store = planted(enter, people, then)
    rows = found(store)
    assert {n for n, frame in rows.items() if len(frame)} == {name}
    frame = rows[name]
    assert set(frame.full_name) == set(expected)
    for who, problem in zip(frame.full_name, frame.problem, strict=True):
        assert expected[who] in problem
        assert problem.endswith(".")
    assert set(frame.problem_kind) <= {"mau_thuan", "thieu"}
    assert frame.problem_kind.nunique() == 1
    # Nobody is shown to whom they are none of their business, and a filter leaves out the others.
    assert found(store, scope=())[name].empty
    assert found(store, search="không có ai")[name].empty
    assert found(store, communes=("20188",))[name].empty
    only = found(store, search=next(iter(expected)))[name]
    assert set(only.full_name) == {next(iter(expected))}
    store.close()


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("same_identifier", "update person set identifier = '046080000001'"),
        (
            "two_in_one_seat",
            "update posting set post = 'bi_thu', unit_id = (select max(unit_id) from posting), to_on = null",
        ),
    ],
)
def test_what_hundreds_share_is_told_in_a_line_each(name: str, fault: str, own: Store) -> None:
    """One cell copied down a list must not name everybody to everybody."""
    with own.write() as cursor:
        cursor.execute(fault)
    told = all_of(own).query(name, Filters(date(2018, 12, 31)))
    assert told.person_id.nunique() > 150
    assert told.problem.str.len().max() < 250
    assert told.problem.str.contains(r", .*, .*, .*, .* và \d+ người khác\.$").all()


def name_in_a_list(store: Store, name: str, post: str, as_of: date) -> int | None:
    """A list of the merged commune that names one person."""
    known = store.fetch("select * from person where full_name = $name", {"name": name}).iloc[0]
    who = [[0, name, known.family_name, known.given_name, known.birth_on.date(), "ngay", None, None, MERGED, None]]
    posting = [[0, MERGED, post, as_of, "bao_cao", None, None, None, None]]
    facts = Facts(
        pd.DataFrame(who, columns=[*PERSON, "identifier"], dtype=object).assign(source="list"),
        pd.DataFrame(posting, columns=POSTING, dtype=object).assign(source="list"),
        pd.DataFrame([], columns=QUALIFICATION, dtype=object).assign(source="list"),
    )
    return record(store, facts, kind="list", title="Danh sách thử", as_of=as_of, made_by="người thử")


def test_a_merger_alone_is_no_contradiction(enter: Enter) -> None:
    store = planted(
        enter,
        {
            "A Lăng Hòa": whole(seat("ct_nd", unit=HUONG_HOA)),
            "A Lăng Giang": whole(seat("ct_nd", unit=HUONG_GIANG), born="1981-01-01"),
            "A Lăng Sổ": whole(
                seat("tp_ht", unit=HUONG_HOA),
                born="1982-01-01",
                chuyen_mon=level("chuyen_mon", "trung_cap", "2002", "Luật"),
            ),
        },
    )

    def both(on: date) -> set[str]:
        return set(all_of(store).query("two_in_one_seat", Filters(on)).full_name)

    day_before, merger, list_on = date(2019, 12, 31), date(2020, 1, 1), date(2020, 6, 30)
    assert both(day_before) == both(merger) == both(date(2026, 1, 1)) == set()
    # A list of another group says nothing of who is chairman.
    assert name_in_a_list(store, "A Lăng Sổ", "tp_ht", date(2020, 3, 31))
    assert both(list_on) == set()
    # One that names one of the two leaves no room for the other.
    batch = name_in_a_list(store, "A Lăng Hòa", "ct_nd", list_on)
    assert batch is not None
    assert both(date(2020, 6, 29)) == set()
    assert both(list_on) == both(date(2025, 7, 1)) == {"A Lăng Hòa", "A Lăng Giang"}
    undo(all_of(store), batch, "người thử")
    assert both(list_on) == set()
    # Somebody who takes the seat after the merger is of no former unit.
    name_in_a_list(store, "A Lăng Sổ", "ct_nd", date(2021, 1, 1))
    assert both(date(2021, 1, 1)) == {"A Lăng Hòa", "A Lăng Giang", "A Lăng Sổ"}
    store.close()


def test_two_of_one_commune_still_contradict_each_other_after_its_merger(enter: Enter) -> None:
    store = planted(enter, FAULTS["two_in_one_seat"][0])
    after = all_of(store).query("two_in_one_seat", Filters(date(2025, 7, 1)))
    # The secretary of Hương Phú came to the same commune by the merger.
    assert set(after.full_name) == {"A Lăng Hai", "Lê Văn Sạch"}
    store.close()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_says_what_is_wrong_and_what_to_do(name: str) -> None:
    message, _, advice = load_query(name).comment.replace("\n", " ").partition(". ")
    assert VIETNAMESE.search(message)
    assert VIETNAMESE.search(advice)
    assert len(message) < 90


def test_a_check_is_added_by_adding_a_file(clean: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "QUERIES", Path(shutil.copytree(QUERIES, tmp_path / "queries")))
    (tmp_path / "queries" / "quality" / "born_in_june.sql").write_text(
        "-- Sinh vào tháng sáu. Không phải lỗi.\n"
        "select person_id, full_name, commune, post as position, 'Tháng sáu.' as problem, 'thieu' as problem_kind\n"
        "from seated($as_of, $scope, [], [], [], '')\n"
        "where month(birth_on) = 6\n"
        "order by person_id\n",
        encoding="utf-8",
    )
    load_query.cache_clear()
    try:
        rows = sections.read(all_of(clean), Filters(DAY))
        [check] = sections.broken(all_of(clean), Words.of(all_of(clean)), Filters(DAY), rows)
    finally:
        load_query.cache_clear()
    assert (check.message, check.advice, check.people) == ("Sinh vào tháng sáu", "Không phải lỗi.", 1)
    assert list(check.found.shown.columns) == [HEADINGS[c] for c in ("full_name", "commune", "position", "problem")]


def test_contradictions_come_before_gaps_and_more_people_first(enter: Enter) -> None:
    people = {"A Lăng Chưa": whole(tin_hoc=None), "A Lăng Nữa": whole(tin_hoc=None, born="1981-01-01")}
    for name in ("two_in_one_seat", "unmapped_majors", "first_held_after_start"):
        people |= FAULTS[name][0]
    store = planted(enter, people)
    order = sections.broken(
        all_of(store), Words.of(all_of(store)), Filters(DAY), sections.read(all_of(store), Filters(DAY))
    )
    assert [c.found.query for c in order] == [
        "two_in_one_seat",
        "first_held_after_start",
        "undecided",
        "unmapped_majors",
    ]
    assert sections.contradicted(order) == 3
    store.close()


# What is needed and asked for


def test_only_what_a_rule_asks_for_is_needed(clean: Store) -> None:
    needed = set(all_of(clean).query("completeness", Filters(DAY, posts=("bi_thu",))).data_field)
    assert {"birth_date", "gender", "first_held_on", "hoc_van", "chuyen_mon", "llct", "obtained_on"} == needed
    assert "tin_hoc" in set(all_of(clean).query("completeness", Filters(DAY, posts=("tc_kt",))).data_field)
    after = all_of(clean).query("completeness", Filters(date(2025, 7, 1)))
    assert set(after.data_field) == {"birth_date", "gender"}


def test_a_request_names_all_that_a_person_lacks(enter: Enter) -> None:
    lacking = whole(
        seat("tc_kt", None),
        born="1980",
        gender=None,
        hoc_van=None,
        tin_hoc=None,
        chuyen_mon=level("chuyen_mon", "trung_cap", None),
    )
    store = planted(enter, {"A Lăng Thiếu": lacking})
    asked = all_of(store).query("requests", Filters(DAY))
    assert list(asked.full_name) == ["A Lăng Thiếu"]
    assert asked.to_supply[0] == (
        "Ngày, tháng, năm sinh; Giới tính; Ngày giữ chức lần đầu; Trình độ văn hóa; Chuyên ngành; Trình độ tin học; "
        "Ngày cấp văn bằng, chứng chỉ"
    )
    cells = all_of(store).query("completeness", Filters(DAY)).set_index(["unit_code", "data_field"])
    assert tuple(cells.loc[("20161", "gender"), ["total", "complete"]]) == (5, 4)
    store.close()


def test_the_day_that_is_asked_for_is_that_of_the_highest_level(enter: Enter) -> None:
    lower, higher = level("llct", "so_cap", "2005-05-01"), level("llct", "trung_cap", None)
    store = planted(enter, {"A Lăng Thiếu": whole(seat("bi_thu"), llct=higher, before=lower)})
    asked = all_of(store).query("requests", Filters(DAY))
    assert asked.to_supply.tolist() == ["Ngày cấp văn bằng, chứng chỉ"]
    store.close()


def test_the_request_is_an_excel_file_of_one_commune(district: Store, tmp_path: Path) -> None:
    only = Filters(DAY, communes=("20164",))
    found = listing(all_of(district), Words.of(all_of(district)), "Đề nghị bổ sung hồ sơ: Hương Phú", "requests", only)
    path = tmp_path / "yêu cầu.xlsx"
    path.write_bytes(found.excel())
    cells = [str(c.value) for row in openpyxl.load_workbook(path).worksheets[0] for c in row if c.value]
    assert "ĐỀ NGHỊ BỔ SUNG HỒ SƠ: HƯƠNG PHÚ" in cells
    assert HEADINGS["to_supply"] in cells
    assert any("Trình độ tin học" in c for c in cells)
    assert not any("Khe Tre" in c for c in cells)


def test_the_age_of_a_list_counts_from_the_newest_that_still_holds(enter: Enter) -> None:
    store = planted(enter, {})
    lists(store, (KHE_TRE, "2018-06-30"), (KHE_TRE, "2018-07-04"), (HUONG_PHU, "2018-07-05"), (HUONG_PHU, "2019-06-01"))
    lists(store, ("20167@2018", "2018-12-01"), undone=True)
    ages = all_of(store).query("list_age", Filters(DAY)).set_index("unit_code")
    assert ages.days_old["20161"] == 180
    assert ages.days_old["20164"] == 179
    assert pd.isna(ages.list_on["20167"])
    assert list(ages.index[-2:]) == ["20161", "20164"]
    assert sections.late(ages).empty
    assert list(sections.late(all_of(store).query("list_age", Filters(date(2019, 1, 1)))).unit_code) == ["20161"]
    # After a merger the list of the old commune speaks for the new one.
    merged = all_of(store).query("list_age", Filters(date(2025, 7, 1))).set_index("commune")
    assert merged.list_on.notna().sum() >= 1
    assert store.seen_by(()).query("list_age", Filters(DAY)).empty
    store.close()
