"""Which dates can be true of somebody who holds a post on a day. Data, not law: what is beyond is asked about."""

from datetime import date
from functools import lru_cache

from core.vietnamese import Partial

YOUNGEST_IN_POST, OLDEST_IN_POST = 18, 75
# The same as `youngest_for` of queries/macros/functions.sql, by which the store is checked.
_YOUNGEST_FOR = {"cao_dang": 18, "dai_hoc": 19, "thac_si": 21, "tien_si": 23}
_YOUNGEST_TRAINED = 15
# A child may have reached these.
_SCHOOLING = ("tieu_hoc", "thcs")


def youngest_for(level: str) -> int:
    """The age below which nobody reaches a level; 0 for schooling, of which nothing is said."""
    return 0 if level in _SCHOOLING else _YOUNGEST_FOR.get(level, _YOUNGEST_TRAINED)


def anniversary(day: date, years: int) -> date:
    """The same day some years later, or earlier; of 29 February in other years the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def is_younger(birth: Partial, moment: Partial, age: int) -> bool:
    """Whether somebody was certainly younger than an age at a moment, however both are meant."""
    return anniversary(birth.on, age) > moment.latest()


# Asked of every row, of one day.
@lru_cache(maxsize=2**4)
def births_in_post(day: date) -> tuple[date, date]:
    """The first and the last day of birth of somebody of the age of those in post."""
    oldest, youngest = anniversary(day, -OLDEST_IN_POST - 1), anniversary(day, -YOUNGEST_IN_POST)
    return date.fromordinal(oldest.toordinal() + 1), youngest


def starts_in_post(day: date, birth: Partial | None) -> tuple[date, date]:
    """The first and the last day on which somebody in post on the day can have taken it up."""
    born = birth.on if birth else births_in_post(day)[0]
    return anniversary(born, YOUNGEST_IN_POST), day


def is_within(moment: Partial, days: tuple[date, date]) -> bool:
    """Whether a moment can be one of the days from the first to the last."""
    return moment.on <= days[1] and moment.latest() >= days[0]
