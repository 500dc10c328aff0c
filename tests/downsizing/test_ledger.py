"""The ledger of downsizing: read from a workbook, asked on any day, taken back as one batch."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.ledger import DAY, NAMES, SAMPLE, edited, keep, read
from common.readers import all_of
from core.store import ROOT, Filters, Store
from core.words import Words
from downsizing.ledger import SHEETS, Ledger, is_ledger, record_ledger
from downsizing.ledger_book import ledger_book
from intake.commit import undo
from manage import main

# What is counted


def test_no_year_of_the_sample_meets_its_target(sample: Store) -> None:
    """The report gives no numbers; it says that no year reached its plan."""
    found = all_of(sample).query("downsizing_progress", Filters(DAY))
    assert found.to_numpy().tolist() == [
        [2015, 2, 1, 0, 12, 1, 2, 1],
        [2016, 3, 0, 0, 11, 3, 5, 1],
        [2017, 4, 2, 0, 1, 2, 9, 3],
        [2018, 4, 1, 0, 4, 3, 13, 4],
        [2019, 4, 0, 3, 0, 4, 17, 4],
        [2020, 4, 0, 0, 1, 4, 21, 4],
        [2021, 4, 0, 0, 4, 4, 25, 4],
    ]
    assert list(found.columns) == [
        "year",
        "target",
        "done",
        "approved_waiting",
        "natural_leavers",
        "missing",
        "cumulative_target",
        "cumulative_done",
    ]


@pytest.mark.parametrize("day", [date(2015, 6, 30), date(2017, 1, 15), DAY, date(2019, 2, 1), date(2020, 6, 30)])
def test_communes_and_names_add_up_to_the_years(sample: Store, day: date) -> None:
    years = all_of(sample).query("downsizing_progress", Filters(day))
    places = all_of(sample).query("downsizing_by_commune", Filters(day))
    assert places.done.sum() == years.done.sum()
    assert places.approved_waiting.sum() == years.approved_waiting.sum()
    assert places.target.sum() == years.target[years.year <= day.year].sum()
    cases = all_of(sample).query("downsizing_cases", Filters(day))
    kept = cases.reduces & cases.case_status.isin(["da_phe_duyet", "da_chi_tra"])
    assert (kept & (cases.leaving_on <= pd.Timestamp(day))).sum() == years.done.sum()
    rounds = all_of(sample).query("downsizing_rounds", Filters(day))
    assert rounds.done.sum() == years.done.sum()
    assert rounds.cases.sum() == len(cases)
    policies = all_of(sample).query("downsizing_by_policy", Filters(day))
    assert policies[["done", "approved_waiting"]].sum().tolist() == years[["done", "approved_waiting"]].sum().tolist()
    assert policies.benefit_paid.sum() == all_of(sample).query("downsizing_cost", Filters(day)).benefit_paid.sum()
    one_by_one = [
        all_of(sample).query("downsizing_progress", Filters(day, communes=(code,))).done.sum()
        for code in places.unit_code
    ]
    assert sum(one_by_one) == years.done.sum()


def test_a_case_moves_with_the_day(sample: Store) -> None:
    def status(day: date) -> list[str]:
        found = all_of(sample).query("downsizing_cases", Filters(day))
        return list(found.case_status[found.case_id == "01/2019"])

    assert [status(date(2018, m, d)) for m, d in ((9, 16), (9, 17), (10, 22), (12, 19), (12, 20))] == [
        [],
        ["de_xuat"],
        ["dang_trinh"],
        ["dang_trinh"],
        ["da_phe_duyet"],
    ]
    # Approved is not gone: the first day out is.
    assert all_of(sample).query("downsizing_progress", Filters(DAY)).done.sum() == 4
    assert all_of(sample).query("downsizing_progress", Filters(date(2019, 1, 1))).done.sum() == 5


def test_a_vacancy_is_no_reduction(sample: Store) -> None:
    """Who retired or moved is named apart; nobody of them is among the cases that reduce."""
    gone = all_of(sample).query("natural_leavers", Filters(DAY))
    cases = all_of(sample).query("downsizing_cases", Filters(DAY))
    done = cases[cases.case_status.isin(["da_chi_tra"])]
    assert set(done.person_id) & set(gone.person_id[gone.has_left]) == set()
    assert "tinh_gian" not in set(gone.end_reason)
    progress = all_of(sample).query("downsizing_progress", Filters(DAY))
    assert gone.groupby("year").person_id.nunique().to_dict() == {
        y: n for y, n in zip(progress.year, progress.natural_leavers, strict=True) if n
    }


def test_a_reduction_and_a_person_paid_are_two_figures(own: Store) -> None:
    case = own.fetch("select * exclude (batch_id) from downsizing_case where case_id = '01/2015'").to_dict("records")[0]
    case |= {"reduces": False, "leaving_on": case["leaving_on"].date(), "decided_on": case["decided_on"].date()}
    assert keep(own, downsizing_case=[case]) is not None
    assert all_of(own).query("downsizing_progress", Filters(DAY)).done.sum() == 3
    assert all_of(own).query("downsizing_cost", Filters(DAY)).people.sum() == 4


def test_after_a_merger_both_communes_count_for_the_new_one(sample: Store) -> None:
    before = all_of(sample).query("downsizing_by_commune", Filters(date(2019, 12, 31))).set_index("commune")
    after = all_of(sample).query("downsizing_by_commune", Filters(date(2020, 1, 1))).set_index("commune")
    merged = before.loc[["Hương Hòa", "Hương Giang"]]
    assert after.loc["Hương Xuân", ["assigned", "done"]].tolist() == merged[["assigned", "done"]].sum().tolist()


def test_targets_are_of_communes_not_of_groups(sample: Store) -> None:
    found = all_of(sample).query("downsizing_progress", Filters(DAY, groups=("can_bo",)))
    assert found.target.isna().all()
    assert found.missing.isna().all()
    assert found.done.sum() == 2


def test_why_plans_slip_is_that_people_are_not_evaluated(sample: Store) -> None:
    reasons = all_of(sample).query("downsizing_shortfall", Filters(DAY))
    assert (reasons.fall_reason[0], reasons.cases[0]) == ("chua_danh_gia", 4)
    classes = all_of(sample).query("evaluation", Filters(DAY))
    total = classes.groupby("year").total.sum()
    assert total[2018] == 227
    missing = all_of(sample).query("evaluation_missing", Filters(DAY))
    assert missing.groupby("year").size().to_dict() == classes.groupby("year").chua_danh_gia.sum().to_dict()
    assert (
        classes[["xuat_sac", "tot", "hoan_thanh", "han_che", "khong_hoan_thanh", "chua_danh_gia"]].sum(axis=1)
        == classes.total
    ).all()


def test_rounds_are_due_when_the_plan_says(sample: Store) -> None:
    """Leaving on 01/03/2019: round 1, due before 01/11/2018. On 01/09/2019: round 2, due before 01/05/2019."""
    rounds = all_of(sample).query("downsizing_rounds", Filters(DAY)).set_index(["year", "round"])
    assert rounds.due_on[2019, 1].date() == date(2018, 11, 1)
    assert (rounds.due_on[2019, 2].date(), rounds.days_left[2019, 2]) == (date(2019, 5, 1), 121)
    cases = all_of(sample).query("downsizing_cases", Filters(DAY)).set_index("case_id")
    assert (cases["round"]["03/2019"], cases["round"]["07/2019"]) == (1, 2)


@pytest.mark.parametrize("name", NAMES)
def test_who_may_see_nothing_sees_nothing(sample: Store, name: str) -> None:
    found = sample.seen_by(()).query(name, Filters(DAY))
    assert found.empty


def test_the_command_line_has_the_same_rows(
    sample_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    monkeypatch.setenv("DASHBOARD_STORE", str(sample_file))
    assert main(["query", "downsizing_progress", "--as-of", "2018-12-31", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [r["year"] for r in told] == list(range(2015, 2022))
    assert (told[3]["missing"], told[3]["cumulative_done"]) == (3, 4)


# The workbook


def test_the_ledger_taken_out_says_nothing_new(own: Store, tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(ledger_book(all_of(own), Words.of(all_of(own))))
    ledger = read(own, path)
    assert (ledger.issues, ledger.read) == ([], 1054)
    assert record_ledger(all_of(own), ledger, file=path.name, made_by="x") is None


def taken(store: Store, path: Path, **targets: int) -> Path:
    """The ledger as a workbook, with other targets in rows r2, r3, … of their sheet."""
    path.write_bytes(ledger_book(all_of(store), Words.of(all_of(store))))
    book = openpyxl.load_workbook(path)
    for row, target in targets.items():
        book["Chỉ tiêu"].cell(int(row[1:]), 3).value = target
    book.save(path)
    return path


def drop(store: Store, path: Path) -> int | None:
    return record_ledger(all_of(store), read(store, path), file=path.name, made_by="x")


def targets_of(store: Store) -> list[int]:
    return all_of(store).query("ledger_targets", Filters(DAY)).target.tolist()


def test_a_row_nobody_touched_undoes_nothing_recorded_since(own: Store, tmp_path: Path) -> None:
    old, first = taken(own, tmp_path / "cũ.xlsx", r3=8), targets_of(own)
    drop(own, taken(own, tmp_path / "mới.xlsx", r2=7))
    ledger = read(own, old)
    assert [(i.severity, i.message) for i in ledger.issues] == [
        ("info", "Trang tính Chỉ tiêu: 1 dòng giữ như lúc tải sổ mà kho đã ghi khác từ đó: kho được giữ nguyên."),
        ("info", "Trang tính Chỉ tiêu: 1 dòng thay điều kho đang ghi."),
    ]
    assert record_ledger(all_of(own), ledger, file="cũ.xlsx", made_by="x")
    assert targets_of(own) == [7, 8, *first[2:]]


def test_what_was_taken_back_since_stays_taken_back(own: Store, tmp_path: Path) -> None:
    first = targets_of(own)
    batch = drop(own, taken(own, tmp_path / "a.xlsx", r2=7))
    assert batch is not None
    old = taken(own, tmp_path / "cũ.xlsx")
    undo(all_of(own), batch, "x")
    ledger = read(own, old)
    assert (len(ledger.issues), ledger.rejected) == (1, [])
    assert record_ledger(all_of(own), ledger, file="cũ.xlsx", made_by="x") is None
    assert targets_of(own) == first


def test_a_row_both_sides_changed_is_told_with_both_values(own: Store, tmp_path: Path) -> None:
    old = taken(own, tmp_path / "cũ.xlsx", r2=5, r3=8)
    first = targets_of(own)
    drop(own, taken(own, tmp_path / "mới.xlsx", r2=7))
    ledger = read(own, old)
    [away] = ledger.rejected
    assert (away.sheet, away.row) == ("Chỉ tiêu", 2)
    assert away.message == (
        "Dòng 2, cột Đơn vị: kho ghi “7”, tệp ghi “5”: kho đã đổi từ sau khi tải sổ. Tải sổ mới, sửa lại rồi nạp."
    )
    assert record_ledger(all_of(own), ledger, file=old.name, made_by="x")
    assert targets_of(own) == [7, 8, *first[2:]]


def test_the_values_of_both_sides_are_told_in_words(own: Store, tmp_path: Path) -> None:
    def graded(path: Path, label: str) -> Path:
        book = openpyxl.load_workbook(taken(own, path))
        book["Đánh giá"].cell(2, 5).value = label
        book.save(path)
        return path

    old = graded(tmp_path / "cũ.xlsx", "Hoàn thành xuất sắc nhiệm vụ")
    drop(own, graded(tmp_path / "mới.xlsx", "Không hoàn thành nhiệm vụ"))
    [away] = read(own, old).rejected
    assert "kho ghi “Không hoàn thành nhiệm vụ”, tệp ghi “Hoàn thành xuất sắc nhiệm vụ”" in away.message


def test_a_book_that_was_not_taken_from_the_store_says_what_it_replaces(own: Store, tmp_path: Path) -> None:
    ledger = read(own, edited(tmp_path, "Chỉ tiêu", 2, Chỉ_tiêu_giảm=5))
    assert [i.message for i in ledger.issues] == ["Trang tính Chỉ tiêu: 1 dòng thay điều kho đang ghi."]


def test_a_batch_taken_back_leaves_what_was_before(own: Store, tmp_path: Path) -> None:
    before = {name: all_of(own).query(name, Filters(DAY)).to_csv() for name in NAMES}
    ledger = read(own, edited(tmp_path, "Chỉ tiêu", 2, Chỉ_tiêu_giảm=5))
    batch = record_ledger(all_of(own), ledger, file="so.xlsx", made_by="x")
    assert all_of(own).query("downsizing_progress", Filters(DAY)).target.iloc[0] == 6
    assert batch is not None
    undo(all_of(own), batch, "x")
    assert {name: all_of(own).query(name, Filters(DAY)).to_csv() for name in NAMES} == before
    [first] = own.fetch("select batch_id from batch where kind = 'ledger' and undone_at is null").batch_id
    undo(all_of(own), int(first), "x")
    # What other batches say of people stays.
    others = {"natural_leavers", "candidates", "ways_out"}
    assert all(all_of(own).query(name, Filters(DAY)).empty for name in set(NAMES) - others - {"downsizing_rounds"})
    assert not all_of(own).query("downsizing_rounds", Filters(DAY)).cases.any()


@pytest.mark.parametrize(
    ("sheet", "cells", "said"),
    [
        ("Chỉ tiêu", {"Đơn_vị": "Phú Lộc"}, "cột Đơn vị: “Phú Lộc” không phải là xã, thị trấn"),
        ("Chỉ tiêu", {"Năm": "hai nghìn"}, "cột Năm: “hai nghìn” không phải là số nguyên"),
        ("Chỉ tiêu", {"Năm": 20}, "cột Năm: “20” không phải là năm"),
        ("Chỉ tiêu", {"Chỉ_tiêu_giảm": "-1"}, "cột Chỉ tiêu giảm: “-1” không phải là số nguyên"),
        ("Trường hợp", {"Họ_và_tên": "Hồ Viết Nghin"}, "kho không có “Hồ Viết Nghin”, sinh 20/12/1958 ở Hương Sơn"),
        ("Trường hợp", {"Ngày_sinh": "31/02/1958"}, "không phải là ngày có thật"),
        ("Trường hợp", {"Chính_sách": "về quê"}, "“về quê” không phải là giá trị dùng ở cột này"),
        ("Trường hợp", {"Văn_bản_căn_cứ": "NĐ 26/2015"}, "không phải nghị định về tinh giản"),
        ("Trường hợp", {"Chức_danh": "Bí thư, Chủ tịch HĐND"}, "cần đúng một chức danh"),
        ("Quá trình xử lý", {"Trạng_thái": ""}, "cột Trạng thái: để trống"),
        ("Quá trình xử lý", {"Ngày": "2015"}, "chưa đủ ngày, tháng, năm"),
        ("Đánh giá", {"Xếp_loại": "", "Lý_do_chưa_đánh_giá": ""}, "để trống mà không ghi lý do chưa đánh giá"),
        ("Đánh giá", {"Xếp_loại": "Loại A"}, "“Loại A” không phải là giá trị dùng ở cột này"),
        # Of public employees then, of officials only from 2020 on: not silently taken for "còn hạn chế".
        ("Đánh giá", {"Xếp_loại": "Hoàn thành nhiệm vụ"}, "không phải mức xếp loại cán bộ, công chức của năm 2015"),
        ("Diễn biến lương", {"Hệ_số_lương": "ba phẩy"}, "không phải là số"),
        ("Quá trình xử lý", {"Số_hồ_sơ": "77/2018"}, "trang tính Trường hợp không có hồ sơ “77/2018”"),
        ("Trường hợp", {"Giảm_biên_chế": "x"}, "“x” phải là Có hoặc Không"),
        ("Trường hợp", {"Giảm_biên_chế": ""}, "cột Giảm biên chế: để trống"),
        ("Trường hợp", {"Điểm": "z"}, "“z” không phải điểm nào về đối tượng tinh giản"),
        ("Trường hợp", {"Điểm": "h"}, "“h” không phải điểm nào về đối tượng tinh giản"),
        ("Trường hợp", {"Ngày_nghỉ": ""}, "cột Ngày nghỉ: để trống"),
        ("Trường hợp", {"Đơn_vị": "Khe Tre"}, "kho không có “Hồ Viết Nghinh”, sinh 20/12/1958 ở Khe Tre"),
        ("Trường hợp", {"Số_hồ_sơ": "02/2015"}, "nói cùng một việc với dòng 2"),
        ("Chỉ tiêu", {"Đơn_vị": "Thượng Long", "Năm": 2015}, "nói cùng một việc với dòng 2"),
    ],
)
def test_a_row_that_is_wrong_is_told_and_the_others_count(
    sample: Store, tmp_path: Path, told: Callable[[str], bool], sheet: str, cells: dict[str, object], said: str
) -> None:
    ledger = read(sample, edited(tmp_path, sheet, 2, **cells))
    [issue] = [i for i in ledger.issues if i.severity != "info"]
    assert said in issue.message
    assert told(issue.message)
    [away] = ledger.rejected
    # Of two rows about the same the second is turned away.
    assert issue.row == 2 or "cùng một việc" in said
    assert (away.sheet, away.row, away.message, ledger.read) == (sheet, issue.row, issue.message, 1053)


def test_a_sheet_that_is_not_read_is_told(sample: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(SAMPLE)
    book["Đánh giá"].title = "Đánh giá 2018"
    book["Diễn biến lương"].sheet_state = "hidden"
    book.save(tmp_path / "so.xlsx")
    told = {issue.sheet: issue.message for issue in read(sample, tmp_path / "so.xlsx").issues}
    assert told.keys() == {"Đánh giá 2018", "Diễn biến lương"}
    assert "không phải một trang tính của sổ" in told["Đánh giá 2018"]
    assert "đang ẩn" in told["Diễn biến lương"]


def test_a_row_above_the_headings_and_a_column_that_is_there_twice_are_told(sample: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(SAMPLE)
    page = book["Quá trình xử lý"]
    page.insert_rows(1)
    for column, text in enumerate(("01/2019", "Rút", "01/02/2019"), start=1):
        page.cell(1, column, text)
    other = book["Đánh giá"]
    other.cell(1, other.max_column + 2, other.cell(1, 1).value)
    book.save(tmp_path / "so.xlsx")
    found = read(sample, tmp_path / "so.xlsx").issues
    told = {(issue.sheet, issue.severity): issue.message for issue in found if issue.severity == "error"}
    assert "dòng 1 ở trên hàng tiêu đề nên chưa được đọc" in told["Quá trình xử lý", "error"]
    assert f"có hai cột “{other.cell(1, 1).value}”" in told[other.title, "error"]


def test_other_workbooks_are_no_ledger(tmp_path: Path) -> None:
    assert is_ledger(SAMPLE)
    lists = sorted((ROOT / "sample_data" / "lists").glob("*.xlsx"))
    assert not any(map(is_ledger, [*lists, tmp_path / "khong-co.xlsx", Path(__file__)]))


@settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.data())
def test_nothing_in_a_cell_breaks_the_reader(sample: Store, tmp_path: Path, data: st.DataObject) -> None:
    sheet = data.draw(st.sampled_from(sorted(SHEETS)))
    anything = st.one_of(
        st.text(max_size=20), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.dates()
    )
    cells = {h.replace(" ", "_"): data.draw(anything) for h in SHEETS[sheet][1]}
    try:
        path = edited(tmp_path, sheet, 2, **cells)
    except (openpyxl.utils.exceptions.IllegalCharacterError, ValueError):
        return
    ledger = read(sample, path)
    # A file that no reader of Excel takes is one issue; otherwise only the row is told, or kept, or was emptied.
    assert (ledger.read, [i.row for i in ledger.issues if i.severity != "info"]) in (
        (0, [None]),
        (1053, [2]),
        (1054, []),
        (1053, []),
    )


def test_import_takes_a_ledger_beside_lists(
    own: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    path = edited(tmp_path, "Chỉ tiêu", 2, Chỉ_tiêu_giảm=5)
    target = own.target
    own.close()
    monkeypatch.setenv("DASHBOARD_STORE", target)
    assert main(["import", str(path), "--json", "--dry-run"]) == 0
    assert main(["import", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out.partition("\n}\n")[2])
    assert (told["files"], told["read"], told["accepted"]) == (1, 1054, 1054)
    assert [i["message"] for i in told["issues"]] == ["Trang tính Chỉ tiêu: 1 dòng thay điều kho đang ghi."]
    again = Store(target)
    assert all_of(again).query("downsizing_progress", Filters(DAY)).target.iloc[0] == 6
    again.close()


def test_a_batch_of_the_ledger_says_how_many_people_it_is_about(own: Store) -> None:
    about = all_of(own).query("batches", Filters(DAY)).set_index("title").people
    known = own.fetch(
        "select person_id from downsizing_case union select person_id from evaluation union "
        "select person_id from pay_step"
    )
    assert about["Sổ tinh giản biên chế"] == len(known) > 200
    step = {"case_id": "04/2019", "status": "da_phe_duyet", "on_date": DAY, "reason": None, "note": None}
    record_ledger(all_of(own), Ledger({"case_step": [step]}), file="một bước", made_by="x")
    assert all_of(own).query("batches", Filters(DAY)).people[0] == 1
