"""Diễn biến: people below over time, and why the number changed between two days, each change by name."""

from datetime import date

import streamlit as st

import charts
import course
import filters
import parts
import record
from outputs.listing import Listing
from store import open_store

LIST = "app_pages/substandard.py"
QUERIES = {"Theo thời gian": "trend", "Vì sao thay đổi": "change_between", "Ai thay đổi": "changed_people"}
store, chosen = open_store(), filters.chosen()
words, theme = filters.words(), st.context.theme.type

since, step = st.columns([1, 3], vertical_alignment="bottom")
first = parts.first_day(since, "trend-from", chosen.as_of)
every = step.segmented_control(
    "Mỗi điểm là cuối một", list(course.STEPS), format_func=course.STEPS.__getitem__, default="quarter",
    key="trend-step", label_visibility="collapsed", required=True,
)  # fmt: skip
if first is None:
    st.stop()
between = {"from_on": first, "step": str(every)}
tables = {
    t: Listing(store, words, t, name, chosen, store.query(name, chosen, **between)) for t, name in QUERIES.items()
}
changes, people = tables["Vì sao thay đổi"].frame, tables["Ai thay đổi"].frame

parts.sentence(course.sentence(changes, first, chosen.as_of, words))
view = f"{first}-{every}-{abs(hash(chosen))}"
st.subheader("Số người chưa đạt thay đổi vì sao", anchor=False)
alt = "Từ số người chưa đạt lúc đầu đến lúc cuối, mỗi cột một nguyên nhân; bảng bên dưới nêu cùng số liệu"
picked = parts.chart(charts.bridge(changes, words, theme), f"bridge-{view}", alt=alt, pick=True)
shown = tables["Ai thay đổi"]
if picked and picked[0] not in ("start", "end"):
    rows = people[(people.change_cause == picked[0]) & (people.change * picked[1] > 0)].reset_index(drop=True)
    shown = Listing(store, words, words.label("change_cause", picked[0]), shown.query, chosen, rows)
row = parts.table(shown, f"changed-{view}", alt="Người thôi chưa đạt hoặc thành chưa đạt", pick_row=True)
if row is not None:
    record.open_record(int(shown.frame.person_id[row]))
with st.expander("Đoạn văn cho báo cáo", icon=":material/description:"):
    st.code(course.paragraph(changes, people, first, chosen.as_of, words), language=None, wrap_lines=True)

st.subheader("Số người chưa đạt theo thời gian", anchor=False)
laws = store.query("standards_begun", chosen, from_on=first)
points = tables["Theo thời gian"].frame
alt = "Số người chưa đạt của từng nhóm theo thời gian; bảng bên dưới nêu cùng số liệu"
if point := parts.chart(charts.trend(points, laws, words, theme), f"trend-{view}", alt=alt, pick=True):
    day = date.fromisoformat(point[0])
    st.switch_page(LIST, query_params=filters.link(as_of=day, verdicts=()))
st.caption("Bấm vào một điểm để xem danh sách của ngày ấy. Đường chấm là ngày một tiêu chuẩn bắt đầu áp dụng.")
with st.expander("Bảng số liệu", icon=":material/table:"):
    parts.table(tables["Vì sao thay đổi"], "changes", alt="Thay đổi theo nguyên nhân")
    parts.table(tables["Theo thời gian"], "points", alt="Số người theo thời gian")
parts.explanations(QUERIES, store, words)
record.show(store, words)
