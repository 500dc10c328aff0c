"""Bắt đầu với số liệu thật: an office that has looked at the sample opens a store of its own, kept apart from it."""

import streamlit as st

from access.rights import Right
from app_pages.start import form
from core import store
from screen import access, filters, parts

reader = access.reader()
if store.looked_at():
    # The office has begun already and only looks at the sample again.
    parts.sentence("Đang xem lại dữ liệu minh hoạ; kho của cơ quan còn nguyên.")
    if st.button("Trở lại kho của cơ quan", type="primary", key="start-back", icon=":material/arrow_back:"):
        access.account().ask(Right.STORE)
        store.look_at(None)
        st.session_state.clear()
        st.switch_page("app_pages/overview/page.py")
    st.stop()
parts.sentence("Mở kho số liệu của cơ quan, chưa có ai; dữ liệu minh hoạ được giữ riêng, không lẫn vào.")
form.draw(reader, filters.words(), filters.about().data_as_of.date())
