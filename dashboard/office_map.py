"""The office's own map: boundaries in GeoJSON whose features carry the unit code in `code`, kept in the store."""

import json
import math
from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from store import Store
from vietnamese import number

LARGEST = 5 * 1024 * 1024
# Corners closer than this part of the map's extent fall together: less than half a pixel on any screen.
_FINEST = 1 / 3000

Ring = list[tuple[float, float]]


class MapError(Exception):
    """The file cannot be used as a map; its text is one Vietnamese sentence."""


def read(content: bytes, codes: Collection[str]) -> str:
    """The map in a GeoJSON file as `keep` stores it: one MultiPolygon a unit code, nothing else of the file.

    At least one feature must carry one of `codes`. Raises MapError for anything that is no such map.
    """
    if len(content) > LARGEST:
        raise MapError(
            f"Tệp {number(len(content) / 1024**2, 1)} MB lớn hơn 5 MB. Giảm bớt chi tiết của ranh giới rồi nạp lại."
        )
    try:
        read_json = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise MapError("Tệp không phải là GeoJSON đọc được. Xuất lại bản đồ ở dạng GeoJSON rồi nạp lại.") from None
    if not isinstance(read_json, dict) or read_json.get("type") != "FeatureCollection":
        raise MapError("Tệp không phải là FeatureCollection của GeoJSON. Xuất lại bản đồ ở dạng GeoJSON rồi nạp lại.")
    features = read_json.get("features")
    shapes = [(_code(f), _polygons(f.get("geometry"))) for f in _each(features) if isinstance(f, dict)]
    if not any(polygons for _, polygons in shapes):
        raise MapError("Tệp không có vùng khép kín nào (Polygon, MultiPolygon). Chọn lớp ranh giới xã rồi xuất lại.")
    parts: dict[str, list[list[Ring]]] = {}
    for code, polygons in shapes:
        if code and polygons:
            parts.setdefault(code, []).extend(polygons)
    if not parts.keys() & set(codes):
        raise MapError(
            "Không vùng nào có thuộc tính code trùng mã đơn vị của các xã, thị trấn (như 20161). "
            "Thêm thuộc tính này rồi nạp lại."
        )
    return json.dumps(_collection(_simplified(parts)), separators=(",", ":"))


def keep(store: Store, geojson: str) -> None:
    """Keep what `read` gave as the map of this office, in place of an earlier one."""
    with store.write() as cursor:
        cursor.execute("delete from meta where name = 'map'")
        cursor.execute("insert into meta values ('map', $map)", {"map": geojson})


def drop(store: Store) -> None:
    """Forget the office's own map, so that the tile map shows again."""
    with store.write() as cursor:
        cursor.execute("delete from meta where name = 'map'")


def kept(geojson: str | None, codes: Collection[str]) -> dict[str, Any] | None:
    """The map the store keeps (`map` of the query `about`), or None when it has no boundary of any of `codes`."""
    if not geojson:
        return None
    collection: dict[str, Any] = json.loads(geojson)
    return collection if codes_of(collection) & set(codes) else None


def codes_of(geojson: Mapping[str, Any]) -> set[str]:
    """The unit codes a kept map has boundaries for."""
    return {feature["properties"]["code"] for feature in geojson["features"]}


def _no_number(_: str) -> NoReturn:
    raise ValueError


def _each(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _code(feature: dict[str, Any]) -> str:
    properties = feature.get("properties")
    code = properties.get("code") if isinstance(properties, dict) else None
    return str(code).strip() if isinstance(code, str | int) else ""


def _polygons(geometry: object) -> list[list[Ring]]:
    """Outlines and holes of a geometry; what is no polygon, or no ring in it, is left out."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return []
    coordinates = geometry.get("coordinates")
    found = []
    for polygon in [coordinates] if geometry["type"] == "Polygon" else _each(coordinates):
        rings = [_ring(ring) for ring in _each(polygon)]
        if rings and rings[0]:
            found.append([ring for ring in rings if ring])
    return found


def _ring(points: object) -> Ring:
    ring = [(float(p[0]), float(p[1])) for p in _each(points) if _is_point(p)]
    return ring if len(set(ring)) > 2 else []


def _is_point(point: object) -> bool:
    return (
        isinstance(point, list)
        and len(point) > 1
        and all(isinstance(n, int | float) and abs(n) < 1e9 and math.isfinite(n) for n in point[:2])
    )


def _simplified(parts: dict[str, list[list[Ring]]]) -> dict[str, list[list[Ring]]]:
    """Corners moved to a grid, neighbours alike, so that a border stays one line and a heavy file becomes light."""
    corners = [point for polygons in parts.values() for rings in polygons for ring in rings for point in ring]
    extent = max(max(c[i] for c in corners) - min(c[i] for c in corners) for i in (0, 1))
    # Never finer than a hand on the ground, where a corner would be a number too long to divide by.
    step = max(extent * _FINEST, 1e-6)

    def on_grid(ring: Ring) -> Ring:
        moved = [(round(round(x / step) * step, 6), round(round(y / step) * step, 6)) for x, y in ring]
        kept = [p for p, before in zip(moved, [None, *moved], strict=False) if p != before]
        return kept if len(set(kept)) > 2 else ring

    return {code: [[on_grid(r) for r in rings] for rings in polygons] for code, polygons in parts.items()}


def _collection(parts: dict[str, list[list[Ring]]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code},
                "geometry": {"type": "MultiPolygon", "coordinates": polygons},
            }
            for code, polygons in sorted(parts.items())
        ],
    }
