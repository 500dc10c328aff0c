"""A decree on downsizing that is given as rows only, as the README promises: from the workbook to the page."""

import csv
import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from common.ledger import SAMPLE
from common.readers import all_of
from core.safekeeping import problems
from core.store import QUERIES, Filters, Store, load_reference
from core.words import Words
from downsizing.cases import bases
from downsizing.forms import Round, forms, rounds_of
from downsizing.law import Law
from downsizing.ledger import read_ledger, record_ledger
from downsizing.ledger_book import ledger_book
from intake.session import vocabulary
from manage import main

DAY = Filters(date(2020, 1, 31))
SURE = {"confidence": "INF"}
# An invented decree: two policies only, quarters for rounds, a sum in two parts, a base salary of its own.
ROWS: dict[str, list[dict[str, Any]]] = {
    "legal_document": [
        {
            "document": "ND77",
            "short": "NĐ 77/2019/NĐ-CP",
            "title": "Nghị định 77/2019/NĐ-CP (bịa để thử)",
            "issued_on": "2019-11-01",
            "effective_on": "2020-01-01",
            "ended_on": "2020-12-10",
        }
    ],
    "downsizing_instrument": [
        {
            "instrument": "nd_77_2019",
            "document": "ND77",
            "article_of": "ND77",
            "effective_from": "2020-01-01",
            "average_months": 12,
        }
    ],
    "downsizing_ground": [
        {
            "instrument": "nd_77_2019",
            "ground": "k",
            "way": 1,
            "kind": "chua_dat_trinh_do",
            "article": "điểm k Điều 3",
            "summary": "Chưa đạt trình độ theo nghị định bịa",
            "applies_to": "can_bo cong_chuc",
            "no_other_post": "true",
            "no_retraining": "false",
            "consent": "false",
        }
    ],
    "downsizing_policy": [
        {
            "instrument": "nd_77_2019",
            "clause": clause,
            "sort": sort,
            "policy": policy,
            "article": article,
            "reference": reference,
            "retire_male": 720,
            "retire_female": 660,
            "early_most": most,
            "early_least": least,
            "formula": "bia",
        }
        for clause, sort, policy, article, reference, most, least in [
            ("4", 1, "nghi_huu", "Điều 4", "co_dinh", 60, 12),
            ("5", 2, "thoi_viec", "Điều 5", "", "", ""),
        ]
    ],
    "downsizing_formula": [
        {"formula": "bia", "sort": 1, "label": "Một lần", "months": 10, "pay": "HH", "per": "lan"},
        {"formula": "bia", "sort": 2, "label": "Mỗi năm công tác", "months": 1, "pay": "HH", "per": "nam_cong_tac"},
    ],
    "rounding_rule": [
        {"instrument": "nd_77_2019", "measure": measure, "from_months": 0, "to_months": 11, "years": 0}
        for measure in ("N", "E")
    ],
    "downsizing_round": [
        {
            "instrument": "nd_77_2019",
            "round": n,
            "from_month": 3 * n - 2,
            "until_month": 3 * n,
            "due_years_before": 0,
            "due_month": 3 * n - 2,
            "due_day": 1,
        }
        for n in (1, 2, 3, 4)
    ],
}


@pytest.fixture
def new_law(own: Store, tmp_path: Path) -> Store:
    """The sample with the rows added to a copy of the folder of the law."""
    folder = tmp_path / "reference"
    shutil.copytree(QUERIES / "reference", folder)
    for table, rows in ROWS.items():
        with (folder / f"{table}.csv").open("r+", encoding="utf-8", newline="") as file:
            headings = csv.DictReader(file).fieldnames or []
            file.seek(0, io.SEEK_END)
            lines = csv.DictWriter(file, headings, lineterminator="\n")
            lines.writerows(row | SURE for row in rows)
    with own.write() as cursor:
        load_reference(cursor, folder)
    return own


@pytest.fixture
def proposed(new_law: Store, tmp_path: Path) -> Store:
    """Lê Duy Hùng of Hương Sơn, born on 07/05/1962, is proposed under it for 01/05/2020, by the workbook."""
    book = openpyxl.load_workbook(SAMPLE)
    cases, steps = book["Trường hợp"], book["Quá trình xử lý"]
    row = [c.value for c in next(r for r in cases.iter_rows(min_row=2) if r[0].value == "06/2019")]
    row[0], row[5], row[6], row[8] = "01/2020", "Nghị định 77/2019/NĐ-CP", "k", date(2020, 5, 1)
    cases.append(row)
    steps.append(["01/2020", "de_xuat", date(2020, 1, 10)])
    path = tmp_path / "so.xlsx"
    book.save(path)
    ledger = read_ledger(path, all_of(new_law), vocabulary(all_of(new_law), DAY.as_of))
    assert ledger.issues == []
    assert record_ledger(all_of(new_law), ledger, file=path.name, made_by="x") is not None
    return new_law


def test_a_case_is_read_listed_and_put_into_its_round(proposed: Store, tmp_path: Path) -> None:
    cases = all_of(proposed).query("downsizing_cases", DAY).set_index("case_id")
    assert cases.legal_ref["01/2020"] == "điểm k Điều 3 NĐ 77/2019/NĐ-CP (chưa đối chiếu văn bản gốc)"
    assert (cases["round"]["01/2020"], cases["round"]["06/2019"], cases["round"]["01/2015"]) == (2, 2, 1)
    rounds = all_of(proposed).query("downsizing_rounds", DAY)
    assert rounds.groupby("year")["round"].max().to_dict() == {y: 2 if y < 2020 else 4 for y in range(2015, 2022)}
    assert rounds.set_index(["year", "round"]).due_on[2020, 2].date() == date(2020, 4, 1)
    assert rounds.cases.sum() == len(cases)
    assert rounds_of(rounds)[0] == Round(2020, 2)
    path = tmp_path / "lai.xlsx"
    path.write_bytes(ledger_book(all_of(proposed), Words.of(all_of(proposed))))
    again = read_ledger(path, all_of(proposed), vocabulary(all_of(proposed), DAY.as_of))
    assert (again.issues, record_ledger(all_of(proposed), again, file="x", made_by="x")) == ([], None)


@pytest.mark.parametrize(
    "name",
    [
        "NĐ 77/2019",
        "nd_77_2019",
        "Nghị định số 77/2019/NĐ-CP",
        "77/2019/NĐ-CP",
        "NĐ77/2019/NĐ-CP",
        "Nghị định số 77/2019/NĐ-CP ngày 01/11/2019 của Chính phủ",
        "Nghị quyết 77/2019",
        "77/2018/NĐ-CP",
    ],
)
def test_a_decree_is_known_by_every_name_an_office_gives_it(name: str, new_law: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(SAMPLE)
    row = next(r for r in book["Trường hợp"].iter_rows(min_row=2) if r[0].value == "06/2019")
    row[5].value, row[6].value = name, "k"
    path = tmp_path / "so.xlsx"
    book.save(path)
    ledger = read_ledger(path, all_of(new_law), vocabulary(all_of(new_law), DAY.as_of))
    refused = [issue.message for issue in ledger.issues if issue.column == "Văn bản căn cứ"]
    if name in ("Nghị quyết 77/2019", "77/2018/NĐ-CP"):
        assert len(refused) == 1
    else:
        assert refused == []
        found = {case["case_id"]: case["instrument"] for case in ledger.rows["downsizing_case"]}
        assert found["06/2019"] == "nd_77_2019"


def test_its_sum_is_worked_out_and_what_it_does_not_offer_is_said(proposed: Store) -> None:
    law = Law.of(proposed)
    person = int(all_of(proposed).query("downsizing_cases", DAY).set_index("case_id").person_id["01/2020"])
    known = bases(all_of(proposed), law, person, "01/2020")
    found = known.benefit(law, "nghi_huu")
    assert found is not None
    assert known.insurance_months == 241
    # Ten months of pay and one for each of the twenty full years.
    assert (found.eligible, found.amount, found.article) == (True, 30 * 5_573_900, "Điều 4 NĐ 77/2019/NĐ-CP")
    assert "là suy luận, chưa thấy quy định" in found.reason
    without = known.benefit(law, "hoc_nghe")
    assert without is not None
    assert (without.eligible, without.reason) == (False, "NĐ 77/2019/NĐ-CP không có chính sách này.")


def test_the_forms_of_its_round_have_what_fits_and_say_what_does_not(proposed: Store) -> None:
    book = openpyxl.load_workbook(io.BytesIO(forms(all_of(proposed), Words.of(all_of(proposed)), DAY, Round(2020, 2))))
    page = book["Biểu 1a"]
    assert page["A4"].value.startswith("Đợt 2 năm 2020 (từ 01/04/2020 đến 30/06/2020)")
    row = [cell.value for cell in page[9]]
    assert (row[1], row[21], row[22:25]) == ("Lê Duy Hùng", 30 * 5573.9, [None, None, None])
    assert row[25].startswith("Chưa đạt trình độ theo nghị định bịa (điểm k Điều 3 NĐ 77/2019/NĐ-CP")
    told = [line[5].value for line in book["Còn thiếu"].iter_rows(min_row=9) if line[4].value]
    assert any("nghị định chia khoản này khác các cột của biểu: Một lần: 10 × 5.573.900" in t for t in told if t)


def test_a_policy_that_the_forms_do_not_know_has_one_of_its_own(proposed: Store) -> None:
    day, of = DAY.on(date(2020, 6, 30)), Round(2020, 2)
    before = forms(all_of(proposed), Words.of(all_of(proposed)), day, of)
    with proposed.write() as cursor:
        cursor.execute(
            "insert into label (domain, code, label, short_label, sort) "
            "values ('policy', 'bao_luu', 'Bảo lưu chức vụ', 'Bảo lưu', 5)"
        )
        cursor.execute(
            "update downsizing_policy set policy = 'bao_luu' where instrument = 'nd_77_2019' and clause = '5'"
        )
        cursor.execute("update downsizing_case set policy = 'bao_luu' where case_id = '01/2020'")
    book = openpyxl.load_workbook(io.BytesIO(forms(all_of(proposed), Words.of(all_of(proposed)), day, of)))
    assert book.sheetnames[:6] == ["Biểu 1a", "Biểu 1b", "Biểu 1c", "Biểu 1d", "Biểu 1đ", "Biểu 2"]
    page = book["Biểu 1đ"]
    assert page["A3"].value == "DANH SÁCH VÀ KINH PHÍ CHI TRẢ THEO CHÍNH SÁCH BẢO LƯU CHỨC VỤ"
    assert "không có biểu cho chính sách này" in page["A5"].value
    assert [cell.value for cell in page[7]][21:25] == [
        "Kinh phí: tổng cộng",
        "Một lần",
        "Mỗi năm công tác",
        "Lý do tinh giản",
    ]
    row = [cell.value for cell in page[9]]
    assert (row[1], row[21:24]) == ("Lê Duy Hùng", [30 * 5573.9, 10 * 5573.9, 20 * 5573.9])
    old = openpyxl.load_workbook(io.BytesIO(before))
    for name, people in (("Biểu 2", 2), ("Biểu 3", 4)):
        headings = [cell.value for cell in book[name][7]]
        assert sum("bảo lưu" in str(heading) for heading in headings) == 2
        assert len(headings) == len(old[name][7]) + 2
        assert headings[people + 1].endswith("nghỉ hưu trước tuổi")
    [commune] = [[c.value for c in r] for r in book["Biểu 2"].iter_rows(min_row=9) if r[1].value == "Hương Sơn"]
    assert (commune[2], sum(commune[3:8]), commune[8]) == (1, 1, 30 * 5573.9)


@pytest.mark.parametrize(
    "table",
    ["legal_document", "downsizing_instrument", "downsizing_policy", "downsizing_formula", "rounding_rule"],
)
def test_every_file_the_readme_promises_is_named_by_the_doctor(table: str, new_law: Store) -> None:
    promise = (QUERIES.parent / "README.md").read_text(encoding="utf-8").split("Nghị định mới về tinh giản")[1]
    assert f"`{table}.csv`" in promise.split("`doctor` nói")[0]
    assert problems(new_law) == []
    key, value = {"legal_document": ("document", "ND77"), "downsizing_formula": ("formula", "bia")}.get(
        table, ("instrument", "nd_77_2019")
    )
    with new_law.write() as cursor:
        cursor.execute(f"delete from {table} where {key} = '{value}'")  # noqa: S608 - our own names
    assert [p for p in problems(new_law) if f"nd_77_2019, {table}.csv" in p]


def test_a_candidate_is_told_its_point(new_law: Store) -> None:
    found = all_of(new_law).query("candidates", DAY)
    assert len(found)
    assert set(found.legal_ref) == {"điểm k Điều 3 NĐ 77/2019/NĐ-CP (chưa đối chiếu văn bản gốc)"}
    before = all_of(new_law).query("candidates", DAY.on(date(2019, 12, 31)))
    assert not before.legal_ref.str.contains("77/2019").any()


def test_nobody_is_suggested_by_a_decree_whose_grounds_are_not_known(
    new_law: Store, open_app: Callable[..., AppTest]
) -> None:
    with new_law.write() as cursor:
        cursor.execute("delete from downsizing_ground where instrument = 'nd_77_2019'")
    target = Path(new_law.target)
    new_law.close()
    [told] = [i.value for i in open_app(target, "downsizing", ngay="2020-01-31").info if "77/2019" in i.value]
    assert told.startswith("Từ 01/01/2020 áp dụng NĐ 77/2019/NĐ-CP")
    eve = open_app(target, "downsizing", ngay="2019-12-31")
    assert not any("77/2019" in i.value for i in eve.info)


def test_the_page_shows_it(proposed: Store, open_app: Callable[..., AppTest]) -> None:
    target = Path(proposed.target)
    proposed.close()
    page = open_app(target, "downsizing", ngay="2020-01-31")
    page.session_state["downsizing-tabs"] = "Các đợt"
    page.run()
    assert not page.exception
    assert page.selectbox(key="round-form").value == Round(2020, 2)
    chooser = page.selectbox(key="compare-who")
    chooser.set_value(next(p for p in chooser.options if "Lê Duy Hùng" in p and "01/2020" in p)).run()
    assert not page.exception
    told = next(t.value for t in page.table if "Cách tính và lý do" in t.value)
    assert list(told["Số tiền"]) == [f"{x} đồng" if x else "—" for x in ("167.217.000", None, "167.217.000", None)]


def test_a_decree_with_rows_missing_is_named_by_the_doctor(
    new_law: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with new_law.write() as cursor:
        cursor.execute("delete from rounding_rule where instrument = 'nd_77_2019' and measure = 'E'")
    target = new_law.target
    law = Law.of(new_law)
    person = int(all_of(new_law).query("downsizing_cases", DAY).set_index("case_id").person_id["06/2019"])
    found = bases(all_of(new_law), law, person, "06/2019", date(2020, 5, 1)).benefit(law, "nghi_huu")
    assert found is not None
    assert (found.eligible, found.reason) == (False, "Danh mục chưa có cách tính tháng lẻ của NĐ 77/2019/NĐ-CP.")
    new_law.close()
    monkeypatch.setenv("DASHBOARD_STORE", target)
    assert main(["doctor"]) == 1
    assert "nd_77_2019, rounding_rule.csv" in capsys.readouterr().out


def test_a_policy_without_a_name_is_named_by_the_doctor(new_law: Store) -> None:
    with new_law.write() as cursor:
        cursor.execute("update downsizing_policy set policy = 'bia' where instrument = 'nd_77_2019' and clause = '5'")
    assert [p for p in problems(new_law) if "nd_77_2019, label.csv" in p]
