"""Whatever people, decisions and law: the store's verdicts are those of the slow reading of the law, every day.

`HYPOTHESIS_PROFILE=thorough pytest tests/law/test_against_reference.py` looks at far more people.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple, TypeVar

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.readers import all_of
from core import store as store_module
from core.store import Filters, Store
from intake.commit import PERSON, POSTING, QUALIFICATION, Facts, record
from law.case import LOWLAND_UNIT
from law.reference import Decision, Law, Moment, Person, Posting, Qualification, Ruling, Unit, judge, plain, worst

settings.register_profile(
    "quick",
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=300, derandomize=False)
PROFILE = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

T = TypeVar("T")

SHIPPED = Law()
TODAY = date(2026, 1, 1)
ONE = timedelta(days=1)

# A lowland commune that a mountain commune takes over, and a mountain commune of another province.
UNITS = [
    LOWLAND_UNIT | changes
    for changes in (
        {},
        {"unit_id": "19998@2018", "code": "19998", "short_name": "Sắp Nhập", "ended_on": "2021-07-01"},
        {"unit_id": "19998@2021", "code": "19998", "short_name": "Vùng Cao", "area": "mien_nui"},
        {"unit_id": "20000@2018", "code": "20000", "short_name": "Tỉnh Bạn", "area": "mien_nui", "province_code": "48"},
    )
]
MERGED = {"from_unit": "19998@2018", "to_unit": "19998@2021", "on_date": "2021-07-01", "event": "merge"}
PLACES = ["20185@2018", "20176@2018", "20179@2020", *(u["unit_id"] for u in UNITS if u["unit_id"] != "19998@2021")]
CIVIL = ["vp_tk", "dia_chinh", "tc_kt", "tp_ht", "vh_xh"]
POSTS = [p for p in SHIPPED.group if not p.startswith("kct_")] + CIVIL + ["kct_thu_quy", "kct_pct_nd"]
CRITERIA = SHIPPED.criteria()
LEVELS = {c: [level for k, level in SHIPPED.rank if k == c] for c in CRITERIA if c not in ("nganh", "tuoi_lan_dau")}
FIELDS = [
    None,
    "Thiên văn",
    "Luật",
    "luat kinh tế",
    "Kế toán",
    "Quân sự cơ sở",
    "Văn hóa",
    "Địa chính",
    "Tin học",
    "Y sĩ",
]
LAW_DAYS = sorted(
    {rule.from_on for chain in SHIPPED.chain.values() for rule in chain}
    | {rule.grace_until + ONE for chain in SHIPPED.chain.values() for rule in chain if rule.grace_until}
    | {on for _, on in SHIPPED.became.values()}
    | {date(2021, 7, 1)}
)
EFFECTIVE = {rule.document: rule.from_on for chain in SHIPPED.chain.values() for rule in chain}
# What a province may decide: document, criterion, level, posts.
ORDERS = [
    ("TT06", "hoc_van", "thcs", ()),
    ("TT06", "chuyen_mon", "so_cap", ()),
    ("TT06", "chuyen_mon", "so_cap", ("vh_xh", "tc_kt")),
    ("TT06", "tieng_dtts", "thanh_thao", ()),
    ("TT13", "chuyen_mon", "trung_cap", ()),
    ("TT13", "chuyen_mon", "cao_dang", ()),
    ("ND33", "chuyen_mon", "trung_cap", ()),
    ("ND33", "chuyen_mon", "cao_dang", ("bi_thu", "vp_tk")),
    ("ND33", "chuyen_mon", "so_cap", ("kct_thu_quy", "kct_pct_nd")),
    ("QD04", "tuoi_lan_dau", "toi_da_45", ()),
    ("QD04", "tuoi_lan_dau", "nam_55_nu_50", ("ct_hdnd",)),
]


@dataclass(frozen=True, repr=False)
class World:
    """What a store is filled with: people, the decisions of provinces, and documents left out of the law."""

    people: tuple[Person, ...]
    decisions: tuple[Decision, ...]
    without: tuple[str, ...]


class Chance:
    """Draws of facts; dates are often those on which the law changes, or their neighbours."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def one(self, choices: Sequence[T]) -> T:
        return self.random.choice(choices)

    def day_of_law(self) -> date:
        return self.one(LAW_DAYS) + self.one([-1, 0, 1]) * ONE

    def day(self) -> date:
        if self.often(0.3):
            return self.day_of_law()
        return date(2001, 1, 1) + self.random.randrange(25 * 365) * ONE

    def moment(self, on: date | None = None) -> Moment:
        """A date as it is kept: of a month or a year its first day."""
        precision = self.one(["ngay", "ngay", "thang", "nam"])
        return Moment(Moment(on or self.day(), precision).earliest(), precision)

    def person(self) -> Person:
        born = self.moment(date(1945, 1, 1) + self.random.randrange(48 * 365) * ONE) if self.often(0.85) else None
        gender = self.one(["nam", "nu"]) if self.often(0.85) else None
        return Person(born, gender, self.postings(), self.qualifications())

    def postings(self) -> tuple[Posting, ...]:
        """One to four; the next one often goes on in the post or the commune of the one before."""
        found: dict[tuple[str, str, date], Posting] = {}
        post, unit, start = self.one(POSTS), self.one(PLACES), self.moment()
        for _ in range(self.one([1, 1, 2, 3, 4])):
            start = Moment(start.on, "bao_cao") if self.often(0.15) else start
            until = self.one([None, None, start.on + self.random.randrange(3000) * ONE])
            earlier = self.moment(start.on - self.random.randrange(3000) * ONE)
            first_held = self.one([None, Moment(start.on), earlier, self.moment(), Moment(self.day_of_law())])
            found[unit, post, start.on] = Posting(unit, post, start, until, first_held)
            post = self.one([post, self.one(POSTS)])
            unit = self.one([unit, self.one(PLACES)])
            start = Moment(until) if until and self.often(0.4) else self.moment()
        return tuple(found.values())

    def qualifications(self) -> tuple[Qualification, ...]:
        found: dict[tuple[object, ...], Qualification] = {}
        for criterion, levels in LEVELS.items():
            for _ in range(self.one([1, 2, 3, 4] if criterion == "chuyen_mon" else [0, 1, 1, 2, 3])):
                level = None if self.often(0.1) else self.one(levels)
                field = self.one(FIELDS) if criterion == "chuyen_mon" else None
                obtained = self.moment() if self.often(0.6) else None
                q = Qualification(criterion, level, self.day(), obtained, field, self.often(0.2))
                # The store keeps one row of what is told twice.
                found.setdefault((criterion, level, field and plain(field), q.studying, obtained and obtained.on), q)
        return tuple(found.values())

    def decisions(self) -> tuple[Decision, ...]:
        found: dict[tuple[object, ...], Decision] = {}
        for _ in range(self.random.randrange(9)):
            document, criterion, level, posts = self.one(ORDERS)
            from_on = self.one([self.day(), EFFECTIVE[document] + self.random.randrange(900) * ONE])
            until = self.one([None, from_on + (1 + self.random.randrange(4000)) * ONE])
            communes = self.one([(), (), ("20185",), ("19999", "20179")])
            found[document, criterion, from_on] = Decision(
                document, criterion, level, self.one(["46", "46", "48"]), from_on, until, posts, communes
            )
        return tuple(found.values())


def drawn(random: Random) -> World:
    """People under the shipped law, or under one in which TT 13/2019 still rules and its grace runs out."""
    chance = Chance(random)
    people = tuple(chance.person() for _ in range(120))
    return World(people, chance.decisions(), chance.one([(), ("ND33", "L80")]))


worlds = st.randoms(use_true_random=True).map(drawn)


@PROFILE
@given(worlds)
def test_the_store_agrees_with_the_slow_reading_of_the_law(world: World) -> None:
    store = filled(world)
    law = law_of(world)
    spells = spells_of(store)
    assert not [s for s in spells if s.from_on >= s.to_on]
    assert not [(a, b) for a, b in neighbours(spells) if b.from_on < a.to_on]
    by_person = defaultdict(list)
    for spell in spells:
        by_person[spell.who].append(spell)
    for n, person in enumerate(world.people):
        differences = compared(law, person, by_person[n])
        assert not differences, report(person, world, differences)
    for day in (date(2018, 12, 31), date(2024, 6, 1), date(2024, 12, 26)):
        assert headline(store, day) == headcount(law, world, day)
    assert not torn(spells)
    store.close()


def test_a_merger_and_a_decision_on_one_day_are_told_as_one_cause() -> None:
    """A lowland officer comes under the mountains on the day on which their province lowers the degree."""
    officer = Person(None, None, (Posting("19998@2018", "vh_xh", Moment(date(2015, 1, 1))),), ())
    decision = Decision("TT13", "chuyen_mon", "trung_cap", "46", date(2021, 7, 1))
    store = filled(World((officer,), (decision,), ()))
    assert not torn(spells_of(store))
    store.close()


def law_of(world: World) -> Law:
    law = Law(world.without, world.decisions)
    law.unit |= {u["unit_id"]: Unit(u["code"], u["area"], u["province_code"]) for u in UNITS}
    law.became[MERGED["from_unit"]] = (MERGED["to_unit"], date.fromisoformat(MERGED["on_date"]))
    return law


def filled(world: World) -> Store:
    """A store of its own, filled the way lists fill it."""
    store = Store(":memory:", create=True)
    with store.write() as cursor:
        store_module.insert(cursor, "unit", pd.DataFrame(UNITS, dtype=object))
        store_module.insert(cursor, "unit_lineage", pd.DataFrame([MERGED], dtype=object))
        for document in world.without:
            cursor.execute("delete from standard where document = $document", {"document": document})
        for n, d in enumerate(world.decisions):
            row = {
                "decision": f"QDT{n // 2}",
                "number": f"{n // 2}/QĐ-UBND",
                "document": d.document,
                "posts": " ".join(d.posts) or None,
                "criterion": d.criterion,
                "level": d.level,
                "province_code": d.province,
                "units": " ".join(d.units) or None,
                "effective_from": d.from_on,
                "ended_on": d.until,
                "origin": "co_quan",
            }
            store_module.insert(cursor, "provincial_decision", pd.DataFrame([row], dtype=object))
    record(store, facts(world.people), kind="thu", title="Thử", as_of=TODAY, made_by="thử", strangers=True)
    return store


def facts(people: Iterable[Person]) -> Facts:
    persons, postings, held = [], [], []
    for who, p in enumerate(people):
        place = p.postings[0].unit
        persons.append([who, f"Người {who:04}", "Người", f"{who:04}", *parts(p.born), p.gender, None, place])
        for o in p.postings:
            postings.append([who, o.unit, o.post, *parts(o.start), o.until, None, *parts(o.first_held)])
        for q in p.qualifications:
            status = "dang_hoc" if q.studying else "da_co"
            held.append([who, q.criterion, q.level, q.field, status, *parts(q.obtained), q.reported_on, None])
    return Facts(
        pd.DataFrame(persons, columns=PERSON, dtype=object),
        pd.DataFrame(postings, columns=POSTING, dtype=object),
        pd.DataFrame(held, columns=QUALIFICATION, dtype=object),
    )


def parts(moment: Moment | None) -> tuple[date | None, str | None]:
    return (moment.on, moment.precision) if moment else (None, None)


class Spell(NamedTuple):
    """A row of assessment_spell, with the facts that tell whose it is."""

    who: int
    posting_id: int
    place: str
    post: str
    took_on: date
    criterion: str
    from_on: date
    to_on: date
    ruling: Ruling
    opened_by: str
    closed_by: str | None


def spells_of(store: Store) -> list[Spell]:
    """Every spell, in the order of posting, criterion and time."""
    frame = store.fetch(
        """
        select split_part(p.name_key, ' ', 2)::integer as who, o.posting_id, o.unit_id as place, o.post,
            o.from_on::varchar as took_on, a.criterion, a.from_on::varchar as from_on, a.to_on::varchar as to_on,
            a.verdict, a.because, a.required, a.standard, a.deadline::varchar as deadline, a.opened_by, a.closed_by
        from assessment_spell as a
        inner join posting as o on a.posting_id = o.posting_id
        inner join person as p on a.person_id = p.person_id
        order by o.posting_id, a.criterion, a.from_on
        """
    )
    spells = []
    row: Any
    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
        deadline = row.deadline and date.fromisoformat(row.deadline)
        spells.append(
            Spell(
                row.who,
                row.posting_id,
                row.place,
                row.post,
                date.fromisoformat(row.took_on),
                row.criterion,
                date.fromisoformat(row.from_on),
                date.fromisoformat(row.to_on),
                Ruling(row.verdict, row.because, row.required, row.standard, deadline),
                row.opened_by,
                row.closed_by,
            )
        )
    return spells


def neighbours(spells: list[Spell]) -> list[tuple[Spell, Spell]]:
    """Each spell with the next of the same posting and criterion."""
    return [(a, b) for a, b in pairwise(spells) if (a.posting_id, a.criterion) == (b.posting_id, b.criterion)]


def torn(spells: list[Spell]) -> list[tuple[Spell, Spell]]:
    """Spells that touch although one is closed by something else than what opens the next."""
    return [(a, b) for a, b in neighbours(spells) if a.to_on == b.from_on and a.closed_by != b.opened_by]


def compared(law: Law, person: Person, spells: list[Spell]) -> list[str]:
    """Where the spells and the reference differ about a person, in words; on all days that could matter."""
    found = []
    for posting in person.postings:
        mine = (posting.unit, posting.post, posting.start.on)
        own = [s for s in spells if (s.place, s.post, s.took_on) == mine]
        for day in sorted(days_to_ask(law, person, own)):
            stored = {s.criterion: s.ruling for s in own if s.from_on <= day < s.to_on}
            for criterion in CRITERIA:
                expected = judge(law, person, posting, criterion, day)
                if expected != stored.get(criterion):
                    found.append(f"{day} {posting.post} {criterion}:\n  {expected}\n  {stored.get(criterion)}")
    return found


def days_to_ask(law: Law, person: Person, spells: list[Spell]) -> set[date]:
    """Days around everything that happens to the person, to the law, and where the store's own spells begin and end.

    The last are the days on which a hole between two spells would show.
    """
    moments = [m for o in person.postings for m in (o.start, o.first_held) if m]
    moments += [q.obtained for q in person.qualifications if q.obtained]
    events = {m.on for m in moments} | {m.latest() + ONE for m in moments}
    events |= {q.reported_on for q in person.qualifications} | {o.until for o in person.postings if o.until}
    events |= {d.from_on for d in law.decisions} | {d.until for d in law.decisions if d.until}
    events |= {s.from_on for s in spells} | {s.to_on for s in spells if s.to_on.year < 9999}
    return {d + k * ONE for d in events.union(LAW_DAYS) for k in (-1, 0, 1)} | {date(2018, 12, 31), date(2030, 1, 1)}


def headline(store: Store, day: date) -> dict[str, dict[str, int]]:
    rows = all_of(store).query("headline", Filters(day)).to_dict("records")
    counts = ("total", "below", "unknown", "transitional")
    return {row["group"]: {name: int(row[name]) for name in counts} for row in rows}


def headcount(law: Law, world: World, day: date) -> dict[str, dict[str, int]]:
    """People by group and verdict: each once, by the weakest criterion of all posts of the group."""
    verdicts: dict[tuple[str, int], list[str]] = defaultdict(list)
    for n, person in enumerate(world.people):
        for posting in person.postings:
            rulings = [judge(law, person, posting, criterion, day) for criterion in CRITERIA]
            verdicts[law.group[posting.post], n] += [r.verdict for r in rulings if r and r.because != "out_of_scope"]
    people = Counter((group, worst(v)) for (group, _), v in verdicts.items() if v)
    return {
        group: {"total": sum(k for (g, _), k in people.items() if g == group)}
        | {verdict: people[group, verdict] for verdict in ("below", "unknown", "transitional")}
        for group in {g for g, _ in people}
    }


def report(person: Person, world: World, differences: list[str]) -> str:
    """All there is to know about a person on whom store (second) and reference (first) differ."""
    known = [f"born {person.born}, {person.gender}, without {world.without}"]
    known += map(str, (*person.postings, *person.qualifications, *world.decisions))
    return "\n".join([*known, *differences[:5]])
