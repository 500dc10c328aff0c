"""The office's own map: boundaries in GeoJSON whose features carry the unit code in `code`, kept in the store.

A file is somebody else's: whatever it holds, what is kept can be drawn. A kept map is read with the same eyes, since an
older program or another hand may have written it.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, NoReturn

from core.store import Store
from core.vietnamese import number

LARGEST = 5 * 1024 * 1024
# What a browser draws at once, and more letters than it takes to write that down.
MOST_CORNERS = 20_000
_MOST_KEPT = 1024 * 1024
# What is worth reading: a file of 5 MB with six decimals holds less.
_MOST_READ = 250_000
# Corners fall together on a grid of so many lines across the map, less than half a pixel on any screen. A map that is
# still too heavy is put on grids of half as many, the last about as fine as the pixels of the map on the page.
_FINEST, _GRIDS = 3000, 4
# Degrees within which all of Viet Nam lies, the sea with Hoàng Sa and Trường Sa included. Latitudes are not among the
# longitudes, so that a pair the wrong way round gives itself away.
_WEST, _EAST, _SOUTH, _NORTH = 102.0, 118.0, 6.0, 24.0
# Degrees, about 55 km: communes of one office lie side by side. What is farther off is a slip, or islands, and would
# shrink all others to a blot.
_APART = 0.5
_TORN = "có đỉnh nằm cách các đỉnh khác hơn 50 km"

Ring = list[tuple[float, float]]
Shapes = dict[str, list[list[Ring]]]
"""Polygons by unit code, each an outline and its holes; a ring ends where it begins, in degrees, longitude first."""


class MapError(Exception):
    """The file cannot be used as a map; its text is one Vietnamese sentence."""


@dataclass(frozen=True)
class OfficeMap:
    """A map fit to be kept, as GeoJSON, and what an officer should know about what was made of the file."""

    geojson: str
    told: tuple[str, ...]


def read(content: bytes, codes: Collection[str]) -> OfficeMap:
    """The map in a GeoJSON file: shapes of the units of `codes`, light enough to draw, nothing else of it.

    Raises MapError for anything that is no such map.
    """
    if len(content) > LARGEST:
        raise MapError(
            f"Tệp {number(len(content) / 1024**2, 1)} MB lớn hơn 5 MB. Giảm bớt chi tiết của ranh giới rồi nạp lại."
        )
    features = _features(content)
    areas = [(_code(f), polygons) for f in features if (polygons := list(_areas(f.get("geometry"))))]
    if not areas:
        raise MapError("Tệp không có vùng khép kín nào (Polygon, MultiPolygon). Chọn lớp ranh giới xã rồi xuất lại.")
    known = [(code, polygons) for code, polygons in areas if code in codes]
    if not known:
        raise MapError(
            "Không vùng nào có thuộc tính code trùng mã đơn vị của các xã, thị trấn (như 20161). "
            "Thêm thuộc tính này rồi nạp lại."
        )
    if (corners := sum(len(ring) for _, polygons in known for polygon in polygons for ring in polygon)) > _MOST_READ:
        raise MapError(
            f"Ranh giới có {number(corners)} đỉnh, quá chi tiết để vẽ. Giảm bớt chi tiết của ranh giới rồi nạp lại."
        )
    placed: Shapes = {}
    turned, astray, torn = set(), set(), set()
    for code, polygons in known:
        for polygon in polygons:
            lies, swapped = _lies_in(polygon), _lies_in(polygon, swapped=True)
            if not lies and not swapped:
                astray.add(code)
            elif _is_torn(polygon):
                torn.add(code)
            elif lies:
                placed.setdefault(code, []).append(polygon)
            else:
                placed.setdefault(code, []).append([[(x, y) for y, x in ring] for ring in polygon])
                turned.add(code)
    if torn and not placed:
        raise MapError(f"Vùng của mã {_listed(torn)} {_TORN}. Kiểm tra tọa độ rồi nạp lại.")
    if not placed:
        raise MapError(
            "Tọa độ trong tệp không phải là kinh độ, vĩ độ trong lãnh thổ Việt Nam. "
            "Xuất lại bản đồ theo hệ WGS 84 (EPSG:4326) rồi nạp lại."
        )
    shapes = _light(placed)
    several = [code for code, found in Counter(code for code, _ in known if code in placed).items() if found > 1]
    far = shapes.keys() - in_frame(shapes)
    no_area, nobodys = len(features) - len(areas), len(areas) - len(known)
    notes = {
        f"Bỏ {number(no_area)} đối tượng không phải là vùng khép kín.": no_area,
        f"Bỏ {number(nobodys)} vùng không mang mã của xã, thị trấn nào trong kho.": nobodys,
        f"Bỏ vùng nằm ngoài lãnh thổ Việt Nam của mã {_listed(astray)}: kiểm tra tọa độ.": astray,
        f"Bỏ vùng của mã {_listed(torn)} vì {_TORN}: kiểm tra tọa độ.": torn,
        f"Tọa độ của mã {_listed(turned)} ghi vĩ độ trước kinh độ, đã đổi lại.": turned,
        f"Mã {_listed(several)} có nhiều vùng, được vẽ chung.": several,
        f"Mã {_listed(far)} nằm cách các xã khác hơn 50 km nên ở ngoài khung: kiểm tra mã, tọa độ.": far,
    }
    return OfficeMap(_geojson(shapes), tuple(note for note, holds in notes.items() if holds))


def codes(store: Store) -> set[str]:
    """The codes of all units the store has ever known: a map may hold those before a merger and those after."""
    return set(store.fetch("select distinct code from unit").code)


def keep(store: Store, geojson: str) -> None:
    """Keep what `read` gave as the map of this office, in place of an earlier one."""
    with store.write() as cursor:
        cursor.execute("delete from meta where name = 'map'")
        cursor.execute("insert into meta values ('map', $map)", {"map": geojson})


def drop(store: Store) -> None:
    """Forget the office's own map, so that the tile map shows again."""
    with store.write() as cursor:
        cursor.execute("delete from meta where name = 'map'")


@dataclass(frozen=True)
class Drawn:
    """The shapes of a map, and which units of the list lie side by side and fill the picture."""

    shapes: Shapes
    frame: Collection[str]


def drawn(geojson: str | None, codes: Collection[str]) -> Drawn | None:
    """What there is to draw of the map the store keeps (`map` of the query `about`) for a list of the units `codes`.

    None when it keeps none, or none of these units. Raises MapError when what it keeps cannot be drawn.
    """
    shapes = _kept(geojson) if geojson else {}
    listed = {code: shapes[code] for code in codes if code in shapes}
    return Drawn(shapes, in_frame(listed)) if listed else None


def _kept(geojson: str) -> Shapes:
    refused = MapError(
        "Bản đồ của cơ quan không vẽ được nên đây là bản đồ ô. Nạp lại, hoặc bấm “Trở lại bản đồ ô”, ở cuối trang."
    )
    if len(geojson) > _MOST_KEPT:
        raise refused
    shapes: Shapes = {}
    try:
        for feature in _features(geojson):
            shapes.setdefault(_code(feature), []).extend(_areas(feature.get("geometry")))
    except MapError:
        raise refused from None
    polygons = [polygon for parts in shapes.values() for polygon in parts]
    # The grid may have put a corner a little over the edge.
    drawable = all(shapes.values()) and all(_lies_in(polygon, slack=0.1) for polygon in polygons)
    if not shapes or "" in shapes or not drawable or _corners(shapes) > MOST_CORNERS:
        raise refused
    return shapes


def in_frame(shapes: Shapes) -> set[str]:
    """The codes of the largest group of units that lie side by side; the others are far off."""
    boxes = {code: _box(parts) for code, parts in shapes.items()}
    loose, largest = set(boxes), set[str]()
    while loose:
        group, edge = set[str](), [min(loose)]
        loose.discard(edge[0])
        while edge:
            here = boxes[code := edge.pop()]
            group.add(code)
            near = {other for other in loose if _gap(here, boxes[other]) <= _APART}
            loose -= near
            edge.extend(near)
        largest = max(largest, group, key=len)
    return largest


def _features(text: str | bytes) -> list[dict[str, Any]]:
    try:
        read_json = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise MapError("Tệp không phải là GeoJSON đọc được. Xuất lại bản đồ ở dạng GeoJSON rồi nạp lại.") from None
    if not isinstance(read_json, dict) or read_json.get("type") != "FeatureCollection":
        raise MapError("Tệp không phải là FeatureCollection của GeoJSON. Xuất lại bản đồ ở dạng GeoJSON rồi nạp lại.")
    return [feature for feature in _each(read_json.get("features")) if isinstance(feature, dict)]


def _no_number(_: str) -> NoReturn:
    raise ValueError


def _each(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _code(feature: dict[str, Any]) -> str:
    """Five digits, or nothing. A table that took codes for numbers has lost their zeros."""
    properties = feature.get("properties")
    code = properties.get("code") if isinstance(properties, dict) else None
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    if type(code) is int and 0 <= code < 100_000:
        return f"{code:05}"
    return code.strip() if isinstance(code, str) and re.fullmatch(r"\s*[0-9]{5}\s*", code) else ""


def _areas(geometry: object) -> Iterator[list[Ring]]:
    """The polygons of a geometry; what is no polygon, or no ring in it, is left out."""
    waiting = [geometry]
    while waiting:
        shape = waiting.pop()
        if not isinstance(shape, dict):
            continue
        kind, coordinates = shape.get("type"), shape.get("coordinates")
        if kind == "GeometryCollection":
            waiting.extend(_each(shape.get("geometries")))
        for polygon in [coordinates] if kind == "Polygon" else _each(coordinates) if kind == "MultiPolygon" else []:
            rings = [_ring(ring) for ring in _each(polygon)]
            if rings and rings[0]:
                yield [ring for ring in rings if ring]


def _ring(points: object) -> Ring:
    """A closed line around something, or nothing. Numbers that are no degrees are found out by `_lies_in`."""
    ring = []
    for point in _each(points):
        # The type itself: true and false are whole numbers to Python.
        if not isinstance(point, list) or len(point) < 2 or not {type(point[0]), type(point[1])} <= {int, float}:
            return []
        ring.append((point[0], point[1]))
    if len(set(ring)) < 3:
        return []
    return ring if ring[0] == ring[-1] else [*ring, ring[0]]


def _lies_in(polygon: list[Ring], *, swapped: bool = False, slack: float = 0) -> bool:
    """Whether all corners are degrees within Viet Nam; not a number and infinity are nowhere."""
    west, east, south, north = (_SOUTH, _NORTH, _WEST, _EAST) if swapped else (_WEST, _EAST, _SOUTH, _NORTH)
    return all(
        west - slack <= x <= east + slack and south - slack <= y <= north + slack for ring in polygon for x, y in ring
    )


def _is_torn(polygon: list[Ring]) -> bool:
    """Whether some corners lie far off from most others, or from any: one slip would stretch the map over the sea."""
    for ring in polygon:
        for places in map(sorted, zip(*ring[:-1], strict=True)):
            gaps = [after - before for before, after in pairwise(places)]
            # A large square has as many corners on either side.
            if any(gap > 2 * _APART or (gap > _APART and 2 * n != len(places)) for n, gap in enumerate(gaps, 1)):
                return True
    return False


def _corners(shapes: Shapes) -> int:
    return sum(len(ring) for parts in shapes.values() for polygon in parts for ring in polygon)


def _listed(codes: Collection[str]) -> str:
    """At most five of them: '20161, 20164'."""
    first = ", ".join(sorted(codes)[:5])
    return f"{first} và {number(len(codes) - 5)} mã khác" if len(codes) > 5 else first


def _box(parts: list[list[Ring]]) -> tuple[float, float, float, float]:
    corners = [corner for polygon in parts for corner in polygon[0]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), max(xs), min(ys), max(ys)


def _gap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    """Degrees between two boxes (west, east, south, north); zero where they touch or overlap."""
    across = max(one[0] - other[1], other[0] - one[1], 0.0)
    along = max(one[2] - other[3], other[2] - one[3], 0.0)
    return max(across, along)


def _light(shapes: Shapes) -> Shapes:
    """The shapes with few enough corners to draw. Raises MapError when no grid makes them so few.

    Corners move to a grid, and go where a line runs straight on. Where one moves depends on nothing but itself, so that
    neighbours stay neighbours: simplified each by itself, rings would leave gaps along their borders.
    """
    boxes = [_box(shapes[code]) for code in in_frame(shapes)]
    wests, easts, souths, norths = ([box[side] for box in boxes] for side in range(4))
    # Never finer than a hand on the ground, which is as fine as degrees are kept.
    step = max(max(easts) - min(wests), max(norths) - min(souths), _FINEST * 1e-6) / _FINEST
    moved = _moved(shapes, lambda degree: round(degree / step))
    for _ in range(_GRIDS):
        light = {code: _pieces(parts) for code, parts in moved.items()}
        if _corners(light) <= MOST_CORNERS:
            return {
                code: [[[(round(x * step, 6), round(y * step, 6)) for x, y in ring] for ring in p] for p in parts]
                for code, parts in light.items()
            }
        step, moved = 2 * step, _moved(moved, lambda cell: (int(cell) + 1) // 2)
    raise MapError("Ranh giới quá chi tiết để vẽ. Giảm bớt chi tiết của ranh giới rồi nạp lại.")


def _moved(shapes: Shapes, move: Callable[[float], float]) -> Shapes:
    return {
        code: [[[p for p, _ in groupby((move(x), move(y)) for x, y in ring)] for ring in rings] for rings in parts]
        for code, parts in shapes.items()
    }


def _pieces(parts: list[list[Ring]]) -> list[list[Ring]]:
    """The polygons of a unit on a grid: a piece that shrank to nothing is left out, a unit that did is one square."""
    # A piece that is there twice is there once: drawn twice it could come out as a hole.
    pieces = {}
    for polygon in parts:
        rings = [_unbent(ring) for ring in polygon]
        if rings[0]:
            pieces[str(rings)] = [ring for ring in rings if ring]
    west, south = parts[0][0][0]
    square = [(west, south), (west + 1, south), (west + 1, south + 1), (west, south + 1), (west, south)]
    return list(pieces.values()) or [[square]]


def _unbent(ring: Ring) -> Ring:
    """A ring on a grid without the corners at which it goes straight on, back or nowhere; nothing is left of a line."""
    line: Ring = []
    for point in ring:
        while len(line) > 1 and _straight(line[-2], line[-1], point):
            line.pop()
        if not line or line[-1] != point:
            line.append(point)
    line.pop()
    first = 0
    while len(line) - first > 2:
        if _straight(line[-2], line[-1], line[first]):
            line.pop()
        elif _straight(line[-1], line[first], line[first + 1]):
            first += 1
        else:
            return [*line[first:], line[first]]
    return []


def _straight(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _geojson(shapes: Shapes) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }
        for code, polygons in sorted(shapes.items())
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
