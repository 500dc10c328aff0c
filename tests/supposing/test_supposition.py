"""What would be: by another law, and in the time to come; worked out beside the store, which stays as it is."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.crowd import a_crowd
from common.district import HUONG_PHU, KHE_TRE, Enter
from common.readers import all_of
from core.columns import HEADINGS
from core.store import QUERIES, WHOLE_COUNTRY, Filters, Store, load_query
from core.store_file import StoreError
from core.words import Words
from law.case import Level, Term, person
from manage import main
from supposing.supposition import SupposedLaw, ahead, forget_draft, law_by_name, save_draft, under

DAY = date(2018, 12, 31)
TT13, ND33 = date(2019, 12, 25), date(2023, 8, 1)
FEW = settings(
    max_examples=12, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck), derandomize=True
)
FORESIGHT = sorted(path.stem for path in (QUERIES / "foresight").glob("*.sql"))


@pytest.fixture(scope="module")
def crowd(enter: Enter) -> Iterator[Store]:
    store = Store(":memory:", create=True)
    enter(store, a_crowd(Random(7)))
    with store.write() as cursor:
        cursor.execute(
            "insert into provincial_decision (decision, number, document, criterion, level, province_code, "
            "effective_from, origin) values ('QĐ8', 'QĐ 8/2021/QĐ-UBND', 'TT13', 'chuyen_mon', 'trung_cap', '46', "
            "'2021-06-01', 'co_quan')"
        )
    yield store
    store.close()


def by_law(store: Store, law: SupposedLaw, day: date) -> pd.DataFrame:
    with under(all_of(store), law, Filters(day)) as supposed:
        frame = supposed._fetch(
            "select posting_id, criterion, verdict, held, required, legal_ref, reason from supposed order by all", {}
        )
    return frame


def as_it_is(store: Store, day: date) -> pd.DataFrame:
    return store.fetch(
        "select posting_id, criterion, verdict, held, required, legal_ref, reason "
        "from explained($day, ['vn']) order by all",
        {"day": day},
    )


# Another law


@FEW
@given(st.dates(date(2004, 3, 1), date(2025, 6, 30)))
def test_the_law_of_the_day_itself_changes_nothing(crowd: Store, day: date) -> None:
    told = as_it_is(crowd, day)
    # What is supposed has no history to tell.
    told["reason"] = told.reason.str.replace(r" Kết luận này có từ [\d/]{10}, khi ấy theo .*$", "", regex=True)
    pd.testing.assert_frame_equal(by_law(crowd, SupposedLaw(day), day), told)
    with under(all_of(crowd), SupposedLaw(day), Filters(day)) as supposed:
        assert supposed.query("what_if", Filters(day)).empty


def test_the_store_is_as_before(sample: Store) -> None:
    before = as_it_is(sample, DAY)
    rules = len(sample.fetch("select * from rule"))
    with under(all_of(sample), SupposedLaw(ND33, levels={("bi_thu", "llct"): "cu_nhan"}), Filters(DAY)):
        pass
    with ahead(all_of(sample), Filters(DAY), date(2022, 12, 31)):
        pass
    pd.testing.assert_frame_equal(as_it_is(sample, DAY), before)
    assert len(sample.fetch("select * from rule")) == rules
    for name in FORESIGHT:
        assert all_of(sample).query(name, Filters(DAY), until=ND33, step="quarter").empty, name


def test_a_supposition_ends_with_an_error_too(sample: Store) -> None:
    before = as_it_is(sample, DAY)
    with pytest.raises(ZeroDivisionError), under(all_of(sample), SupposedLaw(ND33), Filters(DAY)):
        raise ZeroDivisionError
    pd.testing.assert_frame_equal(as_it_is(sample, DAY), before)


@pytest.fixture
def office(enter: Enter) -> Iterator[Store]:
    """A clerk with a secondary degree, a secretary of before, one of other years and one with everything."""
    store = Store(":memory:", create=True)
    clerk = {"hoc_van": "thpt", "tin_hoc": "co_ban", "llct": "trung_cap"}
    enter(
        store,
        {
            "Hồ Thị Ánh": person(
                "tc_kt", unit=KHE_TRE, first_held="2013-01-01", chuyen_mon="trung_cap", field="Kế toán", **clerk
            ),
            "Hồ Văn Bình": person(
                "tc_kt", unit=HUONG_PHU, first_held="2013-01-01", chuyen_mon="dai_hoc", field="Kế toán", **clerk
            ),
            "Lê Văn Cường": person(
                "bi_thu",
                unit=KHE_TRE,
                first_held="2010-07-01",
                hoc_van="thpt",
                chuyen_mon="trung_cap",
                field="Luật",
                llct="trung_cap",
            ),
        },
    )
    yield store
    store.close()


def flips(store: Store, law: SupposedLaw) -> list[tuple[str, ...]]:
    with under(all_of(store), law, Filters(DAY)) as supposed:
        rows = supposed.query("what_if", Filters(DAY))
        return [tuple(r) for r in rows[["full_name", "criterion", "verdict_now", "verdict"]].to_numpy().tolist()]


def test_who_flips_and_by_which_criterion(office: Store) -> None:
    ánh, cường = ("Hồ Thị Ánh", "chuyen_mon", "meets"), ("Lê Văn Cường", "chuyen_mon", "meets")
    # Mountain communes have no time of transition under TT 13/2019; those not yet ruled by it stay as they are.
    assert flips(office, SupposedLaw(TT13)) == [(*ánh, "below")]
    # NĐ 33/2023 gives those in post five years; without them they are below.
    assert flips(office, SupposedLaw(ND33)) == [(*ánh, "transitional"), (*cường, "transitional")]
    assert flips(office, SupposedLaw(ND33, grace=False)) == [(*ánh, "below"), (*cường, "below")]
    # The province may ask for trung cấp in the mountains.
    assert flips(office, SupposedLaw(ND33, province="lowered", grace=False)) == []


def test_what_the_province_has_decided_counts_unless_supposed_otherwise(office: Store) -> None:
    with office.write() as cursor:
        cursor.execute(
            "insert into provincial_decision (decision, number, document, posts, criterion, level, province_code, "
            "effective_from, origin) values ('QĐ9', 'QĐ 9/2024/QĐ-UBND', 'ND33', null, 'chuyen_mon', 'trung_cap', "
            "'46', '2023-08-01', 'co_quan')"
        )
    assert flips(office, SupposedLaw(ND33, grace=False)) == []
    assert len(flips(office, SupposedLaw(ND33, province="none", grace=False))) == 2


def test_the_reason_cites_the_law_and_its_own_day(office: Store) -> None:
    with under(all_of(office), SupposedLaw(TT13), Filters(DAY)) as supposed:
        row = supposed.query("what_if", Filters(DAY)).iloc[0]
    assert (row.required_now, row.required, row.held) == ("trung_cap", "dai_hoc", "trung_cap")
    assert "TT 13/2019/TT-BNV" in row.legal_ref
    assert "áp dụng từ 25/12/2019" in row.reason


def test_a_draft_is_never_shown_as_law(office: Store) -> None:
    draft = SupposedLaw(
        DAY, levels={("tc_kt", "llct"): "cao_cap", ("bi_thu", "chuyen_mon"): None}, draft="Dự thảo “Cao cấp”"
    )
    with under(all_of(office), draft, Filters(DAY)) as supposed:
        rows = supposed.query("what_if", Filters(DAY))
        held = supposed._fetch("select distinct criterion from supposed where post = 'bi_thu'", {}).criterion.tolist()
    # Nothing is asked of the secretary any more, which is no flip of one who met it.
    assert "chuyen_mon" not in held
    assert set(rows.full_name) == {"Hồ Thị Ánh", "Hồ Văn Bình"}
    assert set(rows.legal_ref) == {"Dự thảo “Cao cấp”"}
    assert all("Dự thảo “Cao cấp”" in reason for reason in rows.reason)


def test_counts_by_group_and_commune_agree_with_the_names(sample: Store) -> None:
    law = SupposedLaw(ND33, grace=False)
    with under(all_of(sample), law, Filters(DAY)) as supposed:
        people = supposed.query("what_if", Filters(DAY))
        groups = supposed.query("what_if_by_group", Filters(DAY)).set_index("group")
        communes = supposed.query("what_if_by_commune", Filters(DAY))
    headline = all_of(sample).query("headline", Filters(DAY)).set_index("group")
    assert groups.below_now.loc[headline.index].tolist() == headline.below.tolist() == [8, 2]
    assert groups.unknown_now.loc[headline.index].tolist() == headline.unknown.tolist()
    assert (groups.below_now + groups.newly_below - groups.no_longer_below == groups.below).all()
    assert (communes.below_now + communes.newly_below - communes.no_longer_below == communes.below).all()
    assert communes.below.sum() == groups.below.sum() > headline.below.sum()
    became = people[(people.verdict == "below") & (people.verdict_now != "below")].person_id.nunique()
    assert became >= communes.newly_below.sum()


def test_filters_narrow_a_supposition(sample: Store) -> None:
    law = SupposedLaw(ND33, grace=False)
    with under(all_of(sample), law, Filters(DAY)) as supposed:
        whole = supposed.query("what_if", Filters(DAY))
    for scope, filters, kept in (
        (WHOLE_COUNTRY, Filters(DAY, communes=("20188",)), whole[whole.commune == "Thượng Long"]),
        (WHOLE_COUNTRY, Filters(DAY, criteria=("hoc_van",)), whole[whole.criterion == "hoc_van"]),
        (WHOLE_COUNTRY, Filters(DAY, posts=("tc_kt",)), whole[whole.position == "tc_kt"]),
        (("20188",), Filters(DAY), whole[whole.commune == "Thượng Long"]),
        ((), Filters(DAY), whole.head(0)),
    ):
        with under(sample.seen_by(scope), law, filters) as supposed:
            found = supposed.query("what_if", filters)
        assert found.to_numpy().tolist() == kept.to_numpy().tolist()


def test_a_draft_is_kept_by_name_only(office: Store, capsys: pytest.CaptureFixture[str]) -> None:
    law = SupposedLaw(DAY, "lowered", grace=False, levels={("tc_kt", "llct"): "cao_cap", ("tc_kt", "tin_hoc"): None})
    with under(all_of(office), law, Filters(DAY)):
        pass
    assert office.fetch("select * from draft_level").empty
    save_draft(office, "Nâng chuẩn", law)
    save_draft(office, "Nâng chuẩn", law)
    assert law_by_name(office, "Nâng chuẩn") == SupposedLaw(
        DAY, "lowered", grace=False, levels=law.levels, draft="Dự thảo “Nâng chuẩn”"
    )
    assert flips(office, law_by_name(office, "Nâng chuẩn")) == flips(office, law)
    forget_draft(office, "Nâng chuẩn")
    with pytest.raises(StoreError, match=r"Không có tiêu chuẩn hay dự thảo “Nâng chuẩn”\. Có: .*ND33"):
        law_by_name(office, "Nâng chuẩn")


# The time to come


def points(store: Store, until: date, day: date = DAY) -> list[tuple[str, int, int]]:
    with ahead(all_of(store), Filters(day), until) as supposed:
        rows = supposed.query("forecast", Filters(day), until=until, step="quarter")
    days = rows.as_of.dt.strftime("%Y-%m-%d")
    return list(zip(days, rows.below_low.tolist(), rows.below_high.tolist(), strict=True))


def test_the_forecast_begins_with_today_and_holds_nothing_but_the_law_when_nothing_moves(office: Store) -> None:
    # The clerk is below from the first day of TT 13/2019; NĐ 33/2023 gives both until 01/08/2028.
    assert points(office, date(2020, 2, 15)) == [
        ("2018-12-31", 0, 0),
        ("2019-03-31", 0, 0),
        ("2019-06-30", 0, 0),
        ("2019-09-30", 0, 0),
        ("2019-12-31", 1, 1),
        ("2020-02-15", 1, 1),
    ]


LACKING = {"hoc_van": "thpt", "llct": "so_cap", "chuyen_mon": "trung_cap", "field": "Luật"}


@pytest.mark.parametrize(
    ("born", "gender", "earliest", "latest"),
    [
        ("1959-05-10", "nam", "2019-05-10", "2019-05-10"),
        ("1964-05-10", "nu", "2019-05-10", "2019-05-10"),
        # Any day of the year, any day of the month.
        ("1959", "nam", "2019-01-01", "2019-12-31"),
        ("1959-05", "nam", "2019-05-01", "2019-05-31"),
        # A man of that day retires five years after a woman, too late to be seen here.
        ("1964-05-10", None, "2019-05-10", None),
        # Past the age already: any day now, or not at all.
        ("1955-01-01", "nam", "2019-01-01", None),
        # The road map: a man born on 01/03/1961 retires at sixty years and three months.
        ("1961-03-01", "nam", "2021-06-01", "2021-06-01"),
    ],
)
def test_who_is_below_retires_on_a_day_of_his_own(
    enter: Enter, born: str, gender: str | None, earliest: str, latest: str | None
) -> None:
    store = Store(":memory:", create=True)
    enter(
        store,
        {"Hồ Văn Bé": person("bi_thu", unit=KHE_TRE, first_held="2010-07-01", born=born, gender=gender, **LACKING)},
    )
    until = date(2021, 12, 31)
    with ahead(all_of(store), Filters(DAY), until) as supposed:
        [row] = supposed.query("forecast_people", Filters(DAY), until=until).to_dict("records")
        communes = supposed.query("forecast_by_commune", Filters(DAY), until=until)
    assert (row["change"], row["change_cause"]) == (-1, "nghi_huu")
    assert str(row["earliest"].date()) == earliest
    assert (None if pd.isna(row["latest"]) else str(row["latest"].date())) == latest
    assert communes.below_high.tolist() == ([1] if latest is None else [])
    store.close()


def test_a_course_under_way_ends_between_tomorrow_and_its_whole_length(enter: Enter) -> None:
    store = Store(":memory:", create=True)
    studying = [Level("llct", "trung_cap", studying=True, reported="2018-12-31")]
    enter(store, {"Hồ Văn Bé": person("bi_thu", unit=KHE_TRE, first_held="2010-07-01", also=studying, **LACKING)})
    until = date(2020, 12, 31)
    with ahead(all_of(store), Filters(DAY), until) as supposed:
        [row] = supposed.query("forecast_people", Filters(DAY), until=until).to_dict("records")
    # Trung cấp lý luận chính trị takes twelve months (course_length.csv).
    assert (row["change_cause"], str(row["earliest"].date()), str(row["latest"].date())) == (
        "hoc_xong",
        "2019-01-01",
        "2019-12-31",
    )
    assert points(store, date(2019, 12, 31))[0::2] == [("2018-12-31", 1, 1), ("2019-06-30", 0, 1), ("2019-12-31", 0, 0)]
    store.close()


def test_time_of_transition_ends_and_courses_that_would_help_are_counted(enter: Enter) -> None:
    store = Store(":memory:", create=True)
    day, until = date(2022, 12, 31), date(2025, 3, 31)
    with store.write() as cursor:
        # As written it ends long after this law does.
        cursor.execute("update standard set grace_until = '2024-12-25' where document = 'ND33'")
    term = Term("tc_kt", "2015-01-01", first_held="2015-01-01", unit=KHE_TRE, reported="2022-12-31")
    levels = {"hoc_van": "thpt", "tin_hoc": "co_ban", "chuyen_mon": "trung_cap"}
    enter(store, {"Hồ Văn Bé": person([term], field="Luật", **levels)})
    assert points(store, until, day)[-3:] == [("2024-09-30", 0, 0), ("2024-12-31", 1, 1), ("2025-03-31", 1, 1)]
    with ahead(all_of(store), Filters(day), until) as supposed:
        changes = supposed.query("forecast_people", Filters(day), until=until)
        [short] = supposed.query("forecast_short", Filters(day), until=until).to_dict("records")
        [commune] = supposed.query("forecast_by_commune", Filters(day), until=until).to_dict("records")
    assert changes.empty
    # One degree in the right field cures both, and there is no time for one.
    assert (short["lacking"], short["courses"], short["course_months"], short["in_time"]) == (
        "Chuyên môn, Ngành đào tạo",
        1,
        42,
        False,
    )
    assert (commune["commune"], commune["below_low"], commune["below_high"], commune["courses_high"]) == (
        "Khe Tre",
        1,
        1,
        1,
    )
    store.close()


def test_of_two_posts_the_first_in_the_order_of_posts_is_shown(enter: Enter) -> None:
    store = Store(":memory:", create=True)
    until = date(2020, 12, 31)
    posts = [Term(post, "2012-01-01", unit=KHE_TRE) for post in ("ct_hdnd", "bi_thu")]
    enter(store, {"Hồ Văn Bé": person(posts, **LACKING)})
    with ahead(all_of(store), Filters(DAY), until) as supposed:
        [short] = supposed.query("forecast_short", Filters(DAY), until=until).to_dict("records")
    assert short["position"] == "bi_thu"
    store.close()


@FEW
@given(st.dates(date(2012, 1, 1), date(2023, 12, 31)), st.integers(30, 2000))
def test_a_forecast_begins_at_the_headline_and_its_two_ends_are_in_order(
    crowd: Store, day: date, ahead_days: int
) -> None:
    until = min(day + pd.Timedelta(days=ahead_days), date(2025, 6, 30))
    filters = Filters(day)
    with ahead(all_of(crowd), filters, until) as supposed:
        rows = supposed.query("forecast", filters, until=until, step="quarter")
        changes = supposed._fetch("select variant, sum(change) as net from foreseen_change group by variant", {})
        ends = supposed.query("forecast_by_commune", filters, until=until)
        names = supposed.query("forecast_short", filters, until=until)
    now = int(all_of(crowd).query("total", filters).below[0])
    if rows.empty:
        assert now == 0
        return
    assert (rows.below_low.iloc[0], rows.below_high.iloc[0]) == (now, now)
    assert (rows.below_low <= rows.below_high).all()
    assert rows.as_of.max().date() <= until
    net = dict(zip(changes.variant, changes.net, strict=True))
    reached = sorted(now + int(net.get(v, 0)) for v in ("early", "late"))
    last = rows[rows.as_of == pd.Timestamp(until)]
    assert last.empty or reached == [last.below_low.iloc[0], last.below_high.iloc[0]]
    assert len(names) >= ends.below_high.sum() or ends.empty
    assert set(ends.commune) == set(names.commune)


def test_a_forecast_sees_only_what_its_reader_may_see(sample: Store) -> None:
    until = date(2021, 12, 31)

    def found(scope: tuple[str, ...], filters: Filters) -> list[list[object]]:
        with ahead(sample.seen_by(scope), filters, until) as supposed:
            names = [n for n in FORESIGHT if "until" in load_query(n).parameters]
            return [
                supposed.query(n, filters, until=until, step="quarter").astype(str).to_numpy().tolist() for n in names
            ]

    nothing, one = found((), Filters(DAY)), found(("20188",), Filters(DAY))
    assert not any(nothing)
    assert one == found(WHOLE_COUNTRY, Filters(DAY, communes=("20188",)))
    assert all(one)
    assert one != found(WHOLE_COUNTRY, Filters(DAY))


# The command line and the words


@pytest.fixture
def in_shell(sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "so.duckdb"
    copy.write_bytes(sample_file.read_bytes())
    monkeypatch.setenv("DASHBOARD_STORE", str(copy))


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    assert main(["query", *words, "--format", "json"]) == 0
    rows: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return rows


@pytest.mark.usefixtures("in_shell")
def test_the_command_line_asks_the_same(capsys: pytest.CaptureFixture[str], sample: Store) -> None:
    flipped = asked(capsys, "what_if", "--standard", "nd33", "--no-grace", "--commune", "Khe Tre", "--group", "can_bo")
    filters = Filters(DAY, communes=("20161",), groups=("can_bo",))
    with under(all_of(sample), SupposedLaw(ND33, grace=False), filters) as supposed:
        assert [r["person_id"] for r in flipped] == supposed.query("what_if", filters).person_id.tolist() != []
    assert asked(capsys, "what_if", "--standard", "TT13", "--province", "lowered") == []
    coming = asked(capsys, "forecast", "--until", "2019-12-31")
    assert [(r["as_of"], r["below_low"], r["below_high"]) for r in coming] == points(sample, date(2019, 12, 31))


@pytest.mark.usefixtures("in_shell")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["what_if"], "cần --standard, ví dụ --standard ND33"),
        (["what_if", "--standard", "TT99"], "Không có tiêu chuẩn hay dự thảo “TT99”"),
        (["forecast"], "cần --until là một ngày sau ngày đang xem"),
        (["forecast", "--until", "2018-12-31"], "cần --until là một ngày sau ngày đang xem"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["query", *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_every_row_is_told_in_words(sample: Store) -> None:
    words, until = Words.of(all_of(sample)), date(2021, 12, 31)
    codes = set(words.rows.code)
    with (
        under(all_of(sample), SupposedLaw(ND33), Filters(DAY)) as law,
        ahead(all_of(sample), Filters(DAY), until) as coming,
    ):
        for name in FORESIGHT:
            reader = coming if "until" in load_query(name).parameters else law
            frame = reader.query(name, Filters(DAY), until=until, step="quarter")
            assert len(frame), name
            shown = words.present(frame)
            assert set(shown.columns) <= set(HEADINGS.values())
            assert not {str(v) for c in shown for v in shown[c]} & {c for c in codes if "_" in c}, name
