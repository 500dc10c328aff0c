"""Benefits of downsizing (tinh giản biên chế): who may leave how, under which clause, and how much is paid.

Pure functions over `law.Law`. Dates, ages, multipliers and rounding are rows there; here is only
how they are read. Time is counted in whole months, money exactly, and đồng are rounded once, at the end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import prod

from core.vietnamese import Partial, date_short, number
from downsizing.law import Clause, Ground, Instrument, Law, Part, TopUp

PAYS: Mapping[str, str] = {"HH": "tiền lương tháng hiện hưởng", "BQ": "tiền lương tháng bình quân"}


class MissingPay(ValueError):
    """A salary that the sum is made of is not known; `pay` is 'HH' or 'BQ', the text one Vietnamese clause."""

    def __init__(self, pay: str) -> None:
        super().__init__(f"chưa có {PAYS[pay]}")
        self.pay = pay


class UnknownPay(ValueError):
    """A history of pay that does not reach far enough; its text is one Vietnamese sentence."""


@dataclass(frozen=True)
class Case:
    """Somebody who leaves on a day. Salaries in đồng a month, None where they are not known.

    `gender` is 'nam' or 'nu'; `insurance_months` are the real months of social insurance, `hazard_months` those in
    hazardous work or in a place that counts like it. `grounds` are the kinds of `law.Ground` known to hold, none where
    nothing is known.
    """

    gender: str
    birth: Partial
    leaving_on: date
    insurance_months: int
    hazard_months: int
    policy: str
    current_salary: Fraction | None
    average_salary: Fraction | None
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """One part of a sum as it is written out, in đồng."""

    label: str
    text: str
    amount: Fraction


@dataclass(frozen=True)
class Benefit:
    """What one policy means for somebody. `amount` in whole đồng; years None where they play no part.

    `eligible` is told of age, insurance and work, and of the grounds where any is known: without one it still needs
    one. `top_ups` are what others add to the sum of the decree, which is `amount` alone.
    """

    policy: str
    instrument: str
    article: str
    eligible: bool
    early_years: Fraction | None
    counted_years: Fraction | None
    amount: int
    terms: tuple[Term, ...]
    breakdown: str
    reason: str
    doubts: tuple[str, ...]
    top_ups: tuple[Term, ...] = ()

    @property
    def topped_up(self) -> int:
        """All that others add, in whole đồng."""
        return _whole(sum((t.amount for t in self.top_ups), Fraction(0)))


def estimate(law: Law, case: Case) -> Benefit:
    """The benefit of the case's policy by the decree in force on the day of leaving.

    The clause that fits decides, the first in the order of the law's rows where several do; where none fits, the one
    that is missed by least says why. Raises MissingPay when the sum needs a salary that the case does not have.
    """
    instrument = law.on(case.leaving_on)
    if instrument is None:
        return Benefit(case.policy, "", "", False, None, None, 0, (), "", _no_decree(law, case.leaving_on), ())
    tried = [_held(law, c, case) for c in law.clauses.get(instrument.code, ()) if c.policy == case.policy]
    counts = all((instrument.code, measure) in law.rounding for measure in ("N", "E"))
    if not tried or not counts:
        text = f"{instrument.name} không có chính sách này."
        if tried:
            text = f"Danh mục chưa có cách tính tháng lẻ của {instrument.name}."
        return Benefit(case.policy, instrument.code, "", False, None, None, 0, (), "", text, ())
    best = min(tried, key=lambda t: t.missed_by)
    clause = best.clause
    failures = (*best.failures, *_without_ground(law, case, instrument))
    eligible = not failures
    counted, counting = _rounded(law, instrument, "N", case.insurance_months)
    early, cutting = None, None
    if eligible and case.policy == "nghi_huu" and best.early_months is not None:
        early, cutting = _rounded(law, instrument, "E", best.early_months)
    parts = law.formulas[clause.formula] if eligible and clause.formula else ()
    terms = tuple(_term(part, case, early or Fraction(0), counted) for part in parts)
    amount = _whole(sum((t.amount for t in terms), Fraction(0)))
    added = [t for t in law.top_ups if eligible and t.policy == case.policy and t.on(case.leaving_on)]
    top_ups = [_topped_up(t, case, early or Fraction(0), counted) for t in added]
    doubts = (
        *_assumptions(law, case),
        _too_little(law, case, parts),
        cutting if parts else None,
        counting if parts else None,
        clause.doubt,
        clause.caution,
        *(part.doubt for part in parts),
        best.on_the_edge,
        *(_also(law, case, instrument) if eligible else ()),
        *(t for t in top_ups if isinstance(t, str)),
    )
    told = tuple(dict.fromkeys(d for d in doubts if d))
    reason = [
        f"Đủ điều kiện: {'; '.join(best.facts)}." if eligible else f"Không đủ điều kiện: {'; '.join(failures)}.",
        ground_told(law, instrument, case.grounds) if eligible else None,
        clause.extra if eligible else None,
        f"Cần xem lại: {' '.join(told)}" if told else None,
    ]
    return Benefit(
        case.policy,
        instrument.code,
        instrument.cited(clause.article),
        eligible,
        early,
        counted,
        amount,
        terms,
        "; ".join([*(f"{t.label}: {t.text}" for t in terms), f"cộng {number(amount)} đồng"]) if terms else "",
        " ".join(text for text in reason if text),
        told,
        tuple(t for t in top_ups if isinstance(t, Term)),
    )


def grounds_held(law: Law, instrument: Instrument, kinds: Sequence[str]) -> list[Ground]:
    """The points of a decree that say what one of these kinds of ground says."""
    return [g for g in law.grounds.get(instrument.code, ()) if g.kind in kinds]


def ground_told(law: Law, instrument: Instrument, kinds: Sequence[str]) -> str | None:
    """By which points of the decree somebody may leave, or that one of them is still needed; None where none is known
    of the decree itself."""
    known = law.grounds.get(instrument.code, ())
    if not known:
        return None
    if held := grounds_held(law, instrument, kinds):
        articles = dict.fromkeys(g.article for g in held)
        return f"Căn cứ: {instrument.cited('; '.join(articles))}."
    # 'điểm a khoản 1 Điều 6': all of them stand in the same place.
    place = known[0].article.split(" ", 2)[-1]
    return f"Căn cứ: chưa rõ, phải thuộc một điểm của {instrument.cited(place)}."


def compare(law: Law, case: Case) -> list[Benefit]:
    """Every policy side by side for the same person; raises MissingPay like `estimate`."""
    return [estimate(law, replace(case, policy=policy)) for policy in law.policies]


@dataclass(frozen=True)
class PayStep:
    """What somebody is paid from a day on: coefficients of the base salary, and percentages (5 for 5%).

    Only these parts are pay by the decrees; allowances for region, attraction, public service or a second post are not.
    """

    from_on: date
    coefficient: Decimal
    position: Decimal = Decimal(0)
    over_frame_percent: Decimal = Decimal(0)
    seniority_percent: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)


def current_salary(law: Law, steps: Sequence[PayStep], leaving_on: date) -> Fraction:
    """The pay (HH) of the month before the one of leaving, in đồng and exact.

    Raises UnknownPay when the steps or the base salaries begin later.
    """
    return _pay_of(law, steps, _month(leaving_on) - 1)


def average_salary(law: Law, steps: Sequence[PayStep], leaving_on: date, insurance_months: int) -> Fraction:
    """The average pay (BQ) of the last months before leaving, each by the base salary of that month; đồng, exact.

    How many months is a row of the decree in force; who is insured for less has the average of all insured months,
    which are taken to be the last ones without a gap. Raises UnknownPay like `current_salary`, and before the first
    decree or without any insured month.
    """
    instrument = law.on(leaving_on)
    months = min(instrument.average_months, insurance_months) if instrument else 0
    if months < 1:
        raise UnknownPay("Không có tháng nào để tính tiền lương bình quân.")
    end = _month(leaving_on)
    return sum((_pay_of(law, steps, month) for month in range(end - months, end)), Fraction(0)) / months


def _pay_of(law: Law, steps: Sequence[PayStep], month: int) -> Fraction:
    day = _first_day(month)
    # What begins during a month is paid from the next one on.
    step = max((s for s in steps if s.from_on <= day), key=lambda s: s.from_on, default=None)
    if step is None:
        raise UnknownPay(f"Quá trình lương chưa có tháng {day.month:02}/{day.year}.")
    base = next((amount for since, amount in reversed(law.base_salary) if since <= day), None)
    if base is None:
        raise UnknownPay(f"Chưa có mức lương cơ sở của tháng {day.month:02}/{day.year}.")
    over_frame = Fraction(step.coefficient) * Fraction(step.over_frame_percent) / 100
    ranked = Fraction(step.coefficient) + Fraction(step.position) + over_frame
    seniority = ranked * Fraction(step.seniority_percent) / 100
    return (ranked + Fraction(step.reserved) + seniority) * base


# How a clause is held against a case


@dataclass(frozen=True)
class _Held:
    """A clause and a case: what meets it, what fails, and by how much it is missed, the least first."""

    clause: Clause
    early_months: int | None
    facts: tuple[str, ...]
    failures: tuple[str, ...]
    missed_by: tuple[int, int]
    on_the_edge: str | None


def _held(law: Law, clause: Clause, case: Case) -> _Held:
    low, high, retires, birth = _ages(law, clause, case)
    age, whole = age_at(birth, case.leaving_on)
    # On a later day of the month a birthday is past, though the full months are the same.
    below = low is not None and (age < low or (age == low and whole and clause.from_open))
    above = high is not None and (age > high or (age == high and (clause.to_open or not whole)))
    told_age = f"{_GENDERS[case.gender]} {_years_old(age)} vào ngày {date_short(case.leaving_on)}"
    window = _window(clause, low, high)
    if clause.reference in ("nam_nghi", "lo_trinh") and retires is not None:
        window += f" (tuổi nghỉ hưu {_years_old(retires)})"
    insured = f"đóng bảo hiểm xã hội {_span(case.insurance_months)}"
    hazard = f"{law.hazardous_work} {_span(case.hazard_months)}"
    checked: list[tuple[bool, str]] = []
    if clause.gender is not None:
        checked.append((case.gender == clause.gender, f"chỉ dành cho {_GENDERS[clause.gender].lower()}"))
    if low is not None or high is not None:
        checked.append((not below and not above, f"{told_age}, khung tuổi {window}"))
    insured_from = law.pension_months(case.leaving_on) if clause.for_pension else clause.insurance_from
    if insured_from is not None:
        fits, wanted = case.insurance_months >= insured_from, f"từ đủ {_span(insured_from)}"
        if clause.insurance_to is not None:
            fits = fits and case.insurance_months < clause.insurance_to
            wanted += f" đến dưới {_span(clause.insurance_to)}"
        checked.append((fits, f"{insured}, cần {wanted}"))
    if clause.hazard_from is not None:
        checked.append((case.hazard_months >= clause.hazard_from, f"{hazard}, cần từ đủ {_span(clause.hazard_from)}"))
    if clause.only_kind is not None:
        [only] = grounds_held(law, law.instrument(clause.instrument), [clause.only_kind])
        checked.append((clause.only_kind in case.grounds, f"chỉ dành cho người thuộc {only.article}"))
    for other in law.clauses[clause.instrument]:
        if other.code in clause.unless and not _held(law, other, case).failures:
            checked.append((False, _excluded(law, other, case)))
    failures = tuple(text for met, text in checked if not met)
    # Who has no such work at all, or no such ground, is not nearly in a clause about it.
    far = bool(clause.hazard_from) and not case.hazard_months
    apart = clause.only_kind is not None and clause.only_kind not in case.grounds
    gap = (low - age if below and low is not None else 0) + (age - high if above and high is not None else 0)
    edge = not whole and (age == high or (age == low and clause.from_open))
    return _Held(
        clause,
        # Only full months count as early.
        None if retires is None else retires - age - (0 if whole else 1),
        tuple(text for met, text in checked if met),
        failures,
        (len(failures) + far + apart, gap),
        "Nghỉ giữa tháng, vừa qua mốc tuổi: tính theo ngày là suy luận, chưa thấy quy định." if edge else None,
    )


def _excluded(law: Law, other: Clause, case: Case) -> str:
    if other.policy:
        return f"đã đủ điều kiện nghỉ hưu trước tuổi theo {other.article}"
    return f"thuộc diện {other.article} loại trừ ({'; '.join(_held(law, other, case).facts)})"


def _without_ground(law: Law, case: Case, instrument: Instrument) -> list[str]:
    """Why the grounds that are known do not open the decree; nothing where none is known or one does."""
    if not case.grounds or not law.grounds.get(instrument.code) or grounds_held(law, instrument, case.grounds):
        return []
    return [f"căn cứ đã nêu không có trong {instrument.name}"]


def _no_decree(law: Law, day: date) -> str:
    first = law.instruments[0]
    if day < first.from_on:
        return f"Trước ngày {date_short(first.from_on)} chưa có chính sách này ({first.name})."
    last = next(i for i in reversed(law.instruments) if i.to_on <= day)
    until = date_short(last.to_on - timedelta(1))
    return f"Sau ngày {until} chưa có chính sách này ({last.name} áp dụng đến hết ngày ấy)."


def age_at(birth: Partial, day: date) -> tuple[int, bool]:
    """Full months of age on a day by the rule of the decrees, and whether that age is reached on that very day.

    An age is reached on the first of the month after the month of birth; where only the year of birth is known, on the
    first of January of a year (NĐ 113/2018, NĐ 29/2023).
    """
    return _month(day) - _month(birth.on) - (birth.precision != "nam"), day.day == 1


def _ages(law: Law, clause: Clause, case: Case) -> tuple[int | None, int | None, int | None, Partial]:
    """The least and the greatest age of a clause and the retirement age it is compared with, in months, and the birth
    they are counted from."""
    retires, birth = clause.retire[case.gender], case.birth
    if clause.reference == "nam_nghi":
        year = case.leaving_on.year
        retires = next(age for until, age in law.retirement[case.gender] if year <= until) - clause.lowered_months
    elif clause.reference == "lo_trinh":
        retires, birth = own_retirement(law, case.gender, case.birth, clause.lowered_months)
    low, high = clause.age_from[case.gender], clause.age_to[case.gender]
    if retires is not None and clause.early_most is not None:
        low = retires - clause.early_most
    if retires is not None and clause.early_least is not None:
        high = retires - clause.early_least
    return low, high, retires, birth


def own_retirement(law: Law, gender: str, birth: Partial, lowered_months: int = 0) -> tuple[int, Partial]:
    """The age in months at which somebody retires by the growing road map, that of the year it is reached in, and the
    birth it is counted from: of a known year alone the day that the office chose for who retires then.

    The day is that of queries/assessment/people/3_retirement.sql; here ages may be lowered, of who is in no store.
    """
    for until, full in law.retirement[gender]:
        age = full - lowered_months
        born = law.birth_read(birth, _first_day(_month(birth.on) + age))
        if _first_day(_month(born.on) + age).year <= until:
            return age, born
    raise ValueError(gender)


def _assumptions(law: Law, case: Case) -> list[str]:
    said = []
    if case.birth.precision == "nam":
        told = f"Không rõ ngày, tháng sinh: tuổi tính từ ngày {date_short(case.birth.on)}"
        instrument = law.on(case.leaving_on)
        read = {
            own_retirement(law, case.gender, case.birth, clause.lowered_months)[1]
            for clause in law.clauses.get(instrument.code if instrument else "", ())
            if clause.reference == "lo_trinh"
        } - {case.birth}
        chosen = "".join(
            f", tuổi nghỉ hưu theo lộ trình tính từ ngày {date_short(birth.on)} như cơ quan đã chọn"
            for birth in sorted(read, key=lambda b: b.on)
        )
        said.append(f"{told}{chosen}; các nguồn chưa thống nhất.")
    if case.insurance_months > max(age_at(case.birth, case.leaving_on)[0], 0):
        said.append("Thời gian đóng bảo hiểm xã hội dài hơn tuổi đời.")
    if case.hazard_months > case.insurance_months:
        said.append("Thời gian làm nghề nặng nhọc dài hơn thời gian đóng bảo hiểm xã hội.")
    return said


def _too_little(law: Law, case: Case, parts: Sequence[Part]) -> str | None:
    """Lists in thousands of đồng are common: nobody earns less than the base salary."""
    base = next((amount for since, amount in reversed(law.base_salary) if since <= case.leaving_on), 0)
    if all((_salary(case, part.pay) or base) >= base for part in parts):
        return None
    return f"Tiền lương thấp hơn mức lương cơ sở {number(base)} đồng: xem đã ghi bằng đồng chưa."


def _salary(case: Case, pay: str) -> Fraction | None:
    return {"HH": case.current_salary, "BQ": case.average_salary}[pay]


def _also(law: Law, case: Case, instrument: Instrument) -> list[str]:
    """Early retirement that is open as well to somebody who chose to leave without it."""
    if case.policy != "thoi_viec":
        return []
    return [
        f"Người này cũng đủ điều kiện nghỉ hưu trước tuổi theo {instrument.cited(other.article)}."
        for other in law.clauses[instrument.code]
        if other.policy == "nghi_huu" and not _held(law, other, case).failures
    ]


def _rounded(law: Law, instrument: Instrument, measure: str, months: int) -> tuple[Fraction, str | None]:
    """Months as years by the table of the decree, and the doubt about it where odd months are rounded."""
    years, odd = divmod(months, 12)
    step = next(s for s in law.rounding[instrument.code, measure] if s.from_months <= odd <= s.to_months)
    return years + step.years, step.doubt if odd else None


def _term(part: Part, case: Case, early: Fraction, counted: Fraction) -> Term:
    salary = _salary(case, part.pay)
    if salary is None:
        raise MissingPay(part.pay)
    return _multiplied(part.label, [part.months, salary], part.per, early, max(counted - part.after_years, Fraction(0)))


def _topped_up(top_up: TopUp, case: Case, early: Fraction, counted: Fraction) -> Term | str:
    """What a decision adds for somebody, or why that cannot be told."""
    if top_up.months is None or top_up.pay is None:
        return _multiplied(top_up.number, [Fraction(top_up.amount or 0)], top_up.per, early, counted)
    salary = _salary(case, top_up.pay)
    if salary is None:
        return f"Chưa tính được hỗ trợ thêm theo {top_up.number}: {MissingPay(top_up.pay)}."
    return _multiplied(top_up.number, [top_up.months, salary], top_up.per, early, counted)


def _multiplied(label: str, factors: list[Fraction], per: str, early: Fraction, counted: Fraction) -> Term:
    """The factors, once or for each of the years that a part is paid for."""
    factors = factors + {"lan": [], "nam_som": [early], "nam_cong_tac": [counted]}[per]
    amount = prod(factors, start=Fraction(1))
    written = " × ".join(map(_written, factors))
    return Term(label, f"{written} = {_written(amount)}" if len(factors) > 1 else written, amount)


# Words and numbers

_GENDERS: Mapping[str, str] = {"nam": "Nam", "nu": "Nữ"}


def _written(x: Fraction) -> str:
    """'4.600.900', '5,5', '0,25': as many decimals as it has, two at most."""
    decimals = next((n for n in (0, 1) if (x * 10**n).denominator == 1), 2)
    return number(Decimal(x.numerator) / Decimal(x.denominator), decimals)


def _whole(x: Fraction) -> int:
    return (2 * x.numerator + x.denominator) // (2 * x.denominator)


def _span(months: int) -> str:
    years, odd = divmod(months, 12)
    return " ".join(filter(None, (f"{years} năm" if years or not odd else "", f"{odd} tháng" if odd else "")))


def _years_old(months: int) -> str:
    years, odd = divmod(months, 12)
    return f"{years} tuổi" + (f" {odd} tháng" if odd else "")


def _window(clause: Clause, low: int | None, high: int | None) -> str:
    said = []
    if low is not None:
        said.append(f"{'trên' if clause.from_open else 'từ đủ'} {_years_old(low)}")
    if high is not None:
        ends = "đến dưới" if clause.to_open and said else "dưới" if clause.to_open else "đến đủ"
        said.append(f"{ends} {_years_old(high)}")
    return " ".join(said)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
