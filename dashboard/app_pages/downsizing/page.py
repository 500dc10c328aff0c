"""Tinh giản biên chế: how far, why short, who is next, what it costs; every number leads to names."""

import streamlit as st

from access.rights import Right
from app_pages.downsizing import candidates, details, names, policies, progress, top_ups, upkeep
from documents.listing import Listings
from screen import access, charts, filters, outcome, parts, profile
from screen.markdown import escaped

NOTE = (
    "Báo cáo năm 2018 của huyện chỉ nêu kế hoạch tinh giản chưa năm nào đạt 100% vì khó đánh giá, phân loại, không nêu "
    "số liệu; mọi con số ở đây là dữ liệu minh hoạ."
)
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
reader, chosen = access.reader(), filters.chosen()
words, theme = filters.words(), st.context.theme.type
if not parts.narrowed(reader, "downsizing-everybody"):
    st.stop()
tables = Listings(reader, words, QUERIES, chosen)
by_year, plan = tables["Theo năm"].frame, tables["Kế hoạch"].frame

parts.sentence(progress.sentence(tables, chosen.as_of))
metrics = progress.metrics(tables, chosen.as_of)
for n, (column, metric) in enumerate(zip(st.columns(len(metrics), gap="xsmall"), metrics, strict=True)):
    with column.container(border=True, gap=None):
        parts.metric(metric.title, metric.value, metric.about)
        st.button(
            "Xem từng người",
            key=f"show-{n}",
            type="tertiary",
            icon=":material/list:",
            on_click=names.show,
            args=(metric.shows[0],),
            kwargs=metric.shows[1],
        )

if progress.has_course(tables):
    parts.heading(progress.headline(plan))
    course = charts.downsizing(by_year, tables["Các đợt"].frame, progress.owed(plan), theme)
    alt = "Biên chế đã giảm cộng dồn theo năm so với chỉ tiêu; bảng theo năm bên dưới nêu cùng số liệu"
    if picked := names.pick(course, "course", alt):
        names.lead("all", year=picked[0])

found = names.behind(reader, words, chosen)
row = parts.table(found, "downsizing-names", alt="Những người đứng sau con số", pick_row=True)
if row is not None:
    profile.open_profile(int(found.frame.person_id[row]))

details.draw(tables, reader, words, chosen, theme)

parts.heading("Diện xem xét và lối ra")
st.markdown(candidates.SUGGESTS)
suggested = tables["Diện xem xét"]
if why_none := candidates.ungrounded(reader, chosen.as_of):
    st.info(escaped(why_none), icon=":material/info:")
else:
    parts.table(suggested, "candidates", alt="Người có dữ kiện thuộc một căn cứ tinh giản")
if access.may(Right.RECORD):
    candidates.decide(reader, words, suggested.frame, chosen.as_of)
if chosen.criteria or chosen.verdicts:
    st.caption(candidates.UNFILTERED)
parts.table(tables[WAYS_OUT], "ways-out", alt="Thiếu gì, còn bao lâu, kịp học không, lối ra")
policies.side_by_side(reader, words, policies.known_people(tables), chosen.as_of)

parts.heading("Hỗ trợ thêm của tỉnh, cơ quan")
top_ups.draw(reader, words, chosen)

outcome.draw("ledger", reader)
if access.may(Right.RECORD):
    with st.expander("Cập nhật sổ tinh giản", icon=":material/edit_note:"):
        upkeep.draw(reader, words, chosen)
if filters.about()["sample"]:
    st.caption(NOTE)
parts.explanations(QUERIES, reader, words, documents="decrees")
profile.show(reader, words)
