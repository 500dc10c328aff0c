"""Every file of queries/ keeps the same contract, gives exactly these rows, and no filter makes it see more."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from pathlib import Path
from random import Random

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.columns import HEADINGS
from core.store import QUERIES, SCRIPTS, Filters, Store, load_query, query_names
from core.vietnamese import clean, key
from district import HUONG_HOA, HUONG_PHU, KHE_TRE, THUONG_LO, VIETNAMESE, Enter
from law.case import Level, Person, Term, person

DAY = date(2018, 12, 31)
FILES = sorted(QUERIES.glob("*/*.sql"))
NAMES = query_names()
SHARED = {"communes", "groups", "posts", "criteria", "search"}
# Parameters of the queries that are about one person, one post or one kind of area.
OWN = {"person_id", "post", "area", "from_on", "step", "units", "until", "province", "sensitive"}
PEOPLE = re.compile(
    r"\b(seated|filtered_seats|seat_spells|presence|flowed|level_spells|asked_for|judged|explained|cases|leavers"
    r"|evaluated|changed|judged_over|over_time)\s*\("
    r"|\b(?:from|join)\s+(assessment_spell|seat|person|posting|qualification)\b"
)

# A value for each of them.
ONE: dict[str, object] = {
    "area": "mien_nui",
    "post": "bi_thu",
    "person_id": 1,
    "from_on": date(2015, 12, 31),
    "step": "year",
    "units": "then",
    "until": date(2020, 12, 31),
    "province": "lowered",
    "sensitive": True,
}

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
    "roster": "the certificates of those whom `seated` let through",
}
# Of the ledger of downsizing: no verdict and no criterion bears on it. tests/test_ledger.py has their rows.
LEDGER = {path.stem for path in (QUERIES / "downsizing").glob("*.sql")}
# Of what would be: they read only what a supposition has let through; tests/test_suppose.py has their rows.
FORESIGHT = {path.stem for path in (QUERIES / "foresight").glob("*.sql")}
ONE_ROW = {"about", "judged_days", "total", "out_of_scope"}


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
        assert bound <= SHARED | {"as_of", "scope", "verdicts"} | OWN


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
    if "person_id" in district.query(name, Filters(DAY), **ONE).columns:
        assert "verdicts" in parameters


@pytest.mark.parametrize("name", NAMES)
def test_people_are_read_through_the_shared_views(name: str) -> None:
    text = source(name)
    scans = re.findall(r"\bfrom\s+(assessment_spell|seat|person|posting|qualification)\b", text)
    assert bool(scans) == (name in SCANS), "an exception that is needed no more, or one that is not written down"
    # Beside them a table is only joined to look up what belongs to a row that was let through.
    for table, alias, condition in re.findall(
        r"\bjoin\s+(assessment_spell|seat|person|posting|qualification) as (\w+)\s+on\s+(.+)", text
    ):
        assert re.search(rf"\b{alias}\.(person_id|posting_id)\b", condition), table


# Tables of what batches say. Those that list the batches or put down what a new one says read all.
SAID = re.compile(
    r"\b(?:from|join)\s+(headcount|downsizing_target|downsizing_case|case_step|evaluation|pay_step|candidate_decision"
    r"|batch_unit|rejected_row|\w+_claim)\b(?!\s*\()"
)
OF_ALL_BATCHES = {"batches", "1_match", "1_strangers", "2_compare", "3_say", "4_facts"}


@pytest.mark.parametrize("path", [p for p in FILES if p.stem not in OF_ALL_BATCHES], ids=lambda p: p.stem)
def test_what_was_taken_back_is_left_out_by_one_rule(path: Path) -> None:
    sql = code(path.read_text(encoding="utf-8"))
    assert "undone_at is null" not in sql or path.stem == "people"
    for statement in sql.split(";"):
        if read := SAID.findall(statement):
            assert "live_batch()" in statement, read


@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_a_heading(name: str, district: Store) -> None:
    frame = district.query(name, Filters(DAY), **ONE)
    assert [c for c in frame.columns if c not in HEADINGS] == []
    assert frame.columns.is_unique


def test_headings_on_one_list_differ(district: Store) -> None:
    for name in NAMES:
        frame = district.query(name, Filters(DAY), **ONE)
        twice = [h for h, n in Counter(HEADINGS.get(c, c) for c in frame.columns).items() if n > 1]
        assert not twice, name


@pytest.fixture(scope="module")
def crowd(enter: Enter) -> Iterator[Store]:
    """Seventy people of few names, so that nearly everything a list is sorted by is the same."""
    store = Store(":memory:", create=True)
    enter(store, a_crowd(Random(46)))
    yield store
    store.close()


def a_crowd(random: Random) -> dict[str, Person]:
    names = ["Hồ Văn Ánh", "Hồ Thị Anh", "Hồ Văn Anh", "Lê Thị Đào", "A Lăng Dao"]
    posts = ["bi_thu", "ct_hdnd", "ct_nd", "bt_doan", "tc_kt", "tp_ht", "vh_xh", "cht_quan_su", "kct_thu_quy"]
    communes = [KHE_TRE, HUONG_PHU, HUONG_HOA, THUONG_LO, "20179@2018"]
    fields = ["Luật", "Kế toán", "Thiên văn học", "Chiêm tinh", "Quân sự cơ sở", None]
    people: dict[str, Person] = {}
    for n in range(70):
        commune = random.choice(communes)
        started = f"{random.randint(2003, 2023)}-{random.randint(1, 12):02}-01"
        first = random.choice([started, started, None])
        terms = [
            Term(post, started, first_held=first, unit=commune)
            for post in random.sample(posts, random.choice([1, 1, 2]))
        ]
        levels = {
            "hoc_van": random.choice(["thcs", "thpt", "thpt"]),
            "llct": random.choice([None, "so_cap", "trung_cap"]),
            "tin_hoc": random.choice([None, "a", "co_ban"]),
        }
        also = [
            Level(
                "chuyen_mon",
                random.choice(["so_cap", "trung_cap", "dai_hoc"]),
                obtained=f"{random.randint(2004, 2022)}",
                field=random.choice(fields),
            )
            for _ in range(random.choice([0, 1, 1, 2]))
        ]
        # The spaces keep the names apart in this dictionary only: a name is cleaned when it is entered.
        people[names[n % len(names)] + " " * n] = person(
            terms,
            born=f"{1960 + n % 30}-0{1 + n // 30}-{1 + n % 28:02}",
            gender=random.choice(["nam", "nu"]),
            also=also,
            **{c: level for c, level in levels.items() if level},
        )
    return people


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
            given = Filters(day).parameters() | own
            bound = {p: given[p] for p in load_query(name).parameters}
            assert crowd.fetch(sql, bound).sort_key.is_unique
            if "person_id" not in bound and "area" not in bound:
                break


@pytest.mark.parametrize("name", sorted(ONE_ROW))
def test_a_query_of_totals_has_one_row(name: str, crowd: Store) -> None:
    for filters in (
        Filters(DAY),
        Filters(date(1990, 1, 1)),
        Filters(DAY, scope=()),
        Filters(DAY, search="không có ai"),
    ):
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
    posts, documents, groups = (
        codes("post", "post"),
        codes("legal_document", "document"),
        codes("field_group", "field_group"),
    )
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
            for column in ("required", "required_first"):
                assert row[column] == "" or {(criterion, row[column]), ("*", row[column])} & levels, row
            # The level from which a field is looked at moves with the professional level.
            floor_of = "chuyen_mon" if criterion == "nganh" else criterion
            assert row["province_floor"] == "" or (floor_of, row["province_floor"]) in levels, row
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
    instruments, formulas = codes("downsizing_instrument", "instrument"), codes("downsizing_formula", "formula")
    for row in reference("downsizing_instrument"):
        assert {row["document"], row["article_of"]} <= documents
    assert codes("downsizing_refusal", "document") <= documents
    clauses = {(row["instrument"], row["clause"]) for row in reference("downsizing_policy")}
    for row in reference("downsizing_policy"):
        assert row["instrument"] in instruments
        assert ("policy", row["policy"]) in labels
        assert row["formula"] in formulas | {""}
        assert {(row["instrument"], other) for other in row["unless"].split()} <= clauses
    for table in ("downsizing_ground", "rounding_rule"):
        assert codes(table, "instrument") <= instruments
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
        ("post_field", ["post", "field_group"]),
        ("sentence", ["criterion", "verdict", "because"]),
        ("phrase", ["code"]),
        ("unit_lineage", ["from_unit", "to_unit"]),
        ("downsizing_instrument", ["instrument"]),
        ("downsizing_policy", ["instrument", "clause"]),
        ("downsizing_policy", ["instrument", "sort"]),
        ("downsizing_formula", ["formula", "sort"]),
        ("downsizing_ground", ["instrument", "ground", "applies_to", "way"]),
        ("rounding_rule", ["instrument", "measure", "from_months"]),
        ("downsizing_refusal", ["refusal", "document"]),
        ("base_salary", ["effective_from"]),
    ],
)
def test_no_reference_row_is_there_twice(table: str, columns: list[str]) -> None:
    seen = Counter(tuple(row[c] for c in columns) for row in reference(table))
    assert [k for k, n in seen.items() if n > 1] == []


def test_a_major_belongs_to_one_group() -> None:
    groups: dict[str, set[str]] = {}
    for row in reference("field_word"):
        groups.setdefault(key(row["word"]), set()).add(row["field_group"])
    assert {word: of for word, of in groups.items() if len(of) > 1} == {}


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
        assert told.reason.str.match(r"^[A-ZĐ].*\.$").all(), told.reason[~told.reason.str.match(r"^[A-ZĐ].*\.$")].iloc[
            0
        ]


# Exactly these rows, on a district small enough to judge by hand (tests/conftest.py)

CC, CB, KCT = "cong_chuc", "can_bo", "khong_chuyen_trach"
QD04_5, QD04_7 = "Điều 5 QĐ 04/2004/QĐ-BNV", "Điều 7 QĐ 04/2004/QĐ-BNV"
QD04_6 = "Điều 6 QĐ 04/2004/QĐ-BNV (chưa đối chiếu văn bản gốc)"
TT06 = "Điều 2 TT 06/2012/TT-BNV"
L80 = "Luật Cán bộ công chức 80/2025/QH15 và NĐ 170/2025/NĐ-CP"
NO_GRACE = "Văn bản không dành thời gian chuyển tiếp cho trường hợp này."

GOLDEN: dict[str, list[tuple[object, ...]]] = {
    "change_between": [
        ("start", 5, 0),
        ("nghi_khac", 1, -1),
        ("moi_nhan", 1, 1),
        ("bo_sung", 1, 1),
        ("end", 6, 0),
    ],
    "changed_people": [
        (9, "Ngô Văn Cũ", "Khe Tre", "pct_ubnd", "nghi_khac", -1, "2018-12-31", "chuyen_mon"),
        (12, "Đỗ Văn Ân", "Hương Phú", "pho_bi_thu", "moi_nhan", 1, "2016-06-01", "llct"),
        # His start is not known: the list names him for the first time.
        (11, "Hồ Văn Lâm", "Thượng Lộ", "dia_chinh", "bo_sung", 1, "2018-12-31", "chuyen_mon"),
    ],
    "standards_begun": [],
    "laws_to_try": [
        ("QD04", "QĐ 04/2004/QĐ-BNV", "2004-02-27", None),
        ("TT06", "TT 06/2012/TT-BNV", "2012-12-14", None),
        ("TT13", "TT 13/2019/TT-BNV", "2019-12-25", None),
        ("ND33", "NĐ 33/2023/NĐ-CP", "2023-08-01", None),
    ],
    "draft_base": [
        ("ct_nd", "hoc_van", "thcs"),
        ("ct_nd", "chuyen_mon", "so_cap"),
        ("ct_nd", "llct", "so_cap"),
        ("ct_nd", "tin_hoc", None),
        # As if the province had lowered by one level.
        ("tc_kt", "hoc_van", "thcs"),
        ("tc_kt", "chuyen_mon", "so_cap"),
        ("tc_kt", "llct", None),
        ("tc_kt", "tin_hoc", "a"),
    ],
    "trend": [
        ("2015-12-31", CB, 5, 4, 0, 0),
        ("2015-12-31", CC, 4, 1, 2, 0),
        ("2016-12-31", CB, 6, 5, 0, 0),
        ("2016-12-31", CC, 4, 1, 2, 0),
        ("2017-12-31", CB, 6, 5, 0, 0),
        ("2017-12-31", CC, 4, 1, 2, 0),
        ("2018-12-31", CB, 5, 4, 0, 0),
        ("2018-12-31", CC, 5, 2, 2, 0),
    ],
    "structure_people": [
        (2, "Hồ Thị Anh", "1972-03-05", "nu", "45_49", "Hương Phú", "bi_thu", "thpt", "trung_cap", "so_cap"),
        (1, "Hồ Thị Ánh", "1970-06-20", "nu", "45_49", "Khe Tre", "bi_thu", "thpt", "dai_hoc", "cao_cap"),
        (12, "Đỗ Văn Ân", None, None, None, "Hương Phú", "pho_bi_thu", "thpt", "trung_cap", None),
        (5, "Trần văn Bình", "1981-11-30", "nam", "30_39", "Thượng Lộ", "tp_ht", "thpt", "cao_dang", None),
        (4, "Trần Văn Bình", "1980-02", "nam", "30_39", "Hương Phú", "vp_tk", "thpt", "trung_cap", None),
        (7, "Nguyễn Văn Dũng", "1971-01-10", "nam", "45_49", "Hương Hòa", "bi_thu", "thpt", "trung_cap", "so_cap"),
        (3, "Lê Văn Đào", "1970-06-20", "nam", "45_49", "Khe Tre", "tc_kt", "thpt", "trung_cap", None),
        (11, "Hồ Văn Lâm", "1970-06-20", "nam", "45_49", "Thượng Lộ", "dia_chinh", "thpt", "so_cap", None),
        (8, "Ra Pát Lộc", "1985-09-09", "nam", "30_39", "Hương Hòa", "kct_thu_quy", "thpt", None, None),
        (10, "Phạm Thị Mơ", "1988-08-08", "nu", "30_39", "Khe Tre", "vh_xh", "thpt", "trung_cap", None),
        (6, "A Lăng Sơn", "1980", "nam", "30_39", "Thượng Lộ", "bt_doan", "thcs", "so_cap", "so_cap"),
    ],
    "flows": [
        (year, group, *row)
        for year, of in {
            2016: {
                "tat_ca": [("stock_start", 9, 0), ("joined", 2, 2), ("stock_end", 11, 0)],
                CB: [("stock_start", 5, 0), ("joined", 1, 1), ("stock_end", 6, 0)],
                CC: [("stock_start", 4, 0), ("stock_end", 4, 0)],
                KCT: [("stock_start", 0, 0), ("joined", 1, 1), ("stock_end", 1, 0)],
            },
            2017: {
                group: [("stock_start", people, 0), ("stock_end", people, 0)]
                for group, people in {"tat_ca": 11, CB: 6, CC: 4, KCT: 1}.items()
            },
            2018: {
                "tat_ca": [("stock_start", 11, 0), ("first_listed", 1, 1), ("khac", 1, -1), ("stock_end", 11, 0)],
                CB: [("stock_start", 6, 0), ("khac", 1, -1), ("stock_end", 5, 0)],
                CC: [("stock_start", 4, 0), ("first_listed", 1, 1), ("stock_end", 5, 0)],
                KCT: [("stock_start", 1, 0), ("stock_end", 1, 0)],
            },
        }.items()
        for group, rows_of in of.items()
        for row in rows_of
    ],
    "flow_people": [
        (9, "Ngô Văn Cũ", "1970-06-20", "khac", "2018-12-31", "Khe Tre", "pct_ubnd", None, None),
        (11, "Hồ Văn Lâm", "1970-06-20", "first_listed", "2018-12-31", None, None, "Thượng Lộ", "dia_chinh"),
        (12, "Đỗ Văn Ân", None, "joined", "2016-06-01", None, None, "Hương Phú", "pho_bi_thu"),
        (8, "Ra Pát Lộc", "1985-09-09", "joined", "2016-01-01", None, None, "Hương Hòa", "kct_thu_quy"),
    ],
    "trend_by_commune": [
        ("2015-12-31", "20176", "Hương Hòa", 1, 1, 0, 0, 1.0),
        ("2015-12-31", "20164", "Hương Phú", 2, 1, 1, 0, 0.5),
        ("2015-12-31", "20161", "Khe Tre", 4, 2, 1, 0, 0.5),
        ("2015-12-31", "20185", "Thượng Lộ", 2, 1, 0, 0, 0.5),
        ("2016-12-31", "20176", "Hương Hòa", 1, 1, 0, 0, 1.0),
        ("2016-12-31", "20164", "Hương Phú", 3, 2, 1, 0, 0.6666666666666666),
        ("2016-12-31", "20161", "Khe Tre", 4, 2, 1, 0, 0.5),
        ("2016-12-31", "20185", "Thượng Lộ", 2, 1, 0, 0, 0.5),
        ("2017-12-31", "20176", "Hương Hòa", 1, 1, 0, 0, 1.0),
        ("2017-12-31", "20164", "Hương Phú", 3, 2, 1, 0, 0.6666666666666666),
        ("2017-12-31", "20161", "Khe Tre", 4, 2, 1, 0, 0.5),
        ("2017-12-31", "20185", "Thượng Lộ", 2, 1, 0, 0, 0.5),
        ("2018-12-31", "20176", "Hương Hòa", 1, 1, 0, 0, 1.0),
        ("2018-12-31", "20164", "Hương Phú", 3, 2, 1, 0, 0.6666666666666666),
        ("2018-12-31", "20161", "Khe Tre", 3, 1, 1, 0, 0.3333333333333333),
        ("2018-12-31", "20185", "Thượng Lộ", 3, 2, 0, 0, 0.6666666666666666),
    ],
    "trend_by_criterion": [
        ("2015-12-31", "hoc_van", 4, 1, 0, 0, 0.25),
        ("2015-12-31", "chuyen_mon", 4, 1, 0, 0, 0.25),
        ("2015-12-31", "nganh", 2, 1, 1, 0, 0.5),
        ("2015-12-31", "llct", 2, 0, 0, 0, 0.0),
        ("2015-12-31", "tin_hoc", 2, 0, 0, 0, 0.0),
        ("2015-12-31", "tieng_dtts", 2, 0, 0, 0, 0.0),
        ("2015-12-31", "tuoi_lan_dau", 2, 0, 0, 0, 0.0),
        ("2016-12-31", "hoc_van", 4, 1, 0, 0, 0.25),
        ("2016-12-31", "chuyen_mon", 4, 1, 0, 0, 0.25),
        ("2016-12-31", "nganh", 2, 1, 1, 0, 0.5),
        ("2016-12-31", "llct", 2, 0, 0, 0, 0.0),
        ("2016-12-31", "tin_hoc", 2, 0, 0, 0, 0.0),
        ("2016-12-31", "tieng_dtts", 2, 0, 0, 0, 0.0),
        ("2016-12-31", "tuoi_lan_dau", 2, 0, 0, 0, 0.0),
        ("2017-12-31", "hoc_van", 4, 1, 0, 0, 0.25),
        ("2017-12-31", "chuyen_mon", 4, 1, 0, 0, 0.25),
        ("2017-12-31", "nganh", 2, 1, 1, 0, 0.5),
        ("2017-12-31", "llct", 2, 0, 0, 0, 0.0),
        ("2017-12-31", "tin_hoc", 2, 0, 0, 0, 0.0),
        ("2017-12-31", "tieng_dtts", 2, 0, 0, 0, 0.0),
        ("2017-12-31", "tuoi_lan_dau", 2, 0, 0, 0, 0.0),
        ("2018-12-31", "hoc_van", 3, 0, 0, 0, 0.0),
        ("2018-12-31", "chuyen_mon", 3, 0, 0, 0, 0.0),
        ("2018-12-31", "nganh", 2, 1, 1, 0, 0.5),
        ("2018-12-31", "llct", 1, 0, 0, 0, 0.0),
        ("2018-12-31", "tin_hoc", 2, 0, 0, 0, 0.0),
        ("2018-12-31", "tieng_dtts", 2, 0, 0, 0, 0.0),
        ("2018-12-31", "tuoi_lan_dau", 1, 0, 0, 0, 0.0),
    ],
    "trend_by_post": [
        ("2015-12-31", "bi_thu", 1, 0, 0, 0, 0.0),
        ("2015-12-31", "pct_ubnd", 1, 1, 0, 0, 1.0),
        ("2015-12-31", "tc_kt", 1, 1, 0, 0, 1.0),
        ("2015-12-31", "vh_xh", 1, 0, 1, 0, 0.0),
        ("2016-12-31", "bi_thu", 1, 0, 0, 0, 0.0),
        ("2016-12-31", "pct_ubnd", 1, 1, 0, 0, 1.0),
        ("2016-12-31", "tc_kt", 1, 1, 0, 0, 1.0),
        ("2016-12-31", "vh_xh", 1, 0, 1, 0, 0.0),
        ("2017-12-31", "bi_thu", 1, 0, 0, 0, 0.0),
        ("2017-12-31", "pct_ubnd", 1, 1, 0, 0, 1.0),
        ("2017-12-31", "tc_kt", 1, 1, 0, 0, 1.0),
        ("2017-12-31", "vh_xh", 1, 0, 1, 0, 0.0),
        ("2018-12-31", "bi_thu", 1, 0, 0, 0, 0.0),
        ("2018-12-31", "tc_kt", 1, 1, 0, 0, 1.0),
        ("2018-12-31", "vh_xh", 1, 0, 1, 0, 0.0),
    ],
    # Nobody sent these people as a list, and no commune was merged.
    "period_marks": [],
    "below_without_birth": [
        (12, "Đỗ Văn Ân", "Hương Phú", "pho_bi_thu", "Chưa có ngày sinh.", "thieu"),
        (6, "A Lăng Sơn", "Thượng Lộ", "bt_doan", "Ngày sinh chỉ biết năm 1980.", "thieu"),
    ],
    "completeness": [
        ("20161", "Khe Tre", "birth_date", 3, 3, 1.0),
        ("20161", "Khe Tre", "gender", 3, 3, 1.0),
        ("20161", "Khe Tre", "first_held_on", 3, 3, 1.0),
        ("20161", "Khe Tre", "hoc_van", 3, 3, 1.0),
        ("20161", "Khe Tre", "chuyen_mon", 3, 3, 1.0),
        ("20161", "Khe Tre", "nganh", 2, 2, 1.0),
        ("20161", "Khe Tre", "llct", 1, 1, 1.0),
        ("20161", "Khe Tre", "tin_hoc", 2, 2, 1.0),
        ("20161", "Khe Tre", "obtained_on", 3, 0, 0.0),
        ("20164", "Hương Phú", "birth_date", 3, 1, 0.3333333333333333),
        ("20164", "Hương Phú", "gender", 3, 2, 0.6666666666666666),
        ("20164", "Hương Phú", "first_held_on", 3, 3, 1.0),
        ("20164", "Hương Phú", "hoc_van", 3, 3, 1.0),
        ("20164", "Hương Phú", "chuyen_mon", 3, 3, 1.0),
        ("20164", "Hương Phú", "nganh", 1, 1, 1.0),
        ("20164", "Hương Phú", "llct", 2, 2, 1.0),
        ("20164", "Hương Phú", "tin_hoc", 1, 0, 0.0),
        ("20164", "Hương Phú", "obtained_on", 3, 0, 0.0),
        ("20176", "Hương Hòa", "birth_date", 2, 2, 1.0),
        ("20176", "Hương Hòa", "gender", 2, 2, 1.0),
        ("20176", "Hương Hòa", "first_held_on", 1, 1, 1.0),
        ("20176", "Hương Hòa", "hoc_van", 1, 1, 1.0),
        ("20176", "Hương Hòa", "chuyen_mon", 1, 1, 1.0),
        ("20176", "Hương Hòa", "llct", 1, 1, 1.0),
        ("20176", "Hương Hòa", "obtained_on", 1, 0, 0.0),
        ("20185", "Thượng Lộ", "birth_date", 3, 2, 0.6666666666666666),
        ("20185", "Thượng Lộ", "gender", 3, 3, 1.0),
        ("20185", "Thượng Lộ", "first_held_on", 3, 2, 0.6666666666666666),
        ("20185", "Thượng Lộ", "hoc_van", 3, 3, 1.0),
        ("20185", "Thượng Lộ", "chuyen_mon", 3, 3, 1.0),
        ("20185", "Thượng Lộ", "nganh", 1, 1, 1.0),
        ("20185", "Thượng Lộ", "llct", 1, 1, 1.0),
        ("20185", "Thượng Lộ", "tin_hoc", 2, 2, 1.0),
        ("20185", "Thượng Lộ", "obtained_on", 3, 0, 0.0),
    ],
    "ends_before_start": [],
    "first_held_after_start": [],
    "level_after_report": [],
    "level_too_early": [],
    "unsupported_ground": [],
    "list_age": [
        ("20161", "Khe Tre", None, None),
        ("20164", "Hương Phú", None, None),
        ("20167", "Hương Sơn", None, None),
        ("20170", "Hương Lộc", None, None),
        ("20173", "Thượng Quảng", None, None),
        ("20176", "Hương Hòa", None, None),
        ("20179", "Hương Giang", None, None),
        ("20182", "Hương Hữu", None, None),
        ("20185", "Thượng Lộ", None, None),
        ("20188", "Thượng Long", None, None),
        ("20191", "Thượng Nhật", None, None),
    ],
    "requests": [
        (1, "Hồ Thị Ánh", "1970-06-20", "Khe Tre", "bi_thu", "Ngày cấp văn bằng, chứng chỉ"),
        (3, "Lê Văn Đào", "1970-06-20", "Khe Tre", "tc_kt", "Ngày cấp văn bằng, chứng chỉ"),
        (10, "Phạm Thị Mơ", "1988-08-08", "Khe Tre", "vh_xh", "Ngày cấp văn bằng, chứng chỉ"),
        (2, "Hồ Thị Anh", "1972-03-05", "Hương Phú", "bi_thu", "Ngày cấp văn bằng, chứng chỉ"),
        (
            12,
            "Đỗ Văn Ân",
            None,
            "Hương Phú",
            "pho_bi_thu",
            "Ngày, tháng, năm sinh; Giới tính; Ngày cấp văn bằng, chứng chỉ",
        ),
        (
            4,
            "Trần Văn Bình",
            "1980-02",
            "Hương Phú",
            "vp_tk",
            "Ngày, tháng, năm sinh; Trình độ tin học; Ngày cấp văn bằng, chứng chỉ",
        ),
        (7, "Nguyễn Văn Dũng", "1971-01-10", "Hương Hòa", "bi_thu", "Ngày cấp văn bằng, chứng chỉ"),
        (7, "Nguyễn Văn Dũng", "1971-01-10", "Hương Hòa", "ct_hdnd", "Ngày cấp văn bằng, chứng chỉ"),
        (5, "Trần văn Bình", "1981-11-30", "Thượng Lộ", "tp_ht", "Ngày cấp văn bằng, chứng chỉ"),
        (
            11,
            "Hồ Văn Lâm",
            "1970-06-20",
            "Thượng Lộ",
            "dia_chinh",
            "Ngày giữ chức lần đầu; Ngày cấp văn bằng, chứng chỉ",
        ),
        (6, "A Lăng Sơn", "1980", "Thượng Lộ", "bt_doan", "Ngày, tháng, năm sinh; Ngày cấp văn bằng, chứng chỉ"),
    ],
    "same_identifier": [],
    "same_person": [],
    "too_young": [],
    "two_communes": [],
    "two_in_one_seat": [],
    "undecided": [
        (
            12,
            "Đỗ Văn Ân",
            "Hương Phú",
            "pho_bi_thu",
            "Chưa có ngày sinh nên chưa kết luận được về tuổi khi giữ chức vụ lần đầu.",
            "thieu",
        ),
        (4, "Trần Văn Bình", "Hương Phú", "vp_tk", "Chưa có dữ liệu về tin học.", "thieu"),
    ],
    "unmapped_majors": [
        (10, "Phạm Thị Mơ", "Khe Tre", "vh_xh", "Chuyên ngành: Thiên văn học.", "thieu"),
    ],
    "about": [("2018-12-31", "2010-07-01", False, "UBND HUYỆN NAM ĐÔNG", "PHÒNG NỘI VỤ", "Nam Đông", None)],
    "attention": [
        ("20164", "Hương Phú", "llct", "Trình độ lý luận chính trị", 2, 0),
        ("20185", "Thượng Lộ", "chuyen_mon", "Trình độ chuyên môn", 1, 1),
        ("20161", "Khe Tre", "nganh", "Ngành đào tạo phù hợp chức danh", 1, 0),
        ("20176", "Hương Hòa", "llct", "Trình độ lý luận chính trị", 1, 0),
        ("20185", "Thượng Lộ", "tuoi_lan_dau", "Tuổi khi giữ chức vụ lần đầu", 1, 0),
    ],
    "communes": [
        ("20164", "Hương Phú", 3, 0, 3, 2, 1, 0, 2 / 3),
        ("20185", "Thượng Lộ", 3, 2, 3, 2, 0, 0, 2 / 3),
        ("20161", "Khe Tre", 3, 1, 3, 1, 1, 0, 1 / 3),
        ("20176", "Hương Hòa", 2, 1, 1, 1, 0, 0, 1.0),
    ],
    "decision_effect": [
        (11, "Hồ Văn Lâm", "Thượng Lộ", "dia_chinh", "chuyen_mon", "below", "so_cap", "trung_cap", "so_cap", TT06),
    ],
    "decisions": [],
    "headline": [(CB, 5, 4, 0, 0, 0.8), (CC, 5, 2, 2, 0, 0.4)],
    "judged_days": [("2004-02-27", "2025-06-30")],
    "matrix": [
        ("20161", "Khe Tre", "nganh", 1, 1, 0),
        ("20164", "Hương Phú", "llct", 2, 0, 0),
        ("20164", "Hương Phú", "tin_hoc", 0, 1, 0),
        ("20164", "Hương Phú", "tuoi_lan_dau", 0, 1, 0),
        ("20176", "Hương Hòa", "llct", 1, 0, 0),
        ("20185", "Thượng Lộ", "chuyen_mon", 1, 0, 0),
        ("20185", "Thượng Lộ", "tuoi_lan_dau", 1, 0, 0),
    ],
    "merged_communes": [
        ("20161", "Khe Tre", "2025-01-01", "20161", "Khe Tre", False),
        ("20176", "Hương Hòa", "2020-01-01", "20179", "Hương Xuân", True),
        ("20179", "Hương Giang", "2020-01-01", "20179", "Hương Xuân", True),
    ],
    "out_of_scope": [(None, None, 0)],
    "roster": [
        (
            2,
            "Hồ Thị Anh",
            "1972-03-05",
            "nu",
            "Hương Phú",
            "bi_thu",
            "thpt",
            "trung_cap",
            "Kế toán",
            "so_cap",
            None,
            None,
            "2010-07-01",
        ),
        (
            1,
            "Hồ Thị Ánh",
            "1970-06-20",
            "nu",
            "Khe Tre",
            "bi_thu",
            "thpt",
            "dai_hoc",
            "Luật",
            "cao_cap",
            None,
            None,
            "2010-07-01",
        ),
        (
            12,
            "Đỗ Văn Ân",
            None,
            None,
            "Hương Phú",
            "pho_bi_thu",
            "thpt",
            "trung_cap",
            "Luật",
            None,
            None,
            None,
            "2016-06-01",
        ),
        (
            5,
            "Trần văn Bình",
            "1981-11-30",
            "nam",
            "Thượng Lộ",
            "tp_ht",
            "thpt",
            "cao_dang",
            "Luật",
            None,
            None,
            "b",
            "2014-03-01",
        ),
        (
            4,
            "Trần Văn Bình",
            "1980-02",
            "nam",
            "Hương Phú",
            "vp_tk",
            "thpt",
            "trung_cap",
            "Hành chính",
            None,
            None,
            None,
            "2013-02-01",
        ),
        (
            7,
            "Nguyễn Văn Dũng",
            "1971-01-10",
            "nam",
            "Hương Hòa",
            "bi_thu",
            "thpt",
            "trung_cap",
            "Luật",
            "so_cap",
            None,
            None,
            "2015-07-01",
        ),
        (
            7,
            "Nguyễn Văn Dũng",
            "1971-01-10",
            "nam",
            "Hương Hòa",
            "ct_hdnd",
            "thpt",
            "trung_cap",
            "Luật",
            "so_cap",
            None,
            None,
            "2015-07-01",
        ),
        (
            3,
            "Lê Văn Đào",
            "1970-06-20",
            "nam",
            "Khe Tre",
            "tc_kt",
            "thpt",
            "trung_cap",
            "Luật",
            None,
            None,
            "a",
            "2013-01-01",
        ),
        (
            11,
            "Hồ Văn Lâm",
            "1970-06-20",
            "nam",
            "Thượng Lộ",
            "dia_chinh",
            "thpt",
            "so_cap",
            "Quản lý đất đai",
            None,
            None,
            "a",
            None,
        ),
        (
            8,
            "Ra Pát Lộc",
            "1985-09-09",
            "nam",
            "Hương Hòa",
            "kct_thu_quy",
            "thpt",
            None,
            None,
            None,
            None,
            None,
            None,
        ),
        (
            10,
            "Phạm Thị Mơ",
            "1988-08-08",
            "nu",
            "Khe Tre",
            "vh_xh",
            "thpt",
            "trung_cap",
            "Thiên văn học",
            None,
            None,
            "a",
            "2015-01-01",
        ),
        (
            6,
            "A Lăng Sơn",
            "1980",
            "nam",
            "Thượng Lộ",
            "bt_doan",
            "thcs",
            "so_cap",
            None,
            "so_cap",
            None,
            None,
            "2012-05-01",
        ),
    ],
    "substandard_by_commune": [
        ("Hương Phú", CB, 2, 2, 0, 0),
        ("Hương Phú", CC, 1, 0, 1, 0),
        ("Thượng Lộ", CB, 1, 1, 0, 0),
        ("Thượng Lộ", CC, 2, 1, 0, 0),
        ("Khe Tre", CB, 1, 0, 0, 0),
        ("Khe Tre", CC, 2, 1, 1, 0),
        ("Hương Hòa", CB, 1, 1, 0, 0),
    ],
    "substandard_people": [
        (
            2,
            "Hồ Thị Anh",
            "1972-03-05",
            "Hương Phú",
            "bi_thu",
            "llct",
            "so_cap",
            "trung_cap",
            QD04_5,
            "2010-07-01",
            None,
            "Trình độ lý luận chính trị là sơ cấp, trong khi Bí thư Đảng ủy phải có trung cấp trở lên (Điều 5 QĐ "
            "04/2004/QĐ-BNV, áp dụng từ 27/02/2004). Khắc phục: cử đi học lớp trung cấp lý luận chính trị. " + NO_GRACE,
        ),
        (
            12,
            "Đỗ Văn Ân",
            None,
            "Hương Phú",
            "pho_bi_thu",
            "llct",
            "dang_hoc",
            "trung_cap",
            QD04_5,
            "2016-06-01",
            None,
            "Đang học, chưa có bằng trung cấp lý luận chính trị như Điều 5 QĐ 04/2004/QĐ-BNV yêu cầu đối với Phó "
            "Bí thư Đảng ủy từ 27/02/2004. Khắc phục: hoàn thành khóa học và gửi bằng tốt nghiệp về phòng Nội vụ. "
            "" + NO_GRACE,
        ),
        (
            7,
            "Nguyễn Văn Dũng",
            "1971-01-10",
            "Hương Hòa",
            "bi_thu",
            "llct",
            "so_cap",
            "trung_cap",
            QD04_5,
            "2015-07-01",
            None,
            "Trình độ lý luận chính trị là sơ cấp, trong khi Bí thư Đảng ủy phải có trung cấp trở lên (Điều 5 QĐ "
            "04/2004/QĐ-BNV, áp dụng từ 27/02/2004). Khắc phục: cử đi học lớp trung cấp lý luận chính trị. " + NO_GRACE,
        ),
        (
            3,
            "Lê Văn Đào",
            "1970-06-20",
            "Khe Tre",
            "tc_kt",
            "nganh",
            "Luật",
            "phu_hop",
            TT06,
            "2013-01-01",
            None,
            "Bằng cấp sai ngành: được đào tạo ngành Luật, không phù hợp với chức danh Tài chính - kế "
            "toán (Điều 2 TT 06/2012/TT-BNV, áp dụng từ 14/12/2012). Khắc phục: đào tạo thêm đúng ngành hoặc bố "
            "trí chức danh phù hợp với ngành đã học. " + NO_GRACE,
        ),
        (
            11,
            "Hồ Văn Lâm",
            "1970-06-20",
            "Thượng Lộ",
            "dia_chinh",
            "chuyen_mon",
            "so_cap",
            "trung_cap",
            TT06,
            "2018-12-31",
            None,
            "Trình độ chuyên môn là sơ cấp, trong khi Địa chính - nông nghiệp - xây dựng và môi trường phải có "
            "trung cấp trở lên (Điều 2 TT 06/2012/TT-BNV, áp dụng từ 14/12/2012). Khắc phục: cử đi đào tạo đạt "
            "trung cấp trở lên. "
            + NO_GRACE
            + " Nếu UBND tỉnh giảm mức cho miền núi còn sơ cấp thì đạt; chưa nhập quyết định nào.",
        ),
        (
            6,
            "A Lăng Sơn",
            "1980",
            "Thượng Lộ",
            "bt_doan",
            "tuoi_lan_dau",
            "32",
            "toi_da_30",
            QD04_6,
            "2012-05-01",
            None,
            "Giữ chức vụ Bí thư Đoàn Thanh niên lần đầu ngày 01/05/2012 khi 32 tuổi; Điều 6 QĐ 04/2004/QĐ-BNV quy "
            "định không quá 30 tuổi khi giữ chức vụ lần đầu, áp dụng từ 27/02/2004. Đây là thực tế của lần bầu "
            "hoặc bổ nhiệm đó, không khắc phục được bằng đào tạo; giữ nguyên hồ sơ và xem xét khi bố trí lại. Quy "
            "định này chưa đối chiếu văn bản gốc.",
        ),
    ],
    "total": [(10, 6, 2, 0, 2, 0.6)],
    "unmapped_fields": [("vh_xh", "Thiên văn học", 1)],
    "person": [
        (7, "Nguyễn Văn Dũng", "1971-01-10", "nam", None, "Hương Hòa", post, CB, "2015-07-01", "2020-01-01", True)
        for post in ("bi_thu", "ct_hdnd")
    ],
    "person_postings": [
        ("Hương Hòa", post, "2015-07-01", "ngay", None, None, "2015-07-01", "Danh sách thử")
        for post in ("bi_thu", "ct_hdnd")
    ],
    "person_qualifications": [
        ("hoc_van", "thpt", None, "da_co", None, "2000-01-01", None, "Danh sách thử"),
        ("chuyen_mon", "trung_cap", "Luật", "da_co", None, "2000-01-01", None, "Danh sách thử"),
        ("llct", "so_cap", None, "da_co", None, "2000-01-01", None, "Danh sách thử"),
    ],
}

# Of longer lists these columns.
GOLDEN_COLUMNS: dict[str, tuple[list[str], list[tuple[object, ...]]]] = {
    "structure": (
        ["as_of", "dimension", "category", "people", "total", "hidden"],
        [
            (f"{year}-12-31", dimension, category, people, total, None)
            for year, total, of in [
                (
                    2015,
                    9,
                    {
                        "hoc_van": {"thcs": 2, "thpt": 7},
                        "chuyen_mon": {"so_cap": 2, "trung_cap": 5, "cao_dang": 1, "dai_hoc": 1},
                        "llct": {"so_cap": 4, "cao_cap": 1, "unknown": 4},
                        "tuoi": {"duoi_30": 1, "30_39": 3, "40_44": 2, "45_49": 3},
                        "gender": {"nam": 6, "nu": 3},
                    },
                ),
                *(
                    (
                        year,
                        11,
                        {
                            "hoc_van": {"thcs": 2, "thpt": 9},
                            "chuyen_mon": {"so_cap": 2, "trung_cap": 6, "cao_dang": 1, "dai_hoc": 1, "unknown": 1},
                            "llct": {"so_cap": 4, "cao_cap": 1, "unknown": 6},
                            "tuoi": ages | {"unknown": 1},
                            "gender": {"nam": 7, "nu": 3, "unknown": 1},
                        },
                    )
                    for year, ages in [
                        (2016, {"duoi_30": 1, "30_39": 4, "40_44": 1, "45_49": 4}),
                        (2017, {"duoi_30": 1, "30_39": 4, "45_49": 5}),
                    ]
                ),
                (
                    2018,
                    11,
                    {
                        "hoc_van": {"thcs": 1, "thpt": 10},
                        "chuyen_mon": {"so_cap": 2, "trung_cap": 6, "cao_dang": 1, "dai_hoc": 1, "unknown": 1},
                        "llct": {"so_cap": 3, "cao_cap": 1, "unknown": 7},
                        "tuoi": {"30_39": 5, "45_49": 5, "unknown": 1},
                        "gender": {"nam": 7, "nu": 3, "unknown": 1},
                    },
                ),
            ]
            for dimension, counts in (of | {"dan_toc": {"unknown": total}}).items()
            for category, people in counts.items()
        ],
    ),
    "national_figures": (
        ["as_of", "people", "dimension", "category", "share"],
        [
            *(
                ("2024-12-31", 206707, dimension, category, share)
                for dimension, category, share in [
                    ("chuyen_mon", "dai_hoc_tro_len", 0.9242),
                    ("chuyen_mon", "trung_cap_cao_dang", 0.0693),
                    ("chuyen_mon", "so_cap_tro_xuong", 0.0065),
                    ("llct", "trung_cap", 0.8062),
                    ("llct", "so_cap_tro_xuong", 0.1231),
                    ("llct", "cao_cap_tro_len", 0.0707),
                    ("tuoi", "duoi_45", 0.5909),
                    ("tuoi", "45_55", 0.3058),
                    ("tuoi", "tren_55", 0.1033),
                    ("group", "can_bo", 0.5109),
                    ("group", "cong_chuc", 0.4891),
                ]
            ),
            ("2021-12-31", 212606, "chuyen_mon", "dai_hoc_tro_len", 0.823),
        ],
    ),
    "batches": (
        ["batch_id", "title", "data_as_of", "made_by", "undone_at", "rejected"],
        [(1, "Danh sách thử", "2018-12-31", "người thử", None, 0)],
    ),
    "assessment": (
        ["person_id", "position", "criterion", "verdict", "held", "required", "since"],
        [
            (2, "bi_thu", "hoc_van", "meets", "thpt", "thpt", "2010-07-01"),
            (2, "bi_thu", "chuyen_mon", "meets", "trung_cap", "trung_cap", "2010-07-01"),
            (2, "bi_thu", "llct", "below", "so_cap", "trung_cap", "2010-07-01"),
            (2, "bi_thu", "tuoi_lan_dau", "meets", "38", "toi_da_45", "2010-07-01"),
            (1, "bi_thu", "hoc_van", "meets", "thpt", "thpt", "2010-07-01"),
            (1, "bi_thu", "chuyen_mon", "meets", "dai_hoc", "trung_cap", "2010-07-01"),
            (1, "bi_thu", "llct", "meets", "cao_cap", "trung_cap", "2010-07-01"),
            (1, "bi_thu", "tuoi_lan_dau", "meets", "40", "toi_da_45", "2010-07-01"),
            (12, "pho_bi_thu", "hoc_van", "meets", "thpt", "thpt", "2016-06-01"),
            (12, "pho_bi_thu", "chuyen_mon", "meets", "trung_cap", "trung_cap", "2016-06-01"),
            (12, "pho_bi_thu", "llct", "below", "dang_hoc", "trung_cap", "2016-06-01"),
            (12, "pho_bi_thu", "tuoi_lan_dau", "unknown", None, "toi_da_45", "2016-06-01"),
            (5, "tp_ht", "hoc_van", "meets", "thpt", "thpt", "2014-03-01"),
            (5, "tp_ht", "chuyen_mon", "meets", "cao_dang", "trung_cap", "2014-03-01"),
            (5, "tp_ht", "nganh", "meets", "Luật", "phu_hop", "2014-03-01"),
            (5, "tp_ht", "tin_hoc", "meets", "b", "a", "2014-03-01"),
            (5, "tp_ht", "tieng_dtts", "exempt", None, "tinh_quy_dinh", "2014-03-01"),
            (4, "vp_tk", "hoc_van", "meets", "thpt", "thpt", "2013-02-01"),
            (4, "vp_tk", "chuyen_mon", "meets", "trung_cap", "trung_cap", "2013-02-01"),
            (4, "vp_tk", "nganh", "meets", "Hành chính", "phu_hop", "2013-02-01"),
            (4, "vp_tk", "tin_hoc", "unknown", None, "a", "2013-02-01"),
            (4, "vp_tk", "tieng_dtts", "exempt", None, "tinh_quy_dinh", "2013-02-01"),
            (7, "bi_thu", "hoc_van", "meets", "thpt", "thpt", "2015-07-01"),
            (7, "bi_thu", "chuyen_mon", "meets", "trung_cap", "trung_cap", "2015-07-01"),
            (7, "bi_thu", "llct", "below", "so_cap", "trung_cap", "2015-07-01"),
            (7, "bi_thu", "tuoi_lan_dau", "meets", "44", "toi_da_45", "2015-07-01"),
            (7, "ct_hdnd", "hoc_van", "meets", "thpt", "thpt", "2015-07-01"),
            (7, "ct_hdnd", "chuyen_mon", "meets", "trung_cap", "trung_cap", "2015-07-01"),
            (7, "ct_hdnd", "llct", "meets", "so_cap", "so_cap", "2015-07-01"),
            (7, "ct_hdnd", "tuoi_lan_dau", "exempt", "44", "tinh_quy_dinh", "2015-07-01"),
            (3, "tc_kt", "hoc_van", "meets", "thpt", "thpt", "2013-01-01"),
            (3, "tc_kt", "chuyen_mon", "meets", "trung_cap", "trung_cap", "2013-01-01"),
            (3, "tc_kt", "nganh", "below", "Luật", "phu_hop", "2013-01-01"),
            (3, "tc_kt", "tin_hoc", "meets", "a", "a", "2013-01-01"),
            (3, "tc_kt", "tieng_dtts", "exempt", None, "tinh_quy_dinh", "2013-01-01"),
            (11, "dia_chinh", "hoc_van", "meets", "thpt", "thpt", "2018-12-31"),
            (11, "dia_chinh", "chuyen_mon", "below", "so_cap", "trung_cap", "2018-12-31"),
            (11, "dia_chinh", "nganh", "meets", "Quản lý đất đai", "phu_hop", "2018-12-31"),
            (11, "dia_chinh", "tin_hoc", "meets", "a", "a", "2018-12-31"),
            (11, "dia_chinh", "tieng_dtts", "exempt", None, "tinh_quy_dinh", "2018-12-31"),
            (10, "vh_xh", "hoc_van", "meets", "thpt", "thpt", "2015-01-01"),
            (10, "vh_xh", "chuyen_mon", "meets", "trung_cap", "trung_cap", "2015-01-01"),
            (10, "vh_xh", "nganh", "unknown", "Thiên văn học", "phu_hop", "2015-01-01"),
            (10, "vh_xh", "tin_hoc", "meets", "a", "a", "2015-01-01"),
            (10, "vh_xh", "tieng_dtts", "exempt", None, "tinh_quy_dinh", "2015-01-01"),
            (6, "bt_doan", "hoc_van", "meets", "thcs", "thcs", "2012-05-01"),
            (6, "bt_doan", "chuyen_mon", "meets", "so_cap", "so_cap", "2012-05-01"),
            (6, "bt_doan", "llct", "meets", "so_cap", "so_cap", "2012-05-01"),
            (6, "bt_doan", "tuoi_lan_dau", "below", "32", "toi_da_30", "2012-05-01"),
        ],
    ),
    "person_timeline": (
        ["position", "criterion", "from_on", "to_on", "verdict", "opened_by"],
        [
            (post, criterion, "2015-07-01", "2020-01-01", verdict, "took_post")
            for criterion, verdicts in [
                ("hoc_van", ["meets", "meets"]),
                ("chuyen_mon", ["meets", "meets"]),
                ("llct", ["below", "meets"]),
                ("tuoi_lan_dau", ["meets", "exempt"]),
            ]
            for post, verdict in zip(["bi_thu", "ct_hdnd"], verdicts, strict=True)
        ],
    ),
    "rules_in_force": (
        ["position", "criterion", "kind", "required", "required_first", "at_level", "province_floor", "effective_from"],
        [
            ("ct_hdnd", "hoc_van", "level", "thpt", None, None, None, "2004-02-27"),
            ("ct_hdnd", "chuyen_mon", "level", "so_cap", "trung_cap", None, None, "2004-02-27"),
            ("ct_hdnd", "llct", "level", "so_cap", None, None, None, "2004-02-27"),
            ("ct_hdnd", "qlnn", "training", "hoan_thanh_lop", None, None, None, "2004-02-27"),
            ("ct_hdnd", "tuoi_lan_dau", "province_sets", None, "tinh_quy_dinh", None, None, "2004-02-27"),
            ("tc_kt", "hoc_van", "level", "thpt", None, None, "thcs", "2012-12-14"),
            ("tc_kt", "chuyen_mon", "level", "trung_cap", None, None, "so_cap", "2012-12-14"),
            ("tc_kt", "nganh", "field", "phu_hop", None, "trung_cap", None, "2012-12-14"),
            ("tc_kt", "llct", "training", "hoan_thanh_lop", None, None, None, "2012-12-14"),
            ("tc_kt", "qlnn", "training", "hoan_thanh_lop", None, None, None, "2012-12-14"),
            ("tc_kt", "tin_hoc", "level", "a", None, None, None, "2012-12-14"),
            ("tc_kt", "tieng_dtts", "province_sets", "tinh_quy_dinh", None, None, None, "2012-12-14"),
        ],
    ),
    "rule_history": (
        ["criterion", "from_on", "last_on", "kind", "required", "required_first"],
        [
            ("hoc_van", "2004-02-27", "2023-07-31", "level", "thcs", None),
            ("chuyen_mon", "2004-02-27", "2023-07-31", "level", "so_cap", None),
            ("llct", "2004-02-27", "2023-07-31", "level", "so_cap", None),
            ("tuoi_lan_dau", "2004-02-27", "2023-07-31", "age", None, "toi_da_65"),
        ],
    ),
    "documents": (
        ["document", "in_force"],
        [
            ("QD04", True),
            ("PLCA08", True),
            ("DQTV09", True),
            ("ND112", True),
            ("TT06", True),
            ("HOTICH", True),
            ("TTLT17", True),
            ("TT13", False),
            ("DQTV19", False),
            ("ND135", False),
            ("TT04", False),
            ("ND33", False),
            ("L80", False),
        ],
    ),
    "decrees": (
        ["document", "in_force"],
        [("ND108", True), ("ND113", True), ("ND143", False), ("ND29", False), ("ND154", False)],
    ),
    "decidable": (
        ["document", "criterion", "province_floor"],
        [
            ("ND33", "chuyen_mon", "so_cap"),
            ("ND33", "chuyen_mon", "trung_cap"),
            ("TT13", "chuyen_mon", "trung_cap"),
            ("TT06", "hoc_van", "thcs"),
            ("TT06", "chuyen_mon", "so_cap"),
            ("TT06", "tieng_dtts", None),
            ("QD04", "tuoi_lan_dau", None),
        ],
    ),
    "field_fits": (
        ["position", "field_label", "fits"],
        [
            ("tc_kt", "Chính trị, xây dựng Đảng, công tác đoàn thể", False),
            ("tc_kt", "Công an, an ninh", False),
            ("tc_kt", "Công nghệ thông tin", False),
            ("tc_kt", "Công tác xã hội, lao động, dân tộc học", False),
            ("tc_kt", "Địa chính, quản lý đất đai", False),
            ("tc_kt", "Hành chính, quản lý nhà nước", False),
            ("tc_kt", "Kế toán, tài chính", True),
            ("tc_kt", "Luật", False),
            ("tc_kt", "Môi trường", False),
            ("tc_kt", "Nông nghiệp, lâm nghiệp, phát triển nông thôn", False),
            ("tc_kt", "Quân sự cơ sở", False),
            ("tc_kt", "Sư phạm", False),
            ("tc_kt", "Văn hóa, du lịch, thể thao", False),
            ("tc_kt", "Xây dựng, giao thông, thủy lợi", False),
            ("tc_kt", "Y tế", False),
        ],
    ),
    "units": (
        ["unit_code", "kind", "commune", "tile_col", "tile_row"],
        [
            ("20161", "thị trấn", "Khe Tre", 3, 1),
            ("20164", "xã", "Hương Phú", 3, 0),
            ("20167", "xã", "Hương Sơn", 1, 1),
            ("20170", "xã", "Hương Lộc", 4, 1),
            ("20173", "xã", "Thượng Quảng", 0, 2),
            ("20176", "xã", "Hương Hòa", 2, 1),
            ("20179", "xã", "Hương Giang", 2, 2),
            ("20182", "xã", "Hương Hữu", 1, 2),
            ("20185", "xã", "Thượng Lộ", 3, 2),
            ("20188", "xã", "Thượng Long", 1, 3),
            ("20191", "xã", "Thượng Nhật", 2, 3),
        ],
    ),
}
# Filters and own parameters that keep a reference list short.
CHOSEN = {
    "merged_communes": Filters(date(2020, 6, 30), communes=("20161", "20176", "20179")),
    "rules_in_force": Filters(DAY, posts=("tc_kt", "ct_hdnd")),
    "trend_by_criterion": Filters(DAY, communes=("20161",)),
    "trend_by_post": Filters(DAY, communes=("20161",)),
    "field_fits": Filters(DAY, posts=("tc_kt",)),
    "draft_base": Filters(DAY, posts=("tc_kt", "ct_nd")),
}


@pytest.mark.parametrize("name", [n for n in NAMES if n not in LEDGER | FORESIGHT])
def test_every_query_gives_exactly_these_rows(name: str, district: Store) -> None:
    own = ONE | {"post": "ct_ccb", "person_id": 7}
    frame = district.query(name, CHOSEN.get(name, Filters(DAY)), **own)
    if name in GOLDEN_COLUMNS:
        columns, expected = GOLDEN_COLUMNS[name]
        assert rows(frame[columns]) == expected
    elif name == "verdicts":
        # The list above with a sentence to each row.
        same = [c for c in district.query("assessment", Filters(DAY)).columns if c != "since"]
        assert rows(frame[same]) == rows(district.query("assessment", Filters(DAY))[same])
    elif name == "words":
        genders = frame[frame.domain == "gender"]
        assert rows(genders) == [("gender", "nam", "Nam", "Nam", 1), ("gender", "nu", "Nữ", "Nữ", 2)]
    else:
        assert rows(frame) == GOLDEN[name]


def test_the_headline_on_other_days(district: Store) -> None:
    # The day a man leaves is the first he is not counted; nobody of the eleven else had come or gone since 2016.
    assert rows(district.query("headline", Filters(date(2018, 12, 30))))[0] == (CB, 6, 5, 0, 0, 5 / 6)
    # Everybody below NĐ 33/2023 who served before it has time until 01/08/2028; who lacks data has not.
    assert rows(district.query("headline", Filters(date(2024, 1, 1)))) == [
        (CB, 5, 0, 0, 4, 0.0),
        (CC, 5, 0, 1, 3, 0.0),
        (KCT, 1, 0, 1, 0, 0.0),
    ]
    # From 01/07/2025 nobody is judged, and nobody is said to meet or not to meet anything.
    after = Filters(date(2025, 7, 1))
    assert district.query("headline", after).empty
    assert set(district.query("assessment", after).verdict) == {"exempt"}
    assert rows(district.query("total", after)) == [(0, 0, 0, 0, 0, 0.0)]
    assert rows(district.query("out_of_scope", after)) == [("2025-07-01", L80, 11)]
    assert len(district.query("roster", after)) == 12


def test_a_timeline_tells_each_change_of_law_and_unit(district: Store) -> None:
    timeline = district.query("person_timeline", Filters(date(2026, 1, 1)), person_id=2)
    llct = timeline[timeline.criterion == "llct"][["from_on", "to_on", "verdict", "deadline", "opened_by"]]
    assert rows(llct) == [
        ("2025-07-01", None, "exempt", None, "standard_changed"),
        ("2025-01-01", "2025-07-01", "transitional", "2028-08-01", "unit_changed"),
        ("2023-08-01", "2025-01-01", "transitional", "2028-08-01", "standard_changed"),
        ("2010-07-01", "2023-08-01", "below", None, "took_post"),
    ]


def test_a_person_is_shown_as_of_the_day(enter: Enter) -> None:
    """On a day before the first post nothing that came later is told."""
    store = Store(":memory:", create=True)
    two_terms = [Term("vh_xh", "2010-01-01", "2012-01-01", unit=KHE_TRE), Term("tc_kt", "2016-01-01", unit=HUONG_PHU)]
    enter(store, {"Hồ Văn Hai Nhiệm": person(two_terms)})

    def shown(day: date) -> list[tuple[str, bool]]:
        frame = store.query("person", Filters(day), person_id=1)
        return list(zip(frame.position, frame.in_post, strict=True))

    assert shown(date(2009, 1, 1)) == []
    assert shown(date(2011, 1, 1)) == [("vh_xh", True)]
    assert shown(date(2014, 1, 1)) == [("vh_xh", False)]
    assert shown(date(2017, 1, 1)) == [("tc_kt", True)]
    store.close()


def test_a_reason_does_not_contradict_the_other_criteria(enter: Enter) -> None:
    """Who is a level short as well is not told to have the right level."""
    store = Store(":memory:", create=True)
    who = person(
        "tc_kt", unit=KHE_TRE, first_held="2014-01-01", hoc_van="thpt", chuyen_mon="so_cap", field="Luật", tin_hoc="a"
    )
    enter(store, {"Hồ Văn Thiếu Hai": who})
    told = store.query("substandard_people", Filters(DAY)).set_index("criterion").reason
    assert set(told.index) == {"chuyen_mon", "nganh"}
    assert "Đúng trình độ" not in told["nganh"]
    store.close()


# Filters

COMMUNES = ("20161", "20164", "20176", "20179", "20185")
GROUPS = (CB, CC, KCT)
POSTS = ("bi_thu", "ct_hdnd", "ct_nd", "bt_doan", "tc_kt", "tp_ht", "vh_xh", "cht_quan_su", "kct_thu_quy")
CRITERIA = ("hoc_van", "chuyen_mon", "nganh", "llct", "qlnn", "tin_hoc", "tieng_dtts", "tuoi_lan_dau")
VERDICTS = ("below", "unknown", "transitional", "meets", "exempt")
WORSE = VERDICTS[::-1]
DAYS = [
    date(2004, 2, 26),
    date(2004, 2, 27),
    date(2012, 12, 13),
    date(2012, 12, 14),
    DAY,
    date(2019, 12, 25),
    date(2020, 1, 1),
    date(2023, 7, 31),
    date(2023, 8, 1),
    date(2025, 6, 30),
    date(2025, 7, 1),
]


def some(codes: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), unique=True, max_size=3).map(tuple)


SEARCHES = (
    st.sampled_from(["", "", "", "anh", "ÁNH", "hồ v", "dao", "%", "'", "  ", unicodedata.normalize("NFD", "Ánh")])
    | st.text()
)
FILTERS = st.builds(
    Filters,
    st.sampled_from(DAYS),
    some(COMMUNES),
    some(GROUPS),
    some(POSTS),
    some(CRITERIA),
    some(VERDICTS),
    SEARCHES,
    st.sampled_from([("vn",), ("vn",), ("46/483",), ("20161", "20185"), ()]),
)
FEW = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def loosened(filters: Filters, name: str) -> Filters:
    """The same filters with one taken off."""
    return Filters(**vars(filters) | {name: "" if name == "search" else ("vn",) if name == "scope" else ()})


def counted(found: pd.DataFrame, *by: str) -> dict[object, Counter[str]]:
    """People by the worst of their verdicts within each combination of `by`; those of an ended law left out."""
    worst: dict[tuple[object, ...], str] = {}
    for row in found[found.required != "het_pham_vi"].to_dict("records"):
        who = (*(row[c] for c in by), row["person_id"])
        worst[who] = max(worst.get(who, "exempt"), row["verdict"], key=WORSE.index)
    counts: dict[object, Counter[str]] = {}
    for (*place, _), verdict in worst.items():
        counts.setdefault(tuple(place), Counter())[verdict] += 1
    return counts


def as_counts(frame: pd.DataFrame, *by: str) -> dict[object, tuple[int, ...]]:
    return {
        tuple(row[c] for c in by): tuple(row[c] for c in ("total", "below", "unknown", "transitional"))
        for row in frame.to_dict("records")
    }


def four(counts: dict[object, Counter[str]]) -> dict[object, tuple[int, ...]]:
    return {k: (c.total(), c["below"], c["unknown"], c["transitional"]) for k, c in counts.items()}


NARROWS = ("communes", "groups", "posts", "criteria", "verdicts", "search", "scope")


@FEW
@given(
    FILTERS,
    st.sampled_from(NARROWS),
    st.sampled_from(("roster", "assessment", "verdicts", "decision_effect", "substandard_people")),
)
def test_a_filter_only_ever_narrows(crowd: Store, filters: Filters, taken_off: str, name: str) -> None:
    if name == "substandard_people" and not filters.verdicts:
        # No verdict chosen means "below" to this list.
        filters = Filters(**vars(filters) | {"verdicts": ("below",)})
    wider = loosened(filters, taken_off)
    if name == "substandard_people" and taken_off == "verdicts":
        wider = Filters(**vars(filters) | {"verdicts": VERDICTS})
    few, many = (Counter(rows(crowd.query(name, f))) for f in (filters, wider))
    assert few <= many
    narrow, wide = (crowd.query("total", f).iloc[0] for f in (filters, wider))
    assert narrow["total"] <= wide["total"]
    assert narrow["below"] <= wide["below"]


@FEW
@given(FILTERS)
def test_every_figure_counts_the_people_of_the_same_verdicts(crowd: Store, filters: Filters) -> None:
    everything = loosened(filters, "verdicts")
    judged = crowd.query("assessment", everything)
    posts = crowd.fetch("select post as position, group_code from post")
    judged = judged.merge(posts, on="position")
    assert as_counts(crowd.query("headline", filters), "group") == four(counted(judged, "group_code"))
    assert as_counts(crowd.query("communes", filters), "commune") == four(counted(judged, "commune"))
    by_commune = as_counts(crowd.query("substandard_by_commune", filters), "commune", "group")
    assert by_commune == four(counted(judged, "commune", "group_code"))

    [total] = as_counts(crowd.query("total", filters)).values()
    [*whole] = four(counted(judged)).values()
    assert [total] == (whole or [(0, 0, 0, 0)])
    # Nobody of the crowd serves in two communes at once.
    assert total == tuple(crowd.query("communes", filters)[["total", "below", "unknown", "transitional"]].sum())

    below = judged[judged.verdict == "below"]
    people = crowd.query("substandard_people", everything)
    assert Counter(zip(people.person_id, people.position, people.criterion, strict=True)) == Counter(
        zip(below.person_id, below.position, below.criterion, strict=True)
    )
    assert people.person_id.nunique() == total[1]
    cells = crowd.query("matrix", filters)
    assert cells.set_index(["commune", "criterion"]).below[lambda n: n > 0].to_dict() == (
        below.groupby(["commune", "criterion"]).person_id.nunique().to_dict()
    )
    first = crowd.query("attention", filters)
    assert dict(zip(zip(first.commune, first.criterion, strict=True), first.below, strict=True)) == (
        below.groupby(["commune", "criterion"]).person_id.nunique().to_dict()
    )


COUNTS = ("headline", "total", "communes", "substandard_by_commune", "matrix", "attention")


@FEW
@given(
    FILTERS,
    st.sampled_from((*COUNTS, "assessment", "verdicts", "roster")),
    st.sampled_from(("communes", "groups", "posts", "criteria", "verdicts")),
)
def test_nothing_chosen_is_the_same_as_everything_chosen(
    crowd: Store, filters: Filters, name: str, chosen: str
) -> None:
    if name == "roster":
        # It is of people in post: to choose a verdict or a criterion is to leave out who is not judged.
        filters = loosened(loosened(filters, "criteria"), "verdicts")
        chosen = {"criteria": "communes", "verdicts": "posts"}.get(chosen, chosen)
    everything = {
        "communes": tuple(crowd.query("units", Filters(filters.as_of)).unit_code),
        "groups": GROUPS,
        "posts": tuple(crowd.fetch("select post from post").post),
        "criteria": CRITERIA,
        "verdicts": VERDICTS,
    }[chosen]
    nothing = loosened(filters, chosen)
    found = crowd.query(name, Filters(**vars(nothing) | {chosen: everything}))
    assert rows(found) == rows(crowd.query(name, nothing))


@FEW
@given(FILTERS)
def test_one_commune_is_its_row_among_all(crowd: Store, filters: Filters) -> None:
    everywhere = crowd.query("communes", loosened(filters, "communes"))
    for row, code in zip(rows(everywhere), everywhere.unit_code, strict=True):
        only = Filters(**vars(filters) | {"communes": (code,)})
        assert rows(crowd.query("communes", only)) == [row]


@FEW
@given(FILTERS)
def test_two_lists_say_the_same_of_the_same_criterion(crowd: Store, filters: Filters) -> None:
    one = Filters(**vars(filters) | {"verdicts": ("below",)})
    short, full = crowd.query("substandard_people", one), crowd.query("verdicts", one)
    columns = [c for c in short.columns if c in full.columns]
    assert Counter(rows(short[columns])) == Counter(rows(full[columns]))


@FEW
@given(FILTERS)
def test_dates_of_a_verdict_fit_the_day(crowd: Store, filters: Filters) -> None:
    day = pd.Timestamp(filters.as_of)
    found = crowd.query("assessment", filters)
    assert (found.since <= day).all()
    assert (found.deadline.dropna() >= day).all()
    assert (found.deadline.notna() == (found.verdict == "transitional")).all()


@pytest.mark.parametrize(
    "written",
    [
        "ho thi anh",
        "HỒ THỊ ÁNH",
        "Hồ  Thị Ánh",
        " hồ thị ánh ",
        unicodedata.normalize("NFD", "hồ thị ánh"),
        "Hồ-Thị-Ánh",
    ],
)
def test_a_name_is_found_however_it_is_written(written: str, district: Store) -> None:
    for name in ("roster", "assessment"):
        found = district.query(name, Filters(DAY, search=written))
        assert set(found.full_name) == {"Hồ Thị Anh", "Hồ Thị Ánh"}
    assert rows(district.query("total", Filters(DAY, search=written)))[0][0] == 2


@pytest.mark.parametrize(("written", "who"), [("dao", "Lê Văn Đào"), ("ĐÀO", "Lê Văn Đào"), ("pát", "Ra Pát Lộc")])
def test_a_part_of_a_name_will_do(written: str, who: str, district: Store) -> None:
    assert set(district.query("roster", Filters(DAY, search=written)).full_name) == {who}


@pytest.mark.parametrize("written", ["%", "_", "\\", "' or 1=1 --", "Hồ%", "$as_of", "hồ.*"])
def test_a_search_is_text_and_nothing_else(written: str, district: Store) -> None:
    found = district.query("roster", Filters(DAY, search=written))
    meant = key(written)
    assert set(found.full_name) == {n for n in district.query("roster", Filters(DAY)).full_name if meant in key(n)}


@FEW
@given(st.text(alphabet=st.sampled_from("aăâáàảãạđĐĂƠơưỲỹÐ ẤÉ'-.\t\u00a0\u0301\u0323\u200b"), max_size=12).map(clean))
def test_a_clean_name_has_one_key_in_the_store_and_in_python(district: Store, text: str) -> None:
    assert district.fetch("select text_key($x) as k", {"x": text}).k[0] == key(text)


# Time


def below(store: Store, day: Filters) -> int:
    return int(store.query("total", day).below[0])


UNITS = st.sampled_from(["then", "now"])


def as_then(store: Store, filters: Filters, units: str, last: date) -> Filters:
    """The filters that give by the units of the day what these give by the units of the last day."""
    if units == "then" or not filters.communes:
        return filters
    became = store.fetch(
        "select distinct o.code, o.unit_id, n.code as now_code from unit_succession as s "
        "inner join unit as o on s.unit_id = o.unit_id inner join unit as n on s.now_unit = n.unit_id "
        "where s.from_on <= $last and s.to_on > $last and coalesce(n.valid_from, date '0001-01-01') <= $last "
        "and coalesce(o.valid_from, date '0001-01-01') <= $day and coalesce(o.ended_on, date '9999-12-31') > $day",
        {"last": last, "day": filters.as_of},
    )
    return Filters(**vars(filters) | {"communes": tuple(became[became.now_code.isin(filters.communes)].code) or ("-",)})


@FEW
@given(FILTERS, st.sampled_from(DAYS), UNITS)
def test_the_start_and_the_causes_make_the_end(crowd: Store, filters: Filters, first: date, units: str) -> None:
    filters = Filters(**vars(filters) | {"verdicts": ()})
    first, last = sorted((first, filters.as_of))
    told = crowd.query("change_between", filters.on(last), from_on=first, units=units)
    assert (told.cause.iloc[0], told.cause.iloc[-1]) == ("start", "end")
    assert told.people.iloc[0] == below(crowd, as_then(crowd, filters.on(first), units, last))
    assert told.people.iloc[-1] == below(crowd, filters.on(last))
    assert told.people.iloc[0] + told.change.sum() == told.people.iloc[-1]
    people = crowd.query("changed_people", filters.on(last), from_on=first, units=units)
    assert people.person_id.is_unique
    assert people.groupby("change_cause").change.sum().to_dict() == (
        told[~told.cause.isin(["start", "end"])].groupby("cause").change.sum().to_dict()
    )
    assert ((people.turned_on > pd.Timestamp(first)) & (people.turned_on <= pd.Timestamp(last))).all()
    # A merger alone moves nobody in or out where the old communes count as the new one.
    assert units == "then" or "don_vi" not in set(told.cause)
    for row in people.itertuples():
        assert row.commune in there(crowd, last if units == "now" else row.turned_on.date())


def there(store: Store, day: date) -> set[str]:
    """The communes of a day."""
    return set(store.query("units", Filters(day)).commune)


@FEW
@given(FILTERS, st.sampled_from(DAYS))
def test_whoever_comes_or_leaves_does_so_in_a_commune_there_is(crowd: Store, filters: Filters, first: date) -> None:
    first, last = sorted((first, filters.as_of))
    for row in crowd.query("flow_people", filters.on(last), from_on=first).itertuples():
        eve, day = (row.turned_on - pd.Timedelta(days=1)).date(), row.turned_on.date()
        assert pd.isna(row.from_commune) or row.from_commune in there(crowd, eve) | there(crowd, day)
        assert pd.isna(row.to_commune) or row.to_commune in there(crowd, day) | there(crowd, eve)


# These name communes of other days, each beside its day, and a posting stays in the commune it was made in.
OF_MANY_DAYS = {"changed_people", "flow_people", "merged_communes", "person_postings", "trend_by_commune"}


@pytest.mark.parametrize("name", sorted({n for n in NAMES if "commune" in source(n)} - OF_MANY_DAYS))
def test_a_list_of_a_day_names_the_communes_of_that_day(name: str, crowd: Store) -> None:
    bound = {p: ONE[p] for p in load_query(name).parameters if p in ONE}
    for day in (date(2019, 12, 31), date(2020, 1, 1), date(2023, 8, 1), date(2025, 7, 1)):
        found = crowd.query(name, Filters(day), **bound)
        assert "commune" not in found or set(found.commune.dropna()) <= there(crowd, day)


PARTY = Term("bi_thu", "2010-07-01", first_held="2010-07-01", unit=KHE_TRE)
ACCOUNTS = Term("tc_kt", "2010-07-01", first_held="2010-07-01", unit=KHE_TRE)
# School told of by a list only, on the day of which something plainer happens.
SCHOOL = [Level("hoc_van", "thcs"), Level("hoc_van", "thpt", reported="2018-03-01"), Level("llct", "so_cap")]


@pytest.mark.parametrize(
    ("terms", "levels", "told"),
    [
        # A certificate of that day, of a criterion that comes later in the alphabet.
        ([PARTY], [*SCHOOL, Level("llct", "trung_cap", obtained="2018-03-01", reported="2018-12-31")], "hoc_xong"),
        # A post left; what school was lacking for was asked by a standard that began after that post was taken.
        ([PARTY._replace(until="2018-03-01"), ACCOUNTS], [*SCHOOL, Level("tin_hoc", "a")], "doi_chuc_vu"),
        # A post left, in which a later standard found school lacking; in the other it was lacking from the start.
        (
            [ACCOUNTS._replace(since="2003-07-01", first_held="2003-07-01", until="2018-03-01"), PARTY],
            [*SCHOOL[:2], Level("llct", "trung_cap", obtained="2009-01-01")],
            "doi_chuc_vu",
        ),
    ],
)
def test_of_several_events_of_one_day_the_plainest_tells_why(
    enter: Enter, terms: list[Term], levels: list[Level], told: str
) -> None:
    store = Store(":memory:", create=True)
    enter(store, {"Hồ Văn Bé": person(terms, chuyen_mon="trung_cap", field="Kế toán", also=levels)})
    [row] = store.query("changed_people", Filters(DAY), from_on=date(2017, 12, 31), units="then").to_dict("records")
    assert (row["change_cause"], row["change"], str(row["turned_on"].date())) == (told, -1, "2018-03-01")
    store.close()
