"""From one day to another: the start and its causes make the end, and communes are those of the day."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.district import HUONG_HOA, KHE_TRE, Enter
from common.questions import DAY, DAYS, FEW, FILTERS, NAMES, ONE, SCOPES, source
from common.readers import all_of
from core.store import Filters, Store, load_query
from law.case import Level, Term, person


def below(store: Store, day: Filters) -> int:
    return int(all_of(store).query("total", day).below[0])


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
    told = all_of(crowd).query("change_between", filters.on(last), from_on=first, units=units)
    assert (told.cause.iloc[0], told.cause.iloc[-1]) == ("start", "end")
    assert told.people.iloc[0] == below(crowd, as_then(crowd, filters.on(first), units, last))
    assert told.people.iloc[-1] == below(crowd, filters.on(last))
    assert told.people.iloc[0] + told.change.sum() == told.people.iloc[-1]
    people = all_of(crowd).query("changed_people", filters.on(last), from_on=first, units=units)
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
    return set(all_of(store).query("units", Filters(day)).commune)


@FEW
@given(SCOPES, FILTERS, st.sampled_from(DAYS))
def test_whoever_comes_or_leaves_does_so_in_a_commune_there_is(
    crowd: Store, scope: tuple[str, ...], filters: Filters, first: date
) -> None:
    first, last = sorted((first, filters.as_of))
    for row in crowd.seen_by(scope).query("flow_people", filters.on(last), from_on=first).itertuples():
        eve, day = (row.turned_on - pd.Timedelta(days=1)).date(), row.turned_on.date()
        assert pd.isna(row.from_commune) or row.from_commune in there(crowd, eve) | there(crowd, day)
        assert pd.isna(row.to_commune) or row.to_commune in there(crowd, day) | there(crowd, eve)


# These name communes of other days, each beside its day, and a posting stays in the commune it was made in.
OF_MANY_DAYS = {
    "changed_people",
    "flow_people",
    "merged_communes",
    "met_standard",
    "person_postings",
    "trend_by_commune",
}


@pytest.mark.parametrize("name", sorted({n for n in NAMES if "commune" in source(n)} - OF_MANY_DAYS))
def test_a_list_of_a_day_names_the_communes_of_that_day(name: str, crowd: Store) -> None:
    bound = {p: ONE[p] for p in load_query(name).parameters if p in ONE}
    for day in (date(2019, 12, 31), date(2020, 1, 1), date(2023, 8, 1), date(2025, 7, 1)):
        found = all_of(crowd).query(name, Filters(day), **bound)
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
    [row] = (
        all_of(store).query("changed_people", Filters(DAY), from_on=date(2017, 12, 31), units="then").to_dict("records")
    )
    assert (row["change_cause"], row["change"], str(row["turned_on"].date())) == (told, -1, "2018-03-01")
    store.close()


@pytest.mark.parametrize(("units", "commune"), [("then", "Hương Hòa"), ("now", "Hương Xuân")])
def test_after_a_merger_the_commune_is_that_of_the_day_or_of_today(enter: Enter, units: str, commune: str) -> None:
    store = Store(":memory:", create=True)
    enter(store, {"Hồ Văn Mới": person("tc_kt", unit=HUONG_HOA, first_held="2019-03-01", chuyen_mon="so_cap")})
    people = all_of(store).query("changed_people", Filters(date(2020, 12, 31)), from_on=date(2018, 12, 31), units=units)
    store.close()
    assert people[["commune", "change_cause", "change"]].to_numpy().tolist() == [[commune, "moi_nhan", 1]]
