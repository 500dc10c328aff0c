"""Lists as communes send them, read from real files."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.lists import (
    COMMUNES,
    HEADING,
    LEVELS,
    LISTS,
    VOCABULARY,
    WORDS,
    day,
    held,
    person,
    plain,
    put,
    read,
    sheet_csv,
    workbook,
)
from common.reference_tables import reference
from core.vietnamese import Partial, date_short, key
from intake import tables
from intake.lists import Column, Held, Layout, StrangeWord, Vocabulary, Word, field_names, read_lists
from intake.normalise import IGNORED, Unclear

# --- the words ---------------------------------------------------------------------------------------------


def test_a_word_means_one_thing_in_its_domain() -> None:
    meanings: dict[tuple[str, str], set[str]] = {}
    for word in WORDS:
        meanings.setdefault((word.domain, key(word.word)), set()).add(word.code)
    assert {place: codes for place, codes in meanings.items() if len(codes) > 1} == {}
    assert len(WORDS) == len(set(WORDS))


def test_levels_stand_in_the_vocabulary_from_the_lowest_up() -> None:
    ranks = {(row["criterion"], row["level"]): row["rank"] for row in reference("level")}
    for criterion in ("hoc_van", "chuyen_mon", "llct", "qlnn", "tin_hoc", "tieng_dtts"):
        found = [ranks[criterion, code] for code in VOCABULARY.codes(criterion) if code != IGNORED]
        assert found == sorted(found), criterion


def test_the_names_the_product_prints_are_understood_when_they_come_back() -> None:
    for row in reference("post"):
        for text in (row["post"], row["label"], row["short_label"], row["label"].upper() + " xã Hương Hòa"):
            assert VOCABULARY.posts(text) == (row["post"],), text
    for row in reference("level"):
        if row["kind"] == "level":
            for text in (row["level"], row["label"]):
                assert VOCABULARY.levels(row["criterion"], text) == (held(row["criterion"], row["level"]),), text


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Bí thư Đảng ủy", ("bi_thu",)),
        ("PCT UBND", ("pct_ubnd",)),
        ("Bí thư Đảng ủy kiêm Chủ tịch HĐND", ("bi_thu", "ct_hdnd")),
        ("BT ĐU, CT HĐND xã", ("bi_thu", "ct_hdnd")),
        ("Phó Bí thư Đảng ủy\nChủ tịch UBND xã Hương Hòa", ("pho_bi_thu", "ct_ubnd")),
        ("Phó Bí thư Thường trực Đảng ủy", ("pho_bi_thu",)),
        ("UVBTV Đảng ủy - Trưởng Công an xã", ("truong_ca",)),
        ("Công chức Địa chính - NN - XD&MT", ("dia_chinh",)),
        ("VH-XH (phụ trách LĐTBXH)", ("vh_xh",)),
        ("Cán bộ phụ trách giảm nghèo", ("kct_giam_ngheo",)),
        ("Phó Chủ tịch Hội Nông dân", ("kct_pct_nd",)),
        ("Phó Bí thư Đoàn TNCS Hồ Chí Minh", ("kct_pbt_doan",)),
        ("Chủ tịch UBND nhiệm kỳ 2016-2021", ("ct_ubnd",)),
        ("CHỈ HUY TRƯỞNG BCH QUÂN SỰ THỊ TRẤN KHE TRE", ("cht_quan_su",)),
        ("bi_thu;ct_hdnd", ("bi_thu", "ct_hdnd")),
    ],
)
def test_posts(text: str, posts: tuple[str, ...]) -> None:
    assert VOCABULARY.posts(text) == posts


@pytest.mark.parametrize(
    "text", ["Chủ tịch", "Bí thư chi bộ thôn 3", "Chủ tịch HĐND, phó ban", "Đảng ủy viên", "", "x" * 5000]
)
def test_a_post_is_never_guessed_from_a_part_of_its_words(text: str) -> None:
    with pytest.raises(Unclear, match="không có trong danh mục chức vụ, chức danh cấp xã"):
        VOCABULARY.posts(text)


def test_a_misspelt_post_comes_with_what_it_may_be() -> None:
    with pytest.raises(Unclear, match=r"gần giống “Chủ tịch Hội Nông dân”$"):
        VOCABULARY.posts("Chủ tich Hôi Nông đânn")


@pytest.mark.parametrize(
    ("criterion", "text", "level"),
    [
        # legal.md, trap 27: 10/10 finishes the old ten-year school, 10/12 and 11/12 finish nothing.
        ("hoc_van", "12/12", "thpt"),
        ("hoc_van", "10/10", "thpt"),
        ("hoc_van", "BT 12/12", "thpt"),
        ("hoc_van", "12/12 (BTVH)", "thpt"),
        ("hoc_van", "THPT", "thpt"),
        ("hoc_van", "11/12", "thcs"),
        ("hoc_van", "10/12", "thcs"),
        ("hoc_van", "9/12", "thcs"),
        ("hoc_van", "Lớp 9/12", "thcs"),
        ("hoc_van", "7/10", "thcs"),
        ("hoc_van", "9/10", "thcs"),
        ("hoc_van", "8/12", "tieu_hoc"),
        ("hoc_van", "6/10", "tieu_hoc"),
        # Excel turns a typed 12/12 or 9/12 into a day.
        ("hoc_van", date(2018, 12, 12), "thpt"),
        ("hoc_van", date(2018, 12, 9), "thcs"),
        ("hoc_van", date(2018, 9, 12), "thcs"),
        ("hoc_van", "12/12/2018", "thpt"),
        ("hoc_van", "2018-12-09", "thcs"),
        # legal.md, trap 28.
        ("llct", "SC", "so_cap"),
        ("llct", "TC", "trung_cap"),
        ("llct", "CC", "cao_cap"),
        ("llct", "CN", "cu_nhan"),
        ("llct", "Trung cấp LLCT-HC", "trung_cap"),
        ("llct", "Không", "chua"),
        ("chuyen_mon", "chưa qua đào tạo", "chua"),
        ("chuyen_mon", "Th.S", "thac_si"),
        ("chuyen_mon", "Cử nhân", "dai_hoc"),
        ("chuyen_mon", "Kỹ sư", "dai_hoc"),
        ("qlnn", "Chuyên viên", "chuyen_vien"),
        ("qlnn", "CVC", "chuyen_vien_chinh"),
        ("tin_hoc", "B", "b"),
        ("tin_hoc", "Chứng chỉ A", "a"),
        ("tin_hoc", "UDCNTTCB", "co_ban"),
        ("tin_hoc", "UDCNTT cơ bản", "co_ban"),
        ("tin_hoc", "chưa", "chua"),
        ("tieng_dtts", "Tiếng Cơ Tu", "biet"),
        ("tieng_dtts", "Thành thạo", "thanh_thao"),
        ("tieng_dtts", "+", "biet"),
        ("qlnn", "✓", "boi_duong"),
        ("hoc_van", "TN THPT", "thpt"),
        ("hoc_van", "Tốt nghiệp 12/12", "thpt"),
        ("hoc_van", "12/12 (bổ túc)", "thpt"),
        ("qlnn", "Bồi dưỡng QLNN", "boi_duong"),
        ("qlnn", "QLNN chương trình chuyên viên", "chuyen_vien"),
        ("llct", "Cao cấp LLCT - HC", "cao_cap"),
        ("qlnn", "Chứng chỉ bồi dưỡng ngạch chuyên viên", "chuyen_vien"),
        ("tin_hoc", "Chứng chỉ", "a"),
        ("tin_hoc", "Chứng chỉ UDCNTT CB", "co_ban"),
        ("tin_hoc", "Trung cấp", "trung_cap_tro_len"),
    ],
)
def test_levels(criterion: str, text: object, level: str) -> None:
    assert VOCABULARY.levels(criterion, text) == (held(criterion, level),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ĐH Luật", [held("chuyen_mon", "dai_hoc", "Luật")]),
        ("Trung cấp Kế toán", [held("chuyen_mon", "trung_cap", "Kế toán")]),
        ("Đại học (tại chức) Luật", [held("chuyen_mon", "dai_hoc", "Luật")]),
        ("Trung cấp chuyên ngành Nông nghiệp - PTNT", [held("chuyen_mon", "trung_cap", "Nông nghiệp - PTNT")]),
        ("Kế toán (Trung cấp)", [held("chuyen_mon", "trung_cap", "Kế toán")]),
        ("Th.S Quản lý công", [held("chuyen_mon", "thac_si", "Quản lý công")]),
        ("ĐH Luật, Kinh tế", [held("chuyen_mon", "dai_hoc", "Luật, Kinh tế")]),
        ("ĐH Luật; TC Kế toán", [held("chuyen_mon", "dai_hoc", "Luật"), held("chuyen_mon", "trung_cap", "Kế toán")]),
        (
            "Trung cấp Văn thư 2010",
            [held("chuyen_mon", "trung_cap", "Văn thư", obtained=Partial(date(2010, 1, 1), "nam"))],
        ),
        ("đang học ĐH Luật", [held("chuyen_mon", "dai_hoc", "Luật", status="dang_hoc")]),
        (
            "TC Luật (đang học ĐH)",
            [held("chuyen_mon", "trung_cap", "Luật"), held("chuyen_mon", "dai_hoc", status="dang_hoc")],
        ),
    ],
)
def test_a_level_and_its_field_in_one_cell(text: str, expected: list[Held]) -> None:
    assert VOCABULARY.levels("chuyen_mon", text) == tuple(expected)


def test_studying_is_not_holding() -> None:
    assert VOCABULARY.levels("llct", "đang học trung cấp") == (held("llct", "trung_cap", status="dang_hoc"),)
    assert VOCABULARY.levels("llct", "Sơ cấp, đang học Trung cấp") == (
        held("llct", "so_cap"),
        held("llct", "trung_cap", status="dang_hoc"),
    )


@pytest.mark.parametrize("text", ["", "-", "?", "…", "chưa rõ", None])
def test_nothing_known_is_no_fact(text: object) -> None:
    for criterion in ("hoc_van", "chuyen_mon", "llct", "qlnn", "tin_hoc", "tieng_dtts"):
        assert VOCABULARY.levels(criterion, text) == ()


@pytest.mark.parametrize(
    ("criterion", "text"),
    [
        ("hoc_van", "3/12"),
        ("hoc_van", "13/12"),
        ("hoc_van", "Không"),
        ("chuyen_mon", "Luật"),
        ("chuyen_mon", "chưa tốt nghiệp ĐH"),
        ("llct", "đang học"),
        ("llct", "✓"),
        ("tin_hoc", "THVP"),
        ("tin_hoc", 5.5),
        ("chuyen_mon", "ĐH - " * 5000),
    ],
)
def test_unknown_levels_are_refused_with_what_could_be_written(criterion: str, text: object) -> None:
    with pytest.raises(Unclear, match=f"cần một trong: {VOCABULARY.labels(criterion)}"):
        VOCABULARY.levels(criterion, text)


@pytest.mark.parametrize(
    ("level", "field", "expected"),
    [
        ("ĐH", "Luật", held("chuyen_mon", "dai_hoc", "Luật")),
        ("ĐH Luật", "", held("chuyen_mon", "dai_hoc", "Luật")),
        ("", "TC Kế toán", held("chuyen_mon", "trung_cap", "Kế toán")),
        ("", "Kế toán", held("chuyen_mon", None, "Kế toán")),
        ("Chưa qua đào tạo", "Không", held("chuyen_mon", "chua")),
    ],
)
def test_level_and_field_in_two_columns_are_one_fact(level: str, field: str, expected: Held) -> None:
    assert VOCABULARY.professional(level, field) == (expected,)


@pytest.mark.parametrize(
    ("criterion", "level", "cell", "expected"),
    [
        *[("llct", "trung_cap", mark, [held("llct", "trung_cap")]) for mark in ("x", "X", "×", "+", 1, 1.0, "✓", True)],
        *[("llct", "trung_cap", blank, []) for blank in ("", None, "-", "0", 0, "không", "chưa", False)],
        ("llct", "trung_cap", 2016.0, [held("llct", "trung_cap", obtained=Partial(date(2016, 1, 1), "nam"))]),
        ("llct", "trung_cap", "07/2016", [held("llct", "trung_cap", obtained=Partial(date(2016, 7, 1), "thang"))]),
        ("llct", "trung_cap", "đang học", [held("llct", "trung_cap", status="dang_hoc")]),
        ("llct", "trung_cap", "TC", [held("llct", "trung_cap")]),
        ("tin_hoc", "a", "B", [held("tin_hoc", "b")]),
        ("chuyen_mon", "dai_hoc", "Luật", [held("chuyen_mon", "dai_hoc", "Luật")]),
        ("chuyen_mon", "dai_hoc", "Luật (tại chức)", [held("chuyen_mon", "dai_hoc", "Luật")]),
        ("chuyen_mon", "dai_hoc", "đang học Luật", [held("chuyen_mon", "dai_hoc", "Luật", status="dang_hoc")]),
    ],
)
def test_a_cell_under_the_heading_of_a_level(criterion: str, level: str, cell: object, expected: list[Held]) -> None:
    assert VOCABULARY.marked(criterion, level, cell) == tuple(expected)


@pytest.mark.parametrize(("criterion", "level"), [("llct", "trung_cap"), ("chuyen_mon", "chua")])
def test_a_cell_under_the_heading_of_a_level_is_not_guessed(criterion: str, level: str) -> None:
    with pytest.raises(Unclear, match="cần dấu x hoặc để trống"):
        VOCABULARY.marked(criterion, level, "Luật")


# --- the communes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("Hương Hòa", "Hương Hòa"),
        ("xã Hương Hoà", "Hương Hòa"),
        ("X. HƯƠNG HÒA", "Hương Hòa"),
        ("UBND xã Thượng Lộ", "Thượng Lộ"),
        ("Thượng Long", "Thượng Long"),
        ("TT. Khe Tre", "Khe Tre"),
        ("Thị trấn Khe Tre", "Khe Tre"),
        ("20170", "Hương Lộc"),
        ("Thượng Lo", "Thượng Lộ"),
        ("Thượng", None),
        ("Thượng Lon", None),
        ("Thượng Lộc", None),
        ("huyện Nam Đông", None),
        ("", None),
    ],
)
def test_a_commune_is_its_whole_name(text: str, commune: str | None) -> None:
    assert VOCABULARY.commune(text) == commune


def test_communes_that_differ_by_accents_only_are_told_apart() -> None:
    vocabulary = Vocabulary(WORDS, {"Hương Hòa": "1", "Hương Hóa": "2", "Khe Tre": "3"})
    assert vocabulary.commune("xã Hương Hoá") == "Hương Hóa"
    assert vocabulary.commune_in(["UBND XÃ HƯƠNG HOÀ"]) == "Hương Hòa"
    assert vocabulary.commune("Huong Hoa") is None


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ THƯỢNG LONG NĂM 2018", "Thượng Long"),
        ("Hương Hòa, ngày 31 tháng 12 năm 2018", "Hương Hòa"),
        ("DS_CBCC_Thuong_Lo_2018", "Thượng Lộ"),
        ("HuongGiang", "Hương Giang"),
        ("TTKheTre", "Khe Tre"),
        ("Hợp nhất xã Hương Giang và xã Hương Hòa", None),
        ("huyện Hương Hòa", None),
        ("thị xã Hương Hòa", None),
        ("Thượng Lộc", None),
    ],
)
def test_a_commune_in_running_text(text: str, commune: str | None) -> None:
    assert VOCABULARY.commune_in([text]) == commune


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


# --- what is learnt from the officer -----------------------------------------------------------------------


def taught(*words: tuple[str, str, str]) -> Vocabulary:
    return Vocabulary([*WORDS, *words], COMMUNES)


def test_a_word_nobody_knows_is_told_once_and_then_understood(tmp_path: Path) -> None:
    path = plain(
        tmp_path / "ds.csv",
        person(**{"Tin học": "MOS Word"}),
        person(STT=2, **{"Họ và tên": "Hồ Mai", "Tin học": "mos  word 2015", "Xã": "H.Hòa", "Giới tính": "Name"}),
        person(STT=3, **{"Họ và tên": "Hồ Lan", "Chức vụ": "Bí thư Đảng ủy, Trưởng ban ATGT", "LLCT": "SC; lớp Đảng"}),
    )
    reading = read(path)
    assert reading.strange == [
        StrangeWord("tin_hoc", "MOS Word", 2, "ds.csv, dòng 2, cột Tin học"),
        StrangeWord("gender", "Name", 1, "ds.csv, dòng 3, cột Giới tính"),
        StrangeWord("commune", "H.Hòa", 1, "ds.csv, dòng 3, cột Xã"),
        StrangeWord("post", "Trưởng ban ATGT", 1, "ds.csv, dòng 4, cột Chức vụ"),
        StrangeWord("llct", "lớp Đảng", 1, "ds.csv, dòng 4, cột LLCT"),
    ]
    codes = {
        "tin_hoc": "co_ban",
        "gender": "nam",
        "commune": "Hương Hòa",
        "post": IGNORED,
        "llct": IGNORED,
    }
    again = read_lists([path], taught(*((s.domain, codes[s.domain], s.word) for s in reading.strange)))
    assert again.issues == again.strange == again.rejected == []
    first, second, third = again.people
    assert held("tin_hoc", "co_ban") in first.levels
    assert (second.commune, second.gender) == ("Hương Hòa", "nam")
    assert (third.posts, held("llct", "so_cap") in third.levels) == (("bi_thu",), True)


POST_PARTS = ["Bí thư", "Phó Bí thư", "Thường trực XYZ", "kiêm", ",", ";", "Trưởng ban", "Đảng ủy viên", "Tổ phó", "-"]
POST_PARTS += ["(phụ trách thôn 2)", "xã Hương Hòa", "nhiệm kỳ 2015-2020", "&"]


@given(st.lists(st.sampled_from(POST_PARTS), min_size=1, max_size=6).map(" ".join))
def test_every_strange_post_can_be_taught(text: str) -> None:
    try:
        VOCABULARY.posts(text)
    except Unclear as error:
        if error.words:
            found = taught(*(("post", "ct_ccb", word) for word in error.words)).posts(text)
            assert "ct_ccb" in found


@given(st.sampled_from(["llct", "chuyen_mon", "tin_hoc"]), st.text("abcđ ;,+()TCĐH2015 .-", min_size=1, max_size=30))
def test_every_strange_level_can_be_taught(criterion: str, text: str) -> None:
    try:
        VOCABULARY.levels(criterion, text)
    except Unclear as error:
        if error.words:
            taught(*((criterion, "so_cap", word) for word in error.words)).levels(criterion, text)


def test_a_commune_by_another_name_is_only_known_while_it_exists() -> None:
    words = [*WORDS, Word("commune", "20179", "H. Giang"), Word("commune", "Hương Hòa", "HH")]
    assert Vocabulary(words, COMMUNES).commune("xã H Giang") is None
    assert Vocabulary(words, COMMUNES).commune("h.giang") == "Hương Giang"
    assert Vocabulary(words, COMMUNES).commune("hh") == "Hương Hòa"
    assert Vocabulary(words, {"Khe Tre": "20161"}).commune("HH") is None


ODD: list[list[object]] = [
    ["TT", "Họ và tên", "Công việc", "Chức vụ, chức danhh", "Chính trị", "Sở trường", "Quê quán"],
    [1, "Hồ Văn Tâm", "Kế toán", "Bí thư", "Trung cấp", "Hát", "Huế"],
]


def test_the_columns_are_shown_and_what_they_were_taken_for(tmp_path: Path) -> None:
    path = sheet_csv(tmp_path / "Khe Tre.csv", [["Danh sách"], *ODD])
    (layout,) = read(path).layouts
    assert layout == Layout(
        "Khe Tre.csv",
        "",
        2,
        layout.key,
        (
            Column(0, "TT", "order", "known"),
            Column(1, "Họ và tên", "full_name", "known"),
            Column(2, "Công việc", None, "unknown"),
            Column(3, "Chức vụ, chức danhh", "post", "near"),
            Column(4, "Chính trị", "llct", "known"),
            Column(5, "Sở trường", None, "unknown"),
            Column(6, "Quê quán", IGNORED, "ignored"),
        ),
        1,
    )
    shouted = [[str(cell).upper() for cell in ODD[0]], *ODD[1:]]
    assert read(workbook(tmp_path / "khac.xlsx", shouted)).layouts[0].key == layout.key
    assert read(plain(tmp_path / "ds.csv", person())).layouts[0].key != layout.key
    assert {c.field for c in layout.columns if c.field} < field_names(VOCABULARY).keys()


def test_a_column_that_the_officer_put_right_is_remembered(tmp_path: Path) -> None:
    path = sheet_csv(tmp_path / "Khe Tre.csv", ODD)
    (layout,) = read(path).layouts
    corrected = {
        (layout.key, "Công việc"): "post",
        (layout.key, "Chức vụ, chức danhh"): IGNORED,
        (layout.key, "Chính trị"): "llct.cao_cap",
        (layout.key, "Quê quán"): "no_such_field",
        ("another", "Họ và tên"): IGNORED,
    }
    reading = read(path, remembered=corrected)
    assert [(p.posts, p.levels) for p in reading.people] == [(("tc_kt",), (held("llct", "trung_cap"),))]
    assert reading.issues == []
    assert [c.how for c in reading.layouts[0].columns] == [
        "known",
        "known",
        "remembered",
        "remembered",
        "remembered",
        "unknown",
        "ignored",
    ]
    assert reading.layouts[0].key == layout.key


def test_a_list_without_a_column_of_posts_can_be_put_right(tmp_path: Path) -> None:
    rows: list[list[object]] = [["TT", "Họ và tên", "Năm sinh", "Công việc"], [1, "Hồ Văn Tâm", 1970, "Kế toán"]]
    path = sheet_csv(tmp_path / "Khe Tre.csv", rows)
    assert "cột Chức vụ" in read(path).unreadable[0].message
    (layout,) = read(path).layouts
    assert ([c.field for c in layout.columns], layout.people) == (["order", "full_name", "birth_date", None], 0)
    reading = read(path, remembered={(layout.key, "Công việc"): "post"})
    assert ([p.posts for p in reading.people], reading.unreadable) == ([("tc_kt",)], [])
    reading = read(path, remembered={(layout.key, "Công việc"): "note"})
    assert (reading.people, len(reading.unreadable)) == ([], 1)


def test_the_fields_of_a_column_have_a_name_each() -> None:
    names = field_names(VOCABULARY)
    assert (names["full_name"], names["llct.trung_cap"]) == ("Họ và tên", "Lý luận chính trị: Trung cấp")
    assert len(set(names.values())) == len(names)


# --- what is wrong -----------------------------------------------------------------------------------------


def test_an_error_stops_its_row_and_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    path = plain(
        tmp_path / "ds.csv",
        person(**{"Ngày sinh": "31/02/1975"}),
        person(STT=2),
        person(STT=3, **{"Chức vụ": "Trưởng ban"}),
        person(STT=4, **{"Xã": "Thượng Lon"}),
        person(STT=5, **{"Họ và tên": ""}),
        person(STT=6, **{"Chức vụ": ""}),
        person(STT=7, **{"Họ và tên": 12345}),
    )
    reading = read(path)
    assert [p.row for p in reading.people] == [3]
    assert [(i.row, i.column, i.severity) for i in reading.issues] == [
        (2, "Ngày sinh", "error"),
        (4, "Chức vụ", "error"),
        (5, "Xã", "error"),
        (6, "Họ và tên", "error"),
        (7, "Chức vụ", "error"),
        (8, "Họ và tên", "error"),
    ]
    assert reading.issues[0].message == (
        "Dòng 2, cột Ngày sinh: 31/02/1975 không phải là ngày có thật. Sửa trong tệp rồi nạp lại, hoặc bỏ qua dòng này."
    )
    assert "“Thượng Lon” không phải là xã, thị trấn đang quản lý, gần giống “Thượng Long”" in reading.issues[2].message


def test_a_row_turned_away_is_kept_as_it_was(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Ngày bổ nhiệm", "Hệ số"],
        [1, "Hồ Văn Tâm", "31/02/1975", "Trưởng ban", date(2015, 6, 1), 2.34],
        [2, "Hồ Thị Mai", "1975", "nt", "nt", ""],
    ]
    first, second = read(workbook(tmp_path / "Khe Tre.xlsx", rows)).rejected
    assert (first.file, first.sheet, first.row) == ("Khe Tre.xlsx", "Sheet1", 2)
    assert first.headings == tuple(rows[0])
    assert first.cells == (1, "Hồ Văn Tâm", "31/02/1975", "Trưởng ban", date(2015, 6, 1), 2.34)
    assert first.message == (
        "Cột Ngày sinh: 31/02/1975 không phải là ngày có thật. "
        "Cột Chức vụ: “Trưởng ban” không có trong danh mục chức vụ, chức danh cấp xã."
    )
    assert second.cells == (2, "Hồ Thị Mai", "1975", "nt", "nt", "")


def test_a_second_post_on_a_line_of_its_own_is_not_lost_in_silence(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["STT", "Họ và tên", "Chức vụ", "CMND", ""],
        ["", "", "", "Số", "Ngày cấp"],
        [1, "Hồ Văn Tâm", "Bí thư Đảng ủy", "191000001", "2015"],
        ["", "", "CT HĐND", "", ""],
        ["", "", "Công chức", "", ""],
        ["", "", "CHỦ TỊCH UBND XÃ", "", ""],
    ]
    reading = read(workbook(tmp_path / "Khe Tre.xlsx", rows, ["D1:E1"]))
    assert [(p.posts, p.identifier) for p in reading.people] == [(("bi_thu",), "191000001")]
    assert [(row.row, row.message) for row in reading.rejected] == [(4, "Cột Họ và tên: để trống.")]


def test_each_row_is_judged_where_rows_are_judged(tmp_path: Path) -> None:
    path = plain(tmp_path / "ds.csv", person(), person(STT=2))
    assert [p.row for p in read(path).people] == [2]
    assert [p.row for p in read(path, each_row=True).people] == [2, 3]


def test_identifiers_are_kept_on_every_kind_of_table(tmp_path: Path) -> None:
    lists: list[list[list[object]]] = [
        [["Họ tên", "Chức vụ", "Mã cán bộ"], ["Hồ Văn Tâm", "Bí thư", 17.0]],
        [["Họ tên", "Chức vụ", "Đến ngày", "Số hiệu CBCC"], ["Hồ Văn Tâm", "Bí thư", "2015", "NĐ-0017"]],
        [
            ["Họ tên", "Loại văn bằng", "Trình độ đạt được", "Số hiệu", "CMND"],
            ["Hồ Văn Tâm", "LLCT", "Sơ cấp", "B 12", "012 345 678"],
        ],
    ]
    paths = [workbook(tmp_path / f"Khe Tre {i}.xlsx", rows) for i, rows in enumerate(lists)]
    reading = read(*paths)
    found = [*reading.people, *reading.history, *reading.certificates]
    assert [row.identifier for row in found] == ["17", "NĐ-0017", "012345678"]
    assert reading.certificates[0].held.evidence == "B 12"


def test_an_unknown_word_is_told_and_its_row_is_kept(tmp_path: Path) -> None:
    reading = read(plain(tmp_path / "ds.csv", person(**{"Tin học": "THVP", "Giới tính": "?", "LLCT": "-"})))
    (found,) = reading.people
    assert found.levels == (held("chuyen_mon", "trung_cap", "Văn thư"), held("hoc_van", "thpt"))
    assert found.gender is None
    assert [(i.row, i.column, i.severity) for i in reading.issues] == [(2, "Tin học", "warning")]


def test_a_missing_value_is_no_error(tmp_path: Path) -> None:
    blank = {str(heading): "" for heading in [*HEADING[2:4], HEADING[6], *LEVELS]}
    reading = read(plain(tmp_path / "ds.csv", person(**blank)))
    (found,) = reading.people
    assert reading.issues == []
    assert (found.birth, found.gender, found.started, found.first_held, found.levels) == (None, None, None, None, ())


def test_a_date_in_both_the_column_for_men_and_for_women(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Họ tên", "Năm sinh nam", "Năm sinh nữ", "Chức vụ"],
        ["Hồ Văn Tâm", 1970, 1971, "Bí thư"],
    ]
    reading = read(sheet_csv(tmp_path / "Khe Tre.csv", rows))
    assert reading.people == []
    assert "ghi cả ở cột Nam lẫn cột Nữ" in reading.issues[0].message


def test_the_first_holding_is_only_inferred_where_the_list_does_not_ask_for_it(tmp_path: Path) -> None:
    one: list[list[object]] = [["Họ tên", "Chức vụ", "Ngày bổ nhiệm"], ["Hồ Văn Tâm", "Bí thư", "01/06/2015"]]
    (found,) = read(sheet_csv(tmp_path / "Khe Tre.csv", one)).people
    assert found.started == found.first_held == day("2015-06-01")
    two: list[list[object]] = [
        one[0] + ["Ngày giữ chức vụ lần đầu"],
        one[1] + ["2010"],
        ["Ra Pát Mai", "Bí thư", "01/06/2015", ""],
    ]
    known, unknown = read(sheet_csv(tmp_path / "Khe Tre.csv", two)).people
    assert (known.started, known.first_held) == (day("2015-06-01"), Partial(date(2010, 1, 1), "nam"))
    assert (unknown.started, unknown.first_held) == (day("2015-06-01"), None)


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
    ]
    assert [(i.row, i.column, i.severity) for i in reading.issues] == [
        (5, "Loại văn bằng, chứng chỉ", "error"),
        (6, "Trình độ", "error"),
        (7, "Ngày cấp", "error"),
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


# --- files that cannot be read -----------------------------------------------------------------------------


def refusal(path: Path) -> str:
    reading = read(path)
    assert (reading.files, reading.people, reading.issues) == ([], [], [])
    (issue,) = reading.unreadable
    assert issue.file == path.name
    assert path.name in issue.message
    assert "\n" not in issue.message
    return issue.message


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_locked_file(kind: str) -> None:
    assert "có đặt mật khẩu" in refusal(LISTS / f"khoa.{kind}")


@pytest.mark.parametrize("suffix", tables.SUFFIXES)
def test_missing_and_empty_files(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"ds{suffix}"
    assert "Không tìm thấy tệp" in refusal(path)
    path.touch()
    assert "rỗng" in refusal(path)


def test_files_of_another_kind(tmp_path: Path) -> None:
    pdf = tmp_path / "ds.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    assert "chỉ nhận tệp .xlsx, .xls, .ods hoặc .csv" in refusal(pdf)
    folder = tmp_path / "thu muc.xlsx"
    folder.mkdir()
    assert "là thư mục" in refusal(folder)


def test_a_wrong_suffix_does_not_hide_a_good_file(tmp_path: Path) -> None:
    path = tmp_path / "Khe Tre.xlsx"
    path.write_bytes((LISTS / "danh_sach.xls").read_bytes())
    assert len(read(path).people) == 3


def test_a_file_without_a_list(tmp_path: Path) -> None:
    assert "không có danh sách nào" in refusal(workbook(tmp_path / "a.xlsx", [["Kế hoạch", "Năm 2018"]]))
    assert "không có danh sách nào" in refusal(workbook(tmp_path / "b.xlsx", []))
    assert "không có danh sách nào" in refusal(workbook(tmp_path / "c.xlsx", [["Họ và tên", "Chức vụ"]]))


def test_limits_are_checked_before_reading(tmp_path: Path) -> None:
    big = tmp_path / "to.xlsx"
    with open(big, "wb") as file:
        file.truncate(tables.MAX_BYTES + 1)
    assert "lớn hơn 20 MB" in refusal(big)
    bomb = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(tables.MAX_UNPACKED + 1))
    assert "3 triệu ô" in refusal(bomb)
    far = xlsxwriter.Workbook(tmp_path / "xa.xlsx")
    page = far.add_worksheet()
    page.write(0, 0, "Họ và tên")
    page.write(1048575, 16383, "x")
    far.close()
    assert "xóa các ô thừa nằm xa bảng" in refusal(tmp_path / "xa.xlsx")


def sound() -> dict[str, bytes]:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet().write_row(0, 0, ["Họ và tên", "Chức vụ"])
    book.close()
    return {
        ".xlsx": stream.getvalue(),
        ".ods": (LISTS / "danh_sach.ods").read_bytes(),
        ".xls": (LISTS / "danh_sach.xls").read_bytes(),
    }


SOUND = sound()


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(tables.SUFFIXES),
    st.sampled_from([b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), "Họ và tên,Chức vụ\n".encode()]),
    st.binary(max_size=600),
)
def test_junk_is_unreadable(suffix: str, start: bytes, junk: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"ds{suffix}"
        path.write_bytes(start + junk)
        reading = read(path)
    if suffix != ".csv" or start[:2] in (b"PK", b"\xd0\xcf"):
        assert len(reading.unreadable) == 1


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([".xlsx", ".ods", ".xls"]), st.data())
def test_a_damaged_file_is_read_or_refused(suffix: str, data: st.DataObject) -> None:
    content = bytearray(SOUND[suffix])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"ds{suffix}"
        path.write_bytes(content[:cut])
        reading = read(path)
    assert len(reading.files) + len(reading.unreadable) == 1


# --- generated lists ---------------------------------------------------------------------------------------

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
WORD = st.text(LETTERS, min_size=1, max_size=6).map(str.capitalize)
NAME = st.one_of(
    st.lists(WORD, min_size=1, max_size=5).map(" ".join),
    st.sampled_from(["A Lăng Bh'ling", "Tôn Nữ Thị Ngọc Ánh", "Ra Pát Ân", "Tống Cộng", "Hồ Ghi Chú", "I Văn Tổng"]),
).filter(lambda name: key(name) not in {"khuyet", "trong", "nt"})
PARTIAL = st.builds(
    lambda d, precision: {
        "ngay": Partial(d, "ngay"),
        "thang": Partial(d.replace(day=1), "thang"),
        "nam": Partial(d.replace(month=1, day=1), "nam"),
    }[precision],
    st.dates(date(1940, 1, 1), date(2020, 12, 31)),
    st.sampled_from(["ngay", "thang", "nam"]),
)
SPELLINGS: dict[str, list[tuple[str, str]]] = {}
for row in WORDS:
    if row.code != IGNORED:
        SPELLINGS.setdefault(row.domain, []).append((row.word, row.code))
POSTS = [row["post"] for row in reference("post")]


@dataclass(frozen=True)
class Listed:
    name: str
    birth: Partial | None
    gender: str
    ethnicity: str
    post: tuple[str, str]
    started: Partial | None
    hoc_van: tuple[str, str] | None
    chuyen_mon: tuple[str, str] | None
    field: str
    llct: tuple[str, str] | None
    tin_hoc: tuple[str, str] | None
    section: int
    as_date: bool
    gap: bool

    def levels(self) -> tuple[Held, ...]:
        found = []
        if self.chuyen_mon:
            field = self.field if self.chuyen_mon[1] != "chua" else ""
            found.append(held("chuyen_mon", self.chuyen_mon[1], field or None))
        elif self.field:
            found.append(held("chuyen_mon", None, self.field))
        for criterion in ("hoc_van", "llct", "tin_hoc"):
            word = getattr(self, criterion)
            if word:
                found.append(held(criterion, word[1]))
        return tuple(found)


def spelt(domain: str) -> st.SearchStrategy[tuple[str, str] | None]:
    return st.one_of(st.none(), st.sampled_from(SPELLINGS[domain]))


LISTED = st.builds(
    Listed,
    NAME,
    st.one_of(st.none(), PARTIAL),
    st.sampled_from(["nam", "nu"]),
    st.sampled_from(["Kinh", "Cơ Tu", "Tà Ôi", ""]),
    st.sampled_from(SPELLINGS["post"]),
    st.one_of(st.none(), PARTIAL),
    spelt("hoc_van"),
    spelt("chuyen_mon"),
    st.sampled_from(["", "Luật", "Kế toán", "Quân sự cơ sở"]),
    spelt("llct"),
    spelt("tin_hoc"),
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
)
SECTIONS = ["I. CÁN BỘ", "II. CÔNG CHỨC", "III. NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH"]


def written(moment: Partial | None, as_date: bool) -> object:
    if moment is None:
        return ""
    if moment.precision == "ngay":
        return moment.on if as_date else date_short(moment.on)
    if moment.precision == "thang":
        return f"{moment.on.month:02}/{moment.on.year}"
    return moment.on.year if as_date else str(moment.on.year)


def commune_list(path: Path, people: Sequence[Listed]) -> list[int]:
    """The list as a commune sends it; the row every person stands in."""
    groups = [
        ("A", "STT"),
        ("B", "Họ và tên"),
        ("E", "Dân tộc"),
        ("F", "Chức vụ, chức danh"),
        ("G", "Thời điểm bầu, tuyển dụng, bổ nhiệm"),
        ("M", "Ghi chú"),
    ]
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Trích ngang")
    formats = {"day": book.add_format({"num_format": "dd/mm/yyyy"})}
    page.merge_range("A1:D1", "ỦY BAN NHÂN DÂN XÃ HƯƠNG HÒA")
    page.merge_range("F1:M1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    page.merge_range("A3:M3", "DANH SÁCH TRÍCH NGANG CÁN BỘ, CÔNG CHỨC CẤP XÃ")
    for column, text in groups:
        page.merge_range(f"{column}5:{column}6", text)
    page.merge_range("C5:D5", "Ngày, tháng, năm sinh")
    page.merge_range("H5:L5", "Trình độ")
    page.write_row("C6", ["Nam", "Nữ"])
    page.write_row("H6", ["Văn hóa", "Chuyên môn", "Chuyên ngành", "LLCT", "Tin học"])
    page.write_row("A7", list(range(1, 14)))
    r, section, rows = 7, -1, []
    for number, p in enumerate(people, 1):
        if p.section != section:
            section = p.section
            page.merge_range(r, 0, r, 12, SECTIONS[section])
            r += 1
        r += p.gap
        birth = written(p.birth, p.as_date)
        cells: list[object] = [
            number,
            p.name,
            *([birth, ""] if p.gender == "nam" else ["", birth]),
            p.ethnicity,
            p.post[0],
            written(p.started, p.as_date),
        ]
        for word in (p.hoc_van, p.chuyen_mon, (p.field, ""), p.llct, p.tin_hoc):
            cells.append(word[0] if word else "")
        for c, value in enumerate(cells):
            if value != "":
                put(page, r, c, value, formats)
        rows.append(r + 1)
        r += 1
    page.write(r, 1, f"Tổng cộng: {len(people)} người")
    page.write(r + 1, 7, "Hương Hòa, ngày 31 tháng 12 năm 2018")
    page.write(r + 2, 1, "NGƯỜI LẬP BIỂU")
    page.write(r + 2, 7, "CHỦ TỊCH UBND XÃ")
    page.write(r + 5, 1, "Lê Quang Vinh")
    page.write(r + 5, 7, "Võ Thị Thảo")
    book.close()
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LISTED, min_size=1, max_size=8, unique_by=lambda p: key(p.name)))
def test_a_generated_list_reads_back_as_the_same_people(people: list[Listed]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ds.xlsx"
        rows = commune_list(path, people)
        reading = read(path)
    assert reading.issues == reading.unreadable == []
    assert [
        (p.row, p.full_name, p.birth, p.gender, p.ethnicity, p.commune, p.posts, p.started, p.first_held, p.levels)
        for p in reading.people
    ] == [
        (
            row,
            p.name,
            p.birth,
            p.gender if p.birth else None,
            p.ethnicity or None,
            "Hương Hòa",
            (p.post[1],),
            p.started,
            p.started,
            p.levels(),
        )
        for row, p in zip(rows, people, strict=True)
    ]


JUNK = st.one_of(
    # Words like headings would make a header of the row.
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30).filter(
        lambda text: not VOCABULARY.code("column", text) and not VOCABULARY.near("column", text)
    ),
    st.sampled_from(["=1+1", "x", "nt", "31/02/1975", "12/12/12/12", "((((", "-" * 200, "đang học", "Xã", "Họ và tên"]),
    st.integers(-(10**6), 10**6),
    st.floats(-1e6, 1e6),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(JUNK, min_size=4, max_size=11), min_size=1, max_size=6))
def test_junk_in_the_cells_of_a_person_is_read_or_told_but_never_lost(junk: list[list[object]]) -> None:
    header = ["STT", "Họ và tên", "Chức vụ", *HEADING[2:5], HEADING[6], *LEVELS]
    with TemporaryDirectory() as folder:
        people = [[i, "Hồ Văn " + "Tâm" * i, "Tư pháp - Hộ tịch", *cells] for i, cells in enumerate(junk, 1)]
        reading = read(workbook(Path(folder) / "Khe Tre.xlsx", [header, *people]))
    told = {issue.row for issue in reading.issues if issue.severity == "error"}
    accepted = {p.row for p in reading.people}
    assert told | accepted == set(range(2, len(junk) + 2))
    assert not told & accepted


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(JUNK, max_size=8), max_size=12))
def test_a_sheet_of_junk_never_raises(rows: list[list[object]]) -> None:
    with TemporaryDirectory() as folder:
        reading = read(workbook(Path(folder) / "ds.xlsx", [["Họ và tên", "Chức vụ"], *rows]), require_commune=False)
    assert len(reading.files) + len(reading.unreadable) == 1
