"""The shared filters: the address and the chips say what is chosen, and what the address says is chosen."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import filters
from labels import Words
from store import Filters, Store

DAY = date(2018, 12, 31)
SHORT = {"communes": "xa", "groups": "nhom", "posts": "cd", "criteria": "tc", "verdicts": "kl"}


@pytest.fixture
def app(open_app: Callable[..., AppTest], own_district: Path) -> Callable[..., AppTest]:
    """The page of people below standard over the district, at an address."""
    return lambda **address: open_app(own_district, "substandard", **address)


def chips(app: AppTest) -> list[str]:
    return [b.label for b in app.button if str(b.key).startswith("chip-") and b.key != "chip-clear"]


def chosen(app: AppTest) -> Filters:
    found: Filters = app.session_state["filters"]
    return found


# The address


codes = st.lists(st.sampled_from(["20161", "can_bo", "bi_thu", "llct", "below"]), unique=True).map(tuple)


@given(
    lists=st.fixed_dictionaries(dict.fromkeys(SHORT, codes)),
    as_of=st.dates(filters.EARLIEST, filters.LATEST_LAW),
    search=st.text(min_size=1),
)
def test_the_address_holds_what_is_chosen_and_never_a_name(
    lists: dict[str, tuple[str, ...]], as_of: date, search: str
) -> None:
    address = filters.address(Filters(as_of, **lists, search=search), DAY)

    assert {name: tuple(address.get(short, ())) for name, short in SHORT.items()} == lists
    assert address.get("ngay") == (None if as_of == DAY else as_of.isoformat())
    assert filters.address(Filters(as_of, **lists), DAY) == address


def test_a_view_of_everything_has_a_bare_address() -> None:
    assert filters.address(Filters(DAY), DAY) == {}


@pytest.mark.parametrize(
    ("as_of", "before"),
    [
        (date(2018, 12, 31), date(2017, 12, 31)),
        (date(2019, 1, 1), date(2018, 12, 31)),
        (date(2020, 2, 29), date(2019, 12, 31)),
    ],
)
def test_figures_are_compared_with_the_end_of_the_year_before(as_of: date, before: date) -> None:
    assert filters.compared_day(as_of) == before


def test_every_code_that_can_be_chosen_has_a_name(district: Store) -> None:
    units = district.query("units", Filters(DAY))
    choices = filters.Choices(dict(zip(units.unit_code, units.commune, strict=True)), Words.of(district))

    for name in SHORT:
        offered = choices.codes(name)
        names = [choices.name(name, code) for code in offered]
        assert len(offered) > 1
        assert len(set(names)) == len(names), f"two of {name} are called the same"
        assert not set(names) & set(offered)


# The pages


def test_an_address_is_taken_over(app: Callable[..., AppTest]) -> None:
    page = app(xa=["20161", "20164"], nhom="can_bo", cd="bi_thu", tc="llct", kl="below", ngay="2017-06-30")

    assert chosen(page) == Filters(
        date(2017, 6, 30), ("20161", "20164"), ("can_bo",), ("bi_thu",), ("llct",), ("below",)
    )
    assert page.date_input(key="filter-ngay").value == date(2017, 6, 30)
    assert chips(page) == [
        "Xã, thị trấn: Khe Tre",
        "Xã, thị trấn: Hương Phú",
        "Nhóm: Cán bộ",
        "Chức vụ, chức danh: Bí thư Đảng ủy",
        "Tiêu chí: Lý luận chính trị",
        "Kết luận: Chưa đạt",
    ]
    assert page.query_params == {
        "xa": ["20161", "20164"], "nhom": "can_bo", "cd": "bi_thu", "tc": "llct", "kl": "below", "ngay": "2017-06-30",
    }  # fmt: skip


@pytest.mark.parametrize("day", ["", "hôm nay", "2018-02-30", "31/12/2018", "1900-01-01", "9999-12-31", "2018-12-31"])
def test_a_day_that_cannot_be_looked_at_is_that_of_the_data(app: Callable[..., AppTest], day: str) -> None:
    page = app(ngay=day)

    assert not page.exception
    assert chosen(page) == Filters(DAY)
    assert page.query_params == {}


def test_what_is_chosen_goes_into_the_address(app: Callable[..., AppTest]) -> None:
    page = app()
    page.multiselect(key="filter-communes").set_value(["20185"]).run()
    page.date_input(key="filter-ngay").set_value(date(2016, 5, 1)).run()

    assert page.query_params == {"xa": "20185", "ngay": "2016-05-01"}
    assert chosen(page) == Filters(date(2016, 5, 1), ("20185",))


def test_a_chip_takes_off_its_own_filter(app: Callable[..., AppTest]) -> None:
    page = app(xa=["20161", "20164"], tc="llct")
    page.button(key="chip-communes-20161").click().run()

    assert chips(page) == ["Xã, thị trấn: Hương Phú", "Tiêu chí: Lý luận chính trị"]
    assert page.query_params == {"xa": "20164", "tc": "llct"}
    assert page.multiselect(key="filter-communes").value == ["20164"]


def test_the_chip_of_a_search_takes_it_off(app: Callable[..., AppTest]) -> None:
    page = app(tc="llct")
    page.text_input(key="filter-search").set_value("anh").run()
    assert chips(page) == ["Tiêu chí: Lý luận chính trị", "Họ tên: anh"]

    page.button(key="chip-search").click().run()

    assert chips(page) == ["Tiêu chí: Lý luận chính trị"]
    assert page.text_input(key="filter-search").value == ""


def test_clear_takes_off_everything_but_the_day(app: Callable[..., AppTest]) -> None:
    page = app(xa="20161", nhom="can_bo", cd="bi_thu", tc="llct", kl="unknown", ngay="2017-06-30")
    page.text_input(key="filter-search").set_value("anh").run()

    page.button(key="chip-clear").click().run()

    assert chosen(page) == Filters(date(2017, 6, 30))
    assert chips(page) == []
    assert page.query_params == {"ngay": "2017-06-30"}


def test_without_a_filter_there_are_no_chips(app: Callable[..., AppTest]) -> None:
    page = app()

    assert [b.label for b in page.button if str(b.key).startswith("chip-")] == []


def test_another_page_keeps_the_filters_the_search_and_the_address(app: Callable[..., AppTest]) -> None:
    page = app(xa="20161")
    page.text_input(key="filter-search").set_value("đào").run()

    page.switch_page("app_pages/standards.py").run()

    assert not page.exception
    assert chosen(page) == Filters(DAY, ("20161",), search="đào")
    assert page.query_params == {"xa": "20161"}


def test_an_address_that_changes_by_itself_is_followed(app: Callable[..., AppTest]) -> None:
    page = app(xa="20161", tc="llct")

    # What a pasted link and the back button do.
    page.query_params.clear()
    page.query_params["xa"] = "20185"
    page.run()

    assert chosen(page) == Filters(DAY, ("20185",))
    assert page.multiselect(key="filter-criteria").value == []


def test_whoever_is_quicker_than_the_address_loses_nothing(app: Callable[..., AppTest]) -> None:
    page = app()
    page.multiselect(key="filter-communes").set_value(["20161"]).run()
    # The browser asks for the next run before it has heard of the new address.
    page.query_params.clear()
    page.multiselect(key="filter-criteria").set_value(["llct"]).run()

    assert chosen(page) == Filters(DAY, ("20161",), criteria=("llct",))
    assert page.query_params == {"xa": "20161", "tc": "llct"}


def test_a_commune_that_does_not_exist_on_the_day_is_no_filter(app: Callable[..., AppTest]) -> None:
    page = app(xa=["20161", "19999"])

    assert chosen(page).communes == ("20161",)
    assert page.query_params == {"xa": "20161"}


def test_what_others_keep_in_the_address_is_left_alone(app: Callable[..., AppTest]) -> None:
    page = app(xa="20161", nguoi="1")
    page.button(key="chip-communes-20161").click().run()

    assert page.query_params == {"nguoi": "1"}
