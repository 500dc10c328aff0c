"""Tiêu chuẩn through the real entry script: the periods of a rule, and entering a decision of the province."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import rules
from labels import Words
from store import Filters, Store

OpenApp = Callable[..., AppTest]


def history(app: AppTest) -> pd.DataFrame:
    assert not app.exception
    [frame] = [d.value for d in app.dataframe if "Đến hết ngày" in d.value]
    return frame.astype(object).where(frame.notna(), None)


def test_a_period_ends_on_the_last_day_its_rule_applied(own_district: Path, open_app: OpenApp) -> None:
    app = open_app(own_district, "standards", ngay="2024-06-30")
    app.selectbox(key="post").set_value("bi_thu").run()
    shown = history(app)
    periods = [
        (f"{start:%d/%m/%Y}", end and f"{end:%d/%m/%Y}", text.split(" ", 2)[-1])
        for criterion, start, end, text in zip(
            shown["Tiêu chí"], shown["Từ ngày"], shown["Đến hết ngày"], shown["Căn cứ"], strict=True
        )
        if criterion == "Trình độ chuyên môn"
    ]
    assert [p[:2] for p in periods] == [("01/08/2023", "30/06/2025"), ("27/02/2004", "31/07/2023")]
    assert "NĐ 33/2023/NĐ-CP" in periods[0][2]
    assert "QĐ 04/2004/QĐ-BNV" in periods[1][2]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2010-01-01", "QĐ 04/2004/QĐ-BNV: Tuổi"), ("2018-12-31", "TT 06/2012/TT-BNV: "),
        ("2019-12-24", "TT 06/2012/TT-BNV: "), ("2019-12-25", "TT 13/2019/TT-BNV: "),
        ("2023-07-31", "TT 13/2019/TT-BNV: "), ("2023-08-01", "NĐ 33/2023/NĐ-CP: "),
        # Nothing is in force any more: the newest.
        ("2025-07-01", "NĐ 33/2023/NĐ-CP: "),
    ],
)  # fmt: skip
def test_a_decision_is_entered_under_the_text_in_force(
    day: str, text: str, own_district: Path, open_app: OpenApp
) -> None:
    app = open_app(own_district, "standards", ngay=day)
    app.button(key="add-decision").click().run()
    assert not app.exception
    [box] = [s for s in app.selectbox if s.label == "Văn bản và tiêu chí tỉnh được quy định"]
    chosen = box.options[box.value]
    assert chosen.startswith(text)


def test_two_things_a_text_lets_the_province_decide_are_told_apart(district: Store) -> None:
    words = Words.of(district)
    decidable = district.query("decidable", Filters(date(2024, 1, 1)))
    names = [rules.decided(row, words) for _, row in decidable.iterrows()]
    assert len(set(names)) == len(names)
    assert names[0] == "NĐ 33/2023/NĐ-CP: Trình độ chuyên môn, thấp nhất Sơ cấp"


def test_a_rule_that_was_checked_says_so_in_its_history(district: Store) -> None:
    rows = district.query("rule_history", Filters(date(2018, 12, 31)), area="mien_nui", post="bi_thu")
    checked = rows.assign(checked_on=[pd.Timestamp("2026-02-01"), *[pd.NaT] * (len(rows) - 1)])
    said = rules.told(checked, Words.of(district))["Mức độ đối chiếu"].tolist()
    assert said == ["Đã đối chiếu 01/02/2026", *["Đã đọc trích dẫn"] * (len(rows) - 1)]
