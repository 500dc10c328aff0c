"""Whatever people, decisions and law: the store's verdicts are those of the slow reading of the law, every day.

`HYPOTHESIS_PROFILE=thorough pytest tests/law/test_against_reference.py` looks at far more people.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import store as store_module
from intake.commit import PERSON, POSTING, QUALIFICATION, Facts, record
from law.case import LOWLAND
from law.reference import Decision, Law, Moment, Person, Posting, Qualification, Ruling, Unit, judge, plain, worst
from store import Filters, Store

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile(
    "quick", max_examples=6, derandomize=True, database=None, deadline=None, suppress_health_check=QUIET,
    phases=[Phase.generate],
)  # fmt: skip
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=300, derandomize=False)
PROFILE = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

SHIPPED = Law()
TODAY = date(2026, 1, 1)
ONE = timedelta(days=1)

# A lowland commune that a mountain commune takes over, and a mountain commune of another province.
UNITS = [
    LOWLAND,
    LOWLAND | {"unit_id": "19998@2018", "code": "19998", "short_name": "Sắp Nhập", "ended_on": "2021-07-01"},
    LOWLAND | {"unit_id": "19998@2021", "code": "19998", "short_name": "Vùng Cao", "area": "mien_nui"},
    LOWLAND | {"unit_id": "20000@2018", "code": "20000", "short_name": "Tỉnh Bạn", "area": "mien_nui", "province_code": "48"},
]  # fmt: skip
MERGED = {"from_unit": "19998@2018", "to_unit": "19998@2021", "on_date": "2021-07-01", "event": "merge"}
PLACES = ["20185@2018", "20176@2018", "20179@2020", *(u["unit_id"] for u in UNITS if u["unit_id"] != "19998@2021")]
POSTS = [p for p in SHIPPED.group if not p.startswith("kct_")] + ["kct_thu_quy", "kct_pct_nd"]
CRITERIA = SHIPPED.criteria()
LEVELS = {c: [level for k, level in SHIPPED.rank if k == c] for c in CRITERIA if c not in ("nganh", "tuoi_lan_dau")}
FIELDS = [None, "Thiên văn", "Luật", "luat kinh tế", "Kế toán", "Quân sự cơ sở", "Văn hóa", "Địa chính", "Tin học", "Y sĩ"]
LAW_DAYS = sorted(
    {rule.from_on for chain in SHIPPED.chain.values() for rule in chain}
    | {rule.grace_until + ONE for chain in SHIPPED.chain.values() for rule in chain if rule.grace_until}
    | {on for _, on in SHIPPED.became.values()}
    | {date(2021, 7, 1)}
)
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


@dataclass(frozen=True)
class World:
    """What a store is filled with: people, the decisions of provinces, and documents left out of the law."""

    people: tuple[Person, ...]
    decisions: tuple[Decision, ...]
    without: tuple[str, ...]


# Any day, though often one on which the law changes, or a neighbour of one.
DAYS = st.sampled_from([d + k * ONE for d in LAW_DAYS for k in (-1, 0, 1)]) | st.dates(date(2001, 1, 1), TODAY)
PRECISIONS = st.sampled_from(["ngay", "ngay", "thang", "nam"])


def known(on: date, precision: str) -> Moment:
    """A date as it is kept: a month or a year by its first day."""
    return Moment(Moment(on, precision).earliest(), precision)


MOMENTS = st.builds(known, DAYS, PRECISIONS)
STARTS = MOMENTS | MOMENTS | st.builds(Moment, DAYS, st.just("bao_cao"))
BIRTHS = st.builds(known, st.dates(date(1945, 1, 1), date(1992, 12, 31)), PRECISIONS)
TERMS = st.tuples(
    st.sampled_from(POSTS),
    st.sampled_from(PLACES),
    STARTS,
    st.sampled_from(["open", "open", "days", "any"]),
    st.integers(0, 4000),
    DAYS,
    st.sampled_from(["missing", "missing", "same", "earlier", "any"]),
    MOMENTS,
    st.sampled_from(["new", "new", "same post", "same place", "same post", "follows"]),
)


def career(terms: Iterable[tuple]) -> tuple[Posting, ...]:
    """Postings, of which one often goes on in the post or the commune of the one before, overlaps or follows it."""
    found: dict[tuple[str, str, date], Posting] = {}
    before: Posting | None = None
    for post, unit, start, ends, length, end, first, moment, link in terms:
        if before:
            post = before.post if link in ("same post", "follows") else post
            unit = before.unit if link == "same place" else unit
            start = Moment(before.until) if link == "follows" and before.until else start
        until = {"open": None, "days": start.on + length * ONE, "any": max(end, start.on)}[ends]
        earlier = known(start.on - length * ONE, moment.precision)
        first_held = {"missing": None, "same": Moment(start.on), "earlier": earlier, "any": moment}[first]
        before = found[unit, post, start.on] = Posting(unit, post, start, until, first_held)
    return tuple(found.values())


def one_level(
    criterion: str, n: int, field: str | None, reported: date, obtained: Moment | None, studying: int
) -> Qualification:
    """The n-th level of a criterion, or none where there are not so many."""
    level = LEVELS[criterion][n] if n < len(LEVELS[criterion]) else None
    field = field if criterion == "chuyen_mon" else None
    return Qualification(criterion, level, reported, obtained, field, studying == 0)


def told_once(levels: Iterable[Qualification]) -> tuple[Qualification, ...]:
    """The store keeps one row of what is told twice."""
    rows = {(q.criterion, q.level, q.field and plain(q.field), q.studying, q.obtained and q.obtained.on): q for q in levels}
    return tuple(rows.values())


HELD = st.builds(
    one_level,
    st.sampled_from([*LEVELS, "chuyen_mon", "chuyen_mon", "chuyen_mon", "hoc_van", "llct"]),
    st.integers(0, 7),
    st.sampled_from(FIELDS),
    DAYS,
    st.none() | MOMENTS,
    st.integers(0, 3),
)
PEOPLE = st.builds(
    Person,
    st.none() | BIRTHS | BIRTHS,
    st.sampled_from([None, "nam", "nam", "nu", "nu"]),
    st.lists(TERMS, min_size=1, max_size=4).map(career),
    st.lists(HELD, max_size=9).map(told_once),
)


def ordered(order: tuple, province: str, communes: tuple[str, ...], from_on: date, length: int | None) -> Decision:
    document, criterion, level, posts = order
    until = from_on + length * ONE if length else None
    return Decision(document, criterion, level, province, from_on, until, posts, communes)


DECISIONS = st.lists(
    st.builds(
        ordered,
        st.sampled_from(ORDERS),
        st.sampled_from(["46", "46", "48"]),
        st.sampled_from([(), (), ("20185",), ("20179", "19999")]),
        DAYS,
        st.none() | st.integers(1, 4000),
    ),
    max_size=5,
    unique_by=lambda d: (d.document, d.criterion, d.from_on),
).map(tuple)


def worlds(size: int) -> st.SearchStrategy[World]:
    """`size` people under the shipped law, or under a law in which TT 13/2019 is still in force and its grace ends."""
    return st.builds(
        World,
        st.lists(PEOPLE, min_size=size, max_size=size).map(tuple),
        DECISIONS,
        st.sampled_from([(), ("ND33", "L80")]),
    )


@PROFILE
@given(worlds(100))
def test_the_store_agrees_with_the_slow_reading_of_the_law(world: World) -> None:
    store = filled(world)
    law = law_of(world)
    spells = spells_of(store)
    assert not overlaps(spells)
    assert not torn(spells)
    by_person = defaultdict(list)
    for spell in spells:
        by_person[spell["who"]].append(spell)
    for n, person in enumerate(world.people):
        differences = compared(law, person, by_person[n])
        assert not differences, report(person, world, differences)
    for day in (date(2018, 12, 31), date(2024, 6, 1), date(2024, 12, 26)):
        assert headline(store, day) == headcount(law, world, day)
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
                "decision": f"QDT{n}", "number": f"{n + 1}/QĐ-UBND", "document": d.document,
                "posts": " ".join(d.posts) or None, "criterion": d.criterion, "level": d.level,
                "province_code": d.province, "units": " ".join(d.units) or None, "effective_from": d.from_on,
                "ended_on": d.until, "origin": "co_quan",
            }  # fmt: skip
            store_module.insert(cursor, "provincial_decision", pd.DataFrame([row], dtype=object))
    record(store, facts(world.people), kind="thu", title="Thử", as_of=TODAY, made_by="thử")
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


def spells_of(store: Store) -> list[dict[str, object]]:
    """Every spell with the facts that tell whose it is, in the order of posting, criterion and time."""
    frame = store.fetch(
        """
        select p.name_key, o.posting_id, o.unit_id as place, o.post, o.from_on as took_on, a.criterion,
            a.from_on::varchar as from_on, a.to_on::varchar as to_on, a.verdict, a.because, a.required, a.standard,
            a.deadline::varchar as deadline, a.opened_by, a.closed_by
        from assessment_spell as a
        inner join posting as o on a.posting_id = o.posting_id
        inner join person as p on a.person_id = p.person_id
        order by o.posting_id, a.criterion, a.from_on
        """
    )
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    for row in rows:
        row["who"] = int(row["name_key"].split()[1])
        row["took_on"] = row["took_on"].date()
        for column in ("from_on", "to_on", "deadline"):
            row[column] = row[column] and date.fromisoformat(row[column])
    return rows


def neighbours(spells: list[dict[str, object]]) -> list[tuple[dict[str, object], dict[str, object]]]:
    """Each spell with the next of the same posting and criterion."""
    same = ("posting_id", "criterion")
    return [
        (a, b) for a, b in zip(spells, spells[1:], strict=False) if all(a[column] == b[column] for column in same)
    ]


def overlaps(spells: list[dict[str, object]]) -> list[object]:
    """Spells that are empty or begin before the one before has ended."""
    empty = [s for s in spells if s["from_on"] >= s["to_on"]]
    return empty + [(a, b) for a, b in neighbours(spells) if b["from_on"] < a["to_on"]]


def torn(spells: list[dict[str, object]]) -> list[object]:
    """Neighbours that touch although one is closed by something else than what opens the other."""
    return [(a, b) for a, b in neighbours(spells) if a["to_on"] == b["from_on"] and a["closed_by"] != b["opened_by"]]


def compared(law: Law, person: Person, spells: list[dict[str, object]]) -> list[str]:
    """Where the spells and the reference differ about a person, in words; on all days that could matter."""
    found = []
    for posting in person.postings:
        own = [s for s in spells if (s["place"], s["post"], s["took_on"]) == (posting.unit, posting.post, posting.start.on)]
        for day in sorted(days_to_ask(law, person, own)):
            for criterion in CRITERIA:
                expected = judge(law, person, posting, criterion, day)
                stored = [s for s in own if s["criterion"] == criterion and s["from_on"] <= day < s["to_on"]]
                if told(expected) != [as_told(s) for s in stored]:
                    found.append(f"{day} {posting.post} {criterion}: expected {told(expected)}, got {stored}")
    return found


def told(ruling: Ruling | None) -> list[tuple[object, ...]]:
    if ruling is None:
        return []
    return [(ruling.verdict, ruling.required, ruling.standard, ruling.deadline)]


def as_told(spell: dict[str, object]) -> tuple[object, ...]:
    return (spell["verdict"], spell["required"], spell["standard"], spell["deadline"])


def days_to_ask(law: Law, person: Person, spells: list[dict[str, object]]) -> set[date]:
    """Days around everything that happens to the person, to the law, and in the store's own spells."""
    moments = [o.start for o in person.postings] + [o.first_held for o in person.postings]
    moments += [q.obtained for q in person.qualifications]
    events = {m.earliest() for m in moments if m and m.precision != "bao_cao"} | {m.latest() + ONE for m in moments if m}
    events |= {q.reported_on for q in person.qualifications} | {o.until for o in person.postings if o.until}
    events |= {d.from_on for d in law.decisions} | {d.until for d in law.decisions if d.until}
    events |= {s["from_on"] for s in spells} | {s["to_on"] for s in spells if s["to_on"].year < 9999}
    return {d + k * ONE for d in events | set(LAW_DAYS) for k in (-1, 0, 1)} | {date(2018, 12, 31), date(2030, 1, 1)}


def headline(store: Store, day: date) -> dict[str, dict[str, int]]:
    rows = store.query("headline", Filters(day)).to_dict("records")
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
    lines = [*map(str, person.postings), *map(str, person.qualifications), *map(str, world.decisions)]
    return "\n".join([f"{person.born} {person.gender} {world.without}", *lines, *differences[:5]])
