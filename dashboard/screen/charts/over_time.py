"""People below the standard over time: the trend, its parts, why it changed, what is to come."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from core.vietnamese import date_short, low_to_high, number, percent
from core.words import Words
from screen.charts.base import (
    BODY,
    LEGEND,
    SMALL,
    Figure,
    Look,
    bar_trace,
    counted,
    figure_of,
    look,
    named,
    rows_of,
    scatter_trace,
    transparent,
)
from screen.markdown import in_chart

# What a line over time may show, and what it is called.
MEASURES: Mapping[str, str] = {
    "below": "Chưa đạt",
    "share_below": "Tỷ lệ chưa đạt",
    "unknown": "Thiếu dữ liệu",
    "transitional": "Trong lộ trình",
}
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
    lines, ends, over = [], [], []
    for group in [g for g in words.options("group") if g in set(points.group)]:
        part = points[points.group == group]
        values, days, name = _measured(part, measure), [d.date() for d in part.as_of], words.short("group", group)
        shade = shades.get(group, colours.quiet)
        at_last = f"{name}: {_as_measured(values[-1], measure)}"
        if days[-1] == points.as_of.max().date():
            ends.append((values[-1], at_last, shade))
        else:
            # A group that is judged no more ends where its standards do.
            over.append(((values[-1], f"{at_last}, thôi xét", shade), part.as_of.max()))
        each_day = exact[exact.group == group]
        steps = each_day[(each_day[["below", "total", "unknown", "transitional"]].diff() != 0).any(axis=1)]
        steps = pd.concat([steps, each_day.tail(1)])
        lines.append(
            scatter_trace(
                x=[d.date() for d in steps.as_of],
                y=_measured(steps, measure),
                name=name,
                mode="lines",
                line={"color": shade, "shape": "hv", "width": 2},
                hoverinfo="skip",
            )
        )
        lines.append(
            scatter_trace(
                x=days,
                y=values,
                mode="markers",
                cliponaxis=False,
                showlegend=False,
                marker={"size": 7, "color": shade},
                customdata=[[d.isoformat()] for d in days],
                hoverinfo="text",
                hovertext=[_point_told(name, r) for r in rows_of(part)],
            )
        )
    top = max([4 if measure != "share_below" else 0.04, *(v for line in lines for v in line["y"])]) * 1.2
    days = [d.date() for d in marks[marks["mark"] == "chot_so_lieu"].on_date]
    if days:
        told = marks[marks["mark"] == "chot_so_lieu"].note.map(in_chart)
        lines.append(
            scatter_trace(
                x=days,
                y=[0] * len(days),
                name="Ngày chốt số liệu",
                mode="markers",
                cliponaxis=False,
                marker={"symbol": "triangle-up", "size": 11, "color": colours.quiet},
                hoverinfo="text",
                customdata=[[d.isoformat()] for d in days],
                hovertext=[f"<b>Chốt số liệu {date_short(d)}</b><br>{n}" for d, n in zip(days, told, strict=True)],
            )
        )
    start, end = points.as_of.min(), points.as_of.max()
    rules, notes, lanes = _verticals(laws, marks, (start.date(), end.date()), colours)
    edge = max(end - start, pd.Timedelta(days=30)) * 0.02
    return figure_of(
        lines,
        340 + 18 * lanes,
        x={"type": "date", "showgrid": False, "tickformat": "%m/%Y", "range": [start - edge, end + edge]},
        y={"range": [0, top], "gridcolor": "rgba(128,138,152,0.2)", **_measure_axis(measure)},
        shapes=rules,
        annotations=[
            *notes,
            *_at_the_end(ends, top, end),
            *(note for one, day in over for note in _at_the_end([one], top, day)),
        ],
        **LEGEND | {"margin": {"l": 36, "r": 130, "t": 8 + 18 * lanes, "b": 64, "pad": 6}},
    )


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
    for n, part in enumerate(rows_of(drawn)):
        own = points[(points[code] == getattr(part, code)) & (points[title] == getattr(part, title))]
        left, row = (n % columns) * (width + gap_x), n // columns
        bottom = max(1 - row * (tall + gap_y) - tall, 0)
        axis = str(n + 1) if n else ""
        values, days = _measured(own, measure), [d.date() for d in own.as_of]
        worst = part.remains and values[-1] > 0 and n == 0
        shade = colours.verdict["below"] if worst else colours.accent
        traces.append(
            scatter_trace(
                x=days,
                y=values,
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                mode="lines+markers+text",
                cliponaxis=False,
                text=["" for _ in days[:-1]] + [f"<b>{_as_measured(values[-1], measure)}</b>"],
                textposition="middle right",
                textfont={"size": BODY, "color": shade},
                line={"color": shade, "shape": "hv", "width": 2},
                marker={"size": 5, "color": shade},
                customdata=[[d.isoformat(), getattr(part, code)] for d in days],
                hoverinfo="text",
                hovertext=[_point_told(getattr(part, title), r) for r in rows_of(own)],
                showlegend=False,
            )
        )
        layout[f"xaxis{axis}"] = {
            "fixedrange": True,
            "domain": [left, left + width],
            "anchor": f"y{axis}",
            "type": "date",
            "showgrid": False,
            # Room for the last number; the first day is written once a row, or it would meet its neighbour's last.
            "range": [first_day - length * 0.02, last_day + length * (0.27 if measure == "share_below" else 0.16)],
            "tickvals": [first_day, last_day] if n % columns == 0 else [last_day],
            "ticktext": [f"{d:%m/%Y}" for d in ((first_day, last_day) if n % columns == 0 else (last_day,))],
            "tickfont": {"size": SMALL, "color": colours.quiet},
        }
        layout[f"yaxis{axis}"] = {
            "fixedrange": True,
            "domain": [bottom, bottom + tall],
            "anchor": f"x{axis}",
            "range": [0, top],
            "nticks": 3,
            "gridcolor": "rgba(128,138,152,0.2)",
            "showticklabels": n % columns == 0,
            "tickfont": {"size": SMALL, "color": colours.quiet},
            **_measure_axis(measure),
        }
        notes.append(
            {
                "x": left,
                "y": bottom + tall,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "text": f"<b>{named(str(getattr(part, title)))}</b>",
                "font": {"size": BODY, "color": colours.quiet},
            }
        )
        begun = [*laws.effective_on, *marks[marks["mark"] == "sap_nhap"].on_date]
        shapes += [
            {
                "type": "line",
                "xref": f"x{axis}",
                "x0": d,
                "x1": d,
                "yref": f"y{axis} domain",
                "y0": 0,
                "y1": 1,
                "line": {"color": colours.quiet, "width": 1, "dash": "dot"},
            }
            for d in begun
        ]
    figure = figure_of(
        traces,
        rows * height + 52,
        x=layout.pop("xaxis", {}),
        y=layout.pop("yaxis", {}),
        shapes=shapes,
        annotations=notes,
        margin={"l": 36, "r": 8, "t": 26, "b": 26, "pad": 4},
        **layout,
    )
    return figure, len(last) - len(drawn)


def bridge(rows: pd.DataFrame, words: Words, theme: str | None) -> Figure:
    """From the number below on one day to that on another, a bar a cause: rows of `change_between`.

    A click on a bar gives (cause, change).
    """
    colours = look(theme)
    level, base, height, shade, text = 0, [], [], [], []
    for row in rows_of(rows):
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
        # Fewer people below is good: the colour of "đạt", or of "trong lộ trình" where they were only given more time;
        # whom no standard judges any more is neither.
        better = {"co_thoi_han": "transitional", "het_pham_vi": "exempt"}.get(str(row.cause), "meets")
        shade.append(colours.verdict[better if row.change < 0 else "below"])
        text.append(f"{'−' if row.change < 0 else '+'}{number(int(row.people))}")
        level = after
    bars = bar_trace(
        x=list(range(len(rows))),
        y=height,
        base=base,
        width=0.7,
        marker={"color": shade},
        cliponaxis=False,
        text=[f"<b>{t}</b>" for t in text],
        textposition="outside",
        hoverinfo="text",
        textfont={"size": BODY},
        hovertext=[
            f"<b>{words.label('change_cause', r.cause)}</b><br>{number(int(r.people))} người" for r in rows_of(rows)
        ],
        customdata=[[r.cause, int(r.change)] for r in rows_of(rows)],
    )
    names = ["<br>".join(textwrap.wrap(words.short("change_cause", c), 12)) for c in rows.cause]
    top = max([4, *(b + h for b, h in zip(base, height, strict=True))]) * 1.18
    return figure_of(
        [bars],
        320,
        x={"tickvals": list(range(len(rows))), "ticktext": names, "showgrid": False, "tickfont": {"size": BODY}},
        y={"visible": False, "range": [0, top]},
        margin={"l": 0, "r": 0, "t": 4, "b": 44, "pad": 4},
    )


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
    days, told = [d.date() for d in points.as_of], [_range_told(p) for p in rows_of(points)]
    band = [
        scatter_trace(
            x=[d.date() for d in steps.as_of],
            y=[int(n) for n in steps[side]],
            mode="lines",
            hoverinfo="skip",
            line={"color": shade, "shape": "hv", "width": 2},
            fill="tonexty" if side == "below_high" else None,
            fillcolor=transparent(shade, 0.22),
        )
        for side in counts
    ]
    dots = [
        scatter_trace(
            x=days,
            y=[int(n) for n in points[side]],
            mode="markers",
            cliponaxis=False,
            hoverinfo="text",
            hovertext=told,
            marker={"size": 8, "color": shade},
            customdata=[[d.isoformat()] for d in days],
        )
        for side in counts
    ]
    start, end, first, last = points.as_of.min(), points.as_of.max(), points.iloc[0], points.iloc[-1]
    top = max([4, *points.below_high]) * 1.2
    low, high = int(last.below_low), int(last.below_high)
    ends = [(high, f"{number(high)} người", shade)]
    if low != high:
        ends = [(low, f"ít nhất {number(low)}", shade), (high, f"nhiều nhất {number(high)}", shade)]
    now = {
        "x": start,
        "y": int(first.below_low),
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "text": f"{'' if past else 'nay '}{number(int(first.below_low))}",
        "font": {"size": BODY, "color": shade},
    }
    rules, notes, lanes = _verticals(laws, marks, (start.date(), end.date()), colours)
    edge = max(end - start, pd.Timedelta(days=30)) * 0.02
    return figure_of(
        [*band, *dots],
        320 + 18 * lanes,
        x={"type": "date", "showgrid": False, "tickformat": "%m/%Y", "range": [start - edge, end + edge]},
        y={"range": [0, top], "gridcolor": "rgba(128,138,152,0.2)", "tickformat": ",d"},
        shapes=rules,
        annotations=[*notes, now, *_at_the_end(ends, top, end)],
        margin={"l": 36, "r": 110, "t": 8 + 18 * lanes, "b": 28, "pad": 6},
    )


def _at_the_end(ends: Sequence[tuple[float, str, str]], top: float, last: Any) -> list[dict[str, Any]]:
    """The words at the ends of lines (value, text, colour), moved apart where they would lie on each other."""
    told, above = [], -top
    for value, text, shade in sorted(ends):
        # A line of words is about a fifteenth of the plot high.
        above = max(value, above + top / 15)
        told.append(
            {
                "x": last,
                "y": above,
                "xanchor": "left",
                "yanchor": "middle",
                "xshift": 8,
                "showarrow": False,
                "text": text,
                "font": {"size": BODY, "color": shade},
            }
        )
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
            {
                "type": "line",
                "x0": day,
                "x1": day,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": colours.quiet, "width": 1, "dash": "dot"},
            }
        )
        told.append(
            {
                "x": day,
                "yref": "paper",
                "y": 1,
                "yshift": 2 + 18 * lane,
                "yanchor": "bottom",
                "showarrow": False,
                "xanchor": "left" if left == at else "right",
                "text": in_chart(text),
                "font": {"size": SMALL, "color": colours.quiet},
            }
        )
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
        f"<b>{in_chart(name)}, {date_short(point.as_of)}</b><br>"
        f"{number(int(point.below))}/{number(int(point.total))} ({share}) chưa đạt"
        + counted(point.unknown, "thiếu dữ liệu")
        + counted(point.transitional, "trong lộ trình")
    )


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
