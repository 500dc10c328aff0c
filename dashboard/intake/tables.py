"""Opens a spreadsheet or text file as grids of cells, within limits and without running anything in it."""

import csv
import io
import pickle
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import python_calamine as calamine

from intake import legacy, webpage

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_CELLS = 3_000_000
MAX_ROWS = 100_000
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt")

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_OOXML = "EncryptedPackage".encode("utf-16-le")
_SECONDS = 60
_CHILD_MEMORY = 2 * 1024**3
_CHILD_LOCKED, _CHILD_TOO_MANY_CELLS = 3, 4


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of equal length from its first row with a value on (`first_row`, counted from 1).

    Merged ranges carry their value in every cell; where the format hides them `merges_known` is False.
    `converted` names what some of the text was converted from, such as 'TCVN3 (ABC)'.
    """

    file: str
    sheet: str
    cells: list[list[object]]
    first_row: int
    hidden: bool = False
    merges_known: bool = True
    converted: str | None = None


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


class _OnlyPictures(Exception):
    pass


def read(path: str | Path) -> list[Grid]:
    """Every sheet of a spreadsheet or text file that holds a value, hidden ones included and marked.

    What the file is shows in its content; an .xls can be a web page, or text cut by tabs. Text that is not in
    Unicode is converted, sheet by sheet.
    Raises UnreadableFile when the file is missing, empty, damaged, locked, too big or of another kind.
    """
    path = Path(path)
    name = path.name
    data = _bytes(path)
    decoded_from = None
    try:
        if data.startswith(_ZIP):
            _check_zip(data)
            sheets = _sheets_apart(path)
            if not sheets and _has_pictures(data):
                raise _OnlyPictures
        elif data.startswith(_OLE):
            if _ENCRYPTED_OOXML in data:
                raise calamine.PasswordError
            sheets = _sheets_apart(path)
        else:
            text, decoded_from = _text(name, data)
            sheets = _text_sheets(text)
    except calamine.PasswordError:
        raise UnreadableFile(f"Tệp {name} có đặt mật khẩu; bỏ mật khẩu, lưu rồi nạp lại.") from None
    except (_TooManyCells, webpage.TooManyCells):
        raise UnreadableFile(
            f"Tệp {name} có trang tính trải rộng hơn {MAX_CELLS // 1_000_000} triệu ô; "
            "xóa các ô thừa nằm xa bảng hoặc tách thành từng tệp theo xã, lưu rồi nạp lại."
        ) from None
    except _OnlyPictures:
        raise UnreadableFile(
            f"Tệp {name} chỉ có hình ảnh hoặc biểu đồ, không có ô nào ghi chữ; lấy tệp gốc có bảng rồi nạp lại."
        ) from None
    except (calamine.CalamineError, zipfile.BadZipFile, NotImplementedError, csv.Error, ValueError):
        raise UnreadableFile(
            f"Tệp {name} bị hỏng hoặc không đúng định dạng; "
            "mở bằng Excel hay LibreOffice, lưu lại thành .xlsx rồi nạp lại."
        ) from None
    if sum(any(cell != "" for cell in row) for sheet in sheets for row in sheet.rows) > MAX_ROWS:
        raise UnreadableFile(
            f"Tệp {name} có hơn {MAX_ROWS // 1000}.000 dòng; tách thành từng tệp theo xã, lưu rồi nạp lại."
        )
    return [_grid(name, sheet, decoded_from) for sheet in sheets]


def _bytes(path: Path) -> bytes:
    name = path.name
    if path.is_dir():
        raise UnreadableFile(f"{name} là thư mục; chọn từng tệp danh sách ở trong.")
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableFile(f"Tệp {name} không phải bảng tính; chỉ nhận tệp .xlsx, .xls, .ods hoặc .csv, .tsv, .txt.")
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


def _has_pictures(data: bytes) -> bool:
    folders = ("xl/media/", "xl/charts/", "xl/chartsheets/", "Pictures/", "Object ")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.startswith(folders) for name in archive.namelist())


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


def _sheets_apart(path: Path) -> list[_Sheet]:
    # A file can panic the parser, or make it ask for more memory than there is: the old binary format has no check
    # sums, and calamine allocates the whole rectangle between the outermost values, and as many shared strings as a
    # workbook says it has. Both would take the whole server down; here they only end a child process.
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-E", "-s", "-m", "intake.tables", str(path.resolve())],
            cwd=Path(__file__).parents[1],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ValueError from None
    if done.returncode == _CHILD_LOCKED:
        raise calamine.PasswordError
    if done.returncode == _CHILD_TOO_MANY_CELLS or b"memory allocation of" in done.stderr:
        raise _TooManyCells
    if done.returncode:
        raise ValueError
    return [_Sheet(*sheet) for sheet in pickle.loads(done.stdout)]  # noqa: S301 - our own child wrote it


def _answer(path: Path) -> int:
    """The child's part of _sheets_apart: the sheets on standard output, or an exit code."""
    # Windows knows no such limit: there the child only stops where memory ends.
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_CHILD_MEMORY, _CHILD_MEMORY))
    data = path.read_bytes()
    try:
        # Only the opening by name tells a locked .xls from a damaged one.
        if path.suffix.lower() == ".xls" and data.startswith(_OLE):
            book = calamine.CalamineWorkbook.from_path(path)
        else:
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = _sheets(book)
    except calamine.PasswordError:
        return _CHILD_LOCKED
    except (_TooManyCells, MemoryError):
        return _CHILD_TOO_MANY_CELLS
    sys.stdout.buffer.write(pickle.dumps([(s.name, s.hidden, s.start, s.rows, s.merges) for s in sheets]))
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


def _grid(name: str, sheet: _Sheet, decoded_from: str | None) -> Grid:
    rows = _filled(sheet)
    # A list repeats the same words in many cells: what to convert is decided once for each.
    texts = {cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii()}
    encoding, changed = legacy.repair({*texts, sheet.name})
    if encoding:
        rows = [[changed.get(cell, cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    converted = ", ".join(filter(None, (decoded_from, encoding))) or None
    sheet_name = changed.get(sheet.name, sheet.name)
    return Grid(name, sheet_name, rows, sheet.start[0] + 1, sheet.hidden, sheet.merges is not None, converted)


def _text(name: str, data: bytes) -> tuple[str, str | None]:
    try:
        return legacy.decode(data)
    except ValueError:
        raise UnreadableFile(
            f"Tệp {name} không phải bảng tính, cũng không phải văn bản tiếng Việt đọc được; "
            "mở bằng Excel, lưu lại thành .xlsx rồi nạp lại."
        ) from None


def _text_sheets(text: str) -> list[_Sheet]:
    if webpage.is_webpage(text):
        rows = webpage.read_page(text, MAX_CELLS)
        return [_Sheet("", False, (0, 0), rows, [])] if rows else []
    # The separator is the one that most evenly cuts most of the first rows into most cells.
    delimiter = max(",;\t|", key=lambda mark: _evenness(text, mark))
    rows = [list(row) for row in _csv_rows(text, delimiter)]
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise _TooManyCells
    for row in rows:
        row += [""] * (width - len(row))
    return [_Sheet("", False, (0, 0), rows, None)] if width else []


def _evenness(text: str, delimiter: str) -> int:
    widths = Counter(len(row) for row in islice(_csv_rows(text, delimiter), 50))
    return max((rows * rows * (width - 1) for width, rows in widths.items()), default=0)


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


if __name__ == "__main__":
    sys.exit(_answer(Path(sys.argv[1])))
