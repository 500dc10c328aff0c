"""Files of every kind as grids of cells."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from common.encodings import in_tcvn3, in_vni, in_windows_1258, misread
from common.lists import refusal
from intake import tables, webpage
from intake.legacy import DOUBLE_UTF_8, TCVN3, UTF_16, VNI, WINDOWS_1258
from intake.tables import Grid, UnreadableFile, read

LISTS = Path(__file__).parents[1] / "fixtures" / "lists"
ROWS = [
    ["STT", "Họ và tên", "Chức vụ"],
    ["1", "Nguyễn Thị Ánh Tuyết", "Phó Chủ tịch HĐND"],
    ["2", "Đặng Văn Lữ", "Bí thư Đảng ủy"],
]


def joined(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def workbook(sheets: dict[str, Sequence[Sequence[str]]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            page.write_row(r, 0, row)
    book.close()
    return stream.getvalue()


def only(path: Path) -> Grid:
    (grid,) = read(path)
    return grid


# --- text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt", ".xls"])
def test_text_in_any_separator_and_under_any_name(tmp_path: Path, suffix: str, delimiter: str) -> None:
    grid = only(saved(tmp_path / f"ds{suffix}", joined(ROWS, delimiter).encode("utf-8-sig")))
    assert grid == Grid(f"ds{suffix}", "", ROWS, 1, merges_known=False)


@pytest.mark.parametrize(
    ("data", "converted"),
    [
        (joined(ROWS).encode(), None),
        (joined(ROWS).encode("utf-16"), UTF_16),
        (b"\xfe\xff" + joined(ROWS).encode("utf-16-be"), UTF_16),
        (joined(ROWS).encode("utf-16-le"), UTF_16),
        (joined(ROWS).encode("utf-16-be"), UTF_16),
        (in_windows_1258(joined(ROWS)), WINDOWS_1258),
        (in_tcvn3(joined(ROWS)).encode("latin-1"), TCVN3),
        (in_vni(joined(ROWS)).encode("latin-1"), VNI),
        (misread(joined(ROWS)).encode(), DOUBLE_UTF_8),
        (in_tcvn3(joined(ROWS)).encode("utf-16"), f"{UTF_16}, {TCVN3}"),
    ],
)
def test_text_in_any_encoding(tmp_path: Path, data: bytes, converted: str | None) -> None:
    grid = only(saved(tmp_path / "ds.csv", data))
    assert grid.cells == ROWS
    assert grid.converted == converted


def test_the_separator_is_not_mistaken_for_commas_within_cells(tmp_path: Path) -> None:
    rows = [["Họ và tên", "Nơi ở"], ["Hồ Văn Tâm", "Thôn 1, Hương Hòa, Nam Đông, Huế"], ["Hồ Thị Mai", "a, b"]]
    text = "\n".join(";".join(row) for row in rows)
    assert only(saved(tmp_path / "ds.csv", text.encode())).cells == rows


@pytest.mark.parametrize(
    "data",
    [
        "Élève fiancé, crème brûlée, très gêné, forêt".encode("latin-1"),
        "氏名、役職".encode("shift-jis"),
        b"\x7fELF\n\x00\x01\x02\xff\xfe",
        joined(ROWS).encode("utf-16")[:-1],
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".txt", ".xls", ".xlsx"])
def test_what_is_no_vietnamese_text(tmp_path: Path, suffix: str, data: bytes) -> None:
    assert "cũng không phải văn bản tiếng Việt đọc được" in refusal(saved(tmp_path / f"ds{suffix}", data))


ORDINARY = [["STT", "Họ và tên", "Chức vụ", "Ghi chú"], ["1", "Ra Pát Bên", "Bí thư Đảng ủy", ""]]
LATER = [["2", "Cao Văn Bé", "Kế toán", ""], ["3", "Vi Thị Lan", "Tư pháp", ""]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "odd",
    [
        ["9", "Lê Mai", "Kế toán", '"theo QĐ'],
        ["9", "Lê Mai", "Kế toán", '"'],
        ["9", '"Lê Mai', "Kế toán", ""],
        ['"9', "Lê Mai", "Kế toán", ""],
        ["9", '"Lê" Mai', "Kế toán", '"x'],
    ],
)
def test_a_quote_that_nobody_closed_takes_no_rows_along(tmp_path: Path, delimiter: str, odd: list[str]) -> None:
    """The next quote may be at the end of the file, before a word of another row, or where a cell may end."""
    for rows in ([odd, *LATER], [odd, *LATER, odd, *LATER], [odd, LATER[0], [*LATER[1][:3], '"']]):
        text = "\n".join(delimiter.join(row) for row in [*ORDINARY, *rows])
        cells = only(saved(tmp_path / "ds.csv", text.encode())).cells
        assert [str(row[1]).replace('"', "") for row in cells] == [
            row[1].replace('"', "") for row in [*ORDINARY, *rows]
        ]


def test_lines_of_a_cell_stay_together(tmp_path: Path) -> None:
    rows = [*ORDINARY, ["2", "Cao\nVăn Bé", 'Kế toán\n"giỏi", tốt', "a, b, c\nd"], *LATER]
    assert only(saved(tmp_path / "ds.csv", joined(rows).encode())).cells == rows


@pytest.mark.parametrize("other", [";", "\t", "|"])
def test_rows_with_another_separator_are_cut_to_the_same_width(tmp_path: Path, other: str) -> None:
    text = "\n".join([*(",".join(row) for row in ORDINARY), *(other.join(row) for row in LATER), "a; b", "", "c"])
    cells = only(saved(tmp_path / "ds.csv", text.encode())).cells
    assert cells[:4] == [*ORDINARY, *LATER]
    assert [row[0] for row in cells[4:]] == ["a; b", "", "c"]


# --- web pages ---------------------------------------------------------------------------------------------

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta charset="utf-8"><title>Xuất</title><style><!-- td {color: red} --></style></head>
<body><!--[if gte mso 9]><xml><x:Name>a</x:Name></xml><![endif]-->
<h3>UBND xã <b>Hương Hòa</b></h3>
<TABLE border=1>
<tr><th rowspan="2">STT<th ROWSPAN=2>Họ và<br>tên</th><th colspan='2'>Trình độ</th></tr>
<tr><td>Văn hóa</td><td>Chuyên&nbsp;môn</td></tr>
<tr><td>1<td>H&#7891; V&#x103;n  T&acirc;m<td>12/12<td><table><tr><td>ĐH</td><td>Luật</td></tr></table>
<tr></tr>
<tr><td colspan=0>2</td><td>x &lt; y</td></tr>
</TABLE>
<script>document.write("<table>")</script>
Người lập biểu
</body></html>"""


def test_a_web_page_called_xls(tmp_path: Path) -> None:
    grid = only(saved(tmp_path / "ds.xls", PAGE.encode()))
    assert grid.cells == [
        ["UBND xã Hương Hòa", "", "", ""],
        ["STT", "Họ và\ntên", "Trình độ", "Trình độ"],
        ["STT", "Họ và\ntên", "Văn hóa", "Chuyên\xa0môn"],
        ["1", "Hồ Văn Tâm", "12/12", "ĐH\nLuật"],
        ["", "", "", ""],
        ["2", "x < y", "", ""],
        ["Người lập biểu", "", "", ""],
    ]
    assert (grid.merges_known, grid.converted) == (True, None)


@pytest.mark.parametrize(
    ("encode", "converted"),
    [
        (in_windows_1258, WINDOWS_1258),
        (lambda text: in_tcvn3(text).encode("latin-1"), TCVN3),
        (lambda text: text.encode("utf-16"), UTF_16),
    ],
)
def test_a_web_page_in_an_old_encoding(tmp_path: Path, encode: object, converted: str) -> None:
    assert callable(encode)
    cells = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in ROWS)
    grid = only(saved(tmp_path / "ds.xls", encode(f"<table>{cells}</table>")))
    assert (grid.cells, grid.converted) == (ROWS, converted)


INNER = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in ROWS)


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td><table>{}</table></td></tr></table>",
        "<table><tr><td>{}<table>{}</table></table>",
        "<!--[if !mso]><!--><table>{}</table><!--<![endif]-->",
        "<!--><table>{}</table>",
        "<!---><table>{}</table>",
        "<!--x--!><table>{}</table><!-- y -->",
        "<!-- a <!-- b --><table>{}</table>",
        "<p>x</p><!-- a <table>{}</table>",
        "<table><caption>{}</caption></table><table>{}</table>",
        "<table><tr>{}</tr></table><table>{}</table>",
    ],
)
def test_nothing_that_a_page_shows_is_left_out(tmp_path: Path, page: str) -> None:
    """Tables in tables, words beside cells, comments of every kind, one without an end."""
    first, *last = page.split("{}")
    text = f"{first}Hồ Văn Tâm - Bí thư{last[0]}{INNER}{last[1]}" if len(last) > 1 else f"{first}{INNER}{last[0]}"
    cells = only(saved(tmp_path / "ds.xls", f"<html>{text}</html>".encode())).cells
    assert [row for row in cells if row in ROWS] == ROWS
    assert len(last) < 2 or any("Hồ Văn Tâm - Bí thư" in row for row in cells)


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<![", "<a href='", "&#", "<table><tr><td>", "<td rowspan=9 x"])
def test_a_page_that_makes_no_sense_is_read_in_one_go(tmp_path: Path, piece: str) -> None:
    # A parser that starts over at every "<" would need hours for this.
    read(saved(tmp_path / "ds.xls", b"<table>" + piece.encode() * 200_000))


def test_a_page_cannot_ask_for_more_cells_than_there_may_be(tmp_path: Path) -> None:
    page = b"<table>" + b"<tr><td rowspan=60000 colspan=1000>x" * 3000
    assert "3 triệu ô" in refusal(saved(tmp_path / "ds.xls", page))


# --- workbooks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", tables.SUFFIXES)
def test_content_decides_what_a_file_is(tmp_path: Path, suffix: str) -> None:
    assert only(saved(tmp_path / f"ds{suffix}", workbook({"Sheet1": ROWS}))).cells == ROWS
    old = only(saved(tmp_path / f"cu{suffix}", (LISTS / "danh_sach.xls").read_bytes()))
    assert old.cells == only(LISTS / "danh_sach.xls").cells


@pytest.mark.parametrize(("encode", "name"), [(in_tcvn3, TCVN3), (in_vni, VNI), (misread, DOUBLE_UTF_8)])
def test_each_sheet_is_converted_on_its_own(tmp_path: Path, encode: object, name: str) -> None:
    assert callable(encode)
    old = [[encode(cell) for cell in row] for row in ROWS]
    pasted = [encode("Nguyễn Văn Tấn"), encode("Hồ Thị Liễu")]
    data = workbook({encode("Hương Hoà"): old, "Thượng Lộ": ROWS, "Ghép": [*ROWS, ["3", *pasted]]})
    first, second, third = read(saved(tmp_path / "Nguyeãn.xlsx", data))
    assert first == Grid("Nguyeãn.xlsx", "Hương Hoà", ROWS, 1, converted=name)
    assert second == Grid("Nguyeãn.xlsx", "Thượng Lộ", ROWS, 1)
    assert third.cells == [*ROWS, ["3", "Nguyễn Văn Tấn", "Hồ Thị Liễu"]]
    assert third.converted == name


def test_what_is_no_text_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ds.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write_row(0, 0, [in_tcvn3("Họ và tên"), in_tcvn3("Chức vụ"), 12.5, True])
    book.close()
    assert only(path).cells == [["Họ và tên", "Chức vụ", 12.5, True]]


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)


def test_workbooks_without_a_cell(tmp_path: Path) -> None:
    assert read(saved(tmp_path / "trong.xlsx", workbook({"Sheet1": []}))) == []
    scanned = xlsxwriter.Workbook(tmp_path / "anh.xlsx")
    scanned.add_worksheet().insert_image(0, 0, "quet.png", {"image_data": io.BytesIO(PNG)})
    scanned.close()
    assert "chỉ có hình ảnh hoặc biểu đồ" in refusal(tmp_path / "anh.xlsx")
    drawn = xlsxwriter.Workbook(tmp_path / "bieu do.xlsx")
    chart = drawn.add_chart({"type": "column"})
    chart.add_series({"values": "=Sheet1!$A$1:$A$3"})
    drawn.add_worksheet()
    drawn.add_chartsheet().set_chart(chart)
    drawn.close()
    assert "chỉ có hình ảnh hoặc biểu đồ" in refusal(tmp_path / "bieu do.xlsx")


def test_a_chart_beside_a_list_is_passed_over(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "ds.xlsx")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Sheet1!$A$1:$A$3"})
    book.add_chartsheet().set_chart(chart)
    book.add_worksheet("Sheet1").write_row(0, 0, ROWS[0])
    book.close()
    assert only(tmp_path / "ds.xlsx").cells == [ROWS[0]]


def test_an_archive_that_only_looks_like_a_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ds.xlsx", "w") as archive:
        archive.writestr("xl/document.xml", "<w:document/>")
    assert "không đúng định dạng" in refusal(tmp_path / "ds.xlsx")


def test_the_limit_of_rows_is_for_the_whole_file(tmp_path: Path) -> None:
    text = "a,b\n" * tables.MAX_ROWS
    assert len(only(saved(tmp_path / "vua.csv", text.encode())).cells) == tables.MAX_ROWS
    message = refusal(saved(tmp_path / "nhieu.csv", (text + ",\n,c\n").encode()))
    assert "hơn 100.000 dòng" in message
    half = [["x"]] * (tables.MAX_ROWS // 2 + 1)
    assert "hơn 100.000 dòng" in refusal(saved(tmp_path / "hai.xlsx", workbook({"a": half, "b": half})))
    # Rows without a value do not count.
    assert len(only(saved(tmp_path / "thua.xlsx", workbook({"a": [*ROWS, *[[]] * 20, ["x"]]}))).cells) == 24


# --- files that ask for too much ---------------------------------------------------------------------------


def changed(data: bytes, part: str, before: bytes, after: bytes) -> bytes:
    """The archive with one part altered, all check sums right."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert before in content
                content = content.replace(before, after, 1)
            new.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/sharedStrings.xml", b'uniqueCount="', b'uniqueCount="9999999'),
        ("xl/worksheets/sheet1.xml", b'r="C3"', b"r='XFD1048576'"),
        ("xl/worksheets/sheet1.xml", b'r="C3"', b'r="C99999999999"'),
    ],
)
def test_a_workbook_that_asks_for_more_memory_than_there_is(
    tmp_path: Path, part: str, before: bytes, after: bytes
) -> None:
    data = changed(workbook({"Sheet1": ROWS}), part, before, after)
    refusal(saved(tmp_path / "ds.xlsx", data))


def test_an_opendocument_row_repeated_without_end(tmp_path: Path) -> None:
    data = (LISTS / "danh_sach.ods").read_bytes()
    before = b"<table:table-row "
    after = before + b'table:number-rows-repeated="2000000000" '
    refusal(saved(tmp_path / "ds.ods", changed(data, "content.xml", before, after)))


SEEDS = {
    ".xlsx": [workbook({"Sheet1": ROWS, "Sheet2": [[in_tcvn3(cell) for cell in row] for row in ROWS]})],
    ".ods": [(LISTS / "danh_sach.ods").read_bytes(), (LISTS / "khoa.ods").read_bytes()],
    ".xls": [(LISTS / "danh_sach.xls").read_bytes(), (LISTS / "khoa.xls").read_bytes(), PAGE.encode()],
    ".csv": [
        joined(ROWS).encode("utf-8-sig"),
        joined(ROWS, "\t").encode("utf-16"),
        in_windows_1258(joined(ROWS, ";")),
        in_tcvn3(joined(ROWS)).encode("latin-1"),
        in_vni(joined(ROWS, "|")).encode("latin-1"),
    ],
}
NUMBER = st.sampled_from([b"0", b"-1", b"65536", b"999999999", b"4294967295", b"9" * 20])


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sound file with bytes flipped, cut, doubled or exchanged for numbers; archives also inside a part."""
    suffix = draw(st.sampled_from(sorted(SEEDS)))
    data = draw(st.sampled_from(SEEDS[suffix]))
    if not data.startswith(b"PK") or draw(st.booleans()):
        return suffix, draw(mutated(data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = draw(st.sampled_from(sorted(name for name in archive.namelist() if archive.getinfo(name).file_size)))
        content = archive.read(part)
    return suffix, changed(data, part, content, draw(mutated(content)))


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    content = bytearray(data)
    for _ in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 40))
        insert = draw(st.one_of(st.binary(max_size=4), NUMBER, st.just(bytes(content[place : place + 200]))))
        content[place : place + length] = insert
    return bytes(content[: draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))])


@settings(max_examples=150, deadline=None)
@given(damaged())
def test_a_damaged_file_is_read_or_refused(case: tuple[str, bytes]) -> None:
    suffix, data = case
    with TemporaryDirectory() as folder:
        path = saved(Path(folder) / f"ds{suffix}", data)
        try:
            grids = read(path)
        except UnreadableFile:
            return
    for grid in grids:
        assert len({len(row) for row in grid.cells}) == 1


PIECES = [
    "<",
    ">",
    "x",
    " ",
    "'",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td rowspan=3 colspan='2'>",
    "</td>",
    "<!--",
    "<p>",
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_page_is_rows_of_equal_length(page: str) -> None:
    rows, _ = webpage.read_page(page, 1000)
    assert len({len(row) for row in rows}) <= 1
