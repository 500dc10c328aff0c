"""Every list of the product as an Excel file that an office can sign, in the look of NĐ 30/2020/NĐ-CP."""

import io
import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from itertools import count
from typing import Any, TypeVar

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.columns import is_of
from core.vietnamese import date_long, date_short, key
from documents.text_size import SLACK, line_count, pixels, row_height
from documents.workbook import DAY, FONT, open_book

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TOTAL = "Tổng cộng"
SAMPLE = "Dữ liệu minh hoạ"
NO_MATCH = "Không có dòng nào phù hợp với bộ lọc đang chọn."

# What browsers call such a file.
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MM = 96 / 25.4  # pixels of the sheet in a millimetre of paper
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15  # mm, NĐ 30/2020 Phụ lục I
LANDSCAPE_WIDTH = (297 - LEFT - RIGHT) * MM
PORTRAIT_WIDTH = (210 - LEFT - RIGHT) * MM
LANDSCAPE_HEIGHT = (210 - TOP - BOTTOM) / 25.4 * 72  # points
STT_WIDTH = 46
MARGIN = 12  # pixels added to a text so that it does not touch its borders
ONE_LINE = (200, 160, 130, 100, 0)  # pixels: texts up to the first that the page has room for are not wrapped
SHORT_NUMBER = 6  # characters: counts and most shares
LONGEST_WORD = 200
WIDEST = 1790  # pixels: 255 digits, the limit of a column
MOST_LINES = 20  # a taller row would near Excel's limit of 409 points and the height of the page
MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units
TEXT_FORMAT_LIMIT = 255  # older Excel shows ##### for longer text under the format '@'

_T = TypeVar("_T")
Value = str | int | float | date | None


@dataclass(frozen=True)
class Letterhead:
    """The issuing office: `parent` and `name` in capitals as on its letterhead, `place` for the date line."""

    parent: str
    name: str
    place: str

    @classmethod
    def of(cls, about: pd.Series) -> "Letterhead":
        """The office of a row of the query `about`; what a store does not know is left to be filled in by hand."""
        known = ["" if pd.isna(about[c]) else str(about[c]) for c in ("office_parent", "office_name", "office_place")]
        by_hand = "." * 20
        if pd.notna(about["former_district"]):
            # The office that was is no more, and nobody has said which one it is now.
            known = [text or by_hand for text in known]
        return cls(known[0], known[1], known[2] or by_hand)


@dataclass(frozen=True)
class Export:
    """One list as it is on screen, and what a reader must know about it.

    `rows` and `by_commune` carry Vietnamese headings and real values; their order is kept. A last row whose
    first cell is `TOTAL` is set in bold and not numbered. `by_commune` without columns has no
    sheet. `formula` may have several lines.
    """

    title: str
    as_of: date
    rows: pd.DataFrame
    by_commune: pd.DataFrame
    filters: list[tuple[str, str]]
    formula: str
    legal_basis: list[str]
    caveats: list[str]
    letterhead: Letterhead
    made_at: datetime
    made_by: str
    sample: bool
    # What `by_commune` counts by, in words.
    places: str = "xã, thị trấn"


def file_name(title: str, as_of: date) -> str:
    """An ASCII name for the file: `file_name('Danh sách đã lọc', date(2018, 12, 31))` is
    'danh-sach-da-loc-31-12-2018.xlsx'. The day stands once, also where the title ends with it."""
    day = f"{as_of:%d-%m-%Y}"
    words = key(title).replace(" ", "-").removesuffix(day)[:100].strip("-")
    return f"{words or 'danh-sach'}-{day}.xlsx"


def workbook(export: Export, progress: Callable[[float], None] = lambda share: None) -> bytes:
    """The .xlsx file of a list: sheets 'Danh sách', 'Tổng hợp theo xã' where there is one, and 'Thông tin'.

    `progress` is told which share of the list is written.

    Numbers and dates are real ones; text is never a formula, a link or a number. Characters that XML forbids
    are left out and text beyond Excel's 32,767 characters ends in '…'. The same export gives the same bytes.
    """
    buffer = io.BytesIO()
    book = open_book(
        buffer,
        made_at=export.made_at,
        title=cell_text(export.title),
        author=cell_text(export.made_by),
        company=cell_text(export.letterhead.name).strip("."),
    )
    formats = _formats(book)
    nothing = NO_MATCH if export.filters else f"Không có dòng nào tính đến ngày {date_short(export.as_of)}."
    _list_sheet(_page(book, "Danh sách", export.sample), formats, export, export.rows, [], nothing, progress)
    if len(export.by_commune.columns):
        page = _page(book, f"Tổng hợp theo {export.places.partition(',')[0]}", export.sample)
        _list_sheet(page, formats, export, export.by_commune, [f"TỔNG HỢP THEO {export.places.upper()}"], nothing)
    _information_sheet(_page(book, "Thông tin", export.sample), formats, export)
    book.close()
    return buffer.getvalue()


# What XML 1.0 cannot carry; a lone surrogate would stop the file from being written at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> str:
    """The text as a cell of Excel can hold it, cut off with '…' where it is too long."""
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    units = text.encode("utf-16-le")
    if len(units) > 2 * MOST_CHARACTERS:
        text = units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
    return text


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A name for a sheet as near to the wanted one as Excel allows: at most 31 characters, none that Excel forbids, and
    no name twice; `taken` are those in use."""
    base = " ".join(re.sub(r"[\[\]:*?/\\']", " ", cell_text(wanted)).split())[:28].strip() or "Trang"
    used = {name.lower() for name in (*taken, "History")}
    return next(name for n in count(1) if (name := base if n == 1 else f"{base} {n}").lower() not in used)


def _value(raw: object) -> Value:
    if hasattr(raw, "item"):
        raw = raw.item()
    if raw is None or raw is pd.NaT or raw is pd.NA:
        return None
    if isinstance(raw, datetime) and (raw.hour, raw.minute, raw.second) == (0, 0, 0):
        raw = raw.date()
    if isinstance(raw, date):
        # Excel's calendar starts in 1900.
        return raw if raw.year >= 1900 else date_short(raw)
    if isinstance(raw, bool):
        return "Có" if raw else "Không"
    if isinstance(raw, int):
        # Excel keeps 15 digits; a longer number is an identifier.
        return raw if abs(raw) < 10**15 else str(raw)
    if isinstance(raw, float | Decimal):
        return float(raw) if math.isfinite(raw) else None
    return cell_text(str(raw)) or None


@dataclass(frozen=True)
class _Column:
    heading: str
    values: list[Value]
    shown: list[str]  # each value as it will stand in its cell, near enough to measure
    number_format: str
    text_align: str
    number_align: str


def _each(what: Callable[[Any], _T], values: list[Any]) -> list[_T]:
    """What becomes of each value; of equal ones of a kind it is worked out once, for a column says few things often."""
    known: dict[tuple[type, Any], _T] = {}
    for value in values:
        if (type(value), value) not in known:
            known[type(value), value] = what(value)
    return [known[type(value), value] for value in values]


def _columns(frame: pd.DataFrame) -> list[_Column]:
    columns = []
    for position, name in enumerate(frame.columns):
        values = _each(_value, frame.iloc[:, position].tolist())
        numbers = [value for value in values if isinstance(value, int | float)]
        number_format = _number_format(str(name), numbers)
        shown = _each(partial(_shown, number_format=number_format), values)
        # Dates (and a bare year among them) and short numbers stand in the middle, money digit under digit.
        dates = any(isinstance(value, date) for value in values)
        text_align = "center" if dates else "left"
        short = max((len(_shown(number, number_format)) for number in numbers), default=0) <= SHORT_NUMBER
        number_align = "center" if dates or short else "right"
        columns.append(_Column(cell_text(str(name)), values, shown, number_format, text_align, number_align))
    return columns


_PYTHON_FORMAT = {"0": ".0f", "#,##0": ",.0f", "#,##0.0": ",.1f", "#,##0.00": ",.2f", "0.00%": ".2%"}


def _shown(value: Value, number_format: str) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return date_short(value)
        case _:
            return format(value, _PYTHON_FORMAT[number_format])


def _kind(value: Value, number_format: str) -> dict[str, object]:
    """The properties of a cell's format that follow from what it holds."""
    match value:
        case None:
            return {}
        case str() if len(value) > TEXT_FORMAT_LIMIT:
            # The quote keeps it text when somebody edits the cell.
            return {"text_wrap": True, "quote_prefix": True}
        case str():
            return {"text_wrap": True, "num_format": "@"}
        case datetime():
            return {"num_format": "dd/mm/yyyy hh:mm"}
        case date():
            return {"num_format": DAY}
        case _:
            return {"num_format": number_format}


def _number_format(heading: str, numbers: list[int | float]) -> str:
    if is_of(heading, "share"):
        return "0.00%"
    if is_of(heading, "year"):
        return "0"
    if all(n == int(n) for n in numbers):
        return "#,##0"
    if all(round(n, 1) == n for n in numbers):
        return "#,##0.0"
    return "#,##0.00"


@dataclass(frozen=True)
class _Need:
    """What a column asks for: the width below which words would break, and the one with no wrapping."""

    least: float
    whole: float

    def within(self, lines: int) -> float:
        """A width at which the longest text takes about so many lines; a short text takes fewer."""
        lines = min(lines, 2 + int(self.whole / 150))
        return min(max(self.least, self.whole / lines * 1.12), self.whole)


def _need(column: _Column, size: float) -> _Need:
    least = max(pixels(word, size, bold=True) for word in [*column.heading.split(), ""])
    # A heading may take two or three lines where its column is narrow.
    whole = max(least, pixels(column.heading, size, bold=True) * 0.45)
    for text in set(column.shown):
        least = max([least, *(pixels(word, size) for word in text.split())])
        whole = max([whole, *(pixels(line, size) for line in text.split("\n"))])
    least = max(min(least, LONGEST_WORD), whole / MOST_LINES * 1.12)
    if whole <= ONE_LINE[0]:
        least = max(least, min(whole / 2 * 1.12, whole))
    least, whole = (max(width / SLACK + MARGIN, STT_WIDTH) for width in (least, whole))
    return _Need(min(least, WIDEST), min(whole, WIDEST))


def _fit(needs: list[_Need], room: float) -> tuple[list[float], int]:
    """Widths that fill `room`, and the lines of the tallest cell; more than `MOST_LINES` if they do not fit.
    Short texts stay on one line unless that makes the rows a third taller."""

    def widths(lines: int, one_line: float) -> list[float]:
        return [need.whole if need.whole <= one_line else need.within(lines) for need in needs]

    def fewest(one_line: float) -> int:
        counts = range(1, MOST_LINES + 1)
        return next((lines for lines in counts if sum(widths(lines, one_line)) <= room), MOST_LINES + 1)

    choices = [(fewest(one_line), one_line) for one_line in ONE_LINE]
    lines, one_line = next(choice for choice in choices if choice[0] <= 1.35 * min(choices)[0])
    chosen = widths(lines, one_line)
    spare = room - sum(chosen)
    # What is left takes short texts to one line first, and then goes to the columns that still wrap.
    for index in sorted(range(len(needs)), key=lambda i: needs[i].whole - chosen[i]):
        missing = needs[index].whole - chosen[index]
        if needs[index].whole <= ONE_LINE[0] and missing <= spare:
            chosen[index] += missing
            spare -= missing
    growing = [i for i, need in enumerate(needs) if need.whole > chosen[i]] or range(len(needs))
    share = max(spare, 0) / sum(chosen[i] for i in growing)
    for index in growing:
        chosen[index] *= 1 + share
    return chosen, lines


def _layout(columns: list[_Column]) -> tuple[list[int], int]:
    """Pixels of 'STT' and of each column, and the size of the text: 13, or 12 in a wide table."""
    room = LANDSCAPE_WIDTH - STT_WIDTH
    size = 13
    widths, lines = _fit([_need(column, size) for column in columns], room)
    if lines > 3:
        size = 12
        needs = [_need(column, size) for column in columns]
        # A table too wide for legible rows is laid out on a wider sheet and printed smaller.
        for tenths in count():
            widths, lines = _fit(needs, room * (1 + tenths / 10))
            if lines <= (5 + 1.5 * tenths if tenths < 4 else MOST_LINES):
                break
    return [STT_WIDTH, *(min(int(width), WIDEST) for width in widths)], size


_Formats = Callable[..., Format]


def _formats(book: Workbook) -> _Formats:
    @cache
    def make(**properties: object) -> Format:
        return book.add_format({"font_size": 13, "valign": "vcenter", **properties})

    return make


class _Page(Worksheet):
    """A sheet whose printed pages are numbered at the top, from the second one on (NĐ 30/2020)."""

    sample_mark = ""

    # XlsxWriter has no option for a first page without a number.
    def _write_header_footer(self) -> None:
        self._xml_start_tag("headerFooter", [("differentFirst", 1)])
        self._xml_data_element("oddHeader", f'{self.sample_mark}&C&"{FONT},Regular"&13&P')
        self._xml_data_element("firstHeader", self.sample_mark)
        self._xml_end_tag("headerFooter")


def _page(book: Workbook, name: str, sample: bool) -> _Page:
    sheet: _Page = book.add_worksheet(name, worksheet_class=_Page)
    sheet.sample_mark = f'&L&"{FONT},Italic"&11{SAMPLE}' if sample else ""
    sheet.set_paper(9)
    sheet.set_margins(left=LEFT / 25.4, right=RIGHT / 25.4, top=TOP / 25.4, bottom=BOTTOM / 25.4)
    sheet.set_header("", {"margin": 10 / 25.4})
    sheet.set_start_page(1)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    return sheet


def _put(sheet: Worksheet, row: int, first: int, last: int, text: str, style: Format) -> None:
    """Text in one cell, or in the cells from `first` to `last` merged."""
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, cell_text(text), style)


def _list_sheet(
    sheet: _Page,
    formats: _Formats,
    export: Export,
    frame: pd.DataFrame,
    headline: list[str],
    nothing: str,
    progress: Callable[[float], None] = lambda share: None,
) -> None:
    columns = _columns(frame)
    widths, size = _layout(columns)
    office_width = max(pixels(export.letterhead.parent, 12), pixels(export.letterhead.name, 12, bold=True)) + 30
    motto_width = pixels(COUNTRY, 12, bold=True) + 30
    split = _split(widths, office_width, motto_width)
    last = len(widths) - 1
    sheet.set_landscape()
    for number, width in enumerate(widths):
        sheet.set_column_pixels(number, number, width)

    heights = _head(sheet, formats, export.letterhead, widths, split)
    titles = [(text, 14, True, False) for text in [*headline, export.title.upper()]]
    titles.append((f"(Tính đến {date_long(export.as_of)})", 13, False, True))
    if export.filters:
        scope = "; ".join(f"{name}: {chosen}" for name, chosen in export.filters)
        titles.append((f"Phạm vi: {scope}", 13, False, True))
    if export.sample:
        titles.append((SAMPLE, 13, True, True))
    for text, text_size, bold, italic in titles:
        style = formats(font_size=text_size, bold=bold, italic=italic, align="center", text_wrap=True)
        _put(sheet, len(heights), 0, last, text, style)
        heights.append(row_height(line_count(text, sum(widths), text_size, bold), text_size))
    heights.append(8)

    head = len(heights)
    heights += _table(sheet, formats, columns, widths, size, head, nothing, progress)
    bottom = len(heights)
    heights.append(14)
    _signature(sheet, formats, export, split, last, len(heights))
    heights.append(130)
    for row, height in enumerate(heights):
        sheet.set_row(row, height)

    sheet.repeat_rows(head, head + 1)
    sheet.freeze_panes(head + 2, 0)
    sheet.print_area(0, 0, len(heights) - 1, last)
    break_at = _page_break(heights, head, bottom, min(1.0, LANDSCAPE_WIDTH / sum(widths)))
    if break_at:
        sheet.set_h_pagebreaks([break_at])


def _split(widths: list[int], office: float, motto: float) -> int:
    """Number of columns under the office's half of the letterhead. Widens columns that are too narrow."""
    total = sum(widths)

    def badness(count: int) -> float:
        left = sum(widths[:count])
        short = max(office - left, 0) + max(motto - (total - left), 0)
        return short * 1000 + abs(left - 0.42 * total)

    split = min(range(1, len(widths)), key=badness)
    widths[split - 1] += max(0, math.ceil(office - sum(widths[:split])))
    widths[-1] += max(0, math.ceil(motto - sum(widths[split:])))
    return split


def _head(sheet: Worksheet, formats: _Formats, office: Letterhead, widths: list[int], split: int) -> list[float]:
    last = len(widths) - 1
    _put(sheet, 0, 0, split - 1, office.parent, formats(font_size=12, align="center"))
    _put(sheet, 0, split, last, COUNTRY, formats(font_size=12, bold=True, align="center"))
    _put(sheet, 1, 0, split - 1, office.name, formats(font_size=12, bold=True, align="center"))
    _put(sheet, 1, split, last, MOTTO, formats(bold=True, align="center"))
    left, total = sum(widths[:split]), sum(widths)
    # Under the office a rule of a third to a half of its name, under the motto one as long as it.
    if office.name:
        _rule(sheet, left / 2, pixels(office.name, 12, bold=True) * 0.4)
    _rule(sheet, (left + total) / 2, pixels(MOTTO, 13, bold=True) * 0.97)
    _put(sheet, 3, 0, split - 1, "Số:            /", formats(align="center"))
    return [17, 18, 7, 18, 6]


def _rule(sheet: Worksheet, centre: float, length: float) -> None:
    sheet.insert_textbox(
        2,
        0,
        "",
        {
            "x_offset": centre - length / 2,
            "y_offset": 3,
            "width": length,
            "height": 1,
            "line": {"none": True},
            "fill": {"color": "black"},
            "decorative": True,
        },
    )


def _table(
    sheet: Worksheet,
    formats: _Formats,
    columns: list[_Column],
    widths: list[int],
    size: int,
    head: int,
    nothing: str,
    progress: Callable[[float], None],
) -> list[float]:
    """Writes the table from row `head` on and returns the heights of its rows."""
    last = len(columns)
    headings = ["STT", *(column.heading for column in columns)]
    heading_style = formats(font_size=size, bold=True, align="center", text_wrap=True, border=1)
    number_style = formats(font_size=11, italic=True, align="center", border=1)
    lines = 1
    for number, heading in enumerate(headings):
        _put(sheet, head, number, number, heading, heading_style)
        _put(sheet, head + 1, number, number, f"({number + 1})", number_style)
        lines = max(lines, line_count(heading, widths[number], size, bold=True))
    heights = [row_height(lines, size) + 4, 18]

    rows = len(columns[0].values)
    if not rows:
        style = formats(font_size=size, italic=True, align="center", text_wrap=True, border=1)
        _put(sheet, head + 2, 0, last, nothing, style)
        return [*heights, row_height(line_count(nothing, sum(widths), size), size) + 8]

    total = columns[0].values[-1] == TOTAL
    first, listed = head + 2, rows - total
    look = {"font_size": size, "border": 1, "bold": False}
    counted = formats(align="center", num_format="0", **look)
    for index in range(listed):
        sheet.write_number(first + index, 0, index + 1, counted)
    for number, column in enumerate(columns, start=1):
        _write_column(sheet, formats, first, number, column, column.values[:listed], look)
        # To pack the file takes the rest of the time.
        progress(0.7 * number / len(columns))
    taken = [_lines(column, widths[n], size, total=total) for n, column in enumerate(columns, start=1)]
    heights += [row_height(max(1, *of_row), size) for of_row in zip(*taken, strict=True)]
    if total:
        look["bold"] = True
        sheet.write_blank(first + listed, 0, None, formats(align="center", num_format="0", **look))
        for number, column in enumerate(columns, start=1):
            _write_column(sheet, formats, first + listed, number, column, column.values[listed:], look)
    # The filter buttons stand on the column numbers, so that sorting leaves those in place and no heading is
    # covered; the total stays below whatever is sorted or hidden.
    sheet.autofilter(head + 1, 0, head + 1 + listed, last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{head + 2 + rows}"})
    return heights


def _lines(column: _Column, width: int, size: int, *, total: bool) -> list[int]:
    """The lines that each text of a column takes; that of the total is bold."""
    lines = _each(partial(line_count, width=width, size=size), column.shown)
    return [*lines[:-1], line_count(column.shown[-1], width, size, bold=True)] if total else lines


def _write_column(
    sheet: Worksheet,
    formats: _Formats,
    first: int,
    number: int,
    column: _Column,
    values: list[Value],
    look: dict[str, Any],
) -> None:
    """Write the values of a column from row `first` on."""
    styles: dict[object, Format] = {}
    for row, value in enumerate(values, start=first):
        kind = (type(value), isinstance(value, str) and len(value) > TEXT_FORMAT_LIMIT)
        if kind not in styles:
            align = column.text_align if isinstance(value, str) else column.number_align
            styles[kind] = formats(align=align, **look, **_kind(value, column.number_format))
        _write(sheet, row, number, value, styles[kind])


def _write(sheet: Worksheet, row: int, number: int, value: Value, style: Format) -> None:
    match value:
        case None:
            sheet.write_blank(row, number, None, style)
        case str():
            sheet.write_string(row, number, value, style)
        case date():
            sheet.write_datetime(row, number, value, style)
        case _:
            sheet.write_number(row, number, value, style)


def _signature(sheet: Worksheet, formats: _Formats, export: Export, split: int, last: int, row: int) -> None:
    """The closing block, all in one row so that no page break can cut it."""
    cell = formats(text_wrap=True, valign="top", align="center")
    left_cell = formats(text_wrap=True, valign="top", align="left", font_size=11)
    _put(sheet, row, 0, split - 1, "", left_cell)
    _put(sheet, row, split, last, "", cell)
    sheet.write_rich_string(
        row,
        0,
        formats(bold=True, italic=True, font_size=12),
        "Nơi nhận:\n",
        formats(font_size=11),
        "- .....................;\n- Lưu: VT.",
        left_cell,
    )
    sheet.write_rich_string(
        row,
        split,
        formats(italic=True),
        f"{cell_text(export.letterhead.place)}, ngày        tháng        năm {export.made_at.year}\n",
        formats(bold=True),
        "TRƯỞNG PHÒNG\n",
        formats(italic=True),
        "(Ký, ghi rõ họ tên)",
        cell,
    )


def _page_break(heights: list[float], head: int, bottom: int, scale: float) -> int | None:
    """The row to start the last page with, so that the signature never stands alone: at least two rows of the
    table go with it. None when it already has company."""
    room = LANDSCAPE_HEIGHT / scale
    used = sum(heights[: head + 2])
    for height in heights[head + 2 : bottom]:
        used = used + height if used + height <= room else heights[head] + heights[head + 1] + height
    # Excel and LibreOffice differ by a few points in a page.
    alone = used + sum(heights[bottom:]) > room * 0.97
    return bottom - 2 if alone and bottom - head > 4 else None


def _information_sheet(sheet: _Page, formats: _Formats, export: Export) -> None:
    label_width = 170
    text_width = int(PORTRAIT_WIDTH) - label_width
    sheet.set_portrait()
    sheet.set_column_pixels(0, 0, label_width)
    sheet.set_column_pixels(1, 1, text_width)
    filters: list[Value] = [f"{name}: {chosen}" for name, chosen in export.filters]
    entries: list[tuple[str, list[Value]]] = [
        ("Nội dung", [export.title]),
        ("Thời điểm số liệu", [export.as_of]),
        ("Bộ lọc", filters or ["Không lọc: toàn bộ danh sách"]),
        ("Số dòng", [len(export.rows)]),
        ("Thời điểm xuất", [f"{export.made_at:%d/%m/%Y %H:%M}"]),
        ("Người xuất", [export.made_by]),
        ("Cách tính", [line for line in export.formula.splitlines() if line.strip()] or ["Không có"]),
        ("Căn cứ pháp lý", list(export.legal_basis) or ["Không có"]),
        ("Lưu ý về số liệu", list(export.caveats) or ["Không có"]),
    ]
    _put(sheet, 0, 0, 1, "THÔNG TIN VỀ SỐ LIỆU", formats(bold=True, font_size=14, align="center"))
    sheet.set_row(0, 24)
    row = 1
    if export.sample:
        _put(sheet, row, 0, 1, SAMPLE, formats(bold=True, italic=True, align="center"))
        row += 1
    sheet.set_row(row, 8)
    row += 1
    look = {"valign": "top", "align": "left"}
    label_style = formats(bold=True, border=1, **look)
    for label, contents in entries:
        if len(contents) > 1:
            sheet.merge_range(row, 0, row + len(contents) - 1, 0, "", label_style)
        sheet.write_string(row, 0, label, label_style)
        for index, content in enumerate(contents):
            value = _value(content)
            edges = {"left": 1, "right": 1, "top": int(index == 0), "bottom": int(index == len(contents) - 1)}
            _write(sheet, row, 1, value, formats(**look, **edges, **_kind(value, "#,##0")))
            sheet.set_row(row, row_height(line_count(_shown(value, "#,##0"), text_width, 13), 13))
            row += 1
    sheet.print_area(0, 0, row - 1, 1)
