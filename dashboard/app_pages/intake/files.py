"""Files that were dropped, and what they say once read and compared with the store."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.store import Reader
from core.vietnamese import date_short, number
from downsizing.ledger import is_ledger
from intake.reading import Issue
from intake.session import Intake, take_in
from intake.tables import SUFFIXES, why_not_taken
from screen.markdown import escaped

# What one session may hold at once. The largest district has some forty communes, and a list of one is below 1 MB.
MOST_FILES, MOST_BYTES = 100, 60 * 1024**2
_MOST_NAMED = 3


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
        f"và {MOST_BYTES // 1024**2} MB mỗi lần",
        accept_multiple_files=True,
        key=f"intake-drop-{drop}",
    )
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
                    escaped(file.name),
                    key=f"leave-{file.file_id}",
                    icon=":material/close:",
                    icon_position="right",
                    help="Bỏ tệp này ra",
                    on_click=_leave_out,
                    args=([file],),
                )
            if len(held) > 1:
                st.button("Bỏ tất cả", key="leave-all", type="tertiary", on_click=_leave_out, args=(list(held),))
    return held


def _hold(held: list[Dropped], new: Sequence[UploadedFile]) -> str:
    """Keep what there is room for, and tell in a sentence or two what there is not; files already held stay."""
    other, many = [], []
    room = MOST_BYTES - sum(len(file.content) for file in held)
    for file in new:
        if Path(file.name).suffix.lower() not in SUFFIXES:
            other.append((file.name, why_not_taken(file.name, file.read(4096))))
        elif len(held) >= MOST_FILES or file.size > room:
            many.append(file.name)
        else:
            held.append(Dropped(file.file_id, file.name, file.getvalue()))
            room -= file.size
        _forget(file.file_id)
    told = []
    if len(other) > _MOST_NAMED:
        names = _named([name for name, _ in other])
        told.append(f"Không nhận {names}: không phải bảng tính, chỉ nhận .xlsx, .xls, .ods, .csv, .tsv, .txt.")
    else:
        told += [f"Không nhận tệp {name}: {why}." for name, why in other]
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
    return f"{number(len(names))} tệp ({', '.join(names[:_MOST_NAMED])}{', …' if len(names) > _MOST_NAMED else ''})"


def _forget(file_id: str) -> None:
    """The server would keep what a widget was given until the session ends, also when nobody needs it any more."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file_id)


def leave_out(names: set[str]) -> None:
    """Take out the files of these names."""
    _leave_out([file for file in st.session_state.get("intake-files", []) if file.name in names])


def _leave_out(files: Sequence[Dropped]) -> None:
    st.session_state["intake-files"] = [f for f in st.session_state.get("intake-files", []) if f not in files]
    # What was said of a name must not hold for another file of that name.
    st.session_state["intake-communes"] = {}
    st.session_state["intake-not-held"] = ""


def current(reader: Reader, files: Sequence[Dropped], as_of: date | None, hidden: bool) -> Intake:
    """The intake of what was dropped, read once for the same files, day, communes and vocabulary."""
    communes: dict[str, str] = st.session_state.setdefault("intake-communes", {})
    taught = st.session_state.get("intake-taught", 0)
    asked = (id(reader.store), reader.scope, tuple(f.file_id for f in files), as_of, hidden, dict(communes), taught)
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
                reader,
                paths,
                as_of,
                communes=communes,
                include_hidden=hidden,
                progress=partial(_move, bar),
            )
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
