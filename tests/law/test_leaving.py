"""The benefits of downsizing against the slow second reading of the decrees (`law.leaving`), around every limit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest

from core.store import Store
from core.vietnamese import Partial
from downsizing.benefits import Case, estimate
from downsizing.law import Law
from law.leaving import POLICIES, Leaver, paid, pension_age

PRESENT, AVERAGE = 6_000_000, 5_000_000
# How far from the ordinary or the reduced age the decrees draw a line, in months.
LINES = (0, 24, 36, 60, 120)
# Months of insurance and of hazardous work.
SERVED = ((179, 0), (180, 0), (239, 0), (240, 0), (180, 180), (240, 179), (247, 180))
# A day in each decree, the first days of some, and those on which the age of the year or the time for a pension grows.
DAYS = (
    date(2015, 1, 10),
    date(2019, 6, 1),
    date(2020, 12, 10),
    date(2022, 1, 1),
    date(2023, 7, 20),
    date(2024, 6, 1),
    date(2025, 6, 16),
    date(2025, 7, 1),
    date(2031, 1, 1),
)


@pytest.fixture(scope="module")
def law() -> Law:
    store = Store(":memory:", create=True)
    found = Law.of(store)
    store.close()
    return found


def around(day: date, *, man: bool) -> Iterator[date]:
    """Births by which somebody is on the day right at a line, and a month past it."""
    for reduced, line, past in product((False, True), LINES, (0, 1)):
        born = date(day.year - 55, day.month, 15)
        # The age compared with hangs on the birth itself: the second guess is right.
        for _ in range(2):
            age = pension_age(Leaver(man, born, day, 0, 0, merged=False), reduced)
            month = day.year * 12 + day.month - 2 - age + line - past
            born = date(month // 12, month % 12 + 1, 15)
        yield born
    yield from (date(day.year - 45, day.month, 15) - timedelta(days) for days in (0, 31))


@pytest.mark.parametrize("turn", DAYS, ids=str)
def test_the_rows_of_the_law_say_what_the_texts_say(turn: date, law: Law) -> None:
    for shift, man, (insured, hazard) in product((-1, 0, 1), (True, False), SERVED):
        day = turn + timedelta(shift)
        # Only NĐ 29/2023 asks whether communes were merged.
        of_mergers = (False, True) if date(2023, 7, 20) <= day < date(2025, 6, 16) else (False,)
        for born, merged in product(around(day, man=man), of_mergers):
            who = Leaver(man, born, day, insured, hazard, merged)
            grounds = ("sap_xep_don_vi",) if merged else ()
            case = Case(
                "nam" if man else "nu",
                Partial(born, "ngay"),
                day,
                insured,
                hazard,
                "",
                Fraction(PRESENT),
                Fraction(AVERAGE),
                grounds,
            )
            for policy in POLICIES:
                found = estimate(law, replace(case, policy=policy))
                read = paid(who, policy, PRESENT, AVERAGE)
                told = found.amount if found.eligible else None
                assert told == read, (policy, who, found.reason)
