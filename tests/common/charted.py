"""Three communes as the charts are given them."""

import pandas as pd

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
