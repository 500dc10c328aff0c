"""Tinh giản biên chế: how far, why short, who is next, what it costs; every number leads to names."""

import streamlit as st

from app_pages.downsizing import policies, sections
from core.store import open_store
from documents.listing import Listing
from screen import charts, filters, outcome, parts, record
from screen.markdown import escaped

WAYS_OUT = "Lối ra của người chưa đạt và người còn trong lộ trình"
QUERIES = {
    "Kế hoạch": "downsizing_plan",
    "Theo năm": "downsizing_progress",
    "Theo xã, thị trấn": "downsizing_by_commune",
    "Các trường hợp": "downsizing_cases",
    "Vì sao không thành": "downsizing_shortfall",
    "Đánh giá, xếp loại": "evaluation",
    "Các đợt": "downsizing_rounds",
    "Theo căn cứ và chính sách": "downsizing_by_policy",
    "Kinh phí": "downsizing_cost",
    "Rời đi tự nhiên": "natural_leavers",
    "Chưa đánh giá": "evaluation_missing",
    "Diện xem xét": "candidates",
    WAYS_OUT: "ways_out",
}
store, chosen = open_store(), filters.chosen()
words, theme = filters.words(), st.context.theme.type
tables = {t: Listing(store, words, t, name, chosen, store.query(name, chosen)) for t, name in QUERIES.items()}
progress, plan = tables["Theo năm"].frame, tables["Kế hoạch"].frame

parts.sentence(sections.sentence(tables, chosen.as_of))
metrics = sections.metrics(tables, chosen.as_of)
for n, (column, metric) in enumerate(zip(st.columns(len(metrics), gap="xsmall"), metrics, strict=True)):
    with column.container(border=True, gap=None):
        parts.metric(metric.title, metric.value, metric.about)
        st.button(
            "Xem từng người",
            key=f"show-{n}",
            type="tertiary",
            icon=":material/list:",
            on_click=sections.show,
            args=(metric.shows[0],),
            kwargs=metric.shows[1],
        )

if sections.has_course(tables):
    parts.heading(sections.headline(plan))
    course = charts.downsizing(progress, tables["Các đợt"].frame, sections.owed(plan), theme)
    alt = "Biên chế đã giảm cộng dồn theo năm so với chỉ tiêu; bảng theo năm bên dưới nêu cùng số liệu"
    if picked := sections.pick(course, "course", alt):
        sections.lead("all", year=picked[0])

found = sections.names(store, words, chosen)
row = parts.table(found, "downsizing-names", alt="Những người đứng sau con số", pick_row=True)
if row is not None:
    record.open_record(int(found.frame.person_id[row]))

sections.details(tables, store, words, chosen, theme)

parts.heading("Diện xem xét và lối ra")
st.markdown(sections.SUGGESTS)
candidates = tables["Diện xem xét"]
if why_none := sections.ungrounded(store, chosen.as_of):
    st.info(escaped(why_none), icon=":material/info:")
else:
    parts.table(candidates, "candidates", alt="Người có dữ kiện thuộc một căn cứ tinh giản")
policies.decide(store, words, candidates.frame, chosen.as_of)
if chosen.criteria or chosen.verdicts:
    st.caption(sections.UNFILTERED)
parts.table(tables[WAYS_OUT], "ways-out", alt="Thiếu gì, còn bao lâu, kịp học không, lối ra")
policies.side_by_side(store, words, policies.known_people(tables), chosen.as_of)

outcome.draw("ledger", store)
with st.expander("Cập nhật sổ tinh giản", icon=":material/edit_note:"):
    sections.upkeep(store, words, chosen)
if filters.about()["sample"]:
    st.caption(sections.NOTE)
parts.explanations(QUERIES, store, words, documents="decrees")
record.show(store, words)
