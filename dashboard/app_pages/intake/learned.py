"""What officers have taught the store about words and columns of lists: what, by whom, for which batch, and a way to
forget each."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from access.rights import Right
from app_pages.intake.questions import meaning
from core import office
from core.conflict import Clashed, Seen
from core.store import Filters, Reader
from core.vietnamese import date_short, number
from core.words import Words
from intake.session import vocabulary
from intake.vocabulary import IGNORED, field_names
from screen import access, outcome, parts
from screen.markdown import escaped
from screen.reading import MOST_SHOWN

_Row = Mapping[Hashable, Any]


def draw(reader: Reader, words: Words, as_of: date) -> None:
    """Every word and column, the newest first."""
    rows = reader.query("learned", Filters(as_of))
    if rows.empty:
        parts.sentence("Chưa có từ hay cột nào được chỉ thêm.")
        return
    parts.sentence(f"Kho nhớ {number(len(rows))} từ, cột do cơ quan chỉ; quên một điều thì lần nạp sau kho lại hỏi.")
    fields = field_names(vocabulary(reader, as_of))
    for n, row in enumerate(rows.head(MOST_SHOWN).to_dict("records")):
        what, forget = st.columns([10, 1], vertical_alignment="center")
        what.markdown(f"{_said(row, words, fields)}  \n{escaped(_taught(row))}")
        forget.button("Quên", key=f"forget-lesson-{n}", on_click=_forget, args=(reader, row))
    if len(rows) > MOST_SHOWN:
        parts.note(f"Còn {number(len(rows) - MOST_SHOWN)} điều cũ hơn, hiện dần khi các điều trên đã quên.")


def _said(row: _Row, words: Words, fields: Mapping[str, str]) -> str:
    if row["kind"] == "word":
        domain = "unit" if row["place"] == "commune" else str(row["place"])
        return f"Từ **{escaped(row['text'])}**: {escaped(meaning(words, domain, row['meaning']))}"
    taken_for = "Bỏ qua" if row["meaning"] == IGNORED else fields.get(row["meaning"], row["meaning"])
    return f"Cột **{escaped(row['text'])}**: {escaped(taken_for)}"


def _taught(row: _Row) -> str:
    """By whom, when and for which batch; an older store did not keep that."""
    if pd.isna(row["taught_at"]):
        return "chưa rõ ai chỉ, lúc nào"
    told = f"{row['taught_by'] or 'chưa rõ ai'} chỉ lúc {row['taught_at']:%H:%M} {date_short(row['taught_at'])}"
    if pd.isna(row["batch_id"]):
        return f"{told}, chưa ghi nhận đợt nào"
    undone = "" if pd.isna(row["undone_at"]) else " (đã hoàn tác)"
    return f"{told}, khi nạp đợt {int(row['batch_id'])}: {row['title']}{undone}"


def _forget(reader: Reader, row: _Row) -> None:
    what = f"{'từ' if row['kind'] == 'word' else 'cột'} “{row['text']}”"
    try:
        with access.acting(Right.RECORD):
            if row["kind"] == "word":
                office.forget_word(reader.store, row["place"], row["text"], Seen({"code": row["meaning"]}))
            else:
                seen = Seen({"field": row["meaning"]})
                office.remember_column(reader.store, row["place"], row["text"], None, seen)
    except Clashed:
        # The row, drawn again, says what it means now.
        said = f"Chưa quên {what}: nơi khác vừa chỉ lại nghĩa, nay đã hiện ở dưới. Bấm lại nếu vẫn muốn quên."
        outcome.say("intake", said, good=False)
        return
    outcome.say("intake", f"Đã quên {what}.")
    # The files that are dropped are read again without it.
    st.session_state["intake-taught"] = st.session_state.get("intake-taught", 0) + 1
