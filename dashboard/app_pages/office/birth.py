"""The office's choice of how to read a birth of which the year alone is known, with the source of each reading."""

from datetime import date

import pandas as pd
import streamlit as st

from access.rights import Right
from core import office
from core.conflict import Clashed, Seen
from core.store import Filters, Reader
from core.vietnamese import date_short
from screen import access, filters, outcome, parts
from screen.markdown import escaped

_PLACE, _CHOICE = "birth-reading", "birth-reading-choice"
_NOT_CHOSEN = "Chưa chọn: từ đầu năm đến cuối năm"


def draw(reader: Reader, as_of: date) -> None:
    """What the sources say, what is chosen since when, and the form to choose."""
    rows = reader.query("birth_readings", Filters(as_of))
    days = {str(r.reading): f"Ngày {r.day:02}/{r.month:02}" for r in rows.itertuples()}
    st.table(
        pd.DataFrame(
            {
                "Cách tính": list(days.values()),
                "Căn cứ": rows.legal_ref.map(escaped),
                "Ghi chú": rows.note.map(escaped),
                "Đang áp dụng": [f"nghỉ hưu từ {date_short(on)}" if pd.notna(on) else "—" for on in rows.from_on],
            }
        ),
        hide_index=True,
        border="horizontal",
    )
    parts.note(
        "Hai nguồn nói khác nhau nên chương trình không tự chọn. Chỉ dùng cho ngày nghỉ hưu của người chỉ biết "
        "năm sinh; ai biết tháng sinh thì tháng nghỉ hưu đã rõ."
    )
    in_use = rows.reading[rows.from_on.notna()]
    now = str(in_use.iloc[0]) if len(in_use) else None
    shown = outcome.first_shown(_PLACE, _CHOICE, {"reading": now})
    with st.form("birth-reading-form", border=False):
        which, since = st.columns(2)
        choices = [None, *days]
        chosen = which.selectbox(
            "Chỉ biết năm sinh thì tính từ",
            choices,
            index=choices.index(shown["reading"]),
            format_func=lambda reading: days.get(reading, _NOT_CHOSEN) if reading else _NOT_CHOSEN,
            key=_CHOICE,
        )
        from_on = since.date_input(
            "Với người nghỉ hưu từ ngày",
            value=date(as_of.year, 1, 1),
            format="DD/MM/YYYY",
            min_value=filters.judged_days().first,
        )
        if st.form_submit_button("Ghi nhận", icon=":material/save:"):
            _keep(reader, chosen, from_on, Seen(shown))
            st.rerun()


def _keep(reader: Reader, reading: str | None, from_on: date | None, seen: Seen) -> None:
    if from_on is None:
        outcome.say("office", "Chưa chọn áp dụng với người nghỉ hưu từ ngày nào.", good=False)
        return
    try:
        with access.acting(Right.RULES) as hand:
            office.choose_birth(reader.store, reading, from_on, hand.name, seen)
    except Clashed:
        outcome.say("office", "Nơi khác vừa chọn cách khác; chưa ghi gì. Xem lại rồi ghi nhận.", good=False)
    else:
        outcome.say("office", "Đã ghi nhận cách tính khi chỉ biết năm sinh.")
    outcome.begin_anew(_PLACE)
