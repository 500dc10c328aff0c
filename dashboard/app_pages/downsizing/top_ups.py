"""What the province or the office adds to the money of a decree: what was entered, a way to enter and to take back."""

import getpass
from decimal import Decimal

import pandas as pd
import streamlit as st

from core.store import Filters, Reader
from core.vietnamese import date_short, inside, number
from core.words import Words
from downsizing.top_up import Entry, add_top_up
from intake.commit import NotAccepted
from screen import filters, outcome
from screen.markdown import escaped

_MONTHS, _SUM = "Số tháng lương", "Số tiền cố định"


def draw(reader: Reader, words: Words, chosen: Filters) -> None:
    """The sums entered so far, each with who entered it and a way to take it back; a way to enter another."""
    outcome.draw("top-ups", reader)
    entered = reader.query("top_ups", chosen)
    if entered.empty:
        st.caption("Chưa nhập khoản hỗ trợ thêm nào của tỉnh hoặc của cơ quan; mọi số tiền chỉ theo nghị định.")
    for batch, rows in entered.groupby("batch_id", sort=False):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(escaped(told(rows, words)))
            if st.button("Bỏ khoản này", key=f"drop-top-up-{batch}", icon=":material/delete:"):
                outcome.take_back("top-ups", reader, int(str(batch)))
                st.rerun()
    if st.button("Nhập hỗ trợ thêm", icon=":material/add:", key="add-top-up"):
        _dialog(reader, words)


def told(rows: pd.DataFrame, words: Words) -> str:
    """The sums of one entry in words: document, how much, for which policies, from when, who entered it."""
    row = rows.iloc[0]
    much = (
        f"{number(Decimal(str(row.months)), 0 if float(row.months).is_integer() else 1)} tháng "
        f"{inside(words.label('top_up_pay', row.pay))}"
        if pd.notna(row.months)
        else f"{number(int(row.amount))} đồng"
    )
    until = f" đến trước {date_short(row.ended_on)}" if pd.notna(row.ended_on) else ""
    policies = ", ".join(inside(words.short("policy", p)) for p in rows.policy)
    note = f" · {row.note}" if pd.notna(row.note) else ""
    return (
        f"{row.number} · {much}, {inside(words.label('top_up_per', row.per))} · {policies} · nghỉ từ "
        f"{date_short(row.effective_from)}{until}{note} · {row.made_by} nhập ngày {date_short(row.made_at)}, "
        f"đợt {row.batch_id}"
    )


@st.dialog("Nhập hỗ trợ thêm của tỉnh, cơ quan", width="large")
def _dialog(reader: Reader, words: Words) -> None:
    document = st.text_input("Số, ký hiệu văn bản", placeholder="12/2024/NQ-HĐND", key="top-up-number")
    policies = st.multiselect(
        "Chính sách được hỗ trợ thêm",
        words.options("policy"),
        format_func=lambda p: words.label("policy", p),
        placeholder="Chọn chính sách",
        select_all=False,
        key="top-up-policies",
    )
    kind = st.radio("Cách ghi", [_MONTHS, _SUM], horizontal=True, key="top-up-kind")
    left, right = st.columns(2)
    months = amount = pay = None
    if kind == _MONTHS:
        months = left.number_input(_MONTHS, 0.0, 999.0, None, 0.5, key="top-up-months", placeholder="Chưa có")
        pay = right.selectbox(
            "Tiền lương để tính",
            words.options("top_up_pay"),
            format_func=lambda p: words.label("top_up_pay", p),
            key="top-up-pay",
        )
    else:
        amount = left.number_input("Số tiền (đồng)", 0, 10**12, None, 1000, key="top-up-amount", placeholder="Chưa có")
    per = st.selectbox(
        "Tính theo",
        words.options("top_up_per"),
        format_func=lambda p: words.label("top_up_per", p),
        key="top-up-per",
    )
    first, last = st.columns(2)
    start = first.date_input(
        "Áp dụng cho người nghỉ từ",
        value=None,
        format="DD/MM/YYYY",
        min_value=filters.judged_days().first,
        max_value=filters.LATEST,
        key="top-up-from",
    )
    end = last.date_input(
        "Hết áp dụng từ (để trống nếu còn)",
        value=None,
        format="DD/MM/YYYY",
        min_value=filters.judged_days().first,
        max_value=filters.LATEST,
        key="top-up-until",
    )
    note = st.text_input("Ghi chú", placeholder="Trích yếu, điều khoản", key="top-up-note")
    if st.button("Ghi nhận", type="primary", key="keep-top-up"):
        entry = Entry(
            document,
            tuple(policies),
            Decimal(str(months)) if months else None,
            pay,
            int(amount) if amount else None,
            per,
            start,
            end,
            note,
        )
        try:
            batch = add_top_up(reader.store, entry, getpass.getuser())
        except NotAccepted as error:
            st.error(escaped(str(error)), icon=":material/error:")
            return
        outcome.say("top-ups", f"Đã ghi nhận thành đợt {batch}: hỗ trợ thêm theo {document}.", batch=batch)
        st.rerun()
