"""Who the officials are over time and who came and left: each point against a plain recount, small numbers untold."""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from common.district import HUONG_HOA, HUONG_PHU, KHE_TRE, Enter
from common.questions import FEW, FILTERS, SCOPES
from common.readers import all_of
from common.reference_tables import reference
from core.store import QUERIES, Filters, Store
from core.words import Words
from documents.listing import listing
from law.case import Level, Person, Term, person
from manage import main
from opening.new_store import fill

DAY = date(2018, 12, 31)
POSTS = ("bi_thu", "ct_ubnd", "ct_nd", "tc_kt", "vh_xh", "kct_thu_quy")
UNITS = (KHE_TRE, HUONG_PHU, HUONG_HOA, "20179@2018", "20185@2018")
LEVELS = {
    "hoc_van": ("tieu_hoc", "thcs", "thpt"),
    "chuyen_mon": ("chua", "so_cap", "trung_cap", "cao_dang", "dai_hoc", "thac_si"),
    "llct": ("chua", "so_cap", "trung_cap", "cao_cap"),
}
ENDS = ("nghi_huu", "tinh_gian", "chuyen_cong_tac", "thoi_viec", "het_nhiem_ky", "doi_chuc_vu", "khac", None)
BANDS = ((30, "duoi_30"), (40, "30_39"), (45, "40_44"), (50, "45_49"), (56, "50_55"), (200, "tren_55"))


def a_career(random: Random) -> list[Term]:
    """Terms one after the other or over each other, with gaps of nothing, a few days or years, some known by lists."""
    terms, begun = [], date(2006, 1, 1) + timedelta(random.randrange(4500))
    for _ in range(random.choice([1, 1, 2, 3])):
        lasted = timedelta(random.choice([30, 200, 700, 2000]))
        ends = random.random() < 0.7
        post, unit = random.choice(POSTS), random.choice(UNITS)
        terms.append(Term(post, begun.isoformat(), (begun + lasted).isoformat() if ends else None, unit=unit))
        if random.random() < 0.2:
            # A second post held at the same time.
            terms.append(Term(random.choice(POSTS), (begun + lasted / 2).isoformat(), unit=random.choice(UNITS)))
        if not ends:
            break
        begun += lasted + timedelta(random.choice([0, 0, 10, 300]))
    if random.random() < 0.15:
        terms.append(Term(random.choice(POSTS), None, unit=random.choice(UNITS)))
    return terms


def a_schooling(random: Random) -> list[Level]:
    return [
        Level(
            criterion,
            random.choice(levels),
            studying=random.random() < 0.1,
            obtained=random.choice(
                [
                    None,
                    f"{random.randint(2000, 2024)}",
                    f"{random.randint(2000, 2024)}-06",
                    f"{random.randint(2000, 2024)}-0{random.randint(1, 9)}-15",
                ]
            ),
            reported=random.choice(["2012-12-31", "2018-12-31", "2024-06-30"]),
        )
        for criterion, levels in LEVELS.items()
        for _ in range(random.choice([0, 1, 2, 3]))
    ]


def histories(seed: int) -> dict[str, Person]:
    random, people = Random(seed), {}
    for n in range(70):
        born = random.choice([None, "1965", "1972-11", "1976-02-29", f"19{random.randint(58, 95)}-0{1 + n % 9}-11"])
        people[f"{random.choice(['Hồ Văn', 'Lê Thị', 'A Lăng'])} {random.choice(['Anh', 'Ánh', 'Đào'])}" + " " * n] = (
            person(a_career(random), born=born, gender=random.choice(["nam", "nu", None]), also=a_schooling(random))
        )
    return people


@pytest.fixture(scope="module", params=[1, 2, 3])
def past(request: pytest.FixtureRequest, enter: Enter) -> Iterator[Store]:
    """Invented careers with ends and reasons, and peoples written in several ways."""
    store, random = Store(":memory:", create=True), Random(request.param)
    enter(store, histories(request.param))
    with store.write() as cursor:
        for posting in cursor.execute("select posting_id from posting where to_on is not null").fetchall():
            cursor.execute(
                "update posting set end_reason = $r where posting_id = $p",
                {
                    "r": random.choice(ENDS),
                    "p": posting[0],
                },
            )
        for who in cursor.execute("select person_id from person order by person_id").fetchall():
            people = random.choice(["Kinh", "kinh", "Cơ Tu", "Tà Ôi", None, "-"])
            cursor.execute("update person set ethnicity = $e where person_id = $p", {"e": people, "p": who[0]})
    yield store
    store.close()


def age(born: str, day: date) -> int:
    """Full years; who is born on 29/02 is a year older on 28/02 where there is no 29/02."""
    known = [int(part) for part in born.split("-")] + [1, 1]
    month, at = known[1], known[2]
    if (month, at) == (2, 29) and day.year % 4:
        at = 28
    return day.year - known[0] - ((day.month, day.day) < (month, at))


def recount(store: Store, filters: Filters) -> dict[tuple[str, str], int]:
    """People of the roster of one day, once each, by category of each dimension."""
    roster = all_of(store).query("roster", filters).drop_duplicates("person_id").set_index("person_id")
    peoples = store.fetch("select person_id, ethnicity from person").set_index("person_id").ethnicity
    counts: Counter[tuple[str, str]] = Counter()
    for who, row in roster.iterrows():
        for dimension in ("hoc_van", "chuyen_mon", "llct", "gender"):
            counts[dimension, "unknown" if pd.isna(row[dimension]) else row[dimension]] += 1
        years = None if pd.isna(row.birth_date) else age(row.birth_date, filters.as_of)
        counts["tuoi", "unknown" if years is None else next(b for limit, b in BANDS if years < limit)] += 1
        of = {"Kinh": "kinh", "kinh": "kinh", "Cơ Tu": "thieu_so", "Tà Ôi": "thieu_so"}
        counts["dan_toc", of.get(peoples[who], "unknown")] += 1
    return dict(counts)


@FEW
@given(FILTERS, st.sampled_from(["day", "month", "quarter", "year"]), st.integers(0, 1200))
def test_every_point_is_a_plain_recount_of_that_day(past: Store, filters: Filters, step: str, back: int) -> None:
    first = filters.as_of - timedelta(back)
    points = all_of(past).query("structure", filters, from_on=first, step=step, sensitive=True)
    days = past.fetch("select as_of from days_between($a, $b, $s)", {"a": first, "b": filters.as_of, "s": step})
    for day in {*days.as_of.sample(min(3, len(days)), random_state=1), pd.Timestamp(filters.as_of)}:
        there = points[points.as_of == day]
        expected = recount(past, filters.on(day.date()))
        told = dict(zip(zip(there.dimension, there.category, strict=True), there.people, strict=True))
        assert set(told) == set(expected)
        assert {k: n for k, n in told.items() if k[0] != "dan_toc"} == {
            k: n for k, n in expected.items() if k[0] != "dan_toc"
        }
        assert (there.total == sum(n for (d, _), n in expected.items() if d == "gender")).all()
        assert (there.share.dropna() == (there.people / there.total).dropna()).all()
        small = [n for (d, c), n in expected.items() if d == "dan_toc" and c != "unknown" and n < 5]
        for (dimension, category), people in told.items():
            if dimension == "dan_toc":
                n = expected[dimension, category]
                assert pd.isna(people) == (n < 5 or (category != "unknown" and bool(small)))
                assert pd.isna(people) or people == n


@FEW
@given(SCOPES, FILTERS)
def test_the_names_are_those_that_were_counted(past: Store, scope: tuple[str, ...], filters: Filters) -> None:
    points = past.seen_by(scope).query("structure", filters, from_on=filters.as_of, step="year", sensitive=False)
    people = past.seen_by(scope).query("structure_people", filters)
    assert people.person_id.is_unique
    for dimension in ("hoc_van", "chuyen_mon", "llct", "tuoi", "gender"):
        there = points[points.dimension == dimension]
        assert dict(zip(there.category, there.people, strict=True)) == (
            people[dimension].fillna("unknown").value_counts().to_dict()
        )


@FEW
@given(SCOPES, FILTERS, st.integers(0, 2500))
def test_the_start_and_who_came_and_left_make_the_end(
    past: Store, scope: tuple[str, ...], filters: Filters, back: int
) -> None:
    first = filters.as_of - timedelta(back)
    told = past.seen_by(scope).query("flows", filters, from_on=first)
    group_of = dict(past.fetch("select post, group_code from post").itertuples(index=False))

    def present(day: date, group: str) -> set[int]:
        roster = past.seen_by(scope).query("roster", filters.on(day))
        there = roster.position.map(group_of) == group
        return set(roster.person_id if group == "tat_ca" else roster.person_id[there])

    for (year, group), rows in told.groupby(["year", "group"]):
        start, end = (int(rows.people[rows.flow == f].iloc[0]) for f in ("stock_start", "stock_end"))
        assert start + rows.change.sum() == end
        assert (rows.people == rows.change.abs())[~rows.flow.isin(["stock_start", "stock_end"])].all()
        if year in (told.year.min(), told.year.max()):
            assert start == len(present(max(first, date(int(year) - 1, 12, 31)), str(group)))
            assert end == len(present(min(filters.as_of, date(int(year), 12, 31)), str(group)))
    people = past.seen_by(scope).query("flow_people", filters, from_on=first)
    moved = told[(told.group == "tat_ca") & (told.change != 0)]
    assert people.groupby([people.turned_on.dt.year, "flow"]).size().to_dict() == (
        moved.set_index(["year", "flow"]).people.to_dict()
    )
    # Who came was not there the day before, and who left is not there on the day.
    came = set(moved.flow[moved.change > 0])
    for event in people.sample(min(4, len(people)), random_state=1).itertuples():
        day = event.turned_on.date()
        there = [event.person_id in present(d, "tat_ca") for d in (day - timedelta(1), day)]
        assert there == ([False, True] if event.flow in came else [True, False])


# Reasons


@pytest.fixture
def told(enter: Enter) -> Iterator[Callable[..., list[tuple[str, str, str]]]]:
    """(who, day, flow) of everybody who came or left, for people entered with the reasons of their ends."""
    store = Store(":memory:", create=True)

    def told(
        people: dict[str, Person], ends: dict[str, str] | None = None, **chosen: object
    ) -> list[tuple[str, str, str]]:
        if people:
            enter(store, people)
        with store.write() as cursor:
            for unit_and_day, reason in (ends or {}).items():
                cursor.execute(
                    "update posting set end_reason = $r where to_on = $d::date",
                    {
                        "r": reason,
                        "d": unit_and_day,
                    },
                )
        found = all_of(store).query("flow_people", Filters(date(2021, 6, 30), **chosen), from_on=date(2014, 12, 31))  # type: ignore[arg-type]
        return [(r.full_name, r.turned_on.date().isoformat(), r.flow) for r in found.itertuples()][::-1]

    told.store = store  # type: ignore[attr-defined]
    yield told
    store.close()


Told = Callable[..., list[tuple[str, str, str]]]


def test_a_reason_is_that_of_the_record(told: Told) -> None:
    people = {
        "Hồ Văn Hưu": person([Term("bi_thu", "2010-01-01", "2016-03-01", unit=KHE_TRE)]),
        "Hồ Văn Không": person([Term("tc_kt", "2010-01-01", "2016-04-01", unit=KHE_TRE)]),
        "Hồ Văn Danh": person([Term("vh_xh", None, unit=KHE_TRE)]),
    }
    assert told(people, {"2016-03-01": "nghi_huu"}) == [
        ("Hồ Văn Hưu", "2016-03-01", "nghi_huu"),
        # Nobody said why.
        ("Hồ Văn Không", "2016-04-01", "khac"),
        # Known from the list of 2018 only.
        ("Hồ Văn Danh", "2018-12-31", "first_listed"),
    ]


def test_a_move_is_a_flow_only_of_those_who_look_at_one_side(told: Told) -> None:
    terms = [Term("tc_kt", "2010-01-01", "2016-05-01", unit=KHE_TRE), Term("bi_thu", "2016-05-01", unit=HUONG_PHU)]
    assert told({"Hồ Văn Chuyển": person(terms)}, {"2016-05-01": "chuyen_cong_tac"}) == []
    assert told({}, communes=("20161",)) == [("Hồ Văn Chuyển", "2016-05-01", "moved_out")]
    assert told({}, communes=("20164",)) == [("Hồ Văn Chuyển", "2016-05-01", "moved_in")]
    assert told({}, groups=("can_bo",)) == [("Hồ Văn Chuyển", "2016-05-01", "moved_in")]
    store: Store = told.store  # type: ignore[attr-defined]
    years = all_of(store).query("flows", Filters(DAY), from_on=date(2015, 12, 31))
    assert set(years.flow[years.group == "tat_ca"]) == {"stock_start", "stock_end"}
    assert set(years.flow[years.change != 0]) == {"moved_in", "moved_out"}
    [row] = (
        all_of(store).query("flow_people", Filters(DAY, communes=("20164",)), from_on=date(2015, 12, 31)).itertuples()
    )
    assert (row.from_commune, row.from_position, row.to_commune, row.to_position) == (
        "Khe Tre",
        "tc_kt",
        "Hương Phú",
        "bi_thu",
    )
    # Who may not see the other commune is not told of it.
    [row] = store.seen_by(("20164",)).query("flow_people", Filters(DAY), from_on=date(2015, 12, 31)).itertuples()
    assert pd.isna(row.from_commune)
    assert row.flow == "joined"


def test_a_gap_is_a_departure_and_a_return(told: Told) -> None:
    terms = [
        Term("tc_kt", begun, ended, unit=KHE_TRE)
        for begun, ended in [("2010-01-01", "2016-05-01"), ("2016-06-01", "2017-01-01"), ("2018-01-01", None)]
    ]
    assert told({"Hồ Văn Hở": person(terms)}, {"2016-05-01": "thoi_viec", "2017-01-01": "thoi_viec"}) == [
        ("Hồ Văn Hở", "2016-05-01", "moved_out"),
        ("Hồ Văn Hở", "2016-06-01", "moved_in"),
        # A year is too long to be the same service.
        ("Hồ Văn Hở", "2017-01-01", "thoi_viec"),
        ("Hồ Văn Hở", "2018-01-01", "joined"),
    ]


def test_a_merger_moves_nobody_but_out_of_what_is_looked_at(told: Told) -> None:
    stays = {"Hồ Văn Sáp": person([Term("tc_kt", "2012-01-01", unit=HUONG_HOA)])}
    assert told(stays) == []
    assert told({}, communes=("20176",)) == [("Hồ Văn Sáp", "2020-01-01", "merged_out")]
    assert told({}, communes=("20179",)) == [("Hồ Văn Sáp", "2020-01-01", "merged_in")]


def test_a_verdict_that_changes_moves_people_through_the_filter(told: Told) -> None:
    learns = person(
        "bi_thu",
        unit=KHE_TRE,
        first_held="2012-01-01",
        hoc_van="thpt",
        chuyen_mon="trung_cap",
        also=[
            Level("llct", "so_cap", obtained="2010-01-01"),
            Level("llct", "trung_cap", obtained="2017-06-30", reported="2018-12-31"),
        ],
    )
    assert told({"Hồ Văn Học": learns}, criteria=("llct",), verdicts=("below",)) == [
        ("Hồ Văn Học", "2017-06-30", "filter_out")
    ]
    assert told({}, criteria=("llct",), verdicts=("meets",)) == [("Hồ Văn Học", "2017-06-30", "filter_in")]


def test_whose_downsizing_was_approved_left_by_it_whatever_the_list_says(told: Told) -> None:
    leaves = {"Hồ Văn Giản": person([Term("ct_nd", "2010-01-01", "2016-07-01", unit=KHE_TRE)])}
    assert told(leaves, {"2016-07-01": "khac"})[0][2] == "khac"
    store: Store = told.store  # type: ignore[attr-defined]
    with store.write() as cursor:
        cursor.execute(
            "insert into downsizing_case by name select '1' as case_id, 1 as person_id, $unit as unit_id, "
            "'ct_nd' as post, 'ND108' as instrument, 'c' as point, 'nghi_huu' as policy, "
            "date '2016-06-15' as leaving_on, true as reduces, 1 as batch_id",
            {"unit": KHE_TRE},
        )
        cursor.execute(
            "insert into case_step by name select '1' as case_id, 'da_phe_duyet' as status, "
            "date '2016-05-01' as on_date, 1 as batch_id"
        )
    assert told({})[0][2] == "tinh_gian"


# Peoples: only when asked for, no small number, no name


@pytest.fixture
def peopled(enter: Enter) -> Iterator[Callable[[int, int, int], Store]]:
    """A commune with so many Kinh, so many of other peoples, so many of whom it is not known."""
    made = []

    def peopled(kinh: int, others: int, unknown: int) -> Store:
        store = Store(":memory:", create=True)
        made.append(store)
        fill(store, sample=False)
        of = ["Kinh"] * kinh + ["Cơ Tu"] * others + [None] * unknown
        enter(
            store, {f"Hồ Văn Anh{' ' * n}": person("tc_kt", unit=KHE_TRE, since="2015-01-01") for n in range(len(of))}
        )
        with store.write() as cursor:
            for n, people in enumerate(of):
                cursor.execute("update person set ethnicity = $e where person_id = $n", {"e": people, "n": n + 1})
        return store

    yield peopled
    for store in made:
        store.close()


@pytest.mark.parametrize(
    ("peoples", "told"),
    [
        ((10, 7, 0), {"kinh": 10, "thieu_so": 7}),
        ((5, 5, 2), {"kinh": 5, "thieu_so": 5, "unknown": "Dưới 5"}),
        # The other number would give it away.
        ((10, 4, 0), {"kinh": "Không nêu", "thieu_so": "Dưới 5"}),
        ((1, 12, 6), {"kinh": "Dưới 5", "thieu_so": "Không nêu", "unknown": 6}),
        ((3, 2, 0), {"kinh": "Dưới 5", "thieu_so": "Dưới 5"}),
        ((12, 0, 0), {"kinh": 12}),
    ],
)
def test_a_number_below_five_is_told_nowhere(
    peoples: tuple[int, int, int], told: dict[str, object], peopled: Callable[..., Store]
) -> None:
    store = peopled(*peoples)
    words = Words.of(all_of(store))
    found = listing(all_of(store), words, "Cơ cấu", "structure", Filters(DAY), from_on=DAY, step="year", sensitive=True)
    there = found.frame.dimension == "dan_toc"
    shown = found.shown[list(there)]
    assert dict(zip(found.frame.category[there], shown["Số người"], strict=True)) == told
    assert shown["Tỷ lệ"].isna().tolist() == [isinstance(n, str) for n in told.values()]
    sheet = load_workbook(io.BytesIO(found.excel()))["Danh sách"]
    in_file = {row[3]: row[4] for row in sheet.iter_rows(values_only=True) if row[2] == "Dân tộc"}
    assert in_file == {words.label("dan_toc", c): n for c, n in told.items()}


def test_peoples_are_told_only_when_asked_for(peopled: Callable[..., Store]) -> None:
    store = peopled(10, 7, 0)
    points = all_of(store).query("structure", Filters(DAY), from_on=DAY, step="year", sensitive=False)
    assert "dan_toc" not in set(points.dimension)
    for name in ("structure_people", "flow_people"):
        found = all_of(store).query(name, Filters(DAY), from_on=date(2014, 12, 31))
        assert len(found) == 17
        assert not {"ethnicity", "dan_toc"} & set(found.columns)
        assert not found.isin(["Kinh", "Cơ Tu", "kinh", "thieu_so"]).any(axis=None)


# The command line, and the country


def test_the_command_line_leaves_peoples_out_unless_asked(
    district_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(district_file))
    asked = ["query", "structure", "--as-of", "2018-12-31", "--format", "csv"]
    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    # One day only, where no first day is named.
    assert lines[0] == "as_of,dimension,category,people,total,share,hidden"
    assert {line.split(",")[0] for line in lines[1:]} == {"2018-12-31"}
    assert "dan_toc" not in {line.split(",")[1] for line in lines}
    assert main([*asked, "--sensitive", "--from", "2016-12-31", "--step", "year"]) == 0
    assert "2016-12-31,dan_toc,unknown,11,11,1.0," in capsys.readouterr().out.splitlines()
    assert main(["query", "structure", "--sensitive", "--as-of", "2018-12-31"]) == 0
    assert "Tỷ lệ" in capsys.readouterr().out
    assert main(["query", "flows", "--as-of", "2018-12-31"]) == 2
    assert "cần --from" in capsys.readouterr().err


def test_figures_of_the_country_are_dated_sourced_and_of_known_levels() -> None:
    rows = reference("national_figure")
    with_sums = Counter[tuple[str, str]]()
    for row in rows:
        assert row["source"]
        assert row["as_of"]
        # How many people the share of 2019-2021 is of, its source does not say.
        assert row["people"] == ("206707" if row["figure"] == "2024" else "")
        known = {r["level"] for r in reference("level") if r["criterion"] == row["dimension"]}
        known |= {r["code"] for r in reference("label") if r["domain"] == row["dimension"]}
        assert set(row["levels"].split()) <= known
        with_sums[row["figure"], row["dimension"]] += round(float(row["share"]) * 10_000)
    # What the source tells in full makes a whole.
    assert {n for (figure, _), n in with_sums.items() if figure == "2024"} == {10_000}
    assert with_sums["2019_2021", "chuyen_mon"] == 8_230
    assert (QUERIES / "workforce" / "national_figures.sql").exists()
