"""What if: the same people by another standard, and the time to come if nobody does anything.

Both are worked out in temporary tables beside the store by the very scripts that judge every day, and leave no trace.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

import pandas as pd

from core.conflict import Seen, settled
from core.store import Cursor, Filters, Reader, Store, StoreError, Supposed, insert
from documents.listing import Supposition

Province = Literal["entered", "lowered", "none"]


@dataclass(frozen=True)
class SupposedLaw:
    """Another standard to judge by: the rules in force on `law_on` as if they applied on the day looked at.

    `province` says what becomes of levels the text leaves to the province for the mountains: 'entered' counts the
    decisions the office has entered, 'lowered' supposes the lowest level the text allows, 'none' supposes no decision.
    Without `grace` no time of transition counts. `levels` are a draft's levels by post and criterion in place of the
    law's; None asks for nothing.
    """

    law_on: date
    province: Province = "entered"
    grace: bool = True
    levels: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    draft: str = "Dự thảo"


def assumed(store: Store) -> str:
    """What `ahead` takes for granted, in the words of every page and file that shows it."""
    return store.remembered("assumed", lambda: _assumed(store))


def _assumed(store: Store) -> str:
    ages = store.fetch(
        """
        select lower(l.label) as gender, min(a.until_year) as until_year, arg_min(a.age_months, a.until_year) as months,
            arg_max(d.short, a.until_year) as document
        from retirement_age as a
        inner join label as l on l.domain = 'gender' and a.gender = l.code
        inner join legal_document as d on a.document = d.document
        group by l.label, l.sort
        order by l.sort
        """
    )
    at_first = ", ".join(f"{gender} {_age(months)}" for gender, months in zip(ages.gender, ages.months, strict=True))
    return (
        "Dự báo theo các văn bản có trong chương trình, kể cả văn bản ban hành sau ngày đang xem, và dữ liệu đang có: "
        f"mỗi người nghỉ hưu đúng tuổi theo ngày sinh và giới tính ({at_first}, từ năm {ages.until_year.min() + 1} "
        f"tăng dần theo {ages.document.iloc[0]}), người đã quá tuổi mà còn làm thì có thể nghỉ bất cứ ngày nào hoặc "
        "chưa nghỉ; nghỉ tinh giản đã phê duyệt thì nghỉ đúng ngày; lớp đang học xong sớm nhất vào ngày hôm sau, muộn "
        "nhất khi hết thời gian học thông thường (ước lượng, không phải quy định) kể từ lần báo cáo đầu, quá thời gian "
        "ấy thì có thể không xong. Không lường trước bầu cử, luân chuyển, tuyển dụng và lớp chưa mở."
    )


def _age(months: int) -> str:
    years, odd = divmod(months, 12)
    return f"{years} tuổi {odd} tháng" if odd else str(years)


def law_by_name(store: Store, name: str, province: Province = "entered", *, grace: bool = True) -> SupposedLaw:
    """The law of a document's first day ('TT13', 'ND33') or a draft that was saved under this name.

    A draft keeps what it was saved with. Raises StoreError when there is neither.
    """
    begun = store.fetch(
        "select min(effective_from) as law_on from standard where lower(document) = lower($name)", {"name": name}
    ).law_on[0]
    if not pd.isna(begun):
        return SupposedLaw(begun.date(), province, grace)
    drafts = store.fetch("select * from draft where draft = $name", {"name": name})
    if drafts.empty:
        known = store.fetch(
            "select document as name from standard group by document union all by name "
            "select draft as name from draft order by name"
        )
        raise StoreError(f"Không có tiêu chuẩn hay dự thảo “{name}”. Có: {', '.join(known.name)}.")
    kept = drafts.iloc[0]
    rows = store.fetch("select post, criterion, level from draft_level where draft = $name", {"name": name})
    levels = {(p, c): None if pd.isna(v) else str(v) for p, c, v in rows.itertuples(index=False)}
    return SupposedLaw(kept.law_on.date(), kept.province, bool(kept.grace), levels, f"Dự thảo “{name}”")


def draft_facts(law: SupposedLaw | None, *others: SupposedLaw | None) -> dict[Any, Any]:
    """What a draft says, by cell and condition, with a place for every cell of the others; '' where it says nothing."""
    cells = {cell: "" for each in (law, *others) if each for cell in each.levels}
    if law is None:
        return {"law_on": "", "province": "", "grace": ""} | cells
    return {"law_on": law.law_on, "province": law.province, "grace": law.grace} | cells | dict(law.levels)


def save_draft(
    store: Store,
    name: str,
    law: SupposedLaw,
    seen: SupposedLaw | None = None,
    choice: Seen | None = None,
    *,
    by: str = "",
) -> None:
    """Keep a draft under a name, as entered `by` somebody. Nothing else of a supposition is ever kept.

    `seen` is the draft of that name as it was taken up, None for a new one; `choice` is what the reader chose where
    others have kept something else since. Raises Clashed when they have not chosen.
    """
    with store.write() as cursor:
        known = cursor.execute("select count(*) from draft where draft = $name", {"name": name}).fetchall()
        now = law_by_name(store, name) if known[0][0] else None
        was = Seen(
            draft_facts(seen, now, law) | dict(choice.values if choice else {}),
            choice.yielded if choice else frozenset(),
        )
        kept = draft_facts(now, seen, law)
        kept |= settled(was, kept, draft_facts(law, seen, now))
        head = [[name, *(kept.pop(n) for n in ("law_on", "province", "grace")), datetime.now(), by]]  # noqa: DTZ005
        levels = [[name, post, criterion, level] for (post, criterion), level in kept.items() if level != ""]
        _forget(cursor, name)
        columns = ["draft", "law_on", "province", "grace", "made_at", "made_by"]
        insert(cursor, "draft", pd.DataFrame(head, columns=columns))
        if levels:
            insert(
                cursor,
                "draft_level",
                pd.DataFrame(levels, columns=["draft", "post", "criterion", "level"], dtype=object),
            )


def forget_draft(store: Store, name: str, seen: SupposedLaw | None = None) -> None:
    """Take a saved draft away. Raises Clashed when others have kept something else by that name than was `seen`."""
    with store.write() as cursor:
        known = cursor.execute("select count(*) from draft where draft = $name", {"name": name}).fetchall()
        if seen and known[0][0]:
            now = law_by_name(store, name)
            settled(Seen({"draft": draft_facts(seen, now)}), {"draft": draft_facts(now, seen)}, {"draft": None})
        _forget(cursor, name)


def _forget(cursor: Cursor, name: str) -> None:
    cursor.execute("delete from draft where draft = $name", {"name": name})
    cursor.execute("delete from draft_level where draft = $name", {"name": name})


@contextmanager
def under(reader: Reader, law: SupposedLaw, filters: Filters) -> Iterator[Supposed]:
    """The store with the rows of `supposed`: the verdicts of those in post on the day by another law."""
    levels = [(post, criterion, level) for (post, criterion), level in law.levels.items()]

    def work_out(supposed: Supposed) -> None:
        supposed.keep("draft_level", pd.DataFrame(levels, columns=["post", "criterion", "level"], dtype=object))
        supposed.run("law", filters, law_on=law.law_on, province=law.province, grace=law.grace, draft=law.draft)
        supposed.judge()
        supposed.run("judge", filters)
        supposed.forget()

    what = (law.law_on, law.province, law.grace, tuple(sorted(levels, key=str)), law.draft, filters)
    with reader.suppose(what, work_out) as supposed:
        yield supposed


def foreseen(store: Store, until: date) -> Supposition:
    """What the file of a forecast until a day says of itself."""
    return Supposition((assumed(store),), until=until)


@contextmanager
def ahead(reader: Reader, filters: Filters, until: date) -> Iterator[Supposed]:
    """The store with the rows of `foreseen`: from the day looked at until `until`, if nobody does anything more.

    Where a date is uncertain both ends are worked out: everything as early and everything as late as can be.
    """

    def work_out(supposed: Supposed) -> None:
        for early in (True, False):
            supposed.run("future", filters, until=until, early=early)
            supposed.judge()
            supposed.run("foresee", filters, until=until, early=early)
            supposed.forget()

    with reader.suppose((filters, until), work_out) as supposed:
        yield supposed
