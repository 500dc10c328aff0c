"""What the province or the office adds to the money of a decree: what was entered, a way to enter and to take back."""

from decimal import Decimal, InvalidOperation

import pandas as pd
import streamlit as st

from access.rights import Right
from core.store import Filters, Reader
from core.vietnamese import date_short, inside, number
from core.words import Words
from downsizing.top_up import Entry, add_top_up
from intake.commit import NotAccepted
from screen import access, filters, outcome
from screen.markdown import escaped


def draw(reader: Reader, words: Words, chosen: Filters) -> None:
    """The sums entered so far, each with who entered it and a way to take it back; a way to enter another."""
    outcome.draw("top-ups", reader)
    entered, may_undo = reader.query("top_ups", chosen), access.may(Right.UNDO)
    if entered.empty:
        st.caption("Chưa nhập khoản hỗ trợ thêm nào của tỉnh hoặc của cơ quan; mọi số tiền chỉ theo nghị định.")
    for batch, rows in entered.groupby("batch_id", sort=False):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(escaped(sentence(rows, words)))
            if may_undo and st.button("Bỏ khoản này", key=f"drop-top-up-{batch}", icon=":material/delete:"):
                outcome.take_back("top-ups", reader, int(str(batch)))
                st.rerun()
    if access.may(Right.RECORD):
        with st.expander("Nhập hỗ trợ thêm"):
            _enter(reader, words)


def sentence(rows: pd.DataFrame, words: Words) -> str:
    """The sums of one entry in words: document, how much, for which policies, from when, who entered it."""
    row = rows.iloc[0]
    much = (
        f"{_months(row.months)} tháng {inside(words.label('top_up_pay', row.pay))}"
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


def _months(count: float) -> str:
    """'5', '0,5', '0,25'."""
    return f"{Decimal(str(count)).normalize():f}".replace(".", ",")


def _enter(reader: Reader, words: Words) -> None:
    # What was kept leaves the fields empty for the next.
    turn = st.session_state.setdefault("top-up-turn", 0)
    with st.form(f"top-up-{turn}", border=False):
        document = st.text_input("Số, ký hiệu văn bản", placeholder="12/2024/NQ-HĐND", key=f"top-up-number-{turn}")
        policies = st.multiselect(
            "Chính sách được hỗ trợ thêm",
            words.options("policy"),
            format_func=lambda p: words.label("policy", p),
            placeholder="Chọn chính sách",
            select_all=False,
            key=f"top-up-policies-{turn}",
        )
        left, middle, right = st.columns(3)
        months = left.text_input("Số tháng lương", placeholder="0,5", key=f"top-up-months-{turn}")
        pay = middle.selectbox(
            "Tiền lương để tính",
            words.options("top_up_pay"),
            format_func=lambda p: words.label("top_up_pay", p),
            key=f"top-up-pay-{turn}",
        )
        amount = right.number_input(
            "Hoặc số tiền cố định (đồng)", 0, 10**12, None, 1000, key=f"top-up-amount-{turn}", placeholder="Không có"
        )
        how, first, last = st.columns(3)
        per = how.selectbox(
            "Tính theo",
            words.options("top_up_per"),
            format_func=lambda p: words.label("top_up_per", p),
            key=f"top-up-per-{turn}",
        )
        earliest = filters.judged_days().first
        start = first.date_input(
            "Áp dụng cho người nghỉ từ",
            value=None,
            format="DD/MM/YYYY",
            min_value=earliest,
            max_value=filters.LATEST,
            key=f"top-up-from-{turn}",
        )
        end = last.date_input(
            "Hết áp dụng từ (để trống nếu còn)",
            value=None,
            format="DD/MM/YYYY",
            min_value=earliest,
            max_value=filters.LATEST,
            key=f"top-up-until-{turn}",
        )
        note = st.text_input("Ghi chú", placeholder="Trích yếu, điều khoản", key=f"top-up-note-{turn}")
        if not st.form_submit_button("Ghi khoản hỗ trợ thêm", type="primary"):
            return
    try:
        entry = Entry(document, tuple(policies), _decimal(months), pay, amount, per, start, end, note)
        with access.acting(Right.RECORD) as hand:
            batch = add_top_up(reader, entry, hand.name)
            hand.told = {"dot": batch}
    except NotAccepted as error:
        st.error(escaped(str(error)), icon=":material/error:")
        return
    st.session_state["top-up-turn"] = turn + 1
    outcome.say("top-ups", f"Đã ghi nhận thành đợt {batch}: hỗ trợ thêm theo {document}.", batch=batch)
    st.rerun()


def _decimal(text: str) -> Decimal | None:
    """'0,5' or '5' as a number, nothing for an empty field; NotAccepted, with a sentence, for anything else."""
    if not text.strip():
        return None
    try:
        return round(Decimal(text.strip().replace(",", ".")), 2)
    except InvalidOperation:
        raise NotAccepted(f"Số tháng lương “{text.strip()[:40]}” không phải là số. Ghi như 5 hoặc 0,5.") from None
