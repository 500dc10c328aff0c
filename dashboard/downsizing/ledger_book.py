"""The ledger of downsizing as the workbook that `downsizing.ledger` reads: to be edited in Excel and dropped back."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter

from core.store import Store
from core.words import Words
from downsizing.ledger import SHEETS, VALUES

# For each sheet what the ledger says now, in the order of its headings; codes are written as the labels they stand for.
_QUERIES: Mapping[str, str] = {
    "Biên chế giao": (
        "select u.short_name, t.year, t.assigned, t.document from live_headcount() as t "
        "inner join unit as u using (unit_id) order by t.year, u.code"
    ),
    "Chỉ tiêu": (
        "select u.short_name, t.year, t.target, t.document from live_downsizing_target() as t "
        "inner join unit as u using (unit_id) order by t.year, u.code"
    ),
    "Trường hợp": (
        "select t.case_id, p.full_name, partial_date(p.birth_on, p.birth_precision) as birth, u.short_name, "
        "o.label as post, d.short as instrument, if(t.point = 'dd', 'đ', t.point) as point, "
        "l.label as policy, t.leaving_on, "
        "if(t.reduces, 'Có', 'Không') as reduces, t.insurance_months, t.hazard_months, t.current_salary, "
        "t.average_salary, t.decision, t.decided_on, t.benefit_paid "
        "from live_downsizing_case() as t inner join person as p using (person_id) "
        "inner join unit as u using (unit_id) inner join post as o using (post) "
        "left join downsizing_instrument as i on t.instrument = i.instrument "
        "left join legal_document as d on i.document = d.document "
        "left join label as l on l.domain = 'policy' and t.policy = l.code order by t.leaving_on, t.case_id"
    ),
    "Quá trình xử lý": (
        "select t.case_id, s.label as status, t.on_date, r.label as reason, t.note from live_case_step() as t "
        "left join label as s on s.domain = 'case_status' and t.status = s.code "
        "left join label as r on r.domain = 'fall_reason' and t.reason = r.code "
        "order by t.case_id, t.on_date, s.sort"
    ),
    "Đánh giá": (
        "select p.full_name, partial_date(p.birth_on, p.birth_precision) as birth, w.commune, t.year, "
        "g.label as class, y.label as why_not, t.reported_on "
        "from live_evaluation() as t inner join person as p using (person_id) "
        "inner join served as w using (person_id) "
        "left join label as g on g.domain = 'evaluation' and t.class = g.code "
        "left join label as y on y.domain = 'why_not_evaluated' and t.why_not = y.code "
        "order by t.year, w.commune, p.full_name, t.person_id"
    ),
    "Diễn biến lương": (
        "select p.full_name, partial_date(p.birth_on, p.birth_precision) as birth, w.commune, t.from_on, "
        "t.coefficient, t.position_allowance, t.over_frame, t.seniority, t.reserved "
        "from live_pay_step() as t inner join person as p using (person_id) inner join served as w using (person_id) "
        "order by w.commune, p.full_name, t.person_id, t.from_on"
    ),
}
_SERVED = """
    with served as (
        select o.person_id, arg_max(u.short_name, (o.from_on, o.posting_id)) as commune
        from posting as o inner join unit as u using (unit_id)
        group by o.person_id
    )
"""


def ledger_book(store: Store, words: Words) -> bytes:
    """All six sheets with what the ledger holds today; the lists to choose from are beside the columns of codes."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - the same ledger gives the same bytes
    form = {"font_name": "Times New Roman", "font_size": 12, "border": 1}
    head = book.add_format(form | {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#EEF1F6"})
    plain, day = book.add_format(form), book.add_format(form | {"num_format": "dd/mm/yyyy"})
    choices = {
        "Chính sách": "policy",
        "Trạng thái": "case_status",
        "Lý do": "fall_reason",
        "Xếp loại": "evaluation",
        "Lý do chưa đánh giá": "why_not_evaluated",
    }
    for sheet, (_, headings) in SHEETS.items():
        rows = store.fetch(_SERVED + _QUERIES[sheet])
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
