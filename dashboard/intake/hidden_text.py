"""What of a list the eye does not see, or sees struck out, and how it is told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from intake.cells import rows_named, shortened
from intake.conditional import Area
from intake.recognise import DATES, Column, Found, Row, Table
from intake.tables import Grid
from intake.vocabulary import IGNORED

# Of these all columns are read together; of the others the one that is seen says what is meant.
_JOINED = ("full_name", "post")


def rows_apart(grid: Grid, tables: list[Table]) -> tuple[list[int], list[int]]:
    """The numbers of the rows of people that are hidden, and of those whose name is struck out."""
    hidden, struck = [], []
    for table in tables if grid.hidden_rows or grid.struck else ():
        names = table.header.columns.get("full_name", ())
        for row in table.rows:
            i = row.number - grid.first_row
            written = [place for place in names if row.texts[place]]
            if i in grid.hidden_rows:
                hidden.append(row.number)
            elif written and all(grid.struck.get((i, place)) == "" for place in written):
                struck.append(row.number)
    return hidden, struck


def told_of_rows(hidden: list[int], struck: list[int], include_hidden: bool) -> Iterator[tuple[list[int], str]]:
    """Which rows are not read, and what is told of them."""
    if hidden and include_hidden:
        yield hidden, f"{len(hidden)} dòng bị ẩn ({rows_named(hidden)}), đã đọc vì đồng ý đọc phần bị ẩn."
    elif hidden:
        yield (
            hidden,
            f"{len(hidden)} dòng bị ẩn ({rows_named(hidden)}) nên không được đọc; "
            "nếu cần, đồng ý đọc phần bị ẩn, hoặc bỏ ẩn rồi nạp lại.",
        )
    if struck:
        yield (
            struck,
            f"{len(struck)} dòng bị gạch ngang ({rows_named(struck)}) nên không được đọc; "
            "nếu người ở đó vẫn giữ chức vụ thì bỏ gạch ngang rồi nạp lại.",
        )


def told_of_doubt(grid: Grid, tables: list[Table], apart: set[int]) -> Iterator[tuple[list[int], str]]:
    """What is told of rows that are read though a condition may strike them out, or nobody sees the name.

    Those that are `apart` are not read anyway.
    """
    maybe, faint = [], []
    unseen: dict[str, list[int]] = {}
    for table in tables if grid.doubtful or grid.faint or grid.unseen else ():
        read = {place for places in table.header.columns.values() for place in places}
        for row in table.rows:
            if row.number in apart:
                continue
            if _is_in(grid.doubtful, row, read, grid):
                maybe.append(row.number)
            if _is_in(grid.faint, row, read, grid):
                faint.append(row.number)
            if why := _why_unseen(grid, row, table):
                unseen.setdefault(why, []).append(row.number)
    if maybe:
        yield (
            maybe,
            f"{len(maybe)} dòng có định dạng có điều kiện gạch ngang chữ ({rows_named(maybe)}) nhưng không biết "
            "điều kiện có đúng hay không, nên vẫn được đọc; dòng nào thấy bị gạch thì bỏ khỏi danh sách rồi nạp lại.",
        )
    if faint:
        yield (
            faint,
            f"{len(faint)} dòng có định dạng có điều kiện giấu chữ ({rows_named(faint)}) nhưng không biết "
            "điều kiện có đúng hay không, nên vẫn được đọc; ô nào không thấy chữ thì sửa hoặc xóa rồi nạp lại.",
        )
    for why, rows in unseen.items():
        yield (
            rows,
            f"{len(rows)} dòng có họ tên {why.removeprefix('có ')} ({rows_named(rows)}) nên không nhìn thấy, "
            "nhưng vẫn được đọc; nếu không đúng ý, bỏ các dòng ấy rồi nạp lại.",
        )


def _is_in(areas: Iterable[Area], row: Row, places: set[int], grid: Grid) -> bool:
    i = row.number - grid.first_row
    return any(
        top <= i <= bottom and any(left <= place <= right for place in places) for top, left, bottom, right in areas
    )


def _why_unseen(grid: Grid, row: Row, table: Table) -> str | None:
    """Why nobody sees the name of a row; None where it is seen."""
    i = row.number - grid.first_row
    names = (place for place in table.header.columns.get("full_name", ()) if row.texts[place])
    return next((grid.unseen[i, place] for place in names if (i, place) in grid.unseen), None)


def told_of_cells(grid: Grid, tables: list[Table], apart: set[int]) -> Iterator[tuple[str, str]]:
    """What is told of cells other than names that are read though nobody sees them, or not their year, by heading.

    Of a row whose name is not seen all has been told.
    """
    unseen: dict[tuple[str, str], list[int]] = {}
    yearless: dict[str, list[tuple[int, str]]] = {}
    for table in tables if grid.unseen or grid.yearless else ():
        fields = [(name, place) for name, places in table.header.columns.items() for place in places]
        for row in table.rows:
            if row.number in apart or _why_unseen(grid, row, table):
                continue
            i = row.number - grid.first_row
            for name, place in fields:
                heading = table.header.headings[place]
                if name not in ("full_name", "order") and row.texts[place] and (why := grid.unseen.get((i, place))):
                    unseen.setdefault((heading, why), []).append(row.number)
                if name in DATES and (i, place) in grid.yearless and row.texts[place]:
                    yearless.setdefault(heading, []).append((row.number, row.texts[place]))
    for (heading, why), rows in unseen.items():
        yield (
            heading,
            f"Cột “{shortened(heading)}”: {len(rows)} ô {why} ({rows_named(rows)}) nên không nhìn thấy, "
            "nhưng vẫn được đọc; nếu không đúng ý, sửa hoặc xóa các ô ấy rồi nạp lại.",
        )
    for heading, cells in yearless.items():
        yield (
            heading,
            f"Cột “{shortened(heading)}”: {len(cells)} ô có định dạng không hiện năm "
            f"({rows_named([number for number, _ in cells])}; ô đầu được đọc là {cells[0][1]}); năm có thể do Excel tự "
            "điền, cho hiện đủ ngày/tháng/năm, kiểm tra rồi nạp lại.",
        )


def told_of_copies(copied: Mapping[str, list[int]]) -> Iterator[tuple[str, str]]:
    """What is told of cells that say 'the same as above' below a row that is not read, by heading."""
    for heading, rows in copied.items():
        yield (
            heading,
            f"Cột “{shortened(heading)}”: {len(rows)} ô ghi như trên ({rows_named(rows)}) ngay dưới dòng bị ẩn hoặc bị "
            "gạch ngang, được đọc theo dòng không được nhận ấy; nếu không đúng, ghi rõ từng ô rồi nạp lại.",
        )


def told_of_headings(contents: Found) -> Iterator[tuple[list[int], str]]:
    """What is told of titles and headings that nobody sees and that hold for people below them."""
    for rows, what in contents.unseen:
        named = rows_named(rows)
        yield (
            rows,
            f"{named[0].upper()}{named[1:]} bị ẩn hoặc không nhìn thấy, nhưng {what} theo tiêu đề ghi ở đó; "
            "nếu không đúng ý, xóa dòng ấy, nếu đúng thì bỏ ẩn, rồi nạp lại.",
        )


def as_seen(grid: Grid, table: Table) -> tuple[Table, list[tuple[Column, str]]]:
    """The table without hidden columns that say the same as one that is seen, and what is told of hidden columns."""
    hidden = [
        column
        for column in table.header.described
        if column.place in grid.hidden_columns and column.field not in (None, IGNORED, "order")
    ]
    seen = {column.field for column in table.header.described if column.place not in grid.hidden_columns}
    doubled = [column for column in hidden if column.field in seen and column.field not in _JOINED]
    told = []
    for column in hidden:
        how = "nên không được đọc, vì có cột cùng nghĩa đang hiện" if column in doubled else "nhưng vẫn được đọc"
        told.append(
            (column, f"cột “{shortened(column.heading)}” bị ẩn {how}; nếu không đúng ý, bỏ ẩn, sửa rồi nạp lại.")
        )
    if not doubled:
        return table, told
    described = tuple(
        replace(column, field=None, how="unknown") if column in doubled else column for column in table.header.described
    )
    return replace(table, header=replace(table.header, described=described)), told
