"""One change to one person, recorded as a batch of its own: what was before is kept, and it can be taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

import store as engine
from intake.commit import NotAccepted, new_batch
from store import QUERIES, Store
from vietnamese import Partial, clean, date_short, spelling, split_name


@dataclass(frozen=True)
class Source:
    """Who records a change, and the paper it rests on ('QĐ 12/QĐ-UBND ngày 03/01/2019'), if any."""

    by: str
    evidence: str = ""


def open_postings(store: Store, person_id: int) -> pd.DataFrame:
    """The posts somebody has not left: posting_id, post, commune."""
    return store.fetch(
        """
        select o.posting_id, o.post, u.short_name as commune
        from posting as o inner join unit as u on o.unit_id = u.unit_id
        where o.person_id = $person and o.to_on is null
        order by o.posting_id
        """,
        {"person": person_id},
    )


def left_post(store: Store, posting_id: int, to_on: date, reason: str, source: Source) -> int:
    """Somebody leaves a post; `to_on` is the first day out of it, `reason` a code of label domain 'end_reason'.

    Returns the batch. Raises NotAccepted for a posting that is not there, has ended, or began later.
    """
    found = store.fetch("select * from posting where posting_id = $id", {"id": posting_id})
    if found.empty:
        raise NotAccepted("Chức vụ này không còn trong kho. Tải lại trang rồi chọn lại.")
    posting = found.iloc[0]
    began = posting.from_on.date()
    if to_on <= began:
        raise NotAccepted(f"Ngày thôi phải sau ngày nhận chức vụ ({date_short(began)}). Sửa lại ngày.")
    if pd.notna(posting.to_on):
        raise NotAccepted(f"Chức vụ này đã ghi thôi từ {date_short(posting.to_on)}. Hoàn tác đợt ấy nếu ghi sai.")
    claim = _claim(posting, ["posting_id", "person_id", "unit_id", "post"]) | {"to_on": to_on, "end_reason": reason}
    return _record(store, int(posting.person_id), to_on, "Thôi giữ chức vụ", source, {"posting_claim": claim})


def took_post(
    store: Store, person_id: int, unit_id: str, post: str, started: Partial, first_held: Partial | None, source: Source
) -> int:
    """Somebody takes up a post in a unit version. Raises NotAccepted when the person already holds it on that day."""
    held = store.fetch(
        """
        select count(*) as n from posting
        where person_id = $person and unit_id = $unit and post = $post and (to_on is null or to_on > $on)
        """,
        {"person": person_id, "unit": unit_id, "post": post, "on": started.on},
    )
    if held.n[0]:
        raise NotAccepted("Người này đang giữ chính chức vụ đó vào ngày ấy. Kiểm tra lại chức vụ và ngày.")
    first = first_held or started
    claim = {
        "posting_id": _next(store, "posting"), "person_id": person_id, "unit_id": unit_id, "post": post,
        "from_on": started.on, "from_precision": started.precision,
        "first_held_on": first.on, "first_held_precision": first.precision,
    }  # fmt: skip
    return _record(store, person_id, started.on, "Nhận chức vụ", source, {"posting_claim": claim})


def reached_level(
    store: Store, person_id: int, criterion: str, level: str, field: str, obtained: Partial, source: Source
) -> int:
    """Somebody finished a course. Raises NotAccepted for a date to come or a level that is known already."""
    if obtained.on > date.today():
        raise NotAccepted("Ngày cấp bằng, chứng chỉ chưa đến. Sửa lại ngày.")
    known = store.fetch(
        """
        select count(*) as n from qualification
        where person_id = $person and criterion = $criterion and level = $level and status = 'da_co'
            and obtained_on is not null and text_key(coalesce(field, '')) = text_key($field)
        """,
        {"person": person_id, "criterion": criterion, "level": level, "field": field},
    )
    if known.n[0]:
        raise NotAccepted("Trình độ này đã có trong hồ sơ với ngày cấp. Không cần ghi lại.")
    claim = {
        "qualification_id": _next(store, "qualification"), "person_id": person_id, "criterion": criterion,
        "level": level, "field": clean(field) or None, "status": "da_co", "obtained_on": obtained.on,
        "obtained_precision": obtained.precision, "reported_on": obtained.latest(),
    }  # fmt: skip
    return _record(store, person_id, obtained.on, "Đạt trình độ", source, {"qualification_claim": claim})


def corrected(
    store: Store, person_id: int, source: Source, *, full_name: str = "", birth: Partial | None = None, gender: str = ""
) -> int:
    """A fact about somebody was wrong; what is left out stays. Raises NotAccepted when nothing is changed."""
    person = _person(store, person_id)
    changed: dict[str, Any] = {}
    if clean(full_name) and clean(full_name) != person["full_name"]:
        family, given = split_name(full_name)
        changed |= {"full_name": clean(full_name), "family_name": family, "given_name": given}
        changed["spelled"] = spelling(full_name)
    if birth and (birth.on, birth.precision) != (person["birth_on"], person["birth_precision"]):
        changed |= {"birth_on": birth.on, "birth_precision": birth.precision, "birth_yields": False}
    if gender and gender != person["gender"]:
        changed["gender"] = gender
    if not changed:
        raise NotAccepted("Không có gì thay đổi so với hồ sơ đang có.")
    return _record(store, person_id, None, "Sửa thông tin", source, {}, changed)


def _record(
    store: Store,
    person_id: int,
    on: date | None,
    what: str,
    source: Source,
    claims: dict[str, dict[str, Any]],
    changed: dict[str, Any] | None = None,
) -> int:
    person = _person(store, person_id)
    with store.write() as cursor:
        # A change for later does not make the data speak for that day yet.
        as_of = None if on is None else min(on, date.today())
        title = f"{person['full_name']}: {what.lower()}"
        if evidence := clean(source.evidence):
            title += f" ({evidence})"
        batch_id = new_batch(cursor, kind="change", title=title, as_of=as_of, made_by=source.by)
        # The change also says who the person is, and stands when the list that named them is taken back.
        said: dict[str, dict[str, Any]] = {"person_claim": person | {"birth_yields": True} | (changed or {})}
        for table, claim in claims.items():
            said[table] = {"withdrawn": False, "evidence": evidence or None} | claim
        for table, claim in said.items():
            engine.insert(cursor, table, pd.DataFrame([claim | {"batch_id": batch_id}], dtype=object))
        engine.run(cursor, QUERIES / "intake" / "4_facts.sql", {"batch_id": batch_id})
    return batch_id


def _person(store: Store, person_id: int) -> dict[str, Any]:
    found = store.fetch("select * exclude (name_key, batch_id) from person where person_id = $id", {"id": person_id})
    if found.empty:
        raise NotAccepted("Người này không còn trong kho. Tải lại trang rồi chọn lại.")
    return _claim(found.iloc[0], [str(c) for c in found])


def _claim(row: "pd.Series[Any]", columns: list[str]) -> dict[str, Any]:
    values = {c: None if pd.isna(row[c]) else row[c] for c in columns}
    return {c: v.date() if isinstance(v, pd.Timestamp) else v for c, v in values.items()}


def _next(store: Store, table: str) -> int:
    found = store.fetch(f"select coalesce(max({table}_id), 0) + 1 as n from {table}_claim")  # noqa: S608
    return int(found.n[0])
