"""From rows that were read to facts that are kept: one batch, one transaction, every fact marked with its batch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

import store as engine
from intake.lists import Held, Reading
from store import QUERIES, Store
from vietnamese import Partial, clean, key, split_name

_DATED = ["from_on", "from_precision", "to_on", "end_reason", "first_held_on", "first_held_precision"]
PERSON = ["who", "full_name", "family_name", "given_name", "birth_on", "birth_precision"]
PERSON += ["gender", "ethnicity", "unit_id"]
POSTING = ["who", "unit_id", "post", *_DATED]
QUALIFICATION = ["who", "criterion", "level", "field", "status", "obtained_on", "obtained_precision"]
QUALIFICATION += ["reported_on", "evidence"]


@dataclass(frozen=True)
class Facts:
    """What a batch says, as three frames whose rows point at a person by `who`, a number within the batch."""

    people: pd.DataFrame
    postings: pd.DataFrame
    qualifications: pd.DataFrame


def facts_of(reading: Reading, unit_ids: dict[str | None, str], as_of: date, *, each_row: bool = False) -> Facts:
    """Facts in what was read from lists that speak for `as_of`.

    `unit_ids` gives the unit version for a commune's short name (and for None, where a list may leave it out). One
    person is one name and birth date, or one name and commune where the birth date is missing. A posting without a
    date starts on the day of the report; a level without a date was first reported then. With `each_row` every row of
    a list is a person of its own, numbered in order: for judging a list without knowing who is who.
    """
    people: dict[tuple[str, ...], list[object]] = {}
    postings: list[list[object]] = []
    qualifications: list[list[object]] = []

    def person(
        name: str, birth: Partial | None, gender: str | None, ethnicity: str | None, unit: str, row: str = ""
    ) -> int:
        identity = (key(name), birth.on.isoformat() if birth else unit, row)
        if identity not in people:
            family, given = split_name(name)
            born = (birth.on, birth.precision) if birth else (None, None)
            people[identity] = [len(people), clean(name), family, given, *born, gender, ethnicity, unit]
        known = people[identity]
        known[6], known[7] = known[6] or gender, known[7] or ethnicity
        return int(str(known[0]))

    def qualify(who: int, held: Iterable[Held]) -> None:
        for h in held:
            qualifications.append(
                [who, h.criterion, h.level, h.field, h.status, *_dated(h.obtained), as_of, h.evidence]
            )

    for p in reading.people:
        unit = unit_ids[p.commune]
        row = f"{p.file}/{p.sheet}/{p.row}" if each_row else ""
        who = person(p.full_name, p.birth, p.gender, p.ethnicity, unit, row)
        start = (p.started.on, p.started.precision) if p.started else (as_of, "bao_cao")
        postings += [[who, unit, post, *start, None, None, *_dated(p.first_held)] for post in p.posts]
        qualify(who, p.levels)
    for h in reading.history:
        unit = unit_ids[h.commune]
        who = person(h.full_name, h.birth, h.gender, h.ethnicity, unit)
        start = (h.started.on, h.started.precision) if h.started else (as_of, "bao_cao")
        ended = h.ended.on if h.ended else None
        postings += [[who, unit, post, *start, ended, h.end_reason, *_dated(h.first_held)] for post in h.posts]
    for c in reading.certificates:
        qualify(person(c.full_name, c.birth, None, None, unit_ids[c.commune]), [c.held])
    return Facts(
        pd.DataFrame(list(people.values()), columns=PERSON, dtype=object),
        pd.DataFrame(postings, columns=POSTING, dtype=object),
        pd.DataFrame(qualifications, columns=QUALIFICATION, dtype=object),
    )


def record(
    store: Store, facts: Facts, *, kind: str, title: str, as_of: date, made_by: str, files: Iterable[str] = ()
) -> int:
    """Keep the facts as one batch and return its number. Facts the store already has change nothing."""
    with store.write() as cursor:
        found = cursor.execute("select coalesce(max(batch_id), 0) + 1 from batch").fetchall()
        batch_id = int(found[0][0])
        cursor.execute(
            "insert into batch values ($id, $kind, $title, $as_of, $made_at, $made_by, $files)",
            {
                "id": batch_id, "kind": kind, "title": title, "as_of": as_of, "made_at": datetime.now(),  # noqa: DTZ005
                "made_by": made_by, "files": list(files),
            },
        )  # fmt: skip
        engine.stage(cursor, "incoming_person", facts.people, "person")
        engine.stage(cursor, "incoming_posting", facts.postings, "posting")
        engine.stage(cursor, "incoming_qualification", facts.qualifications, "qualification")
        engine.run(cursor, QUERIES / "intake" / "record.sql", {"batch_id": batch_id})
    return batch_id


def _dated(moment: Partial | None) -> tuple[date | None, str | None]:
    return (moment.on, moment.precision) if moment else (None, None)
