"""Rows turned away, as an Excel file of the original rows with a column "Lỗi": to be corrected and sent again."""

import io
from collections.abc import Iterable
from datetime import date, datetime

from documents.excel import cell_text, sheet_name
from documents.workbook import DAY, SHADE, open_book
from intake.reading import Issue, RejectedRow

_SEVERITY = {"error": "Lỗi", "warning": "Lưu ý", "info": "Thông tin"}


def returned(rows: Iterable[RejectedRow], issues: Iterable[Issue]) -> bytes:
    """A sheet for each sheet that rows come from, named after its file, and a sheet "Vấn đề" with everything found."""
    content = io.BytesIO()
    book = open_book(content)
    form = {"border": 1, "valign": "top", "text_wrap": True}
    head = book.add_format(form | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": SHADE})
    plain, day = book.add_format(form), book.add_format(form | {"num_format": DAY, "align": "left"})
    wrong = book.add_format(form | {"font_color": "#A83506"})

    tables: dict[tuple[str, str, tuple[str, ...]], list[RejectedRow]] = {}
    for row in rows:
        tables.setdefault((row.file, row.sheet, row.headings), []).append(row)
    names: list[str] = []
    for (file, sheet, headings), table in tables.items():
        names.append(sheet_name(f"{file.rpartition('.')[0]} {sheet}", names))
        page = book.add_worksheet(names[-1])
        page.freeze_panes(1, 0)
        page.set_column(0, 0, 60)
        page.set_column(1, len(headings), 18)
        for place, heading in enumerate(["Lỗi", *headings]):
            page.write_string(0, place, cell_text(heading), head)
        for line, row in enumerate(table, start=1):
            page.write_string(line, 0, cell_text(f"Dòng {row.row}: {row.message}"), wrong)
            for place, cell in enumerate(row.cells, start=1):
                if isinstance(cell, date):
                    page.write_datetime(line, place, _naive(cell), day)
                elif isinstance(cell, int | float) and not isinstance(cell, bool):
                    page.write_number(line, place, cell, plain)
                else:
                    page.write_string(line, place, "" if cell is None else cell_text(str(cell)), plain)

    page = book.add_worksheet(sheet_name("Vấn đề", names))
    page.freeze_panes(1, 0)
    for place, (heading, width) in enumerate(
        [("Tệp", 30), ("Trang tính", 16), ("Dòng", 7), ("Cột", 20), ("Mức độ", 10), ("Nội dung", 90)]
    ):
        page.set_column(place, place, width)
        page.write_string(0, place, heading, head)
    for line, issue in enumerate(issues, start=1):
        texts = [issue.file, issue.sheet, "", issue.column, _SEVERITY[issue.severity], issue.message]
        for place, text in enumerate(texts):
            page.write_string(line, place, cell_text(text), plain)
        if issue.row is not None:
            page.write_number(line, 2, issue.row, plain)
    book.close()
    return content.getvalue()


def _naive(moment: date) -> datetime:
    return datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
