"""One change to one person, recorded as a batch of its own: what was before is kept, and it can be taken back.

What a change rests on is looked at inside the transaction that writes it, so that two officers cannot both be told yes.
A change of what is known already says what its screen showed (`Seen`): `core.conflict` is the rule for an old view.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from core import store as engine
from core.columns import HEADINGS
from core.conflict import Seen, settled
from core.store import QUERIES, Filters, Reader
from core.vietnamese import Partial, clean, date_short, inside, key, spelling, split_name
from core.words import Words
from intake.commit import PERSON, POSTING, QUALIFICATION, Answers, Facts, NotAccepted, compare, new_batch, record
from intake.identifiers import as_kept, is_made_up

# What a field is called: as the column of a list, but where a change of one post or level has plainer words.
NAMES = {
    **HEADINGS,
    "from_on": "Nhận chức vụ từ",
    "first_held_on": "Giữ chức vụ này lần đầu",
    "to_on": "Thôi giữ từ",
    "level": "Trình độ",
    "row": "Dòng này",
}


@dataclass(frozen=True)
class Source:
    """Who records a change, and the paper it rests on ('QĐ 12/QĐ-UBND ngày 03/01/2019'), if any."""

    by: str
    evidence: str = ""


@dataclass(frozen=True)
class _Said:
    """What a change says: what it is called, of whom, for which day, claims by table, and what of the person is new."""

    what: str
    person_id: int
    on: date | None
    claims: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    changed: dict[str, Any] = field(default_factory=dict)


def written(words: Words, field: str, value: Any) -> str:
    """A value of a field of `NAMES` as people write it."""
    match value:
        case None:
            return "bỏ đi" if field == "row" else "chưa có"
        case Partial(on, precision):
            return on.strftime({"nam": "%Y", "thang": "%m/%Y"}.get(precision, "%d/%m/%Y"))
        case Mapping():
            said = [f"{inside(NAMES[f])} {written(words, f, v)}" for f, v in value.items() if v is not None]
            return ", ".join(said)
        case date():
            return date_short(value)
    return words.label({"gender": "gender", "end_reason": "end_reason"}.get(field, "*"), str(value))


def _turned(reader: Reader, was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What fields were and have become: 'ngày sinh 1980 → 15/05/1980'."""
    words = Words.of(reader)
    return ", ".join(f"{inside(NAMES[f])} {written(words, f, was[f])} → {written(words, f, v)}" for f, v in now.items())


def postings(reader: Reader, person_id: int) -> pd.DataFrame:
    """The posts of somebody, newest first: the columns of `posting`, commune, and is_open (not left yet)."""
    return reader.query("postings_of_person", Filters(date.today()), person_id=person_id)


def qualifications(reader: Reader, person_id: int) -> pd.DataFrame:
    """The levels somebody is said to hold: the columns of `qualification`."""
    known = reader.query("qualifications_of_person", Filters(date.today()), person_id=person_id)
    return known[known.status == "da_co"].reset_index(drop=True)


def person_facts(reader: Reader, person_id: int) -> dict[str, Any]:
    """What is known of somebody, by columns of `HEADINGS`; None where nothing is."""
    person = _person(reader, person_id)
    told = {name: person[name] for name in ("full_name", "gender", "ethnicity", "identifier")}
    return told | {"birth_date": _moment(person["birth_on"], person["birth_precision"])}


def posting_facts(rows: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """What is known of each of somebody's `postings`, by the fields of `corrected_post` and how it ended."""
    return {int(row.posting_id): _of_posting(row) for _, row in rows.iterrows()}


def qualification_facts(rows: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """What is known of each of somebody's `qualifications`."""
    return {int(row.qualification_id): _of_qualification(row) for _, row in rows.iterrows()}


def _of_posting(row: "pd.Series[Any]") -> dict[str, Any]:
    known = _claim(row, ["from_on", "from_precision", "first_held_on", "first_held_precision", "to_on", "end_reason"])
    return {
        "from_on": _moment(known["from_on"], known["from_precision"]),
        "first_held_on": _moment(known["first_held_on"], known["first_held_precision"]),
        "to_on": known["to_on"],
        "end_reason": known["end_reason"],
    }


def _of_qualification(row: "pd.Series[Any]") -> dict[str, Any]:
    known = _claim(row, ["level", "field", "obtained_on", "obtained_precision"])
    obtained = _moment(known["obtained_on"], known["obtained_precision"])
    return {"level": known["level"], "field": known["field"], "obtained_on": obtained}


def _moment(on: date | None, precision: str | None) -> Partial | None:
    return Partial(on, str(precision)) if on else None


def left_post(reader: Reader, posting_id: int, to_on: date, reason: str, source: Source) -> int:
    """Somebody leaves a post; `to_on` is the first day out of it, `reason` a code of label domain 'end_reason'.

    Returns the batch. Raises NotAccepted for a posting that is not there, has ended, or began later.
    """

    def say() -> _Said:
        posting = _open(reader, posting_id, to_on)
        return _Said(
            "Thôi giữ chức vụ", int(posting.person_id), to_on, [("posting_claim", _ended(posting, to_on, reason))]
        )

    return _record(reader, source, say)


def moved_post(reader: Reader, posting_id: int, unit_id: str, post: str, on: date, source: Source) -> int:
    """Somebody leaves a post for another on the same day, in the same commune or not. Raises as its two halves do."""

    def say() -> _Said:
        posting = _open(reader, posting_id, on)
        person_id = int(posting.person_id)
        reason = "doi_chuc_vu" if posting.unit_id == unit_id else "chuyen_cong_tac"
        claims = [_ended(posting, on, reason), _begun(reader, person_id, unit_id, post, Partial(on, "ngay"), None)]
        return _Said("Chuyển chức vụ", person_id, on, [("posting_claim", c) for c in claims])

    return _record(reader, source, say)


def _open(reader: Reader, posting_id: int, to_on: date) -> "pd.Series[Any]":
    """A posting that can end on the day."""
    posting = _kept(reader, "posting", posting_id)
    began = posting.from_on.date()
    if to_on <= began:
        raise NotAccepted(f"Ngày thôi phải sau ngày nhận chức vụ ({date_short(began)}). Sửa lại ngày.")
    if pd.notna(posting.to_on):
        raise NotAccepted(f"Chức vụ này đã ghi thôi từ {date_short(posting.to_on)}. Hoàn tác đợt ấy nếu ghi sai.")
    return posting


def _ended(posting: "pd.Series[Any]", to_on: date, reason: str) -> dict[str, Any]:
    return _claim(posting, _KEYS["posting"]) | {"to_on": to_on, "end_reason": reason}


def took_post(
    reader: Reader,
    person_id: int,
    unit_id: str,
    post: str,
    started: Partial,
    first_held: Partial | None,
    source: Source,
) -> int:
    """Somebody takes up a post in a unit version. Raises NotAccepted when the person already holds it on that day."""

    def say() -> _Said:
        claim = _begun(reader, person_id, unit_id, post, started, first_held)
        return _Said("Nhận chức vụ", person_id, started.on, [("posting_claim", claim)])

    return _record(reader, source, say)


def _begun(
    reader: Reader, person_id: int, unit_id: str, post: str, started: Partial, first_held: Partial | None
) -> dict[str, Any]:
    known = postings(reader, person_id)
    same = known[(known.unit_id == unit_id) & (known.post == post)]
    if (same.to_on.isna() | (same.to_on > pd.Timestamp(started.on))).any():
        raise NotAccepted("Người này đang giữ chính chức vụ đó vào ngày ấy. Kiểm tra lại chức vụ và ngày.")
    first = first_held or _held_before(reader, person_id, post) or started
    return {
        "person_id": person_id,
        "unit_id": unit_id,
        "post": post,
        "from_on": started.on,
        "from_precision": started.precision,
        "first_held_on": first.on,
        "first_held_precision": first.precision,
    }


def _held_before(reader: Reader, person_id: int, post: str) -> Partial | None:
    """When somebody first held a post, as far as their earlier postings tell: the law looks at that day for ever."""
    held = postings(reader, person_id)
    found = held[(held.post == post) & held.first_held_on.notna()].sort_values(["first_held_on", "posting_id"])
    if found.empty:
        return None
    first = found.iloc[0]
    return Partial(first.first_held_on.date(), first.first_held_precision)


def newcomer(
    reader: Reader,
    full_name: str,
    birth: Partial | None,
    gender: str,
    unit_id: str,
    post: str,
    started: Partial,
    first_held: Partial | None,
    source: Source,
    *,
    sure: bool = False,
) -> int:
    """Somebody no list has named takes up a post. Returns the batch.

    Raises NotAccepted for a name that is none, for somebody the store knows, and, unless `sure`, for somebody who may
    be one the store knows.
    """
    name = clean(full_name)
    if not any(c.isalpha() for c in name):
        raise NotAccepted("Chưa ghi họ và tên. Ghi đủ họ, chữ đệm và tên.")
    first = first_held or started
    born = (birth.on, birth.precision) if birth else (None, None)
    person = [0, name, *split_name(name), *born, gender or None, None, unit_id]
    posting = [0, unit_id, post, started.on, started.precision, None, None, first.on, first.precision]
    facts = Facts(
        pd.DataFrame([person], columns=PERSON, dtype=object),
        pd.DataFrame([posting], columns=POSTING, dtype=object),
        pd.DataFrame([], columns=QUALIFICATION, dtype=object),
    )
    as_of = min(started.on, date.today())
    answers = Answers(people={0: None} if sure else {})
    compared = compare(reader.store, facts, as_of, answers)
    alike = [int(p) for p in [*compared.people.person_id[~compared.people.is_new], *compared.questions.person_id]]
    if alike and not sure:
        raise NotAccepted(
            f"Kho đã có {_who(reader, alike[0])}. Nếu là một người, mở hồ sơ người ấy và ghi Nhận chức vụ; nếu là "
            "người khác, đánh dấu “Là người khác” rồi bấm lại."
        )
    batch = record(
        reader.store,
        facts,
        kind="change",
        title=_title(name, "Thêm mới", source),
        as_of=as_of,
        made_by=source.by,
        answers=answers,
        seen=compared,
    )
    assert batch is not None  # noqa: S101 - somebody new is never known already
    return batch


def reached_level(
    reader: Reader, person_id: int, criterion: str, level: str, field: str, obtained: Partial, source: Source
) -> int:
    """Somebody finished a course. Raises NotAccepted for a date to come or a level that is known already."""
    if obtained.on > date.today():
        raise NotAccepted("Ngày cấp bằng, chứng chỉ chưa đến. Sửa lại ngày.")

    def say() -> _Said:
        known = qualifications(reader, person_id)
        same = (known.criterion == criterion) & (known.level == level) & known.obtained_on.notna()
        if (same & (known.field.fillna("").map(key) == key(field))).any():
            raise NotAccepted("Trình độ này đã có trong hồ sơ với ngày cấp. Không cần ghi lại.")
        claim = {
            "person_id": person_id,
            "criterion": criterion,
            "level": level,
            "field": clean(field) or None,
            "status": "da_co",
            "obtained_on": obtained.on,
            "obtained_precision": obtained.precision,
            "reported_on": obtained.latest(),
        }
        return _Said("Đạt trình độ", person_id, obtained.on, [("qualification_claim", claim)])

    return _record(reader, source, say)


def corrected(
    reader: Reader,
    person_id: int,
    source: Source,
    *,
    full_name: str = "",
    birth: Partial | None = None,
    gender: str = "",
    ethnicity: str = "",
    identifier: str = "",
    seen: Seen | None = None,
) -> int:
    """A fact about somebody was wrong; what is left out, or is as it was `seen`, stays.

    Raises NotAccepted when nothing is changed, and for the number of somebody else; Clashed as `conflict.settled` does.
    """
    told = {
        "full_name": clean(full_name),
        "birth_date": birth,
        "gender": gender,
        "ethnicity": clean(ethnicity),
        "identifier": as_kept(identifier),
    }

    def say() -> _Said:
        known = person_facts(reader, person_id)
        changed = settled(seen, known, {name: value for name, value in told.items() if value})
        turned = _turned(reader, known, changed)
        if "full_name" in changed:
            family, given = split_name(full_name)
            changed |= {"family_name": family, "given_name": given, "spelled": spelling(full_name)}
        if born := changed.pop("birth_date", None):
            changed |= {"birth_on": born.on, "birth_precision": born.precision}
        if "identifier" in changed:
            if is_made_up(changed["identifier"]):
                raise NotAccepted(
                    f"{changed['identifier']} không phải là số thật (các chữ số lặp lại hoặc đếm liên tiếp). "
                    "Ghi số trên giấy tờ, chưa có thì để trống."
                )
            # Of everybody, whoever asks: two people must not have one number.
            other = reader.store.fetch(
                "select person_id from person where identifier = $i", {"i": changed["identifier"]}
            )
            if len(other):
                raise NotAccepted(
                    f"Số định danh này đã là của {_who(reader, int(other.person_id[0]))}. Kiểm tra lại số."
                )
        if not changed:
            raise NotAccepted("Không có gì thay đổi so với hồ sơ đang có.")
        return _Said(f"Sửa {turned}", person_id, None, changed=changed)

    return _record(reader, source, say)


def corrected_post(
    reader: Reader,
    posting_id: int,
    started: Partial | None,
    first_held: Partial | None,
    source: Source,
    *,
    seen: Seen | None = None,
) -> int:
    """The dates of a post were wrong; what is None, or is as it was `seen`, stays.

    Raises NotAccepted when nothing is changed or the post ends first; Clashed as `conflict.settled` does.
    """
    if not (started or first_held):
        raise NotAccepted("Chưa nhập ngày nào. Nhập ngày cần sửa rồi bấm Ghi nhận.")
    told = {name: value for name, value in (("from_on", started), ("first_held_on", first_held)) if value}

    def say() -> _Said:
        posting = _kept(reader, "posting", posting_id)
        known = _of_posting(posting)
        changed = settled(seen, known, told)
        if not changed:
            raise NotAccepted("Không có gì thay đổi so với hồ sơ đang có.")
        claim = _claim(posting, _KEYS["posting"])
        if begins := changed.get("from_on"):
            if pd.notna(posting.to_on) and begins.on >= posting.to_on.date():
                day = date_short(posting.to_on)
                raise NotAccepted(f"Chức vụ này thôi từ {day}, không thể nhận sau đó. Sửa lại ngày.")
            claim |= {"from_on": begins.on, "from_precision": begins.precision}
        if first := changed.get("first_held_on"):
            claim |= {"first_held_on": first.on, "first_held_precision": first.precision}
        what = f"Sửa {_turned(reader, known, changed)}"
        return _Said(what, int(posting.person_id), None, [("posting_claim", claim)])

    return _record(reader, source, say)


def withdrawn(reader: Reader, table: str, entity_id: int, source: Source, *, seen: Seen | None = None) -> int:
    """A post or a level was never true; `table` is 'posting' or 'qualification', `seen` has all of it as 'row'.

    Raises NotAccepted if it is gone, Clashed if it says something else than was seen.
    """

    def say() -> _Said:
        row = _kept(reader, table, entity_id)
        known = _of_posting(row) if table == "posting" else _of_qualification(row)
        if not settled(seen, {"row": known}, {"row": None}):
            raise NotAccepted("Không có gì thay đổi so với hồ sơ đang có.")
        claim = _claim(row, _KEYS[table]) | {"withdrawn": True}
        return _Said(f"Bỏ {_row_named(reader, row, known)}", int(row.person_id), None, [(f"{table}_claim", claim)])

    return _record(reader, source, say)


def _row_named(reader: Reader, row: "pd.Series[Any]", known: Mapping[str, Any]) -> str:
    """'chức vụ ghi sai Chủ tịch Ủy ban nhân dân, nhận chức vụ từ 01/07/2015'; of a level its criterion and name."""
    words = Words.of(reader)
    if "post" in row:
        return f"chức vụ ghi sai {words.label('post', row.post)}, {written(words, 'row', known)}"
    criterion = inside(words.short("criterion", row.criterion))
    return f"trình độ ghi sai {criterion} {words.level(row.criterion, row.level) or row.field}"


_KEYS = {
    "posting": ["posting_id", "person_id", "unit_id", "post"],
    "qualification": ["qualification_id", "person_id", "criterion", "level", "status", "reported_on"],
}


def _kept(reader: Reader, table: str, entity_id: int) -> "pd.Series[Any]":
    found = reader.query(f"facts_of_{table}", Filters(date.today()), **{f"{table}_id": entity_id})
    if found.empty:
        raise NotAccepted("Dòng này không còn trong kho. Tải lại trang rồi chọn lại.")
    return found.iloc[0]


def _record(reader: Reader, source: Source, say: Callable[[], _Said]) -> int:
    """Keep what `say` says; it looks at the store when nobody else writes any more."""
    with reader.store.write() as cursor:
        said = say()
        person = _person(reader, said.person_id)
        # A change for later does not make the data speak for that day yet.
        as_of = None if said.on is None else min(said.on, date.today())
        title = _title(person["full_name"], said.what, source)
        batch_id = new_batch(cursor, kind="change", title=title, as_of=as_of, made_by=source.by)
        # The change repeats who the person is, and so stands when the list that named them is taken back.
        _say(cursor, "person_claim", person | {"birth_yields": True, "repeats": True}, batch_id)
        if said.changed:
            _say(cursor, "person_claim", {"person_id": said.person_id} | said.changed, batch_id)
        for table, claim in said.claims:
            evidence = clean(source.evidence) or None
            _say(cursor, table, {"withdrawn": False, "evidence": evidence} | claim, batch_id)
        engine.run(cursor, QUERIES / "intake" / "4_facts.sql", {"batch_id": batch_id})
    return batch_id


def _say(cursor: engine.Cursor, table: str, claim: Mapping[str, Any], batch_id: int) -> None:
    numbered = {f"{table.removesuffix('_claim')}_id": _next(cursor, table)} | dict(claim) | {"batch_id": batch_id}
    engine.insert(cursor, table, pd.DataFrame([numbered], dtype=object))


def _person(reader: Reader, person_id: int) -> dict[str, Any]:
    found = reader.query("facts_of_person", Filters(date.today()), person_id=person_id)
    if found.empty:
        raise NotAccepted("Người này không còn trong kho. Tải lại trang rồi chọn lại.")
    return _claim(found.iloc[0], [str(c) for c in found])


def _who(reader: Reader, person_id: int) -> str:
    """'Hồ Văn Tâm, sinh 12/05/1978'; of whom the reader may not see, only that there is somebody."""
    found = reader.query("facts_of_person", Filters(date.today()), person_id=person_id)
    if found.empty:
        return "một người ở đơn vị khác"
    known = found.iloc[0]
    return f"{known.full_name}" + (f", sinh {date_short(known.birth_on)}" if known.birth_precision == "ngay" else "")


def _claim(row: "pd.Series[Any]", columns: list[str]) -> dict[str, Any]:
    values = {c: None if pd.isna(row[c]) else row[c] for c in columns}
    return {c: v.date() if isinstance(v, pd.Timestamp) else v for c, v in values.items()}


def _next(cursor: engine.Cursor, table: str) -> int:
    """The next number of a table of claims; within the transaction, so that two officers do not take the same."""
    number = table.removesuffix("_claim") + "_id"
    return int(cursor.execute(f"select coalesce(max({number}), 0) + 1 from {table}").fetchall()[0][0])  # noqa: S608


def _title(name: str, what: str, source: Source) -> str:
    evidence = clean(source.evidence)
    return f"{name}: {inside(what)}" + (f" ({evidence})" if evidence else "")
