"""The official list of a commune as an Excel form: filled in with what the store knows, so that it comes back as an
update. Every word in it is one that `intake.lists` reads."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from core.columns import COLUMNS
from core.store import Filters, Reader
from core.vietnamese import date_long, date_short
from core.words import Words, partial
from documents.excel import BOTTOM, COUNTRY, LEFT, MOTTO, RIGHT, TOP, sheet_name
from documents.text_size import line_count, row_height
from documents.workbook import DAY, FONT, SHADE, open_book

_SPARE_ROWS = 10
_DIGIT = 8  # pixels of a digit of the default font
_CHOICES, _INSTRUCTIONS = "Danh mục", "Hướng dẫn"


@dataclass(frozen=True)
class _Field:
    """A column of the form: what stands in it, what it is called there and how wide it is, `COLUMNS` says."""

    name: str
    width: float  # digits
    heading: str
    domain: str  # the vocabulary of its drop-down list
    is_date: bool
    centred: bool


def _field(name: str) -> _Field:
    column = COLUMNS[name]
    width = column.form_width or 0
    is_date = column.is_date
    return _Field(name, width, column.form_heading, column.domain, is_date, is_date or name in _SHORT)


_SHORT = ("gender", "hoc_van")
_COMMUNE = replace(_field("commune"), domain="unit")
# The columns of the form from left to right.
_FIELDS = tuple(
    _field(name)
    for name in (
        *("full_name", "birth_date", "gender", "ethnicity", "position", "from_on", "first_held_on"),
        *("hoc_van", "chuyen_mon", "nganh", "llct", "qlnn", "tin_hoc", "tieng_dtts", "identifier", "note"),
    )
)
_LEVELS = ("hoc_van", "chuyen_mon", "llct", "qlnn", "tin_hoc", "tieng_dtts")

_GUIDE = (
    "1. Mỗi người một dòng, kể cả người giữ hai chức vụ: ghi các chức vụ vào cùng một ô, cách nhau bằng dấu chấm phẩy.",
    "2. Sửa thẳng vào ô có thay đổi; ô khác để nguyên. Ô trống nghĩa là chưa có dữ liệu, không phải là xóa.",
    "3. Người đã thôi giữ chức vụ: xóa cả dòng. Phòng Nội vụ sẽ hỏi lại thời điểm và lý do khi nhập danh sách.",
    "4. Người mới: ghi vào các dòng trống cuối danh sách; hết dòng trống thì chèn thêm dòng.",
    "5. Ô có mũi tên: chọn một trong các tên có sẵn. Đang học thì ghi, ví dụ, “Đang học Trung cấp”.",
    "6. Ngày ghi như 05/06/1975; chỉ biết tháng hoặc năm thì ghi 06/1975 hoặc 1975. Không tự đặt ngày 01/01.",
    "7. Giữ chức vụ lần đầu là ngày được bầu, bổ nhiệm hoặc tuyển dụng vào chức vụ, chức danh ấy lần thứ nhất.",
    "8. Văn hóa: ghi mức đã tốt nghiệp (12/12 hoặc 10/10 là THPT). Chuyên ngành ghi đúng như trên văn bằng.",
    "9. Không đổi tên cột, không gộp ô, không thêm cột vào giữa. Lưu dạng .xlsx rồi gửi lại phòng Nội vụ.",
)


def template(reader: Reader, as_of: date, unit_id: str | None) -> bytes:
    """The form of a commune (a unit version in force on the day), or an empty one for any commune.

    Sent back as it is, it changes nothing. Somebody with several posts has one row; where these were not taken up on
    the same day that date is left blank and told in the note.
    """
    words = Words.of(reader)
    units = reader.query("units", Filters(as_of))
    fields = _FIELDS if unit_id else (_FIELDS[0], _COMMUNE, *_FIELDS[1:])
    choices = {f.domain: [words.label(f.domain, c) for c in words.options(f.domain)] for f in _FIELDS if f.domain}
    choices["post"] = [words.label("post", post) for post in reader.query("posts", Filters(as_of)).position]
    # Who fills in the form of one commune chooses none.
    choices |= {} if unit_id else {"unit": list(units.commune)}
    people = _people(reader, words, as_of, unit_id) if unit_id else []
    unit = reader.store.fetch(
        "select kind, short_name, coalesce(district, province) from unit where unit_id = $u", {"u": unit_id}
    )
    kind, name, district = unit.iloc[0] if unit_id else ("xã", "…………………", units.district.fillna(units.province)[0])

    buffer = io.BytesIO()
    # The same store gives the same bytes.
    made_at = datetime(as_of.year, as_of.month, as_of.day)  # noqa: DTZ001
    book = open_book(buffer, made_at=made_at, title=f"Danh sách {kind} {name}")
    sheet = book.add_worksheet(sheet_name(str(name) if unit_id else "Danh sách", [_INSTRUCTIONS, _CHOICES]))
    guide = book.add_worksheet(_INSTRUCTIONS)
    ranges = _choices(book, choices)
    head = _title(book, sheet, len(fields), f"{kind} {name}", str(district), as_of)
    _table(book, sheet, fields, people, ranges, head)
    _page(sheet, guide, head)
    _guide(book, guide)
    book.close()
    return buffer.getvalue()


def _people(reader: Reader, words: Words, as_of: date, unit_id: str) -> list[dict[str, object]]:
    """The people of a commune in the order of their posts, in the words of the form."""
    seats = reader.query("form_people", Filters(as_of), unit_id=unit_id)
    held = reader.query("form_certificates", Filters(as_of), unit_id=unit_id)
    levels = {(p, c): (level, field, status) for p, c, level, field, status in held.itertuples(index=False)}
    people: list[dict[str, object]] = []
    for person, rows in seats.groupby("person_id", sort=False):
        first = rows.iloc[0]
        row: dict[str, object] = {
            "full_name": first.full_name,
            "birth_date": _moment(first.birth_date),
            "gender": words.label("gender", first.gender) if _known(first.gender) else None,
            "ethnicity": first.ethnicity if _known(first.ethnicity) else None,
            "identifier": first.identifier if _known(first.identifier) else None,
            "position": "; ".join(words.label("post", p) for p in rows.post),
        }
        notes = []
        for name, what in (("from_on", "Nhận chức vụ"), ("first_held_on", "Lần đầu")):
            if rows[name].nunique(dropna=False) == 1:
                row[name] = _moment(rows[name].iloc[0])
            else:
                told = [
                    f"{words.short('post', p)} {_written(_moment(v))}"
                    for p, v in zip(rows.post, rows[name], strict=True)
                    if _known(v)
                ]
                notes.append(f"{what}: {', '.join(told)}")
        row["note"] = "; ".join(notes) or None
        for criterion in _LEVELS:
            level, field, status = levels.get((person, criterion), (None, None, None))
            if _known(level):
                label = words.label(criterion, str(level))
                row[criterion] = f"Đang học {label}" if status == "dang_hoc" else label
            if criterion == "chuyen_mon" and _known(field):
                row["nganh"] = field
        people.append(row)
    return people


def _known(value: object) -> bool:
    return not pd.isna(value)  # type: ignore[call-overload]


def _moment(text: object) -> date | str | None:
    return partial(str(text)) if _known(text) else None


def _written(moment: date | str | None) -> str:
    return date_short(moment) if isinstance(moment, date) else moment or ""


def _choices(book: Workbook, choices: dict[str, list[str]]) -> dict[str, str]:
    """A hidden sheet with a column for each vocabulary; their ranges."""
    sheet = book.add_worksheet(_CHOICES)
    sheet.hide()
    ranges = {}
    for place, (domain, labels) in enumerate(choices.items()):
        sheet.write_column(0, place, labels)
        column = xl_col_to_name(place, col_abs=True)
        ranges[domain] = f"='{_CHOICES}'!{column}$1:{column}${len(labels)}"
    return ranges


def _title(book: Workbook, sheet: Worksheet, fields: int, unit: str, district: str, as_of: date) -> int:
    """Writes what stands above the table and returns the row of its header."""
    half = fields // 3

    def put(row: int, first: int, last: int, text: str, **look: object) -> None:
        style = book.add_format({"font_size": 13, "align": "center", "valign": "vcenter", **look})
        sheet.merge_range(row, first, row, last, text, style)

    put(0, 0, half, f"UBND {district}".upper(), font_size=12)
    put(0, half + 1, fields, COUNTRY, bold=True, font_size=12)
    put(1, 0, half, f"UBND {unit}".upper(), bold=True, font_size=12)
    put(1, half + 1, fields, MOTTO, bold=True, underline=1)
    title = f"Danh sách cán bộ, công chức và người hoạt động không chuyên trách {unit}"
    put(3, 0, fields, title.upper(), bold=True, font_size=14)
    put(4, 0, fields, f"(Tính đến {date_long(as_of)})", italic=True)
    return 6


def _table(
    book: Workbook,
    sheet: Worksheet,
    fields: Sequence[_Field],
    people: list[dict[str, object]],
    ranges: dict[str, str],
    head: int,
) -> None:
    form = {"border": 1, "valign": "vcenter", "text_wrap": True}
    heading = book.add_format(form | {"bold": True, "align": "center", "bg_color": SHADE})
    numbering = book.add_format(form | {"italic": True, "align": "center", "font_size": 10})
    centre = book.add_format(form | {"align": "center"})

    def style(field: _Field) -> Format:
        look = {"align": "center" if field.centred else "left", "num_format": "@"}
        return book.add_format(form | look | ({"num_format": DAY} if field.is_date else {}))

    styles = [style(f) for f in fields]
    sheet.set_column(0, 0, 5)
    sheet.set_row(head, 56)
    sheet.write_string(head, 0, "STT", heading)
    sheet.write_string(head + 1, 0, "(1)", numbering)
    first, last = head + 2, head + 1 + len(people) + _SPARE_ROWS
    for place, field in enumerate(fields, start=1):
        sheet.set_column_pixels(place, place, int(field.width * _DIGIT))
        sheet.write_string(head, place, field.heading, heading)
        sheet.write_string(head + 1, place, f"({place + 1})", numbering)
        check = _check(field, ranges, f"{xl_col_to_name(place)}{first + 1}")
        if check:
            sheet.data_validation(first, place, last, place, check)
    for n in range(last - first + 1):
        sheet.write_number(first + n, 0, n + 1, centre)
        row = people[n] if n < len(people) else {}
        lines = [line_count(str(row.get(f.name) or ""), f.width * _DIGIT, 12) for f in fields if not f.is_date]
        sheet.set_row(first + n, row_height(max(lines), 12) + 2)
        for place, (field, look) in enumerate(zip(fields, styles, strict=True), start=1):
            value = row.get(field.name)
            if isinstance(value, date):
                sheet.write_datetime(first + n, place, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001
            elif value is None:
                sheet.write_blank(first + n, place, None, look)
            else:
                sheet.write_string(first + n, place, str(value), look)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(fields))}{last + 1}"})
    bold = book.add_format({"font_size": 13, "bold": True, "align": "center"})
    sheet.merge_range(last + 2, 1, last + 2, 4, "NGƯỜI LẬP BIỂU", bold)
    sheet.merge_range(last + 2, len(fields) - 5, last + 2, len(fields), "TM. ỦY BAN NHÂN DÂN", bold)


def _check(field: _Field, ranges: dict[str, str], cell: str) -> dict[str, object] | None:
    # A warning, not a wall: two posts in a cell, or a level still studied for, are right too.
    warning = {"error_type": "warning", "error_title": field.heading, "ignore_blank": True}
    if field.domain:
        said = "Không có trong danh mục. Chọn trong danh sách nếu có tên phù hợp. Vẫn ghi như vậy?"
        return {"validate": "list", "source": ranges[field.domain], "error_message": said, **warning}
    if field.is_date:
        day = f"AND(ISNUMBER({cell}),{cell}>=DATE(1930,1,1),{cell}<=TODAY())"
        year = f"AND(ISNUMBER({cell}),{cell}>=1930,{cell}<=2100)"
        text = f"AND(ISTEXT({cell}),LEN({cell})>=4,LEN({cell})<=10,ISNUMBER(VALUE(RIGHT({cell},4))))"
        said = "Ghi ngày như 05/06/1975, 06/1975 hoặc 1975, không sau hôm nay. Vẫn ghi như vậy?"
        return {"validate": "custom", "value": f"=OR({day},{year},{text})", "error_message": said, **warning}
    return None


def _page(sheet: Worksheet, guide: Worksheet, head: int) -> None:
    for page in (sheet, guide):
        page.set_paper(9)
        page.set_landscape()
        page.set_margins(left=LEFT / 25.4, right=RIGHT / 25.4, top=TOP / 25.4, bottom=BOTTOM / 25.4)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        page.set_footer(f'&C&"{FONT},Regular"&11&P')
    sheet.repeat_rows(head, head + 1)
    sheet.freeze_panes(head + 2, 2)


def _guide(book: Workbook, sheet: Worksheet) -> None:
    title = book.add_format({"font_size": 14, "bold": True})
    text = book.add_format({"font_size": 13, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 120)
    sheet.write_string(0, 0, "HƯỚNG DẪN GHI DANH SÁCH", title)
    for row, line in enumerate(_GUIDE, start=2):
        sheet.write_string(row, 0, line, text)
