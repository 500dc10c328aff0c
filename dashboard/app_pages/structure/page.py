"""Cơ cấu đội ngũ: levels, age and sex of the officials over time beside the country's, who came and who left."""

from datetime import date

import streamlit as st

from access.rights import Right
from app_pages.structure import sentences
from core.store import Filters
from core.words import OFFICIALS
from documents.listing import Listing, listing
from screen import access, charts, filters, parts, profile, wording
from screen.exporting import chosen_in_log

QUERIES = {
    "Cơ cấu theo thời gian": "structure",
    "Tên từng người": "structure_people",
    "Đến và rời đi theo năm": "flows",
    "Ai đến, ai rời đi": "flow_people",
    "Số liệu cả nước": "national_figures",
}
NAMES = ("structure_people", "flow_people")
reader, chosen = access.reader(), sentences.about(filters.chosen())
words, theme = filters.words(), st.context.theme.type

day, step = st.columns([1, 3], vertical_alignment="bottom")
first = parts.first_day(day, "structure-from", chosen.as_of)
every = parts.step(step, "structure-step", "Mỗi cột là cuối một", ["year", "quarter", "month"], "year")
if first is None:
    st.stop()
sensitive = access.may(Right.SENSITIVE) and st.session_state.get("structure-sensitive", False)
if sensitive:
    access.note_once("xem_nhay_cam", trang="Cơ cấu đội ngũ", loc=chosen_in_log(chosen))
between = {"from_on": first, "step": every, "sensitive": sensitive}
few = filters.nameable(reader)
tables = {
    t: listing(reader, words, t, name, chosen, named=few or name not in NAMES, **between) for t, name in QUERIES.items()
}
points, flows = tables["Cơ cấu theo thời gian"].frame, tables["Đến và rời đi theo năm"].frame
if points.empty:
    parts.sentence(wording.nobody(reader, chosen, words))
    parts.explanations(QUERIES, reader, words)
    st.stop()
parts.sentence(sentences.sentence(points, words))
for column, metric in zip(st.columns(4, gap="xsmall"), sentences.metrics(points, words), strict=True):
    parts.metric(metric.title, metric.value, metric.about, column)
st.caption(sentences.compared(points, officials_only=chosen != filters.chosen()))
officials = Filters(chosen.as_of, groups=OFFICIALS)
if set(chosen.groups) & set(officials.groups) and (
    reclassified := sentences.reclassified(reader.query("standards_ended", officials, from_on=date.min))
):
    parts.note(reclassified)

kinds, ethnic = st.columns([13, 7])
offered = [d for d in words.options("dimension") if d in set(points.dimension)]
dimension = str(
    kinds.segmented_control(
        "Cơ cấu theo",
        offered,
        format_func=lambda d: words.short("dimension", d),
        default="chuyen_mon",
        key=f"structure-dimension-{sensitive}",
        required=True,
    )
)
if access.may(Right.SENSITIVE):
    with ethnic:
        st.toggle("Hiện số liệu về dân tộc", key="structure-sensitive", persist_state="session")
        st.caption(sentences.WHY_HIDDEN)
view = f"{first}-{every}-{dimension}-{abs(hash(chosen))}"
rows = points[points.dimension == dimension].reset_index(drop=True)
marks = sentences.marks(tables["Số liệu cả nước"].frame, dimension, chosen, words)
drawn, alt = charts.structure(rows, marks, words, theme), "Cơ cấu theo thời gian; bảng bên dưới nêu cùng số liệu"
picked = parts.chart(drawn, f"structure-{view}", alt=alt, pick=dimension != "dan_toc")
parts.note(" ".join(filter(None, [sentences.cited(marks, words), sentences.caution(points, dimension, words)])))
if dimension != "dan_toc":
    on, category = (date.fromisoformat(picked[0]), picked[1]) if picked and picked[0] else (chosen.as_of, None)
    seen = tables["Tên từng người"]
    seen = seen if on == chosen.as_of else listing(reader, words, seen.title, seen.query, chosen.on(on), named=few)
    people = sentences.people(seen, dimension, category)
    row = parts.table(people, f"people-{view}", alt="Người đứng sau con số", pick_row=True)
    if row is not None:
        profile.open_profile(int(people.frame.person_id[row]))

whole = flows[flows.group == "tat_ca"]
parts.heading(sentences.movement(whole, first, chosen.as_of, words))
alt = "Số người đến và rời đi mỗi năm theo lý do; bảng bên dưới nêu cùng số liệu"
turned = parts.chart(charts.flows(whole, words, theme), f"flows-{view}", alt=alt, pick=True)
movers = sentences.movers(tables["Ai đến, ai rời đi"], turned)
row = parts.table(movers, f"movers-{view}", alt="Người đến và người rời đi", pick_row=True)
if row is not None:
    profile.open_profile(int(movers.frame.person_id[row]))
folded = parts.fold("Bảng số liệu", "numbers", ":material/table:")
if folded.open:
    with folded:
        title = f"Cơ cấu theo {words.short('dimension', dimension).lower()}"
        parts.table(
            Listing(reader, words, title, "structure", chosen, rows), f"points-{view}", alt="Cơ cấu theo thời gian"
        )
        parts.table(tables["Đến và rời đi theo năm"], f"years-{view}", alt="Đến và rời đi theo năm")
        parts.table(tables["Số liệu cả nước"], "national", alt="Số liệu cả nước có nguồn công khai")
parts.explanations(QUERIES, reader, words)
profile.show(reader, words)
