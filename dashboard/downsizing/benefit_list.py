"""Lists of people who are to leave, as `manage.py benefit` reads them, and the answers it writes."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from core import vietnamese
from core.csv_cells import guarded
from core.vietnamese import Partial, date_short, number
from downsizing.benefits import Benefit, Case, MissingPay, estimate, ground_told
from downsizing.law import Law

_T = TypeVar("_T")

ASKED = (
    "full_name",
    "gender",
    "birth_date",
    "leaving_on",
    "insurance_months",
    "hazard_months",
    "policy",
    "current_salary",
    "average_salary",
)
# The point of the decree by which somebody is to leave. A file with this column is answered with it: without a point
# nobody is eligible.
GROUND = "ground"
ANSWERED = (
    "full_name",
    "instrument",
    "article",
    "eligible",
    "early_years",
    "counted_years",
    "amount",
    "breakdown",
    "reason",
)
_PAY_COLUMNS = {"HH": "current_salary", "BQ": "average_salary"}
_MOST_MONTHS = 1200


class UnreadableList(Exception):
    """The file is no list of cases; its text is one Vietnamese sentence."""


@dataclass(frozen=True)
class Answers:
    """What came of a file: a row of `ANSWERED` for each of its rows, a line for each row with bad cells, and how many
    rows could be worked out.
    """

    rows: list[dict[str, str]]
    problems: list[str]
    understood: int


def answer(law: Law, path: Path) -> Answers:
    """Work out every row of a file of cases: UTF-8, comma or semicolon, columns as in `ASKED`, `GROUND` if it is there.

    A row with a bad cell is answered too, as not eligible and with what is wrong; row 1 is the heading, as in Excel.
    Raises UnreadableList when the file cannot be read or lacks a column.
    """
    rows, problems, understood = [], [], 0
    for line, row in _read(path):
        name = vietnamese.clean(row["full_name"])
        wrong, found = _worked_out(law, row)
        if found is None:
            what = "; ".join(f"cột {column}: {clause}" for column, clause in wrong)
            refused = {"full_name": name, "eligible": "no", "amount": "0", "reason": f"Chưa tính được, {what}."}
            rows.append(dict.fromkeys(ANSWERED, "") | refused)
            problems.append(f"{path.name}: dòng {line}, {what}.")
        else:
            rows.append(_answer_row(name, found))
            understood += 1
    return Answers(rows, problems, understood)


def written(answers: Answers) -> str:
    """The answers as CSV."""
    out = io.StringIO()
    table = csv.DictWriter(out, ANSWERED, lineterminator="\n")
    table.writeheader()
    table.writerows({name: guarded(cell) for name, cell in row.items()} for row in answers.rows)
    return out.getvalue()


def _read(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise UnreadableList(f"Không mở được tệp {path}: kiểm tra đường dẫn và quyền đọc.") from None
    except UnicodeDecodeError:
        raise UnreadableList(f"{path.name}: không phải là tệp CSV dạng UTF-8. Lưu lại bằng CSV UTF-8.") from None
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise UnreadableList(f"{path.name}: không đọc được thành bảng CSV.") from None
    filled = [(n, cells) for n, cells in enumerate(lines, 1) if any(cell.strip() for cell in cells)]
    heading = [vietnamese.clean(cell).lower() for cell in filled[0][1]] if filled else []
    missing = [column for column in ASKED if column not in heading]
    if missing:
        raise UnreadableList(f"{path.name}: thiếu cột {', '.join(missing)}.")
    place = {column: heading.index(column) for column in (*ASKED, GROUND) if column in heading}
    return [
        (n, {column: cells[at].strip() if at < len(cells) else "" for column, at in place.items()})
        for n, cells in filled[1:]
    ]


def _worked_out(law: Law, row: dict[str, str]) -> tuple[list[tuple[str, str]], Benefit | None]:
    """What is wrong in the cells of a row, as column and clause, or else the benefit."""
    wrong: list[tuple[str, str]] = []

    def cell(column: str, read: Callable[[str], _T]) -> _T | None:
        try:
            return read(row[column])
        except ValueError as error:
            wrong.append((column, str(error)))
            return None

    gender, policy = cell("gender", _gender), cell("policy", lambda text: _policy(text, law))
    birth, leaving_on = cell("birth_date", _birth), cell("leaving_on", _leaving)
    insurance, hazard = cell("insurance_months", _months), cell("hazard_months", _months_or_none)
    current, average = cell("current_salary", _money), cell("average_salary", _money)
    if birth and leaving_on and leaving_on <= birth.on:
        wrong.append(("leaving_on", f"{date_short(leaving_on)} không sau ngày sinh"))
    grounds = cell(GROUND, lambda text: _grounds(text, law, leaving_on)) if row.get(GROUND) else ()
    if wrong or not (gender and policy and birth and leaving_on) or insurance is None or hazard is None:
        return wrong, None
    case = Case(gender, birth, leaving_on, insurance, hazard, policy, current, average, grounds or ())
    try:
        found = estimate(law, case)
        return [], _without_ground(law, found) if row.get(GROUND) == "" else found
    except MissingPay as error:
        return [(_PAY_COLUMNS[error.pay], str(error))], None


def _without_ground(law: Law, found: Benefit) -> Benefit:
    """The same for somebody of whom no ground is known: what it would be if there were one."""
    lacks = found.eligible and ground_told(law, law.instrument(found.instrument), ())
    if not lacks:
        return found
    then = f" Nếu có căn cứ thì được {number(found.amount)} đồng."
    reason = f"Chưa có căn cứ.{then} {found.reason}"
    return replace(found, eligible=False, amount=0, terms=(), breakdown="", reason=reason)


def _answer_row(name: str, found: Benefit) -> dict[str, str]:
    return {
        "full_name": name,
        "instrument": found.instrument,
        "article": found.article,
        "eligible": "yes" if found.eligible else "no",
        "early_years": _decimal(found.early_years),
        "counted_years": _decimal(found.counted_years),
        "amount": str(found.amount),
        "breakdown": found.breakdown,
        "reason": found.reason,
    }


def _decimal(years: Fraction | None) -> str:
    return "" if years is None else f"{float(years):g}"


# Cells: the value, or a ValueError whose text is one Vietnamese clause


def _gender(text: str) -> str:
    found = vietnamese.key(text)
    if found not in ("nam", "nu"):
        raise ValueError(f"{_shown(text)} không phải là nam hoặc nu")
    return found


def _policy(text: str, law: Law) -> str:
    found, known = vietnamese.key(text).replace(" ", "_"), law.policies
    if found not in known:
        raise ValueError(f"{_shown(text)} không phải là một trong {', '.join(known)}")
    return found


def _grounds(text: str, law: Law, leaving_on: date | None) -> tuple[str, ...]:
    decree = law.on(leaving_on) if leaving_on else None
    point = text.lower().replace("đ", "dd")
    found = tuple(g.kind for g in law.grounds.get(decree.code, ()) if g.point == point) if decree else ()
    if decree and not found:
        raise ValueError(f"{_shown(text)} không phải điểm nào về đối tượng tinh giản của {decree.name}")
    return found


def _birth(text: str) -> Partial:
    found = vietnamese.parse_date(text)
    if found is None:
        raise ValueError("chưa ghi ngày sinh")
    return found


def _leaving(text: str) -> date:
    found = vietnamese.parse_date(text)
    if found is None:
        raise ValueError("chưa ghi ngày nghỉ")
    if found.precision == "nam":
        raise ValueError(f"{_shown(text)} chưa ghi tháng nghỉ")
    return found.on


def _months(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}([.,]0+)?", text) or int(re.split("[.,]", text)[0]) > _MOST_MONTHS:
        raise ValueError(f"{_shown(text)} không phải là số tháng tròn")
    return int(re.split("[.,]", text)[0])


def _months_or_none(text: str) -> int:
    return _months(text) if text else 0


def _money(text: str) -> Fraction | None:
    """Đồng as 5000000, 5.000.000, 5,000,000 or 4600900,5; nothing for an empty cell."""
    plain = re.sub(r"(đồng|đ|vnđ)$", "", vietnamese.clean(text).lower()).replace(" ", "")
    if not plain:
        return None
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,6})?", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,6})?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[0-9]{1,12}([.,][0-9]{1,6})?", plain) or not Fraction(plain.replace(",", ".")):
        raise ValueError(f"{_shown(text)} không phải là số tiền")
    return Fraction(plain.replace(",", "."))


def _shown(text: str) -> str:
    if not text:
        return "ô trống"
    clean = vietnamese.clean(text)
    return f"“{clean if len(clean) <= 40 else clean[:39] + '…'}”"
