"""Files that are no sheet to be read here: what they are, by their content, and how their table is brought."""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

_SAVE = "mở bằng Excel, lưu lại thành .xlsx rồi nạp lại"
_SAVE_FREE = "mở bằng LibreOffice, lưu lại thành .xlsx rồi nạp lại"
_COPY = "chép bảng sang Excel, lưu thành .xlsx rồi nạp lại"
_ASK = "xin tệp gốc có bảng, hoặc nhập lại bảng vào Excel, lưu thành .xlsx rồi nạp lại"
_UNPACK = "giải nén rồi nạp từng tệp ở trong"
_EXPORT = "xuất bảng sang Excel, lưu thành .xlsx rồi nạp lại"

_WORD = ("văn bản Word", _COPY)
_SLIDES = ("bản trình chiếu", _COPY)
_PICTURE = ("tệp ảnh", _ASK)
_ARCHIVE = ("tệp nén", _UNPACK)
_BINARY = ("bảng tính Excel nhị phân (.xlsb)", _SAVE)
_XML = ("bảng tính XML của Excel 2003", _SAVE)
_MHT = ("trang web lưu trữ (.mht)", _SAVE)
_PAGE = ("trang web", _SAVE)
_OTHER_XML = ("tệp XML", _SAVE)
_FLAT = ("bảng tính OpenDocument dạng XML (.fods)", _SAVE_FREE)
_SUN = ("bảng tính OpenOffice đời cũ (.sxc)", _SAVE_FREE)
_UOF = ("bảng tính theo chuẩn UOF (.uos)", _SAVE_FREE)
_SYLK = ("bảng tính dạng SYLK (.slk)", _SAVE)
_DIF = ("bảng dạng DIF (.dif)", _SAVE)
_DBF = ("bảng FoxPro (.dbf)", _SAVE)
_LOTUS = ("bảng tính Lotus 1-2-3 hoặc Quattro Pro", _SAVE_FREE)
_WORKS = ("bảng tính Microsoft Works", _SAVE_FREE)
_GNUMERIC = ("bảng tính Gnumeric", "mở bằng Gnumeric, lưu lại thành .xlsx rồi nạp lại")
_DATABASE = ("cơ sở dữ liệu Access", _EXPORT)
_OTHER_DATABASE = ("cơ sở dữ liệu", _EXPORT)
_LETTER = ("thư điện tử", "mở thư, lưu tệp đính kèm ra rồi nạp tệp ấy")
_SHORTCUT = ("lối tắt, bên trong không có bảng", "mở lối tắt ấy, tải bảng về máy thành .xlsx rồi nạp lại")
_DRAWING = ("bản vẽ", _ASK)
_PRINT = ("bản in XPS", _ASK)
_OLDEST = ("bảng tính Excel đời rất cũ", _SAVE)
_TEMPLATE = ("bảng tính Excel có macro hoặc bản mẫu", _SAVE)
_JSON = ("dữ liệu dạng JSON", _EXPORT)
_RAW = ("tệp dữ liệu (Parquet, Arrow, Avro)", _EXPORT)
_POSTSCRIPT = ("bản in PostScript", _ASK)
_EBOOK = ("sách điện tử (EPUB)", _COPY)
_MEDIA = ("tệp phim hoặc âm thanh", _ASK)
_PROGRAM = ("chương trình máy tính", _ASK)
_NUMBERS = ("bảng tính Numbers của Apple", "xuất sang Excel (.xlsx) rồi nạp lại")

_STARTS = {
    b"%PDF": ("tệp PDF", _ASK),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"II+\0": _PICTURE,
    b"MM\0+": _PICTURE,
    b"AT&TFORM": _PICTURE,
    b"8BPS": _PICTURE,
    b"{\\rtf": _WORD,
    b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
    b"BZh": _ARCHIVE,
    b"\xfd7zXZ": _ARCHIVE,
    b"MSCF": _ARCHIVE,
    b"PK\x05\x06": _ARCHIVE,
    b"TABLE\n0,1": _DIF,
    b"TABLE\r\n0,1": _DIF,
    b"\0\0\x02\0": _LOTUS,
    b"\0\0\x1a\0": _LOTUS,
    b"\0\x01\0\0Standard": _DATABASE,
    b"SQLite format 3": _OTHER_DATABASE,
    b"L\0\0\0\x01\x14\x02\0": _SHORTCUT,
    **dict.fromkeys((b"PAR1", b"ARROW1", b"FEA1", b"Obj\x01", b"\x89HDF"), _RAW),
    **dict.fromkeys((b"%!PS", b"%!\r", b"%!\n", b"\x04%!", b"\x1b%-12345X", b"\xc5\xd0\xd3\xc6"), _POSTSCRIPT),
    **dict.fromkeys((b"(\xb5/\xfd", b'\x04"M\x18', b"PK\x07\x08", b"PK00PK"), _ARCHIVE),
    **dict.fromkeys((b"ID3\x03", b"ID3\x04", b"\x1aE\xdf\xa3", b"OggS\0", b"fLaC\0"), _MEDIA),
    **dict.fromkeys((b"MZ\x90\0", b"MZP\0"), _PROGRAM),
    b"\0\0\x01\0": _PICTURE,
    b"\xd7\xcd\xc6\x9a": _DRAWING,
    b"\x09\x00\x04\x00": _OLDEST,
    b"\x09\x02\x06\x00": _OLDEST,
    b"\x09\x04\x06\x00": _OLDEST,
    b"\x09\x08\x08\x00": _OLDEST,
    b"\x09\x08\x10\x00": _OLDEST,
}
# Parts of an archive by how their names begin.
_PARTS = {
    "xl/workbook.bin": _BINARY,
    "word/": _WORD,
    "ppt/": _SLIDES,
    "Index/": _NUMBERS,
    "Index.zip": _NUMBERS,
    "index.apxl": _SLIDES,
    "buildVersionHistory.plist": _NUMBERS,
    "FixedDoc": _PRINT,
}
# What an archive says it is, the first that fits.
_MIMETYPES = {
    b"opendocument.spreadsheet": None,
    b"opendocument.presentation": _SLIDES,
    b"opendocument.graphics": _DRAWING,
    b"opendocument.image": _PICTURE,
    b"opendocument.base": _OTHER_DATABASE,
    b"opendocument.database": _OTHER_DATABASE,
    b"opendocument.": _WORD,
    b"epub": _EBOOK,
    b"sun.xml.calc": _SUN,
    b"sun.xml.impress": _SLIDES,
    b"sun.xml.draw": _DRAWING,
    b"sun.xml.": _WORD,
}
# What an archive mainly is where no name of a part tells: by the types that [Content_Types].xml names, and by
# the body of content.xml.
_CONTENTS = {
    b"wordprocessingml.document.main": _WORD,
    b"wordprocessingml.template.main": _WORD,
    b"presentationml.": _SLIDES,
    b"ms-visio.": _DRAWING,
    b"<office:text": _WORD,
    b"<office:presentation": _SLIDES,
    b"<office:drawing": _DRAWING,
}
_SPREADSHEETS = (b"spreadsheetml.", b"<office:spreadsheet")
# Streams of an OLE file, as its directory names them.
_STREAMS = {
    "WordDocument": _WORD,
    "PowerPoint Document": _SLIDES,
    "__properties_version1.0": _LETTER,
    "WksSSWorkBook": _WORKS,
    "NativeContent_MAIN": _LOTUS,
    "VisioDocument": _DRAWING,
}
_PICTURES_OF_TELEPHONES = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif")
# First bytes of tables of dBase and FoxPro.
_DBF_VERSIONS = b"\x02\x03\x04\x05\x30\x31\x32\x43\x63\x7b\x83\x8b\x8e\xcb\xe5\xf5\xfb"
_BY_SUFFIX = {
    **dict.fromkeys((".doc", ".docx", ".docm", ".dot", ".dotx", ".rtf", ".odt", ".ott", ".sxw", ".wps"), _WORD),
    **dict.fromkeys((".ppt", ".pptx", ".pps", ".ppsx", ".odp", ".sxi", ".key"), _SLIDES),
    ".xlsb": _BINARY,
    **dict.fromkeys((".xlsm", ".xltx", ".xltm", ".xlt", ".xla", ".xlam", ".xlw"), _TEMPLATE),
    ".ots": ("bản mẫu bảng tính OpenDocument", _SAVE_FREE),
    ".et": ("bảng tính WPS (.et)", "mở bằng WPS Office, lưu lại thành .xlsx rồi nạp lại"),
    ".ett": ("bản mẫu bảng tính WPS (.ett)", "mở bằng WPS Office, lưu lại thành .xlsx rồi nạp lại"),
    ".xml": _OTHER_XML,
    ".fods": _FLAT,
    ".sxc": _SUN,
    ".stc": _SUN,
    ".uos": _UOF,
    ".uof": _UOF,
    ".slk": _SYLK,
    ".sylk": _SYLK,
    ".dif": _DIF,
    ".prn": ("văn bản để in, không có dấu tách cột (.prn)", "mở tệp gốc bằng Excel, lưu lại thành .xlsx rồi nạp lại"),
    **dict.fromkeys((".wk1", ".wk2", ".wk3", ".wk4", ".wks", ".123", ".wb1", ".wb2", ".wb3", ".wq1", ".qpw"), _LOTUS),
    ".xlr": _WORKS,
    ".gnumeric": _GNUMERIC,
    **dict.fromkeys((".mht", ".mhtml"), _MHT),
    **dict.fromkeys((".htm", ".html"), _PAGE),
    ".numbers": _NUMBERS,
    ".dbf": _DBF,
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".geojson"), _JSON),
    **dict.fromkeys((".parquet", ".arrow", ".feather", ".avro"), _RAW),
    **dict.fromkeys((".ps", ".eps", ".prf"), _POSTSCRIPT),
    ".epub": _EBOOK,
    **dict.fromkeys((".mp3", ".mp4", ".avi", ".mov", ".wav", ".m4a", ".3gp"), _MEDIA),
    ".exe": _PROGRAM,
    **dict.fromkeys((".mdb", ".accdb"), _DATABASE),
    **dict.fromkeys((".odb", ".db", ".sqlite", ".duckdb"), _OTHER_DATABASE),
    ".pdf": ("tệp PDF", _ASK),
    **dict.fromkeys((".xps", ".oxps"), _PRINT),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".cab"), _ARCHIVE),
    **dict.fromkeys((".eml", ".msg"), _LETTER),
    **dict.fromkeys((".gsheet", ".url", ".lnk", ".webloc"), _SHORTCUT),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".heif", ".avif"),
        _PICTURE,
    ),
    **dict.fromkeys((".svg", ".emf", ".wmf", ".odg", ".vsd", ".vsdx"), _DRAWING),
}
# An object with a name and a value, or rows of values in brackets; of a list no row begins so.
_JSON_TEXT = rb'"(?:[^"\\\n]|\\.)*"'
_JSON_BEGINS = re.compile(
    rb"(?:\[\s*)*\{\s*(?:%(text)b\s*:|\}\s*(?:[,\]]|$))"
    rb"|\[\s*(?:\[\s*)*(?:%(text)b|-?\d+)\s*,|\[\s*\]\s*$" % {b"text": _JSON_TEXT}
)
_SHEETS = ("xl/", "content.xml", "mimetype", "[Content_Types].xml")


def foreign(name: str, data: bytes) -> tuple[str, str] | None:
    """What a file is that is no sheet ('văn bản Word'), and what to do with it; None where it may be one.

    Of archives and OLE files `data` must be all there is, or they are not looked into.
    """
    if name.startswith("~$"):
        return "tệp tạm do Excel để lại khi đang mở danh sách", "đóng Excel, chọn tệp cùng tên không có dấu ~$"
    if data.startswith(b"\x1f\x8b") and _is_gnumeric(data):
        return _GNUMERIC
    for start, kind in _STARTS.items():
        if data.startswith(start):
            return kind
    if (data.startswith(b"BM") and data[6:10] == bytes(4)) or data[8:12] == b"WEBP":
        return _PICTURE
    if data[4:8] == b"ftyp":
        return _PICTURE if data[8:12] in _PICTURES_OF_TELEPHONES else _MEDIA
    if data.startswith(b"RIFF") and data[8:12] in (b"WAVE", b"AVI "):
        return _MEDIA
    if data.startswith(b"\x01\0\0\0") and data[40:44] == b" EMF":
        return _DRAWING
    if data[8:12] == b"DUCK":
        return _OTHER_DATABASE
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data)
    if data.startswith(bytes.fromhex("d0cf11e0")):
        return _of_container(data)
    if data[257:262] == b"ustar":
        return _ARCHIVE
    # A text cut by ';' can begin with a column 'ID' and another that begins with P.
    if re.match(rb"ID;P[^\r\n]*\r?\n(?:B|C|E|F|P|O|NN|NU|W)(?:;|\r?\n)", data[:4096]):
        return _SYLK
    return _DBF if _is_dbf(data) else _of_text(data[: 2**14].replace(b"\0", b""))


def _of_text(beginning: bytes) -> tuple[str, str] | None:
    """What a file is by its first words, those of two bytes a letter without their zeros."""
    written = beginning.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in written and b"<html" not in written:
        return _XML
    if written.startswith(b"<") and b"<office:document" in written:
        kind = re.search(rb"""office:mimetype=["']([^"']+)""", written)
        return (_of_mimetype(kind[1]) if kind else None) or _FLAT
    if written.startswith(b"<") and b"uof:uof" in written:
        return _UOF
    if written.startswith(b"<svg"):
        return _DRAWING
    if written.startswith(b"<?xml") and not any(tag in written for tag in (b"<html", b"<table", b"<!doctype html")):
        return _DRAWING if b"<svg" in written else _OTHER_XML
    if written.startswith(b"[internetshortcut]") or (written.startswith(b"{") and b"docs.google.com/" in written[:999]):
        return _SHORTCUT
    if _JSON_BEGINS.match(written):
        return _JSON
    if re.search(rb"^mime-version:", written, re.MULTILINE):
        letter = re.search(rb"^(?:to|received|message-id|delivered-to|return-path):", written, re.MULTILINE)
        return _LETTER if letter else _MHT
    return None


def _of_mimetype(kind: bytes) -> tuple[str, str] | None:
    return next((found for said, found in _MIMETYPES.items() if said in kind), None)


def _is_dbf(data: bytes) -> bool:
    """Whether a file begins with the fields of a table of dBase, which a zero or a line end closes."""
    if len(data) < 65 or data[0] not in _DBF_VERSIONS or not (1 <= data[2] <= 12 and 1 <= data[3] <= 31):
        return False
    head, record = struct.unpack_from("<2H", data, 8)
    return bool(head > 64 and record > 1 and b"\r" in data[64:head] and data[32:33].isalpha() and b"\0" in data[32:64])


def _is_gnumeric(data: bytes) -> bool:
    try:
        return b"gnumeric" in zlib.decompressobj(31).decompress(data[:4096], 4096)
    except zlib.error:
        return False


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
            said = b"".join(
                archive.open(name).read(2**18) for name in ("[Content_Types].xml", "content.xml") if name in names
            )
    except Exception:
        # What is damaged is told where it is read.
        return None
    for start, found in _PARTS.items():
        if any(name.startswith(start) for name in names):
            return found
    if kind.startswith(b"application/") and (kind.startswith(b"application/vnd.") or _of_mimetype(kind)):
        return _of_mimetype(kind)
    for sign, found in _CONTENTS.items() if not any(sheet in said for sheet in _SPREADSHEETS) else ():
        if sign in said:
            return found
    if any(name.endswith(".opf") for name in names):
        return _EBOOK
    return None if any(name.startswith(_SHEETS) for name in names) else _ARCHIVE
