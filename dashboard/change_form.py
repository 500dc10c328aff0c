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
from labels import Words, as_text
from store import Store
from text import escaped
from vietnamese import Partial, date_short, parse_date

_KINDS = {
    "left": "Thôi chức vụ", "took": "Nhận chức vụ", "moved": "Chuyển chức vụ", "reached": "Học xong",
    "corrected": "Sửa thông tin", "post": "Sửa chức vụ", "level": "Bỏ trình độ",
}  # fmt: skip
_WHEN = "Ngày (31/12/2018, 12/2018 hoặc 2018)"


def draw(store: Store, words: Words, person_id: int, person: pd.DataFrame) -> None:
    """A folded form; what is recorded shows at once, the record being drawn again."""
    with st.expander("Ghi một thay đổi", icon=":material/edit_note:"):
        said = st.session_state.pop("change-said", None)
        if said:
            st.success(escaped(said), icon=":material/check:")
        kind = st.segmented_control(
            "Thay đổi", list(_KINDS), format_func=_KINDS.__getitem__, default="left", required=True, key="change-kind",
            label_visibility="collapsed",
        )  # fmt: skip
        with st.form(f"change-{kind}", border=False):
            _FORMS[str(kind)](store, words, person_id, person)


def _held(store: Store, words: Words, person_id: int) -> int | None:
    """The post that is left, of those held."""
    held = changes.postings(store, person_id)
    return _one_of(
        "Chức vụ, chức danh thôi giữ", _named(held[held.is_open], words), "Người này không còn giữ chức vụ nào."
    )


def _named(held: pd.DataFrame, words: Words) -> dict[int, str]:
    return {
        int(r["posting_id"]): f"{words.label('post', r['post'])}, {r['commune']}, từ {date_short(r['from_on'])}"
        for r in held.to_dict("records")
    }


def _one_of(label: str, names: dict[int, str], nothing: str) -> int | None:
    """What is chosen; None, and nothing to send, where there is nothing to choose from."""
    if not names:
        st.markdown(nothing)
        st.form_submit_button("Ghi nhận", disabled=True)
        return None
    return st.selectbox(label, list(names), format_func=names.__getitem__, key="change-which")


def _left(store: Store, words: Words, person_id: int, _person: pd.DataFrame) -> None:
    posting = _held(store, words, person_id)
    if posting is None:
        return
    reason = st.selectbox(
        "Lý do", words.options("end_reason"), format_func=lambda c: words.label("end_reason", c), key="change-reason"
    )
    when = st.text_input("Ngày đầu tiên không còn giữ chức vụ (31/12/2018)", key="change-left-on")
    _submit(lambda source: changes.left_post(store, posting, _day(when), str(reason), source))


def where(store: Store, words: Words, here: str | None, key: str) -> tuple[str, str | None]:
    """The post somebody takes up and the unit version it is in."""
    units = unit_ids(store, filters.chosen().as_of)
    names = [str(name) for name in units]
    post = st.selectbox(
        "Chức vụ, chức danh nhận", words.options("post"), format_func=lambda c: words.label("post", c),
        key=f"{key}-post",
    )  # fmt: skip
    commune = st.selectbox(
        "Xã, thị trấn", names, index=names.index(here) if here in names else None, key=f"{key}-commune",
        placeholder="Chọn xã, thị trấn",
    )  # fmt: skip
    return str(post), units.get(commune)


def _moved(store: Store, words: Words, person_id: int, person: pd.DataFrame) -> None:
    posting = _held(store, words, person_id)
    if posting is None:
        return
    post, unit = where(store, words, person.commune[0], "change-moved")
    when = st.text_input("Từ ngày (31/12/2018)", key="change-moved-on")
    _submit(lambda source: changes.moved_post(store, posting, _chosen(unit), post, _day(when), source))


def _took(store: Store, words: Words, person_id: int, person: pd.DataFrame) -> None:
    post, unit = where(store, words, person.commune[0], "change")
    when = st.text_input(f"Nhận chức vụ từ: {_WHEN.lower()}", key="change-took-on")
    first = st.text_input("Giữ chức vụ này lần đầu, nếu khác", key="change-first-on")
    _submit(
        lambda source: changes.took_post(
            store, person_id, _chosen(unit), post, _moment(when), _moment(first) if first else None, source
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
    ethnicity = st.text_input("Dân tộc, nếu phải sửa", key="change-ethnicity")
    identifier = st.text_input("Số định danh, nếu phải sửa", key="change-identifier")
    _submit(
        lambda source: changes.corrected(
            store, person_id, source, full_name=name, birth=_moment(birth) if birth else None, gender=gender,
            ethnicity=ethnicity, identifier=identifier,
        )
    )  # fmt: skip


def _post(store: Store, words: Words, person_id: int, _person: pd.DataFrame) -> None:
    names = _named(changes.postings(store, person_id), words)
    posting = _one_of("Chức vụ, chức danh ghi sai", names, "Người này chưa có chức vụ nào trong kho.")
    if posting is None:
        return
    when = st.text_input(f"Nhận chức vụ từ, nếu phải sửa: {_WHEN.lower()}", key="change-post-on")
    first = st.text_input("Giữ chức vụ này lần đầu, nếu phải sửa", key="change-post-first")
    never = st.checkbox("Chưa từng giữ chức vụ này, bỏ đi", key="change-post-never")

    def record(source: changes.Source) -> int:
        if never:
            return changes.withdrawn(store, "posting", posting, source)
        moments = [_moment(text) if text else None for text in (when, first)]
        return changes.corrected_post(store, posting, moments[0], moments[1], source)

    _submit(record)


def _level(store: Store, words: Words, person_id: int, _person: pd.DataFrame) -> None:
    names = {
        int(r["qualification_id"]): f"{words.short('criterion', r['criterion'])}: "
        + ", ".join(t for t in (words.level(r["criterion"], r["level"]), as_text(r["field"])) if t and t != "—")
        for r in changes.qualifications(store, person_id).to_dict("records")
    }
    level = _one_of("Trình độ chưa từng có, ghi sai", names, "Người này chưa có trình độ nào trong kho.")
    if level is not None:
        _submit(lambda source: changes.withdrawn(store, "qualification", level, source))


_FORMS = {
    "left": _left, "took": _took, "moved": _moved, "reached": _reached, "corrected": _corrected, "post": _post,
    "level": _level,
}  # fmt: skip


def newcomer(store: Store, words: Words) -> None:
    """A form for somebody no list has named, who takes up a post."""
    with st.form("newcomer", border=False):
        name = st.text_input("Họ và tên", key="new-name")
        left, right = st.columns(2)
        birth = left.text_input("Ngày sinh (31/12/1980, 12/1980 hoặc 1980)", key="new-birth")
        gender = right.selectbox(
            "Giới tính", words.options("gender"), index=None, format_func=lambda c: words.label("gender", c),
            key="new-gender", placeholder="Chưa rõ",
        )  # fmt: skip
        post, unit = where(store, words, None, "new")
        left, right = st.columns(2)
        when = left.text_input(f"Nhận chức vụ từ: {_WHEN.lower()}", key="new-on")
        first = right.text_input("Giữ chức vụ này lần đầu, nếu khác", key="new-first")
        sure = st.checkbox("Là người khác với người gần giống đã có trong kho", key="new-sure")
        _submit(
            lambda source: changes.newcomer(
                store, name, _moment(birth) if birth else None, gender or "", _chosen(unit), post, _moment(when),
                _moment(first) if first else None, source, sure=sure,
            )
        )  # fmt: skip


def _chosen(unit: str | None) -> str:
    if unit is None:
        raise NotAccepted("Chưa chọn xã, thị trấn. Chọn rồi bấm Ghi nhận.")
    return unit


def _submit(record: Callable[[changes.Source], int]) -> None:
    evidence = st.text_input("Minh chứng (số, ngày của quyết định hoặc văn bằng)", key="change-evidence")
    if not st.form_submit_button("Ghi nhận", type="primary"):
        return
    try:
        batch = record(changes.Source(getpass.getuser(), evidence))
    except NotAccepted as error:
        st.error(escaped(str(error)), icon=":material/error:")
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
