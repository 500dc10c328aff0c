"""Cơ cấu đội ngũ through the real entry script: sentence, dimensions, clicks to names, peoples only when asked for."""

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import AttributeDictionary

from app_pages.structure import sentences
from common.charted import charts
from common.readers import all_of
from core.store import Filters, Store
from core.words import OFFICIALS as GROUPS
from core.words import Words
from documents.listing import Listing
from opening.new_store import fill
from screen import parts

FIRST, LAST = date(2015, 12, 31), date(2018, 12, 31)
OFFICIALS = Filters(LAST, groups=GROUPS)
SAID = (
    "Đến 31/12/2018: 50,66% (115/227) có trình độ đại học trở lên, tăng 9,18 điểm phần trăm so với 31/12/2015; "
    "nữ 29,96% (68/227), giảm 1,48 điểm."
)
Open = Callable[..., AppTest]


@pytest.fixture
def page(sample_file: Path, tmp_path: Path, open_app: Open) -> Open:
    copy = tmp_path / "so.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    return lambda **address: open_app(copy, "structure", **address)


@pytest.fixture(scope="module")
def words(sample: Store) -> Words:
    return Words.of(all_of(sample))


def sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ")


def spec(app: AppTest, position: int) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(app.get("plotly_chart")[position].proto.spec)
    return told


def people(app: AppTest) -> list[str]:
    """The names in the list behind the levels: the first with a column for a level."""
    return list(next(d.value for d in app.dataframe if "Độ tuổi" in d.value)["Họ và tên"])


def movers(app: AppTest) -> list[str]:
    return list(next(d.value for d in app.dataframe if "Ngày thay đổi" in d.value)["Họ và tên"])


def headings(app: AppTest) -> list[str]:
    return [s.value for s in app.subheader]


def click(app: AppTest, chart: str, customdata: list[object]) -> AppTest:
    """What the browser tells when a part of a chart is clicked."""
    chosen = {"points": [{"customdata": customdata}], "point_indices": [0], "box": [], "lasso": []}
    return tell(app, [c.proto.id for c in app.get("plotly_chart")], chart, chosen)


def tell(app: AppTest, ids: list[str], widget: str, chosen: dict[str, Any]) -> AppTest:
    key = next(i[i.index(f"{widget}-2") :] for i in ids if f"{widget}-2" in i)
    app.session_state[key] = AttributeDictionary({"selection": chosen})
    return app.run()


def points(store: Store, filters: Filters, **extra: object) -> Any:
    between: dict[str, Any] = {"from_on": FIRST, "step": "year", "sensitive": False}
    return all_of(store).query("structure", filters, **between | extra)


def test_the_sentence_and_the_figures_are_those_of_the_queries(sample: Store, words: Words, page: Open) -> None:
    app = page()
    assert not app.exception
    assert sentence(app) == SAID == sentences.sentence(points(sample, OFFICIALS), words)
    told = [(m.label, m.value, m.delta) for m in app.metric]
    assert told == [
        ("Đang giữ chức vụ", "227 người", "giảm từ 229"),
        ("Đại học trở lên", "115 (50,66%)", "tăng từ 41,48% (95/229)"),
        ("Lý luận chính trị từ trung cấp", "135 (59,47%)", "tăng từ 49,34% (113/229)"),
        ("Nữ", "68 (29,96%)", "giảm từ 31,44% (72/229)"),
    ]
    assert any("Không kể người hoạt động không chuyên trách" in c.value for c in app.caption)
    said = "Từ 31/12/2015 đến 31/12/2018: 17 lượt đến, 19 lượt rời đi (8 chuyển công tác, 4 nghỉ hưu"
    assert any(h.startswith(said) for h in headings(app))


def test_the_country_stands_beside_dated_and_sourced_where_it_is_comparable(page: Open) -> None:
    app = page()
    drawn = json.dumps(spec(app, 0), ensure_ascii=False)
    assert "Cả nước<br>31/12/2024" in drawn
    assert "<b>92,42%</b>" in drawn
    assert "Cả nước<br>2019–2021" in drawn
    assert any(
        "Cả nước 31/12/2024: 92,42% đại học trở lên trong 206.707 người. Nguồn: " in c.value for c in app.caption
    )
    # Nothing is known of it about general education, and nothing of people of another kind.
    app.segmented_control(key="structure-dimension-False").set_value("hoc_van").run()
    assert "Cả nước" not in json.dumps(spec(app, 0), ensure_ascii=False)
    others = page(nhom="khong_chuyen_trach")
    assert "Cả nước" not in json.dumps(spec(others, 0), ensure_ascii=False)
    assert not any("Không kể" in c.value for c in others.caption)


@pytest.mark.parametrize("dimension", ["hoc_van", "chuyen_mon", "llct", "tuoi", "gender"])
def test_a_click_on_a_level_names_its_people_on_that_day(
    dimension: str, sample: Store, words: Words, page: Open
) -> None:
    app = page()
    app.segmented_control(key="structure-dimension-False").set_value(dimension).run()
    assert len(people(app)) == 227
    there = points(sample, OFFICIALS)
    there = there[(there.dimension == dimension) & (there.as_of == "2016-12-31")].iloc[-1]
    click(app, "structure", ["2016-12-31", there.category])
    assert not app.exception
    assert len(people(app)) == there.people
    label = words.label(dimension, there.category)
    assert any(label[1:] in h and "ngày 31/12/2016" in h for h in headings(app))


def test_a_click_on_a_flow_names_who_came_or_left(sample: Store, page: Open) -> None:
    app = page()
    assert len(movers(app)) == 36
    click(app, "flows", [2018, "chuyen_cong_tac"])
    assert not app.exception
    rows = all_of(sample).query("flow_people", OFFICIALS, from_on=FIRST)
    expected = rows[(rows.turned_on.dt.year == 2018) & (rows.flow == "chuyen_cong_tac")]
    assert movers(app) == list(expected.full_name)
    assert len(expected) == 3
    assert any("Chuyển công tác, năm 2018" in h for h in headings(app))


@pytest.mark.parametrize("which", ["people", "movers"])
def test_a_click_on_a_name_opens_the_record(page: Open, which: str, sample: Store) -> None:
    app = page()
    listed = {
        "people": all_of(sample).query("structure_people", OFFICIALS),
        "movers": all_of(sample).query("flow_people", OFFICIALS, from_on=FIRST),
    }[which]
    assert not app.header
    cells = {"rows": [], "columns": [], "cells": [(1, "Họ và tên")]}
    tell(app, [d.proto.id for d in app.dataframe], which, cells)
    assert not app.exception
    assert app.header[0].value == "Kết luận ngày 31/12/2018"
    assert app.query_params["nguoi"] == str(listed.person_id[1])


def test_peoples_are_shown_only_when_chosen_and_never_by_name(page: Open, words: Words, sample: Store) -> None:
    app = page()
    assert "dan_toc" not in app.segmented_control(key="structure-dimension-False").options
    assert any(c.value == sentences.WHY_HIDDEN for c in app.caption)
    app.toggle(key="structure-sensitive").set_value(True).run()
    app.segmented_control(key="structure-dimension-True").set_value("dan_toc").run()
    assert not app.exception
    assert "Dân tộc thiểu số" in json.dumps(spec(app, 0), ensure_ascii=False)
    assert not any("Độ tuổi" in d.value for d in app.dataframe)
    # Of a commune with few Kinh no number is told, in the chart or in the table.
    one = page(xa=["20188"])
    one.toggle(key="structure-sensitive").set_value(True).run()
    one.segmented_control(key="structure-dimension-True").set_value("dan_toc").run()
    assert not spec(one, 0)["data"]
    table = next(d.value for d in one.dataframe if "Phân loại" in d.value)
    assert set(table["Số người"]) <= {"Dưới 5", "Không nêu"}


def test_the_table_and_its_file_have_the_rows_of_the_chosen_dimension(page: Open, words: Words, sample: Store) -> None:
    app = page()
    app.segmented_control(key="structure-dimension-False").set_value("llct").run()
    app.segmented_control(key="structure-step").set_value("quarter").run()
    found = points(sample, OFFICIALS, step="quarter")
    rows = found[found.dimension == "llct"].reset_index(drop=True)
    shown = Listing(all_of(sample), words, "", "structure", OFFICIALS, rows).shown
    table = next(d.value for d in app.dataframe if "Phân loại" in d.value)
    assert list(table.columns) == list(shown.columns)
    assert list(table["Phân loại"]) == list(shown["Phân loại"])
    assert list(table["Số người"]) == list(shown["Số người"])
    assert len(set(table["Ngày"])) == 13


def test_of_a_list_too_long_for_the_screen_the_beginning_is_shown(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_CELLS", 500)
    app = page()
    assert len(people(app)) == 50
    assert any("(227 dòng)" in h for h in headings(app))
    assert any("50 dòng đầu của 227 dòng; tệp Excel có đủ" in c.value for c in app.caption)


def test_one_commune_and_one_day(page: Open) -> None:
    app = page(xa=["20188"])
    assert sentence(app).startswith("Đến 31/12/2018: 40,91% (9/22)")
    app.date_input(key="structure-from").set_value(LAST).run()
    assert not app.exception
    assert sentence(app) == "Đến 31/12/2018: 40,91% (9/22) có trình độ đại học trở lên; nữ 31,82% (7/22)."
    assert any("không có ai đến, không có ai rời đi" in h for h in headings(app))


@pytest.mark.parametrize("day", ["2004-02-27", "2030-12-31"])
def test_any_day_of_the_law_can_be_looked_at(page: Open, day: str) -> None:
    assert not page(ngay=day).exception


def test_an_office_with_nobody_yet_sees_a_calm_page(tmp_path: Path, open_app: Open) -> None:
    path = tmp_path / "so.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    store.close()
    app = open_app(path, "structure")
    assert not app.exception
    assert not app.error
    assert sentence(app).startswith("Kho số liệu chưa có ai.")


def test_the_day_that_was_chosen_is_the_day_compared_with(page: Open) -> None:
    app = page()
    app.date_input(key="structure-from").set_value(date(2016, 6, 15)).run()
    assert not app.exception
    assert any(c.value.startswith("So với ngày 15/06/2016.") for c in app.caption)
    assert "so với 15/06/2016" in sentence(app)


def test_what_grew_because_more_is_known_is_said(sample: Store, words: Words) -> None:
    told = sentences.caution(points(sample, OFFICIALS), "llct", words)
    assert told.startswith("Ngày 31/12/2015 có 65 người chưa có dữ liệu, ngày 31/12/2018 còn 3:")
    assert sentences.caution(points(sample, OFFICIALS), "gender", words) == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_in_a_bar_can_be_read(sample: Store, words: Words, theme: str) -> None:
    found = points(sample, OFFICIALS, sensitive=True)
    none = all_of(sample).query("national_figures", OFFICIALS).head(0)
    figures = [charts.structure(found[found.dimension == d], none, words, theme) for d in set(found.dimension)]
    flows = all_of(sample).query("flows", OFFICIALS, from_on=FIRST)
    figures.append(charts.flows(flows[flows.group == "tat_ca"], words, theme))
    bars = [bar for figure in figures for bar in figure.data if bar.type == "bar"]
    assert len(bars) > 20
    for bar in bars:
        assert contrast(bar.marker.color, bar.insidetextfont.color) >= 4.5, bar.name


def test_the_parts_of_a_bar_make_a_whole_and_say_where_they_lead(sample: Store, words: Words) -> None:
    found = points(sample, OFFICIALS)
    marks = sentences.marks(all_of(sample).query("national_figures", OFFICIALS), "chuyen_mon", OFFICIALS, words)
    figure = charts.structure(found[found.dimension == "chuyen_mon"], marks, words, "light")
    own = [bar for bar in figure.data if bar.xaxis != "x2"]
    for place in range(4):
        heights = [y for bar in own for x, y in zip(bar.x, bar.y, strict=True) if x == place]
        assert sum(heights) == pytest.approx(1)
    assert own[0].customdata[-1] == ("2018-12-31", "dai_hoc") or list(own[0].customdata[-1]) == [
        "2018-12-31",
        "dai_hoc",
    ]
    # The country is drawn in outline only, apart from the office's own bars.
    assert [bar.marker.color for bar in figure.data if bar.xaxis == "x2"] == ["rgba(0,0,0,0)"]
    named = [a for a in figure.layout.annotations if a.xref == "paper"]
    heights = sorted(a.y for a in named)
    assert all(b - a >= 0.0599 for a, b in pairwise(heights))
    assert any("Đại học <b>115</b> (50,66%)" in a.text for a in named)


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
