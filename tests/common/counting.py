"""How many rows of a file are filled, counted in the file itself and by other means than the product's reader."""

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def filled_rows(path: Path) -> dict[str, int]:
    """For each sheet, by a name of its own, the rows with a cell that is not blank; .xlsx, .ods, text and web pages."""
    data = path.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "content.xml" in archive.namelist():
                return _open_document(archive.read("content.xml"))
            return _workbook(archive)
    text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    if "<table" in text[:4096]:
        page = _Page()
        page.feed(text)
        return {"": page.rows}
    delimiter = max(",;\t", key=text.count)
    return {
        "": sum(
            any(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        )
    }


def _workbook(archive: zipfile.ZipFile) -> dict[str, int]:
    shared = []
    if "xl/sharedStrings.xml" in archive.namelist():
        for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")):  # noqa: S314
            shared.append("".join(text.text or "" for text in item.iter(f"{_SHEET}t")))
    counts = {}
    for name in archive.namelist():
        if name.startswith("xl/worksheets/sheet"):
            rows = ElementTree.fromstring(archive.read(name)).iter(f"{_SHEET}row")  # noqa: S314
            counts[name] = sum(any(_value(cell, shared).strip() for cell in row) for row in rows)
    return counts


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{_SHEET}v") or "".join(text.text or "" for text in cell.iter(f"{_SHEET}t"))
    text = shared[int(value)] if cell.get("t") == "s" else value
    # What XML cannot hold a workbook writes as '_x000D_'.
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def _open_document(content: bytes) -> dict[str, int]:
    tables = ElementTree.fromstring(content).iter(f"{_TABLE}table")  # noqa: S314
    return {
        table.get(f"{_TABLE}name", ""): sum(
            bool("".join(row.itertext()).strip()) for row in table.iter(f"{_TABLE}table-row")
        )
        for table in tables
    }


class _Page(HTMLParser):
    """Counts rows with text in them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = 0
        self.filled = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.filled = False

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.filled:
            self.filled = True
            self.rows += 1
