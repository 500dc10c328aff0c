"""The law as data: what must hold of queries/reference whatever the law says.

That codes exist and no row is there twice is asked in tests/queries/test_reference_tables.py.
"""

import re
from collections import defaultdict
from datetime import date

import pytest

from common.reference_tables import never_at_once
from law.reference import REFERENCE, Law, add_months, plain, retires_on, rows

LAW = Law()
AREAS = ("mien_nui", "dong_bang")
STANDARDS = rows("standard")
DOCUMENTS = {row["document"]: row for row in rows("legal_document")}
LABELS = {(row["domain"], row["code"]) for row in rows("label")}
SQL = {f"{p.parent.name}/{p.stem}": p.read_text(encoding="utf-8") for p in REFERENCE.parent.glob("*/*.sql")}
TABLES = sorted(path.stem for path in REFERENCE.glob("*.csv"))


def kinds(row: dict[str, str]) -> set[str]:
    """What the levels of a standard row are: a level, a field, an age, ...; nothing for a row that ends a rule."""
    return {LAW.kind[row[column]] for column in ("required", "required_first") if row[column]}


# Standards


def test_a_standard_names_its_article_or_says_that_it_cannot() -> None:
    silent = [r["standard"] for r in STANDARDS if not r["article"] and "điều khoản" not in r["note"].lower()]
    assert silent == []


def test_a_standard_is_not_older_than_its_document() -> None:
    early = [r["standard"] for r in STANDARDS if r["effective_from"] < DOCUMENTS[r["document"]]["effective_on"]]
    assert early == []


def test_a_document_is_in_force_after_it_was_issued_and_before_it_ends() -> None:
    wrong = [
        code
        for code, row in DOCUMENTS.items()
        if not (row["issued_on"] <= row["effective_on"] < (row["ended_on"] or "9999-12-31"))
    ]
    assert wrong == []


def test_no_rule_outlives_its_document() -> None:
    """On the day a document ends another row, or none, has taken the place of each of its rows."""
    left = {
        (post, criterion, area, rule.standard)
        for (post, criterion, area), chain in LAW.chain.items()
        for rule in chain
        if (end := DOCUMENTS[rule.document]["ended_on"])
        and LAW.rule_on(post, criterion, area, date.fromisoformat(end)) is rule
        and LAW.kind[rule.required or rule.required_first or ""] != "training"
    }
    assert left == set()


def test_every_post_has_a_standard_in_both_areas_at_some_time() -> None:
    judged = {(post, area) for post, _, area in LAW.chain}
    assert judged == {(post, area) for post in LAW.group for area in AREAS}


@pytest.mark.parametrize(
    ("day", "part_time"), [(date(2025, 7, 1), {"ND33-KCT-hoc_van", "ND33-KCT-chuyen_mon"}), (date(2026, 5, 31), set())]
)
def test_from_july_2025_only_laws_of_single_posts_ask_for_anything(day: date, part_time: set[str]) -> None:
    """Luật 80/2025/QH15: every other chain says that it is out of scope, or has ended."""
    still = {
        rule.standard
        for post, criterion, area in LAW.chain
        if (rule := LAW.rule_on(post, criterion, area, day))
        and LAW.kind[rule.required or rule.required_first or ""] not in ("out_of_scope", "training")
    }
    militia, registration = {"DQTV19-chuyen_mon", "DQTV19-nganh"}, {"HOTICH-chuyen_mon-2025", "HOTICH-nganh-2025"}
    assert still == militia | registration | part_time


def test_the_training_asked_for_ends_with_its_rules() -> None:
    """Nothing that is only asked for, not judged, is left over from a document that has ended."""
    left = {
        rule.standard
        for post, criterion, area in LAW.chain
        if (rule := LAW.rule_on(post, criterion, area, date(2025, 7, 1)))
        and LAW.kind[rule.required or rule.required_first or ""] == "training"
    }
    assert left == set()


def test_each_criterion_asks_for_its_own_kind_of_level() -> None:
    anywhere = {"province_sets", "out_of_scope", "training"}
    for row in STANDARDS:
        for criterion in row["criteria"].split():
            own = {"nganh": "field", "tuoi_lan_dau": "age"}.get(criterion, "level")
            assert kinds(row) <= anywhere | {own}, row["standard"]


def test_an_age_binds_first_holders_only() -> None:
    assert [r["standard"] for r in STANDARDS if "age" in kinds(r) and r["required"]] == []


def test_state_management_is_never_judged() -> None:
    """Where the law asks for a course and names no level there is nothing to meet or miss."""
    assert {kind for r in STANDARDS if r["criteria"] == "qlnn" for kind in kinds(r)} == {"training"}


def test_a_field_is_looked_at_from_the_level_the_same_document_asks_for() -> None:
    for post, criterion, area in LAW.chain:
        for rule in LAW.chain[post, criterion, area]:
            if criterion != "nganh" or not rule.at_level:
                continue
            level = LAW.rule_on(post, "chuyen_mon", area, rule.from_on)
            assert level is not None
            assert (level.document, level.required) == (rule.document, rule.at_level), rule.standard
            assert (level.grace_before, level.grace_until) == (rule.grace_before, rule.grace_until), rule.standard
            assert level.province_floor == rule.province_floor, rule.standard


def test_what_a_province_may_lower_to_is_lower() -> None:
    for (_, criterion, _), chain in LAW.chain.items():
        ranked = "chuyen_mon" if criterion == "nganh" else criterion
        for rule in chain:
            asked = rule.at_level or rule.required
            if rule.province_floor and asked:
                assert LAW.rank[ranked, rule.province_floor] < LAW.rank[ranked, asked], rule.standard


def test_first_holders_are_asked_for_more() -> None:
    for (_, criterion, _), chain in LAW.chain.items():
        for rule in chain:
            if rule.required and rule.required_first:
                assert LAW.rank[criterion, rule.required] < LAW.rank[criterion, rule.required_first], rule.standard


def test_time_is_given_from_the_first_day_of_a_rule_on() -> None:
    for row in STANDARDS:
        if row["grace_until"]:
            assert row["grace_in_post_before"] == row["effective_from"], row["standard"]
            assert row["effective_from"] < row["grace_until"], row["standard"]


# Who checked what, and how sure it is


DOWNSIZING = [
    "downsizing_instrument",
    "downsizing_policy",
    "downsizing_formula",
    "downsizing_ground",
    "downsizing_refusal",
    "rounding_rule",
    "base_salary",
    "pension_time",
    "downsizing_evaluation",
]


@pytest.mark.parametrize("table", ["standard", "legal_document", *DOWNSIZING])
def test_a_check_has_a_name_and_a_day(table: str) -> None:
    assert [r for r in rows(table) if bool(r["checked_by"]) != bool(r["checked_on"])] == []


@pytest.mark.parametrize("table", ["standard", "legal_document", "post_field", *DOWNSIZING])
def test_every_row_says_how_sure_it_is(table: str) -> None:
    assert {r["confidence"] for r in rows(table) if ("confidence", r["confidence"]) not in LABELS} == set()


# Sentences


def told(rule_kinds: set[str], criterion: str, *, grace: bool, first: bool, months: bool) -> set[tuple[str, str, str]]:
    """What can be concluded from a rule: criterion, verdict and because as `sentence.csv` has them."""
    found: set[tuple[str, str, str]] = set()
    if "out_of_scope" in rule_kinds:
        found.add((criterion, "exempt", "out_of_scope"))
    if "province_sets" in rule_kinds:
        found.add((criterion, "exempt", "province_sets"))
        rule_kinds = rule_kinds | {"age" if criterion == "tuoi_lan_dau" else "level"}
    if "field" in rule_kinds:
        found |= {(criterion, "below", ""), (criterion, "meets", ""), (criterion, "exempt", "untrained")}
        found |= {(criterion, "unknown", why) for why in ("field", "field_fit")}
    elif "age" in rule_kinds:
        found |= {(criterion, verdict, "months" if months else "") for verdict in ("below", "meets")}
        found |= {(criterion, "unknown", why) for why in ("first_held_on", "birth_on", "gender")}
        found.add((criterion, "exempt", "not_first_holder"))
    elif "level" in rule_kinds:
        found |= {(criterion, "below", ""), (criterion, "below", "studying"), (criterion, "meets", "")}
        found.add((criterion, "unknown", "level"))
        if first:
            found.add((criterion, "unknown", "first_held_on"))
    if grace:
        found.add((criterion, "unknown", "service_start"))
    return found


def test_every_conclusion_the_law_allows_has_a_sentence() -> None:
    wanted: set[tuple[str, str, str]] = set()
    for row in STANDARDS:
        limit = LAW.age_limit.get(row["required_first"])
        for criterion in row["criteria"].split():
            wanted |= told(
                kinds(row),
                criterion,
                grace=bool(row["grace_until"]),
                first=bool(row["required"] and row["required_first"]),
                months=limit is not None and limit.months_left is not None,
            )
    have = {(r["criterion"], r["verdict"], r["because"]) for r in rows("sentence")}
    assert {(c, v, b) for c, v, b in wanted if (c, v, b) not in have and ("*", v, b) not in have} == set()


def test_sentences_use_only_words_that_are_filled_in() -> None:
    allowed = {"post", "held", "required", "article", "since", "first_held"}
    for row in rows("sentence"):
        text = f"{row['reason']} {row['remedy']}"
        assert set(re.findall(r"{(\w+)}", text)) <= allowed, text
        assert all(part.endswith(".") for part in (row["reason"], row["remedy"]) if part), text


def test_who_is_below_or_unknown_reads_what_can_be_done() -> None:
    assert [r for r in rows("sentence") if r["verdict"] in ("below", "unknown") and not r["remedy"]] == []


def test_every_phrase_is_said_somewhere_and_every_one_that_is_said_is_there() -> None:
    said = {code for text in SQL.values() for code in re.findall(r"\bphrase\('(\w+)'\)", text)}
    assert said == {row["code"] for row in rows("phrase")}


@pytest.mark.parametrize("row", rows("phrase"), ids=lambda row: row["code"])
def test_a_phrase_uses_only_words_that_are_filled_in(row: dict[str, str]) -> None:
    for text in SQL.values():
        if f"phrase('{row['code']}')" in text:
            assert set(re.findall(r"{\w+}", row["text"])) <= set(re.findall(r"'({\w+})'", text))


@pytest.mark.parametrize(
    "name", [n for n in SQL if n.startswith("downsizing/") or n in ("macros/people", "macros/ledger")]
)
def test_what_is_told_is_a_row_and_no_text_of_a_query(name: str) -> None:
    without_comments = re.sub(r"--.*", "", SQL[name])
    assert [text for text in re.findall(r"'([^']*)'", without_comments) if not text.isascii()] == []


# Ages, fields, words, units


def test_the_retirement_age_grows_as_the_decree_says() -> None:
    """NĐ 135/2020: 60 years 3 months and 55 years 4 months in 2021, then 3 and 4 months a year, to 62 and 60."""
    for gender, start, step, last in (("nam", 723, 3, 744), ("nu", 664, 4, 720)):
        for year in range(2021, 2040):
            age = min(start + step * (year - 2021), last)
            retires = date(year, 7, 1)
            assert retires_on(LAW, add_months(retires, -age), gender) == retires, (gender, year)


def test_a_post_whose_field_is_judged_has_fields_that_fit() -> None:
    judged = {post for post, criterion, _ in LAW.chain if criterion == "nganh"}
    assert judged == {post for (post, _), fit in LAW.fits.items() if fit}


def test_every_group_of_fields_has_words_and_says_where_it_fits() -> None:
    groups = {row["field_group"] for row in rows("field_group")}
    assert groups == {row["field_group"] for row in rows("field_word")}
    assert groups == {group for _, group in LAW.fits}


def test_a_word_has_one_meaning() -> None:
    meanings = defaultdict(set)
    for row in rows("word"):
        meanings[row["domain"], plain(row["word"])].add(row["code"])
    several = {word: codes for word, codes in meanings.items() if len(codes) > 1}
    assert {word: codes for word, codes in several.items() if not (word[0] == "post" and never_at_once(codes))} == {}


def test_a_word_means_something_there_is() -> None:
    known = {(criterion, level) for criterion, level in LAW.rank} | {("post", post) for post in LAW.group} | LABELS
    unread = {(r["domain"], r["code"]) for r in rows("word") if r["domain"] not in ("column", "domain")} - known
    assert {(domain, code) for domain, code in unread if code != "bo_qua"} == set()


def test_a_commune_goes_on_in_another_on_the_day_it_ends() -> None:
    units = {row["unit_id"]: row for row in rows("unit")}
    for row in rows("unit_lineage"):
        before, after = units[row["from_unit"]], units[row["to_unit"]]
        assert before["ended_on"] == row["on_date"] == after["valid_from"], row
    ended = {unit for unit, row in units.items() if row["ended_on"]}
    assert ended == {row["from_unit"] for row in rows("unit_lineage")}


def test_a_commune_has_one_code_and_one_tile_at_a_time() -> None:
    for day in ("2018-12-31", "2020-01-01", "2025-01-01", "2025-07-01"):
        there = [r for r in rows("unit") if (r["valid_from"] or day) <= day < (r["ended_on"] or "9999-12-31")]
        assert len({r["code"] for r in there}) == len({r["short_name"] for r in there}) == len(there)
        assert len({(r["tile_col"], r["tile_row"]) for r in there}) == len(there)
    assert all(r["unit_id"].startswith(r["code"] + "@") and ("area", r["area"]) in LABELS for r in rows("unit"))


@pytest.mark.parametrize("table", TABLES)
def test_no_table_names_a_person(table: str) -> None:
    """The commonest family names, followed by two names."""
    families = "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Trương|Đinh|Lương|Blúp|Alăng"
    name = re.compile(rf"\b(?:{families})(?: [A-ZĐÁÀẢÃẠÂĂÊÔƠƯ][^\W\d_A-Z]+){{2}}")
    text = (REFERENCE / f"{table}.csv").read_text(encoding="utf-8")
    # The youth union is named after somebody.
    assert name.findall(text.replace("Cộng sản Hồ Chí Minh", "").replace("TNCS Hồ Chí Minh", "")) == []
