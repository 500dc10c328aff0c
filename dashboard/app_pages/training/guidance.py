"""The part of the page that tells who does not follow a guidance, and until when a commune has time for it."""

from datetime import date

import pandas as pd
import streamlit as st

from access.rights import Right
from core import office
from core.conflict import Clashed, Seen
from core.store import Filters, Reader
from core.vietnamese import date_short, listed
from core.words import Words
from documents.listing import listing
from screen import access, filters, outcome, parts, profile, wording
from screen.markdown import escaped

_PLACE, _UNITS = "guidance", "time-units"
_Times = dict[str, date | None]


def draw(reader: Reader, words: Words, chosen: Filters) -> None:
    """How many, in which communes, who; nothing on a day without a guidance."""
    texts = reader.query("guidance_in_force", chosen)
    if texts.empty:
        return
    communes = listing(reader, words, "Chưa đáp ứng hướng dẫn, theo xã", "guidance_by_commune", chosen)
    if said := wording.guidance(communes.frame, texts):
        parts.heading("Chưa đáp ứng hướng dẫn")
        st.markdown(said)
        parts.table(communes, "guided", alt="Số người chưa đáp ứng hướng dẫn ở từng xã")
        named = filters.nameable(reader)
        gaps = listing(reader, words, "Ai chưa đáp ứng hướng dẫn", "guidance_gaps", chosen, named=named)
        row = parts.table(gaps, "gaps", alt="Điều hướng dẫn nêu mà từng người chưa có", pick_row=True)
        if row is not None:
            profile.open_profile(int(gaps.frame.person_id[row]))
    outcome.draw(_PLACE, reader)
    if not access.may(Right.RULES):
        return
    opened = st.expander("Xã được cho thêm thời gian", icon=":material/schedule:", key="time-given", on_change="rerun")
    if opened.open:
        with opened:
            _times(reader, chosen)


def _times(reader: Reader, chosen: Filters) -> None:
    """What is entered, by which text, and the form to enter or take back."""
    known = reader.query("guidance_clocks", Filters(chosen.as_of))
    st.caption(
        "Hướng dẫn cho xã vùng dân tộc thiểu số, xã đặc biệt khó khăn thêm thời gian kể từ ngày lập xã mới. "
        "Chương trình không biết xã nào thuộc diện ấy: nhập theo văn bản."
    )
    entered = known[known.until.notna()]
    if len(entered):
        told = {
            "Xã": entered.commune.map(escaped),
            "Đến hết ngày": entered.until.map(date_short),
            "Văn bản": entered.number.map(escaped),
        }
        st.table(pd.DataFrame(told), hide_index=True, border="horizontal")
    documents = dict(zip(known.document, known.legal_ref, strict=True))
    names = dict(zip(known.unit_code, known.commune, strict=True))
    now: _Times = {u: None if pd.isna(day) else day.date() for u, day in zip(known.unit_code, known.until, strict=True)}
    shown = outcome.first_shown(_PLACE, _UNITS, now)
    with st.form("time-given-form", border=False):
        document = st.selectbox("Hướng dẫn", documents, format_func=documents.__getitem__)
        units = st.multiselect("Xã", names, format_func=names.__getitem__, placeholder="Chọn xã", key=_UNITS)
        number, until = st.columns(2)
        text = number.text_input("Văn bản xác định", placeholder="Số, ký hiệu", max_chars=100)
        last = date(chosen.as_of.year + 20, 12, 31)
        day = until.date_input("Đến hết ngày", value=None, format="DD/MM/YYYY", min_value=chosen.as_of, max_value=last)
        keep, drop = st.columns(2)
        kept = keep.form_submit_button("Ghi thời hạn", icon=":material/save:", type="primary")
        dropped = drop.form_submit_button("Bỏ thời hạn của các xã này", icon=":material/delete:")
    if kept and day is None:
        outcome.say(_PLACE, "Chưa chọn ngày cuối của thời hạn.", good=False)
    elif kept or dropped:
        seen = Seen({unit: shown[unit] for unit in units})
        _keep(reader, document, units, day if kept else None, text, seen, names)
    if kept or dropped:
        st.rerun()


def _keep(
    reader: Reader, document: str, units: list[str], until: date | None, text: str, seen: Seen, names: dict[str, str]
) -> None:
    try:
        with access.acting(Right.RULES):
            office.set_time(reader.store, document, units, until, text, seen)
    except office.NotAccepted as refused:
        outcome.say(_PLACE, str(refused), good=False)
        return
    except Clashed as clashed:
        where = listed([names[clash.field] for clash in clashed.clashes])
        said = f"Nơi khác vừa ghi thời hạn của {where}; chưa ghi gì. Xem lại điều đang hiện rồi ghi."
        outcome.say(_PLACE, said, good=False)
    else:
        outcome.say(_PLACE, "Đã ghi thời hạn." if until else "Đã bỏ thời hạn.")
    outcome.begin_anew(_PLACE)
