"""The parts of "Nhập và cập nhật": files taken in and compared, questions asked, batches recorded and taken back."""

import getpass
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

import office
from intake.commit import NotAccepted, undo
from intake.lists import Issue, field_names
from intake.normalise import IGNORED
from intake.session import Intake, take_in, title_of, told, vocabulary
from labels import FILTER_TITLES, Words
from outputs.excel import file_name
from outputs.returned import returned
from outputs.template import template
from record import escaped
from store import Filters, Store
from vietnamese import date_short, number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Choices = list[tuple[str, int | None, int | None]]
_SHOWN = 50
_KINDS = {"new": "Người mới", "changed": "Thay đổi", "lower": "Thấp hơn kho", "later": "Muộn hơn kho"}
_FIELDS = {
    "full_name": "Họ và tên", "birth_date": "Ngày sinh", "gender": "Giới tính", "ethnicity": "Dân tộc",
    "identifier": "Số định danh", "position": "Chức vụ", "from_on": "Ngày nhận chức vụ",
    "first_held_on": "Giữ chức lần đầu", "to_on": "Ngày thôi", "end_reason": "Lý do thôi",
    "obtained_on": "Ngày cấp", "evidence": "Minh chứng",
}  # fmt: skip


def current(store: Store, files: Sequence[Any], as_of: date, hidden: bool) -> Intake:
    """The intake of what was dropped, read once for the same files, day and vocabulary."""
    asked = (tuple(f.file_id for f in files), as_of, hidden, st.session_state.get("intake-taught", 0))
    if st.session_state.get("intake-of") != asked:
        with st.spinner("Đang đọc và so sánh…"), tempfile.TemporaryDirectory() as folder:
            # Two communes may call their lists the same, and the name may tell the commune.
            paths = [Path(folder) / str(n) / Path(f.name).name for n, f in enumerate(files)]
            for path, file in zip(paths, files, strict=True):
                path.parent.mkdir()
                path.write_bytes(file.getvalue())
            read = take_in(store, paths, as_of, include_hidden=hidden)
        before = st.session_state.get("intake-of")
        if before and before[:3] == asked[:3]:
            _keep_answers(st.session_state["intake"], read)
        st.session_state["intake"], st.session_state["intake-of"] = read, asked
    intake: Intake = st.session_state["intake"]
    return intake


def _keep_answers(old: Intake, new: Intake) -> None:
    """The same files read again with one more word known: what was answered about a row still holds."""
    now = {place: who for who, places in new.facts.rows.items() for place in places}
    whom = {who: now[places[0]] for who, places in old.facts.rows.items() if places[0] in now}
    new.answers.people = {whom[w]: p for w, p in old.answers.people.items() if w in whom}
    new.answers.same = {whom[w]: whom[o] for w, o in old.answers.same.items() if w in whom and o in whom}
    new.answers.accepted, new.answers.left = old.answers.accepted, old.answers.left
    new.compare()


def sentence(counts: Mapping[str, int]) -> str:
    """The answer of an intake in words."""
    n = {name: number(value) for name, value in counts.items()}
    away = f"; {n['rejected']} dòng bị trả lại" if counts["rejected"] else ""
    return (
        f"Đọc {n['read']} dòng trong {n['files']} tệp: {n['new']} người mới, {n['changed']} người thay đổi, "
        f"{n['unchanged']} như cũ, {n['missing']} người không có tên{away}."
    )


def questions(intake: Intake) -> None:
    """Rows that may be somebody the store knows; an answer is compared at once."""
    asked = sorted(set(intake.comparison.questions.who))
    if not asked:
        return
    st.subheader("Có phải cùng một người", anchor=False)
    for who in asked:
        choices: _Choices = [
            *((f"Là {text}", person, same) for text, person, same in intake.alike(who)),
            ("Là người khác, chưa có trong kho", None, None),
        ]
        file, _, row = intake.facts.rows[who][0]
        st.radio(
            escaped(f"{intake.name(who)} (dòng {row} của tệp {file})"), range(len(choices)),
            index=_answered(intake, who, choices), format_func=[c[0] for c in choices].__getitem__,
            key=f"who-{file}-{row}", on_change=_answer, args=(intake, who, choices, f"who-{file}-{row}"),
        )  # fmt: skip


def _answered(intake: Intake, who: int, choices: _Choices) -> int | None:
    said = (intake.answers.people.get(who), intake.answers.same.get(who))
    if who not in intake.answers.people and who not in intake.answers.same:
        return None
    return next((n for n, choice in enumerate(choices) if choice[1:] == said), None)


def _answer(intake: Intake, who: int, choices: _Choices, key: str) -> None:
    _, person, same = choices[st.session_state[key]]
    intake.answers.people.pop(who, None)
    intake.answers.same.pop(who, None)
    if same is not None:
        intake.answers.same[who] = same
    else:
        intake.answers.people[who] = person
    intake.compare()


def strange_words(store: Store, intake: Intake, words: Words) -> None:
    """Words nobody has explained yet: what one means is remembered, and the files are read again."""
    if not intake.reading.strange:
        return
    st.subheader("Từ chưa hiểu", anchor=False)
    known = vocabulary(store, intake.as_of)
    for n, word in enumerate(intake.reading.strange[:_SHOWN]):
        codes = [c for c in known.codes(word.domain) if c != IGNORED] if word.domain != "commune" else _communes(intake)
        domain = word.domain if word.domain != "commune" else "unit"
        name, choice, save = st.columns([3, 4, 1], vertical_alignment="bottom")
        name.markdown(f"**{escaped(word.word)}** · {number(word.count)} ô, {escaped(word.example)}")
        meant = choice.selectbox(
            f"Nghĩa của {word.word}", [*codes, IGNORED], index=None, key=f"word-{n}-{word.domain}-{word.word}",
            placeholder="Chọn nghĩa", label_visibility="collapsed",
            format_func=partial(_meaning, words, domain),
        )  # fmt: skip
        save.button(
            "Nhớ",
            key=f"learn-{n}",
            disabled=meant is None,
            on_click=_learn,
            args=(store, word.domain, meant, word.word),
        )
    if len(intake.reading.strange) > _SHOWN:
        st.caption(f"Còn {number(len(intake.reading.strange) - _SHOWN)} từ nữa, hiện dần khi các từ trên đã được nhớ.")


def form(store: Store, as_of: date) -> None:
    """The official form of a commune, filled in, to be sent out and dropped back."""
    rows = store.query("units", Filters(as_of))
    units = dict(zip(rows.unit_id, rows.commune, strict=True))
    choice, take = st.columns([1, 3], vertical_alignment="bottom")
    unit = str(
        choice.selectbox(
            "Mẫu điền sẵn của xã, thị trấn", list(units), format_func=units.__getitem__, key="form-unit", required=True
        )
    )
    take.download_button(
        "Tải mẫu (Excel)", data=lambda: template(store, as_of, unit), file_name=file_name(f"Mẫu {units[unit]}", as_of),
        mime=XLSX, on_click="ignore", icon=":material/download:", key="form-take",
    )  # fmt: skip


def _meaning(words: Words, domain: str, code: str) -> str:
    return "Bỏ qua từ này" if code == IGNORED else words.label(domain, code)


def _communes(intake: Intake) -> list[str]:
    return list(intake.store.query("units", Filters(intake.as_of)).commune)


def _learn(store: Store, domain: str, code: str, word: str) -> None:
    office.learn_word(store, domain, code, word)
    _read_again()


def columns(store: Store, intake: Intake) -> None:
    """What each column was taken for; a correction is remembered for lists of the same layout."""
    fields = field_names(vocabulary(store, intake.as_of))
    if not intake.reading.layouts:
        return
    with st.expander("Cột được hiểu như thế nào", icon=":material/view_column:"):
        for layout in intake.reading.layouts:
            st.markdown(f"**{escaped(layout.file)}** {escaped(layout.sheet)} · {number(layout.people)} dòng")
            for column in layout.columns:
                options = [IGNORED, *fields]
                place = options.index(column.field) if column.field in options else None
                key = f"column-{layout.file}-{layout.sheet}-{layout.key}-{column.place}"
                st.selectbox(
                    column.heading, options, index=place, key=key, placeholder="Chưa hiểu, bỏ qua",
                    format_func=lambda f: "Bỏ qua" if f == IGNORED else fields[f],
                    on_change=_remember, args=(store, layout.key, column.heading, key),
                )  # fmt: skip


def _remember(store: Store, layout: str, heading: str, key: str) -> None:
    office.remember_column(store, layout, heading, st.session_state[key])
    _read_again()


def _read_again() -> None:
    st.session_state["intake-taught"] = st.session_state.get("intake-taught", 0) + 1


def differences(intake: Intake, words: Words) -> None:
    """What would change, and what waits for a word because the list says less than the store."""
    rows = told(intake, words)
    if rows.empty:
        return
    st.subheader(f"Khác với kho ({number(len(rows))} dòng)", anchor=False)
    st.dataframe(
        pd.DataFrame(
            {
                "Loại": rows.kind.map(_KINDS), "Họ và tên": rows.full_name, FILTER_TITLES["communes"]: rows.commune,
                "Mục": [_FIELDS.get(f) or words.short("criterion", f) for f in rows.field],
                "Kho đang có": rows.old.fillna("—"), "Danh sách": rows.new.fillna("—"),
            }
        ),
        hide_index=True, key="intake-differences", alt="Danh sách khác gì với kho",
    )  # fmt: skip
    for row in rows[rows.kind.isin(["lower", "later"])].to_dict("records"):
        what = _FIELDS.get(row["field"]) or words.short("criterion", row["field"])
        decided = (row["person_id"], row["field"])
        st.checkbox(
            f"{row['full_name']}: danh sách đúng, {what.lower()} là {row['new']} chứ không phải {row['old']}",
            value=decided in intake.answers.accepted, key=f"accept-{decided}", on_change=_accept,
            args=(intake, decided),
        )  # fmt: skip


def _accept(intake: Intake, decided: tuple[int, str]) -> None:
    intake.answers.accepted ^= {decided}
    intake.compare()


def missing(intake: Intake, words: Words) -> None:
    """People in post whom the list does not name: the officer says why, or leaves them as they are."""
    rows = intake.comparison.missing
    if rows.empty:
        return
    st.subheader(f"Không có tên trong danh sách ({number(len(rows))})", anchor=False)
    people = intake.store.fetch("select person_id, full_name from person").set_index("person_id").full_name
    reasons = {words.label("end_reason", code): code for code in words.options("end_reason")}
    edited = st.data_editor(
        pd.DataFrame(
            {
                "Họ và tên": [people[p] for p in rows.person_id],
                "Chức vụ, chức danh": [words.label("post", p) for p in rows.post],
                "Lý do": pd.Series([None] * len(rows), dtype=object),
                "Thôi từ ngày": [intake.as_of] * len(rows),
            }
        ),
        # The table remembers answers by their place: other people, another table.
        hide_index=True, key=f"left-{intake.as_of}-{hash(tuple(rows.posting_id))}",
        disabled=["Họ và tên", "Chức vụ, chức danh"], placeholder="Giữ nguyên",
        column_config={
            "Lý do": st.column_config.SelectboxColumn(options=list(reasons), width=200),
            "Thôi từ ngày": st.column_config.DateColumn(format="DD/MM/YYYY"),
        },
    )  # fmt: skip
    st.caption("Chọn lý do cho người đã thôi; để trống là chưa rõ, kho giữ nguyên.")
    intake.answers.left = {
        int(posting): (row["Thôi từ ngày"], reasons[row["Lý do"]])
        for posting, row in zip(rows.posting_id, edited.to_dict("records"), strict=True)
        if row["Lý do"] in reasons and isinstance(row["Thôi từ ngày"], date)
    }


def problems(intake: Intake) -> None:
    """All that is wrong, and the rows turned away as a file to be corrected and sent again."""
    for issue in intake.reading.unreadable:
        st.error(issue.message, icon=":material/error:")
    issues: list[Issue] = [i for i in intake.issues() if i not in intake.reading.unreadable]
    if not issues:
        return
    st.subheader(f"Vấn đề trong tệp ({number(len(issues))})", anchor=False)
    shown = issues[:_SHOWN]
    st.table(
        pd.DataFrame({"Tệp": [escaped(i.file) for i in shown], "Nội dung": [escaped(i.message) for i in shown]}),
        hide_index=True, border="horizontal",
    )  # fmt: skip
    if len(issues) > _SHOWN:
        st.caption(f"Còn {number(len(issues) - _SHOWN)} vấn đề nữa, xem trong tệp Excel dưới đây.")
    st.download_button(
        "Tải các dòng bị trả lại (Excel)", data=lambda: returned(intake.turned_away(), intake.issues()),
        file_name="dong-bi-tra-lai.xlsx", mime=XLSX, on_click="ignore", icon=":material/download:", key="intake-away",
    )  # fmt: skip


def record(intake: Intake) -> None:
    """The one button that writes."""
    nothing = not intake.counts()["read"]
    if not st.button("Ghi nhận", type="primary", icon=":material/save:", key="intake-record", disabled=nothing):
        return
    try:
        with st.spinner("Đang ghi nhận…"):
            batch = intake.record(title_of(intake.reading, intake.as_of), getpass.getuser())
    except NotAccepted as error:
        intake.compare()
        st.error(str(error), icon=":material/error:")
        return
    done = f"Đã ghi nhận đợt {batch}." if batch else "Kho đã có đủ những điều này, không ghi gì thêm."
    st.session_state["intake-said"] = done
    for name in ("intake", "intake-of"):
        st.session_state.pop(name, None)
    st.session_state["intake-drop"] = st.session_state.get("intake-drop", 0) + 1
    st.rerun()


def batches(store: Store) -> None:
    """The list of batches, each with a way to take it back."""
    rows = store.query("batches", Filters(date.min))
    if rows.empty:
        st.markdown("Chưa ghi nhận đợt nào.")
    for row in rows.head(_SHOWN).to_dict("records"):
        what, back = st.columns([8, 1], vertical_alignment="center")
        undone = not pd.isna(row["undone_at"])
        made = f"{date_short(row['made_at'])} {row['made_at']:%H:%M}, {row['made_by']}"
        state = f" · **đã hoàn tác** {date_short(row['undone_at'])}" if undone else ""
        away = f" · {number(row['rejected'])} dòng bị trả lại" if row["rejected"] else ""
        what.markdown(f"**Đợt {row['batch_id']}** · {escaped(row['title'])}  \n{escaped(made)}{away}{state}")
        if not undone:
            with back.popover("Hoàn tác"):
                st.markdown(f"Thôi tính mọi điều đợt {row['batch_id']} đã ghi? Các đợt khác còn nguyên.")
                st.button(
                    f"Hoàn tác đợt {row['batch_id']}", key=f"undo-{row['batch_id']}", on_click=_undo,
                    args=(store, row["batch_id"]),
                )  # fmt: skip
    if len(rows) > _SHOWN:
        st.caption(f"Còn {number(len(rows) - _SHOWN)} đợt cũ hơn; hoàn tác bằng lệnh manage.py undo.")


def _undo(store: Store, batch_id: int) -> None:
    try:
        undo(store, batch_id, getpass.getuser())
        st.session_state["intake-said"] = f"Đã hoàn tác đợt {batch_id}; các đợt khác còn nguyên."
    except NotAccepted as error:
        st.session_state["intake-refused"] = str(error)
    st.session_state.pop("intake-of", None)
