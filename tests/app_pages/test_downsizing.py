"""Tinh giản biên chế through the real entry script: what it says, whom each number leads to, and when there is none."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from common.ledger import DAY, case_of, keep, step
from common.readers import all_of
from core.store import Filters, Store
from intake.commit import undo

Open = Callable[..., AppTest]


@pytest.fixture
def page(own: Store, open_app: Open) -> Callable[..., AppTest]:
    """Opens the page over the store as the test has left it: `page(xa=["20161"])`."""

    def page(**address: str | list[str]) -> AppTest:
        own.close()
        app = open_app(Path(own.target), "downsizing", **address)
        assert not app.exception
        return app

    return page


def texts(app: AppTest) -> list[str]:
    return [str(m.value) for m in [*app.markdown, *app.subheader, *app.caption]]


def names(app: AppTest) -> Any:
    return next(d.value for d in app.dataframe if "Họ và tên" in d.value)


def led_to(app: AppTest, view: str, **narrow: object) -> Any:
    """What a click on a row or a bar does: the list is drawn again with that view and those values."""
    app.session_state["downsizing-next"] = (view, narrow)
    app.run()
    assert not app.exception
    return names(app)


def test_the_line_of_the_plan_follows_the_communes(page: Callable[..., AppTest]) -> None:
    app = page(xa=["20161"])
    assert "Cộng dồn theo năm, so với mức ít nhất 10% đến năm 2021" in texts(app)
    # A tenth of the 24 posts of Khe Tre.
    assert app.metric[1].delta == "đến 2021 phải giảm ít nhất 3"
    assert set(names(app)["Xã, thị trấn"]) == {"Khe Tre"}


def test_a_day_moves_every_figure(page: Callable[..., AppTest]) -> None:
    app = page(ngay="2017-01-15")
    # Nobody was approved to leave later: the next decision is of 16/01/2017.
    assert "## Đã giảm 2 trong 9 biên chế theo chỉ tiêu 2015–2017 (22,22%), còn thiếu 7." in texts(app)
    assert app.metric[0].label == "Đã giảm năm 2017"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            {"ngay": "2022-06-30"},
            "Hết kế hoạch 2015–2021, đã giảm 7 trong 25 biên chế theo chỉ tiêu (28,00%), thiếu 18. Từ năm 2022 sổ chưa "
            "có chỉ tiêu; chưa giảm thêm biên chế nào.",
        ),
        (
            {"ngay": "2021-12-31"},
            "Hết kế hoạch 2015–2021, đã giảm 7 trong 25 biên chế theo chỉ tiêu (28,00%), thiếu 18.",
        ),
        ({"ngay": "2021-12-30"}, "Đã giảm 7 trong 25 biên chế theo chỉ tiêu 2015–2021 (28,00%), còn thiếu 18."),
        (
            {"ngay": "2022-06-30", "nhom": ["can_bo"]},
            "Đã giảm 5 biên chế trong 2015–2021 với bộ lọc đang chọn. Từ năm 2022 sổ chưa có chỉ tiêu; chưa giảm thêm "
            "biên chế nào.",
        ),
    ],
)
def test_a_plan_that_is_over_is_told_as_past(page: Callable[..., AppTest], address: Any, said: str) -> None:
    assert f"## {said}" in texts(page(**address))


def test_who_leaves_after_the_plan_makes_up_for_no_target(own: Store, page: Callable[..., AppTest]) -> None:
    day = Filters(date(2022, 12, 31))
    kept = ["commune", "target", "done", "approved_waiting", "natural_leavers", "missing"]
    before = all_of(own).query("downsizing_by_commune", day)[kept]
    late, waits = date(2022, 3, 1), date(2023, 3, 1)
    keep(
        own,
        downsizing_case=[
            case_of(own, "04/2019", leaving_on=late),
            case_of(own, "05/2019", leaving_on=waits),
        ],
        case_step=[step(c, "da_phe_duyet", date(2022, 2, 1)) for c in ("04/2019", "05/2019")],
    )
    assert all_of(own).query("downsizing_progress", day).done.sum() == 7
    pd.testing.assert_frame_equal(all_of(own).query("downsizing_by_commune", day)[kept], before)
    app = page(ngay="2022-12-31")
    assert any("Từ năm 2022 sổ chưa có chỉ tiêu; đã giảm thêm 1 biên chế; 1 người đã duyệt" in t for t in texts(app))
    assert [m.value for m in app.metric][:3] == ["1", "18", "1"]
    for button, people in ((0, 1), (2, 1)):
        app.button(key=f"show-{button}").click().run()
        assert len(names(app)) == people


def test_who_is_paid_and_what_is_reduced_lead_to_different_names(own: Store, page: Callable[..., AppTest]) -> None:
    keep(own, downsizing_case=[case_of(own, "01/2015", reduces=False)])
    app = page()
    assert (app.metric[3].label, app.metric[3].value) == ("Người hưởng chính sách", "4")
    app.button(key="show-3").click().run()
    assert len(names(app)) == 4
    assert len(led_to(app, "done")) == 3


@pytest.mark.parametrize(
    ("query", "row", "view", "columns", "figure"),
    [
        ("downsizing_progress", 6, "natural", ["year"], "natural_leavers"),
        ("downsizing_progress", 2, "done", ["year"], "done"),
        ("downsizing_progress", 4, "waiting", ["year"], "approved_waiting"),
        ("downsizing_by_commune", 4, "done", ["commune"], "done"),
        ("downsizing_shortfall", 0, "missing", ["fall_reason"], "cases"),
        ("downsizing_rounds", 7, "all", ["year", "round"], "cases"),
        ("downsizing_cost", 1, "paid", ["year"], "people"),
        ("downsizing_by_policy", 0, "done", ["legal_ref", "policy"], "done"),
        ("evaluation", 4, "unevaluated", ["commune", "year"], "chua_danh_gia"),
    ],
)
def test_a_number_leads_to_as_many_names(
    own: Store, page: Callable[..., AppTest], query: str, row: int, view: str, columns: list[str], figure: str
) -> None:
    found = all_of(own).query(query, Filters(DAY)).iloc[row]
    assert found[figure] > 0
    assert len(led_to(page(), view, **{c: found[c] for c in columns})) == found[figure]


def test_filters_that_do_not_bear_on_the_ledger_say_so(page: Callable[..., AppTest]) -> None:
    assert not any("chỉ lọc bảng lối ra" in t for t in texts(page()))


@pytest.mark.parametrize("address", [{"tc": ["llct"]}, {"kl": ["below"]}])
def test_a_criterion_or_a_verdict_changes_no_figure(page: Callable[..., AppTest], address: dict[str, Any]) -> None:
    app = page(**address)
    assert any("chỉ lọc bảng lối ra" in t for t in texts(app))
    assert [m.value for m in app.metric] == ["1", "9", "3", "4"]


def test_a_store_without_a_ledger_says_so(own: Store, page: Callable[..., AppTest]) -> None:
    for batch in own.fetch("select batch_id from batch where kind = 'ledger'").batch_id:
        undo(all_of(own), int(batch), "x")
    app = page()
    assert "## Năm 2018 chưa có chỉ tiêu tinh giản nào." in texts(app)
    # There is nothing to draw.
    assert not app.get("plotly_chart")
    assert app.metric[1].delta == "chưa nhập biên chế được giao"


def test_a_store_of_nobody_opens(own_district: Path, open_app: Open) -> None:
    app = open_app(own_district, "downsizing", ngay=date(2018, 12, 31).isoformat())
    assert not app.exception
    assert "## Năm 2018 chưa có chỉ tiêu tinh giản nào." in texts(app)
    # Only the sample says that its figures are invented.
    assert not any("không nêu số liệu" in t for t in texts(app))
