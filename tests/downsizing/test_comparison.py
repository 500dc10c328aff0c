"""The policies of one person side by side: the ledger is told first, then the ground, and only then the sums."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.downsizing.policies import coming_day
from common.ledger import who
from common.readers import all_of
from core.store import Filters, Store
from core.words import Words
from downsizing.cases import record_of
from downsizing.comparison import Comparison, compared, excel, standing
from downsizing.law import Law
from downsizing.ledger import Ledger, record_ledger

DAY, LEAVING = date(2018, 12, 31), date(2019, 1, 1)


def comparison(store: Store, person: int, case: str | None, day: date = DAY, leaving: date = LEAVING) -> Comparison:
    law, words = Law.of(store), Words.of(all_of(store))
    known = record_of(all_of(store), person, case).on(law, leaving)
    return compared(
        law, words.options("policy"), known, standing(all_of(store), words, law, day, leaving, person, case)
    )


@pytest.fixture
def refused(own: Store) -> pd.Series:
    cases = all_of(own).query("downsizing_cases", Filters(DAY))
    cases = cases[(cases.stage == "fallen") & (cases.fall_reason == "chua_danh_gia")]
    # One who is not of age for a pension yet: some policy would be open.
    return cases[cases.birth_date > "1963"].iloc[0]


def test_a_refusal_of_the_ledger_is_told_first_and_opens_nothing(own: Store, refused: pd.Series) -> None:
    found = comparison(own, int(refused.person_id), str(refused.case_id))
    assert found.standing.said[0].startswith(f"Hồ sơ {refused.case_id}: không đủ điều kiện ngày ")
    assert "lý do: chưa đánh giá xếp loại đủ hai năm. Muốn nghỉ phải đề xuất lại." in found.standing.said[0]
    assert found.fitting
    assert found.headline().startswith("Chưa được chính sách nào: chưa có căn cứ. Nếu có căn cứ thì được ")
    assert "duoc" not in set(found.rows().policy_outcome)
    # What would have to be confirmed is named point by point.
    asked = found.standing.said[1]
    assert "Phải xác nhận một trong: a) thừa người khi tổ chức" in asked
    assert "đ) hai năm liền trước" in asked


def test_a_case_that_stands_names_its_ground(own: Store) -> None:
    found = comparison(own, who(own, "01/2019"), "01/2019", leaving=date(2019, 1, 1))
    [told] = found.standing.said
    assert told.startswith("Hồ sơ 01/2019: đã phê duyệt ngày 20/12/2018, căn cứ điểm b khoản 1 Điều 6")
    assert found.headline().startswith("Được 1 trong 4 chính sách, cao nhất ")
    assert "Căn cứ: điểm b khoản 1 Điều 6" in str(found.rows().why[0])


def test_facts_that_make_a_ground_still_have_to_be_confirmed(own: Store, refused: pd.Series) -> None:
    person = int(refused.person_id)
    row = {"person_id": person, "why_not": None}
    classed = [row | {"year": y, "class": "han_che", "reported_on": date(y, 12, 20)} for y in (2017, 2018)]
    record_ledger(all_of(own), Ledger({"evaluation": classed}), file="x", made_by="x")
    after = comparison(own, person, str(refused.case_id), date(2019, 1, 31), date(2019, 2, 1))
    assert after.standing.grounds == ("xep_loai_thap",)
    assert any("phải xác nhận: có vị trí khác" in told for told in after.standing.said)
    assert set(after.rows().policy_outcome) <= {"can_xac_nhan", "khong", "thieu"}
    assert "căn cứ còn phải xác nhận" in after.headline()


def test_the_day_offered_is_a_coming_one(own: Store, refused: pd.Series) -> None:
    reader = all_of(own)
    fallen = record_of(reader, int(refused.person_id), str(refused.case_id))
    assert fallen.leaving_on is not None
    assert fallen.leaving_on < DAY
    for day, coming in (
        (date(2018, 12, 30), date(2019, 1, 1)),
        (date(2018, 12, 31), date(2019, 1, 1)),
        (date(2019, 1, 1), date(2019, 2, 1)),
    ):
        assert coming_day(reader, fallen, str(refused.case_id), day) == coming
    waiting = record_of(reader, who(own, "03/2019"), "03/2019")
    assert coming_day(reader, waiting, "03/2019", DAY) == waiting.leaving_on
    # Who has left by the case left on its day.
    gone = record_of(reader, who(own, "01/2015"), "01/2015")
    assert coming_day(reader, gone, "01/2015", DAY) == gone.leaving_on


def test_the_file_says_what_the_screen_says(own: Store, open_app: Callable[..., AppTest], refused: pd.Series) -> None:
    person, case = int(refused.person_id), str(refused.case_id)
    found, words = comparison(own, person, case), Words.of(all_of(own))
    known = record_of(all_of(own), person, case).on(Law.of(own), LEAVING)
    content = excel(all_of(own), words, str(refused.full_name), DAY, found, known)
    cells = [
        str(c)
        for page in openpyxl.load_workbook(io.BytesIO(content))
        for row in page.values
        for c in row
        if c is not None
    ]
    target = Path(own.target)
    own.close()
    app = open_app(target, "downsizing")
    chooser = app.selectbox(key="compare-who")
    chooser.set_value(next(p for p in chooser.options if str(refused.full_name) in p)).run()
    assert not app.exception
    assert next(d.value for d in app.date_input if d.label == "Nghỉ từ ngày") == LEAVING
    said = [m.value.replace("\\", "") for m in app.markdown]
    assert any(f"**{found.headline()}**" in text for text in said)
    shown = next(t.value for t in app.table if "Cách tính và lý do" in t.value)
    for benefit, told in zip(found.benefits.values(), shown["Cách tính và lý do"], strict=True):
        assert benefit is not None
        assert benefit.reason in told.replace("\\", "")
        assert benefit.reason in cells
    for sentence in found.standing.said:
        assert sentence in said
        assert any(sentence in cell for cell in cells)
    assert any(found.headline() in cell for cell in cells)
