"""Lists to be filled in by the communes, and how an office that has nobody yet begins."""

import io
import zipfile
from datetime import date

import streamlit as st

from core.store import Filters, Reader
from core.vietnamese import number
from documents.excel import file_name
from documents.template import template
from screen.exporting import export_button


def nothing_dropped(reader: Reader, as_of: date) -> None:
    """What to do before there is a file; for an office with nobody yet, the way from empty forms to the overview."""
    rows = reader.query("units", Filters(as_of))
    units = dict(zip(rows.unit_id, rows.commune, strict=True))
    if reader.query("people_known", Filters(date.today())).people[0]:
        st.markdown("## Thả các danh sách vào đây; chưa ghi gì cho đến khi bấm Ghi nhận.")
        choice, take = st.columns([1, 3], vertical_alignment="bottom")
        unit = str(
            choice.selectbox(
                "Mẫu điền sẵn của xã, thị trấn", list(units), format_func=units.__getitem__, key="form-unit"
            )
        )
        export_button(
            "Tải mẫu (Excel)",
            lambda: template(reader, as_of, unit),
            file_name(f"Mẫu {units[unit]}", as_of),
            "form-take",
            reader,
            place=take,
        )
        return
    st.markdown("## Kho chưa có ai. Bốn bước để có số liệu của cơ quan:")
    st.markdown(f"1. Tải {number(len(units))} mẫu danh sách, mỗi xã, thị trấn một tệp, rồi gửi cho các xã điền.")
    export_button(
        f"Tải {number(len(units))} mẫu (.zip)",
        lambda: _forms(reader, as_of, units),
        "mau-danh-sach.zip",
        "form-all",
        reader,
        mime="application/zip",
    )
    st.markdown(
        "2. Thả các tệp xã gửi lại vào ô trên. Danh sách sẵn có của xã cũng được, không cần theo mẫu.\n"
        "3. Trả lời những gì được hỏi: người trùng, từ chưa hiểu, dòng sai. Rồi bấm Ghi nhận.\n"
        "4. Mở trang Tổng quan để xem ai chưa đạt chuẩn."
    )


def _forms(reader: Reader, as_of: date, units: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for unit, commune in units.items():
            archive.writestr(file_name(f"Mẫu {commune}", as_of), template(reader, as_of, unit))
    return content.getvalue()
