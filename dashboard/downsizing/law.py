"""The law of downsizing (tinh giản biên chế) as the rows of `queries/reference` say it, read once from a store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from core.store import Store
from core.vietnamese import Partial

# How a row that nobody has checked is spoken of; which those are the macro `is_unchecked` decides.
_DOUBTED: Mapping[str, str] = {
    "M_low": "chưa đối chiếu văn bản gốc, không nên dựa vào",
    "INF": "là suy luận, chưa thấy quy định",
}


@dataclass(frozen=True)
class Instrument:
    """A decree, in force from `from_on` until before `to_on`; `citation` is how one of its articles is told of."""

    code: str
    name: str
    from_on: date
    to_on: date
    citation: str
    average_months: int

    def cited(self, article: str) -> str:
        """'khoản 2 Điều 8 NĐ 108/2014/NĐ-CP (sửa đổi bởi NĐ 113/2018/NĐ-CP)'."""
        return self.citation.replace("{article}", article)


@dataclass(frozen=True)
class Clause:
    """The conditions of one clause. Ages, times and distances in months; a pair is for men and women.

    `reference` says which retirement age counts: 'co_dinh' (`retire`), 'nam_nghi' (that of the year of leaving) or
    'lo_trinh' (the person's own), lowered by `lowered_months`. `for_pension` asks for the insurance a pension takes on
    the day of leaving, `only_kind` for a ground of that kind. `unless` are clauses that must not fit as well; one
    without a `policy` is nothing but such a condition.
    """

    instrument: str
    code: str
    policy: str | None
    article: str
    gender: str | None
    reference: str | None
    retire: Mapping[str, int | None]
    lowered_months: int
    age_from: Mapping[str, int | None]
    age_to: Mapping[str, int | None]
    early_most: int | None
    early_least: int | None
    from_open: bool
    to_open: bool
    insurance_from: int | None
    insurance_to: int | None
    for_pension: bool
    hazard_from: int | None
    only_kind: str | None
    unless: tuple[str, ...]
    formula: str | None
    extra: str | None
    caution: str | None
    doubt: str | None


@dataclass(frozen=True)
class Ground:
    """A point of a decree by which somebody may be downsized; points of one `kind` say the same in several decrees."""

    point: str
    kind: str
    article: str
    summary: str


@dataclass(frozen=True)
class Part:
    """One part of a sum: `months` of a pay ('HH', 'BQ') once, for each year early, or for each year after some."""

    label: str
    months: Fraction
    pay: str
    per: str
    after_years: int
    doubt: str | None


@dataclass(frozen=True)
class TopUp:
    """What a province or an office adds by a decision of its own: `months` of a `pay`, or `amount` đồng, like a `Part`.

    It is for who leaves from `from_on` on and before `until`.
    """

    number: str
    policy: str
    months: Fraction | None
    pay: str | None
    amount: int | None
    per: str
    from_on: date
    until: date | None

    def on(self, day: date) -> bool:
        """Whether it is for somebody who leaves on a day."""
        return self.from_on <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Step:
    """What `from_months` to `to_months` odd months count for, in years."""

    from_months: int
    to_months: int
    years: Fraction
    doubt: str | None


@dataclass(frozen=True)
class FormColumn:
    """A column of money on the form of a policy, filled `by_hand` where the law sets a limit and not an amount."""

    heading: str
    by_hand: bool


@dataclass(frozen=True)
class Law:
    """The rows of the law, read once. Instruments, base salaries and times for a pension in the order of their days."""

    instruments: tuple[Instrument, ...]
    grounds: Mapping[str, tuple[Ground, ...]]
    clauses: Mapping[str, tuple[Clause, ...]]
    formulas: Mapping[str, tuple[Part, ...]]
    rounding: Mapping[tuple[str, str], tuple[Step, ...]]
    retirement: Mapping[str, tuple[tuple[int, int], ...]]
    # From when on which month and day stand for a birth known by its year, None for its first day, as the office chose.
    birth_choices: tuple[tuple[date, tuple[int, int] | None], ...]
    base_salary: tuple[tuple[date, int], ...]
    pension_time: tuple[tuple[date, int], ...]
    top_ups: tuple[TopUp, ...]
    # The decrees of which the store knows grounds.
    grounded: frozenset[str]
    forms: Mapping[str, tuple[FormColumn, ...]]
    hazardous_work: str

    @classmethod
    def of(cls, store: Store) -> "Law":
        """The law of a store."""
        return store.remembered("downsizing_law", lambda: cls._read(store))

    @classmethod
    def _read(cls, store: Store) -> "Law":
        return cls(
            tuple(
                Instrument(r["instrument"], r["name"], r["from_on"], r["to_on"], r["citation"], r["average_months"])
                for r in _rows(store, "select * from decrees() order by from_on, instrument")
            ),
            _grouped(
                (r["instrument"], Ground(r["ground"], r["kind"], r["article"], r["summary"]))
                for r in _rows(
                    store,
                    "select * from downsizing_ground where way = 1 and contains(applies_to, 'can_bo') "
                    "order by instrument, ground, kind",
                )
            ),
            _grouped((r["instrument"], _clause(r)) for r in _doubted(store, "downsizing_policy", "instrument, sort")),
            _grouped((r["formula"], _part(r)) for r in _doubted(store, "downsizing_formula", "formula, sort")),
            _grouped(
                ((r["instrument"], r["measure"]), _rounding(r))
                for r in _doubted(store, "rounding_rule", "instrument, measure, from_months")
            ),
            _grouped(
                (r["gender"], (r["until_year"], r["age_months"]))
                for r in _rows(store, "select * from retirement_age order by gender, until_year")
            ),
            tuple(
                (r["from_on"], r["month"] and (r["month"], r["day"]))
                for r in _rows(
                    store,
                    'select c.from_on, r."month", r."day" from birth_choice as c '
                    "left join birth_reading as r on c.reading = r.reading order by c.from_on, c.chosen_at",
                )
            ),
            tuple(
                (r["effective_from"], r["amount"])
                for r in _rows(store, "select * from base_salary order by effective_from")
            ),
            tuple(
                (r["effective_from"], r["months"])
                for r in _rows(store, "select * from pension_time order by effective_from")
            ),
            tuple(
                _top_up(r)
                for r in _rows(store, "select * from live_top_up() order by effective_from, number, per, pay, policy")
            ),
            frozenset(r["instrument"] for r in _rows(store, "select distinct instrument from downsizing_ground")),
            _grouped(
                (r["policy"], FormColumn(r["heading"], r["by_hand"]))
                for r in _rows(store, "select * from downsizing_form order by policy, sort")
            ),
            _rows(store, "select label from label where domain = 'work' and code = 'hazardous'")[0]["label"],
        )

    @property
    def policies(self) -> tuple[str, ...]:
        """Every policy of a decree, by its code, in the order of the rows."""
        return tuple(dict.fromkeys(c.policy for clauses in self.clauses.values() for c in clauses if c.policy))

    def on(self, day: date) -> Instrument | None:
        """The decree in force on a day, None before the first and after the end of the last."""
        return next((i for i in self.instruments if i.from_on <= day < i.to_on), None)

    def instrument(self, code: str) -> Instrument:
        """The decree of a code."""
        return next(i for i in self.instruments if i.code == code)

    def birth_read(self, birth: Partial, retires_on: date) -> Partial:
        """A birth as the office reads it of who retires on a day: another day of its year if that alone is known."""
        if birth.precision != "nam":
            return birth
        chosen = next((day for since, day in reversed(self.birth_choices) if since <= retires_on), None)
        return replace(birth, on=birth.on.replace(month=chosen[0], day=chosen[1])) if chosen else birth

    def pension_months(self, day: date) -> int:
        """How long somebody must be insured for a pension on a day."""
        return next(months for since, months in reversed(self.pension_time) if since <= day)


def without_grounds(store: Store, day: date) -> Instrument | None:
    """The decree in force on a day if the store knows none of its grounds, so that nobody can be held against it."""
    law = Law.of(store)
    instrument = law.on(day)
    return instrument if instrument and instrument.code not in law.grounded else None


# Rows of the store

_Row = dict[str, Any]
_K = TypeVar("_K")
_V = TypeVar("_V")


def _rows(store: Store, sql: str) -> list[_Row]:
    with store.scratch() as cursor:
        found = cursor.execute(sql)
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _doubted(store: Store, table: str, order: str) -> list[_Row]:
    """The rows of one of our own tables in an order, each saying whether it is `unchecked`."""
    return _rows(
        store,
        f"select *, is_unchecked(confidence, checked_on) as unchecked from {table} order by {order}",  # noqa: S608
    )


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    groups: dict[_K, list[_V]] = {}
    for group, value in pairs:
        groups.setdefault(group, []).append(value)
    return {group: tuple(values) for group, values in groups.items()}


def _doubt(row: _Row, subject: str) -> str | None:
    unsure = _DOUBTED.get(row["confidence"], "chưa đối chiếu văn bản gốc")
    return f"{subject} {unsure}." if row["unchecked"] else None


def _clause(row: _Row) -> Clause:
    def pair(name: str) -> dict[str, int | None]:
        return {"nam": row[f"{name}_male"], "nu": row[f"{name}_female"]}

    return Clause(
        instrument=row["instrument"],
        code=row["clause"],
        policy=row["policy"],
        article=row["article"],
        gender=row["gender"],
        reference=row["reference"],
        retire=pair("retire"),
        lowered_months=row["lowered_months"] or 0,
        age_from=pair("age_from"),
        age_to=pair("age_to"),
        early_most=row["early_most"],
        early_least=row["early_least"],
        from_open=bool(row["from_open"]),
        to_open=bool(row["to_open"]),
        insurance_from=row["insurance_from"],
        insurance_to=row["insurance_to"],
        for_pension=bool(row["for_pension"]),
        hazard_from=row["hazard_from"],
        only_kind=row["only_kind"],
        unless=tuple((row["unless"] or "").split()),
        formula=row["formula"],
        extra=row["extra"],
        caution=row["caution"],
        doubt=_doubt(row, f"Điều kiện ở {row['article']}"),
    )


def _part(row: _Row) -> Part:
    return Part(
        row["label"],
        Fraction(row["months"]),
        row["pay"],
        row["per"],
        row["after_years"] or 0,
        _doubt(row, f"Mức của phần “{row['label']}”"),
    )


def _top_up(row: _Row) -> TopUp:
    return TopUp(
        row["number"],
        row["policy"],
        None if row["months"] is None else Fraction(row["months"]),
        row["pay"],
        row["amount"],
        row["per"],
        row["effective_from"],
        row["ended_on"],
    )


def _rounding(row: _Row) -> Step:
    subject = {"N": "Cách làm tròn thời gian đóng bảo hiểm", "E": "Cách làm tròn thời gian nghỉ sớm"}[row["measure"]]
    return Step(row["from_months"], row["to_months"], Fraction(row["years"]), _doubt(row, subject))
