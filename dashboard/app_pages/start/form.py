"""The form with which an office opens its own store: who it is, from which day, and its communes."""

from datetime import date

import pandas as pd
import streamlit as st

from access.rights import Right
from core.columns import HEADINGS
from core.store import Reader, StoreError
from core.vietnamese import date_short, listed, number
from core.words import Words
from opening import new_store
from opening.new_store import NAM_DONG, Above, Commune, NotStarted, Office
from screen import access, filters, outcome
from screen.markdown import escaped

_NAME, _KIND, _AREA, _CODE = HEADINGS["commune"], HEADINGS["kind"], HEADINGS["area"], "Mã đơn vị (năm chữ số)"


def _ended(of: Above) -> str:
    """Which districts are no more on the day, and what is in their place; nothing as long as all are there."""
    if not of.ended:
        return ""
    gone = listed([f"{name} không còn từ {date_short(day)}" for name, day in of.ended])
    told = f"{gone[:1].upper()}{gone[1:]}."
    return told if of.district else f"{told} Xã, phường trực thuộc {of.province}, không còn cấp huyện."


def draw(reader: Reader, words: Words, data_as_of: date) -> None:
    """Draw the form; when it is sent the new store is in use and the page of lists leads on."""
    left, right = st.columns(2)
    # The day comes first: what there is to choose from depends on it.
    day = left.date_input(
        "Số liệu bắt đầu từ ngày",
        value=data_as_of,
        format="DD/MM/YYYY",
        key="start-day",
        min_value=filters.judged_days().first,
        max_value=filters.LATEST,
    )
    if day is None:
        st.info("Chọn ngày bắt đầu.", icon=":material/event:")
        return
    of = new_store.above(reader, day)
    # Of another day another name is offered.
    offered = NAM_DONG.name[:1].upper() + NAM_DONG.name[1:] if of.district else new_store.OF_PROVINCE
    name = right.text_input("Cơ quan", offered, key=f"start-name-{of.district}")
    district = left.text_input("Huyện", of.district, key=f"start-district-{of.district}") if of.district else ""
    province = right.text_input("Tỉnh, thành phố", of.province, key=f"start-province-{of.province}")
    place = left.text_input("Địa danh ghi trên văn bản", of.place, key=f"start-place-{of.place}")
    if told := _ended(of):
        st.caption(told)
    shipped = new_store.communes_of(reader, day)
    areas = {words.label("area", code): code for code in words.options("area")}
    st.subheader("Các xã, thị trấn", anchor=False)
    st.caption("Sửa, thêm, bớt cho đúng với cơ quan. Để nguyên thì các lần sáp nhập sau ngày này cũng có sẵn.")
    edited = st.data_editor(
        pd.DataFrame(
            [[c.name, c.kind, words.label("area", c.area), c.code] for c in shipped],
            columns=[_NAME, _KIND, _AREA, _CODE],
            dtype=object,
        ),
        hide_index=True,
        num_rows="dynamic",
        # A code that is not known is an empty cell.
        placeholder="",
        key=f"start-communes-{day}",
        height="content",
        column_config={
            _NAME: st.column_config.TextColumn(required=True, width=260),
            _KIND: st.column_config.SelectboxColumn(options=list(new_store.KINDS), required=True, default="xã"),
            _AREA: st.column_config.SelectboxColumn(options=list(areas), required=True, default=next(iter(areas))),
            _CODE: st.column_config.TextColumn(default=""),
        },
    )
    with st.popover("Xem lại rồi bắt đầu", icon=":material/rocket_launch:", type="primary"):
        where = escaped(", ".join(filter(None, (district, province))))
        st.markdown(
            f"**{escaped(name)}**, {where}: {number(len(edited))} xã, thị trấn, "
            f"số liệu từ ngày {date_short(day)}. Kho mới chưa có ai; dữ liệu minh hoạ được giữ ở tệp bên cạnh. Tên cơ "
            "quan, các xã sau này sửa được ở trang Cơ quan."
        )
        sure = st.button("Bắt đầu với số liệu thật", type="primary", key="start-go")
    if not sure:
        return
    communes = tuple(
        Commune(str(row[_NAME]), str(row[_KIND]), areas[str(row[_AREA])], str(row[_CODE] or "").strip())
        for row in edited.astype(object).where(edited.notna(), "").to_dict("records")
        if str(row[_NAME]).strip()
    )
    if not communes:
        st.error("Chưa có xã, thị trấn nào. Thêm ít nhất một dòng rồi bấm lại.", icon=":material/error:")
        return
    try:
        own = () if communes == shipped else communes
        with access.acting(Right.STORE) as hand:
            kept = new_store.begin(Office(name, district, province, place, day, own))
            hand.told = {"kho_moi": name}
    except (NotStarted, StoreError) as error:
        st.error(escaped(str(error)), icon=":material/error:")
        return
    # Filters and answers that were about the sample do not hold for the new store.
    st.session_state.clear()
    outcome.say("intake", f"Đã mở kho số liệu của cơ quan. Dữ liệu minh hoạ được giữ ở tệp {kept.name}.")
    st.switch_page("app_pages/intake/page.py")
