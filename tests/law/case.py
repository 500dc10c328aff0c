"""Words for the cases of this folder: a person in a post, and the verdicts the store gives on a day.

A case goes in the way a list does (`intake.commit.record`) and comes out the way a page reads it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import count
from typing import NamedTuple

import pandas as pd

from core import store as store_module
from core.store import WHOLE_COUNTRY, Filters, Store
from core.vietnamese import parse_date
from intake.commit import PERSON, POSTING, QUALIFICATION, Facts, record

# The office has no lowland commune, so the cases bring one of the same province.
LOWLAND_UNIT = {
    "unit_id": "19999@2018",
    "code": "19999",
    "kind": "xã",
    "short_name": "Đồng Bằng",
    "district_code": "480",
    "district": "huyện Đồng Bằng",
    "province_code": "46",
    "province": "tỉnh Thừa Thiên Huế",
    "area": "dong_bang",
}
UNITS = {"mien_nui": "20185@2018", "dong_bang": "19999@2018"}

_numbers = count(1)
_names: dict[tuple["Person", "Setting"], str] = {}


class Decision(NamedTuple):
    """A level the province sets under a document, for all that it may bind unless posts or communes are named."""

    document: str
    criterion: str
    level: str
    since: str
    until: str | None = None
    posts: str | None = None
    communes: str | None = None
    number: str | None = None


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
    """Somebody in a post, or in several terms, with the levels named (hoc_van='thpt', ...) held all along.

    `since` is when the posting began, by default the day the post was first held; with neither, 01/01/2010.
    `field` is that of the professional certificate.
    """
    if isinstance(post, str):
        post = [Term(post, since or first_held or "2010-01-01", until, first_held, unit)]
    held = [Level(c, level, field=field if c == "chuyen_mon" else None) for c, level in levels.items()]
    return Person(tuple(post), (*held, *also), born, gender)


class Setting(NamedTuple):
    """Where a case plays: the area of the commune, the decisions of its province, documents never issued."""

    area: str = "mien_nui"
    decisions: tuple[Decision, ...] = ()
    without: tuple[str, ...] = ()


MOUNTAIN, LOWLAND = Setting("mien_nui"), Setting("dong_bang")


def deciding(*decisions: Decision, area: str = "mien_nui") -> Setting:
    """A commune whose province has decided these levels."""
    return Setting(area, decisions)


def verdicts(who: Person, *, on: str, where: Setting = MOUNTAIN) -> dict[str, str]:
    """The verdict of every criterion judged on that day; with several terms the keys begin with the post."""
    found = rulings(who, on=on, where=where)
    names = found["criterion"] if len(who.terms) == 1 else found["position"] + " " + found["criterion"]
    return dict(zip(names, found["verdict"], strict=True))


def each(people: Sequence[Person], criterion: str, *, on: str, where: Setting = MOUNTAIN) -> list[str | None]:
    """The verdicts of one criterion on several people with one post each, on one day."""
    _hear(people, where)
    return [over_time(who, criterion, on, where=where)[0] for who in people]


def over_time(who: Person, criterion: str, *days: str, where: Setting = MOUNTAIN) -> list[str | None]:
    """The verdicts of one criterion on several days, for one post at a time; None where it is not judged."""
    each = [rulings(who, on=day, where=where) for day in days]
    return [next(iter(found.loc[found["criterion"] == criterion, "verdict"]), None) for found in each]


def ruling(who: Person, criterion: str, *, on: str, where: Setting = MOUNTAIN) -> dict[str, object]:
    """The row of 'assessment' for one criterion: verdict, held, required, legal_ref, deadline (an ISO text)."""
    found = rulings(who, on=on, where=where)
    [row] = found[found["criterion"] == criterion].to_dict("records")
    return row | {"deadline": None if pd.isna(row["deadline"]) else row["deadline"].date().isoformat()}


def rulings(who: Person, *, on: str, where: Setting = MOUNTAIN) -> pd.DataFrame:
    """The rows of 'assessment' for a person."""
    return read("assessment", who, on=on, where=where)


def reason(who: Person, criterion: str, *, on: str, where: Setting = MOUNTAIN) -> str:
    """The sentence an officer reads about a criterion that is below, unknown or in transition."""
    wanted = ("below", "unknown", "transitional")
    [text] = read("substandard_people", who, on=on, where=where, criteria=(criterion,), verdicts=wanted)["reason"]
    return str(text)


def counted(who: Person, *, on: str, where: Setting = MOUNTAIN) -> dict[str, dict[str, int]]:
    """How a person appears in the headline, by group: total, below, unknown, transitional."""
    rows = read("headline", who, on=on, where=where).to_dict("records")
    return {r["group"]: {k: int(r[k]) for k in ("total", "below", "unknown", "transitional")} for r in rows}


def read(
    query: str,
    who: Person,
    *,
    on: str,
    where: Setting = MOUNTAIN,
    scope: tuple[str, ...] = WHOLE_COUNTRY,
    **chosen: tuple[str, ...],
) -> pd.DataFrame:
    """The rows of a query about one person, under the filters chosen, for a reader of the scope."""
    court, name = _heard(who, where)
    return court.seen_by(scope).query(query, Filters(date.fromisoformat(on), search=name, **chosen))


@cache
def _court(decisions: tuple[Decision, ...], without: tuple[str, ...]) -> Store:
    court = Store(":memory:", create=True)
    with court.write() as cursor:
        store_module.insert(cursor, "unit", pd.DataFrame([LOWLAND_UNIT], dtype=object))
        for document in without:
            cursor.execute("delete from standard where document = $document", {"document": document})
        for n, d in enumerate(decisions):
            row = {
                "decision": d.number or f"QDT{n}",
                "number": d.number or f"{n + 1}/QĐ-UBND",
                "document": d.document,
                "posts": d.posts,
                "criterion": d.criterion,
                "level": d.level,
                "province_code": "46",
                "units": d.communes,
                "effective_from": d.since,
                "ended_on": d.until,
                "origin": "co_quan",
            }
            store_module.insert(cursor, "provincial_decision", pd.DataFrame([row], dtype=object))
    return court


def _heard(who: Person, where: Setting) -> tuple[Store, str]:
    _hear([who], where)
    return _court(where.decisions, where.without), _names[who, where]


def _hear(people: Iterable[Person], where: Setting) -> None:
    """Enter those who are new in one list, under names nobody else has."""
    new = [who for who in dict.fromkeys(people) if (who, where) not in _names]
    if not new:
        return
    persons: list[list[object]] = []
    postings: list[list[object]] = []
    qualifications: list[list[object]] = []
    for n, who in enumerate(new):
        _names[who, where] = name = f"Người {next(_numbers):04}"
        unit = UNITS[where.area]
        persons.append([n, name, *name.split(), *_dated(who.born), who.gender, None, unit])
        for t in who.terms:
            start = _dated(t.since) if t.since else (t.reported, "bao_cao")
            postings.append([n, t.unit or unit, t.post, *start, t.until, None, *_dated(t.first_held)])
        for q in who.levels:
            status = "dang_hoc" if q.studying else "da_co"
            qualifications.append([n, q.criterion, q.level, q.field, status, *_dated(q.obtained), q.reported, None])
    facts = Facts(
        pd.DataFrame(persons, columns=PERSON, dtype=object),
        pd.DataFrame(postings, columns=POSTING, dtype=object),
        pd.DataFrame(qualifications, columns=QUALIFICATION, dtype=object),
    )
    court = _court(where.decisions, where.without)
    record(court, facts, kind="thu", title="Thử", as_of=date(2018, 12, 31), made_by="thử", strangers=True)


def _dated(written: str | None) -> tuple[date | None, str | None]:
    moment = parse_date(written)
    return (moment.on, moment.precision) if moment else (None, None)
