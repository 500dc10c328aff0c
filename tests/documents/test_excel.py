"""The Excel file is read back as a reader's program reads it, and printed as LibreOffice prints it."""

import io
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from documents.excel import TOTAL, Export, Letterhead, file_name, workbook

HOSTILE = [
    "=HYPERLINK('http://x.vn','x')",
    "=1+1",
    "+1",
    "-x",
    "@a",
    "{=1}",
    "http://x.vn",
    "mailto:a@b.vn",
    "0123",
]

NAMES = ["Trần Thị Thử", "Hồ Văn Ví Dụ", "Lê Minh Hoạ", "Phạm Thị Hương Thử Nghiệm", "Ra Pát Mẫu"]
REASON = (
    "Hiện có trình độ sơ cấp, trong khi chức danh yêu cầu trung cấp trở lên từ ngày 14/12/2012. Cần cử đi "
    "học lớp trung cấp phù hợp với chức danh trong khoảng 24 tháng. Hoàn thành trước ngày 31/12/2021 thì "
    "đạt chuẩn."
)
PEOPLE = pd.DataFrame(
    [
        {
            "Họ và tên": f"{NAMES[i % 5]} {i + 1}",
            "Ngày sinh": date(1965 + i % 20, 1 + i % 12, 1 + i % 28) if i % 6 else "1971",
            "Xã, thị trấn": ["Hương Sơn", "Thượng Quảng", "Thị trấn Khe Tre"][i % 3],
            "Chức danh": ["Bí thư Đảng ủy", "Địa chính - nông nghiệp - xây dựng và môi trường"][i % 2],
            "Tiêu chí": ["Trình độ chuyên môn", "Tuổi khi giữ chức vụ lần đầu"][i % 2],
            "Hiện có": "Sơ cấp",
            "Yêu cầu": "Trung cấp trở lên",
            "Căn cứ": "Điểm b khoản 2 Điều 2 Thông tư 06/2012/TT-BNV",
            "Từ ngày": date(2012, 12, 14),
            "Lý do và cách khắc phục": REASON if i % 3 else REASON + " " + REASON,
        }
        for i in range(30)
    ]
)
COMMUNES = pd.DataFrame(
    {
        "Xã, thị trấn": ["Hương Sơn", "Thượng Quảng", TOTAL],
        "Tổng số": [20, 21, 41],
        "Chưa đạt chuẩn": [2, 0, 2],
        "Tỷ lệ chưa đạt": [0.1, 0.0, 2 / 41],
    }
)
EXPORT = Export(
    title="Danh sách cán bộ, công chức cấp xã chưa đạt chuẩn",
    as_of=date(2018, 12, 31),
    rows=PEOPLE,
    by_commune=COMMUNES,
    filters=[("Xã, thị trấn", "Hương Sơn, Thượng Quảng")],
    formula="Đếm người có ít nhất một tiêu chí chưa đạt.\n\n  Mỗi người một lần.",
    legal_basis=["Thông tư 06/2012/TT-BNV", "Quyết định 04/2004/QĐ-BNV"],
    caveats=["4 người chưa đủ dữ liệu để kết luận."],
    letterhead=Letterhead("UBND HUYỆN NAM ĐÔNG", "PHÒNG NỘI VỤ", "Nam Đông"),
    made_at=datetime.fromisoformat("2019-01-05 08:30"),
    made_by="Người dùng thử",
    sample=True,
)


def midnight(day: date) -> datetime:
    """A date as openpyxl reads it."""
    return datetime.combine(day, time())


def read(export: Export) -> Workbook:
    return load_workbook(io.BytesIO(workbook(export)))


def head_row(sheet: Worksheet) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == "STT")


def table(sheet: Worksheet, rows: int) -> list[list[object]]:
    """The cells under the headings and their numbers, without STT."""
    first = head_row(sheet) + 2
    cells = sheet.iter_rows(min_row=first, max_row=first + rows - 1, min_col=2, values_only=True)
    return [list(row) for row in cells]


def column(values: list[object], heading: str = "Cột") -> Worksheet:
    frame = pd.DataFrame(
        {"Họ và tên": [f"Người {i}" for i in range(len(values))], heading: pd.Series(values, dtype=object)}
    )
    return read(replace(EXPORT, rows=frame))["Danh sách"]


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_sheets_hold_the_rows_on_screen_in_their_order() -> None:
    book = read(EXPORT)
    assert book.sheetnames == ["Danh sách", "Tổng hợp theo xã", "Thông tin"]
    sheet = book["Danh sách"]
    head = head_row(sheet)
    headings, numbers = ([cell.value for cell in sheet[row]] for row in (head, head + 1))
    assert headings == ["STT", *PEOPLE.columns]
    assert numbers == [f"({number})" for number in range(1, 12)]
    expected = [
        [midnight(v) if isinstance(v, date) else v for v in row] for row in PEOPLE.itertuples(index=False, name=None)
    ]
    assert table(sheet, 30) == expected
    assert [sheet.cell(head + 2 + i, 1).value for i in range(30)] == list(range(1, 31))


def test_the_total_is_bold_unnumbered_and_outside_the_filter() -> None:
    sheet = read(EXPORT)["Tổng hợp theo xã"]
    head = head_row(sheet)
    assert table(sheet, 3) == COMMUNES.to_numpy().tolist()
    assert [sheet.cell(head + 2 + i, 1).value for i in range(3)] == [1, 2, None]
    assert [sheet.cell(head + 2 + i, 2).font.b for i in range(3)] == [False, False, True]
    assert sheet.auto_filter.ref == f"A{head + 1}:E{head + 3}"


@pytest.mark.parametrize(
    ("heading", "values", "number_format"),
    [
        ("Số người", [1, 1234, None], "#,##0"),
        ("Số người", [1.0, float("nan")], "#,##0"),
        ("Hệ số", [2.5, 3], "#,##0.0"),
        ("Hệ số", [2.34, 3.0], "#,##0.00"),
        ("Năm", [2018, 2019], "0"),
        ("Năm công tác", [3, 25], "#,##0"),
        ("Tỷ lệ chưa đạt", [0.0734, 1], "0.00%"),
    ],
)
def test_numbers_are_real_and_formatted(heading: str, values: list[object], number_format: str) -> None:
    sheet = column(values, heading)
    first = head_row(sheet) + 2
    for index, value in enumerate(values):
        cell = sheet.cell(first + index, 3)
        if value is None or value != value:
            assert cell.value is None
        else:
            assert (cell.data_type, cell.value, cell.number_format) == ("n", value, number_format)
        assert cell.border.left.style == "thin"


def test_dates_are_real_dates() -> None:
    values = [
        date(1975, 2, 28),
        datetime.fromisoformat("2018-12-31 08:30"),
        pd.Timestamp("2018-12-31"),
        pd.NaT,
        date(1899, 5, 6),
        "06/1975",
    ]
    sheet = column(values)
    first = head_row(sheet) + 2
    cells = [sheet.cell(first + index, 3) for index in range(6)]
    assert [cell.value for cell in cells] == [
        midnight(date(1975, 2, 28)),
        datetime.fromisoformat("2018-12-31 08:30"),
        midnight(date(2018, 12, 31)),
        None,
        "06/05/1899",
        "06/1975",
    ]
    assert [cell.number_format for cell in cells[:3]] == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm", "dd/mm/yyyy"]


def test_identifiers_stay_text() -> None:
    sheet = column(["0123", "001075000001", 1234567890123456789])
    first = head_row(sheet) + 2
    cells = [sheet.cell(first + index, 3) for index in range(3)]
    assert [cell.value for cell in cells] == ["0123", "001075000001", "1234567890123456789"]
    assert {cell.number_format for cell in cells} == {"@"}


def test_hostile_text_is_only_text_wherever_it_comes_in() -> None:
    long = "=" + "A1+" * 200
    frame = pd.DataFrame({"Họ và tên": [*HOSTILE, long], "=1+1": [*HOSTILE, long]})
    content = workbook(
        replace(
            EXPORT,
            title="=1+1",
            rows=frame,
            filters=[("Tìm", hostile) for hostile in HOSTILE],
            formula="\n".join(HOSTILE),
            legal_basis=HOSTILE,
            caveats=HOSTILE,
            letterhead=Letterhead("=1", "+1", "-1"),
            made_by="=1+1",
        )
    )
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
    assert not any(re.search(rb"<f[ />]|<hyperlink", sheet) for sheet in sheets)
    assert table(book["Danh sách"], 10) == [[text, text] for text in frame["Họ và tên"]]
    last = book["Danh sách"].cell(head_row(book["Danh sách"]) + 11, 2)
    assert last.value == long
    assert last.quotePrefix


def test_what_excel_cannot_hold_is_left_out_or_cut() -> None:
    sheet = column(["a\x00b\x0bc\ud800d\uffff\x1f", "dòng một\r\ndòng hai", "x" * 32_767, "x" * 32_768, "😀" * 20_000])
    values = [row[1] for row in table(sheet, 5)]
    assert values[:3] == ["abcd", "dòng một\ndòng hai", "x" * 32_767]
    assert values[3] == "x" * 32_766 + "…"
    assert values[4] == "😀" * 16_383 + "…"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_any_text_comes_back_unchanged(cells: list[str]) -> None:
    sheet = column(list(cells))
    forbidden = {"\ufffe", "\uffff"}
    expected = [
        "".join(
            letter
            for letter in text.replace("\r\n", "\n").replace("\r", "\n")
            if (letter >= " " or letter in "\n\t") and letter not in forbidden and unicodedata.category(letter) != "Cs"
        )
        for text in cells
    ]
    assert [row[1] or "" for row in table(sheet, len(cells))] == expected


def test_the_look_is_that_of_an_official_document() -> None:
    book = read(EXPORT)
    for name in ("Danh sách", "Tổng hợp theo xã"):
        sheet = book[name]
        seen = texts(sheet)
        for text in (
            "UBND HUYỆN NAM ĐÔNG",
            "PHÒNG NỘI VỤ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "DANH SÁCH CÁN BỘ, CÔNG CHỨC CẤP XÃ CHƯA ĐẠT CHUẨN",
            "(Tính đến ngày 31 tháng 12 năm 2018)",
            "Phạm vi: Xã, thị trấn: Hương Sơn, Thượng Quảng",
        ):
            assert text in seen
        assert any(re.fullmatch(r"Số: +/", text) for text in seen)
        assert re.fullmatch(r"Nam Đông, ngày +tháng +năm 2019\nTRƯỞNG PHÒNG\n\(Ký, ghi rõ họ tên\)", seen[-1])
        assert seen[-2].startswith("Nơi nhận:\n")


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2019, 1, 5), "ngày 05 tháng 01 năm 2019"), (date(2019, 3, 31), "ngày 31 tháng 3 năm 2019")],
)
def test_the_date_in_words_follows_the_decree(day: date, words: str) -> None:
    assert f"(Tính đến {words})" in texts(read(replace(EXPORT, as_of=day))["Danh sách"])


def test_every_cell_is_in_times_new_roman() -> None:
    book = read(EXPORT)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.font.name for cell in cells} == {"Times New Roman"}
    wide, narrow = book["Danh sách"], book["Tổng hợp theo xã"]
    assert wide.cell(head_row(wide) + 2, 2).font.sz == 12
    assert narrow.cell(head_row(narrow) + 2, 2).font.sz == 13


def test_print_setup() -> None:
    book = read(EXPORT)
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        # One page wide is what the format means when it does not say.
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        margins = sheet.page_margins
        in_mm = [round(side * 25.4) for side in (margins.top, margins.bottom, margins.left, margins.right)]
        assert in_mm == [20, 20, 30, 15]
        assert sheet.HeaderFooter.differentFirst
        assert sheet.oddHeader.center.text == "&P"
        assert sheet.firstHeader.center.text is None
        assert sheet.print_area.endswith(f"${sheet.max_row}")
    for name in ("Danh sách", "Tổng hợp theo xã"):
        sheet = book[name]
        head = head_row(sheet)
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == f"${head}:${head + 1}"
        assert sheet.freeze_panes == f"A{head + 2}"
    sheet = book["Danh sách"]
    assert sheet.auto_filter.ref == f"A{head_row(sheet) + 1}:K{head_row(sheet) + 31}"
    assert book["Thông tin"].page_setup.orientation == "portrait"


def test_the_sample_is_marked_on_every_sheet_and_page() -> None:
    for sheet in read(EXPORT):
        assert "Dữ liệu minh hoạ" in texts(sheet)
        assert sheet.oddHeader.left.text == sheet.firstHeader.left.text == "Dữ liệu minh hoạ"
    for sheet in read(replace(EXPORT, sample=False)):
        assert "Dữ liệu minh hoạ" not in texts(sheet)
        assert sheet.firstHeader.left.text is None


def test_rules_stand_under_the_office_and_the_motto() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(EXPORT))) as parts:
        drawings = [parts.read(name) for name in parts.namelist() if name.startswith("xl/drawings/drawing")]
    assert [drawing.count(b"<xdr:sp ") for drawing in drawings] == [2, 2]


def test_blank_columns_do_no_harm() -> None:
    sheet = read(replace(EXPORT, rows=pd.DataFrame({"": [None, None], "A": [None, "x"]})))["Danh sách"]
    assert table(sheet, 2) == [[None, None], [None, "x"]]


def test_information_says_what_the_list_is() -> None:
    sheet = read(EXPORT)["Thông tin"]
    said: dict[str, list[object]] = {}
    label = ""
    for first, second in sheet.iter_rows(min_row=4, values_only=True):
        label = str(first or label)
        said.setdefault(label, []).append(second)
    assert said == {
        "Nội dung": ["Danh sách cán bộ, công chức cấp xã chưa đạt chuẩn"],
        "Thời điểm số liệu": [midnight(date(2018, 12, 31))],
        "Bộ lọc": ["Xã, thị trấn: Hương Sơn, Thượng Quảng"],
        "Số dòng": [30],
        "Thời điểm xuất": ["05/01/2019 08:30"],
        "Người xuất": ["Người dùng thử"],
        "Cách tính": ["Đếm người có ít nhất một tiêu chí chưa đạt.", "  Mỗi người một lần."],
        "Căn cứ pháp lý": ["Thông tư 06/2012/TT-BNV", "Quyết định 04/2004/QĐ-BNV"],
        "Lưu ý về số liệu": ["4 người chưa đủ dữ liệu để kết luận."],
    }


def test_the_summary_says_of_which_list_it_is() -> None:
    other = texts(read(EXPORT)["Tổng hợp theo xã"])
    assert other.count("TỔNG HỢP THEO XÃ, THỊ TRẤN") == other.count(EXPORT.title.upper()) == 1


def test_no_filter_no_basis_no_caveat_is_said() -> None:
    bare = replace(EXPORT, filters=[], legal_basis=[], caveats=[], formula="")
    book = read(bare)
    assert "Không lọc: toàn bộ danh sách" in texts(book["Thông tin"])
    assert texts(book["Thông tin"]).count("Không có") == 3
    assert not [text for text in texts(book["Danh sách"]) if text.startswith("Phạm vi")]


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ([("Xã, thị trấn", "Hương Sơn")], "Không có dòng nào phù hợp với bộ lọc đang chọn."),
        ([], "Không có dòng nào tính đến ngày 31/12/2018."),
    ],
)
def test_a_list_without_rows_says_so(filters: list[tuple[str, str]], sentence: str) -> None:
    book = read(replace(EXPORT, rows=PEOPLE.head(0), by_commune=pd.DataFrame(), filters=filters))
    sheet = book["Danh sách"]
    row = head_row(sheet) + 2
    assert sheet.cell(row, 1).value == sentence
    assert f"A{row}:K{row}" in [str(area) for area in sheet.merged_cells.ranges]
    assert {sheet.cell(row, number).border.bottom.style for number in range(1, 12)} == {"thin"}
    assert sheet.auto_filter.ref is None
    assert book.sheetnames == ["Danh sách", "Thông tin"]


def test_the_same_export_gives_the_same_bytes() -> None:
    assert workbook(EXPORT) == workbook(EXPORT)


def test_file_name_is_plain() -> None:
    assert (
        file_name("Danh sách cán bộ, công chức: Đợt 1/2019", date(2018, 12, 31))
        == "danh-sach-can-bo-cong-chuc-dot-1-2019-31-12-2018.xlsx"
    )
    assert file_name("!!!", date(2019, 1, 5)) == "danh-sach-05-01-2019.xlsx"
    assert len(file_name("dài " * 100, date(2019, 1, 5))) <= 120


def pdf(content: bytes, folder: Path) -> Path:
    """The workbook as LibreOffice prints it."""
    (folder / "list.xlsx").write_bytes(content)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            folder / "list.xlsx",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "list.pdf"


SIDES = ("xMin", "yMin", "xMax", "yMax")


def pdf_text(*arguments: str | Path) -> str:
    return subprocess.run(["pdftotext", *arguments, "-"], check=True, capture_output=True, text=True).stdout


def test_nothing_is_cut_in_print(tmp_path: Path) -> None:
    printed = pdf(workbook(EXPORT), tmp_path)
    # In the order of writing each cell is one piece, its lines one after the other.
    pages = [" ".join(page.split()) for page in pdf_text("-raw", printed).split("\f")]
    flat = " ".join(pages)
    for person in PEOPLE.to_dict("records"):
        assert str(person["Họ và tên"]) in flat
        assert str(person["Lý do và cách khắc phục"]) in flat
    for heading in [*PEOPLE.columns, *COMMUNES.columns]:
        assert str(heading) in flat
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in flat
    assert "14/12/2012" in flat
    assert "###" not in flat

    signed = next(page for page in pages if "TRƯỞNG PHÒNG" in page)
    assert str(PEOPLE["Họ và tên"].iloc[-1]) in signed
    assert pages[0].startswith("Dữ liệu minh hoạ UBND HUYỆN NAM ĐÔNG")
    assert pages[1].startswith("Dữ liệu minh hoạ 2 STT Họ và tên")

    layout = ET.fromstring(re.sub(r' xmlns="[^"]+"', "", pdf_text("-bbox", printed)))  # noqa: S314
    for page in layout.iter("page"):
        width, height = float(page.attrib["width"]), float(page.attrib["height"])
        assert sorted((round(width), round(height))) == [595, 842]
        words = [(word.text, [float(word.attrib[side]) for side in SIDES]) for word in page.findall("word")]
        assert all(x0 > 0 and y0 > 0 and x1 < width and y1 < height for _, (x0, y0, x1, y1) in words)
        # Text that is cut off in its row still lies in the file, on top of the words of the next row.
        for (one, a), (other, b) in combinations(words, 2):
            across = min(a[2], b[2]) - max(a[0], b[0])
            down = min(a[3], b[3]) - max(a[1], b[1])
            assert across < 1 or down < 3, f"{one!r} is printed over {other!r}"
