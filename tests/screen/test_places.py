"""A store of several provinces: people are counted by what can be read, a place narrows all there is to see."""

import shutil
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import people
from common.readers import all_of
from core.store import WHOLE_COUNTRY, Filters, Store, insert, load_query, query_names
from core.words import Words
from documents.listing import listing
from intake.commit import Facts, record
from screen import filters

Open = Callable[..., AppTest]
DAY = date(2018, 12, 31)
# Three districts of the first province and two of the second, of sixteen communes each.
PROVINCES = {"000": "01", "001": "01", "002": "01", "003": "02", "004": "02"}
# Of suppositions nothing is worked out here; the other one says names only.
BY_PLACE = [
    n
    for n in query_names()
    if "per" in load_query(n).parameters
    and n not in ("forecast_by_commune", "what_if_by_commune", "substandard_by_commune")
]
OWN = {"from_on": date(2017, 12, 31), "step": "year", "units": "then"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eighty invented communes in a closed file."""
    units, frames = people.country(80)
    provinces = units.district_code.map(PROVINCES)
    units = units.assign(province_code=provinces, province="tỉnh Thử nghiệm " + provinces.str.lstrip("0"))
    path = tmp_path_factory.mktemp("hai-tinh") / "so.duckdb"
    with Store(str(path), create=True) as store:
        with store.write() as cursor:
            cursor.execute("delete from unit where district_code = '483'")
            insert(cursor, "unit", units.assign(origin="co_quan"))
        facts = Facts(frames.people, frames.postings, frames.qualifications)
        record(store, facts, kind="list", title="Hai tỉnh", as_of=DAY, made_by="x", strangers=True)
    return path


@pytest.fixture(scope="module")
def store(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same, open."""
    return Store(str(shutil.copy(file, tmp_path_factory.mktemp("mo") / "so.duckdb")))


@pytest.fixture
def open_page(open_app: Open, file: Path, tmp_path: Path) -> Open:
    """Opens a page on a copy of the file with an address."""
    copy = Path(shutil.copy(file, tmp_path / "so.duckdb"))

    def open_page(page: str, **address: str) -> AppTest:
        app = open_app(copy, page, unfolded=False, **address)
        assert not app.exception
        return app

    return open_page


def asked(name: str) -> dict[str, object]:
    return {k: v for k, v in OWN.items() if k in load_query(name).parameters}


def sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ")


def noi(app: AppTest) -> str:
    """The place that the address names; it may be a list or not."""
    said = app.query_params.get("noi", "")
    return said if isinstance(said, str) else "".join(said)


def told(app: AppTest) -> str:
    return " ".join(e.value for e in [*app.info, *app.caption, *app.subheader])


@pytest.mark.parametrize("name", BY_PLACE)
@pytest.mark.parametrize("per", ["district", "province"])
def test_a_place_counts_what_is_seen_when_all_is_narrowed_to_it(name: str, per: str, store: Store) -> None:
    reader = all_of(store)
    wide = reader.query(name, Filters(DAY, per=per), **asked(name))
    codes = sorted(set(wide.unit_code))
    if name not in ("downsizing_by_commune", "guidance_by_commune"):  # nothing of that is invented here
        assert codes == (["01", "02"] if per == "province" else [f"{p}/{d}" for d, p in PROVINCES.items()])
    for code in codes:
        narrow = reader.query(name, Filters(DAY, place=code, per=per), **asked(name))
        here = wide[wide.unit_code == code].reset_index(drop=True)
        pd.testing.assert_frame_equal(narrow.sort_values([*narrow]), here.sort_values([*here]), check_like=True)


@pytest.mark.parametrize("per", ["commune", "district", "province"])
def test_the_places_together_are_everybody(per: str, store: Store) -> None:
    reader = all_of(store)
    total = reader.query("total", Filters(DAY)).iloc[0]
    places = reader.query("communes", Filters(DAY, per=per))
    assert (places.total.sum(), places.below.sum()) == (total.total, total.below)
    assert places.below.sum() > 0


SCOPES = st.sampled_from([WHOLE_COUNTRY, ("01",), ("01/001",), ("00003",), ("02", "01/000"), ("01/002", "00070"), ()])
PLACES = st.sampled_from(["", "01", "02", "01/001", "02/004", "0", "vn", "00003", "01/", "/", "99/999"])


@settings(max_examples=40, deadline=None)
@given(scope=SCOPES, place=PLACES)
def test_no_place_shows_more_than_the_scope(scope: tuple[str, ...], place: str, store: Store) -> None:
    seen = store.seen_by(scope).query("roster", Filters(DAY, place=place))
    assert set(seen.person_id) <= set(store.seen_by(scope).query("roster", Filters(DAY)).person_id)
    known = store.seen_by(scope).query("places", Filters(DAY)).place_code
    if place in set(known) and scope == WHOLE_COUNTRY:
        there = store.seen_by((place,)).query("roster", Filters(DAY))
        pd.testing.assert_frame_equal(seen, there)


def test_the_country_is_read_by_province_and_one_comes_down_to_communes(open_page: Open) -> None:
    app = open_page("overview")
    assert "2 tỉnh, thành phố" in told(app)
    assert next(iter(app.dataframe[0].value.columns)) == "Tỉnh, thành phố"
    assert [s.key for s in app.sidebar.multiselect] == ["filter-posts", "filter-criteria", "filter-verdicts"]

    app.sidebar.selectbox(key="filter-place").set_value("01").run()
    assert noi(app) == "01"
    assert "3 huyện, thị xã, thành phố" in told(app)
    assert next(iter(app.dataframe[0].value.columns)) == "Huyện, thị xã, thành phố"

    app.sidebar.selectbox(key="filter-place").set_value("01/001").run()
    assert "16 xã, thị trấn" in told(app)
    assert "filter-communes" in [s.key for s in app.sidebar.multiselect]
    assert len(app.sidebar.multiselect(key="filter-communes").options) == 16


def test_a_district_is_taken_off_for_its_province(open_page: Open) -> None:
    app = open_page("overview", noi="01/001")
    app.button(key="chip-place-01/001").click().run()
    assert noi(app) == "01"
    app.button(key="chip-place-01").click().run()
    assert noi(app) == ""


@pytest.mark.parametrize(("said", "shown"), [("01/999", "01"), ("77", ""), ("<b>", "")])
def test_an_address_of_a_place_that_is_not_there_says_so(said: str, shown: str, open_page: Open) -> None:
    app = open_page("overview", noi=said)
    assert "không có vào ngày đang xem" in told(app)
    assert noi(app) == shown


@pytest.mark.parametrize("page", ["substandard", "training", "trends", "structure", "met_standard"])
def test_too_many_people_are_counted_not_named(page: str, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page(page)
    assert "quá nhiều người" not in told(app)
    whole = sentence(app)

    monkeypatch.setattr(filters, "_NAMEABLE", 100)
    app = open_page(page)
    assert "quá nhiều người" in told(app)
    assert sentence(app) == whole

    # Within a province they are few enough.
    assert "quá nhiều người" not in told(open_page(page, noi="01"))


@pytest.mark.parametrize("page", ["forecast", "what_if", "downsizing"])
def test_what_takes_minutes_waits_until_it_is_asked_for(
    page: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "_NAMEABLE", 100)
    app = open_page(page)
    assert "Trang này tính cho từng người" in told(app)
    assert not [m for m in app.markdown if m.value.startswith("## ")]
    next(b for b in app.button if b.label == "Tính cho tất cả").click().run()
    assert not app.exception
    assert sentence(app)


def test_data_quality_counts_the_country_and_looks_at_people_in_a_province(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "_NAMEABLE", 100)
    app = open_page("quality")
    assert app.metric[2].value == "—"
    assert "quá nhiều người" in told(app)
    assert "chưa gửi danh sách nào" in sentence(app)


def test_the_file_of_a_list_without_names_on_screen_has_them_all(store: Store) -> None:
    reader = all_of(store)
    words, chosen = Words.of(reader), Filters(DAY, per="province")
    unnamed = listing(reader, words, "Danh sách chưa đạt chuẩn", "substandard_people", chosen, named=False)
    named = listing(reader, words, "Danh sách chưa đạt chuẩn", "substandard_people", chosen)
    assert unnamed.frame.empty
    assert [*unnamed.frame] == [*named.frame]
    rows = [
        [[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(of.excel())).worksheets[0].rows]
        for of in (unnamed, named)
    ]
    assert len(rows[0]) > len(named.frame) > 100
    # But for the line that says when it was made.
    assert sum(a != b for a, b in zip(*rows, strict=True)) <= 1
