"""The lists of communes as rows of people, posts held and certificates, with everything that is wrong in them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from core.vietnamese import Partial, clean, date_short, is_spelt, key, of_short_year, parse_date, spelt
from intake.called import told_of_titles, with_notes, without_title
from intake.cells import as_text, is_ditto, is_failure, is_mark, is_nothing, shortened
from intake.datecolumn import put_right
from intake.hidden_text import (
    as_seen,
    rows_apart,
    told_of_cells,
    told_of_copies,
    told_of_doubt,
    told_of_headings,
    told_of_rows,
)
from intake.identifiers import (
    LENGTHS,
    ROUNDED,
    is_made_up,
    paper_numbers,
    plain,
    unreadable,
    was_reckoned,
    with_zeros,
)
from intake.leaving import done, says_done, says_left
from intake.leftover import are_names, are_several_people, is_like_a_person
from intake.plausible import (
    OLDEST_IN_POST,
    YOUNGEST_IN_POST,
    births_in_post,
    is_within,
    is_younger,
    starts_in_post,
    youngest_for,
)
from intake.reading import (
    Account,
    Certificate,
    Issue,
    Layout,
    LeftOut,
    ListedPerson,
    PastPosting,
    Reading,
    RejectedRow,
    StrangeWord,
)
from intake.recognise import VACANT, Found, Header, Outside, Row, Table, find_tables, joined
from intake.stray_cells import Note, under_no_heading, without_merges
from intake.tables import Grid, UnreadableFile, read
from intake.unheld import ends_in
from intake.vocabulary import Held, Unclear, Vocabulary, field_names

_LEVEL_FIELDS = ("hoc_van", "llct", "qlnn", "tin_hoc", "tieng_dtts")
# Nobody has the name of the row above, and a number copied down would make two people one.
_NEVER_DITTO = ("full_name", "identifier")
_PAPER = re.compile(r"\b(?:cmnd|cmtnd|cmt|cccd|chung minh|can cuoc|dinh danh)\b")
# What stands in place of a name where a post is empty, or adds up.
_EMPTY = (*VACANT, "còn khuyết", "đang khuyết", "còn trống", "để trống", "chưa bầu")
_NOBODY = (
    *_EMPTY,
    *("x", "tổng", "tổng số", "cộng", "tổng cộng", "nơi nhận"),
)
_TEXT_FILES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class _Place:
    """Where a row stands, and what holds for the whole table it is in."""

    file: str
    sheet: str
    header: Header
    commune: str | None
    require_commune: bool
    odd: "_Odd"
    # What was read of the levels of a row of which nothing had to be told, by what its cells say.
    levels: dict[tuple[object, ...], tuple[Held, ...]] = field(default_factory=dict)

    @cached_property
    def read(self) -> frozenset[int]:
        """All places that are read."""
        return frozenset(place for places in self.header.columns.values() for place in places)

    @cached_property
    def level_places(self) -> tuple[int, ...]:
        """The places of the levels people hold, and of the field of study."""
        names = ("chuyen_mon", "nganh", *_LEVEL_FIELDS)
        marked = [place for columns in self.header.marks.values() for _, place in columns]
        return (*(place for name in names for place in self.header.columns.get(name, ())), *marked)


@dataclass(frozen=True)
class _Odd:
    """Of the texts of all people of a sheet those that say 'the same as above', and those of formulas that failed.

    Mostly there are none, and no row has to be looked through for them.
    """

    dittos: frozenset[str]
    failures: frozenset[str]


def _odd(tables: Iterable[Table]) -> _Odd:
    texts: set[str] = set()
    texts.update(*(row.texts for table in tables for row in table.rows))
    return _Odd(frozenset(filter(is_ditto, texts)), frozenset(filter(is_failure, texts)))


def read_lists(
    paths: Iterable[str | Path],
    vocabulary: Vocabulary,
    default_commune: str | None = None,
    require_commune: bool = True,
    *,
    remembered: Mapping[tuple[str, str], str] | None = None,
    communes: Mapping[str, str] | None = None,
    include_hidden: bool = False,
    each_row: bool = False,
    as_of: date | None = None,
    newest: date | None = None,
    refused: Mapping[int, str] | None = None,
    progress: Callable[[int], None] = lambda step: None,
) -> Reading:
    """Reads lists of people in post, of posts held and of certificates, whatever they look like.

    A row with an error is left out and told; a missing value is neither. The commune is the one the row names,
    else the title or a heading above it, else the sheet's name, else the file's, else `default_commune` (any
    spelling of a known commune). Without `require_commune` a row may do without one. `remembered` says what a
    column is, by (layout key, heading), as a code of `field_names`; `communes` whose list a file is, by its name.
    Files of the same name are told apart by a number: 'ds.xlsx', 'ds (2).xlsx'. Hidden sheets are only read with
    `include_hidden`. The same row twice in a list is one person, unless `each_row` is to be judged. The lists speak for
    the day `as_of`, else the latest that a title states, else `newest`; without any no date is too late for them.
    `refused` says of files, by their place among `paths`, why they are not to be read. Of n files `progress` is called
    with k before file k is opened, and with n + k before its rows are read. Never raises for what is in the files.
    """
    files = [Path(path) for path in paths]
    refused = refused or {}
    reading = Reading(kinds=vocabulary.kinds)
    lists = _Lists(reading, vocabulary, require_commune, each_row, include_hidden)
    default = vocabulary.commune(default_commune) if default_commune else None
    corrected = {(k, key(h)): code for (k, h), code in (remembered or {}).items() if code in lists.names}
    names: set[str] = set()
    # No row is read before it is known for which day all of them speak.
    sheets: dict[int, list[tuple[Grid, Found, str | None]]] = {}
    nothing: set[str] = set()
    for number, path in enumerate(files):
        progress(number)
        name = _own_name(path, names)
        named = vocabulary.commune(communes[name]) if communes and name in communes else default
        try:
            if number in refused:
                raise UnreadableFile(refused[number])
            grids = [replace(grid, file=name) for grid in read(path)]
        except UnreadableFile as error:
            reading.unreadable.append(Issue(name, "", None, "", "error", str(error)))
            continue
        found = False
        hidden = []
        for grid in grids:
            contents = find_tables(grid, vocabulary, corrected)
            if grid.hidden and not include_hidden:
                filled = len(grid.filled())
                reading.accounts.append(Account(name, grid.sheet, filled, hidden=filled))
                # Hidden sheets often hold the values of drop-down lists, which are not worth a word.
                if any(table.rows for table in contents.tables) or any(
                    is_like_a_person(row.texts, vocabulary) for row in contents.outside
                ):
                    hidden.append(grid.sheet)
                continue
            commune = vocabulary.commune_in([grid.sheet]) or vocabulary.commune_in([path.stem]) or named
            sheets.setdefault(number, []).append((grid, contents, commune))
            found = found or any(table.rows for table in contents.tables)
            for table in contents.tables:
                if table.stated and table.rows:
                    reading.stated.setdefault(name, table.stated)
        for hidden_sheet in hidden:
            message = (
                f"Trang tính ẩn “{hidden_sheet}” có danh sách nhưng không được đọc; "
                "nếu cần, đồng ý đọc trang tính ẩn, hoặc bỏ ẩn rồi nạp lại."
            )
            reading.issues.append(Issue(name, hidden_sheet, None, "", "warning", message))
        if found:
            reading.files.append(name)
        else:
            reading.unreadable.append(Issue(name, "", None, "", "error", _no_list(name, hidden)))
            nothing.add(name)
    lists.day = as_of or max(reading.stated.values(), default=newest)
    for number, there in sheets.items():
        progress(len(files) + number)
        for sheet in there:
            lists.read(*sheet)
    # A file without a list is already reported as unreadable in one piece.
    reading.left_out[:] = [left for left in reading.left_out if left.file not in nothing]
    reading.strange.extend(lists.strange.values())
    return reading


def _own_name(path: Path, taken: set[str]) -> str:
    name = path.name
    for n in range(2, len(taken) + 3):
        if name not in taken:
            break
        name = f"{path.stem} ({n}){path.suffix}"
    taken.add(name)
    return name


def _no_list(name: str, hidden: list[str]) -> str:
    if hidden:
        return f"Tệp {name} chỉ có danh sách trong trang tính ẩn “{hidden[0]}”; bỏ ẩn trang tính, lưu rồi nạp lại."
    return (
        f"Tệp {name} không có danh sách nào; cần một hàng tiêu đề có cột Họ và tên, cột Chức vụ "
        "và ít nhất một người bên dưới."
    )


class _Lists:
    """Reads the tables of one sheet after the other into the reading."""

    def __init__(
        self,
        reading: Reading,
        vocabulary: Vocabulary,
        require_commune: bool,
        each_row: bool,
        include_hidden: bool,
    ) -> None:
        self.reading = reading
        self.vocabulary = vocabulary
        self.require_commune = require_commune
        self.each_row = each_row
        self.include_hidden = include_hidden
        self.day: date | None = None
        self.names = field_names(vocabulary)
        self.strange: dict[tuple[str, str], StrangeWord] = {}

    def read(self, grid: Grid, contents: Found, commune: str | None) -> None:
        """Reads the lists of a sheet."""
        tables = self._as_meant(grid, contents.tables, {row.number for row in contents.outside if row.beside})
        before = self._counts()
        apart = self._rows_apart(grid, tables)
        for rows, message in told_of_headings(contents):
            self.reading.issues.append(Issue(grid.file, grid.sheet, rows[0], "", "warning", message))
        struck: dict[int, dict[int, str]] = {}
        for (i, column), kept in grid.struck.items():
            struck.setdefault(grid.first_row + i, {})[column] = kept
        layouts: dict[str, Layout] = {}
        listed = _Listed()
        above: dict[str, _RowReader] = {}
        odd = _odd(tables)
        copied: dict[str, list[int]] = {}
        titled: dict[str, list[tuple[int, str, str]]] = {}
        for table in tables:
            header = table.header
            place = _Place(grid.file, grid.sheet, header, commune, self.require_commune, odd)
            known = layouts.get(header.key)
            if known is None:
                self.reading.issues.extend(_near_headings(place, table.header_row, self.names))
            people = sum(row.number not in apart for row in table.rows)
            layouts[header.key] = (
                replace(known, people=known.people + people)
                if known
                else Layout(grid.file, grid.sheet, table.header_row, header.key, header.described, people)
            )
            for row in table.rows:
                remarks = grid.remarks.get(row.number - grid.first_row, {})
                is_apart = row.number in apart
                reader = _RowReader(place, row, self, listed, struck.get(row.number, {}), remarks, is_apart=is_apart)
                # A list goes on under a header that is repeated on the next page, and below a row that is hidden.
                reader.fill_in(above.get(header.key))
                if not is_apart:
                    reader.read()
                    for column in sorted(reader.copied & place.read):
                        copied.setdefault(header.headings[column], []).append(row.number)
                    if reader.titled:
                        titled.setdefault(reader.heading("full_name"), []).append((row.number, *reader.titled))
                above[header.key] = reader
        self.reading.layouts.extend(layouts.values())
        for heading, message in told_of_copies(copied):
            self.reading.issues.append(Issue(grid.file, grid.sheet, None, heading, "warning", message))
        for heading, severity, message in told_of_titles(titled):
            self.reading.issues.append(Issue(grid.file, grid.sheet, None, heading, severity, message))
        self._account(grid, contents, before, len(apart))
        if grid.converted and any(table.rows for table in tables):
            where = f"Trang tính “{grid.sheet}”" if grid.sheet else f"Tệp {grid.file}"
            message = (
                f"{where} viết bằng bảng mã {grid.converted}, đã chuyển sang Unicode; "
                "xem lại vài họ tên có đúng dấu không."
            )
            self.reading.issues.append(Issue(grid.file, grid.sheet, None, "", "info", message))

    def _as_meant(self, grid: Grid, tables: list[Table], beside: set[int]) -> list[Table]:
        """The tables as the eye sees their columns, with the dates that a whole column shows to be meant.

        Tells of all that; of what stands `beside` in a row has been told.
        """
        told: dict[tuple[str, str], None] = {}
        seen = []
        for table in tables:
            table, hidden = as_seen(grid, table)
            seen.append(table)
            told |= {(column.heading, message[0].upper() + message[1:]): None for column, message in hidden}
        seen, merged = without_merges(grid, seen)
        seen, notes = put_right(seen, grid.from_1904)
        told |= {(heading, f"Cột “{shortened(heading)}”: {said}"): None for heading, said in notes}
        bare = under_no_heading(grid, seen, beside)
        for note in [*merged, *(Note(heading, "warning", message) for heading, message in told), *bare]:
            self.reading.issues.append(Issue(grid.file, grid.sheet, None, note.heading, note.severity, note.message))
        return seen

    def _rows_apart(self, grid: Grid, tables: list[Table]) -> set[int]:
        """The rows that are not read because of how they are shown; tells of them."""
        hidden, struck = rows_apart(grid, tables)
        apart = {*struck, *(() if self.include_hidden else hidden)}
        told = told_of_rows(hidden, struck, self.include_hidden)
        for rows, message in (*told, *told_of_doubt(grid, tables, apart)):
            first = rows[0] if len(rows) == 1 else None
            self.reading.issues.append(Issue(grid.file, grid.sheet, first, "", "warning", message))
        for heading, message in told_of_cells(grid, tables, apart):
            self.reading.issues.append(Issue(grid.file, grid.sheet, None, heading, "warning", message))
        return apart

    def _counts(self) -> tuple[int, int]:
        reading = self.reading
        return len(reading.people) + len(reading.history) + len(reading.certificates), len(reading.rejected)

    def _account(self, grid: Grid, contents: Found, before: tuple[int, int], apart: int) -> None:
        """Adds up where the rows of a sheet went; `apart` were not read because of how they are shown."""
        read, rejected = (now - then for now, then in zip(self._counts(), before, strict=True))
        people = sum(len(table.rows) for table in contents.tables)
        outside = sum(not row.beside for row in contents.outside)
        filled = len(grid.filled())
        self.reading.accounts.append(
            Account(
                grid.file,
                grid.sheet,
                filled,
                read,
                rejected,
                people - apart - read - rejected,
                filled - people - outside,
                apart,
                outside,
            )
        )
        run: list[Outside] = []
        for row in contents.outside:
            if run and (row.why, row.beside) == (run[-1].why, run[-1].beside) and row.number - run[-1].number <= 2:
                run.append(row)
            else:
                self._leave_out(grid, run)
                run = [row]
        self._leave_out(grid, run)

    def _leave_out(self, grid: Grid, run: list[Outside]) -> None:
        if run:
            rows, cells = tuple(row.number for row in run), tuple(row.texts for row in run)
            self.reading.left_out.append(LeftOut(grid.file, grid.sheet, rows, cells, run[0].why, run[0].beside))

    def meet(self, domain: str, words: Iterable[str], place: str) -> None:
        """Counts words that nobody knows; a bare number in the column of another is none."""
        for word in words:
            if domain != "hoc_van" and not any(c.isalpha() for c in word):
                continue
            # Two words that differ in their accents may mean two things.
            met = self.strange.get((domain, spelt(word)))
            self.strange[domain, spelt(word)] = (
                replace(met, count=met.count + 1) if met else StrangeWord(domain, word, 1, place)
            )


class _Listed:
    """The people of one list by who they are, to see who stands in it twice."""

    def __init__(self) -> None:
        self.rows: dict[tuple[object, ...], int] = {}
        self.people: dict[tuple[str, Partial | None, str | None], ListedPerson] = {}
        self.identifiers: dict[str, tuple[str, int]] = {}


def _near_headings(place: _Place, row: int, names: Mapping[str, str]) -> Iterable[Issue]:
    for column in place.header.described:
        if column.how == "near":
            message = (
                f"Dòng {row}: cột “{shortened(column.heading)}” được hiểu là cột “{names[column.field or '']}”; "
                "nếu không phải, chọn lại cột hoặc sửa tiêu đề rồi nạp lại."
            )
            yield Issue(place.file, place.sheet, row, column.heading, "warning", message)


# All that a row says: everything but where it stands.
_content = attrgetter(*(f.name for f in fields(ListedPerson) if f.name != "row"))

_T = TypeVar("_T")


def _lines(cell: object) -> list[str]:
    """The lines of a cell that say something."""
    if not isinstance(cell, str):
        return []
    # What ends a line is not printed.
    lines = [cell] if cell.isprintable() else cell.splitlines()
    return [line for line in map(clean, lines) if line]


@dataclass(frozen=True)
class _Above:
    """The row that 'nt' repeats: its cells as they were read, the places of those that were left out because of how
    they are shown, and of those that only a row says that is not read.
    """

    cells: list[object]
    lost: frozenset[int]
    unseen: frozenset[int]


class _RowReader:
    """Reads one row into the reading, or tells why it cannot be taken."""

    def __init__(
        self,
        place: _Place,
        row: Row,
        lists: _Lists,
        listed: _Listed,
        struck: Mapping[int, str],
        remarks: Mapping[int, str],
        *,
        is_apart: bool,
    ) -> None:
        self.is_apart = is_apart
        self.place = place
        self.row = row
        self.cells = row.cells
        self.texts = row.texts
        self.lists = lists
        self.listed = listed
        self.struck = struck
        self.remarks = {place: said for place, said in remarks.items() if place < len(row.texts)} if remarks else {}
        self.vocabulary = lists.vocabulary
        self.reading = lists.reading
        self.columns = place.header.columns
        self.errors: list[str] = []
        # Whether anything was told of the row.
        self.told = False
        # Places of cells left out because of how they are shown, and of those that repeat a row that is not read.
        self.lost: set[int] = set()
        self.copied: set[int] = set()
        # The name as it is read, and, where it has a title, what was written and what of it is read.
        self.name = ""
        self.titled: tuple[str, str] | None = None

    def as_above(self) -> _Above:
        """This row for the one below it."""
        unseen = range(len(self.cells)) if self.is_apart else self.copied
        return _Above(self.cells, frozenset(self.lost), frozenset(unseen))

    def fill_in(self, before: "_RowReader | None") -> None:
        """Puts what the row before says where this one says 'nt'."""
        if self.place.odd.dittos.isdisjoint(self.texts):
            return
        above = before.as_above() if before else None
        dittos = [place for place, text in enumerate(self.texts) if is_ditto(text)]
        own = {place for name in _NEVER_DITTO for place in self.columns.get(name, ())}
        dittos = [place for place in dittos if place not in own]
        if dittos:
            self.cells, self.texts = list(self.cells), list(self.texts)
        for place in dittos:
            written = shortened(self.texts[place])
            self.cells[place] = above.cells[place] if above else ""
            self.texts[place] = as_text(self.cells[place])
            if not above:
                self._tell(place, "warning", f"“{written}” nhưng không có dòng nào ở trên, ô này coi như để trống.")
            elif place in above.unseen:
                self.copied.add(place)
            elif place in above.lost:
                self.lost.add(place)
                if not self.is_apart:
                    what = f"“{written}” nhưng ô ở trên bị gạch ngang hoặc là lỗi của công thức"
                    self._tell(place, "warning", f"{what}, ô này coi như để trống. Nếu cần, sửa trong tệp rồi nạp lại.")

    def _see(self) -> None:
        """Leaves out what is no value to the eye: text that is struck out, formulas that failed or were never run."""
        # What came down from the row above is looked at anew.
        if self.texts is self.row.texts and not self.struck and self.place.odd.failures.isdisjoint(self.texts):
            return
        failed = [place for place, text in enumerate(self.texts) if is_failure(text)]
        if not failed and not self.struck:
            return
        kept = dict.fromkeys(failed, "") | {p: rest for p, rest in self.struck.items() if self.texts[p]}
        self.cells, self.texts = list(self.cells), list(self.texts)
        for place in sorted(kept.keys() & self.place.read):
            written = f"“{shortened(self.texts[place])}”"
            what = f"{written} {'có chỗ ' if kept[place] else ''}bị gạch ngang"
            if place in failed and self.texts[place].startswith("="):
                what = f"{written} là công thức chưa có kết quả (mở bằng Excel, lưu lại thì có)"
            elif place in failed:
                what = f"{written} là lỗi của công thức"
            then = f"chỉ đọc “{shortened(kept[place])}”" if kept[place] else "ô này coi như để trống"
            self._tell(place, "warning", f"{what}, {then}. Nếu cần, sửa trong tệp rồi nạp lại.")
            self.cells[place] = self.texts[place] = kept[place]
            if not kept[place]:
                self.lost.add(place)

    def read(self) -> None:
        self._see()
        match self.place.header.kind:
            case "certificates":
                self._keep(self.reading.certificates, self._certificate())
            case "history":
                self._keep(self.reading.history, self._past_posting())
            case _:
                person = self._person()
                if self.errors or self.lists.each_row or not self._is_repeated(person):
                    self._keep(self.reading.people, person)

    def _keep(self, rows: list[_T], row: _T) -> None:
        where = (self.place.file, self.place.sheet, self.row.number)
        written = (self.place.header.headings, tuple(self.row.cells))
        if self.errors:
            self.reading.rejected.append(RejectedRow(*where, *written, " ".join(self.errors)))
        else:
            rows.append(row)
            self.reading.written[where] = written

    def _is_repeated(self, person: ListedPerson) -> bool:
        """Whether the list has this very row already; tells of another row of the same person."""
        first = self.listed.people.setdefault((key(person.full_name), person.birth, person.commune), person)
        if first is person:
            return False
        # All that rows say is compared only where they are of one name, birth and commune.
        self.listed.rows.setdefault(_content(first), first.row)
        same = self.listed.rows.setdefault(_content(person), person.row)
        if same != person.row:
            self._tell("full_name", "warning", f"giống hệt dòng {same}, chỉ tính một lần.")
            return True
        if first.identifier and person.identifier and first.identifier != person.identifier:
            return False
        what = (
            f"trùng họ tên, ngày sinh và xã với dòng {first.row}. Nếu là một người giữ hai chức vụ thì không cần sửa; "
            "nếu là hai người thì ghi số CMND/CCCD của từng người rồi nạp lại."
        )
        self._tell("full_name", "warning", what)
        return False

    def _person(self) -> ListedPerson:
        birth, gender = self._birth()
        started, first_held = self._started(birth)
        places = (place for name in ("note", "end_reason") for place in self.columns.get(name, ()))
        notes = {place: self._note(place) for place in places if not is_nothing(self.texts[place])}
        self._look_around()
        return ListedPerson(
            self.place.file,
            self.place.sheet,
            self.row.number,
            self._name(),
            birth,
            gender,
            self._text("ethnicity") or None,
            self._commune(),
            self._posts(),
            joined(self.texts, self.columns["post"], "; "),
            started,
            first_held,
            self._levels(birth),
            "; ".join(dict.fromkeys(notes.values())),
            *self._identifiers(),
        )

    def _past_posting(self) -> PastPosting:
        birth, gender = self._birth()
        started, first_held = self._started(birth)
        held = PastPosting(
            self.place.file,
            self.place.sheet,
            self.row.number,
            self._name(),
            birth,
            gender,
            self._text("ethnicity") or None,
            self._commune(),
            self._posts(),
            started,
            self._ended(started),
            self._end_reason(),
            first_held,
            *self._identifiers(),
        )
        then = held.started or held.ended
        # A register of today tells of posts that were called the same and were others.
        return replace(held, posts=tuple(self.vocabulary.post_on(p, then.on) for p in held.posts)) if then else held

    def _certificate(self) -> Certificate:
        birth, _ = self._birth()
        return Certificate(
            self.place.file,
            self.place.sheet,
            self.row.number,
            self._name(),
            birth,
            self._commune(),
            self._held(birth),
            *self._identifiers(),
        )

    def _name(self) -> str:
        places = self.columns["full_name"]
        name = joined(self.texts, places)
        is_heading = self.vocabulary.code("column", name) == "full_name"
        if not any(c.isalpha() for c in name) or is_ditto(name) or is_heading:
            self._error("full_name", "để trống" if not name else f"“{shortened(name)}” không phải là họ tên")
        apart = list(dict.fromkeys(self.texts[place] for place in places if self.texts[place])) if places[1:] else ()
        if len(apart) > 1 and any(right - left > 1 for left, right in pairwise(places)):
            who = " và ".join(f"“{shortened(one)}”" for one in apart)
            what = f"một dòng có hai người, {who}; hai bảng cạnh nhau thì chuyển bảng bên phải xuống dưới bảng bên trái"
            self._error("full_name", what)
        written = self.cells[places[0]]
        lines = _lines(written)
        beside = (place for field in ("post", "birth_date") for place in self.columns.get(field, ()))
        if (
            len(lines) > 1
            and any(len(_lines(self.cells[place])) == len(lines) for place in beside)
            and are_names(lines)
        ):
            self._error("full_name", f"ghi {len(lines)} người trong một ô; tách mỗi người thành một dòng")
        elif isinstance(written, str) and are_several_people(written):
            self._error("full_name", "ghi nhiều người trong một ô; tách mỗi người thành một dòng")
        if is_spelt(name, _NOBODY):
            self._error("full_name", f"“{shortened(name)}” không phải là họ tên; chức vụ chưa có người thì bỏ dòng này")
        self.name = self._without_title(self._without_note(name, written if len(places) == 1 else name))
        return self.name

    def _without_note(self, name: str, cell: object) -> str:
        """The name without a note behind it that somebody left: 'Đặng Văn Bình (đã nghỉ hưu)' is Đặng Văn Bình."""
        for before, note in with_notes(name, cell):
            if not before:
                self._error("full_name", f"“{shortened(name)}” không phải là họ tên")
                return name
            if is_spelt(note, _EMPTY):
                self._tell(
                    "full_name",
                    "warning",
                    f"“{shortened(note)}” sau họ tên cho thấy chức vụ chưa có người, nhưng danh sách vẫn tính người "
                    "này là đang giữ chức vụ. Nếu đã thôi thì bỏ dòng này khỏi danh sách rồi nạp lại và ghi ngày thôi; "
                    "nếu chưa thì không cần sửa.",
                )
                return before
            if says_left(note, None, self._here()):
                if not self._look_at_note("full_name", note):
                    self._tell("full_name", "info", f"“{shortened(note)}” được đọc là ghi chú, không phải là họ tên.")
                return before
        return name

    def _without_title(self, name: str) -> str:
        read, is_doubtful = without_title(name)
        if read != name or is_doubtful:
            self.titled = (name, read)
        return read

    def _identifiers(self) -> tuple[str | None, tuple[str, ...]]:
        """The number of the person's paper or file, cleaned of what stands around it, and others of the same person.

        Of an old paper and a new one that of the new; of two new ones nobody can say which.
        """
        places = [place for place in self.columns.get("identifier", ()) if not is_nothing(self.texts[place])]
        numbers = tuple(dict.fromkeys(number for place in places for number in self._real_numbers_in(place)))
        for text in numbers:
            name, row = self.listed.identifiers.setdefault(text, (key(self.name), self.row.number))
            if name != key(self.name):
                self._error("identifier", f"{shortened(text)} đã là của người khác ở dòng {row}")
        if len(numbers) < 2:
            return next(iter(numbers), None), ()
        written = " / ".join(shortened(plain(self.texts[place])) for place in places)
        newest = [number for number in numbers if len(number) == max(LENGTHS)]
        if len(newest) == 1:
            what = f"kho đã có số nào thì giữ số ấy, chưa có số nào thì dùng số căn cước {newest[0]}"
            self._tell("identifier", "warning", f"“{written}” có hai số: {what}.")
            return newest[0], tuple(number for number in numbers if number not in newest)
        what = "chỉ dùng để nhận ra người kho đã biết theo số ấy, không ghi số mới. Cần thì sửa còn một số rồi nạp lại"
        self._tell("identifier", "warning", f"“{written}” có nhiều số: {what}.")
        return None, numbers

    def _real_numbers_in(self, place: int) -> list[str]:
        """The numbers in a cell without those that nobody can have; that there are such is told."""
        numbers = self._numbers_in(place)
        for number in filter(is_made_up, numbers):
            said = f"{shortened(number)} không phải là số thật (các chữ số lặp lại hoặc đếm liên tiếp)"
            self._tell(place, "warning", f"{said}. Dòng vẫn được nhận mà không có số ấy; ghi lại số trên giấy tờ.")
        return [number for number in numbers if not is_made_up(number)]

    def _numbers_in(self, place: int) -> list[str]:
        """The numbers in a cell; that there are none is told."""
        written = plain(self.texts[place])
        if why := unreadable(self.cells[place], written):
            self._warn(place, f"“{shortened(written)}” {why}")
            return []
        digits = re.sub(r"[\s.\-]", "", written)
        if _PAPER.search(key(self.place.header.headings[place])):
            return self._paper_numbers(place, written, digits)
        if any(c.isdigit() for c in written):
            return [digits if digits.isdigit() else written]
        self._warn(place, f"“{shortened(written)}” không phải là số định danh, cần ghi đủ các chữ số")
        return []

    def _paper_numbers(self, place: int, written: str, digits: str) -> list[str]:
        """The numbers of identity papers in a cell; what is not simply written is told."""
        if was_reckoned(written):
            self._warn(place, f"“{shortened(written)}” có phần lẻ sau dấu phẩy, ghi lại số như trên giấy tờ")
            return []
        if whole := with_zeros(digits):
            if isinstance(self.cells[place], int | float):
                return [whole]
            if self.place.file.lower().endswith(_TEXT_FILES) or was_reckoned(self.texts[place]):
                # Its cells have no type: a sheet that was saved as text may have dropped the zeros before.
                self._read_as(place, "thiếu số 0 ở đầu", written, whole)
                return [whole]
        numbers = paper_numbers(written)
        if not numbers:
            what = "không phải là số CMND (9 chữ số) hoặc căn cước (12 chữ số)"
            self._warn(place, f"“{shortened(written)}” {what}")
        if any(number not in re.sub(r"[^0-9]", "", written) for number in numbers):
            self._read_as(place, "có chữ O hoặc I ở chỗ chữ số", written, " và ".join(numbers))
        return numbers

    def _read_as(self, place: int, what: str, written: str, read: str) -> None:
        message = f"“{shortened(written)}” {what}, được đọc là {read}; nếu không phải, sửa trong tệp rồi nạp lại."
        self._tell(place, "warning", message)

    def _birth(self) -> tuple[Partial | None, str | None]:
        """The birth date and the gender, which may be told by the column the date stands in."""
        days = births_in_post(self.lists.day) if self.lists.day else None
        name, birth = "birth_date", self._date("birth_date", births_in_post)
        told = {}
        for column, gender in (("birth_male", "nam"), ("birth_female", "nu")):
            text = self._text(column)
            if text and (is_mark(text) or not is_nothing(text)):
                told[gender] = column
                if not is_mark(text) and (own := self._date(column, births_in_post)):
                    name, birth = column, own
        if len(told) > 1:
            self._error("birth_female", "ghi cả ở cột Nam lẫn cột Nữ nên không rõ giới tính")
        if birth and days and (what := self._no_birth(birth, days)):
            self._warn(name, f"sinh {self._said(birth)} {what}")
            birth = None
        return birth, self._gender() or next(iter(told), None)

    def _no_birth(self, birth: Partial, days: tuple[date, date]) -> str | None:
        """Why nobody in the table was born then."""
        is_to_come = self.lists.day and birth.on > self.lists.day
        if not is_to_come and (self.place.header.kind != "list" or is_within(birth, days)):
            return None
        day = f"ngày {date_short(self.lists.day)}" if self.lists.day else ""
        if is_to_come:
            return f"là sau {day}, ngày của danh sách"
        if birth.on > days[1]:
            return f"thì đến {day} chưa đủ {YOUNGEST_IN_POST} tuổi mà đang giữ chức vụ"
        return f"thì đến {day} đã quá {OLDEST_IN_POST} tuổi mà còn giữ chức vụ"

    def _started(self, birth: Partial | None) -> tuple[Partial | None, Partial | None]:
        """When the post was taken up, and first held: the same day in lists that have one column for both."""
        started = self._taken_up("started_on", birth)
        return started, self._taken_up("first_held_on", birth) if "first_held_on" in self.columns else started

    def _taken_up(self, name: str, birth: Partial | None) -> Partial | None:
        moment = self._date(name, lambda day: starts_in_post(day, birth))
        if moment and self._is_to_come(moment):
            what = f"{self._said(moment)} là sau ngày {date_short(self.lists.day)}, ngày của danh sách"
            if self.place.header.kind == "list":
                self._warn(name, what)
                return None
            self._doubt(name, what)
        elif moment and birth and is_younger(birth, moment, YOUNGEST_IN_POST):
            said = f"{self._said(moment)}, khi người sinh {self._said(birth)} chưa đủ {YOUNGEST_IN_POST} tuổi"
            self._doubt(name, f"giữ chức vụ từ {said}")
        return moment

    def _is_to_come(self, moment: Partial) -> bool:
        """Whether a moment is after the day the list speaks for; where rows are judged the verdict tells of it."""
        return self.lists.day is not None and moment.on > self.lists.day and not self.lists.each_row

    def _ended(self, started: Partial | None) -> Partial | None:
        try:
            # Without it the post would count as still held.
            ended = parse_date(self._split_date("ended_on") or self._cell("ended_on"))
        except ValueError as error:
            self._error("ended_on", str(error))
            return None
        if ended and self._is_to_come(ended):
            what = f"thôi giữ {self._said(ended)} là sau ngày {date_short(self.lists.day)}, ngày của danh sách"
            self._doubt("ended_on", what)
        elif ended and started and ended.latest() < started.on:
            self._doubt("ended_on", f"thôi giữ {self._said(ended)} là trước khi nhận chức vụ {self._said(started)}")
        return ended

    def _look_around(self) -> None:
        """Ask about somebody of whom the heading above or a remark on one of the cells says that they left."""
        if self.row.section:
            self._look_at_note("full_name", self.row.section, "tiêu đề phía trên, ")
        for place, remark in self.remarks.items():
            lines = [remark, *_lines(remark)] if "\n" in remark else [remark]
            if any(self._look_at_note(place, line, "chú thích của ô, ") for line in lines):
                break

    def _note(self, place: int) -> str:
        """What a cell of notes says, with its heading where that says what it is; asks about who left."""
        heading, text = self.place.header.headings[place], self.texts[place]
        did = done(heading)
        if did is None:
            self._look_at_note(place, text)
            return text
        self._look_at_note(place, text, is_left=says_done(did, self.cells[place], self.lists.day, self._here()))
        return f"{heading}: {text}"

    def _look_at_note(self, column: str | int, note: str, where: str = "", is_left: bool | None = None) -> bool:
        """Ask about somebody of whom a note says that they left; whether it says so, unless that is known."""
        left = bool(note) and says_left(note, self.lists.day, self._here()) if is_left is None else is_left
        if left:
            self._tell(
                column,
                "warning",
                f"{where}“{shortened(note)}” cho thấy người này đã thôi, nhưng danh sách vẫn tính là đang giữ chức vụ. "
                "Nếu đã thôi thì bỏ dòng này khỏi danh sách rồi nạp lại và ghi ngày thôi; nếu chưa thì không cần sửa.",
            )
        return left

    def _here(self) -> str | None:
        """The commune of the row, as far as it is known."""
        return self.vocabulary.commune(self._text("commune")) or self.row.commune or self.place.commune

    def _commune(self) -> str | None:
        text = self._text("commune")
        named = None if is_nothing(text) else self.vocabulary.commune(text)
        if named or not self.place.require_commune:
            return named or (self.row.commune or self.place.commune if is_nothing(text) else None)
        if is_nothing(text):
            commune = self.row.commune or self.place.commune
            if commune is None:
                self.reading.homeless[self.place.file] = None
                self._error("commune", "không có tên xã ở cột, tiêu đề, tên trang tính hay tên tệp")
            return commune
        self._meet("commune", "commune", [text])
        near = self.vocabulary.near_commune(text)
        hint = f", gần giống “{near}”" if near else ""
        self._error("commune", f"“{shortened(text)}” không phải là {self.vocabulary.kinds} đang quản lý{hint}")
        return None

    def _posts(self) -> tuple[str, ...]:
        posts: list[str] = []
        unclear = False
        for column in self.columns["post"]:
            text = self.texts[column]
            if not is_nothing(text):
                try:
                    posts += self.vocabulary.posts(text)
                except Unclear as error:
                    unclear = True
                    self._meet("post", "post", error.words)
                    self._error("post", str(error))
        if not posts and not unclear:
            self._error("post", "để trống nên không biết áp dụng tiêu chuẩn nào")
        return tuple(dict.fromkeys(posts))

    def _levels(self, birth: Partial | None) -> tuple[Held, ...]:
        """The levels somebody holds.

        Few rows of a list differ in them: what the cells of a row before say of which nothing had to be told, these say
        too. Texts beside the cells, for a cell that is ticked equals 1. A level with its date depends on the birth.
        """
        places = self.place.level_places
        cells = (*[self.cells[place] for place in places], *[self.texts[place] for place in places])
        known = self.place.levels.get(cells)
        if known is not None:
            return known
        told_before, self.told = self.told, False
        held = self._levels_of(birth)
        if not self.told and all(h.obtained is None for h in held):
            self.place.levels[cells] = held
        self.told = self.told or told_before
        return held

    def _levels_of(self, birth: Partial | None) -> tuple[Held, ...]:
        held: list[Held] = []
        try:
            held += self.vocabulary.professional(self._cell("chuyen_mon"), self._cell("nganh"))
        except Unclear as error:
            self._meet("chuyen_mon", "chuyen_mon", error.words)
            self._warn("chuyen_mon", str(error))
        for criterion in _LEVEL_FIELDS:
            try:
                held += self.vocabulary.levels(criterion, self._cell(criterion))
            except Unclear as error:
                self._meet(criterion, criterion, error.words)
                self._warn(criterion, str(error))
        for criterion, columns in self.place.header.marks.items():
            held += self._marked(criterion, columns)
        return tuple(dict.fromkeys(self._as_obtained(h.criterion, h, birth) for h in self._ended_by_the_day(held)))

    def _ended_by_the_day(self, held: list[Held]) -> list[Held]:
        """The levels without those of studies that are to end after the day of the list: 'Đại học 2016-2020'."""
        kept, told = [], set()
        for level in held:
            end = ends_in(self._text(level.criterion))
            # Of 'TC; ĐH 2016-2020' it is only said of the one it stands beside.
            of_it = level.obtained or not any(h.obtained for h in held if h.criterion == level.criterion)
            late = end and of_it and self._is_to_come(level.obtained or Partial(date(end, 1, 1), "nam"))
            if not late or level.status != "da_co" or level.level == "chua":
                kept.append(level)
            elif level.criterion not in told:
                told.add(level.criterion)
                what = f"“{shortened(self._text(level.criterion))}” có khóa học đến năm {end}, sau ngày của danh sách"
                label = self.vocabulary.label(level.criterion, str(level.level))
                then = "Dòng vẫn được nhận mà không có mức ấy; nếu đã có bằng thì sửa trong tệp rồi nạp lại."
                day = date_short(self.lists.day) if self.lists.day else ""
                message = f"{what} ({day}), nên chưa tính là đã có {label}. {then}"
                self._tell(level.criterion, "warning", message)
        return kept

    def _as_obtained(self, name: str, held: Held, birth: Partial | None) -> Held:
        """A level with its date, unless that is still to come; tells of one nobody reaches so young."""
        moment = held.obtained
        if moment is None or held.level is None or held.status != "da_co":
            return held
        what = f"“{self.vocabulary.label(held.criterion, held.level)}” đạt {self._said(moment)}"
        if self._is_to_come(moment):
            what += f" là sau ngày {date_short(self.lists.day)}, ngày của danh sách"
            if self.place.header.kind != "list":
                self._doubt(name, what)
                return held
            self._tell(name, "warning", f"{what}. Dòng và trình độ vẫn được nhận, ngày đạt coi như “chưa có dữ liệu”.")
            return held._replace(obtained=None)
        age = youngest_for(held.level)
        if birth and is_younger(birth, moment, age):
            self._doubt(name, f"{what}, khi người sinh {self._said(birth)} chưa đủ {age} tuổi")
        return held

    def _marked(self, criterion: str, columns: list[tuple[str, int]]) -> list[Held]:
        """The levels ticked in a group of columns. Of several plain ticks only the highest counts."""
        held: list[Held] = []
        ticked = []
        for level, place in columns:
            try:
                found = self.vocabulary.marked(criterion, level, self.cells[place])
                held += found
                ticked += [place] * len(found)
            except Unclear as error:
                self._warn(place, str(error))
        levels = self.vocabulary.codes(criterion)
        reached = sorted((h for h in held if h.status == "da_co"), key=lambda h: levels.index(str(h.level)))
        plain = [h for h in reached if h == Held(criterion, h.level)]
        # A level with its field or year written beside it is no slip of the pen; 'chưa đào tạo' next to one is.
        slips = plain if len(reached) > len(plain) and plain[-1:] == [Held(criterion, "chua")] else plain[:-1]
        if slips:
            names = ", ".join(self.vocabulary.label(criterion, str(h.level)) for h in reached)
            highest = self.vocabulary.label(criterion, str(reached[-1].level))
            self._warn(ticked[0], f"đánh dấu ở nhiều mức: {names}", highest)
        return [h for h in held if h not in slips]

    def _held(self, birth: Partial | None) -> Held:
        nothing = Held("", None)
        text = self._text("criterion")
        criterion = self.vocabulary.criterion(text)
        if criterion is None:
            expected = self.vocabulary.labels("criterion")
            self._error("criterion", f"“{shortened(text)}” không phải là tiêu chuẩn, cần một trong: {expected}")
            return nothing
        try:
            if criterion == "chuyen_mon":
                held = self.vocabulary.professional(self._cell("level"), self._cell("field"))
            else:
                held = self.vocabulary.levels(criterion, self._cell("level"))
        except Unclear as error:
            self._meet(criterion, "level", error.words)
            self._error("level", str(error))
            return nothing
        if len(held) != 1 or held[0].level is None:
            self._error("level", "để trống" if not held else "cần ghi một trình độ trên mỗi dòng")
            return nothing
        obtained = self._date("obtained_on", lambda day: starts_in_post(day, birth)) or held[0].obtained
        whole = held[0]._replace(obtained=obtained, evidence=self._text("evidence") or None)
        return self._as_obtained("obtained_on" if self._text("obtained_on") else "level", whole, birth)

    def _place(self, name: str) -> int | None:
        """Where the first cell of the field's columns is that is not blank."""
        for place in self.columns.get(name, ()):
            if not is_nothing(self.texts[place]):
                return place
        return None

    def _cell(self, name: str) -> object:
        place = self._place(name)
        return "" if place is None else self.cells[place]

    def _text(self, name: str) -> str:
        place = self._place(name)
        return "" if place is None else self.texts[place]

    def _date(self, name: str, possible: Callable[[date], tuple[date, date]] | None = None) -> Partial | None:
        """A date the row can do without: one that cannot be read is told, and the row is kept without it.

        Of a year with two digits the century is the one in which it is `possible` by the day of the list, from the
        first day to the last.
        """
        cell = self._split_date(name) or self._cell(name)
        try:
            return parse_date(cell)
        except ValueError as error:
            days = possible(self.lists.day) if possible and self.lists.day else None
            found = [m for m in of_short_year(as_text(cell)) if days and is_within(m, days)]
            if len(found) != 1:
                rounded = ROUNDED.fullmatch(as_text(cell))
                lost = f"“{as_text(cell)}” là số bị viết gọn (E+), đã mất chữ số, cần ghi lại ngày như trong hồ sơ"
                self._warn(name, lost if rounded else str(error))
                return None
        message = f"“{shortened(as_text(cell))}” ghi năm hai chữ số, được đọc là {self._said(found[0])}."
        self._tell(name, "info", message)
        return found[0]

    def _said(self, moment: Partial) -> str:
        forms = {"nam": f"năm {moment.on.year}", "thang": f"tháng {moment.on:%m}/{moment.on.year}"}
        return forms.get(moment.precision, f"ngày {date_short(moment.on)}")

    def _split_date(self, name: str) -> str | None:
        """The date of columns for day, month and year."""
        places = self.columns.get(name, ())
        if len(places) < 2:
            return None
        text = "/".join(self.texts[place] for place in places if self.texts[place])
        return text if re.fullmatch(r"(?:\d{1,2}/){1,2}\d{4}", text) else None

    def _gender(self) -> str | None:
        text = self._text("gender")
        code = None if "?" in text else self.vocabulary.code("gender", text)
        if code is None and not is_nothing(text):
            self._meet("gender", "gender", [] if "?" in text else [text])
            self._warn("gender", f"“{shortened(text)}” không rõ nghĩa, cần Nam hoặc Nữ")
        return code

    def _end_reason(self) -> str | None:
        text = self._text("end_reason")
        code = self.vocabulary.code("end_reason", text)
        if code is None and not is_nothing(text):
            self._meet("end_reason", "end_reason", [text])
            expected = self.vocabulary.labels("end_reason")
            self._warn("end_reason", f"“{shortened(text)}” không rõ nghĩa, cần một trong: {expected}", "Khác")
            return "khac"
        return code

    def _error(self, name: str, what: str) -> None:
        self.errors.append(f"Cột {shortened(self.heading(name))}: {what}.")
        self._tell(name, "error", f"{what}. Sửa trong tệp rồi nạp lại, hoặc bỏ qua dòng này.")

    def _warn(self, name: str | int, what: str, taken_as: str = "chưa có dữ liệu") -> None:
        self._tell(name, "warning", f"{what}. Dòng vẫn được nhận, ô này coi như “{taken_as}”.")

    def _doubt(self, name: str | int, what: str) -> None:
        self._tell(name, "warning", f"{what}. Dòng vẫn được nhận như đã ghi; xem lại, nếu sai thì sửa rồi nạp lại.")

    def _tell(self, name: str | int, severity: str, message: str) -> None:
        self.told = True
        column = self.heading(name)
        message = f"Dòng {self.row.number}, cột {shortened(column)}: {message}"
        self.reading.issues.append(Issue(self.place.file, self.place.sheet, self.row.number, column, severity, message))

    def _meet(self, domain: str, name: str, words: Iterable[str]) -> None:
        self.told = True
        where = (self.place.file, self.place.sheet, f"dòng {self.row.number}, cột {self.heading(name)}")
        self.lists.meet(domain, words, ", ".join(filter(None, where)))

    def heading(self, name: str | int) -> str:
        """The heading of a place, or of the first column of a field; a column that is not there by its usual name."""
        places = (name,) if isinstance(name, int) else self.columns.get(name)
        return self.place.header.headings[places[0]] if places else self.lists.names.get(str(name), "")
