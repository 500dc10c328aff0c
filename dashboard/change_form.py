"""The form in a record with which an officer notes one change: a few fields, who and when are added by themselves."""

import getpass
from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

import filters
from intake import changes
from intake.commit import NotAccepted
from intake.session import unit_ids
from labels import Words
from store import Store
from vietnamese import Partial, parse_date

_KINDS = {"left": "Thôi chức vụ", "took": "Nhận chức vụ", "reached": "Học xong", "corrected": "Sửa thông tin"}
_WHEN = "Ngày (31/12/2018, 12/2018 hoặc 2018)"


def draw(store: Store, words: Words, person_id: int, person: pd.DataFrame) -> None:
    """A folded form; what is recorded shows at once, the record being drawn again."""
    with st.expander("Ghi một thay đổi", icon=":material/edit_note:"):
        said = st.session_state.pop("change-said", None)
        if said:
            st.success(said, icon=":material/check:")
        kind = st.segmented_control(
            "Thay đổi", list(_KINDS), format_func=_KINDS.__getitem__, default="left", required=True, key="change-kind",
            label_visibility="collapsed",
        )  # fmt: skip
        with st.form(f"change-{kind}", border=False):
            {"left": _left, "took": _took, "reached": _reached, "corrected": _corrected}[str(kind)](
                store, words, person_id, person
            )


def _left(store: Store, words: Words, person_id: int, _person: pd.DataFrame) -> None:
    held = changes.open_postings(store, person_id)
    if held.empty:
        st.markdown("Người này không còn giữ chức vụ nào.")
        st.form_submit_button("Ghi nhận", disabled=True)
        return
    names = {p: f"{words.label('post', c)}, {n}" for p, c, n in held.to_numpy().tolist()}
    posting = st.selectbox("Chức vụ, chức danh", list(names), format_func=names.__getitem__, key="change-posting")
    reason = st.selectbox(
        "Lý do", words.options("end_reason"), format_func=lambda c: words.label("end_reason", c), key="change-reason"
    )
    when = st.text_input("Ngày đầu tiên không còn giữ chức vụ (31/12/2018)", key="change-left-on")
    _submit(lambda source: changes.left_post(store, int(posting), _day(when), str(reason), source))


def _took(store: Store, words: Words, person_id: int, person: pd.DataFrame) -> None:
    units = unit_ids(store, filters.chosen().as_of)
    names = [str(name) for name in units]
    here = person.commune[0]
    post = st.selectbox(
        "Chức vụ, chức danh", words.options("post"), format_func=lambda c: words.label("post", c), key="change-post"
    )
    commune = st.selectbox(
        "Xã, thị trấn", names, index=names.index(here) if here in names else None, key="change-commune"
    )
    when = st.text_input(f"Nhận chức vụ từ: {_WHEN.lower()}", key="change-took-on")
    first = st.text_input("Giữ chức vụ này lần đầu, nếu khác", key="change-first-on")
    _submit(
        lambda source: changes.took_post(
            store, person_id, units[commune], str(post), _moment(when), _moment(first) if first else None, source
        )
    )


def _reached(store: Store, words: Words, person_id: int, _person: pd.DataFrame) -> None:
    levels = [
        (criterion, level)
        for criterion in ("hoc_van", "chuyen_mon", "llct", "qlnn", "tin_hoc", "tieng_dtts")
        for level in words.options(criterion)
        if level not in ("chua", "dang_hoc")
    ]
    reached = st.selectbox(
        "Trình độ đã đạt", levels, key="change-level",
        format_func=lambda pair: f"{words.short('criterion', pair[0])}: {words.label(*pair)}",
    )  # fmt: skip
    field = st.text_input("Chuyên ngành (chỉ với trình độ chuyên môn)", key="change-field")
    when = st.text_input(f"Ngày cấp: {_WHEN.lower()}", key="change-obtained-on")
    _submit(
        lambda source: changes.reached_level(
            store, person_id, *reached, field if reached[0] == "chuyen_mon" else "", _moment(when), source
        )
    )


def _corrected(store: Store, words: Words, person_id: int, person: pd.DataFrame) -> None:
    name = st.text_input("Họ và tên", value=person.full_name[0], key="change-name")
    birth = st.text_input("Ngày sinh, nếu phải sửa", key="change-birth")
    gender = st.selectbox(
        "Giới tính, nếu phải sửa", ["", *words.options("gender")], key="change-gender",
        format_func=lambda c: words.label("gender", c) if c else "Giữ nguyên",
    )  # fmt: skip
    _submit(
        lambda source: changes.corrected(
            store, person_id, source, full_name=name, birth=_moment(birth) if birth else None, gender=gender
        )
    )


def _submit(record: Callable[[changes.Source], int]) -> None:
    evidence = st.text_input("Minh chứng (số, ngày của quyết định hoặc văn bằng)", key="change-evidence")
    if not st.form_submit_button("Ghi nhận", type="primary"):
        return
    try:
        batch = record(changes.Source(getpass.getuser(), evidence))
    except NotAccepted as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state["change-said"] = f"Đã ghi nhận thành đợt {batch}; nếu ghi sai, hoàn tác ở trang Nhập và cập nhật."
    st.rerun()


def _moment(text: str) -> Partial:
    try:
        moment = parse_date(text)
    except ValueError as error:
        raise NotAccepted(f"{error}. Sửa lại ngày rồi bấm Ghi nhận.") from None
    if moment is None:
        raise NotAccepted("Chưa nhập ngày. Nhập ngày rồi bấm Ghi nhận.")
    return moment


def _day(text: str) -> date:
    moment = _moment(text)
    if moment.precision != "ngay":
        raise NotAccepted(f"{text.strip()} chưa đủ ngày, tháng, năm. Nhập như 31/12/2018.")
    return moment.on
