"""What the office itself adds to the law and vocabularies: decisions of the province, majors and where they fit.

Each addition is a transaction that rebuilds every verdict, and each can be taken back.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from store import Store, insert
from vietnamese import clean, key


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


def remove_decision(store: Store, decision: str) -> None:
    """Take back a decision the office entered; shipped rows stay."""
    with store.write() as cursor:
        cursor.execute(
            "delete from provincial_decision where decision = $decision and origin = 'co_quan'", {"decision": decision}
        )


def map_field(store: Store, field: str, field_group: str, post: str, fits: bool) -> None:
    """Say to which group a major belongs and whether that group fits a post; later answers replace earlier ones."""
    with store.write() as cursor:
        cursor.execute(
            "delete from field_word where origin = 'co_quan' and text_key(word) = text_key($word)", {"word": field}
        )
        cursor.execute(
            "delete from post_field where origin = 'co_quan' and post = $post and field_group = $group",
            {"post": post, "group": field_group},
        )
        insert(
            cursor,
            "field_word",
            pd.DataFrame([{"field_group": field_group, "word": clean(field), "origin": "co_quan"}], dtype=object),
        )
        insert(
            cursor,
            "post_field",
            pd.DataFrame(
                [{"post": post, "field_group": field_group, "fits": fits, "origin": "co_quan"}],
                dtype=object,
            ),
        )


def learn_word(store: Store, domain: str, code: str, word: str) -> None:
    """Remember what a word of a list means: a code of its domain, or 'bo_qua' for one that says nothing.

    A later answer replaces an earlier one. Raises NotAccepted for a word without a letter or number.
    """
    if not key(word):
        raise NotAccepted("Từ cần ghi nhớ phải có ít nhất một chữ hoặc số.")
    with store.write() as cursor:
        cursor.execute(
            "delete from word where origin = 'co_quan' and domain = $domain and text_key(word) = text_key($word)",
            {"domain": domain, "word": word},
        )
        row = {"domain": domain, "code": code, "word": clean(word), "origin": "co_quan"}
        insert(cursor, "word", pd.DataFrame([row], dtype=object))


def remember_column(store: Store, layout: str, heading: str, field: str | None) -> None:
    """Remember what a column of a layout holds (see intake.lists.Layout); None forgets what was remembered."""
    with store.write() as cursor:
        cursor.execute(
            "delete from layout_column where layout = $layout and heading = $heading",
            {"layout": layout, "heading": heading},
        )
        if field is not None:
            cursor.execute(
                "insert into layout_column values ($layout, $heading, $field)",
                {"layout": layout, "heading": heading, "field": field},
            )
