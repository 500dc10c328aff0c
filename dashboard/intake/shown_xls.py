"""What the eye sees on a sheet of an .xls and its values do not say; see shown.py.

The records are those of Excel 5 to 2003 (BIFF5 and BIFF8, [MS-XLS]), in an OLE container ([MS-CFB]).
"""

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

from intake.colours import BLACK, NUMBERED, Colour, are_alike, of_number
from intake.conditional import Area, Rule, is_corner, reference
from intake.shown import BUILT_IN, COLOUR, TINY, Book, Shown, Style, hidden_by, shown_of_dates

_BOF, _EOF, _DAYS, _FONT, _COLUMNS, _SHEET, _ROWS_OF_NUMBERS = 0x809, 0x0A, 0x22, 0x31, 0x7D, 0x85, 0xBD
_XF, _FAILED, _ROW, _FORMAT, _FORMULA = 0xE0, 0x205, 0x208, 0x41E, 0x06
_STRINGS, _MORE, _SHARED, _LOCK = 0xFC, 0x3C, 0xFD, 0x2F
# A number, short number, text, shared text, text in several fonts, formula.
_CELLS = {0x203, 0x27E, 0x204, _SHARED, 0xD6, _FORMULA, _FAILED}
_FAILURES = {
    **{0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"},
    43: "#GETTING_DATA",
}
_CONDITIONS, _CONDITION = 0x1B0, 0x1B1
_PALETTE = 0x92
_NOTE, _OBJECT, _TEXT_BOX = 0x1C, 0x5D, 0x1B6
# How an object begins that is the box of a remark.
_BOX = (0x15, 0x12, 0x19)
_SHORTEST = {_NOTE: 8, _OBJECT: 8, _TEXT_BOX: 12}
_BIFF8 = 0x600
# Nobody sees what is in a font of less than four points (in twentieths of one), in a row of less than three, in a
# column of less than 0.75 characters (in parts of 256).
_TINY, _FLAT_ROW, _FLAT_COLUMN = 80, 60, 192
_NO_SECTOR = 0xFFFFFFFA


def of_old_workbook(data: bytes) -> Book:
    """What the sheets of an .xls show. Raises ValueError where its records make no sense."""
    try:
        return _book(_stream(data))
    except (struct.error, IndexError):
        raise ValueError("records") from None


def is_locked(data: bytes) -> bool:
    """Whether the content of an .xls cannot be read without a password."""
    try:
        return any(kind == _LOCK for kind, _ in _records(_stream(data), 0))
    except (struct.error, IndexError):
        return False


def _stream(data: bytes) -> bytes:
    """The workbook within the container."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    directory, _, least, small, _, more = struct.unpack_from("<6I", data, 48)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    def numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    table = list(struct.unpack_from("<109I", data, 76))
    for _ in range(len(data) // size):
        if more >= _NO_SECTOR:
            break
        *rest, more = numbers(sector(more))
        table += rest
    next_of = numbers(b"".join(sector(number) for number in table if number < _NO_SECTOR))

    def whole(first: int) -> bytes:
        return b"".join(map(sector, _chain(first, next_of)))

    entries = whole(directory)
    found: dict[str, tuple[int, int]] = {}
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()
        found.setdefault(name, struct.unpack_from("<2I", entries, at + 116))
    first, length = found.get("workbook") or found.get("book") or (_NO_SECTOR, 0)
    if length >= least:
        return whole(first)[:length]
    # What is small lies in pieces of its own, all of them in the root's stream.
    root = whole(found["root entry"][0]) if "root entry" in found else b""
    pieces = _chain(first, numbers(whole(small)))
    return b"".join(root[piece * 64 : piece * 64 + 64] for piece in pieces)[:length]


def _chain(first: int, next_of: tuple[int, ...]) -> Iterator[int]:
    for _ in range(len(next_of)):
        if first >= _NO_SECTOR:
            return
        yield first
        first = next_of[first]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, without those of charts within it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth < 1:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _book(stream: bytes) -> Book:
    struck: list[bool] = []
    # Of every font the height and the number of its colour; of every format what is behind its text.
    letters: list[tuple[int, int]] = []
    papers: list[int | None] = []
    palette = NUMBERED
    codes: dict[int, str] = {}
    formats: list[tuple[int, int]] = []
    starts: list[int] = []
    strings: list[bytes] = []
    book = Book([])
    version = before = 0
    for kind, body in _records(stream, 0):
        if kind == _BOF:
            version = struct.unpack_from("<H", body)[0]
        elif kind == _DAYS:
            book.from_1904 = bool(struct.unpack_from("<H", body)[0])
        elif kind == _FONT:
            height, flags, colour = struct.unpack_from("<3H", body)
            # No font has the number 4.
            for _ in range(2 if len(struck) == 3 else 1):
                struck.append(bool(flags & 8))
                letters.append((height, colour))
        elif kind == _PALETTE:
            palette = [
                (red, green, blue)
                for red, green, blue, _ in struct.iter_unpack("<4B", body[2 : 2 + len(body[2:]) // 4 * 4])
            ]
        elif kind == _FORMAT:
            number = struct.unpack_from("<H", body)[0]
            codes[number] = _text(body, version)
        elif kind == _XF:
            formats.append(struct.unpack_from("<2H", body))
            papers.append(_paper(body) if version >= _BIFF8 and len(body) >= 20 else None)
        elif kind == _SHEET:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _STRINGS or (kind == _MORE and before == _STRINGS):
            strings.append(body)
            kind = _STRINGS
        before = kind
    styles = []
    for (font, code), paper in zip(formats, papers, strict=True):
        height, colour = letters[font] if font < len(letters) else (_TINY, 64)
        ink: Colour | None = BLACK if colour == 0x7FFF else of_number(colour, palette)
        behind = None if paper is None else of_number(paper, palette)
        unseen = COLOUR if are_alike(ink, behind) else TINY if height < _TINY else ""
        coarse = shown_of_dates(codes[code]) if code in codes else BUILT_IN.get(code)
        styles.append(Style(font < len(struck) and struck[font], coarse, unseen, *hidden_by(codes.get(code, ""))))
    mixed = _Strings(strings).in_fonts() if any(struck) and strings else {}
    kept = {n: _kept(text, runs, struck) for n, (text, runs) in mixed.items()}
    book.sheets += [_sheet(stream, start, styles, kept) for start in starts]
    return book


def _paper(body: bytes) -> int | None:
    """The number of the colour behind the text of a format; None where it is a pattern."""
    pattern = struct.unpack_from("<I", body, 14)[0] >> 26
    return {0: 65, 1: struct.unpack_from("<H", body, 18)[0] & 0x7F}.get(pattern)


def _kept(text: str, runs: list[tuple[int, int]], struck: list[bool]) -> dict[bool, str]:
    """What of a text in several fonts is not struck out, by whether the font of the cell, in which it begins, strikes
    out; only where some is and some is not.
    """
    found = {}
    for first in (False, True):
        spans = [(0, first), *((at, font < len(struck) and struck[font]) for at, font in runs), (len(text), False)]
        pieces = [(text[at:end], strikes) for (at, strikes), (end, _) in pairwise(spans)]
        if any(strikes and piece.strip() for piece, strikes in pieces):
            found[first] = "".join(piece for piece, strikes in pieces if not strikes).strip()
    return found


class _Strings:
    """The shared strings, in pieces: a string that goes on in the next one says again how it is encoded."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.piece, self.at = 0, 0

    def take(self, length: int) -> bytes:
        taken = b""
        while len(taken) < length:
            here = self.pieces[self.piece][self.at : self.at + length - len(taken)]
            taken += here
            self.at += len(here)
            if len(taken) < length:
                self.piece, self.at = self.piece + 1, 0
        return taken

    def text(self, length: int, wide: int) -> str:
        text = ""
        while length:
            many = min(length, (len(self.pieces[self.piece]) - self.at) // (1 + wide))
            text += self.take(many * (1 + wide)).decode("utf-16-le" if wide else "latin-1", "replace")
            length -= many
            if length:
                self.piece, self.at = self.piece + 1, 1
                wide = self.pieces[self.piece][0] & 1
        return text

    def in_fonts(self) -> dict[int, tuple[str, list[tuple[int, int]]]]:
        """Of the strings in several fonts, by number: the text, and where which font begins."""
        found = {}
        _, count = struct.unpack("<2I", self.take(8))
        for number in range(count):
            length, flags = struct.unpack("<HB", self.take(3))
            many = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
            rest = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
            text = self.text(length, flags & 1)
            runs = [struct.unpack("<2H", self.take(4)) for _ in range(many)]
            self.take(rest)
            if runs:
                found[number] = text, [(at, font) for at, font in runs]
        return found


def _text(body: bytes, version: int) -> str:
    if version < _BIFF8:
        return body[3:].decode("latin-1")
    return body[5:].decode("utf-16-le" if body[4] & 1 else "latin-1", "replace")


class _Remarks:
    """The remarks on cells of BIFF8: boxes by number, each with its text behind it, and in which cell is which box."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self.boxes: dict[tuple[int, int], int] = {}
        self.box, self.wanted = 0, 0

    def hear(self, kind: int, body: bytes) -> None:
        if len(body) < _SHORTEST.get(kind, 1):
            # No file is lost for a remark.
            return
        if kind == _OBJECT:
            *begins, number = struct.unpack_from("<4H", body)
            self.box = number if tuple(begins) == _BOX else 0
        elif kind == _TEXT_BOX:
            self.wanted = struct.unpack_from("<H", body, 10)[0] if self.box else 0
        elif kind == _MORE and self.wanted:
            # Each piece says again how it is encoded; what follows the text are its fonts.
            said = body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")[: self.wanted]
            self.wanted -= len(said)
            self.texts[self.box] = self.texts.get(self.box, "") + said
        elif kind == _NOTE:
            row, column, _, number = struct.unpack_from("<4H", body)
            self.boxes[row, column] = number

    def by_place(self) -> dict[tuple[int, int], str]:
        return {place: self.texts[number] for place, number in self.boxes.items() if number in self.texts}


def _sheet(stream: bytes, start: int, styles: list[Style], kept: dict[int, dict[bool, str]]) -> Shown:
    shown = Shown()
    areas: tuple[Area, ...] = ()
    remarks = _Remarks()
    version = 0
    for kind, body in _records(stream, start):
        if kind == _BOF:
            version = struct.unpack_from("<H", body)[0]
        elif kind in (_NOTE, _OBJECT, _TEXT_BOX, _MORE) and version >= _BIFF8:
            remarks.hear(kind, body)
        elif kind in _CELLS:
            row, column, style = struct.unpack_from("<3H", body)
            shown.mark((row, column), styles[style], is_text=_is_text(kind, body))
            if kind == _SHARED and (number := struct.unpack_from("<I", body, 6)[0]) in kept:
                first = styles[style].struck
                shown.struck.pop((row, column), None)
                if first in kept[number]:
                    shown.struck[row, column] = kept[number][first]
            failed = None
            if kind == _FAILED and body[7]:
                failed = body[6]
            elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
                failed = body[8]
            if failed is not None:
                shown.failed[row, column] = _FAILURES.get(failed, "#N/A")
        elif kind == _ROWS_OF_NUMBERS:
            row, column = struct.unpack_from("<2H", body)
            for at in range(4, len(body) - 2, 6):
                style = struct.unpack_from("<H", body, at)[0]
                shown.mark((row, column), styles[style], is_text=False)
                column += 1
        elif kind == _CONDITIONS:
            areas = tuple(
                (top, left, bottom, right)
                for top, bottom, left, right in struct.iter_unpack("<4H", body[14 : 14 + 8 * (len(body[14:]) // 8)])
            )
        elif kind == _CONDITION and areas and (rule := _rule(body, areas)):
            shown.rules.append(rule)
        elif (
            kind == _ROW
            and len(body) >= 14
            and (body[12] & 0x20 or struct.unpack_from("<H", body, 6)[0] & 0x7FFF < _FLAT_ROW)
        ):
            shown.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<5H", body)
            if flags & 1 or width < _FLAT_COLUMN:
                shown.hidden_columns.update(range(first, min(last, 255) + 1))
    shown.remarks = remarks.by_place()
    return shown


def _is_text(kind: int, body: bytes) -> bool:
    return kind in (0x204, _SHARED, 0xD6) or (kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] in (0, 3))


def _rule(body: bytes, areas: tuple[Area, ...]) -> Rule | None:
    """The condition under which cells of these areas are struck out; None where it does not strike out."""
    kind, sign, length, _ = struct.unpack_from("<2B2H", body)
    look = struct.unpack_from("<I", body, 6)[0]
    # The font comes after the number format, if there is one: its own name, or the number of one that is built in.
    at = 12
    if look & 1 << 25:
        at += struct.unpack_from("<H", body, at)[0] if struct.unpack_from("<H", body, 10)[0] & 1 else 2
    if not look & 1 << 26 or not struct.unpack_from("<I", body, at + 68)[0] & 0x80:
        return None
    # Four bytes say which of it are left as they were.
    if struct.unpack_from("<I", body, at + 88)[0] & 0x80:
        return None
    # Behind what else there is to a format stand the formulas.
    second = struct.unpack_from("<H", body, 4)[0]
    base = areas[0][:2]
    formula = body[len(body) - length - second :][:length]
    return Rule(areas, _condition(kind, sign, formula, base) if is_corner(base, areas) else "", base)


def _condition(kind: int, sign: int, formula: bytes, base: tuple[int, int]) -> str:
    """A condition of which the tokens are a text, or a cell, a text and a comparison; '' for any other."""
    cell = reference(base)
    compares = {3: "=", 4: "<>"}.get(sign, "") if kind == 1 else ""
    if kind == 2 and formula[:1] in (b"\x4c", b"\x2c", b"\x6c") and len(formula) > 6:
        row, column = struct.unpack_from("<2H", formula, 1)
        moves_down, moves_right = column & 0x8000, column & 0x4000
        column &= 0xFF
        row = (base[0] + row) % 2**16 if moves_down else row
        column = (base[1] + column) % 2**8 if moves_right else column
        letters, number = re.fullmatch("([A-Z]+)([0-9]+)", reference((row, column))).groups()  # type: ignore[union-attr]
        cell = f"{'' if moves_right else '$'}{letters}{'' if moves_down else '$'}{number}"
        compares = {0x0B: "=", 0x0E: "<>"}.get(formula[-1], "")
        formula = formula[5:-1]
    if not compares or formula[:1] != b"\x17" or len(formula) < 3:
        return ""
    wide = formula[2] & 1
    text = formula[3:].decode("utf-16-le" if wide else "latin-1", "replace")
    return f'{cell}{compares}"{text}"' if len(text) == formula[1] else ""
