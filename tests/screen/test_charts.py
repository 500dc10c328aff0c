"""Charts: what is written in them and what a click gives, whatever the number of communes; text stays readable."""

import ast
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from common.charted import COMMUNES, charts
from common.readers import all_of
from core.store import Store
from core.words import Words

CELLS = pd.DataFrame(
    [
        ["20188", "Thượng Long", "llct", 3, 1, 0],
        ["20188", "Thượng Long", "tin_hoc", 0, 2, 0],
        ["20167", "Hương Sơn", "chuyen_mon", 0, 1, 1],
    ],
    columns=["unit_code", "commune", "criterion", "below", "unknown", "transitional"],
)
SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]


@pytest.fixture(scope="module")
def words() -> Iterator[Words]:
    store = Store(":memory:", create=True)
    yield Words.of(all_of(store))
    store.close()


def spell(criterion: str, start: str, end: str | None, verdict: str, position: str = "bi_thu") -> list[Any]:
    return [position, criterion, pd.Timestamp(start), pd.Timestamp(end) if end else pd.NaT, verdict, "Lý do. " * 30]


def spells(*rows: list[Any]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["position", "criterion", "from_on", "to_on", "verdict", "reason"])
    return frame.astype({"from_on": "datetime64[us]", "to_on": "datetime64[us]"})


def many(n: int) -> pd.DataFrame:
    """A province: communes that nobody gave a place on the tile map."""
    rows = [[f"{i:05}", f"Xã số {i}", None, None, 20, i % 5, i % 3, 0, (i % 5) / 20] for i in range(n)]
    return pd.DataFrame(rows, columns=COMMUNES.columns)


def tiles(figure: charts.Figure) -> list[tuple[float, float]]:
    bar = figure.data[0]
    return [(x, round(base)) for x, base in zip(bar.x, bar.base, strict=True)]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_a_bar_ends_in_people_total_and_share() -> None:
    hit, bars = charts.ranked_communes(COMMUNES, "light").data
    assert ["4/21 (19,05%)" in t for t in bars.text] == [True, False, False]
    assert "0/20" in bars.text[2]
    assert "%" not in bars.text[2]
    assert list(bars.x) == [4, 2, 0]
    assert bars.marker.color == charts.LIGHT.verdict["below"]
    assert [c[0] for c in hit.customdata] == ["20188", "20167", "20161"]
    # A commune without anybody below can be clicked like the others.
    assert all(x > 4 for x in hit.x)


@pytest.mark.parametrize("name", ["Khe Tre", "Thị trấn Nông trường Việt Trung A"])
@pytest.mark.parametrize(("below", "total", "share"), [(1, 1, 1.0), (130, 1200, 0.1083)])
def test_a_bar_leaves_room_for_its_label_beside_the_longest_name(
    name: str, below: int, total: int, share: float
) -> None:
    """Plotly cuts off at the edge what has no room; at 1366 pixels the chart is 346 wide, a letter 6.5."""
    commune = COMMUNES.head(1).assign(commune=name, below=below, total=total, share_below=share)
    figure = charts.ranked_communes(commune, "light")
    drawn = 346 - 6.5 * min(len(name), 32)
    label = figure.data[1].text[0].removeprefix("<b>").removesuffix("</b>")
    assert below / figure.layout.xaxis.range[1] * drawn + 6.5 * len(label) <= drawn
    assert below / figure.layout.xaxis.range[1] >= 0.1


def test_the_ranking_keeps_its_order_and_grows_with_the_communes() -> None:
    figure = charts.ranked_communes(COMMUNES, "light")
    assert list(figure.layout.yaxis.ticktext) == ["Thượng Long", "Hương Sơn", "Khe Tre"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    assert charts.ranked_communes(many(152), "light").layout.height > 10 * figure.layout.height


def test_two_communes_of_one_name_stay_two_bars() -> None:
    twins = pd.concat([COMMUNES.head(1), COMMUNES.head(1).assign(unit_code="30001")], ignore_index=True)
    assert list(charts.ranked_communes(twins, "light").data[1].y) == [0, 1]


def test_a_tile_says_name_people_share_and_what_is_missing() -> None:
    bar = charts.tile_map(COMMUNES, "light").data[0]
    assert bar.text[0] == "<b>Thượng Long</b><br>4/21 (19,05%)<br>2 thiếu dữ liệu"
    assert bar.text[1] == "<b>Hương Sơn</b><br>2/20 (10,00%)<br>1 trong lộ trình"
    assert bar.text[2] == "<b>Khe Tre</b><br>0/20"
    assert "4 trong 21 người chưa đạt (19,05%)" in bar.hovertext[0]
    assert "1 người còn trong lộ trình" in bar.hovertext[1]
    assert [c[0] for c in bar.customdata] == list(COMMUNES.unit_code)


def test_tiles_stand_at_their_places_from_the_north_west() -> None:
    assert tiles(charts.tile_map(COMMUNES, "light")) == [(0, 2), (0, 0), (2, 0)]


def test_tiles_whose_places_clash_stand_in_a_grid() -> None:
    clash = COMMUNES.assign(tile_col=1, tile_row=1)
    assert tiles(charts.tile_map(clash, "light")) == [(0, 0), (1, 0), (0, 1)]


def test_a_commune_without_a_place_stands_below_the_others() -> None:
    loose = COMMUNES.assign(tile_col=[1, 1, None], tile_row=[3, 1, None])
    assert tiles(charts.tile_map(loose, "light"))[2] == (0, 3)


@pytest.mark.parametrize("n", [1, 11, 152])
def test_every_commune_has_a_tile_of_its_own(n: int) -> None:
    figure = charts.tile_map(many(n), "dark")
    assert len(set(tiles(figure))) == n
    columns = max(x for x, _ in tiles(figure)) + 1
    assert columns <= 5
    assert figure.layout.height >= 80 * -(-n // 5)


def test_only_people_below_give_a_tile_colour() -> None:
    colours = charts.tile_map(COMMUNES, "light").data[0].marker.color
    assert colours[2] == charts.LIGHT.neutral
    assert luminance(colours[0]) < luminance(colours[1]) < luminance(charts.LIGHT.shades[0])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_on_a_tile_are_readable_at_every_share(theme: str) -> None:
    every_share = many(201).assign(share_below=[i / 200 for i in range(201)])
    colours = charts.tile_map(every_share, theme).data[0].marker.color
    assert min(contrast(colour, charts.look(theme).ink) for colour in colours) >= 4.5


@pytest.mark.parametrize("look", [charts.LIGHT, charts.DARK])
@pytest.mark.parametrize("verdict", ["below", "transitional", "meets", "exempt"])
def test_words_in_a_segment_are_readable(look: charts.Look, verdict: str) -> None:
    assert contrast(look.verdict[verdict], look.verdict_ink[verdict]) >= 4.5


def test_before_the_browser_tells_its_theme_the_light_one_is_drawn() -> None:
    assert charts.look(None) is charts.look("light") is charts.LIGHT


def own_map(frame: set[str], **shapes: list[list[list[int]]]) -> charts.Figure:
    """The figure of one polygon a commune, by `_code`."""
    polygons = {code[1:]: [[[(x, y) for x, y in ring] for ring in rings]] for code, rings in shapes.items()}
    return charts.own_map(polygons, frame, COMMUNES, "light")


def test_an_own_map_is_shaded_like_the_tiles_and_labelled_inside() -> None:
    away = [[x + 6, y] for x, y in SQUARE]
    figure = own_map({"20188"}, _20188=[SQUARE], _99999=[away])
    ground, area, labels = figure.data
    assert area.fillcolor == charts.tile_map(COMMUNES, "light").data[0].marker.color[0]
    # A boundary nobody asked for is only an outline, without a label to click.
    assert (max(x for x in ground.x if x is not None), ground.fill) == (10, None)
    assert [c[0] for c in labels.customdata] == ["20188"]
    assert "4/21" in labels.text[0]
    assert "Thượng Long" in labels.hovertext[0]
    assert 0 < labels.x[0] < 4
    assert 0 < labels.y[0] < 4
    assert figure.layout.yaxis.scaleanchor == "x"
    assert not figure.layout.geo.domain.x


def test_the_picture_is_cut_to_the_communes_of_the_frame() -> None:
    away = [[x + 60, y] for x, y in SQUARE]
    figure = own_map({"20188"}, _20188=[SQUARE], _20167=[away], _99999=[[[0, 0], [90, 0], [90, 9], [0, 0]]])
    assert list(figure.layout.xaxis.range) == [0, 4]
    assert list(figure.layout.yaxis.range) == [0, 4]
    # A commune of the list that lies elsewhere is not ground.
    assert 60 not in figure.data[0].x
    assert [c[0] for c in figure.data[-1].customdata] == ["20188"]


@pytest.mark.parametrize("hole", [HOLE, HOLE[::-1]])
def test_a_hole_stays_open_and_carries_no_label(hole: list[list[int]]) -> None:
    _, area, labels = own_map({"20188"}, _20188=[SQUARE, hole]).data
    gap = area.x.index(None)
    turns = [signed_area(area.x[:gap], area.y[:gap]), signed_area(area.x[gap + 1 : -1], area.y[gap + 1 : -1])]
    assert turns[0] * turns[1] < 0
    assert not (1 < labels.x[0] < 3 and 1 < labels.y[0] < 3)


def signed_area(xs: Any, ys: Any) -> float:
    return float(sum(xs[i - 1] * ys[i] - xs[i] * ys[i - 1] for i in range(len(xs))))


def test_a_name_is_left_out_where_it_would_run_over_the_neighbours() -> None:
    sliver = [[0, 0], [0.1, 0], [0.1, 4], [0, 4], [0, 0]]
    far = [[x + 8, y] for x, y in SQUARE]
    figure = own_map({"20188", "20167"}, _20188=[sliver], _20167=[far])
    assert list(figure.data[-1].text) == ["4/21", "<b>Hương Sơn</b><br>2/20"]


def test_the_matrix_counts_people_by_commune_and_criterion(words: Words) -> None:
    figure = charts.matrix(CELLS, COMMUNES, words, "light")
    kinds = {t.name: t for t in figure.data if t.name}
    assert [list(c) for c in kinds["Chưa đạt"].customdata] == [["20188", "llct"]]
    assert kinds["Chưa đạt"].text[0] == "<b>3</b><br>1 thiếu"
    assert kinds["Thiếu dữ liệu"].text[0] == "2 thiếu"
    assert kinds["Thiếu dữ liệu"].marker.pattern.shape == "/"
    assert kinds["Trong lộ trình"].text[0] == "1 lộ trình<br>1 thiếu"
    assert contrast(kinds["Trong lộ trình"].marker.color, charts.LIGHT.ink) >= 4.5
    assert contrast(kinds["Trong lộ trình"].marker.color, charts.LIGHT.neutral) > 1
    assert "Hương Sơn: Trình độ chuyên môn" in kinds["Trong lộ trình"].hovertext[0]
    # Criteria stand in the order of the law's own vocabulary, communes in the order given.
    assert list(figure.layout.xaxis.ticktext) == ["Chuyên<br>môn", "Lý luận<br>chính trị", "Tin học"]
    assert [t.split("  ")[0] for t in figure.layout.yaxis.ticktext] == list(COMMUNES.commune)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_who_has_time_is_paler_than_who_is_below_and_still_readable(words: Words, theme: str) -> None:
    full = CELLS.assign(below=[9, 0, 0], transitional=[3, 0, 5], unknown=[2, 2, 1])
    kinds = {t.name: t for t in charts.matrix(full, COMMUNES, words, theme).data if t.name}
    assert kinds["Chưa đạt"].text[0] == "<b>9</b> · 3 lộ trình<br>2 thiếu"
    look = charts.look(theme)
    amber, red = kinds["Trong lộ trình"].marker.color, kinds["Chưa đạt"].marker.color[0]
    assert contrast(amber, look.ink) >= 4.5
    assert contrast(amber, look.ground) < contrast(red, look.ground)


def test_a_cell_of_a_commune_that_is_not_shown_is_not_drawn(words: Words) -> None:
    figure = charts.matrix(CELLS, COMMUNES.tail(2), words, "light")
    assert [c[0] for t in figure.data if t.name for c in t.customdata] == ["20167"]


def test_the_timeline_runs_to_the_end_of_the_day_looked_at(words: Words) -> None:
    rows = spells(
        spell("llct", "2018-07-01", None, "meets"),
        spell("llct", "2015-03-01", "2018-07-01", "below"),
        spell("hoc_van", "2015-03-01", "2023-08-01", "unknown"),
    )
    figure = charts.timeline(rows, words, "light", date(2018, 12, 31))
    bars = {b.name: b for b in figure.data}
    day = 86_400_000
    assert bars["Đạt"].x[0] == (date(2019, 1, 1) - date(2018, 7, 1)).days * day
    assert bars["Chưa đạt"].x[0] == (date(2018, 7, 1) - date(2015, 3, 1)).days * day
    assert bars["Thiếu dữ liệu"].x[0] == (date(2019, 1, 1) - date(2015, 3, 1)).days * day
    assert bars["Thiếu dữ liệu"].marker.pattern.shape == "/"
    assert bars["Đạt"].y == bars["Chưa đạt"].y != bars["Thiếu dữ liệu"].y
    assert "từ 01/03/2015 đến hết 30/06/2018" in bars["Chưa đạt"].hovertext[0]
    assert "từ 01/07/2018 đến nay" in bars["Đạt"].hovertext[0]
    assert max(map(len, bars["Đạt"].hovertext[0].split("<br>"))) < 80
    assert list(figure.layout.xaxis.ticktext) == ["2016", "2017", "2018", "2019"]


def test_two_posts_have_lines_of_their_own(words: Words) -> None:
    rows = spells(
        spell("llct", "2018-01-01", None, "meets", "bi_thu"), spell("llct", "2018-06-01", None, "below", "ct_hdnd")
    )
    figure = charts.timeline(rows, words, "dark", date(2018, 12, 31))
    assert list(figure.layout.yaxis.ticktext) == [
        "Lý luận chính trị<br>BT Đảng ủy",
        "Lý luận chính trị<br>CT HĐND",
    ]


def test_a_short_history_shows_days_not_years(words: Words) -> None:
    figure = charts.timeline(spells(spell("llct", "2018-03-05", None, "meets")), words, "light", date(2018, 12, 30))
    assert list(figure.layout.xaxis.ticktext) == ["05/03/2018"]


def test_nobody_draws_an_empty_figure(words: Words) -> None:
    none = COMMUNES.head(0)
    assert not charts.ranked_communes(none, "light").data[0].y
    assert not charts.tile_map(none, "light").data[0].x
    assert not charts.matrix(CELLS.head(0), none, words, "light").data[1].x
    assert not charts.timeline(spells(), words, "light", date(2018, 12, 31)).data


def test_every_figure_has_its_height_separators_and_letters_of_at_least_13(words: Words) -> None:
    history = spells(spell("llct", "2015-03-01", None, "below"))
    for figure in (
        charts.ranked_communes(COMMUNES, "light"),
        charts.tile_map(COMMUNES, "light"),
        own_map({"20188"}, _20188=[SQUARE]),
        charts.matrix(CELLS, COMMUNES, words, "light"),
        charts.timeline(history, words, "light", date(2018, 12, 31)),
    ):
        assert figure.layout.height > 0
        assert figure.layout.separators == ",."
        assert "Source Sans" in figure.layout.font.family
        assert min(sizes(json.loads(figure.to_json())["layout"]) + sizes(json.loads(figure.to_json())["data"])) >= 13


def sizes(node: Any) -> list[float]:
    """Every font size named in a part of a figure."""
    if isinstance(node, list):
        return [size for child in node for size in sizes(child)]
    if not isinstance(node, dict):
        return []
    own = [node["size"] for name, node in node.items() if "font" in name and "size" in (node or {})]
    return own + [size for child in node.values() for size in sizes(child)]


def course(*parts: tuple[str, str, list[int]], total: int = 20) -> pd.DataFrame:
    """Points of year-ends from 2016: code, name and people below of each part."""
    rows = [
        [pd.Timestamp(2016 + i, 12, 31), code, name, total, n, 0, 0, n / total]
        for code, name, people in parts
        for i, n in enumerate(people)
    ]
    columns = ["as_of", "unit_code", "commune", "total", "below", "unknown", "transitional", "share_below"]
    return pd.DataFrame(rows, columns=columns).sort_values("as_of", kind="stable")


NO_LAWS = pd.DataFrame({"effective_on": pd.to_datetime([]), "legal_ref": []})
NO_MARKS = pd.DataFrame({"on_date": pd.to_datetime([]), "mark": [], "note": []})


def test_small_multiples_share_one_scale_and_begin_with_the_worst() -> None:
    points = course(("1", "Xã Một", [5, 1]), ("2", "Xã Hai", [0, 3]), ("3", "Xã Ba", [9, 0]))
    figure, left_out = charts.facets(points, ("unit_code", "commune"), NO_LAWS, NO_MARKS, "light")
    assert left_out == 0
    assert [note.text for note in figure.layout.annotations] == ["<b>Xã Hai</b>", "<b>Xã Một</b>", "<b>Xã Ba</b>"]
    axes = [v for k, v in json.loads(figure.to_json())["layout"].items() if k.startswith("yaxis")]
    assert len({tuple(axis["range"]) for axis in axes}) == 1
    assert axes[0]["range"][1] > 9
    assert [list(p) for p in figure.data[0].customdata] == [["2016-12-31", "2"], ["2017-12-31", "2"]]


def test_a_commune_that_is_gone_is_not_the_worst() -> None:
    points = course(("1", "Xã Cũ", [9, 9]), ("2", "Xã Mới", [1, 1]))
    points = points[(points.unit_code != "1") | (points.as_of < points.as_of.max())]
    figure, _ = charts.facets(points, ("unit_code", "commune"), NO_LAWS, NO_MARKS, "light")
    assert [note.text for note in figure.layout.annotations] == ["<b>Xã Mới</b>", "<b>Xã Cũ</b>"]
    red = charts.LIGHT.verdict["below"]
    assert [trace.line.color == red for trace in figure.data] == [True, False]
    figure, _ = charts.facets(points[points.unit_code == "1"], ("unit_code", "commune"), NO_LAWS, NO_MARKS, "light")
    assert figure.data[0].line.color == red


def test_many_mergers_of_one_day_are_counted_where_their_names_would_not_fit(words: Words) -> None:
    marks = pd.DataFrame(
        {
            "on_date": pd.to_datetime(["2017-06-30"] * 3),
            "mark": "sap_nhap",
            "note": [f"Xã Thứ {n}, Xã Kế {n}, Xã Bên {n} thành Xã Chung {n}" for n in range(3)],
        }
    )
    points = by_group(("can_bo", [5, 1]))
    for told, some in (("3 đơn vị mới do sáp nhập", marks), ("Xã Thứ 0, Xã Kế 0", marks.head(1))):
        figure = charts.trend(points, points, NO_LAWS, some, words, "light")
        assert any(told in note.text for note in figure.layout.annotations)


def test_a_merged_commune_and_its_successor_of_one_code_are_two_parts() -> None:
    points = course(("20179", "Hương Giang", [1]), ("20179", "Hương Xuân", [2]))
    figure, _ = charts.facets(points, ("unit_code", "commune"), NO_LAWS, NO_MARKS, "light")
    assert [note.text for note in figure.layout.annotations] == ["<b>Hương Xuân</b>", "<b>Hương Giang</b>"]


def test_of_a_country_the_worst_are_drawn_and_the_rest_counted() -> None:
    points = course(*((f"{i:05}", f"Xã {i}", [i % 7, i % 11]) for i in range(11_162)))
    figure, left_out = charts.facets(points, ("unit_code", "commune"), NO_LAWS, NO_MARKS, "dark", "share_below")
    assert (len(figure.data), left_out) == (charts.MOST_FACETS, 11_162 - charts.MOST_FACETS)
    assert all(trace.y[-1] == 0.5 for trace in figure.data)
    assert min(sizes(json.loads(figure.to_json())["layout"])) >= 13


def by_group(*people: tuple[str, list[int]]) -> pd.DataFrame:
    return course(*((group, group, n) for group, n in people)).rename(columns={"unit_code": "group"})


def test_laws_of_one_day_share_their_words_and_near_ones_do_not_touch(words: Words) -> None:
    points = by_group(("can_bo", [5, 4, 4]), ("cong_chuc", [4, 4, 4]))
    laws = pd.DataFrame(
        {
            "effective_on": pd.to_datetime(["2017-12-25", "2017-12-25", "2018-01-20"]),
            "legal_ref": ["TT 13/2019/TT-BNV", "Luật Hộ tịch 2014", "Luật Dân quân tự vệ 2019"],
        }
    )
    marks = pd.DataFrame(
        {"on_date": pd.to_datetime(["2018-12-31"]), "mark": ["chot_so_lieu"], "note": ["danh sách của 11 xã"]}
    )
    figure = charts.trend(points, points, laws, marks, words, "light")
    told = [n for n in figure.layout.annotations if n.yref == "paper"]
    assert [n.text for n in told] == [
        "25/12/2017: TT 13/2019/TT-BNV, Luật Hộ tịch 2014",
        "20/01/2018: Luật Dân quân tự vệ 2019",
    ]
    assert told[0].yshift != told[1].yshift
    ends = [n for n in figure.layout.annotations if n.yref != "paper"]
    assert {n.text for n in ends} == {"Cán bộ: 4", "Công chức: 4"}
    assert abs(ends[0].y - ends[1].y) > 0
    assert "Chốt số liệu 31/12/2018" in figure.data[-1].hovertext[0]


@pytest.mark.parametrize("measure", list(charts.MEASURES))
def test_each_measure_is_drawn_from_its_own_numbers(words: Words, measure: str) -> None:
    points = by_group(("can_bo", [5, 4])).assign(unknown=[1, 2], transitional=[3, 0])
    figure = charts.trend(points, points, NO_LAWS, NO_MARKS, words, "light", measure)
    expected = {"below": [5, 4], "share_below": [0.25, 0.2], "unknown": [1, 2], "transitional": [3, 0]}
    assert list(figure.data[1].y) == expected[measure]
    assert "5/20 (25,00%) chưa đạt" in figure.data[1].hovertext[0]


def test_a_step_stands_on_the_day_it_happened(words: Words) -> None:
    exact = pd.DataFrame(
        {
            "as_of": pd.to_datetime(["2016-12-31", "2017-01-01", "2017-08-01", "2017-08-02", "2017-12-31"]),
            "group": "can_bo",
            "total": 20,
            "below": [5, 5, 4, 4, 4],
            "unknown": 0,
            "transitional": 0,
        }
    )
    figure = charts.trend(by_group(("can_bo", [5, 4])), exact, NO_LAWS, NO_MARKS, words, "light")
    line = figure.data[0]
    assert [str(d) for d in line.x] == ["2016-12-31", "2017-08-01", "2017-12-31"]
    assert list(line.y) == [5, 4, 4]


def tried(*rows: tuple[str, str, int, int, int]) -> pd.DataFrame:
    """Communes by another law: code, name, below now and then, in transition then."""
    frame = pd.DataFrame(rows, columns=["unit_code", "commune", "below_now", "below", "transitional"])
    change = frame.below - frame.below_now
    return frame.assign(
        total=20,
        newly_below=change.clip(0),
        no_longer_below=-change.clip(upper=0),
        transitional_now=0,
        unknown=0,
        unknown_now=0,
    )


TRIED = tried(("1", "Xã Một", 4, 5, 0), ("2", "Xã Hai", 1, 0, 9), ("3", "Xã Ba", 0, 0, 0))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_now_and_then_stand_beside_each_other_the_largest_change_first(theme: str) -> None:
    figure, left_out = charts.now_and_then(TRIED, theme)
    assert left_out == 0
    assert list(figure.layout.yaxis.ticktext) == ["Xã Hai", "Xã Một", "Xã Ba"]
    assert [list(c) for c in figure.data[0].customdata] == [["2", "Xã Hai"], ["1", "Xã Một"], ["3", "Xã Ba"]]
    below_now, _, now, below, in_time, then = figure.data[1:]
    assert (list(below_now.x), list(below.x), list(in_time.x)) == ([1, 4, 0], [0, 5, 0], [9, 0, 0])
    assert list(now.text) == ["nay 1", "nay 4", "nay 0"]
    assert list(then.text) == ["→ <b>0</b> + 9 lộ trình", "→ <b>5</b>", "→ <b>0</b>"]
    assert "Chưa đạt: 4 → 5" in figure.data[0].hovertext[1]
    assert [b.name for b in figure.data if b.showlegend] == ["Chưa đạt", "Trong lộ trình"]


@pytest.mark.parametrize(
    ("row", "explained"),
    [
        (("1", "Xã Một", 4, 5, 0), ["Chưa đạt"]),
        (("1", "Xã Một", 0, 0, 3), ["Trong lộ trình"]),
        (("1", "Xã Một", 3, 0, 0), ["Chưa đạt"]),
        (("1", "Xã Một", 0, 0, 0), []),
    ],
)
def test_the_legend_of_now_and_then_names_only_bars_there_are(
    row: tuple[str, str, int, int, int], explained: list[str]
) -> None:
    assert [b.name for b in charts.now_and_then(tried(row), "light")[0].data if b.showlegend] == explained


def test_where_nobody_is_judged_today_no_nought_is_drawn_for_it() -> None:
    figure, _ = charts.now_and_then(TRIED, "light", judged_now=False)
    assert set(figure.data[3].text) == {"nay không xét"}


def test_of_a_country_those_that_change_most_are_drawn() -> None:
    many = tried(*((f"{i:05}", f"Xã {i}", 0, i % 13, 0) for i in range(11_162)))
    figure, left_out = charts.now_and_then(many, "light")
    assert (len(figure.data[0].y), left_out) == (15, 11_147)
    assert set(figure.data[4].x) == {12}


def test_flips_are_divided_by_what_they_become(words: Words) -> None:
    rows = pd.DataFrame(
        [["chuyen_mon", 95, 4, 91, 0, 0, 3], ["tin_hoc", 3, 0, 0, 0, 3, 1]],
        columns=[
            "criterion",
            "people",
            "newly_below",
            "newly_transitional",
            "newly_unknown",
            "settled",
            "no_longer_below",
        ],
    )
    figure = charts.flips(rows, words, "dark")
    whole, *parts, ends = figure.data
    assert {b.name: list(b.x) for b in parts} == {
        "Thành chưa đạt": [4, 0],
        "Vào lộ trình": [91, 0],
        "Thành đạt hoặc không xét": [0, 3],
    }
    # Where all of a row become the same the number at its end says it.
    assert [list(b.text) for b in parts] == [["<b>4</b>", ""], ["<b>91</b>", ""], ["", ""]]
    assert list(ends.text) == ["<b>95</b>", "<b>3</b>"]
    assert [list(c) for c in whole.customdata] == [["chuyen_mon"], ["tin_hoc"]]
    assert "91 người vào lộ trình" in whole.hovertext[0]
    for drawn in (figure, charts.now_and_then(TRIED, "dark")[0]):
        assert min(sizes(json.loads(drawn.to_json())["layout"]) + sizes(json.loads(drawn.to_json())["data"])) >= 13


def test_only_the_ground_of_charts_speaks_plotly() -> None:
    folder = Path(charts.__file__).parent
    speaking = {path for path in folder.parents[1].rglob("*.py") if "plotly" in imported(path.read_text("utf-8"))}
    assert speaking == {folder / "base.py"}


def imported(source: str) -> set[str]:
    """The packages a module imports, at its top or inside."""
    nodes = list(ast.walk(ast.parse(source)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}
