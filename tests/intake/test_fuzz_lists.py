"""Real lists, damaged at random: every file is read or refused in a sentence, and no row of a list is lost.

How many rows a file has is counted in the file itself (counting.py), by other means than the reader's, and who is in
them is known from the sound list: every row that names one of its people is read, turned away or told.

FUZZ_RUNS says how many files (`make fuzz` reads thousands), FUZZ_START with which one to begin: a failing file is made
again by its number.
"""

import csv
import io
import os
import re
import resource
import signal
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter

from common.counting import filled_rows
from common.lists import COMMUNES, VOCABULARY
from core.vietnamese import clean, key
from intake import lists, tables
from intake.lists import read_lists
from intake.reading import Reading
from intake.vocabulary import field_names

ROOT = Path(__file__).parents[2]
RUNS = int(os.environ.get("FUZZ_RUNS", "150"))
START = int(os.environ.get("FUZZ_START", "0"))
BATCH = 50
SECONDS = 60
SIGNATURES = ("tm ", "kt ", "chu tich", "pho chu tich", "nguoi lap", "xac nhan", "bi thu")
# What no XML may hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What is told of rows that are not read because of how they are shown.
_SKIPPED = re.compile(r"^\d+ dòng bị (?:ẩn|gạch ngang) \(dòng ([\d–, …]+)\) nên không được đọc")
FIELDS = list(field_names(VOCABULARY))

LISTS = sorted(
    path
    for folder in ("sample_data/lists", "sample_data/registers", "tests/fixtures/lists")
    for path in (ROOT / folder).iterdir()
    if path.suffix in tables.SUFFIXES
)
JUNK: list[object] = [
    "",
    " ",
    "\u00a0",
    "x",
    "X",
    "✓",
    "+",
    "nt",
    '"',
    "-nt-",
    "như trên",
    "-",
    "?",
    "0",
    "1",
    "đang học",
    "đang học Luật",
    "31/02/1975",
    "1.1.75",
    "13/1975",
    "00/0000",
    "ngày 5 tháng 6 năm 1975",
    "1975",
    "…/…/1975",
    "12/12",
    "9/12",
    "Họ và tên",
    "Chức vụ",
    "Trình độ",
    "Nam",
    "Nữ",
    "STT",
    "Xã",
    "Ngoại ngữ",
    "Số CMND",
    "Đến ngày",
    "Loại văn bằng",
    "I. CÁN BỘ",
    "II",
    "Tổng cộng",
    "Cộng: 3 người",
    "Ghi chú: tạm",
    "NGƯỜI LẬP BIỂU",
    "Khuyết",
    "xã Thượng Lộ",
    "Thượng Lon",
    "Hương Hoà",
    "TT. Khe Tre",
    "Hương Xuân",
    "Bí thư kiêm Chủ tịch HĐND",
    "Trưởng ban",
    "A",
    "Bh'ling",
    "=1+1",
    "((((",
    ")",
    "a" * 5000,
    "\u0301",
    "ﷺ",
    "𝕏",
    "\u202e",
    "1\u0661",
    "²",
    "٣",
    "%s{}",
    "ĐH\nLuật",
    "\t",
    "\r\n",
    0,
    1,
    1.5,
    -3,
    1e300,
    27550,
    99999999,
    46070000001,
    True,
    False,
    date(1975, 6, 5),
    date(2018, 12, 9),
]

FORMATS = [
    "dd/mm/yyyy",
    "mm/yyyy",
    "mmm-yy",
    "yyyy",
    '"tháng" m "năm" yyyy',
    "General",
    "d/m",
    "yyyy;@",
    "dd/mm/yyyy hh:mm",
]
HOURS = [(0, 0), (0, 0), (0, 0), (17, 0), (23, 59), (9, 30)]


@cache
def grids(path: Path) -> list[tables.Grid]:
    try:
        return tables.read(path)
    except tables.UnreadableFile:
        return []


@cache
def people(path: Path) -> frozenset[str]:
    """The names in a sound list."""
    reading = read_lists([path], VOCABULARY, require_commune=False, include_hidden=True)
    listed = [*reading.people, *reading.history, *reading.certificates]
    return frozenset(one.full_name for one in listed if len(one.full_name) > 3)


def moved(random: Random, rows: list[list[object]]) -> None:
    """What happens to whole blocks of a list: headings, people, signatures and totals where nobody expects them."""
    heads = [r for r, row in enumerate(rows) if any(key(str(cell)) in ("ho va ten", "ho ten") for cell in row)]
    head = random.choice(heads) if heads else 0
    r, other = random.randrange(len(rows)), random.randrange(len(rows))
    block = [list(row) for row in rows[r : r + random.randrange(1, 5)]]
    heading = list(rows[head])
    place = random.randrange(len(heading)) if heading else 0
    match random.randrange(13):
        case 0 if heading:
            rows[head][place] = ""
        case 1 if heading:
            rows[head][place] = random.choice(["Nhiệm vụ đang đảm nhận", "Người giữ việc", "Cột 7", "…"])
        case 2:
            rows.insert(r, heading)
        case 3 if heading:
            heading[place] = random.choice(["", "Vai trò", "Họ và tên"])
            rows.insert(r, heading)
        case 4:
            rows[other:other] = block
        case 5 if heading:
            heading[place] = "Vai trò"
            rows[:0] = [heading, *block, []]
        case 6:
            del rows[r : r + len(block)]
            rows[len(rows) :] = [[], ["", "Người lập biểu", "", "", "TM. UBND XÃ"], *block]
        case 7:
            rows[r:r] = [[] for _ in range(random.choice([1, 2, 30]))]
        case 8:
            rows.insert(
                r, random.choice([["Tổng cộng", "", 12], ["", "Cộng: 3 người"], ["I", "CÁN BỘ"], ["NGƯỜI LẬP"]])
            )
        case 9:
            for row, beside in zip(rows[other:], [heading, *block], strict=False):
                row += ["", *beside]
        case 10:
            for row in rows:
                del row[place : place + 1]
        case 11 if rows[r]:
            rows[r][random.randrange(len(rows[r]))] = "Họ và tên"
        case _ if heads:
            del rows[head]


def damaged_cells(random: Random, path: Path) -> dict[str, list[list[object]]]:
    """The sheets of a list after some accidents with cells, rows, columns and blocks."""
    sheets = {grid.sheet or "Sheet1": [list(row) for row in grid.cells] for grid in grids(path)}
    for rows in sheets.values():
        for _ in range(random.choice([0, 1, 1, 2, 4])):
            if rows:
                moved(random, rows)
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
    """The sheets as a file of some kind; what a merged range hides is made blank in `sheets` too."""
    kind = random.random()
    if kind < 0.2:
        path = folder / f"{name}.{random.choice(['csv', 'tsv', 'txt'])}"
        with open(path, "w", encoding=random.choice(["utf-8-sig", "utf-8", "utf-16"]), newline="") as file:
            writer = csv.writer(file, delimiter=random.choice(",;\t"))
            for rows in sheets.values():
                writer.writerows(rows)
        return path
    if kind < 0.35:
        return saved_page(folder / f"{name}.xls", sheets)
    if kind < 0.5:
        return saved_open_document(folder / f"{name}.ods", sheets, Random(random.random()))
    return write_plain(folder / f"{name}.xlsx", sheets, Random(random.random()), random)


def looks(random: Random, rows: list[list[object]]) -> tuple[set[int], set[int]]:
    """Rows to hide, and others to strike out; in most sheets there is none."""
    often = random.choice([0, 0, 0.02, 0.3])
    hidden = {r for r in range(len(rows)) if random.random() < often}
    return hidden, {r for r in range(len(rows)) if random.random() < often} - hidden


def write_plain(path: Path, sheets: dict[str, list[list[object]]], look: Random, random: Random | None = None) -> Path:
    """A workbook whose rows, dates and calendar look like anything; with `random` some of its cells are merged."""
    options = {"nan_inf_to_errors": True, "date_1904": look.random() < 0.2}
    with xlsxwriter.Workbook(path, options) as book:
        plain, struck = book.add_format(), book.add_format({"font_strikeout": True})
        for sheet, rows in sheets.items():
            page = book.add_worksheet(sheet)
            hidden, crossed = looks(look, rows)
            for r in hidden:
                page.set_row(r, None, None, {"hidden": True})
            if look.random() < 0.1:
                page.set_column(look.randrange(8), look.randrange(8), None, None, {"hidden": True})
            codes = [book.add_format({"num_format": look.choice(FORMATS)}) for _ in range(3)]
            for _ in range(random.choice([0, 0, 1, 4]) if random else 0):
                assert random
                r, c = random.randrange(20), random.randrange(8)
                last_row, last_column = r + random.randrange(3), c + 1 + random.randrange(3)
                try:
                    page.merge_range(r, c, last_row, last_column, "")
                except xlsxwriter.exceptions.OverlappingRange:
                    continue
                for below, row in enumerate(rows[r : last_row + 1]):
                    first = c if below else c + 1
                    row[first : last_column + 1] = [""] * len(row[first : last_column + 1])
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    style = struck if r in crossed else plain
                    if isinstance(value, date):
                        at = datetime(value.year, value.month, value.day, *look.choice(HOURS))  # noqa: DTZ001
                        page.write_datetime(r, c, at, look.choice(codes))
                    elif isinstance(value, bool | int | float):
                        page.write(r, c, value, style)
                    elif value == "=1+1":
                        page.write_formula(r, c, "=1+1", style, look.choice(["#REF!", "#N/A", "2"]))
                    elif value:
                        page.write_string(r, c, str(value), style)
    return path


def saved_page(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    tables_ = (
        "<table>" + "".join("<tr>" + "".join(f"<td>{escape(str(c))}</td>" for c in row) + "</tr>\n" for row in rows)
        for rows in sheets.values()
    )
    path.write_text(f"<html><meta charset=utf-8><body>{'</table>'.join(tables_)}</table></body></html>", "utf-8")
    return path


def saved_open_document(path: Path, sheets: dict[str, list[list[object]]], look: Random) -> Path:
    prefixes = ("office", "table", "text", "style")
    names = {prefix: f"urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0" for prefix in prefixes}
    spaces = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in names.items())
    styles = (
        '<office:automatic-styles><style:style style:name="g" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    )
    cell = '<table:table-cell{} office:value-type="string"><text:p>{}</text:p></table:table-cell>'

    def written(value: object, style: str) -> str:
        text = _NOT_XML.sub("", str(value))
        return cell.format(style, escape(text)) if text else "<table:table-cell/>"

    def sheet(name: str, rows: list[list[object]]) -> str:
        hidden, struck = looks(look, rows)
        lines = [
            ("<table:table-row>", '<table:table-row table:visibility="filter">')[r in hidden]
            + "".join(written(value, ("", ' table:style-name="g"')[r in struck]) for value in row or [""])
            + "</table:table-row>"
            for r, row in enumerate(rows)
        ]
        return f'<table:table table:name="{escape(name, quote=True)}">{"".join(lines)}</table:table>'

    body = "".join(sheet(name, rows) for name, rows in sheets.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}>{styles}<office:body><office:spreadsheet>{body}</office:spreadsheet>"
            "</office:body></office:document-content>",
        )
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


@dataclass(frozen=True)
class Ugly:
    """A damaged list. `rows` are those its maker knows it to have, with `people` among them; None where bytes broke."""

    path: Path
    rows: list[list[object]] | None = None
    people: frozenset[str] = frozenset()


def ugly_file(number: int, folder: Path) -> Ugly:
    """File `number`: always the same for the same number."""
    random = Random(number)
    source = random.choice(LISTS)
    if random.random() < 0.8 and grids(source):
        sheets = damaged_cells(random, source)
        path = write_cells(random, folder, source.stem, sheets)
        return Ugly(path, [row for rows in sheets.values() for row in rows], people(source))
    data = source.read_bytes()
    packed = data.startswith(b"PK") and random.random() < 0.7
    path = folder / source.name
    path.write_bytes(damaged_part(random, data) if packed else damaged_bytes(random, data))
    return Ugly(path)


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


@pytest.fixture(autouse=True)
def open_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is read again with other answers, and looked at here, is opened once."""
    last: dict[tuple[Path, int], list[tables.Grid]] = {}
    really = tables.read

    def read(path: str | Path) -> list[tables.Grid]:
        which = Path(path), os.stat(path).st_mtime_ns
        if which not in last:
            last.clear()
            last[which] = really(path)
        return last[which]

    monkeypatch.setattr(tables, "read", read)
    monkeypatch.setattr(lists, "read", read)


def check_accounts(reading: Reading, ugly: Ugly) -> None:
    """Each filled row of the file is somewhere, and whoever is named in one is read, turned away or told."""
    for account in reading.accounts:
        parts = [account.read, account.rejected, account.repeated, account.around, account.hidden, account.outside]
        assert min(parts) >= 0
        assert sum(parts) == account.filled
    if ugly.rows is None or (not reading.accounts and reading.unreadable):
        return
    assert sum(account.filled for account in reading.accounts) == sum(filled_rows(ugly.path).values())
    if reading.unreadable:
        return
    taken = [(one.sheet, one.row) for one in [*reading.people, *reading.history, *reading.certificates]]
    away = [(one.sheet, one.row) for one in reading.rejected]
    same = [(i.sheet, i.row) for i in reading.issues if "giống hệt dòng" in i.message]
    left = [(left.sheet, row) for left in reading.left_out for row in left.rows]
    skipped = [(issue.sheet, row) for issue in reading.issues for row in skipped_rows(issue.message)]
    assert len(skipped) == len(set(skipped))
    many = any(_SKIPPED.search(issue.message) and "…" in issue.message for issue in reading.issues)
    assert many or len(skipped) == sum(account.hidden for account in reading.accounts)
    assert not set(skipped) & {*taken, *away, *same}
    told = {*taken, *away, *same, *left, *skipped}
    lost = []
    named = 0
    for grid in tables.read(ugly.path):
        signed = False
        for i in grid.filled():
            words = {clean(str(cell)) for cell in grid.cells[i] if key(str(cell))}
            signed = signed or any(key(word).startswith(SIGNATURES) for word in words)
            named += bool(words & ugly.people)
            # Who signs the list is often in it.
            signers = tuple(words & ugly.people)
            signs = signed and all(
                key(word).startswith(SIGNATURES)
                or word.startswith(signers)
                or any(name.startswith(word) for name in signers)
                for word in words - ugly.people
            )
            # A name that strayed into a row of headings makes nobody of it.
            heads = sum(VOCABULARY.code("column", word) is not None for word in words)
            signs = signs or (heads > 2 and heads + 1 >= len(words))
            if signers and not signs and not many and (grid.sheet, grid.first_row + i) not in told:
                lost.append((grid.sheet, grid.first_row + i, words))
    assert not lost, lost
    # Nor is anybody lost in opening the file.
    assert named >= sum(bool({clean(str(cell)) for cell in row} & ugly.people) for row in ugly.rows)


def skipped_rows(message: str) -> list[int]:
    """The rows a message names as hidden or struck out, and so not read."""
    found = _SKIPPED.search(message)
    runs = [run.split("–") for run in found[1].split(", ") if run != "…"] if found else []
    return [row for run in runs for row in range(int(run[0]), int(run[-1]) + 1)]


def check(reading: Reading) -> None:
    assert len(reading.files) + len(reading.unreadable) == 1
    for issue in reading.problems():
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


def worked() -> float:
    """Seconds of the processor, the child's included: a machine that is busy does not count."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("start", range(START, START + RUNS, BATCH))
def test_damaged_lists(start: int, tmp_path: Path) -> None:
    slowest, at = 0.0, start
    for number in range(start, min(start + BATCH, START + RUNS)):
        ugly = ugly_file(number, tmp_path)
        began = worked()
        try:
            for reading in read_ugly(ugly.path, number):
                slowest, at = max((slowest, at), (worked() - began, number))
                check(reading)
                check_accounts(reading, ugly)
                began = worked()
        except Exception as error:
            pytest.fail(f"File {number} ({ugly.path.name}; FUZZ_START={number} FUZZ_RUNS=1): {error!r}")
        ugly.path.unlink()
    # No test of a clock, but a measure, which `make fuzz` shows (-rP prints what passing tests said).
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(f"Tệp {start}-{number}: lâu nhất {slowest:.1f} giây (tệp {at}), bộ nhớ cao nhất {memory} MB")


def test_damaged_old_workbooks(tmp_path: Path) -> None:
    """The same as .xls, which only LibreOffice writes; its rows are counted in the .xlsx it was made from."""
    made = {}
    for number in range(START, START + max(4, RUNS // 50)):
        random = Random(number)
        source = random.choice(LISTS)
        sheets = damaged_cells(random, source)
        path = tmp_path / f"{number}.xlsx"
        if sheets:
            write_plain(path, sheets, random)
            made[path] = Ugly(path, [row for rows in sheets.values() for row in rows], people(source))
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = ["soffice", home, "--headless", "--convert-to", "xls", "--outdir", str(tmp_path), *map(str, made)]
    subprocess.run(command, check=True, capture_output=True)
    for path, ugly in made.items():
        reading = read_lists([path.with_suffix(".xls")], VOCABULARY, require_commune=False)
        check(reading)
        check_accounts(reading, ugly)
        assert sum(a.filled for a in reading.accounts) == sum(filled_rows(path).values())
