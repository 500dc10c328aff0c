"""Tiêu chí 18.1 nông thôn mới: the share of cán bộ, công chức who meet the standard, by commune and year."""

from dataclasses import replace
from datetime import date

import streamlit as st

from app_pages.met_standard import sentences
from core import mergers
from documents.listing import listing
from screen import access, charts, filters, parts, profile, wording

HOW = {
    "Tỷ lệ đạt chuẩn theo xã và năm": "met_standard",
    "Toàn bộ": "met_standard_total",
    "Người chưa được tính là đạt": "met_standard_people",
}
reader, chosen, last = access.reader(), filters.chosen(), filters.judged_days().last
words, theme = filters.words(), st.context.theme.type
ended = wording.out_of_scope(reader, chosen) if chosen.as_of > last else ""
if chosen.as_of > last:
    chosen = mergers.on_day(reader, chosen, last)

answer = st.container()
since, about = st.columns([1, 4], vertical_alignment="bottom")
first = parts.first_day(since, "met-from", chosen.as_of)
if first is None:
    st.stop()
about.caption(sentences.WHAT_COUNTS)
# A commune that came of a merger is followed to those it came of.
before = mergers.on_day(reader, chosen, first).communes
over = replace(chosen, communes=tuple(dict.fromkeys((*chosen.communes, *before))))
shares = listing(reader, words, "Tỷ lệ đạt chuẩn theo xã và năm", "met_standard", over, from_on=first)
points, whole = shares.frame, reader.query("met_standard_total", over, from_on=first)
if not (whole.as_of.dt.date == chosen.as_of).any():
    with answer:
        parts.sentence(sentences.nobody(reader, chosen))
    parts.explanations(HOW, reader, words)
    st.stop()

kinds = filters.kinds_on(reader, chosen.as_of)
with answer:
    parts.sentence(sentences.sentence(points, whole, chosen.as_of, kinds))
    if chosen.as_of != filters.chosen().as_of:
        st.info(sentences.stopped(chosen.as_of, ended), icon=":material/event_busy:")
parts.heading(sentences.finding(points, chosen.as_of, kinds))
view = f"{first}-{abs(hash(chosen))}"
alt = f"Tỷ lệ cán bộ, công chức đạt chuẩn theo {kinds} và năm; bảng bên dưới nêu cùng số liệu"
picked = parts.chart(
    charts.met_by_year(sentences.drawn(points, chosen.as_of), whole, theme), f"met-{view}", alt=alt, pick=True
)
folded = parts.fold("Bảng số liệu", "numbers", ":material/table:")
if folded.open:
    with folded:
        parts.table(shares, f"shares-{view}", alt=alt)

behind = over.on(date.fromisoformat(picked[1])) if picked else chosen
if picked and picked[0]:
    behind = replace(behind, **filters.at(picked[0], chosen))
title = sentences.listed(points, picked[0] if picked else "", behind.as_of)
named = filters.nameable(reader) or behind.place != chosen.place
people = listing(reader, words, title, "met_standard_people", behind, named=named)
row = parts.table(
    people,
    f"people-{view}",
    alt="Người chưa được tính là đạt, tiêu chí nào và vì sao",
    pick_row=True,
    nothing="Mọi cán bộ, công chức đang xem đều đạt.",
)
if row is not None:
    profile.open_profile(int(people.frame.person_id[row]))
parts.explanations(HOW, reader, words)
profile.show(reader, words)
