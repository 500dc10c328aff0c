"""Lists as communes send them, read from real files: whose they are, headers of every shape, other kinds of table."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from common.lists import HEADING, LISTS, day, held, person, plain, read, sheet_csv, workbook
from core.vietnamese import Partial


def communes(path: Path, **options: Any) -> list[str | None]:
    return [p.commune for p in read(path, **options).people]


def test_the_commune_comes_from_the_nearest_place_that_names_one(tmp_path: Path) -> None:
    header = ["STT", "Họ và tên", "Chức vụ"]
    people: list[list[object]] = [[1, "Hồ Văn Tâm", "Tư pháp - Hộ tịch"]]

    def book(name: str, sheet: str, title: str, column: str = "") -> Path:
        place = [["Xã"], [column]] if column else [[], []]
        return workbook(tmp_path / name, [[title], header + place[0], people[0] + place[1]], sheet=sheet)

    named = book("Huong Giang.xlsx", "Khe Tre", "UBND xã Hương Hòa", "Thượng Lộ")
    assert communes(named, default_commune="Hương Lộc") == ["Thượng Lộ"]
    assert communes(book("Huong Giang.xlsx", "Khe Tre", "UBND xã Hương Hòa")) == ["Hương Hòa"]
    assert communes(book("Huong Giang.xlsx", "Khe Tre", "Danh sách")) == ["Khe Tre"]
    assert communes(book("Huong Giang.xlsx", "Sheet1", "Danh sách"), default_commune="Hương Lộc") == ["Hương Giang"]
    unnamed = book("ds.xlsx", "Sheet1", "UBND huyện Nam Đông")
    assert communes(unnamed, default_commune="xã hương lộc") == ["Hương Lộc"]
    assert communes(unnamed, require_commune=False) == [None]
    reading = read(unnamed)
    assert reading.people == []
    assert [issue.message for issue in reading.issues] == [
        "Dòng 3, cột Xã, thị trấn: không có tên xã ở cột, tiêu đề, tên trang tính hay tên tệp. "
        "Sửa trong tệp rồi nạp lại, hoặc bỏ qua dòng này."
    ]


def test_one_list_for_the_district_names_each_commune_in_a_row_of_its_own(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["DANH SÁCH CÁN BỘ CẤP XÃ HUYỆN NAM ĐÔNG"],
        ["STT", "Họ và tên", "Chức vụ", "Ghi chú"],
        ["I", "Xã Hương Hòa"],
        [1, "Hồ Văn Tâm", "Bí thư Đảng ủy", "Luân chuyển từ xã Hương Lộc"],
        ["", "Đồng chí Tâm được luân chuyển từ xã Hương Lộc"],
        [2, "Ra Pát Thị Mai", "Chủ tịch UBND"],
        ["II", "Thị trấn Khe Tre"],
        [1, "Phan Đình Lộc", "Bí thư Đảng ủy"],
    ]
    assert communes(workbook(tmp_path / "huyen.xlsx", rows)) == ["Hương Hòa", "Hương Hòa", "Khe Tre"]


# --- whole files -------------------------------------------------------------------------------------------


def test_old_excel_and_libreoffice_files_read_alike() -> None:
    old, free = (read(LISTS / f"danh_sach.{kind}") for kind in ("xls", "ods"))
    assert old.issues == free.issues == old.unreadable == free.unreadable == []
    assert [replace(p, file="") for p in old.people] == [replace(p, file="") for p in free.people]
    first, second, third = old.people
    assert (first.row, first.full_name, first.birth, first.gender) == (9, "Phan Đình Lộc", day("1970-02-03"), "nam")
    assert first.posts == ("bi_thu", "ct_hdnd")
    assert first.position_text == "Bí thư Đảng ủy kiêm Chủ tịch HĐND"
    assert first.started == first.first_held == Partial(date(2015, 6, 1), "thang")
    assert (second.birth, second.gender, second.ethnicity) == (Partial(date(1982, 1, 1), "nam"), "nu", "Cơ Tu")
    assert set(second.levels) == {held("chuyen_mon", "so_cap"), held("hoc_van", "thcs"), held("llct", "so_cap")}
    assert held("chuyen_mon", "trung_cap", "Văn thư") in third.levels
    assert {p.commune for p in old.people} == {"Hương Hòa"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_separator(tmp_path: Path, delimiter: str) -> None:
    rows: list[list[object]] = [
        ["Danh sách, xã Hương Hòa"],
        HEADING,
        person(**{"Chức vụ": "Bí thư Đảng ủy, Chủ tịch HĐND"}),
    ]
    reading = read(sheet_csv(tmp_path / "ds.csv", rows, delimiter))
    assert [(p.full_name, p.posts, p.birth) for p in reading.people] == [
        ("Hồ Văn Tâm", ("bi_thu", "ct_hdnd"), day("1988-05-12"))
    ]


def test_several_files_sheets_and_tables_are_read_together(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "ca huyen.xlsx")
    for name in ("Hương Hòa", "Khe Tre"):
        page = book.add_worksheet(name)
        for start in (0, 10):
            page.write_row(start, 2, ["TT", "Họ tên", "Chức danh"])
            page.write_row(start + 1, 2, [1, f"Hồ Văn {name} {start}", "Văn hóa - Xã hội"])
    book.close()
    reading = read(tmp_path / "ca huyen.xlsx", plain(tmp_path / "ds.csv", person()))
    assert reading.files == ["ca huyen.xlsx", "ds.csv"]
    assert [(p.sheet, p.row, p.commune) for p in reading.people] == [
        ("Hương Hòa", 2, "Hương Hòa"),
        ("Hương Hòa", 12, "Hương Hòa"),
        ("Khe Tre", 2, "Khe Tre"),
        ("Khe Tre", 12, "Khe Tre"),
        ("", 2, "Hương Hòa"),
    ]


def test_a_hidden_sheet_is_named_and_not_read(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "ds.xlsx")
    for name in ("Hương Hòa", "Khe Tre"):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["Họ tên", "Chức danh"])
        page.write_row(1, 0, ["Hồ Văn Tâm", "Văn hóa - Xã hội"])
    page.hide()
    book.add_worksheet("danh mục").hide()
    book.close()
    reading = read(tmp_path / "ds.xlsx")
    assert [p.commune for p in reading.people] == ["Hương Hòa"]
    assert [(i.sheet, i.severity) for i in reading.issues] == [("Khe Tre", "warning")]


def test_hidden_sheets_are_read_when_the_officer_agrees(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "ds.xlsx")
    book.add_worksheet("trống")
    page = book.add_worksheet("Khe Tre")
    page.write_row(0, 0, ["Họ tên", "Chức danh"])
    page.write_row(1, 0, ["Hồ Văn Tâm", "Văn hóa - Xã hội"])
    page.hide()
    book.close()
    reading = read(tmp_path / "ds.xlsx")
    assert "chỉ có danh sách trong trang tính ẩn “Khe Tre”" in reading.unreadable[0].message
    reading = read(tmp_path / "ds.xlsx", include_hidden=True)
    assert ([p.commune for p in reading.people], reading.issues, reading.unreadable) == (["Khe Tre"], [], [])


HEADERS: dict[str, tuple[list[list[object]], list[str]]] = {
    "three rows": (
        [
            ["TT", "Họ và tên", "Thông tin cá nhân", "", "", "Chức vụ", "Trình độ", "", ""],
            ["", "", "Năm sinh", "", "Dân tộc", "", "Văn hóa", "Chuyên môn", ""],
            ["", "", "Nam", "Nữ", "", "", "", "Trình độ", "Chuyên ngành"],
        ],
        ["A1:A3", "B1:B3", "C1:E1", "C2:D2", "E2:E3", "F1:F3", "G1:I1", "G2:G3", "H2:I2"],
    ),
    "two rows, the text of merged cells at the bottom": (
        [
            ["", "", "Ngày, tháng, năm sinh", "", "", "", "Trình độ", "", ""],
            ["STT", "Họ tên", "Nam", "Nữ", "Dân tộc", "Chức danh", "Văn hóa", "Trình độ chuyên môn", "Ngành đào tạo"],
        ],
        [],
    ),
    "one row": (
        [
            [
                "Số TT",
                "Họ và tên (chữ in hoa)",
                "Ngày sinh nam",
                "Ngày sinh (nữ)",
                "Dân tộc",
                "Chức vụ, chức danh đang đảm nhiệm",
                "Trình độ văn hóa",
                "Trình độ CM",
                "Chuyên ngành đào tạo",
            ]
        ],
        [],
    ),
}


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_headers_of_one_to_three_rows_anywhere(tmp_path: Path, name: str, kind: str) -> None:
    header, merges = HEADERS[name]
    rows: list[list[object]] = [
        *header,
        list(range(1, 10)),
        [1, "HỒ THỊ MAI", "", "06/1980", "Cơ Tu", "PCT HĐND", "12/12", "ĐH", "Luật"],
    ]
    if kind == "xlsx":
        reading = read(workbook(tmp_path / "Khe Tre.xlsx", rows, merges))
    else:
        reading = read(sheet_csv(tmp_path / "Khe Tre.csv", [["UBND thị trấn Khe Tre"], [], *rows]))
    (found,) = reading.people
    assert reading.issues == []
    assert (found.full_name, found.birth, found.gender) == ("HỒ THỊ MAI", Partial(date(1980, 6, 1), "thang"), "nu")
    assert (found.ethnicity, found.posts, found.commune) == ("Cơ Tu", ("pct_hdnd",), "Khe Tre")
    assert found.levels == (held("chuyen_mon", "dai_hoc", "Luật"), held("hoc_van", "thpt"))


def test_headings_that_are_nearly_right_are_used_and_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Họ và tênn", "Chức vụ, chức danhh", "Quê quán", "Nơi ởr"],
        ["Hồ Văn Tâm", "Tư pháp - Hộ tịch", "Huế", "Huế"],
    ]
    reading = read(sheet_csv(tmp_path / "Khe Tre.csv", rows))
    assert [p.full_name for p in reading.people] == ["Hồ Văn Tâm"]
    assert [(i.row, i.column, i.severity) for i in reading.issues] == [
        (1, "Họ và tênn", "warning"),
        (1, "Chức vụ, chức danhh", "warning"),
    ]
    assert "“Họ và tênn” được hiểu là cột “Họ và tên”" in reading.issues[0].message


def test_other_columns_do_not_pass_for_ours(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["STT", "Họ và tên", "Chức vụ", "Phụ cấp", "", "Ngoại ngữ", "", "Thời điểm hưởng", ""],
        ["", "", "", "Hệ số", "Chức vụ", "Tên", "Trình độ", "Tháng", "Năm"],
        [1, "Hồ Văn Tâm", "Tư pháp - Hộ tịch", 2.34, "Chủ tịch UBND", "Anh", "Đại học", 7, 2018],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1", "H1:I1"]
    (found,) = read(workbook(tmp_path / "Khe Tre.xlsx", rows, merges)).people
    assert (found.posts, found.levels, found.birth) == (("tp_ht",), (), None)


def test_a_name_split_over_two_columns_and_posts_in_two_columns(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["STT", "Họ và tên", "", "Chức vụ", ""],
        ["", "", "", "Đảng", "Chính quyền"],
        [1, "Hồ Văn", "Tâm", "Phó Bí thư Đảng ủy", "Chủ tịch UBND"],
        [2, "Bh'ling", "", "", "Văn phòng - Thống kê"],
    ]
    merges = ["A1:A2", "B1:C2", "D1:E1"]
    reading = read(workbook(tmp_path / "Khe Tre.xlsx", rows, merges))
    assert [(p.full_name, p.posts) for p in reading.people] == [
        ("Hồ Văn Tâm", ("pho_bi_thu", "ct_ubnd")),
        ("Bh'ling", ("vp_tk",)),
    ]
    assert reading.people[0].position_text == "Phó Bí thư Đảng ủy; Chủ tịch UBND"


def test_rows_that_are_no_people_are_passed_over_in_silence(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["STT", "Họ và tên", "Năm sinh", "Chức vụ"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["A", "CÁN BỘ CHUYÊN TRÁCH", "", "2 người"],
        [1, "Tống Văn Cộng", 1970, "Bí thư"],
        [2, "Đảng Thị Khuyết", 1975, "Chủ tịch HĐND"],
        [3, "Khuyết", "", "Phó Chủ tịch HĐND"],
        [],
        ["", "Cộng: 2 người"],
        ["II. CÔNG CHỨC"],
        [4, "Công Huyền Tôn Nữ Ghi", "", "Tư pháp - Hộ tịch"],
        [5],
        ["Tổng cộng", "", 3, 3],
        ["Ghi chú: danh sách tính đến ngày 31/12/2018"],
        ["", "", "", "Khe Tre, ngày 31 tháng 12 năm 2018"],
        ["", "NGƯỜI LẬP BIỂU", "", "CHỦ TỊCH UBND"],
        ["", "(Ký, ghi rõ họ tên)", "", "(Ký tên, đóng dấu)"],
        ["", "Lê Quang Vinh", "", "Võ Thị Thảo"],
    ]
    reading = read(workbook(tmp_path / "Khe Tre.xlsx", rows))
    assert [p.full_name for p in reading.people] == ["Tống Văn Cộng", "Đảng Thị Khuyết", "Công Huyền Tôn Nữ Ghi"]
    assert reading.issues == reading.unreadable == []


def test_ticked_levels_in_a_file_without_merged_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["UBND thị trấn Khe Tre"],
        ["STT", "Họ và tên", "Chức danh", "Trình độ", "", "", "", "LLCT: Sơ cấp", "LLCT: Trung cấp"],
        ["", "", "", "Văn hóa", "", "Chuyên môn", "", "", ""],
        ["", "", "", "THCS", "THPT", "TC", "ĐH", "", ""],
        [1, "Hồ Văn Tâm", "Kế toán", "", "x", "x", "", "", "x"],
        [2, "Hồ Thị Mai", "Kế toán", "", "x", "Kế toán", "Luật", "", ""],
    ]
    reading = read(sheet_csv(tmp_path / "ds.csv", rows))
    assert reading.issues == []
    assert [set(p.levels) for p in reading.people] == [
        {held("hoc_van", "thpt"), held("chuyen_mon", "trung_cap"), held("llct", "trung_cap")},
        {held("hoc_van", "thpt"), held("chuyen_mon", "trung_cap", "Kế toán"), held("chuyen_mon", "dai_hoc", "Luật")},
    ]


def test_headings_over_several_columns_give_way_to_what_stands_below(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["STT", "Họ và tên", "Ngày sinh", "", "", "Chức vụ", "Chuyên môn", "", "", "Lý luận chính trị", "", ""],
        ["", "", "Ngày", "Tháng", "Năm", "", "Trình độ", "Chuyên ngành", "Hệ đào tạo", "SC", "TC trở lên", "Lớp khác"],
        [1, "Hồ Văn Tâm", 5, 5, 1975, "Bí thư", "Đại học", "Luật", "VLVH", "", "x", ""],
        [2, "Hồ Thị Mai", "", "", "1976", "CT HĐND", "TC", "Kế toán", "CQ", "x", "", "x"],
    ]
    reading = read(workbook(tmp_path / "Khe Tre.xlsx", rows, ["C1:E1", "G1:I1", "J1:L1"]))
    assert reading.issues == []
    assert [(p.birth, set(p.levels)) for p in reading.people] == [
        (day("1975-05-05"), {held("chuyen_mon", "dai_hoc", "Luật"), held("llct", "trung_cap")}),
        (Partial(date(1976, 1, 1), "nam"), {held("chuyen_mon", "trung_cap", "Kế toán"), held("llct", "so_cap")}),
    ]


def test_the_same_as_above_goes_on_under_a_header_on_the_next_page(tmp_path: Path) -> None:
    header = ["STT", "Họ và tên", "Chức danh", "Dân tộc"]
    rows: list[list[object]] = [header, [1, "Hồ Tâm", "Kế toán", "Cơ Tu"], header, [2, "Hồ Mai", "nt", '"']]
    reading = read(sheet_csv(tmp_path / "Khe Tre.csv", rows))
    assert [(p.posts, p.ethnicity) for p in reading.people] == [(("tc_kt",), "Cơ Tu")] * 2
    assert [(layout.header_row, layout.people) for layout in reading.layouts] == [(1, 2)]


# --- other kinds of table ----------------------------------------------------------------------------------


def test_a_history_of_posts(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ, chức danh", "Từ ngày", "Đến ngày", "Lý do"],
        [1, "Hồ Văn Tâm", "1960", "Nam", "Chủ tịch UBND", "06/2004", "30/06/2016", "Nghỉ hưu"],
        [2, "Ra Pát Thị Mai", "", "Nữ", "Bí thư Đoàn", "", "01/08/2017", "chuyển đi xa"],
        [3, "Phan Đình Lộc", "1975", "Nam", "Bí thư Đảng ủy", "01/07/2015", "", ""],
    ]
    reading = read(sheet_csv(tmp_path / "qua trinh Khe Tre.csv", rows))
    assert reading.people == []
    assert [(h.posts, h.started, h.ended, h.end_reason) for h in reading.history] == [
        (("ct_ubnd",), Partial(date(2004, 6, 1), "thang"), day("2016-06-30"), "nghi_huu"),
        (("bt_doan",), None, day("2017-08-01"), "khac"),
        (("bi_thu",), day("2015-07-01"), None, None),
    ]
    assert {h.commune for h in reading.history} == {"Khe Tre"}
    assert [(i.row, i.column) for i in reading.issues] == [(3, "Lý do")]


def test_certificates(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "Xã",
            "Loại văn bằng, chứng chỉ",
            "Trình độ",
            "Chuyên ngành",
            "Ngày cấp",
            "Số hiệu",
        ],
        [1, "Hồ Văn Tâm", "12/05/1988", "Khe Tre", "Chuyên môn", "Đại học", "Luật", "15/07/2014", "B 0123"],
        [2, "Hồ Văn Tâm", "12/05/1988", "Khe Tre", "LLCT", "Trung cấp", "", "2016", ""],
        [3, "Hồ Văn Tâm", "12/05/1988", "Khe Tre", "Tin học", "đang học B", "", "", ""],
        [4, "Hồ Văn Tâm", "12/05/1988", "Khe Tre", "Bơi lội", "A", "", "", ""],
        [5, "Hồ Văn Tâm", "12/05/1988", "Khe Tre", "Tin học", "", "", "", ""],
        [6, "Hồ Văn Tâm", "12/05/1988", "Khe Tre", "Tin học", "A", "", "31/02/2015", ""],
    ]
    reading = read(sheet_csv(tmp_path / "bang cap.csv", rows))
    assert [c.held for c in reading.certificates] == [
        held("chuyen_mon", "dai_hoc", "Luật", obtained=day("2014-07-15"), evidence="B 0123"),
        held("llct", "trung_cap", obtained=Partial(date(2016, 1, 1), "nam")),
        held("tin_hoc", "b", status="dang_hoc"),
        held("tin_hoc", "a"),
    ]
    assert [(i.row, i.column, i.severity) for i in reading.issues] == [
        (5, "Loại văn bằng, chứng chỉ", "error"),
        (6, "Trình độ", "error"),
        (7, "Ngày cấp", "warning"),
    ]


def test_the_roster_query_reads_back(tmp_path: Path) -> None:
    names = (
        "person_id,full_name,birth_date,gender,commune,position,"
        "hoc_van,chuyen_mon,nganh,llct,qlnn,tin_hoc,first_held_on"
    )
    rows: list[list[object]] = [
        [*names.split(",")],
        [
            "17",
            "Hồ Văn Tâm",
            "1988-05-12",
            "nam",
            "Khe Tre",
            "vp_tk",
            "thpt",
            "trung_cap",
            "Văn thư",
            "so_cap",
            "boi_duong",
            "co_ban",
            "2012-03-01",
        ],
        ["18", "Ra Pát Thị Mai", "", "nu", "Xã nơi khác", "bi_thu, ct_hdnd", "", "chua", "", "trung_cap", "", "", ""],
    ]
    reading = read(sheet_csv(tmp_path / "roster.csv", rows), require_commune=False)
    assert reading.issues == []
    first, second = reading.people
    assert (first.birth, first.gender, first.commune, first.posts) == (day("1988-05-12"), "nam", "Khe Tre", ("vp_tk",))
    assert (first.started, first.first_held) == (None, day("2012-03-01"))
    assert first.levels == (
        held("chuyen_mon", "trung_cap", "Văn thư"),
        held("hoc_van", "thpt"),
        held("llct", "so_cap"),
        held("qlnn", "boi_duong"),
        held("tin_hoc", "co_ban"),
    )
    assert (second.gender, second.commune, second.posts) == ("nu", None, ("bi_thu", "ct_hdnd"))
    assert second.levels == (held("chuyen_mon", "chua"), held("llct", "trung_cap"))


def test_a_name_and_a_post_are_enough_to_be_judged(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Họ tên", "Chức vụ", "Trình độ chuyên môn", "Lý luận chính trị", "Văn hóa", "Tuyển dụng"],
        ["Hồ Văn Tâm", "Kế toán", "ĐH Kế toán", "", "12/12", "2014"],
        ["Ra Pát Thị Mai", "CT UBND", "", "", "", ""],
    ]
    first, second = read(sheet_csv(tmp_path / "x.csv", rows), require_commune=False).people
    assert first.levels == (held("chuyen_mon", "dai_hoc", "Kế toán"), held("hoc_van", "thpt"))
    assert (second.posts, second.birth, second.commune, second.levels) == (("ct_ubnd",), None, None, ())
