"""One run of the pages: open the store, draw what all pages share, then the page itself."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pandas as pd
import streamlit as st

from core.store import Filters
from core.words import Words
from screen import access, filters, parts


class PageRow(NamedTuple):
    """A page: its folder in `app_pages`, its title, path and icon in the menu, the query that its main numbers come
    from (the page heeds the filters which that one takes; without any there is nothing to filter), and who may open it,
    given the row of the query `about`."""

    folder: str
    title: str
    path: str
    icon: str
    answer: str | None = None
    open_to: Callable[[pd.Series], bool] = lambda about: True


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
    PageRow("intake", "Nhập và cập nhật", "nhap-va-cap-nhat", ":material/upload_file:"),
    PageRow("quick_check", "Kiểm tra nhanh", "kiem-tra-nhanh", ":material/playlist_add_check:"),
    # Of the last two the first is only shown in a store of an office, the second while the store in use is the sample.
    PageRow("office", "Cơ quan", "co-quan", ":material/account_balance:", None, lambda a: not a["sample"]),
    PageRow(
        "start", "Bắt đầu với số liệu thật", "bat-dau", ":material/rocket_launch:", None, lambda a: bool(a["sample"])
    ),
]

st.set_page_config(layout="wide")
reader = access.reader()
words = Words.of(reader)
about = reader.query("about", Filters(date.today())).iloc[0]

pages = [
    st.Page(f"app_pages/{p.folder}/page.py", title=p.title, url_path=p.path, icon=p.icon, default=not p.path)
    for p in PAGES
    if p.open_to(about)
]
page = st.navigation(pages, position="hidden")
menu = st.sidebar.container(gap="xsmall", key="menu")
filters.draw(reader, words, about, page.title)
with menu:
    # Streamlit's own menu would open a page without the filters, and the way back would lead through that view.
    for each in pages:
        st.page_link(each, width="stretch", query_params=filters.link())
access.who_is_here()
parts.head(page.title, about, next(p.answer for p in PAGES if p.title == page.title))
page.run()
