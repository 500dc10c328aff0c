"""Diễn biến: people below over time, and why the number changed between two days, each change by name."""

from dataclasses import replace

import streamlit as st

from app_pages.trends import sentences
from core import ended_standards
from core.words import PLACES
from documents.listing import Listing, listing
from screen import access, charts, filters, parts, profile, wording

LIST = "app_pages/substandard/page.py"
HOW = {"Vì sao thay đổi": "change_between", "Ai thay đổi": "changed_people"}
LAW = {"Tiêu chuẩn chấm dứt": "standards_ended"}
reader, chosen = access.reader(), filters.chosen()
words, theme = filters.words(), st.context.theme.type

since, step, of_units = st.columns([1, 2, 2], vertical_alignment="bottom")
first = parts.first_day(since, "trend-from", chosen.as_of)
every = parts.step(step, "trend-step", "Mỗi điểm là cuối một", ["month", "quarter", "year", "day"], "quarter")
if first is None:
    st.stop()
marks = reader.query("period_marks", chosen, from_on=first)
merged = "sap_nhap" in set(marks["mark"])
units = merged and of_units.segmented_control(
    "Xã, thị trấn đã sáp nhập",
    list(sentences.UNITS),
    format_func=sentences.UNITS.__getitem__,
    default="then",
    key="trend-units",
    required=True,
)
split = str(st.session_state.get("trend-split", "group"))
queries = {"Theo thời gian": sentences.SPLITS[split].query} | HOW
between = {"from_on": first, "step": every, "units": str(units or "then")}
period = sentences.period(first, chosen.as_of)
named = filters.nameable(reader)
tables = {
    t: listing(reader, words, f"{t} {period}", name, chosen, named=named or name != "changed_people", **between)
    for t, name in queries.items()
}
changes, people, points = (tables[t].frame for t in (*HOW, "Theo thời gian"))
if points.empty:
    parts.sentence(wording.nobody(reader, chosen, words))
    parts.explanations(queries | LAW, reader, words)
    st.stop()

in_time = int(reader.query("total", chosen).transitional[0])
parts.sentence(sentences.sentence(changes, first, chosen.as_of, words, in_time))
if over := ended_standards.notes(reader, chosen, first):
    st.info("\n\n".join(over), icon=":material/event_busy:")
view = f"{first}-{every}-{units}-{abs(hash(chosen))}"
parts.heading("Số người chưa đạt thay đổi vì sao")
alt = "Từ số người chưa đạt lúc đầu đến lúc cuối, mỗi cột một nguyên nhân; bảng bên dưới nêu cùng số liệu"
picked = parts.chart(charts.bridge(changes, words, theme), f"bridge-{view}", alt=alt, pick=True)
shown = tables["Ai thay đổi"]
if named and picked and picked[0] not in ("start", "end"):
    rows = people[(people.change_cause == picked[0]) & (people.change * picked[1] > 0)].reset_index(drop=True)
    shown = replace(shown, title=f"{words.label('change_cause', picked[0])} {period}", frame=rows)
row = parts.table(shown, f"changed-{view}", alt="Người thôi chưa đạt hoặc thành chưa đạt", pick_row=True)
if row is not None:
    profile.open_profile(int(shown.frame.person_id[row]))
folded = parts.fold("Đoạn văn cho báo cáo", "paragraph", ":material/description:")
if folded.open and not named:
    with folded:
        parts.too_many()
elif folded.open:
    with folded:
        st.code(sentences.paragraph(changes, people, first, chosen.as_of, words), language=None, wrap_lines=True)

parts.heading(sentences.over_time(points, split, words, kinds=filters.kinds()))
by, show = st.columns(2)
by.segmented_control(
    "Chia theo",
    list(sentences.SPLITS),
    format_func=lambda s: PLACES.get(chosen.per if s == "commune" else "", sentences.SPLITS[s].label),
    default="group",
    key="trend-split",
    required=True,
)
measure = show.segmented_control(
    "Con số",
    list(charts.MEASURES),
    format_func=charts.MEASURES.__getitem__,
    default="below",
    key="trend-measure",
    required=True,
)
laws = ended_standards.turning_points(reader, chosen, first)
every_day = reader.query("trend", chosen, **between | {"step": "day"}) if split == "group" else points
drawn = sentences.drawn((points, every_day), split, (laws, marks), words, theme, str(measure))
alt = "Số người theo thời gian; bảng bên dưới nêu cùng số liệu"
if point := parts.chart(drawn.figure, f"trend-{view}-{split}-{measure}", alt=alt, pick=True):
    asked = sentences.behind(reader, chosen, split, str(units or "then"), point)
    st.switch_page(LIST, query_params=filters.link(**vars(asked) | {"verdicts": ()}))
parts.note(drawn.how_to_read)
folded = parts.fold("Bảng số liệu", "numbers", ":material/table:")
if folded.open:
    with folded:
        parts.table(tables["Vì sao thay đổi"], "changes", alt="Thay đổi theo nguyên nhân")
        parts.table(tables["Theo thời gian"], "points", alt="Số người theo thời gian")
        parts.table(
            Listing(reader, words, "Mốc trong thời gian này", "period_marks", chosen, marks), "marks", alt="Các mốc"
        )
parts.explanations(queries | LAW, reader, words)
profile.show(reader, words)
