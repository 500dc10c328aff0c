"""Cơ cấu đội ngũ: levels, age and sex of the officials over time beside the country's, who came and who left."""

from datetime import date

import streamlit as st

import charts
import course
import filters
import makeup
import parts
import record
from outputs.listing import Listing, listing
from store import open_store

QUERIES = {
    "Cơ cấu theo thời gian": "structure", "Tên từng người": "structure_people", "Đến và rời đi": "flows",
    "Ai đến, ai rời đi": "flow_people", "Số liệu cả nước": "national_figures",
}  # fmt: skip
store, chosen = open_store(), makeup.about(filters.chosen())
words, theme = filters.words(), st.context.theme.type

day, step, ethnic = st.columns([1, 1.2, 2], vertical_alignment="bottom")
first = parts.first_day(day, "structure-from", chosen.as_of)
every = step.segmented_control(
    "Mỗi cột là cuối một", ["year", "quarter", "month"], format_func=course.STEPS.__getitem__, default="year",
    key="structure-step", required=True,
)  # fmt: skip
with ethnic:
    sensitive = st.toggle("Hiện số liệu về dân tộc", key="structure-sensitive", persist_state="session")
    st.caption(makeup.WHY_HIDDEN)
if first is None:
    st.stop()
between = {"from_on": first, "step": str(every), "sensitive": sensitive}
points = listing(store, words, "Cơ cấu theo thời gian", "structure", chosen, **between)
parts.sentence(makeup.sentence(points.frame, words))
if points.frame.empty:
    parts.explanations(QUERIES, store, words)
    st.stop()
for column, figure in zip(st.columns(4, gap="xsmall"), makeup.figures(points.frame, words), strict=True):
    column.metric(figure.title, figure.value, figure.change, delta_color="off", delta_arrow="off", border=True)
if chosen != filters.chosen():
    st.caption("Không kể người hoạt động không chuyên trách; muốn xem thì chọn nhóm ấy ở thanh bên.")

offered = [d for d in words.options("dimension") if d in set(points.frame.dimension)]
dimension = str(st.segmented_control(
    "Cơ cấu theo", offered, format_func=lambda d: words.short("dimension", d), default="chuyen_mon",
    key=f"structure-dimension-{sensitive}", required=True,
))  # fmt: skip
view = f"{first}-{every}-{dimension}-{abs(hash(chosen))}"
rows = points.frame[points.frame.dimension == dimension].reset_index(drop=True)
national = listing(store, words, "Số liệu cả nước", "national_figures", chosen)
marks = makeup.marks(national.frame, dimension, chosen, words)
alt = "Cơ cấu đội ngũ theo thời gian, mỗi cột một ngày; bảng bên dưới nêu cùng số liệu"
figure = charts.structure(rows, marks, words, theme)
picked = parts.chart(figure, f"structure-{view}", alt=alt, pick=dimension != "dan_toc")
st.caption(" ".join(filter(None, [makeup.cited(marks, words), makeup.caution(points.frame, dimension, words)])))
if dimension != "dan_toc":
    on, category = (date.fromisoformat(picked[0]), picked[1]) if picked and picked[0] else (chosen.as_of, None)
    people = makeup.people(listing(store, words, "", "structure_people", chosen.on(on)), dimension, category)
    row = parts.table(people, f"people-{view}", alt="Người đứng sau con số", pick_row=True)
    if row is not None:
        record.open_record(int(people.frame.person_id[row]))

flows = listing(store, words, "Đến và rời đi theo năm", "flows", chosen, **between)
whole = flows.frame[flows.frame.group == "tat_ca"]
st.subheader(makeup.movement(whole, first, chosen.as_of, words), anchor=False)
alt = "Số người đến và rời đi mỗi năm theo lý do; bảng bên dưới nêu cùng số liệu"
turned = parts.chart(charts.flows(whole, words, theme), f"flows-{view}", alt=alt, pick=True)
movers = makeup.movers(listing(store, words, "Người đến, người rời đi", "flow_people", chosen, **between), turned)
row = parts.table(movers, f"movers-{view}", alt="Người đến và người rời đi", pick_row=True)
if row is not None:
    record.open_record(int(movers.frame.person_id[row]))
with st.expander("Bảng số liệu", icon=":material/table:"):
    shown = Listing(store, words, words.label("dimension", dimension), "structure", chosen, rows)
    parts.table(shown, f"points-{view}", alt="Cơ cấu theo thời gian")
    parts.table(flows, f"flows-table-{view}", alt="Đến và rời đi theo năm")
    parts.table(national, "national", alt="Số liệu cả nước có nguồn công khai")
parts.explanations(QUERIES, store, words)
record.show(store, words)
