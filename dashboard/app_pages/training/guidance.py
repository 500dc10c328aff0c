"""The part of the page that tells who does not follow a guidance yet, and until when a commune has time for it."""

from datetime import date

import streamlit as st

from core import office
from core.store import Filters, Reader
from core.words import Words
from documents.listing import listing
from screen import outcome, parts, profile, wording

_PLACE = "guidance"


def draw(reader: Reader, words: Words, chosen: Filters) -> None:
    """How many, in which communes, who; nothing on a day without a guidance."""
    said = wording.guidance(reader, chosen)
    if not said:
        return
    parts.heading("Chưa theo kịp hướng dẫn")
    st.markdown(said)
    communes = listing(reader, words, "Chưa theo kịp hướng dẫn, theo xã", "guidance_by_commune", chosen)
    parts.table(communes, "guided", alt="Số người chưa theo kịp hướng dẫn ở từng xã")
    gaps = listing(reader, words, "Ai chưa theo kịp hướng dẫn", "guidance_gaps", chosen)
    row = parts.table(gaps, "gaps", alt="Điều hướng dẫn nêu mà từng người chưa có", pick_row=True)
    if row is not None:
        profile.open_profile(int(gaps.frame.person_id[row]))
    outcome.draw(_PLACE, reader)
    with st.expander("Xã được cho thêm thời gian", icon=":material/schedule:"):
        _form(reader, chosen)


def _form(reader: Reader, chosen: Filters) -> None:
    texts = reader.query("guidance_in_force", chosen)
    documents = dict(zip(texts.document, texts.legal_ref, strict=True))
    units = reader.query("units", Filters(chosen.as_of))
    names = dict(zip(units.unit_code, units.commune, strict=True))
    st.caption(
        "Hướng dẫn cho xã vùng dân tộc thiểu số, xã đặc biệt khó khăn thêm thời gian kể từ ngày lập xã mới. "
        "Chương trình không biết xã nào thuộc diện ấy: nhập theo văn bản."
    )
    with st.form("time-given", border=False):
        document = st.selectbox("Hướng dẫn", documents, format_func=documents.__getitem__)
        picked = st.multiselect("Xã", names, format_func=names.__getitem__, placeholder="Chọn xã")
        number, until = st.columns(2)
        text = number.text_input("Văn bản xác định", placeholder="Số, ký hiệu", max_chars=100)
        last = date(chosen.as_of.year + 20, 12, 31)
        day = until.date_input("Đến hết ngày", value=None, format="DD/MM/YYYY", min_value=chosen.as_of, max_value=last)
        keep, drop = st.columns(2)
        kept = keep.form_submit_button("Ghi thời hạn", icon=":material/save:", type="primary")
        dropped = drop.form_submit_button("Bỏ thời hạn của các xã này", icon=":material/delete:")
    if kept:
        _keep(reader, document, picked, day, text)
    if dropped:
        for unit in picked:
            office.withdraw_time(reader.store, document, unit)
        outcome.say(_PLACE, "Đã bỏ thời hạn." if picked else "Chưa chọn xã nào.", good=bool(picked))
    if kept or dropped:
        st.rerun()


def _keep(reader: Reader, document: str, units: list[str], until: date | None, text: str) -> None:
    if until is None:
        outcome.say(_PLACE, "Chưa chọn ngày cuối của thời hạn.", good=False)
        return
    try:
        office.allow_time(reader.store, document, units, until, text)
    except office.NotAccepted as refused:
        outcome.say(_PLACE, str(refused), good=False)
        return
    outcome.say(_PLACE, "Đã ghi thời hạn.")
