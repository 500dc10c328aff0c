"""Files that are no sheet to be read here: what they are, by their content, and how their table is brought."""

import io
import re
import zipfile
from pathlib import Path

_SAVE = "mở bằng Excel, lưu lại thành .xlsx rồi nạp lại"
_COPY = "chép bảng sang Excel, lưu thành .xlsx rồi nạp lại"
_ASK = "xin tệp gốc có bảng, hoặc nhập lại bảng vào Excel, lưu thành .xlsx rồi nạp lại"
_UNPACK = "giải nén rồi nạp từng tệp ở trong"

_WORD = ("văn bản Word", _COPY)
_SLIDES = ("bản trình chiếu", _COPY)
_PICTURE = ("tệp ảnh", _ASK)
_ARCHIVE = ("tệp nén", _UNPACK)
_BINARY = ("bảng tính Excel nhị phân (.xlsb)", _SAVE)
_XML = ("bảng tính XML của Excel 2003", _SAVE)
_MHT = ("trang web lưu trữ (.mht)", _SAVE)
_OLDEST = ("bảng tính Excel đời rất cũ", _SAVE)
_TEMPLATE = ("bảng tính Excel có macro hoặc bản mẫu", _SAVE)
_NUMBERS = ("bảng tính Numbers của Apple", "xuất sang Excel (.xlsx) rồi nạp lại")

_STARTS = {
    b"%PDF": ("tệp PDF", _ASK),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"{\\rtf": _WORD,
    b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
    b"\x09\x00\x04\x00": _OLDEST,
    b"\x09\x02\x06\x00": _OLDEST,
    b"\x09\x04\x06\x00": _OLDEST,
}
# Parts of an archive by how their names begin.
_PARTS = {
    "xl/workbook.bin": _BINARY,
    "word/": _WORD,
    "ppt/": _SLIDES,
    "Index/": _NUMBERS,
    "Index.zip": _NUMBERS,
}
# Streams of an OLE file, as its directory names them.
_STREAMS = {"WordDocument": _WORD, "PowerPoint Document": _SLIDES}
_BY_SUFFIX = {
    ".doc": _WORD,
    ".docx": _WORD,
    ".rtf": _WORD,
    ".odt": _WORD,
    ".ppt": _SLIDES,
    ".pptx": _SLIDES,
    ".xlsb": _BINARY,
    ".xlsm": _TEMPLATE,
    ".xltx": _TEMPLATE,
    ".xlt": _TEMPLATE,
    ".xml": ("tệp XML", _SAVE),
    ".mht": _MHT,
    ".mhtml": _MHT,
    ".htm": ("trang web", _SAVE),
    ".html": ("trang web", _SAVE),
    ".numbers": _NUMBERS,
    ".dbf": ("bảng FoxPro (.dbf)", _SAVE),
    ".mdb": ("cơ sở dữ liệu Access", "xuất bảng sang Excel, lưu thành .xlsx rồi nạp lại"),
    ".accdb": ("cơ sở dữ liệu Access", "xuất bảng sang Excel, lưu thành .xlsx rồi nạp lại"),
    ".pdf": ("tệp PDF", _ASK),
    ".zip": _ARCHIVE,
    ".rar": _ARCHIVE,
    ".7z": _ARCHIVE,
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"), _PICTURE),
}
_SHEETS = ("xl/", "content.xml", "mimetype", "[Content_Types].xml")


def foreign(name: str, data: bytes) -> tuple[str, str] | None:
    """What a file is that is no sheet ('văn bản Word'), and what to do with it; None where it may be one.

    Of archives and OLE files `data` must be all there is, or they are not looked into.
    """
    if name.startswith("~$"):
        return "tệp tạm do Excel để lại khi đang mở danh sách", "đóng Excel, chọn tệp cùng tên không có dấu ~$"
    for start, kind in _STARTS.items():
        if data.startswith(start):
            return kind
    if (data.startswith(b"BM") and data[6:10] == bytes(4)) or data[8:12] == b"WEBP" or data[4:11] == b"ftyphei":
        return _PICTURE
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data)
    if data.startswith(bytes.fromhex("d0cf11e0")):
        return _of_container(data)
    beginning = data[:4096].replace(b"\0", b"")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in beginning and b"<html" not in beginning.lower():
        return _XML
    if re.search(rb"^mime-version:", beginning, re.IGNORECASE | re.MULTILINE):
        return _MHT
    return None


def by_suffix(name: str) -> tuple[str, str] | None:
    """What a file seems to be by its name; see `foreign`."""
    return _BY_SUFFIX.get(Path(name).suffix.lower())


def _of_container(data: bytes) -> tuple[str, str] | None:
    # A workbook can have a document within it.
    if any(f"{name}\0".encode("utf-16-le") in data for name in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        return None
    return next((kind for name, kind in _STREAMS.items() if f"{name}\0".encode("utf-16-le") in data), None)


def _of_archive(data: bytes) -> tuple[str, str] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.open("mimetype").read(99) if "mimetype" in names else b""
    except Exception:
        # What is damaged is told where it is read.
        return None
    for start, found in _PARTS.items():
        if any(name.startswith(start) for name in names):
            return found
    if kind.startswith(b"application/vnd.oasis.opendocument.") and b"spreadsheet" not in kind:
        return _SLIDES if b"presentation" in kind else _WORD
    return None if any(name.startswith(_SHEETS) for name in names) else _ARCHIVE
