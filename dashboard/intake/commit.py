"""From rows that were read to facts that are kept: compare with the store, ask what is unclear, record, take back.

What a batch says is kept word for word and never changed; the facts in force are what the live batches add up to
(queries/intake/4_facts.sql). So taking a batch back is to stop counting what it says, whatever came after it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd

from core import store as engine
from core.store import QUERIES, Reader, Store
from core.vietnamese import Partial, clean, key, spelling, split_name
from intake.plausible import OLDEST_IN_POST
from intake.reading import Certificate, ListedPerson, PastPosting, Reading
from intake.vocabulary import Held

_DATED = ["from_on", "from_precision", "to_on", "end_reason", "first_held_on", "first_held_precision"]
PERSON = ["who", "full_name", "family_name", "given_name", "birth_on", "birth_precision"]
PERSON += ["gender", "ethnicity", "unit_id"]
POSTING = ["who", "unit_id", "post", *_DATED]
QUALIFICATION = ["who", "criterion", "level", "field", "status", "obtained_on", "obtained_precision"]
QUALIFICATION += ["reported_on", "evidence"]
REJECTED = ["file", "sheet", "row_number", "headings", "cells", "message"]

_SCRIPTS = QUERIES / "intake"


class NotAccepted(Exception):
    """What was asked for cannot be recorded; its text is one Vietnamese sentence."""


class StoreChanged(NotAccepted):
    """Others have written to the store since it was compared with."""


@dataclass(frozen=True)
class Facts:
    """What a batch says, as three frames whose rows point at a person by `who`, a number within the batch.

    `source` of a row is 'list' (a list of everybody in post, which also says who is not) or 'register' (facts about
    people, the default). `rows` tells for each `who` the places it was read from: (file, sheet, row), and `numbers` all
    numbers it goes by, where those are more than its identifier.
    """

    people: pd.DataFrame
    postings: pd.DataFrame
    qualifications: pd.DataFrame
    rows: Mapping[int, list[tuple[str, str, int]]] = field(default_factory=dict)
    numbers: Mapping[int, dict[str, None]] = field(default_factory=dict)


@dataclass
class Answers:
    """What the officer says to the questions of a comparison.

    `people`: for a `who` the person it is, or None for somebody new; `same`: for a `who` the earlier `who` it is;
    `accepted`: (person, field) where the list is right although it says less than the store; `left`: for a posting of
    somebody the list does not name the first day out of post and the reason.
    """

    people: dict[int, int | None] = field(default_factory=dict)
    same: dict[int, int] = field(default_factory=dict)
    accepted: set[tuple[int, str]] = field(default_factory=set)
    left: dict[int, tuple[date, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """How a batch differs from the store.

    `people`: who, person_id, is_new. `questions`: who, person_id, same_as. `differences`: person_id, kind
    ('new', 'changed', 'lower', 'later', 'older'), field, old, new, needs (a decision). `missing`: posting_id,
    person_id, unit_id, post. `moved`: person_id, full_name, unit_id, field, old, new, step, taken: of what is known
    the list says something else, and whether that is `taken`. `impossible`: what cannot be true together, as
    queries/intake/2_impossible.sql has it. `state` names the store that was compared with.
    """

    people: pd.DataFrame
    questions: pd.DataFrame
    differences: pd.DataFrame
    missing: pd.DataFrame
    moved: pd.DataFrame
    impossible: pd.DataFrame
    state: str

    @property
    def new(self) -> int:
        """How many people the store does not know."""
        return int(self.people.person_id[self.people.is_new].nunique())

    @property
    def changed(self) -> int:
        """How many known people would be changed."""
        known = self.differences[(self.differences.kind != "new") & ~self.differences.needs]
        return int(known.person_id.nunique())

    @property
    def unchanged(self) -> int:
        """How many known people stay as they are."""
        return int(self.people.person_id.nunique()) - self.new - self.changed

    def decisions(self) -> set[tuple[int, str, str | None, str | None]]:
        """Of what the officer decides the person, the field, and what the store and the list say."""
        rows = self.differences[~self.differences.kind.isin(["new", "changed"])]
        return set(rows[["person_id", "field", "old", "new"]].itertuples(index=False, name=None))

    @property
    def unlisted(self) -> pd.DataFrame:
        """Those of `missing` whom the lists do not name at all; the others are named in a post of another group."""
        return self.missing[~self.missing.person_id.isin(self.people.person_id)]

    @property
    def nearly_known(self) -> pd.DataFrame:
        """Rows about which the question is open whether they are the one person of the store: who, person_id."""
        asked = self.questions[self.questions.who.isin(self.waiting)]
        asked = asked[~asked.duplicated("who", keep=False)].dropna(subset=["person_id"])
        return asked[~asked.duplicated("person_id", keep=False)][["who", "person_id"]]

    @property
    def waiting(self) -> set[int]:
        """Rows about which a question is open."""
        return set(self.questions.who) - set(self.people.who)


def facts_of(reading: Reading, unit_ids: Mapping[str | None, str], as_of: date, *, each_row: bool = False) -> Facts:
    """Facts in what was read from lists that speak for `as_of`.

    `unit_ids` gives the unit version for a commune's short name (and for None, where a list may leave it out). One
    person of a list is one identifier, or one name, birth date and commune; registers speak of the same people wherever
    they served. A posting without a date starts on the day of the report; a level without a date was first reported
    then. With `each_row` every row of a list is a person of its own, numbered in order: for judging a list without
    knowing who is who.
    """
    people = _People()
    postings: list[list[object]] = []
    qualifications: list[list[object]] = []

    def hold(who: int, unit: str, p: ListedPerson | PastPosting, ended: Partial | None, source: str) -> None:
        start = (p.started.on, p.started.precision) if p.started else (as_of, "bao_cao")
        reason = p.end_reason if isinstance(p, PastPosting) else None
        for post in p.posts:
            postings.append(
                [who, unit, post, *start, ended.on if ended else None, reason, *_dated(p.first_held), source]
            )

    def qualify(who: int, held: Iterable[Held], source: str) -> None:
        for h in held:
            qualifications.append(
                [who, h.criterion, h.level, h.field, h.status, *_dated(h.obtained), as_of, h.evidence, source]
            )

    for p in reading.people:
        unit = unit_ids[p.commune]
        who = people.listed(p, unit, f"{p.file}/{p.sheet}/{p.row}" if each_row else "")
        hold(who, unit, p, None, "list")
        qualify(who, p.levels, "list")
    for h in reading.history:
        unit = unit_ids[h.commune]
        hold(people.registered(h, unit), unit, h, h.ended, "register")
    for c in reading.certificates:
        qualify(people.registered(c, unit_ids[c.commune]), [c.held], "register")
    return Facts(
        pd.DataFrame(people.rows, columns=[*PERSON, "identifier", "source"], dtype=object),
        pd.DataFrame(postings, columns=[*POSTING, "source"], dtype=object),
        pd.DataFrame(qualifications, columns=[*QUALIFICATION, "source"], dtype=object),
        people.places,
        people.numbers,
    )


_Row = ListedPerson | PastPosting | Certificate


class _People:
    """Numbers the people of a batch."""

    def __init__(self) -> None:
        self.rows: list[list[object]] = []
        self.places: dict[int, list[tuple[str, str, int]]] = {}
        self.numbers: dict[int, dict[str, None]] = {}
        self._numbered: dict[tuple[str, str], list[int]] = {}
        self._listed: dict[tuple[str, ...], int] = {}
        self._named: dict[tuple[str, str], set[int]] = {}
        self._names: list[tuple[str, str]] = []

    def listed(self, p: ListedPerson, unit: str, row: str) -> int:
        """The number of somebody in a list."""
        named = _name_and_birth(p)
        if (who := self._by_number(p, named, row)) is not None:
            return self._note(who, p, row)
        return self._number((*named, p.identifier or unit, row), named, p, unit, "list")

    def registered(self, p: PastPosting | Certificate, unit: str) -> int:
        """The number of somebody in a register: one of the lists before it, else of the registers so far."""
        named = name, birth = _name_and_birth(p)
        if (who := self._by_number(p, named, "")) is not None:
            return self._note(who, p)
        same = self._named.get(named, set()) if birth else set()
        if len(same) == 1:
            return self._note(next(iter(same)), p)
        return self._number((name, birth, unit, ""), named, p, unit, "register")

    def _by_number(self, p: _Row, named: tuple[str, str], row: str) -> int | None:
        """Who of those so far goes by a number of the row, and by its name or its birth date too."""
        for number in _numbers(p):
            for who in self._numbered.get((number, row), ()):
                if any(mine and mine == theirs for mine, theirs in zip(named, self._names[who], strict=True)):
                    return who
        return None

    def _number(self, identity: tuple[str, ...], named: tuple[str, str], p: _Row, unit: str, by: str) -> int:
        if identity not in self._listed:
            who = self._listed[identity] = len(self.rows)
            born = _dated(p.birth)
            self.rows.append(
                [who, clean(p.full_name), *split_name(p.full_name), *born, None, None, unit, p.identifier, by]
            )
            self._named.setdefault(named, set()).add(who)
            self._names.append(named)
        return self._note(self._listed[identity], p, identity[-1])

    def _note(self, who: int, p: _Row, row: str = "") -> int:
        known = self.rows[who]
        if not isinstance(p, Certificate):
            known[6], known[7] = known[6] or p.gender, known[7] or p.ethnicity
        known[9] = known[9] or p.identifier
        for number in _numbers(p):
            self.numbers.setdefault(who, {})[number] = None
            if who not in (numbered := self._numbered.setdefault((number, row), [])):
                numbered.append(who)
        self.places.setdefault(who, []).append((p.file, p.sheet, p.row))
        return who


def _numbers(p: _Row) -> tuple[str, ...]:
    return (p.identifier, *p.other_numbers) if p.identifier else p.other_numbers


def _name_and_birth(p: _Row) -> tuple[str, str]:
    return spelling(p.full_name), f"{p.birth.on.toordinal()}/{p.birth.precision}" if p.birth else ""


def compare(store: Store, facts: Facts, as_of: date, answers: Answers | None = None) -> Comparison:
    """How the facts differ from the store, with the answers given so far. Writes nothing."""
    with store.scratch() as cursor:
        return _compared(cursor, facts, as_of, answers or Answers(), strangers=False)


def record(
    store: Store,
    facts: Facts,
    *,
    kind: str,
    title: str,
    as_of: date,
    made_by: str,
    files: Iterable[str] = (),
    answers: Answers | None = None,
    seen: Comparison | None = None,
    rejected: pd.DataFrame | None = None,
    strangers: bool = False,
) -> int | None:
    """Keep the facts as one batch and return its number; None, and nothing is kept, if the store knows all of it.

    Rows about which a question is open are left out. `seen` is the comparison the officer agreed to: StoreChanged if
    the store has changed since. `rejected` are rows of table `rejected_row` without a batch. With `strangers` every
    person is somebody new.
    """
    answers = answers or Answers()
    rejected = pd.DataFrame(columns=REJECTED, dtype=object) if rejected is None else rejected
    with store.write() as cursor:
        compared = _compared(cursor, facts, as_of, answers, strangers=strangers)
        if seen is not None and seen.state != compared.state:
            raise StoreChanged("Kho số liệu đã thay đổi từ lúc so sánh. Xem lại phần so sánh rồi bấm Ghi nhận lần nữa.")
        engine.stage(cursor, "turned_away", rejected, "rejected_row")
        if not (compared.new or compared.changed or answers.left or _speaks_anew(cursor, as_of)):
            return None
        departures = [(posting, on, why) for posting, (on, why) in answers.left.items()]
        _stage(cursor, "departure", departures, ["posting_id", "to_on", "end_reason"], "posting")
        _check_departures(cursor)
        batch_id = new_batch(cursor, kind=kind, title=title, as_of=as_of, made_by=made_by, files=files)
        engine.run(cursor, _SCRIPTS / "3_say.sql", {"batch_id": batch_id, "as_of": as_of})
        engine.insert(cursor, "rejected_row", rejected.assign(batch_id=batch_id))
        engine.run(cursor, _SCRIPTS / "4_facts.sql", {"batch_id": batch_id})
    return batch_id


def undo(reader: Reader, batch_id: int, by: str) -> None:
    """Stop counting what a batch says; what other batches say stays.

    A batch may be about anybody, so that only who sees everyone takes it back. Raises NotAccepted for another reader,
    or if there is no such batch.
    """
    with reader.store.write() as cursor:
        scope = {"scope": list(reader.scope)}
        if not cursor.execute("select sees_everyone($scope)", scope).fetchall()[0][0]:
            raise NotAccepted(
                f"Đợt ghi nhận số {batch_id} là của cả cơ quan, người chỉ xem một số đơn vị không hoàn tác được."
            )
        known = cursor.execute(
            "select undone_at is not null from batch where batch_id = $id and kind <> 'assess'", {"id": batch_id}
        ).fetchall()
        if not known:
            raise NotAccepted(f"Không có đợt ghi nhận số {batch_id}. Xem các đợt ở trang Nhập và cập nhật.")
        if known[0][0]:
            raise NotAccepted(f"Đợt ghi nhận số {batch_id} đã được hoàn tác trước đó.")
        cursor.execute(
            "update batch set undone_at = $at, undone_by = $by where batch_id = $id",
            {"id": batch_id, "at": datetime.now(), "by": by},  # noqa: DTZ005 - the clock on the office wall
        )
        engine.run(cursor, _SCRIPTS / "4_facts.sql", {"batch_id": batch_id})


def new_batch(
    cursor: engine.Cursor, *, kind: str, title: str, as_of: date | None, made_by: str, files: Iterable[str] = ()
) -> int:
    """Open a batch inside a transaction and return its number."""
    batch_id = int(cursor.execute("select coalesce(max(batch_id), 0) + 1 from batch").fetchall()[0][0])
    cursor.execute(
        """
        insert into batch (batch_id, kind, title, as_of, made_at, made_by, files)
        values ($id, $kind, $title, $as_of, $made_at, $made_by, $files)
        """,
        {
            "id": batch_id,
            "kind": kind,
            "title": title,
            "as_of": as_of,
            "made_at": datetime.now(),  # noqa: DTZ005
            "made_by": made_by,
            "files": list(files),
        },
    )
    return batch_id


def _compared(cursor: engine.Cursor, facts: Facts, as_of: date, answers: Answers, *, strangers: bool) -> Comparison:
    names = facts.people.full_name
    people = facts.people.assign(spelled=[spelling(name) for name in names], name_key=[key(name) for name in names])
    if "identifier" not in people:
        people = people.assign(identifier=None)
    engine.stage(cursor, "incoming_person", _sourced(people), "person")
    engine.stage(cursor, "incoming_posting", _sourced(facts.postings), "posting")
    engine.stage(cursor, "incoming_qualification", _sourced(facts.qualifications), "qualification")
    numbers = {(int(who), str(number)) for who, number in people[["who", "identifier"]].dropna().to_numpy()}
    numbers |= {(who, number) for who, several in facts.numbers.items() for number in several}
    _stage(cursor, "incoming_number", sorted(numbers), ["who", "number"], "person")
    told: list[tuple[int, int | None, int | None]] = [(who, person, None) for who, person in answers.people.items()]
    told += [(who, None, _root(who, answers.same)) for who in answers.same]
    _stage(cursor, "answer", told, ["who", "person_id", "same_as"], "person")
    _stage(cursor, "accepted", sorted(answers.accepted), ["person_id", "field"], "person")
    if strangers:
        engine.run(cursor, _SCRIPTS / "1_strangers.sql")
    else:
        engine.run(cursor, _SCRIPTS / "1_match.sql", {"as_of": as_of})
    for script in ("2_compare.sql", "2_moved.sql"):
        engine.run(cursor, _SCRIPTS / script, {"as_of": as_of})
    engine.run(cursor, _SCRIPTS / "2_impossible.sql", {"as_of": as_of, "oldest": OLDEST_IN_POST})

    def rows(columns: str, table: str, order: str) -> pd.DataFrame:
        return cursor.execute(f"select {columns} from {table} order by {order}").df()  # noqa: S608 - our own names

    return Comparison(
        rows("who, person_id, is_new", "person_of", "who"),
        rows("who, person_id, same_as", "question", "all"),
        rows("person_id, kind, field, old, new, needs", "difference", "all"),
        rows("posting_id, person_id, unit_id, post", "missing", "unit_id, post, posting_id"),
        rows(
            "person_id, (select p.full_name from person as p where p.person_id = moved.person_id) as full_name, "
            "unit_id, field, old, new, step, taken",
            "moved",
            "all",
        ),
        rows("*", "impossible", "all"),
        str(cursor.execute("select count(*), max(batch_id), count(undone_at) from batch").fetchall()),
    )


def _check_departures(cursor: engine.Cursor) -> None:
    early = cursor.execute(
        """
        select p.full_name, vn_date(o.from_on)
        from departure as d
        inner join posting as o on d.posting_id = o.posting_id and d.to_on <= o.from_on
        inner join person as p on o.person_id = p.person_id
        order by p.full_name
        """
    ).fetchall()
    if early:
        name, began = early[0]
        raise NotAccepted(f"{name} nhận chức vụ ngày {began} nên không thể thôi trước đó. Sửa lại ngày thôi.")


def _speaks_anew(cursor: engine.Cursor, as_of: date) -> bool:
    """Whether a commune's list of that day, or a row turned away, is one the store has not seen."""
    return bool(
        cursor.execute(
            """
            select count(*)
            from (
                select l.unit_id
                from listed_posting as l
                anti join (
                    select u.unit_id from batch_unit as u inner join live_batch() as b using (batch_id)
                    where u.as_of = $as_of
                ) as k on l.unit_id = k.unit_id
                where l.source = 'list'
                union all
                select t.file
                from turned_away as t
                anti join (
                    select r.* from rejected_row as r inner join live_batch() as b using (batch_id)
                ) as k on t.file = k.file and t.sheet = k.sheet and t.row_number = k.row_number and t.cells = k.cells
            )
            """,
            {"as_of": as_of},
        ).fetchall()[0][0]
    )


def _root(who: int, same: Mapping[int, int]) -> int:
    """The earliest row that is the same person: an answer may point at a row that has itself been answered."""
    while who in same:
        who = same[who]
    return who


def _sourced(rows: pd.DataFrame) -> pd.DataFrame:
    return rows if "source" in rows else rows.assign(source="register")


def _stage(
    cursor: engine.Cursor, name: str, rows: Collection[tuple[object, ...]], columns: list[str], like: str
) -> None:
    engine.stage(cursor, name, pd.DataFrame(list(rows), columns=columns, dtype=object), like)


def _dated(moment: Partial | None) -> tuple[date | None, str | None]:
    return (moment.on, moment.precision) if moment else (None, None)
