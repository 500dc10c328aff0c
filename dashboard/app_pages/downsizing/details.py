"""Year by year, place by place, why short, the rounds, the money: the tabs of the page."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from app_pages.downsizing import names
from core.store import Filters, Reader
from core.vietnamese import date_short, number, percent
from core.words import Words
from documents.listing import Listing
from downsizing.forms import estimated, form_names, forms, rounds_of
from screen import charts, parts
from screen.exporting import export_button

ROUNDED_UP = "Mức ít nhất của từng nơi làm tròn lên nên cộng lại có thể lớn hơn mức chung."


def draw(tables: Mapping[str, Listing], reader: Reader, words: Words, chosen: Filters, theme: str | None) -> None:
    """Year by year, place by place, why short, the rounds, the money: each row leads to the names behind it.

    Only the tab that is open asks for its lists, and shows them.
    """
    by_year, places, why, calendar, money = st.tabs(
        ["Theo năm", "Theo xã, thị trấn", "Vì sao chưa đạt", "Các đợt", "Chính sách và kinh phí"],
        key="downsizing-tabs",
        on_change="rerun",
    )
    if by_year.open:
        with by_year:
            _table(tables["Theo năm"], "by-year", "all", "year")
    if places.open:
        with places:
            _table(tables["Theo xã, thị trấn"], "by-place", "all", "commune")
            if len(tables["Kế hoạch"].frame):
                st.caption(ROUNDED_UP)
    if why.open:
        with why:
            _why(tables, words, theme)
    if calendar.open:
        with calendar:
            rounds = tables["Các đợt"]
            st.markdown(next_round(rounds.frame))
            _table(rounds, "rounds", "all", "year", "round")
            round_forms(reader, words, chosen, rounds.frame)
    if money.open:
        with money:
            _table(tables["Theo căn cứ và chính sách"], "by-policy", "all", "legal_ref", "policy")
            _table(tables["Kinh phí"], "cost", "paid", "year")


def _why(tables: Mapping[str, Listing], words: Words, theme: str | None) -> None:
    fallen, evaluated = tables["Vì sao không thành"], tables["Đánh giá, xếp loại"]
    st.markdown(unevaluated(evaluated.frame))
    if len(fallen.frame):
        chart = charts.reasons(fallen.frame, words, theme)
        if reason := names.pick(chart, "reasons", "Số hồ sơ theo lý do không thành"):
            names.lead("missing", fall_reason=reason[0])
    _table(evaluated, "evaluation", "unevaluated", "commune", "year")


def _table(found: Listing, key: str, view: str, *columns: str) -> None:
    row = parts.table(found, key, alt=f"{found.title}; bấm một dòng để xem từng người", pick_row=True)
    if row is not None:
        names.lead(view, **{c: found.frame[c].iloc[row] for c in columns})


def unevaluated(evaluation: pd.DataFrame) -> str:
    """Share of people without a class in the last year that is known: why the report says plans slip."""
    if evaluation.empty:
        return "Chưa có kết quả đánh giá, xếp loại của năm nào."
    year = int(evaluation.year.max())
    last = evaluation[evaluation.year == year]
    none, total = int(last.chua_danh_gia.sum()), int(last.total.sum())
    weak = int((last.hoan_thanh + last.han_che + last.khong_hoan_thanh).sum())
    return (
        f"Năm {year}: {number(none)} trong {number(total)} người chưa được xếp loại ({percent(none / total)}); chỉ "
        f"{number(weak)} người xếp dưới mức tốt, nên căn cứ theo đánh giá gần như không chọn được ai."
    )


def next_round(rounds: pd.DataFrame) -> str:
    """The round whose file is due next, and how many cases it has."""
    coming = rounds[rounds.days_left.notna()]
    if coming.empty:
        return "Chưa có đợt nào sắp đến hạn."
    due = coming.sort_values("due_on").iloc[0]
    return (
        f"Sắp đến hạn: đợt {int(due['round'])} năm {int(due.year)}, trình trước {date_short(due.due_on)} "
        f"(còn {number(int(due.days_left))} ngày), hiện có {number(int(due.cases))} hồ sơ."
    )


def round_forms(reader: Reader, words: Words, chosen: Filters, rounds: pd.DataFrame) -> None:
    """The official forms of a round: choose it, take the workbook; and what the round would cost."""
    choices = rounds_of(rounds)
    if not choices:
        return
    pick, take = st.columns([1, 2], vertical_alignment="bottom")
    of = pick.selectbox(
        "Đợt",
        choices,
        format_func=lambda r: f"Đợt {r.round} năm {r.year}",
        key="round-form",
    )
    take.caption("Cột và tên biểu nào chưa đối chiếu văn bản gốc thì ghi ngay trên biểu.")
    export_button(
        f"Tải Biểu {', '.join(form_names(words))} (Excel)",
        lambda: forms(reader, words, chosen, of),
        f"bieu-tinh-gian-dot-{of.round}-{of.year}.xlsx",
        "round-forms",
        reader,
        place=take,
    )
    people, money, more, without = estimated(reader, chosen, of)
    lacks = f"; {number(without)} người chưa đủ số liệu hoặc chưa đủ điều kiện" if without else ""
    added = f", hỗ trợ thêm của tỉnh, cơ quan {number(more)} đồng" if more else ""
    st.markdown(f"Ước tính đợt này: {number(people)} hồ sơ, {number(money)} đồng{added}{lacks}.")
