"""What all charts share: the colours that mean something, the sizes, the ground every figure stands on."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
from plotly import io
from plotly.basedatatypes import BaseFigure

from core.vietnamese import number
from screen.markdown import in_chart

# What `st.plotly_chart` is given besides the figure.
CONFIG: Mapping[str, object] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
FONT = '"Source Sans", sans-serif'
SMALL, BODY = 13, 14
# Letters of a name; no commune of the country has more.
LONGEST_NAME = 32
ROW = 30
# Plotly would shrink words to fit; longer ones may rather touch the edge.
NEVER_SMALLER = {"mode": "show", "minsize": SMALL}
# An axis of names, which take the room they need.
NAMES = {"showgrid": False, "zeroline": False, "ticks": "", "automargin": True, "tickfont": {"size": BODY}}
LEGEND = {
    "showlegend": True,
    "legend": {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yref": "container",
        "yanchor": "bottom",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": SMALL},
        "traceorder": "normal",
    },
    "margin": {"l": 0, "r": 0, "t": 0, "b": 36, "pad": 6},
}
# A share that already takes the darkest shade: one official in five.
DARKEST = 0.2


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
        "meets": "#00766e",
        "below": "#c2410c",
        "transitional": "#e0a11b",
        "unknown": "#98a1ad",
        "exempt": "#e3e7ed",
    },
    verdict_ink={
        "meets": "#ffffff",
        "below": "#ffffff",
        "transitional": "#10161f",
        "unknown": "#10161f",
        "exempt": "#3c4654",
    },
)
DARK = Look(
    ink="#ffffff",
    quiet="#b0b9c5",
    ground="#11151b",
    neutral="#2a323d",
    accent="#8ab8f2",
    shades=("#43261c", "#b24f24"),
    verdict={
        "meets": "#3bb8a1",
        "below": "#f0703c",
        "transitional": "#f7cb63",
        "unknown": "#727d8b",
        "exempt": "#2a323d",
    },
    verdict_ink={
        "meets": "#10161f",
        "below": "#10161f",
        "transitional": "#10161f",
        "unknown": "#ffffff",
        "exempt": "#b9c1cc",
    },
)


def look(theme: str | None) -> Look:
    """Colours of a theme as `st.context.theme.type` names it; before the browser has told, the light ones."""
    return DARK if theme == "dark" else LIGHT


class Figure(BaseFigure):
    """A drawing in Plotly's own notation, as the browser gets it.

    That Plotly understands it is seen by the tests (`common.charted`): to check each drawing at each run would take
    longer than to draw it.
    """

    def __init__(self, drawn: dict[str, Any]) -> None:
        self._drawn = drawn

    def to_dict(self) -> dict[str, Any]:
        """What Streamlit asks of a figure: its `data` and `layout`, to be read only."""
        return self._drawn


@cache
def _template(name: str) -> dict[str, Any]:
    """The look of a theme, which Streamlit fills with its colours, for the kinds of traces drawn here."""
    theme = io.templates[name].to_plotly_json()
    return {"layout": theme["layout"], "data": {k: v for k, v in theme["data"].items() if k in ("bar", "scatter")}}


def figure_of(
    traces: list[dict[str, Any]], height: int, *, x: dict[str, Any], y: dict[str, Any], **layout: Any
) -> Figure:
    """A figure of a fixed height in pixels on the common ground: no zoom, no legend, Vietnamese numbers."""
    axis = {"fixedrange": True, "tickfont": {"size": SMALL}}
    common = {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 6},
        "separators": ",.",
        "font": {"family": FONT, "size": SMALL},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"align": "left", "font": {"family": FONT, "size": BODY}},
        "hovermode": "closest",
        "showlegend": False,
        "barmode": "overlay",
        "xaxis": axis | x,
        "yaxis": axis | y,
        # Plotly would rather cut headings off than draw fewer pixels than these: a matrix may have a single row.
        "minreducedheight": ROW,
    }
    return Figure({"data": traces, "layout": {"template": _template(str(io.templates.default))} | common | layout})


def bar_trace(**settings: Any) -> dict[str, Any]:
    """Bars, by the settings of Plotly."""
    return {"type": "bar"} | settings


def whole_rows(reach: float, codes: list[list[Any]], told: list[str], **settings: Any) -> dict[str, Any]:
    """What makes rows of bars clickable from end to end: bars nobody sees, as long as the axis.

    What has no hover cannot be clicked: each is `told` of, and a click gives its `codes`.
    """
    return bar_trace(
        orientation="h",
        x=[reach] * len(codes),
        y=list(range(len(codes))),
        width=1,
        marker={"color": "rgba(0,0,0,0)"},
        customdata=codes,
        hovertext=told,
        hoverinfo="text",
        **settings,
    )


def row_names(names: Sequence[str]) -> dict[str, Any]:
    """The axis beside rows of bars, the first on top."""
    return NAMES | {"tickvals": list(range(len(names))), "ticktext": list(names), "range": [len(names) - 0.5, -0.5]}


def scatter_trace(**settings: Any) -> dict[str, Any]:
    """Lines, points or words, by the settings of Plotly."""
    return {"type": "scatter"} | settings


def cells_trace(places: Sequence[tuple[int, int]], *, color: Any, pattern: Any = None, **bar: Any) -> dict[str, Any]:
    """Equal cells at (column, row), rows counted from the top."""
    return bar_trace(
        x=[column for column, _ in places],
        base=[row + 0.04 for _, row in places],
        y=[0.92] * len(places),
        width=0.96,
        marker={"color": color, "pattern": pattern, "cornerradius": 3},
        **{"showlegend": False} | bar,
    )


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """The rows with their columns as attributes."""
    return list(frame.itertuples())


def counted(people: Any, words: str) -> str:
    """A further line under a hover: how many people are what; nothing for nobody."""
    return f"<br>{number(int(people))} người {words}" if people else ""


def named(text: str) -> str:
    """A name beside or over what is drawn, cut off before it takes the room of the drawing."""
    return in_chart(text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…")


def short_lines(text: str) -> list[str]:
    """A heading over a narrow column."""
    return textwrap.wrap(text, 9, break_long_words=False)


def fill_of(verdict: str, colours: Look) -> str:
    """The colour of a verdict; missing data are hatched on a pale ground, so that words in them stay easy to read."""
    return colours.neutral if verdict == "unknown" else colours.verdict[verdict]


def hatching(colours: Look) -> dict[str, Any]:
    """The pattern of what nobody knows."""
    return {
        "shape": "/",
        "size": 7,
        "solidity": 0.25,
        "fillmode": "overlay",
        "fgcolor": colours.verdict["unknown"],
        "fgopacity": 0.8,
    }


def shade_for(share_of_darkest: float, colours: Look) -> str:
    """The shade for a part, 0 to 1, of what takes the darkest; nothing at all is neutral."""
    if not share_of_darkest:
        return colours.neutral
    return mixed(*colours.shades, min(share_of_darkest, 1))


def mixed(pale: str, dark: str, part: float) -> str:
    """A colour so far, 0 to 1, from the pale one to the dark one."""
    one, other = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (pale, dark))
    return "#" + "".join(f"{round(p + (d - p) * part):02x}" for p, d in zip(one, other, strict=True))


def transparent(colour: str, opacity: float) -> str:
    """A colour one can look through."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
