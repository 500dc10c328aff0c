"""The work of a check of the data grows with the people, not with pairs of people: counted in rows, not in seconds."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import people
from core.store import QUERIES, WHOLE_COUNTRY, Filters, Store, insert
from intake.commit import Facts, record

DAY = date(2018, 12, 31)
CHECKS = sorted([*(QUERIES / "quality").glob("*.sql"), *(QUERIES / "doctor").glob("*.sql")])
# An operator may pass on a person's every spell, paper and field of data; pairs of people are hundreds a person.
ROWS_A_PERSON = 40


@pytest.fixture(scope="module")
def country() -> Iterator[Store]:
    """Forty invented communes; every tenth person shares an identifier, a name or a birth date with another."""
    units, frames = people.country(40)
    store = Store(":memory:", create=True)
    with store.write() as cursor:
        cursor.execute("delete from unit where district_code = '483'")
        insert(cursor, "unit", units.assign(origin="co_quan"))
    facts = Facts(frames.people, frames.postings, frames.qualifications)
    record(store, facts, kind="list", title="Cả nước", as_of=DAY, made_by="x", strangers=True)
    with store.write() as cursor:
        cursor.execute("update person set identifier = lpad((person_id // 10 * 10)::varchar, 12, '0')")
    yield store
    store.close()


def work(node: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """For each operator of a plan the rows it passes on, of a join without a key the pairs it looks at."""
    inside = [child.get("operator_cardinality", 0) for child in node.get("children", [])]
    kind = str(node.get("operator_type", ""))
    pairs = inside[0] * inside[1] if len(inside) == 2 and ("NL_JOIN" in kind or "NESTED_LOOP" in kind) else 0
    yield kind, max(int(node.get("operator_cardinality", 0)), pairs)
    for child in node.get("children", []):
        yield from work(child)


@pytest.mark.parametrize("path", CHECKS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_check_looks_at_people_not_at_pairs_of_people(path: Any, country: Store) -> None:
    sql = path.read_text(encoding="utf-8")
    given = Filters(DAY).parameters() | {"scope": list(WHOLE_COUNTRY)}
    asked = {name: value for name, value in given.items() if f"${name}" in sql}
    everybody = int(country.fetch("select count(*) as n from person").n[0])
    plan = country.fetch(f"explain (analyze, format json) {sql}", asked).iloc[0, 1]
    heaviest = max(work(json.loads(plan)), key=lambda found: found[1])
    assert 0 < heaviest[1] <= ROWS_A_PERSON * everybody, heaviest
