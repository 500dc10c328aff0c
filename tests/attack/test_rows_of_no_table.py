"""Lists in which people stand where no table takes them: each of their rows is told, and recording asks first."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from common.lists import VOCABULARY
from common.readers import all_of
from core.store import Filters, open_store
from intake.lists import read_lists
from intake.reading import Reading
from manage import main

Rows = Sequence[Sequence[object]]
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Xã", "Chức vụ"]
STRANGE = ["STT", "Họ và tên", "Ngày sinh", "Xã", "Việc đang làm"]
NAMELESS = ["STT", "Người giữ việc", "Ngày sinh", "Xã", "Chức vụ"]
FOOT = ["", "Người lập biểu", "", "", "TM. ỦY BAN NHÂN DÂN"]


def one(number: object, name: str, post: str = "Bí thư Đảng ủy", birth: object = "12/05/1978") -> list[object]:
    return [number, name, birth, "Hương Hòa", post]


GOOD = [one(1, "Hồ Văn Tâm"), one(2, "A Lăng Bhuôi", "Chủ tịch UBND")]
THREE = [one(1, "Ra Pát Bên"), one(2, "Lê Thị Mai"), one(3, "Pơ Loong Tới")]
FAR = ["", *[""] * 320, "Ra Pát Bên", "Bí thư Đảng ủy"]

# What is in a sheet, and the rows of it that no table takes.
LOST: dict[str, tuple[Rows, list[int]]] = {
    "a post that is not recognised": ([STRANGE, *THREE, HEAD, *GOOD], [2, 3, 4]),
    "no 'Họ và tên'": ([NAMELESS, *THREE, HEAD, *GOOD], [2, 3, 4]),
    "no header at all": ([*THREE, HEAD, *GOOD], [1, 2, 3]),
    "a list of its own below a title": ([["DANH SÁCH BỔ SUNG"], *THREE, [], HEAD, *GOOD], [2, 3, 4]),
    "one after the other in one cell": (
        [["1. A Lăng Bhuôi, 1975, Bí thư Đảng ủy"], ["2. Hồ Văn A"], HEAD, *GOOD],
        [1, 2],
    ),
    "names and posts only": ([["Ra Pát Bên", "Bí thư Đảng ủy"], ["Lê Mai", "lái xe"], HEAD, *GOOD], [1, 2]),
    "below the signatures": ([HEAD, *GOOD, [], FOOT, ["", "Lê Thị Mai", "", "", "Văn phòng"]], [6]),
    "below the signatures, with a post": ([HEAD, *GOOD, [], FOOT, ["", "Bên", "", "", "Bí thư Đảng ủy"]], [6]),
    "below the signatures, without a post": ([HEAD, *GOOD, [], FOOT, ["3", "Ra Pát Bên", "1975"]], [6]),
    "a note that looks like place and date": (
        [HEAD, *GOOD, ["", "Bên", "", "theo QĐ ngày 5 tháng 6 năm 2018"]],
        [4],
    ),
    "in a line that begins like a total": ([HEAD, ["Tổng", "A Lăng Bên", "", "", "Bí thư Đảng ủy"], *GOOD], [2]),
    "in a line that begins like a note": ([HEAD, ["Ghi chú", "Lê Thị Mai", "", "Hương Hòa"], *GOOD], [2]),
    "in a line numbered like a section": ([HEAD, ["A", "Ra Pát Bên", "", "", "Bí thư Đảng ủy"], *GOOD], [2]),
    "a name and one other cell": ([HEAD, ["", "Ra Pát Bên", "", "Hương Hòa"], *GOOD], [2]),
    "a name alone": ([HEAD, *GOOD, ["", "Ra Pát Bên"]], [4]),
    "a post alone": ([HEAD, ["", "", "", "", "Bí thư Đảng ủy"], *GOOD], [2]),
    "no name and no post": ([HEAD, ["3", "", "12/05/1978", "Hương Hòa"], *GOOD], [2]),
    "ticks only": ([[*HEAD, "A", "B", "C"], [4, "", "", "", "", "x", "x", "x"], *GOOD], [2]),
    "to the right of the table, in rows of their own": ([HEAD, *GOOD, [*[""] * 7, "Lê Thị Mai", "Kế toán"]], [4]),
    "to the right of the table, beside others": (
        [HEAD, [*GOOD[0], "", 3, "Ra Pát Bên", "Bí thư Đảng ủy"], [*GOOD[1], "", 4, "Hồ Thị Lan"]],
        [2, 3],
    ),
    "further to the right than anybody looks": ([HEAD, *GOOD, FAR], [4]),
    "a name alone that no family name gives away": (
        [["DANH SÁCH BỔ SUNG"], ["Cao Văn Bé"], ["K'Brửu Ka Să"], HEAD, *GOOD],
        [2, 3],
    ),
    "a name in capitals": ([["CAO VĂN BÉ"], ["VI THỊ LAN"], HEAD, *GOOD], [1, 2]),
    "names in capitals that no family name gives away": (
        [["DANH SÁCH BỔ SUNG"], ["RA PÁT BÊN"], ["CAO NGỌC BÉ"], ["PƠ LOONG TỚI"], [], HEAD, *GOOD],
        [2, 3, 4],
    ),
    "names in capitals, numbered": (
        [["DANH SÁCH BỔ SUNG"], ["1. RA PÁT BÊN"], ["2. BÉ NGỌC"], [], HEAD, *GOOD],
        [2, 3],
    ),
    "names in capitals with a post, a year, a commune": (
        [["RA PÁT BÊN - lái xe"], ["CAO NGỌC BÉ, 1975"], ["Xã Hương Hòa", "PƠ LOONG TỚI"], HEAD, *GOOD],
        [1, 2, 3],
    ),
    "items that are a name and nothing else": (
        [["1. Ra Pát Bên"], ["- Cao Ngọc Bé"], ["ông Pơ Loong Tới"], HEAD, *GOOD],
        [1, 2, 3],
    ),
    "alone among the numbers": ([HEAD, *GOOD, ["Cao Ngọc Bé"], ["Ra Pát Bên - lái xe"]], [4, 5]),
    "a name and a post in one cell": (
        [["Ra Pát Bên - Bí thư Đảng ủy"], ["Vi Thị Lan, kế toán, 1975"], HEAD, *GOOD],
        [1, 2],
    ),
    "in lines that begin like a title": (
        [
            ["Thôn", "Ai", "Việc"],
            ["Thôn 1", "Cao Ngọc Bé", "trưởng thôn"],
            ["Xã Hương Hòa", "Vi Lan", "lái xe"],
            HEAD,
            *GOOD,
        ],
        [2, 3],
    ),
    "a name before a note that looks like a signature": (
        [HEAD, *GOOD, ["", "Ra Pát Bên", "", "", "", "xác nhận của UBND"]],
        [4],
    ),
    "names that begin like titles without their accents": (
        [["Phong Ngọc Tâm", "lái xe"], ["Huyền Ngọc Hoa", "lái xe"], ["Đoàn Thế Anh - lái xe"], HEAD, *GOOD],
        [1, 2, 3],
    ),
    "names that begin like titles with their accents": (
        [["Khối Ngọc Hoa", "lái xe"], ["Năm Thị Hoa", "lái xe"], ["Trích Ngọc Hoa", "thủ kho"], HEAD, *GOOD],
        [1, 2, 3],
    ),
    "a name like a section, to the right": ([HEAD, [*GOOD[0], "", "Đoàn Thế Anh", "lái xe"], GOOD[1]], [2]),
    "names of six words, with a hyphen, in small letters": (
        [["DANH SÁCH"], ["Công Tằng Tôn Nữ Thị Mai"], ["Y-Thông Niê"], ["hồ văn tâm"], HEAD, *GOOD],
        [2, 3, 4],
    ),
    "in a note": ([HEAD, *GOOD, ["Ghi chú: bổ sung Hồ Văn Nam, sinh 1970, Bí thư Đảng ủy"]], [4]),
    "in notes that say what somebody is": (
        [
            HEAD,
            *GOOD,
            ["Ghi chú: Lê Văn C giữ chức Chủ tịch UBND xã từ tháng 6"],
            ["Ghi chú: Ra Pát Bên làm Kế toán thay người nghỉ"],
            FOOT,
            ["Ghi chú: ông Hồ Văn Nam được bầu giữ chức vụ Bí thư Đảng ủy"],
        ],
        [4, 5, 7],
    ),
    "a name after the number of a section": ([HEAD, ["I", "Ra Pát Bên"], *GOOD], [2]),
    "a group and somebody of it": (
        [HEAD, *GOOD, ["Công chức", "Ra Pát Bên", "", "Hương Hòa"], ["Đoàn thể", "Pơ Loong Tới", "", "Hương Hòa"]],
        [4, 5],
    ),
    "before words that look like a foot": (
        [["Ra Pát Bên", "lái xe", "Xác nhận của xã"], ["Pơ Loong Tới", "Kế Toán"], HEAD, *GOOD],
        [1, 2],
    ),
    "below the signatures, with a commune": (
        [HEAD, *GOOD, [], FOOT, ["", "Ra Pát Bên", "", "Hương Hòa"], ["", "Tới Bên", "", "Hương Hòa", "Lái Xe"]],
        [6, 7],
    ),
    "in notes that say no year": (
        [
            HEAD,
            *GOOD,
            ["Ghi chú: bổ sung Hồ Văn Nam, Bí thư Đảng ủy, Lê Thị Mai, Chủ tịch UBND"],
            ["Lưu ý: thêm Ra Pát Bên, sinh 1970, Bí thư Đảng ủy"],
        ],
        [4, 5],
    ),
    "alone with something in brackets, a title, a year": (
        [
            ["Ra Pát Bên (*)"],
            ["Ra Pát Bên (1975)"],
            ["Đồng chí Ra Pát Bên (Bí thư)"],
            ["ÔNG RA PÁT BÊN"],
            ["3. Ra Pát Bên 1975 Bí thư Đảng ủy"],
            HEAD,
            *GOOD,
        ],
        [1, 2, 3, 4, 5],
    ),
    "a column earlier than the others": ([HEAD, *GOOD, ["", "", "12/05/1978", "Lê Thị Mai"]], [4]),
}


def test_a_name_that_begins_like_a_section_is_somebodys(tmp_path: Path) -> None:
    reading = read(tmp_path / "ds.xlsx", [HEAD, *GOOD, ["3", "Đoàn Thế Anh", "", "Hương Hòa", ""]])
    assert [row.row for row in reading.rejected] == [4]


@pytest.mark.parametrize("name", ["Hồ Văn Nam\nLê Thị Mai", "Hồ Văn Nam; Lê Thị Mai", "Hồ Văn An / Lê Thị Hoa"])
def test_two_people_in_one_cell_are_not_one(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path / "ds.xlsx", [HEAD, *GOOD, one(3, name)])
    assert [row.row for row in reading.rejected] == [4]
    assert "nhiều người trong một ô" in reading.rejected[0].message


# Another table beside the list, none of whose headings names a person, and the rows of it.
BESIDE: dict[str, tuple[Rows, list[int]]] = {
    "headings that nobody knows": (
        [
            [*HEAD, "", "Người", "Sinh năm nào", "Việc"],
            [*GOOD[0], "", "Ra Pát Bên", "1975", "lái xe"],
            [*GOOD[1], "", "Bên", "", "thủ kho"],
        ],
        [2, 3],
    ),
    "numbers of their own": (
        [[*HEAD, "", "STT", "Người", "Việc"], [*GOOD[0], "", 3, "Bên", "lái xe"], [*GOOD[1], "", 4, "Tới", "thủ kho"]],
        [2, 3],
    ),
    "names alone": ([[*HEAD, "", "Người"], [*GOOD[0], "", "Lê Thị Mai"], [*GOOD[1], "", "Hồ Lan"]], [2, 3]),
    "posts that are not the people's beside them": (
        [[*HEAD, "", "Người", "Chức vụ"], [*GOOD[0], "", "Ra Pát Bên", "Kế toán"], GOOD[1]],
        [2],
    ),
    "before the list": (
        [["Người", "Việc", "", *HEAD], ["Ra Pát Bên", "lái xe", "", *GOOD[0]], ["", "", "", *GOOD[1]]],
        [2],
    ),
    "beside a section": (
        [[*HEAD, "", "Người", "Việc"], ["I", "CÁN BỘ", *[""] * 4, "Ra Pát Bên", "lái xe"], *GOOD],
        [2],
    ),
    "below fewer rows of headings": (
        [
            [*HEAD[:4], "Chức vụ", "Trình độ", "", "Người", "Năm", "Việc"],
            [*[""] * 5, "Chuyên môn", "", "Ra Pát Bên", "1975", "lái xe"],
            *GOOD,
        ],
        [2],
    ),
    "no headings": ([HEAD, [*GOOD[0], "", "Ra Pát Bên", "lái xe"], GOOD[1]], [2]),
}
# What an ordinary list has beside it.
ITS_OWN: dict[str, Rows] = {
    "remarks": [[*HEAD, "", "Ý kiến của xã", "Hướng khắc phục"], [*GOOD[0], "", "đồng ý", "cho đi học"], GOOD[1]],
    "helpers": [HEAD, [*GOOD[0], "", "OK", "x"], [*GOOD[1], "", "OK", 3.66]],
    "sums": [[*HEAD, "", "Loại", "Bao nhiêu"], [*GOOD[0], "", "Đạt chuẩn", 5], [*GOOD[1], "", "Cán bộ", 3]],
    "a second post": [[*HEAD, "", "Chức vụ kiêm nhiệm", "Phụ cấp gì"], [*GOOD[0], "", "", "có"], GOOD[1]],
    "what is unknown of the same people": [[*HEAD, "Biệt danh", "Ai giới thiệu"], [*GOOD[0], "Bé", "Tâm"], GOOD[1]],
}


def read(path: Path, *sheets: Rows) -> Reading:
    with xlsxwriter.Workbook(path) as book:
        for rows in sheets:
            page = book.add_worksheet()
            for n, row in enumerate(rows):
                page.write_row(n, 0, row)
    return read_lists([path], VOCABULARY, require_commune=False)


@pytest.mark.parametrize("case", LOST)
def test_people_whom_no_table_takes_are_told(case: str, tmp_path: Path) -> None:
    rows, lost = LOST[case]
    reading = read(tmp_path / "ds.xlsx", rows)
    assert [row for left in reading.left_out for row in left.rows] == lost
    assert [p.full_name for p in reading.people] == ["Hồ Văn Tâm", "A Lăng Bhuôi"]
    [account] = reading.accounts
    beside = sum(left.beside for left in reading.left_out)
    assert account.filled == sum(map(any, rows))
    assert account.outside == len(lost) if not beside else account.read == 2
    for left in reading.left_out:
        assert left.issue().severity == "error"
        assert left.issue().row == left.rows[0]
        assert left.place.split(", ")[-1] in left.issue().message


@pytest.mark.parametrize("case", BESIDE)
def test_another_table_beside_the_list_is_told(case: str, tmp_path: Path) -> None:
    rows, lost = BESIDE[case]
    reading = read(tmp_path / "ds.xlsx", rows)
    assert [row for left in reading.left_out for row in left.rows] == lost
    assert [(p.full_name, p.posts) for p in reading.people] == [
        ("Hồ Văn Tâm", ("bi_thu",)),
        ("A Lăng Bhuôi", ("ct_ubnd",)),
    ]


@pytest.mark.parametrize("case", ITS_OWN)
def test_what_a_list_has_beside_it_is_not_lost(case: str, tmp_path: Path) -> None:
    reading = read(tmp_path / "ds.xlsx", ITS_OWN[case])
    assert (len(reading.people), reading.left_out, reading.rejected) == (2, [], [])


def test_the_furniture_of_a_list_is_not_taken_for_people(tmp_path: Path) -> None:
    rows: Rows = [
        ["ỦY BAN NHÂN DÂN", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["XÃ HƯƠNG HÒA", "", "", "Độc lập - Tự do - Hạnh phúc"],
        ["DANH SÁCH CÁN BỘ, CÔNG CHỨC"],
        ["(Kèm theo Công văn số 12 ngày 05/06/2018 của UBND xã)"],
        [],
        HEAD,
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["I", "CÁN BỘ", "", "", ""],
        ["", "Khối Đảng"],
        GOOD[0],
        [2, "", "", "", ""],
        ["II", "CÔNG CHỨC", 1],
        GOOD[1],
        ["", "Khuyết", "", "", "Trưởng Công an"],
        ["", "Tổng cộng: 2 người"],
        ["Ghi chú: chưa kể người đã nghỉ"],
        [],
        ["", "", "", "", "Hương Hòa, ngày 31 tháng 12 năm 2018"],
        FOOT,
        ["", "(Ký, ghi rõ họ tên)", "", "", "CHỦ TỊCH"],
        ["", "Hồ Thị Lan", "", "", "Nguyễn Văn Chiến"],
    ]
    reading = read(tmp_path / "ds.xlsx", rows)
    assert (reading.left_out, reading.rejected) == ([], [])
    [account] = reading.accounts
    assert (account.filled, account.read, account.around) == (sum(map(any, rows)), 2, 17)


def test_a_sheet_without_a_table_is_told_beside_one_that_has_one(tmp_path: Path) -> None:
    reading = read(tmp_path / "ds.xlsx", [HEAD, *GOOD], [STRANGE, *THREE])
    assert [(left.sheet, left.rows) for left in reading.left_out] == [("Sheet2", (2, 3, 4))]
    assert "thiếu cột Chức vụ" in reading.left_out[0].issue().message


def test_columns_put_right_bring_the_people_in(tmp_path: Path) -> None:
    path = tmp_path / "ds.xlsx"
    first = read(path, [STRANGE, *THREE, HEAD, *GOOD])
    [layout] = [layout for layout in first.layouts if not layout.people]
    again = read_lists([path], VOCABULARY, remembered={(layout.key, "Việc đang làm"): "post"})
    assert (len(again.people), again.left_out) == (5, [])


def test_two_people_in_one_row_are_not_made_one(tmp_path: Path) -> None:
    reading = read(tmp_path / "ds.xlsx", [[*HEAD, "", *HEAD], [*GOOD[0], "", *THREE[0]], [*GOOD[1], "", *THREE[1]]])
    assert reading.people == []
    assert "một dòng có hai người, “Hồ Văn Tâm” và “Ra Pát Bên”" in reading.rejected[0].message
    assert len(reading.rejected) == 2


def test_what_is_no_vacancy_and_no_signature_is_somebody(tmp_path: Path) -> None:
    """'Trọng' is not 'trống', and a remark that begins like a signature does not end the list."""
    note = [*HEAD, "Ghi chú"], [*one(1, "Trọng"), ""], ["", "Vi Thị Lan", "", "", "thủ kho", "xác nhận của UBND"]
    reading = read(tmp_path / "ds.xlsx", [*note, *GOOD, ["", "Trống", "", "", "Bí thư Đảng ủy"]])
    assert [p.full_name for p in reading.people] == ["Trọng", "Hồ Văn Tâm", "A Lăng Bhuôi"]
    assert [row.row for row in reading.rejected] == [3]
    assert (reading.left_out, reading.accounts[0].around) == ([], 2)


@pytest.mark.parametrize("names", ["Hồ Văn Tâm\nLê Mai", "Ra Pát Bên\nPơ Loong Tới"])
def test_two_people_in_one_cell_are_not_made_one(tmp_path: Path, names: str) -> None:
    reading = read(tmp_path / "ds.xlsx", [HEAD, *GOOD, one(3, names, "Bí thư Đảng ủy\nChủ tịch UBND")])
    assert "ghi 2 người trong một ô" in reading.rejected[0].message
    whole = read(tmp_path / "ds.xlsx", [HEAD, one(1, "Nguyễn Thị\nHồng Nhung", "Văn phòng -\nthống kê")])
    assert [p.full_name for p in whole.people] == ["Nguyễn Thị Hồng Nhung"]


def test_words_beside_words_are_a_title(tmp_path: Path) -> None:
    above: Rows = [
        ["Huyện", "Nam Đông"],
        ["Đơn vị: Hương Hòa", "Biểu số 1"],
        ["Uỷ Ban Nhân Dân"],
        ["PHÒNG VĂN HÓA"],
        ["TRUNG TÂM HÀNH CHÍNH"],
        ["TÌNH HÌNH CHUNG"],
        ["CHẤT LƯỢNG CÁN BỘ (cấp xã)"],
        ["SỐ LƯỢNG BIÊN CHẾ - 2018"],
        ["XÃ HƯƠNG HÒA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["1. TÌNH HÌNH CHUNG"],
    ]
    reading = read(tmp_path / "ds.xlsx", [*above, HEAD, ["", "Hội Nông dân"], *GOOD])
    assert (reading.left_out, reading.accounts[0].around) == ([], 12)


@pytest.mark.parametrize("names", [("Họ", "Tên"), ("Họ đệm", "Tên")])
def test_a_name_in_two_columns_is_one_name(tmp_path: Path, names: tuple[str, str]) -> None:
    people = [("Hồ Văn", "Tâm"), ("Lưu Ý", "Nhi"), ("Đoàn Thế", "Anh"), ("Phong Ngọc", "Tâm"), ("Thôn Ngọc", "Hoa")]
    rows = [[n, *name, "Kế toán", "Hương Hòa", "12/05/1978"] for n, name in enumerate(people, 1)]
    reading = read(tmp_path / "ds.xlsx", [["STT", *names, "Chức vụ", "Xã", "Ngày sinh"], *rows])
    assert [p.full_name for p in reading.people] == [" ".join(name) for name in people]


def test_a_name_like_a_note_is_a_person_beside_a_post(tmp_path: Path) -> None:
    heading = ["Họ và tên", "Chức vụ", "Xã"]
    good = [["Hồ Văn Tâm", "Bí thư Đảng ủy", "Hương Hòa"], ["Lưu Ý Nhi", "Kế toán", "Hương Hòa"]]
    reading = read(tmp_path / "ds.xlsx", [heading, *good, ["Lưu ý: xã nộp chậm", "Kế toán", ""]])
    assert [p.full_name for p in reading.people] == ["Hồ Văn Tâm", "Lưu Ý Nhi"]


def test_a_heading_is_nobody_s_name(tmp_path: Path) -> None:
    reading = read(tmp_path / "ds.xlsx", [HEAD, *GOOD, one(3, "Họ và tên")])
    assert [row.row for row in reading.rejected] == [4]


def test_a_hidden_sheet_with_people_of_no_table_is_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        for rows, hide in (([HEAD, *GOOD], False), ([NAMELESS, *THREE], True)):
            page = book.add_worksheet()
            for n, row in enumerate(rows):
                page.write_row(n, 0, row)
            if hide:
                page.hide()
    reading = read_lists([tmp_path / "ds.xlsx"], VOCABULARY)
    assert sorted((a.filled, a.hidden) for a in reading.accounts) == [(3, 0), (4, 4)]
    assert any("Trang tính ẩn “Sheet2”" in issue.message for issue in reading.issues)


def test_a_hidden_sheet_of_names_that_no_family_name_gives_away_is_told(tmp_path: Path) -> None:
    values = [["Kinh", "Bí thư Đảng ủy", "Nam Đông"], ["Cơ Tu", "Kế toán", "Thừa Thiên Huế"]]
    for rows, told in ((THREE[:1], True), (values, False)):
        with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
            for sheet in ([HEAD, *GOOD], rows):
                page = book.add_worksheet()
                for n, row in enumerate(sheet):
                    page.write_row(n, 0, row)
            page.hide()
        reading = read_lists([tmp_path / "ds.xlsx"], VOCABULARY)
        assert any("Trang tính ẩn “Sheet2”" in issue.message for issue in reading.issues) is told


# On the page and the command line


def listed(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def test_the_command_line_tells_them_and_keeps_them_with_the_batch(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(office))
    (tmp_path / "ds.csv").write_bytes(listed(LOST["a post that is not recognised"][0]))
    assert main(["import", str(tmp_path / "ds.csv"), "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["accepted"], told["rejected"]) == (2, 2, 0)
    [issue] = [i for i in told["issues"] if "không thuộc bảng nào" in i["message"]]
    assert (issue["severity"], issue["row"], issue["file"]) == ("error", 2, "ds.csv")
    assert main(["import", str(tmp_path / "ds.csv")]) == 0
    said = capsys.readouterr()
    assert "3 dòng không thuộc bảng nào nên chưa được đọc" in said.out
    assert "“1 · Ra Pát Bên · 12/05/1978 · Hương Hòa”" in said.err
    kept = open_store().fetch("select row_number, cells from rejected_row order by row_number")
    assert kept.row_number.tolist() == [2, 3, 4]
    assert "Lê Thị Mai" in kept.cells[1]


def test_the_page_shows_them_first_and_asks_before_it_records(office: Path, open_app: Callable[..., AppTest]) -> None:
    app = open_app(office, "intake")
    app.file_uploader[0].upload("ds.csv", listed(LOST["a post that is not recognised"][0]), "text/csv")
    app.run()
    assert "3 dòng không thuộc bảng nào" in next(m.value for m in app.markdown if m.value.startswith("## "))
    assert "**3 dòng có nội dung nhưng không thuộc bảng nào" in app.warning[0].value
    shown = app.table[0].value.to_csv()
    assert "dòng 2–4" in shown
    assert "thiếu cột Chức vụ" in shown
    assert "Ra Pát Bên" in shown
    record = next(b for b in app.button if b.label == "Ghi nhận" and b.key == "intake-record")
    assert record.disabled
    [agree] = [c for c in app.checkbox if c.label == "Ghi nhận mà không có 3 dòng không thuộc bảng nào"]
    agree.check().run()
    app.button(key="intake-record").click().run()
    assert "Đã ghi nhận đợt 1." in app.success[0].value
    assert len(all_of(open_store()).query("roster", Filters(date(2018, 12, 31)))) == 2


def test_many_files_that_are_no_lists_are_one_message(office: Path, open_app: Callable[..., AppTest]) -> None:
    app = open_app(office, "intake")
    for n in range(4):
        app.file_uploader[0].upload(f"sai {n}.csv", "không có bảng".encode(), "text/csv")
        app.run()
    app.file_uploader[0].upload("thư.pdf", b"%PDF", "application/pdf")
    app.run()
    assert [e.value for e in app.error] == ["4 tệp không đọc được; các tệp khác không bị ảnh hưởng."]
    assert "Không nhận tệp thư.pdf" in app.warning[0].value.replace("\\", "")
    app.button(key="leave-unreadable").click().run()
    assert not app.error
    assert not app.exception
