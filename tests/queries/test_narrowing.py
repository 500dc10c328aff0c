"""No filter makes a query see more, figures count the very people of the lists, and a search is text."""

import unicodedata
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.questions import CRITERIA, DAY, FEW, FILTERS, GROUPS, SCOPES, VERDICTS, rows
from common.readers import all_of
from core.store import Filters, Store
from core.vietnamese import clean, key

WORSE = VERDICTS[::-1]


def loosened(filters: Filters, name: str) -> Filters:
    """The same filters with one taken off."""
    return Filters(**vars(filters) | {name: "" if name == "search" else ()})


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


NARROWS = ("communes", "groups", "posts", "criteria", "verdicts", "search")


@FEW
@given(
    SCOPES,
    FILTERS,
    st.sampled_from(NARROWS),
    st.sampled_from(("roster", "assessment", "verdicts", "decision_effect", "substandard_people")),
)
def test_a_filter_only_ever_narrows(
    crowd: Store, scope: tuple[str, ...], filters: Filters, taken_off: str, name: str
) -> None:
    if name == "substandard_people" and not filters.verdicts:
        # No verdict chosen means "below" to this list.
        filters = Filters(**vars(filters) | {"verdicts": ("below",)})
    wider = loosened(filters, taken_off)
    if name == "substandard_people" and taken_off == "verdicts":
        wider = Filters(**vars(filters) | {"verdicts": VERDICTS})
    few, many = (Counter(rows(crowd.seen_by(scope).query(name, f))) for f in (filters, wider))
    assert few <= many
    narrow, wide = (crowd.seen_by(scope).query("total", f).iloc[0] for f in (filters, wider))
    assert narrow["total"] <= wide["total"]
    assert narrow["below"] <= wide["below"]


@FEW
@given(SCOPES, FILTERS)
def test_every_figure_counts_the_people_of_the_same_verdicts(
    crowd: Store, scope: tuple[str, ...], filters: Filters
) -> None:
    everything = loosened(filters, "verdicts")
    judged = crowd.seen_by(scope).query("assessment", everything)
    posts = crowd.fetch("select post as position, group_code from post")
    judged = judged.merge(posts, on="position")
    assert as_counts(crowd.seen_by(scope).query("headline", filters), "group") == four(counted(judged, "group_code"))
    assert as_counts(crowd.seen_by(scope).query("communes", filters), "commune") == four(counted(judged, "commune"))
    by_commune = as_counts(crowd.seen_by(scope).query("substandard_by_commune", filters), "commune", "group")
    assert by_commune == four(counted(judged, "commune", "group_code"))

    [total] = as_counts(crowd.seen_by(scope).query("total", filters)).values()
    [*whole] = four(counted(judged)).values()
    assert [total] == (whole or [(0, 0, 0, 0)])
    # Nobody of the crowd serves in two communes at once.
    assert total == tuple(
        crowd.seen_by(scope).query("communes", filters)[["total", "below", "unknown", "transitional"]].sum()
    )

    below = judged[judged.verdict == "below"]
    people = crowd.seen_by(scope).query("substandard_people", everything)
    assert Counter(zip(people.person_id, people.position, people.criterion, strict=True)) == Counter(
        zip(below.person_id, below.position, below.criterion, strict=True)
    )
    assert people.person_id.nunique() == total[1]
    cells = crowd.seen_by(scope).query("matrix", filters)
    assert cells.set_index(["commune", "criterion"]).below[lambda n: n > 0].to_dict() == (
        below.groupby(["commune", "criterion"]).person_id.nunique().to_dict()
    )
    first = crowd.seen_by(scope).query("attention", filters)
    assert dict(zip(zip(first.commune, first.criterion, strict=True), first.below, strict=True)) == (
        below.groupby(["commune", "criterion"]).person_id.nunique().to_dict()
    )


COUNTS = ("headline", "total", "communes", "substandard_by_commune", "matrix", "attention")


@FEW
@given(
    SCOPES,
    FILTERS,
    st.sampled_from((*COUNTS, "assessment", "verdicts", "roster")),
    st.sampled_from(("communes", "groups", "posts", "criteria", "verdicts")),
)
def test_nothing_chosen_is_the_same_as_everything_chosen(
    crowd: Store, scope: tuple[str, ...], filters: Filters, name: str, chosen: str
) -> None:
    if name == "roster":
        # It is of people in post: to choose a verdict or a criterion is to leave out who is not judged.
        filters = loosened(loosened(filters, "criteria"), "verdicts")
        chosen = {"criteria": "communes", "verdicts": "posts"}.get(chosen, chosen)
    everything = {
        "communes": tuple(crowd.seen_by(scope).query("units", Filters(filters.as_of)).unit_code),
        "groups": GROUPS,
        "posts": tuple(crowd.fetch("select post from post").post),
        "criteria": CRITERIA,
        "verdicts": VERDICTS,
    }[chosen]
    nothing = loosened(filters, chosen)
    found = crowd.seen_by(scope).query(name, Filters(**vars(nothing) | {chosen: everything}))
    assert rows(found) == rows(crowd.seen_by(scope).query(name, nothing))


@FEW
@given(SCOPES, FILTERS)
def test_one_commune_is_its_row_among_all(crowd: Store, scope: tuple[str, ...], filters: Filters) -> None:
    everywhere = crowd.seen_by(scope).query("communes", loosened(filters, "communes"))
    for row, code in zip(rows(everywhere), everywhere.unit_code, strict=True):
        only = Filters(**vars(filters) | {"communes": (code,)})
        assert rows(crowd.seen_by(scope).query("communes", only)) == [row]


@FEW
@given(SCOPES, FILTERS)
def test_two_lists_say_the_same_of_the_same_criterion(crowd: Store, scope: tuple[str, ...], filters: Filters) -> None:
    one = Filters(**vars(filters) | {"verdicts": ("below",)})
    short, full = crowd.seen_by(scope).query("substandard_people", one), crowd.seen_by(scope).query("verdicts", one)
    columns = [c for c in short.columns if c in full.columns]
    assert Counter(rows(short[columns])) == Counter(rows(full[columns]))


@FEW
@given(SCOPES, FILTERS)
def test_dates_of_a_verdict_fit_the_day(crowd: Store, scope: tuple[str, ...], filters: Filters) -> None:
    day = pd.Timestamp(filters.as_of)
    found = crowd.seen_by(scope).query("assessment", filters)
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
        found = all_of(district).query(name, Filters(DAY, search=written))
        assert set(found.full_name) == {"Hồ Thị Anh", "Hồ Thị Ánh"}
    assert rows(all_of(district).query("total", Filters(DAY, search=written)))[0][0] == 2


@pytest.mark.parametrize(("written", "who"), [("dao", "Lê Văn Đào"), ("ĐÀO", "Lê Văn Đào"), ("pát", "Ra Pát Lộc")])
def test_a_part_of_a_name_will_do(written: str, who: str, district: Store) -> None:
    assert set(all_of(district).query("roster", Filters(DAY, search=written)).full_name) == {who}


@pytest.mark.parametrize("written", ["Ðào", "ðào", "le van Ðào", "Lê Văn ÐÀO"])
@pytest.mark.parametrize("name", ["roster", "assessment", "structure_people"])
def test_the_letter_of_an_old_font_finds_who_is_written_with_the_right_one(
    written: str, name: str, district: Store
) -> None:
    found = all_of(district).query(name, Filters(DAY, search=written))
    assert set(found.full_name) == {"Lê Văn Đào"}


@pytest.mark.parametrize("written", ["%", "_", "*", "'", '"', "\\", "?", "--", "…", "%_%"])
def test_a_sign_alone_finds_nobody(written: str, district: Store) -> None:
    sign = Filters(DAY, search=written)
    for name in ("roster", "assessment", "substandard_people", "ends_before_start"):
        assert all_of(district).query(name, sign).empty
    assert all_of(district).query("total", sign).total[0] == 0


@pytest.mark.parametrize("written", ["' or 1=1 --", "Hồ%", "$as_of", "hồ.*"])
def test_a_search_is_text_and_nothing_else(written: str, district: Store) -> None:
    found = all_of(district).query("roster", Filters(DAY, search=written))
    meant = key(written)
    assert set(found.full_name) == {
        n for n in all_of(district).query("roster", Filters(DAY)).full_name if meant in key(n)
    }


@FEW
@given(st.text(alphabet=st.sampled_from("aăâáàảãạđĐĂƠơưỲỹÐ ẤÉ'-.\t\u00a0\u0301\u0323\u200b"), max_size=12).map(clean))
def test_a_clean_name_has_one_key_in_the_store_and_in_python(district: Store, text: str) -> None:
    assert district.fetch("select text_key($x) as k", {"x": text}).k[0] == key(text)
