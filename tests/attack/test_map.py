"""A map of the office that is broken, hostile or heavy: refused in a sentence or drawn; the overview always opens."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from common.charted import COMMUNES, charts
from common.maps import SQUARE, feature, packed
from core import office_map
from core.store import Store, open_store

CODES = {"20188", "20167", "20161"}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
# Points near each other, so that lines lie on lines, at the edges of the country and over them.
LONGITUDE = st.integers(0, 4).map(lambda n: 102 + n / 1e5) | st.floats(101.99, 118.01) | st.sampled_from([102, 118.0])
LATITUDE = st.integers(0, 4).map(lambda n: 6 + n / 1e5) | st.floats(5.99, 24.01)
LINE = st.lists(st.tuples(LONGITUDE, LATITUDE), min_size=3, max_size=8)
RING = st.one_of(
    LINE,
    LINE.map(lambda line: [*line, line[0]]),
    LINE.map(lambda line: [(y, x) for x, y in line]),
    LINE.map(lambda line: [(*point, 5.0) for point in line]),
    st.lists(st.tuples(LONGITUDE, LATITUDE) | JSON, max_size=5),
)
POLYGON = st.lists(RING, min_size=1, max_size=3)
SHAPE = st.fixed_dictionaries({"type": st.just("Polygon"), "coordinates": POLYGON}) | st.fixed_dictionaries(
    {"type": st.just("MultiPolygon"), "coordinates": st.lists(POLYGON, max_size=3)}
)
ODD = JSON | st.fixed_dictionaries({"type": st.sampled_from(["Polygon", "MultiPolygon", "Point"]), "coordinates": JSON})
COLLECTION = st.fixed_dictionaries(
    {"type": st.just("GeometryCollection"), "geometries": st.lists(SHAPE | ODD, max_size=3) | JSON}
)
CODE = st.sampled_from(["20188", "20167", "20161", 20188, "99999", "2018\ud800", "２０１８８", None])
FEATURE = st.fixed_dictionaries(
    {"properties": st.fixed_dictionaries({"code": CODE}), "geometry": st.one_of(SHAPE, SHAPE, COLLECTION, ODD)}
)
MAP = st.lists(st.one_of(FEATURE, FEATURE, FEATURE, JSON), max_size=5).map(lambda features: packed(*features))

# What an older program or another hand may have left in the store.
KEPT = [
    "{",
    "null",
    "[]",
    "\x00",
    '"\\ud800"',
    "[" * 100_000,
    '{"type": "FeatureCollection"}',
    '{"type": "FeatureCollection", "features": [null, 1, {}]}',
    packed(feature("20161\ud800", SQUARE)).decode(),
    packed(feature("20161", SQUARE), feature("", SQUARE)).decode(),
    packed(feature("20161", [[0, 0], [4, 0], [4, 4], [0, 0]])).decode(),
    packed(feature("20161", [[583_000.0, 1_770_000.0], [583_900.0, 1_770_000.0], [583_000.0, 1_770_900.0]])).decode(),
    packed(feature("20161", [])).decode(),
    packed(feature("20161", SQUARE) | {"geometry": None}).decode(),
    packed(feature("20161", SQUARE)).decode().replace("107.6", "1e999"),
    packed(feature("20161", SQUARE)).decode().replace("107.6", "NaN"),
    packed(feature("20161", SQUARE)).decode().replace("107.6", "1" * 4_000),
    packed(feature("20161", [[107 + n % 2, 16 + n / 1e5] for n in range(office_map.MOST_CORNERS + 1)])).decode(),
    packed(feature("20161", [[107.123, 16.1], [107.2, 16.1], [107.2, 16.2]] * 200_000)).decode(),
]


def figure(geojson: str, communes: pd.DataFrame) -> Any:
    """What goes to the browser, as it goes there; None for the tiles."""
    drawn = office_map.drawn(geojson, communes.unit_code)
    if drawn is None:
        return None
    sent = str(charts.own_map(drawn.shapes, drawn.frame, communes, "light").to_json()).encode("utf-8")
    assert b"NaN" not in sent
    return json.loads(sent)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(MAP)
def test_any_file_of_features_is_a_sentence_or_a_map_that_can_be_drawn(content: bytes) -> None:
    try:
        found = office_map.read(content, CODES)
    except office_map.MapError:
        # What it says is in `tests/core/test_office_map.py`.
        return
    sent = figure(found.geojson, COMMUNES)
    west, east = sent["layout"]["xaxis"]["range"]
    south, north = sent["layout"]["yaxis"]["range"]
    assert 101 < west < east < 119
    assert 5 < south < north < 25
    assert sent["data"][-1]["text"]
    assert all(note.endswith(".") and note.encode() for note in found.told)


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_other_file_is_a_sentence(content: bytes) -> None:
    with pytest.raises(office_map.MapError):
        office_map.read(content, CODES)


@pytest.mark.parametrize("geojson", KEPT, ids=range(len(KEPT)))
def test_what_cannot_be_drawn_is_told(geojson: str, told: Callable[[str], bool]) -> None:
    with pytest.raises(office_map.MapError) as refused:
        office_map.drawn(geojson, CODES)
    assert told(str(refused.value))


@pytest.fixture
def overview(own_district: Path, open_app: Callable[..., AppTest]) -> Callable[[str], AppTest]:
    """The overview over a store that keeps this text as its map."""
    app = open_app(own_district, "overview")

    def overview(geojson: str) -> AppTest:
        # The very store the page reads.
        office_map.keep(open_store(), geojson)
        return app.run()

    return overview


def test_whatever_the_store_keeps_the_overview_opens_and_the_map_can_be_taken_away(
    overview: Callable[[str], AppTest],
) -> None:
    for geojson in (KEPT[0], KEPT[9], KEPT[-2], KEPT[-1]):
        app = overview(geojson)
        assert not app.exception
        assert [i.value for i in app.info] == [
            "Bản đồ của cơ quan không vẽ được nên đây là bản đồ ô. Nạp lại, hoặc bấm “Trở lại bản đồ ô”, ở cuối trang."
        ]
        assert "Ô càng đậm" in app.main.caption[0].value
        assert app.button(key="map-drop").label == "Trở lại bản đồ ô"
    app.button(key="map-drop").click().run()
    assert not app.info


def test_any_map_loaded_on_the_page_is_drawn_or_refused_and_can_be_taken_away(
    overview: Callable[[str], AppTest],
) -> None:
    app = overview(packed(feature("20161", SQUARE)).decode())

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(MAP)
    def load(content: bytes) -> None:
        app.file_uploader(key="map-file").upload("bản đồ.geojson", content, "application/json").run()
        app.button(key="map-keep").click().run()
        assert not app.exception
        assert app.get("plotly_chart")[0].proto.spec.encode()
        assert app.button(key="map-drop").label == "Trở lại bản đồ ô"

    load()


def test_where_nobody_is_judged_the_map_can_be_taken_away_too(
    own_district: Path, open_app: Callable[..., AppTest]
) -> None:
    store = Store(str(own_district))
    office_map.keep(store, "{")
    store.close()
    app = open_app(own_district, "overview", ngay="2025-07-01", nhom="can_bo")
    assert not app.metric
    app.button(key="map-drop").click().run()
    assert not app.exception
    assert "map-drop" not in {button.key for button in app.button}


def test_a_heavy_map_is_kept_light() -> None:
    circle = [[107.6 + math.cos(n / 1e4) / 10, 16 + math.sin(n / 1e4) / 10] for n in range(62_832)]
    found = office_map.read(packed(feature("20161", [[round(x, 6), round(y, 6)] for x, y in circle])), CODES)
    sent = figure(found.geojson, COMMUNES)
    assert 1_000 < len(sent["data"][1]["x"]) < office_map.MOST_CORNERS
