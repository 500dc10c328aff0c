"""The highest level somebody holds: one answer, whether asked of a day, of all time or of a verdict."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from common.district import KHE_TRE, Enter
from core.store import Store
from law.case import Level, person

DAYS = (date(2005, 1, 1), date(2012, 12, 14), date(2014, 6, 30), date(2016, 1, 1), date(2018, 12, 31))
LEVELS = {
    "chuyen_mon": ["so_cap", "trung_cap", "cao_dang", "dai_hoc"],
    "llct": ["so_cap", "trung_cap", "cao_cap"],
    # Two names of one rank, twice.
    "tin_hoc": ["a", "co_ban", "b", "nang_cao"],
}


@pytest.fixture(scope="module")
def learned(enter: Enter) -> Iterator[Store]:
    """People who come by certificates on one day and another, of one rank among them, and study for more."""
    random = Random(7)
    people = {}
    for n in range(120):
        also = [
            Level(
                criterion := random.choice(list(LEVELS)),
                random.choice(LEVELS[criterion]),
                obtained=random.choice([None, f"{random.randint(2003, 2017)}", f"{random.randint(2003, 2017)}-05-20"]),
                studying=random.random() < 0.2,
                reported=random.choice(["2004-01-01", "2018-06-01"]),
            )
            for _ in range(random.randint(1, 8))
        ]
        people[f"Hồ Văn {n}"] = person("tc_kt", unit=KHE_TRE, first_held="2003-01-01", also=also)
    store = Store(":memory:", create=True)
    enter(store, people)
    yield store
    store.close()


def test_of_a_day_and_of_all_time_it_is_one_level(learned: Store) -> None:
    for day in DAYS:
        differing = learned.fetch(
            """
            with dated as (
                select
                    q.person_id, q.criterion, q.level, q.status, l.rank, l.place,
                    counts_from(q.obtained_on, q.obtained_precision, q.reported_on) as effective_on
                from qualification as q
                left join level_order('level') as l on q.criterion = l.criterion and q.level = l.level
            ),

            over_time as (
                select person_id, criterion, level, rank
                from level_steps('dated')
                where from_on <= $day and to_on > $day and level is not null
            ),

            of_day as (
                select person_id, criterion, level, rank
                from certificates($day)
                where nth = 1 and is_held
            )

            (from over_time except all from of_day) union all (from of_day except all from over_time)
            """,
            {"day": day},
        )
        assert differing.empty, day


def test_a_verdict_is_of_the_level_shown_beside_it(learned: Store) -> None:
    """Of two certificates of one rank every place names the same one."""
    for day in DAYS:
        shown = learned.fetch(
            """
            select a.held, c.level
            from assessment_spell as a
            inner join certificates($day) as c
                on a.person_id = c.person_id and a.criterion = c.criterion and c.nth = 1 and c.is_held
            where a.from_on <= $day and a.to_on > $day and a.verdict in ('meets', 'below') and a.criterion <> 'nganh'
            """,
            {"day": day},
        )
        assert len(shown) > 10 or day < date(2012, 1, 1)
        assert (shown.held == shown.level).all(), day
