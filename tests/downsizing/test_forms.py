"""The forms of a round of downsizing, Biểu 1a to 3: sums, columns, and what is empty."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from common.ledger import NAMES, second_case, who
from common.readers import all_of
from common.reading import is_for_people
from core.columns import HEADINGS
from core.store import Filters, Store
from core.words import Words
from downsizing.cases import bases
from downsizing.forms import Round, estimated, forms, rounds_of
from downsizing.law import Law
from downsizing.ledger import Ledger, record_ledger

DAY = Filters(date(2018, 12, 31))


def sheet(content: bytes, name: str) -> list[tuple[Any, ...]]:
    """The rows of a form below its numbered heading."""
    page = openpyxl.load_workbook(io.BytesIO(content))[name]
    rows = [row for row in page.iter_rows(min_row=9, values_only=True) if any(c is not None for c in row)]
    return [r for r in rows if r[0] is not None or r[1] is not None][:-1]


@pytest.fixture(scope="module")
def words(sample: Store) -> Words:
    return Words.of(all_of(sample))


def test_each_form_bears_its_title_and_says_what_nobody_has_checked(sample: Store, words: Words) -> None:
    book = openpyxl.load_workbook(io.BytesIO(forms(all_of(sample), words, DAY, Round(2019, 1))))
    listed, money = "DANH SÁCH VÀ KINH PHÍ CHI TRẢ CHO NHỮNG NGƯỜI", "Đơn vị tính tiền: 1.000 đồng. "
    assert {page.title: (page["A3"].value, page["A5"].value) for page in book if page.title.startswith("Biểu")} == {
        "Biểu 1a": (
            f"{listed} NGHỈ HƯU TRƯỚC TUỔI",
            f"{money}Các cột kinh phí lập theo công thức, chưa đối chiếu văn bản gốc.",
        ),
        "Biểu 1b": (
            f"{listed} CHUYỂN SANG TỔ CHỨC KHÔNG HƯỞNG NGÂN SÁCH",
            f"{money}Tên biểu và các cột kinh phí chưa đối chiếu văn bản gốc.",
        ),
        "Biểu 1c": (
            f"{listed} THÔI VIỆC NGAY",
            f"{money}Tên biểu và các cột kinh phí chưa đối chiếu văn bản gốc.",
        ),
        "Biểu 1d": (
            f"{listed} THÔI VIỆC SAU KHI ĐI HỌC NGHỀ",
            f"{money}Tên biểu chưa đối chiếu văn bản gốc.",
        ),
        "Biểu 2": (
            "TỔNG HỢP DANH SÁCH VÀ KINH PHÍ TINH GIẢN BIÊN CHẾ",
            f"{money}Tên biểu và các cột chưa đối chiếu văn bản gốc.",
        ),
        "Biểu 3": (
            "BÁO CÁO KẾT QUẢ THỰC HIỆN CHÍNH SÁCH TINH GIẢN BIÊN CHẾ",
            f"{money}Lập theo biểu năm 2007 cùng bố cục, chưa đối chiếu văn bản gốc.",
        ),
    }


def test_the_forms_of_a_round_add_up(sample: Store, words: Words) -> None:
    content = forms(all_of(sample), words, DAY, Round(2019, 1))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Biểu 1a", "Biểu 1b", "Biểu 1c", "Biểu 1d", "Biểu 2", "Biểu 3", "Còn thiếu"]
    *people, total = sheet(content, "Biểu 1a")
    assert [row[1] for row in people] == [
        "Phạm Văn Sơn",
        "Hồ Quang Hưng",
        "Trần Quang Dũng",
        "Nguyễn Đình Vinh",
        "Lê Thanh Hoàng",
    ]
    for row in people:
        assert row[21] == pytest.approx(row[22] + row[23] + row[24], abs=0.02)
    assert total[21] == pytest.approx(sum(row[21] for row in people))
    # Doubts about a sum travel with it.
    assert people[0][25].startswith("Thừa người khi cơ cấu lại theo vị trí việc làm")
    told = [row for row in sheet(content, "Còn thiếu") if row[4] == "(21) Kinh phí: tổng cộng"]
    assert any("làm tròn thời gian nghỉ sớm là suy luận" in row[5] for row in told)
    *communes, summed = sheet(content, "Biểu 2")
    assert (summed[2], summed[7]) == (5, pytest.approx(total[21]))
    assert len(communes) == 5
    _, money, _, without = estimated(all_of(sample), DAY, Round(2019, 1))
    assert (money / 1000, without) == (pytest.approx(total[21], abs=0.1), 0)


def test_leaving_and_age_stand_in_columns_19_and_20(sample: Store, words: Words) -> None:
    page = openpyxl.load_workbook(io.BytesIO(forms(all_of(sample), words, DAY, Round(2019, 1))))["Biểu 1a"]
    named = {mark.value: head.value for head, mark in zip(page[7], page[8], strict=True) if mark.value}
    assert (named["(19)"], named["(20)"]) == ("Thời điểm tinh giản", "Tuổi khi tinh giản")
    *people, _ = sheet(forms(all_of(sample), words, DAY, Round(2019, 1)), "Biểu 1a")
    # An age is reached on the first of the month after the month of birth: 24/02/1962 makes 57 years on 01/03/2019.
    assert {row[1]: (row[2].date(), row[19].date(), row[20]) for row in people} == {
        "Phạm Văn Sơn": (date(1961, 6, 28), date(2019, 1, 1), 57),
        "Hồ Quang Hưng": (date(1961, 8, 21), date(2019, 2, 1), 57),
        "Trần Quang Dũng": (date(1962, 2, 24), date(2019, 3, 1), 57),
        "Nguyễn Đình Vinh": (date(1961, 4, 15), date(2019, 5, 1), 58),
        "Lê Thanh Hoàng": (date(1962, 4, 21), date(2019, 6, 1), 57),
    }


@pytest.mark.parametrize(
    ("born", "precision", "age"),
    [
        # Of whom only the year is known an age is reached on the first of January.
        ("1962-01-01", "nam", 57),
        ("1962-01-01", "thang", 56),
        ("1962-01-01", "ngay", 56),
        ("1961-12-01", "thang", 57),
    ],
)
def test_the_form_and_the_benefit_have_one_age(own: Store, words: Words, born: str, precision: str, age: int) -> None:
    with own.write() as cursor:
        cursor.execute(
            "update person set birth_on = $born, birth_precision = $precision where person_id = $who",
            {"born": born, "precision": precision, "who": who(own, "01/2019")},
        )
    [first, *_] = sheet(forms(all_of(own), words, DAY, Round(2019, 1)), "Biểu 1a")
    benefit = bases(all_of(own), Law.of(own), who(own, "01/2019"), "01/2019").benefit(Law.of(own), "nghi_huu")
    assert benefit is not None
    assert first[20] == age
    assert f"Nam {age} tuổi" in benefit.reason


def test_a_form_is_of_the_case_of_its_round(own: Store, words: Words) -> None:
    before = sheet(forms(all_of(own), words, DAY, Round(2018, 1)), "Biểu 1c")
    second_case(own)
    assert sheet(forms(all_of(own), words, DAY, Round(2018, 1)), "Biểu 1c") == before
    [row] = [r for r in sheet(forms(all_of(own), words, DAY, Round(2019, 2)), "Biểu 1c") if r[1] == before[0][1]]
    assert (row[16], row[17], row[18], row[19].date()) == (9000, 8000, 25, date(2019, 9, 1))


def test_what_was_learned_after_leaving_is_not_on_the_form(own: Store, words: Words) -> None:
    before = sheet(forms(all_of(own), words, DAY, Round(2018, 1)), "Biểu 1c")
    with own.write() as cursor:
        cursor.execute(
            "insert into qualification by name select * replace (9999 as qualification_id, 'chuyen_mon' as criterion, "
            "'dai_hoc' as level, date '2018-06-30' as obtained_on, 'ngay' as obtained_precision, date '2018-12-31' as "
            "reported_on) from qualification where person_id = $p and status = 'da_co' limit 1",
            {"p": who(own, "01/2018")},
        )
    assert sheet(forms(all_of(own), words, DAY, Round(2018, 1)), "Biểu 1c") == before


def test_a_store_without_a_name_for_its_office_has_forms(own: Store, words: Words) -> None:
    with own.write() as cursor:
        cursor.execute("delete from meta where name like 'office%'")
    book = openpyxl.load_workbook(io.BytesIO(forms(all_of(own), words, DAY, Round(2019, 1))))
    assert all(page["A1"].value is None for page in book)


def test_the_numbered_columns_are_those_of_the_annex(sample: Store, words: Words) -> None:
    """14 and 15 the step before, 16 and 17 the two pays, 21 the total, 27 the reason of form 1d."""
    page = openpyxl.load_workbook(io.BytesIO(forms(all_of(sample), words, DAY, Round(2019, 2))))["Biểu 1d"]
    named = {mark.value: head.value for head, mark in zip(page[7], page[8], strict=True) if mark.value}
    assert named["(14)"] == "Lương trước liền kề: hệ số"
    assert named["(16)"] == "Tiền lương tháng hiện hưởng"
    assert named["(17)"] == "Tiền lương bình quân tháng"
    assert named["(21)"] == "Kinh phí: tổng cộng"
    assert named["(27)"] == "Lý do tinh giản"


@pytest.mark.parametrize("of", [Round(2015, 1), Round(2017, 1), Round(2018, 1)])
def test_results_keep_the_checks_of_the_form(sample: Store, words: Words, of: Round) -> None:
    """Column 2 = 4+5+6+7, column 8 = 9+10+11+12, and the columns of the page."""
    *communes, total = sheet(forms(all_of(sample), words, DAY, of), "Biểu 3")
    for row in [*communes, total]:
        assert row[3] == sum(row[5:9])
        assert row[9] == pytest.approx(sum(row[10:14]))
    rounds = all_of(sample).query("downsizing_rounds", DAY).set_index(["year", "round"])
    assert total[3] == rounds.done[of.year, of.round]
    assert total[2] == 244
    cost = all_of(sample).query("downsizing_cost", DAY).set_index("year").benefit_paid
    assert total[9] * 1000 == pytest.approx(cost[of.year])


def test_what_is_empty_is_listed(own: Store, words: Words) -> None:
    person = who(own, "06/2019")
    own_rows = own.fetch("select * exclude (batch_id) from downsizing_case where case_id = '06/2019'").to_dict(
        "records"
    )
    case = own_rows[0] | {"leaving_on": date(2019, 7, 1), "decided_on": None, "insurance_months": None}
    case |= {"current_salary": None, "average_salary": None, "benefit_paid": None, "decision": None}
    record_ledger(all_of(own), Ledger({"downsizing_case": [case]}), file="x", made_by="x")
    with own.write() as cursor:
        cursor.execute("delete from pay_step where person_id = $p", {"p": person})
    lacking = {
        row[4] for row in sheet(forms(all_of(own), words, DAY, Round(2019, 2)), "Còn thiếu") if row[3] == "Lê Duy Hùng"
    }
    assert {"(5) Lương hiện hưởng: hệ số", "(16) Tiền lương tháng hiện hưởng", "(18) Số năm đóng BHXH"} <= lacking
    assert "(1) Họ và tên" not in lacking


def test_a_round_without_cases_is_said_to_be_empty(sample: Store, words: Words) -> None:
    assert (
        sheet(forms(all_of(sample), words, DAY, Round(2030, 1)), "Biểu 1a")[0][0]
        == "Không có trường hợp nào trong đợt này."
    )
    assert Round(2030, 1) not in rounds_of(all_of(sample).query("downsizing_rounds", DAY))
    assert rounds_of(all_of(sample).query("downsizing_rounds", DAY))[0] == Round(2019, 2)


@pytest.mark.parametrize("name", NAMES)
def test_no_list_of_the_ledger_shows_a_code(sample: Store, words: Words, name: str) -> None:
    named = {c for c, label in zip(words.rows.code, words.rows.label, strict=True) if c != label}
    frame = all_of(sample).query(name, DAY)
    assert len(frame)
    shown = words.present(frame)
    assert set(shown.columns) <= set(HEADINGS.values())
    wrong = {(h, str(v)) for h in shown for v in shown[h] if not is_for_people(v, named - {"a", "b", "c"})}
    assert wrong == set()
