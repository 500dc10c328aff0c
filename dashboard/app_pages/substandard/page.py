"""Chưa đạt chuẩn: how many people fall short and where, by commune and criterion, and each with the reason."""

from typing import Any

import streamlit as st

from documents.listing import listing
from screen import access, charts, filters, parts, profile, wording

HERE = "app_pages/substandard/page.py"
HOW = {"Số người ở từng xã, thị trấn": "communes", "Xã, thị trấn và tiêu chí": "matrix", "Thiếu dữ liệu": "total"}
reader, chosen = access.reader(), filters.chosen()
words, theme = filters.words(), st.context.theme.type

asked = chosen.verdicts or ("below",)
verdicts = ", ".join(words.label("verdict", v).lower() for v in asked)
found = listing(
    reader,
    words,
    "Danh sách chưa đạt chuẩn" if asked == ("below",) else f"Danh sách theo kết luận: {verdicts}",
    # With several verdicts in one list each row has to say which is its own.
    "substandard_people" if len(asked) == 1 else "verdicts",
    chosen,
    named=filters.nameable(reader),
)
total = reader.query("total", chosen).iloc[0]
communes, cells = reader.query("communes", chosen), reader.query("matrix", chosen)

if found.frame.empty and not total.total:
    parts.sentence(wording.nobody(reader, chosen, words))
else:
    counts = reader.query("verdict_counts", chosen) if found.ask else profile.counted(found.frame)
    parts.sentence(profile.sentence(counts, asked, total, communes, cells, words, filters.kinds()))

if len(cells):
    by_commune, by_criterion = st.columns([2, 3], gap="medium")
    # Another choice is another chart: the mark on what was clicked goes with the old one.
    view = abs(hash(chosen))
    drawn = charts.first_places(communes)
    with by_commune:
        parts.heading(wording.spread(communes.below, kinds=filters.kinds()))
        ranking = charts.ranked_communes(drawn, theme)
        alt = f"Số người chưa đạt ở từng {filters.kinds()}; danh sách bên dưới nêu tên từng người"
        commune = parts.chart(ranking, f"ranking-{view}", alt=alt, pick=True)
    with by_criterion:
        parts.heading("Thiếu tiêu chí nào, ở đâu")
        alt = f"Số người theo {filters.kinds()} và tiêu chí; danh sách bên dưới nêu tên từng người"
        matrix = charts.matrix(cells[cells.unit_code.isin(drawn.unit_code)], drawn, words, theme)
        cell = parts.chart(matrix, f"matrix-{view}", alt=alt, pick=True)
    picked: dict[str, Any] = {}
    if clicked := cell or commune:
        picked = filters.at(clicked[0], chosen) | ({"criteria": (cell[1],)} if cell else {})
    if cell:
        # Where the cell has nobody with a verdict of the list, the list changes to a verdict that it has.
        there = cells[(cells.unit_code == cell[0]) & (cells.criterion == cell[1])].iloc[0]
        if not any(there.get(v) for v in asked):
            picked["verdicts"] = (next(v for v in ("below", "transitional", "unknown") if there[v]),)
    if filters.link(**picked) != filters.link():
        st.switch_page(HERE, query_params=filters.link(**picked))

if found.ask:
    parts.table(found, "people", alt=found.title)
elif len(found.frame):
    parts.list_head(found, "people")
    reading, table = st.tabs(["Từng người", "Bảng"], key="people-view", on_change="rerun")
    if reading.open:
        with reading:
            profile.people(found)
    if table.open:
        with table:
            row = parts.grid(found, "people", alt="Danh sách từng người và tiêu chí", pick_row=True)
            if row is not None:
                profile.open_profile(int(found.frame.person_id[row]))

profile.others(reader, words, set(found.frame.person_id))
parts.explanations({found.title: found.query} | HOW, reader, words)
profile.show(reader, words)
