"""Every file of queries/ keeps the same contract, gives exactly these rows, and no filter makes it see more."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import HUONG_HOA, HUONG_PHU, KHE_TRE, THUONG_LO, VIETNAMESE, Enter
from labels import HEADINGS
from law.case import Level, Term, person
from store import QUERIES, SCRIPTS, Filters, Store, load_query, query_names
from vietnamese import key

DAY = date(2018, 12, 31)
FILES = sorted(QUERIES.glob("*/*.sql"))
NAMES = query_names()
SHARED = {"communes", "groups", "posts", "criteria", "search"}
# Parameters of the queries that are about one person, one post or one kind of area.
OWN = {"person_id", "post", "area"}
PEOPLE = re.compile(r"\b(seated|judged|explained)\s*\(|\b(?:from|join)\s+(assessment_spell|seat|person|posting|qualification)\b")

# Where a rule of the contract does not fit a query that is right, and why.
ABOUT_THE_STORE = {
    "about": "only the first day of anything in the store and the day of its last list; names nobody, counts nobody",
}
SCANS = {
    "about": "the first day of any post, see above",
    "person": "the seats of $person_id, within the scope",
    "person_postings": "the posts of $person_id, within the scope",
    "person_qualifications": "the certificates of $person_id, if the person has a post within the scope",
    "roster": "the certificates of those whom `seated` let through",
    "substandard_people": "the earlier verdicts of the posts and criteria that `explained` let through",
}
ONE_ROW = {"about", "total", "out_of_scope"}


def code(sql: str) -> str:
    """The statement without comments and texts."""
    return re.sub(r"'[^']*'", "''", re.sub(r"--.*", "", sql)).lower()


def source(name: str) -> str:
    return code(load_query(name).sql)


def reads_people(name: str) -> bool:
    return bool(PEOPLE.search(source(name)))


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """Rows as plain values: ISO dates, None for nothing."""
    dates = frame.select_dtypes("datetime").columns
    frame = frame.assign(**{c: frame[c].dt.strftime("%Y-%m-%d") for c in dates}).astype(object)
    return [
        tuple(None if pd.isna(v) else v.item() if hasattr(v, "item") else v for v in row)
        for row in frame.itertuples(index=False)
    ]


# The contract


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_file_begins_by_telling_its_reader_what_it_is(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = [line for line in lines[: next(i for i, line in enumerate(lines) if not line.startswith("--"))]]
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
        assert bound <= SHARED | {"as_of", "scope", "verdicts"} | OWN


@pytest.mark.parametrize("name", [n for n in NAMES if reads_people(n)])
def test_a_query_over_people_takes_the_day_the_scope_and_every_filter(name: str, district: Store) -> None:
    parameters = load_query(name).parameters
    if name in ABOUT_THE_STORE:
        assert not parameters & {"scope", "person_id"}
        return
    assert {"as_of", "scope"} <= parameters
    if "person_id" in parameters:
        return
    assert SHARED <= parameters
    if "person_id" in district.query(name, Filters(DAY)).columns:
        assert "verdicts" in parameters


@pytest.mark.parametrize("name", NAMES)
def test_people_are_read_through_the_shared_views(name: str) -> None:
    text = source(name)
    scans = re.findall(r"\bfrom\s+(assessment_spell|seat|person|posting|qualification)\b", text)
    assert bool(scans) == (name in SCANS)
    # Beside them a table is only joined to look up what belongs to a row that was let through.
    for table, alias, condition in re.findall(
        r"\bjoin\s+(assessment_spell|seat|person|posting|qualification) as (\w+)\s+on\s+(.+)", text
    ):
        assert re.search(rf"\b{alias}\.(person_id|posting_id)\b", condition), table
    if "person" in scans or re.search(r"\bjoin person\b", text):
        assert "ended_batch_id is null" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_a_heading(name: str, district: Store) -> None:
    frame = district.query(name, Filters(DAY), area="mien_nui", post="bi_thu", person_id=1)
    assert [c for c in frame.columns if c not in HEADINGS] == []
    assert frame.columns.is_unique


def test_headings_on_one_list_differ(district: Store) -> None:
    for name in NAMES:
        frame = district.query(name, Filters(DAY), area="mien_nui", post="bi_thu", person_id=1)
        twice = [h for h, n in Counter(HEADINGS.get(c, c) for c in frame.columns).items() if n > 1]
        assert not twice, name


@pytest.fixture(scope="module")
def crowd(enter: Enter) -> Iterator[Store]:
    """Seventy people of few names, so that nearly everything a list is sorted by is the same."""
    store = Store(":memory:", create=True)
    enter(store, a_crowd(Random(46)))
    yield store
    store.close()


def a_crowd(random: Random) -> dict[str, object]:
    names = ["Hồ Văn Ánh", "Hồ Thị Anh", "Hồ Văn Anh", "Lê Thị Đào", "A Lăng Dao"]
    posts = ["bi_thu", "ct_hdnd", "ct_nd", "bt_doan", "tc_kt", "tp_ht", "vh_xh", "cht_quan_su", "kct_thu_quy"]
    communes = [KHE_TRE, HUONG_PHU, HUONG_HOA, THUONG_LO, "20179@2018"]
    fields = ["Luật", "Kế toán", "Thiên văn học", "Chiêm tinh", "Quân sự cơ sở", None]
    people: dict[str, object] = {}
    for n in range(70):
        commune = random.choice(communes)
        started = f"{random.randint(2003, 2023)}-{random.randint(1, 12):02}-01"
        first = random.choice([started, started, None])
        terms = [Term(post, started, first_held=first, unit=commune) for post in random.sample(posts, random.choice([1, 1, 2]))]
        levels = {
            "hoc_van": random.choice(["thcs", "thpt", "thpt"]),
            "llct": random.choice([None, "so_cap", "trung_cap"]),
            "tin_hoc": random.choice([None, "a", "co_ban"]),
        }
        also = [
            Level("chuyen_mon", random.choice(["so_cap", "trung_cap", "dai_hoc"]), obtained=f"{random.randint(2004, 2022)}", field=random.choice(fields))
            for _ in range(random.choice([0, 1, 1, 2]))
        ]
        # The number keeps the names apart while they are entered and is taken off again below.
        name = names[n % len(names)]
        people[name + " " * n] = person(
            terms, born=f"{1960 + n % 30}-0{1 + n // 30}-{1 + n % 28:02}", gender=random.choice(["nam", "nu"]),
            also=also, **{c: level for c, level in levels.items() if level},
        )  # fmt: skip
    return people


def with_sort_key(sql: str) -> str:
    """The statement with what it is finally ordered by as one more column, and without that order."""
    body, order = re.split(r"\norder by\s+(?!.*\norder by)", sql, flags=re.DOTALL)
    keys = re.sub(r"\s+(desc|asc)\b|\s+nulls (last|first)\b|\s+collate \w+", "", order.strip().rstrip(";"))
    head, middle, tail = body.rpartition("\nfrom ")
    return f"{head},\n    row({keys}) as sort_key{middle}{tail}"


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ONE_ROW | {"words"}])
def test_the_order_is_that_of_a_unique_key(name: str, crowd: Store) -> None:
    sql = with_sort_key(load_query(name).sql)
    for day in (DAY, date(2024, 1, 1), date(2025, 8, 1)):
        for own in ({"person_id": p, "area": a, "post": "bi_thu"} for p in (1, 2, 3) for a in ("mien_nui", "dong_bang")):
            given = Filters(day).parameters() | own
            bound = {p: given[p] for p in load_query(name).parameters}
            keys = [str(k) for k in crowd.fetch(sql, bound).sort_key]
            assert len(keys) == len(set(keys))
            if "person_id" not in bound and "area" not in bound:
                break


@pytest.mark.parametrize("name", sorted(ONE_ROW))
def test_a_query_of_totals_has_one_row(name: str, crowd: Store) -> None:
    for filters in (Filters(DAY), Filters(date(1990, 1, 1)), Filters(DAY, scope=()), Filters(DAY, search="không có ai")):
        assert len(crowd.query(name, filters)) == 1


def test_words_are_ordered_by_a_unique_key(district: Store) -> None:
    words = district.query("words", Filters(DAY))
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
        told.append({n: rows(store.query(n, Filters(DAY))) for n in ("roster", "verdicts", "unmapped_fields")})
        store.close()
    assert told[0] == told[1]


# The reference tables hang together


def reference(table: str) -> list[dict[str, str]]:
    with (QUERIES / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(table: str, column: str) -> set[str]:
    return {row[column] for row in reference(table)}


def test_every_code_of_the_law_is_known() -> None:
    posts, documents, groups = codes("post", "post"), codes("legal_document", "document"), codes("field_group", "field_group")
    labels = {(row["domain"], row["code"]) for row in reference("label")}
    criteria = {code for domain, code in labels if domain == "criterion"}
    levels = {(row["criterion"], row["level"]) for row in reference("level")}
    for row in reference("standard"):
        assert row["document"] in documents
        assert set(row["posts"].split()) <= posts
        assert set(row["criteria"].split()) <= criteria
        assert row["area"] == "" or ("area", row["area"]) in labels
        assert ("confidence", row["confidence"]) in labels
        for criterion in row["criteria"].split():
            for column in ("required", "required_first", "province_floor"):
                assert row[column] == "" or {(criterion, row[column]), ("*", row[column])} & levels, row
        assert row["at_level"] == "" or ("chuyen_mon", row["at_level"]) in levels
        assert bool(row["grace_until"]) == bool(row["grace_in_post_before"])
    for row in reference("post"):
        assert ("group", row["group_code"]) in labels
    assert {criterion for criterion, _ in levels} <= criteria | {"*"}
    for row in reference("post_field"):
        assert row["post"] in posts
        assert row["field_group"] in groups
        assert row["fits"] in ("true", "false")
    assert codes("field_word", "field_group") <= groups
    assert codes("legal_document", "confidence") <= {code for domain, code in labels if domain == "confidence"}
    assert {row["document"] for row in reference("retirement_age")} <= documents
    units = codes("unit", "unit_id")
    for row in reference("unit_lineage"):
        assert {row["from_unit"], row["to_unit"]} <= units
    for row in reference("sentence"):
        assert row["criterion"] in criteria | {"*"}
        assert ("verdict", row["verdict"]) in labels


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("standard", ["standard"]),
        ("post", ["post"]),
        ("level", ["criterion", "level"]),
        ("label", ["domain", "code"]),
        ("legal_document", ["document"]),
        ("unit", ["unit_id"]),
        ("field_group", ["field_group"]),
        ("field_word", ["word"]),
        ("post_field", ["post", "field_group"]),
        ("sentence", ["criterion", "verdict", "because"]),
        ("unit_lineage", ["from_unit", "to_unit"]),
    ],
)
def test_no_reference_row_is_there_twice(table: str, columns: list[str]) -> None:
    seen = Counter(tuple(key(row[c]) if c == "word" else row[c] for c in columns) for row in reference(table))
    assert [k for k, n in seen.items() if n > 1] == []


def test_no_two_rules_of_one_post_and_criterion_begin_on_one_day() -> None:
    begun = Counter(
        (post, criterion, area, row["effective_from"])
        for row in reference("standard")
        for post in row["posts"].split()
        for criterion in row["criteria"].split()
        for area in ([row["area"]] if row["area"] else ["mien_nui", "dong_bang"])
    )
    assert [k for k, n in begun.items() if n > 1] == []


def test_every_judged_row_finds_a_sentence(crowd: Store) -> None:
    for day in (date(2010, 1, 1), DAY, date(2020, 6, 1), date(2024, 1, 1), date(2025, 8, 1)):
        told = crowd.query("verdicts", Filters(day))
        assert told.reason.notna().all()
        assert not told.reason.str.contains(r"[{}]|\s{2}| ,|\(\)|None|nan").any()
        assert told.reason.str.match(r"^[A-ZĐ].*\.$").all(), told.reason[~told.reason.str.match(r"^[A-ZĐ].*\.$")].iloc[0]
