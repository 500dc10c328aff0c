"""Words for the cases of this folder: a person in a post, and the verdicts the store gives on a day.

A case goes in the way a list does (`intake.commit.record`) and comes out the way a page reads it.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import count
from typing import NamedTuple

import pandas as pd

import store as store_module
from intake.commit import PERSON, POSTING, QUALIFICATION, Facts, record
from store import Filters, Store
from vietnamese import parse_date

# The office has no lowland commune, so the cases bring one of the same province.
LOWLAND = {
    "unit_id": "19999@2018", "code": "19999", "kind": "xã", "short_name": "Đồng Bằng", "district_code": "480",
    "district": "huyện Đồng Bằng", "province_code": "46", "province": "tỉnh Thừa Thiên Huế", "area": "dong_bang",
}  # fmt: skip
UNITS = {"mien_nui": "20185@2018", "dong_bang": "19999@2018"}

_numbers = count(1)


class Decision(NamedTuple):
    """A level the province sets under a document; it binds all it may bind unless posts or communes are named."""

    document: str
    criterion: str
    level: str
    since: str
    until: str | None = None
    posts: str | None = None
    communes: str | None = None


class Term(NamedTuple):
    """A post held from a day to the day before `until`; dates are '2012-05-01', '2012-05' or '2012'.

    Without `since` the start is unknown and the post counts from the report that named it.
    """

    post: str
    since: str | None
    until: str | None = None
    first_held: str | None = None
    unit: str | None = None
    reported: str = "2018-12-31"


class Level(NamedTuple):
    """A level of a criterion; without a day of its own it counts from the day it was first reported."""

    criterion: str
    level: str | None
    obtained: str | None = None
    field: str | None = None
    studying: bool = False
    reported: str = "2000-01-01"


class Person(NamedTuple):
    terms: tuple[Term, ...]
    levels: tuple[Level, ...]
    born: str | None
    gender: str | None


def person(
    post: str | Sequence[Term],
    *,
    since: str | None = None,
    first_held: str | None = None,
    until: str | None = None,
    unit: str | None = None,
    born: str | None = "1970-06-20",
    gender: str | None = "nam",
    field: str | None = None,
    also: Sequence[Level] = (),
    **levels: str,
) -> Person:
    """Somebody in a post (or in several terms) with the levels named, hoc_van='thpt' and so on, held all along.

    `since` is the day the posting began, by default the day the post was first held; with neither, 01/01/2010.
    `field` is that of the professional certificate.
    """
    terms = (
        [Term(post, since or first_held or "2010-01-01", until, first_held, unit)]
        if isinstance(post, str)
        else post
    )
    held = [Level(c, level, field=field if c == "chuyen_mon" else None) for c, level in levels.items()]
    return Person(tuple(terms), (*held, *also), born, gender)


def verdicts(
    who: Person, *, on: str, area: str = "mien_nui", decisions: Sequence[Decision] = ()
) -> dict[str, str]:
    """The verdict of every criterion judged on that day; with several posts at once the keys are 'post criterion'."""
    found = _rows(who, area, tuple(decisions), on)
    names = found["criterion"] if len(who.terms) == 1 else found["position"] + " " + found["criterion"]
    return dict(zip(names, found["verdict"], strict=True))


def over_time(
    who: Person, criterion: str, *days: str, area: str = "mien_nui", decisions: Sequence[Decision] = ()
) -> list[str | None]:
    """The verdicts of one criterion on several days, for one post at a time; None where it is not judged."""
    court, name = _heard(who, area, tuple(decisions))
    each = [_read(court, name, day) for day in days]
    return [next(iter(rows.loc[rows["criterion"] == criterion, "verdict"]), None) for rows in each]


def ruling(
    who: Person, criterion: str, *, on: str, area: str = "mien_nui", decisions: Sequence[Decision] = ()
) -> pd.Series:
    """The row of the query 'assessment' for one criterion: verdict, held, required, legal_ref, deadline, since."""
    found = _rows(who, area, tuple(decisions), on)
    [row] = [r for _, r in found[found["criterion"] == criterion].iterrows()]
    return row


def reason(who: Person, criterion: str, *, on: str, area: str = "mien_nui") -> str:
    """The sentence an officer reads about a criterion that is not met."""
    court, name = _heard(who, area, ())
    filters = Filters(
        date.fromisoformat(on),
        search=name,
        criteria=(criterion,),
        verdicts=("below", "unknown", "transitional"),
    )
    [text] = court.query("substandard_people", filters)["reason"]
    return str(text)


def court_with(decisions: tuple[Decision, ...] = ()) -> Store:
    """An empty store with the shipped law, a lowland commune, and these decisions of the province."""
    court = Store(":memory:", create=True)
    with court.write() as cursor:
        store_module.insert(cursor, "unit", pd.DataFrame([LOWLAND], dtype=object))
        for n, d in enumerate(decisions):
            row = {
                "decision": f"QDT{n}", "number": f"{n + 1}/QĐ-UBND", "document": d.document, "posts": d.posts,
                "criterion": d.criterion, "level": d.level, "province_code": "46", "units": d.communes,
                "effective_from": d.since, "ended_on": d.until, "origin": "co_quan",
            }  # fmt: skip
            store_module.insert(cursor, "provincial_decision", pd.DataFrame([row], dtype=object))
    return court


_court = cache(court_with)


def _rows(who: Person, area: str, decisions: tuple[Decision, ...], on: str) -> pd.DataFrame:
    court, name = _heard(who, area, decisions)
    return _read(court, name, on)


@cache
def _heard(who: Person, area: str, decisions: tuple[Decision, ...]) -> tuple[Store, str]:
    """The store that holds the person, under a name nobody else has."""
    court, name = _court(decisions), f"Người {next(_numbers):04}"
    record(
        court,
        _facts(who, name, UNITS[area]),
        kind="thu",
        title="Thử",
        as_of=date(2018, 12, 31),
        made_by="thử",
    )
    return court, name


def _read(court: Store, name: str, on: str) -> pd.DataFrame:
    return court.query("assessment", Filters(date.fromisoformat(on), search=name))


def _facts(who: Person, name: str, unit: str) -> Facts:
    family, given = name.split()
    people = [[0, name, family, given, *_dated(who.born), who.gender, None, unit]]
    postings = [
        [0, t.unit or unit, t.post, *(_dated(t.since) if t.since else (t.reported, "bao_cao")), t.until, None]
        + [*_dated(t.first_held)]
        for t in who.terms
    ]
    qualifications = [
        [
            0,
            q.criterion,
            q.level,
            q.field,
            "dang_hoc" if q.studying else "da_co",
            *_dated(q.obtained),
            q.reported,
            None,
        ]
        for q in who.levels
    ]
    return Facts(
        pd.DataFrame(people, columns=PERSON, dtype=object),
        pd.DataFrame(postings, columns=POSTING, dtype=object),
        pd.DataFrame(qualifications, columns=QUALIFICATION, dtype=object),
    )


def _dated(written: str | None) -> tuple[date | None, str | None]:
    moment = parse_date(written)
    return (moment.on, moment.precision) if moment else (None, None)
