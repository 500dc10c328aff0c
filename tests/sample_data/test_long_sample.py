"""The longer sample, `init --sample --until 2025-06-30`: what the years after 2018 make of the very same people."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.trends.sentences import paragraph
from common.readers import all_of
from common.samples import Said, for_pages
from core.store import QUERIES, ROOT, Filters, Store
from core.vietnamese import Partial
from core.words import Words
from downsizing.benefits import average_salary, current_salary, own_retirement
from downsizing.cases import bases, pay_steps
from downsizing.law import Law
from later import MERGING, XUAN, Later
from manage import main
from officials import group_of, retirement_day
from supposing.supposition import ahead
from yearly import days, write_years

FIRST, LAST = date(2018, 12, 31), date(2025, 6, 30)
DAYS = [FIRST, *days(LAST)]
# Every question asked of the ledger of downsizing.
LEDGER = sorted(path.stem for path in (QUERIES / "downsizing").glob("*.sql"))
JOINT = {("bi_thu", "ct_hdnd"), ("bi_thu", "ct_ubnd"), ("ct_hdnd", "pho_bi_thu"), ("ct_mttq", "pho_bi_thu")}


@pytest.fixture(scope="session")
def drawn() -> Later:
    """The people and what became of them, as they were drawn."""
    return Later()


def total(store: Store, day: date, column: str, group: str | None = None) -> int:
    rows = all_of(store).query("headline", Filters(day))
    return int(rows[rows.group == group if group else rows.group != "khong_chuyen_trach"][column].sum())


def in_post(store: Store, day: date) -> pd.DataFrame:
    return all_of(store).query("roster", Filters(day))


# The first part


@pytest.mark.parametrize(
    "name", ["headline", "substandard_by_commune", "substandard_people", "assessment", "roster", *LEDGER]
)
def test_the_day_of_the_report_stays_as_it_was(name: str, long: Store, sample: Store) -> None:
    pd.testing.assert_frame_equal(all_of(long).query(name, Filters(FIRST)), all_of(sample).query(name, Filters(FIRST)))


def test_no_day_before_2019_changes(long: Store, sample: Store) -> None:
    def course(store: Store) -> pd.DataFrame:
        return all_of(store).query("trend", Filters(FIRST), from_on=date(2015, 1, 1), step="month", units="then")

    pd.testing.assert_frame_equal(course(long), course(sample))


# The lists


def test_nothing_is_turned_away_and_only_the_old_slip_is_told(said_and_long: tuple[Said, Store]) -> None:
    said, store = said_and_long
    assert store.fetch("select count(*) as n from rejected_row").n[0] == 0
    (line,) = said.odd.splitlines()
    assert "Chuyên nghành" in line


def test_the_sample_goes_on_until_the_law_it_is_judged_by_ends(long: Store) -> None:
    assert all_of(long).query("judged_days", Filters(FIRST)).last_on[0].date() == LAST


def test_every_year_has_its_lists_and_registers(long: Store) -> None:
    about = all_of(long).query("about", Filters(FIRST)).iloc[0]
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
        units = all_of(long).query("units", Filters(FIRST))
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
        for rows in [all_of(long).query("substandard_by_commune", Filters(day, groups=("can_bo", "cong_chuc")))]
    ]
    assert sizes[0] >= 30
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] <= 21


def test_the_district_is_another_from_2025(long: Store) -> None:
    districts = {
        day: set(all_of(long).query("units", Filters(day)).district) for day in (date(2024, 12, 31), date(2025, 1, 1))
    }
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
    rows = re.findall(r"^\| (\d\d)/(\d\d)/(\d{4}) \| (\d+) \| (\d+) \| [^|]+\|$", text, re.M)
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
    rows = all_of(long).query("assessment", Filters(day, groups=(group,), criteria=("chuyen_mon",)))
    # The law on civil status and the one on the militia are laws of their own.
    rows = rows[~rows.position.isin(["tp_ht", "cht_quan_su", "truong_ca", "ct_ccb"])]
    assert len(rows) > 40
    assert rows.legal_ref.str.contains(law, regex=False).all()
    late = rows[rows.verdict == "transitional"]
    assert (late.deadline == pd.Timestamp(2028, 8, 1)).all()
    assert (len(late) > 0) == (law == "NĐ 33/2023")


def test_the_degree_is_made_up_for_by_many_but_not_by_all(long: Store) -> None:
    def lacking(day: date) -> set[int]:
        rows = all_of(long).query("assessment", Filters(day, groups=("cong_chuc",), criteria=("chuyen_mon",)))
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
    rows = all_of(long).query("assessment", Filters(LAST, criteria=("chuyen_mon",), groups=("cong_chuc",)))
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
        "nghi_huu",
        "chuyen_cong_tac",
        "thoi_viec",
        "tinh_gian",
        "het_nhiem_ky",
        "tu_tran",
        "khac",
    }
    assert min(reasons[r] for r in ("nghi_huu", "thoi_viec", "tinh_gian", "het_nhiem_ky", "khac")) >= 5
    law = Law.of(long)
    for row in gone[(gone.end_reason == "nghi_huu") & (gone.post != "ct_ccb")].itertuples():
        age, _ = own_retirement(law, row.gender, Partial(row.birth_on.date(), "ngay"))
        months = (row.to_on.year - row.birth_on.year) * 12 + row.to_on.month - row.birth_on.month
        assert months == age + 1


def test_the_pension_of_the_sample_is_that_of_the_road_map(long: Store) -> None:
    law = Law.of(long)
    for gender in ("nam", "nu"):
        for n in range(12 * 45):
            birth = date(1950 + n // 12, n % 12 + 1, 15)
            month = birth.year * 12 + birth.month + own_retirement(law, gender, Partial(birth, "ngay"))[0]
            assert retirement_day(gender, birth) == date(month // 12, month % 12 + 1, 1)


# The ledger of downsizing


def test_no_year_of_the_plan_meets_its_target_and_each_comes_nearer(long: Store) -> None:
    """The report of 2018 says so of the years before; those after do better, but not well."""
    years = all_of(long).query("downsizing_progress", Filters(LAST))
    assert list(years.year) == list(range(2015, 2022))
    assert (years.done < years.target).all()
    share = (years.cumulative_done / years.cumulative_target)[years.year >= 2018]
    assert share.is_monotonic_increasing
    assert 0.3 < share.iloc[0] < share.iloc[-1] < 0.6
    [plan] = all_of(long).query("downsizing_plan", Filters(LAST)).to_dict("records")
    assert years.cumulative_target.iloc[-1] >= plan["ten_percent"]


@pytest.mark.parametrize("day", DAYS[1:])
def test_the_tables_of_the_ledger_agree_on_every_day(day: date, long: Store) -> None:
    """Years and communes tell of the plan; rounds, policies and names of the years after it as well."""
    years, places = (all_of(long).query(q, Filters(day)) for q in ("downsizing_progress", "downsizing_by_commune"))
    rounds, policies = (all_of(long).query(q, Filters(day)) for q in ("downsizing_rounds", "downsizing_by_policy"))
    cases = all_of(long).query("downsizing_cases", Filters(day))
    kept = cases[cases.reduces & cases.case_status.isin(["da_phe_duyet", "da_chi_tra"])]
    gone = kept[kept.leaving_on <= pd.Timestamp(day)]
    assert places.done.sum() == years.done.sum() == (gone.year <= 2021).sum()
    assert rounds.done.sum() == policies.done.sum() == len(gone)
    assert policies.approved_waiting.sum() == len(kept) - len(gone)
    leavers = all_of(long).query("natural_leavers", Filters(day))
    assert places.natural_leavers.sum() == leavers.has_left.sum()
    assert not set(gone.person_id) & set(leavers.person_id[leavers.has_left])


def test_cases_stand_in_every_status_and_some_are_left_open(long: Store) -> None:
    by_day = {day: all_of(long).query("downsizing_cases", Filters(day)) for day in (*DAYS, date(2020, 9, 20))}
    new = [cases[cases.case_id.str[-4:] >= "2020"] for cases in by_day.values()]
    assert set(pd.concat(new).case_status) == {
        "de_xuat",
        "dang_trinh",
        "da_phe_duyet",
        "da_chi_tra",
        "rut",
        "khong_du_dieu_kien",
    }
    assert 18 <= len(by_day[LAST]) - len(by_day[FIRST]) <= 22
    last = by_day[LAST].set_index("case_id")
    # One left in the last month and is not paid yet; of another nothing was decided before the decree changed.
    [unpaid], [undecided] = (list(last.index[last.case_status == s]) for s in ("da_phe_duyet", "dang_trinh"))
    assert date(2025, 6, 1) <= last.leaving_on[unpaid].date() <= LAST < last.leaving_on[undecided].date()


def test_whoever_is_approved_leaves_on_that_day_for_that_reason_and_for_good(long: Store) -> None:
    cases = all_of(long).query("downsizing_cases", Filters(LAST))
    gone = cases[cases.case_status.isin(["da_phe_duyet", "da_chi_tra"])]
    posts = long.fetch("select person_id, from_on, to_on, end_reason from posting")
    after_2018 = posts[(posts.end_reason == "tinh_gian") & (posts.to_on > pd.Timestamp(FIRST))]
    assert len(gone[gone.year >= 2019]) >= 12
    assert set(zip(after_2018.person_id, after_2018.to_on, strict=True)) == {
        (c.person_id, c.leaving_on) for c in gone[gone.year >= 2019].itertuples()
    }
    held = posts[posts.person_id.isin(gone.person_id)].merge(gone[["person_id", "leaving_on"]], on="person_id")
    assert (held.to_on <= held.leaving_on).all()


def test_a_case_is_about_somebody_in_office_and_about_nobody_twice(long: Store) -> None:
    """Nobody who has left is proposed or decided upon, whatever becomes of the case."""
    cases = all_of(long).query("downsizing_cases", Filters(LAST))
    assert cases.person_id.is_unique
    steps = long.fetch(
        """
        select distinct c.person_id, c.case_id, s.on_date, s.status
        from case_step as s inner join downsizing_case as c on s.case_id = c.case_id
        where s.status <> 'da_chi_tra' and s.on_date > date '2018-12-31'
        """
    )
    assert len(steps) >= 40
    for day, known in steps.groupby("on_date"):
        assert set(known.person_id) <= set(in_post(long, day.date()).person_id), day


def test_files_are_submitted_before_their_round_is_due_under_the_decree_of_the_day(long: Store) -> None:
    law = Law.of(long)
    rounds = all_of(long).query("downsizing_rounds", Filters(LAST)).set_index(["year", "round"])
    cases = all_of(long).query("downsizing_cases", Filters(LAST))
    told = long.fetch(
        """
        select distinct c.case_id, c.instrument, s.on_date
        from downsizing_case as c inner join case_step as s on c.case_id = s.case_id and s.status = 'dang_trinh'
        """
    ).merge(cases, on="case_id")
    told = told[told.year >= 2020]
    assert set(told.instrument) == {"nd_113_2018", "nd_143_2020", "nd_29_2023"}
    for case in told.itertuples():
        assert case.on_date < rounds.due_on[case.year, case.round], case.case_id
        # Of the one that nobody decided the decree is that of the day it was filed.
        day = case.leaving_on if case.case_status != "dang_trinh" else case.on_date
        in_force = law.on(day.date())
        assert in_force is not None
        assert in_force.code == case.instrument, case.case_id


def test_whoever_goes_for_want_of_training_lacks_it_when_proposed(long: Store) -> None:
    """By the product's own judgement; a time of transition gives time, not the degree."""
    cases = long.fetch(
        """
        select distinct c.case_id, c.person_id, s.on_date
        from downsizing_case as c
        inner join case_step as s on c.case_id = s.case_id and s.status = 'de_xuat' and s.on_date > date '2018-12-31'
        inner join downsizing_ground as g
            on c.instrument = g.instrument and c.point = g.ground and g.kind = 'chua_dat_trinh_do'
        """
    )
    assert len(cases) >= 5
    for case in cases.itertuples():
        rows = all_of(long).query("assessment", Filters(case.on_date.date(), criteria=("chuyen_mon",)))
        assert set(rows.verdict[rows.person_id == case.person_id]) <= {"below", "transitional"}, case.case_id


def test_people_are_evaluated_year_by_year_with_gaps(long: Store) -> None:
    classes = all_of(long).query("evaluation", Filters(LAST))
    by_year = classes.groupby("year")[["total", "hoan_thanh", "han_che", "chua_danh_gia"]].sum()
    assert list(by_year.index) == list(range(2015, 2025))
    gaps = by_year.chua_danh_gia / by_year.total
    assert gaps.between(0.02, 0.15).all()
    # NĐ 90/2020 took the blame out of the third class and so its name.
    assert (by_year.han_che[by_year.index >= 2020] == 0).all()
    assert (by_year.hoan_thanh[by_year.index < 2020] == 0).all()
    late = classes[classes.share_unevaluated > 0.25]
    assert set(late.year) & set(range(2019, 2025))
    for day in DAYS[1:]:
        known = all_of(long).query("evaluation", Filters(day))
        assert known.year.max() == (day.year if day.month == 12 else day.year - 1)


def test_evaluations_bear_out_what_became_of_a_case(long: Store) -> None:
    cases = all_of(long).query("downsizing_cases", Filters(LAST))
    cases = cases[(cases.year >= 2020) & cases.legal_ref.str.contains("điểm đ")]
    graded = long.fetch("select person_id, year, class from evaluation").set_index(["person_id", "year"])["class"]
    found = {
        (
            case.case_status if pd.isna(case.fall_reason) else case.fall_reason,
            graded.get((case.person_id, case.year - 1)),
        )
        for case in cases.itertuples()
        if case.fall_reason != "khong_tu_nguyen"
    }
    assert found == {("chua_danh_gia", None), ("xep_loai_tot", "tot"), ("da_chi_tra", "hoan_thanh")}


@pytest.mark.parametrize("day", [day for day in DAYS[1:] if day < LAST])
def test_candidates_can_be_judged_by_their_evaluations(day: date, long: Store) -> None:
    """Two years' classes are known of most who served in both."""
    known = long.fetch(
        "select person_id from evaluation where class is not null and year in ($a, $b) group by person_id "
        "having count(*) = 2",
        {"a": day.year - 1, "b": day.year - 2},
    )
    served = set.intersection(
        *(
            set(all_of(long).query("roster", Filters(d, groups=("can_bo", "cong_chuc"))).person_id)
            for d in (day, date(day.year - 1, 12, 31), date(day.year - 2, 12, 31))
        )
    )
    assert len(served & set(known.person_id)) > 0.75 * len(served)


def test_some_candidates_are_so_by_their_evaluations_under_each_decree(long: Store) -> None:
    found = {day: all_of(long).query("candidates", Filters(day)) for day in DAYS[1:]}
    weak = {day for day, rows in found.items() if rows.facts.str.contains("Xếp loại năm").any()}
    # At the end of 2020 the classes of 2019 are none of those that NĐ 143/2020 names, and in 2021 nobody failed.
    assert {day.year for day in weak} == {2019, 2021, 2023, 2024, 2025}


def test_what_was_paid_is_what_the_law_of_the_day_gives(long: Store) -> None:
    """The sample works its sums out by itself, by the decree of 2020 too; the product must come to the same đồng."""
    law = Law.of(long)
    paid = all_of(long).query("downsizing_cases", Filters(LAST))
    paid = paid[paid.benefit_paid.notna()]
    for first, end in ((date(2020, 12, 10), date(2023, 7, 20)), (date(2023, 7, 20), LAST)):
        under = paid[(paid.leaving_on >= pd.Timestamp(first)) & (paid.leaving_on < pd.Timestamp(end))]
        assert "nghi_huu" in set(under.policy)
    assert len(paid) >= 12
    for case in paid.itertuples():
        found = bases(all_of(long), law, case.person_id, case.case_id).benefit(law, case.policy)
        assert found is not None
        assert (found.eligible, found.amount) == (True, case.benefit_paid), case.case_id


def test_pay_histories_come_to_the_salaries_of_the_cases(long: Store) -> None:
    law = Law.of(long)
    told = long.fetch(
        "select distinct case_id, person_id, leaving_on, insurance_months, current_salary, average_salary "
        "from downsizing_case where leaving_on >= date '2020-01-01'"
    )
    assert len(told) >= 18
    for case in told.itertuples():
        steps, day = pay_steps(all_of(long), case.person_id), case.leaving_on.date()
        assert round(current_salary(law, steps, day)) == case.current_salary, case.case_id
        average = average_salary(law, steps, day, case.insurance_months)
        assert abs(average - case.average_salary) <= 0.5, case.case_id


# The pages


@pytest.fixture
def page(long: Store, open_app: Callable[..., AppTest]) -> Callable[..., AppTest]:
    """Opens a page over the longer sample on a day: `page("downsizing", LAST)`."""

    def page(name: str, day: date) -> AppTest:
        app = open_app(for_pages(long), name, ngay=day.isoformat())
        assert not app.exception
        return app

    return page


def headline_of(app: AppTest) -> str:
    [said] = [m.value for m in app.markdown if m.value.startswith("## ")]
    return str(said)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            date(2019, 12, 31),
            "Đã giảm 7 trong 17 biên chế theo chỉ tiêu 2015–2019 (41,18%), còn thiếu 10; 1 người đã duyệt, chờ nghỉ.",
        ),
        (date(2021, 12, 30), "Đã giảm 13 trong 25 biên chế theo chỉ tiêu 2015–2021 (52,00%), còn thiếu 12."),
        (date(2021, 12, 31), "Hết kế hoạch 2015–2021, đã giảm 13 trong 25 biên chế theo chỉ tiêu (52,00%), thiếu 12."),
        (
            LAST,
            "Hết kế hoạch 2015–2021, đã giảm 13 trong 25 biên chế theo chỉ tiêu (52,00%), thiếu 12. Từ năm 2022 sổ "
            "chưa có chỉ tiêu; đã giảm thêm 5 biên chế.",
        ),
    ],
)
def test_a_plan_that_is_over_is_told_as_past(day: date, said: str, page: Callable[..., AppTest]) -> None:
    assert headline_of(page("downsizing", day)) == f"## {said}"


def test_figures_after_the_plan_lead_to_their_names(page: Callable[..., AppTest]) -> None:
    app = page("downsizing", LAST)
    assert [(m.label, m.value, m.delta) for m in app.metric][:2] == [
        ("Đã giảm năm 2025", "1", "năm 2025 chưa có chỉ tiêu"),
        ("Thiếu khi hết kế hoạch", "12", "kế hoạch đến 2021 là ít nhất 25"),
    ]
    app.button(key="show-0").click().run()
    assert len(next(d.value for d in app.dataframe if "Số hồ sơ" in d.value)) == 1


def test_the_decree_of_2025_suggests_people_as_the_one_before_it(page: Callable[..., AppTest]) -> None:
    for day in (date(2025, 6, 15), date(2025, 6, 16)):
        app = page("downsizing", day)
        assert not any("chưa có các căn cứ" in i.value for i in app.info)
        assert any("Dữ kiện" in d.value for d in app.dataframe)


def test_a_forecast_of_years_past_says_that_they_are_past(page: Callable[..., AppTest]) -> None:
    app = page("forecast", date(2021, 12, 31))
    assert headline_of(app).startswith("## Tính từ 31/12/2021, đến 31/12/2024 có 8 người chưa đạt (ngày đầu 35)")
    assert any("Thời gian này đã qua: danh sách đã có đến 30/06/2025" in i.value for i in app.info)
    assert app.metric[0].label == "Chưa đạt vào 31/12/2021"
    assert not any(re.search(r"\bnay\b", str(m.delta)) for m in app.metric)


# Whether it can be


@pytest.mark.parametrize(
    "check",
    [
        "two_communes",
        "two_in_one_seat",
        "same_person",
        "same_identifier",
        "too_young",
        "ends_before_start",
        "first_held_after_start",
        "level_after_report",
        "level_too_early",
        "unsupported_ground",
    ],
)
def test_no_day_has_a_contradiction(check: str, long: Store) -> None:
    for day in (*DAYS, date(2020, 1, 1), date(2021, 7, 15), date(2025, 1, 1)):
        assert all_of(long).query(check, Filters(day)).empty


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
        (["--sample", "--until", "2018-12-30"], "từ 31/12/2018 đến 30/11/2026"),
        (["--sample", "--until", "2026-12-01"], "từ 31/12/2018 đến 30/11/2026"),
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


def test_who_turns_after_a_merger_is_told_in_the_commune_of_the_day(long: Store) -> None:
    first, last = date(2020, 1, 31), date(2024, 12, 31)
    for units, day in (("then", None), ("now", last)):
        people = all_of(long).query("changed_people", Filters(last), from_on=first, units=units)
        assert "Hương Xuân" in set(people.commune)
        for row in people.itertuples():
            assert row.commune in set(all_of(long).query("units", Filters(day or row.turned_on.date())).commune)
    changes = all_of(long).query("change_between", Filters(last), from_on=first, units="then")
    told = paragraph(changes, people, first, last, Words.of(all_of(long)))
    assert "Hương Giang" not in told
    assert "Hương Xuân, 01/08/2023" in told


def test_who_turned_before_a_merger_is_told_in_the_commune_of_that_day(long: Store) -> None:
    first, last = date(2018, 12, 31), date(2020, 12, 31)
    people = all_of(long).query("changed_people", Filters(last), from_on=first, units="then")
    assert {"Hương Giang", "Hương Hòa"} <= set(people.commune[people.turned_on < "2020-01-01"])
    now = all_of(long).query("changed_people", Filters(last), from_on=first, units="now")
    assert set(now.commune) <= set(all_of(long).query("units", Filters(last)).commune)


def test_who_will_turn_after_a_merger_is_told_in_the_commune_of_the_day(long: Store) -> None:
    day, until = date(2019, 12, 31), date(2023, 8, 1)
    with ahead(all_of(long), Filters(day), until) as supposed:
        people = supposed.query("forecast_people", Filters(day), until=until)
    assert "Hương Xuân" in set(people.commune)
    for row in people.itertuples():
        assert row.commune in set(all_of(long).query("units", Filters(row.earliest.date())).commune)
