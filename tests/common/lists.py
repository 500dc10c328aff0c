"""Lists as communes send them: the words and communes they are read by, and files written row by row."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from common.reference_tables import reference
from core.vietnamese import Partial
from intake import tables
from intake.lists import read_lists
from intake.reading import Reading
from intake.tables import UnreadableFile
from intake.vocabulary import Held, Vocabulary, Word

LISTS = Path(__file__).parents[1] / "fixtures" / "lists"
COMMUNES = {
    "Khe Tre": "20161",
    "Hương Lộc": "20170",
    "Hương Hòa": "20176",
    "Hương Giang": "20179",
    "Thượng Lộ": "20185",
    "Thượng Long": "20188",
}

WORDS = [Word(row["domain"], row["code"], row["word"]) for row in reference("word")]
VOCABULARY = Vocabulary(WORDS, COMMUNES, fields=[row["word"] for row in reference("field_word")])


def read(*paths: Path, **options: Any) -> Reading:
    return read_lists(paths, VOCABULARY, **options)


def day(text: str) -> Partial:
    return Partial(date.fromisoformat(text), "ngay")


def held(criterion: str, level: str | None, field: str | None = None, **more: Any) -> Held:
    return Held(criterion, level, field, **more)


def put(sheet: Any, row: int, column: int, value: object, formats: dict[str, Any]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])  # noqa: DTZ001
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write(row, column, value)


def workbook(path: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = (), sheet: str = "Sheet1") -> Path:
    """An .xlsx with these rows; each merged range keeps the value of its first cell."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet(sheet)
    formats = {"day": book.add_format({"num_format": "dd/mm/yyyy"})}
    for span in merges:
        page.merge_range(span, "")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value != "":
                put(page, r, c, value, formats)
    book.close()
    return path


def sheet_csv(path: Path, rows: Sequence[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    with open(path, "w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


HEADING: list[object] = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Xã",
    "Chức vụ",
    "Thời điểm bầu, tuyển dụng, bổ nhiệm",
]
LEVELS: list[object] = ["Văn hóa", "Chuyên môn", "Chuyên ngành", "LLCT", "QLNN", "Tin học"]


def person(**cells: object) -> list[object]:
    """One row under HEADING + LEVELS."""
    usual: dict[str, object] = {
        "STT": 1,
        "Họ và tên": "Hồ Văn Tâm",
        "Ngày sinh": "12/05/1988",
        "Giới tính": "Nam",
        "Xã": "Hương Hòa",
        "Chức vụ": "Văn phòng - Thống kê",
        "Thời điểm bầu, tuyển dụng, bổ nhiệm": "01/03/2012",
        "Văn hóa": "12/12",
        "Chuyên môn": "Trung cấp",
        "Chuyên ngành": "Văn thư",
        "LLCT": "",
        "QLNN": "",
        "Tin học": "A",
    }
    unknown = cells.keys() - usual.keys()
    assert not unknown
    return list({**usual, **cells}.values())


def plain(path: Path, *people: list[object]) -> Path:
    return sheet_csv(path, [HEADING + LEVELS, *people])


def refusal(path: Path) -> str:
    """The one line with which a file is turned away."""
    with pytest.raises(UnreadableFile) as caught:
        tables.read(path)
    message = str(caught.value)
    assert path.name in message
    assert message.endswith(".")
    assert "\n" not in message
    return message
