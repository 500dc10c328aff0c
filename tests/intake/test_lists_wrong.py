"""What is wrong in a list is told with its row, its column and what to do, and no row is lost in silence."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from common.lists import HEADING, LEVELS, day, held, person, plain, read, sheet_csv, workbook
from core.vietnamese import Partial


def test_an_error_stops_its_row_and_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    path = plain(
        tmp_path / "ds.csv",
        person(**{"Chức vụ": "Trưởng phòng"}),
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
        (2, "Chức vụ", "error"),
        (4, "Chức vụ", "error"),
        (5, "Xã", "error"),
        (6, "Họ và tên", "error"),
        (7, "Chức vụ", "error"),
        (8, "Họ và tên", "error"),
    ]
    assert reading.issues[0].message == (
        "Dòng 2, cột Chức vụ: “Trưởng phòng” không có trong danh mục chức vụ, chức danh cấp xã. "
        "Sửa trong tệp rồi nạp lại, hoặc bỏ qua dòng này."
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
    assert first.message == "Cột Chức vụ: “Trưởng ban” không có trong danh mục chức vụ, chức danh cấp xã."
    assert second.cells == (2, "Hồ Thị Mai", "1975", "nt", "nt", "")


def test_a_row_is_kept_without_a_date_that_cannot_be_read(tmp_path: Path) -> None:
    path = plain(tmp_path / "ds.csv", person(**{"Ngày sinh": "31/02/1975", str(HEADING[6]): "khoảng 2015"}))
    reading = read(path)
    [found] = reading.people
    assert (found.birth, found.started, found.first_held) == (None, None, None)
    assert [(i.row, i.column, i.severity) for i in reading.issues] == [
        (2, "Ngày sinh", "warning"),
        (2, HEADING[6], "warning"),
    ]
    assert reading.issues[0].message == (
        "Dòng 2, cột Ngày sinh: 31/02/1975 không phải là ngày có thật. "
        "Dòng vẫn được nhận, ô này coi như “chưa có dữ liệu”."
    )


def test_the_end_of_a_post_is_no_date_to_do_without(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Họ tên", "Chức vụ", "Từ ngày", "Đến ngày"],
        ["Hồ Văn Tâm", "Bí thư", "2010", "31/02/2015"],
        ["Hồ Văn Tâm", "Bí thư", "2010", "2008"],
    ]
    reading = read(sheet_csv(tmp_path / "Khe Tre.csv", rows))
    assert [row.row for row in reading.rejected] == [2]
    assert reading.issues[1].message.startswith(
        "Dòng 3, cột Đến ngày: thôi giữ năm 2008 là trước khi nhận chức vụ năm 2010. "
    )


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


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("nobody", ["Khuyết", "(khuyết)", "TRỐNG", "Chưa bố trí", "Tổng số", "x", "Nơi nhận"])
def test_a_post_that_nobody_holds_makes_nobody(tmp_path: Path, suffix: str, nobody: str) -> None:
    rows = [
        ["Họ và tên", "Ngày sinh", "Chức vụ", "Xã"],
        ["Hồ Văn Tâm", "01/02/1980", "Kế toán", "Hương Hòa"],
        [nobody, "01/02/1981", "Văn hóa - Xã hội", "Hương Hòa"],
        ["Lê Thị Mai", "01/02/1982", "Địa chính", "Hương Hòa"],
    ]
    write = workbook if suffix == ".xlsx" else sheet_csv
    found = read(write(tmp_path / f"ds{suffix}", rows))
    assert [p.full_name for p in found.people] == ["Hồ Văn Tâm", "Lê Thị Mai"]
    assert [r.row for r in found.rejected] == [3]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_formula_that_nobody_computed_is_no_name(tmp_path: Path, suffix: str) -> None:
    formulas = ['="Nguyễn "&"Văn A"', "=@B3", "=#REF!", '={"a"}']
    rows = [["Họ và tên", "Chuyên ngành", "Chức vụ", "Xã"]]
    rows += [[formula, "Luật", "Kế toán", "Hương Hòa"] for formula in formulas]
    rows += [["Lê Thị Mai", '="Luật"', "Địa chính", "Hương Hòa"]]
    path = tmp_path / f"ds{suffix}"
    if suffix == ".csv":
        sheet_csv(path, rows)
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path)
    found = read(path)
    assert [p.full_name for p in found.people] == ["Lê Thị Mai"]
    assert {r.row for r in found.rejected} == {2, 3, 4, 5}


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("heading", ["Số CMND/CCCD", "Số định danh cá nhân", "Mã cán bộ"])
def test_a_number_that_only_counts_or_repeats_is_nobodys(tmp_path: Path, suffix: str, heading: str) -> None:
    made_up = ["000000000", "111111111", "123456789", "987654321", "012345678912", "123123123", "112233445566"]
    made_up += ["000000012", "111111112", "CMND 123456789"]
    real = ["191234567", "046178000002", "001075000001", "012345687", "191000000"]
    rows: list[list[object]] = [["Họ và tên", "Chức vụ", heading]]
    rows += [[f"Hồ Văn {chr(65 + n)}", "Bí thư", number] for n, number in enumerate([*made_up, *real])]
    write = workbook if suffix == ".xlsx" else sheet_csv
    reading = read(write(tmp_path / f"Khe Tre{suffix}", rows))
    assert len(reading.people) == len(made_up) + len(real)
    numbers = [p.identifier for p in reading.people]
    labelled = heading == "Mã cán bộ"
    assert numbers == [None] * (len(made_up) - 1) + ["CMND 123456789" if labelled else None] + real
    assert len(reading.issues) == len(made_up) - labelled
    assert reading.issues[0].message == (
        f"Dòng 2, cột {heading}: 000000000 không phải là số thật (các chữ số lặp lại hoặc đếm liên tiếp). "
        "Dòng vẫn được nhận mà không có số ấy; ghi lại số trên giấy tờ."
    )


def test_a_gender_with_a_question_mark_is_asked_about(tmp_path: Path) -> None:
    reading = read(plain(tmp_path / "ds.csv", person(**{"Giới tính": "Nam?"})))
    assert [p.gender for p in reading.people] == [None]
    assert ["“Nam?” không rõ nghĩa" in i.message for i in reading.issues] == [True]
    assert reading.strange == []


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_past_post_that_ends_after_the_day_of_the_list_is_told(tmp_path: Path, suffix: str) -> None:
    rows: list[list[object]] = [
        ["Họ tên", "Chức vụ", "Từ ngày", "Đến ngày"],
        ["Hồ Văn Tâm", "Bí thư", "2010", "01/03/2060"],
        ["Hồ Văn Nam", "Bí thư", "2010", "31/12/2018"],
        ["Hồ Văn An", "Bí thư", "2010", "2018"],
    ]
    write = workbook if suffix == ".xlsx" else sheet_csv
    reading = read(write(tmp_path / f"Khe Tre{suffix}", rows), as_of=date(2018, 12, 31))
    assert [str(held.ended.on) for held in reading.history if held.ended] == ["2060-03-01", "2018-12-31", "2018-01-01"]
    assert [issue.message for issue in reading.issues] == [
        "Dòng 2, cột Đến ngày: thôi giữ ngày 01/03/2060 là sau ngày 31/12/2018, ngày của danh sách. "
        "Dòng vẫn được nhận như đã ghi; xem lại, nếu sai thì sửa rồi nạp lại."
    ]
