"""Files that are no sheet to be read here: each is named for what it is, whatever it is called, with what to do."""

import io
import zipfile
from pathlib import Path

import pytest

from common.lists import person, plain, read, refusal


def archive(*parts: str, mimetype: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for part in parts:
            made.writestr(part, "x")
    return stream.getvalue()


def container(*streams: str) -> bytes:
    """The beginning of an OLE file and the names in its directory."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0") + names


SPREADSHEET_2003 = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="DS"><Table/></Worksheet></Workbook>
"""
WEB_ARCHIVE = """MIME-Version: 1.0
X-Document-Type: Workbook
Content-Type: multipart/related; boundary="----=_NextPart"

This document is a Single File Web Page, also known as a Web Archive file.
------=_NextPart
<html><table><tr><td>Họ và tên</td></tr></table></html>
"""
FOREIGN = {
    "PDF": (b"%PDF-1.4\n\x00\x01\x02\xff\xfe", "ds.pdf", "là tệp PDF", "nhập lại bảng vào Excel"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "ds.png", "là tệp ảnh", "nhập lại bảng vào Excel"),
    "photograph": (b"\xff\xd8\xff\xe0\0\x10JFIF", "ds.jpg", "là tệp ảnh", "nhập lại bảng vào Excel"),
    "telephone": (b"\0\0\0\x18ftypheic", "ds.heic", "là tệp ảnh", "nhập lại bảng vào Excel"),
    "Word 97": (container("Root Entry", "WordDocument"), "ds.doc", "là văn bản Word", "chép bảng sang Excel"),
    "Word": (archive("[Content_Types].xml", "word/document.xml"), "ds.docx", "là văn bản Word", "chép bảng sang Excel"),
    "rich text": (b"{\\rtf1 a}", "ds.rtf", "là văn bản Word", "chép bảng sang Excel"),
    "Writer": (
        archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
        "ds.odt",
        "là văn bản Word",
        "chép bảng sang Excel",
    ),
    "slides": (archive("[Content_Types].xml", "ppt/a.xml"), "ds.pptx", "là bản trình chiếu", "chép bảng sang Excel"),
    "binary": (
        archive("[Content_Types].xml", "xl/workbook.bin"),
        "ds.xlsb",
        "Excel nhị phân (.xlsb)",
        "lưu lại thành .xlsx",
    ),
    "Excel 2003": (SPREADSHEET_2003.encode(), "ds.xml", "XML của Excel 2003", "lưu lại thành .xlsx"),
    "Excel 2003 in UTF-16": (SPREADSHEET_2003.encode("utf-16"), "ds.xml", "XML của Excel 2003", "lưu lại thành .xlsx"),
    "web archive": (WEB_ARCHIVE.encode(), "ds.mht", "là trang web lưu trữ (.mht)", "lưu lại thành .xlsx"),
    "Excel 4": (b"\x09\x04\x06\x00\x00\x04\x10\x00", "ds.xls", "Excel đời rất cũ", "lưu lại thành .xlsx"),
    "archive": (archive("a.xlsx", "b.xlsx"), "ds.zip", "là tệp nén", "giải nén"),
    "Numbers": (archive("Index/Document.iwa"), "ds.numbers", "là bảng tính Numbers", "xuất sang Excel"),
}


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("called", ["", ".xlsx", ".xls", ".ods", ".csv"])
def test_a_file_is_named_for_what_it_is(tmp_path: Path, kind: str, called: str) -> None:
    data, name, what, then = FOREIGN[kind]
    path = tmp_path / (f"ds{called}" if called else name)
    path.write_bytes(data)
    said = refusal(path)
    assert what in said
    assert then in said


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("ds.xlsm", "có macro"),
        ("ds.dbf", "FoxPro"),
        ("ds.accdb", "Access"),
        ("ds.html", "trang web"),
        ("ds.doc", "Word"),
    ],
)
def test_a_name_tells_where_the_content_does_not(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / name).write_bytes(b"<html>")
    assert what in refusal(tmp_path / name)


def test_what_excel_leaves_beside_a_list_that_is_open(tmp_path: Path) -> None:
    (tmp_path / "~$ds.xlsx").write_bytes(b"\x05Admin" + b" " * 159)
    assert "tệp tạm do Excel để lại" in refusal(tmp_path / "~$ds.xlsx")


def test_words_of_such_files_in_a_list_make_it_none(tmp_path: Path) -> None:
    path = plain(tmp_path / "ds.csv", person(**{"Họ và tên": "Hồ Văn Tâm", "Chuyên ngành": "MIME-Version: 1.0 %PDF"}))
    assert len(read(path).people) == 1
