"""The shared filters: the address and the chips say what is chosen, and what the address says is chosen."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from common.district import PATHS
from common.readers import all_of
from core import mergers
from core import store as engine
from core.mergers import TOWNSHIPS
from core.store import Filters, Store
from core.words import Words
from screen import filters

DAY = date(2018, 12, 31)
SHORT = {"communes": "xa", "groups": "nhom", "posts": "cd", "criteria": "tc", "verdicts": "kl"}


@pytest.fixture
def app(open_app: Callable[..., AppTest], own_district: Path) -> Callable[..., AppTest]:
    """The page of people below standard over the district, at an address."""
    return lambda **address: open_app(own_district, "substandard", **address)


def chips(app: AppTest) -> list[str]:
    return [b.label for b in app.button if str(b.key).startswith("chip-") and b.key != "chip-clear"]


def chosen(app: AppTest) -> Filters:
    found: Filters = app.session_state["filters-view"].filters
    return found


# The address


codes = st.lists(st.sampled_from(["20161", "can_bo", "bi_thu", "llct", "below"]), unique=True).map(tuple)


@given(
    lists=st.fixed_dictionaries(dict.fromkeys(SHORT, codes)),
    as_of=st.dates(date(2004, 2, 27), filters.LATEST),
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
    reader = all_of(district)
    units, places = reader.query("units", Filters(DAY)), reader.query("places", Filters(DAY))
    named = dict(zip(units.unit_code, units.commune, strict=True))
    choices = filters.Choices(named, Words.of(reader), TOWNSHIPS, places)

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
        "xa": ["20161", "20164"],
        "nhom": "can_bo",
        "cd": "bi_thu",
        "tc": "llct",
        "kl": "below",
        "ngay": "2017-06-30",
    }


@pytest.mark.parametrize(
    "day",
    ["", "hôm nay", "2018-02-30", "31/12/2018", "1900-01-01", "2031-01-01", "9999-12-31", ["2017-06-30", "2017-12-31"]],
)
def test_a_day_that_cannot_be_looked_at_is_told_and_that_of_the_data_is_shown(
    app: Callable[..., AppTest], day: str | list[str]
) -> None:
    page = app(ngay=day)

    assert not page.exception
    assert chosen(page) == Filters(DAY)
    assert page.query_params == {}
    assert told(page) == [
        "Địa chỉ nêu một ngày không xem được (cần viết như 2018-12-31, từ 27/02/2004 đến 31/12/2030); "
        "đang xem ngày 31/12/2018."
    ]


@pytest.mark.parametrize("day", ["2018-12-31", "2017-06-30"])
def test_a_day_that_can_be_looked_at_is_nothing_to_tell(app: Callable[..., AppTest], day: str) -> None:
    page = app(ngay=day)

    assert chosen(page) == Filters(date.fromisoformat(day))
    assert told(page) == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"cd": "abc"}, ["một chức vụ, chức danh không có trong kho số liệu; đang xem tất cả."]),
        ({"tc": ["xyz", "llct"]}, ["một tiêu chí không có trong kho số liệu; đang xem Lý luận chính trị."]),
        ({"nhom": "xyz"}, ["một nhóm không có trong kho số liệu; đang xem tất cả."]),
        ({"kl": ["Below", ""]}, ["một kết luận không có trong kho số liệu; đang xem tất cả."]),
        (
            {"ngay": "2017-06-31", "xa": "99999", "nhom": ["can_bo", "x"]},
            [
                "một ngày không xem được (cần viết như 2018-12-31, từ 27/02/2004 đến 31/12/2030); "
                "đang xem ngày 31/12/2018.",
                "một xã, thị trấn không có trong kho số liệu; đang xem tất cả.",
                "một nhóm không có trong kho số liệu; đang xem Cán bộ.",
            ],
        ),
        ({"nhom": "can_bo", "cd": "bi_thu", "tc": "llct", "kl": "below"}, []),
    ],
)
def test_what_an_address_names_that_does_not_exist_is_told(
    app: Callable[..., AppTest], address: dict[str, str | list[str]], said: list[str]
) -> None:
    page = app(**address)

    assert not page.exception
    assert told(page) == ([" ".join(f"Địa chỉ nêu {s}" for s in said)] if said else [])
    page.multiselect(key="filter-communes").set_value(["20161"]).run()
    assert told(page) == []


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


@pytest.mark.parametrize("signs", ["%", "_", "\"'", "🙂"])
def test_signs_alone_find_nobody_and_are_no_chip(app: Callable[..., AppTest], signs: str) -> None:
    page = app(tc="llct")
    page.text_input(key="filter-search").set_value(signs).run()
    assert chips(page) == ["Tiêu chí: Lý luận chính trị"]
    page.button(key="chip-criteria-llct").click().run()

    assert chips(page) == []
    assert [m.value for m in page.markdown if "Không có ai giữ chức vụ" in m.value]
    page.button(key="chip-clear").click().run()
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

    page.switch_page("app_pages/standards/page.py").run()

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


# Communes that were merged

LATER = date(2020, 6, 30)
FOLLOWED = "Hương Hòa không còn vào ngày 30/06/2020 (đã sáp nhập thành Hương Xuân); đang xem Hương Xuân."


@pytest.fixture
def overview(open_app: Callable[..., AppTest], own_district: Path) -> Callable[..., AppTest]:
    return lambda **address: open_app(own_district, "overview", **address)


def told(app: AppTest) -> list[str]:
    return [i.value for i in app.info if "; đang xem " in i.value]


def test_a_commune_is_followed_over_its_merger_and_back(overview: Callable[..., AppTest]) -> None:
    page = overview(xa="20176")
    assert told(page) == []

    page.date_input(key="filter-ngay").set_value(LATER).run()
    assert chosen(page).communes == ("20179",)
    assert chips(page) == ["Xã, thị trấn: Hương Xuân"]
    assert page.query_params == {"xa": "20179", "ngay": "2020-06-30"}
    assert told(page) == [FOLLOWED]

    page.date_input(key="filter-ngay").set_value(DAY).run()
    assert chosen(page).communes == ("20176", "20179")
    assert told(page) == [
        "Hương Xuân chưa có vào ngày 31/12/2018 (sau đó mới sáp nhập từ Hương Hòa và Hương Giang); "
        "đang xem Hương Hòa và Hương Giang."
    ]


def test_a_code_that_two_communes_had_is_followed_as_the_one_that_was_chosen(overview: Callable[..., AppTest]) -> None:
    page = overview(xa="20179")
    assert chips(page) == ["Xã, thị trấn: Hương Giang"]

    page.date_input(key="filter-ngay").set_value(LATER).run()

    assert told(page) == [FOLLOWED.replace("Hương Hòa", "Hương Giang")]


def test_a_commune_of_another_district_since_is_still_itself(overview: Callable[..., AppTest]) -> None:
    page = overview(xa="20161")
    page.date_input(key="filter-ngay").set_value(date(2025, 3, 1)).run()

    assert chosen(page).communes == ("20161",)
    assert told(page) == []


@pytest.mark.parametrize(
    ("address", "communes", "said"),
    [
        ({"xa": "20176", "ngay": "2020-06-30"}, ("20179",), FOLLOWED),
        (
            {"xa": ["20161", "20176"], "ngay": "2020-06-30"},
            ("20161", "20179"),
            FOLLOWED.replace("đang xem ", "đang xem Khe Tre và "),
        ),
        ({"xa": "99999"}, (), "Địa chỉ nêu một xã, thị trấn không có trong kho số liệu; đang xem tất cả."),
        (
            {"xa": ["<b>", "20161"]},
            ("20161",),
            "Địa chỉ nêu một xã, thị trấn không có trong kho số liệu; đang xem Khe Tre.",
        ),
        ({"xa": ["20161", "20164"]}, ("20161", "20164"), None),
    ],
)
def test_an_address_of_another_time_is_told(
    overview: Callable[..., AppTest], address: dict[str, str | list[str]], communes: tuple[str, ...], said: str | None
) -> None:
    page = overview(**address)

    assert chosen(page).communes == communes
    assert told(page) == ([said] if said else [])


def test_what_was_told_stays_with_its_view_and_goes_with_it(overview: Callable[..., AppTest]) -> None:
    page = overview(xa="20176", ngay="2020-06-30")
    assert told(page.run()) == [FOLLOWED]

    page.multiselect(key="filter-criteria").set_value(["llct"]).run()
    assert told(page) == []
    page.multiselect(key="filter-criteria").set_value([]).run()
    assert told(page) == []


def test_what_was_told_on_one_page_is_not_repeated_on_the_next(overview: Callable[..., AppTest]) -> None:
    page = overview(xa="99999")
    assert told(page)

    page.switch_page("app_pages/standards/page.py").run()

    assert told(page) == []


def test_a_commune_that_was_divided_or_is_gone_without_a_trace_is_followed_to_nothing(
    new_district: Callable[..., Store],
) -> None:
    store = new_district()
    with store.write() as cursor:
        cursor.execute("delete from unit_lineage where from_unit in ('20188@2018', '20191@2018')")
        cursor.execute(
            "insert into unit_lineage select '20188@2018', to_unit, date '2025-01-01', 'split', null, 'co_quan' "
            "from (values ('20188@2025a'), ('20191@2025a')) as t (to_unit)"
        )
    day = Filters(date(2025, 3, 1))

    assert mergers.followed(all_of(store), ["20188"], DAY, day) == (
        [],
        "Thượng Long không còn vào ngày 01/03/2025 (đã chia thành Thượng Long và Thượng Nhật); đang xem tất cả.",
    )
    assert mergers.followed(all_of(store), ["20191"], DAY, day) == (
        [],
        "Thượng Nhật không còn vào ngày 01/03/2025; đang xem tất cả.",
    )


def test_a_merged_commune_that_kept_its_name_and_code_is_told_both_ways(district: Store) -> None:
    late = date(2025, 8, 1)

    assert mergers.followed(all_of(district), ["20161"], DAY, Filters(late)) == (
        ["20161"],
        "Khe Tre đã sáp nhập với nơi khác trước ngày 01/08/2025; đang xem Khe Tre.",
    )
    codes, said = mergers.followed(all_of(district), ["20161"], late, Filters(DAY))
    assert codes == ["20161", "20164", "20170", "20185"]
    assert said.startswith("Khe Tre chưa sáp nhập vào ngày 31/12/2018 (còn là Khe Tre, Hương Phú,")


# Filters that a page does not heed

EVERYTHING = {"xa": "20164", "nhom": "can_bo", "cd": "bi_thu", "tc": "llct", "kl": "unknown"}
PAGES = [page for page in PATHS if page != "start"]


def chip_types(app: AppTest) -> dict[str, str]:
    """Which filters have a chip, and how it is drawn."""
    keys = {str(b.key): str(b.proto.type) for b in app.button if str(b.key).startswith("chip-")}
    return {key.split("-")[1]: drawn for key, drawn in keys.items() if key != "chip-clear"}


def answer(app: AppTest) -> list[str]:
    """The sentence and the figures of a page."""
    sentences = [m.value for m in app.markdown if m.value.startswith("## ")]
    return [*sentences, *(str(m.value) for m in app.metric), *(str(m.delta) for m in app.metric)]


@pytest.mark.parametrize("name", PAGES)
def test_a_chip_in_force_filters_the_answer_and_a_quiet_one_does_not(
    open_app: Callable[..., AppTest], own_district: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: set[str] = set()
    query = engine.Reader.query

    def noted(self: engine.Reader, asked: str, filters: Filters, **extra: object) -> object:
        bound = engine.load_query(asked).parameters
        used.update(n for n, value in vars(filters).items() if n in {*SHORT, "search"} and n in bound and value)
        return query(self, asked, filters, **extra)

    plain = answer(open_app(own_district, name))
    monkeypatch.setattr(engine.Reader, "query", noted)
    page = open_app(own_district, name, **EVERYTHING)
    used.clear()
    page.text_input(key="filter-search").set_value("hồ").run()
    assert not page.exception

    drawn = chip_types(page)
    loud = {n for n, kind in drawn.items() if kind == "secondary"}
    quiet = set(drawn) - loud
    if not drawn:
        assert not used
        assert not [c for c in page.caption if "không lọc theo" in c.value]
        return
    assert set(drawn) == {*SHORT, "search"}
    assert loud <= used
    # The district keeps no ledger of downsizing.
    assert (answer(page) != plain) == (name != "downsizing")
    said = [c.value for c in page.caption if c.value.startswith("Các con số chính của trang này không lọc theo ")]
    assert len(said) == bool(quiet)

    only = open_app(own_district, name, **{short: EVERYTHING[short] for n, short in SHORT.items() if n in quiet})
    if "search" in quiet:
        only.text_input(key="filter-search").set_value("hồ").run()
    assert set(chip_types(only).values()) <= {"tertiary"}
    assert answer(only) == plain


def test_a_quiet_chip_is_named_and_can_be_taken_off(open_app: Callable[..., AppTest], own_district: Path) -> None:
    page = open_app(own_district, "trends", xa="20164", kl="below")
    assert chip_types(page) == {"communes": "secondary", "verdicts": "tertiary"}
    unheeded = "Các con số chính của trang này không lọc theo kết luận."
    assert unheeded in [c.value for c in page.caption]

    page.button(key="chip-verdicts-below").click().run()

    assert chip_types(page) == {"communes": "secondary"}
    assert unheeded not in [c.value for c in page.caption]
