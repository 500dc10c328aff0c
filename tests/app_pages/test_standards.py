"""Tiêu chuẩn through the real entry script: the periods of a rule, and entering a decision of the province."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.standards import sections
from common.readers import all_of
from core import office
from core.store import Filters, Store
from core.words import Words
from downsizing.law import Law

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
        ("2010-01-01", "QĐ 04/2004/QĐ-BNV: Tuổi"),
        ("2018-12-31", "TT 06/2012/TT-BNV: "),
        ("2019-12-24", "TT 06/2012/TT-BNV: "),
        ("2019-12-25", "TT 13/2019/TT-BNV: "),
        ("2023-07-31", "TT 13/2019/TT-BNV: "),
        ("2023-08-01", "NĐ 33/2023/NĐ-CP: "),
        # Nothing is in force any more: the newest.
        ("2025-07-01", "NĐ 33/2023/NĐ-CP: "),
    ],
)
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
    words = Words.of(all_of(district))
    decidable = all_of(district).query("decidable", Filters(date(2024, 1, 1)))
    names = [sections.decided(row, words) for _, row in decidable.iterrows()]
    assert len(set(names)) == len(names)
    assert names[0] == "NĐ 33/2023/NĐ-CP: Trình độ chuyên môn, thấp nhất Sơ cấp"


@pytest.mark.parametrize("day", [date(2013, 12, 31), date(2014, 6, 30), date(2018, 12, 31), date(2020, 6, 30)])
def test_the_history_of_a_rule_says_what_is_in_force(new_district: Callable[..., Store], day: date) -> None:
    """With a decision of the province in force from 01/06/2014 until the text it belongs to ends.

    From 01/01/2016 Luật Hộ tịch asks more of a registrar than a province can let off.
    """
    store = new_district()
    decision = office.Decision(
        "25/2014/QĐ-UBND", None, "TT06", "chuyen_mon", "so_cap", date(2014, 6, 1), posts=("tc_kt", "tp_ht")
    )
    office.add_decision(store, decision, province_code="46")
    in_force = all_of(store).query("rules_in_force", Filters(day), area="mien_nui")
    decided = in_force[in_force.legal_ref.str.contains("và QĐ 25/2014/QĐ-UBND")]
    bound = {"tc_kt"} if date(2014, 6, 1) <= day < date(2019, 12, 25) else set()
    bound |= {"tp_ht"} if date(2014, 6, 1) <= day < date(2016, 1, 1) else set()
    assert set(decided.position[decided.criterion == "chuyen_mon"]) == bound
    assert set(decided.required[decided.criterion == "chuyen_mon"]) == ({"so_cap"} if bound else set())
    same = ["criterion", "kind", "required", "required_first", "at_level", "deadline", "legal_ref", "confidence"]
    for post, rows in in_force.groupby("position"):
        history = all_of(store).query("rule_history", Filters(day), area="mien_nui", post=post)
        now = history[history.last_on.isna() | (history.last_on >= pd.Timestamp(day))]
        told, asked = (f[same].astype(object).where(f[same].notna(), None) for f in (now, rows))
        assert told.to_numpy().tolist() == asked.to_numpy().tolist()


@pytest.mark.parametrize(
    ("confidence", "checked_on", "unchecked"),
    [
        ("V", None, False),
        ("M_high", None, False),
        ("M_med", None, True),
        ("M_low", None, True),
        ("INF", None, True),
        ("INF", "2026-02-01", False),
        ("M_med", "2026-02-01", False),
    ],
)
def test_what_nobody_has_checked_is_the_same_everywhere(
    new_district: Callable[..., Store], confidence: str, checked_on: str | None, unchecked: bool
) -> None:
    store = new_district()
    with store.write() as cursor:
        for table in ("standard", "downsizing_policy", "downsizing_formula", "downsizing_ground", "rounding_rule"):
            cursor.execute(
                f"update {table} set confidence = $confidence, checked_on = $checked_on",  # noqa: S608
                {"confidence": confidence, "checked_on": checked_on},
            )
    day, words = Filters(date(2018, 12, 31)), Words.of(all_of(store))
    in_force = all_of(store).query("rules_in_force", day, area="mien_nui")
    judged = in_force[~in_force.kind.isin(["training", "out_of_scope"])]
    sentence = f"{len(judged)} dòng chưa đối chiếu văn bản gốc"
    assert (sentence in sections.sentence(in_force, words, day.as_of)) is unchecked
    cells = [text for text in sections.grid(in_force, words).iloc[:, 1:].to_numpy().ravel() if text]
    assert [text.endswith("†") for text in cells] == [unchecked] * len(cells)
    cited = [*all_of(store).query("substandard_people", day).legal_ref, *store.fetch("from ground_cited()").legal_ref]
    assert ["chưa đối chiếu văn bản gốc" in text for text in cited] == [unchecked] * len(cited)
    law = Law.of(store)
    doubts = [c.doubt for clauses in law.clauses.values() for c in clauses]
    doubts += [part.doubt for parts in law.formulas.values() for part in parts]
    doubts += [step.doubt for steps in law.rounding.values() for step in steps]
    assert [doubt is not None for doubt in doubts] == [unchecked] * len(doubts)


def test_a_rule_that_was_checked_says_so_in_its_history(district: Store) -> None:
    rows = all_of(district).query("rule_history", Filters(date(2018, 12, 31)), area="mien_nui", post="bi_thu")
    checked = rows.assign(checked_on=[pd.Timestamp("2026-02-01"), *[pd.NaT] * (len(rows) - 1)])
    said = sections.history_in_words(checked, Words.of(all_of(district)))["Mức độ đối chiếu"].tolist()
    assert said == ["Đã đối chiếu 01/02/2026", *["Đã đọc trích dẫn"] * (len(rows) - 1)]
