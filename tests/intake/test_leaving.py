"""Notes beside people in a list: those that say somebody has left are asked about, the others are not."""

import subprocess
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from common.lists import read, sheet_csv, workbook
from intake.leaving import says_left
from intake.reading import Reading

DAY = date(2018, 12, 31)
LEFT = """
Chuyển đến xã Hương Phú từ 01/06/2018
NH 1/2018
NH 01/01/2018
NH từ 1/2018
Đã bầu vào Huyện ủy
Bầu vào BCH Huyện ủy
về huyện
Về huyện công tác
Về UBND huyện 6/2018
về phòng Nội vụ
điều động lên huyện
ĐĐ lên huyện
luân chuyển
LC về huyện
biệt phái
Biệt phái sang Sở Nội vụ
từ trần
Tử vong
Tạ thế
sa thải
nghỉ hẳn
nghỉ luôn
Nghỉ 01/2018
Thôi từ 01/2018
Đã giải quyết theo NĐ 108
Đ/đ lên huyện
mất
mất 5/2018
bị kỷ luật buộc thôi việc
Buộc thôi việc
xin thôi việc
nghỉ việc
chấm dứt HĐLĐ
chấm dứt HĐ
Hết hợp đồng
thanh lý hợp đồng
thanh lý HĐ
hết nhiệm kỳ không tái cử
không tái cử
miễn nhiệm
bãi nhiệm
bị bãi miễn
tinh giản
TGBC
nghỉ theo NĐ 26
nghỉ theo NĐ26
nghỉ NĐ 26
nghỉ theo Nghị định 26/2015
nghỉ theo 26
nghỉ hưu 2018
Nghỉ hưu trước tuổi
đã nghỉ hưu
Nghỉ hưu
Hưu
hưu từ 1/1/2018
về hưu
nghỉ chế độ
đã nghỉ
Cho thôi việc
thôi giữ chức
thôi chức
đã chuyển công tác
Chuyển công tác
Chuyển xã Hương Phú
Chuyển sang xã Hương Phú
chuyển qua xã Hương Phú
đã chuyển đến xã Hương Phú
Chuyển về xã Hương Phú
chuyển về huyện
chuyển về xã Hương Phú từ 1/6/2018
điều động về xã Hương Phú
Điều chuyển về Hương Phú
Điều động đến xã Hương Phú
luân chuyển về xã Hương Phú
đi xã khác
Sang xã Hương Phú
Lên huyện
Đã lên huyện
Không còn công tác
không còn làm
thôi tham gia
Xin rút
Từ chức
Cách chức
Qua đời
Hy sinh
chết
Chuyển ra ngoài ngành
bỏ nhiệm sở
nghỉ BHXH
Nghỉ hưởng BHXH một lần
chuyển lên huyện
rời xã 2018
Hết tuổi
hết tuổi công tác
hết nhiệm kỳ
không tái bổ nhiệm
không được bầu lại
không trúng cử
NV 1/2018
TV 2018
trúng cử Huyện ủy
được bầu làm Phó Chủ tịch HĐND huyện
bổ nhiệm Trưởng phòng Nội vụ huyện
đ/c đã nghỉ
nghỉ chờ hưu
Bí thư, luân chuyển về huyện
Điều động từ xã lên huyện 6/2018
chuyển ngành
""".strip().splitlines()
NOT_LEFT = """
đã nghỉ phép
Đã nghỉ thai sản xong
Bí thư chi bộ hưu trí
Phụ trách hưu trí, người có công
mất 61% sức lao động
Chuyển sinh hoạt Đảng
Hồ sơ đã chuyển lên huyện
Từ chức danh không chuyên trách lên
Chuyển khẩu về xã
Tinh giản biên chế: không thuộc diện
nghỉ thai sản
NGHỈ THAI SẢN từ 1/6/2018
nghỉ sinh
nghỉ ốm
nghỉ ốm dài ngày
nghỉ phép
sắp nghỉ hưu 2020
dự kiến nghỉ hưu
Dự kiến nghỉ hưu 2020
Dự kiến NH 1/2020
NH 1/2020
đủ tuổi nghỉ hưu 2020
chuẩn bị nghỉ hưu
đi học dài hạn
đi học
Chuyển đến từ xã Hương Phú
mới chuyển đến
Mới chuyển về
Chuyển từ xã Hương Phú đến
Chuyển từ xã Hương Phú sang
mới điều động về
Điều động từ huyện về
điều động về từ 1/6/2018
luân chuyển từ huyện
Luân chuyển về từ huyện
Huyện luân chuyển về
Biệt phái từ huyện về
Trên huyện biệt phái xuống
Tăng cường từ huyện
Mới bầu
mới tuyển dụng
Chuyển công tác đến từ xã Hương Phú
Chuyển công tác từ xã Hương Phú về
được điều động đến 1/6/2018
mới nhận công tác
mới về xã
về xã từ 2016
Đang nghỉ thai sản
Đang đi học cao cấp LLCT
mất bằng
Mất hồ sơ
mất CMND
mất giấy khai sinh
Không nghỉ hưu
chưa tinh giản
Không thuộc diện tinh giản
Hưởng lương hưu quân đội
Kiêm nhiệm
Tái cử
Hết nhiệm kỳ 2020
Nghỉ hưu 2020
Bầu bổ sung 2017
Chuyển xếp lương
Chuyển ngạch
Chuyển loại viên chức
Chuyển từ hợp đồng sang biên chế
Chuyển từ công chức sang cán bộ
Xin nghỉ không lương
Nghỉ không lương 3 tháng
NH: Nông học
Nguyên Chủ tịch xã
Huyện ủy viên
Bí thư Huyện đoàn kiêm
Thay ông A nghỉ hưu
Thay đ/c Nam chuyển công tác
Thay bà Mai đã nghỉ hưu 2017
Phụ trách thay ông Bé từ trần
Vợ mất
Con liệt sĩ
Bố hy sinh
con ông A (đã mất)
chồng đã mất
mẹ từ trần
Bị bắt
Ra khỏi Đảng
Đại học chuyên môn Luật
Trung cấp chuyên ngành Luật
Phụ trách mảng phòng chống dịch
Gửi hồ sơ về huyện
QĐ bổ nhiệm của UBND huyện
Bổ nhiệm theo QĐ số 12/QĐ-UBND huyện ngày 1/6/2018
Trúng cử đại biểu HĐND huyện
Cán bộ luân chuyển
Chuyển sang làm Văn phòng - Thống kê
Hết nhiệm kỳ 2016-2021
Chuyển về đây 6/2018
Đã mất bằng tốt nghiệp
""".strip().splitlines()


def plain(note: str) -> str:
    letters = unicodedata.normalize("NFD", note.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def ways(note: str) -> list[str]:
    """As people type it: with and without accents, in capitals and not."""
    return [note, note.upper(), plain(note), plain(note).upper()]


@pytest.mark.parametrize("note", LEFT)
def test_a_note_that_says_somebody_left(note: str) -> None:
    assert [written for written in ways(note) if not says_left(written, DAY)] == []


@pytest.mark.parametrize("note", NOT_LEFT)
def test_a_note_that_does_not(note: str) -> None:
    assert [written for written in ways(note) if says_left(written, DAY)] == []


@pytest.mark.parametrize(
    ("note", "here", "left"),
    [
        ("Chuyển đến xã Hương Hòa từ 01/06/2018", "Hương Hòa", False),
        ("Chuyển đến xã Hương Phú từ 01/06/2018", "Hương Hòa", True),
        ("Về xã Hương Hòa từ 2016", "Hương Hòa", False),
        ("Về xã Hương Phú từ 2016", "Hương Hòa", True),
        ("Chuyển từ xã Hương Lộc sang xã Hương Hòa", "Hương Hòa", False),
        ("Chuyển từ xã Hương Hòa sang xã Hương Lộc", "Hương Hòa", True),
        ("Luân chuyển về làm Bí thư Hương Hòa", "Hương Hòa", False),
    ],
)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_where_somebody_was_moved_to_is_seen_from_the_list(
    tmp_path: Path, suffix: str, note: str, here: str, left: bool
) -> None:
    rows = [["Họ và tên", "Chức vụ", "Xã", "Ghi chú"], ["Hồ Văn Tâm", "Kế toán", here, note]]
    write = workbook if suffix == ".xlsx" else sheet_csv
    found = read(write(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert len(found.people) == 1
    assert [f"“{note}” cho thấy người này đã thôi" in issue.message for issue in found.issues] == [True] * left


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_note_beside_the_name_is_no_part_of_it(tmp_path: Path, suffix: str) -> None:
    rows = [
        ["Họ và tên", "Chức vụ", "Xã"],
        ["Đặng Văn Bình (đã nghỉ hưu)", "Kế toán", "Hương Hòa"],
        ["Hồ Văn Tâm [chuyển lên huyện]", "Địa chính", "Hương Hòa"],
        ["Lê Thị Mai (đảng viên)", "Văn phòng - thống kê", "Hương Hòa"],
    ]
    write = workbook if suffix == ".xlsx" else sheet_csv
    found = read(write(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert [p.full_name for p in found.people] == ["Đặng Văn Bình", "Hồ Văn Tâm", "Lê Thị Mai (đảng viên)"]
    told = [issue.row for issue in found.issues if "cho thấy người này đã thôi" in issue.message]
    assert told == [2, 3]


LEFT_SAID_OTHERWISE = """
Nay là CT UBND xã Hương Sơn
Hiện làm tại Phòng Nội vụ
Hiện công tác tại Huyện đoàn
Công tác tại huyện từ 2017
Cử làm Phó CT huyện
Bổ nhiệm PCT huyện
Ch. công tác
Từ nhiệm
Xin thôi
Thôi
Không làm nữa
Ra khỏi ngành
Đã rời
Hết hạn hợp đồng 2017
Không bố trí
Đã có người thay
Thay bằng ông Nguyễn Văn A
Nguyễn Văn A thay từ 5/2018
Đã bàn giao
N.hưu
Ng.hưu
Ốm chết
Mất sức
Mất tích
Hiện là Bí thư xã Hương Phú
Đã từ nhiệm 2017
Bà Lan thay
Có người thay từ 6/2018
Nay làm việc tại UBND huyện
Xin ra khỏi ngành
Bàn giao công tác từ 5/2018
Không tiếp tục công tác
Chết đuối
Đang công tác tại Phòng Nội vụ huyện
Bổ nhiệm Phó Chủ tịch UBND huyện
Hết thời hạn hợp đồng
Thôi.
Rời quê
Đã rời xã
Không còn bố trí
Ông Bé thay thế
C.tác tại huyện
CT tại huyện từ 2017
""".strip().splitlines()
NOT_LEFT_SAID_OTHERWISE = """
Đang học ĐH
Đảng viên
Bộ đội phục viên
Nghỉ thai sản
Thay ông A nghỉ hưu
Phụ trách thay ông Bé từ trần
Nay là Bí thư Đảng ủy xã
Hiện là Chủ tịch UBND
Hiện công tác tại xã
Công tác tại xã từ 2017
Công tác tại xã Hương Hòa
Đang công tác
Hết hạn hợp đồng 2020
Nhận bàn giao 5/2018
Bàn giao hồ sơ
Đã bàn giao tài sản
Thay đổi họ tên
Thay ông Nam từ 5/2018
Thay thế ông Nam 2017
Không bố trí phụ cấp
Mất sức lao động 61%
mất 61% sức lao động
Không làm thêm
Thường trú tại huyện
Hiện đang học ĐH
Hiện ở thôn 3
Hiện làm kế toán
Bổ nhiệm PCT UBND xã
Bổ nhiệm theo QĐ của CT huyện
Cử làm tổ trưởng
Cử đi học tại huyện
Thôi nôi
Chưa bố trí
Thôn 3
Thôi kiêm nhiệm Bí thư chi bộ
Có chứng chỉ
Được thay ông Nam
Hiện là huyện ủy viên
Ốm dài ngày
Thương binh mất sức
Đã công tác tại huyện 5 năm
Trước đây công tác tại huyện
Từng công tác tại Phòng Nội vụ
Nguyên công tác tại huyện đoàn
""".strip().splitlines()


@pytest.mark.parametrize("note", LEFT_SAID_OTHERWISE)
def test_a_note_that_says_where_somebody_is_now_or_who_is_there_instead(note: str) -> None:
    assert [written for written in ways(note) if not says_left(written, DAY, "Hương Hòa")] == []


@pytest.mark.parametrize("note", NOT_LEFT_SAID_OTHERWISE)
def test_a_note_that_only_sounds_like_it(note: str) -> None:
    assert [written for written in ways(note) if says_left(written, DAY, "Hương Hòa")] == []


def test_who_is_now_in_this_commune_is_here() -> None:
    for here, left in (("Hương Sơn", False), ("Hương Hòa", True), (None, True)):
        assert says_left("Nay là CT UBND xã Hương Sơn", DAY, here) is left


ROWS: list[list[object]] = [["STT", "Họ và tên", "Chức vụ", "Xã", "Ghi chú"]]
ASKED = "cho thấy người này đã thôi"


def one(number: int, name: str, *more: object) -> list[object]:
    return [number, name, "Kế toán", "Hương Hòa", *more]


def asked(found: Reading) -> list[int | None]:
    assert found.unreadable == []
    return [issue.row for issue in found.issues if ASKED in issue.message]


def written(path: Path, rows: list[list[object]]) -> Path:
    return workbook(path, rows) if path.suffix == ".xlsx" else sheet_csv(path, rows)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    "heading",
    ["Cán bộ đã nghỉ hưu trong năm", "Danh sách cán bộ thôi việc", "CÁN BỘ, CÔNG CHỨC CHUYỂN CÔNG TÁC", "Đã nghỉ việc"],
)
@pytest.mark.parametrize("at", [0, 1])
def test_those_below_a_heading_of_people_who_left_are_asked_about(
    tmp_path: Path, suffix: str, heading: str, at: int
) -> None:
    rows = [*ROWS, one(1, "Hồ Văn Tâm"), ["II" if at else heading, heading if at else ""], one(1, "Lê Thị Mai")]
    rows += [
        one(2, "Vi Thị Lan"),
        ["", "Tổng số: 2 người"],
        one(3, "Cao Văn Bé"),
        ["III", "Công chức"],
        one(1, "Ra Pát Bên"),
    ]
    found = read(written(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert [person.row for person in found.people] == [2, 4, 5, 7, 9]
    assert asked(found) == [4, 5, 7]
    said = next(issue.message for issue in found.issues if ASKED in issue.message)
    assert said.startswith(f"Dòng 4, cột Họ và tên: tiêu đề phía trên, “{heading}” cho thấy người này đã thôi")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_title_says_of_all_its_people_that_they_left(tmp_path: Path, suffix: str) -> None:
    rows = [*ROWS, one(1, "Hồ Văn Tâm"), [], ["DANH SÁCH CÁN BỘ ĐÃ NGHỈ HƯU"], *ROWS, one(1, "Lê Thị Mai")]
    rows += [*ROWS, one(2, "Vi Thị Lan"), ["DANH SÁCH BỔ SUNG"], *ROWS, one(2, "Cao Văn Bé")]
    found = read(written(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert [person.row for person in found.people] == [2, 6, 8, 11]
    assert asked(found) == [6, 8]


@pytest.mark.parametrize(
    "heading",
    [
        "Danh sách cán bộ, công chức",
        "Cán bộ chưa nghỉ hưu",
        "Cán bộ sắp nghỉ hưu",
        "Cán bộ luân chuyển về xã",
        "Công chức",
    ],
)
def test_other_headings_say_nothing_of_it(tmp_path: Path, heading: str) -> None:
    found = read(written(tmp_path / "ds.csv", [*ROWS, [heading], one(1, "Hồ Văn Tâm")]), as_of=DAY)
    assert (len(found.people), asked(found)) == (1, [])


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("heading", ["Tình trạng", "Biến động", "Trạng thái", "HIỆN TRẠNG", "Ghi chú"])
def test_every_column_of_notes_is_looked_at(tmp_path: Path, suffix: str, heading: str) -> None:
    rows = [
        [*ROWS[0], heading],
        one(1, "Hồ Văn Tâm", "đảng viên", "đã nghỉ hưu"),
        one(2, "Lê Thị Mai", "", "Đang công tác"),
    ]
    found = read(written(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert [person.note for person in found.people] == ["đảng viên; đã nghỉ hưu", "Đang công tác"]
    assert asked(found) == [2]
    assert [issue.column for issue in found.issues] == [heading]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_remark_on_a_cell_that_says_somebody_left_is_asked_about(tmp_path: Path, kind: str) -> None:
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        page = book.add_worksheet()
        for n, row in enumerate(
            [["DANH SÁCH"], *ROWS, one(1, "Hồ Văn Tâm"), one(2, "Lê Thị Mai"), one(3, "Vi Thị Lan")]
        ):
            page.write_row(n, 0, row)
        page.write_comment("B3", "đã nghỉ hưu", {"author": "An"})
        page.write_comment("B4", "sinh ở Khe Tre")
        page.write_comment("E5", "An:\nĐã chuyển lên huyện")
        page.write_comment("B1", "đã nghỉ hưu")
    if kind == "ods":
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path / 'home'}", "--headless", "--convert-to", "ods"]
        subprocess.run(
            [*command, "--outdir", str(tmp_path), str(tmp_path / "ds.xlsx")], check=True, capture_output=True
        )
    found = read(tmp_path / f"ds.{kind}", as_of=DAY)
    assert [person.row for person in found.people] == [3, 4, 5]
    assert [(i.row, i.column) for i in found.issues if ASKED in i.message] == [(3, "Họ và tên"), (5, "Ghi chú")]
    assert "chú thích của ô, “đã nghỉ hưu” cho thấy" in found.issues[0].message


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    "written",
    [
        *("Hồ Văn Tám - nghỉ hưu", "Hồ Văn Tám, đã nghỉ", "Hồ Văn Tám\nđã nghỉ hưu", "Hồ Văn Tám\nĐã nghỉ hưu"),
        *("Hồ Văn Tám - (nghỉ từ 1/2018)", "Hồ Văn Tám – Nghỉ hưu", "Hồ Văn Tám; chuyển lên huyện"),
        *("Hồ Văn Tám đã nghỉ hưu", "Hồ Văn Tám: mất 2018", "Hồ Văn Tám, đảng viên, đã nghỉ hưu"),
        "Ông Hồ Văn Tám (đã nghỉ hưu)",
    ],
)
def test_a_note_behind_the_name_is_told_however_it_is_set_apart(tmp_path: Path, suffix: str, written: str) -> None:
    rows = [["Họ và tên", "Chức vụ", "Xã"], [written, "Kế toán", "Hương Hòa"]]
    write = workbook if suffix == ".xlsx" else sheet_csv
    found = read(write(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert [person.full_name for person in found.people] == ["Hồ Văn Tám"]
    assert asked(found) == [2]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("Hồ Văn Tám (khuyết)", "“khuyết” sau họ tên cho thấy chức vụ chưa có người"),
        ("Hồ Văn Tám - chưa có người", "“chưa có người” sau họ tên cho thấy chức vụ chưa có người"),
        ("Hồ Văn Tám (nghỉ hưu từ 1/2060)", "“nghỉ hưu từ 1/2060” được đọc là ghi chú"),
    ],
)
def test_other_notes_behind_the_name_are_no_part_of_it(tmp_path: Path, suffix: str, written: str, word: str) -> None:
    rows = [["Họ và tên", "Chức vụ", "Xã"], [written, "Kế toán", "Hương Hòa"]]
    write = workbook if suffix == ".xlsx" else sheet_csv
    found = read(write(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert [person.full_name for person in found.people] == ["Hồ Văn Tám"]
    assert [word in issue.message for issue in found.issues] == [True]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Nguyễn Thị\nHữu Trí", "Nguyễn Thị Hữu Trí"),
        ("Nguyễn Văn - Hữu", "Nguyễn Văn - Hữu"),
        ("Nguyen Thi\nHuu Tri", "Nguyen Thi Huu Tri"),
        ("nguyễn văn hữu", "nguyễn văn hữu"),
        ("Nguyễn Thị\nMất", "Nguyễn Thị Mất"),
        ("Hồ Văn Trống", "Hồ Văn Trống"),
        ("Hồ Văn Tám, đảng viên", "Hồ Văn Tám, đảng viên"),
    ],
)
def test_what_may_be_of_the_name_is_of_it(tmp_path: Path, suffix: str, written: str, name: str) -> None:
    rows = [["Họ và tên", "Chức vụ", "Xã"], [written, "Kế toán", "Hương Hòa"]]
    write = workbook if suffix == ".xlsx" else sheet_csv
    found = read(write(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert ([person.full_name for person in found.people], found.issues) == ([name], [])


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_titles_before_names_are_told_once_and_not_read(tmp_path: Path, suffix: str) -> None:
    names = {
        **{"Ông Hồ Văn Tám": "Hồ Văn Tám", "Bà Lê Thị Mai": "Lê Thị Mai", "Đ/c Hồ Văn Nam": "Hồ Văn Nam"},
        **{"Đồng chí Ra Pát Bên": "Ra Pát Bên", "đ/c: Hồ Văn Bé": "Hồ Văn Bé", "Ông (Bà) Vi Thị Lan": "Vi Thị Lan"},
        **{"ÔNG CAO VĂN BA": "CAO VĂN BA", "Bà Lê": "Bà Lê", "Ông Bảy": "Ông Bảy", "Đồng Chí Dũng": "Đồng Chí Dũng"},
        **{"Ông Ra Pát Liên": "Ra Pát Liên", "Ông Ích Khiêm": "Ông Ích Khiêm", "Ông Văn Tùng": "Ông Văn Tùng"},
    }
    rows = [["Họ và tên", "Chức vụ", "Xã"], *([name, "Kế toán", "Hương Hòa"] for name in names)]
    write = workbook if suffix == ".xlsx" else sheet_csv
    found = read(write(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert [person.full_name for person in found.people] == list(names.values())
    told, kept = found.issues
    assert (told.severity, told.column, kept.severity, kept.column) == ("info", "Họ và tên", "warning", "Họ và tên")
    assert "8 ô có danh xưng đứng trước họ tên (dòng 2–8, 12; “Ông Hồ Văn Tám” được đọc là Hồ Văn Tám)" in told.message
    assert (
        "2 ô có “Ông” đứng trước họ tên (dòng 13–14; “Ông Ích Khiêm”), chưa rõ là danh xưng hay là họ" in kept.message
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_one_number_is_one_persons_with_or_without_a_title(tmp_path: Path, suffix: str) -> None:
    rows = [["Họ và tên", "Chức vụ", "Xã", "Số CMND"]]
    rows += [[name, "Kế toán", "Hương Hòa", "191234567"] for name in ("Ông Hồ Văn Tám", "Hồ Văn Tám (đã nghỉ hưu)")]
    write = workbook if suffix == ".xlsx" else sheet_csv
    found = read(write(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert (found.rejected, {person.full_name for person in found.people}) == ([], {"Hồ Văn Tám"})


def test_a_remark_on_a_cell_of_an_old_workbook_is_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "ds.xlsx") as book:
        page = book.add_worksheet()
        people = [one(1, "Hồ Văn Tâm"), one(2, "Lê Thị Mai"), one(3, "Vi Thị Lan"), one(4, "Hồ Văn Nam")]
        for n, row in enumerate([["DANH SÁCH"], *ROWS, *people]):
            page.write_row(n, 0, row)
        page.write_comment("B3", "đã nghỉ hưu", {"author": "An"})
        page.write_comment("B4", "sinh ở Khe Tre")
        # A text box is no remark, and a long remark is written in pieces.
        page.insert_textbox("G4", "đã nghỉ hưu")
        page.write_comment("E5", "An:\nĐã chuyển lên huyện\n" + "x" * 9000)
        page.write_comment("B6", "mat 2018")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path / 'home'}", "--headless", "--convert-to", "xls"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "ds.xlsx")], check=True, capture_output=True)
    found = read(tmp_path / "ds.xls", as_of=DAY)
    assert [person.row for person in found.people] == [3, 4, 5, 6]
    told = [(i.row, i.column) for i in found.issues if ASKED in i.message]
    assert told == [(3, "Họ và tên"), (5, "Ghi chú"), (6, "Họ và tên")]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_note_in_place_of_a_name_is_nobody(tmp_path: Path, suffix: str) -> None:
    found = read(written(tmp_path / f"ds{suffix}", [*ROWS, one(1, "(đã nghỉ)"), one(2, "Hồ Văn Tâm")]), as_of=DAY)
    assert ([person.full_name for person in found.people], [row.row for row in found.rejected]) == (["Hồ Văn Tâm"], [2])
    assert "“(đã nghỉ)” không phải là họ tên" in found.issues[0].message


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    ("heading", "said", "left"),
    [
        ("Nghỉ hưu", "x", True),
        ("Nghỉ hưu", "01/06/2018", True),
        ("Nghỉ hưu", "01/06/2020", False),
        ("Nghỉ hưu", "không", False),
        ("Nghỉ hưu", "chưa", False),
        ("Nghỉ hưu", "-", False),
        ("Chuyển công tác", "X", True),
        ("Chuyển công tác", "6/2018", True),
        ("Chuyển công tác", "Phòng Nội vụ", True),
        ("Ngày nghỉ hưu", "01/06/2018", True),
        ("Ngày nghỉ hưu", date(2018, 6, 1), True),
        ("Ngày nghỉ hưu", date(2020, 6, 1), False),
        ("Ngày nghỉ hưu", "2018", True),
        ("Ngày nghỉ hưu", "31/12/2018", True),
        ("Ngày nghỉ hưu", "01/01/2019", False),
        ("Ngày, tháng, năm nghỉ hưu", "5/2018", True),
        ("NGÀY NGHỈ VIỆC", "01/06/2018", True),
        ("Thời điểm nghỉ hưu", "01/06/2018", True),
        ("Thời điểm nghỉ hưu", "01/06/2030", False),
        ("Nơi chuyển đến", "Phòng Nội vụ huyện", True),
        ("Nơi chuyển đến", "xã Hương Phú", True),
        ("Nơi chuyển đến", "xã Hương Hòa", False),
        ("Lý do", "Nghỉ hưu từ 1/2018", True),
        ("Lý do", "Nghỉ hưu từ 1/2020", False),
        ("Lý do nghỉ", "Hưu", True),
        ("Lý do", "đi học", False),
        ("Ghi chú 2", "Đã nghỉ hưu", True),
        ("Ghi chú (2)", "Đảng viên", False),
        ("Ghi chú khác", "Chuyển lên huyện", True),
    ],
)
def test_a_column_whose_heading_says_it_is_read_as_a_note(
    tmp_path: Path, suffix: str, heading: str, said: object, left: bool
) -> None:
    if suffix == ".csv" and isinstance(said, date):
        said = said.strftime("%d/%m/%Y")
    rows = [[*ROWS[0], heading], one(1, "Hồ Văn Tâm", "đảng viên", said), one(2, "Lê Thị Mai", "", "")]
    found = read(written(tmp_path / f"ds{suffix}", rows), as_of=DAY)
    assert len(found.people) == 2
    assert [(issue.row, issue.column) for issue in found.issues if ASKED in issue.message] == [(2, heading)] * left
    assert [issue for issue in found.issues if ASKED not in issue.message] == []
    # What stands there is kept, with what it is.
    assert ("đảng viên" in found.people[0].note, found.people[1].note) == (True, "")
    assert said == "-" or "; " in found.people[0].note


@pytest.mark.parametrize(
    "heading",
    [
        "Dự kiến nghỉ hưu",
        "Năm đủ tuổi nghỉ hưu",
        "Số ngày nghỉ phép",
        "Nghỉ thai sản",
        "Diễn giải",
        "Chuyển ngạch",
        "Thứ tự",
    ],
)
def test_other_headings_say_nothing_of_leaving(tmp_path: Path, heading: str) -> None:
    rows = [[*ROWS[0], heading], one(1, "Hồ Văn Tâm", "", "x"), one(2, "Lê Thị Mai", "", "2018")]
    found = read(written(tmp_path / "ds.csv", rows), as_of=DAY)
    assert (len(found.people), asked(found)) == (2, [])
