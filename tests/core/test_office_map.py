"""The office's own map: what is taken from a GeoJSON file, what is told about it, what is drawn of it."""

import json
import math
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from common.maps import EAST_OF_IT, SQUARE, feature, packed, square
from common.readers import all_of
from core import office_map
from core.store import Filters, Store

CODES = {"20188", "20167", "20161"}


def read(*features: Any) -> office_map.OfficeMap:
    return office_map.read(packed(*features), CODES)


def shapes(geojson: str) -> office_map.Shapes:
    drawn = office_map.drawn(geojson, CODES)
    assert drawn is not None
    return drawn.shapes


def corners(geojson: str) -> int:
    return sum(len(ring) for parts in shapes(geojson).values() for rings in parts for ring in rings)


def near(one: Any, other: Any) -> bool:
    """Whether the corners are the same but for the grid they were moved to."""
    return len(one) == len(other) and all(math.dist(a, b) < 1e-4 for a, b in zip(one, other, strict=True))


def test_a_map_keeps_boundaries_and_codes_and_nothing_else() -> None:
    named = feature("20188", SQUARE)
    named["properties"] |= {"name": "Thượng Long", "chủ tịch": "ai đó \ud800"}
    found = read(named)
    assert json.loads(found.geojson)["features"][0]["properties"] == {"code": "20188"}
    assert near(shapes(found.geojson)["20188"][0][0], SQUARE)
    assert found.told == ()


@pytest.mark.parametrize("code", ["20188", " 20188 ", 20188, 20188.0])
def test_a_code_may_be_a_number(code: Any) -> None:
    assert list(shapes(read(feature(code, SQUARE)).geojson)) == ["20188"]


def test_a_table_that_took_codes_for_numbers_lost_their_zeros() -> None:
    assert office_map.read(packed(feature(1, SQUARE)), {"00001"}).told == ()


def test_a_commune_may_come_in_several_pieces_and_in_a_collection() -> None:
    island, hole = square(107.7, 16.0), square(107.61, 16.01, 0.01)
    together = {"type": "GeometryCollection", "geometries": [feature("", island)["geometry"], {"type": "Point"}]}
    found = read(feature("20188", SQUARE, hole), feature("20188", island) | {"geometry": together})
    assert [len(rings) for rings in shapes(found.geojson)["20188"]] == [2, 1]
    assert found.told == ("Mã 20188 có nhiều vùng, được vẽ chung.",)
    # The same piece twice is one, and the edge it is drawn with stays one line.
    assert len(shapes(read(feature("20188", SQUARE, SQUARE, kind="MultiPolygon")).geojson)["20188"]) == 1


def test_a_ring_that_was_left_open_is_closed() -> None:
    assert near(shapes(read(feature("20188", SQUARE[:-1])).geojson)["20188"][0][0], SQUARE)


def test_what_is_left_out_is_told(told: Callable[[str], bool]) -> None:
    swapped = [[y, x] for x, y in EAST_OF_IT]
    found = read(
        feature("20188", SQUARE),
        feature("20167", swapped),
        feature("20161", square(0, 0)),
        feature("99999", SQUARE),
        {"type": "Feature", "properties": {"code": "20188"}, "geometry": {"type": "Point", "coordinates": [107, 16]}},
    )
    assert found.told == (
        "Bỏ 1 đối tượng không phải là vùng khép kín.",
        "Bỏ 1 vùng không mang mã của xã, thị trấn nào trong kho.",
        "Bỏ vùng nằm ngoài lãnh thổ Việt Nam của mã 20161: kiểm tra tọa độ.",
        "Tọa độ của mã 20167 ghi vĩ độ trước kinh độ, đã đổi lại.",
    )
    assert all(told(note) for note in found.told)
    assert shapes(found.geojson).keys() == {"20188", "20167"}
    assert near(shapes(found.geojson)["20167"][0][0], EAST_OF_IT)


def test_many_codes_are_not_all_named() -> None:
    codes = {f"{n:05}" for n in range(9)}
    away = [feature(code, square(0, 0)) for code in sorted(codes)]
    found = office_map.read(packed(feature("20188", SQUARE), *away), codes | {"20188"})
    assert "của mã 00000, 00001, 00002, 00003, 00004 và 4 mã khác" in found.told[0]


@pytest.mark.parametrize("place", [(105.8, 21.0), (108.3, 16.1)])
def test_who_is_far_off_does_not_shrink_the_others(place: tuple[float, float]) -> None:
    found = read(feature("20188", SQUARE), feature("20167", EAST_OF_IT), feature("20161", square(*place)))
    assert found.told == ("Mã 20161 nằm cách các xã khác hơn 50 km nên ở ngoài khung: kiểm tra mã, tọa độ.",)
    drawn = office_map.drawn(found.geojson, CODES)
    assert drawn is not None
    assert (set(drawn.shapes), drawn.frame) == (CODES, {"20188", "20167"})
    # The grid is that of the district, not of the country.
    assert near(drawn.shapes["20188"][0][0], SQUARE)
    # Looked at alone, it fills the picture.
    assert getattr(office_map.drawn(found.geojson, {"20161"}), "frame", None) == {"20161"}


@pytest.mark.parametrize("corner", [[112.0, 16.0], [107.6, 16.9], [108.4, 16.0]])
def test_a_corner_far_off_from_the_others_does_not_stretch_the_map(
    corner: list[float], told: Callable[[str], bool]
) -> None:
    torn = feature("20167", [*EAST_OF_IT[:1], corner, *EAST_OF_IT[2:]])
    found = read(feature("20188", SQUARE), torn)
    assert found.told == ("Bỏ vùng của mã 20167 vì có đỉnh nằm cách các đỉnh khác hơn 50 km: kiểm tra tọa độ.",)
    assert told(found.told[0])
    assert shapes(found.geojson).keys() == {"20188"}
    with pytest.raises(office_map.MapError, match="Vùng của mã 20167 có đỉnh nằm cách") as refused:
        read(torn)
    assert told(str(refused.value))
    # Half of the corners far off are a slip where no commune is as wide.
    with pytest.raises(office_map.MapError, match="cách các đỉnh khác"):
        read(feature("20167", [[107.6, 16.0], [112.0, 16.0], [112.0, 16.04], [107.6, 16.04], [107.6, 16.0]]))


def test_a_border_of_thousands_of_corners_becomes_light_and_stays_one_line() -> None:
    border = [[107.62 + (i % 7) * 1e-7, 16 + 0.04 * i / 20_000] for i in range(20_001)]
    west = [[107.6, 16.0], *border, [107.6, 16.04], [107.6, 16.0]]
    east = [[107.64, 16.0], [107.64, 16.04], *border[::-1], [107.64, 16.0]]
    light = read(feature("20188", west), feature("20167", east)).geojson
    assert corners(light) == 10
    sides = [{p for p in parts[0][0] if 107.61 < p[0] < 107.63} for parts in shapes(light).values()]
    assert sides[0] == sides[1]


def test_neighbours_keep_the_corners_of_their_border_however_coarse_the_grid() -> None:
    # A winding border that is too long for the finest grid, and a corner of a third commune on it.
    wind = [[107.62 + 0.004 * math.sin(i / 3), 16 + 0.04 * i / 40_000] for i in range(40_001)]
    west = [[107.6, 16.0], *wind, [107.6, 16.04], [107.6, 16.0]]
    east = [[107.64, 16.0], [107.64, 16.04], *wind[::-1], [107.64, 16.0]]
    light = read(feature("20188", west), feature("20167", east)).geojson
    assert 1_000 < corners(light) <= office_map.MOST_CORNERS
    sides = [{p for p in parts[0][0] if 107.61 < p[0] < 107.63} for parts in shapes(light).values()]
    assert len(sides[0]) > 500
    assert sides[0] == sides[1]
    pixel = 0.04 / 350
    assert all(min(math.dist(p, q) for q in wind) < pixel for p in list(sides[0])[:20])


def test_a_commune_too_small_to_see_stays_where_it_is() -> None:
    found = read(feature("20188", square(107.6, 16.0, 0.9)), feature("20167", square(107.61, 16.01, 1e-5)))
    speck = shapes(found.geojson)["20167"][0][0]
    assert len(speck) == 5
    assert math.dist(speck[0], (107.61, 16.01)) < 1e-3


def test_the_edge_of_the_country_is_within_it() -> None:
    found = read(feature("20188", square(117.96, 23.96)), feature("20167", square(102, 6, 1e-6)))
    assert shapes(found.geojson).keys() == {"20188", "20167"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "GeoJSON đọc được"),
        (b"{", "GeoJSON đọc được"),
        (b"[" * 100_000, "GeoJSON đọc được"),
        (packed(feature("20188", [[float("nan"), 16]])), "GeoJSON đọc được"),
        (b'{"type": ' + b"9" * 5_000 + b"}", "GeoJSON đọc được"),
        (b"[]", "FeatureCollection"),
        (json.dumps(feature("20188", SQUARE)).encode(), "FeatureCollection"),
        (packed(), "không có vùng khép kín"),
        (b'{"type": "FeatureCollection", "features": null}', "không có vùng khép kín"),
        (packed(feature("20188", [[107, 16], [108, 17], [107, 16]])), "không có vùng khép kín"),
        (packed(feature("20188", [*SQUARE, ["107", 16]])), "không có vùng khép kín"),
        (packed(feature("20188", SQUARE) | {"geometry": {"type": "Point", "coordinates": [107, 16]}}), "vùng"),
        (packed(feature("99999", SQUARE)), "thuộc tính code"),
        (packed(feature("20188", SQUARE) | {"properties": None}), "thuộc tính code"),
        (packed(feature("2018\ud800", SQUARE)), "thuộc tính code"),
        (packed(feature(True, SQUARE)), "thuộc tính code"),
        # Degrees elsewhere, metres of VN-2000, more than a number can hold.
        (packed(feature("20188", square(2, 48))), "WGS 84"),
        (packed(feature("20188", square(583_000, 1_770_000, 9_000))), "WGS 84"),
        (packed(feature("20188", SQUARE)).replace(b"107.64", b"1e999"), "WGS 84"),
        (packed(feature("20188", SQUARE)).replace(b"107.6", b"1" * 4_000), "WGS 84"),
        (b" " * (office_map.LARGEST + 1), "5 MB"),
        (packed(feature("20188", [[107, 16], [108, 16], [108, 17]] * 100_000)), "300.001 đỉnh"),
        # As many corners as places on the grid, and none of them in line.
        (packed(feature("20188", [[107 + i * 7 % 997 / 1e3, 16 + i * i % 991 / 1e3] for i in range(90_000)])), "quá"),
    ],
)
def test_what_is_no_map_is_refused_in_one_sentence(content: bytes, said: str, told: Callable[[str], bool]) -> None:
    with pytest.raises(office_map.MapError, match=said) as refused:
        office_map.read(content, CODES)
    assert told(str(refused.value).replace("FeatureCollection của GeoJSON", ""))


def test_the_store_keeps_one_map_until_it_is_dropped(new_district: Callable[..., Store]) -> None:
    store = new_district()

    def stored() -> Any:
        return all_of(store).query("about", Filters(date(2018, 12, 31)))["map"][0]

    known = office_map.codes(store)
    # Also those that came and went.
    assert known >= CODES | {"20182", "20179"}
    office_map.keep(store, office_map.read(packed(feature("20188", SQUARE)), known).geojson)
    office_map.keep(store, office_map.read(packed(feature("20167", SQUARE)), known).geojson)
    assert shapes(stored()).keys() == {"20167"}
    # On a day or with a filter that none of its boundaries belongs to, it is no map to show.
    assert office_map.drawn(stored(), {"20161"}) is None
    office_map.drop(store)
    assert office_map.drawn(stored(), CODES) is None
