"""Cells and lines of officials: by commune and criterion, by commune and field of data, one person over time."""

import textwrap
from datetime import date, timedelta
from typing import Any

import pandas as pd

from core.vietnamese import date_short, number, percent
from core.words import Words
from screen.charts.base import (
    DARKEST,
    LEGEND,
    NAMES,
    NEVER_SMALLER,
    SMALL,
    Figure,
    Look,
    bar_trace,
    cells_trace,
    counted,
    figure_of,
    fill_of,
    hatching,
    look,
    mixed,
    named,
    rows_of,
    shade_for,
    short_lines,
)
from screen.markdown import in_chart

VERDICTS = ("below", "transitional", "unknown", "meets", "exempt")
ALL_COMMUNES = "Tất cả"
# So many columns of cells leave each the room to tell the counts in words.
MOST_TOLD = 4


def matrix(cells: pd.DataFrame, communes: pd.DataFrame, words: Words, theme: str | None) -> Figure:
    """People by commune and criterion: rows of the query `matrix` against those of `communes`, in that order.

    The number of people below is in the cell and shades it; who is still given time is pale amber, as not to outshine
    them, missing data are hatched.
    A click gives (unit_code, criterion).
    """
    colours = look(theme)
    row_of = {code: i for i, code in enumerate(communes.unit_code)}
    criteria = [c for c in words.options("criterion") if c in set(cells.criterion)]
    column_of = {code: i for i, code in enumerate(criteria)}
    most = max([4, *cells.below])
    every_cell = [(c, r) for r in row_of.values() for c in column_of.values()]
    traces = [cells_trace(every_cell, color="rgba(128,138,152,0.09)", hoverinfo="skip")]
    kind = (
        pd.Series("unknown", index=cells.index)
        .mask(cells.transitional > 0, "transitional")
        .mask(cells.below > 0, "below")
    )
    pale = {"transitional": mixed(colours.ground, colours.verdict["transitional"], 0.3), "unknown": colours.neutral}
    for verdict in ("below", "transitional", "unknown"):
        part = cells[(kind == verdict) & cells.unit_code.isin(row_of)]
        traces.append(
            cells_trace(
                [(column_of[c.criterion], row_of[c.unit_code]) for c in rows_of(part)],
                color=[shade_for(n / most, colours) for n in part.below] if verdict == "below" else pale[verdict],
                pattern=hatching(colours) if verdict == "unknown" else None,
                name=words.label("verdict", verdict),
                showlegend=True,
                customdata=[[c.unit_code, c.criterion] for c in rows_of(part)],
                text=[_in_cell(c) for c in rows_of(part)],
                **_in_the_middle(colours),
                hovertext=[_cell_told(c, words) for c in rows_of(part)],
                hoverinfo="text",
            )
        )
    x = _on_top(["<br>".join(short_lines(words.short("criterion", c))) for c in criteria])
    y = {
        "tickvals": [r + 0.5 for r in row_of.values()],
        "range": [max(len(row_of), 1), 0],
        "ticktext": [
            f"{named(c.commune)}  <b>{number(int(c.below))}/{number(int(c.total))}</b>" for c in rows_of(communes)
        ],
    }
    return figure_of(traces, 46 * max(len(row_of), 1) + 72, x=x, y=NAMES | y, uniformtext=NEVER_SMALLER, **LEGEND)


def _in_the_middle(colours: Look) -> dict[str, Any]:
    """The words of a cell: in its middle, level, and never made smaller to fit."""
    return {
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"size": SMALL, "color": colours.ink},
    }


def _on_top(names: list[str]) -> dict[str, Any]:
    """The names above columns of cells."""
    return {
        "side": "top",
        "tickvals": list(range(len(names))),
        "range": [-0.5, max(len(names), 1) - 0.5],
        "ticktext": names,
        "showgrid": False,
        "zeroline": False,
        "tickangle": 0,
        "automargin": True,
    }


def completeness(cells: pd.DataFrame, words: Words, theme: str | None) -> Figure:
    """Needed data that are there, by commune and field: rows of the query `completeness`, least complete commune first.

    The share is in the cell and how many people lack it under it; the more are missing, the darker.
    A click gives (unit_code, data_field).
    """
    colours = look(theme)
    units = cells.groupby(["unit_code", "commune"], as_index=False)[["total", "complete"]].sum()
    units["missing"] = units.total - units.complete
    units = units.sort_values(["missing", "unit_code"], ascending=[False, True])
    row_of = {code: i for i, code in enumerate(units.unit_code)}
    fields = [f for f in words.options("data_field") if f in set(cells.data_field)]
    column_of = {code: i for i, code in enumerate(fields)}
    darkest = max([DARKEST, *(1 - cells.share_complete)])
    every_cell = [(c, r) for r in row_of.values() for c in column_of.values()]
    shown = cells_trace(
        [(column_of[c.data_field], row_of[c.unit_code]) for c in rows_of(cells)],
        color=[shade_for((1 - c.share_complete) / darkest, colours) for c in rows_of(cells)],
        customdata=[[c.unit_code, c.data_field] for c in rows_of(cells)],
        text=[
            f"<b>{percent(c.share_complete)}</b><br>thiếu {number(int(c.total - c.complete))}/{number(int(c.total))}"
            if c.complete < c.total
            else f"đủ {number(int(c.total))}"
            for c in rows_of(cells)
        ],
        **_in_the_middle(colours),
        hovertext=[
            f"<b>{in_chart(c.commune)}: {words.label('data_field', c.data_field)}</b><br>"
            f"{number(int(c.complete))} trong {number(int(c.total))} người đã có ({percent(c.share_complete)})"
            for c in rows_of(cells)
        ],
        hoverinfo="text",
    )
    x = _on_top(["<br>".join(short_lines(words.short("data_field", f))) for f in fields])
    y = {
        "tickvals": [r + 0.5 for r in row_of.values()],
        "range": [max(len(row_of), 1), 0],
        "ticktext": [
            named(u.commune) + (f"  <b>thiếu {number(int(u.missing))}</b>" if u.missing else "  đủ")
            for u in rows_of(units)
        ],
    }
    traces = [cells_trace(every_cell, color="rgba(128,138,152,0.09)", hoverinfo="skip"), shown]
    height = 40 * max(len(row_of), 1) + 64
    return figure_of(traces, height, x=x, y=NAMES | y, uniformtext=NEVER_SMALLER)


def met_by_year(points: pd.DataFrame, whole: pd.DataFrame, theme: str | None) -> Figure:
    """Who meets the standard, by commune and day: rows of the query `met_standard`, least met on the last day first.

    The first line is of `whole`, rows of `met_standard_total`. The share is in the cell with its count; the more are
    below, the darker, and where nobody is, the colour says what is still in the way. A commune without a cell did not
    exist that day. A click gives (unit_code, ISO date), of the first line without a code.
    """
    colours, day_names = look(theme), sorted(set(whole.as_of))
    column_of = {day: i for i, day in enumerate(day_names)}
    last = points[points.as_of == day_names[-1]].sort_values(["share_meets", "below"], ascending=[True, False])
    # One code may be that of a commune and, later, of the one it was merged into.
    units = [*dict.fromkeys((u.unit_code, u.commune) for u in [*rows_of(last), *rows_of(points)])]
    cells = points
    if len(units) > 1:
        units = [("", ALL_COMMUNES), *units]
        cells = pd.concat([whole.assign(unit_code="", commune=ALL_COMMUNES), points], ignore_index=True)
    row_of = {unit: i for i, unit in enumerate(units)}
    darkest = max([DARKEST, *(cells.below / cells.total)])
    kind = (
        pd.Series("meets", index=cells.index)
        .mask(cells.unknown > 0, "unknown")
        .mask(cells.transitional > 0, "transitional")
        .mask(cells.below > 0, "below")
    )
    pale = {v: mixed(colours.ground, colours.verdict[v], 0.3) for v in ("transitional", "meets")}
    pale["unknown"] = colours.neutral
    legend = {
        "below": "Có người chưa đạt",
        "transitional": "Chỉ còn người trong lộ trình",
        "unknown": "Chỉ còn người thiếu dữ liệu",
        "meets": "Mọi người đều đạt",
    }
    traces = []
    for verdict, name in legend.items():
        part = cells[kind == verdict]
        shades = [shade_for(c.below / c.total / darkest, colours) for c in rows_of(part)]
        traces.append(
            cells_trace(
                [(column_of[c.as_of], row_of[c.unit_code, c.commune]) for c in rows_of(part)],
                color=shades if verdict == "below" else pale[verdict],
                pattern=hatching(colours) if verdict == "unknown" else None,
                name=name,
                showlegend=True,
                customdata=[[c.unit_code, c.as_of.date().isoformat()] for c in rows_of(part)],
                text=[_met(c, len(day_names) <= MOST_TOLD) for c in rows_of(part)],
                **_in_the_middle(colours),
                hovertext=[_met_told(c) for c in rows_of(part)],
                hoverinfo="text",
            )
        )
    names = [str(d.year) if (d.month, d.day) == (12, 31) else date_short(d.date()) for d in day_names]
    y = {
        "tickvals": [r + 0.5 for r in range(len(units))],
        "range": [len(units), 0],
        "ticktext": [named(commune) if code else f"<b>{commune}</b>" for code, commune in units],
    }
    height = 40 * len(units) + 64
    return figure_of(traces, height, x=_on_top(names), y=NAMES | y, uniformtext=NEVER_SMALLER, **LEGEND)


def timeline(spells: pd.DataFrame, words: Words, theme: str | None, as_of: date) -> Figure:
    """A person's verdicts over time, rows of the query `person_timeline`: a line a criterion, a segment a verdict.

    Spells still running are drawn to the end of `as_of`. With several posts each has lines of its own.
    """
    colours, end_of_day = look(theme), as_of + timedelta(days=1)
    several = spells.position.nunique() > 1
    lines: dict[tuple[str, str], int] = {}
    for spell in rows_of(spells):
        lines.setdefault((spell.position, spell.criterion), len(lines))
    traces = []
    for verdict in VERDICTS:
        part = spells[spells.verdict == verdict]
        if part.empty:
            continue
        starts = [d.date() for d in part.from_on]
        ends = [min(_day(d) or end_of_day, end_of_day) for d in part.to_on]
        traces.append(
            bar_trace(
                orientation="h",
                base=starts,
                y=[lines[s.position, s.criterion] for s in rows_of(part)],
                x=[(end - start).days * 86_400_000 for start, end in zip(starts, ends, strict=True)],
                width=0.66,
                marker={
                    "color": fill_of(verdict, colours),
                    "pattern": hatching(colours) if verdict == "unknown" else None,
                    "line": {"color": colours.ground, "width": 1},
                },
                name=words.label("verdict", verdict),
                showlegend=True,
                text=words.label("verdict", verdict),
                textposition="inside",
                insidetextanchor="start",
                textangle=0,
                insidetextfont={"color": colours.verdict_ink[verdict]},
                hovertext=[_spell_told(s, words) for s in rows_of(part)],
                hoverinfo="text",
            )
        )
    first = min((d.date() for d in spells.from_on), default=as_of)
    years = range(first.year + 1, end_of_day.year + 1, 1 + (end_of_day.year - first.year) // 12)
    marks = [date(year, 1, 1) for year in years] or [first]
    x = {
        "type": "date",
        "range": [first, end_of_day],
        "tickvals": marks,
        "gridcolor": "rgba(128,138,152,0.25)",
        "ticktext": [date_short(d) if len(marks) < 3 else str(d.year) for d in marks],
        "showgrid": True,
    }
    y = {
        "tickvals": list(lines.values()),
        "range": [len(lines) - 0.5, -0.5],
        "ticktext": [
            words.short("criterion", criterion) + (f"<br>{words.short('post', post)}" if several else "")
            for post, criterion in lines
        ],
    }
    # A word that would have to shrink to fit is left to the legend and the hover.
    whole_words = {"mode": "hide", "minsize": SMALL}
    return figure_of(traces, 40 * max(len(lines), 1) + 76, x=x, y=NAMES | y, uniformtext=whole_words, **LEGEND)


def _in_cell(cell: Any) -> str:
    also = [(cell.transitional, "lộ trình"), (cell.unknown, "thiếu")]
    said = [f"{number(int(n))} {word}" for n, word in also if n]
    below = [f"<b>{number(int(cell.below))}</b>"] if cell.below else []
    # A cell has room for two lines.
    return "<br>".join([*below, *said] if len(said) < 2 else [" · ".join([*below, said[0]]), said[1]])


def _cell_told(cell: Any, words: Words) -> str:
    return (
        f"<b>{in_chart(cell.commune)}: {words.label('criterion', cell.criterion)}</b>"
        + counted(cell.below, "chưa đạt")
        + counted(cell.transitional, "còn trong lộ trình")
        + counted(cell.unknown, "thiếu dữ liệu")
    )


def _met(cell: Any, in_full: bool) -> str:
    """'94,74% 18/19' over '1 thiếu'; with little room the share over the count alone."""
    share, count = f"<b>{percent(cell.share_meets)}</b>", f"{number(int(cell.meets))}/{number(int(cell.total))}"
    if not in_full:
        return f"{share}<br>{count}"
    also = [(cell.below, "chưa đạt"), (cell.transitional, "lộ trình"), (cell.unknown, "thiếu")]
    said = ", ".join(f"{number(int(n))} {word}" for n, word in also if n)
    return "<br>".join(filter(None, [f"{share}  {count}", said]))


def _met_told(cell: Any) -> str:
    return (
        f"<b>{in_chart(cell.commune)}, {date_short(cell.as_of.date())}</b><br>"
        f"{number(int(cell.meets))} trong {number(int(cell.total))} cán bộ, công chức đạt ({percent(cell.share_meets)})"
        + counted(cell.below, "chưa đạt")
        + counted(cell.transitional, "còn trong lộ trình")
        + counted(cell.unknown, "thiếu dữ liệu")
    )


def _spell_told(spell: Any, words: Words) -> str:
    until = _day(spell.to_on)
    when = f"từ {date_short(spell.from_on.date())}"
    when += f" đến hết {date_short(until - timedelta(days=1))}" if until else " đến nay"
    said = map(in_chart, textwrap.wrap(spell.reason, 64))
    return "<br>".join(
        [f"<b>{words.label('criterion', spell.criterion)}: {words.label('verdict', spell.verdict)}</b>", when, *said]
    )


def _day(moment: Any) -> date | None:
    return None if pd.isna(moment) else pd.Timestamp(moment).date()
