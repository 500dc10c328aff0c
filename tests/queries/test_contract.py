"""Every file of queries/ keeps the same contract: what it says of itself, binds, reads, is called and ordered by."""

import re
from collections import Counter
from datetime import date
from itertools import takewhile
from pathlib import Path

import duckdb
import pytest

from common.district import KHE_TRE, VIETNAMESE, Enter
from common.questions import DAY, FORESIGHT, LEDGER, NAMES, ONE, code, rows
from common.readers import all_of
from common.statements import macros_over_people, reading
from core.columns import HEADINGS
from core.store import FACTS, QUERIES, SCRIPTS, WHOLE_COUNTRY, Filters, Store, load_query
from law.case import Level, person

FILES = sorted(QUERIES.glob("*/*.sql"))
SHARED = {"communes", "groups", "posts", "criteria", "search"}
# What people are counted by, in queries that count by place.
PER = {"per"}
# Parameters of the queries that are about one person, one post or one kind of area.
OWN = {"person_id", "post", "area", "from_on", "step", "units", "until", "province", "sensitive"}
# Parameters of the facts: whose, or which.
OF_ONE = {
    "person_id",
    "posting_id",
    "qualification_id",
    "case_id",
    "leaving_on",
    "unit_id",
    "batch_id",
    "people",
    "postings",
    "year",
    "round",
}
# Tables of officials, which are read through the shared views.
OFFICIALS = {"assessment_spell", "seat", "person", "posting", "qualification"}

# Where a rule of the contract does not fit a query that is right, and why.
ABOUT_THE_STORE = {
    "about": "only the first day of anything in the store and the day of its last list; names nobody, counts nobody",
}
SCANS = {
    "about": "the first day of any post, see above",
    "ends_before_start": "a posting that ends before it begins is in no seat; within the scope and every filter",
    "person": "the seats of $person_id, within the scope",
    "person_postings": "the posts of $person_id, within the scope",
    "person_qualifications": "the certificates of $person_id, if the person has a post within the scope",
}
ONE_ROW = {"about", "judged_days", "total", "training_total", "out_of_scope", "people_shown"}


def reads_people(name: str) -> bool:
    read = reading(load_query(name).sql)
    # Whether a reader sees everybody tells of nobody.
    return bool(read.tables & OFFICIALS or read.functions & macros_over_people() - {"sees_everyone"})


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_file_begins_by_telling_its_reader_what_it_is(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = takewhile(lambda line: line.startswith("--"), lines)
    told = " ".join(line.removeprefix("--").strip() for line in comment)
    assert VIETNAMESE.search(told)
    assert told.endswith(".")
    assert len(told) > 40


@pytest.mark.parametrize("name", NAMES)
def test_a_named_query_is_one_statement_that_only_reads(name: str) -> None:
    [statement] = duckdb.extract_statements(load_query(name).sql)
    assert statement.type == duckdb.StatementType.SELECT


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_values_are_only_bound_by_name(path: Path) -> None:
    text = code(path.read_text(encoding="utf-8"))
    bound = {name for s in duckdb.extract_statements(path.read_text(encoding="utf-8")) for name in s.named_parameters}
    assert bound == set(re.findall(r"\$(\w+)", text))
    assert not re.search(r"\?|%s|%\(|\{\w*\}", text)
    if path.parent.name not in SCRIPTS:
        own = OF_ONE if path.parent.name == FACTS else OWN
        assert bound <= SHARED | PER | {"as_of", "scope", "verdicts"} | own


@pytest.mark.parametrize("name", [n for n in NAMES if reads_people(n)])
def test_a_query_over_people_takes_the_day_the_scope_and_every_filter(name: str, district: Store) -> None:
    parameters = load_query(name).parameters
    if name in FORESIGHT:
        return
    if name in ABOUT_THE_STORE:
        assert not parameters & {"scope", "person_id"}
        return
    assert {"as_of", "scope"} <= parameters
    if "person_id" in parameters:
        return
    if name in LEDGER:
        assert parameters >= SHARED - {"criteria"}
        return
    assert parameters >= SHARED
    if "person_id" in all_of(district).query(name, Filters(DAY), **ONE).columns:
        assert "verdicts" in parameters


def test_a_macro_of_all_filters_needs_none_of_them() -> None:
    """Who asks of everybody names no filter; `is_named` is about the text of one."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((QUERIES / "macros").glob("*.sql"))]
    made = [found for text in texts for found in re.findall(r"create or replace macro (\w+)\(([^)]*)\) as table", text)]
    filters = SHARED | {"verdicts"}
    lacking = {name for name, told in made if filters & {parameter.strip() for parameter in told.split(",")}}
    assert len(made) > 40
    assert lacking == set()


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_how_severe_a_verdict_is_stands_in_one_place(path: Path) -> None:
    """A query names the verdict, `severity('below')`; that nobody is judged is zero everywhere."""
    assert not re.search(r"(severity|least)\)* *[<>=]+ *[1-9]", code(path.read_text(encoding="utf-8")))


def test_which_stages_are_approved_stands_in_one_place() -> None:
    """`is_approved` reads what `case_stage` tells."""
    telling = [path.stem for path in FILES if re.search(r"stage +in +\(", code(path.read_text(encoding="utf-8")))]
    assert telling == ["functions"]


@pytest.mark.parametrize("name", NAMES)
def test_people_are_read_through_the_shared_views(name: str) -> None:
    # Beside them a table is only joined to look up what belongs to a row that was let through.
    scans = reading(load_query(name).sql).scanned & OFFICIALS
    assert bool(scans) == (name in SCANS), "an exception that is needed no more, or one that is not written down"


# Tables of what batches say. Those that list the batches or put down what a new one says read all.
SAID = re.compile(
    r"\b(?:from|join)\s+(headcount|downsizing_target|downsizing_case|case_step|evaluation|pay_step|candidate_decision"
    r"|batch_unit|rejected_row|\w+_claim)\b(?!\s*\()"
)
OF_ALL_BATCHES = {"batches", "rejected_rows", "1_match", "1_strangers", "2_compare", "2_moved", "3_say", "4_facts"}


@pytest.mark.parametrize("path", [p for p in FILES if p.stem not in OF_ALL_BATCHES], ids=lambda p: p.stem)
def test_what_was_taken_back_is_left_out_by_one_rule(path: Path) -> None:
    sql = code(path.read_text(encoding="utf-8"))
    assert "undone_at is null" not in sql or path.stem == "people"
    for statement in sql.split(";"):
        if read := SAID.findall(statement):
            assert "live_batch(" in statement, read


@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_a_heading(name: str, district: Store) -> None:
    frame = all_of(district).query(name, Filters(DAY), **ONE)
    assert [c for c in frame.columns if c not in HEADINGS] == []
    assert frame.columns.is_unique


def test_headings_on_one_list_differ(district: Store) -> None:
    for name in NAMES:
        frame = all_of(district).query(name, Filters(DAY), **ONE)
        twice = [h for h, n in Counter(HEADINGS.get(c, c) for c in frame.columns).items() if n > 1]
        assert not twice, name


def with_sort_key(sql: str) -> str:
    """The statement with what it is finally ordered by as one more column, and without that order."""
    body, order = re.split(r"\norder by\s+(?!.*\norder by)", sql, flags=re.DOTALL)
    keys = re.sub(r"\s+(desc|asc)\b|\s+nulls (last|first)\b|\s+collate \w+", "", order.strip().rstrip(";"))
    head, middle, tail = body.rpartition("\nfrom ")
    return f"{head},\n    row({keys})::varchar as sort_key{middle}{tail}"


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ONE_ROW | {"words"}])
def test_the_order_is_that_of_a_unique_key(name: str, crowd: Store) -> None:
    sql = with_sort_key(load_query(name).sql)
    for day in (DAY, date(2024, 1, 1), date(2025, 8, 1)):
        for own in (ONE | {"person_id": p, "area": a} for p in (1, 2, 3) for a in ("mien_nui", "dong_bang")):
            given = Filters(day).parameters() | {"scope": list(WHOLE_COUNTRY)} | own
            bound = {p: given[p] for p in load_query(name).parameters}
            assert crowd.fetch(sql, bound).sort_key.is_unique
            if "person_id" not in bound and "area" not in bound:
                break


@pytest.mark.parametrize("name", sorted(ONE_ROW))
def test_a_query_of_totals_has_one_row(name: str, crowd: Store) -> None:
    for filters in (Filters(DAY), Filters(date(1990, 1, 1)), Filters(DAY, search="không có ai")):
        assert len(all_of(crowd).query(name, filters)) == 1
    assert len(crowd.seen_by(()).query(name, Filters(DAY))) == 1


def test_words_are_ordered_by_a_unique_key(district: Store) -> None:
    words = all_of(district).query("words", Filters(DAY))
    assert not words.duplicated(["domain", "code"]).any()


def test_what_was_entered_first_makes_no_difference(enter: Enter) -> None:
    held = [
        [Level("chuyen_mon", "trung_cap", field="Luật"), Level("tin_hoc", "a"), Level("llct", "so_cap")],
        [Level("chuyen_mon", "trung_cap", field="Kế toán"), Level("tin_hoc", "co_ban"), Level("llct", "trung_cap")],
    ]
    told = []
    for lists in (held, held[::-1]):
        store = Store(":memory:", create=True)
        for levels in lists:
            enter(store, {"Hồ Văn Hai Bằng": person("tc_kt", unit=KHE_TRE, first_held="2014-01-01", also=levels)})
        told.append({n: rows(all_of(store).query(n, Filters(DAY))) for n in ("roster", "verdicts", "unmapped_fields")})
        store.close()
    assert told[0] == told[1]
