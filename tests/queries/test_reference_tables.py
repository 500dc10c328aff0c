"""The tables of queries/reference hang together, and every judged row finds a sentence in them."""

from collections import Counter
from datetime import date

import pytest

from common.questions import DAY
from common.readers import all_of
from common.reference_tables import reference
from core.store import Filters, Store
from core.vietnamese import key


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
        # Without a policy it is a condition that others name.
        named = {
            c
            for r in reference("downsizing_policy")
            if r["instrument"] == row["instrument"]
            for c in r["unless"].split()
        }
        assert ("policy", row["policy"]) in labels or (row["policy"] == "" and row["clause"] in named)
        kinds = {r["kind"] for r in reference("downsizing_ground") if r["instrument"] == row["instrument"]}
        assert row["only_kind"] in kinds | {""}
        assert row["formula"] in formulas | {""}
        assert {(row["instrument"], other) for other in row["unless"].split()} <= clauses
    assert {("policy", policy) for policy in codes("downsizing_form", "policy")} <= labels
    assert codes("downsizing_evaluation", "instrument") <= codes("downsizing_instrument", "instrument") | {"*"}
    assert {r["way"] == "0" for r in reference("downsizing_evaluation") if r["instrument"] == "*"} == {True}
    forms = {code for domain, code in labels if domain == "form"}
    assert codes("downsizing_form", "policy") <= forms
    assert forms == {code for domain, code in labels if domain == "form_unchecked"}
    # What is drawn like a form and is none says so.
    assert {code for domain, code in labels if domain == "no_form"} == {"policy", "top_up"}
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
        ("downsizing_form", ["policy", "sort"]),
        ("downsizing_ground", ["instrument", "ground", "applies_to", "way"]),
        ("rounding_rule", ["instrument", "measure", "from_months"]),
        ("downsizing_refusal", ["refusal", "document"]),
        ("base_salary", ["effective_from"]),
        ("pension_time", ["effective_from"]),
        ("downsizing_evaluation", ["instrument", "way", "year_before_last", "last_year", "this_year"]),
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
        (post, criterion, area, row["effective_from"], row["alternative"])
        for row in reference("standard")
        for post in row["posts"].split()
        for criterion in row["criteria"].split()
        for area in ([row["area"]] if row["area"] else ["mien_nui", "dong_bang"])
    )
    assert [k for k, n in begun.items() if n > 1] == []


def test_every_judged_row_finds_a_sentence(crowd: Store) -> None:
    for day in (date(2010, 1, 1), DAY, date(2020, 6, 1), date(2024, 1, 1), date(2025, 8, 1)):
        told = all_of(crowd).query("verdicts", Filters(day))
        assert told.reason.notna().all()
        assert not told.reason.str.contains(r"[{}]|\s{2}| ,|\(\)|None|nan").any()
        assert told.reason.str.match(r"^[A-ZĐ].*\.$").all(), told.reason[~told.reason.str.match(r"^[A-ZĐ].*\.$")].iloc[
            0
        ]
