"""The assessment a second time: one person, one post, one criterion, one day; slow, and meant to be read.

It shares nothing with queries/assessment but the facts and the law in queries/reference. There are no intervals:
what is known, what the law asks and what follows are worked out afresh for the day in question.
"""

import csv
import re
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "queries" / "reference"


@dataclass(frozen=True)
class Moment:
    """A date and how well it is known; 'bao_cao' says only that the thing was so by then."""

    on: date
    precision: str = "ngay"

    def earliest(self) -> date:
        match self.precision:
            case "bao_cao":
                return date.min
            case "nam":
                return self.on.replace(month=1, day=1)
            case "thang":
                return self.on.replace(day=1)
        return self.on

    def latest(self) -> date:
        match self.precision:
            case "nam":
                return self.on.replace(month=12, day=31)
            case "thang":
                return self.on.replace(day=monthrange(self.on.year, self.on.month)[1])
        return self.on

    def before(self, day: date) -> bool | None:
        """Whether it was before that day; None when it may or may not have been."""
        if self.latest() < day:
            return True
        return False if self.earliest() >= day else None


@dataclass(frozen=True)
class Posting:
    unit: str
    post: str
    start: Moment
    until: date | None = None
    first_held: Moment | None = None


@dataclass(frozen=True)
class Qualification:
    criterion: str
    level: str | None
    reported_on: date
    obtained: Moment | None = None
    field: str | None = None
    studying: bool = False


@dataclass(frozen=True)
class Person:
    born: Moment | None
    gender: str | None
    postings: tuple[Posting, ...]
    qualifications: tuple[Qualification, ...]


@dataclass(frozen=True)
class Decision:
    """A level set by a provincial people's committee; no posts or units named means all that it may bind."""

    document: str
    criterion: str
    level: str
    province: str
    from_on: date
    until: date | None = None
    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    code: str
    area: str
    province: str


@dataclass(frozen=True)
class Rule:
    standard: str
    document: str
    from_on: date
    required: str | None
    required_first: str | None
    at_level: str | None
    grace_before: date | None
    grace_until: date | None
    province_floor: str | None
    field: str | None


@dataclass(frozen=True)
class Ruling:
    """A verdict, what it says is required by which row, and until when there is time if there is."""

    verdict: str
    because: str | None = None
    required: str | None = None
    standard: str | None = None
    deadline: date | None = None


@dataclass(frozen=True)
class AgeLimit:
    men: int | None
    women: int | None
    months_left: int | None


class Law:
    """The reference tables, by what one asks them."""

    def __init__(self, without: Iterable[str] = (), decisions: Iterable[Decision] = ()) -> None:
        """`without` leaves out the rows of some documents, as if they had never been issued."""
        self.decisions = list(decisions)
        self.group = {row["post"]: row["group_code"] for row in rows("post")}
        self.kind: dict[str, str] = {}
        self.rank: dict[tuple[str, str], int] = {}
        self.age_limit: dict[str, AgeLimit] = {}
        for row in rows("level"):
            self.kind[row["level"]] = row["kind"]
            if row["rank"]:
                self.rank[row["criterion"], row["level"]] = int(row["rank"])
            if row["kind"] == "age":
                limits = (number(row[c]) for c in ("max_age_male", "max_age_female", "min_months_left"))
                self.age_limit[row["level"]] = AgeLimit(*limits)
        self.chain: dict[tuple[str, str, str], list[Rule]] = defaultdict(list)
        self.beside: dict[tuple[str, str, str], list[Rule]] = defaultdict(list)
        for row in rows("standard"):
            if row["document"] in without:
                continue
            rule = Rule(
                row["standard"],
                row["document"],
                date.fromisoformat(row["effective_from"]),
                row["required"] or None,
                row["required_first"] or None,
                row["at_level"] or None,
                day_in(row["grace_in_post_before"]),
                day_in(row["grace_until"]),
                row["province_floor"] or None,
                row["field"] or None,
            )
            links = self.beside if row["alternative"] == "true" else self.chain
            for post in row["posts"].split():
                for criterion in row["criteria"].split():
                    for area in [row["area"]] if row["area"] else ["mien_nui", "dong_bang"]:
                        links[post, criterion, area].append(rule)
        self.unit = {row["unit_id"]: Unit(row["code"], row["area"], row["province_code"]) for row in rows("unit")}
        self.became = {
            row["from_unit"]: (row["to_unit"], date.fromisoformat(row["on_date"])) for row in rows("unit_lineage")
        }
        self.retirement = defaultdict(list)
        for row in rows("retirement_age"):
            self.retirement[row["gender"]].append((int(row["until_year"]), int(row["age_months"])))
        self.fits = {(row["post"], row["field_group"]): row["fits"] == "true" for row in rows("post_field")}
        self.groups_of_word = defaultdict(set)
        for row in rows("field_word"):
            self.groups_of_word[plain(row["word"])].add(row["field_group"])

    def criteria(self) -> list[str]:
        return sorted({criterion for _, criterion, _ in self.chain})

    def unit_on(self, unit: str, day: date) -> str:
        """The unit version a posting is in on a day: a merged unit lives on in its successor."""
        while unit in self.became and self.became[unit][1] <= day:
            unit = self.became[unit][0]
        return unit

    def rule_on(self, post: str, criterion: str, area: str, day: date) -> Rule | None:
        """The latest row of the chain by that day, unless it ends the chain."""
        begun = [rule for rule in self.chain[post, criterion, area] if rule.from_on <= day]
        if not begun:
            return None
        rule = max(begun, key=lambda r: r.from_on)
        return rule if rule.required or rule.required_first else None

    def beside_on(self, post: str, criterion: str, area: str, day: date) -> Rule | None:
        """The row that is enough whatever the chain asks on that day, if there is one."""
        begun = [rule for rule in self.beside[post, criterion, area] if rule.from_on <= day]
        return max(begun, key=lambda r: r.from_on, default=None)

    def decision_on(self, rule: Rule, post: str, criterion: str, unit: Unit, day: date) -> Decision | None:
        """The provincial decision that sets the level of a row that leaves it to the province, if there is one."""
        left_to_province = rule.province_floor or "tinh_quy_dinh" in (rule.required, rule.required_first)
        if not left_to_province:
            return None
        binding = [
            d
            for d in self.decisions
            if d.document == rule.document
            and d.criterion == criterion
            and (not d.posts or post in d.posts)
            and d.province == unit.province
            and (unit.code in d.units if d.units else unit.area == "mien_nui")
            and d.from_on <= day
            and (d.until is None or day < d.until)
        ]
        return max(binding, key=lambda d: d.from_on, default=None)


def judge(law: Law, person: Person, posting: Posting, criterion: str, day: date) -> Ruling | None:
    """The verdict of one criterion on one post of one person on one day; None where nothing is judged."""
    if not in_post(posting, day):
        return None
    unit = law.unit[law.unit_on(posting.unit, day)]
    rule = law.rule_on(posting.post, criterion, unit.area, day)
    if rule is None:
        return None
    decision = law.decision_on(rule, posting.post, criterion, unit, day)
    required = decision.level if decision and rule.required else rule.required
    required_first = decision.level if decision and rule.required_first else rule.required_first

    match law.kind[required or required_first or ""]:
        case "training":
            return None
        case "out_of_scope":
            return Ruling("exempt", "out_of_scope", required, rule.standard)
        case "province_sets":
            return Ruling("exempt", "province_sets", required or required_first, rule.standard)
        case "age":
            return by_age(law, person, posting, rule, required_first or "")
        case "field":
            ruling = by_field(law, person, posting, rule, unit, day)
        case _:
            ruling = by_level(law, person, posting, rule, criterion, required or "", required_first, day)
    beside = law.beside_on(posting.post, criterion, unit.area, day)
    return by_row_beside(law, person, beside, ruling, day) if beside else ruling


def in_post(posting: Posting, day: date) -> bool:
    """The last day is the day before `until`, which is the first day out of the post."""
    return posting.start.on <= day and (posting.until is None or day < posting.until)


def by_level(
    law: Law,
    person: Person,
    posting: Posting,
    rule: Rule,
    criterion: str,
    required: str,
    required_first: str | None,
    day: date,
) -> Ruling:
    """A level that must be reached, perhaps a higher one by people who took the post under this very rule."""
    if required_first is None:
        return one_level(law, person, posting, rule, criterion, required, day)
    as_others = one_level(law, person, posting, rule, criterion, required, day)
    as_first = one_level(law, person, posting, rule, criterion, required_first, day)
    first = took_post_since(posting, rule.from_on)
    if first is None:
        if as_others.verdict == as_first.verdict:
            return as_first
        neither_known = "unknown" in (as_others.verdict, as_first.verdict)
        return Ruling("unknown", "level" if neither_known else "first_held_on", required_first, rule.standard)
    return as_first if first else as_others


def by_row_beside(law: Law, person: Person, beside: Rule, ruling: Ruling, day: date) -> Ruling:
    """What the chain finds wanting may be enough by another text: a certificate of one field at a lower level."""
    if ruling.verdict in ("meets", "exempt"):
        return ruling
    lowest = law.rank["chuyen_mon", beside.at_level or beside.required or ""]
    certificates = [
        q
        for q in person.qualifications
        if q.criterion == "chuyen_mon"
        and not q.studying
        and known_on(q, day)
        and (not q.level or law.rank["chuyen_mon", q.level] >= lowest)
    ]
    answers = [(q, of_group(law, beside.field or "", q.field)) for q in certificates]
    if any(q.level and answer for q, answer in answers):
        return Ruling("meets", None, beside.required, beside.standard)
    perhaps = [(q, answer) for q, answer in answers if answer is not False]
    if ruling.verdict == "unknown" or not perhaps:
        return ruling
    unplaced = all(q.field and answer is None for q, answer in perhaps)
    return Ruling("unknown", "field_fit" if unplaced else "field", beside.required, beside.standard)


def one_level(
    law: Law, person: Person, posting: Posting, rule: Rule, criterion: str, required: str, day: date
) -> Ruling:
    known = [q for q in person.qualifications if q.criterion == criterion and q.level and known_on(q, day)]
    held = [law.rank[criterion, q.level or ""] for q in known if not q.studying]
    studying = [law.rank[criterion, q.level or ""] for q in known if q.studying]
    needed = law.rank[criterion, required]
    if held and max(held) >= needed:
        return Ruling("meets", None, required, rule.standard)
    if held:
        return short_of(law, person, posting, rule, required, day)
    # Whoever was studying for a level did not have it then, nor any higher one.
    if studying and min(studying) <= needed:
        return short_of(law, person, posting, rule, required, day, "studying")
    return Ruling("unknown", "level", required, rule.standard)


def by_field(law: Law, person: Person, posting: Posting, rule: Rule, unit: Unit, day: date) -> Ruling:
    """The field of study is judged on the certificates that reach the level asked for, else on the highest ones."""
    required = rule.required or ""
    certificates = [
        q for q in person.qualifications if q.criterion == "chuyen_mon" and not q.studying and known_on(q, day)
    ]
    if not certificates:
        return Ruling("unknown", "field", required, rule.standard)
    ranks = [law.rank["chuyen_mon", q.level] for q in certificates if q.level]
    if ranks and max(ranks) == 0:
        return Ruling("exempt", "untrained", required, rule.standard)
    enough = law.rank["chuyen_mon", level_for_field(law, posting, rule, unit, day)]
    lowest = min(enough, max(ranks, default=enough))
    counted = [q for q in certificates if not q.level or law.rank["chuyen_mon", q.level] >= lowest]
    answers = [fits(law, posting.post, q.field) for q in counted]
    if True in answers:
        return Ruling("meets", None, required, rule.standard)
    if None in answers:
        unplaced = any(q.field and answer is None for q, answer in zip(counted, answers, strict=True))
        return Ruling("unknown", "field_fit" if unplaced else "field", required, rule.standard)
    return short_of(law, person, posting, rule, required, day)


def level_for_field(law: Law, posting: Posting, rule: Rule, unit: Unit, day: date) -> str:
    """A province that lowers the professional level lowers with it the level at which the field is looked at."""
    level_rule = law.rule_on(posting.post, "chuyen_mon", unit.area, day)
    if level_rule and level_rule.document == rule.document:
        decision = law.decision_on(level_rule, posting.post, "chuyen_mon", unit, day)
        if decision:
            return decision.level
    return rule.at_level or ""


def fits(law: Law, post: str, field: str | None) -> bool | None:
    """Whether a field of study fits the post; None when it is missing or nobody has said."""
    if field is None:
        return None
    answers = [law.fits.get((post, group)) for group in law.groups_of_word.get(plain(field), ())]
    if True in answers:
        return True
    return False if answers and None not in answers else None


def by_age(law: Law, person: Person, posting: Posting, rule: Rule, required: str) -> Ruling:
    """The age on the day the post was first held; it does not matter which day it is now."""
    first = took_post_since(posting, rule.from_on)
    if first is False:
        return Ruling("exempt", "not_first_holder", required, rule.standard)
    if first is None or posting.first_held is None:
        return Ruling("unknown", "first_held_on", required, rule.standard)
    if person.born is None:
        return Ruling("unknown", "birth_on", required, rule.standard)
    limit = law.age_limit[required]
    days = [posting.first_held.earliest(), posting.first_held.latest()]
    genders = [person.gender] if person.gender else ["nam", "nu"]
    answers = {young_enough(law, limit, person.born, g, d) for g in genders for d in days}
    if answers == {True}:
        return Ruling("meets", None, required, rule.standard)
    if answers == {False}:
        return Ruling("below", None, required, rule.standard)
    same_for_all = limit.months_left is None and limit.men == limit.women
    why = "gender" if person.gender is None and not same_for_all else "first_held_on"
    return Ruling("unknown", why, required, rule.standard)


def of_group(law: Law, group: str, field: str | None) -> bool | None:
    """Whether a field of study is of a group; None when it is missing or nobody has placed it."""
    groups = law.groups_of_word.get(plain(field)) if field else None
    return group in groups if groups else None


def young_enough(law: Law, limit: AgeLimit, born: Moment, gender: str, day: date) -> bool:
    """By whole years, or by whole months still to serve. Of a birth known by its year the first of January counts."""
    birthday = born.earliest()
    if limit.months_left is not None:
        return months_between(day, retires_on(law, birthday, gender)) >= limit.months_left
    most = limit.men if gender == "nam" else limit.women
    return most is None or months_between(birthday, day) // 12 <= most


def retires_on(law: Law, birthday: date, gender: str) -> date:
    """The day the retirement age is reached: the age of the year in which it is reached."""
    for until_year, age in sorted(law.retirement[gender]):
        day = add_months(birthday, age)
        if day.year <= until_year:
            return day
    raise AssertionError("retirement_age.csv ends too early")


def took_post_since(posting: Posting, day: date) -> bool | None:
    """Whether the post was first held on that day or later; None when that is not known."""
    if posting.first_held is None:
        return False if posting.start.before(day) else None
    before = posting.first_held.before(day)
    return None if before is None else not before


def short_of(
    law: Law, person: Person, posting: Posting, rule: Rule, required: str, day: date, because: str | None = None
) -> Ruling:
    """Below the standard, unless the law still gives time to those who served when it came."""
    if rule.grace_before is None or rule.grace_until is None or day > rule.grace_until:
        return Ruling("below", because, required, rule.standard)
    match served_before(law, person, law.group[posting.post], rule.grace_before):
        case True:
            return Ruling("transitional", because, required, rule.standard, rule.grace_until)
        case False:
            return Ruling("below", because, required, rule.standard)
    return Ruling("unknown", "service_start", required, rule.standard)


def served_before(law: Law, person: Person, group: str, day: date) -> bool | None:
    """Whether the person held any post of the group before that day; None when a start is not known well enough."""
    answers = []
    for posting in person.postings:
        if law.group[posting.post] != group:
            continue
        began = posting.start.before(day)
        if posting.first_held:
            first_held = posting.first_held.before(day)
            # Nobody is in a post before holding it for the first time.
            answers.append(True if began else first_held)
        else:
            answers.append(began)
    if True in answers:
        return True
    return None if None in answers else False


def known_on(qualification: Qualification, day: date) -> bool:
    """A level counts from the last day on which it can have been obtained, but not later than its first report."""
    if qualification.obtained is None:
        return qualification.reported_on <= day
    return min(qualification.obtained.latest(), qualification.reported_on) <= day


def months_between(start: date, end: date) -> int:
    """Whole months from one day to another."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def worst(verdicts: Iterable[str]) -> str:
    """The verdict of a person: that of the weakest criterion of any post."""
    order = ["exempt", "meets", "transitional", "unknown", "below"]
    return max(verdicts, key=order.index)


def plain(text: str) -> str:
    """Words without case, accents and punctuation."""
    letters = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return " ".join(re.findall("[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c))))


def rows(table: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(cell: str) -> int | None:
    return int(cell) if cell else None


def day_in(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
