"""What a sheet shows and its values do not say: hidden and struck rows, how much of a date, formulas that failed."""

import re
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from common.lists import day, read, sheet_csv
from core.vietnamese import Partial
from intake.reading import Reading
from intake.shown import coarseness
from intake.tables import UnreadableFile
from intake.tables import read as grids

HEAD = ["TT", "Họ và tên", "Ngày sinh", "Xã", "Chức vụ", "Ngày giữ chức vụ", "Trình độ chuyên môn"]
NAMES = ["Hồ Văn Tâm", "Hồ Thị Mai", "Ra Pát Bên", "Đặng Văn Lữ", "Cao Văn Bé", "Vi Thị Lan"]
KINDS = ["xlsx", "xls", "ods"]
BORN, BEGAN = date(1978, 5, 6), date(2016, 7, 8)
DAY = "dd/mm/yyyy"
Draw = Callable[[Any, Any, Callable[..., Any]], None]


def listed(page: Any, style: Callable[..., Any], people: int = 3) -> None:
    """A list in the rows 1 to `people` + 1, everybody born and taking office on the same day."""
    page.write_row(0, 0, HEAD)
    for n, name in enumerate(NAMES[:people]):
        page.write_row(n + 1, 0, [n + 1, name, "", "Hương Hòa", "Văn hóa - Xã hội", "", "Đại học"])
        page.write_datetime(n + 1, 2, BORN, style(num_format=DAY))
        page.write_datetime(n + 1, 5, BEGAN, style(num_format=DAY))


def hidden_row(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    page.set_row(2, None, None, {"hidden": True})


def filtered(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style, 6)
    page.autofilter(0, 0, 6, 6)
    page.filter_column(1, "x == Hồ*")
    for row in (3, 4, 6):
        page.set_row(row, None, None, {"hidden": True})


def struck_row(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    page.write_row(2, 0, [2, NAMES[1]], style(font_strikeout=True))


def struck_cell(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    page.write_datetime(2, 2, BORN, style(num_format=DAY, font_strikeout=True))


def partly_struck(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    crossed = style(font_strikeout=True)
    page.write_rich_string(1, 4, crossed, "Trưởng Công an ", "Văn hóa - Xã hội")
    page.write_rich_string(2, 4, "Văn hóa - Xã hội ", crossed, "Trưởng Công an")


def hidden_column(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    page.write(0, 7, "Ngày, tháng, năm sinh")
    page.write_column(1, 7, ["01/02/1990"] * 3)
    page.set_column(7, 7, None, None, {"hidden": True})
    page.set_column(6, 6, None, None, {"hidden": True})


def coarse(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    page.write_datetime(1, 2, BORN, style(num_format="mm/yyyy"))
    page.write_datetime(2, 2, BORN, style(num_format="yyyy"))
    page.write_datetime(1, 5, BEGAN, style(num_format=17))
    page.write_datetime(2, 5, BEGAN, style(num_format='"tháng" m "năm" yyyy;@'))


def failed(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    page.write_formula(1, 2, "=#REF!", None, "#REF!")
    page.write_formula(2, 5, "=1/0", None, "#DIV/0!")
    page.write_formula(2, 6, "=NA()", None, "#N/A")


def swapped(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style, 4)
    for row, meant in ((1, date(1978, 5, 6)), (2, date(1980, 11, 4))):
        page.write_datetime(row, 2, meant.replace(day=meant.month, month=meant.day), style(num_format=DAY))
    page.write_column(3, 2, ["23/11/1980", "25/12/1983"])


def before_midnight(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    for row, (hour, minute) in enumerate([(23, 59), (17, 0), (16, 0)], 1):
        page.write_datetime(row, 2, datetime(1978, 5, 5, hour, minute, 17 if minute else 0), style(num_format=DAY))  # noqa: DTZ001


def eleven_at_night(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    for row in (1, 2, 3):
        page.write_datetime(row, 2, datetime(1978, 5, 5, 23, 0), style(num_format=DAY))  # noqa: DTZ001


def by_condition(book: Any, page: Any, style: Callable[..., Any]) -> None:
    """Rows that are struck out where they say so, a cell by what it is."""
    listed(page, style, 6)
    page.write_column(0, 7, ["Trạng thái", "", "Thôi", "", "thôi", "", "Thôi giữ"])
    page.write(3, 6, "Cao đẳng")
    crossed = style(font_strikeout=True)
    page.conditional_format("A2:H7", {"type": "formula", "criteria": '=$H2="Thôi"', "format": crossed})
    page.conditional_format("G2:G7", {"type": "cell", "criteria": "==", "value": '"Cao đẳng"', "format": crossed})
    # One that only colours, and one that is never true.
    page.conditional_format("A2:H7", {"type": "formula", "criteria": "=ROW()>1", "format": style(bg_color="#FFFF00")})
    page.conditional_format("A2:H7", {"type": "formula", "criteria": '=$E2<>"Văn hóa - Xã hội"', "format": crossed})


def by_an_unknown_condition(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    rule = {"type": "formula", "criteria": '=COUNTIF($B$2:$B3,"Hồ*")>1', "format": style(font_strikeout=True)}
    page.conditional_format("A3:G4", rule)


def white_on_white(book: Any, page: Any, style: Callable[..., Any]) -> None:
    """The heading is white too, on blue."""
    listed(page, style)
    page.write_row(0, 0, HEAD, style(font_color="#FFFFFF", bg_color="#0000FF"))
    page.write(2, 1, NAMES[1], style(font_color="#FFFFFF"))
    page.write(3, 1, NAMES[2], style(font_color="#FFFF00", bg_color="#FFFF00"))


def bare_numbers(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    for row in (1, 2, 3):
        page.write_datetime(row, 2, BORN, style(num_format="General"))


def of_a_mac(book: Any, page: Any, style: Callable[..., Any]) -> None:
    bare_numbers(book, page, style)


def hidden_headings(book: Any, page: Any, style: Callable[..., Any]) -> None:
    """A heading of a commune that is hidden, and one that is white."""
    rows = [["TT", "Họ và tên", "Chức vụ"], ["", "Xã Hương Hòa"], [1, NAMES[0], "Kế toán"]]
    for n, row in enumerate([*rows, [], [2, NAMES[1], "Kế toán"], [3, NAMES[2], "Kế toán"]]):
        page.write_row(n, 0, row)
    page.write(3, 1, "Xã Thượng Lộ", style(font_color="#FEFEFE"))
    page.set_row(1, None, None, {"hidden": True})


def hidden_title(book: Any, page: Any, style: Callable[..., Any]) -> None:
    rows = [["UBND XÃ HƯƠNG HÒA"], ["Tính đến ngày 31/12/2018"], ["Họ và tên", "Chức vụ"], [NAMES[0], "Kế toán"]]
    for n, row in enumerate(rows):
        page.write_row(n, 0, row)
    for n in (0, 1):
        page.set_row(n, None, None, {"hidden": True})


def hidden_nobody(book: Any, page: Any, style: Callable[..., Any]) -> None:
    """A heading that says what is known already, and a total."""
    rows = [["UBND XÃ HƯƠNG HÒA"], ["TT", "Họ và tên", "Chức vụ"], [1, NAMES[0], "Kế toán"], ["", "Xã Hương Hòa"]]
    for n, row in enumerate([*rows, [2, NAMES[1], "Kế toán"], ["", "Tổng cộng: 2 người"]]):
        page.write_row(n, 0, row)
    for n in (3, 5):
        page.set_row(n, None, None, {"hidden": True})


def same_as_unread(book: Any, page: Any, style: Callable[..., Any]) -> None:
    rows = [
        HEAD[1:5],
        [NAMES[0], "1970", "Hương Hòa", "Kế toán"],
        [NAMES[1], "1980", "Thượng Lộ", "Kế toán"],
        [NAMES[2], "1990", "nt", "nt"],
        [NAMES[3], "1981", "Thượng Lộ", "Kế toán"],
        [NAMES[4], "1991", "như trên", '"'],
    ]
    for n, row in enumerate(rows):
        page.write_row(n, 0, row, style(font_strikeout=True) if n == 4 else None)
    page.set_row(2, None, None, {"hidden": True})


def same_as_struck(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    page.write(1, 6, "Đại học", style(font_strikeout=True))
    page.write_column(2, 6, ["nt", "nt"])


def unseen_cells(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style, 6)
    post = "Văn hóa - Xã hội"
    page.write(1, 4, post, style(font_color="#FFFFFF"))
    page.write(2, 4, post, style(font_color="#FEFEFE"))
    page.write(3, 4, post, style(font_color="#FFFF00", bg_color="#FFFF00"))
    page.write(4, 4, post, style(num_format=";;;"))
    page.write(5, 4, post, style(font_size=1))
    page.write(6, 4, post, style(font_color="#FFFFFF", bg_color="#000080"))
    page.write_datetime(2, 2, BORN, style(num_format=";;;"))


def white_row(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    white = style(font_color="#FFFFFF", num_format=DAY)
    page.write_row(2, 0, [2, NAMES[1], "", "Hương Hòa", "Văn hóa - Xã hội", "", "Đại học"], white)
    page.write_datetime(2, 2, BORN, white)
    page.write_datetime(2, 5, BEGAN, white)


def flat(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    page.set_row(2, 0.5)
    page.set_column(6, 6, 0.05)


def white_by_condition(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    rules = {
        "E2:E4": ('=$E2="Văn hóa - Xã hội"', style(font_color="#FFFFFF")),
        "G2:G4": ('=$G2<>"Cao đẳng"', style(num_format=";;;")),
        "D3:D4": ("=$D3=$D2", style(font_color="#FFFFFF")),
        "B2:B4": ('=$E2<>"x"', style(font_color="#FFFFFF", bg_color="#0000FF")),
    }
    for area, (criteria, look) in rules.items():
        page.conditional_format(area, {"type": "formula", "criteria": criteria, "format": look})


def yearless(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    page.write_datetime(1, 2, BORN, style(num_format="dd/mm"))
    page.write_datetime(2, 2, BORN, style(num_format="d mmmm"))


def by_its_value(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style)
    page.write_datetime(1, 2, BORN, style(num_format="[<20000]yyyy;dd/mm/yyyy"))
    page.write_datetime(2, 2, date(1950, 3, 2), style(num_format="[<20000]yyyy;dd/mm/yyyy"))
    page.write_datetime(3, 2, BORN, style(num_format="[<20000]yyyy;[<30000]mm/yyyy;dd/mm/yyyy"))


def swapped_but_one(book: Any, page: Any, style: Callable[..., Any]) -> None:
    listed(page, style, 5)
    for row, cell in enumerate([date(1978, 6, 5), date(1980, 4, 11), date(1979, 3, 21)], 1):
        page.write_datetime(row, 2, cell, style(num_format=DAY))
    page.write_column(4, 2, ["23/11/1980", "25/12/1983"])


DRAWN: dict[str, Draw] = {
    draw.__name__: draw
    for draw in (
        hidden_row,
        filtered,
        struck_row,
        struck_cell,
        partly_struck,
        hidden_column,
        coarse,
        failed,
        swapped,
        before_midnight,
        eleven_at_night,
        by_condition,
        by_an_unknown_condition,
        white_on_white,
        hidden_headings,
        hidden_title,
        hidden_nobody,
        same_as_unread,
        same_as_struck,
        unseen_cells,
        white_row,
        flat,
        white_by_condition,
        yearless,
        by_its_value,
        swapped_but_one,
        bare_numbers,
        of_a_mac,
    )
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every list as .xlsx, and as LibreOffice saves it as .xls and .ods."""
    folder = tmp_path_factory.mktemp("lists")
    for name, draw in DRAWN.items():
        with xlsxwriter.Workbook(folder / f"{name}.xlsx", {"date_1904": name == "of_a_mac"}) as book:
            draw(book, book.add_worksheet(), lambda book=book, **look: book.add_format(look))
    made = [str(folder / f"{name}.xlsx") for name in DRAWN]
    for kind in ("xls", "ods"):
        command = ["soffice", f"-env:UserInstallation=file://{folder / 'home'}", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(folder), *made], check=True, capture_output=True)
    return folder


def told(reading: Reading) -> list[str]:
    assert reading.unreadable == []
    return [issue.message for issue in reading.issues]


def births(reading: Reading) -> list[Partial | None]:
    return [person.birth for person in reading.people]


def in_month(text: str) -> Partial:
    return Partial(date.fromisoformat(f"{text}-01"), "thang")


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_rows_are_not_read_and_named(folder: Path, kind: str) -> None:
    reading = read(folder / f"hidden_row.{kind}")
    assert [person.row for person in reading.people] == [2, 4]
    assert told(reading) == [
        "1 dòng bị ẩn (dòng 3) nên không được đọc; nếu cần, đồng ý đọc phần bị ẩn, hoặc bỏ ẩn rồi nạp lại."
    ]
    assert [(i.row, i.severity) for i in reading.issues] == [(3, "warning")]
    assert [(a.filled, a.read, a.hidden, a.around) for a in reading.accounts] == [(4, 2, 1, 1)]
    reading = read(folder / f"filtered.{kind}")
    assert [person.row for person in reading.people] == [2, 3, 6]
    assert "3 dòng bị ẩn (dòng 4–5, 7)" in told(reading)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_rows_are_read_when_the_officer_agrees(folder: Path, kind: str) -> None:
    reading = read(folder / f"hidden_row.{kind}", include_hidden=True)
    assert [person.row for person in reading.people] == [2, 3, 4]
    assert "1 dòng bị ẩn (dòng 3), đã đọc" in told(reading)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_struck_row_is_not_read_and_named(folder: Path, kind: str) -> None:
    for agreed in (False, True):
        reading = read(folder / f"struck_row.{kind}", include_hidden=agreed)
        assert [person.row for person in reading.people] == [2, 4]
        assert "1 dòng bị gạch ngang (dòng 3) nên không được đọc" in told(reading)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_struck_cell_is_blank_and_named(folder: Path, kind: str) -> None:
    reading = read(folder / f"struck_cell.{kind}")
    assert births(reading) == [Partial(BORN, "ngay"), None, Partial(BORN, "ngay")]
    (message,) = told(reading)
    assert message.startswith("Dòng 3, cột Ngày sinh: “06/05/1978” bị gạch ngang, ô này coi như để trống.")


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_columns_are_named(folder: Path, kind: str) -> None:
    """One that repeats a column that is seen is not read; another is."""
    reading = read(folder / f"hidden_column.{kind}")
    assert births(reading) == [Partial(BORN, "ngay")] * 3
    assert [person.levels[0].level for person in reading.people] == ["dai_hoc"] * 3
    read_it, left_it = told(reading)
    assert read_it.startswith("Cột “Trình độ chuyên môn” bị ẩn nhưng vẫn được đọc;")
    assert left_it.startswith("Cột “Ngày, tháng, năm sinh” bị ẩn nên không được đọc, vì có cột cùng nghĩa đang hiện;")


@pytest.mark.parametrize("kind", KINDS)
def test_no_more_of_a_date_is_known_than_is_shown(folder: Path, kind: str) -> None:
    reading = read(folder / f"coarse.{kind}")
    assert births(reading) == [in_month("1978-05"), Partial(date(1978, 1, 1), "nam"), Partial(BORN, "ngay")]
    assert [p.started for p in reading.people] == [in_month("2016-07"), in_month("2016-07"), Partial(BEGAN, "ngay")]
    assert told(reading) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_failed_formula_is_told(folder: Path, kind: str) -> None:
    reading = read(folder / f"failed.{kind}")
    assert births(reading) == [None, Partial(BORN, "ngay"), Partial(BORN, "ngay")]
    assert (reading.people[1].started, reading.people[1].levels) == (None, ())
    assert [message.partition(",")[2].partition(",")[0].strip() for message in told(reading)] == [
        "cột Ngày sinh: “#REF!” là lỗi của công thức",
        "cột Ngày giữ chức vụ: “#DIV/0!” là lỗi của công thức",
        "cột Trình độ chuyên môn: “#N/A” là lỗi của công thức",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_days_and_months_that_excel_exchanged(folder: Path, kind: str) -> None:
    reading = read(folder / f"swapped.{kind}")
    assert births(reading) == [day("1978-05-06"), day("1980-11-04"), day("1980-11-23"), day("1983-12-25")]
    (message,) = told(reading)
    assert message.startswith("Cột “Ngày sinh”: 2 ô bị Excel đảo ngày và tháng")
    assert "(dòng 2–3; “05/06/1978” là 06/05/1978)" in message


@pytest.mark.parametrize("kind", KINDS)
def test_a_time_before_midnight_is_of_the_next_day(folder: Path, kind: str) -> None:
    reading = read(folder / f"before_midnight.{kind}")
    assert births(reading) == [day("1978-05-06")] * 3
    (message,) = told(reading)
    assert "3 ô ghi giờ sát nửa đêm hoặc giờ lệch múi giờ, được đọc là ngày hôm sau (dòng 2–4;" in message


@pytest.mark.parametrize("kind", KINDS)
def test_eleven_at_night_of_a_whole_column_is_midnight_elsewhere(folder: Path, kind: str) -> None:
    reading = read(folder / f"eleven_at_night.{kind}")
    assert births(reading) == [day("1978-05-06")] * 3
    (message,) = told(reading)
    assert "3 ô ghi giờ sát nửa đêm hoặc giờ lệch múi giờ, được đọc là ngày hôm sau (dòng 2–4;" in message


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_condition_strikes_out_is_struck_out(folder: Path, kind: str) -> None:
    reading = read(folder / f"by_condition.{kind}")
    assert [person.row for person in reading.people] == [2, 4, 6, 7]
    assert [[held.level for held in person.levels] for person in reading.people] == [
        ["dai_hoc"],
        [],
        *[["dai_hoc"]] * 2,
    ]
    rows, cell, note = told(reading)
    assert "Dòng 7, cột Trạng thái: “Thôi giữ” cho thấy người này đã thôi" in note
    assert "2 dòng bị gạch ngang (dòng 3, 5) nên không được đọc" in rows
    assert "Dòng 4, cột Trình độ chuyên môn: “Cao đẳng” bị gạch ngang, ô này coi như để trống" in cell


@pytest.mark.parametrize("kind", KINDS)
def test_a_condition_that_nobody_can_work_out_is_told(folder: Path, kind: str) -> None:
    reading = read(folder / f"by_an_unknown_condition.{kind}")
    assert [person.row for person in reading.people] == [2, 3, 4]
    (message,) = told(reading)
    assert "2 dòng có định dạng có điều kiện gạch ngang chữ (dòng 3–4) nhưng không biết điều kiện có đúng" in message


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_names_in_the_colour_of_the_paper_are_told(folder: Path, kind: str) -> None:
    reading = read(folder / f"white_on_white.{kind}")
    assert [person.row for person in reading.people] == [2, 3, 4]
    (message,) = told(reading)
    assert "2 dòng có họ tên cùng màu với nền (dòng 3–4) nên không nhìn thấy, nhưng vẫn được đọc" in message


def test_a_style_of_tables_that_strikes_out_is_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        listed(page := book.add_worksheet(), lambda **look: book.add_format(look))
        page.add_table(0, 0, 3, 6, {"columns": [{"header": head} for head in HEAD]})
    path = repacked(
        tmp_path / "ds.xlsx", "xl/styles.xml", '<dxfs count="0"/>', "<dxfs><dxf><font><strike/></font></dxf></dxfs>"
    )
    assert told(read(path)) == []
    own = '<tableStyles count="1"><tableStyle name="A"><tableStyleElement type="wholeTable" dxfId="0"/></tableStyle>'
    with zipfile.ZipFile(path) as archive:
        (empty,) = re.findall("<tableStyles[^>]*/>", archive.read("xl/styles.xml").decode())
    reading = read(repacked(path, "xl/styles.xml", empty, f"{own}</tableStyles>"))
    assert "3 dòng có định dạng có điều kiện gạch ngang chữ (dòng 2–4)" in told(reading)[0]


def test_a_sheet_that_is_very_hidden_is_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        listed(book.add_worksheet("Hiện"), lambda **look: book.add_format(look))
        page = book.add_worksheet("Ẩn sâu")
        listed(page, lambda **look: book.add_format(look))
        page.very_hidden()
    reading = read(tmp_path / "ds.xlsx")
    assert len(reading.people) == 3
    assert "Trang tính ẩn “Ẩn sâu” có danh sách nhưng không được đọc" in told(reading)[0]


SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style")
)
LINE = '<style:text-properties style:text-line-through-style="solid"/>'
OPEN_STYLES = (
    f'<style:style style:name="cha" style:family="table-cell">{LINE}</style:style>'
    '<style:style style:name="con" style:family="table-cell" style:parent-style-name="cha"/>'
    f'<style:style style:name="p" style:family="paragraph">{LINE}</style:style>'
    '<style:style style:name="dk" style:family="table-cell"><style:map style:condition="is-true-formula({})"'
    ' style:apply-style-name="cha" style:base-cell-address="DS.A2"/></style:style>'
    '<style:style style:name="bep" style:family="table-row"><style:table-row-properties style:row-height="0cm"/>'
    "</style:style>"
)


@pytest.mark.parametrize(
    ("row", "cell", "text", "condition", "word"),
    [
        ("", ' table:style-name="con"', "", "", "1 dòng bị gạch ngang (dòng 3)"),
        (' table:default-cell-style-name="con"', "", "", "", "1 dòng bị gạch ngang (dòng 3)"),
        ("", "", ' text:style-name="p"', "", "1 dòng bị gạch ngang (dòng 3)"),
        (' table:style-name="bep"', "", "", "", "1 dòng bị ẩn (dòng 3)"),
        ("", ' table:style-name="dk"', "", "[.$B2]=&quot;Kế toán&quot;", "1 dòng bị gạch ngang (dòng 3)"),
        ("", ' table:style-name="dk"', "", "[.$B2]=&quot;Văn thư&quot;", None),
        ("", ' table:style-name="dk"', "", "RAND()&gt;0", "1 dòng có định dạng có điều kiện gạch ngang chữ (dòng 3)"),
    ],
)
def test_styles_of_an_open_document_by_every_way_to_a_cell(
    tmp_path: Path, row: str, cell: str, text: str, condition: str, word: str | None
) -> None:
    def line(who: str, row: str = "", cell: str = "", text: str = "") -> str:
        cells = (
            f'<table:table-cell{cell} office:value-type="string"><text:p{text}>{said}</text:p></table:table-cell>'
            for said in (
                who,
                "Chức vụ" if who == "Họ và tên" else "Kế toán",
                "Xã" if who == "Họ và tên" else "Hương Hòa",
            )
        )
        return f"<table:table-row{row}>{''.join(cells)}</table:table-row>"

    lines = line("Họ và tên") + line(NAMES[0]) + line(NAMES[1], row, cell, text) + line(NAMES[2])
    with zipfile.ZipFile(tmp_path / "ds.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{OPEN_STYLES.format(condition)}"
            '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="DS">'
            f"{lines}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    reading = read(tmp_path / "ds.ods")
    assert len(reading.people) == (3 if word is None or "điều kiện" in word else 2)
    assert [word in message for message in told(reading) if word] == [True] * bool(word)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["bare_numbers", "of_a_mac"])
def test_day_numbers_are_read_by_the_calendar_of_the_file(folder: Path, kind: str, name: str) -> None:
    reading = read(folder / f"{name}.{kind}")
    assert births(reading) == [Partial(BORN, "ngay")] * 3
    assert [p.started for p in reading.people] == [Partial(BEGAN, "ngay")] * 3
    (message,) = told(reading)
    number = (BORN - date(1899, 12, 30)).days - (1462 if name == "of_a_mac" else 0)
    assert "3 ô là số ngày của Excel" in message
    assert f"“{number}” là 06/05/1978" in message


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("dd/mm/yyyy", None),
        ("mm/yyyy", "month"),
        ("mmm-yy", "month"),
        ("yyyy", "year"),
        ("[$-42A]mmmm yyyy;@", "month"),
        ('"ngày" dd "tháng" mm "năm" yyyy', None),
        ('"ngày lẻ d" yyyy', "year"),
        (r"\d yyyy", "year"),
        ("d/m", None),
        ("General", None),
        ("0.00", None),
        ("mm/yyyy;dd/mm/yyyy", "month"),
    ],
)
def test_what_a_number_format_shows_of_a_date(code: str, shown: str | None) -> None:
    assert coarseness(code) == shown


def test_a_formula_that_nobody_computed_is_told(tmp_path: Path) -> None:
    """As programs write them that do not calculate; an empty text that was computed is nothing."""
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        page = book.add_worksheet()
        listed(page, lambda **look: book.add_format(look), 2)
        page.write_formula(1, 2, "=H2&I2", None, "")
        page.write_formula(3, 1, "=B2", None, "")
    reading = read(tmp_path / "ds.xlsx")
    assert births(reading) == [None, Partial(BORN, "ngay")]
    assert "“=H2&I2” là công thức chưa có kết quả (mở bằng Excel, lưu lại thì có)" in told(reading)[0]
    # A last row that is nothing but such formulas is a row of the sheet.
    (grid,) = grids(tmp_path / "ds.xlsx")
    assert grid.cells[3][1] == "=B2"


NEWER_FAILURES = [
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#BUSY!",
    "#UNKNOWN!",
    "#PYTHON!",
]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("failure", ["#GETTING_DATA", *NEWER_FAILURES])
def test_a_formula_of_a_newer_excel_that_failed_is_told(tmp_path: Path, kind: str, failure: str) -> None:
    path = tmp_path / f"ds.{kind}"
    if kind == "csv":
        sheet_csv(path, [HEAD, [1, NAMES[0], "06/05/1978", "Hương Hòa", "Kế toán", "", failure]])
    else:
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet()
            listed(page, lambda **look: book.add_format(look), 1)
            page.write_formula(1, 6, "=A1", None, "#N/A")
        repacked(path, "xl/worksheets/sheet1.xml", "<v>#N/A</v>", f"<v>{failure}</v>")
    reading = read(path)
    assert [(person.birth, person.levels) for person in reading.people] == [(Partial(BORN, "ngay"), ())]
    (message,) = told(reading)
    assert f"Dòng 2, cột Trình độ chuyên môn: “{failure}” là lỗi của công thức" in message


@pytest.mark.parametrize("kind", KINDS)
def test_text_that_is_partly_struck_out(folder: Path, kind: str) -> None:
    reading = read(folder / f"partly_struck.{kind}")
    assert [person.posts for person in reading.people] == [("vh_xh",)] * 3
    first, second = told(reading)
    assert "“Trưởng Công an Văn hóa - Xã hội” có chỗ bị gạch ngang, chỉ đọc “Văn hóa - Xã hội”" in first
    assert "“Văn hóa - Xã hội Trưởng Công an” có chỗ bị gạch ngang, chỉ đọc “Văn hóa - Xã hội”" in second


def test_text_that_a_cell_has_of_its_own_is_partly_struck_out(tmp_path: Path) -> None:
    """As openpyxl writes it; what stands behind it in the row is seen as well."""
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        listed(page := book.add_worksheet(), lambda **look: book.add_format(look))
        page.write_datetime(2, 5, BEGAN, book.add_format({"num_format": "mm/yyyy"}))
        page.write_string(2, 4, "đây")
    with zipfile.ZipFile(tmp_path / "ds.xlsx") as archive:
        cell = re.search('<c r="E3" t="s"><v>[0-9]+</v></c>', archive.read("xl/worksheets/sheet1.xml").decode())
    assert cell
    runs = "<r><rPr><strike/><sz val='11'/></rPr><t>Trưởng Công an </t></r><r><t>Văn hóa - Xã hội</t></r>"
    inline = f'<c r="E3" t="inlineStr"><is>{runs}</is></c>'
    reading = read(repacked(tmp_path / "ds.xlsx", "xl/worksheets/sheet1.xml", cell[0], inline))
    assert reading.people[1].posts == ("vh_xh",)
    assert reading.people[1].started == in_month("2016-07")
    assert "có chỗ bị gạch ngang, chỉ đọc “Văn hóa - Xã hội”" in told(reading)[0]


PAGE = """<html><meta charset=utf-8>
<style><!-- .g {{color:red; text-decoration:line-through}} .a {{display:none}} --></style>
<table><tr><td>TT<td>Họ và tên<td>Ngày sinh<td>Xã<td>Chức vụ</tr>{}</table></html>"""
CELLS = "<td>1<td {1}>{0}{2}<td>06/05/1978<td>Hương Hòa<td>Văn hóa - Xã hội</tr>"


@pytest.mark.parametrize("hides", ["<tr style='display:none'>", "<tr class=a>", "<tr hidden>"])
@pytest.mark.parametrize(("cell", "begin"), [("class=g", ""), ("", "<s>"), ("", "<span class=g>")])
def test_a_web_page_hides_and_strikes_out_too(tmp_path: Path, hides: str, cell: str, begin: str) -> None:
    rows = [
        "<tr>" + CELLS.format("", "", NAMES[0]),
        hides + CELLS.format("", "", NAMES[1]),
        "<tr>" + CELLS.format(begin, cell, NAMES[2]),
        "<tr>" + CELLS.format("", "", NAMES[3]),
    ]
    (tmp_path / "ds.xls").write_text(PAGE.format("".join(rows)), "utf-8")
    reading = read(tmp_path / "ds.xls")
    assert [person.full_name for person in reading.people] == [NAMES[0], NAMES[3]]
    hidden, struck = told(reading)
    assert "1 dòng bị ẩn (dòng 3)" in hidden
    assert "1 dòng bị gạch ngang (dòng 4)" in struck


@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_heading_still_holds_for_the_people_below_it_and_is_told(folder: Path, kind: str) -> None:
    reading = read(folder / f"hidden_headings.{kind}")
    assert [person.commune for person in reading.people] == ["Hương Hòa", "Thượng Lộ", "Thượng Lộ"]
    first, second = told(reading)
    assert first.startswith("Dòng 2 bị ẩn hoặc không nhìn thấy, nhưng các dòng bên dưới được tính cho Hương Hòa")
    assert second.startswith("Dòng 4 bị ẩn hoặc không nhìn thấy, nhưng các dòng bên dưới được tính cho Thượng Lộ")
    assert [(issue.row, issue.severity) for issue in reading.issues] == [(2, "warning"), (4, "warning")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_title_still_holds_and_is_told(folder: Path, kind: str) -> None:
    reading = read(folder / f"hidden_title.{kind}")
    assert [person.commune for person in reading.people] == ["Hương Hòa"]
    assert list(reading.stated.values()) == [date(2018, 12, 31)]
    commune, stated = told(reading)
    assert "Dòng 1–2 bị ẩn hoặc không nhìn thấy, nhưng các dòng bên dưới được tính cho Hương Hòa" in commune
    assert "danh sách được tính đến ngày 31/12/2018 theo tiêu đề ghi ở đó" in stated


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_said_of_hidden_rows_that_are_nobody(folder: Path, kind: str) -> None:
    reading = read(folder / f"hidden_nobody.{kind}")
    assert [person.commune for person in reading.people] == ["Hương Hòa", "Hương Hòa"]
    assert told(reading) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_as_above_below_a_row_that_is_not_read_is_told(folder: Path, kind: str) -> None:
    reading = read(folder / f"same_as_unread.{kind}")
    assert [(person.row, person.commune) for person in reading.people] == [
        (2, "Hương Hòa"),
        (4, "Thượng Lộ"),
        (6, "Thượng Lộ"),
    ]
    assert [m for m in told(reading) if "ghi như trên" in m] == [
        f"Cột “{heading}”: 2 ô ghi như trên (dòng 4, 6) ngay dưới dòng bị ẩn hoặc bị gạch ngang, được đọc theo dòng "
        "không được nhận ấy; nếu không đúng, ghi rõ từng ô rồi nạp lại."
        for heading in ("Xã", "Chức vụ")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_as_above_does_not_bring_back_what_is_struck_out(folder: Path, kind: str) -> None:
    reading = read(folder / f"same_as_struck.{kind}")
    assert [person.levels for person in reading.people] == [()] * 3
    assert [message.partition(":")[0] for message in told(reading)] == [
        f"Dòng {row}, cột Trình độ chuyên môn" for row in (2, 3, 4)
    ]
    assert "“nt” nhưng ô ở trên bị gạch ngang hoặc là lỗi của công thức, ô này coi như để trống" in told(reading)[2]


@pytest.mark.parametrize("kind", KINDS)
def test_what_nobody_sees_in_a_column_is_told_once_for_it(folder: Path, kind: str) -> None:
    reading = read(folder / f"unseen_cells.{kind}")
    assert [person.posts for person in reading.people] == [("vh_xh",)] * 6
    assert births(reading) == [Partial(BORN, "ngay")] * 6
    then = "nên không nhìn thấy, nhưng vẫn được đọc; nếu không đúng ý, sửa hoặc xóa các ô ấy rồi nạp lại."
    assert sorted(message for message in told(reading) if "nhìn thấy" in message) == sorted(
        [
            f"Cột “Chức vụ”: 3 ô cùng màu với nền (dòng 2–4) {then}",
            f"Cột “Chức vụ”: 1 ô có định dạng số không hiện giá trị (dòng 5) {then}",
            f"Cột “Chức vụ”: 1 ô có cỡ chữ quá nhỏ (dòng 6) {then}",
            f"Cột “Ngày sinh”: 1 ô có định dạng số không hiện giá trị (dòng 3) {then}",
        ]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_is_all_white_is_told_once(folder: Path, kind: str) -> None:
    reading = read(folder / f"white_row.{kind}")
    assert [person.row for person in reading.people] == [2, 3, 4]
    (message,) = told(reading)
    assert message.startswith("1 dòng có họ tên cùng màu với nền (dòng 3) nên không nhìn thấy, nhưng vẫn được đọc;")


@pytest.mark.parametrize("kind", KINDS)
def test_rows_and_columns_too_flat_to_see_are_hidden(folder: Path, kind: str) -> None:
    reading = read(folder / f"flat.{kind}")
    assert [person.row for person in reading.people] == [2, 4]
    assert [person.levels[0].level for person in reading.people] == ["dai_hoc"] * 2
    column, row = told(reading)
    assert column.startswith("Cột “Trình độ chuyên môn” bị ẩn nhưng vẫn được đọc;")
    assert row.startswith("1 dòng bị ẩn (dòng 3) nên không được đọc;")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_a_condition_hides_is_told(folder: Path, kind: str) -> None:
    reading = read(folder / f"white_by_condition.{kind}")
    assert [person.posts for person in reading.people] == [("vh_xh",)] * 3
    unknown, known, blank = told(reading)
    assert unknown.startswith("2 dòng có định dạng có điều kiện giấu chữ (dòng 3–4) nhưng không biết")
    assert known.startswith("Cột “Chức vụ”: 3 ô cùng màu với nền (dòng 2–4)")
    assert blank.startswith("Cột “Trình độ chuyên môn”: 3 ô có định dạng số không hiện giá trị (dòng 2–4)")


@pytest.mark.parametrize("kind", KINDS)
def test_a_date_shown_without_its_year_is_told(folder: Path, kind: str) -> None:
    reading = read(folder / f"yearless.{kind}")
    assert births(reading) == [Partial(BORN, "ngay")] * 3
    (message,) = told(reading)
    assert message == (
        "Cột “Ngày sinh”: 2 ô có định dạng không hiện năm (dòng 2–3; ô đầu được đọc là 06/05/1978); năm có thể do "
        "Excel tự điền, cho hiện đủ ngày/tháng/năm, kiểm tra rồi nạp lại."
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shown_of_a_date_can_depend_on_it(folder: Path, kind: str) -> None:
    reading = read(folder / f"by_its_value.{kind}")
    assert births(reading) == [Partial(BORN, "ngay"), Partial(date(1950, 1, 1), "nam"), in_month("1978-05")]
    assert told(reading) == []


@pytest.mark.parametrize("kind", KINDS)
def test_exchanged_days_beside_one_that_cannot_be(folder: Path, kind: str) -> None:
    reading = read(folder / f"swapped_but_one.{kind}")
    years = [Partial(date(year, 1, 1), "nam") for year in (1978, 1980)]
    assert births(reading) == [*years, day("1979-03-21"), day("1980-11-23"), day("1983-12-25")]
    (message,) = told(reading)
    assert "2 ô chưa rõ ngày hay tháng đứng trước, chỉ nhận năm (dòng 2–3;" in message


def test_the_same_as_above_means_the_row_above_though_it_is_hidden(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        page = book.add_worksheet()
        for n, row in enumerate(
            [
                HEAD[1:5],
                [NAMES[0], "1970", "Hương Hòa", "Kế toán"],
                [NAMES[1], "1980", "Thượng Lộ", "Kế toán"],
                [NAMES[2], "1990", "nt", "nt"],
            ]
        ):
            page.write_row(n, 0, row)
        page.set_row(2, None, None, {"hidden": True})
    reading = read(tmp_path / "ds.xlsx")
    assert [person.commune for person in reading.people] == ["Hương Hòa", "Thượng Lộ"]


def repacked(path: Path, part: str, before: str, after: str) -> Path:
    """The archive with one part altered."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    assert before in parts[part].decode()
    parts[part] = parts[part].decode().replace(before, after).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def test_a_path_from_the_root_leads_to_the_same_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        hidden_row(book, book.add_worksheet(), lambda **look: book.add_format(look))
    path = repacked(tmp_path / "ds.xlsx", "xl/_rels/workbook.xml.rels", "worksheets/", "/xl/worksheets/")
    (grid,) = grids(path)
    assert grid.hidden_rows == {2}


def test_names_for_text_of_their_own_make_no_sheet(tmp_path: Path) -> None:
    """A thousand of a thousand of them would fill the memory."""
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        hidden_row(book, book.add_worksheet(), lambda **look: book.add_format(look))
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        grids(repacked(tmp_path / "ds.xlsx", "xl/worksheets/sheet1.xml", "<worksheet", bomb))


def test_cells_and_rows_that_do_not_say_where_they_are(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        coarse(book, page := book.add_worksheet(), lambda **look: book.add_format(look))
        page.set_row(3, None, None, {"hidden": True})
    path = tmp_path / "ds.xlsx"
    for row in range(1, 5):
        repacked(path, "xl/worksheets/sheet1.xml", f'<row r="{row}"', "<row")
        for column in "ABCDEFG":
            repacked(path, "xl/worksheets/sheet1.xml", f'<c r="{column}{row}"', "<c")
    reading = read(path)
    assert births(reading) == [in_month("1978-05"), Partial(date(1978, 1, 1), "nam")]
    assert "1 dòng bị ẩn (dòng 4)" in told(reading)[0]
