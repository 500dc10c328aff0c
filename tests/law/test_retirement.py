"""The day of retirement: the month in which the growing age of the law catches up with the person (NĐ 135/2020)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from common.district import KHE_TRE, Enter
from core import office
from core.store import QUERIES, Store
from core.vietnamese import Partial
from downsizing import benefits
from downsizing import law as downsizing_law
from law.case import person
from law.reference import Law, add_months, retires_on

BORN = [date(year, month, 15) for year in range(1955, 1980) for month in (1, 5, 12)]


@pytest.fixture(scope="module")
def born(enter: Enter) -> Iterator[Store]:
    """A man and a woman born on each day, one of unknown sex, and one man of each year known by the year only."""
    store = Store(":memory:", create=True)
    enter(
        store,
        {f"Hồ Văn {day:%Y %m}": person("tc_kt", unit=KHE_TRE, born=day.isoformat(), gender="nam") for day in BORN}
        | {f"Hồ Thị {day:%Y %m}": person("tc_kt", unit=KHE_TRE, born=day.isoformat(), gender="nu") for day in BORN}
        | {f"Hồ Ai {day:%Y %m}": person("tc_kt", unit=KHE_TRE, born=day.isoformat(), gender=None) for day in BORN}
        | {f"Hồ Năm {year}": person("tc_kt", unit=KHE_TRE, born=str(year), gender="nam") for year in range(1955, 1980)},
    )
    yield store
    store.close()


def retirement(store: Store) -> dict[tuple[str, str], tuple[date, date]]:
    rows = store.fetch(
        "select p.full_name, r.gender, r.retires_on, r.at_latest from retirement as r "
        "inner join person as p on r.person_id = p.person_id"
    )
    return {(n, g): (a.date(), b.date()) for n, g, a, b in rows.itertuples(index=False)}


def test_the_store_the_benefits_and_the_slow_reading_name_one_day(born: Store) -> None:
    kept, slow, law = retirement(born), Law(), downsizing_law.Law.of(born)
    for day in BORN:
        for word, gender in (("Văn", "nam"), ("Thị", "nu")):
            [retires, at_latest] = kept[f"Hồ {word} {day:%Y %m}", gender]
            assert retires == at_latest == retires_on(slow, day, gender)
            assert retires == add_months(day, benefits.own_retirement(law, gender, Partial(day, "ngay"))[0])


def test_of_every_birthday_of_forty_years_they_name_one_day(born: Store) -> None:
    """The benefits have people who are in no store and ages that are lowered, so they count for themselves."""
    script = (QUERIES / "assessment" / "people" / "3_retirement.sql").read_text(encoding="utf-8")
    law = downsizing_law.Law.of(born)
    with born.scratch() as cursor:
        cursor.execute(
            """
            create temp table person as
            select row_number() over () as person_id, d::date as birth_on, 'ngay' as birth_precision, gender
            from generate_series(timestamp '1950-01-01', timestamp '1989-12-31', interval 1 day) as days (d)
            cross join (values ('nam'), ('nu')) as genders (gender);
            create temp table seat as select person_id from person
            """
        )
        cursor.execute(script)
        found = cursor.execute(
            "select p.birth_on, p.gender, r.retires_on from temp.main.retirement as r "
            "inner join temp.main.person as p on r.person_id = p.person_id"
        ).fetchall()
    assert len(found) == 2 * (date(1990, 1, 1) - date(1950, 1, 1)).days
    differing = [
        (day, gender)
        for day, gender, on in found
        if add_months(day, benefits.own_retirement(law, gender, Partial(day, "ngay"))[0]) != on
    ]
    assert differing == []


@pytest.mark.parametrize("choices", [[], ["dau_nam"], ["giua_nam"], ["dau_nam", "giua_nam"], ["giua_nam", None]])
def test_of_a_year_of_birth_they_count_from_the_day_the_office_chose(enter: Enter, choices: list[str | None]) -> None:
    """A man of 1962 by 01/07 retires on 01/04/2023, by 01/01 on 01/07/2022; a later choice is for who retires then."""
    store = Store(":memory:", create=True)
    years = range(1955, 1980)
    enter(store, {f"Hồ {year}": person("tc_kt", unit=KHE_TRE, born=str(year), gender="nam") for year in years})
    for since, reading in enumerate(choices):
        office.choose_birth(store, reading, date(2020 + 5 * since, 1, 1), "thử")
    kept, law = retirement(store), downsizing_law.Law.of(store)
    told = {}
    for year in years:
        age, birth = benefits.own_retirement(law, "nam", Partial(date(year, 1, 1), "nam"))
        told[year] = add_months(birth.on, age)
    assert told == {year: kept[f"Hồ {year}", "nam"][0] for year in years}
    assert told[1962] == (date(2023, 4, 1) if choices[:1] == ["giua_nam"] else date(2022, 7, 1))
    store.close()


def test_who_leaves_before_the_pension_is_paid_for_the_years_to_the_day_the_office_chose() -> None:
    """A man of 1972, 62 years old on 01/01/2034 or on 01/07/2034, leaves on 01/07/2029: 4,5 years before it, or 5."""
    pay = Fraction(9_000_000)
    case = benefits.Case("nam", Partial(date(1972, 1, 1), "nam"), date(2029, 7, 1), 304, 0, "nghi_huu", pay, pay)
    with Store(":memory:", create=True) as store:
        before = benefits.estimate(downsizing_law.Law.of(store), case)
        office.choose_birth(store, "giua_nam", date(2030, 1, 1), "thử")
        after = benefits.estimate(downsizing_law.Law.of(store), case)
    assert (before.early_years, after.early_years) == (Fraction(9, 2), 5)
    assert "tính từ ngày 01/07/1972 như cơ quan đã chọn" in after.doubts[0]
    assert "cơ quan đã chọn" not in before.doubts[0]


def test_of_unknown_sex_there_are_two_days(born: Store) -> None:
    kept, slow = retirement(born), Law()
    for day in BORN:
        for gender in ("nam", "nu"):
            assert kept[f"Hồ Ai {day:%Y %m}", gender][0] == retires_on(slow, day, gender)


def test_of_a_known_year_of_birth_there_is_a_first_and_a_last_day(born: Store) -> None:
    kept, slow = retirement(born), Law()
    for year in range(1955, 1980):
        first, last = (retires_on(slow, date(year, month, day), "nam") for month, day in ((1, 1), (12, 31)))
        assert kept[f"Hồ Năm {year}", "nam"] == (first, last)
