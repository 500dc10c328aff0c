"""Diễn biến through the real entry script: the sentence, the bridge, the names, the paragraph for a report."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.trends.sentences import SPLITS, behind, paragraph, sentence
from common.readers import all_of
from core.store import Filters, Store
from core.words import Words
from manage import main
from opening.new_store import fill
from screen import parts

FIRST, LAST = date(2015, 12, 31), date(2018, 12, 31)
SAID = (
    "Từ 31/12/2015 đến 31/12/2018 giảm 13 người chưa đạt, từ 23 còn 10: giảm 15 (13 đi học xong, 2 chuyển công tác "
    "đi); tăng 2 (1 mới nhận chức vụ, 1 do bổ sung, sửa dữ liệu)."
)


def test_three_years_of_the_sample_are_explained_by_name(sample: Store) -> None:
    words = Words.of(all_of(sample))
    rows = all_of(sample).query("change_between", Filters(LAST), from_on=FIRST, units="then")
    assert sentence(rows, FIRST, LAST, words) == SAID
    people = all_of(sample).query("changed_people", Filters(LAST), from_on=FIRST, units="then")
    told = paragraph(rows, people, FIRST, LAST, words)
    assert told.startswith(SAID)
    assert "Giảm do chuyển công tác đi: Nguyễn Thị Mỹ Trang (Hương Lộc, 25/06/2016), Phan Ngọc Nhung" in told
    assert "và 3 người khác" in told


def test_nothing_that_changed_is_said_so(sample: Store) -> None:
    rows = all_of(sample).query("change_between", Filters(LAST), from_on=LAST, units="then")
    assert sentence(rows, LAST, LAST, Words.of(all_of(sample))).endswith("số người chưa đạt không đổi: 10.")


@pytest.fixture
def page(sample_file: Path, tmp_path: Path, open_app: Callable[..., AppTest]) -> AppTest:
    copy = tmp_path / "so.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    return open_app(copy, "trends")


def test_the_page_says_it_and_names_the_people(page: AppTest) -> None:
    assert not page.exception
    page.date_input(key="trend-from").set_value(FIRST).run()
    assert any(m.value == f"## {SAID}" for m in page.markdown)
    people = next(d.value for d in page.dataframe if "Ngày thay đổi" in d.value)
    assert len(people) == 17
    page.segmented_control(key="trend-step").set_value("year").run()
    assert not page.exception


def test_after_the_standards_of_communes_it_goes_on_and_says_what_ended(
    sample_file: Path, tmp_path: Path, open_app: Callable[..., AppTest]
) -> None:
    copy = tmp_path / "so.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    app = open_app(copy, "trends", ngay="2026-11-25")
    assert not app.exception
    [said] = [m.value for m in app.markdown if m.value.startswith("## ")]
    # Whoever is below serves on in a post that its own law still binds.
    assert said == "## Từ 31/12/2023 đến 25/11/2026 số người chưa đạt không đổi: 8."
    told = next(i.value for i in app.info if "chấm dứt" in i.value).split("\n\n")
    assert told[0].startswith(
        "Từ 01/07/2025 tiêu chuẩn của cán bộ cấp xã và công chức cấp xã theo NĐ 33/2023/NĐ-CP chấm dứt (Luật Cán bộ "
    )
    assert "thôi được xét. Số người được xét và số chưa đạt giảm vì thế, không phải vì họ đã đạt." in told[0]
    assert told[1].startswith("Từ 31/05/2026 tiêu chuẩn của người hoạt động không chuyên trách")
    assert told[2].startswith("Ngày 25/11/2026 chỉ còn xét")
    assert app.date_input(key="trend-from").max == date(2026, 11, 25)
    # Until the last day of the standards nothing of this is said.
    assert not any("chấm dứt" in i.value for i in open_app(copy, "trends", ngay="2025-06-30").info)


def test_a_commune_merged_on_the_day_of_the_break_is_looked_at_as_those_it_came_of(
    sample_file: Path, tmp_path: Path, open_app: Callable[..., AppTest], sample: Store
) -> None:
    copy = tmp_path / "so.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    app = open_app(copy, "trends", ngay="2026-11-25", xa="20161")
    app.segmented_control(key="trend-units").set_value("now").run()
    assert not app.exception
    then = all_of(sample).query("total", Filters(date(2023, 12, 31), communes=("20161", "20164", "20170", "20185")))
    table = next(d.value for d in app.dataframe if "Nguyên nhân" in d.value and "Số người" in d.value)
    assert table["Số người"].iloc[0] == then.below[0]


def test_a_merged_commune_is_compared_with_all_that_it_came_of(
    sample_file: Path, tmp_path: Path, open_app: Callable[..., AppTest], sample: Store
) -> None:
    copy = tmp_path / "so.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    app = open_app(copy, "overview", ngay="2020-06-30", xa="20179")
    # The law of 25/12/2019 counts on both days: nobody came or left, and nobody learnt anything.
    both = all_of(sample).query("total", Filters(date(2019, 12, 31), communes=("20176", "20179")))
    now = all_of(sample).query("total", Filters(date(2020, 6, 30), communes=("20179",)))
    assert (
        both.below[0]
        == now.below[0]
        > all_of(sample).query("total", Filters(date(2019, 12, 31), communes=("20179",))).below[0]
    )
    assert {m.delta for m in app.metric} == {"không đổi so với 31/12/2019"}


@pytest.mark.parametrize(
    ("split", "units", "point", "communes"),
    [
        # Hương Giang and Hương Hòa became Hương Xuân on 01/01/2020, which has the code of the first.
        ("commune", "now", ["2018-12-31", "20179"], {"20176", "20179"}),
        ("commune", "then", ["2018-12-31", "20179"], {"20179"}),
        ("commune", "now", ["2020-03-31", "20179"], {"20179"}),
        ("group", "now", ["2018-12-31"], {"20176", "20179"}),
        ("group", "then", ["2018-12-31"], {"20179"}),
    ],
)
def test_a_point_opens_the_communes_it_was_counted_of(
    sample: Store, split: str, units: str, point: list[str], communes: set[str]
) -> None:
    chosen = Filters(date(2020, 6, 30), communes=("20179",))
    asked = behind(all_of(sample), chosen, split, units, point)
    assert (asked.as_of, set(asked.communes)) == (date.fromisoformat(point[0]), communes)
    query = SPLITS[split].query
    points = all_of(sample).query(query, chosen, from_on=asked.as_of, step="day", units=units)
    counted = points[points.as_of == pd.Timestamp(asked.as_of)].below.sum()
    assert all_of(sample).query("total", asked).below[0] == counted


def test_filters_that_leave_nobody_are_told_instead_of_drawn(
    sample_file: Path, tmp_path: Path, open_app: Callable[..., AppTest]
) -> None:
    copy = tmp_path / "so.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    app = open_app(copy, "trends", nhom="cong_chuc", cd="bi_thu")
    assert not app.exception
    [said] = [m.value for m in app.markdown if m.value.startswith("## ")]
    assert said == "## Không có ai giữ chức vụ vào ngày 31/12/2018 với bộ lọc đang chọn. Bấm “Xóa lọc” để xem tất cả."
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("name", ["trends", "downsizing", "quality", "quick_check"])
def test_an_office_with_nobody_yet_sees_calm_pages(tmp_path: Path, open_app: Callable[..., AppTest], name: str) -> None:
    path = tmp_path / "so.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    store.close()
    app = open_app(path, name)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("day", ["2004-02-27", "2005-06-30", "2030-12-31"])
def test_any_day_of_the_law_has_a_day_before_it(
    sample_file: Path, tmp_path: Path, open_app: Callable[..., AppTest], day: str
) -> None:
    copy = tmp_path / "so.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    assert not open_app(copy, "trends", ngay=day).exception


def test_a_day_moved_before_the_one_compared_with_starts_anew(page: AppTest) -> None:
    page.date_input(key="trend-from").set_value(date(2018, 6, 30)).run()
    page.date_input(key="filter-ngay").set_value(date(2017, 12, 31)).run()
    assert not page.exception
    assert page.date_input(key="trend-from").value == date(2014, 12, 31)


def test_filters_change_what_is_explained(sample_file: Path, tmp_path: Path, open_app: Callable[..., AppTest]) -> None:
    copy = tmp_path / "so.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    app = open_app(copy, "trends", xa=["20188"])
    app.date_input(key="trend-from").set_value(FIRST).run()
    assert any(m.value.endswith("từ 5 còn 4: giảm 1 (1 đi học xong).") for m in app.markdown), app.markdown[0].value


def test_the_command_line_needs_a_first_day(
    sample_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(sample_file))
    asked = ["query", "change_between", "--to", "2018-12-31", "--format", "csv"]
    assert main(asked) == 2
    assert "cần --from" in capsys.readouterr().err
    assert main([*asked, "--from", "2019-12-31"]) == 2
    capsys.readouterr()
    assert main([*asked, "--from", "31/12/2015"]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == ["cause,people,change", "start,23,0", "hoc_xong,13,-13"]
    assert (
        main(["query", "trend", "--from", "2018-01-01", "--to", "2018-12-31", "--step", "quarter", "--format", "csv"])
        == 0
    )
    days = [line.split(",")[0] for line in capsys.readouterr().out.splitlines()[1:]]
    assert days[::2] == ["2018-01-01", "2018-03-31", "2018-06-30", "2018-09-30", "2018-12-31"]


@pytest.mark.parametrize(
    ("split", "query", "title"),
    [
        ("commune", "trend_by_commune", "6 trong 11 xã, thị trấn có người chưa đạt, nhiều nhất là Thượng Long: 4/22"),
        ("criterion", "trend_by_criterion", "Vào 31/12/2018, 6 trong 7 tiêu chí có người chưa đạt, nhiều nhất là"),
        ("post", "trend_by_post", "chức vụ, chức danh có người chưa đạt, nhiều nhất là"),
    ],
)
def test_time_is_split_as_the_reader_likes(page: AppTest, sample: Store, split: str, query: str, title: str) -> None:
    page.segmented_control(key="trend-split").set_value(split).run()
    assert not page.exception
    assert any(title in s.value for s in page.subheader)
    own = all_of(sample).query(query, Filters(LAST), from_on=FIRST, step="quarter", units="then")
    assert len(own) in {len(d.value) for d in page.dataframe}
    for measure in ("share_below", "unknown", "transitional"):
        page.segmented_control(key="trend-measure").set_value(measure).run()
        assert not page.exception


def test_merged_communes_are_a_choice_where_there_are_any(
    sample_file: Path, tmp_path: Path, open_app: Callable[..., AppTest], page: AppTest
) -> None:
    assert not [c for c in page.segmented_control if c.key == "trend-units"]
    copy = tmp_path / "khac.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    app = open_app(copy, "trends", ngay="2020-12-31", xa="20179")
    then = next(d.value for d in app.dataframe if "Nguyên nhân" in d.value and "Số người" in d.value)
    assert "Đơn vị hành chính thay đổi" in set(then["Nguyên nhân"])
    app.segmented_control(key="trend-units").set_value("now").run()
    assert not app.exception
    now = next(d.value for d in app.dataframe if "Nguyên nhân" in d.value and "Số người" in d.value)
    assert "Đơn vị hành chính thay đổi" not in set(now["Nguyên nhân"])
    marks = next(d.value for d in app.dataframe if "Mốc" in d.value)
    assert "Hương Giang, Hương Hòa thành Hương Xuân" in set(marks["Ghi chú"])


def test_days_of_lists_and_laws_are_marked(sample: Store) -> None:
    day = Filters(date(2020, 12, 31))
    marks = all_of(sample).query("period_marks", day, from_on=FIRST)
    assert [(str(d.date()), m, n) for d, m, n in marks.itertuples(index=False)] == [
        ("2018-12-31", "chot_so_lieu", "danh sách của 11 xã, thị trấn"),
        ("2020-01-01", "sap_nhap", "Hương Giang, Hương Hòa thành Hương Xuân"),
    ]
    laws = all_of(sample).query("standards_begun", day, from_on=FIRST)
    assert set(laws.legal_ref) >= {"TT 13/2019/TT-BNV"}
    # 01/08/2023 ended the rule of the commune police; what only ends has not begun.
    begun = all_of(sample).query("standards_begun", Filters(date(2023, 12, 31)), from_on=date(2022, 12, 31))
    assert begun.legal_ref.tolist() == ["NĐ 33/2023/NĐ-CP"]


def test_a_list_too_long_to_draw_says_how_much_of_it_is_seen(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_CELLS", 60)
    page.run()
    assert not page.exception
    assert "Trên màn hình là 7 dòng đầu của 17 dòng; tệp Excel có đủ mọi dòng." in [c.value for c in page.caption]
    assert len(next(d.value for d in page.dataframe if "Ngày thay đổi" in d.value)) == 7


def test_one_commune_is_told_without_counting_communes(
    sample_file: Path, tmp_path: Path, open_app: Callable[..., AppTest]
) -> None:
    copy = tmp_path / "so.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    app = open_app(copy, "trends", xa="20188")
    app.segmented_control(key="trend-split").set_value("commune").run()
    assert "Chưa đạt vào 31/12/2018: Thượng Long 4/22 (18,18%)" in [s.value for s in app.subheader]


def test_who_is_only_given_time_is_told_apart(sample: Store) -> None:
    day = Filters(date(2023, 12, 31))
    rows = all_of(sample).query("change_between", day, from_on=date(2022, 12, 31), units="then")
    # NĐ 33/2023 gives everybody in post until 01/08/2028, nobody has learnt anything; one was only too old.
    assert dict(zip(rows.cause, rows.people, strict=True)) == {
        "start": 51,
        "co_thoi_han": 42,
        "tieu_chuan": 1,
        "end": 8,
    }
    assert "do tiêu chuẩn mới cho thời hạn chuyển tiếp" in sentence(
        rows, date(2022, 12, 31), day.as_of, Words.of(all_of(sample))
    )
