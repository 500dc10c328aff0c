"""One run of the pages: open the store, draw what all pages share, then the page itself."""

from datetime import date

import streamlit as st

from core.store import Filters, open_store
from core.words import Words
from screen import filters, parts

st.set_page_config(layout="wide")
store = open_store()
words = Words.of(store)
about = store.query("about", Filters(date.today())).iloc[0]

pages = [
    st.Page("app_pages/overview/page.py", title="Tổng quan", icon=":material/dashboard:", default=True),
    st.Page("app_pages/substandard/page.py", title="Chưa đạt chuẩn", url_path="chua-dat-chuan", icon=":material/rule:"),
    st.Page(
        "app_pages/downsizing/page.py",
        title="Tinh giản biên chế",
        url_path="tinh-gian-bien-che",
        icon=":material/group_remove:",
    ),
    st.Page("app_pages/trends/page.py", title="Diễn biến", url_path="dien-bien", icon=":material/trending_down:"),
    st.Page("app_pages/structure/page.py", title="Cơ cấu đội ngũ", url_path="co-cau-doi-ngu", icon=":material/groups:"),
    st.Page("app_pages/forecast/page.py", title="Dự báo", url_path="du-bao", icon=":material/event_upcoming:"),
    st.Page("app_pages/standards/page.py", title="Tiêu chuẩn", url_path="tieu-chuan", icon=":material/gavel:"),
    st.Page(
        "app_pages/what_if/page.py",
        title="Thử tiêu chuẩn khác",
        url_path="thu-tieu-chuan",
        icon=":material/balance:",
    ),
    st.Page(
        "app_pages/quality/page.py",
        title="Chất lượng dữ liệu",
        url_path="chat-luong-du-lieu",
        icon=":material/fact_check:",
    ),
    st.Page(
        "app_pages/intake/page.py", title="Nhập và cập nhật", url_path="nhap-va-cap-nhat", icon=":material/upload_file:"
    ),
    st.Page(
        "app_pages/quick_check/page.py",
        title="Kiểm tra nhanh",
        url_path="kiem-tra-nhanh",
        icon=":material/playlist_add_check:",
    ),
]
if about["sample"]:
    title = "Bắt đầu với số liệu thật"
    pages.append(st.Page("app_pages/start/page.py", title=title, url_path="bat-dau", icon=":material/rocket_launch:"))
# What the main figures of each page come from; without any there is nothing to filter.
ANSWERS = {
    "Tổng quan": "total",
    "Chưa đạt chuẩn": "substandard_people",
    "Tinh giản biên chế": "downsizing_progress",
    "Diễn biến": "change_between",
    "Cơ cấu đội ngũ": "structure",
    "Dự báo": "forecast",
    "Tiêu chuẩn": "rules_in_force",
    "Thử tiêu chuẩn khác": "what_if",
    "Chất lượng dữ liệu": "completeness",
}
page = st.navigation(pages, position="hidden")
menu = st.sidebar.container(gap="xsmall", key="menu")
filters.draw(store, words, about, page.title)
with menu:
    # Streamlit's own menu would open a page without the filters, and the way back would lead through that view.
    for each in pages:
        st.page_link(each, width="stretch", query_params=filters.link())
parts.head(page.title, about, ANSWERS.get(page.title))
page.run()
