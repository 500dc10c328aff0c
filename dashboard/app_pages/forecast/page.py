"""Dự báo: who will be below at each coming quarter if nobody does anything more, as a range, with the names."""

from datetime import date, timedelta

import streamlit as st

from app_pages.forecast import sentences
from core import ended_standards
from core.vietnamese import date_short
from screen import access, charts, filters, parts, profile, wording
from screen.markdown import escaped

HERE = "app_pages/forecast/page.py"
HOW = {
    "Từng quý": "forecast",
    "Theo xã, thị trấn": "forecast_by_commune",
    "Ai còn chưa đạt": "forecast_short",
    "Ai sẽ thay đổi": "forecast_people",
    "Ai sẽ nghỉ": "forecast_leaving",
    "Tiêu chuẩn chấm dứt": "standards_ended",
}
reader, chosen = access.reader(), filters.chosen()
words, theme, state = filters.words(), st.context.theme.type, st.session_state
if not parts.narrowed(reader, "forecast-all"):
    st.stop()
last = filters.judged_days().last
usual = sentences.default_until(chosen.as_of, last)
furthest = max(usual, filters.LATEST)
if not chosen.as_of < (state.get("forecast-until") or usual) <= furthest:
    # The day looked at was moved past the end of the forecast.
    state.pop("forecast-until", None)
until = st.date_input(
    "Đến ngày",
    value=usual,
    format="DD/MM/YYYY",
    key="forecast-until",
    max_value=furthest,
    width=240,
    min_value=chosen.as_of + timedelta(days=1),
)
if until is None:
    st.info(f"Chọn một ngày sau {date_short(chosen.as_of)}.", icon=":material/event:")
    st.stop()

known = filters.about().data_as_of.date()
assumed = sentences.assumed(reader.store, chosen.as_of, known)
with sentences.looked_ahead(reader, words, chosen, until) as coming:
    points, changes, at_end = (coming.rows(q) for q in ("forecast", "forecast_people", "forecast_by_commune"))
    going = coming.listing(f"Ai sẽ nghỉ đến {date_short(until)}", "forecast_leaving")
    if points.empty:
        parts.sentence(wording.nobody(reader, coming.filters, words))
        if len(going.frame):
            # Whom no law judges any more still leaves.
            st.markdown(sentences.leaving(going.frame, until))
            parts.table(going, "leaving", alt=going.title)
        parts.explanations(HOW, reader, words, assumed=assumed, until=until)
        st.stop()
    parts.sentence(sentences.sentence(points, changes, chosen.as_of, until, words, known))
    st.markdown(sentences.more(points, at_end, until, filters.kinds_on(reader, until)))
    st.markdown(sentences.leaving(going.frame, until))
    for note in ended_standards.notes_ahead(reader, coming.filters, until):
        parts.note(note)
    if over := sentences.past(chosen.as_of, until, known):
        st.info(over, icon=":material/history:")
    metrics = sentences.metrics(points, at_end, chosen.as_of, until, known, filters.kinds_on(reader, until))
    for column, metric in zip(st.columns(4), metrics, strict=True):
        parts.metric(metric.title, metric.value, metric.about, column)

    view = f"{until}-{abs(hash(chosen))}"
    parts.heading(sentences.turning(points))
    laws = ended_standards.turning_points(reader, chosen.on(until), chosen.as_of)
    marks = reader.query("period_marks", chosen.on(until), from_on=chosen.as_of)
    band = charts.forecast(points, coming.rows("forecast", step="day"), laws, marks, theme, past=chosen.as_of < known)
    alt = "Số người chưa đạt từng quý, ít nhất và nhiều nhất; bảng số liệu bên dưới nêu cùng số liệu"
    picked = parts.chart(band, f"forecast-{view}", alt=alt, pick=True)
    on = date.fromisoformat(picked[0]) if picked else until
    st.caption(sentences.HOW_TO_READ)

    day, unit, turn = date_short(on), None, state.setdefault("forecast-turn", 0)
    kinds = filters.kinds_on(reader, on)
    by_commune = coming.listing(f"{kinds.capitalize()} còn người chưa đạt vào {day}", "forecast_by_commune", on)
    if len(by_commune.frame):
        parts.heading(by_commune.title)
        bars = charts.still_short(by_commune.frame.head(charts.MOST_BARS), theme)
        with st.container(height="content" if len(by_commune.frame) <= 12 else 440, border=False):
            alt = f"Số người còn chưa đạt theo {kinds}; bảng số liệu bên dưới nêu cùng số liệu"
            unit = parts.chart(bars, f"forecast-communes-{on}-{turn}-{view}", alt=alt, pick=True)
        if left_out := len(by_commune.frame[charts.MOST_BARS :]):
            st.caption(sentences.left_out(left_out, kinds))
    if unit and chosen.per != "commune":
        st.switch_page(HERE, query_params=filters.link(**filters.at(unit[0], chosen)))
    if unit:
        st.button(
            escaped(f"Chỉ {unit[1]}"),
            key="forecast-widen",
            icon=":material/close:",
            icon_position="right",
            on_click=state.update,
            args=({"forecast-turn": turn + 1},),
        )
    title = f"Ai còn chưa đạt vào {day}" + (f" ở {unit[1]}" if unit else "")
    short = coming.listing(title, "forecast_short", on, unit[0] if unit else None)
    moving = coming.listing(f"Ai sẽ thay đổi, khi nào, đến {date_short(until)}", "forecast_people")
    for people, nothing in (
        (short, f"Không còn ai chưa đạt vào {day}."),
        (moving, f"Không ai thay đổi đến {date_short(until)}."),
        (going, f"Không ai nghỉ đến {date_short(until)}."),
    ):
        key = f"{people.query}-{on}-{unit}-{view}"
        row = parts.table(people, key, alt=people.title, pick_row=True, nothing=nothing)
        if row is not None:
            profile.open_profile(int(people.frame.person_id[row]))
    folded = parts.fold("Bảng số liệu", "numbers", ":material/table:")
    if folded.open:
        with folded:
            parts.table(coming.listing(f"Từng quý đến {date_short(until)}", "forecast"), "quarters", alt="Từng quý")
            parts.table(by_commune, f"short-by-commune-{on}", alt=f"Số người còn chưa đạt theo {kinds}")
st.caption(assumed)
parts.explanations(HOW, reader, words, assumed=assumed, until=until)
profile.show(reader, words)
