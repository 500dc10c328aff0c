"""The charts of the pages: every colour that means something, and the few forms that show it.

A builder takes rows of a named query and gives a figure of fixed height. Where something can be clicked, the
`customdata` of the point starts with the unit code. Text on the page's own ground takes its colour from the page,
text inside a shape has its own, so that nothing is unreadable while the browser changes its theme.
"""

from screen.charts.base import CONFIG, DARK, LIGHT, Figure, Look, look
from screen.charts.ledger import downsizing, reasons
from screen.charts.over_time import MEASURES, MOST_FACETS, bridge, facets, forecast, trend
from screen.charts.people import completeness, matrix, met_by_year, timeline
from screen.charts.places import MOST_PLACES, first_places, own_map, ranked_communes, tile_map, training
from screen.charts.supposed import MOST_BARS, MOST_COMMUNES, flips, most_changed, now_and_then, still_short
from screen.charts.workforce import flows, stacked, structure

__all__ = [
    "CONFIG",
    "DARK",
    "LIGHT",
    "MEASURES",
    "MOST_BARS",
    "MOST_COMMUNES",
    "MOST_FACETS",
    "MOST_PLACES",
    "Figure",
    "Look",
    "bridge",
    "completeness",
    "downsizing",
    "facets",
    "first_places",
    "flips",
    "flows",
    "forecast",
    "look",
    "matrix",
    "met_by_year",
    "most_changed",
    "now_and_then",
    "own_map",
    "ranked_communes",
    "reasons",
    "stacked",
    "still_short",
    "structure",
    "tile_map",
    "timeline",
    "training",
    "trend",
]
