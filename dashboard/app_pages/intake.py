"""Nhập và cập nhật: drop the lists of communes, answer what is unclear, record them; take any batch back."""

import streamlit as st

import filters
import parts
import updates
from store import open_store

store, words = open_store(), filters.words()
said = st.session_state.pop("intake-said", None)
if said:
    st.success(said, icon=":material/check:")
if refused := st.session_state.pop("intake-refused", None):
    st.error(refused, icon=":material/error:")
lists, done = st.tabs(["Nạp danh sách", "Các đợt đã ghi"], key="intake-view")

with lists:
    day, hidden = st.columns([1, 3], vertical_alignment="bottom")
    as_of = day.date_input(
        "Danh sách tính đến ngày", value=filters.about().data_as_of.date(), format="DD/MM/YYYY", key="intake-day",
        min_value=filters.EARLIEST, max_value=filters.LATEST_LAW,
    )  # fmt: skip
    with_hidden = hidden.checkbox("Đọc cả trang tính ẩn", key="intake-hidden")
    files = st.file_uploader(
        "Danh sách của các xã, thị trấn: .xlsx, .xls, .ods, .csv, .tsv, tối đa 20 MB mỗi tệp",
        type=["xlsx", "xls", "ods", "csv", "tsv", "txt"], accept_multiple_files=True,
        key=f"intake-files-{st.session_state.get('intake-drop', 0)}",
    )  # fmt: skip
    if files and as_of:
        intake = updates.current(store, files, as_of, with_hidden)
        parts.sentence(updates.sentence(intake.counts()))
        updates.record(intake)
        updates.questions(intake)
        updates.strange_words(store, intake, words)
        updates.problems(intake)
        updates.differences(intake, words)
        updates.missing(intake, words)
        updates.columns(store, intake)
    else:
        parts.sentence("Thả các danh sách vào đây; chưa ghi gì cho đến khi bấm Ghi nhận.")
        if as_of:
            updates.form(store, as_of)

with done:
    updates.batches(store)
