"""Tài khoản: who may come in, who has not for long, who approved it; add, change, shut, open, sign out."""

from datetime import date

import streamlit as st

from access import accounts
from app_pages.accounts import forms
from core.store import Filters
from documents.excel import file_name
from screen import access, filters, outcome, parts
from screen.exporting import export_button

reader = access.reader()
if not accounts.any_accounts():
    parts.sentence("Chưa có tài khoản nào: ai ngồi trước máy này cũng thấy và sửa được mọi điều.")
    st.markdown(
        "Thêm tài khoản đầu tiên bằng dòng lệnh, kể cả khi chương trình đang chạy: `manage.py account add lan "
        '--full-name "Hồ Thị Lan" --role quan_tri --approved-by "Trưởng phòng" --generate`. Từ lúc ấy ai mở chương '
        "trình cũng phải đăng nhập, và các tài khoản khác thêm được ngay ở trang này."
    )
    st.stop()
known = accounts.all_accounts()
units = reader.query("units", Filters(filters.chosen().as_of))
communes = dict(zip(units.unit_code, units.commune, strict=True))
parts.sentence(forms.sentence(known))
outcome.draw("accounts", reader)
shown = forms.in_words(known, communes)
st.dataframe(shown, hide_index=True, height="content", key="accounts", alt="Các tài khoản", placeholder="—")
export_button(
    "Xuất Excel",
    lambda: forms.review(reader, shown),
    file_name("Rà soát tài khoản", date.today()),
    "accounts-excel",
    reader,
    told={"dong": len(shown)},
)
new, change = st.tabs(["Thêm tài khoản", "Sửa một tài khoản"], key="accounts-view")
with new:
    forms.add(communes)
with change:
    forms.change(known, communes)
