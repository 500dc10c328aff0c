"""The forms of TTLT 01/2015/TTLT-BNV-BTC for one round: Biểu 1a to 1d, 2 and 3, filled from the ledger.

A policy that a later decree gives has no form of theirs; it gets one of the same look that says so.

Money is in thousands of đồng as the forms ask. What the ledger does not know stays empty and is listed on a last sheet.
Columns follow what could be read of the annex (legal.md 3.9); names of 1b to 2 are not checked against the full text.
"""

import io
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd
import xlsxwriter

from core.store import Filters, Reader
from core.vietnamese import date_short, inside, number
from core.words import Words
from documents.excel import Letterhead
from documents.workbook import DAY, open_book
from downsizing.benefits import Benefit, PayStep, age_at
from downsizing.cases import Bases, bases, pay_steps
from downsizing.law import Law

Cell = str | float | date | None
# What to do about a cell that stays empty.
_IN_PAY = "Bổ sung diễn biến lương trong sổ tinh giản"
_IN_FILE = "Bổ sung trong sổ tinh giản hoặc hồ sơ"
_IN_LAW = "Chưa đủ điều kiện hoặc chưa đủ số liệu để tính"
# The costs of training are entered by hand: the law sets a limit, not an amount.
_BY_HAND = "Nhập khi có quyết định cử đi học nghề"


class _Column(NamedTuple):
    """A column of a form: names and reasons get the width, in characters, that coefficients do not need."""

    heading: str
    width: float = 11.5
    needs: str = _IN_FILE


_NAME, _NUMBER = 22, 8
_PERSON = (
    _Column("Họ và tên", _NAME),
    _Column("Ngày tháng năm sinh"),
    _Column("Trình độ đào tạo"),
    _Column("Chức danh chuyên môn đang đảm nhiệm", 16),
    _Column("Lương hiện hưởng: hệ số", _NUMBER, _IN_PAY),
    _Column("Lương hiện hưởng: thời điểm", needs=_IN_PAY),
    _Column("Phụ cấp chức vụ: hệ số", _NUMBER, _IN_PAY),
    _Column("Phụ cấp chức vụ: thời điểm", needs=_IN_PAY),
    _Column("Phụ cấp thâm niên nghề: mức", _NUMBER, _IN_PAY),
    _Column("Phụ cấp thâm niên nghề: thời điểm", needs=_IN_PAY),
    _Column("Thâm niên vượt khung: mức", _NUMBER, _IN_PAY),
    _Column("Thâm niên vượt khung: thời điểm", needs=_IN_PAY),
    _Column("Chênh lệch bảo lưu: hệ số, thời điểm", needs=_IN_PAY),
    _Column("Lương trước liền kề: hệ số", _NUMBER, _IN_PAY),
    _Column("Lương trước liền kề: thời điểm", needs=_IN_PAY),
    _Column("Tiền lương tháng hiện hưởng"),
    _Column("Tiền lương bình quân tháng"),
    _Column("Số năm đóng BHXH", _NUMBER),
    _Column("Thời điểm tinh giản"),
    _Column("Tuổi khi tinh giản", _NUMBER),
)
_TOTAL, _REASON = _Column("Kinh phí: tổng cộng", needs=_IN_LAW), _Column("Lý do tinh giản", _NAME)


def _parts(*headings: str) -> tuple[_Column, ...]:
    return tuple(_Column(heading, needs=_IN_LAW) for heading in headings)


# The forms that are not of one policy.
_SUMMARY, _RESULTS = "tong_hop", "ket_qua"
_SIGNED = ("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG CƠ QUAN")


@dataclass(frozen=True)
class _Line:
    """A case of the round with what it was worked out to."""

    commune: str
    case: dict[str, Any]
    bases: Bases
    steps: list[PayStep]
    benefit: Benefit | None


@dataclass(frozen=True)
class Round:
    """A round of a year, as `downsizing_rounds` counts them."""

    year: int
    round: int

    def days(self, reader: Reader) -> tuple[date, date]:
        """The first and the last day of leaving of the round, by the schedule of its year."""
        found = reader.query("days_of_round", Filters(date.today()), year=self.year, round=self.round)
        return found.first_on[0].date(), found.last_on[0].date()


def forms(reader: Reader, words: Words, chosen: Filters, of: Round) -> bytes:
    """All forms of a round as one workbook, as the ledger knows it on the day looked at."""
    law = Law.of(reader.store)
    about = reader.query("about", chosen).iloc[0]
    lines = _lines(reader, law, chosen, of)
    content = io.BytesIO()
    book = open_book(content, size=11)
    office, days = Letterhead.of(about), of.days(reader)
    page = _Page(book, f"{office.parent}\n{office.name}".strip(), of, days, bool(about["sample"]))
    lacking: list[list[Cell]] = []
    policies = words.options("policy")
    for n, policy in enumerate(policies):
        name, title = _form(words, policy, n)
        columns = _columns(law, policy)
        drawn = (*_PERSON, _TOTAL, *columns, _REASON)
        here = [line for line in lines if line.case["policy"] == policy]
        rows = [_row(reader, words, line, columns, chosen.as_of) for line in here]
        for order, (line, row) in enumerate(zip(here, rows, strict=True), start=1):
            lacking += [
                [name, float(order), row[0], f"({n}) {column.heading}", column.needs]
                for n, (column, cell) in enumerate(zip(drawn, row, strict=True), start=1)
                if cell is None
            ]
            # A form has no room for doubts about the law; they travel with it all the same.
            doubts = line.benefit.doubts if line.benefit else ()
            if line.benefit and not _has_a_column_each(line.benefit, columns):
                doubts = (*doubts, f"nghị định chia khoản này khác các cột của biểu: {line.benefit.breakdown}.")
            lacking += [[name, float(order), row[0], f"(21) {_TOTAL.heading}", f"Xem lại: {d}"] for d in doubts]
        money = range(len(_PERSON), len(drawn) - 1)
        page.draw(name, title, drawn, rows, sums=money, unchecked=_unchecked(words, policy))
    short = {policy: inside(words.short("policy", policy)) for policy in policies}
    _summary(page, words, lines, short)
    _results(page, reader, words, chosen, days, lacking, short)
    _top_ups(page, words, lines, short)
    page.draw(
        "Còn thiếu",
        "NHỮNG Ô CÒN TRỐNG VÀ ĐIỀU PHẢI XEM LẠI",
        (
            _Column("Biểu", 12),
            _Column("TT trong biểu", 12),
            _Column("Họ và tên, đơn vị", 28),
            _Column("Cột", 40),
            _Column("Cần bổ sung", 48),
        ),
        lacking,
        sums=(),
        numbered=False,
        nothing="Không ô nào còn trống.",
    )
    book.close()
    return content.getvalue()


def form_names(words: Words) -> list[str]:
    """The forms of the workbook: '1a', '1b', ... '2', '3'."""
    named = [_form(words, policy, n)[0] for n, policy in enumerate(words.options("policy"))]
    others = (words.short("form", form) for form in (_SUMMARY, _RESULTS))
    return [name.removeprefix("Biểu ") for name in (*named, *others)]


def rounds_of(rounds: pd.DataFrame) -> list[Round]:
    """The rounds that have a case, newest first, of rows of `downsizing_rounds`."""
    found = [Round(int(r.year), int(r["round"])) for _, r in rounds[rounds.cases > 0].iterrows()]
    return sorted(found, key=lambda r: (r.year, r.round), reverse=True)


def estimated(reader: Reader, chosen: Filters, of: Round) -> tuple[int, int, int, int]:
    """Of a round: its cases, the sum of their estimated benefits, of what others add, and how many have none."""
    benefits = [line.benefit for line in _lines(reader, Law.of(reader.store), chosen, of)]
    paid = [b for b in benefits if b and b.eligible]
    more = sum(b.topped_up for b in paid)
    return len(benefits), sum(b.amount for b in paid), more, len(benefits) - len(paid)


def _lines(reader: Reader, law: Law, chosen: Filters, of: Round) -> list[_Line]:
    cases = reader.query("downsizing_cases", chosen)
    within = (cases.year == of.year) & (cases["round"] == of.round)
    asked = cases[within & (cases.stage != "fallen")]
    lines = []
    for case in asked.to_dict("records"):
        known = bases(reader, law, int(case["person_id"]), str(case["case_id"]))
        steps = pay_steps(reader, int(case["person_id"]))
        benefit = known.benefit(law, str(case["policy"]))
        lines.append(_Line(str(case["commune"]), {str(k): v for k, v in case.items()}, known, steps, benefit))
    return lines


def _row(reader: Reader, words: Words, line: _Line, columns: Sequence[_Column], as_of: date) -> list[Cell]:
    known, case, benefit = line.bases, line.case, line.benefit
    day = known.leaving_on
    steps = [s for s in line.steps if day is None or s.from_on <= day]
    now, before = (steps[-1] if steps else None), (steps[-2] if len(steps) > 1 else None)
    known_on = Filters(as_of if day is None else min(as_of, day))
    held = reader.query("levels_of_person", known_on, person_id=case["person_id"])
    level = next(iter(held.level[held.criterion == "chuyen_mon"]), None)
    reserved = None
    if now:
        reserved = f"{now.reserved.normalize():f}, {date_short(now.from_on)}" if now.reserved else "không có"
    age = float(age_at(known.birth, day)[0] // 12) if known.birth and day else None
    person: list[Cell] = [
        str(case["full_name"]),
        _birth(case["birth_date"]),
        level and words.label("chuyen_mon", level),
        words.label("post", str(case["position"])),
        float(now.coefficient) if now else None,
        now.from_on if now else None,
        *_part(now, lambda s: float(s.position)),
        *_part(now, lambda s: float(s.seniority_percent)),
        *_part(now, lambda s: float(s.over_frame_percent)),
        reserved,
        float(before.coefficient) if before else None,
        before.from_on if before else None,
        _thousands(known.current_salary),
        _thousands(known.average_salary),
        None if known.insurance_months is None else round(known.insurance_months / 12, 2),
        day,
        age,
    ]
    return [*person, *_money(benefit, columns), f"{case['ground']} ({case['legal_ref']})"]


def _part(step: PayStep | None, of: Callable[[PayStep], float]) -> tuple[Cell, Cell]:
    """A part of pay and since when; 'không có' where the history knows that there is none."""
    if step is None:
        return None, None
    return (of(step), step.from_on) if of(step) else ("không có", "không có")


def _form(words: Words, of: str, n: int = 0) -> tuple[str, str]:
    """The name and title of a form, of the nth policy where it is that of a policy."""
    if of in words.options("form"):
        return words.short("form", of), words.label("form", of).upper()
    listed = "DANH SÁCH VÀ KINH PHÍ CHI TRẢ THEO CHÍNH SÁCH"
    return f"Biểu 1{_LETTERS[n]}", f"{listed} {words.label('policy', of).upper()}"


def _unchecked(words: Words, of: str) -> str:
    """What of a form nobody has seen in the full text of the annex (legal.md 3.9), or that it has no such form."""
    return words.label("form_unchecked", of) if of in words.options("form") else words.label("no_form", "policy")


def _columns(law: Law, policy: str) -> tuple[_Column, ...]:
    """The money block after the total, which the terms of the benefit fill in this order: the columns of the form, or
    the parts that the latest decree divides the sum into."""
    if policy in law.forms:
        return tuple(_Column(c.heading, needs=_BY_HAND if c.by_hand else _IN_LAW) for c in law.forms[policy])
    clauses = [c for i in law.instruments for c in law.clauses.get(i.code, ()) if c.policy == policy and c.formula]
    return _parts(*dict.fromkeys(part.label for c in clauses[-1:] for part in law.formulas.get(str(c.formula), ())))


def _money(benefit: Benefit | None, columns: Sequence[_Column]) -> list[Cell]:
    if benefit is None or not benefit.eligible:
        return [None] * (len(columns) + 1)
    amounts = [_thousands(t.amount) for t in benefit.terms] if _has_a_column_each(benefit, columns) else []
    filled = iter(amounts)
    nothing = None if benefit.terms else 0.0
    parts = [None if column.needs == _BY_HAND else next(filled, nothing) for column in columns]
    return [_thousands(Fraction(benefit.amount)), *parts]


def _has_a_column_each(benefit: Benefit, columns: Sequence[_Column]) -> bool:
    """Whether the parts of a sum are those the form has columns for; another decree may divide it otherwise."""
    filled = [column for column in columns if column.needs != _BY_HAND]
    return len(benefit.terms) in (0, len(filled))


def _summary(page: "_Page", words: Words, lines: Sequence[_Line], short: Mapping[str, str]) -> None:
    *money_of, last = (f"Kinh phí: {p}" for p in short.values())
    headings = (
        _Column("Đơn vị", _NAME),
        _Column("Tổng số người", _NUMBER),
        *(_Column(f"Số người: {p}", _NUMBER) for p in short.values()),
        _Column("Tổng kinh phí"),
        *map(_Column, money_of),
        _Column(last, _NAME),
    )
    rows: list[list[Cell]] = []
    for commune in sorted({line.commune for line in lines}):
        here = [line for line in lines if line.commune == commune]
        people = [float(sum(line.case["policy"] == p for line in here)) for p in short]
        money = [_total(here, p) for p in short]
        rows.append([commune, sum(people), *people, sum(money), *money])
    page.draw(
        *_form(words, _SUMMARY),
        headings,
        rows,
        sums=range(1, len(headings)),
        unchecked=_unchecked(words, _SUMMARY),
    )


def _top_ups(page: "_Page", words: Words, lines: Sequence[_Line], short: Mapping[str, str]) -> None:
    """What the province or the office adds, apart from the forms: those have columns for the money of the decree."""
    rows: list[list[Cell]] = [
        [
            str(line.case["full_name"]),
            line.commune,
            short[str(line.case["policy"])],
            term.label,
            term.text,
            _thousands(Fraction(line.benefit.amount)),
            _thousands(term.amount),
        ]
        for line in lines
        if line.benefit
        for term in line.benefit.top_ups
    ]
    if rows:
        told = ("Đơn vị", "Chính sách", "Văn bản", "Cách tính (đồng)", "Theo nghị định")
        headings = (_Column("Họ và tên", _NAME), *map(_Column, told), _Column("Hỗ trợ thêm", _NAME))
        page.draw(
            "Hỗ trợ thêm",
            "KINH PHÍ HỖ TRỢ THÊM CỦA TỈNH, CƠ QUAN",
            headings,
            rows,
            sums=(len(headings) - 1,),
            unchecked=words.label("no_form", "top_up"),
        )


# Of the forms 1, in the order of this country's alphabet.
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def _total(lines: Sequence[_Line], policy: str) -> float:
    amounts = [line.benefit.amount for line in lines if line.case["policy"] == policy and line.benefit]
    return _thousands(Fraction(sum(amounts))) or 0.0


def _results(
    page: "_Page",
    reader: Reader,
    words: Words,
    chosen: Filters,
    days: tuple[date, date],
    lacking: list[list[Cell]],
    short: Mapping[str, str],
) -> None:
    """Biểu 3: what was reached in the round, and its own checks: column 2 = 4+5+6+7 and column 8 = 9+10+11+12."""
    name, title = _form(words, _RESULTS)
    last = 3 + len(short)
    on = chosen.on(min(chosen.as_of, days[1]))
    base = reader.query("plan_of_day", on).base_year[0]
    *money_of, last_money = (f"Kinh phí: {p}" for p in short.values())
    headings = (
        _Column("Tên cơ quan, đơn vị (A)", _NAME),
        _Column(f"Biên chế được giao năm {base}"),
        _Column("Biên chế giảm trong kỳ"),
        _Column("Biên chế giảm luỹ kế"),
        *(_Column(f"Người hưởng: {p}") for p in short.values()),
        _Column("Kinh phí trong kỳ: tổng"),
        *map(_Column, money_of),
        _Column(last_money, _NAME),
    )
    cases = reader.query("downsizing_cases", on)
    gone = cases[cases.stage == "done"]
    within = gone[gone.leaving_on >= pd.Timestamp(days[0])]
    rows: list[list[Cell]] = []
    for place in reader.query("downsizing_by_commune", on).to_dict("records"):
        commune = place["commune"]
        here, so_far = within[within.commune == commune], gone[gone.commune == commune]
        people = [float((here.policy == p).sum()) for p in short]
        money = [float(here.benefit_paid[here.policy == p].sum()) / 1000 for p in short]
        reduced = float(here.reduces.sum())
        assigned = None if pd.isna(place["assigned"]) else float(place["assigned"])
        rows.append([commune, assigned, reduced, float(so_far.reduces.sum()), *people, sum(money), *money])
        if reduced != sum(people):
            lacking.append(
                [
                    name,
                    None,
                    commune,
                    "(2)",
                    f"Cột 2 là {number(int(reduced))}, tổng cột 4 đến {last} là {number(int(sum(people)))}: nêu lý do.",
                ]
            )
        unpaid = here[here.benefit_paid.isna()]
        lacking += [
            [name, None, n, f"({last + 1})", "Đã nghỉ nhưng sổ chưa ghi kinh phí đã chi trả"] for n in unpaid.full_name
        ]
    page.draw(
        name,
        title,
        headings,
        rows,
        sums=range(1, len(headings)),
        unchecked=_unchecked(words, _RESULTS),
        signed=("SỞ TÀI CHÍNH", "SỞ NỘI VỤ"),
        lettered=True,
    )


class _Page:
    """Draws sheets of one look into a workbook."""

    def __init__(
        self, book: xlsxwriter.Workbook, office: str, of: Round, days: tuple[date, date], sample: bool
    ) -> None:
        cell: dict[str, object] = {"border": 1, "valign": "top", "text_wrap": True}
        self.book, self.office, self.sample = book, office, sample
        self.when = f"Đợt {of.round} năm {of.year} (từ {date_short(days[0])} đến {date_short(days[1])})"
        self.title = book.add_format({"bold": True, "align": "center", "font_size": 14})
        self.centre = book.add_format({"align": "center", "italic": True})
        self.bold = book.add_format({"bold": True, "align": "center", "text_wrap": True})
        self.head = book.add_format(cell | {"bold": True, "align": "center", "valign": "vcenter"})
        self.place = book.add_format(cell | {"italic": True, "align": "center", "font_size": 10})
        self.text, self.count = book.add_format(cell), book.add_format(cell | {"num_format": "#,##0"})
        self.part = book.add_format(cell | {"num_format": "#,##0.00"})
        self.day = book.add_format(cell | {"num_format": DAY, "align": "center"})
        self.sum_text = book.add_format(cell | {"bold": True})
        self.sum = book.add_format(cell | {"bold": True, "num_format": "#,##0"})
        self.sum_part = book.add_format(cell | {"bold": True, "num_format": "#,##0.00"})

    def draw(
        self,
        name: str,
        title: str,
        columns: Sequence[_Column],
        rows: Sequence[Sequence[Cell]],
        *,
        sums: Sequence[int],
        signed: tuple[str, str] = _SIGNED,
        numbered: bool = True,
        lettered: bool = False,
        nothing: str = "Không có trường hợp nào trong đợt này.",
        unchecked: str = "",
    ) -> None:
        """One form: its head, the numbered columns, the rows, their sums, and where to sign. `sums` count from 0."""
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(8 if len(columns) > 14 else 9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        last = len(columns)
        half = max(last // 2, 1)
        page.merge_range(0, 0, 0, min(half, 3), self.office, self.bold)
        page.set_row(0, 36)
        page.merge_range(0, last - 1, 0, last, name, self.bold)
        page.merge_range(2, 0, 2, last, title, self.title)
        page.merge_range(3, 0, 3, last, self.when + ("; dữ liệu minh hoạ" if self.sample else ""), self.centre)
        unit = "Đơn vị tính tiền: 1.000 đồng. " if sums else ""
        page.merge_range(4, 0, 4, last, unit + unchecked, self.centre)
        page.set_column(0, 0, 5)
        page.set_row(6, 15 * max(_lines_in(column.heading, column.width) for column in columns) + 6)
        page.write(6, 0, "TT", self.head)
        page.write(7, 0, "", self.place)
        for n, column in enumerate(columns, start=1):
            page.set_column(n, n, column.width)
            page.write(6, n, column.heading, self.head)
            # The results form calls its first column A and counts from the second.
            mark = ("A" if n == 1 else f"({n - 1})") if lettered else f"({n})"
            page.write(7, n, mark if numbered else "", self.place)
        line = 8
        for order, row in enumerate(rows, start=1):
            page.write_number(line, 0, order, self.text)
            tallest = max(_lines_in(c, of.width) for c, of in zip(row, columns, strict=True) if isinstance(c, str))
            page.set_row(line, 15 * tallest + 4)
            for n, cell in enumerate(row, start=1):
                self._write(page, line, n, cell)
            line += 1
        if not rows:
            page.merge_range(line, 0, line, last, nothing, self.text)
            line += 1
        elif sums:
            page.write(line, 0, "", self.sum_text)
            for n in range(1, last + 1):
                page.write(line, n, "Tổng cộng" if n == 1 else "", self.sum_text)
            for n in sums:
                numbers = [cell for cell in (row[n] for row in rows) if isinstance(cell, float)]
                total = round(float(sum(numbers)), 2)
                page.write_number(line, n + 1, total, self.sum if total.is_integer() else self.sum_part)
            line += 1
        page.repeat_rows(6, 7)
        page.merge_range(line + 1, 0, line + 1, max(half - 1, 1), signed[0], self.bold)
        page.merge_range(line + 1, half + 1, line + 1, max(last, half + 2), signed[1], self.bold)

    def _write(self, page: Any, line: int, n: int, cell: Cell) -> None:
        if cell is None:
            page.write_blank(line, n, None, self.text)
        elif isinstance(cell, date):
            page.write_datetime(line, n, datetime.combine(cell, datetime.min.time()), self.day)
        elif isinstance(cell, str):
            page.write_string(line, n, cell, self.text)
        else:
            page.write_number(line, n, cell, self.count if float(cell).is_integer() else self.part)


def _lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a column, words kept whole."""
    return len(textwrap.wrap(text, max(int(width * 0.95), 4), break_long_words=True)) or 1


def _thousands(amount: Fraction | None) -> float | None:
    return None if amount is None else round(float(amount) / 1000, 2)


def _birth(text: object) -> Cell:
    if text is None or pd.isna(text):  # type: ignore[call-overload]
        return None
    parts = str(text).split("-")
    return date.fromisoformat(str(text)) if len(parts) == 3 else "/".join(reversed(parts))
