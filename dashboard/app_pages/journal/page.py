"""Nhật ký: who signed in, looked at whom, recorded, took back, exported what; whether all of it is still there."""

from datetime import date

import streamlit as st

from access import accounts, book, log
from app_pages.journal import rows
from core.vietnamese import number
from documents.excel import file_name
from screen import access, parts
from screen.exporting import export_button
from screen.markdown import escaped

reader = access.reader()
if not accounts.any_accounts():
    parts.sentence("Chưa có nhật ký: nhật ký bắt đầu khi có tài khoản đầu tiên.")
    st.stop()
with book.read() as connection:
    entries, broken, (_, seal) = log.entries(connection), log.broken(connection), log.seal(connection)
parts.sentence(rows.sentence(entries))
if broken:
    st.error(escaped(broken), icon=":material/link_off:")
else:
    st.caption(f"Nguyên vẹn. Dấu của dòng cuối: `{seal[:16]}…`; lệnh doctor in đủ dấu để ghi lại ở nơi khác.")
kinds, who, since, text = st.columns([3, 2, 2, 3], vertical_alignment="bottom")
actions = kinds.multiselect(
    "Việc", list(log.ACTIONS), format_func=log.ACTIONS.__getitem__, key="log-actions", placeholder="Mọi việc"
)
names = who.multiselect(
    "Tài khoản", sorted({e.who for e in entries if e.who}), key="log-names", placeholder="Mọi tài khoản"
)
first = since.date_input("Từ ngày", value=None, format="DD/MM/YYYY", key="log-since", max_value=date.today())
search = text.text_input("Tìm trong chi tiết", key="log-search", placeholder="Không cần dấu")
shown = rows.in_words(rows.chosen(entries, actions, names, first, search))
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    st.subheader(f"{number(len(shown))} dòng", anchor=False, width="content")
    export_button(
        "Xuất Excel",
        lambda: rows.excel(reader, shown, actions, names, first),
        file_name("Nhật ký truy cập", date.today()),
        "log-excel",
        reader,
        told={"dong": len(shown)},
    )
st.dataframe(
    shown.head(rows.MOST),
    hide_index=True,
    key="log",
    alt="Nhật ký, dòng mới nhất ở trên",
    placeholder="—",
    height=480,
    column_config={"Chi tiết": st.column_config.TextColumn(width="large")},
)
if len(shown) > rows.MOST:
    st.caption(f"Trên màn hình là {number(rows.MOST)} dòng mới nhất; tệp Excel có đủ mọi dòng.")
