"""The ledger of downsizing as the workbook that `downsizing.ledger` reads: to be edited in Excel and dropped back."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from core.store import Filters, Reader
from core.words import Words
from documents.workbook import DAY, SHADE, open_book
from downsizing.ledger import SHEETS, TAKEN_AT, VALUES

# For each sheet the query that answers what the ledger says now, in the order of its headings.
_QUERIES: Mapping[str, str] = {
    "Biên chế giao": "ledger_headcount",
    "Chỉ tiêu": "ledger_targets",
    "Trường hợp": "ledger_cases",
    "Quá trình xử lý": "ledger_steps",
    "Đánh giá": "ledger_evaluations",
    "Diễn biến lương": "ledger_pay",
}


def ledger_book(reader: Reader, words: Words) -> bytes:
    """All six sheets with what the ledger holds today; the lists to choose from are beside the columns of codes."""
    content = io.BytesIO()
    book = open_book(content)
    form = {"border": 1}
    head = book.add_format(form | {"bold": True, "text_wrap": True, "align": "center", "bg_color": SHADE})
    plain, day = book.add_format(form), book.add_format(form | {"num_format": DAY})
    choices = {
        "Chính sách": "policy",
        "Trạng thái": "case_status",
        "Lý do": "fall_reason",
        "Xếp loại": "evaluation",
        "Lý do chưa đánh giá": "why_not_evaluated",
    }
    for sheet, (_, headings) in SHEETS.items():
        rows = reader.query(_QUERIES[sheet], Filters(date.today()))
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        page.set_column(0, len(headings) - 1, 18)
        page.write_row(0, 0, headings, head)
        for line, row in enumerate(rows.itertuples(index=False), start=1):
            for place, value in enumerate(row):
                _write(page, line, place, headings[place], value, plain, day)
        for place, heading in enumerate(headings):
            if heading in choices:
                labels = [words.label(choices[heading], c) for c in words.options(choices[heading])]
                # Excel takes 255 characters of choices; the sheet of choices takes all.
                at = list(choices).index(heading)
                page.data_validation(
                    1,
                    place,
                    5000,
                    place,
                    {"validate": "list", "source": f"='{VALUES}'!${chr(65 + at)}$2:${chr(65 + at)}${len(labels) + 1}"},
                )
    page = book.add_worksheet(VALUES)
    for at, (heading, domain) in enumerate(choices.items()):
        page.set_column(at, at, 40)
        page.write_string(0, at, heading, head)
        for line, code in enumerate(words.options(domain), start=1):
            page.write_string(line, at, words.label(domain, code), plain)
    changed_at = reader.query("ledger_changed", Filters(date.today())).changed_at[0]
    if pd.notna(changed_at):
        page.set_column(len(choices), len(choices), 30)
        page.write_column(0, len(choices), [TAKEN_AT, changed_at.isoformat()], plain)
    book.close()
    return content.getvalue()


def _write(page: Any, line: int, place: int, heading: str, value: Any, plain: Any, day: Any) -> None:
    if pd.isna(value):
        page.write_blank(line, place, None, plain)
    elif isinstance(value, pd.Timestamp):
        page.write_datetime(line, place, value.to_pydatetime(), day)
    elif heading == "Ngày sinh":
        parts = str(value).split("-")
        if len(parts) == 3:
            page.write_datetime(line, place, datetime.combine(date.fromisoformat(value), datetime.min.time()), day)
        else:
            page.write_string(line, place, "/".join(reversed(parts)), plain)
    elif isinstance(value, str):
        page.write_string(line, place, value, plain)
    else:
        page.write_number(line, place, float(value), plain)
