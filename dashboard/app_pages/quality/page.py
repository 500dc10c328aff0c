"""Chất lượng dữ liệu: what is missing, what is old, what contradicts itself, and what to ask each commune for."""

import streamlit as st

from app_pages.quality import sections
from documents.listing import Listing
from screen import access, charts, filters, parts, profile

HERE = "app_pages/quality/page.py"
reader, chosen = access.reader(), filters.chosen()
words, theme = filters.words(), st.context.theme.type
few = filters.nameable(reader)
rows = sections.read(reader, chosen, named=few)
cells, ages, how = rows["completeness"], rows["list_age"], sections.ways_of_counting(rows)

if cells.empty:
    parts.sentence(sections.nobody(reader, chosen, words))
    parts.explanations(how, reader, words)
    st.stop()

found = sections.broken(reader, words, chosen, rows)
unknown, contradicted = (
    int(reader.query("total", chosen).iloc[0].unknown),
    sections.contradicted(found) if few else None,
)
parts.sentence(sections.sentence(cells, ages, unknown, contradicted, filters.communes()))
metrics = sections.metrics(cells, ages, unknown, contradicted, filters.communes())
for column, metric in zip(st.columns(len(metrics), gap="xsmall"), metrics, strict=True):
    with column.container(border=True):
        parts.metric(metric.title, metric.value, metric.about)

parts.heading(sections.headline(cells, words))
# Another choice is another chart: the mark on what was clicked goes with the old one.
with st.container(height="content" if cells.unit_code.nunique() <= 12 else 560, border=False):
    picked = parts.chart(
        charts.completeness(sections.drawn(cells), words, theme),
        f"completeness-{abs(hash(chosen))}",
        pick=True,
        alt=f"Mức đầy đủ của từng mục dữ liệu ở từng {filters.kinds()}; bảng bên dưới nêu cùng nội dung",
    )
if picked and (address := filters.link(**filters.at(picked[0], chosen))) != filters.link():
    st.switch_page(HERE, query_params=address)
st.caption("Ô càng đậm, càng thiếu nhiều. Chỉ xét mục mà quy định đang áp dụng hỏi đến. Bấm vào một ô để xem nơi ấy.")
folded = parts.fold("Bảng số liệu", "completeness", ":material/table:")
if folded.open:
    with folded:
        by_field = Listing(reader, words, "Mức đầy đủ theo xã và mục dữ liệu", "completeness", chosen, cells)
        parts.table(by_field, "completeness-table", alt=f"Mức đầy đủ của từng mục dữ liệu ở từng {filters.kinds()}")

parts.heading("Cần xem lại trước")
if not few:
    parts.too_many()
elif not found:
    st.success("Không phép kiểm tra nào thấy dữ liệu sai hoặc thiếu.", icon=":material/check:")
every = len(found) <= sections.FIRST or st.session_state.get("checks-all", False)
for position, check in enumerate(found if every else found[: sections.FIRST]):
    sections.draw(check, expanded=position == 0)
if len(found) > sections.FIRST:
    st.toggle(f"Xem tất cả {len(found)} điều cần xem lại", key="checks-all")

if few:
    sections.request(reader, words, chosen, rows["requests"])

parts.heading("Danh sách cũ nhất")
st.table(sections.ages_in_words(ages.head(sections.MOST_AGES)), hide_index=True, border="horizontal")
if len(ages) > sections.MOST_AGES:
    folded = parts.fold("Mọi xã", "ages", ":material/table:")
    if folded.open:
        with folded:
            every_one = Listing(reader, words, "Tuổi danh sách", "list_age", chosen, ages)
            parts.table(every_one, "ages", alt="Tuổi danh sách")
parts.explanations(how, reader, words)
profile.show(reader, words)
