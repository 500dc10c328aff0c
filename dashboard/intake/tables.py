"""Opens a spreadsheet or text file as grids of cells, within limits and without running anything in it.

Whatever a file is, it is opened in a child process (`sandbox`), and what goes beyond a limit is told in one sentence.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain, islice, product
from pathlib import Path
from typing import NamedTuple

import python_calamine as calamine

from intake import legacy, sandbox, webpage
from intake.conditional import Area
from intake.foreign import by_suffix, foreign
from intake.shown import MONTH, NO_YEAR, YEAR, Book, Shown, of_day, of_open_document, of_workbook
from intake.shown_xls import is_locked, of_old_workbook

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_CELLS = 3_000_000
MAX_ROWS = 100_000
# Empty ones included; no sheet of Excel has more.
MAX_LINES = 1_048_576
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt")

_SEPARATORS = ",;\t|"
# A cell of more lines than this is one that somebody forgot to close.
_MOST_LINES = 40
# The separator shows in the first lines.
_ENOUGH_TO_SEE = 2**20

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# A formula that failed, up to what it shows.
_FAILED = re.compile(
    rb"""(<(?:\w+:)?c\s[^>]*\bt=["']e["'][^>]*>(?:<(?:\w+:)?f\b[^>]*/>|<(?:\w+:)?f\b[^>]*>[^<]*</[^>]*>)?"""
    rb"""<(?:\w+:)?v>)[^<]*"""
)
_ENCRYPTED_OOXML = "EncryptedPackage".encode("utf-16-le")
# The old binary format has no check sums, and calamine allocates the whole rectangle between the outermost values, and
# as many shared strings as a workbook says it has. The largest list that is taken needs half the time.
_LIMITS = sandbox.Limits(seconds=15, most_seconds=60, memory=576 * 1024**2)


class Merge(NamedTuple):
    """The first and last row and column of a range that is shown as one cell, counted from 0 within its grid, and how
    many other values it covers.
    """

    top: int
    left: int
    bottom: int
    right: int
    covered: int


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of equal length from its first row with a value on (`first_row`, counted from 1).

    Merged ranges carry their value in every cell; where the format hides them `merges_known` is False. Rows (counted
    from 0) that hold nothing but what such a range brings into them are in `spread`.
    `converted` names what some of the text was converted from, such as 'TCVN3 (ABC)'.
    A date of which the month or the year is shown is text: '05/1978', '1978'. A formula that failed is what is shown
    of it, '#REF!', and one that nobody computed is itself, '=B4&C4'. `hidden_rows`, `hidden_columns` and the cells in
    `struck`, each with what of its text is not struck out, are counted from 0 too; days without a format that
    makes them dates are counted from 1904 on where `from_1904`. `merges` are the merged ranges that hold something.
    Of what is in the `doubtful` areas nobody knows whether a condition strikes it out, of what is in the `faint` ones
    whether one hides it; of what is `unseen` it is told why. Dates of which the year is not shown are `yearless`.
    `remarks` are written on cells, by row and column.
    """

    file: str
    sheet: str
    cells: list[list[object]]
    first_row: int
    hidden: bool = False
    merges_known: bool = True
    converted: str | None = None
    spread: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: Mapping[tuple[int, int], str] = field(default_factory=dict)
    from_1904: bool = False
    merges: tuple[Merge, ...] = ()
    doubtful: tuple[Area, ...] = ()
    faint: tuple[Area, ...] = ()
    unseen: Mapping[tuple[int, int], str] = field(default_factory=dict)
    yearless: frozenset[tuple[int, int]] = frozenset()
    remarks: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    def is_unseen(self, i: int) -> bool:
        """Whether nobody sees what a row says, or sees it struck out."""
        if i in self.hidden_rows or not (self.unseen or self.struck):
            return i in self.hidden_rows
        places = [(i, place) for place, cell in enumerate(self.cells[i]) if cell != ""]
        return bool(places) and all(place in self.unseen or self.struck.get(place) == "" for place in places)

    def filled(self) -> list[int]:
        """The rows, counted from 0, in which the file itself has something."""
        return [i for i, row in enumerate(self.cells) if is_filled(row) and i not in self.spread]


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message is one Vietnamese sentence that names it."""


@dataclass(frozen=True)
class _Sheet:
    name: str
    hidden: bool
    start: tuple[int, int]
    rows: list[list[object]]
    merges: list[tuple[tuple[int, int], tuple[int, int]]] | None
    shown: Shown = field(default_factory=Shown)
    from_1904: bool = False
    yearless: frozenset[tuple[int, int]] = frozenset()


class _TooManyCells(Exception):
    pass


class _TooManyLines(Exception):
    pass


class _OnlyPictures(Exception):
    pass


def is_filled(row: Sequence[object]) -> bool:
    """Whether a row has a cell that is not blank."""
    return any(cell != "" and not (isinstance(cell, str) and cell.isspace()) for cell in row)


def read(path: str | Path) -> list[Grid]:
    """Every sheet of a spreadsheet or text file that holds a value, hidden ones included and marked.

    What the file is shows in its content; an .xls can be a web page, or text cut by tabs. Text that is not in
    Unicode is converted, sheet by sheet.
    Raises UnreadableFile when the file is missing, empty, damaged, locked, too big or of another kind.
    """
    path = Path(path)
    _check(path)
    try:
        found: list[Grid] | str = sandbox.run(_grids_or_why, path.resolve(), limits=_LIMITS)
    except sandbox.Ended as ended:
        raise UnreadableFile(not_read(path.name, ended)) from None
    if isinstance(found, str):
        raise UnreadableFile(found)
    return found


def not_read(name: str, ended: sandbox.Ended) -> str:
    """What is told of a file of which the reading did not come to its end."""
    return {"time": _too_long, "memory": _too_big, "fault": _damaged}[ended.why](name)


def why_not_taken(name: str, start: bytes) -> str:
    """What a file is whose suffix is none of SUFFIXES, and what to do: a clause; `start` are its first bytes."""
    if found := foreign(name, start) or by_suffix(name):
        return _is_foreign(*found)
    return "không phải bảng tính; chỉ nhận tệp .xlsx, .xls, .ods hoặc .csv, .tsv, .txt"


def _is_foreign(what: str, then: str) -> str:
    return f"là {what}, không phải loại tệp đọc được; {then}"


def refusal(path: Path) -> str | None:
    """Why a file cannot be read, in a sentence; None where it can."""
    try:
        read(path)
    except UnreadableFile as error:
        return str(error)
    return None


def _grids_or_why(path: Path) -> list[Grid] | str:
    """The child's part of `read`: the grids, or the sentence that says why there are none."""
    try:
        return _grids(path)
    except UnreadableFile as error:
        return str(error)


def _too_long(name: str) -> str:
    return f"Tệp {name} đọc mãi chưa xong; tách thành từng tệp theo xã, lưu lại thành .xlsx rồi nạp lại."


def _too_big(name: str) -> str:
    return (
        f"Tệp {name} trải rộng hơn {MAX_CELLS // 1_000_000} triệu ô hoặc cần quá nhiều bộ nhớ; "
        "xóa các ô thừa nằm xa bảng hoặc tách thành từng tệp theo xã, lưu rồi nạp lại."
    )


def _damaged(name: str) -> str:
    return (
        f"Tệp {name} bị hỏng hoặc không đúng định dạng; mở bằng Excel hay LibreOffice, lưu lại thành .xlsx rồi nạp lại."
    )


def _grids(path: Path) -> list[Grid]:
    name = path.name
    decoded_from = None
    try:
        data = path.read_bytes()
        if found := foreign(name, data):
            raise UnreadableFile(f"Tệp {name} {_is_foreign(*found)}.")
        if data.startswith(_ZIP):
            _check_zip(data)
            sheets = _workbook_sheets(data)
            if not sheets and _has_pictures(data):
                raise _OnlyPictures
        elif data.startswith(_OLE):
            if _ENCRYPTED_OOXML in data:
                raise calamine.PasswordError
            sheets = _workbook_sheets(data)
        else:
            text, decoded_from = _text(name, data)
            del data
            sheets = _text_sheets(text)
    except OSError:
        raise UnreadableFile(
            f"Không mở được tệp {name}; đóng phần mềm đang mở tệp hoặc xin quyền đọc rồi nạp lại."
        ) from None
    except calamine.PasswordError:
        raise UnreadableFile(f"Tệp {name} có đặt mật khẩu; bỏ mật khẩu, lưu rồi nạp lại.") from None
    except (_TooManyCells, webpage.TooManyCells):
        raise UnreadableFile(_too_big(name)) from None
    except _TooManyLines:
        raise UnreadableFile(
            f"Tệp {name} có hơn 1 triệu dòng, kể cả dòng trống; xóa các dòng trống thừa, lưu rồi nạp lại."
        ) from None
    except _OnlyPictures:
        raise UnreadableFile(
            f"Tệp {name} chỉ có hình ảnh hoặc biểu đồ, không có ô nào ghi chữ; lấy tệp gốc có bảng rồi nạp lại."
        ) from None
    except (calamine.CalamineError, zipfile.BadZipFile, NotImplementedError, csv.Error, ValueError):
        raise UnreadableFile(_damaged(name)) from None
    if sum(is_filled(row) for sheet in sheets for row in sheet.rows) > MAX_ROWS:
        raise UnreadableFile(
            f"Tệp {name} có hơn {MAX_ROWS // 1000}.000 dòng; tách thành từng tệp theo xã, lưu rồi nạp lại."
        )
    return [_grid(name, sheet, decoded_from) for sheet in sheets]


def _check(path: Path) -> None:
    """What needs no look inside the file."""
    name = path.name
    if path.is_dir():
        raise UnreadableFile(f"{name} là thư mục; chọn từng tệp danh sách ở trong.")
    try:
        size = path.stat().st_size
        with open(path, "rb") as file:
            start = file.read(4096)
    except FileNotFoundError:
        raise UnreadableFile(f"Không tìm thấy tệp {name}; kiểm tra lại tên và thư mục.") from None
    except OSError:
        raise UnreadableFile(
            f"Không mở được tệp {name}; đóng phần mềm đang mở tệp hoặc xin quyền đọc rồi nạp lại."
        ) from None
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableFile(f"Tệp {name} {why_not_taken(name, start)}.")
    if size > MAX_BYTES:
        raise UnreadableFile(f"Tệp {name} lớn hơn {MAX_BYTES // 1024**2} MB; tách thành từng tệp theo xã rồi nạp lại.")
    if not size:
        raise UnreadableFile(f"Tệp {name} rỗng, không có nội dung nào; lấy lại bản gốc rồi nạp lại.")


def _check_zip(data: bytes) -> None:
    """Inflates every part once, so that sizes and check sums are true before calamine trusts them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise _TooManyCells
        for part in parts:
            try:
                content = archive.read(part)
            except MemoryError:
                raise
            except Exception:
                # Damaged deflate, bzip2 and LZMA streams each raise an error type of their own.
                raise zipfile.BadZipFile from None
            if part.filename == "META-INF/manifest.xml" and b"encryption-data" in content:
                raise calamine.PasswordError


def _has_pictures(data: bytes) -> bool:
    folders = ("xl/media/", "xl/charts/", "xl/chartsheets/", "Pictures/", "Object ")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.startswith(folders) for name in archive.namelist())


def _workbook_sheets(data: bytes) -> list[_Sheet]:
    try:
        return _sheets(data, data)
    except calamine.CalamineError as error:
        # Of the errors of newer formulas ('#SPILL!', '#GETTING_DATA') it knows nothing, and gives up the whole list.
        if not data.startswith(_ZIP) or "cell error" not in str(error):
            raise
    return _sheets(_with_old_failures(data), data)


def _with_old_failures(data: bytes) -> bytes:
    """The workbook with '#N/A' in every formula that failed: what each shows is seen to apart."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for part in archive.infolist():
            content = archive.read(part)
            made.writestr(
                part.filename, _FAILED.sub(rb"\1#N/A", content) if part.filename.endswith(".xml") else content
            )
    return stream.getvalue()


def _sheets(data: bytes, original: bytes) -> list[_Sheet]:
    """The sheets by their values in `data`; what is shown of them is looked for in the `original`."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.CalamineError:
        # Without its name calamine does not tell a locked .xls from a damaged one.
        if data.startswith(_OLE) and is_locked(data):
            raise calamine.PasswordError from None
        raise
    shown = _shown(original)
    sheets = []
    room = MAX_CELLS
    every = shown.sheets or [Shown() for _ in book.sheets_metadata]
    # Of unequal numbers one of the two was misread; nobody would know what is hidden.
    for meta, seen in zip(book.sheets_metadata, every, strict=True):
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.start is None:
            continue
        room -= sheet.height * sheet.width
        if room < 0:
            raise _TooManyCells
        hidden = meta.visible is not calamine.SheetVisibleEnum.Visible
        rows: list[list[object]] = sheet.to_python()  # type: ignore[assignment]
        yearless = _show(rows, sheet.start, seen, room, shown.from_1904)
        # Of an .ods without any nobody knows whether its program would have told.
        merges = sheet.merged_cell_ranges or seen.merges or (None if sheet.merged_cell_ranges is None else [])
        sheets.append(_Sheet(meta.name, hidden, sheet.start, rows, merges, seen, shown.from_1904, yearless))
    return sheets


def _shown(data: bytes) -> Book:
    if data.startswith(_OLE):
        return of_old_workbook(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" in archive.namelist():
            return of_open_document(archive, MAX_CELLS)
        return of_workbook(archive)


def _show(
    rows: list[list[object]], start: tuple[int, int], seen: Shown, room: int, from_1904: bool
) -> frozenset[tuple[int, int]]:
    """Puts in the cells what is shown in them where calamine gives something else, or nothing.

    Gives the cells that are dates of which all but the year is shown.
    """
    top, left = start
    first_day = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    yearless = set()
    for (row, column), coarse in seen.coarse.items():
        if row >= top and column >= left and row - top < len(rows) and column - left < len(rows[0]):
            value = rows[row - top][column - left]
            if not isinstance(value, date):
                continue
            moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
            much = of_day(coarse, (moment - first_day) / timedelta(days=1))
            if much in (MONTH, YEAR):
                rows[row - top][column - left] = f"{value:%m/%Y}" if much == MONTH else str(value.year)
            elif much == NO_YEAR:
                yearless.add((row - top, column - left))
    failed = {(r - top, c - left): text for (r, c), text in seen.failed.items() if r >= top and c >= left}
    # Formulas that nobody computed can be all there is in the last rows and columns.
    height = max([len(rows), *(row + 1 for row, _ in failed)])
    width = max([len(rows[0]), *(column + 1 for _, column in failed)])
    if height * width - len(rows) * len(rows[0]) > room:
        raise _TooManyCells
    if width > len(rows[0]):
        rows[:] = [[*row, *[""] * (width - len(row))] for row in rows]
    rows += [[""] * width for _ in range(height - len(rows))]
    for (row, column), text in failed.items():
        rows[row][column] = text
    return frozenset(yearless)


def _spread(sheet: _Sheet) -> tuple[frozenset[int], list[Merge]]:
    """Puts the value of every merged range in each of its cells; gives the rows that have nothing else, and the ranges.

    What stands in the other cells of a range nobody sees.
    """
    merges = []
    top, left = sheet.start
    height, width = len(sheet.rows), len(sheet.rows[0])
    touched: dict[int, bool] = {}
    for (row0, column0), (row1, column1) in sheet.merges or ():
        rows = range(max(row0 - top, 0), min(row1 - top + 1, height))
        columns = range(max(column0 - left, 0), min(column1 - left + 1, width))
        if row0 < top or column0 < left or not rows or not columns:
            continue
        value = sheet.rows[rows[0]][columns[0]]
        if is_filled([value]):
            for row in rows:
                touched.setdefault(row, is_filled(sheet.rows[row]))
            covered = 0
            for row in rows:
                covered += sum(cell not in ("", value) for cell in sheet.rows[row][columns[0] : columns[-1] + 1])
                for column in columns:
                    sheet.rows[row][column] = value
            merges.append(Merge(rows[0], columns[0], rows[-1], columns[-1], covered))
            for told in (sheet.shown.struck, sheet.shown.unseen):
                if (said := told.get((row0, column0))) is not None:
                    told.update({(row + top, column + left): said for row in rows for column in columns})
    return frozenset(row for row, has_own in touched.items() if not has_own), merges


def _strike_by_conditions(
    rows: list[list[object]], start: tuple[int, int], seen: Shown
) -> tuple[list[Area], list[Area]]:
    """Marks the cells that a condition strikes out or hides, and gives the areas for which nobody knows, apart."""
    top, left = start
    height, width = len(rows), len(rows[0])

    def at(place: tuple[int, int]) -> object:
        row, column = place[0] - top, place[1] - left
        return rows[row][column] if 0 <= row < height and 0 <= column < width else ""

    doubtful: list[Area] = []
    faint: list[Area] = []
    room = MAX_CELLS
    for rule in seen.rules:
        holds = rule.holds()
        for first, begin, last, end in rule.areas:
            area = (max(first, top), max(begin, left), min(last, top + height - 1), min(end, left + width - 1))
            many = max(area[2] - area[0] + 1, 0) * max(area[3] - area[1] + 1, 0)
            room -= many
            if many and (holds is None or room < 0):
                (faint if rule.hides else doubtful).append(
                    (area[0] - top, area[1] - left, area[2] - top, area[3] - left)
                )
            elif many and holds:
                for place in product(range(area[0], area[2] + 1), range(area[1], area[3] + 1)):
                    if at(place) != "" and holds(place, at):
                        if rule.hides:
                            seen.unseen[place] = rule.hides
                        else:
                            seen.struck[place] = ""
    return doubtful, faint


def _grid(name: str, sheet: _Sheet, decoded_from: str | None) -> Grid:
    doubtful, faint = _strike_by_conditions(sheet.rows, sheet.start, sheet.shown)
    spread, merges = _spread(sheet)
    # A list repeats the same words in many cells: what to convert is decided once for each.
    cells = set(chain.from_iterable(sheet.rows))
    texts = {cell for cell in cells if isinstance(cell, str) and not cell.isascii()}
    encoding, changed = legacy.repair({*texts, sheet.name})
    # The same words are kept once, and all empty rows are one: nothing changes a grid.
    blank: list[object] = [""] * len(sheet.rows[0])
    once: dict[object, object] = dict(changed.items())
    for i, row in enumerate(sheet.rows):
        kept = [once.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in row]
        sheet.rows[i] = kept if is_filled(kept) else blank
    converted = ", ".join(filter(None, (decoded_from, encoding))) or None
    sheet_name = changed.get(sheet.name, sheet.name)
    merges_known = sheet.merges is not None
    top, left = sheet.start
    remarks: dict[int, dict[int, str]] = {}
    for (down, across), said in sheet.shown.remarks.items():
        remarks.setdefault(down - top, {})[across - left] = said
    return Grid(
        name,
        sheet_name,
        sheet.rows,
        top + 1,
        sheet.hidden,
        merges_known,
        converted,
        spread,
        frozenset(row - top for row in sheet.shown.hidden_rows if top <= row < top + len(sheet.rows)),
        frozenset(column - left for column in sheet.shown.hidden_columns if column >= left),
        {(row - top, column - left): kept for (row, column), kept in sheet.shown.struck.items()},
        sheet.from_1904,
        tuple(merges),
        tuple(doubtful),
        tuple(faint),
        {(row - top, column - left): why for (row, column), why in sheet.shown.unseen.items()},
        sheet.yearless,
        remarks,
    )


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
        rows, shown = webpage.read_page(text, MAX_CELLS)
        return [_Sheet("", False, (0, 0), rows, shown.merges, shown)] if rows else []
    # The separator is the one that most evenly cuts most of the first rows into most cells.
    start = text[:_ENOUGH_TO_SEE]
    delimiter = max(_SEPARATORS, key=lambda mark: _evenness(start, mark))
    lines: list[list[str]] = []
    empty: list[str] = []
    room = MAX_CELLS
    for line in _csv_rows(text, delimiter):
        room -= len(line)
        if room < 0:
            raise _TooManyCells
        if len(lines) == MAX_LINES:
            raise _TooManyLines
        lines.append(line or empty)
    while lines and not is_filled(lines[-1]):
        lines.pop()
    lines = _cut_alike(lines, delimiter)
    width = max(map(len, lines), default=0)
    if width * len(lines) > MAX_CELLS:
        raise _TooManyCells
    blank: list[object] = [""] * width
    rows = [[*line, *[""] * (width - len(line))] if line else blank for line in lines]
    return [_Sheet("", False, (0, 0), rows, None)] if width else []


def _cut_alike(lines: list[list[str]], delimiter: str) -> list[list[str]]:
    """The rows, those among them cut that came from another program and have another separator, to the same width."""
    widths = Counter(len(line) for line in lines if len(line) > 2)
    usual = max(widths, key=widths.__getitem__, default=0)

    def cut(line: list[str]) -> list[str]:
        for mark in _SEPARATORS.replace(delimiter, "") if usual and line and not any(line[1:]) else "":
            if line[0].count(mark) >= usual - 1 and len(found := next(_csv_rows(line[0], mark), [])) == usual:
                return found
        return line

    return [cut(line) for line in lines]


def _evenness(text: str, delimiter: str) -> int:
    widths = Counter(len(row) for row in islice(_csv_rows(text, delimiter), 50))
    return max((rows * rows * (width - 1) for width, rows in widths.items()), default=0)


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of a text cut by a separator, of which quotes take none into a cell of another.

    A quote that nobody closed, such as one before a word in a remark, would make a cell of all lines up to the next.
    """
    source = io.StringIO(text, newline="")
    widest = 0
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        start, line = source.tell(), reader.line_num
        try:
            row = next(reader)
            lines = reader.line_num - line
            alone = lines > _MOST_LINES or (lines > 1 and _holds_a_row(row, delimiter, widest))
        except StopIteration:
            return
        except csv.Error:
            row, alone = [], True
        if alone:
            source.seek(start)
            first = source.readline()
            if first.count('"') % 2:
                row = next(csv.reader([first], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
                row = [cell.strip('"') for cell in row]
            else:
                row = next(csv.reader([first], delimiter=delimiter), [])
            reader = csv.reader(source, delimiter=delimiter, strict=True)
        widest = max(widest, len(row))
        yield row


def _holds_a_row(row: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a cell has a line that would make a row of its own, as wide as any."""
    return any(line.count(delimiter) >= max(width - 1, 2) for cell in row for line in cell.splitlines()[1:])
