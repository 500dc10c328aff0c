"""The longer sample, `init --sample --until 2025-06-30`: what the years after 2018 make of the very same people."""

import contextlib
import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from benefits import own_retirement_age
from casework import bases
from downsizing_law import Law
from later import MERGING, XUAN, Later
from manage import main
from officials import group_of, retirement_day
from store import ROOT, Filters, Store
from yearly import days, write_years

FIRST, LAST = date(2018, 12, 31), date(2025, 6, 30)
DAYS = [FIRST, *days(LAST)]
JOINT = {("bi_thu", "ct_hdnd"), ("bi_thu", "ct_ubnd"), ("ct_hdnd", "pho_bi_thu"), ("ct_mttq", "pho_bi_thu")}


class Said(NamedTuple):
    """What the command line says of a new store: on stderr when it makes it, then what the doctor says."""

    odd: str
    health: str


def made(path: Path, *arguments: str) -> Said:
    """Make a store as the command line does, and have the doctor see it."""
    errors, health = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_STORE", str(path))
        with contextlib.redirect_stderr(errors):
            assert main(["init", "--sample", *arguments]) == 0
        with contextlib.redirect_stdout(health):
            assert main(["doctor"]) == 0
    return Said(errors.getvalue(), health.getvalue())


@pytest.fixture(scope="session")
def said_and_long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Said, Store]]:
    """The longer sample, and what was said of it."""
    path = tmp_path_factory.mktemp("dài") / "kho.duckdb"
    said = made(path, "--until", LAST.isoformat())
    store = Store(str(path))
    yield said, store
    store.close()


@pytest.fixture(scope="session")
def long(said_and_long: tuple[Said, Store]) -> Store:
    """The longer sample."""
    return said_and_long[1]


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample until the last day that needs no generator."""
    path = tmp_path_factory.mktemp("ngắn") / "kho.duckdb"
    made(path, "--until", "31/12/2018")
    store = Store(str(path))
    yield store
    store.close()


@pytest.fixture(scope="session")
def drawn() -> Later:
    """The people and what became of them, as they were drawn."""
    return Later()


def total(store: Store, day: date, column: str, group: str | None = None) -> int:
    rows = store.query("headline", Filters(day))
    return int(rows[rows.group == group if group else rows.group != "khong_chuyen_trach"][column].sum())


def in_post(store: Store, day: date) -> pd.DataFrame:
    return store.query("roster", Filters(day))


# The first part


@pytest.mark.parametrize("name", ["headline", "substandard_by_commune", "substandard_people", "assessment", "roster"])
def test_the_day_of_the_report_stays_as_it_was(name: str, long: Store, short: Store) -> None:
    pd.testing.assert_frame_equal(long.query(name, Filters(FIRST)), short.query(name, Filters(FIRST)))


def test_no_day_before_2019_changes(long: Store, short: Store) -> None:
    def course(store: Store) -> pd.DataFrame:
        return store.query("trend", Filters(FIRST), from_on=date(2015, 1, 1), step="month", units="then")

    pd.testing.assert_frame_equal(course(long), course(short))


# The lists


def test_nothing_is_turned_away_and_only_the_old_slip_is_told(said_and_long: tuple[Said, Store]) -> None:
    said, store = said_and_long
    assert store.fetch("select count(*) as n from rejected_row").n[0] == 0
    (line,) = said.odd.splitlines()
    assert "Chuyên nghành" in line


def test_every_year_has_its_lists_and_registers(long: Store) -> None:
    about = long.query("about", Filters(FIRST)).iloc[0]
    assert about.data_as_of.date() == LAST
    assert about["sample"]
    sent = long.fetch("select as_of, count(*) as n from batch_unit group by as_of order by as_of")
    assert {d.date(): n for d, n in zip(sent.as_of, sent.n, strict=True)} == {
        day: 11 if day.year < 2020 else 10 for day in DAYS
    }


def test_the_lists_say_what_was_drawn(long: Store, drawn: Later) -> None:
    """Nobody is split in two, forgotten, or kept in a post they left."""
    names = {"20179@2018": "Hương Giang", "20176@2018": "Hương Hòa", XUAN.unit_id: XUAN.name}
    for day in DAYS:
        expected = Counter(
            (p.full_name, s.post, XUAN.name if day.year >= 2020 and s.unit_id in names else s.unit_id)
            for p in drawn.people
            for s in p.services
            if s.since.on <= day and (s.to_on is None or s.to_on > day)
        )
        units = long.query("units", Filters(FIRST))
        known = dict(zip(units.commune, units.unit_id, strict=True))
        rows = in_post(long, day)
        found = Counter(
            (r.full_name, r.position, XUAN.name if r.commune == XUAN.name else known[r.commune])
            for r in rows.itertuples()
        )
        assert found == expected


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    """Whatever order a process keeps its sets in, and however far the years go."""
    written = []
    for name, until, seed in (("a", "2020-12-31", "1"), ("b", "2020-06-30", "2")):
        (tmp_path / name).mkdir()
        command = [sys.executable, str(ROOT / "sample_data" / "yearly.py"), str(tmp_path / name), until]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed}, stdout=subprocess.DEVNULL)
        files = (tmp_path / name / "2019-12-31").glob("*.xlsx")
        written.append({path.name: path.read_bytes() for path in files})
    assert written[0] == written[1]
    assert len(written[0]) == 11 + 2 + 1
    assert sorted(p.name for p in (tmp_path / "b").iterdir()) == ["2019-12-31", "2020-06-30"]


def test_a_register_with_nothing_to_tell_is_not_written(tmp_path: Path) -> None:
    last = write_years(tmp_path, date(2020, 1, 1))[-1]
    assert [path.name for path in last.registers] == ["qua-trinh-cong-tac.xlsx"]
    assert len(last.lists) == 10


# What happened


def test_two_communes_become_one(long: Store) -> None:
    before, after = in_post(long, date(2019, 12, 31)), in_post(long, date(2020, 12, 31))
    assert before.commune.nunique() == 11
    assert after.commune.nunique() == 10
    xuan = after[after.commune == XUAN.name]
    for name in MERGING:
        came = set(before.person_id[before.commune == name]) & set(xuan.person_id)
        assert len(came) >= 10
        assert name not in set(after.commune)
    sizes = [
        int(rows[rows.commune == XUAN.name].total.sum())
        for day in (date(2020, 1, 1), *DAYS[2:])
        for rows in [long.query("substandard_by_commune", Filters(day, groups=("can_bo", "cong_chuc")))]
    ]
    assert sizes[0] >= 30
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] <= 21


def test_the_district_is_another_from_2025(long: Store) -> None:
    districts = {day: set(long.query("units", Filters(day)).district) for day in (date(2024, 12, 31), date(2025, 1, 1))}
    assert list(districts.values()) == [{"huyện Nam Đông"}, {"huyện Phú Lộc"}]
    last, first = in_post(long, date(2024, 12, 31)), in_post(long, date(2025, 1, 1))
    left = long.fetch("select distinct person_id from posting where to_on = date '2025-01-01'")
    assert set(last.person_id) - set(left.person_id) == set(first.person_id)
    assert set(last.commune) == set(first.commune)


def test_numbers_tell_of_the_law_and_of_learning(long: Store) -> None:
    below = {day: total(long, day, "below") for day in (*DAYS, date(2019, 12, 24), date(2023, 7, 31), date(2023, 8, 1))}
    assert below[FIRST] == 10
    assert below[date(2019, 12, 24)] < 10
    assert below[date(2019, 12, 31)] >= 30
    assert below[date(2019, 12, 31)] > below[date(2021, 12, 31)] > below[date(2022, 12, 31)] > below[date(2023, 7, 31)]
    assert below[date(2023, 8, 1)] == 0
    assert 0 < below[LAST] < 10
    given_time = [total(long, day, "transitional") for day in (date(2023, 7, 31), date(2023, 8, 1), *DAYS[-2:])]
    assert given_time[0] == 0
    assert given_time[1] > given_time[2] > given_time[3] > 20
    for day in DAYS:
        assert 0.015 <= total(long, day, "unknown") / total(long, day, "total") <= 0.045


def test_the_table_of_the_readme_is_true(long: Store) -> None:
    text = (ROOT / "sample_data" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d\d)/(\d\d)/(\d{4}) \| (\d+) \| (\d+) \|", text, re.M)
    told = {date(int(y), int(m), int(d)): (int(below), int(given)) for d, m, y, below, given in rows}
    assert len(told) == 5
    assert told == {day: (total(long, day, "below"), total(long, day, "transitional")) for day in told}


@pytest.mark.parametrize(
    ("day", "group", "law"),
    [
        (date(2019, 12, 24), "cong_chuc", "TT 06/2012"),
        (date(2019, 12, 25), "cong_chuc", "TT 13/2019"),
        (date(2023, 7, 31), "cong_chuc", "TT 13/2019"),
        (date(2023, 7, 31), "can_bo", "QĐ 04/2004"),
        (date(2023, 8, 1), "cong_chuc", "NĐ 33/2023"),
        (date(2023, 8, 1), "can_bo", "NĐ 33/2023"),
        (LAST, "cong_chuc", "NĐ 33/2023"),
    ],
)
def test_each_day_is_judged_by_its_law(day: date, group: str, law: str, long: Store) -> None:
    rows = long.query("assessment", Filters(day, groups=(group,), criteria=("chuyen_mon",)))
    # The law on civil status and the one on the militia are laws of their own.
    rows = rows[~rows.position.isin(["tp_ht", "cht_quan_su", "truong_ca", "ct_ccb"])]
    assert len(rows) > 40
    assert rows.legal_ref.str.contains(law, regex=False).all()
    late = rows[rows.verdict == "transitional"]
    assert (late.deadline == pd.Timestamp(2028, 8, 1)).all()
    assert (len(late) > 0) == (law == "NĐ 33/2023")


def test_the_degree_is_made_up_for_by_many_but_not_by_all(long: Store) -> None:
    def lacking(day: date) -> set[int]:
        rows = long.query("assessment", Filters(day, groups=("cong_chuc",), criteria=("chuyen_mon",)))
        return set(rows.person_id[rows.verdict.isin(["below", "transitional"])])

    there = {day: set(in_post(long, day).person_id) for day in (date(2019, 12, 31), LAST)}
    stayed = lacking(date(2019, 12, 31)) & there[LAST]
    assert len(stayed) >= 20
    assert 0.3 <= len(stayed - lacking(LAST)) / len(stayed) <= 0.9
    studying = long.fetch(
        """
        select distinct c.person_id
        from qualification_claim as c inner join batch as b on c.batch_id = b.batch_id
        where c.status = 'dang_hoc' and b.as_of = date '2025-06-30'
        """
    )
    assert 5 <= len(studying) <= 45
    given_up = long.fetch(
        """
        select distinct q.person_id
        from qualification as q
        inner join seat as s on q.person_id = s.person_id and s.seat_to > date '2025-06-30'
        where q.status = 'dang_hoc' and q.reported_on < date '2021-12-31' and not exists (
            select 1 from qualification as r
            where r.person_id = q.person_id and r.criterion = q.criterion and r.level = q.level and r.status = 'da_co'
        )
        """
    )
    assert 1 <= len(given_up) <= 12


def test_whoever_is_recruited_after_the_circular_has_the_degree(long: Store, drawn: Later) -> None:
    new = {
        p.full_name
        for p in drawn.people
        for s in p.services[:1]
        if s.since.on >= date(2019, 12, 25) and s.post in ("vp_tk", "dia_chinh", "tc_kt", "vh_xh")
    }
    rows = long.query("assessment", Filters(LAST, criteria=("chuyen_mon",), groups=("cong_chuc",)))
    here = rows[rows.full_name.isin(new)]
    assert len(here) >= 10
    assert set(here.verdict) <= {"meets", "unknown"}


def test_the_police_of_communes_leave_the_list(long: Store) -> None:
    held = [int((in_post(long, day).position == "truong_ca").sum()) for day in DAYS[:3]]
    assert held[0] == 11
    assert 0 < held[1] < 11
    assert held[2] == 0


def test_people_leave_for_many_reasons_and_at_their_own_age(long: Store) -> None:
    gone = long.fetch(
        """
        select o.person_id, o.post, o.to_on, o.end_reason, p.gender, p.birth_on
        from posting as o inner join person as p on o.person_id = p.person_id
        inner join post as t on o.post = t.post and t.group_code <> 'khong_chuyen_trach'
        where o.to_on > date '2018-12-31'
        """
    )
    reasons = Counter(gone.end_reason)
    assert set(reasons) == {
        "nghi_huu", "chuyen_cong_tac", "thoi_viec", "tinh_gian", "het_nhiem_ky", "tu_tran", "khac",
    }  # fmt: skip
    assert min(reasons[r] for r in ("nghi_huu", "thoi_viec", "tinh_gian", "het_nhiem_ky", "khac")) >= 5
    law = Law.of(long)
    for row in gone[(gone.end_reason == "nghi_huu") & (gone.post != "ct_ccb")].itertuples():
        age = own_retirement_age(law, row.gender, row.birth_on.date())
        months = (row.to_on.year - row.birth_on.year) * 12 + row.to_on.month - row.birth_on.month
        assert months == age + 1


def test_the_pension_of_the_sample_is_that_of_the_road_map(long: Store) -> None:
    law = Law.of(long)
    for gender in ("nam", "nu"):
        for n in range(12 * 45):
            birth = date(1950 + n // 12, n % 12 + 1, 15)
            month = birth.year * 12 + birth.month + own_retirement_age(law, gender, birth)
            assert retirement_day(gender, birth) == date(month // 12, month % 12 + 1, 1)


def test_whoever_was_downsized_is_in_the_ledger(long: Store) -> None:
    cases = long.query("downsizing_cases", Filters(LAST))
    done = cases[cases.case_status == "da_chi_tra"]
    left = long.fetch(
        "select distinct person_id from posting where end_reason = 'tinh_gian' and to_on > date '2018-12-31'"
    )
    assert len(left) >= 8
    assert set(left.person_id) <= set(done.person_id)
    assert not cases.case_status.isin(["de_xuat", "dang_trinh", "da_phe_duyet"]).any()


def test_what_was_paid_is_what_the_law_of_the_day_gives(long: Store) -> None:
    """The sample works its sums out by itself, by the decree of 2020 too; the product must come to the same đồng."""
    law = Law.of(long)
    paid = long.query("downsizing_cases", Filters(LAST))
    paid = paid[paid.benefit_paid.notna()]
    assert (paid.leaving_on >= pd.Timestamp(2020, 12, 10)).any()
    assert len(paid) >= 12
    for case in paid.itertuples():
        found = bases(long, law, case.person_id).benefit(law, case.policy)
        assert found is not None
        assert (found.eligible, found.amount) == (True, case.benefit_paid), case.case_id


# Whether it can be


@pytest.mark.parametrize(
    "check",
    [
        "two_communes", "two_in_one_seat", "same_person", "same_identifier", "too_young", "ends_before_start",
        "first_held_after_start", "level_after_report", "level_too_early",
    ],
)  # fmt: skip
def test_no_day_has_a_contradiction(check: str, long: Store) -> None:
    for day in (*DAYS, date(2020, 1, 1), date(2021, 7, 15), date(2025, 1, 1)):
        assert long.query(check, Filters(day)).empty


def test_posts_are_held_together_only_as_the_office_allows(long: Store) -> None:
    for day in (*DAYS, date(2020, 1, 1)):
        held = in_post(long, day).groupby("person_id").position.agg(lambda p: tuple(sorted(p)))
        assert set(held[held.map(len) > 1]) <= JOINT


def test_a_drawn_life_is_possible(drawn: Later) -> None:
    for person in drawn.people:
        services = sorted(person.services, key=lambda s: s.since.on)
        for before, after in pairwise(services):
            assert before.since == after.since or (before.to_on is not None and before.to_on <= after.since.on)
        for service in services:
            assert (service.to_on or date.max) > service.since.on
            if group_of(service.post) != "khong_chuyen_trach":
                assert 18 * 365 < (service.since.on - person.birth.on).days < 60 * 366


def test_the_doctor_finds_nothing(said_and_long: tuple[Said, Store]) -> None:
    about, verdict = said_and_long[0].health.splitlines()
    assert "số liệu đến 30/06/2025" in about
    assert verdict == "Kho số liệu tốt."


# The command


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sample", "--until", "2018-12-30"], "từ 31/12/2018 đến 30/06/2025"),
        (["--sample", "--until", "2025-07-01"], "từ 31/12/2018 đến 30/06/2025"),
        (["--empty", "--until", "2020-12-31"], "--until chỉ dùng cùng --sample"),
        (["--sample", "--until", "hôm nay"], "“hôm nay”"),
        (["--until", "2020-12-31"], "Lệnh chưa đúng"),
    ],
)
def test_a_day_that_cannot_be_is_told_in_one_sentence(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "kho.duckdb"))
    assert main(["init", *arguments]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert list(tmp_path.iterdir()) == []
