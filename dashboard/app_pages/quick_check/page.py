"""Kiểm tra nhanh: a list is judged on the spot and nothing of it is kept."""

import streamlit as st

from app_pages.quick_check import assessing
from screen import access, filters, parts, reading

reader, words = access.reader(), filters.words()
day, place = st.columns([1, 3], vertical_alignment="bottom")
as_of = day.date_input(
    "Xét theo quy định của ngày",
    value=filters.chosen().as_of,
    format="DD/MM/YYYY",
    key="check-day",
    min_value=filters.judged_days().first,
    max_value=filters.LATEST,
)
area = place.segmented_control(
    "Địa bàn của dòng không ghi xã",
    words.options("area"),
    default="mien_nui",
    key="check-area",
    required=True,
    format_func=lambda a: words.label("area", a),
)
file = st.file_uploader(
    "Một danh sách: .xlsx, .xls, .ods, .csv, .tsv, .txt, tối đa 20 MB",
    key="check-file",
    type=["xlsx", "xls", "ods", "csv", "tsv", "txt"],
)
if file is None or as_of is None:
    parts.sentence("Thả một danh sách vào đây để xem ai đạt, ai chưa đạt; không lưu gì vào kho.")
    st.stop()

assessed = assessing.assessed(reader, file, as_of, str(area))
reading.not_taken(assessed.reading)
reading.issues(assessed.reading.issues)
if assessed.reading.unreadable:
    st.stop()
parts.sentence(assessing.verdict_sentence(assessed, as_of))
shortfalls = st.toggle("Chỉ dòng chưa đạt, trong lộ trình hoặc thiếu dữ liệu", value=True, key="check-only")
found = assessing.verdict_listing(assessed, words, as_of, shortfalls)
parts.list_head(found, "check")
rows, table = st.tabs(["Từng dòng", "Bảng"], key="check-view")
with rows:
    st.table(assessing.verdict_table(found), hide_index=True, border="horizontal")
with table:
    parts.grid(found, "check", alt="Kết luận từng dòng của danh sách")
