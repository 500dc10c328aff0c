"""What a province or an office adds to the money of a decree: entered, told apart from it, dated, taken back."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from common.ledger import who
from common.readers import all_of
from core.store import Filters, Store
from core.words import Words
from downsizing.benefits import Benefit
from downsizing.cases import bases
from downsizing.comparison import compared, standing
from downsizing.forms import Round, estimated, forms
from downsizing.law import Law
from downsizing.top_up import Entry, add_top_up
from intake.commit import NotAccepted, undo

DAY = Filters(date(2018, 12, 31))
# Half a month of pay for each year of service to whoever goes into an early pension, from 2019 to 2020.
BY_YEARS = Entry(
    "12/2018/NQ-HĐND", ("nghi_huu",), Decimal("0.5"), "BQ", None, "nam_cong_tac", date(2019, 1, 1), date(2021, 1, 1)
)
FIXED = Entry("30/QĐ-UBND", ("nghi_huu", "thoi_viec"), None, None, 10_000_000, "lan", date(2018, 1, 1), None, "một lần")


def benefit(store: Store, case: str = "03/2019", policy: str = "nghi_huu", on: date | None = None) -> Benefit:
    found = bases(all_of(store), Law.of(store), who(store, case), case, on).benefit(Law.of(store), policy)
    assert found is not None
    return found


def test_it_stands_beside_the_sum_of_the_decree_and_never_in_it(own: Store) -> None:
    before = benefit(own)
    add_top_up(all_of(own), BY_YEARS, "người thử")
    add_top_up(all_of(own), FIXED, "người thử")
    after = benefit(own)
    assert (after.amount, after.terms, after.breakdown) == (before.amount, before.terms, before.breakdown)
    average = bases(all_of(own), Law.of(own), who(own, "03/2019"), "03/2019").average_salary
    assert average is not None
    assert after.counted_years is not None
    assert [t.label for t in after.top_ups] == ["30/QĐ-UBND", "12/2018/NQ-HĐND"]
    assert [t.amount for t in after.top_ups] == [10_000_000, average * after.counted_years / 2]
    assert after.topped_up == round(10_000_000 + average * after.counted_years / 2)


@pytest.mark.parametrize(
    ("on", "adds"),
    [
        (date(2018, 12, 31), False),
        (date(2019, 1, 1), True),
        (date(2020, 2, 1), True),
    ],
)
def test_it_is_for_who_leaves_from_its_day_on(own: Store, on: date, adds: bool) -> None:
    add_top_up(all_of(own), BY_YEARS, "x")
    assert bool(benefit(own, on=on).top_ups) is adds


@pytest.mark.parametrize(
    ("until", "adds"), [(date(2019, 5, 31), False), (date(2019, 6, 1), False), (date(2019, 6, 2), True)]
)
def test_and_before_the_day_it_ends(own: Store, until: date, adds: bool) -> None:
    add_top_up(all_of(own), replace(BY_YEARS, ended_on=until), "x")
    assert bool(benefit(own, on=date(2019, 6, 1)).top_ups) is adds


def test_it_is_for_its_policies_and_for_who_is_eligible(own: Store) -> None:
    add_top_up(all_of(own), FIXED, "x")
    law = Law.of(own)
    known = bases(all_of(own), law, who(own, "03/2019"), "03/2019")
    adds = {p: bool(b.top_ups) for p in ("nghi_huu", "chuyen", "thoi_viec") if (b := known.benefit(law, p))}
    # Who may go into a pension may not leave with severance: nothing is added to nothing.
    assert adds == {"nghi_huu": True, "chuyen": False, "thoi_viec": False}


def test_years_early_are_counted_as_the_decree_counts_them(own: Store) -> None:
    add_top_up(all_of(own), replace(FIXED, policies=("nghi_huu",), per="nam_som", amount=2_000_000), "x")
    found = benefit(own)
    assert found.early_years
    assert found.topped_up == 2_000_000 * found.early_years


def test_pay_that_is_not_known_costs_the_addition_only(own: Store) -> None:
    add_top_up(all_of(own), replace(BY_YEARS, pay="HH"), "x")
    law = Law.of(own)
    known = bases(all_of(own), law, who(own, "03/2019"), "03/2019")
    found = replace(known, current_salary=None).benefit(law, "nghi_huu")
    assert found is not None
    assert (found.eligible, found.topped_up) == (True, 0)
    assert "Chưa tính được hỗ trợ thêm theo 12/2018/NQ-HĐND: chưa có tiền lương tháng hiện hưởng." in found.reason


def test_who_entered_it_and_when_is_kept_and_it_can_be_taken_back(own: Store) -> None:
    batch = add_top_up(all_of(own), FIXED, "Người Nhập")
    assert batch is not None
    rows = all_of(own).query("top_ups", DAY)
    assert (set(rows.made_by), set(rows.batch_id), list(rows.policy)) == ({"Người Nhập"}, {batch}, list(FIXED.policies))
    undo(all_of(own), batch, "x")
    assert all_of(own).query("top_ups", DAY).empty
    assert not benefit(own).top_ups
    # The history has it still.
    batches = all_of(own).query("batches", DAY).set_index("batch_id")
    assert batches.undone_by[batch] == "x"
    # And it can be entered again.
    assert add_top_up(all_of(own), FIXED, "x") is not None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"number": " "}, "Chưa có số, ký hiệu"),
        ({"policies": ()}, "Chưa chọn chính sách"),
        ({"amount": None}, "Ghi số tháng lương hoặc số tiền"),
        ({"months": Decimal(1)}, "Ghi số tháng lương hoặc số tiền"),
        ({"amount": 0}, "Số tiền phải lớn hơn 0"),
        ({"amount": None, "months": Decimal(-1), "pay": "HH"}, "Số tháng lương phải lớn hơn 0"),
        ({"amount": None, "months": Decimal(1)}, "Chưa chọn tiền lương"),
        ({"per": "nam_som"}, "Chỉ nghỉ hưu trước tuổi"),
        ({"effective_from": None}, "Chưa có ngày áp dụng"),
        ({"ended_on": date(2018, 1, 1)}, "phải sau ngày áp dụng"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(own: Store, change: dict[str, object], said: str) -> None:
    with pytest.raises(NotAccepted, match=said):
        add_top_up(all_of(own), replace(FIXED, **change), "x")  # type: ignore[arg-type]
    assert all_of(own).query("top_ups", DAY).empty


def test_one_document_says_a_thing_once_at_a_time(own: Store) -> None:
    batch = add_top_up(all_of(own), FIXED, "x")
    for again in (FIXED, replace(FIXED, amount=1), replace(FIXED, policies=("thoi_viec",))):
        with pytest.raises(NotAccepted, match=f"đã có khoản này ở đợt {batch}"):
            add_top_up(all_of(own), again, "x")
    for other in (
        replace(FIXED, number="31/QĐ-UBND"),
        replace(FIXED, policies=("chuyen",)),
        replace(FIXED, effective_from=date(2017, 1, 1), ended_on=date(2018, 1, 1)),
    ):
        assert add_top_up(all_of(own), other, "x") is not None


def test_the_comparison_and_the_round_tell_it_apart(own: Store) -> None:
    words, law = Words.of(all_of(own)), Law.of(own)
    people, money, more, without = estimated(all_of(own), DAY, Round(2019, 1))
    assert more == 0
    plain = openpyxl.load_workbook(io.BytesIO(forms(all_of(own), words, DAY, Round(2019, 1))))
    assert "Hỗ trợ thêm" not in plain.sheetnames
    add_top_up(all_of(own), FIXED, "x")
    assert estimated(all_of(own), DAY, Round(2019, 1)) == (people, money, 10_000_000 * people, without)
    book = openpyxl.load_workbook(io.BytesIO(forms(all_of(own), words, DAY, Round(2019, 1))))
    rows = [[c.value for c in row] for row in book["Hỗ trợ thêm"].iter_rows(min_row=9)]
    assert [row[7] for row in rows[:people]] == [10_000] * people
    assert (rows[people][1], rows[people][7]) == ("Tổng cộng", 10_000 * people)
    for name in ("Biểu 1a", "Biểu 2"):
        assert list(book[name].values) == list(plain[name].values)
    law, person = Law.of(own), who(own, "03/2019")
    leaving = date(2019, 3, 1)
    stands = standing(all_of(own), words, law, DAY.as_of, leaving, person, "03/2019")
    known = bases(all_of(own), law, person, "03/2019")
    found = compared(law, words.options("policy"), known, stands)
    assert "chưa kể hỗ trợ thêm 10.000.000 đồng" in found.headline()
    row = found.rows().iloc[0]
    assert (row.top_up, row.benefit) == (10_000_000, benefit(own).amount)
    assert "Hỗ trợ thêm theo 30/QĐ-UBND: 10.000.000, cộng 10.000.000 đồng" in row.worked_out


def test_it_is_entered_and_dropped_on_the_page(own: Store, open_app: Callable[..., AppTest]) -> None:
    target = Path(own.target)
    own.close()
    app = open_app(target, "downsizing")

    def send() -> None:
        next(b for b in app.button if b.label == "Ghi khoản hỗ trợ thêm").click().run()
        assert not app.exception

    send()
    assert "Chưa có số, ký hiệu của văn bản. Nhập như 12/2024/NQ-HĐND." in [e.value for e in app.error]
    app.text_input(key="top-up-number-0").set_value("30/QĐ-UBND")
    app.multiselect(key="top-up-policies-0").set_value(["nghi_huu"])
    app.date_input(key="top-up-from-0").set_value(date(2019, 1, 1))
    app.text_input(key="top-up-months-0").set_value("năm")
    send()
    assert "Số tháng lương “năm” không phải là số. Ghi như 5 hoặc 0,5." in [e.value for e in app.error]
    app.text_input(key="top-up-months-0").set_value("")
    app.number_input(key="top-up-amount-0").set_value(10_000_000)
    send()
    assert any("hỗ trợ thêm theo 30/QĐ-UBND" in s.value for s in app.success)
    [shown] = [m.value.replace("\\", "") for m in app.markdown if "30/QĐ" in m.value]
    assert "10.000.000 đồng, một lần · nghỉ hưu trước tuổi · nghỉ từ 01/01/2019" in shown
    chooser = app.selectbox(key="compare-who")
    chooser.set_value(next(p for p in chooser.options if "Trần Quang Dũng" in p)).run()
    table = next(t.value for t in app.table if "Hỗ trợ thêm" in t.value)
    assert (table["Hỗ trợ thêm"][0], table["Số tiền"][0]) == ("10.000.000 đồng", "66.302.120 đồng")
    app.text_input(key="top-up-number-1").set_value("31/QĐ-UBND")
    app.multiselect(key="top-up-policies-1").set_value(["nghi_huu", "chuyen"])
    app.text_input(key="top-up-months-1").set_value("0,5")
    app.date_input(key="top-up-from-1").set_value(date(2019, 1, 1))
    send()
    assert any("0,5 tháng lương hiện hưởng, một lần" in m.value for m in app.markdown)
    for _ in range(2):
        next(b for b in app.button if b.label == "Bỏ khoản này").click().run()
    assert not app.exception
    assert any("Chưa nhập khoản hỗ trợ thêm nào" in c.value for c in app.caption)
