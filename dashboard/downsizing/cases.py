"""A case of downsizing worked out: what its benefit rests on, taken from the ledger, and the sum by every policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from core.store import Filters, Reader
from core.vietnamese import Partial
from downsizing.benefits import Benefit, Case, MissingPay, PayStep, UnknownPay, average_salary, current_salary, estimate
from downsizing.law import Law

# The step at which a case is paid, as `is_paid` of `queries/macros/functions.sql` has it.
PAID = "da_chi_tra"


@dataclass(frozen=True)
class Bases:
    """What a benefit rests on, as far as the ledger says: None where it does not. Salaries in đồng a month."""

    gender: str | None
    birth: Partial | None
    leaving_on: date | None
    insurance_months: int | None
    hazard_months: int
    current_salary: Fraction | None
    average_salary: Fraction | None

    @property
    def lacks(self) -> list[str]:
        """What has to be entered before anything can be worked out, in words."""
        named = {
            "giới tính": self.gender,
            "ngày sinh": self.birth,
            "ngày nghỉ": self.leaving_on,
            "số tháng đóng BHXH": self.insurance_months,
            "lương hiện hưởng": self.current_salary,
            "lương bình quân": self.average_salary,
        }
        return [name for name, value in named.items() if value is None]

    def benefit(self, law: Law, policy: str, grounds: tuple[str, ...] = ()) -> Benefit | None:
        """The benefit by a policy, with the kinds of ground that hold; None while its sum needs what is lacking."""
        if self.gender is None or self.birth is None or self.leaving_on is None or self.insurance_months is None:
            return None
        case = Case(
            self.gender,
            self.birth,
            self.leaving_on,
            self.insurance_months,
            self.hazard_months,
            policy,
            self.current_salary,
            self.average_salary,
            grounds,
        )
        try:
            return estimate(law, case)
        except MissingPay:
            return None


@dataclass(frozen=True)
class CaseRecord:
    """What the ledger holds of somebody in one case of theirs, without a case of nothing but birth and pay."""

    gender: str | None
    birth: Partial | None
    case: Mapping[Any, Any]
    steps: list[PayStep]

    @property
    def leaving_on(self) -> date | None:
        """The day in the case."""
        return _day(self.case.get("leaving_on"))

    def on(self, law: Law, leaving_on: date | None = None) -> Bases:
        """What a benefit rests on. Pay is taken from its history where the case does not give it; `leaving_on` takes
        the place of the day in the case, and then pay is worked out for that day."""
        case, given = self.case, self.leaving_on
        day = leaving_on or given
        insured = _whole(case.get("insurance_months"))
        if insured is not None and given and day:
            # Who stays longer is insured for longer.
            insured += (day.year - given.year) * 12 + day.month - given.month
        same_day = day == given
        return Bases(
            self.gender,
            self.birth,
            day,
            insured,
            _whole(case.get("hazard_months")) or 0,
            _salary(case.get("current_salary") if same_day else None) or _current(law, self.steps, day),
            _salary(case.get("average_salary") if same_day else None) or _average(law, self.steps, day, insured),
        )


def record_of(reader: Reader, person_id: int, case_id: str | None) -> CaseRecord:
    """What the ledger holds of somebody in a case, None for one who has none."""
    first = reader.query("facts_of_person", Filters(date.today()), person_id=person_id).iloc[0]
    found = reader.query("facts_of_case", Filters(date.today()), case_id=case_id)
    found = found[found.person_id == person_id]
    return CaseRecord(
        None if pd.isna(first.gender) else str(first.gender),
        None if pd.isna(first.birth_on) else Partial(first.birth_on.date(), first.birth_precision),
        found.iloc[0].to_dict() if len(found) else {},
        pay_steps(reader, person_id),
    )


def bases(reader: Reader, law: Law, person_id: int, case_id: str | None, leaving_on: date | None = None) -> Bases:
    """What a benefit rests on of somebody in one case of theirs; see `CaseRecord.on`."""
    return record_of(reader, person_id, case_id).on(law, leaving_on)


def pay_steps(reader: Reader, person_id: int) -> list[PayStep]:
    """The history of somebody's pay, as the live batches tell it, from the first step on."""
    rows = reader.query("pay_of_person", Filters(date.today()), person_id=person_id)
    return [PayStep(day.date(), *(Decimal(str(x)) for x in parts)) for day, *parts in rows.itertuples(index=False)]


def _current(law: Law, steps: list[PayStep], day: date | None) -> Fraction | None:
    """Pay of the month before; None where the history falls short."""
    try:
        return current_salary(law, steps, day) if day else None
    except UnknownPay:
        return None


def _average(law: Law, steps: list[PayStep], day: date | None, insured: int | None) -> Fraction | None:
    """The average of the last months before; None where the history falls short."""
    try:
        return average_salary(law, steps, day, insured) if day and insured else None
    except UnknownPay:
        return None


def _salary(value: Any) -> Fraction | None:
    return None if value is None or pd.isna(value) else Fraction(int(value))


def _whole(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
