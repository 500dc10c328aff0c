"""Nobody is told of people outside their scope: whatever reads people, wherever it is written, is told the scope."""

import ast
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from common.ledger import SAMPLE, case_of, step
from common.questions import FORESIGHT, NAMES, ONE
from common.readers import all_of
from common.statements import asks_of_people, macros, macros_over_people, reading, tables_of_people
from core.store import FACTS, QUERIES, ROOT, SCRIPTS, WHOLE_COUNTRY, Filters, Store, load_query
from downsizing.ledger import Ledger, read_ledger, record_ledger
from intake import changes
from intake.changes import Source
from intake.commit import NotAccepted, undo
from intake.session import vocabulary

DAY = date(2018, 12, 31)
# A commune that no other ever becomes, so that its people are those who served in it.
THUONG_LO = ("20185",)
# Macros that answer for all people: parts that others are made of, which choose the people themselves.
FOR_OTHERS = {
    "live_downsizing_case",
    "live_case_step",
    "live_evaluation",
    "live_pay_step",
    "live_candidate_decision",
    "decided_candidates",
    "certificates",
    "lasting_since",
    "retiring",
}
# Modules that compare with everything there is before they write, and what they tell of it themselves.
WRITERS = {
    "core/store.py": "runs what it is given",
    "core/judging.py": "judges whom a write concerns, whoever writes",
    "core/safekeeping.py": "how many people a copy of the store has",
    "intake/commit.py": "a list is compared with everybody, whoever brings it; a post that ends too early is told",
    "intake/changes.py": "the next number of a claim; whether a number is somebody's already",
    "downsizing/ledger.py": "whose a row is, by the scope of the reader",
    "downsizing/since_taken.py": "a book is compared with all that the ledger says",
    "opening/new_store.py": "how many people a store has that was just made",
}
ABOUT_THE_STORE = {"about"}
# Of nobody: they are told whatever the scope is.
OF_NOBODY = {"case_statuses", "days_of_round", "guidance_clocks", "ledger_changed", "plan_of_day", "top_ups"}


# What hands a statement to DuckDB without a scope.
DOORS = {"fetch", "execute", "executemany", "sql", "scratch", "write", "_cursor", "_db", "_fetch"}


@pytest.mark.parametrize(
    "sql",
    [
        "select full_name from unit as u, person as p",
        "select full_name from store.main.person",
        'select full_name from "Person"',
        "from person",
        "table person",
        "summarize person",
        "select 1 where exists (from unit semi join person on true)",
        "with p as (select * from posting) select * from p",
        "select * from visible_people(today(), ['vn'])",
        "select * from unit where code in (select unit_code from seated(today(), ['vn']))",
    ],
)
def test_people_are_seen_however_they_are_asked_for(sql: str) -> None:
    assert asks_of_people(sql)


def test_a_statement_that_hides_whom_it_asks_of_is_refused() -> None:
    assert not asks_of_people("with p as (select 'from person' as text) select * from p, unit, post -- person")
    for sql in (
        "select * from query_table('person')",
        "from query('from person')",
        "with person as (from person) from person",
    ):
        with pytest.raises(AssertionError):
            asks_of_people(sql)


def test_a_macro_over_people_is_told_the_scope() -> None:
    assert {name for name in macros_over_people() if "scope" not in macros()[name][0]} == FOR_OTHERS


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(QUERIES.glob("*/*.sql")) if p.parent.name not in SCRIPTS and p.stem not in ABOUT_THE_STORE],
    ids=lambda p: p.stem,
)
def test_a_query_over_people_takes_the_scope(path: Path) -> None:
    # What is supposed or foreseen was within the scope when it was worked out.
    if path.parent.name != "foresight" and asks_of_people(load_query(path.stem).sql):
        assert "scope" in load_query(path.stem).parameters


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(QUERIES.glob("*/*.sql")) if p.parent.name not in SCRIPTS and p.stem not in ABOUT_THE_STORE],
    ids=lambda p: p.stem,
)
def test_a_query_over_batches_takes_the_scope(path: Path) -> None:
    """A batch tells who recorded which file of whom: the office's own, but for when it was and what binds everybody."""
    if "batch" in reading(load_query(path.stem).sql).tables and path.stem not in OF_NOBODY:
        assert "scope" in load_query(path.stem).parameters


def names_of_people(source: str) -> list[str]:
    """Texts of a module, the parts of those that are put together among them, that name a table of people or call a
    macro over people; what explains the code to its reader is left out."""
    tree = ast.parse(source)
    explaining = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    named = re.compile(
        rf"(?i)(?<![\w/-])(?:(?:{'|'.join(tables_of_people())})(?![\w:-])|(?:{'|'.join(macros_over_people())})\s*\(|live_$)"
    )
    return [str(node.value) for node in texts if id(node) not in explaining and named.search(str(node.value))]


def has_a_door(source: str) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in DOORS for node in ast.walk(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        'x = "from person"',
        'x = "table person"',
        'x = "select full_name " + "from person"',
        'x = "SELECT full_name\\nFROM store.main.Person"',
        'T = "person"\nx = f"select full_name from {T}"',
        'x = "summarize person"',
        'x = f"from unit, person where code = {1}"',
        "x = 'select * from \"person\"'",
        'x = "from live_pay_step()"',
        'x = f"from live_{table}()"',
    ],
)
def test_a_text_that_names_people_is_found_however_it_is_put_together(source: str) -> None:
    assert names_of_people(source)


def test_no_statement_in_python_asks_of_people_but_where_everything_is_compared() -> None:
    asking = set()
    for path in sorted((ROOT / "dashboard").rglob("*.py")):
        module, source = str(path.relative_to(ROOT / "dashboard")), path.read_text(encoding="utf-8")
        named = names_of_people(source)
        if named and has_a_door(source):
            asking.add(module)
        else:
            # A table alone: the name of a query or of a record, which is asked for within the scope.
            assert set(named) <= tables_of_people(), module
    assert asking == set(WRITERS)


def test_a_store_answers_nobody_in_particular() -> None:
    assert not hasattr(Store, "query")
    assert "scope" not in Filters(DAY).parameters()


FACT_NAMES = sorted(p.stem for p in (QUERIES / FACTS).glob("*.sql"))


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
        cursor.execute("insert into word (domain, code, word, origin) values ('post', 'bi_thu', 'BT', 'co_quan')")
        cursor.execute("insert into office_change values (now()::timestamp, 'thử', 'Tên', 'cũ', 'mới')")
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
    at_leaving = {"leaving_on": DAY} if "leaving_on" in needs else {}
    for parameter, sql in kinds.items():
        if parameter in needs:
            rows = store.fetch(f"{sql} order by all").iloc[:, 0]
            return [
                {parameter: [int(n) for n in v] if hasattr(v, "__len__") and not isinstance(v, str) else v} | at_leaving
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


def test_of_the_ledger_a_commune_reads_and_records_its_own_alone(own: Store) -> None:
    """Thượng Lộ (20185) drops the district's book: rows of other communes, of their people and cases come back."""
    reader = own.seen_by(THUONG_LO)
    ledger = read_ledger(SAMPLE, reader, vocabulary(reader, DAY))
    units = set(own.fetch("select unit_id from unit where code = '20185'").unit_id)
    people = set(own.fetch("select person_id from visible_people($d, $s)", {"d": DAY, "s": THUONG_LO}).person_id)
    assert ledger.rows["downsizing_target"], "its own target is read"
    for rows in ledger.rows.values():
        assert {row["unit_id"] for row in rows if "unit_id" in row} <= units
        assert {row["person_id"] for row in rows if "person_id" in row} <= people
    away = {(row.sheet, row.cells[0]): row.message for row in ledger.rejected}
    assert away["Chỉ tiêu", "Hương Sơn"].endswith(
        "cột Đơn vị: “Hương Sơn” ngoài phạm vi được xem nên dòng này không được nhận. Sửa trong tệp rồi nạp lại."
    )
    theirs = set(all_of(own).query("ledger_cases", Filters(DAY)).case_id) - set(
        reader.query("ledger_cases", Filters(DAY)).case_id
    )
    told = {row.sheet for row in ledger.rejected if row.cells[0] in theirs}
    assert told == {"Trường hợp", "Quá trình xử lý"}
    assert not [row for row in ledger.rows.get("case_step", []) if row["case_id"] in theirs]


@pytest.mark.parametrize("table", ["downsizing_target", "downsizing_case", "case_step", "evaluation", "top_up"])
def test_a_row_of_the_ledger_outside_the_scope_is_not_recorded(table: str, own: Store) -> None:
    huong_son = own.fetch("select min(unit_id) as u from unit where short_name = 'Hương Sơn'").u[0]
    case = own.fetch(
        "select c.* from live_downsizing_case() as c inner join unit as u on c.unit_id = u.unit_id "
        "where u.code <> '20185' order by case_id"
    ).iloc[0]
    row = {
        "downsizing_target": {"unit_id": huong_son, "year": 2019, "target": 9, "document": None},
        "downsizing_case": case_of(own, case.case_id, insurance_months=1),
        "case_step": step(case.case_id, "rut_ho_so", DAY),
        "evaluation": {"person_id": int(case.person_id), "year": 2018, "class": "hoan_thanh_tot", "reported_on": DAY},
        "top_up": {"number": "1", "policy": "nghi_huu", "amount": 1_000_000, "per": "lan", "effective_from": DAY},
    }[table]
    before = own.fetch("select max(batch_id) as n from batch").n[0]
    with pytest.raises(NotAccepted, match="1 dòng nói về đơn vị, người hay hồ sơ ngoài phạm vi được xem"):
        record_ledger(own.seen_by(THUONG_LO), Ledger({table: [row]}), file="x", made_by="x")
    assert own.fetch("select max(batch_id) as n from batch").n[0] == before
    assert record_ledger(all_of(own), Ledger({table: [row]}), file="x", made_by="x") == before + 1


def test_a_batch_is_taken_back_by_who_sees_everyone(own: Store) -> None:
    with pytest.raises(NotAccepted, match="của cả cơ quan"):
        undo(own.seen_by(THUONG_LO), 1, "x")
    assert own.fetch("select count(*) as n from batch where undone_at is not null").n[0] == 0


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


@pytest.mark.parametrize("commune", ["20179", "20176", "20185"])
def test_whoever_is_named_to_a_reader_is_one_whose_record_the_reader_has(commune: str, long: Store) -> None:
    day = Filters(date(2025, 6, 30))
    reader, asked = long.seen_by((commune,)), ONE | {"from_on": date(2018, 12, 31)}
    visible = set(
        long.fetch("select person_id from visible_people($d, $s)", {"d": day.as_of, "s": [commune]}).person_id
    )
    strangers = {}
    for name in set(NAMES) - FORESIGHT:
        needs = load_query(name).parameters
        for units in ("then", "now") if "units" in needs else ("then",):
            people = reader.query(name, day, **asked | {"units": units})
            if "person_id" in people and "person_id" not in needs and (unseen := set(people.person_id) - visible):
                strangers[name, units] = unseen
    assert strangers == {}


def test_a_commune_has_the_people_of_those_it_came_of_from_the_day_it_did(long: Store) -> None:
    """Hương Hòa (20176) and Hương Giang (20179) became Hương Xuân (20179) on 01/01/2020."""
    before, after = (Filters(date(2019, 12, 31)), Filters(date(2020, 1, 1)))
    only = long.fetch(
        """
        select person_id, list(distinct u.code) as codes
        from posting as o
        inner join unit as u on o.unit_id = u.unit_id
        group by person_id
        having codes = ['20176'] and max(o.to_on) < date '2020-01-01' and count(o.to_on) = count(*)
        """
    ).person_id.tolist()
    assert only
    for scope, days in (("20176", (before, after)), ("20179", (after,))):
        for day in days:
            for query in ("person", "person_postings", "person_timeline", "facts_of_person"):
                assert not long.seen_by((scope,)).query(query, day, person_id=only[0]).empty, (scope, day, query)
    assert long.seen_by(("20179",)).query("person", before, person_id=only[0]).empty
    assert long.seen_by(("20185",)).query("person", after, person_id=only[0]).empty
