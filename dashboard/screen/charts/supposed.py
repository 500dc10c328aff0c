"""What would be: communes still short at a coming day, verdicts under another standard."""

from typing import Any

import pandas as pd

from core.vietnamese import inside, low_to_high, number
from core.words import Words
from screen.charts.base import (
    BODY,
    LEGEND,
    ROW,
    SMALL,
    Figure,
    bar_trace,
    counted,
    figure_of,
    fill_of,
    hatching,
    look,
    named,
    row_names,
    rows_of,
    transparent,
    whole_rows,
)
from screen.markdown import in_chart

# A country has more communes than a browser can draw in one chart; the list has them all.
MOST_BARS = 60
# More communes than this on one sheet nobody can read.
MOST_COMMUNES = 15


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
    told = [
        f"<b>{in_chart(c.commune)}</b><br>{low_to_high(c.below_low, c.below_high)} người chưa đạt"
        f"<br>cần {low_to_high(c.courses_low, c.courses_high)} lượt học"
        + counted(c.beyond_courses, "không lớp học nào giúp được")
        for c in rows_of(communes)
    ]
    whole_row = whole_rows(
        reach, codes, told, selected={"marker": {"color": "rgba(128,138,152,0.2)"}}, unselected=as_before
    )
    certain = bar_trace(x=low, width=0.7, hoverinfo="skip", marker={"color": shade}, **shared)
    possible = bar_trace(
        x=[h - n for h, n in zip(high, low, strict=True)],
        base=low,
        width=0.7,
        hoverinfo="skip",
        cliponaxis=False,
        marker={
            "color": transparent(shade, 0.15),
            # A bar of no length would still draw its outline.
            "line": {"color": shade, "width": [1.5 if h > n else 0 for h, n in zip(high, low, strict=True)]},
        },
        **shared,
    )
    labels = bar_trace(
        x=high,
        width=0.7,
        marker={"color": "rgba(0,0,0,0)"},
        hoverinfo="skip",
        cliponaxis=False,
        textposition="outside",
        text=[f"<b>{low_to_high(c.below_low, c.below_high)}</b> người, {_to_learn(c)}" for c in rows_of(communes)],
        textfont={"size": BODY},
        **shared,
    )
    return figure_of(
        [whole_row, certain, possible, labels],
        ROW * max(len(rows), 1) + 8,
        x={"visible": False, "range": [0, reach]},
        y=row_names([*map(named, communes.commune)]),
    )


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
    codes = [[c.unit_code, c.commune] for c in rows_of(drawn)]
    reach = max([1, *(drawn.below + drawn.transitional), *(drawn.below_now + drawn.transitional_now)])
    traces = [whole_rows(reach * 1.6, codes, [_change_told(c) for c in rows_of(drawn)], showlegend=False)]
    # A colour that no bar has is not explained.
    seen = {v for v in ("below", "transitional") if (drawn[[v, f"{v}_now"]] > 0).any(axis=None)}
    for suffix, shift, width, opacity in (("_now", -0.25, 0.2, 0.55), ("", 0.1, 0.36, 1.0)):
        below, in_time = ([int(n) for n in drawn[f"{v}{suffix}"]] for v in ("below", "transitional"))
        places = [row + shift for row in rows]
        for verdict, base, length in (("below", [0] * len(rows), below), ("transitional", below, in_time)):
            traces.append(
                bar_trace(
                    orientation="h",
                    base=base,
                    x=length,
                    y=places,
                    width=width,
                    customdata=codes,
                    hoverinfo="skip",
                    marker={"color": colours.verdict[verdict], "opacity": opacity},
                    showlegend=not suffix and verdict in seen,
                    name="Chưa đạt" if verdict == "below" else "Trong lộ trình",
                )
            )
        # Words beside a bar follow the page only where they are text of a bar: this one has no length of its own.
        ends = [b + t for b, t in zip(below, in_time, strict=True)]
        traces.append(
            bar_trace(
                orientation="h",
                base=ends,
                x=[reach / 1000] * len(rows),
                y=places,
                width=width,
                customdata=codes,
                marker={"color": "rgba(0,0,0,0)"},
                cliponaxis=False,
                textposition="outside",
                hoverinfo="skip",
                constraintext="none",
                showlegend=False,
                outsidetextfont={"size": SMALL if suffix else BODY},
                text=[
                    (f"nay {number(b)}" + _in_time(t) if judged_now else "nay không xét")
                    if suffix
                    else f"→ <b>{number(b)}</b>" + _in_time(t)
                    for b, t in zip(below, in_time, strict=True)
                ],
            )
        )
    figure = figure_of(
        traces,
        48 * max(len(rows), 1) + 44,
        x={"visible": False, "range": [0, reach * 1.6]},
        y=row_names([*map(named, drawn.commune)]),
        **LEGEND,
    )
    return figure, len(moved) - len(drawn)


def flips(criteria: pd.DataFrame, words: Words, theme: str | None) -> Figure:
    """Bars of people whose verdict is another by criterion, divided by what it becomes: rows of `what_if_by_criterion`.

    A click anywhere on a row gives (criterion,).
    """
    colours, rows = look(theme), list(range(len(criteria)))
    kinds = {
        "newly_below": ("below", "Thành chưa đạt"),
        "newly_transitional": ("transitional", "Vào lộ trình"),
        "newly_unknown": ("unknown", "Thành thiếu dữ liệu"),
        "settled": ("meets", "Thành đạt hoặc không xét"),
    }
    codes = [[c] for c in criteria.criterion]
    longest = max([1, *criteria[list(kinds)].sum(axis=1)])
    told = [
        f"<b>{words.label('criterion', c.criterion)}</b>"
        + "".join(counted(getattr(c, column), inside(name)) for column, (_, name) in kinds.items())
        for c in rows_of(criteria)
    ]
    traces = [whole_rows(longest * 1.18, codes, told, showlegend=False)]
    base = [0] * len(rows)
    # Where all of a row become the same, the number at its end says it.
    mixed = [(criteria.loc[c, list(kinds)] > 0).sum() > 1 for c in criteria.index]
    for column, (verdict, name) in kinds.items():
        lengths = [int(n) for n in criteria[column]]
        if any(lengths):
            traces.append(
                bar_trace(
                    orientation="h",
                    base=list(base),
                    x=lengths,
                    y=rows,
                    width=0.62,
                    name=name,
                    customdata=codes,
                    marker={
                        "color": fill_of(verdict, colours),
                        "pattern": hatching(colours) if verdict == "unknown" else None,
                    },
                    text=[f"<b>{number(n)}</b>" if n and many else "" for n, many in zip(lengths, mixed, strict=True)],
                    textposition="inside",
                    textangle=0,
                    insidetextanchor="middle",
                    insidetextfont={"size": SMALL, "color": colours.verdict_ink[verdict]},
                    hoverinfo="skip",
                )
            )
        base = [b + n for b, n in zip(base, lengths, strict=True)]
    traces.append(
        bar_trace(
            orientation="h",
            base=base,
            x=[longest / 1000] * len(rows),
            y=rows,
            width=0.62,
            customdata=codes,
            marker={"color": "rgba(0,0,0,0)"},
            cliponaxis=False,
            textposition="outside",
            hoverinfo="skip",
            constraintext="none",
            showlegend=False,
            text=[f"<b>{number(int(n))}</b>" for n in criteria.people],
            outsidetextfont={"size": BODY},
        )
    )
    return figure_of(
        traces,
        44 * max(len(rows), 1) + 60,
        x={"visible": False, "range": [0, longest * 1.18]},
        y=row_names([words.short("criterion", c) for c in criteria.criterion]),
        uniformtext={"mode": "hide", "minsize": SMALL},
        **LEGEND,
    )


def _to_learn(commune: Any) -> str:
    if commune.courses_low:
        return f"ít nhất {number(int(commune.courses_low))} lượt học"
    if commune.courses_high:
        return f"nhiều nhất {number(int(commune.courses_high))} lượt học"
    return "không lớp học nào giúp được"


def _in_time(people: int) -> str:
    return f" + {number(people)} lộ trình" if people else ""


def _change_told(commune: Any) -> str:
    lines = [
        f"{name}: {number(int(getattr(commune, f'{verdict}_now')))} → {number(int(getattr(commune, verdict)))}"
        for verdict, name in (
            ("below", "Chưa đạt"),
            ("transitional", "Trong lộ trình"),
            ("unknown", "Thiếu dữ liệu"),
        )
    ]
    return "<br>".join([f"<b>{in_chart(commune.commune)}</b>, {number(int(commune.total))} người", *lines])
