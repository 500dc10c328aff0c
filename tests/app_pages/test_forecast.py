"""Dự báo through the real entry script: what it says, what it opens, and its Excel file."""

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from app_pages.forecast import sentences as ahead
from common.forecasts import DAY, QUERIES, SAID, UNTIL
from common.readers import all_of
from core.store import Filters, Store
from core.words import Words
from manage import main
from opening.new_store import fill
from screen.markdown import escaped
from supposing.supposition import assumed


@pytest.fixture(scope="module")
def words() -> Iterator[Words]:
    store = Store(":memory:", create=True)
    yield Words.of(all_of(store))
    store.close()


# The page


@pytest.fixture
def copy(sample_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_file, tmp_path / "so.duckdb"))


@pytest.fixture
def page(copy: Path, open_app: Callable[..., AppTest]) -> AppTest:
    return open_app(copy, "forecast")


def said(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ")


def table(app: AppTest, column: str) -> pd.DataFrame:
    frame: pd.DataFrame = next(d.value for d in app.dataframe if column in d.value)
    return frame


def test_the_page_says_it_and_shows_the_rows_of_the_queries(page: AppTest, sample: Store, words: Words) -> None:
    assert not page.exception
    assert page.date_input(key="forecast-until").value == UNTIL
    assert said(page) == SAID
    assert [(m.value, m.delta) for m in page.metric] == [
        ("10", "4,41% của 227 người"),
        ("49–50", escaped("+39 đến +40 so với nay")),
        ("10", "nhiều nhất: Thượng Long (9)"),
        ("50", "trừ 1 người vướng tuổi"),
    ]
    with ahead.looked_ahead(all_of(sample), words, Filters(DAY), UNTIL) as coming:
        rows = {q: len(coming.rows(q)) for q in QUERIES}
    shown = {
        "forecast": table(page, "Chưa đạt, ít nhất"),
        "forecast_people": table(page, "Sớm nhất"),
        "forecast_by_commune": table(page, "Lượt học cần có, ít nhất"),
        "forecast_short": table(page, "Kịp học"),
    }
    assert {q: len(frame) for q, frame in shown.items()} == rows
    assert "có thể không xảy ra" in set(shown["forecast_people"]["Muộn nhất"])
    assert assumed(sample) in [c.value for c in page.caption]


def test_until_can_be_chosen_and_follows_the_day_looked_at(page: AppTest) -> None:
    page.date_input(key="forecast-until").set_value(date(2019, 6, 30)).run()
    assert said(page).startswith("Nếu không làm gì thêm, đến 30/06/2019 có 8 đến 10 người chưa đạt (nay 10): có thể")
    page.date_input(key="filter-ngay").set_value(date(2019, 6, 30)).run()
    assert not page.exception
    assert page.date_input(key="forecast-until").value == date(2022, 6, 30)
    page.date_input(key="forecast-until").set_value(None).run()
    assert not page.exception
    assert [i.value for i in page.info][-1] == "Chọn một ngày sau 30/06/2019."


@pytest.mark.parametrize("day", ["2025-06-30", "2025-07-01", "2030-12-31"])
def test_after_the_standards_of_communes_it_foresees_by_the_laws_that_go_on(
    copy: Path, open_app: Callable[..., AppTest], sample: Store, words: Words, day: str
) -> None:
    app = open_app(copy, "forecast", ngay=day)
    assert not app.exception
    on = date.fromisoformat(day)
    until = date(on.year + 3, on.month, on.day)
    assert app.date_input(key="forecast-until").value == until
    with ahead.looked_ahead(all_of(sample), words, Filters(on), until) as coming:
        points, changes, leaving = (coming.rows(q) for q in ("forecast", "forecast_people", "forecast_leaving"))
    assert said(app) == ahead.sentence(points, changes, on, until, words, DAY)
    told = [c.value for c in app.caption]
    assert any("tiêu chuẩn của cán bộ cấp xã và công chức cấp xã theo NĐ 33/2023/NĐ-CP chấm dứt" in c for c in told)
    assert any("chỉ còn xét" in c and "Luật Dân quân tự vệ 2019" in c for c in told) == (day != "2025-06-30")
    names = next(d.value for d in app.dataframe if "Lý do thôi" in d.value)["Họ và tên"].tolist()
    assert names == leaving.full_name.tolist() != []


def test_whom_no_law_judges_any_more_still_retires(copy: Path, open_app: Callable[..., AppTest]) -> None:
    app = open_app(copy, "forecast", ngay="2025-07-01", nhom="can_bo")
    assert not app.exception
    assert said(app).startswith("Từ 01/07/2025 không còn thuộc phạm vi tiêu chuẩn cấp xã cũ")
    assert any("người đang giữ chức vụ, được xét hay không, nghỉ hưu" in m.value for m in app.markdown)
    assert any("Lý do thôi" in d.value for d in app.dataframe)


def test_page_file_and_command_line_say_alike_what_ended(
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    open_app: Callable[..., AppTest],
) -> None:
    notes = [c.value for c in open_app(copy, "forecast", ngay="2025-07-01").caption if "NĐ 33/2023" in c.value]
    assert len(notes) == 3
    monkeypatch.setenv("DASHBOARD_STORE", str(copy))
    asked = ["query", "forecast", "--as-of", "2025-07-01", "--until", "2028-07-01"]
    assert main([*asked, "--format", "csv"]) == 0
    shown = capsys.readouterr()
    assert shown.err.splitlines() == notes
    assert shown.out.startswith("as_of,total_low")
    file = tmp_path / "du-bao.xlsx"
    assert main([*asked, "--format", "xlsx", "--out", str(file)]) == 0
    told = "\n".join(
        str(c)
        for s in CalamineWorkbook.from_path(file).sheet_names
        for row in CalamineWorkbook.from_path(file).get_sheet_by_name(s).to_python()
        for c in row
    )
    assert all(note in told for note in notes)
    # Before the first end of standards there is nothing to say.
    assert main(["query", "forecast", "--until", "2019-12-31", "--format", "csv"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("day", ["2004-02-27", "2024-02-29", "2025-06-29"])
def test_any_day_of_the_law_has_time_before_it(copy: Path, open_app: Callable[..., AppTest], day: str) -> None:
    assert not open_app(copy, "forecast", ngay=day).exception


def test_no_cadre_is_below_in_2023(copy: Path, open_app: Callable[..., AppTest]) -> None:
    app = open_app(copy, "forecast", ngay="2023-12-31", nhom="can_bo")
    assert said(app).startswith("Dù không làm gì thêm, đến 30/06/2025 vẫn không có ai chưa đạt.")
    assert "Không còn ai chưa đạt vào 30/06/2025." in [s.value for s in app.success]


def test_what_the_lists_have_told_since_a_day_in_the_past_is_known(
    copy: Path, open_app: Callable[..., AppTest]
) -> None:
    app = open_app(copy, "forecast", ngay="2016-12-31")
    known = "Việc đã có trong danh sách từ 31/12/2016 đến 31/12/2018 cũng được tính."
    assert any(c.value.endswith(known) for c in app.caption)


@pytest.mark.parametrize(
    ("address", "filters"),
    [
        ({"xa": ["20188"]}, Filters(DAY, communes=("20188",))),
        ({"nhom": ["can_bo"]}, Filters(DAY, groups=("can_bo",))),
        ({"cd": ["tc_kt"]}, Filters(DAY, posts=("tc_kt",))),
        ({"tc": ["llct"]}, Filters(DAY, criteria=("llct",))),
        ({"kl": ["meets"]}, Filters(DAY)),
    ],
)
def test_filters_narrow_everything(
    copy: Path,
    open_app: Callable[..., AppTest],
    sample: Store,
    words: Words,
    address: dict[str, list[str]],
    filters: Filters,
) -> None:
    app = open_app(copy, "forecast", **address)
    with ahead.looked_ahead(all_of(sample), words, filters, UNTIL) as coming:
        counted, changes, units = (coming.rows(q) for q in QUERIES[:3])
        names = coming.rows("forecast_short")
    assert said(app) == ahead.sentence(counted, changes, DAY, UNTIL, words)
    assert ahead.more(counted, units, UNTIL) in [text.value for text in app.markdown]
    assert table(app, "Kịp học")["Họ và tên"].tolist() == names.full_name.tolist() != []


def test_an_office_with_nobody_yet_is_told_so(tmp_path: Path, open_app: Callable[..., AppTest]) -> None:
    path = tmp_path / "moi.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    store.close()
    app = open_app(path, "forecast")
    assert not app.exception
    assert said(app).startswith("Kho số liệu chưa có ai.")


# The Excel file


def test_the_file_is_the_screen_and_says_what_it_takes_for_granted(sample: Store, words: Words) -> None:
    with ahead.looked_ahead(all_of(sample), words, Filters(DAY), UNTIL) as coming:
        found = coming.listing("Ai còn chưa đạt vào 31/12/2021", "forecast_short", unit="20188")
        by_commune = coming.rows("forecast_by_commune")
    assert found.frame.commune.unique().tolist() == ["Thượng Long"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(found.excel()))
    sheet, counts, about = (book.get_sheet_by_name(n).to_python() for n in book.sheet_names)
    names = [row[1] for row in sheet if row[1] in set(found.shown["Họ và tên"])]
    assert names == found.shown["Họ và tên"].tolist()
    text = "\n".join(str(cell) for row in [*sheet, *about] for cell in row)
    assert "AI CÒN CHƯA ĐẠT VÀO 31/12/2021" in text
    assert assumed(sample) in text
    # What begins on the way is part of the basis, what had ended before the day looked at is not.
    assert "13/2019/TT-BNV" in text
    # The sheet of communes is of the day foreseen.
    expected = by_commune[by_commune.unit_code == "20188"].below_high.tolist()
    assert [row[2] for row in counts if row[1] == "Thượng Long"] == expected


def test_the_command_line_takes_a_step_and_names_the_day(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(copy))
    asked = ["query", "forecast", "--until", "2019-12-31"]
    assert main([*asked, "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + 5
    assert main([*asked, "--step", "month", "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + 13
    file = tmp_path / "du-bao.xlsx"
    assert main(["query", "forecast_people", "--until", "2019-12-31", "--format", "xlsx", "--out", str(file)]) == 0
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert any("ĐẾN 31/12/2019" in str(cell) for row in rows for cell in row)


def test_more_communes_than_can_be_drawn_are_counted(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screen.charts.MOST_BARS", 4)
    page.run()
    assert not page.exception
    told = "Vẽ những nơi còn nhiều người chưa đạt nhất; 6 xã, thị trấn khác ở bảng số liệu."
    assert told in [c.value for c in page.caption]
