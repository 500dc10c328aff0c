"""Thử tiêu chuẩn khác: the same people on the same day by another standard or a draft; who flips, and by what."""

import streamlit as st

from app_pages.what_if import draft, sentences
from core.store import StoreError
from documents.listing import Listing
from screen import access, charts, filters, parts, profile, wording
from screen.markdown import escaped
from supposing import what_if
from supposing.supposition import under

HERE = "app_pages/what_if/page.py"
HOW = {title: query for query, title in what_if.TITLES.items()}
reader, chosen = access.reader(), filters.chosen()
words, theme, state = filters.words(), st.context.theme.type, st.session_state
if not parts.narrowed(reader, "what-if-everybody"):
    st.stop()
try:
    law, name, drafted = draft.choose(reader, words, chosen)
    with under(reader, law, chosen) as supposed:
        frames = {query: supposed.query(query, chosen) for query in what_if.TITLES}
except StoreError as error:
    st.error(escaped(str(error)), icon=":material/error:")
    st.stop()
if frames["what_if_total"].empty:
    parts.sentence(wording.nobody(reader, chosen, words))
    parts.explanations(HOW, reader, words)
    st.stop()
what, supposition = what_if.supposed(name, law), what_if.supposition(frames, name, law)
titles = {**what_if.TITLES, "what_if_by_commune": f"Theo {filters.kinds()}"}
tables = {q: Listing(reader, words, f"{titles[q]} {what}", q, chosen, rows, supposition) for q, rows in frames.items()}
total, communes, criteria = (
    frames["what_if_total"].iloc[0],
    frames["what_if_by_commune"],
    frames["what_if_by_criterion"],
)

parts.sentence(sentences.sentence(total, criteria, name, law, chosen.as_of, words))
metrics = sentences.metrics(total, frames["what_if"].person_id.nunique())
for column, metric in zip(st.columns(len(metrics), gap="xsmall"), metrics, strict=True):
    with column.container(border=True, gap=None):
        parts.metric(metric.title, metric.value, metric.about)
        st.button(
            "Xem từng người",
            key=f"show-{metric.shows}",
            type="tertiary",
            icon=":material/list:",
            on_click=state.update,
            args=({"what-if-list": metric.shows},),
        )
parts.note(sentences.caption(name, law, chosen.as_of, total, drafted=drafted))

on_commune = on_criterion = None
view = f"{abs(hash((chosen, what, tuple(law.levels.items()))))}-{state.get('what-if-view', 0)}"
if len(criteria):
    left, right = st.columns([6, 5], gap="medium")
    with left:
        judged_now = bool(total.judged_now)
        parts.heading(sentences.by_commune(communes, judged_now=judged_now))
        figure, left_out = charts.now_and_then(communes, theme, judged_now=judged_now)
        alt = f"Số người chưa đạt và trong lộ trình ở từng {filters.kinds()}, nay và theo giả định; có bảng ở dưới"
        on_commune = parts.chart(figure, f"now-then-{view}", alt=alt, pick=True)
        st.caption(sentences.how_to_read(left_out, filters.kinds()))
    with right:
        parts.heading(sentences.by_criterion(criteria, words))
        alt = "Số người đổi kết luận theo tiêu chí và thành kết luận nào; có bảng ở dưới"
        on_criterion = parts.chart(charts.flips(criteria, words, theme), f"flips-{view}", alt=alt, pick=True)

if on_commune and chosen.per != "commune":
    st.switch_page(HERE, query_params=filters.link(**filters.at(on_commune[0], chosen)))
state.setdefault("what-if-list", "flips")
with st.container(horizontal=True, vertical_alignment="bottom"):
    shows = st.segmented_control(
        "Danh sách", list(sentences.LISTS), format_func=sentences.LISTS.__getitem__, key="what-if-list", required=True
    )
    if on_commune or on_criterion:
        st.button(
            "Bỏ chọn trên biểu đồ",
            key="what-if-all",
            icon=":material/filter_alt_off:",
            type="tertiary",
            on_click=state.update,
            args=({"what-if-view": state.get("what-if-view", 0) + 1},),
        )
found = sentences.narrowed(tables, str(shows), on_commune, on_criterion, what, words)
short = sentences.on_screen(found.title, what)
row = parts.table(found, f"names-{view}", alt="Từng người và tiêu chí theo giả định", pick_row=True, heading=short)
if row is not None:
    profile.open_profile(int(found.frame.person_id[row]))
for query in ("what_if_by_commune", "what_if_by_group"):
    parts.table(tables[query], query, alt=tables[query].title, heading=sentences.on_screen(tables[query].title, what))
folded = parts.fold("Bảng số liệu", "numbers", ":material/table:")
if folded.open:
    with folded:
        for query in ("what_if_by_criterion", "what_if_total", "what_if_basis"):
            parts.table(
                tables[query], query, alt=tables[query].title, heading=sentences.on_screen(tables[query].title, what)
            )
parts.explanations(HOW, reader, words)
profile.show(reader, words)
