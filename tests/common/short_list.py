"""A list of one officer: its heading, his row, and the file that a page is given."""

import io

import xlsxwriter

HEADING = ["Họ và tên", "Ngày sinh", "Giới tính", "Xã", "Chức vụ", "Ngày nhận chức vụ", "Văn hóa", "LLCT", "Số CCCD"]
TAM = ["Hồ Văn Tâm", "12/05/1978", "Nam", "Hương Hòa", "Bí thư Đảng ủy", "01/07/2015", "12/12", "TC", ""]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(*rows: dict[int, str], title: str = "") -> bytes:
    """A list of these rows under HEADING; a row is TAM with what is named changed."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    page = book.add_worksheet()
    page.write(0, 0, title)
    page.write_row(1, 0, HEADING)
    for n, row in enumerate(rows, start=2):
        page.write_row(n, 0, [row.get(i, cell) for i, cell in enumerate(TAM)])
    book.close()
    return content.getvalue()
