"""Nhập và cập nhật: drop the lists of communes, answer what is unclear, record them; take any batch back."""

import streamlit as st

from app_pages.intake import batches, differences, files, forms, questions
from core.store import open_store
from screen import change_form, filters, outcome, parts, reading

store, words = open_store(), filters.words()
outcome.draw("intake", store)
lists, newcomer, done = st.tabs(["Nạp danh sách", "Thêm một người", "Các đợt đã ghi"], key="intake-view")

with lists:
    day, hidden = st.columns([1, 3], vertical_alignment="bottom")
    as_of = day.date_input(
        "Danh sách tính đến ngày",
        value=None,
        format="DD/MM/YYYY",
        key="intake-day",
        persist_state="session",
        min_value=filters.judged_days().first,
        max_value=filters.LATEST,
        help="Để trống: theo ngày ghi ở tiêu đề danh sách, không ghi thì theo danh sách mới nhất đang có.",
    )
    with_hidden = hidden.checkbox("Đọc cả trang tính ẩn", key="intake-hidden", persist_state="session")
    if dropped := files.dropped():
        intake = files.current(store, dropped, as_of, with_hidden)
        parts.sentence(files.sentence(intake))
        reading.not_taken(intake.reading, files.leave_out)
        batches.record(intake)
        questions.whose(store, intake)
        questions.questions(intake)
        questions.strange_words(store, intake, words)
        differences.problems(intake)
        differences.newcomers(intake, words)
        differences.differences(intake, words)
        differences.missing(intake, words)
        questions.columns(store, intake)
    else:
        forms.nothing_dropped(store, as_of or filters.about().data_as_of.date())

with newcomer:
    parts.sentence("Ghi một người chưa có trong danh sách nào; người đã có thì mở hồ sơ để ghi thay đổi.")
    change_form.newcomer(store, words)

with done:
    batches.batches(store)
