"""The form in a profile with which an officer notes one change: a few fields, who and when are added by themselves."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access.rights import Right
from core.columns import HEADINGS
from core.conflict import Clashed, Seen
from core.store import Filters, Reader
from core.vietnamese import Partial, date_short, parse_date
from core.words import Words, as_text
from intake import changes
from intake.commit import NotAccepted
from intake.session import unit_ids
from screen import access, filters, outcome
from screen.markdown import escaped

_KINDS = {
    "left": "Thôi chức vụ",
    "took": "Nhận chức vụ",
    "moved": "Chuyển chức vụ",
    "reached": "Học xong",
    "corrected": "Sửa thông tin",
    "post": "Sửa chức vụ",
    "level": "Bỏ trình độ",
}
_WHEN = "Ngày (31/12/2018, 12/2018 hoặc 2018)"


# Things a form is about, by their number: the name and what is known of each.
_Shown = dict[int, tuple[str, Mapping[str, Any]]]
# What is entered, to be recorded for a source over what was seen, and what the form showed of the same fields.
_Record = Callable[[changes.Source, Seen], int]
_Entered = tuple[_Record, Mapping[str, Any]]
# Whose form it is, and the how many-th.
_WHOSE = "change-whose"


def draw(reader: Reader, words: Words, person_id: int, person: pd.DataFrame) -> None:
    """A folded form, above it what came of it; what is recorded shows at once, the profile being drawn again."""
    state = st.session_state
    whose, nth = state.get(_WHOSE, (None, 0))
    if whose != person_id:
        # Other fields: what was typed into the form of another profile is not about this person.
        state[_WHOSE] = (person_id, nth + 1)
    outcome.draw("change", reader)
    asked = outcome.waiting(_key(str(state.get("change-kind"))))
    with st.expander("Ghi một thay đổi", icon=":material/edit_note:", expanded=bool(asked)):
        kind = st.segmented_control(
            "Thay đổi",
            list(_KINDS),
            format_func=_KINDS.__getitem__,
            default="left",
            required=True,
            key="change-kind",
            label_visibility="collapsed",
        )
        with st.form(f"change-{kind}", border=False):
            above = st.container()
            if entered := _FORMS[str(kind)](reader, words, person_id, person):
                _submit(reader, words, *entered, above)


def _key(name: str) -> str:
    """The name of a field of this form and no other."""
    return f"change-{name}-{st.session_state.get(_WHOSE, (None, 0))[1]}"


def _seen(form: str, now: _Shown) -> _Shown:
    """What the form showed of each thing when it was first drawn, its name and facts."""
    return outcome.first_shown(_key(form), _key("evidence"), now)


def _held(reader: Reader, words: Words, person_id: int, form: str) -> int | None:
    """The post that is left, of those held."""
    shown = _postings(reader, words, person_id, form, only_open=True)
    return _one_of("Chức vụ, chức danh thôi giữ", shown, "Người này không còn giữ chức vụ nào.")


def _postings(reader: Reader, words: Words, person_id: int, form: str, *, only_open: bool) -> _Shown:
    held, now = changes.postings(reader, person_id), _Shown()
    facts = changes.posting_facts(held)
    for r in held.to_dict("records"):
        if r["is_open"] or not only_open:
            of_post = facts[int(r["posting_id"])]
            known = [f"{words.label('post', r['post'])}, {r['commune']}, từ {date_short(r['from_on'])}"]
            if not only_open:
                known.append(f"lần đầu {changes.written(words, 'first_held_on', of_post['first_held_on'])}")
            now[int(r["posting_id"])] = (", ".join(known), of_post)
    return _seen(form, now)


def _one_of(label: str, shown: _Shown, nothing: str) -> int | None:
    """What is chosen; None, and nothing to send, where there is nothing to choose from."""
    if not shown:
        st.markdown(nothing)
        st.form_submit_button("Ghi nhận", disabled=True)
        return None
    return st.selectbox(label, list(shown), format_func=lambda i: shown[i][0], key=_key(f"which-{label}"))


def _left(reader: Reader, words: Words, person_id: int, _person: pd.DataFrame) -> _Entered | None:
    posting = _held(reader, words, person_id, "left")
    if posting is None:
        return None
    reason = st.selectbox(
        "Lý do", words.options("end_reason"), format_func=lambda c: words.label("end_reason", c), key=_key("reason")
    )
    when = st.text_input("Ngày đầu tiên không còn giữ chức vụ (31/12/2018)", key=_key("left-on"))
    return (lambda source, _: changes.left_post(reader, posting, _day(when), str(reason), source)), {}


def where(reader: Reader, words: Words, here: str | None, key: str) -> tuple[str, str | None]:
    """The post somebody takes up and the unit version it is in."""
    day = Filters(filters.chosen().as_of)
    units = unit_ids(reader, day.as_of)
    names = [str(name) for name in units]
    post = st.selectbox(
        "Chức vụ, chức danh nhận",
        list(reader.query("posts", day).position),
        format_func=lambda c: words.label("post", c),
        key=f"{key}-post",
    )
    commune = st.selectbox(
        "Xã, thị trấn",
        names,
        index=names.index(here) if here in names else None,
        key=f"{key}-commune",
        placeholder="Chọn xã, thị trấn",
    )
    return str(post), units.get(commune)


def _moved(reader: Reader, words: Words, person_id: int, person: pd.DataFrame) -> _Entered | None:
    posting = _held(reader, words, person_id, "moved")
    if posting is None:
        return None
    post, unit = where(reader, words, person.commune[0], _key("moved"))
    when = st.text_input("Từ ngày (31/12/2018)", key=_key("moved-on"))
    return (lambda source, _: changes.moved_post(reader, posting, _chosen(unit), post, _day(when), source)), {}


def _took(reader: Reader, words: Words, person_id: int, person: pd.DataFrame) -> _Entered | None:
    post, unit = where(reader, words, person.commune[0], _key("took"))
    when = st.text_input(f"Nhận chức vụ từ: {_WHEN.lower()}", key=_key("took-on"))
    first = st.text_input("Giữ chức vụ này lần đầu, nếu khác", key=_key("first-on"))
    return (
        lambda source, _: changes.took_post(
            reader, person_id, _chosen(unit), post, _moment(when), _moment(first) if first else None, source
        )
    ), {}


def _to_gain(reader: Reader, words: Words, person_id: int) -> list[tuple[str, str]]:
    """Criteria and levels that somebody may have gained, none below what is held: first what a standard waits for, from
    the level it asks for on, then what goes beyond what is held. Another field comes with another paper of a level."""
    chosen = Filters(filters.chosen().as_of)
    held = reader.query("levels_of_person", chosen, person_id=person_id).set_index("criterion").level
    timeline = reader.query("person_timeline", chosen, person_id=person_id)
    holds = timeline.to_on.isna() | (timeline.to_on > pd.Timestamp(chosen.as_of))
    bound, lacks = timeline[holds], timeline[holds & timeline.verdict.isin(["below", "transitional", "unknown"])]
    asked = dict(zip(lacks.criterion, lacks.required, strict=True))
    if "nganh" in asked:
        required = dict(zip(bound.criterion, bound.required, strict=True)).get("chuyen_mon")
        asked.setdefault("chuyen_mon", required or held.get("chuyen_mon"))
    gains = []
    for criterion in ("hoc_van", "chuyen_mon", "llct", "qlnn", "tin_hoc", "tieng_dtts"):
        levels = words.rows[(words.rows.domain == criterion) & (words.rows["sort"] > 0)]
        rank = dict(zip(levels.code, levels["sort"], strict=True))
        least, wanted = rank.get(held.get(criterion), 0), rank.get(asked.get(criterion), 0)
        for level, of_level in rank.items():
            if of_level >= least:
                order = 0 if 0 < wanted <= of_level else 1 if criterion in held and of_level > least else 2
                gains.append((order, criterion, level))
    return [(criterion, level) for _, criterion, level in sorted(gains, key=lambda gain: gain[0])]


def _reached(reader: Reader, words: Words, person_id: int, _person: pd.DataFrame) -> _Entered | None:
    reached = st.selectbox(
        "Trình độ đã đạt",
        _to_gain(reader, words, person_id),
        key=_key("level"),
        format_func=lambda pair: f"{words.short('criterion', pair[0])}: {words.label(*pair)}",
    )
    field = st.text_input("Chuyên ngành (chỉ với trình độ chuyên môn)", key=_key("field"))
    when = st.text_input(f"Ngày cấp: {_WHEN.lower()}", key=_key("obtained-on"))
    return (
        lambda source, _: changes.reached_level(
            reader, person_id, *reached, field if reached[0] == "chuyen_mon" else "", _moment(when), source
        )
    ), {}


def _corrected(reader: Reader, words: Words, person_id: int, _person: pd.DataFrame) -> _Entered | None:
    _, shown = _seen("corrected", {person_id: ("", changes.person_facts(reader, person_id))})[person_id]

    def label(name: str) -> str:
        known = changes.written(words, name, shown[name])
        return escaped(f"{HEADINGS[name]}, nếu phải sửa (đang ghi: {known})")

    name = st.text_input(label("full_name"), value=shown["full_name"], key=_key("name"))
    birth = st.text_input(label("birth_date"), key=_key("birth"))
    gender = st.selectbox(
        label("gender"),
        ["", *words.options("gender")],
        key=_key("gender"),
        format_func=lambda c: words.label("gender", c) if c else "Giữ nguyên",
    )
    ethnicity = st.text_input(label("ethnicity"), key=_key("ethnicity"))
    identifier = st.text_input(label("identifier"), key=_key("identifier"))
    return (
        lambda source, seen: changes.corrected(
            reader,
            person_id,
            source,
            full_name=name,
            birth=_moment(birth) if birth else None,
            gender=gender,
            ethnicity=ethnicity,
            identifier=identifier,
            seen=seen,
        )
    ), shown


def _post(reader: Reader, words: Words, person_id: int, _person: pd.DataFrame) -> _Entered | None:
    shown = _postings(reader, words, person_id, "post", only_open=False)
    posting = _one_of("Chức vụ, chức danh ghi sai", shown, "Người này chưa có chức vụ nào trong kho.")
    if posting is None:
        return None
    when = st.text_input(f"Nhận chức vụ từ, nếu phải sửa: {_WHEN.lower()}", key=_key("post-on"))
    first = st.text_input("Giữ chức vụ này lần đầu, nếu phải sửa", key=_key("post-first"))
    never = st.checkbox("Chưa từng giữ chức vụ này, bỏ đi", key=_key("post-never"))

    def record(source: changes.Source, seen: Seen) -> int:
        if never:
            return changes.withdrawn(reader, "posting", posting, source, seen=seen)
        moments = [_moment(text) if text else None for text in (when, first)]
        return changes.corrected_post(reader, posting, moments[0], moments[1], source, seen=seen)

    facts = shown[posting][1]
    return record, {**facts, "row": facts}


def _level(reader: Reader, words: Words, person_id: int, _person: pd.DataFrame) -> _Entered | None:
    held, now = changes.qualifications(reader, person_id), _Shown()
    facts = changes.qualification_facts(held)
    for r in held.to_dict("records"):
        told = (words.level(r["criterion"], r["level"]), as_text(r["field"]))
        name = f"{words.short('criterion', r['criterion'])}: {', '.join(t for t in told if t and t != '—')}"
        now[int(r["qualification_id"])] = (name, facts[int(r["qualification_id"])])
    shown = _seen("level", now)
    level = _one_of("Trình độ chưa từng có, ghi sai", shown, "Người này chưa có trình độ nào trong kho.")
    if level is None:
        return None
    row = {"row": shown[level][1]}
    return (lambda source, seen: changes.withdrawn(reader, "qualification", level, source, seen=seen)), row


_FORMS = {
    "left": _left,
    "took": _took,
    "moved": _moved,
    "reached": _reached,
    "corrected": _corrected,
    "post": _post,
    "level": _level,
}


def newcomer(reader: Reader, words: Words) -> None:
    """A form for somebody no list has named, who takes up a post, and above it what came of it."""
    outcome.draw("change", reader)
    with st.form("newcomer", border=False):
        above = st.container()
        name = st.text_input("Họ và tên", key="new-name")
        left, right = st.columns(2)
        birth = left.text_input("Ngày sinh (31/12/1980, 12/1980 hoặc 1980)", key="new-birth")
        gender = right.selectbox(
            "Giới tính",
            words.options("gender"),
            index=None,
            format_func=lambda c: words.label("gender", c),
            key="new-gender",
            placeholder="Chưa rõ",
        )
        post, unit = where(reader, words, None, "new")
        left, right = st.columns(2)
        when = left.text_input(f"Nhận chức vụ từ: {_WHEN.lower()}", key="new-on")
        first = right.text_input("Giữ chức vụ này lần đầu, nếu khác", key="new-first")
        sure = st.checkbox("Là người khác với người gần giống đã có trong kho", key="new-sure")
        _submit(
            reader,
            words,
            lambda source, _: changes.newcomer(
                reader,
                name,
                _moment(birth) if birth else None,
                gender or "",
                _chosen(unit),
                post,
                _moment(when),
                _moment(first) if first else None,
                source,
                sure=sure,
            ),
            {},
            above,
        )


def _chosen(unit: str | None) -> str:
    if unit is None:
        raise NotAccepted("Chưa chọn xã, thị trấn. Chọn rồi bấm Ghi nhận.")
    return unit


def _submit(reader: Reader, words: Words, record: _Record, shown: Mapping[str, Any], above: DeltaGenerator) -> None:
    """The end of a form: record what was entered over what was `shown`, or ask where others entered something else."""
    state, form = st.session_state, _key(str(st.session_state.get("change-kind")))
    evidence = st.text_input("Minh chứng (số, ngày của quyết định hoặc văn bằng)", key=_key("evidence"))
    seen = outcome.sent(form, "Ghi nhận", shown, changes.NAMES, partial(changes.written, words), above)
    if seen is None:
        return
    outcome.hush("change")
    try:
        with access.acting(Right.RECORD) as hand:
            batch = record(changes.Source(hand.name, evidence), seen)
            hand.told = {"dot": batch}
        outcome.say_recorded("change", reader, batch)
    except Clashed as clashed:
        outcome.wait(form, clashed.clashes)
        st.rerun()
    except NotAccepted as error:
        if not seen.yielded:
            st.error(escaped(str(error)), icon=":material/error:")
            return
        outcome.say("change", outcome.KEPT)
    # The form begins anew, with what is known now.
    state[_WHOSE] = (None, state.get(_WHOSE, (None, 0))[1])
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
