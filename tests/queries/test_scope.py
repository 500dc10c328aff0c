"""Nobody is told of people outside their scope: whatever reads people, wherever it is written, is told the scope."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core.store import FACTS, QUERIES, ROOT, SCRIPTS, WHOLE_COUNTRY, Filters, Store, load_query
from intake import changes
from intake.changes import Source
from intake.commit import NotAccepted

DAY = date(2018, 12, 31)
KHE_TRE = ("20161",)
# Tables in which a row is about somebody.
ABOUT_PEOPLE = re.compile(
    r"\b(person|posting|qualification|seat|retirement|assessment_spell|downsizing_case|case_step|evaluation|pay_step"
    r"|candidate_decision|rejected_row|batch_unit|\w+_claim)\b"
)
# Macros that answer for all people: parts that others are made of, which choose the people themselves.
FOR_OTHERS = {
    "live_downsizing_case",
    "live_case_step",
    "live_evaluation",
    "live_pay_step",
    "live_candidate_decision",
    "certificates",
    "retiring",
}
# Modules that compare with everything there is before they write, and what they tell of it themselves.
WRITERS = {
    "core/store.py": "runs what it is given",
    "intake/commit.py": "a list is compared with everybody, whoever brings it; a post that ends too early is told",
    "intake/changes.py": "the next number of a claim; whether a number is somebody's already",
    "downsizing/ledger.py": "a book is compared with everybody",
    "opening/new_store.py": "how many people a store has that was just made",
}
ABOUT_THE_STORE = {"about", "batches"}


def code(sql: str) -> str:
    """Statements without comments and texts."""
    return re.sub(r"'[^']*'", "''", re.sub(r"--.*", "", sql)).lower()


def macros() -> dict[str, tuple[str, str]]:
    """Of each macro its parameters and its body."""
    found = {}
    for path in (QUERIES / "macros").glob("*.sql"):
        for statement in code(path.read_text(encoding="utf-8")).split(";"):
            if made := re.search(r"create or replace macro (\w+)\((.*?)\)\s+as\b(.*)", statement, re.DOTALL):
                found[made[1]] = (made[2], made[3])
    return found


def over_people() -> set[str]:
    """Macros that read people, or read a macro that does."""
    known: set[str] = set()
    while True:
        called = re.compile(rf"\b({'|'.join(known) or 'nothing'})\s*\(")
        more = {
            name
            for name, (_, body) in macros().items()
            if re.search(rf"\b(?:from|join)\s+{ABOUT_PEOPLE.pattern}", body) or called.search(body)
        }
        if more == known:
            return known
        known = more


def asks_of_people(sql: str) -> bool:
    """Whether a statement reads people, in tables or through macros."""
    called = re.compile(rf"\b({'|'.join(over_people())})\s*\(")
    return bool(re.search(rf"\b(?:from|join|into|update)\s+{ABOUT_PEOPLE.pattern}", sql) or called.search(sql))


def test_a_macro_over_people_is_told_the_scope() -> None:
    unscoped = {name for name in over_people() if not re.search(r"\bscope\b", macros()[name][0])}
    assert unscoped == FOR_OTHERS


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(QUERIES.glob("*/*.sql")) if p.parent.name not in SCRIPTS and p.stem not in ABOUT_THE_STORE],
    ids=lambda p: p.stem,
)
def test_a_query_over_people_takes_the_scope(path: Path) -> None:
    # What is supposed or foreseen was within the scope when it was worked out.
    if asks_of_people(code(path.read_text(encoding="utf-8"))):
        assert "scope" in load_query(path.stem).parameters


def statements(path: Path) -> Iterator[str]:
    """Texts of a module that are SQL, put together where they are built of parts."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(v.value) if isinstance(v, ast.Constant) else " x " for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if re.search(r"(?i)\b(select\b.+\bfrom|insert\s+into|update\s+\w+\s+set|delete\s+from)\b", text, re.DOTALL):
            yield code(text)


def test_no_statement_in_python_asks_of_people_but_where_everything_is_compared() -> None:
    asking = {
        str(path.relative_to(ROOT / "dashboard"))
        for path in sorted((ROOT / "dashboard").rglob("*.py"))
        if any(asks_of_people(sql) for sql in statements(path))
    }
    assert asking == set(WRITERS)


def test_a_store_answers_nobody_in_particular() -> None:
    assert not hasattr(Store, "query")
    assert "scope" not in Filters(DAY).parameters()


FACT_NAMES = sorted(p.stem for p in (QUERIES / FACTS).glob("*.sql"))


def ids(sample: Store) -> dict[str, list[object]]:
    """Everything in the store that a fact can be asked for."""
    rows = sample.fetch(
        """
        select
            (select list(person_id) from person) as people, (select list(posting_id) from posting) as postings,
            (select list(distinct case_id) from downsizing_case) as cases,
            (select list(distinct unit_id) from posting) as units
        """
    ).iloc[0]
    return {name: list(rows[name]) for name in rows.index}


def asked(name: str, known: dict[str, list[object]]) -> list[dict[str, object]]:
    """Every way to ask for a fact."""
    single = {"person_id": "people", "posting_id": "postings", "case_id": "cases", "unit_id": "units"}
    needs = load_query(name).parameters
    for parameter, of in single.items():
        if parameter in needs:
            return [{parameter: one} for one in known[of][::5]]
    if "qualification_id" in needs:
        return [{"qualification_id": n} for n in range(1, 60)]
    if "batch_id" in needs:
        return [{"batch_id": n} for n in range(1, 5)]
    return [{p: known[p] for p in needs & {"people", "postings"}}]


@pytest.mark.parametrize("name", FACT_NAMES)
def test_a_fact_is_told_within_the_scope_alone(name: str, sample: Store) -> None:
    everything, some, nothing = (sample.seen_by(scope) for scope in (WHOLE_COUNTRY, KHE_TRE, ()))
    inside = set(
        sample.fetch(
            "select s.person_id from seat as s inner join unit as u on s.unit_id = u.unit_id where u.code = '20161'"
        ).person_id
    )
    told = 0
    for own in asked(name, ids(sample)):
        whole = everything.query(name, Filters(DAY), **own)
        told += len(whole)
        part = some.query(name, Filters(DAY), **own)
        assert nothing.query(name, Filters(DAY), **own).empty
        if "person_id" in whole:
            wanted = whole[whole.person_id.isin(inside)].reset_index(drop=True)
            # Whoever moved away is known where they were, and there is no word of where else.
            pd.testing.assert_frame_equal(part[list(wanted)], wanted) if name != "people_by_number" else None
        else:
            assert len(part) <= len(whole)
    assert told, "nothing to be told"


def test_whom_one_may_not_see_one_may_not_change(own: Store) -> None:
    stranger = own.fetch(
        """
        select o.posting_id, o.person_id from posting as o inner join unit as u on o.unit_id = u.unit_id
        where u.code = '20185' and o.to_on is null and o.person_id not in (
            select p.person_id from posting as p inner join unit as v on p.unit_id = v.unit_id where v.code = '20161'
        )
        """
    ).iloc[0]
    outside, inside = own.seen_by(KHE_TRE), own.seen_by(("20185",))
    with pytest.raises(NotAccepted, match="không còn trong kho"):
        changes.left_post(outside, int(stranger.posting_id), date(2019, 1, 15), "nghi_huu", Source("x"))
    with pytest.raises(NotAccepted, match="không còn trong kho"):
        changes.corrected(outside, int(stranger.person_id), Source("x"), ethnicity="Kinh")
    assert changes.left_post(inside, int(stranger.posting_id), date(2019, 1, 15), "nghi_huu", Source("x"))
