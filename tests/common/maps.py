"""Communes as squares, and the GeoJSON files that an office would send of them."""

import json
from typing import Any

Points = list[list[float]]


def square(west: float, south: float, side: float = 0.04) -> Points:
    """A ring in degrees; communes of the district are about this large."""
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


SQUARE, EAST_OF_IT = square(107.6, 16.0), square(107.64, 16.0)


def feature(code: Any, *rings: Points, kind: str = "Polygon") -> dict[str, Any]:
    coordinates: Any = list(rings) if kind == "Polygon" else [[ring] for ring in rings]
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": kind, "coordinates": coordinates}}


def packed(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
