"""Backups on the page of the office: the last good one, all that are kept, why the last one failed, one more now."""

from datetime import datetime

import pandas as pd
import streamlit as st

from access import accounts, backups, keeping
from access.accounts import NoRight
from access.backups import Backup
from access.rights import Right
from core.store import Reader, StoreError
from screen import access, outcome, parts
from screen.exporting import export_button
from screen.markdown import escaped

_MIME = "application/octet-stream"
# A file goes through the memory of the server to whoever takes it.
_MOST_TAKEN = 200_000_000


def sentence(found: list[Backup], now: datetime) -> str:
    """The last good backup and where backups lie."""
    last = next((b for b in found if b.good), None)
    if last is None:
        return "Chưa có bản sao lưu nào."
    return (
        f"Bản sao lưu tốt gần nhất: {backups.moment(last.at)} ({backups.ago(last.at, now)}), "
        f"{backups.megabytes(last.size)}, {backups.held(last)}."
    )


def rule() -> str:
    """When backups are made, where, and which are kept."""
    when = (
        "Sao lưu theo lịch đang tắt (DASHBOARD_BACKUP=off)."
        if backups.is_off()
        else "Trong lúc chương trình chạy, mỗi ngày kho có thay đổi thì tự sao lưu một lần."
    )
    return (
        f"{when} Mỗi bản được đọc lại, so từng bảng với kho. Giữ bản cuối của {backups.DAYS} ngày, "
        f"{backups.WEEKS} tuần, {backups.MONTHS} tháng gần nhất, ở thư mục {backups.place()}. Ổ đĩa này hỏng thì mất "
        "cả kho lẫn bản sao lưu: chép thư mục ấy ra ổ đĩa khác, hoặc đặt DASHBOARD_BACKUP là thư mục trên ổ đĩa khác. "
        f"Khôi phục: tắt chương trình rồi chạy lệnh restore với tệp {backups.STORE} trong thư mục của bản ấy."
    )


def in_words(found: list[Backup], now: datetime) -> pd.DataFrame:
    """A row for each backup, the latest first."""
    return pd.DataFrame(
        {
            "Lúc": [backups.moment(b.at) for b in found],
            "Cách đây": [backups.ago(b.at, now) for b in found],
            "Giữ gì": [escaped(backups.held(b)) if b.good else "Thiếu tệp hoặc tệp hỏng: không dùng" for b in found],
            "Cỡ": [backups.megabytes(b.size) if b.good else "—" for b in found],
            "Thư mục": [escaped(b.folder.name) for b in found],
        }
    )


def draw(reader: Reader) -> None:
    """The part of the page. Raises NoRight for who may not change the store: a backup holds all of it."""
    access.account().ask(Right.STORE)
    now = datetime.now()  # noqa: DTZ005 - the clock on the wall
    found = backups.all_backups()
    st.markdown(escaped(sentence(found, now)))
    if failed := keeping.keeper.failure:
        st.error(
            f"Lần sao lưu lúc {backups.moment(failed.at)} không xong: {escaped(failed.said)}", icon=":material/error:"
        )
    outcome.draw("backup", reader)
    good = [b for b in found if b.good]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button("Sao lưu ngay", key="backup-now", icon=":material/backup:"):
            with st.spinner("Đang sao lưu, đọc lại và so từng bảng…"):
                _make()
            st.rerun()
        if good:
            _take(reader, good, now)
    if found:
        with parts.fold("Các bản đang giữ", "backups", ":material/inventory_2:"):
            st.table(in_words(found, now), hide_index=True, border="horizontal")
    parts.note(rule())


def _make() -> None:
    who = access.account()
    who.ask(Right.STORE)
    outcome.hush("backup")
    try:
        made = keeping.keeper.make(who.name if accounts.any_accounts() else keeping.BY_ITSELF)
    except StoreError as error:
        # A failure is said above for as long as it is the last word; what never began is said here.
        if keeping.keeper.failure is None:
            outcome.say("backup", str(error), good=False)
    else:
        outcome.say(
            "backup", f"Đã sao lưu: {backups.held(made)}, {backups.megabytes(made.size)}. Đã đọc lại, giống kho."
        )


def _take(reader: Reader, good: list[Backup], now: datetime) -> None:
    """One of the backups to be taken away as a file."""
    names = {b.folder.name: b for b in good}
    picked = names[
        st.selectbox(
            "Bản để tải về",
            list(names),
            format_func=lambda n: f"{backups.moment(names[n].at)} ({backups.ago(names[n].at, now)})",
            # One that was made meanwhile is the one to be taken.
            key=f"backup-picked-{good[0].folder.name}",
            width=320,
        )
    ]
    if picked.size > _MOST_TAKEN:
        parts.note(f"Bản này quá lớn để tải qua trình duyệt: chép thư mục {picked.folder}.")
        return
    export_button(
        "Tải về",
        lambda: content(picked, reader),
        f"{picked.folder.name}.duckdb",
        "backup-taken",
        reader,
        mime=_MIME,
    )


def content(picked: Backup, reader: Reader) -> bytes:
    """The store of a backup, for who may change the store. Raises StoreError when it is not what it was."""
    reader.guard()
    # The button was drawn in an earlier run.
    if accounts.any_accounts() and not any(
        a.name == reader.who and a.may(Right.STORE) for a in accounts.all_accounts()
    ):
        raise NoRight("Tài khoản của bạn không có quyền tải bản sao lưu. Hỏi người quản trị nếu cần.")
    if not picked.intact():
        raise StoreError(f"Bản sao lưu {picked.folder.name} đã bị sửa hoặc hỏng từ khi ghi. Chọn bản khác.")
    return picked.store.read_bytes()
