"""Tổng quan: how many are below standard, where, what changed, and what to look at first."""

from typing import Literal

import streamlit as st

from app_pages.overview import map_form, sentences
from core import mergers
from documents.listing import listing
from screen import access, charts, filters, parts, wording
from screen.markdown import escaped

HERE, LIST = "app_pages/overview/page.py", "app_pages/substandard/page.py"
HOW = {
    "Toàn bộ": "total",
    "Theo nhóm": "headline",
    "Không còn thuộc phạm vi": "out_of_scope",
    "Chưa đáp ứng hướng dẫn": "guidance_by_commune",
    "Theo xã, thị trấn": "communes",
    "Cần chú ý trước": "attention",
    "Kết luận sẽ đổi nếu tỉnh giảm mức": "decision_effect",
    "Chuyên ngành chưa đối chiếu": "unmapped_fields",
}
reader, chosen = access.reader(), filters.chosen()
words, theme = filters.words(), st.context.theme.type
total, by_group = reader.query("total", chosen).iloc[0], reader.query("headline", chosen)

# After the standards of communes a few laws of single posts go on, and there is guidance that is no law.
after, guided = chosen.as_of > filters.judged_days().last, ""
if after:
    asked = (reader.query(query, chosen) for query in ("guidance_by_commune", "guidance_in_force"))
    guided = wording.guidance(*asked)

if not total.total:
    parts.sentence(wording.nobody(reader, chosen, words))
    if guided:
        parts.note(guided)
    parts.explanations(HOW, reader, words)
    map_form.draw(reader)
    st.stop()

parts.sentence(sentences.summary(total, by_group.group, words))
if after and (outside := wording.out_of_scope(reader, chosen)):
    parts.note(outside)
if guided:
    parts.note(guided)
before = mergers.on_day(reader, chosen, filters.compared_day(chosen.as_of))
over = set(reader.query("standards_ended", chosen, from_on=before.as_of).of_groups.str.split(", ").explode())
shown = sentences.metrics(
    total, by_group, reader.query("total", before).iloc[0], reader.query("headline", before), before.as_of, words, over
)
for column, metric in zip(st.columns([11, 11, 10, 10][: len(shown)], gap="xsmall"), shown, strict=True):
    with column.container(border=True, gap=None):
        parts.metric(metric.title, metric.value, metric.about)
        st.page_link(LIST, label="Xem danh sách", icon=":material/list:", query_params=filters.link(**metric.shows))

by_commune = listing(reader, words, f"Tổng hợp theo {filters.kinds()}", "communes", chosen)
communes = by_commune.frame
# A district fits on the screen; more communes than that scroll in a frame of their own.
frame: Literal["content"] | int = "content" if len(communes) <= 12 else 440
own = map_form.drawn(communes.unit_code)
drawn = charts.first_places(communes)
many = len(drawn) < len(communes) and not own
left, right = st.columns([1, 1] if many else [6, 5], gap="medium")
with left:
    parts.heading(sentences.worst(communes) if many else sentences.leading(communes, filters.kinds()))
    with st.container(height="content" if many else frame, border=False):
        if own:
            figure = charts.own_map(own.shapes, own.frame, communes, theme)
        elif many:
            figure = charts.ranked_communes(sentences.by_share(communes), theme)
        else:
            figure = charts.tile_map(communes, theme)
        on_map = parts.chart(figure, "map", alt=f"Các {filters.kinds()} theo tỷ lệ người chưa đạt", pick=True)
with right:
    parts.heading(wording.spread(communes.below, kinds=filters.kinds()))
    with st.container(height="content" if many else frame, border=False):
        ranking = charts.ranked_communes(communes if own else drawn, theme)
        on_bar = parts.chart(ranking, "ranking", alt=f"Số người chưa đạt theo {filters.kinds()}", pick=True)
if picked := on_map or on_bar:
    filters.look_at(picked[0], HERE, LIST)
parts.note(sentences.how_to_read(communes, own, filters.kinds(), many))

pointers = sentences.attention(
    reader.query("attention", chosen), total, *(reader.query(q, chosen) for q in ("decision_effect", "unmapped_fields"))
)
if pointers:
    parts.heading("Cần chú ý trước")
with st.container(gap="xsmall"):
    for pointer in pointers:
        address = filters.link(**pointer.shows)
        st.page_link(
            LIST,
            label=escaped(f"{pointer.text[:1].upper()}{pointer.text[1:]}"),
            icon=":material/arrow_forward:",
            query_params=address,
        )

row = parts.table(
    by_commune, "communes", alt=f"Số người theo kết luận ở từng {filters.kinds()}", height=frame, pick_row=True
)
if row is not None:
    filters.look_at(communes.unit_code[row], HERE, LIST)
parts.explanations(HOW, reader, words)

map_form.draw(reader)
