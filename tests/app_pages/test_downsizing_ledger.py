"""The ledger and its cases on the page Tinh giản biên chế: figures and names, steps, benefits, decisions, forms."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.downsizing import upkeep
from common.ledger import second_case
from common.readers import all_of
from core.store import Filters, Store
from core.words import Words
from downsizing.forms import Round
from intake.commit import undo


@pytest.fixture
def page(own: Store, open_app: Callable[..., AppTest]) -> AppTest:
    target = Path(own.target)
    own.close()
    return open_app(target, "downsizing")


def table(app: AppTest) -> pd.DataFrame:
    return next(d.value for d in app.dataframe if "Số hồ sơ" in d.value or "Lý do chưa đánh giá" in d.value)


def test_the_page_says_what_the_queries_say(page: AppTest) -> None:
    assert not page.exception
    said = "## Đã giảm 4 trong 13 biên chế theo chỉ tiêu 2015–2018 (30,77%), còn thiếu 9; 3 người đã duyệt, chờ nghỉ."
    assert [m.value for m in page.markdown if m.value.startswith("## ")] == [said]
    assert [m.value for m in page.metric] == ["1", "9", "3", "4"]
    assert len(table(page)) == 22
    assert any("không nêu số liệu" in c.value for c in page.caption)


@pytest.mark.parametrize(("button", "rows"), [(0, 1), (1, 10), (2, 3), (3, 4)])
def test_a_figure_opens_the_names_behind_it(page: AppTest, button: int, rows: int) -> None:
    page.button(key=f"show-{button}").click().run()
    assert not page.exception
    assert len(table(page)) == rows


def test_what_narrows_a_list_is_said_and_taken_off(page: AppTest) -> None:
    page.button(key="show-0").click().run()
    assert page.button(key="downsizing-widen").label == "Chỉ năm 2018"
    page.button(key="downsizing-widen").click().run()
    assert len(table(page)) == 4


def test_a_row_of_a_table_leads_to_its_names(page: AppTest) -> None:
    page.session_state["downsizing-next"] = ("missing", {"fall_reason": "chua_danh_gia"})
    page.run()
    assert not page.exception
    assert len(table(page)) == 4
    assert page.button(key="downsizing-widen").label == "Chỉ lý do không thành chưa đánh giá xếp loại đủ hai năm"


def test_a_click_without_a_choice_notes_nothing(page: AppTest, own: Store) -> None:
    next(b for b in page.button if b.label == "Ghi bước này").click().run()
    assert not page.exception
    assert [e.value for e in page.error] == ["Chưa chọn hồ sơ, trạng thái. Chọn rồi bấm lại."]
    assert not page.success


@pytest.mark.parametrize(
    ("case", "status", "on", "reason", "said"),
    [
        # Paid, approved, being proposed: a case goes on, not back.
        ("01/2015", "de_xuat", "2018-12-31", None, "đã ở bước Đã chi trả ngày 20/05/2015, không lùi về Đề xuất"),
        ("01/2019", "dang_trinh", "2018-12-31", None, "đã ở bước Đã phê duyệt ngày 20/12/2018, không lùi về"),
        ("01/2015", "rut", "2018-12-31", "khac", "đã chi trả ngày 20/05/2015 nên không còn rút hồ sơ được"),
        ("04/2019", "da_phe_duyet", "2018-10-01", None, "đã ở bước Đang trình ngày 26/10/2018. Chọn ngày từ"),
        ("04/2019", "rut", "2018-12-31", None, "Chưa ghi lý do rút hoặc không đủ điều kiện"),
        ("04/2019", "da_phe_duyet", "2018-12-31", "khac", "Lý do chỉ ghi khi rút"),
        # What goes on, and what is told again with another day.
        ("04/2019", "da_phe_duyet", "2018-12-31", None, None),
        ("04/2019", "khong_du_dieu_kien", "2018-12-31", "khac", None),
        ("04/2019", "dang_trinh", "2018-10-20", None, None),
        ("04/2017", "de_xuat", "2018-12-31", None, None),
    ],
)
def test_a_case_goes_on_and_never_back(
    sample: Store, case: str, status: str, on: str, reason: str | None, said: str | None
) -> None:
    row = {"case_id": case, "status": status, "on_date": date.fromisoformat(on), "reason": reason, "note": None}
    day = Filters(date(2018, 12, 31))
    cases, statuses = (all_of(sample).query(name, day) for name in ("downsizing_cases", "case_statuses"))
    wrong = upkeep.wrong_step(row, cases, statuses, Words.of(all_of(sample)))
    assert (wrong is None) == (said is None)
    assert said is None or said in str(wrong)


def test_a_step_is_noted_on_the_page_and_can_be_taken_back(page: AppTest) -> None:
    page.selectbox(key="step-case").set_value("04/2019")
    page.selectbox(key="step-status").set_value("da_phe_duyet")
    next(b for b in page.button if b.label == "Ghi bước này").click().run()
    assert not page.exception
    assert "Đã ghi nhận thành đợt 4" in page.success[0].value
    assert page.metric[2].value == "4"
    from core.store import open_store

    undo(all_of(open_store()), 4, "x")
    page.run()
    assert page.metric[2].value == "3"


def test_a_day_before_any_plan_says_so(own: Store, open_app: Callable[..., AppTest]) -> None:
    target = Path(own.target)
    own.close()
    app = open_app(target, "downsizing", ngay="2014-06-30")
    assert not app.exception
    assert any(m.value == "## Năm 2014 chưa có chỉ tiêu tinh giản nào." for m in app.markdown)


# Benefits, decisions and forms


def test_policies_stand_side_by_side_with_every_term(page: AppTest) -> None:
    chooser = page.selectbox(key="compare-who")
    chooser.set_value(next(p for p in chooser.options if "Trần Quang Dũng" in p)).run()
    assert not page.exception
    told = next(t.value for t in page.table if "Cách tính và lý do" in t.value)
    assert len(told) == 4
    first = told.iloc[0]
    assert "66.302.120 đồng" in first["Số tiền"]
    assert "khoản 2 Điều 8 NĐ 108" in first["Chính sách"].replace("\\", "")
    assert "3 × 4.572.560 × 3" in first["Cách tính và lý do"].replace("\\", "")
    page.number_input(key=next(n.key for n in page.number_input if n.label == "Số tháng đóng BHXH")).set_value(
        230
    ).run()
    told = next(t.value for t in page.table if "Cách tính và lý do" in t.value)
    assert "Không được" in told.iloc[0]["Kết quả"]


def test_who_has_two_cases_is_compared_by_case(own: Store, open_app: Callable[..., AppTest]) -> None:
    second_case(own)
    target = Path(own.target)
    own.close()
    page = open_app(target, "downsizing")
    chooser = page.selectbox(key="compare-who")
    first, second = [p for p in chooser.options if "Phan Văn Nam" in p]
    assert (first, second) == ("Phan Văn Nam, Khe Tre, hồ sơ 01/2018", "Phan Văn Nam, Khe Tre, hồ sơ 88/2019")
    for option, months in ((first, 176), (second, 300)):
        page.selectbox(key="compare-who").set_value(option).run()
        assert not page.exception
        assert next(n.value for n in page.number_input if n.label == "Số tháng đóng BHXH") == months


def test_a_decision_needs_a_reason_and_is_shown(page: AppTest) -> None:
    def send() -> None:
        next(b for b in page.button if b.label == "Ghi quyết định").click().run()

    send()
    assert "Chưa ghi lý do" in page.error[0].value
    page.text_input(key="decision-reason").set_value("Cử đi học lớp trung cấp")
    page.selectbox(key="decision").set_value("cu_di_hoc")
    send()
    assert not page.exception
    shown = next(d.value for d in page.dataframe if "Phải xác nhận" in d.value)
    assert "Cử đi đào tạo" in set(shown["Đã quyết"])


def test_the_page_names_what_a_round_costs(page: AppTest) -> None:
    page.session_state["downsizing-tabs"] = "Các đợt"
    page.run()
    assert any("Ước tính đợt này: 3 hồ sơ, 136.675.943 đồng." in m.value for m in page.markdown)
    page.selectbox(key="round-form").set_value(Round(2019, 1)).run()
    assert any("Ước tính đợt này: 5 hồ sơ, 331.188.517 đồng." in m.value for m in page.markdown)
