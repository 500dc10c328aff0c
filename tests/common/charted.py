"""What tests of charts share: three communes as charts are given them, and figures as Plotly reads them."""

from inspect import isfunction
from typing import Any

import pandas as pd
from plotly import graph_objs

from screen import charts as drawing

COMMUNES = pd.DataFrame(
    [
        ["20188", "Thượng Long", 1, 3, 21, 4, 2, 0, 4 / 21],
        ["20167", "Hương Sơn", 1, 1, 20, 2, 0, 1, 0.1],
        ["20161", "Khe Tre", 3, 1, 20, 0, 0, 0, 0.0],
    ],
    columns=[
        "unit_code",
        "commune",
        "tile_col",
        "tile_row",
        "total",
        "below",
        "unknown",
        "transitional",
        "share_below",
    ],
)


class Charts:
    """The builders of `screen.charts`, each of whose figures Plotly has read and found well-formed."""

    def __getattr__(self, name: str) -> Any:
        built = getattr(drawing, name)
        return (lambda *args, **kwargs: _read(built(*args, **kwargs))) if isfunction(built) else built


def _read(drawn: Any) -> Any:
    """A figure as Plotly holds it, so that a test can look into it; raises ValueError for what Plotly does not know."""
    if isinstance(drawn, drawing.Figure):
        return graph_objs.Figure(drawn.to_dict())
    return tuple(map(_read, drawn)) if isinstance(drawn, tuple) else drawn


charts = Charts()
