"""Cơ quan: who keeps the store and its communes, put right after they were entered; who changed what; backups."""

import streamlit as st

from access.rights import Right
from app_pages.office import birth, form, saved
from core.store import Filters
from screen import access, filters, outcome, parts
from screen.markdown import escaped

reader, words = access.reader(), filters.words()
as_of = filters.chosen().as_of
units = reader.query("units", Filters(as_of))
about = reader.query("about", Filters(as_of)).iloc[0]
parts.sentence(form.sentence(about, units, as_of, filters.kinds()))
if renamed := form.renamed(about):
    st.info(escaped(renamed), icon=":material/event_busy:")
outcome.draw("office", reader)
form.draw(reader, words, as_of)
parts.heading("Đã sửa những gì")
form.history(reader, as_of)
parts.heading("Khi chỉ biết năm sinh")
birth.draw(reader, as_of)
if access.may(Right.STORE):
    parts.heading("Sao lưu")
    saved.draw(reader)
    with st.expander("Dữ liệu minh hoạ", icon=":material/science:"):
        form.sample()
