"""Nhập và cập nhật: drop the lists of communes, answer what is unclear, record them; take any batch back."""

import streamlit as st

from app_pages.intake import batches, differences, files, forms, learned, questions
from screen import access, change_form, filters, outcome, parts, reading

reader, words = access.reader(), filters.words()
outcome.draw("intake", reader)
lists, newcomer, done, taught = st.tabs(
    ["Nạp danh sách", "Thêm một người", "Các đợt đã ghi", "Từ, cột đã nhớ"], key="intake-view"
)

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
    with_hidden = hidden.checkbox("Đọc cả phần bị ẩn", key="intake-hidden", persist_state="session")
    if dropped := files.dropped():
        intake = files.current(reader, dropped, as_of, with_hidden)
        parts.sentence(files.sentence(intake))
        reading.not_taken(intake.reading, files.leave_out)
        batches.record(intake)
        questions.whose(reader, intake)
        questions.questions(intake)
        questions.strange_words(reader, intake, words)
        differences.problems(intake)
        differences.newcomers(intake, words)
        differences.differences(intake, words)
        differences.missing(intake, words)
        questions.columns(reader, intake)
    else:
        forms.nothing_dropped(reader, as_of or filters.about().data_as_of.date())

with newcomer:
    parts.sentence("Ghi một người chưa có trong danh sách nào; người đã có thì mở hồ sơ để ghi thay đổi.")
    change_form.newcomer(reader, words)

with done:
    batches.batches(reader)

with taught:
    learned.draw(reader, words, as_of or filters.about().data_as_of.date())
