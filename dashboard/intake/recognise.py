"""Finds the tables of people on a sheet: where the header is, what columns mean, which rows are people."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import blake2b
from itertools import chain

from core.vietnamese import clean, is_spelt, key
from intake import leaving, leftover
from intake.cells import as_text, texts_of
from intake.tables import Grid, is_filled
from intake.vocabulary import CRITERIA, IGNORED, Vocabulary

_DEPTH = 4
_NEAR_HEADER_ROWS = 100
_NEAR_COLUMNS = 100
DATES = ("birth_date", "birth_male", "birth_female", "started_on", "first_held_on", "ended_on", "obtained_on")
# No list is wider, and a sheet that says 'Họ và tên' everywhere must not keep the reader for hours.
_MOST_COLUMNS = 300
_MOST_FAILURES = 200
_MOST_NEAR_FAILURES = 20
_MOST_INCOMPLETE = 5
_MOST_IN_FOOT = 4
# Texts above a header that are looked at for whom the list is of.
_MOST_TITLES = 50
# What a list needs, by field, as a message names it.
_NEEDED = {"full_name": "Họ và tên", "post": "Chức vụ"}
_BESIDE = "nằm bên cạnh bảng, trong các cột không được đọc"

# '(Tính đến ngày 31/12/2018)', 'Thời điểm 31 tháng 12 năm 2018', by the key of the text.
_STATED = re.compile(r"\b(?:den|thoi diem)(?: het)?(?: ngay)? (\d{1,2}) (?:thang )?(\d{1,2}) (?:nam )?(\d{4})\b")
# With their accents, for 'Trọng' is a name.
VACANT = ("khuyết", "trống", "còn thiếu", "chưa bố trí", "chưa có người", "chưa có")


@dataclass(frozen=True)
class Row:
    """A row that stands for a person: its number on the sheet, its cells, their texts, the commune named above it.

    `section` is the heading above that says of the people below it that they left.
    """

    number: int
    cells: list[object]
    texts: list[str]
    commune: str | None
    section: str = ""


@dataclass(frozen=True)
class Column:
    """A column with a heading: the field it stands for, and how that is known.

    `field` is a code of the domain 'column', or 'llct.trung_cap' for a column of marks (see `vocabulary.field_names`).
    `how` is 'known', 'near' (like a known heading), 'remembered' (the officer said so), 'ignored' or 'unknown'.
    """

    place: int
    heading: str
    field: str | None
    how: str


@dataclass(frozen=True)
class Header:
    """Rows `top` to `bottom` of a grid, the columns that have a heading, and the heading of every column."""

    top: int
    bottom: int
    described: tuple[Column, ...]
    headings: tuple[str, ...]

    @cached_property
    def columns(self) -> dict[str, tuple[int, ...]]:
        """The places of every field that is read."""
        columns: dict[str, tuple[int, ...]] = {}
        for column in self.described:
            if column.field and column.field != IGNORED:
                columns[column.field] = (*columns.get(column.field, ()), column.place)
        return columns

    @cached_property
    def marks(self) -> dict[str, list[tuple[str, int]]]:
        """For each criterion with a column a level: the levels and their places."""
        marks: dict[str, list[tuple[str, int]]] = {}
        for field, places in self.columns.items():
            criterion, _, level = field.partition(".")
            if level:
                marks.setdefault(criterion, []).extend((level, place) for place in places)
        return marks

    @cached_property
    def key(self) -> str:
        """The same for the same headings in the same order, however they are spelt and wherever they stand."""
        text = "|".join(key(column.heading) for column in self.described)
        return blake2b(text.encode(), digest_size=6).hexdigest()

    @cached_property
    def kind(self) -> str | None:
        """'list' of people in post, 'history' of posts held, 'certificates', or None for anything else."""
        if "full_name" not in self.columns:
            return None
        if {"criterion", "level"} <= self.columns.keys():
            return "certificates"
        if "post" in self.columns:
            return "history" if "ended_on" in self.columns else "list"
        return None


@dataclass(frozen=True)
class Table:
    """One table of people: its header, the rows that stand for people, and the day its title says it speaks for."""

    header: Header
    header_row: int
    rows: list[Row]
    stated: date | None = None


@dataclass(frozen=True)
class Outside:
    """What stands in a row and belongs to no table: the number of the row, its texts, and a clause that says why.

    With `beside` the row itself was read and only these cells, beside the columns of its table, were not.
    """

    number: int
    texts: tuple[str, ...]
    why: str
    beside: bool = False


@dataclass(frozen=True)
class Found:
    """The tables of a sheet, and what is in no table. A filled row that is in neither is a title, heading, section,
    total, note, signature, or a line of a form that nobody filled in. `unseen` are rows that nobody sees and that hold
    for people below them, each with a clause that says what for.
    """

    tables: list[Table]
    outside: list[Outside]
    unseen: tuple[tuple[list[int], str], ...] = ()


def find_tables(grid: Grid, vocabulary: Vocabulary, remembered: Mapping[tuple[str, str], str] | None = None) -> Found:
    """Every table on the sheet that has a column of names and what its kind needs (see Header.kind), and the rest.

    A header repeated on a later page starts another table. A commune is named by the title, by a row of its
    own between people, or not at all. `remembered` gives the field of a heading, by (Header.key, key of heading).
    A header that is not complete, above the first that is, comes as a table of no kind and without rows, so that its
    columns can be put right.
    """
    filled = set(grid.filled())
    whole = grid
    if grid.cells and len(grid.cells[0]) > _MOST_COLUMNS:
        grid = replace(grid, cells=[row[:_MOST_COLUMNS] for row in grid.cells])
    headers = list(_headers(grid, vocabulary, near=False)) or list(_headers(grid, vocabulary, near=True))
    above_all = replace(grid, cells=grid.cells[: headers[0].top]) if headers else grid
    headers = [*list(_headers(above_all, vocabulary, near=True, complete=False))[:_MOST_INCOMPLETE], *headers]
    if remembered:
        headers = [_corrected(header, remembered) for header in headers]
    tables = []
    unseen: list[tuple[list[int], str]] = []
    loose = _Loose(grid, filled, vocabulary)
    commune: str | None = None
    section, is_new = "", False
    titles = _Titles(grid, vocabulary)
    above = titles.take(0, headers[0].top) if headers else []
    loose.look(0, headers[0].top if headers else len(grid.cells), "ở trên không có hàng tiêu đề nào nhận ra được")
    for number, header in enumerate(headers):
        before = commune
        commune = vocabulary.commune_in(above, after_kind=number > 0) or commune
        stated = _stated(above)
        above_header = above
        hidden = titles.unseen(before, commune, stated, after_kind=number > 0)
        end = headers[number + 1].top if number + 1 < len(headers) else len(grid.cells)
        rows: list[Row] = []
        signed = False
        above = []
        titles.clear()
        for text in list(dict.fromkeys(above_header))[-_MOST_TITLES:]:
            if leaving.is_of_leavers(text):
                section, is_new = text, True
            elif "danh sach" in key(text):
                section = ""
        beside = _tables_beside(header, grid.cells[header.bottom + 1 : end], vocabulary) if header.kind else []
        header = _without(header, beside)
        loose.look_at_header(header, beside)
        if header.kind is None:
            lacks = " và ".join(name for field, name in _NEEDED.items() if field not in header.columns)
            loose.look(header.bottom + 1, end, f"tiêu đề ở dòng {grid.first_row + header.top} thiếu cột {lacks}")
            above = titles.take(header.bottom + 1, end)
        for i in range(header.bottom + 1, end) if header.kind else ():
            if i not in filled:
                continue
            looked = _Look(grid.cells[i], header.columns, vocabulary)
            signed = signed or looked.foot
            below_person = bool(rows) and rows[-1].number == grid.first_row + i - 1
            if looked.is_empty():
                pass
            elif looked.is_person(signed, below_person):
                rows.append(Row(grid.first_row + i, grid.cells[i], looked.cells, commune, section))
                is_new = False
                if not joined(looked.cells, header.columns.get("commune", ())):
                    unseen += [hidden.pop("commune")] if "commune" in hidden else []
                loose.look_beside(i, whole.cells[i], header, beside)
                above = []
                titles.clear()
            elif looked.foot:
                # Somebody's row can stand beside the signatures.
                if len(set(looked.texts)) > _MOST_IN_FOOT and leftover.is_certainly_somebody(looked.texts, vocabulary):
                    loose.add(i, looked.texts, "nằm ngang chỗ ký")
            else:
                if named := looked.commune():
                    hidden.pop("commune", None)
                    if named != commune and grid.is_unseen(i):
                        hidden["commune"] = [grid.first_row + i], f"các dòng bên dưới được tính cho {named}"
                commune = named or commune
                above += looked.texts
                titles.add(i, looked.texts)
                if (heads := looked.heads()) and leaving.is_of_leavers(heads):
                    section, is_new = heads, True
                elif heads and not is_new:
                    # Below the one that says so, before anybody, can stand that of a commune.
                    section = ""
                if not looked.is_furniture(signed):
                    loose.add(i, looked.texts, "nằm dưới chỗ ký" if signed else looked.lack())
        if rows and "stated" in hidden:
            unseen.append(hidden["stated"])
        if beside and rows:
            loose.look_between(header.bottom + 1, rows, beside)
        tables.append(Table(header, grid.first_row + header.top, rows, stated))
    # What lies beyond the columns that are looked at is not lost either.
    for i in filled - {i for i in filled if is_filled(grid.cells[i])}:
        loose.add(i, [as_text(cell) for cell in whole.cells[i] if cell != ""], "nằm ngoài các cột của bảng")
    return Found(tables, sorted(loose.found, key=lambda row: row.number), tuple(unseen))


class _Titles:
    """The rows above a header, told apart by whether they are seen."""

    def __init__(self, grid: Grid, vocabulary: Vocabulary) -> None:
        self.grid = grid
        self.vocabulary = vocabulary
        self.seen: list[str] = []
        self.hidden: list[int] = []

    def clear(self) -> None:
        self.seen, self.hidden = [], []

    def add(self, i: int, texts: Sequence[str]) -> None:
        if not self.grid.is_unseen(i):
            self.seen += texts
        elif any(texts):
            self.hidden.append(self.grid.first_row + i)

    def take(self, top: int, end: int) -> list[str]:
        """The texts of rows that all are titles."""
        self.clear()
        rows = {i: texts_of(self.grid.cells[i]) for i in range(top, end)}
        for i, texts in rows.items():
            self.add(i, texts)
        return [text for texts in rows.values() for text in texts]

    def unseen(
        self, before: str | None, commune: str | None, stated: date | None, *, after_kind: bool
    ) -> dict[str, tuple[list[int], str]]:
        """What only rows say that nobody sees, by whether it is the commune or the day of the list."""
        found: dict[str, tuple[list[int], str]] = {}
        if self.hidden and commune != (self.vocabulary.commune_in(self.seen, after_kind=after_kind) or before):
            found["commune"] = self.hidden, f"các dòng bên dưới được tính cho {commune}"
        if self.hidden and stated and stated != _stated(self.seen):
            found["stated"] = self.hidden, f"danh sách được tính đến ngày {stated:%d/%m/%Y}"
        return found


class _Loose:
    """Collects what belongs to no table."""

    def __init__(self, grid: Grid, filled: set[int], vocabulary: Vocabulary) -> None:
        self.grid = grid
        self.filled = filled
        self.vocabulary = vocabulary
        self.found: list[Outside] = []
        self.unread: tuple[Header, list[int], list[int]] | None = None

    def add(self, i: int, texts: Iterable[str], why: str, *, beside: bool = False) -> None:
        said = tuple(dict.fromkeys(text for text in texts if text))
        self.found.append(Outside(self.grid.first_row + i, said, why, beside))

    def look(self, top: int, end: int, why: str) -> None:
        """Rows that stand under no header; what stands on the next one, and is nobody, is a heading above it."""
        signed = False
        rows = {
            i: list(dict.fromkeys(filter(None, texts_of(self.grid.cells[i]))))
            for i in range(top, end)
            if i in self.filled
        }
        alone = {i: texts[0] for i, texts in rows.items() if len(texts) == 1}
        named = leftover.names_in_capitals(alone, self.vocabulary)
        for i, texts in rows.items():
            if i in named:
                self.add(i, texts, why)
                continue
            signed = signed or leftover.ends_a_list(texts, self.vocabulary)
            if leftover.is_furniture(texts, self.vocabulary, signed=signed):
                continue
            heads = end < len(self.grid.cells) and end - i < _DEPTH and all(j in self.filled for j in range(i, end))
            known = any(self.vocabulary.code("column", text) for text in texts)
            if not (heads and known) or leftover.is_somebody(texts, self.vocabulary):
                self.add(i, texts, why)

    def look_at_header(self, header: Header, beside: Sequence[Sequence[int]]) -> None:
        """Somebody's row, or one of a table beside with fewer rows of headings, taken for a part of the header."""
        for i in range(header.top, header.bottom + 1):
            row = texts_of(self.grid.cells[i])
            for texts in (row, *([row[place] for place in places] for places in beside)):
                said = list(dict.fromkeys(filter(None, texts)))
                if i in self.filled and leftover.is_certainly_somebody(said, self.vocabulary):
                    self.add(i, said, "bị lẫn vào hàng tiêu đề")
                    break

    def look_between(self, top: int, people: Sequence[Row], beside: Sequence[Sequence[int]]) -> None:
        """Rows of a table beside that stand in a section, a total or an empty line of this one."""
        seen = {row.number for row in people} | {row.number for row in self.found}
        for i in range(top, people[-1].number - self.grid.first_row):
            if i not in self.filled or self.grid.first_row + i in seen:
                continue
            row = texts_of(self.grid.cells[i])
            for places in beside:
                # What is merged across both is the other's.
                others = {text for place, text in enumerate(row) if place not in places}
                texts = list(dict.fromkeys(row[place] for place in places if row[place] not in {"", *others}))
                if leftover.is_row_beside(texts, self.vocabulary):
                    self.add(i, texts, _BESIDE)

    def look_beside(self, i: int, cells: Sequence[object], header: Header, beside: Sequence[Sequence[int]]) -> None:
        """Cells of a person's row that nobody reads, if they may be another person."""
        if self.unread is None or self.unread[0] is not header:
            read = {place for places in header.columns.values() for place in places}
            ignored = {column.place for column in header.described if column.field == IGNORED}
            unread = [place for place in range(len(cells)) if place not in read | ignored]
            described = {column.place for column in header.described}
            self.unread = header, [place for place in unread if place not in described], unread
        if not any(cells[place] != "" for place in self.unread[2]):
            return
        bare, all_ = ([text for text in (as_text(cells[p]) for p in places) if text] for places in self.unread[1:])
        read_not = set(self.unread[2])
        apart = [[as_text(cells[p]) for p in places if p in read_not] for places in beside]
        if leftover.is_somebody_beside(bare, all_, self.vocabulary) or any(
            leftover.is_row_beside([text for text in texts if text], self.vocabulary) for texts in apart
        ):
            self.add(i, all_, _BESIDE, beside=True)


def _tables_beside(header: Header, below: Sequence[Sequence[object]], vocabulary: Vocabulary) -> list[list[int]]:
    """The columns of every other table beside this one: an empty column parts them, and nothing in them is the list's.

    A heading of theirs that is known repeats one of the list ('STT', 'Chức vụ'). Remarks or a second post behind an
    empty column are the list's own: there is a number of its own, or a column that nobody reads has names.
    """
    columns = {column.place: column for column in header.described}
    # A cell that is merged across the whole sheet does not fill the column between.
    empty = {
        place
        for place, heading in enumerate(header.headings)
        if not heading and all(row[place] == "" or (place and row[place] == row[place - 1]) for row in below)
    }
    blocks: list[list[int]] = [[]]
    for place in range(len(header.headings)):
        if place not in empty:
            blocks[-1].append(place)
        elif blocks[-1]:
            blocks.append([])
    found = []
    for block in filter(None, blocks):
        own = [columns[place] for place in block if place in columns]
        unread = [place for place in block if place not in columns or columns[place].field is None]
        fields = {column.field for column in own} - {None, IGNORED}
        others = {column.field for place, column in columns.items() if place not in block}
        if not own or not unread or "full_name" in fields or not fields <= others:
            continue
        if any(column.how == "remembered" for column in own):
            continue
        texts = (as_text(row[place]) for row in below for place in unread)
        if "order" in fields or any(leftover.is_named(t) or leftover.is_like_a_name(t, vocabulary) for t in texts):
            found.append(block)
    return found


def _without(header: Header, beside: Sequence[Sequence[int]]) -> Header:
    """The header with the columns of the tables beside it understood as nothing, or people get the posts of others."""
    places = {place for block in beside for place in block}
    return replace(
        header,
        described=tuple(
            replace(column, field=None, how="unknown") if column.place in places and column.field != IGNORED else column
            for column in header.described
        ),
    )


def _stated(title: Iterable[str]) -> date | None:
    """The day a title says the list speaks for; one that does not exist is none."""
    for text in title:
        if found := _STATED.search(key(text)):
            day, month, year = map(int, found.groups())
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def joined(texts: list[str], columns: tuple[int, ...], separator: str = " ") -> str:
    """The texts of these columns, each once: merged cells repeat theirs, split names and posts do not."""
    if len(columns) == 1:
        return texts[columns[0]]
    return separator.join(dict.fromkeys(texts[c] for c in columns if texts[c]))


class _Look:
    """A row below a header, looked at to see what it stands for."""

    def __init__(self, cells: list[object], columns: dict[str, tuple[int, ...]], vocabulary: Vocabulary) -> None:
        texts = texts_of(cells)

        def text(*fields: str) -> str:
            for field in fields:
                found = joined(texts, columns[field]) if field in columns else ""
                if found:
                    return found
            return ""

        self.vocabulary = vocabulary
        self.cells = texts
        self.texts = list(filter(None, texts))
        self.order = text("order")
        self.name = text("full_name")
        self.names = columns["full_name"]
        self.posts = columns.get("post", ())
        self.post = text("post", "criterion")
        birth = text("birth_date", "birth_male", "birth_female")
        self.born = birth != self.name and len(birth) > 3 and any(c.isdigit() for c in birth)
        self.numbered = bool(leftover.ORDER_NUMBER.fullmatch(self.order))
        self.distinct = len(set(self.texts) - {self.order})
        self.foot = self._is_foot()

    def is_empty(self) -> bool:
        """Blank, a numbered line that nobody filled in, or the '1 2 3' that forms print under a header."""
        return not self.texts or (self.numbered and not self.distinct) or leftover.is_column_numbers(self.texts)

    def _is_foot(self) -> bool:
        # Place and date, 'Người lập biểu', 'TM. UBND': the list ends here.
        if self.born or self.numbered:
            return False
        foot = leftover.FOOT
        if (
            self.name
            and self.post not in ("", self.name)
            and not any(foot.match(key(t)) for t in (self.name, self.post))
        ):
            # 'Xác nhận của UBND xã' beside a name and a post is a note.
            return False
        alone = self.distinct == 1 and not any(self.cells[place] for place in (*self.names, *self.posts))
        if alone and leftover.SIGNER.match(key(self.texts[-1])):
            return True
        return bool(leftover.FOOT.match(key(self.name))) or (
            any(leftover.FOOT.match(key(text)) for text in self.texts)
            # 'Theo QĐ ngày 5 tháng 6 năm 2018' beside a name is a note.
            and not (self.name and any(leftover.PLACE_AND_DATE.match(key(t)) for t in self.texts if t != self.name))
            and not self._has_post()
            and not leftover.is_named(self.name)
            and not leftover.is_like_a_name(self.name, self.vocabulary)
            and self.distinct <= _MOST_IN_FOOT
        )

    def _is_vacant(self) -> bool:
        """A post that nobody holds; with a birth date somebody does, whatever their name."""
        return not self.born and is_spelt(self.name, VACANT)

    def is_person(self, signed: bool, below_person: bool) -> bool:
        """Everything with a name or a post that is no section, total, note, vacancy or signature.

        Below the signatures (`signed`) only a complete row counts: there names stand beside titles too.
        """
        name, first = key(self.name), key(self.texts[0])
        if self._is_vacant() or not (name or key(self.post)) or self.foot:
            return False
        if signed:
            return bool(name) and (self.born or self.numbered) and self._has_post()
        # Tống and Công are names too, and so is Lưu: with a post they are somebody's.
        total = leftover.TOTAL.fullmatch(first) or leftover.TOTAL.fullmatch(name)
        if total and not self.born and not (self.numbered and self._has_post()):
            return False
        named = self.numbered or leftover.is_like_a_name(self.name, self.vocabulary)
        if leftover.NOTE.match(first) and not self.born and not (named and self._has_post()):
            return False
        if self.post and self.post != self.name:
            alone = self.distinct < 2 and not self.numbered
            if alone and below_person and self._has_post():
                # The second post of somebody, on a line of its own, is not passed over in silence.
                return True
            return not alone and (self.born or self.distinct > 2 or not leftover.SECTION_NUMBER.fullmatch(self.order))
        if not self.born and leftover.begins_a_section(self.name):
            return False
        return self.numbered or self.born or self.distinct > 2

    def is_furniture(self, signed: bool) -> bool:
        """Of a row that is no person: whether it is a section, total, note, vacancy or signature, and nobody's row."""
        said = list(dict.fromkeys(self.texts))
        if self._is_vacant():
            return not any(map(leftover.is_named, said))
        if signed and leftover.is_signature(said, self.vocabulary):
            return not (self.name and self.name != self.post and self._has_post())
        if leftover.is_between(said, self.name, self.vocabulary):
            return True
        if self.distinct > 1:
            return leftover.is_title([text for text in said if key(text)], self.vocabulary)
        if self.commune():
            return True
        alone = said[-1]
        if leftover.is_somebody([alone], self.vocabulary) or leftover.is_like_a_name(alone, self.vocabulary):
            return False
        if leftover.is_post(self.post, self.vocabulary):
            return False
        # Words before the names or across the table are a heading; alone in another column they say something of
        # somebody who is not named, and alone among the names they may be one.
        places = [place for place, text in enumerate(self.cells) if text == said[-1]]
        before = places[0] < self.names[0] or set(places) > set(self.names)
        return before or leftover.begins_a_title(said[-1])

    def heads(self) -> str:
        """What the row says where it is a heading of the rows below it, and no total, note or vacancy."""
        said = [text for text in dict.fromkeys(self.texts) if not leftover.is_number(text)]
        if len(said) != 1 or self._is_vacant():
            return ""
        return "" if leftover.TOTAL.fullmatch(key(said[0])) or leftover.NOTE.match(key(said[0])) else said[0]

    def lack(self) -> str:
        """Why a row among people is nobody's."""
        return "không giống một người, cũng không giống tiêu đề, mục hay dòng cộng" if self.name else "không có họ tên"

    def commune(self) -> str | None:
        """The commune, if the row is a heading that holds nothing else."""
        if self.distinct > 1:
            return None
        return self.vocabulary.commune(re.sub(r"^(?:\d+|[IVX]+|[A-Z])[.)\s]\s*", "", self.texts[-1]))

    def _has_post(self) -> bool:
        return leftover.is_post(self.post, self.vocabulary)


def _headers(grid: Grid, vocabulary: Vocabulary, *, near: bool, complete: bool = True) -> Iterator[Header]:
    rows = grid.cells[:_NEAR_HEADER_ROWS] if near else grid.cells
    most = _MOST_NEAR_FAILURES if near else _MOST_FAILURES
    free = 0
    failures = 0
    # Most cells say the same few things, and each is looked at once.
    names = {cell for cell in set(chain.from_iterable(rows)) if _is_name(cell, vocabulary, near)}
    for i, row in enumerate(rows):
        if i < free or failures == most or names.isdisjoint(row):
            continue
        header = _best_header(grid, i, free, vocabulary, complete)
        if header:
            yield header
            free = header.bottom + 1
        else:
            failures += 1


def _corrected(header: Header, remembered: Mapping[tuple[str, str], str]) -> Header:
    def corrected(column: Column) -> Column:
        field = remembered.get((header.key, key(column.heading)))
        return replace(column, field=field, how="remembered") if field else column

    return replace(header, described=tuple(map(corrected, header.described)))


def _is_name(cell: object, vocabulary: Vocabulary, near: bool) -> bool:
    if not isinstance(cell, str) or not 2 <= len(cell) <= 60 or cell[0].isdigit():
        return False
    if _code(cell, vocabulary) == "full_name":
        return True
    found = vocabulary.near("column", cell) if near else None
    return found is not None and found[0] == "full_name"


def _best_header(grid: Grid, name_row: int, free: int, vocabulary: Vocabulary, complete: bool) -> Header | None:
    """Of the one to four rows around the cell with 'Họ và tên' those that explain most."""
    best: Header | None = None
    best_score: tuple[float, int, int] = (0, 0, 0)
    for top in range(name_row, max(name_row - _DEPTH, free - 1), -1):
        for bottom in range(name_row, min(top + _DEPTH, len(grid.cells))):
            header = _header(grid, top, bottom, vocabulary)
            known = [place for places in header.columns.values() for place in places]
            guessed = sum(column.how == "near" for column in header.described)
            # Fields, not columns: a heading over several columns says less than what stands below it. Where a second
            # row of headings explains no more than the first, it still is no person.
            heading_rows = sum(any(as_text(row[c]) for c in known) for row in grid.cells[top : bottom + 1])
            score = (len(header.columns) - guessed / 2, top, heading_rows)
            usable = header.kind or (not complete and "full_name" in header.columns and len(header.described) > 2)
            if usable and score > best_score:
                best, best_score = header, score
    return best


def _header(grid: Grid, top: int, bottom: int, vocabulary: Vocabulary) -> Header:
    paths = _paths([texts_of(row) for row in grid.cells[top : bottom + 1]], grid.merges_known)
    fields = [_field(path, vocabulary) if path else None for path in paths]
    for place, path in enumerate(paths):
        if path and not fields[place] and _is_note(path):
            fields[place] = "note"
    near: set[int] = set()
    for place in [place for place, path in enumerate(paths) if path and not fields[place]][:_NEAR_COLUMNS]:
        found = vocabulary.near("column", " ".join(paths[place])) or vocabulary.near("column", paths[place][-1])
        if found and (found[0] == IGNORED or found[0] not in fields):
            fields[place] = found[0]
            near.add(place)
    if "criterion" in fields:
        # In a list of certificates 'Trình độ' and 'Chuyên ngành' are those of the certificate.
        for whole, part in (("chuyen_mon", "level"), ("nganh", "field")):
            if part not in fields:
                fields = [part if field == whole else field for field in fields]
    headings = tuple(" - ".join(path) for path in paths)
    described = tuple(
        Column(place, heading, field, _how(field, place in near))
        for place, (heading, field) in enumerate(zip(headings, fields, strict=True))
        if heading
    )
    return Header(top, bottom, described, headings)


def _is_note(path: list[str]) -> bool:
    """Whether a column holds notes whose heading is no known one: 'Ghi chú 2', or 'Ngày nghỉ hưu' of those who left."""
    return bool(re.match(r"ghi chu\b", key(path[-1]))) or leaving.done(" ".join(path)) is not None


def _how(field: str | None, near: bool) -> str:
    if field is None:
        return "unknown"
    if field == IGNORED:
        return "ignored"
    return "near" if near else "known"


def _paths(rows: list[list[str]], merges_known: bool) -> list[list[str]]:
    """For each column its heading from the top down, without repetitions."""
    if not merges_known:
        for i, row in enumerate(rows[:-1]):
            for place in range(1, len(row)):
                if not row[place] and any(below[place] for below in rows[i + 1 :]):
                    row[place] = row[place - 1]
    return [list(dict.fromkeys(text for text in column if text)) for column in zip(*rows, strict=True)]


def _field(path: list[str], vocabulary: Vocabulary) -> str | None:
    """The field a heading stands for, by all of it first, then by its last words."""
    # By their accents: 'Ngày sinh > Năm' is not 'Ngày sinh > Nam'.
    if len(path) > 1 and clean(path[-1]).lower() in ("ngày", "tháng", "năm"):
        whole = _code(path[-2], vocabulary)
        if whole in DATES:
            return whole
    for start in range(len(path)):
        field = _code(" ".join(path[start:]), vocabulary)
        if field:
            return field
        if _sex(path[-1]) and start == len(path) - 1:
            above = {vocabulary.code("column", text) for text in path[:-1]}
            if not path[:-1] or above & {"birth_date", "gender"}:
                return _sex(path[-1])
        # 'Lương > Trình độ', 'Ngoại ngữ > Trình độ': what stands under an ignored heading is ignored.
        if vocabulary.code("column", path[start]) == IGNORED:
            return IGNORED
    return _marked(path if len(path) > 1 else re.split(r"\s*:\s*|\s+[-–]\s+", path[0], maxsplit=1), vocabulary)


def _marked(path: list[str], vocabulary: Vocabulary) -> str | None:
    """'llct.trung_cap' for 'Trình độ > LLCT > Trung cấp': a column that is ticked."""
    criterion = next(filter(None, (_code(text, vocabulary) for text in reversed(path[:-1]))), None)
    if criterion not in CRITERIA:
        return None
    # Of 'CC, CN' and 'ĐH trở lên' the lowest is what a tick is known to mean.
    lowest = re.split(r",|/|\s+[-–]\s+|\s+(?:trở lên|và|hoặc)\b", path[-1])[0]
    level = _code(path[-1], vocabulary, criterion) or _code(lowest, vocabulary, criterion)
    return f"{criterion}.{level}" if level and level != IGNORED else None


def _code(heading: str, vocabulary: Vocabulary, domain: str = "column") -> str | None:
    """What a heading means, with what it has in brackets or without."""
    code = vocabulary.code(domain, heading)
    return code or ("(" in heading and vocabulary.code(domain, re.sub(r"\([^()]*\)", " ", heading))) or None


def _sex(text: str) -> str | None:
    # By its accents: 'Nam' and 'Năm' have the same key.
    return {"nam": "birth_male", "nữ": "birth_female"}.get(clean(text).lower())
