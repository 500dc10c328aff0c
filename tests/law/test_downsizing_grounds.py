"""Who may be looked at for downsizing, on what ground, and who may not, however far below the standard.

Years are those before the year of the day: on 31/03/2019 they are 2018 and 2017. Everybody is an official of a mountain
commune who meets the standard but for what is said.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

from common.district import KHE_TRE, Enter
from common.readers import all_of
from common.reference_tables import reference
from core.store import Filters, Store
from downsizing.ledger import Ledger, record_ledger
from law.case import Level, Person, Term, person
from opening.new_store import fill

SPRING = date(2019, 3, 31)
NAME = "Hồ Văn Xét"


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(":memory:", create=True)
    fill(store, sample=False)
    yield store
    store.close()


def clerk(level: str = "trung_cap", field: str = "Kế toán", **more: Any) -> Person:
    """A commune's accountant since 2014."""
    return person(
        "tc_kt",
        unit=KHE_TRE,
        since="2014-01-01",
        first_held="2014-01-01",
        born="1984-05-20",
        hoc_van="thpt",
        chuyen_mon=level,
        field=field,
        tin_hoc="a",
        **more,
    )


def grades(store: Store, **classes: str) -> None:
    """What somebody was classed as: `grades(store, y2017="tot", y2018="han_che")`."""
    rows = [
        {
            "person_id": 1,
            "year": int(year[1:]),
            "class": graded,
            "why_not": None,
            "reported_on": date(int(year[1:]), 12, 20),
        }
        for year, graded in classes.items()
    ]
    record_ledger(all_of(store), Ledger({"evaluation": rows}), file="x", made_by="người thử")


def graded(store: Store, year: int, graded: str, on: date) -> None:
    """What somebody was classed as for a year, told on a day."""
    row = {"person_id": 1, "year": year, "class": graded, "why_not": None, "reported_on": on}
    record_ledger(all_of(store), Ledger({"evaluation": [row]}), file="x", made_by="người thử")


def found(store: Store, day: date = SPRING) -> pd.DataFrame:
    return all_of(store).query("candidates", Filters(day))


def points(store: Store, day: date = SPRING) -> list[str]:
    return [ref.split(" khoản")[0] for ref in found(store, day).legal_ref]


# 7, 10: what is short of a standard is one condition of several


def test_the_level_of_training_is_point_c_with_two_questions_left(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk("so_cap")})
    [row] = found(store, date(2018, 9, 30)).to_dict("records")
    assert row["legal_ref"] == "điểm c khoản 1 Điều 6 NĐ 108/2014/NĐ-CP"
    assert row["facts"] == "Trình độ chuyên môn chưa đạt, đang có sơ cấp"
    assert row["to_confirm"] == "có vị trí khác phù hợp để bố trí không; có đào tạo lại được không"
    # From 15/10/2018 a volunteer may go although there is other work.
    [later] = found(store, date(2018, 10, 15)).to_dict("records")
    assert "sửa đổi bởi NĐ 113/2018" in later["legal_ref"]
    assert later["to_confirm"].endswith("hoặc có việc khác nhưng tự nguyện nghỉ và cơ quan đồng ý")


def test_the_wrong_field_is_point_d_not_c(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk("dai_hoc", "Luật")})
    assert points(store) == ["điểm d"]


def test_what_is_no_training_for_the_work_is_no_ground(store: Store, enter: Enter) -> None:
    """General education and political theory short of the standard are no ground of Điều 6."""
    enter(
        store,
        {
            NAME: person(
                "bi_thu",
                unit=KHE_TRE,
                first_held="2012-01-01",
                born="1975-01-01",
                hoc_van="thcs",
                chuyen_mon="dai_hoc",
                field="Luật",
                llct="so_cap",
            )
        },
    )
    assert set(all_of(store).query("substandard_people", Filters(SPRING)).criterion) == {"hoc_van", "llct"}
    assert points(store) == []


# 11, 12: evaluation


@pytest.mark.parametrize(
    ("before_last", "last", "day", "expected"),
    [
        ("han_che", "han_che", SPRING, ["điểm đ"]),
        ("han_che", "khong_hoan_thanh", SPRING, ["điểm đ"]),
        ("khong_hoan_thanh", "han_che", SPRING, ["điểm đ"]),
        # Dismissal, not downsizing.
        ("khong_hoan_thanh", "khong_hoan_thanh", SPRING, []),
        ("tot", "han_che", SPRING, ["điểm đ"]),
        ("han_che", "tot", SPRING, []),
        ("tot", "tot", SPRING, []),
        ("tot", "khong_hoan_thanh", SPRING, []),
        # A class that officials did not have then is nobody's ground.
        ("hoan_thanh", "hoan_thanh", SPRING, []),
    ],
)
def test_two_years_of_evaluation(
    store: Store, enter: Enter, before_last: str, last: str, day: date, expected: list[str]
) -> None:
    enter(store, {NAME: clerk()})
    grades(store, y2017=before_last, y2018=last)
    assert points(store, day) == expected


def test_one_weak_year_is_a_ground_for_volunteers_from_15_10_2018_only(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk()})
    grades(store, y2016="tot", y2017="han_che")
    assert points(store, date(2018, 10, 14)) == []
    [row] = found(store, date(2018, 10, 15)).to_dict("records")
    assert row["to_confirm"] == "người ấy có tự nguyện, cơ quan có đồng ý không"


@pytest.mark.parametrize(
    ("day", "grade", "expected"),
    [
        # NĐ 143/2020 looks at the years before only, and two of them.
        (date(2023, 7, 19), "khong_hoan_thanh", []),
        # NĐ 29/2023: also the year of review, of a volunteer.
        (date(2023, 7, 20), "khong_hoan_thanh", ["điểm đ"]),
        (date(2023, 7, 21), "hoan_thanh", ["điểm đ"]),
        (date(2025, 6, 15), "hoan_thanh", ["điểm đ"]),
        # NĐ 154/2025: not fulfilled, nothing else.
        (date(2025, 6, 16), "hoan_thanh", []),
        (date(2025, 6, 16), "khong_hoan_thanh", ["điểm e"]),
        (date(2025, 6, 17), "khong_hoan_thanh", ["điểm e"]),
    ],
)
def test_the_year_of_review_counts_from_2023(
    store: Store, enter: Enter, day: date, grade: str, expected: list[str]
) -> None:
    enter(store, {NAME: clerk("dai_hoc")})
    graded(store, day.year, grade, day)
    graded(store, day.year - 1, "tot", date(day.year - 1, 12, 20))
    assert points(store, day) == expected
    if expected:
        assert f"năm {day.year}: " in found(store, day).facts[0]
        assert ("chưa đối chiếu văn bản gốc" in found(store, day).legal_ref[0]) is (day >= date(2025, 6, 16))
    # What is told later was not known yet.
    assert points(store, date(day.year, 1, 31)) == []


@pytest.mark.parametrize(("last", "expected"), [("khong_hoan_thanh", []), ("hoan_thanh", ["điểm e"])])
def test_this_year_and_the_last_are_dismissal_as_well(
    store: Store, enter: Enter, last: str, expected: list[str]
) -> None:
    enter(store, {NAME: clerk("dai_hoc")})
    graded(store, 2024, last, date(2024, 12, 20))
    graded(store, 2025, "khong_hoan_thanh", date(2025, 6, 16))
    assert points(store, date(2025, 6, 16)) == expected


def test_a_weak_year_before_does_by_the_decree_of_2025(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk("dai_hoc")})
    graded(store, 2024, "khong_hoan_thanh", date(2024, 12, 20))
    assert points(store, date(2025, 6, 16)) == ["điểm e"]


def test_who_is_not_evaluated_is_nobodys_candidate(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk()})
    grades(store, y2017="han_che")
    assert points(store) == []


# 21, and the guidance of 2022


def test_what_bars_is_told_beside_the_ground(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk("so_cap")})
    row = {"person_id": 1, "year": 2018, "class": None, "why_not": "ky_luat", "reported_on": date(2018, 12, 20)}
    record_ledger(all_of(store), Ledger({"evaluation": [row]}), file="x", made_by="người thử")
    assert found(store).barred[0].startswith("Đang xem xét kỷ luật")
    assert "nuôi con dưới 36 tháng" in found(store).barred[0]


def test_who_was_placed_below_a_standard_that_stood_is_not_to_be_processed(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk("so_cap")})
    assert "5670" not in found(store).barred[0]
    # The day the letter was written.
    assert "5670" not in found(store, date(2022, 11, 10)).barred[0]
    said = "được bố trí khi tiêu chuẩn đã có, không giải quyết theo CV 5670/BNV-TCBC ngày 11/11/2022"
    assert said in found(store, date(2022, 11, 11)).barred[0]


def test_the_letter_is_a_row_and_without_it_nobody_is_lost(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk("so_cap")})
    day = date(2022, 11, 10)
    with store.write() as cursor:
        cursor.execute("update legal_document set issued_on = $day where document = 'CV5670'", {"day": day})
    assert "CV 5670/BNV-TCBC ngày 10/11/2022" in found(store, day).barred[0]
    before = found(store, day).drop(columns="barred")
    with store.write() as cursor:
        cursor.execute("delete from downsizing_refusal")
    assert "không giải quyết" not in found(store, day).barred[0]
    assert found(store, day).drop(columns="barred").equals(before)


# 30, 33: mergers, letters


def test_two_in_one_post_after_a_merger_is_point_a(store: Store, enter: Enter) -> None:
    def secretary(unit: str) -> Person:
        return person(
            [Term("bi_thu", "2015-07-01", first_held="2015-07-01", unit=unit)],
            born="1975-01-01",
            hoc_van="thpt",
            chuyen_mon="dai_hoc",
            field="Luật",
            llct="cao_cap",
        )

    enter(store, {"Hồ Văn Giang": secretary("20179@2018"), "Hồ Văn Hòa": secretary("20176@2018")})
    assert points(store, date(2019, 12, 31)) == []
    assert points(store, date(2020, 1, 1)) == ["điểm a", "điểm a"]
    # The commune goes to another district: they are still two.
    before, after = (found(store, day) for day in (date(2024, 12, 31), date(2025, 1, 1)))
    assert len(after) == 2
    assert after.facts.tolist() == before.facts.tolist()
    assert "sau sáp nhập ngày 01/01/2020" in after.facts[0]


def test_the_letter_moves_with_the_decree(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk("so_cap")})
    assert "điểm c khoản 1 Điều 6 NĐ 108/2014" in found(store, date(2023, 7, 19)).legal_ref[0]
    assert "điểm d khoản 1 Điều 2 NĐ 29/2023" in found(store, date(2023, 7, 20)).legal_ref[0]


# The way out


def test_the_chain_from_what_is_missing_to_the_time_that_is_left(store: Store, enter: Enter) -> None:
    """Three years before a man's pension there is time for a secondary school of two years, not for a degree."""
    old = person(
        "tc_kt",
        unit=KHE_TRE,
        since="2014-01-01",
        first_held="2014-01-01",
        born="1961-09-10",
        hoc_van="thpt",
        chuyen_mon="so_cap",
        field="Kế toán",
        tin_hoc="a",
    )
    enter(store, {NAME: old})
    [row] = all_of(store).query("ways_out", Filters(SPRING)).to_dict("records")
    assert (row["criterion"], row["required"], row["course_months"]) == ("chuyen_mon", "trung_cap", 24)
    # The road map of NĐ 135/2020: a man born in 1961 is 60 years and 3 months in 12/2021.
    assert row["retires_on"].date() == date(2021, 12, 10)
    assert row["in_time"]
    assert row["ways_out"].startswith("cử đi học, xong khoảng 03/2021")
    [late] = all_of(store).query("ways_out", Filters(date(2020, 3, 31))).to_dict("records")
    assert not late["in_time"]
    assert "chờ nghỉ hưu ngày 10/12/2021" in late["ways_out"]
    assert "cử đi học" not in late["ways_out"]


@pytest.mark.parametrize(("day", "waits"), [(date(2019, 11, 30), False), (date(2019, 12, 1), True)])
def test_waiting_is_a_way_out_in_the_last_24_months_only(store: Store, enter: Enter, day: date, waits: bool) -> None:
    """A man born on 10/09/1961 retires on 10/12/2021."""
    old = person(
        "tc_kt",
        unit=KHE_TRE,
        since="2014-01-01",
        first_held="2014-01-01",
        born="1961-09-10",
        hoc_van="thpt",
        chuyen_mon="so_cap",
        field="Kế toán",
        tin_hoc="a",
    )
    enter(store, {NAME: old})
    [row] = all_of(store).query("ways_out", Filters(day)).to_dict("records")
    assert (row["months_left"], "chờ nghỉ hưu" in row["ways_out"]) == (24 if waits else 25, waits)


def test_a_deadline_of_the_law_counts_before_the_pension(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk("trung_cap", also=[Level("llct", "trung_cap")])})
    [row] = all_of(store).query("ways_out", Filters(date(2026, 6, 30), criteria=("chuyen_mon",))).to_dict(
        "records"
    ) or [None]
    assert row is None
    [row] = all_of(store).query("ways_out", Filters(date(2024, 6, 30), criteria=("chuyen_mon",))).to_dict("records")
    assert row["deadline"].date() == date(2028, 8, 1)
    assert row["in_time"]


def test_a_decision_is_kept_with_its_reason(store: Store, enter: Enter) -> None:
    enter(store, {NAME: clerk("so_cap")})
    row = {"person_id": 1, "on_date": SPRING, "decision": "cu_di_hoc", "reason": "Còn trẻ, học được"}
    assert (
        record_ledger(all_of(store), Ledger({"candidate_decision": [row]}), file="x", made_by="người thử") is not None
    )
    assert found(store).candidate_decision[0] == "cu_di_hoc"
    assert found(store, date(2019, 3, 30)).candidate_decision.isna().all()


# What the second reading of the law mended


def ways(instrument: str, kind: str) -> list[tuple[str, bool, str]]:
    """The ways of a ground by their order: what it says, whether consent is asked for, how sure it is."""
    rows = [r for r in reference("downsizing_ground") if (r["instrument"], r["kind"]) == (instrument, kind)]
    return [(r["summary"], r["consent"] == "true", r["confidence"]) for r in rows]


def test_sick_days_equal_to_the_most_are_enough_from_2018_on() -> None:
    """NĐ 108/2014 asks for more than the most days, NĐ 113/2018 for as many or more."""
    assert ["nhiều hơn" in text for text, *_ in ways("nd_108_2014", "om_dau")] == [True]
    for later in ("nd_113_2018", "nd_143_2020", "nd_29_2023"):
        assert ["từ đủ" in text for text, *_ in ways(later, "om_dau")] == [True, True], later


def test_sickness_has_two_limbs_by_the_decree_of_2023() -> None:
    """Two years in a row; or the year before or that of review, of a volunteer to whom the office agrees."""
    [two_years, one] = ways("nd_29_2023", "om_dau")
    assert (two_years[0].startswith("Hai năm liền trước"), two_years[1:]) == (True, (False, "V"))
    assert (one[0].startswith("Năm liền trước hoặc năm xét"), one[1:]) == (True, (True, "V"))


def test_the_decree_of_2025_has_eight_grounds_whose_letters_nobody_has_seen() -> None:
    rows = [r for r in reference("downsizing_ground") if r["instrument"] == "nd_154_2025"]
    assert [r["ground"] for r in rows] == ["a", "b", "c", "d", "dd", "e", "g", "h"]
    assert rows[-1]["kind"] == "tu_nguyen"
    assert {r["confidence"] for r in rows} == {"M_med"}
    assert all("chữ của điểm theo thứ tự liệt kê, chưa đối chiếu" in r["note"] for r in rows)
