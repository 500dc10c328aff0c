"""Who is known by the year of birth alone: two sources, and the office chooses; until then both ends of the year."""

from datetime import date

import pandas as pd
import pytest

from core import office
from core.conflict import Clashed, Seen
from core.store import Store
from law.reference import rows


def retires(store: Store, name: str) -> tuple[str, str]:
    """The first and the last day on which somebody may reach the pension."""
    found = store.fetch(
        "select r.retires_on, r.at_latest from retirement as r inner join person as p on r.person_id = p.person_id "
        "where p.full_name = $name",
        {"name": name},
    ).iloc[0]
    return str(found.retires_on.date()), str(found.at_latest.date())


@pytest.fixture
def by_year(own: Store) -> tuple[Store, str, str]:
    """A man born in 1970 and another born on 02/07/1970."""
    names = own.fetch("select full_name from person where gender = 'nam' order by person_id limit 2").full_name
    for name, on, precision in ((names[0], "1970-01-01", "nam"), (names[1], "1970-07-02", "ngay")):
        with own.write() as cursor:
            who = {"on": on, "p": precision, "name": name}
            for table in ("person", "person_claim"):
                cursor.execute(
                    f"update {table} set birth_on = $on::date, birth_precision = $p where full_name = $name",  # noqa: S608
                    who,
                )
    return own, str(names[0]), str(names[1])


def test_before_the_choice_it_is_some_day_of_the_year(by_year: tuple[Store, str, str]) -> None:
    """62 years in 2032."""
    store, somebody, other = by_year
    assert retires(store, somebody) == ("2032-01-01", "2032-12-31")
    assert retires(store, other) == ("2032-07-02", "2032-07-02")


@pytest.mark.parametrize(("reading", "day"), [("dau_nam", "2032-01-01"), ("giua_nam", "2032-07-01")])
def test_after_it_the_day_of_its_source(by_year: tuple[Store, str, str], reading: str, day: str) -> None:
    """NĐ 135/2020 Điều 3 khoản 3: 01/01. CV 193/BTCCBCP-TCBC: 01/07. Who is known to the day is not concerned."""
    store, somebody, other = by_year
    office.choose_birth(store, reading, date(2030, 1, 1), "thử")
    assert retires(store, somebody) == (day, day)
    assert retires(store, other) == ("2032-07-02", "2032-07-02")
    office.choose_birth(store, None, date(2030, 1, 1), "thử")
    assert retires(store, somebody) == ("2032-01-01", "2032-12-31")


def test_it_counts_for_who_retires_from_its_day_on(by_year: tuple[Store, str, str]) -> None:
    """The day before the pension can be reached, that day, the day after."""
    store, somebody, _ = by_year
    told = {}
    for day in ("2031-12-31", "2032-01-01", "2032-01-02"):
        office.choose_birth(store, None, date(2020, 1, 1), "thử")
        office.choose_birth(store, "giua_nam", date.fromisoformat(day), "thử")
        told[day] = retires(store, somebody)[0]
    assert list(told.values()) == ["2032-07-01", "2032-07-01", "2032-01-01"]


def test_who_chose_what_is_kept_and_a_choice_from_an_old_view_is_refused(by_year: tuple[Store, str, str]) -> None:
    """Two windows: the second has not seen what the first chose."""
    store, somebody, _ = by_year
    office.choose_birth(store, "giua_nam", date(2030, 1, 1), "lan", Seen({"reading": None}))
    with pytest.raises(Clashed):
        office.choose_birth(store, "dau_nam", date(2030, 1, 1), "hoa", Seen({"reading": None}))
    assert retires(store, somebody)[0] == "2032-07-01"
    [told] = store.fetch("select what, was, became, changed_by from office_change").to_numpy().tolist()
    assert told == ["Chỉ biết năm sinh", "lấy cả năm", "lấy ngày 01/07, với người nghỉ hưu từ 01/01/2030", "lan"]


def test_each_reading_has_its_source() -> None:
    """Both are told on the page, the one nobody has read as such."""
    assert {(r["document"], r["confidence"]) for r in rows("birth_reading")} == {("ND135", "V"), ("CV193", "M_med")}
    assert pd.notna([r["note"] for r in rows("birth_reading")]).all()
