"""Files that are no sheet to be read here: each is named for what it is, whatever it is called, with what to do."""

import gzip
import io
import struct
import subprocess
import zipfile
from pathlib import Path

import duckdb
import pytest

from common.lists import LISTS, person, plain, read, refusal, workbook


def archive(*parts: str, mimetype: str = "", types: str = "", content: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for part in parts:
            made.writestr(part, "x")
        for part, said in (("[Content_Types].xml", types), ("content.xml", content)):
            if said:
                made.writestr(part, said)
    return stream.getvalue()


def container(*streams: str) -> bytes:
    """The beginning of an OLE file and the names in its directory."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0") + names


def dbf() -> bytes:
    """A table of dBase with one field and one row."""
    field = b"HOTEN".ljust(11, b"\0") + b"C" + bytes(4) + bytes([20]) + bytes(15)
    head = b"\x03\x76\x0c\x1f" + struct.pack("<IHH", 1, 65, 21) + bytes(20)
    return head + field + b"\r" + b" Ho Van Tam          \x1a"


FLAT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' office:mimetype="application/vnd.oasis.opendocument.{}"><office:body><table:table/></office:body>'
    "</office:document>"
)
LETTER = "From: xa@thuathienhue.gov.vn\nTo: noivu@thuathienhue.gov.vn\nMIME-Version: 1.0\n\nDanh sách"
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
    "flat OpenDocument": (
        FLAT.format("spreadsheet").encode(),
        "ds.fods",
        "là bảng tính OpenDocument dạng XML (.fods)",
        "mở bằng LibreOffice, lưu lại thành .xlsx",
    ),
    "flat text": (FLAT.format("text").encode(), "ds.fodt", "là văn bản Word", "chép bảng sang Excel"),
    "SYLK": (
        b'ID;PCALCOOO32\nC;X1;Y1;K"H\xe1\xbb\x8d v\xc3\xa0 t\xc3\xaan"\nE\n',
        "ds.slk",
        "SYLK (.slk)",
        "thành .xlsx",
    ),
    "DIF": (b'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,3\r\n', "ds.dif", "là bảng dạng DIF (.dif)", "thành .xlsx"),
    "dBase": (dbf(), "ds.dbf", "là bảng FoxPro (.dbf)", "lưu lại thành .xlsx"),
    "Lotus": (bytes.fromhex("00000200060406000800"), "ds.wk1", "là bảng tính Lotus", "mở bằng LibreOffice, lưu lại"),
    "Lotus 4": (bytes.fromhex("00001a00021004000000"), "ds.123", "là bảng tính Lotus", "mở bằng LibreOffice, lưu lại"),
    "UOF": (b'<?xml version="1.0"?>\n<uof:UOF uof:version="1.0"/>', "ds.uos", "UOF (.uos)", "mở bằng LibreOffice, lưu"),
    "OpenOffice 1": (
        archive("content.xml", mimetype="application/vnd.sun.xml.calc"),
        "ds.sxc",
        "là bảng tính OpenOffice đời cũ (.sxc)",
        "mở bằng LibreOffice, lưu lại thành .xlsx",
    ),
    "Writer template": (
        archive("content.xml", mimetype="application/vnd.oasis.opendocument.text-template"),
        "ds.ott",
        "là văn bản Word",
        "chép bảng sang Excel",
    ),
    "letter": (LETTER.encode(), "ds.eml", "là thư điện tử", "lưu tệp đính kèm ra"),
    "letter of Outlook": (
        container("Root Entry", "__properties_version1.0"),
        "ds.msg",
        "là thư điện tử",
        "lưu tệp đính kèm ra",
    ),
    "shortcut": (
        b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}',
        "ds.gsheet",
        "là lối tắt, bên trong không có bảng",
        "tải bảng về máy thành .xlsx",
    ),
    "scan": (b"II*\0\x08\0\0\0", "ds.tif", "là tệp ảnh", "nhập lại bảng vào Excel"),
    "telephone of another kind": (b"\0\0\0\x1cftypmif1", "ds.heic", "là tệp ảnh", "nhập lại bảng vào Excel"),
    "RAR": (b"Rar!\x1a\x07\x01\0", "ds.rar", "là tệp nén", "giải nén"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "ds.7z", "là tệp nén", "giải nén"),
    "Gnumeric": (
        gzip.compress(b'<?xml version="1.0"?><gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd"/>'),
        "ds.gnumeric",
        "là bảng tính Gnumeric",
        "lưu lại thành .xlsx",
    ),
    "Access": (b"\0\x01\0\0Standard Jet DB\0", "ds.mdb", "là cơ sở dữ liệu Access", "xuất bảng sang Excel"),
    "XML": (b'<?xml version="1.0"?>\n<danhsach><nguoi/></danhsach>', "ds.xml", "là tệp XML", "lưu lại thành .xlsx"),
    "Excel 5 bare": (bytes.fromhex("0908080000050500"), "ds.xls", "Excel đời rất cũ", "lưu lại thành .xlsx"),
    "archive": (archive("a.xlsx", "b.xlsx"), "ds.zip", "là tệp nén", "giải nén"),
    "JSON": (
        '[\n {"Họ và tên": "Hồ Văn Tâm", "Chức vụ": "Kế toán"}\n]'.encode(),
        "ds.json",
        "JSON",
        "xuất bảng sang Excel",
    ),
    "JSON of one object": ('\ufeff{"data": [["Họ và tên"], ["Hồ Văn Tâm"]]}'.encode(), "ds.json", "JSON", "xuất bảng"),
    "JSON of rows": ('[["Họ và tên", "Chức vụ"], ["Hồ Văn Tâm", "Kế toán"]]'.encode(), "ds.json", "JSON", "xuất bảng"),
    "JSON a line": (b'{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n', "ds.jsonl", "là dữ liệu dạng JSON", "xuất bảng"),
    "JSON in UTF-16": ('{"Họ và tên": "Hồ Văn Tâm"}'.encode("utf-16"), "ds.json", "là dữ liệu dạng JSON", "xuất bảng"),
    "PostScript": (b"%!PS-Adobe-3.0\n%%Title: ds\n", "ds.ps", "là bản in PostScript", "nhập lại bảng vào Excel"),
    "Parquet": (b"PAR1\x15\x04\x15\x0c", "ds.parquet", "là tệp dữ liệu (Parquet", "xuất bảng sang Excel"),
    "SQLite": (b"SQLite format 3\0\x10\0", "ds.sqlite", "là cơ sở dữ liệu", "xuất bảng sang Excel"),
    "DuckDB": (bytes(8) + b"DUCK\x40\0\0\0", "ds.duckdb", "là cơ sở dữ liệu", "xuất bảng sang Excel"),
    "EPUB": (
        archive("META-INF/container.xml", "OEBPS/content.opf", mimetype="application/epub+zip"),
        "ds.epub",
        "là sách điện tử (EPUB)",
        "chép bảng sang Excel",
    ),
    "EPUB that does not say so": (
        archive("META-INF/container.xml", "a.opf"),
        "ds.epub",
        "là sách điện tử",
        "chép bảng",
    ),
    "Word with parts of other names": (
        archive(
            "document.xml",
            types="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        ),
        "ds.docx",
        "là văn bản Word",
        "chép bảng sang Excel",
    ),
    "Writer that does not say so": (
        archive(content="<office:document-content><office:body><office:text/></office:body>"),
        "ds.odt",
        "là văn bản Word",
        "chép bảng sang Excel",
    ),
    "film": (b"\0\0\0\x20ftypisom\0\0\x02\0", "ds.mp4", "là tệp phim hoặc âm thanh", "nhập lại bảng vào Excel"),
    "program": (b"MZ\x90\0\x03\0\0\0", "ds.exe", "là chương trình máy tính", "nhập lại bảng vào Excel"),
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


def test_a_real_database_of_parquet_or_duckdb_is_named(tmp_path: Path) -> None:
    duckdb.sql(f"copy (select 'Hồ Văn Tâm' as name) to '{tmp_path / 'p.parquet'}'")
    with duckdb.connect(str(tmp_path / "d.duckdb")) as made:
        made.execute("create table t as select 1 as a")
    for name, what in {"p.parquet": "Parquet", "d.duckdb": "cơ sở dữ liệu"}.items():
        (tmp_path / "ds.csv").write_bytes((tmp_path / name).read_bytes())
        assert what in refusal(tmp_path / "ds.csv")


@pytest.mark.parametrize("begin", ['"[{1}] a";b', "[1];2", "{x};y", "[Mật],b", "%!,x"])
def test_a_list_whose_first_line_has_signs_of_json_is_a_list(tmp_path: Path, begin: str) -> None:
    (tmp_path / "ds.csv").write_text(f"{begin}\nHọ và tên;Chức vụ;Xã\nHồ Văn Tâm;Kế toán;Hương Hòa\n", "utf-8")
    assert [p.full_name for p in read(tmp_path / "ds.csv").people] == ["Hồ Văn Tâm"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("ds.xlsm", "có macro"),
        ("ds.dbf", "FoxPro"),
        ("ds.accdb", "Access"),
        ("ds.html", "trang web"),
        ("ds.doc", "Word"),
        ("ds.et", "WPS"),
        ("ds.prn", "văn bản để in"),
        ("ds.ots", "bản mẫu bảng tính OpenDocument"),
        ("ds.wks", "Lotus"),
        ("ds.zip", "tệp nén"),
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


def test_a_text_whose_first_columns_look_like_a_format_is_a_list(tmp_path: Path) -> None:
    (tmp_path / "ds.csv").write_text("ID;Phòng;Họ và tên;Chức vụ;Xã\n1;a;Hồ Văn Tâm;Kế toán;Hương Hòa\n", "utf-8")
    assert [p.full_name for p in read(tmp_path / "ds.csv").people] == ["Hồ Văn Tâm"]


def test_what_a_spreadsheet_program_saves_is_named_whatever_it_is_called(tmp_path: Path) -> None:
    """As LibreOffice writes them; a workbook or template of a kind that is read is read under another name."""
    rows = [["Họ và tên", "Chức vụ", "Xã"], ["Hồ Văn Tâm", "Kế toán", "Hương Hòa"]]
    made = workbook(tmp_path / "ds.xlsx", rows)
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    for kind, what in {"fods": "(.fods)", "slk": "(.slk)", "dif": "(.dif)", "pdf": "tệp PDF", "html": None}.items():
        command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(made)]
        subprocess.run(command, check=True, capture_output=True)
        saved = tmp_path / f"ds.{kind}"
        for suffix in (".xls", ".csv"):
            called = tmp_path / f"{kind}{suffix}"
            called.write_bytes(saved.read_bytes())
            if what:
                assert what in refusal(called)
            else:
                assert [p.full_name for p in read(called).people] == ["Hồ Văn Tâm"]
        assert refusal(saved)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods", ".csv"])
@pytest.mark.parametrize("locked", ["khoa.xlsx", "khoa.xls", "khoa.ods"])
def test_what_is_locked_says_so_whatever_it_is_called(tmp_path: Path, locked: str, suffix: str) -> None:
    path = tmp_path / f"ds{suffix}"
    path.write_bytes((LISTS / locked).read_bytes())
    assert "có đặt mật khẩu" in refusal(path)
