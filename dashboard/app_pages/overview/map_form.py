"""The office's own map on the overview: the map that is drawn, and the form that loads it or takes it away."""

from collections.abc import Collection

import streamlit as st

from access.rights import Right
from core import office_map
from core.office_map import Drawn, MapError
from core.store import Reader
from screen import access, filters, outcome
from screen.markdown import escaped


def drawn(codes: Collection[str]) -> Drawn | None:
    """What there is to draw of the units of `codes`; None is for the tiles, and where a map is kept it says why."""
    try:
        return office_map.drawn(filters.about()["map"], codes)
    except MapError as error:
        st.info(escaped(str(error)), icon=":material/map:")
        return None


def draw(reader: Reader) -> None:
    """The form, folded. It needs nothing of the map, so that no map can stand in its way."""
    if not access.may(Right.MAP):
        return
    outcome.draw("map", reader)
    with st.expander("Bản đồ của cơ quan", icon=":material/map:"):
        st.markdown(
            "Nạp ranh giới của cơ quan thay cho bản đồ ô: tệp GeoJSON theo hệ WGS 84, mỗi vùng có thuộc tính `code` là "
            "mã đơn vị (năm chữ số). Chỉ ranh giới và mã được lưu."
        )
        file = st.file_uploader(
            "Tệp GeoJSON", type=["geojson", "json"], key="map-file", max_upload_size=office_map.LARGEST // 1024**2
        )
        if st.button("Dùng bản đồ này", key="map-keep", disabled=file is None) and file:
            try:
                with access.acting(Right.MAP):
                    read = office_map.read(file.getvalue(), office_map.codes(reader.store))
                    office_map.keep(reader.store, read.geojson)
                outcome.say("map", " ".join(["Đã dùng bản đồ của cơ quan.", *read.told]))
                st.rerun()
            except MapError as error:
                st.error(escaped(str(error)), icon=":material/error:")
        if filters.about()["map"]:
            st.button("Trở lại bản đồ ô", key="map-drop", on_click=_drop, args=(reader,))


def _drop(reader: Reader) -> None:
    with access.acting(Right.MAP):
        office_map.drop(reader.store)
