"""What the officials are made of over time, and who came and left."""

import itertools
import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.vietnamese import date_short, inside, number, percent, signed
from core.words import Words
from screen.charts.base import (
    BODY,
    LEGEND,
    SMALL,
    Figure,
    Look,
    bar_trace,
    figure_of,
    hatching,
    look,
    mixed,
    rows_of,
    scatter_trace,
)
from screen.markdown import in_chart

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
        traces.append(
            bar_trace(
                x=[places[d.date()] for d in part.as_of],
                y=[float(s) for s in part.share],
                width=0.78,
                name=words.label(dimension, category),
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                text=[percent(s) if telling and s >= 0.055 else "" for s in part.share],
                constraintext="none",
                insidetextfont={"size": SMALL, "color": _ink_on(shade)},
                customdata=[[d.date().isoformat(), category] for d in part.as_of],
                marker={
                    "color": shade,
                    "line": {"color": colours.ground, "width": 1 if telling else 0},
                    "pattern": hatching(colours) if category == "unknown" else None,
                },
                hoverinfo="text",
                hovertext=[
                    f"<b>{words.label(dimension, category)}, {date_short(r.as_of.date())}</b><br>"
                    f"{number(int(r.people))} trong {number(int(r.total))} người ({percent(r.share)})"
                    for r in rows_of(part)
                ],
            )
        )
    reach = _BARS if len(marks) else _BARS_ALONE
    every = max(1, math.ceil(len(days) / (5 if len(marks) else 8)))
    told = [d for i, d in enumerate(reversed(days)) if i % every == 0]
    untold = {d.date() for d in points.as_of[points.people.isna()]}
    x = {
        "domain": [0, reach],
        "range": [-0.5, len(days) - 0.5],
        "showgrid": False,
        "tickvals": [places[d] for d in told],
        "tickfont": {"size": BODY},
        "tickangle": 0,
        "ticktext": [date_short(d) + ("<br>không nêu" if d in untold else "") for d in told],
    }
    if len(untold) == len(days):
        why = {"text": "Có số dưới 5 nên không nêu số nào của các ngày này", "font": {"size": BODY}}
        return figure_of(
            [],
            120,
            x=x,
            y={"visible": False, "range": [0, 1]},
            annotations=[why | {"xref": "paper", "x": 0, "xanchor": "left", "y": 0.5, "showarrow": False}],
            margin={"l": 0, "r": 0, "t": 4, "b": 48, "pad": 4},
        )
    named = _named_parts(points[points.as_of == points.as_of.max()], order, shade_of, reach, words, colours)
    country, shapes, notes, axis = _country(marks, words, colours)
    return figure_of(
        traces + country,
        _STRUCTURE,
        x=x,
        y={"visible": False, "range": [0, 1.02]},
        barmode="stack",
        annotations=named + notes,
        shapes=shapes,
        xaxis2=axis,
        margin={"l": 0, "r": 0, "t": 4, "b": 48, "pad": 4},
    )


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
        # Nobody knows when they came: the colour of what is not known.
        shade_of["first_listed"] = colours.neutral
    traces = []
    for flow in kinds:
        part, shade = moved[moved.flow == flow], shade_of[flow]
        traces.append(
            bar_trace(
                x=[years.index(int(y)) for y in part.year],
                y=[int(n) for n in part.change],
                width=0.62,
                name=words.short("flow", flow),
                showlegend=True,
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                text=[f"{words.short('flow', flow)}: {number(int(n))}" for n in part.people],
                insidetextfont={"size": SMALL, "color": _ink_on(shade)},
                customdata=[[int(y), flow] for y in part.year],
                marker={
                    "color": shade,
                    "line": {"color": colours.ground, "width": 1},
                    "pattern": hatching(colours) if flow == "first_listed" else None,
                },
                hoverinfo="text",
                hovertext=[
                    f"<b>{words.label('flow', flow)}, năm {r.year}</b><br>{number(int(r.people))} lượt người"
                    for r in rows_of(part)
                ],
            )
        )
    up, down = (
        {y: int(moved.change[(moved.year == y) & (way * moved.change > 0)].sum()) for y in years} for way in (1, -1)
    )
    for sums, place in ((up, "top center"), (down, "bottom center")):
        traces.append(
            scatter_trace(
                x=list(range(len(years))),
                y=list(sums.values()),
                mode="text",
                textposition=place,
                cliponaxis=False,
                text=[f"<b>{signed(n)}</b>" if n else "" for n in sums.values()],
                textfont={"size": BODY},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    stock = {(int(r.year), r.flow): int(r.people) for r in rows_of(rows[rows.change == 0])}
    # Room for the sums above and below. The scale has a least height, so that one person does not fill the chart; with
    # nobody to draw the chart itself is low.
    low = 3 if len(moved) else 0
    most = max([4, *up.values(), *(-n for n in down.values())])
    return figure_of(
        traces,
        380 if len(moved) else 120,
        barmode="relative",
        uniformtext={"mode": "hide", "minsize": SMALL},
        x={
            "range": [-0.5, max(len(years), 3) - 0.5],
            "showgrid": False,
            "tickvals": list(range(len(years))),
            "tickfont": {"size": BODY},
            "ticktext": [
                f"<b>{y}</b><br>{number(stock.get((y, 'stock_start'), 0))} → "
                f"{number(stock.get((y, 'stock_end'), 0))} người"
                for y in years
            ],
        },
        y={
            "visible": True,
            "showticklabels": False,
            "showgrid": False,
            "zeroline": True,
            "zerolinewidth": 1,
            "zerolinecolor": colours.quiet,
            "range": [min([-low, *down.values()]) - most * 0.2, max([low, *up.values()]) + most * 0.2],
        },
        **LEGEND | {"margin": {"l": 0, "r": 0, "t": 4, "b": 92, "pad": 4}},
    )


def _scale(codes: Sequence[str], ends: tuple[str, str]) -> dict[str, str]:
    """A shade for each code, from the pale end to the strong one; a single code has the strong one."""
    last = len(codes) - 1
    return {code: mixed(*ends, i / last if last else 1) for i, code in enumerate(codes)}


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
            "x": reach + 0.005,
            "xref": "paper",
            "y": part.place,
            "yref": "y",
            "xanchor": "left",
            "yanchor": "middle",
            "showarrow": False,
            "align": "left",
            "font": {"size": BODY, "color": colours.ink},
            "text": f'<span style="color:{shade_of.get(part.category, colours.verdict["unknown"])}">■</span> '
            f"{words.label(dimension, part.category)} <b>{number(part.people)}</b> ({percent(part.share)})",
        }
        for part in parts
    ]


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
    rows = rows_of(marks.sort_values("as_of")) if len(marks) else []
    if not rows:
        return [], [], [], {"visible": False}
    told = [words.label(r.dimension, r.category) for r in rows]
    when = [f"{r.since.year}–{r.as_of.year}" if pd.notna(r.since) else date_short(r.as_of.date()) for r in rows]
    hit = bar_trace(
        x=list(range(len(rows))),
        y=[float(r.share) for r in rows],
        width=0.7,
        xaxis="x2",
        hoverinfo="text",
        marker={"color": "rgba(0,0,0,0)"},
        hovertext=[
            f"<b>Cả nước, {day}</b><br>{percent(r.share)} {inside(name)}<br>"
            f"{f'{number(int(r.people))} người. ' if pd.notna(r.people) else ''}{in_chart(r.source)}"
            for r, name, day in zip(rows, told, when, strict=True)
        ],
        customdata=[[None, None] for _ in rows],
    )
    line = {"color": colours.quiet, "width": 2, "dash": "dash"}
    shapes = [
        {"type": "rect", "xref": "x2", "x0": i - 0.38, "x1": i + 0.38, "y0": 0, "y1": float(r.share), "line": line}
        for i, r in enumerate(rows)
    ] + [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": _BARS,
            "y0": float(r.share),
            "y1": float(r.share),
            "line": line | {"width": 1, "dash": "dot"},
            "layer": "below",
        }
        for r in rows
    ]
    notes = [
        # Words that would not fit into a low outline stand on it.
        {
            "xref": "x2",
            "x": i,
            "y": float(r.share) / (2 if r.share > 0.35 else 1),
            "showarrow": False,
            "yanchor": "middle" if r.share > 0.35 else "bottom",
            "font": {"size": BODY, "color": colours.ink},
            "text": f"<b>{percent(r.share)}</b><br>" + "<br>".join(textwrap.wrap(inside(name), 10)),
        }
        for i, (r, name) in enumerate(zip(rows, told, strict=True))
    ]
    axis = {
        "domain": list(_COUNTRY),
        "range": [-0.5, len(rows) - 0.5],
        "showgrid": False,
        "anchor": "y",
        "tickvals": list(range(len(rows))),
        "ticktext": [f"Cả nước<br>{day}" for day in when],
        "tickfont": {"size": SMALL},
        "fixedrange": True,
        "zeroline": False,
    }
    return [hit], shapes, notes, axis
