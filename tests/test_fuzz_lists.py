"""Real lists, damaged at random: every file is read or refused in a sentence, and no row of a list is lost.

FUZZ_RUNS says how many files (`make fuzz` reads thousands), FUZZ_START with which one to begin: a failing file is made
again by its number.
"""

import csv
import io
import os
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter

from intake import tables
from intake.lists import Reading, field_names, read_lists
from test_intake import COMMUNES, VOCABULARY

ROOT = Path(__file__).parent.parent
RUNS = int(os.environ.get("FUZZ_RUNS", "300"))
START = int(os.environ.get("FUZZ_START", "0"))
BATCH = 50
SECONDS = 60
FIELDS = list(field_names(VOCABULARY))

LISTS = sorted(
    path
    for folder in ("sample_data/lists", "sample_data/registers", "tests/fixtures/lists")
    for path in (ROOT / folder).iterdir()
    if path.suffix in tables.SUFFIXES
)
JUNK: list[object] = [
    "", " ", "\u00a0", "x", "X", "✓", "+", "nt", '"', "-nt-", "như trên", "-", "?", "0", "1", "đang học",
    "đang học Luật", "31/02/1975", "1.1.75", "13/1975", "00/0000", "ngày 5 tháng 6 năm 1975", "1975", "…/…/1975",
    "12/12", "9/12",
    "Họ và tên", "Chức vụ", "Trình độ", "Nam", "Nữ", "STT", "Xã", "Ngoại ngữ", "Số CMND", "Đến ngày", "Loại văn bằng",
    "I. CÁN BỘ", "II", "Tổng cộng", "Cộng: 3 người", "Ghi chú: tạm", "NGƯỜI LẬP BIỂU", "Khuyết",
    "xã Thượng Lộ", "Thượng Lon", "Hương Hoà", "TT. Khe Tre", "Hương Xuân", "Bí thư kiêm Chủ tịch HĐND", "Trưởng ban",
    "A", "Bh'ling", "=1+1", "((((", ")", "a" * 5000, "\u0301", "ﷺ", "𝕏", "\u202e", "1\u0661", "²", "٣", "%s{}",
    "ĐH\nLuật", "\t", "\r\n",
    0, 1, 1.5, -3, 1e300, 27550, 99999999, 46070000001, True, False, date(1975, 6, 5), date(2018, 12, 9),
]  # fmt: skip


@cache
def grids(path: Path) -> list[tables.Grid]:
    try:
        return tables.read(path)
    except tables.UnreadableFile:
        return []


def damaged_cells(random: Random, path: Path) -> dict[str, list[list[object]]]:
    """The sheets of a list after some accidents with cells, rows and columns."""
    sheets = {grid.sheet or "Sheet1": [list(row) for row in grid.cells] for grid in grids(path)}
    for rows in sheets.values():
        for _ in range(random.choice([0, 1, 3, 10, 40])):
            if not rows or not rows[0]:
                break
            r, other = random.randrange(len(rows)), random.randrange(len(rows))
            c = random.randrange(len(rows[r])) if rows[r] else 0
            match random.randrange(12):
                case 0:
                    rows.insert(r, list(rows[other]))
                case 1:
                    del rows[r]
                case 2:
                    rows[r], rows[other] = rows[other], rows[r]
                case 3:
                    for row in rows:
                        row.insert(c, "")
                case 4:
                    for row in rows:
                        del row[c : c + 1]
                case 5:
                    for row in rows:
                        row.append(row.pop(c) if c < len(row) else "")
                case 6:
                    rows.insert(r, [random.choice(JUNK)])
                case 7 if rows[r]:
                    rows[r][c] = f"{rows[r][c]} {random.choice(JUNK)}"
                case 8 if rows[r]:
                    rows[r][c] = str(rows[r][c])[: random.randrange(8)]
                case _ if rows[r]:
                    rows[r][c] = random.choice(JUNK)
    return sheets


def write_cells(random: Random, folder: Path, name: str, sheets: dict[str, list[list[object]]]) -> Path:
    if random.random() < 0.25:
        path = folder / f"{name}.{random.choice(['csv', 'tsv', 'txt'])}"
        with open(path, "w", encoding=random.choice(["utf-8-sig", "utf-8", "utf-16"]), newline="") as file:
            writer = csv.writer(file, delimiter=random.choice(",;\t"))
            for rows in sheets.values():
                writer.writerows(rows)
        return path
    path = folder / f"{name}.xlsx"
    with xlsxwriter.Workbook(path, {"nan_inf_to_errors": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for sheet, rows in sheets.items():
            page = book.add_worksheet(sheet)
            for _ in range(random.choice([0, 0, 1, 4])):
                r, c = random.randrange(20), random.randrange(8)
                try:
                    page.merge_range(r, c, r + random.randrange(3), c + 1 + random.randrange(3), "")
                except xlsxwriter.exceptions.OverlappingRange:
                    continue
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(r, c, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                    elif isinstance(value, bool | int | float):
                        page.write(r, c, value)
                    elif value:
                        page.write_string(r, c, str(value))
    return path


def damaged_bytes(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 8, 64])):
        if not changed:
            break
        place = random.randrange(len(changed))
        match random.randrange(5):
            case 0:
                del changed[place : place + random.randrange(1, 64)]
            case 1:
                changed[place:place] = random.randbytes(random.randrange(1, 64))
            case 2 if random.random() < 0.2:
                del changed[place:]
            case _:
                changed[place] = random.randrange(256)
    return bytes(changed)


def damaged_part(random: Random, data: bytes) -> bytes:
    """A workbook that unpacks without complaint, one of its parts no longer what it was."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        victims = random.sample(names, k=min(len(names), random.choice([1, 1, 2])))
        for name in names:
            part = old.read(name)
            if name in victims:
                if random.random() < 0.1:
                    continue
                part = damaged_bytes(random, part)
            new.writestr(name, part)
    return stream.getvalue()


def ugly_file(number: int, folder: Path) -> Path:
    """File `number`: always the same for the same number."""
    random = Random(number)
    source = random.choice(LISTS)
    if random.random() < 0.7 and grids(source):
        return write_cells(random, folder, source.stem, damaged_cells(random, source))
    data = source.read_bytes()
    packed = data.startswith(b"PK") and random.random() < 0.7
    path = folder / source.name
    path.write_bytes(damaged_part(random, data) if packed else damaged_bytes(random, data))
    return path


@contextmanager
def limited() -> Iterator[None]:
    """Turns a reader that hangs into a test that fails."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check(reading: Reading) -> None:
    assert len(reading.files) + len(reading.unreadable) == 1
    for issue in [*reading.issues, *reading.unreadable]:
        check_sentence(issue.message)
        assert issue.severity in ("error", "warning", "info")
    people = [(p.sheet, p.row) for p in reading.people]
    taken = [*people, *((row.sheet, row.row) for row in [*reading.history, *reading.certificates])]
    rejected = [(row.sheet, row.row) for row in reading.rejected]
    repeated = [(i.sheet, i.row) for i in reading.issues if "giống hệt dòng" in i.message]
    # Every row that stands for somebody went one way.
    rows = [*taken, *rejected, *repeated]
    assert len(rows) == len(set(rows)) == sum(layout.people for layout in reading.layouts)
    assert set(rejected) == {(i.sheet, i.row) for i in reading.issues if i.severity == "error"}
    for row in reading.rejected:
        check_sentence(row.message)
        assert len(row.headings) == len(row.cells)
    for person in reading.people:
        assert person.full_name
        assert person.posts
        assert person.commune is None or person.commune in COMMUNES
        for held in person.levels:
            assert held.level is None or held.level in VOCABULARY.codes(held.criterion)
    for word in reading.strange:
        assert word.count > 0
        assert word.example


def check_sentence(text: str) -> None:
    assert text == text.strip()
    assert len(text) < 2000
    assert not set("\r\n\t") & set(text)
    assert not any(word in text for word in ("Traceback", "Error:", "Exception", "None", "<class"))


def read_ugly(path: Path, number: int) -> Iterator[Reading]:
    """The file read, and for some read again with its columns put 'right' at random."""
    random = Random(number)
    options: dict[str, Any] = {"require_commune": random.random() < 0.5, "include_hidden": random.random() < 0.3}
    with limited():
        reading = read_lists([path], VOCABULARY, **options)
        yield reading
        columns = [(layout.key, column.heading) for layout in reading.layouts for column in layout.columns]
        if columns and random.random() < 0.3:
            chosen = {column: random.choice(FIELDS) for column in random.choices(columns, k=4)}
            yield read_lists([path], VOCABULARY, remembered=chosen, **options)


@pytest.mark.parametrize("start", range(START, START + RUNS, BATCH))
def test_damaged_lists(start: int, tmp_path: Path) -> None:
    for number in range(start, min(start + BATCH, START + RUNS)):
        path = ugly_file(number, tmp_path)
        try:
            for reading in read_ugly(path, number):
                check(reading)
        except Exception as error:
            pytest.fail(f"File {number} ({path.name}; FUZZ_START={number} FUZZ_RUNS=1): {error!r}")
        path.unlink()
