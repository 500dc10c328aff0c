"""Opens a spreadsheet or CSV file as grids of cells, within limits and without running anything in it."""

import csv
import io
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import islice
from pathlib import Path

import python_calamine as calamine

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_CELLS = 3_000_000
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv")

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_OOXML = "EncryptedPackage".encode("utf-16-le")
_VALUE_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_SECONDS = 60
_CHILD_LOCKED, _CHILD_TOO_MANY_CELLS = 3, 4


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of equal length from its first row with a value on (`first_row`, counted from 1).

    Merged ranges carry their value in every cell; where the format hides them `merges_known` is False.
    """

    file: str
    sheet: str
    cells: list[list[object]]
    first_row: int
    hidden: bool = False
    merges_known: bool = True


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message is one Vietnamese sentence that names it."""


@dataclass(frozen=True)
class _Sheet:
    name: str
    hidden: bool
    start: tuple[int, int]
    rows: list[list[object]]
    merges: list[tuple[tuple[int, int], tuple[int, int]]] | None


class _TooManyCells(Exception):
    pass


def read(path: str | Path) -> list[Grid]:
    """Every sheet of an .xlsx, .xls, .ods or .csv file that holds a value, hidden ones included and marked.

    Raises UnreadableFile when the file is missing, empty, damaged, locked, too big or of another kind.
    """
    path = Path(path)
    name = path.name
    data = _bytes(path)
    try:
        if data.startswith(_ZIP):
            _check_zip(data)
            sheets = _sheets(calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))
        elif data.startswith(_OLE):
            sheets = _sheets_apart(path, data)
        elif path.suffix.lower() == ".csv":
            return _csv(name, data)
        else:
            raise zipfile.BadZipFile
    except calamine.PasswordError:
        raise UnreadableFile(f"Tệp {name} có đặt mật khẩu; bỏ mật khẩu, lưu rồi nạp lại.") from None
    except _TooManyCells:
        raise UnreadableFile(
            f"Tệp {name} có trang tính trải rộng hơn {MAX_CELLS // 1_000_000} triệu ô; "
            "xóa các ô thừa nằm xa bảng hoặc tách thành từng tệp theo xã, lưu rồi nạp lại."
        ) from None
    except (calamine.CalamineError, zipfile.BadZipFile, csv.Error, ValueError):
        raise UnreadableFile(
            f"Tệp {name} bị hỏng hoặc không đúng định dạng; "
            "mở bằng Excel hay LibreOffice, lưu lại thành .xlsx rồi nạp lại."
        ) from None
    return [
        Grid(name, sheet.name, _filled(sheet), sheet.start[0] + 1, sheet.hidden, sheet.merges is not None)
        for sheet in sheets
    ]


def _bytes(path: Path) -> bytes:
    name = path.name
    if path.is_dir():
        raise UnreadableFile(f"{name} là thư mục; chọn từng tệp danh sách ở trong.")
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableFile(f"Tệp {name} không phải bảng tính; chỉ nhận tệp .xlsx, .xls, .ods hoặc .csv.")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(
                f"Tệp {name} lớn hơn {MAX_BYTES // 1024**2} MB; tách thành từng tệp theo xã rồi nạp lại."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"Không tìm thấy tệp {name}; kiểm tra lại tên và thư mục.") from None
    except OSError:
        raise UnreadableFile(
            f"Không mở được tệp {name}; đóng phần mềm đang mở tệp hoặc xin quyền đọc rồi nạp lại."
        ) from None
    if not data:
        raise UnreadableFile(f"Tệp {name} rỗng, không có nội dung nào; lấy lại bản gốc rồi nạp lại.")
    return data


def _check_zip(data: bytes) -> None:
    """Inflates every part once, so that sizes and check sums are true before calamine trusts them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise _TooManyCells
        for part in parts:
            try:
                content = archive.read(part)
            except Exception:
                # Damaged deflate, bzip2 and LZMA streams each raise an error type of their own.
                raise zipfile.BadZipFile from None
            if part.filename == "META-INF/manifest.xml" and b"encryption-data" in content:
                raise calamine.PasswordError
            if part.filename.startswith("xl/worksheets/"):
                _check_extent(content)


def _check_extent(xml: bytes) -> None:
    # calamine allocates the whole rectangle between the outermost values: one stray cell at the far corner
    # of a sheet asks for more memory than there is, and that ends the process instead of raising.
    columns = set()
    first, last = sys.maxsize, 0
    for cell in _VALUE_CELL.finditer(xml):
        columns.add(cell[1])
        row = int(cell[2])
        first, last = min(first, row), max(last, row)
    if columns:
        places = [_column_number(column) for column in columns]
        if (last - first + 1) * (max(places) - min(places) + 1) > MAX_CELLS:
            raise _TooManyCells


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheets(book: calamine.CalamineWorkbook) -> list[_Sheet]:
    sheets = []
    for meta in book.sheets_metadata:
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.start is None:
            continue
        if sheet.height * sheet.width > MAX_CELLS:
            raise _TooManyCells
        hidden = meta.visible is not calamine.SheetVisibleEnum.Visible
        rows: list[list[object]] = [list(row) for row in sheet.to_python()]
        sheets.append(_Sheet(meta.name, hidden, sheet.start, rows, sheet.merged_cell_ranges))
    return sheets


def _sheets_apart(path: Path, data: bytes) -> list[_Sheet]:
    # The old binary format has no check sums. A damaged file can panic the parser, or make it ask for more
    # memory than there is, and both would take the whole server down; here they only end a child process.
    if _ENCRYPTED_OOXML in data:
        raise calamine.PasswordError
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", __file__, str(path)], capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ValueError from None
    if done.returncode == _CHILD_LOCKED:
        raise calamine.PasswordError
    if done.returncode == _CHILD_TOO_MANY_CELLS:
        raise _TooManyCells
    if done.returncode:
        raise ValueError
    return [_Sheet(*sheet) for sheet in pickle.loads(done.stdout)]  # noqa: S301 - our own child wrote it


def _open_any(path: str) -> calamine.CalamineWorkbook:
    return calamine.CalamineWorkbook.from_filelike(io.BytesIO(Path(path).read_bytes()))


def _answer(path: str) -> int:
    """The child's part of _sheets_apart: the sheets on standard output, or an exit code."""
    try:
        # Only the opening by name tells a locked .xls from a damaged one.
        open_book = calamine.CalamineWorkbook.from_path if path.lower().endswith(".xls") else _open_any
        sheets = _sheets(open_book(path))
    except calamine.PasswordError:
        return _CHILD_LOCKED
    except _TooManyCells:
        return _CHILD_TOO_MANY_CELLS
    sys.stdout.buffer.write(pickle.dumps([astuple(sheet) for sheet in sheets]))
    return 0


def _filled(sheet: _Sheet) -> list[list[object]]:
    """The rows, with the value of every merged range in each of its cells."""
    top, left = sheet.start
    height, width = len(sheet.rows), len(sheet.rows[0])
    for (row0, column0), (row1, column1) in sheet.merges or ():
        rows = range(max(row0 - top, 0), min(row1 - top + 1, height))
        columns = range(max(column0 - left, 0), min(column1 - left + 1, width))
        if row0 < top or column0 < left or not rows or not columns:
            continue
        value = sheet.rows[rows[0]][columns[0]]
        if value != "":
            for row in rows:
                for column in columns:
                    sheet.rows[row][column] = value
    return sheet.rows


def _csv(name: str, data: bytes) -> list[Grid]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"Tệp {name} không phải văn bản UTF-8; trong Excel chọn lưu thành “CSV UTF-8” rồi nạp lại."
        ) from None
    # The separator is the one that cuts the first rows into most cells.
    delimiter = max(",;\t", key=lambda d: sum(len(row) for row in islice(_csv_rows(text, d), 50)))
    rows = list(_csv_rows(text, delimiter))
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise _TooManyCells
    cells: list[list[object]] = [[*row, *[""] * (width - len(row))] for row in rows]
    return [Grid(name, "", cells, 1, merges_known=False)] if width else []


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


if __name__ == "__main__":
    sys.exit(_answer(sys.argv[1]))
