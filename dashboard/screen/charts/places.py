"""Communes: ranked bars, equal tiles, an office's own boundaries."""

import math
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from core.vietnamese import number, percent
from screen.charts.base import (
    DARKEST,
    LONGEST_NAME,
    NEVER_SMALLER,
    ROW,
    SMALL,
    Figure,
    Look,
    bar_trace,
    counted,
    figure_of,
    hatching,
    look,
    named,
    row_names,
    rows_of,
    scatter_trace,
    shade_for,
    whole_rows,
)
from screen.markdown import in_chart

OWN_MAP_HEIGHT = 352
# The narrowest room a ranking is drawn in, beside the matrix at 1366 pixels, and the width of a letter in it.
_NARROWEST, _LETTER = 346, 6.8
_TILE = 86
# More places than can be read through are counted by wider ones, or only the first of them are drawn.
READABLE, MOST_PLACES = 40, 15

Ring = list[tuple[float, float]]


def first_places(places: pd.DataFrame) -> pd.DataFrame:
    """The rows to draw of places in their order: all that can be read, of more the first."""
    return places if len(places) <= READABLE else places.head(MOST_PLACES)


def ranked_communes(communes: pd.DataFrame, theme: str | None) -> Figure:
    """Bars of people below, one a row of the query `communes`, in its order; each ends in '4/21 (19,05%)'.

    A click anywhere on a row gives (unit_code,).
    """
    colours, rows = look(theme), list(range(len(communes)))
    below = [int(n) for n in communes.below]
    reach = _reach(communes.commune, below, [_of_total(c) for c in rows_of(communes)])
    whole_row = whole_rows(reach, [[c] for c in communes.unit_code], _hover_texts(communes))
    bars = bar_trace(
        orientation="h",
        x=below,
        y=rows,
        width=0.7,
        hoverinfo="skip",
        cliponaxis=False,
        textposition="outside",
        marker={"color": colours.verdict["below"]},
        text=[
            f"<b>{_of_total(c)}</b>" if c.below else f'<span style="fill-opacity:0.75">{_of_total(c)}</span>'
            for c in rows_of(communes)
        ],
        customdata=[[c] for c in communes.unit_code],
    )
    return figure_of(
        [whole_row, bars],
        ROW * max(len(rows), 1) + 8,
        x={"visible": False, "range": [0, reach]},
        y=row_names([*map(named, communes.commune)]),
    )


def training(communes: pd.DataFrame, theme: str | None) -> Figure:
    """Bars of people who have not done the training they owe, one a row of the query `training_by_commune`.

    Who is not known to have done it follows, hatched; each ends in '9/14 (64,29%)'. No colour of a verdict: it is none.
    A click anywhere on a row gives (unit_code,).
    """
    colours, rows = look(theme), list(range(len(communes)))
    not_done, unknown = ([int(n) for n in communes[c]] for c in ("not_done", "unknown"))
    labels = [
        f"{number(int(c.not_done))}/{number(int(c.bound))} ({percent(c.share_not_done)})"
        + (f", {number(int(c.unknown))} chưa rõ" if c.unknown else "")
        for c in rows_of(communes)
    ]
    reach = _reach(communes.commune, [a + b for a, b in zip(not_done, unknown, strict=True)], labels)
    told = [
        f"<b>{in_chart(c.commune)}</b><br>{number(int(c.not_done))} trong {number(int(c.bound))} người phải học chưa "
        f"hoàn thành" + counted(c.unknown, "chưa có dữ liệu") + counted(c.trained, "đã học")
        for c in rows_of(communes)
    ]
    common = {"orientation": "h", "y": rows, "width": 0.7, "hoverinfo": "skip", "cliponaxis": False}
    done = bar_trace(x=not_done, marker={"color": colours.accent}, **common)
    unsure = bar_trace(
        x=unknown,
        base=not_done,
        marker={"color": colours.neutral, "pattern": hatching(colours)},
        text=[f"<b>{label}</b>" for label in labels],
        textposition="outside",
        **common,
    )
    return figure_of(
        [whole_rows(reach, [[c] for c in communes.unit_code], told), done, unsure],
        ROW * max(len(rows), 1) + 8,
        x={"visible": False, "range": [0, reach]},
        y=row_names([*map(named, communes.commune)]),
    )


def _reach(names: Iterable[str], lengths: Sequence[int], labels: Sequence[str]) -> float:
    """How far the axis of a ranking goes, so that every bar leaves room for its label beside the longest name."""
    shown = [min(len(name), LONGEST_NAME) for name in names]
    drawn = _NARROWEST - _LETTER * max(shown, default=0)
    # Where a label takes nearly all there is, bars still are told from each other.
    rooms = (max(1 - _LETTER * (len(label) + 1) / drawn, 0.1) for label in labels)
    return max((n / room for n, room in zip(lengths, rooms, strict=True)), default=0) or 1


def tile_map(communes: pd.DataFrame, theme: str | None) -> Figure:
    """One equal tile a commune of the query `communes`, at its place, shaded by the share of people below.

    Communes without a place, or whose places clash, stand in a grid of their own in the order given. A click on a
    tile gives (unit_code,).
    """
    colours, places = look(theme), _places(communes)
    tiles = bar_trace(
        x=[column for column, _ in places],
        base=[row + 0.03 for _, row in places],
        y=[0.94] * len(places),
        width=0.95,
        marker={"color": _shades(communes, colours), "cornerradius": 4},
        customdata=[[c] for c in communes.unit_code],
        text=[_on_tile(c) for c in rows_of(communes)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={"size": SMALL, "color": colours.ink},
        hovertext=_hover_texts(communes),
        hoverinfo="text",
    )
    # A single tile must not grow as wide as the page.
    columns = max([3, *(column for column, _ in places)]) + 1
    lines = max((row for _, row in places), default=0) + 1
    x, y = ({"visible": False, "range": span} for span in ([-0.5, columns - 0.5], [lines, 0]))
    return figure_of([tiles], _TILE * lines + 8, x=x, y=y, uniformtext=NEVER_SMALLER)


def own_map(
    shapes: Mapping[str, list[list[Ring]]], frame: Collection[str], communes: pd.DataFrame, theme: str | None
) -> Figure:
    """An office's own boundaries in degrees, polygons by unit code (see `office_map`), shaded alike.

    The picture is cut to the communes of `frame`; boundaries without a row in `communes` are ground without a label.
    Drawn as plain shapes: a map subplot would fetch its ground from another host. The label of a commune gives
    (unit_code,) when clicked.
    """
    colours, height = look(theme), OWN_MAP_HEIGHT
    rows = {c.unit_code: c for c in rows_of(communes)}
    shades = dict(zip(communes.unit_code, _shades(communes, colours), strict=True))
    told = dict(zip(communes.unit_code, _hover_texts(communes), strict=True))
    shown = [code for code in shapes if code in frame]
    points = [point for code in shown for rings in shapes[code] for point in rings[0]]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    line = {"color": colours.quiet, "width": 1}
    ground = [rings for code, parts in shapes.items() if code not in rows for rings in parts]
    areas = [scatter_trace(**_outlines(ground), mode="lines", line=line, hoverinfo="skip")]
    areas += [
        scatter_trace(
            **_outlines(shapes[c]), mode="lines", fill="toself", fillcolor=shades[c], line=line, hoverinfo="skip"
        )
        for c in shown
    ]
    spots = [_inside(shapes[code]) for code in shown]
    # Names are left out where they would run over the neighbours; the number below stays.
    per_pixel = (north - south) / height
    labels = [
        (f"<b>{in_chart(rows[c].commune)}</b><br>" if room > 8 * per_pixel * len(rows[c].commune) else "")
        + f"{number(int(rows[c].below))}/{number(int(rows[c].total))}"
        for c, (_, _, room) in zip(shown, spots, strict=True)
    ]
    names = scatter_trace(
        x=[x for x, _, _ in spots],
        y=[y for _, y, _ in spots],
        mode="markers+text",
        text=labels,
        textfont={"size": SMALL, "color": colours.ink},
        marker={"size": 36, "opacity": 0},
        customdata=[[c] for c in shown],
        hovertext=[told[c] for c in shown],
        hoverinfo="text",
    )
    ratio = 1 / math.cos(math.radians((south + north) / 2))
    y = {"visible": False, "range": [south, north], "scaleanchor": "x", "scaleratio": ratio}
    return figure_of([*areas, names], height, x={"visible": False, "range": [west, east]}, y=y)


def _shades(communes: pd.DataFrame, colours: Look) -> list[str]:
    darkest = max([DARKEST, *communes.share_below])
    return [shade_for(share / darkest, colours) for share in communes.share_below]


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
    for c, has_place in zip(rows_of(communes), placed, strict=True):
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
    name = "<br>".join(map(in_chart, textwrap.wrap(commune.commune, 13, max_lines=3, placeholder="…")))
    return "<br>".join([f"<b>{name}</b>", _of_total(commune), *lines])


def _hover_texts(communes: pd.DataFrame) -> list[str]:
    return [
        f"<b>{in_chart(c.commune)}</b><br>{number(int(c.below))} trong {number(int(c.total))} người chưa đạt"
        f" ({percent(c.share_below)})"
        + counted(c.unknown, "chưa đủ dữ liệu để kết luận")
        + counted(c.transitional, "còn trong lộ trình")
        for c in rows_of(communes)
    ]


def _outlines(parts: list[list[Ring]]) -> dict[str, list[float | None]]:
    """The x and y of all rings of polygons, one line lifted between them."""
    rings = [_turned(ring, hole=i > 0) for rings in parts for i, ring in enumerate(rings)]
    xs, ys = ([degree for ring in rings for degree in (*(point[i] for point in ring), None)] for i in (0, 1))
    return {"x": xs, "y": ys}


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
