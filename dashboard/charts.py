"""The charts of the pages: every colour that means something, and the few forms that show it.

A builder takes rows of a named query and gives a figure of fixed height. Where something can be clicked, the
`customdata` of the point starts with the unit code. Text on the page's own ground takes its colour from the page,
text inside a shape has its own, so that nothing is unreadable while the browser changes its theme.
"""

import itertools
import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from plotly.graph_objs import Figure

from labels import Words
from vietnamese import date_short, inside, low_to_high, number, percent, signed

# What `st.plotly_chart` is given besides the figure.
CONFIG: Mapping[str, object] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
FONT = '"Source Sans", sans-serif'
SMALL, BODY = 13, 14
VERDICTS = ("below", "transitional", "unknown", "meets", "exempt")

OWN_MAP_HEIGHT = 352
_ROW = 30
_TILE = 86
# Plotly would shrink words to fit; longer ones may rather touch the edge.
_NEVER_SMALLER = {"mode": "show", "minsize": SMALL}
# An axis of names, which take the room they need.
_NAMES = {"showgrid": False, "zeroline": False, "ticks": "", "automargin": True, "tickfont": {"size": BODY}}
_LEGEND = {
    "showlegend": True,
    "legend": {
        "orientation": "h", "x": 0, "xanchor": "left", "y": 0, "yref": "container", "yanchor": "bottom",
        "itemclick": False, "itemdoubleclick": False, "font": {"size": SMALL}, "traceorder": "normal",
    },
    "margin": {"l": 0, "r": 0, "t": 0, "b": 36, "pad": 6},
}  # fmt: skip
# A share that already takes the darkest shade: one official in five.
_DARKEST = 0.2


@dataclass(frozen=True)
class Look:
    """Colours of one theme. `ink` reads at least 4.5:1 on every shade between `shades` and on `neutral`."""

    ink: str
    quiet: str
    ground: str
    neutral: str
    accent: str
    shades: tuple[str, str]
    verdict: Mapping[str, str]
    verdict_ink: Mapping[str, str]


LIGHT = Look(
    ink="#10161f",
    quiet="#566070",
    ground="#fcfcfd",
    neutral="#e6eaf0",
    accent="#1f4e8c",
    shades=("#fdeee6", "#dc754a"),
    verdict={
        "meets": "#00766e", "below": "#c2410c", "transitional": "#e0a11b", "unknown": "#98a1ad", "exempt": "#e3e7ed",
    },
    verdict_ink={
        "meets": "#ffffff", "below": "#ffffff", "transitional": "#10161f", "unknown": "#10161f", "exempt": "#3c4654",
    },
)  # fmt: skip
DARK = Look(
    ink="#ffffff",
    quiet="#b0b9c5",
    ground="#11151b",
    neutral="#2a323d",
    accent="#8ab8f2",
    shades=("#43261c", "#b24f24"),
    verdict={
        "meets": "#3bb8a1", "below": "#f0703c", "transitional": "#f7cb63", "unknown": "#727d8b", "exempt": "#2a323d",
    },
    verdict_ink={
        "meets": "#10161f", "below": "#10161f", "transitional": "#10161f", "unknown": "#ffffff", "exempt": "#b9c1cc",
    },
)  # fmt: skip


def look(theme: str | None) -> Look:
    """Colours of a theme as `st.context.theme.type` names it; before the browser has told, the light ones."""
    return DARK if theme == "dark" else LIGHT


def ranked_communes(communes: pd.DataFrame, theme: str | None) -> Figure:
    """Bars of people below, one a row of the query `communes`, in its order; each ends in '4/21 (19,05%)'.

    A click anywhere on a row gives (unit_code,).
    """
    colours, rows = look(theme), list(range(len(communes)))
    below = [int(n) for n in communes.below]
    reach = max(below, default=0) * 1.55 or 1
    whole_row = _bar(
        orientation="h", x=[reach] * len(rows), y=rows, width=1, marker={"color": "rgba(0,0,0,0)"},
        customdata=[[c] for c in communes.unit_code], hovertext=_told(communes), hoverinfo="text",
    )  # fmt: skip
    bars = _bar(
        orientation="h", x=below, y=rows, width=0.7, hoverinfo="skip", cliponaxis=False, textposition="outside",
        marker={"color": colours.verdict["below"]},
        text=[
            f"<b>{_of_total(c)}</b>" if c.below else f'<span style="fill-opacity:0.75">{_of_total(c)}</span>'
            for c in _rows(communes)
        ],
        customdata=[[c] for c in communes.unit_code],
    )  # fmt: skip
    names = {"tickvals": rows, "ticktext": list(communes.commune), "range": [len(rows) - 0.5, -0.5]}
    return _figure(
        [whole_row, bars], _ROW * max(len(rows), 1) + 8, x={"visible": False, "range": [0, reach]}, y=_NAMES | names
    )


def tile_map(communes: pd.DataFrame, theme: str | None) -> Figure:
    """One equal tile a commune of the query `communes`, at its place, shaded by the share of people below.

    Communes without a place, or whose places clash, stand in a grid of their own in the order given. A click on a
    tile gives (unit_code,).
    """
    colours, places = look(theme), _places(communes)
    tiles = _bar(
        x=[column for column, _ in places], base=[row + 0.03 for _, row in places], y=[0.94] * len(places), width=0.95,
        marker={"color": _shades(communes, colours), "cornerradius": 4},
        customdata=[[c] for c in communes.unit_code],
        text=[_on_tile(c) for c in _rows(communes)], textposition="inside", insidetextanchor="middle",
        textangle=0, constraintext="none", insidetextfont={"size": SMALL, "color": colours.ink},
        hovertext=_told(communes), hoverinfo="text",
    )  # fmt: skip
    # A single tile must not grow as wide as the page.
    columns = max([3, *(column for column, _ in places)]) + 1
    lines = max((row for _, row in places), default=0) + 1
    x, y = ({"visible": False, "range": span} for span in ([-0.5, columns - 0.5], [lines, 0]))
    return _figure([tiles], _TILE * lines + 8, x=x, y=y, uniformtext=_NEVER_SMALLER)


def own_map(geojson: Mapping[str, Any], communes: pd.DataFrame, theme: str | None) -> Figure:
    """An office's own boundaries, a FeatureCollection whose features carry the unit code in `code`, shaded alike.

    Drawn as plain shapes: a map subplot would fetch its ground from another host. The label of a commune gives
    (unit_code,) when clicked; a boundary without a row in `communes` is drawn without a label.
    """
    colours, height = look(theme), OWN_MAP_HEIGHT
    rows = {c.unit_code: c for c in _rows(communes)}
    shades = dict(zip(communes.unit_code, _shades(communes, colours), strict=True))
    told = dict(zip(communes.unit_code, _told(communes), strict=True))
    polygons = {f["properties"]["code"]: _polygons(f["geometry"]) for f in geojson["features"]}
    points = [point for parts in polygons.values() for rings in parts for point in rings[0]]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    areas = []
    for code, parts in polygons.items():
        xs: list[float | None] = []
        ys: list[float | None] = []
        for ring in (_turned(ring, hole=i > 0) for rings in parts for i, ring in enumerate(rings)):
            xs += [*(x for x, _ in ring), None]
            ys += [*(y for _, y in ring), None]
        fill = shades.get(code, "rgba(0,0,0,0)")
        line = {"color": colours.quiet, "width": 1}
        areas.append(_scatter(x=xs, y=ys, mode="lines", fill="toself", fillcolor=fill, line=line, hoverinfo="skip"))
    shown = [code for code in polygons if code in rows]
    spots = [_inside(polygons[code]) for code in shown]
    # Names are left out where they would run over the neighbours; the figure below stays.
    per_pixel = (north - south or 1) / height
    labels = [
        (f"<b>{rows[c].commune}</b><br>" if room > 8 * per_pixel * len(rows[c].commune) else "")
        + f"{number(int(rows[c].below))}/{number(int(rows[c].total))}"
        for c, (_, _, room) in zip(shown, spots, strict=True)
    ]
    names = _scatter(
        x=[x for x, _, _ in spots], y=[y for _, y, _ in spots], mode="markers+text", text=labels,
        textfont={"size": SMALL, "color": colours.ink}, marker={"size": 36, "opacity": 0},
        customdata=[[c] for c in shown], hovertext=[told[c] for c in shown], hoverinfo="text",
    )  # fmt: skip
    geographic = max(abs(south), abs(north)) <= 90
    ratio = 1 / math.cos(math.radians((south + north) / 2)) if geographic else 1
    y = {"visible": False, "range": [south, north], "scaleanchor": "x", "scaleratio": ratio}
    return _figure([*areas, names], height, x={"visible": False, "range": [west, east]}, y=y)


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
    traces = [_cells(every_cell, color="rgba(128,138,152,0.09)", hoverinfo="skip")]
    kind = (
        pd.Series("unknown", index=cells.index)
        .mask(cells.transitional > 0, "transitional")
        .mask(cells.below > 0, "below")
    )
    pale = {
        "transitional": _mixed(colours.ground, colours.verdict["transitional"], 0.3), "unknown": colours.neutral
    }  # fmt: skip
    for verdict in ("below", "transitional", "unknown"):
        part = cells[(kind == verdict) & cells.unit_code.isin(row_of)]
        traces.append(_cells(
            [(column_of[c.criterion], row_of[c.unit_code]) for c in _rows(part)],
            color=[_shade(n / most, colours) for n in part.below] if verdict == "below" else pale[verdict],
            pattern=_hatching(colours) if verdict == "unknown" else None,
            name=words.label("verdict", verdict), showlegend=True,
            customdata=[[c.unit_code, c.criterion] for c in _rows(part)],
            text=[_in_cell(c) for c in _rows(part)], textposition="inside", insidetextanchor="middle",
            textangle=0, constraintext="none", insidetextfont={"size": SMALL, "color": colours.ink},
            hovertext=[_cell_told(c, words) for c in _rows(part)], hoverinfo="text",
        ))  # fmt: skip
    x = {
        "side": "top", "tickvals": list(column_of.values()), "range": [-0.5, max(len(criteria), 1) - 0.5],
        "ticktext": ["<br>".join(_short_lines(words.short("criterion", c))) for c in criteria],
        "showgrid": False, "zeroline": False, "tickangle": 0, "automargin": True,
    }  # fmt: skip
    y = {
        "tickvals": [r + 0.5 for r in row_of.values()], "range": [max(len(row_of), 1), 0],
        "ticktext": [f"{c.commune}  <b>{c.below}/{c.total}</b>" for c in _rows(communes)],
    }  # fmt: skip
    return _figure(traces, 46 * max(len(row_of), 1) + 72, x=x, y=_NAMES | y, uniformtext=_NEVER_SMALLER, **_LEGEND)


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
    darkest = max([_DARKEST, *(1 - cells.share_complete)])
    every_cell = [(c, r) for r in row_of.values() for c in column_of.values()]
    shown = _cells(
        [(column_of[c.data_field], row_of[c.unit_code]) for c in _rows(cells)],
        color=[_shade((1 - c.share_complete) / darkest, colours) for c in _rows(cells)],
        customdata=[[c.unit_code, c.data_field] for c in _rows(cells)],
        text=[
            f"<b>{percent(c.share_complete)}</b><br>thiếu {number(int(c.total - c.complete))}/{number(int(c.total))}"
            if c.complete < c.total else f"đủ {number(int(c.total))}"
            for c in _rows(cells)
        ],
        textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
        insidetextfont={"size": SMALL, "color": colours.ink},
        hovertext=[
            f"<b>{c.commune}: {words.label('data_field', c.data_field)}</b><br>"
            f"{number(int(c.complete))} trong {number(int(c.total))} người đã có ({percent(c.share_complete)})"
            for c in _rows(cells)
        ],
        hoverinfo="text",
    )  # fmt: skip
    x = {
        "side": "top", "tickvals": list(column_of.values()), "range": [-0.5, max(len(fields), 1) - 0.5],
        "ticktext": ["<br>".join(_short_lines(words.short("data_field", f))) for f in fields],
        "showgrid": False, "zeroline": False, "tickangle": 0, "automargin": True,
    }  # fmt: skip
    y = {
        "tickvals": [r + 0.5 for r in row_of.values()], "range": [max(len(row_of), 1), 0],
        "ticktext": [
            f"{u.commune}  <b>thiếu {number(int(u.missing))}</b>" if u.missing else f"{u.commune}  đủ"
            for u in _rows(units)
        ],
    }  # fmt: skip
    traces = [_cells(every_cell, color="rgba(128,138,152,0.09)", hoverinfo="skip"), shown]
    height = 40 * max(len(row_of), 1) + 64
    return _figure(traces, height, x=x, y=_NAMES | y, uniformtext=_NEVER_SMALLER)


def timeline(spells: pd.DataFrame, words: Words, theme: str | None, as_of: date) -> Figure:
    """A person's verdicts over time, rows of the query `person_timeline`: a line a criterion, a segment a verdict.

    Spells still running are drawn to the end of `as_of`. With several posts each has lines of its own.
    """
    colours, end_of_day = look(theme), as_of + timedelta(days=1)
    several = spells.position.nunique() > 1
    lines: dict[tuple[str, str], int] = {}
    for spell in _rows(spells):
        lines.setdefault((spell.position, spell.criterion), len(lines))
    traces = []
    for verdict in VERDICTS:
        part = spells[spells.verdict == verdict]
        if part.empty:
            continue
        starts = [d.date() for d in part.from_on]
        ends = [min(_day(d) or end_of_day, end_of_day) for d in part.to_on]
        traces.append(_bar(
            orientation="h", base=starts, y=[lines[s.position, s.criterion] for s in _rows(part)],
            x=[(end - start).days * 86_400_000 for start, end in zip(starts, ends, strict=True)], width=0.66,
            marker={
                "color": _fill(verdict, colours), "pattern": _hatching(colours) if verdict == "unknown" else None,
                "line": {"color": colours.ground, "width": 1},
            },
            name=words.label("verdict", verdict), showlegend=True, text=words.label("verdict", verdict),
            textposition="inside", insidetextanchor="start", textangle=0,
            insidetextfont={"color": colours.verdict_ink[verdict]},
            hovertext=[_spell_told(s, words) for s in _rows(part)], hoverinfo="text",
        ))  # fmt: skip
    first = min((d.date() for d in spells.from_on), default=as_of)
    years = range(first.year + 1, end_of_day.year + 1, 1 + (end_of_day.year - first.year) // 12)
    marks = [date(year, 1, 1) for year in years] or [first]
    x = {
        "type": "date", "range": [first, end_of_day], "tickvals": marks, "gridcolor": "rgba(128,138,152,0.25)",
        "ticktext": [date_short(d) if len(marks) < 3 else str(d.year) for d in marks], "showgrid": True,
    }  # fmt: skip
    y = {
        "tickvals": list(lines.values()), "range": [len(lines) - 0.5, -0.5],
        "ticktext": [
            words.short("criterion", criterion) + (f"<br>{words.short('post', post)}" if several else "")
            for post, criterion in lines
        ],
    }  # fmt: skip
    # A word that would have to shrink to fit is left to the legend and the hover.
    whole_words = {"mode": "hide", "minsize": SMALL}
    return _figure(traces, 40 * max(len(lines), 1) + 76, x=x, y=_NAMES | y, uniformtext=whole_words, **_LEGEND)


def _rows(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples())


# What a line over time may show, and what it is called.
MEASURES: Mapping[str, str] = {
    "below": "Chưa đạt", "share_below": "Tỷ lệ chưa đạt", "unknown": "Thiếu dữ liệu", "transitional": "Trong lộ trình",
}  # fmt: skip
# More parts than this on one sheet nobody can read.
MOST_FACETS = 12
# Words above a plot that still stand beside others on a narrow screen.
_LONGEST_MARK = 60


def trend(
    points: pd.DataFrame,
    exact: pd.DataFrame,
    laws: pd.DataFrame,
    marks: pd.DataFrame,
    words: Words,
    theme: str | None,
    measure: str = "below",
) -> Figure:
    """People over time, a stepped line a group and a mark a point: rows of the query `trend`, one of `MEASURES`.

    `exact` are the rows of every day, so that a step stands on the day it happened. Laws that begin and mergers are
    thin labelled verticals, days of lists are marks at the foot; `laws` has effective_on and legal_ref, `marks` is of
    `period_marks`. A click on a point gives (ISO date,).
    """
    colours = look(theme)
    shades = {"can_bo": colours.accent, "cong_chuc": colours.verdict["below"]}
    lines, ends = [], []
    for group in [g for g in words.options("group") if g in set(points.group)]:
        part = points[points.group == group]
        values, days, name = _measured(part, measure), [d.date() for d in part.as_of], words.short("group", group)
        shade = shades.get(group, colours.quiet)
        ends.append((values[-1], f"{name}: {_as_measured(values[-1], measure)}", shade))
        each_day = exact[exact.group == group]
        steps = each_day[(each_day[["below", "total", "unknown", "transitional"]].diff() != 0).any(axis=1)]
        steps = pd.concat([steps, each_day.tail(1)])
        lines.append(
            _scatter(
                x=[d.date() for d in steps.as_of], y=_measured(steps, measure), name=name, mode="lines",
                line={"color": shade, "shape": "hv", "width": 2}, hoverinfo="skip",
            )
        )  # fmt: skip
        lines.append(
            _scatter(
                x=days, y=values, mode="markers", cliponaxis=False, showlegend=False,
                marker={"size": 7, "color": shade}, customdata=[[d.isoformat()] for d in days], hoverinfo="text",
                hovertext=[_point_told(name, r) for r in _rows(part)],
            )
        )  # fmt: skip
    top = max([4 if measure != "share_below" else 0.04, *(v for line in lines for v in line["y"])]) * 1.2
    days = [d.date() for d in marks[marks["mark"] == "chot_so_lieu"].on_date]
    if days:
        told = marks[marks["mark"] == "chot_so_lieu"].note
        lines.append(
            _scatter(
                x=days, y=[0] * len(days), name="Ngày chốt số liệu", mode="markers", cliponaxis=False,
                marker={"symbol": "triangle-up", "size": 11, "color": colours.quiet}, hoverinfo="text",
                customdata=[[d.isoformat()] for d in days],
                hovertext=[f"<b>Chốt số liệu {date_short(d)}</b><br>{n}" for d, n in zip(days, told, strict=True)],
            )
        )  # fmt: skip
    start, end = points.as_of.min(), points.as_of.max()
    rules, notes, lanes = _verticals(laws, marks, (start.date(), end.date()), colours)
    edge = max(end - start, pd.Timedelta(days=30)) * 0.02
    return _figure(
        lines, 340 + 18 * lanes,
        x={"type": "date", "showgrid": False, "tickformat": "%m/%Y", "range": [start - edge, end + edge]},
        y={"range": [0, top], "gridcolor": "rgba(128,138,152,0.2)", **_measure_axis(measure)},
        shapes=rules, annotations=[*notes, *_at_the_end(ends, top, end)],
        **_LEGEND | {"margin": {"l": 36, "r": 130, "t": 8 + 18 * lanes, "b": 64, "pad": 6}},
    )  # fmt: skip


def facets(
    points: pd.DataFrame,
    by: Sequence[str],
    laws: pd.DataFrame,
    marks: pd.DataFrame,
    theme: str | None,
    measure: str = "below",
) -> tuple[Figure, int]:
    """Small multiples on one scale, a part each: communes, criteria or posts over time, the worst at the end first.

    Parts that are gone by then, such as merged communes, come last.

    `by` are the columns that name a part: its code and, as the last, what it is called. At most `MOST_FACETS` are
    drawn; the second value is how many parts were left out. A click on a point gives (ISO date, code).
    """
    colours = look(theme)
    code, title = by[0], by[-1]
    last = points.sort_values("as_of").groupby(list(dict.fromkeys(by)), sort=False).tail(1)
    peak = points.groupby(code).below.max()
    last = last.assign(peak=last[code].map(peak), remains=last.as_of == points.as_of.max()).sort_values(
        ["remains", measure, "peak", title], ascending=[False, False, False, True], kind="stable"
    )
    drawn = last.head(MOST_FACETS)
    columns = min(4, max(1, len(drawn)))
    height = 132
    rows = -(-len(drawn) // columns)
    top = max([4 if measure != "share_below" else 0.04, *_measured(points, measure)]) * 1.25
    first_day, last_day = points.as_of.min(), points.as_of.max()
    length = max(last_day - first_day, pd.Timedelta(days=30))
    traces, layout, notes, shapes = [], {}, [], []
    gap_x, gap_y = 0.035, 0.4 / max(rows, 1)
    width, tall = (1 - gap_x * (columns - 1)) / columns, (1 - gap_y * (rows - 1)) / rows
    for n, part in enumerate(_rows(drawn)):
        own = points[(points[code] == getattr(part, code)) & (points[title] == getattr(part, title))]
        left, row = (n % columns) * (width + gap_x), n // columns
        bottom = max(1 - row * (tall + gap_y) - tall, 0)
        axis = str(n + 1) if n else ""
        values, days = _measured(own, measure), [d.date() for d in own.as_of]
        worst = part.remains and values[-1] > 0 and n == 0
        shade = colours.verdict["below"] if worst else colours.accent
        traces.append(
            _scatter(
                x=days, y=values, xaxis=f"x{axis}", yaxis=f"y{axis}", mode="lines+markers+text", cliponaxis=False,
                text=["" for _ in days[:-1]] + [f"<b>{_as_measured(values[-1], measure)}</b>"],
                textposition="middle right", textfont={"size": BODY, "color": shade},
                line={"color": shade, "shape": "hv", "width": 2}, marker={"size": 5, "color": shade},
                customdata=[[d.isoformat(), getattr(part, code)] for d in days], hoverinfo="text",
                hovertext=[_point_told(getattr(part, title), r) for r in _rows(own)], showlegend=False,
            )
        )  # fmt: skip
        layout[f"xaxis{axis}"] = {
            "fixedrange": True, "domain": [left, left + width], "anchor": f"y{axis}", "type": "date", "showgrid": False,
            # Room for the last number; the first day is written once a row, or it would meet its neighbour's last.
            "range": [first_day - length * 0.02, last_day + length * (0.27 if measure == "share_below" else 0.16)],
            "tickvals": [first_day, last_day] if n % columns == 0 else [last_day],
            "ticktext": [f"{d:%m/%Y}" for d in ((first_day, last_day) if n % columns == 0 else (last_day,))],
            "tickfont": {"size": SMALL, "color": colours.quiet},
        }  # fmt: skip
        layout[f"yaxis{axis}"] = {
            "fixedrange": True, "domain": [bottom, bottom + tall], "anchor": f"x{axis}", "range": [0, top], "nticks": 3,
            "gridcolor": "rgba(128,138,152,0.2)", "showticklabels": n % columns == 0,
            "tickfont": {"size": SMALL, "color": colours.quiet},
            **_measure_axis(measure),
        }  # fmt: skip
        notes.append(
            {"x": left, "y": bottom + tall, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom",
             "showarrow": False, "text": f"<b>{_shortened(str(getattr(part, title)))}</b>",
             "font": {"size": BODY, "color": colours.quiet}}
        )  # fmt: skip
        begun = [*laws.effective_on, *marks[marks["mark"] == "sap_nhap"].on_date]
        shapes += [
            {"type": "line", "xref": f"x{axis}", "x0": d, "x1": d, "yref": f"y{axis} domain", "y0": 0, "y1": 1,
             "line": {"color": colours.quiet, "width": 1, "dash": "dot"}}
            for d in begun
        ]  # fmt: skip
    figure = _figure(
        traces, rows * height + 52, x=layout.pop("xaxis", {}), y=layout.pop("yaxis", {}), shapes=shapes,
        annotations=notes, margin={"l": 36, "r": 8, "t": 26, "b": 26, "pad": 4}, **layout,
    )  # fmt: skip
    return figure, len(last) - len(drawn)


def _at_the_end(ends: Sequence[tuple[float, str, str]], top: float, last: Any) -> list[dict[str, Any]]:
    """The words at the ends of lines (value, text, colour), moved apart where they would lie on each other."""
    told, above = [], -top
    for value, text, shade in sorted(ends):
        # A line of words is about a fifteenth of the plot high.
        above = max(value, above + top / 15)
        told.append(
            {"x": last, "y": above, "xanchor": "left", "yanchor": "middle", "xshift": 8, "showarrow": False,
             "text": text, "font": {"size": BODY, "color": shade}}
        )  # fmt: skip
    return told


def _verticals(
    laws: pd.DataFrame, marks: pd.DataFrame, span: tuple[date, date], colours: Look
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Thin verticals for laws and mergers with their words above the plot, and how many lines of words there are.

    What begins on one day shares a label; a label that would run into another goes to the next line.
    """
    merged = marks[marks["mark"] == "sap_nhap"]
    days: dict[date, list[str]] = {}
    for day, text in zip(laws.effective_on, laws.legal_ref, strict=True):
        days.setdefault(day.date(), []).append(str(text))
    for day in merged.on_date.unique():
        notes = merged.note[merged.on_date == day]
        text = f"{', '.join(notes)} (sáp nhập)"
        # The table of marks names them all.
        text = text if len(text) <= _LONGEST_MARK else f"{number(len(notes))} đơn vị mới do sáp nhập"
        days.setdefault(day.date(), []).append(text)
    length = max((span[1] - span[0]).days, 1)
    taken: list[float] = []
    rules, told = [], []
    for day in sorted(days):
        text = f"{date_short(day)}: {', '.join(days[day])}"
        at = (day - span[0]).days / length
        # About how much of a narrow screen's plot the words take.
        wide = len(text) * 0.0078
        left = at if at + wide <= 1.1 else max(at - wide, 0.0)
        lane = next((n for n, end in enumerate(taken) if end < left), len(taken))
        taken[lane : lane + 1] = [left + wide]
        rules.append(
            {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1,
             "line": {"color": colours.quiet, "width": 1, "dash": "dot"}}
        )  # fmt: skip
        told.append(
            {"x": day, "yref": "paper", "y": 1, "yshift": 2 + 18 * lane, "yanchor": "bottom", "showarrow": False,
             "xanchor": "left" if left == at else "right", "text": text,
             "font": {"size": SMALL, "color": colours.quiet}}
        )  # fmt: skip
    return rules, told, len(taken)


def _measured(points: pd.DataFrame, measure: str) -> list[float]:
    if measure == "share_below":
        return [int(b) / int(t) for b, t in zip(points.below, points.total, strict=True)]
    return [int(n) for n in points[measure]]


def _as_measured(value: float, measure: str) -> str:
    return percent(value) if measure == "share_below" else number(int(value))


def _measure_axis(measure: str) -> dict[str, Any]:
    return {"tickformat": ".0%"} if measure == "share_below" else {"tickformat": ",d"}


def _point_told(name: str, point: Any) -> str:
    share = percent(int(point.below) / int(point.total))
    return (
        f"<b>{name}, {date_short(point.as_of)}</b><br>{number(int(point.below))}/{number(int(point.total))} ({share}) "
        "chưa đạt" + _counted(point.unknown, "thiếu dữ liệu") + _counted(point.transitional, "trong lộ trình")
    )


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else textwrap.shorten(text, 30, placeholder="…")


def bridge(rows: pd.DataFrame, words: Words, theme: str | None) -> Figure:
    """From the number below on one day to that on another, a bar a cause: rows of `change_between`.

    A click on a bar gives (cause, change).
    """
    colours = look(theme)
    level, base, height, shade, text = 0, [], [], [], []
    for row in _rows(rows):
        if row.cause in ("start", "end"):
            level = int(row.people)
            base.append(0)
            height.append(level)
            shade.append(colours.accent)
            text.append(number(level))
            continue
        after = level + int(row.change)
        base.append(min(level, after))
        height.append(abs(int(row.change)))
        # Fewer people below is what is wanted: the colour of "đạt"; who was only given time is not there yet.
        better = "transitional" if row.cause == "co_thoi_han" else "meets"
        shade.append(colours.verdict[better if row.change < 0 else "below"])
        text.append(f"{'−' if row.change < 0 else '+'}{number(int(row.people))}")
        level = after
    bars = _bar(
        x=list(range(len(rows))), y=height, base=base, width=0.7, marker={"color": shade}, cliponaxis=False,
        text=[f"<b>{t}</b>" for t in text], textposition="outside", hoverinfo="text", textfont={"size": BODY},
        hovertext=[
            f"<b>{words.label('change_cause', r.cause)}</b><br>{number(int(r.people))} người" for r in _rows(rows)
        ],
        customdata=[[r.cause, int(r.change)] for r in _rows(rows)],
    )  # fmt: skip
    names = ["<br>".join(textwrap.wrap(words.short("change_cause", c), 12)) for c in rows.cause]
    top = max([4, *(b + h for b, h in zip(base, height, strict=True))]) * 1.18
    return _figure(
        [bars], 320,
        x={"tickvals": list(range(len(rows))), "ticktext": names, "showgrid": False, "tickfont": {"size": BODY}},
        y={"visible": False, "range": [0, top]}, margin={"l": 0, "r": 0, "t": 4, "b": 44, "pad": 4},
    )  # fmt: skip


def downsizing(
    progress: pd.DataFrame, in_process: pd.DataFrame, owed: tuple[int, str] | None, theme: str | None
) -> Figure:
    """Posts given up by the end of each year against the target and what is owed by the last.

    `progress` are rows of `downsizing_progress`, `in_process` has the cases under way (year, in_process), `owed` is how
    many posts must be given up and how that line is called (None: not known). The years to come show what is approved
    and, paler, what would come if every case under way were. A click gives (year,).
    """
    colours, years = look(theme), [int(y) for y in progress.year]
    parts = [
        ("Đã giảm", [int(n) for n in progress.cumulative_done], colours.accent, None),
        ("Đã duyệt, chờ nghỉ", [int(n) for n in progress.approved_waiting.cumsum()], colours.accent, "/"),
        ("Nếu hồ sơ đang xử lý đều được duyệt", _running(in_process, years), colours.neutral, None),
    ]
    bars = [
        _bar(
            x=years, y=heights, name=name, width=0.62, textposition="inside", textangle=0, insidetextanchor="middle",
            text=[f"<b>{number(n)}</b>" if n else "" for n in heights], customdata=[[y] for y in years],
            textfont={"size": BODY, "color": colours.ground if name == "Đã giảm" else colours.ink},
            marker={
                "color": color if not pattern else colours.neutral,
                "pattern": {"shape": pattern, "size": 7, "solidity": 0.15, "fgcolor": color} if pattern else None,
            },
            hovertemplate=f"<b>Đến hết %{{x}}</b><br>{name}: %{{y}}<extra></extra>",
        )
        for name, heights, color, pattern in parts
        if any(heights)
    ]  # fmt: skip
    lines = []
    if progress.cumulative_target.notna().all():
        target = [int(n) for n in progress.cumulative_target]
        lines.append(
            _scatter(
                x=years, y=target, name="Chỉ tiêu cộng dồn", mode="lines+markers+text", line={"color": colours.quiet},
                text=[number(n) for n in target], textposition="top center", customdata=[[y] for y in years],
                hovertemplate="<b>Đến hết %{x}</b><br>Chỉ tiêu cộng dồn: %{y}<extra></extra>",
            )
        )  # fmt: skip
    stacked = [sum(heights) for heights in zip(*(part[1] for part in parts), strict=True)]
    most_owed, called = owed or (0, "")
    top = max([most_owed, *progress.cumulative_target.fillna(0), *stacked])
    line = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": most_owed, "y1": most_owed,
        "line": {"color": colours.quiet, "width": 1, "dash": "dot"},
    }  # fmt: skip
    told = {
        "xref": "paper", "x": 0, "y": most_owed, "xanchor": "left", "yanchor": "bottom", "showarrow": False,
        "text": called, "font": {"size": SMALL},
    }  # fmt: skip
    return _figure(
        [*bars, *lines], 340, x={"dtick": 1, "showgrid": False}, y={"visible": False, "range": [0, top * 1.16]},
        barmode="stack", uniformtext={"mode": "hide", "minsize": SMALL},
        shapes=[line] if owed else [], annotations=[told] if owed else [],
        **_LEGEND | {"margin": {"l": 0, "r": 0, "t": 8, "b": 64, "pad": 6}},
    )  # fmt: skip


def reasons(rows: pd.DataFrame, words: Words, theme: str | None) -> Figure:
    """Bars of cases that came to nothing by reason: rows of `downsizing_shortfall`. A click gives (fall_reason,)."""
    colours = look(theme)
    places = list(range(len(rows)))
    # The report blames evaluation: what it is the cause of stands out.
    shades = [colours.accent if r == "chua_danh_gia" else colours.verdict["unknown"] for r in rows.fall_reason]
    most = max(rows.cases, default=1) * 1.2
    # What has no hover cannot be clicked.
    whole_row = _bar(
        orientation="h", x=[most] * len(places), y=places, width=1, marker={"color": "rgba(0,0,0,0)"},
        customdata=[[r] for r in rows.fall_reason], hoverinfo="text",
        hovertext=[
            f"<b>{words.label('fall_reason', r.fall_reason)}</b><br>{number(int(r.cases))} hồ sơ" for r in _rows(rows)
        ],
    )  # fmt: skip
    bars = _bar(
        orientation="h", x=list(rows.cases), y=places, width=0.7, marker={"color": shades}, cliponaxis=False,
        text=[f"<b>{number(int(n))}</b>" for n in rows.cases], textposition="outside",
        customdata=[[r] for r in rows.fall_reason], hoverinfo="skip",
    )  # fmt: skip
    names = {
        "tickvals": places, "ticktext": [words.short("fall_reason", r) for r in rows.fall_reason],
        "range": [len(places) - 0.5, -0.5],
    }  # fmt: skip
    return _figure(
        [whole_row, bars], _ROW * max(len(places), 1) + 8, x={"visible": False, "range": [0, most]}, y=_NAMES | names
    )


# Who the officials are, and who came and left. Ordered scales of one hue each: no colour here says good or bad.
_LEVELS = {"light": ("#dce7f5", "#1f4e8c"), "dark": ("#24364d", "#8ab8f2")}
_LEAVING = {"light": ("#e4dcf1", "#5d3f92"), "dark": ("#3b3055", "#bba3ee")}
# Of the room across: the bars, then the names of the last one, then the marks of the country.
_BARS, _BARS_ALONE, _COUNTRY = 0.56, 0.76, (0.83, 1.0)
_STRUCTURE = 360


def structure(points: pd.DataFrame, marks: pd.DataFrame, words: Words, theme: str | None) -> Figure:
    """What the officials are made of over time, a bar of 100% a day: rows of `structure` of one dimension.

    The last bar has the names. `marks` are rows of `national_figures` (as_of, since, share, category) whose share is
    measured from the ground like the lowest parts of the bars; each stands apart, in outline, under its own date.
    A click on a part gives (ISO date, category).
    """
    colours, kind = look(theme), "dark" if theme == "dark" else "light"
    dimension = str(points.dimension.iloc[0])
    order = stacked(dimension, words)
    shade_of = _scale([c for c in words.options(dimension) if c in order], _LEVELS[kind])
    days = [d.date() for d in sorted(set(points.as_of))]
    places = {d: i for i, d in enumerate(days)}
    telling = len(days) <= 8
    traces = []
    for category in order:
        part = points[(points.category == category) & points.people.notna()]
        if part.empty:
            continue
        shade = shade_of.get(category, colours.neutral)
        traces.append(_bar(
            x=[places[d.date()] for d in part.as_of], y=[float(s) for s in part.share], width=0.78,
            name=words.label(dimension, category), textposition="inside", insidetextanchor="middle", textangle=0,
            text=[percent(s) if telling and s >= 0.055 else "" for s in part.share], constraintext="none",
            insidetextfont={"size": SMALL, "color": _ink_on(shade)}, customdata=[
                [d.date().isoformat(), category] for d in part.as_of
            ],
            marker={
                "color": shade, "line": {"color": colours.ground, "width": 1 if telling else 0},
                "pattern": _hatching(colours) if category == "unknown" else None,
            },
            hoverinfo="text", hovertext=[
                f"<b>{words.label(dimension, category)}, {date_short(r.as_of.date())}</b><br>"
                f"{number(int(r.people))} trong {number(int(r.total))} người ({percent(r.share)})"
                for r in _rows(part)
            ],
        ))  # fmt: skip
    reach = _BARS if len(marks) else _BARS_ALONE
    every = max(1, math.ceil(len(days) / (5 if len(marks) else 8)))
    told = [d for i, d in enumerate(reversed(days)) if i % every == 0]
    untold = {d.date() for d in points.as_of[points.people.isna()]}
    x = {
        "domain": [0, reach], "range": [-0.5, len(days) - 0.5], "showgrid": False,
        "tickvals": [places[d] for d in told], "tickfont": {"size": BODY}, "tickangle": 0,
        "ticktext": [date_short(d) + ("<br>không nêu" if d in untold else "") for d in told],
    }  # fmt: skip
    if len(untold) == len(days):
        why = {"text": "Có số dưới 5 nên không nêu số nào của các ngày này", "font": {"size": BODY}}
        return _figure(
            [], 120, x=x, y={"visible": False, "range": [0, 1]},
            annotations=[why | {"xref": "paper", "x": 0, "xanchor": "left", "y": 0.5, "showarrow": False}],
            margin={"l": 0, "r": 0, "t": 4, "b": 48, "pad": 4},
        )  # fmt: skip
    named = _named_parts(points[points.as_of == points.as_of.max()], order, shade_of, reach, words, colours)
    country, shapes, notes, axis = _country(marks, words, colours)
    return _figure(
        traces + country, _STRUCTURE, x=x, y={"visible": False, "range": [0, 1.02]}, barmode="stack",
        annotations=named + notes, shapes=shapes, xaxis2=axis,
        margin={"l": 0, "r": 0, "t": 4, "b": 48, "pad": 4},
    )  # fmt: skip


def stacked(dimension: str, words: Words) -> list[str]:
    """The categories of a dimension from the ground up: the highest level first, the youngest first, unknown last."""
    known = words.options(dimension)
    return [*(known if dimension == "tuoi" else reversed(known)), "unknown"]


def flows(rows: pd.DataFrame, words: Words, theme: str | None) -> Figure:
    """Who came (upwards) and who left (downwards) each year, by reason: rows of `flows` of one group.

    Under each year stands how many there were at its beginning and its end. A click on a part gives (year, flow).
    """
    colours, kind = look(theme), "dark" if theme == "dark" else "light"
    years = sorted({int(y) for y in rows.year})
    moved = rows[rows.change != 0]
    kinds = [f for f in words.options("flow") if f in set(moved.flow)]
    coming = [f for f in kinds if (moved.change[moved.flow == f] > 0).all()]
    shade_of = _scale(coming[::-1], _LEVELS[kind]) | _scale([f for f in kinds if f not in coming][::-1], _LEAVING[kind])
    if set(coming) & {"first_listed"}:
        # Nobody knows when they came: like what is not known elsewhere.
        shade_of["first_listed"] = colours.neutral
    traces = []
    for flow in kinds:
        part, shade = moved[moved.flow == flow], shade_of[flow]
        traces.append(_bar(
            x=[years.index(int(y)) for y in part.year], y=[int(n) for n in part.change], width=0.62,
            name=words.short("flow", flow), showlegend=True, textposition="inside", insidetextanchor="middle",
            textangle=0, text=[f"{words.short('flow', flow)}: {number(int(n))}" for n in part.people],
            insidetextfont={"size": SMALL, "color": _ink_on(shade)},
            customdata=[[int(y), flow] for y in part.year],
            marker={
                "color": shade, "line": {"color": colours.ground, "width": 1},
                "pattern": _hatching(colours) if flow == "first_listed" else None,
            },
            hoverinfo="text", hovertext=[
                f"<b>{words.label('flow', flow)}, năm {r.year}</b><br>{number(int(r.people))} lượt người"
                for r in _rows(part)
            ],
        ))  # fmt: skip
    up, down = (
        {y: int(moved.change[(moved.year == y) & (way * moved.change > 0)].sum()) for y in years} for way in (1, -1)
    )
    for sums, place in ((up, "top center"), (down, "bottom center")):
        traces.append(_scatter(
            x=list(range(len(years))), y=list(sums.values()), mode="text", textposition=place, cliponaxis=False,
            text=[f"<b>{signed(n)}</b>" if n else "" for n in sums.values()], textfont={"size": BODY},
            hoverinfo="skip", showlegend=False,
        ))  # fmt: skip
    stock = {(int(r.year), r.flow): int(r.people) for r in _rows(rows[rows.change == 0])}
    # Room for the sums above and below; one person alone does not fill the picture, nor nobody the page.
    low = 3 if len(moved) else 0
    most = max([4, *up.values(), *(-n for n in down.values())])
    return _figure(
        traces, 380 if len(moved) else 120, barmode="relative", uniformtext={"mode": "hide", "minsize": SMALL},
        x={
            "range": [-0.5, max(len(years), 3) - 0.5], "showgrid": False, "tickvals": list(range(len(years))),
            "tickfont": {"size": BODY}, "ticktext": [
                f"<b>{y}</b><br>{number(stock.get((y, 'stock_start'), 0))} → "
                f"{number(stock.get((y, 'stock_end'), 0))} người"
                for y in years
            ],
        },
        y={
            "visible": True, "showticklabels": False, "showgrid": False, "zeroline": True, "zerolinewidth": 1,
            "zerolinecolor": colours.quiet,
            "range": [min([-low, *down.values()]) - most * 0.2, max([low, *up.values()]) + most * 0.2],
        },
        **_LEGEND | {"margin": {"l": 0, "r": 0, "t": 4, "b": 92, "pad": 4}},
    )  # fmt: skip


def _scale(codes: Sequence[str], ends: tuple[str, str]) -> dict[str, str]:
    """A shade for each code, from the pale end to the strong one; a single code has the strong one."""
    last = len(codes) - 1
    return {code: _mixed(*ends, i / last if last else 1) for i, code in enumerate(codes)}


def _ink_on(shade: str) -> str:
    """Black or white, whichever reads better on a shade."""
    parts = [int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    # Where both read equally well, by the formula of WCAG.
    return "#ffffff" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179 else "#10161f"


def _named_parts(
    last: pd.DataFrame, order: Sequence[str], shade_of: Mapping[str, str], reach: float, words: Words, colours: Look
) -> list[dict[str, Any]]:
    """The names of the parts of the last bar beside it, each with its colour, people and share, none over another."""
    parts: list[_Named] = []
    ground, least = 0.0, 0.06
    for category in order:
        row = last[(last.category == category) & last.people.notna()]
        if len(row):
            share = float(row.share.iloc[0])
            parts.append(_Named(category, int(row.people.iloc[0]), share, ground + share / 2))
            ground += share
    for below, part in itertools.pairwise(parts):
        part.place = max(part.place, below.place + least)
    # What was pushed out at the top pushes the others down again.
    top = 1.0
    for part in reversed(parts):
        part.place = min(part.place, top)
        top = part.place - least
    dimension = str(last.dimension.iloc[0])
    return [
        {
            "x": reach + 0.005, "xref": "paper", "y": part.place, "yref": "y", "xanchor": "left",
            "yanchor": "middle", "showarrow": False, "align": "left", "font": {"size": BODY, "color": colours.ink},
            "text": f'<span style="color:{shade_of.get(part.category, colours.verdict["unknown"])}">■</span> '
            f"{words.label(dimension, part.category)} <b>{number(part.people)}</b> ({percent(part.share)})",
        }
        for part in parts
    ]  # fmt: skip


@dataclass
class _Named:
    """A part of a bar, and how high its name stands."""

    category: str
    people: int
    share: float
    place: float


def _country(
    marks: pd.DataFrame, words: Words, colours: Look
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Marks of the whole country apart from the bars: bars for the hover, outlines and lines, words, their axis."""
    rows = _rows(marks.sort_values("as_of")) if len(marks) else []
    if not rows:
        return [], [], [], {"visible": False}
    told = [words.label(r.dimension, r.category) for r in rows]
    when = [f"{r.since.year}–{r.as_of.year}" if pd.notna(r.since) else date_short(r.as_of.date()) for r in rows]
    hit = _bar(
        x=list(range(len(rows))), y=[float(r.share) for r in rows], width=0.7, xaxis="x2", hoverinfo="text",
        marker={"color": "rgba(0,0,0,0)"}, hovertext=[
            f"<b>Cả nước, {day}</b><br>{percent(r.share)} {inside(name)}<br>"
            f"{number(int(r.people))} người. {r.source}"
            for r, name, day in zip(rows, told, when, strict=True)
        ], customdata=[[None, None] for _ in rows],
    )  # fmt: skip
    line = {"color": colours.quiet, "width": 2, "dash": "dash"}
    shapes = [
        {"type": "rect", "xref": "x2", "x0": i - 0.38, "x1": i + 0.38, "y0": 0, "y1": float(r.share), "line": line}
        for i, r in enumerate(rows)
    ] + [
        {"type": "line", "xref": "paper", "x0": 0, "x1": _BARS, "y0": float(r.share), "y1": float(r.share),
         "line": line | {"width": 1, "dash": "dot"}, "layer": "below"}
        for r in rows
    ]  # fmt: skip
    notes = [
        # Words that would not fit into a low outline stand on it.
        {"xref": "x2", "x": i, "y": float(r.share) / (2 if r.share > 0.35 else 1), "showarrow": False,
         "yanchor": "middle" if r.share > 0.35 else "bottom", "font": {"size": BODY, "color": colours.ink},
         "text": f"<b>{percent(r.share)}</b><br>" + "<br>".join(textwrap.wrap(inside(name), 10))}
        for i, (r, name) in enumerate(zip(rows, told, strict=True))
    ]  # fmt: skip
    axis = {
        "domain": list(_COUNTRY), "range": [-0.5, len(rows) - 0.5], "showgrid": False, "anchor": "y",
        "tickvals": list(range(len(rows))), "ticktext": [f"Cả nước<br>{day}" for day in when],
        "tickfont": {"size": SMALL}, "fixedrange": True, "zeroline": False,
    }  # fmt: skip
    return [hit], shapes, notes, axis


def _running(by_year: pd.DataFrame, years: Sequence[int]) -> list[int]:
    return [int(by_year.in_process[by_year.year <= year].sum()) for year in years]


def _figure(
    traces: list[dict[str, Any]], height: int, *, x: dict[str, Any], y: dict[str, Any], **layout: Any
) -> Figure:
    # In one piece: Plotly takes as long for each later change as for the whole.
    axis = {"fixedrange": True, "tickfont": {"size": SMALL}}
    common = {
        "height": height, "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 6}, "separators": ",.",
        "font": {"family": FONT, "size": SMALL}, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"align": "left", "font": {"family": FONT, "size": BODY}}, "hovermode": "closest",
        "showlegend": False, "barmode": "overlay", "xaxis": axis | x, "yaxis": axis | y,
        # Plotly would rather cut headings off than draw fewer pixels than these: a matrix may have a single row.
        "minreducedheight": _ROW,
    }  # fmt: skip
    return Figure(data=traces, layout=common | layout)


def _bar(**settings: Any) -> dict[str, Any]:
    return {"type": "bar"} | settings


def _scatter(**settings: Any) -> dict[str, Any]:
    return {"type": "scatter"} | settings


def _short_lines(text: str) -> list[str]:
    return textwrap.wrap(text, 9, break_long_words=False)


def _cells(places: Sequence[tuple[int, int]], *, color: Any, pattern: Any = None, **bar: Any) -> dict[str, Any]:
    """Equal cells at (column, row), rows counted from the top."""
    return _bar(
        x=[column for column, _ in places], base=[row + 0.04 for _, row in places], y=[0.92] * len(places), width=0.96,
        marker={"color": color, "pattern": pattern, "cornerradius": 3}, **{"showlegend": False} | bar,
    )  # fmt: skip


def _fill(verdict: str, colours: Look) -> str:
    # Missing data are hatched on a pale ground, so that the words in them stay easy to read.
    return colours.neutral if verdict == "unknown" else colours.verdict[verdict]


def _hatching(colours: Look) -> dict[str, Any]:
    return {
        "shape": "/", "size": 7, "solidity": 0.25, "fillmode": "overlay", "fgcolor": colours.verdict["unknown"],
        "fgopacity": 0.8,
    }  # fmt: skip


def _shade(share_of_darkest: float, colours: Look) -> str:
    if not share_of_darkest:
        return colours.neutral
    return _mixed(*colours.shades, min(share_of_darkest, 1))


def _mixed(pale: str, dark: str, part: float) -> str:
    one, other = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (pale, dark))
    return "#" + "".join(f"{round(p + (d - p) * part):02x}" for p, d in zip(one, other, strict=True))


def _shades(communes: pd.DataFrame, colours: Look) -> list[str]:
    darkest = max([_DARKEST, *communes.share_below])
    return [_shade(share / darkest, colours) for share in communes.share_below]


def _places(communes: pd.DataFrame) -> list[tuple[int, int]]:
    """Column and row of each tile, rows counted from the top."""
    placed = communes.tile_col.notna() & communes.tile_row.notna()
    known = communes[placed]
    if known.duplicated(["tile_col", "tile_row"]).any():
        placed[:] = False
        known = communes[placed]
    west, north = (known.tile_col.min(), known.tile_row.min()) if len(known) else (0, 0)
    width = int(known.tile_col.max() - west) + 1 if len(known) else 0
    height = int(known.tile_row.max() - north) + 1 if len(known) else 0
    # Where all stand in a grid it is a little wider than high, as tiles are, but never too narrow for names.
    columns = max(width, min(5, math.ceil(math.sqrt(len(communes)))))
    places, loose = [], 0
    for c, has_place in zip(_rows(communes), placed, strict=True):
        if has_place:
            places.append((int(c.tile_col - west), int(c.tile_row - north)))
        else:
            places.append((loose % columns, height + loose // columns))
            loose += 1
    return places


def _of_total(commune: Any) -> str:
    """'4/21 (19,05%)', or '0/20' where nobody is below."""
    share = f" ({percent(commune.share_below)})" if commune.below else ""
    return f"{number(int(commune.below))}/{number(int(commune.total))}{share}"


def _on_tile(commune: Any) -> str:
    also = [(commune.transitional, "trong lộ trình"), (commune.unknown, "thiếu dữ liệu")]
    lines = [f"{number(int(n))} {words}" for n, words in also if n]
    return "<br>".join([f"<b>{'<br>'.join(textwrap.wrap(commune.commune, 13))}</b>", _of_total(commune), *lines])


def _told(communes: pd.DataFrame) -> list[str]:
    return [
        f"<b>{c.commune}</b><br>{number(int(c.below))} trong {number(int(c.total))} người chưa đạt"
        f" ({percent(c.share_below)})"
        + _counted(c.unknown, "chưa đủ dữ liệu để kết luận")
        + _counted(c.transitional, "còn trong lộ trình")
        for c in _rows(communes)
    ]


def _counted(people: Any, words: str) -> str:
    return f"<br>{number(int(people))} người {words}" if people else ""


def _in_cell(cell: Any) -> str:
    also = [(cell.transitional, "lộ trình"), (cell.unknown, "thiếu")]
    said = [f"{number(int(n))} {word}" for n, word in also if n]
    below = [f"<b>{number(int(cell.below))}</b>"] if cell.below else []
    # A cell has room for two lines.
    return "<br>".join([*below, *said] if len(said) < 2 else [" · ".join([*below, said[0]]), said[1]])


def _cell_told(cell: Any, words: Words) -> str:
    return (
        f"<b>{cell.commune}: {words.label('criterion', cell.criterion)}</b>"
        + _counted(cell.below, "chưa đạt")
        + _counted(cell.transitional, "còn trong lộ trình")
        + _counted(cell.unknown, "thiếu dữ liệu")
    )


def _spell_told(spell: Any, words: Words) -> str:
    until = _day(spell.to_on)
    when = f"từ {date_short(spell.from_on.date())}"
    when += f" đến hết {date_short(until - timedelta(days=1))}" if until else " đến nay"
    said = textwrap.wrap(spell.reason, 64)
    return "<br>".join(
        [f"<b>{words.label('criterion', spell.criterion)}: {words.label('verdict', spell.verdict)}</b>", when, *said]
    )


def _day(moment: Any) -> date | None:
    return None if pd.isna(moment) else pd.Timestamp(moment).date()


Ring = list[tuple[float, float]]


def _polygons(geometry: Mapping[str, Any]) -> list[list[Ring]]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[[(p[0], p[1]) for p in ring] for ring in rings] for rings in parts]


def _area(ring: Ring) -> float:
    """Twice the signed area: positive where the ring runs counter-clockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True))


def _turned(ring: Ring, *, hole: bool) -> Ring:
    # A hole stays open only if it runs against its outline.
    return ring if (_area(ring) < 0) == hole else ring[::-1]


def _inside(parts: list[list[Ring]]) -> tuple[float, float, float]:
    """A point inside the largest part with room around it for a label, and the width there is for one."""
    rings = max(parts, key=lambda rings: abs(_area(rings[0])))
    turned = [[(y, x) for x, y in ring] for ring in rings]
    heights = [y for _, y in rings[0]]
    south, tall = min(heights), max(heights) - min(heights)
    best = (0.0, *rings[0][0], 0.0)
    for step in range(2, 9):
        # A hair off the round fraction, so that no line runs along an edge of a square.
        y = south + tall * (step / 10 + 0.0003)
        for left, right in _spans(rings, y):
            x = (left + right) / 2
            above_and_below = max(
                (min(y - low, high - y) for low, high in _spans(turned, x) if low <= y <= high), default=0
            )
            # A label of two lines is about twice as wide as it is high, and this is half a height.
            best = max(best, (min(right - left, 4 * above_and_below), x, y, right - left))
    return best[1:]


def _spans(rings: list[Ring], y: float) -> list[tuple[float, float]]:
    """The stretches of the line at height `y` that lie inside an outline and outside its holes."""
    crossings = sorted(
        x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        for ring in rings
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True)
        if (y0 > y) != (y1 > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


# The page Dự báo.


def forecast(
    points: pd.DataFrame,
    exact: pd.DataFrame,
    laws: pd.DataFrame,
    marks: pd.DataFrame,
    theme: str | None,
    *,
    past: bool = False,
) -> Figure:
    """People below in the time to come, a stepped band from the fewest to the most: rows of the query `forecast`.

    `points` are the quarters, which have marks to click on, `exact` the rows of every day, so that a step stands on the
    day it happens. Laws that begin and mergers are thin labelled verticals. A click on a point gives (ISO date,).
    With `past` the first day is not called today.
    """
    colours = look(theme)
    shade = colours.verdict["below"]
    counts = ["below_low", "below_high"]
    steps = pd.concat([exact[(exact[counts].diff() != 0).any(axis=1)], exact.tail(1)])
    days, told = [d.date() for d in points.as_of], [_range_told(p) for p in _rows(points)]
    band = [
        _scatter(
            x=[d.date() for d in steps.as_of], y=[int(n) for n in steps[side]], mode="lines", hoverinfo="skip",
            line={"color": shade, "shape": "hv", "width": 2}, fill="tonexty" if side == "below_high" else None,
            fillcolor=_transparent(shade, 0.22),
        )
        for side in counts
    ]  # fmt: skip
    dots = [
        _scatter(
            x=days, y=[int(n) for n in points[side]], mode="markers", cliponaxis=False,
            hoverinfo="text", hovertext=told, marker={"size": 8, "color": shade},
            customdata=[[d.isoformat()] for d in days],
        )
        for side in counts
    ]  # fmt: skip
    start, end, first, last = points.as_of.min(), points.as_of.max(), points.iloc[0], points.iloc[-1]
    top = max([4, *points.below_high]) * 1.2
    low, high = int(last.below_low), int(last.below_high)
    ends = [(high, f"{number(high)} người", shade)]
    if low != high:
        ends = [(low, f"ít nhất {number(low)}", shade), (high, f"nhiều nhất {number(high)}", shade)]
    now = {
        "x": start, "y": int(first.below_low), "xanchor": "left", "yanchor": "bottom", "yshift": 6, "showarrow": False,
        "text": f"{'' if past else 'nay '}{number(int(first.below_low))}", "font": {"size": BODY, "color": shade},
    }  # fmt: skip
    rules, notes, lanes = _verticals(laws, marks, (start.date(), end.date()), colours)
    edge = max(end - start, pd.Timedelta(days=30)) * 0.02
    return _figure(
        [*band, *dots], 320 + 18 * lanes,
        x={"type": "date", "showgrid": False, "tickformat": "%m/%Y", "range": [start - edge, end + edge]},
        y={"range": [0, top], "gridcolor": "rgba(128,138,152,0.2)", "tickformat": ",d"},
        shapes=rules, annotations=[*notes, now, *_at_the_end(ends, top, end)],
        margin={"l": 36, "r": 110, "t": 8 + 18 * lanes, "b": 28, "pad": 6},
    )  # fmt: skip


# A country has more communes than a browser can draw in one chart; the list has them all.
MOST_BARS = 60


def still_short(communes: pd.DataFrame, theme: str | None) -> Figure:
    """Bars of those who will be below by commune, rows of `forecast_by_commune` in their order.

    What is certain is solid, what is only possible has an outline; a bar ends in '2 đến 3 người, ít nhất 2 lượt học'.
    A click anywhere on a row gives (unit_code, commune).
    """
    colours, rows = look(theme), list(range(len(communes)))
    low, high = [int(n) for n in communes.below_low], [int(n) for n in communes.below_high]
    reach = max(high, default=0) * 1.9 or 1
    shade, codes = colours.verdict["below"], communes[["unit_code", "commune"]].to_numpy().tolist()
    # The row that was clicked has a ground; the others stay as easy to read as they were.
    as_before = {"marker": {"opacity": 1}, "textfont": {"color": colours.ink}}
    shared = {"orientation": "h", "y": rows, "customdata": codes, "unselected": as_before}
    whole_row = _bar(
        x=[reach] * len(rows), width=1, marker={"color": "rgba(0,0,0,0)"}, hoverinfo="text",
        selected={"marker": {"color": "rgba(128,138,152,0.2)"}},
        hovertext=[
            f"<b>{c.commune}</b><br>{low_to_high(c.below_low, c.below_high)} người chưa đạt"
            f"<br>cần {low_to_high(c.courses_low, c.courses_high)} lượt học"
            + _counted(c.beyond_courses, "không lớp học nào giúp được")
            for c in _rows(communes)
        ],
        **shared,
    )  # fmt: skip
    certain = _bar(x=low, width=0.7, hoverinfo="skip", marker={"color": shade}, **shared)
    possible = _bar(
        x=[h - n for h, n in zip(high, low, strict=True)], base=low, width=0.7, hoverinfo="skip", cliponaxis=False,
        marker={
            "color": _transparent(shade, 0.15),
            # A bar of no length would still draw its outline.
            "line": {"color": shade, "width": [1.5 if h > n else 0 for h, n in zip(high, low, strict=True)]},
        },
        **shared,
    )  # fmt: skip
    told = _bar(
        x=high, width=0.7, marker={"color": "rgba(0,0,0,0)"}, hoverinfo="skip", cliponaxis=False,
        textposition="outside",
        text=[f"<b>{low_to_high(c.below_low, c.below_high)}</b> người, {_to_learn(c)}" for c in _rows(communes)],
        textfont={"size": BODY}, **shared,
    )  # fmt: skip
    names = {"tickvals": rows, "ticktext": list(communes.commune), "range": [len(rows) - 0.5, -0.5]}
    return _figure(
        [whole_row, certain, possible, told], _ROW * max(len(rows), 1) + 8, x={"visible": False, "range": [0, reach]},
        y=_NAMES | names,
    )  # fmt: skip


def _to_learn(commune: Any) -> str:
    if commune.courses_low:
        return f"ít nhất {number(int(commune.courses_low))} lượt học"
    if commune.courses_high:
        return f"nhiều nhất {number(int(commune.courses_high))} lượt học"
    return "không lớp học nào giúp được"


def _range_told(point: Any) -> str:
    also = (("unknown", "thiếu dữ liệu"), ("transitional", "trong lộ trình"))
    return (
        f"<b>{date_short(point.as_of)}</b><br>{low_to_high(point.below_low, point.below_high)} trong "
        f"{low_to_high(point.total_low, point.total_high)} người chưa đạt"
    ) + "".join(
        f"<br>{low_to_high(getattr(point, f'{what}_low'), most)} người {told}"
        for what, told in also
        if (most := getattr(point, f"{what}_high"))
    )


def _transparent(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


# Another standard: more communes than this on one sheet nobody can read.
MOST_COMMUNES = 15


def most_changed(communes: pd.DataFrame) -> pd.DataFrame:
    """Rows of `what_if_by_commune` with `change`, the people who came to or left a verdict; the largest first."""
    change = communes.newly_below + communes.no_longer_below
    for verdict in ("transitional", "unknown"):
        change = change + (communes[verdict] - communes[f"{verdict}_now"]).abs()
    return communes.assign(change=change).sort_values(["change", "below"], ascending=False, kind="stable")


def now_and_then(communes: pd.DataFrame, theme: str | None, *, judged_now: bool = True) -> tuple[Figure, int]:
    """Two bars a commune, people below and in transition now and by another law: rows of `what_if_by_commune`.

    Without `judged_now` nobody is judged today, which is not the same as nobody being below. The largest change first,
    at most `MOST_COMMUNES`; the second value is how many were left out. A click anywhere on a row gives (unit_code,
    commune).
    """
    colours = look(theme)
    moved = most_changed(communes)
    drawn = moved.head(MOST_COMMUNES)
    rows = list(range(len(drawn)))
    codes = [[c.unit_code, c.commune] for c in _rows(drawn)]
    reach = max([1, *(drawn.below + drawn.transitional), *(drawn.below_now + drawn.transitional_now)])
    traces = [
        _bar(
            orientation="h", x=[reach * 1.6] * len(rows), y=rows, width=1, marker={"color": "rgba(0,0,0,0)"},
            customdata=codes, hoverinfo="text", hovertext=[_change_told(c) for c in _rows(drawn)], showlegend=False,
        )
    ]  # fmt: skip
    # A colour that no bar has is not explained.
    seen = {v for v in ("below", "transitional") if (drawn[[v, f"{v}_now"]] > 0).any(axis=None)}
    for suffix, shift, width, opacity in (("_now", -0.25, 0.2, 0.55), ("", 0.1, 0.36, 1.0)):
        below, in_time = ([int(n) for n in drawn[f"{v}{suffix}"]] for v in ("below", "transitional"))
        places = [row + shift for row in rows]
        for verdict, base, length in (("below", [0] * len(rows), below), ("transitional", below, in_time)):
            traces.append(_bar(
                orientation="h", base=base, x=length, y=places, width=width, customdata=codes, hoverinfo="skip",
                marker={"color": colours.verdict[verdict], "opacity": opacity},
                showlegend=not suffix and verdict in seen,
                name="Chưa đạt" if verdict == "below" else "Trong lộ trình",
            ))  # fmt: skip
        # Words beside a bar follow the page only where they are text of a bar: this one has no length of its own.
        ends = [b + t for b, t in zip(below, in_time, strict=True)]
        traces.append(_bar(
            orientation="h", base=ends, x=[reach / 1000] * len(rows), y=places, width=width, customdata=codes,
            marker={"color": "rgba(0,0,0,0)"}, cliponaxis=False, textposition="outside", hoverinfo="skip",
            constraintext="none", showlegend=False, outsidetextfont={"size": SMALL if suffix else BODY},
            text=[
                (f"nay {number(b)}" + _in_time(t) if judged_now else "nay không xét")
                if suffix else f"→ <b>{number(b)}</b>" + _in_time(t)
                for b, t in zip(below, in_time, strict=True)
            ],
        ))  # fmt: skip
    figure = _figure(
        traces, 48 * max(len(rows), 1) + 44, x={"visible": False, "range": [0, reach * 1.6]},
        y=_NAMES | {"tickvals": rows, "ticktext": list(drawn.commune), "range": [len(rows) - 0.5, -0.5]}, **_LEGEND,
    )  # fmt: skip
    return figure, len(moved) - len(drawn)


def flips(criteria: pd.DataFrame, words: Words, theme: str | None) -> Figure:
    """Bars of people whose verdict is another by criterion, divided by what it becomes: rows of `what_if_by_criterion`.

    A click anywhere on a row gives (criterion,).
    """
    colours, rows = look(theme), list(range(len(criteria)))
    kinds = {
        "newly_below": ("below", "Thành chưa đạt"), "newly_transitional": ("transitional", "Vào lộ trình"),
        "newly_unknown": ("unknown", "Thành thiếu dữ liệu"), "settled": ("meets", "Thành đạt hoặc không xét"),
    }  # fmt: skip
    codes = [[c] for c in criteria.criterion]
    longest = max([1, *criteria[list(kinds)].sum(axis=1)])
    told = [
        f"<b>{words.label('criterion', c.criterion)}</b>"
        + "".join(_counted(getattr(c, column), inside(name)) for column, (_, name) in kinds.items())
        for c in _rows(criteria)
    ]
    traces = [
        _bar(
            orientation="h", x=[longest * 1.18] * len(rows), y=rows, width=1, marker={"color": "rgba(0,0,0,0)"},
            customdata=codes, hovertext=told, hoverinfo="text", showlegend=False,
        )
    ]  # fmt: skip
    base = [0] * len(rows)
    # Where all of a row become the same, the number at its end says it.
    mixed = [(criteria.loc[c, list(kinds)] > 0).sum() > 1 for c in criteria.index]
    for column, (verdict, name) in kinds.items():
        lengths = [int(n) for n in criteria[column]]
        if any(lengths):
            traces.append(_bar(
                orientation="h", base=list(base), x=lengths, y=rows, width=0.62, name=name, customdata=codes,
                marker={
                    "color": _fill(verdict, colours), "pattern": _hatching(colours) if verdict == "unknown" else None
                },
                text=[f"<b>{number(n)}</b>" if n and many else "" for n, many in zip(lengths, mixed, strict=True)],
                textposition="inside", textangle=0, insidetextanchor="middle",
                insidetextfont={"size": SMALL, "color": colours.verdict_ink[verdict]},
                hoverinfo="skip",
            ))  # fmt: skip
        base = [b + n for b, n in zip(base, lengths, strict=True)]
    traces.append(_bar(
        orientation="h", base=base, x=[longest / 1000] * len(rows), y=rows, width=0.62, customdata=codes,
        marker={"color": "rgba(0,0,0,0)"}, cliponaxis=False, textposition="outside", hoverinfo="skip",
        constraintext="none", showlegend=False, text=[f"<b>{number(int(n))}</b>" for n in criteria.people],
        outsidetextfont={"size": BODY},
    ))  # fmt: skip
    names = {
        "tickvals": rows, "ticktext": [words.short("criterion", c) for c in criteria.criterion],
        "range": [len(rows) - 0.5, -0.5],
    }  # fmt: skip
    return _figure(
        traces, 44 * max(len(rows), 1) + 60, x={"visible": False, "range": [0, longest * 1.18]}, y=_NAMES | names,
        uniformtext={"mode": "hide", "minsize": SMALL}, **_LEGEND,
    )  # fmt: skip


def _in_time(people: int) -> str:
    return f" + {number(people)} lộ trình" if people else ""


def _change_told(commune: Any) -> str:
    lines = [
        f"{name}: {number(int(getattr(commune, f'{verdict}_now')))} → {number(int(getattr(commune, verdict)))}"
        for verdict, name in (
            ("below", "Chưa đạt"), ("transitional", "Trong lộ trình"), ("unknown", "Thiếu dữ liệu"),
        )
    ]  # fmt: skip
    return "<br>".join([f"<b>{commune.commune}</b>, {number(int(commune.total))} người", *lines])
