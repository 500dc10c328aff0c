"""The downsizing ledger: posts given up year by year, and why cases came to nothing."""

from collections.abc import Sequence

import pandas as pd

from core.vietnamese import number
from core.words import Words
from screen.charts.base import (
    BODY,
    LEGEND,
    ROW,
    SMALL,
    Figure,
    bar_trace,
    figure_of,
    look,
    row_names,
    rows_of,
    scatter_trace,
    whole_rows,
)
from screen.markdown import in_chart


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
        bar_trace(
            x=years,
            y=heights,
            name=name,
            width=0.62,
            textposition="inside",
            textangle=0,
            insidetextanchor="middle",
            text=[f"<b>{number(n)}</b>" if n else "" for n in heights],
            customdata=[[y] for y in years],
            textfont={"size": BODY, "color": colours.ground if name == "Đã giảm" else colours.ink},
            marker={
                "color": color if not pattern else colours.neutral,
                "pattern": {"shape": pattern, "size": 7, "solidity": 0.15, "fgcolor": color} if pattern else None,
            },
            hovertemplate=f"<b>Đến hết %{{x}}</b><br>{name}: %{{y}}<extra></extra>",
        )
        for name, heights, color, pattern in parts
        if any(heights)
    ]
    lines = []
    if progress.cumulative_target.notna().all():
        target = [int(n) for n in progress.cumulative_target]
        lines.append(
            scatter_trace(
                x=years,
                y=target,
                name="Chỉ tiêu cộng dồn",
                mode="lines+markers+text",
                line={"color": colours.quiet},
                text=[number(n) for n in target],
                textposition="top center",
                customdata=[[y] for y in years],
                hovertemplate="<b>Đến hết %{x}</b><br>Chỉ tiêu cộng dồn: %{y}<extra></extra>",
            )
        )
    stacked = [sum(heights) for heights in zip(*(part[1] for part in parts), strict=True)]
    most_owed, called = owed or (0, "")
    top = max([most_owed, *progress.cumulative_target.fillna(0), *stacked])
    line = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": most_owed,
        "y1": most_owed,
        "line": {"color": colours.quiet, "width": 1, "dash": "dot"},
    }
    told = {
        "xref": "paper",
        "x": 0,
        "y": most_owed,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "text": in_chart(called),
        "font": {"size": SMALL},
    }
    return figure_of(
        [*bars, *lines],
        340,
        x={"dtick": 1, "showgrid": False},
        y={"visible": False, "range": [0, top * 1.16]},
        barmode="stack",
        uniformtext={"mode": "hide", "minsize": SMALL},
        shapes=[line] if owed else [],
        annotations=[told] if owed else [],
        **LEGEND | {"margin": {"l": 0, "r": 0, "t": 8, "b": 64, "pad": 6}},
    )


def reasons(rows: pd.DataFrame, words: Words, theme: str | None) -> Figure:
    """Bars of cases that came to nothing by reason: rows of `downsizing_shortfall`. A click gives (fall_reason,)."""
    colours = look(theme)
    places = list(range(len(rows)))
    # The district's report blames missing evaluations, so their bar stands out.
    shades = [colours.accent if r == "chua_danh_gia" else colours.verdict["unknown"] for r in rows.fall_reason]
    most = max(rows.cases, default=1) * 1.2
    told = [
        f"<b>{words.label('fall_reason', r.fall_reason)}</b><br>{number(int(r.cases))} hồ sơ" for r in rows_of(rows)
    ]
    whole_row = whole_rows(most, [[r] for r in rows.fall_reason], told)
    bars = bar_trace(
        orientation="h",
        x=list(rows.cases),
        y=places,
        width=0.7,
        marker={"color": shades},
        cliponaxis=False,
        text=[f"<b>{number(int(n))}</b>" for n in rows.cases],
        textposition="outside",
        customdata=[[r] for r in rows.fall_reason],
        hoverinfo="skip",
    )
    names = row_names([words.short("fall_reason", r) for r in rows.fall_reason])
    return figure_of(
        [whole_row, bars], ROW * max(len(places), 1) + 8, x={"visible": False, "range": [0, most]}, y=names
    )


def _running(by_year: pd.DataFrame, years: Sequence[int]) -> list[int]:
    return [int(by_year.in_process[by_year.year <= year].sum()) for year in years]
