"""What the office itself adds to the law and vocabularies: decisions of the province, majors and where they fit, time
to follow a guidance.

Each addition is a transaction, which rebuilds every verdict where it touches one, and each can be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from core.conflict import Seen, settled
from core.store import Cursor, Store, insert
from core.vietnamese import are_one_word, clean, date_short, key, spelt

# What officers teach: words and columns of lists.
_LESSONS = ("word", "layout_column")


class NotAccepted(Exception):
    """What was entered cannot be kept; its text is one Vietnamese sentence."""


@dataclass(frozen=True)
class Decision:
    """A level set by a province under a national text. Empty posts or units mean all that the text lets it cover."""

    number: str
    issued_on: date | None
    document: str
    criterion: str
    level: str
    effective_from: date
    ended_on: date | None = None
    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    note: str = ""


def add_decision(store: Store, decision: Decision, *, province_code: str) -> None:
    """Enter a decision. Raises NotAccepted when it has no number, ends before it begins or goes below the floor.

    The floor is the lowest level the national text allows (`province_floor` in standard.csv).
    """
    number = clean(decision.number)
    if not number:
        raise NotAccepted("Chưa có số, ký hiệu của quyết định. Nhập như 25/2014/QĐ-UBND.")
    if decision.ended_on and decision.ended_on <= decision.effective_from:
        raise NotAccepted("Ngày hết hiệu lực phải sau ngày có hiệu lực. Sửa lại một trong hai ngày.")
    allowed = store.fetch(
        """
        select max(f.rank) as floor_rank, max(n.rank) as level_rank, max(f.label) as floor_label, count(*) as rows
        from standard as s
        left join level as f on f.criterion = $criterion and f.level = s.province_floor
        left join level as n on n.criterion = $criterion and n.level = $level
        where s.document = $document and list_contains(string_split(s.criteria, ' '), $criterion)
            and (len($posts) = 0 or list_has_any(string_split(s.posts, ' '), $posts))
            and (
                s.province_floor is not null
                or 'tinh_quy_dinh' in (coalesce(s.required, ''), coalesce(s.required_first, ''))
            )
        """,
        {
            "criterion": decision.criterion,
            "level": decision.level,
            "document": decision.document,
            "posts": list(decision.posts),
        },
    ).iloc[0]
    if not allowed.rows:
        raise NotAccepted("Văn bản đã chọn không cho UBND tỉnh quy định tiêu chí này. Chọn văn bản hoặc tiêu chí khác.")
    levels = store.fetch(
        "select count(*) as n from level where criterion = $criterion and level = $level",
        {"criterion": decision.criterion, "level": decision.level},
    )
    if not levels.n[0]:
        raise NotAccepted("Mức đã chọn không phải là một mức của tiêu chí này. Chọn mức trong danh sách.")
    if pd.notna(allowed.floor_rank) and pd.notna(allowed.level_rank) and allowed.level_rank < allowed.floor_rank:
        raise NotAccepted(f"Mức đã chọn thấp hơn mức sàn của văn bản ({allowed.floor_label}). Chọn mức cao hơn.")
    row = {
        "decision": key(
            f"{number} {decision.document} {decision.criterion} {' '.join(decision.posts)} {' '.join(decision.units)}"
        ).replace(" ", "-"),
        "number": f"QĐ {number}",
        "issued_on": decision.issued_on,
        "document": decision.document,
        "posts": " ".join(decision.posts) or None,
        "criterion": decision.criterion,
        "level": decision.level,
        "province_code": province_code,
        "units": " ".join(decision.units) or None,
        "effective_from": decision.effective_from,
        "ended_on": decision.ended_on,
        "note": clean(decision.note) or None,
        "origin": "co_quan",
    }
    with store.write() as cursor:
        known = cursor.execute(
            "select count(*) from provincial_decision where decision = $decision", {"decision": row["decision"]}
        ).fetchall()
        if known[0][0]:
            raise NotAccepted(f"Quyết định {number} đã được nhập cho tiêu chí này. Xóa dòng cũ trước khi nhập lại.")
        insert(cursor, "provincial_decision", pd.DataFrame([row], dtype=object))


def decision_facts(store: Store) -> dict[str, tuple[object, ...]]:
    """What each decision says: criterion, level, first day, first day no longer, communes."""
    rows = store.fetch("select decision, criterion, level, effective_from, ended_on, units from provincial_decision")
    plain = rows.astype(object).where(rows.notna(), None)
    return {str(decision): tuple(facts) for decision, *facts in plain.itertuples(index=False)}


def remove_decision(store: Store, decision: str, seen: Seen | None = None) -> None:
    """Take back a decision the office entered; shipped rows stay. One that is gone already is no error.

    `seen` has its row of `decision_facts` as 'row'; raises Clashed when it says something else by now.
    """
    with store.write() as cursor:
        if decision in (facts := decision_facts(store)):
            settled(seen, {"row": facts[decision]}, {"row": None})
        cursor.execute(
            "delete from provincial_decision where decision = $decision and origin = 'co_quan'", {"decision": decision}
        )


def set_time(
    store: Store, document: str, units: Sequence[str], until: date | None, number: str = "", seen: Seen | None = None
) -> None:
    """Enter until which day a text gives communes, by their codes, time to follow a guidance; no day takes that back.

    `seen` has the day on screen by commune. Raises NotAccepted without a commune or, with a day, the number of the
    text, Clashed when others have entered another day since.
    """
    number = clean(number)
    if not units:
        raise NotAccepted("Chưa chọn xã nào. Chọn xã rồi bấm lại.")
    if until and not number:
        raise NotAccepted("Chưa có số, ký hiệu của văn bản. Nhập như 861/QĐ-TTg.")
    with store.write() as cursor:
        known = store.fetch(
            "select unit_code, until from guidance_clock where document = $document", {"document": document}
        )
        now = dict.fromkeys(units) | {str(u): day.date() for u, day in known.itertuples(index=False) if u in units}
        changed = list(settled(seen, now, dict.fromkeys(units, until)))
        cursor.execute(
            "delete from guidance_clock where document = $document and list_contains($units, unit_code)",
            {"document": document, "units": changed},
        )
        if until and changed:
            rows = pd.DataFrame({"unit_code": changed, "document": document, "until": until, "number": number})
            insert(cursor, "guidance_clock", rows.assign(origin="co_quan"))


def choose_birth(store: Store, reading: str | None, from_on: date, by: str, seen: Seen | None = None) -> None:
    """Keep how the pension of those whose year of birth alone is known is worked out, for who reaches it from a day on.

    `reading` is a code of birth_reading.csv, None the whole year as bounds. What was chosen before holds until the day
    before. `seen` has the present choice as 'reading'; raises Clashed when somebody chose something else since.
    """
    with store.write() as cursor:
        known = store.fetch("select reading from birth_choice order by from_on, chosen_at")
        now = None if known.empty or pd.isna(known.reading.iloc[-1]) else str(known.reading.iloc[-1])
        settled(seen, {"reading": now}, {"reading": reading})
        cursor.execute("delete from birth_choice where from_on >= $from_on", {"from_on": from_on})
        row = {"reading": reading, "from_on": from_on, "chosen_at": datetime.now(), "chosen_by": by}  # noqa: DTZ005
        insert(cursor, "birth_choice", pd.DataFrame([row], dtype=object))
        days = store.fetch('select reading, "day", "month" from birth_reading')
        called = {str(r): f"lấy ngày {d:02}/{m:02}" for r, d, m in days.itertuples(index=False)} | {None: "lấy cả năm"}
        change = {"what": "Chỉ biết năm sinh", "was": called[now], "changed_at": row["chosen_at"], "changed_by": by}
        change["became"] = f"{called[reading]}, với người nghỉ hưu từ {date_short(from_on)}"
        insert(cursor, "office_change", pd.DataFrame([change], dtype=object))


def field_facts(store: Store, field: str, post: str) -> dict[str, object]:
    """What the office has said of a major and a post: its group as 'group', and by group whether that fits the post."""
    groups = store.fetch(
        "select field_group from field_word where origin = 'co_quan' and text_key(word) = text_key($word)",
        {"word": field},
    )
    fits = store.fetch(
        "select field_group, fits from post_field where origin = 'co_quan' and post = $post", {"post": post}
    )
    said: dict[str, object] = {str(g): bool(f) for g, f in fits.itertuples(index=False)}
    return {"group": str(groups.field_group[0]) if len(groups) else None} | said


def map_field(store: Store, field: str, field_group: str, post: str, fits: bool, seen: Seen | None = None) -> None:
    """Say to which group a major belongs and whether that group fits a post.

    `seen` are the `field_facts` on screen; raises Clashed when others have said something else since.
    """
    with store.write() as cursor:
        known = {field_group: None, **field_facts(store, field, post)}
        written = settled(seen, known, {"group": field_group, field_group: fits})
        if "group" in written:
            cursor.execute(
                "delete from field_word where origin = 'co_quan' and text_key(word) = text_key($word)", {"word": field}
            )
            row: dict[str, object] = {"field_group": field_group, "word": clean(field), "origin": "co_quan"}
            insert(cursor, "field_word", pd.DataFrame([row], dtype=object))
        if field_group in written:
            cursor.execute(
                "delete from post_field where origin = 'co_quan' and post = $post and field_group = $group",
                {"post": post, "group": field_group},
            )
            row = {"post": post, "field_group": field_group, "fits": fits, "origin": "co_quan"}
            insert(cursor, "post_field", pd.DataFrame([row], dtype=object))


def learn_word(store: Store, domain: str, code: str, word: str, seen: Seen | None = None, *, by: str = "") -> None:
    """Remember what a word of a list means, and who said so: a code of its domain, or 'bo_qua' for one that says
    nothing.

    A later answer replaces an earlier one that was `seen` as 'code'. Raises NotAccepted for a word without a letter or
    number, Clashed when it means something else since.
    """
    if not key(word):
        raise NotAccepted("Từ cần ghi nhớ phải có ít nhất một chữ hoặc số.")
    with store.write() as cursor:
        said = _said_of(store, domain, word)
        if not settled(seen, {"code": said}, {"code": code}):
            return
        _unsay(store, cursor, domain, word)
        row = {"domain": domain, "code": code, "word": clean(word), "origin": "co_quan"} | _taught(by)
        insert(cursor, "word", pd.DataFrame([row], dtype=object))


def _said_of(store: Store, domain: str, word: str) -> str | None:
    """What the office said a word means."""
    known = _same_words(store, domain, word)
    return str(known.code[known.index[0]]) if len(known) else None


def _same_words(store: Store, domain: str, word: str) -> pd.DataFrame:
    """What the office taught of a word, however it was written; 'Trống' and 'Trọng' are two."""
    known = store.fetch(
        """
        select code, word
        from word
        where origin = 'co_quan' and domain = $domain and text_key(word) = text_key($word)
        """,
        {"domain": domain, "word": word},
    )
    same = known[known.word.map(lambda other: are_one_word(other, word)).astype(bool)]
    # Written without accents it stands for the one that is written so, where there is one.
    own = same[(same.word.map(spelt) == spelt(word)).astype(bool)]
    return own if len(own) else same


def _unsay(store: Store, cursor: Cursor, domain: str, word: str) -> None:
    for other in _same_words(store, domain, word).word:
        cursor.execute(
            "delete from word where origin = 'co_quan' and domain = $domain and word = $word",
            {"domain": domain, "word": other},
        )


def _taught(by: str) -> dict[str, object]:
    # The clock on the office wall.
    return {"taught_at": datetime.now(), "taught_by": by or None}  # noqa: DTZ005


def forget_word(store: Store, domain: str, word: str, seen: Seen | None = None) -> None:
    """Forget what the office said a word means; one that is forgotten already is no error.

    `seen` has what the screen said it means as 'code'; raises Clashed when it means something else since.
    """
    with store.write() as cursor:
        said = _said_of(store, domain, word)
        if said is not None:
            settled(seen, {"code": said}, {"code": None})
        _unsay(store, cursor, domain, word)


def note_batch(store: Store, batch_id: int, by: str) -> None:
    """A list was recorded: what `by` taught since the last one was taught for it."""
    with store.write() as cursor:
        for table in _LESSONS:
            cursor.execute(
                f"update {table} set batch_id = $batch where batch_id is null and taught_by = $by",  # noqa: S608 - ours
                {"batch": batch_id, "by": by},
            )


def forget_batch(store: Store, batch_id: int) -> None:
    """Forget every word and column that was taught for a batch."""
    with store.write() as cursor:
        for table in _LESSONS:
            cursor.execute(f"delete from {table} where batch_id = $batch", {"batch": batch_id})  # noqa: S608 - ours


def remember_column(
    store: Store, layout: str, heading: str, field: str | None, seen: Seen | None = None, *, by: str = ""
) -> None:
    """Remember what a column of a layout holds (see intake.reading.Layout) and who said so; None forgets it.

    `seen` has what the screen took it for as 'field'; raises Clashed when it is remembered as something else since.
    """
    with store.write() as cursor:
        known = store.fetch(
            "select field from layout_column where layout = $layout and heading = $heading",
            {"layout": layout, "heading": heading},
        )
        # Without a word of the office a column is taken for what it looks like: then all is as it was seen.
        if len(known):
            settled(seen, {"field": str(known.field[0])}, {"field": field})
        cursor.execute(
            "delete from layout_column where layout = $layout and heading = $heading",
            {"layout": layout, "heading": heading},
        )
        if field is not None:
            row = {"layout": layout, "heading": heading, "field": field} | _taught(by)
            insert(cursor, "layout_column", pd.DataFrame([row], dtype=object))
