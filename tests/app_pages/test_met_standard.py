"""Tiêu chí 18.1 through the real entry script: the sentence, cells, a click to names, the files, the end of the law."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from streamlit.util import AttributeDictionary

from app_pages.met_standard import sentences
from common.charted import charts
from common.district import HUONG_PHU, KHE_TRE, Enter
from common.readers import all_of
from common.samples import for_pages
from core.store import Filters, Store
from core.words import Words
from documents.listing import listing
from law.case import Term, person
from manage import main

FIRST, DAY = date(2015, 12, 31), date(2018, 12, 31)
Open = Callable[..., AppTest]


@pytest.fixture
def page(sample_file: Path, open_app: Open) -> Open:
    return lambda **address: open_app(sample_file, "met_standard", **address)


def sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ").replace("\\", "")


def cells(app: AppTest) -> dict[tuple[str, str], str]:
    """The words of the cells by code and day."""
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    return {tuple(c): t for trace in drawn for c, t in zip(trace["customdata"], trace["text"], strict=True)}


def people(app: AppTest) -> pd.DataFrame:
    return next(d.value for d in app.dataframe if "Kết luận" in d.value)


def click(app: AppTest, widget: str, chosen: dict[str, Any]) -> AppTest:
    ids = [e.proto.id for e in [*app.get("plotly_chart"), *app.dataframe]]
    key = next(i[i.index(f"{widget}-2") :] for i in ids if f"{widget}-2" in i)
    app.session_state[key] = AttributeDictionary({"selection": chosen})
    return app.run()


def on(unit_code: str, day: str) -> dict[str, Any]:
    return {"points": [{"customdata": [unit_code, day]}], "point_indices": [0], "box": [], "lasso": []}


def test_the_sentence_the_rule_and_the_cells(page: Open) -> None:
    app = page()
    assert not app.exception
    assert sentence(app) == (
        "Năm 2018: chưa có xã, thị trấn nào trong 11 có 100% cán bộ, công chức đạt chuẩn; 209 trong 227 người đạt "
        "(92,07%), 10 người chưa đạt, 8 người thiếu dữ liệu."
    )
    assert sentences.WHAT_COUNTS in [c.value for c in app.caption]
    headings = [s.value for s in app.subheader]
    assert "5 trong 11 xã, thị trấn không có ai chưa đạt, nhưng đều có người thiếu dữ liệu" in headings
    shown = cells(app)
    assert len(shown) == 12 * 4
    assert shown["", "2018-12-31"] == "<b>92,07%</b>  209/227<br>10 chưa đạt, 8 thiếu"
    assert shown["", "2015-12-31"] == "<b>82,10%</b>  188/229<br>23 chưa đạt, 18 thiếu"
    assert shown["20188", "2018-12-31"] == "<b>81,82%</b>  18/22<br>4 chưa đạt"


@pytest.mark.parametrize(
    ("group", "total", "below"), [("can_bo", 109, 8), ("cong_chuc", 118, 2)], ids=["can_bo", "cong_chuc"]
)
def test_each_group_alone_has_the_headline_s_numbers(sample: Store, group: str, total: int, below: int) -> None:
    row = all_of(sample).query("met_standard_total", Filters(DAY, groups=(group,)), from_on=DAY).iloc[0]
    assert (row.total, row.below) == (total, below)
    assert row.total == row.meets + row.below + row.unknown + row.transitional


def test_where_they_are(sample: Store) -> None:
    found = all_of(sample).query("met_standard_people", Filters(DAY))
    below = found[found.verdict == "below"].drop_duplicates("person_id").commune.value_counts().to_dict()
    assert below == {
        "Thượng Long": 4,
        "Hương Sơn": 2,
        "Hương Lộc": 1,
        "Thượng Nhật": 1,
        "Thượng Quảng": 1,
        "Thượng Lộ": 1,
    }
    # Who is below and lacks data besides is below.
    assert found[~found.person_id.isin(found.person_id[found.verdict == "below"])].person_id.nunique() == 8


def test_the_share_is_of_sums_and_the_same_as_elsewhere(sample: Store) -> None:
    reader, officials = all_of(sample), Filters(DAY, groups=("can_bo", "cong_chuc"))
    points = reader.query("met_standard", Filters(DAY), from_on=FIRST)
    whole = reader.query("met_standard_total", Filters(DAY), from_on=FIRST)
    counts = ["total", "meets", "transitional", "unknown", "below"]
    assert points.groupby("as_of")[counts].sum().to_numpy().tolist() == whole[counts].to_numpy().tolist()
    assert list(whole.share_meets) == list(whole.meets / whole.total)
    for row in whole.to_dict("records"):
        total = reader.query("total", officials.on(row["as_of"].date())).iloc[0]
        assert {c: row[c] for c in counts} == {c: total[c] for c in counts}
        there = reader.query("communes", officials.on(row["as_of"].date())).set_index("unit_code")
        mine = points[points.as_of == row["as_of"]].set_index("unit_code")
        assert mine.below.to_dict() == there.below.to_dict()
    # Nobody but cán bộ and công chức, whoever asks.
    assert reader.query("met_standard", officials, from_on=FIRST).equals(points)
    assert reader.query("met_standard", Filters(DAY, groups=("khong_chuyen_trach",)), from_on=FIRST).empty


def test_who_serves_in_two_communes_is_one_person_in_all(enter: Enter) -> None:
    store = Store(":memory:", create=True)
    two = [Term("tc_kt", "2014-01-01", unit=KHE_TRE), Term("vh_xh", "2014-01-01", unit=HUONG_PHU)]
    enter(store, {"Hồ Văn Hai Xã": person(two, hoc_van="thcs")})
    points = all_of(store).query("met_standard", Filters(DAY), from_on=DAY)
    assert list(points.total) == [1, 1]
    [whole] = all_of(store).query("met_standard_total", Filters(DAY), from_on=DAY).to_dict("records")
    assert (whole["total"], whole["below"], whole["share_meets"]) == (1, 1, 0.0)
    store.close()


def test_in_a_transition_one_does_not_meet_it_and_is_told_apart(long: Store) -> None:
    """NĐ 33/2023 gives time from 01/08/2023: the day before they are below, the day itself in a transition."""
    reader = all_of(long)
    for day, told in ((date(2023, 7, 31), (0, 24)), (date(2023, 8, 1), (75, 0))):
        row = reader.query("met_standard_total", Filters(day), from_on=day).iloc[0]
        assert (row.transitional, row.below) == told
        assert row.meets + row.transitional + row.unknown + row.below == row.total


def test_a_click_on_a_cell_lists_who_does_not_meet_it_there_and_then(page: Open, sample: Store) -> None:
    app = page()
    assert people(app)["Họ và tên"].nunique() == 18
    click(app, "met", on("20188", "2015-12-31"))
    assert not app.exception
    heading = next(s.value for s in app.subheader if "Người chưa được tính là đạt" in s.value)
    assert heading.startswith("Người chưa được tính là đạt, Thượng Long, ngày 31/12/2015")
    asked = Filters(FIRST, communes=("20188",))
    expected = all_of(sample).query("met_standard_people", asked)
    assert list(people(app)["Họ và tên"]) == list(expected.full_name)
    assert expected.person_id.nunique() == 6
    assert set(people(app)["Xã, thị trấn"]) == {"Thượng Long"}
    click(app, "met", on("", "2015-12-31"))
    assert len(people(app)) == len(all_of(sample).query("met_standard_people", Filters(FIRST))) == 44
    assert people(app)["Căn cứ"].notna().all()


def test_a_click_on_a_name_opens_the_record(page: Open, sample: Store) -> None:
    app = page()
    click(app, "people", {"rows": [], "columns": [], "cells": [(1, "Họ và tên")]})
    assert not app.exception
    listed = all_of(sample).query("met_standard_people", Filters(DAY)).person_id
    assert app.query_params["nguoi"] == str(listed[1])


def test_the_file_has_the_list_and_the_shares(page: Open, sample: Store) -> None:
    app = page()
    made = listing(all_of(sample), Words.of(all_of(sample)), "Tiêu chí 18.1", "met_standard_people", Filters(DAY))
    book = load_workbook(io.BytesIO(made.excel()))
    names = [row[1] for row in book["Danh sách"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert names == list(people(app)["Họ và tên"]) == list(made.frame.full_name)
    shares = [list(row) for row in book["Tổng hợp theo xã"].iter_rows(values_only=True)]
    top = next(row for row in shares if row[0] == "STT")
    assert top[1:] == [
        "Xã, thị trấn",
        "Tổng số",
        "Đạt",
        "Trong lộ trình",
        "Thiếu dữ liệu",
        "Chưa đạt",
        "Tỷ lệ đạt",
    ]
    assert ["Thượng Long", 22, 18, 0, 0, 4, pytest.approx(18 / 22)] in [row[1:] for row in shares]
    whole = next(row for row in shares if "Tổng cộng" in row)
    assert [n for n in whole if isinstance(n, int | float)] == [227, 209, 0, 8, 10, pytest.approx(209 / 227)]
    # The table of the shares has a file of its own.
    assert [b.proto.label for b in app.get("download_button")] == ["Xuất Excel", "Xuất Excel"]
    table = next(d.value for d in app.dataframe if "Tỷ lệ đạt" in d.value)
    assert len(table) == 11 * 4


def test_one_commune_is_named_and_no_line_repeats_it(page: Open) -> None:
    app = page(xa=["20188"])
    assert sentence(app) == "Năm 2018, Thượng Long: 18 trong 22 cán bộ, công chức đạt chuẩn (81,82%), 4 người chưa đạt."
    assert {code for code, _ in cells(app)} == {"20188"}


def test_people_of_another_kind_are_not_counted(page: Open) -> None:
    app = page(nhom="khong_chuyen_trach")
    assert not app.exception
    assert sentence(app).startswith("Tiêu chí 18.1 chỉ tính cán bộ, công chức")
    assert not app.get("plotly_chart")
    assert "không có cán bộ, công chức nào" in sentence(page(cd="kct_thu_quy"))
    both = page(nhom=["khong_chuyen_trach", "can_bo"])
    assert "trong 109 người đạt" in sentence(both)


@pytest.mark.parametrize("day", ["2025-07-01", "2026-05-31", "2026-07-01"])
def test_after_the_standards_of_communes_the_years_until_then_are_shown(long: Store, open_app: Open, day: str) -> None:
    app = open_app(for_pages(long), "met_standard", ngay=day)
    assert not app.exception
    assert sentence(app).startswith("Đến 30/06/2025: ")
    assert sentence(app).endswith(
        "; 133 trong 192 người đạt (69,27%), 3 người chưa đạt, 51 người còn trong lộ trình, 5 người thiếu dữ liệu."
    )
    [told] = [i.value for i in app.info if "dừng ở" in i.value]
    assert told.startswith("Từ 01/07/2025 không còn thuộc phạm vi tiêu chuẩn cấp xã cũ (Luật Cán bộ công chức 80/2025")
    assert told.endswith("Số liệu của trang này dừng ở 30/06/2025.")
    assert {d for _, d in cells(app)} == {"2022-12-31", "2023-12-31", "2024-12-31", "2025-06-30"}
    assert cells(app)["", "2025-06-30"] == "<b>69,27%</b>  133/192<br>3 chưa đạt, 51 lộ trình, 5 thiếu"


def test_a_commune_of_a_merger_is_shown_with_those_it_came_of(long: Store, open_app: Open) -> None:
    """Hương Xuân (20179) came of Hương Hòa (20176) and Hương Giang (20179) on 01/01/2020."""
    app = open_app(for_pages(long), "met_standard", ngay="2020-12-31", xa="20179")
    assert not app.exception
    assert sentence(app).startswith("Năm 2020, Hương Xuân: ")
    assert {code for code, day in cells(app) if day == "2019-12-31"} == {"", "20176", "20179"}
    assert {code for code, day in cells(app) if day == "2020-12-31"} == {"", "20179"}
    click(app, "met", on("20179", "2019-12-31"))
    assert set(people(app)["Xã, thị trấn"]) == {"Hương Giang"}


def test_an_office_with_nobody_yet_sees_a_calm_page(office: Path, open_app: Open) -> None:
    app = open_app(office, "met_standard")
    assert not app.exception
    assert not app.error
    assert sentence(app).startswith("Kho số liệu chưa có ai.")


def counts(*rows: tuple[int, int, int, int, int]) -> pd.DataFrame:
    columns = ["total", "meets", "below", "transitional", "unknown"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        as_of=pd.Timestamp(DAY),
        unit_code=[str(20161 + i) for i in range(len(frame))],
        commune=[f"Xã {i + 1}" for i in range(len(frame))],
        share_meets=frame.meets / frame.total,
    )


def test_the_words_when_some_or_all_communes_have_everybody_meet_it() -> None:
    some = counts((20, 20, 0, 0, 0), (20, 18, 1, 0, 1), (10, 9, 0, 1, 0))
    assert sentences.sentence(some, counts((50, 47, 1, 1, 1)), DAY) == (
        "Năm 2018: 1 trong 3 xã, thị trấn có 100% cán bộ, công chức đạt chuẩn; 47 trong 50 người đạt (94,00%), 1 người "
        "chưa đạt, 1 người còn trong lộ trình, 1 người thiếu dữ liệu."
    )
    assert sentences.finding(some, DAY) == (
        "2 trong 3 xã, thị trấn không có ai chưa đạt, trong đó 1 nơi có người còn trong lộ trình"
    )
    whole = counts((20, 20, 0, 0, 0), (10, 10, 0, 0, 0))
    assert sentences.sentence(whole, counts((30, 30, 0, 0, 0)), DAY) == (
        "Năm 2018: cả 2 xã, thị trấn có 100% cán bộ, công chức đạt chuẩn; 30 trong 30 người đạt (100,00%)."
    )
    assert sentences.finding(whole, DAY) == "2 trong 2 xã, thị trấn không có ai chưa đạt"
    worse = counts((20, 19, 1, 0, 0), (10, 9, 1, 0, 0))
    assert sentences.finding(worse, DAY) == "Cả 2 xã, thị trấn đều có người chưa đạt"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_in_the_way_is_told_by_colour_and_by_word(theme: str) -> None:
    points = counts((20, 20, 0, 0, 0), (20, 18, 1, 0, 1), (10, 9, 0, 1, 0), (10, 9, 0, 0, 1))
    figure = charts.met_by_year(points, counts((60, 56, 1, 1, 2)), theme)
    by_name = {trace.name: [c[0] for c in trace.customdata] for trace in figure.data}
    assert by_name == {
        "Có người chưa đạt": ["", "20162"],
        "Chỉ còn người trong lộ trình": ["20163"],
        "Chỉ còn người thiếu dữ liệu": ["20164"],
        "Mọi người đều đạt": ["20161"],
    }
    # The least met stands under the whole.
    assert figure.layout.yaxis.ticktext[:2] == ("<b>Tất cả</b>", "Xã 2")


def test_the_command_line_tells_a_day_or_years(
    sample_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(sample_file))
    asked = ["query", "met_standard", "--as-of", "2018-12-31", "--format", "csv"]
    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "as_of,unit_code,commune,total,meets,transitional,unknown,below,share_meets"
    assert len(lines) == 12
    assert main([*asked, "--from", "2016-12-31"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + 3 * 11
    assert main(["query", "met_standard_total", "--as-of", "2018-12-31"]) == 0
    assert "92,07%" in capsys.readouterr().out
