"""Cells of people's rows of which their table does not say whose they are, or what: merged over several rows or
columns, or under no heading. Each kind is told in one note for a column.

A cell merged over the rows of several people is seen as the value of each. No two people have one name, one birth or
one number, so that of these a merged cell is only its first row's, unless all its rows are one person's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.vietnamese import key
from intake.cells import as_text, is_nothing, rows_named, shortened
from intake.leftover import ORDER_NUMBER
from intake.recognise import Header, Row, Table, joined
from intake.tables import Grid, Merge

_OWN = ("birth_date", "birth_male", "birth_female", "identifier")
_BIRTHS = {"birth_male", "birth_female"}
# That people share these is nothing to look into.
_SHARED = ("commune", "gender", "ethnicity")
_QUOTED = 4


@dataclass(frozen=True)
class Note:
    """What is told of a column of a sheet."""

    heading: str
    severity: str
    message: str


@dataclass
class _Changes:
    """Cells to be read as blank, by row and place; what was found, by kind and heading, as texts that name rows."""

    blank: dict[int, set[int]] = field(default_factory=dict)
    found: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)

    def tell(self, kind: str, heading: str, other: str, text: str, rows: Sequence[int]) -> None:
        said = f"“{shortened(text)}” ({rows_named(rows)})"
        self.found.setdefault((kind, heading, other), []).append(said)


def without_merges(grid: Grid, tables: Sequence[Table]) -> tuple[list[Table], list[Note]]:
    """The tables of a sheet with every merged cell where it belongs, and what is told of that."""
    changes = _Changes()
    for table in tables if grid.merges else ():
        people = {row.number - grid.first_row: row for row in table.rows}
        fields = {place: name for name, places in table.header.columns.items() for place in places if name != "order"}
        for merge in grid.merges:
            rows = [people[i] for i in range(merge.top, merge.bottom + 1) if i in people]
            places = [place for place in range(merge.left, merge.right + 1) if place in fields]
            if rows and places:
                _look(merge, rows, places, fields, table.header, changes)
    if changes.blank:
        tables = [
            replace(table, rows=[_without(row, changes.blank.get(row.number, set())) for row in table.rows])
            for table in tables
        ]
    return list(tables), [_note(*which, texts) for which, texts in changes.found.items()]


def _look(
    merge: Merge, rows: list[Row], places: list[int], fields: Mapping[int, str], header: Header, changes: _Changes
) -> None:
    first, *others = places
    heading, text = header.headings[first], rows[0].texts[first]
    numbers = [row.number for row in rows]
    foreign = [place for place in others if fields[place] != fields[first] and {*map(fields.get, places)} != _BIRTHS]
    if foreign:
        for row in rows:
            changes.blank.setdefault(row.number, set()).update(foreign)
        beside = ", ".join(f"“{shortened(header.headings[place])}”" for place in foreign[:_QUOTED])
        changes.tell("across", heading, beside, text, numbers)
    if merge.covered:
        changes.tell("covers", heading, "", text, numbers)
    if len(rows) < 2 or is_nothing(text):
        return
    names = {key(joined(row.texts, header.columns["full_name"])) for row in rows}
    name = fields[first]
    if name == "full_name":
        if _are_several(rows, header):
            changes.tell("names", heading, "", text, numbers)
        else:
            changes.tell("one", heading, "", text, numbers)
            return
    elif len(names) == 1:
        # One person with several posts, whose name is merged as well.
        return
    elif name not in _OWN:
        changes.tell("shared" if name in _SHARED else "down", heading, "", text, numbers)
        return
    else:
        changes.tell("own", heading, "", text, numbers)
    for row in rows[1:]:
        changes.blank.setdefault(row.number, set()).update(place for place in places if fields[place] == name)


def _are_several(rows: Iterable[Row], header: Header) -> bool:
    """Whether rows of one name are of several people: they were not all born then, or have not all that number."""
    rows = list(rows)
    for name in _OWN:
        places = header.columns.get(name, ())
        if len({text for row in rows if not is_nothing(text := joined(row.texts, places, " "))} if places else ()) > 1:
            return True
    return False


def _without(row: Row, places: set[int]) -> Row:
    if not places:
        return row
    return replace(
        row,
        cells=["" if place in places else cell for place, cell in enumerate(row.cells)],
        texts=["" if place in places else text for place, text in enumerate(row.texts)],
    )


def _note(kind: str, heading: str, other: str, texts: list[str]) -> Note:
    cells = f"{len(texts)} ô gộp" if len(texts) > 1 else "ô gộp"
    which = f"{cells} {'; '.join(texts[:_QUOTED])}" + ("; …" if len(texts) > _QUOTED else "")
    apart = "bỏ gộp, ghi lại từng dòng rồi nạp lại"
    severity = "warning"
    if kind == "across":
        what = f"{which} nằm ngang sang cả cột {other}, chỉ được đọc cho cột “{shortened(heading)}”"
        then = "Nếu không đúng ý, bỏ gộp, ghi từng cột rồi nạp lại"
    elif kind == "covers":
        what, then = f"{which} che giá trị ghi ở các ô bên dưới nó, các giá trị ấy không được đọc", f"Nếu cần, {apart}"
    elif kind == "names":
        what = f"{which} gộp chung dòng của nhiều người, chỉ được đọc cho dòng đầu"
        then = f"Các dòng sau không có họ tên nên chưa được nhận; {apart}"
    elif kind == "one":
        what = f"{which} được đọc là một người, mỗi dòng một chức vụ"
        then = f"Nếu là nhiều người, {apart}"
    elif kind == "own":
        what = f"{which} gộp chung dòng của nhiều người, chỉ được đọc cho dòng đầu, các dòng sau coi như để trống"
        then = f"Xem lại; {apart}"
    else:
        what, then = f"{which} được đọc cho mỗi người ở các dòng ấy", f"Nếu chỉ là của một người, {apart}"
        severity = "info" if kind == "shared" else "warning"
    return Note(heading, severity, f"Cột “{shortened(heading)}”: {what}. {then}.")


def under_no_heading(grid: Grid, tables: Sequence[Table], told: set[int]) -> list[Note]:
    """What is told of cells in people's rows, but those `told` of already, that stand under no heading.

    Numbers before the first heading count the rows; what comes from a merged cell stands under the heading of that.
    """
    notes = []
    across = [merge for merge in grid.merges if merge.right > merge.left]

    def is_merged(i: int, place: int) -> bool:
        return any(m.top <= i <= m.bottom and m.left < place <= m.right for m in across)

    for table in tables:
        described = {column.place for column in table.header.described}
        bare = [p for p in range(len(grid.cells[0])) if p not in described and p not in grid.hidden_columns]
        first = min(described, default=0)
        found: dict[int, list[tuple[int, str]]] = {}
        for row in table.rows:
            i = row.number - grid.first_row
            for place in bare:
                cell = grid.cells[i][place]
                if cell != "" and (text := as_text(cell)) and not is_merged(i, place):
                    found.setdefault(place, []).append((row.number, text))
        found = {
            place: cells
            for place, cells in found.items()
            if place > first or not all(ORDER_NUMBER.fullmatch(text) for _, text in cells)
        }
        cells = sorted((number, text) for cells in found.values() for number, text in cells if number not in told)
        if cells:
            notes.append(_note_of_bare(table.header, min(found), cells))
    return notes


def _note_of_bare(header: Header, place: int, cells: Sequence[tuple[int, str]]) -> Note:
    before = [column.heading for column in header.described if column.place < place]
    where = f"bên phải cột “{shortened(before[-1])}”" if before else "bên trái cột đầu tiên"
    said = list(dict.fromkeys(shortened(text) for _, text in cells))
    quoted = ", ".join(f"“{text}”" for text in said[:_QUOTED]) + (", …" if len(said) > _QUOTED else "")
    rows = rows_named(sorted({number for number, _ in cells}))
    return Note(
        "",
        "warning",
        f"{len(cells)} ô {where} không có tiêu đề nên không được đọc ({rows}): {quoted}. "
        "Nếu là dữ liệu của danh sách, ghi tiêu đề cho cột, hoặc đưa về đúng cột, rồi nạp lại.",
    )
