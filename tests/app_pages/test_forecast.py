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

from common.forecasts import DAY, QUERIES, SAID, UNTIL
from common.readers import all_of
from core.store import Filters, Store
from core.words import Words
from manage import main
from opening.new_store import fill
from screen import charts
from screen.markdown import escaped
from supposing import forecast as ahead
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
def test_after_the_law_there_is_nothing_to_foresee(copy: Path, open_app: Callable[..., AppTest], day: str) -> None:
    app = open_app(copy, "forecast", ngay=day)
    assert not app.exception
    assert said(app) == ahead.over(date(2025, 6, 30))
    assert not app.metric
    assert not [d for d in app.date_input if d.key == "forecast-until"]


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
    monkeypatch.setattr(charts, "MOST_BARS", 4)
    page.run()
    assert not page.exception
    told = "Vẽ những nơi còn nhiều người chưa đạt nhất; 6 xã, thị trấn khác ở bảng số liệu."
    assert told in [c.value for c in page.caption]
