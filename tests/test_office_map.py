"""The office's own map: what is taken from a GeoJSON file, and the one sentence said when it is no map."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import charts
import office_map
from store import Filters, Store
from test_charts import COMMUNES, HOLE, SQUARE, collection, feature

CODES = {"20188", "20167"}


def packed(value: Any) -> bytes:
    return json.dumps(value).encode()


def coordinates(kept: str) -> dict[str, Any]:
    return {f["properties"]["code"]: f["geometry"]["coordinates"] for f in json.loads(kept)["features"]}


def test_a_map_keeps_boundaries_and_codes_and_nothing_else() -> None:
    named = feature("20188", SQUARE)
    named["properties"] |= {"name": "Thượng Long", "chủ tịch": "ai đó"}
    kept = office_map.read(packed(collection(named)), CODES)
    assert json.loads(kept)["features"][0]["properties"] == {"code": "20188"}
    assert coordinates(kept) == {"20188": [[[[float(x), float(y)] for x, y in SQUARE]]]}


def test_a_code_may_be_a_number_and_a_commune_in_several_pieces() -> None:
    island = [[x + 9, y] for x, y in SQUARE]
    pieces = [feature("20188", SQUARE), feature("20188", island, HOLE, kind="MultiPolygon")]
    pieces[0]["properties"]["code"] = 20188
    kept = coordinates(office_map.read(packed(collection(*pieces)), CODES))
    assert list(kept) == ["20188"]
    assert [len(rings) for rings in kept["20188"]] == [1, 2]


def test_a_border_of_thousands_of_corners_becomes_light_and_stays_one_line() -> None:
    border = [[2 + (i % 7) * 1e-5, 4 * i / 20_000] for i in range(20_001)]
    west = feature("20188", [[0, 0], *border, [0, 4], [0, 0]])
    east = feature("20167", [[4, 0], [4, 4], *border[::-1], [4, 0]])
    content = packed(collection(west, east))
    kept = office_map.read(content, CODES)
    assert len(kept) < len(content) / 4
    sides = [{tuple(p) for p in rings[0][0] if 1 < p[0] < 3} for rings in coordinates(kept).values()]
    assert sides[0] == sides[1]


def test_a_speck_far_away_is_kept_and_drawn_as_it_is() -> None:
    speck = [[1e8, 0], [1e8, 1e-300], [1e8, 2e-300]]
    kept = office_map.read(packed(collection(feature("20188", speck))), CODES)
    assert len(coordinates(kept)["20188"][0][0]) == 3
    assert "4/21" in charts.own_map(json.loads(kept), COMMUNES, "light").data[-1].text[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 shapefile", "không phải là GeoJSON"),
        (b"\xff\xfe", "không phải là GeoJSON"),
        (b"[" * 100_000, "không phải là GeoJSON"),
        (b'{"type": NaN}', "không phải là GeoJSON"),
        (packed({"type": "Topology", "objects": {}}), "không phải là FeatureCollection"),
        (packed([1]), "không phải là FeatureCollection"),
        (packed(collection()), "không có vùng khép kín"),
        (packed({"type": "FeatureCollection", "features": None}), "không có vùng khép kín"),
        (packed(collection(feature("20188", [[0, 0], [1, 1], [0, 0]]))), "không có vùng khép kín"),
        (packed(collection(feature("20188", SQUARE) | {"geometry": {"type": "Point", "coordinates": [1, 1]}})), "vùng"),
        (packed(collection(feature("99999", SQUARE))), "thuộc tính code"),
        (packed(collection(feature("20188", SQUARE) | {"properties": None})), "thuộc tính code"),
        (b" " * (office_map.LARGEST + 1), "5 MB"),
    ],
)
def test_what_is_no_map_is_refused_in_one_sentence(content: bytes, said: str, told: Callable[[str], bool]) -> None:
    with pytest.raises(office_map.MapError, match=said) as refused:
        office_map.read(content, CODES)
    assert told(str(refused.value).replace("FeatureCollection của GeoJSON", ""))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
GEOMETRY = JSON | st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Polygon", "MultiPolygon", "LineString"]),
        "coordinates": JSON
        | st.lists(
            st.lists(st.lists(st.floats(-1e300, 1e300) | st.integers() | JSON, max_size=3), max_size=6), max_size=3
        ),
    }
)
FEATURE = JSON | st.fixed_dictionaries(
    {"properties": JSON | st.just({"code": "20188"}) | st.just({"code": 20188}), "geometry": GEOMETRY}
)


@given(st.builds(lambda features: packed({"type": "FeatureCollection", "features": features}), st.lists(FEATURE)))
def test_any_other_file_is_a_map_or_a_sentence(content: bytes) -> None:
    try:
        kept = office_map.read(content, CODES)
    except office_map.MapError as refused:
        kept = str(refused)
    assert kept.endswith(".") or office_map.codes_of(json.loads(kept)) & CODES


@given(st.binary(max_size=60))
def test_any_bytes_are_a_map_or_a_sentence(content: bytes) -> None:
    with pytest.raises(office_map.MapError):
        office_map.read(content, CODES)


def test_the_store_keeps_one_map_until_it_is_dropped(new_district: Callable[..., Store]) -> None:
    store = new_district()

    def stored() -> Any:
        return store.query("about", Filters(date(2018, 12, 31)))["map"][0]

    office_map.keep(store, office_map.read(packed(collection(feature("20188", SQUARE))), CODES))
    office_map.keep(store, office_map.read(packed(collection(feature("20167", SQUARE))), CODES))
    assert office_map.codes_of(office_map.kept(stored(), CODES) or {}) == {"20167"}
    # On a day or with a filter that none of its boundaries belongs to, it is no map to show.
    assert office_map.kept(stored(), {"20161"}) is None
    office_map.drop(store)
    assert office_map.kept(stored(), CODES) is None
