"""Choosing another standard to judge by, and writing a draft of one: post by criterion, each level in words."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from access.rights import Right
from app_pages.what_if.sentences import PROVINCE, bad_name, differences
from core.columns import HEADINGS
from core.conflict import Clashed, Seen
from core.store import Filters, Reader, StoreError
from core.vietnamese import clean, date_short
from core.words import Words
from screen import access, outcome
from screen.markdown import escaped
from supposing.supposition import SupposedLaw, forget_draft, law_by_name, save_draft

Levels = dict[tuple[str, str], str | None]
_LAW, _PROVINCE, _GRACE = "what-if-law", "what-if-province", "what-if-grace"
# The law that was offered, not chosen: it changes when the day looked at does.
_OFFERED = "what-if-offered"
# The cells that say something else than the law: which table they were begun in, what that showed, what is wanted now.
_EDITS, _NTH = "what-if-edits", "what-if-nth"
# A kept draft as it was when it was taken up here.
_KEPT = "what-if-kept"
# A cell without a value would be shown as one that has yet to be filled in.
_NOTHING = "khong_quy_dinh"
_WITHOUT_SCROLLING = 20


class Chosen(NamedTuple):
    """The law to judge by, what it is called in a sentence, and whether cells of a draft stand in it."""

    law: SupposedLaw
    name: str
    drafted: bool


def choose(reader: Reader, words: Words, chosen: Filters) -> Chosen:
    """Draw the controls and the draft, folded; returns what is chosen. Nothing is kept but by "Lưu dự thảo".

    Raises StoreError when there is no standard to judge by.
    """
    state = st.session_state
    choices = reader.query("laws_to_try", chosen).set_index("document")
    laws = choices[choices.made_at.isna()]
    if laws.empty:
        raise StoreError("Kho chưa có tiêu chuẩn nào để xét thử.")
    unchosen = state.get(_LAW) == state.get(_OFFERED) and not _edited()
    if state.get(_LAW) not in choices.index or unchosen:
        over = len(reader.query("standards_ended", chosen, from_on=date.min)) > 0
        offered = to_try(list(laws.index), reader.query("documents", chosen), over=over)
        if state.get(_LAW) != offered:
            _start_over()
        # `_OFFERED` is set first: should the run break off in between, the law is offered once more.
        state[_OFFERED] = state[_LAW] = offered
    state.setdefault(_PROVINCE, "entered")
    state.setdefault(_GRACE, True)
    which, province, grace = st.columns([6, 5, 5], vertical_alignment="bottom")
    picked = which.selectbox(
        "Xét theo",
        list(choices.index),
        key=_LAW,
        on_change=_take_over,
        args=(reader,),
        format_func=lambda d: f"{choices.legal_ref[d]} ({date_short(choices.effective_from[d])})",
    )
    province.selectbox(
        "Mức tỉnh được giảm cho miền núi", list(PROVINCE), format_func=PROVINCE.__getitem__, key=_PROVINCE
    )
    grace.toggle("Tính thời hạn chuyển tiếp", key=_GRACE)
    kept = law_by_name(reader.store, picked, state[_PROVINCE], grace=state[_GRACE])
    taken_up = (picked, state.get(_NTH, 0))
    if state.get(_KEPT, (None,))[0] != taken_up:
        state[_KEPT] = (taken_up, kept)
    law = replace(kept, province=state[_PROVINCE], grace=state[_GRACE])
    saved = picked not in laws.index
    with st.expander("Soạn dự thảo", icon=":material/edit_note:"):
        asked = {"area": _area(reader, chosen), "province": law.province}
        base = _levels(reader.query("draft_base", Filters(law.law_on), **asked))
        rows = reader.query("draft_base", replace(chosen, as_of=law.law_on), **asked)
        wanted = _table(rows, words, law, base, dict(kept.levels))
        law = replace(law, levels={cell: level for cell, level in wanted.items() if base.get(cell) != level})
        name = str(choices.legal_ref[picked])
        if saved:
            name = f"dự thảo “{picked}”{'' if law == kept else ' đang sửa'}"
        elif law.levels:
            name = f"dự thảo sửa từ {name}"
        law = replace(law, draft=f"D{name[1:]}" if saved or law.levels else law.draft)
        if law.levels:
            st.markdown(escaped(f"Khác văn bản gốc: {differences(law.levels, base, words)}."))
        own = (str(picked), state[_KEPT][1]) if saved else None
        _keeping(reader, words, law, own, edited=dict(law.levels) != dict(kept.levels))
    return Chosen(law, name, bool(law.levels))


def to_try(laws: list[str], documents: pd.DataFrame, *, over: bool = False) -> str:
    """The law after the newest in force, else the one before it, for the one in force changes nothing; the newest where
    its standards are `over`.

    `laws` are codes, the oldest first; `documents` the rows of that query. When none is in force it is the newest.
    """
    in_force = set(documents.document[documents.in_force])
    places = [n for n, law in enumerate(laws) if law in in_force]
    if not places or over:
        return laws[-1]
    newest = places[-1]
    return laws[newest + 1] if newest + 1 < len(laws) else laws[max(newest - 1, 0)]


def _edited() -> bool:
    return _EDITS in st.session_state and bool(st.session_state[_EDITS][2])


def _take_over(reader: Reader) -> None:
    """Begin with what a kept draft was kept with; a real law begins with none of its cells changed."""
    state = st.session_state
    state.pop(_OFFERED, None)
    _start_over()
    try:
        law = law_by_name(reader.store, state[_LAW], state[_PROVINCE], grace=state[_GRACE])
    except StoreError as error:
        outcome.say("draft", str(error), good=False)
        return
    outcome.hush("draft")
    state[_PROVINCE], state[_GRACE] = law.province, law.grace


def _start_over() -> None:
    st.session_state.pop(_EDITS, None)
    st.session_state[_NTH] = st.session_state.get(_NTH, 0) + 1


def _area(reader: Reader, chosen: Filters) -> str:
    """The kind of area that most communes in sight are."""
    units = reader.query("units", chosen)
    if chosen.communes:
        units = units[units.unit_code.isin(chosen.communes)]
    return str(units.area.mode().iloc[0]) if len(units) else "mien_nui"


def _levels(rows: pd.DataFrame) -> Levels:
    return {
        (str(post), str(criterion)): None if pd.isna(level) else str(level)
        for post, criterion, level in rows[["position", "criterion", "required"]].to_numpy()
    }


def _table(rows: pd.DataFrame, words: Words, law: SupposedLaw, base: Levels, kept: Levels) -> Levels:
    """The table of levels, those of the draft in place of the law's; returns every cell somebody has set.

    `rows` of `draft_base` are what the filters leave to be seen, `base` are all, `kept` those a draft was kept with.
    """
    state = st.session_state
    if rows.empty:
        st.markdown("Bộ lọc đang chọn không còn tiêu chí nào so theo mức.")
        return state[_EDITS][2] if _EDITS in state else kept
    posts, criteria = list(dict.fromkeys(rows.position)), list(dict.fromkeys(rows.criterion))
    # With other rows or other levels in force it is a new table, which begins with what was wanted in the last one.
    table = (state[_LAW], law.province, state.get(_NTH, 0), *posts, *criteria)
    begun = state.get(_EDITS)
    start: Levels = kept if begun is None else begun[1] if begun[0] == table else begun[2]
    shown = pd.DataFrame(
        {c: [start.get((p, c), base.get((p, c))) or _NOTHING for p in posts] for c in criteria}, index=posts
    )
    shown.insert(0, "post", [words.label("post", p) for p in posts])
    edited: Any = st.data_editor(
        shown,
        hide_index=True,
        disabled=["post"],
        key=f"draft-{abs(hash((table, tuple(start.items()))))}",
        height="content" if len(posts) <= _WITHOUT_SCROLLING else 460,
        alt="Mức của dự thảo theo chức vụ và tiêu chí",
        column_config={"post": st.column_config.TextColumn(HEADINGS["position"], width=300)}
        | {c: _column(c, words) for c in criteria},
    )
    now: Levels = {
        (p, c): None if edited.at[p, c] == _NOTHING else str(edited.at[p, c])
        for p in posts
        for c in criteria
        if edited.at[p, c] != shown.at[p, c]
    }
    state[_EDITS] = (table, start, start | now)
    st.caption(
        f"Mức mà quy định ngày {date_short(law.law_on)} hỏi mọi người giữ chức vụ. Bấm đúp một ô để chọn mức khác: cả "
        "trang tính lại ngay. “Không quy định” gồm cả chỗ chỉ yêu cầu bồi dưỡng hoặc do tỉnh quy định, đều không xét."
    )
    return start | now


def _column(criterion: str, words: Words) -> Any:
    return st.column_config.SelectboxColumn(
        words.short("criterion", criterion),
        required=True,
        options=[_NOTHING, *words.levels(criterion)],
        format_func=lambda code: "Không quy định" if code == _NOTHING else words.label(criterion, str(code)),
    )


def _keeping(
    reader: Reader, words: Words, law: SupposedLaw, own: tuple[str, SupposedLaw] | None, *, edited: bool
) -> None:
    """Keep the draft by a name, take a kept one away, take back what was changed.

    `own` is the kept draft that is looked at: its name, and what it said when it was taken up.
    """
    name = own[0] if own else ""
    field = f"draft-name-{name}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        may_keep = access.may(Right.RULES)
        if may_keep:
            st.text_input("Tên dự thảo", value=name, key=field, placeholder="Nâng chuẩn 2027", width=320)
            st.button(
                "Lưu dự thảo", key="draft-keep", icon=":material/save:", on_click=_keep, args=(reader, law, own, field)
            )
        if own and may_keep:
            st.button("Xóa dự thảo", key="draft-drop", icon=":material/delete:", on_click=_drop, args=(reader, *own))
        if edited:
            st.button("Bỏ các ô vừa sửa", key="draft-undo", icon=":material/undo:", on_click=_start_over)
    if clashes := outcome.waiting("draft"):
        outcome.ask(clashes, {c.field: _named(words, c.field) for c in clashes}, partial(_written, words))
        with st.container(horizontal=True):
            for label, choice in ((outcome.INSIST, Seen.insist), (outcome.GIVE_WAY, Seen.give_way)):
                st.button(
                    label,
                    key=f"draft-{choice.__name__}",
                    on_click=_keep,
                    args=(reader, law, own, field, choice(Seen(), clashes)),
                )
    outcome.draw("draft", reader)


def _named(words: Words, cell: Any) -> str:
    """What a cell or another condition of a draft is called."""
    if isinstance(cell, str):
        return {"law_on": "Văn bản gốc", "province": "Mức tỉnh được giảm", "grace": "Thời hạn chuyển tiếp"}[cell]
    return f"{words.label('post', cell[0])}, {words.short('criterion', cell[1])}"


def _written(words: Words, cell: Any, value: Any) -> str:
    """A level or another condition of a draft as people write it."""
    match value:
        case "" | None:
            return "không quy định"
        case bool():
            return "có tính thời hạn" if value else "không tính thời hạn"
        case date():
            return date_short(value)
    return PROVINCE.get(value) or words.label(str(cell[1]), str(value))


def _keep(
    reader: Reader, law: SupposedLaw, own: tuple[str, SupposedLaw] | None, field: str, choice: Seen | None = None
) -> None:
    state = st.session_state
    name, (own_name, seen) = clean(state.get(field, "")), own or (None, None)
    outcome.settle("draft")
    try:
        choices = reader.query("laws_to_try", Filters(law.law_on))
        texts = reader.query("documents", Filters(law.law_on))
        drafts = choices.document[choices.made_at.notna()]
        wrong = bad_name(name, [*texts.document, *texts.legal_ref], list(drafts), own_name)
        if not wrong and not law.levels:
            wrong = "Chưa có ô nào khác văn bản gốc. Sửa ít nhất một ô rồi lưu."
        if wrong:
            outcome.say("draft", wrong, good=False)
            return
        with access.acting(Right.RULES) as hand:
            save_draft(reader.store, name, law, seen if name == own_name else None, choice, by=hand.name)
    except Clashed as clashed:
        outcome.hush("draft")
        outcome.wait("draft", clashed.clashes)
        return
    except StoreError as error:
        outcome.say("draft", str(error), good=False)
        return
    _start_over()
    state[_LAW] = name
    outcome.say("draft", f"Đã lưu dự thảo “{name}”.")


def _drop(reader: Reader, own: str, seen: SupposedLaw) -> None:
    state = st.session_state
    try:
        with access.acting(Right.RULES):
            forget_draft(reader.store, own, seen)
    except Clashed:
        # From now on the page shows what others have kept.
        state.pop(_KEPT, None)
        said = f"Dự thảo “{own}” vừa được nơi khác sửa; chưa xóa. Xem lại rồi bấm Xóa dự thảo lần nữa nếu vẫn muốn."
        outcome.say("draft", said, good=False)
        return
    except StoreError as error:
        outcome.say("draft", str(error), good=False)
        return
    state.pop(_LAW, None)
    outcome.say("draft", f"Đã xóa dự thảo “{own}”.")
