"""The parts of "Nhập và cập nhật": files taken in and compared, questions asked, batches recorded and taken back."""

import getpass
import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

import office
import standing
from clash import Clashed, Seen
from intake.commit import NotAccepted
from intake.ledger import is_ledger
from intake.lists import Issue, Reading, RejectedRow, field_names
from intake.normalise import IGNORED
from intake.session import Assessed, Intake, arrivals, assess, take_in, title_of, told, unnamed, vocabulary
from intake.tables import SUFFIXES
from labels import FILTER_TITLES, HEADINGS, Words
from outputs.excel import file_name
from outputs.listing import Listing
from outputs.returned import returned
from outputs.template import template
from record import badge
from store import Filters, Store
from text import escaped
from vietnamese import date_short, number

# What one session may hold at once. The largest district has some forty communes, and a list of one is below 1 MB.
MOST_FILES, MOST_BYTES = 100, 60 * 1024**2
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Choices = list[tuple[str, int | None, int | None]]
_SHOWN = 50
# A word that is asked about meant nothing when it was asked; one that others have explained since is kept here.
NOBODY_SAID, _WORD = Seen({"code": None}), "intake-word"
_KINDS = {"changed": "Thay đổi", "lower": "Thấp hơn kho", "later": "Muộn hơn kho"}
_FIELDS = {
    "full_name": "Họ và tên", "birth_date": "Ngày sinh", "gender": "Giới tính", "ethnicity": "Dân tộc",
    "identifier": "Số định danh", "position": "Chức vụ", "from_on": "Ngày nhận chức vụ",
    "first_held_on": "Giữ chức lần đầu", "to_on": "Ngày thôi", "end_reason": "Lý do thôi",
    "obtained_on": "Ngày cấp", "evidence": "Minh chứng",
}  # fmt: skip


@dataclass(frozen=True)
class Dropped:
    """A file that was dropped; kept here because the widget forgets it when the page is left."""

    file_id: str
    name: str
    content: bytes


def dropped() -> list[Dropped]:
    """The files to be taken in: a place to drop more, and those dropped so far with a button to leave each out."""
    held: list[Dropped] = st.session_state.setdefault("intake-files", [])
    drop = st.session_state.setdefault("intake-drop", 0)
    # Of any type: what the widget itself turns away is forgotten with it, and nobody would be told.
    new = st.file_uploader(
        f"Danh sách của các xã, thị trấn: .xlsx, .xls, .ods, .csv, .tsv, .txt, tối đa 20 MB mỗi tệp, {MOST_FILES} tệp "
        f"và {MOST_BYTES // 1024**2} MB mỗi lần", accept_multiple_files=True, key=f"intake-drop-{drop}",
    )  # fmt: skip
    if new:
        st.session_state["intake-not-held"] = _hold(held, new)
        st.session_state["intake-drop"] = drop + 1
        st.rerun()
    if told := st.session_state.get("intake-not-held"):
        st.warning(escaped(told), icon=":material/block:")
    if held:
        with st.container(horizontal=True, gap="small", key="dropped"):
            for file in held:
                st.button(
                    escaped(file.name), key=f"leave-{file.file_id}", icon=":material/close:", icon_position="right",
                    help="Bỏ tệp này ra", on_click=_leave_out, args=([file],),
                )  # fmt: skip
            if len(held) > 1:
                st.button("Bỏ tất cả", key="leave-all", type="tertiary", on_click=_leave_out, args=(list(held),))
    return held


def _hold(held: list[Dropped], new: Sequence[UploadedFile]) -> str:
    """Keep what there is room for, and tell in a sentence or two what there is not; files already held stay."""
    other, many = [], []
    room = MOST_BYTES - sum(len(file.content) for file in held)
    for file in new:
        if Path(file.name).suffix.lower() not in SUFFIXES:
            other.append(file.name)
        elif len(held) >= MOST_FILES or file.size > room:
            many.append(file.name)
        else:
            held.append(Dropped(file.file_id, file.name, file.getvalue()))
            room -= file.size
        _forget(file.file_id)
    told = []
    if other:
        told.append(f"Không nhận {_named(other)}: không phải bảng tính, chỉ nhận .xlsx, .xls, .ods, .csv, .tsv, .txt.")
    if many:
        told.append(
            f"Chưa nhận {_named(many)}: mỗi lần chỉ giữ được {MOST_FILES} tệp và {MOST_BYTES // 1024**2} MB. "
            "Ghi nhận hoặc bỏ bớt các tệp đã thả rồi thả lại."
        )
    return " ".join(told)


def _named(names: Sequence[str]) -> str:
    """'tệp a.pdf', '20 tệp (a.pdf, b.pdf, c.pdf, …)'."""
    if len(names) == 1:
        return f"tệp {names[0]}"
    return f"{number(len(names))} tệp ({', '.join(names[:3])}{', …' if len(names) > 3 else ''})"


def _forget(file_id: str) -> None:
    """The server would keep what a widget was given until the session ends, also when nobody needs it any more."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file_id)


def _leave_out(files: Sequence[Dropped]) -> None:
    st.session_state["intake-files"] = [f for f in st.session_state.get("intake-files", []) if f not in files]
    # What was said of a name must not hold for another file of that name.
    st.session_state["intake-communes"] = {}
    st.session_state["intake-not-held"] = ""


def current(store: Store, files: Sequence[Dropped], as_of: date | None, hidden: bool) -> Intake:
    """The intake of what was dropped, read once for the same files, day, communes and vocabulary."""
    communes: dict[str, str] = st.session_state.setdefault("intake-communes", {})
    taught = st.session_state.get("intake-taught", 0)
    asked = (id(store), tuple(f.file_id for f in files), as_of, hidden, dict(communes), taught)
    if st.session_state.get("intake-of") != asked or "intake" not in st.session_state:
        bar = st.progress(0.0)
        with tempfile.TemporaryDirectory() as folder:
            # Two communes may call their lists the same, and the name may tell the commune.
            paths = [Path(folder) / str(n) / Path(f.name).name for n, f in enumerate(files)]
            for path, file in zip(paths, files, strict=True):
                path.parent.mkdir()
                path.write_bytes(file.content)
            ledgers = [path for path in paths if is_ledger(path)]
            paths = [path for path in paths if path not in ledgers]
            read = take_in(
                store, paths, as_of, communes=communes, include_hidden=hidden,
                progress=partial(_move, bar),
            )  # fmt: skip
        for path in ledgers:
            told = f"Tệp {path.name} là sổ tinh giản biên chế; nạp ở cuối trang Tinh giản biên chế."
            read.reading.unreadable.append(Issue(path.name, "", None, "", "error", told))
        bar.empty()
        before = st.session_state.get("intake-of")
        if before and before[:4] == asked[:4] and "intake" in st.session_state:
            _keep_answers(st.session_state["intake"], read)
        st.session_state["intake"], st.session_state["intake-of"] = read, asked
    intake: Intake = st.session_state["intake"]
    return intake


def _move(bar: DeltaGenerator, share: float, doing: str) -> None:
    bar.progress(share, f"{escaped(doing)}…")


def whose(store: Store, intake: Intake) -> None:
    """Files that do not say whose list they are: the officer says it."""
    homeless = [*dict.fromkeys([*intake.reading.homeless, *st.session_state["intake-communes"]])]
    if not homeless:
        return
    st.subheader("Danh sách của xã nào", anchor=False)
    communes = list(store.query("units", Filters(intake.as_of)).commune)
    for name in homeless:
        st.selectbox(
            f"Tệp {escaped(name)} không ghi tên xã", communes, key=f"whose-{name}", placeholder="Chọn xã, thị trấn",
            index=_place(communes, st.session_state["intake-communes"].get(name)),
            on_change=_belongs, args=(name, f"whose-{name}"), width=420,
        )  # fmt: skip


def _place(options: Sequence[str], value: str | None) -> int | None:
    return options.index(value) if value in options else None


def _belongs(name: str, key: str) -> None:
    st.session_state.setdefault("intake-communes", {})[name] = st.session_state[key]


def _keep_answers(old: Intake, new: Intake) -> None:
    """The same files read again with one more word known: what was answered about a row still holds."""
    now = {place: who for who, places in new.facts.rows.items() for place in places}
    whom = {who: now[places[0]] for who, places in old.facts.rows.items() if places[0] in now}
    new.answers.people = {whom[w]: p for w, p in old.answers.people.items() if w in whom}
    new.answers.same = {whom[w]: whom[o] for w, o in old.answers.same.items() if w in whom and o in whom}
    new.answers.accepted, new.answers.left = old.answers.accepted, old.answers.left
    new.compare()


def sentence(intake: Intake) -> str:
    """The answer of an intake in words."""
    counts = intake.counts()
    n = {name: number(value) for name, value in counts.items()}
    away = f"; {n['rejected']} dòng bị trả lại" if counts["rejected"] else ""
    if lost := intake.reading.lost():
        away += f"; {number(lost)} dòng không thuộc bảng nào"
    return (
        f"Đọc {n['read']} dòng trong {n['files']} tệp, tính đến {date_short(intake.as_of)}: "
        f"{n['new']} người mới, {n['changed']} người thay đổi, "
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
            *((escaped(f"Là {text}"), person, same) for text, person, same in intake.alike(who)),
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
    _disputed(store, words)
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


def nothing_dropped(store: Store, as_of: date) -> None:
    """What to do before there is a file; for an office with nobody yet, the way from empty forms to the overview."""
    rows = store.query("units", Filters(as_of))
    units = dict(zip(rows.unit_id, rows.commune, strict=True))
    if store.fetch("select count(*) as n from person").n[0]:
        st.markdown("## Thả các danh sách vào đây; chưa ghi gì cho đến khi bấm Ghi nhận.")
        choice, take = st.columns([1, 3], vertical_alignment="bottom")
        unit = str(
            choice.selectbox(
                "Mẫu điền sẵn của xã, thị trấn", list(units), format_func=units.__getitem__, key="form-unit"
            )
        )  # fmt: skip
        take.download_button(
            "Tải mẫu (Excel)", data=lambda: template(store, as_of, unit), mime=XLSX, on_click="ignore",
            file_name=file_name(f"Mẫu {units[unit]}", as_of), icon=":material/download:", key="form-take",
        )  # fmt: skip
        return
    st.markdown("## Kho chưa có ai. Bốn bước để có số liệu của cơ quan:")
    st.markdown(f"1. Tải {number(len(units))} mẫu danh sách, mỗi xã, thị trấn một tệp, rồi gửi cho các xã điền.")
    st.download_button(
        f"Tải {number(len(units))} mẫu (.zip)", data=lambda: _forms(store, as_of, units), mime="application/zip",
        file_name="mau-danh-sach.zip", on_click="ignore", icon=":material/download:", key="form-all",
    )  # fmt: skip
    st.markdown(
        "2. Thả các tệp xã gửi lại vào ô trên. Danh sách sẵn có của xã cũng được, không cần theo mẫu.\n"
        "3. Trả lời những gì được hỏi: người trùng, từ chưa hiểu, dòng sai. Rồi bấm Ghi nhận.\n"
        "4. Mở trang Tổng quan để xem ai chưa đạt chuẩn."
    )


def _forms(store: Store, as_of: date, units: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for unit, commune in units.items():
            archive.writestr(file_name(f"Mẫu {commune}", as_of), template(store, as_of, unit))
    return content.getvalue()


def _meaning(words: Words, domain: str, code: str) -> str:
    return "Bỏ qua từ này" if code == IGNORED else words.label(domain, code)


def _communes(intake: Intake) -> list[str]:
    return list(intake.store.query("units", Filters(intake.as_of)).commune)


def _learn(store: Store, domain: str, code: str, word: str, seen: Seen = NOBODY_SAID) -> None:
    st.session_state.pop(_WORD, None)
    try:
        office.learn_word(store, domain, code, word, seen)
    except Clashed as clashed:
        st.session_state[_WORD] = (domain, code, word, clashed.clashes)
    _read_again()


def _disputed(store: Store, words: Words) -> None:
    """A word that others have explained meanwhile, as something else."""
    if _WORD not in st.session_state:
        return
    domain, code, word, clashes = st.session_state[_WORD]

    def meaning(_: str, said: str | None) -> str:
        return _meaning(words, "unit" if domain == "commune" else domain, said) if said else "chưa có nghĩa"

    standing.ask(clashes, {"code": f"Từ {word}"}, meaning)
    with st.container(horizontal=True):
        st.button(
            standing.INSIST, key="word-insist", type="primary", on_click=_learn,
            args=(store, domain, code, word, NOBODY_SAID.insist(clashes)),
        )  # fmt: skip
        st.button(standing.GIVE_WAY, key="word-give-way", on_click=st.session_state.pop, args=(_WORD, None))


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
                    escaped(column.heading), options, index=place, key=key, placeholder="Chưa hiểu, bỏ qua",
                    format_func=lambda f: "Bỏ qua" if f == IGNORED else fields[f],
                    on_change=_remember, args=(store, layout.key, column.heading, key, column.field, fields),
                )  # fmt: skip


def _remember(store: Store, layout: str, heading: str, key: str, shown: str | None, fields: Mapping[str, str]) -> None:
    try:
        office.remember_column(store, layout, heading, st.session_state[key], Seen({"field": shown}))
    except Clashed as clashed:
        [clash] = clashed.clashes
        now, wanted = (fields.get(f or "", "Bỏ qua") for f in (clash.now, clash.wanted))
        said = (
            f"Cột {heading}: nơi khác vừa ghi nhớ là “{now}”, bạn chọn “{wanted}”. Chưa đổi gì; muốn đổi thì chọn lại."
        )
        standing.say("intake", said, good=False)
        st.session_state[key] = clash.now
    _read_again()


def _read_again() -> None:
    st.session_state["intake-taught"] = st.session_state.get("intake-taught", 0) + 1


def newcomers(intake: Intake, words: Words) -> None:
    """People the store does not know, as they would be recorded."""
    rows = arrivals(intake, words)
    if rows.empty:
        return
    st.subheader(f"Người mới: {number(len(rows))} người", anchor=False)
    criteria = {c: words.short("criterion", c) for c in words.options("criterion")}
    st.dataframe(
        rows.rename(columns={**HEADINGS, **criteria}),
        hide_index=True, key="intake-new", alt="Người mới sẽ được ghi như thế nào", placeholder="—",
        column_config={HEADINGS["position"]: st.column_config.TextColumn(width=240)},
    )  # fmt: skip


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
            escaped(
                f"{row['full_name']}: danh sách đúng, {what.lower()} là {row['new']} chứ không phải {row['old']}"
            ),
            value=decided in intake.answers.accepted, key=f"accept-{decided}", on_change=_accept,
            args=(intake, decided),
        )  # fmt: skip


def _accept(intake: Intake, decided: tuple[int, str]) -> None:
    intake.answers.accepted ^= {decided}
    intake.compare()


def missing(intake: Intake, words: Words) -> None:
    """People in post whom the list does not name: the officer says why, or leaves them as they are."""
    if intake.comparison.missing.empty:
        return
    rows = unnamed(intake)
    people, posts = number(rows.person_id.nunique()), number(len(rows))
    st.subheader(f"Không có tên trong danh sách: {people} người, {posts} chức vụ", anchor=False)
    reasons = {words.label("end_reason", code): code for code in words.options("end_reason")}
    edited = st.data_editor(
        pd.DataFrame(
            {
                HEADINGS["full_name"]: rows.full_name,
                HEADINGS["commune"]: rows.commune,
                HEADINGS["position"]: [words.label("post", p) for p in rows.post],
                "Lý do": pd.Series([None] * len(rows), dtype=object),
                "Thôi từ ngày": [intake.as_of] * len(rows),
            }
        ),
        # The table remembers answers by their place: other people, another table.
        hide_index=True, key=f"left-{intake.as_of}-{hash(tuple(rows.posting_id))}",
        disabled=[HEADINGS[c] for c in ("full_name", "commune", "position")], placeholder="Giữ nguyên",
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


def not_taken(reading: Reading) -> None:
    """What was not read at all, above everything else: files, and rows that belong to no table."""
    _whole(reading.unreadable)
    if not (lost := reading.lost()):
        return
    st.warning(
        f"**{number(lost)} dòng có nội dung nhưng không thuộc bảng nào nên chưa được đọc.** Sửa tiêu đề trong tệp rồi "
        "nạp lại; tiêu đề viết khác thường thì chọn lại ở mục Cột được hiểu như thế nào.", icon=":material/table_rows:",
    )  # fmt: skip
    shown = reading.left_out[:_SHOWN]
    st.table(
        pd.DataFrame(
            {
                "Tệp": [escaped(left.file) for left in shown], "Ở đâu": [escaped(left.place) for left in shown],
                "Số dòng": [number(len(left.rows)) for left in shown], "Vì sao": [escaped(left.why) for left in shown],
                "Nội dung": [escaped(left.quoted) for left in shown],
            }
        ),
        hide_index=True, border="horizontal",
    )  # fmt: skip
    if len(reading.left_out) > _SHOWN:
        st.caption(f"Còn {number(len(reading.left_out) - _SHOWN)} chỗ nữa.")


def _whole(found: Sequence[Issue]) -> None:
    """Files or sheets of which nothing was read: one of them in its sentence, many in one."""
    if len(found) == 1:
        st.error(escaped(found[0].message), icon=":material/error:")
    if len(found) < 2:
        return
    st.error(f"{number(len(found))} tệp không đọc được; các tệp khác không bị ảnh hưởng.", icon=":material/error:")
    with st.expander("Vì sao từng tệp không đọc được"):
        st.table(
            pd.DataFrame({"Vì sao": [escaped(issue.message) for issue in found]}), hide_index=True, border="horizontal"
        )
    if names := {issue.file for issue in found} & {file.name for file in st.session_state.get("intake-files", [])}:
        files = [file for file in st.session_state["intake-files"] if file.name in names]
        st.button(
            f"Bỏ {number(len(files))} tệp không đọc được", key="leave-unreadable", icon=":material/close:",
            on_click=_leave_out, args=(files,),
        )  # fmt: skip


def problems(intake: Intake) -> None:
    """What is wrong in what was read, and the rows turned away as a file to be corrected and sent again."""
    said = [*intake.reading.unreadable, *(left.issue() for left in intake.reading.left_out)]
    left = [row for left in intake.reading.left_out for row in left.rejected()]
    if not issues([issue for issue in intake.issues() if issue not in said]) and not left:
        return
    st.download_button(
        "Tải các dòng bị trả lại (Excel)", data=lambda: returned([*intake.turned_away(), *left], intake.issues()),
        file_name="dong-bi-tra-lai.xlsx", mime=XLSX, on_click="ignore", icon=":material/download:", key="intake-away",
    )  # fmt: skip


def issues(found: Sequence[Issue]) -> bool:
    """What is wrong in files: what cannot be read at all above, the rest as a table. Whether there is a table."""
    told = [i for i in found if i.row is not None or i.severity != "error"]
    _whole([i for i in found if i not in told])
    if not told:
        return False
    st.subheader(f"Vấn đề trong tệp ({number(len(told))})", anchor=False)
    shown = told[:_SHOWN]
    st.table(
        pd.DataFrame({"Tệp": [escaped(i.file) for i in shown], "Nội dung": [escaped(i.message) for i in shown]}),
        hide_index=True, border="horizontal",
    )  # fmt: skip
    if len(told) > _SHOWN:
        st.caption(f"Còn {number(len(told) - _SHOWN)} vấn đề nữa.")
    return True


def _without(intake: Intake) -> bool:
    """Whether the officer agrees to go on without what was not read; asked only when there is any."""
    lost, files = intake.reading.lost(), len(intake.reading.unreadable)
    told = [f"{number(lost)} dòng không thuộc bảng nào"] if lost else []
    told += [f"{number(files)} tệp không đọc được"] if files else []
    if not told or not intake.counts()["read"]:
        return True
    # Another intake, another question.
    of = hash((*intake.reading.files, *intake.reading.left_out, *intake.reading.unreadable))
    return st.checkbox(f"Ghi nhận mà không có {' và '.join(told)}", key=f"intake-without-{of}")


def record(intake: Intake) -> None:
    """The one button that writes."""
    nothing = not _without(intake) or not intake.counts()["read"]
    if not st.button("Ghi nhận", type="primary", icon=":material/save:", key="intake-record", disabled=nothing):
        return
    try:
        with st.spinner("Đang ghi nhận…"):
            batch = intake.record(title_of(intake.reading, intake.as_of), getpass.getuser())
    except NotAccepted as error:
        # What is on screen was compared with the store of before.
        intake.compare()
        standing.say("intake", str(error), good=False)
        st.rerun()
    done = f"Đã ghi nhận đợt {batch}." if batch else "Kho đã có đủ những điều này, không ghi gì thêm."
    standing.say("intake", done, batch=batch)
    for name in ("intake", "intake-of", "intake-files", "intake-communes", "intake-not-held"):
        st.session_state.pop(name, None)
    st.rerun()


def batches(store: Store) -> None:
    """The list of batches, each with the rows it turned away and a way to take it back."""
    rows = store.query("batches", Filters(date.min))
    if rows.empty:
        st.markdown("Chưa ghi nhận đợt nào.")
    for row in rows.head(_SHOWN).to_dict("records"):
        what, away, back = st.columns([8, 3, 2], vertical_alignment="center")
        undone = not pd.isna(row["undone_at"])
        about = f" · {number(row['people'])} người" if row["people"] else ""
        made = f"{date_short(row['made_at'])} {row['made_at']:%H:%M}, {row['made_by']}{about}"
        state = f" · **đã hoàn tác** {date_short(row['undone_at'])}, {row['undone_by']}" if undone else ""
        what.markdown(f"**Đợt {row['batch_id']}** · {escaped(row['title'])}  \n{escaped(made)}{state}")
        if row["rejected"]:
            away.download_button(
                f"{number(row['rejected'])} dòng bị trả lại", data=partial(_turned_away, store, row["batch_id"]),
                file_name=f"dot-{row['batch_id']}-dong-bi-tra-lai.xlsx", mime=XLSX, on_click="ignore",
                icon=":material/download:", key=f"away-{row['batch_id']}",
            )  # fmt: skip
        if not undone:
            with back.popover("Hoàn tác"):
                st.markdown(f"Thôi tính mọi điều đợt {row['batch_id']} đã ghi? Các đợt khác còn nguyên.")
                st.button(
                    f"Hoàn tác đợt {row['batch_id']}", key=f"undo-{row['batch_id']}", on_click=_undo,
                    args=(store, row["batch_id"]),
                )  # fmt: skip
    if len(rows) > _SHOWN:
        st.caption(f"Còn {number(len(rows) - _SHOWN)} đợt cũ hơn; hoàn tác bằng lệnh manage.py undo.")


def _turned_away(store: Store, batch_id: int) -> bytes:
    """The rows a batch turned away, as they were given back on the day."""
    rows = store.fetch(
        """
        select file, sheet, row_number, headings, cells, message from rejected_row
        where batch_id = $batch order by file, sheet, row_number, message
        """,
        {"batch": batch_id},
    )
    return returned(
        [RejectedRow(f, s, n, tuple(h), tuple(c), m) for f, s, n, h, c, m in rows.itertuples(index=False)], []
    )


def _undo(store: Store, batch_id: int) -> None:
    standing.take_back("intake", store, batch_id)
    st.session_state.pop("intake-of", None)


def judged(store: Store, file: UploadedFile, as_of: date, area: str) -> Assessed:
    """The verdicts of a dropped list, read once for the same file, day and area; nothing of it is kept."""
    asked = (id(store), file.file_id, as_of, area)
    if st.session_state.get("check-of") != asked or "check" not in st.session_state:
        with st.spinner("Đang đọc và xét…"), tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.getvalue())
            st.session_state["check"] = assess(path, as_of, area, store)
        st.session_state["check-of"] = asked
    found: Assessed = st.session_state["check"]
    return found


def verdict_sentence(found: Assessed) -> str:
    """How many people of a list fall short, each counted once."""
    people = found.verdicts.row
    counts = {v: people[found.verdicts.verdict == v].nunique() for v in ("below", "unknown", "transitional")}
    said = [
        f"{number(n)} người {what}"
        for n, what in (
            (counts["below"], "chưa đạt chuẩn"),
            (counts["transitional"], "còn trong lộ trình"),
            (counts["unknown"], "thiếu dữ liệu"),
        )
        if n
    ]
    return f"{', '.join(said) or 'Không ai chưa đạt chuẩn'} trong {number(people.nunique())} người của danh sách."


def verdict_table(found: Listing) -> pd.DataFrame:
    """The rows of `verdict_listing` for a table that reads Markdown: who, and the verdict with its reason."""
    words = found.words
    return pd.DataFrame(
        [
            (
                number(int(r["row"])),
                f"**{escaped(r['full_name'])}**  \n{escaped(words.label('post', r['position']))}",
                " ".join(
                    [
                        badge(r["verdict"], words.label("verdict", r["verdict"])),
                        *([] if pd.isna(r["criterion"]) else [f"**{words.short('criterion', r['criterion'])}.**"]),
                        escaped(r["reason"]),
                    ]
                ),
            )
            for r in found.frame.head(_SHOWN).to_dict("records")
        ],
        columns=[HEADINGS["row"], HEADINGS["full_name"], "Kết luận, lý do và cách khắc phục"],
    )


def verdict_listing(found: Assessed, words: Words, as_of: date, shortfalls: bool) -> Listing:
    """The verdicts as a list with its Excel file; with `shortfalls` without what is met or does not apply."""
    rows = found.verdicts
    if shortfalls:
        rows = rows[~rows.verdict.isin(["meets", "exempt"])].reset_index(drop=True)
    return Listing(found.store, words, "Kết luận của danh sách", "verdicts", Filters(as_of), rows)
