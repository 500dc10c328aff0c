"""Counting rules of downsizing, case by case: the base, who is gone, who waits, who left otherwise, which round."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from common.ledger import DAY, NAMES, SAMPLE, case_of, edited, keep, read, step
from common.readers import all_of
from core.store import QUERIES, Filters, Store
from intake.commit import undo
from manage import main

# Figures that may be added up over communes; what is still missing may not.
SUMS = ["done", "approved_waiting"]


def standing(store: Store, number: str, day: date) -> str | None:
    cases = all_of(store).query("downsizing_cases", Filters(day)).set_index("case_id")
    return str(cases.case_status[number]) if number in cases.index else None


def year_of(store: Store, year: int, day: date = DAY, **chosen: Any) -> dict[str, Any]:
    rows = all_of(store).query("downsizing_progress", Filters(day, **chosen)).set_index("year")
    return {str(k): v for k, v in rows.loc[year].items()}


# The base


def test_a_tenth_is_of_what_was_assigned_not_of_who_is_there(own: Store) -> None:
    """Base 230: at least 23 fewer, however many seats were empty."""
    codes = own.fetch("select distinct unit_id from headcount order by unit_id").unit_id
    assigned = [21] * (len(codes) - 1) + [230 - 21 * (len(codes) - 1)]
    rows = [
        {"unit_id": unit, "year": 2015, "assigned": n, "document": None}
        for unit, n in zip(codes, assigned, strict=True)
    ]
    keep(own, headcount=rows)
    [plan] = all_of(own).query("downsizing_plan", Filters(DAY)).to_dict("records")
    assert (plan["assigned"], plan["ten_percent"], plan["last_year"]) == (230, 23, 2021)
    # A part of a post cannot be given up.
    [one] = all_of(own).query("downsizing_plan", Filters(DAY, communes=("20161",))).to_dict("records")
    assert (one["assigned"], one["ten_percent"]) == (21, 3)


def test_what_was_assigned_in_another_year_is_no_base(own: Store) -> None:
    before = all_of(own).query("downsizing_plan", Filters(DAY))
    keep(own, headcount=[{"unit_id": "20161@2018", "year": 2018, "assigned": 900, "document": None}])
    pd.testing.assert_frame_equal(all_of(own).query("downsizing_plan", Filters(DAY)), before)


def test_every_commune_of_the_sample_owes_at_least_its_tenth(sample: Store) -> None:
    places = all_of(sample).query("downsizing_by_commune", Filters(DAY))
    assert len(places) == 11
    assert (places.ten_percent >= places.assigned / 10).all()
    assert (places.ten_percent < places.assigned / 10 + 1).all()
    [plan] = all_of(sample).query("downsizing_plan", Filters(DAY)).to_dict("records")
    assert plan["assigned"] == places.assigned.sum()
    progress = all_of(sample).query("downsizing_progress", Filters(DAY))
    assert progress.cumulative_target.iloc[-1] >= plan["ten_percent"]


def test_without_a_ledger_there_is_no_plan(own: Store) -> None:
    for batch in own.fetch("select batch_id from batch where kind = 'ledger'").batch_id:
        undo(all_of(own), int(batch), "x")
    for name in ("downsizing_plan", "downsizing_progress", "downsizing_by_commune", "downsizing_cases"):
        assert all_of(own).query(name, Filters(DAY)).empty


# What is still missing


@pytest.mark.parametrize("day", [date(2015, 6, 30), date(2017, 1, 15), DAY, date(2019, 2, 1), date(2021, 12, 31)])
def test_missing_is_the_target_less_what_is_done(sample: Store, day: date) -> None:
    """Who is approved and waits has not given up a post yet."""
    for name in ("downsizing_progress", "downsizing_by_commune"):
        rows = all_of(sample).query(name, Filters(day))
        assert rows.missing.tolist() == (rows.target - rows.done).clip(lower=0).tolist()


def test_each_year_of_the_sample_falls_short(sample: Store) -> None:
    rows = all_of(sample).query("downsizing_progress", Filters(DAY))
    past = rows[rows.year <= DAY.year]
    assert len(past) == 4
    assert (past.missing > 0).all()
    assert (past.done < past.target).all()


@pytest.mark.parametrize("chosen", [{}, {"groups": ("can_bo",)}, {"posts": ("ct_ubnd",)}, {"search": "ho"}])
def test_communes_add_up_to_the_whole_under_any_filter(sample: Store, chosen: dict[str, Any]) -> None:
    whole = all_of(sample).query("downsizing_progress", Filters(DAY, **chosen))
    places = all_of(sample).query("downsizing_by_commune", Filters(DAY, **chosen))
    assert places[SUMS].sum().tolist() == whole[SUMS].sum().tolist()
    gone = all_of(sample).query("natural_leavers", Filters(DAY, **chosen))
    assert places.natural_leavers.sum() == gone.has_left.sum()
    assert whole.natural_leavers.sum() == len(gone)
    one_by_one = [
        all_of(sample).query("downsizing_progress", Filters(DAY, communes=(code,), **chosen))
        for code in places.unit_code
    ]
    summed = ["done", "approved_waiting", "natural_leavers"] + ([] if chosen else ["target"])
    for column in summed:
        assert sum(rows[column].sum() for rows in one_by_one) == whole[column].sum()


@pytest.mark.parametrize("name", NAMES)
def test_another_district_sees_nothing_of_this_one(sample: Store, name: str) -> None:
    assert sample.seen_by(("46/482",)).query(name, Filters(DAY)).empty
    own_district = sample.seen_by(("46/483",)).query(name, Filters(DAY))
    pd.testing.assert_frame_equal(own_district, all_of(sample).query(name, Filters(DAY)))


# Steps


def test_of_two_steps_on_one_day_the_later_in_the_course_counts(own: Store) -> None:
    day = date(2019, 1, 10)
    keep(own, case_step=[step("06/2019", "da_phe_duyet", day), step("06/2019", "dang_trinh", day)])
    assert standing(own, "06/2019", date(2019, 1, 9)) == "de_xuat"
    assert standing(own, "06/2019", day) == "da_phe_duyet"


def test_a_step_told_again_corrects_the_first_until_it_is_taken_back(own: Store) -> None:
    assert standing(own, "01/2019", date(2018, 12, 20)) == "da_phe_duyet"
    batch = keep(own, case_step=[step("01/2019", "da_phe_duyet", date(2018, 12, 27))])
    assert batch is not None
    assert standing(own, "01/2019", date(2018, 12, 26)) == "dang_trinh"
    assert standing(own, "01/2019", date(2018, 12, 27)) == "da_phe_duyet"
    undo(all_of(own), batch, "x")
    assert standing(own, "01/2019", date(2018, 12, 20)) == "da_phe_duyet"


def test_a_step_that_was_taken_back_dates_no_proposal(own: Store) -> None:
    """A proposal is held against the verdicts of its first day: in 2003 she was in no post."""
    assert all_of(own).query("unsupported_ground", Filters(DAY)).empty
    batch = keep(own, case_step=[step("07/2019", "dang_trinh", date(2003, 1, 1))])
    assert batch is not None
    assert "01/01/2003" in all_of(own).query("unsupported_ground", Filters(DAY)).problem[0]
    undo(all_of(own), batch, "x")
    assert all_of(own).query("unsupported_ground", Filters(DAY)).empty


def test_money_before_the_last_day_makes_nobody_gone(own: Store) -> None:
    keep(own, case_step=[step("03/2019", "da_chi_tra", date(2018, 12, 28))])
    assert year_of(own, 2019)["approved_waiting"] == 3
    assert year_of(own, 2019)["done"] == 0
    eve, first_out = date(2019, 2, 28), date(2019, 3, 1)
    assert year_of(own, 2019, first_out)["done"] == year_of(own, 2019, eve)["done"] + 1


def test_a_withdrawn_case_waits_no_more(own: Store) -> None:
    keep(own, case_step=[step("03/2019", "rut", date(2018, 12, 30))])
    assert year_of(own, 2019, date(2018, 12, 29))["approved_waiting"] == 3
    assert year_of(own, 2019)["approved_waiting"] == 2
    assert "khac" in set(all_of(own).query("downsizing_shortfall", Filters(DAY)).fall_reason)


# Who left otherwise


def expected(store: Store, day: date = DAY) -> set[str]:
    rows = all_of(store).query("natural_leavers", Filters(day))
    return set(rows.full_name[~rows.has_left])


def test_who_is_approved_to_leave_is_not_expected_to_retire(own: Store) -> None:
    """One person cannot be counted as waiting and as an expected leaver."""
    cases = all_of(own).query("downsizing_cases", Filters(DAY)).set_index("case_id")
    name = cases.full_name["01/2019"]
    assert name not in expected(own)
    assert name in expected(own, date(2018, 12, 19))
    keep(own, case_step=[step("01/2019", "rut", date(2018, 12, 30))])
    assert name in expected(own)


def test_an_approved_case_is_no_natural_leaver_whatever_the_posting_says(own: Store) -> None:
    before = year_of(own, 2018)
    with own.write() as cursor:
        cursor.execute("update posting set end_reason = 'thoi_viec' where end_reason = 'tinh_gian'")
    after = year_of(own, 2018)
    assert (after["done"], after["natural_leavers"]) == (before["done"], before["natural_leavers"])


@pytest.mark.parametrize(("district", "left"), [("483", 0), ("484", 1)])
def test_a_move_within_the_district_is_no_leaving(own: Store, district: str, left: int) -> None:
    who = all_of(own).query("natural_leavers", Filters(DAY)).set_index("full_name")
    person, moved = int(who.person_id["Trần Văn Long"]), who.on_date["Trần Văn Long"].date()
    with own.write() as cursor:
        cursor.execute(
            "insert into unit by name select * replace ('29999@x' as unit_id, '29999' as code, $d as district_code) "
            "from unit where unit_id = '20161@2018'",
            {"d": district},
        )
        cursor.execute(
            "insert into posting by name select * replace (9999 as posting_id, '29999@x' as unit_id, "
            "$day as from_on, null as to_on, null as end_reason) from posting where person_id = $p limit 1",
            {"day": moved, "p": person},
        )
    found = all_of(own).query("natural_leavers", Filters(DAY))
    assert ((found.full_name == "Trần Văn Long") & found.has_left).sum() == left


# Rounds


@pytest.mark.parametrize(
    ("leaving", "round_", "due"),
    [
        (date(2019, 1, 1), 1, date(2018, 11, 1)),
        (date(2019, 3, 1), 1, date(2018, 11, 1)),
        (date(2019, 6, 30), 1, date(2018, 11, 1)),
        (date(2019, 7, 1), 2, date(2019, 5, 1)),
        (date(2019, 9, 1), 2, date(2019, 5, 1)),
        (date(2019, 12, 31), 2, date(2019, 5, 1)),
    ],
)
def test_the_day_of_leaving_decides_the_round(own: Store, leaving: date, round_: int, due: date) -> None:
    keep(own, downsizing_case=[case_of(own, "06/2019", leaving_on=leaving)])
    cases = all_of(own).query("downsizing_cases", Filters(DAY)).set_index("case_id")
    assert cases["round"]["06/2019"] == round_
    rounds = all_of(own).query("downsizing_rounds", Filters(DAY)).set_index(["year", "round"])
    assert rounds.due_on[2019, round_].date() == due


def test_a_deadline_is_past_on_its_day(sample: Store) -> None:
    def left(day: date) -> object:
        rounds = all_of(sample).query("downsizing_rounds", Filters(day)).set_index(["year", "round"])
        return rounds.days_left[2019, 2]

    assert left(date(2019, 4, 30)) == 1
    assert pd.isna(left(date(2019, 5, 1)))


def test_rounds_and_plan_are_rows_that_say_how_far_they_were_checked() -> None:
    rows = {}
    for table in ("downsizing_plan", "downsizing_round"):
        with (QUERIES / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows[table] = list(csv.DictReader(file))
    assert all(row["confidence"] for table in rows.values() for row in table)
    months = sorted(m for r in rows["downsizing_round"] for m in range(int(r["from_month"]), int(r["until_month"]) + 1))
    assert months == list(range(1, 13))


# The workbook


def test_a_case_without_a_step_is_kept_and_told(own: Store, tmp_path: Path) -> None:
    ledger = read(own, edited(tmp_path, "Trường hợp", 2, Số_hồ_sơ="99/2015"))
    [issue] = ledger.issues
    assert (issue.severity, issue.column, ledger.rejected) == ("warning", "Số hồ sơ", [])
    assert "“99/2015” chưa có bước xử lý nào" in issue.message


def test_rows_turned_away_are_counted_with_the_batch_and_given_back(
    own: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(SAMPLE)
    book["Chỉ tiêu"].cell(2, 3, 5)
    book["Chỉ tiêu"].cell(3, 2, "năm nào")
    path, back = tmp_path / "so.xlsx", tmp_path / "tra.xlsx"
    book.save(path)
    target = own.target
    own.close()
    monkeypatch.setenv("DASHBOARD_STORE", target)
    assert main(["import", str(path), "--issues", str(back)]) == 0
    assert "trả lại 1" in capsys.readouterr().out
    [page, _] = openpyxl.load_workbook(back).worksheets
    assert "năm nào" in [cell.value for cell in page[2]]
    again = Store(target)
    newest = all_of(again).query("batches", Filters(DAY)).iloc[0]
    assert (newest.title, newest.rejected) == ("Sổ tinh giản biên chế", 1)
    assert year_of(again, 2015)["target"] == 6
    undo(all_of(again), int(newest.batch_id), "x")
    assert year_of(again, 2015)["target"] == 2
    again.close()
