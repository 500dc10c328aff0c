"""Whatever list is on screen, its Excel file has exactly those rows in that order, and says what it is."""

import io
from collections.abc import Callable
from datetime import date, datetime
from itertools import takewhile

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from common.questions import FORESIGHT, ONE
from common.readers import all_of
from core.columns import HEADINGS
from core.store import Filters, Store, load_query, query_names
from core.words import Words
from documents.listing import Listing, commune_names, listing
from supposing.supposition import SupposedLaw, ahead, under

DAY = date(2018, 12, 31)
LISTS = [n for n in query_names() if "scope" in load_query(n).parameters]


@pytest.fixture(scope="module")
def words(district: Store) -> Words:
    return Words.of(all_of(district))


def opened(made: Listing) -> Workbook:
    return load_workbook(io.BytesIO(made.excel()))


def table(book: Workbook, sheet: str = "Danh sách") -> tuple[list[object], list[list[object]]]:
    """The headings of a sheet and the numbered rows under them and under the numbers of the columns."""
    lines = [list(row) for row in book[sheet].iter_rows(values_only=True)]
    [top] = [i for i, line in enumerate(lines) if line[0] == "STT"]
    assert lines[top + 1] == [f"({n + 1})" for n in range(len(lines[top]))]
    return lines[top], list(takewhile(lambda line: isinstance(line[0], int), lines[top + 2 :]))


def cell(value: object) -> object:
    """A shown value as Excel gives it back."""
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    # A cell keeps sixteen digits of a number.
    return float(f"{value:.16G}") if isinstance(value, float) else value


@pytest.mark.parametrize(
    "filters",
    [Filters(DAY), Filters(DAY, communes=("20161", "20185"), verdicts=("below", "unknown"), search="v")],
    ids=["all", "filtered"],
)
@pytest.mark.parametrize("name", LISTS)
def test_excel_has_exactly_the_rows_on_screen_in_their_order(
    name: str, filters: Filters, district: Store, words: Words
) -> None:
    own = {"person_id": 7, "from_on": date(2015, 12, 31), "step": "year", "units": "then", "until": date(2020, 12, 31)}
    own |= {"sensitive": True}
    made = listing(all_of(district), words, "Danh sách thử", name, filters, **own)
    shown = made.shown
    if shown.empty:
        return
    headings, rows = table(opened(made))
    assert headings == ["STT", *shown.columns]
    assert [row[0] for row in rows] == list(range(1, len(shown) + 1))
    assert [row[1:] for row in rows] == [[cell(v) for v in row] for row in shown.itertuples(index=False)]


def test_a_list_of_nobody_is_a_file_that_says_so(district: Store, words: Words) -> None:
    made = listing(all_of(district), words, "Danh sách thử", "substandard_people", Filters(DAY, search="không có ai"))
    book = opened(made)
    headings, rows = table(book)
    assert (headings, rows) == (["STT", *made.shown.columns], [])
    said = [v for line in book["Danh sách"].iter_rows(values_only=True) for v in line if isinstance(v, str)]
    assert any("Không có dòng nào" in v for v in said)


def texts(book: Workbook, sheet: str) -> str:
    return "\n".join(str(v) for line in book[sheet].iter_rows(values_only=True) for v in line if v is not None)


def test_the_file_says_what_it_is(district: Store, words: Words) -> None:
    filters = Filters(DAY, communes=("20185", "20161"), verdicts=("below",))
    made = listing(all_of(district), words, "Danh sách chưa đạt chuẩn", "substandard_people", filters)
    about = texts(opened(made), "Thông tin")
    for word in (
        "2018-12-31",
        "Khe Tre",
        "Thượng Lộ",
        "Chưa đạt",
        "Điều 2 TT 06/2012/TT-BNV",
        "Mỗi dòng là một tiêu chí chưa đạt của một người ở một chức vụ.",
        "chưa đối chiếu văn bản gốc",
    ):
        assert word in about
    # Of the two communes one has somebody without data, and whole people are counted.
    assert "1 người chưa đủ dữ liệu" in about
    assert "1.0" not in about
    assert made.file_name == "danh-sach-chua-dat-chuan-31-12-2018.xlsx"


def test_the_sheet_of_communes_counts_with_the_same_filters(district: Store, words: Words) -> None:
    filters = Filters(DAY, communes=("20185", "20161"), groups=("cong_chuc",))
    made = listing(all_of(district), words, "Danh sách thử", "substandard_people", filters)
    headings, rows = table(opened(made), "Tổng hợp theo xã")
    expected = words.present(all_of(district).query("substandard_by_commune", filters))
    assert headings == ["STT", *expected.columns]
    assert [row[1:] for row in rows] == [list(row) for row in expected.itertuples(index=False)]
    whole = all_of(district).query("total", filters).iloc[0]
    counts = [whole[c] for c in ("total", "below", "unknown", "transitional")]
    assert total_row(opened(made)) == ["Tổng cộng", None, *counts]


def total_row(book: Workbook) -> list[object]:
    lines = book["Tổng hợp theo xã"].iter_rows(values_only=True)
    return next(list(line[1:]) for line in lines if line[1] == "Tổng cộng")


@pytest.fixture(scope="module")
def frames(sample: Store) -> dict[str, pd.DataFrame]:
    """The rows of every list there is: of the ledger, of a supposition and of a forecast too."""
    reader, filters = all_of(sample), Filters(DAY)
    with (
        under(reader, SupposedLaw(date(2023, 8, 1)), filters) as supposed,
        ahead(reader, filters, date(2020, 12, 31)) as coming,
    ):
        of = {name: supposed if name.startswith("what_if") else coming for name in FORESIGHT}
        return {name: of.get(name, reader).query(name, filters, **ONE) for name in query_names()}


@pytest.mark.parametrize("name", query_names())
def test_every_summary_counts_what_its_list_lists_and_a_list_of_communes_has_none(
    name: str, sample: Store, frames: dict[str, pd.DataFrame]
) -> None:
    frame = frames[name]
    made = Listing(all_of(sample), Words.of(all_of(sample)), "Danh sách thử", name, Filters(DAY), frame)
    book = opened(made)
    counted = "Tổng hợp theo xã" in book.sheetnames
    assert counted == bool({"person_id", "commune"} <= set(frame) and len(frame))
    if not counted:
        return
    headings, rows = table(book, "Tổng hợp theo xã")
    whole = total_row(book)
    if name in ("assessment", "met_standard_people", "substandard_people", "verdicts"):
        below = headings.index(HEADINGS["below"]) - 1
        of_list = frame[frame.verdict == "below"] if "verdict" in frame else frame
        assert whole[below] == of_list.person_id.nunique()
        return
    assert headings[:3] == ["STT", "Xã, thị trấn", "Số người"]
    assert whole[:2] == ["Tổng cộng", frame.person_id.nunique()]
    people = frame.groupby("commune", sort=False).person_id.agg(["nunique", "size"])
    assert [row[1:3] for row in rows] == [[c, n] for c, n in people["nunique"].items()]
    if (people["nunique"] != people["size"]).any():
        assert [row[3] for row in rows] == people["size"].tolist()
        assert whole[2] == len(frame)


@pytest.mark.parametrize("query", ["communes", "requests", "downsizing_progress"])
def test_texts_nobody_has_checked_are_marked_where_no_column_names_articles(
    query: str, words: Words, new_district: Callable[[], Store]
) -> None:
    store = new_district()
    with store.write() as cursor:
        cursor.execute("update legal_document set checked_on = '2026-02-01' where document in ('QD04', 'ND113')")
    made = listing(all_of(store), words, "Danh sách thử", query, Filters(DAY))
    assert "legal_ref" not in made.frame
    about = texts(opened(made), "Thông tin").split("\n")
    documents = all_of(store).query("decrees" if query.startswith("downsizing") else "documents", Filters(DAY))
    for row in documents[documents.in_force].to_dict("records"):
        checked = "Đã đối chiếu 01/02/2026"
        sure = checked if row["document"] in ("QD04", "ND113") else words.label("confidence", row["confidence"])
        assert f"{row['title']} ({sure})" in about
        assert row["title"] not in about


@pytest.mark.parametrize("day", [DAY, date(2024, 1, 1)])
def test_the_caveats_fit_the_day_and_the_people(day: date, district: Store, words: Words) -> None:
    made = listing(all_of(district), words, "Danh sách thử", "substandard_people", Filters(day))
    about = texts(opened(made), "Thông tin")
    assert "2 người chưa đủ dữ liệu" in about
    assert ("Danh sách mới nhất tính đến 31/12/2018" in about) == (day > DAY)
    assert "Dữ liệu minh hoạ" not in about


def test_the_sample_is_marked_as_such(words: Words, new_district: Callable[[], Store]) -> None:
    store = new_district()
    with store.write() as cursor:
        cursor.execute("insert into meta values ('sample', '1')")
    made = listing(all_of(store), words, "Danh sách thử", "roster", Filters(DAY))
    assert "Dữ liệu minh hoạ" in texts(opened(made), "Thông tin")


def test_a_store_without_a_name_for_its_office_has_files_all_the_same(
    words: Words, new_district: Callable[[], Store]
) -> None:
    store = new_district()
    with store.write() as cursor:
        cursor.execute("delete from meta where name like 'office%'")
    made = listing(all_of(store), words, "Danh sách thử", "roster", Filters(DAY))
    book = opened(made)
    assert len(table(book)[1]) == len(made.shown)
    # The place is written by hand.
    assert "...................., ngày" in texts(book, "Danh sách")
    assert "nan" not in texts(book, "Danh sách").lower().split()


def test_a_listing_is_of_the_people_the_reader_may_see(district: Store, words: Words) -> None:
    reader = district.seen_by(("20161",))
    made = listing(reader, words, "Danh sách thử", "roster", Filters(DAY))
    assert set(made.shown[HEADINGS["commune"]]) == {"Khe Tre"}
    assert commune_names(reader, Filters(DAY)) == {"20161": "Khe Tre"}
    book = opened(made)
    for sheet in book.sheetnames:
        assert "Hương Phú" not in texts(book, sheet)
        assert "Thượng Lộ" not in texts(book, sheet)


def test_text_stays_text_and_names_keep_their_spelling(district: Store, words: Words) -> None:
    made = listing(all_of(district), words, "=1+1", "roster", Filters(DAY))
    book = opened(made)
    names = [row[1] for row in table(book)[1]]
    assert names == made.frame.full_name.tolist()
    assert all(c.data_type != "f" for sheet in book for line in sheet.iter_rows() for c in line)
