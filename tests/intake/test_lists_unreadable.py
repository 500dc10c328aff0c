"""Files that are no list, locked, damaged or too large: each is refused in one line that names it."""

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from common.lists import LISTS, read, workbook
from intake import tables


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
    odd = tmp_path / "ds.abc"
    odd.write_bytes(b"abc")
    assert "chỉ nhận tệp .xlsx, .xls, .ods hoặc .csv" in refusal(odd)
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
