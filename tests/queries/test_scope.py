"""Nobody is told of people outside their scope: whatever reads people, wherever it is written, is told the scope."""

import ast
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.store import FACTS, QUERIES, ROOT, SCRIPTS, WHOLE_COUNTRY, Filters, Store, load_query
from intake import changes
from intake.changes import Source
from intake.commit import NotAccepted

DAY = date(2018, 12, 31)
# A commune that no other ever becomes, so that its people are those who served in it.
THUONG_LO = ("20185",)
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
ABOUT_THE_STORE = {"about"}


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
    if path.parent.name != "foresight" and asks_of_people(code(path.read_text(encoding="utf-8"))):
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


# Of nobody: they are told whatever the scope is.
OF_NOBODY = {"days_of_round", "plan_of_day"}


@pytest.fixture(scope="module")
def store(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample with a decision about each of a few people, and rows that a batch turned away."""
    store = Store(str(shutil.copy(sample_file, tmp_path_factory.mktemp("phạm-vi") / "so.duckdb")))
    with store.write() as cursor:
        cursor.execute(
            "insert into candidate_decision by name select person_id, date '2018-06-01' as on_date, "
            "'khong_xet' as decision, 'thử' as reason, 1 as batch_id from person where person_id % 9 = 0"
        )
        cursor.execute(
            "insert into rejected_row by name select 1 as batch_id, 'a.xlsx' as file, 'S' as sheet, 3 as row_number, "
            "['Họ và tên'] as headings, ['Hồ Văn Ai'] as cells, 'thiếu chức vụ' as message"
        )
    yield store
    store.close()


def asked(name: str, store: Store) -> list[dict[str, object]]:
    """Ways to ask for a fact: one by one of everything there is of its kind, or of all at once."""
    needs = load_query(name).parameters
    kinds = {
        "person_id": "select person_id from person where person_id % 5 = 0",
        "posting_id": "select posting_id from posting where posting_id % 5 = 0",
        "qualification_id": "select qualification_id from qualification where qualification_id % 25 = 0",
        "case_id": "select distinct case_id from downsizing_case",
        "unit_id": "select distinct unit_id from posting",
        "batch_id": "select batch_id from batch",
        "people": "select list(person_id) from person",
        "postings": "select list(posting_id) from posting",
    }
    for parameter, sql in kinds.items():
        if parameter in needs:
            rows = store.fetch(f"{sql} order by all").iloc[:, 0]
            return [
                {parameter: [int(n) for n in v] if hasattr(v, "__len__") and not isinstance(v, str) else v}
                for v in rows.tolist()
            ]
    return [{}]


@pytest.mark.parametrize("name", [n for n in FACT_NAMES if n not in OF_NOBODY])
def test_a_fact_is_told_within_the_scope_alone(name: str, store: Store) -> None:
    everything, some, nothing = (store.seen_by(scope) for scope in (WHOLE_COUNTRY, THUONG_LO, ()))
    inside = set(
        store.fetch(
            """
            select s.person_id from seat as s inner join unit as u on s.unit_id = u.unit_id where u.code = '20185'
            union
            select o.person_id from posting as o inner join unit as u on o.unit_id = u.unit_id where u.code = '20185'
            """
        ).person_id
    )
    told = 0
    for own in asked(name, store):
        whole, part = (reader.query(name, Filters(DAY), **own) for reader in (everything, some))
        told += len(whole)
        hidden = nothing.query(name, Filters(DAY), **own)
        assert hidden.empty or (name == "people_known" and hidden.people[0] == 0)
        if name == "people_known":
            assert part.people[0] == len(inside) < whole.people[0]
        elif "person_id" in whole and "unit_id" not in own and "postings" not in own:
            assert part.person_id.tolist() == [p for p in whole.person_id if p in inside]
        else:
            assert len(part) <= len(whole)
            assert "person_id" not in part or set(part.person_id) <= inside
    assert told, "nothing to be told"


def test_whom_one_may_not_see_one_may_not_change(own: Store) -> None:
    stranger = own.fetch(
        """
        select o.posting_id, o.person_id from posting as o inner join unit as u on o.unit_id = u.unit_id
        where u.code = '20188' and o.to_on is null and o.person_id not in (
            select p.person_id from posting as p inner join unit as v on p.unit_id = v.unit_id where v.code = '20185'
        )
        """
    ).iloc[0]
    outside, inside = own.seen_by(THUONG_LO), own.seen_by(("20188",))
    with pytest.raises(NotAccepted, match="không còn trong kho"):
        changes.left_post(outside, int(stranger.posting_id), date(2019, 1, 15), "nghi_huu", Source("x"))
    with pytest.raises(NotAccepted, match="không còn trong kho"):
        changes.corrected(outside, int(stranger.person_id), Source("x"), ethnicity="Kinh")
    assert changes.left_post(inside, int(stranger.posting_id), date(2019, 1, 15), "nghi_huu", Source("x"))


def test_of_a_number_that_is_taken_a_stranger_is_not_named(own: Store) -> None:
    rows = (
        own.fetch(
            """
        select o.person_id, u.code from posting as o inner join unit as u on o.unit_id = u.unit_id
        where u.code in ('20185', '20188') and o.to_on is null
        qualify row_number() over (partition by u.code order by o.person_id) = 1
        """
        )
        .set_index("code")
        .person_id
    )
    with own.write() as cursor:
        cursor.execute("update person set identifier = '046080000001' where person_id = $p", {"p": int(rows["20188"])})
    name = own.fetch("select full_name from person where person_id = $p", {"p": int(rows["20188"])}).full_name[0]
    for scope, said in ((THUONG_LO, "của một người ở đơn vị khác"), (WHOLE_COUNTRY, f"của {name}")):
        with pytest.raises(NotAccepted, match=said):
            changes.corrected(own.seen_by(scope), int(rows["20185"]), Source("x"), identifier="046080000001")
