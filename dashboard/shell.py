"""One run of the pages: open the store, draw what all pages share, then the page itself."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pandas as pd
import streamlit as st

from access import accounts
from access.accounts import Account
from access.rights import ROLES, Right
from core.store import Filters
from core.words import Words
from screen import access, filters, parts, safety


class PageRow(NamedTuple):
    """A page: its folder in `app_pages`, its title, path and icon in the menu, the query that its main numbers come
    from (the page heeds the filters which that one takes; without any there is nothing to filter), in which stores it
    is, given the row of the query `about`, and the right that opens it."""

    folder: str
    title: str
    path: str
    icon: str
    answer: str | None = None
    stores: Callable[[pd.Series], bool] = lambda about: True
    right: Right = Right.READ

    def is_open_to(self, who: Account) -> bool:
        """Whether an account may open the page."""
        return who.may(self.right) and (who.commune is None or self.folder in TO_COMMUNES)


_OF_SAMPLE, _OF_OFFICE = (lambda about: bool(about["sample"])), (lambda about: not about["sample"])
# What a commune's account may open: all that is on these pages is within its scope (`tests/attack/test_roles.py`).
TO_COMMUNES = {"overview", "substandard", "training", "trends", "structure", "met_standard", "forecast"}
TO_COMMUNES |= {"standards", "quality"}
PAGES = [
    PageRow("overview", "Tổng quan", "", ":material/dashboard:", "total"),
    PageRow("substandard", "Chưa đạt chuẩn", "chua-dat-chuan", ":material/rule:", "substandard_people"),
    PageRow("training", "Nghĩa vụ bồi dưỡng", "nghia-vu-boi-duong", ":material/school:", "training_owed"),
    PageRow("downsizing", "Tinh giản biên chế", "tinh-gian-bien-che", ":material/group_remove:", "downsizing_progress"),
    PageRow("trends", "Diễn biến", "dien-bien", ":material/trending_down:", "change_between"),
    PageRow("structure", "Cơ cấu đội ngũ", "co-cau-doi-ngu", ":material/groups:", "structure"),
    PageRow("met_standard", "Tiêu chí 18.1 nông thôn mới", "tieu-chi-18-1", ":material/percent:", "met_standard"),
    PageRow("forecast", "Dự báo", "du-bao", ":material/event_upcoming:", "forecast"),
    PageRow("standards", "Tiêu chuẩn", "tieu-chuan", ":material/gavel:", "rules_in_force"),
    PageRow("what_if", "Thử tiêu chuẩn khác", "thu-tieu-chuan", ":material/balance:", "what_if"),
    PageRow("quality", "Chất lượng dữ liệu", "chat-luong-du-lieu", ":material/fact_check:", "completeness"),
    PageRow("intake", "Nhập và cập nhật", "nhap-va-cap-nhat", ":material/upload_file:", right=Right.RECORD),
    PageRow("quick_check", "Kiểm tra nhanh", "kiem-tra-nhanh", ":material/playlist_add_check:", right=Right.RECORD),
    # Of these two the first is only shown in a store of an office, the second while the store in use is the sample.
    PageRow("office", "Cơ quan", "co-quan", ":material/account_balance:", None, _OF_OFFICE, Right.RULES),
    PageRow("start", "Bắt đầu với số liệu thật", "bat-dau", ":material/rocket_launch:", None, _OF_SAMPLE, Right.STORE),
    PageRow("accounts", "Tài khoản", "tai-khoan", ":material/manage_accounts:", right=Right.ACCOUNTS),
    PageRow("journal", "Nhật ký", "nhat-ky", ":material/history:", right=Right.ACCOUNTS),
]

st.set_page_config(layout="wide")
who, reader = access.account(), access.reader()
words = Words.of(reader)
about = reader.query("about", Filters(date.today())).iloc[0]

rows = [p for p in PAGES if p.stores(about)]
pages = [
    st.Page(f"app_pages/{p.folder}/page.py", title=p.title, url_path=p.path, icon=p.icon, default=not p.path)
    for p in rows
]
page = st.navigation(pages, position="hidden")
menu = st.sidebar.container(gap="xsmall", key="menu")
filters.draw(reader, words, about, page.title)
with menu:
    # Streamlit's own menu would open a page without the filters, and the way back would lead through that view.
    for each, row in zip(pages, rows, strict=True):
        # Without accounts there is nothing to manage, and no room for two more lines on a small screen.
        if row.is_open_to(who) and (row.right is not Right.ACCOUNTS or accounts.any_accounts()):
            st.page_link(each, width="stretch", query_params=filters.link())
access.who_is_here()
opened = next(p for p in rows if p.title == page.title)
if not opened.is_open_to(who):
    # Its address was typed, or the role is another since the menu was drawn.
    st.error(
        f"Tài khoản của bạn ({ROLES[who.role].title.lower()}) không mở được trang {page.title}. Chọn trang khác ở "
        "thanh bên, hoặc hỏi người quản trị.",
        icon=":material/lock:",
    )
    st.stop()
parts.head(page.title, about, opened.answer)
safety.warn(bool(about["sample"]))
page.run()
