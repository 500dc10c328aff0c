"""What of a list the eye does not see, or sees struck out, and how it is told."""

from collections.abc import Iterator
from dataclasses import replace

from intake.cells import rows_named, shortened
from intake.recognise import Column, Table
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
    maybe, blended = [], []
    for table in tables if grid.doubtful or grid.blended else ():
        read = {place for places in table.header.columns.values() for place in places}
        names = table.header.columns.get("full_name", ())
        for row in table.rows:
            i = row.number - grid.first_row
            if row.number in apart:
                continue
            if any(
                top <= i <= bottom and any(left <= place <= right for place in read)
                for top, left, bottom, right in grid.doubtful
            ):
                maybe.append(row.number)
            if any((i, place) in grid.blended and row.texts[place] for place in names):
                blended.append(row.number)
    if maybe:
        yield (
            maybe,
            f"{len(maybe)} dòng có định dạng có điều kiện gạch ngang chữ ({rows_named(maybe)}) nhưng không biết "
            "điều kiện có đúng hay không, nên vẫn được đọc; dòng nào thấy bị gạch thì bỏ khỏi danh sách rồi nạp lại.",
        )
    if blended:
        yield (
            blended,
            f"{len(blended)} dòng có họ tên cùng màu với nền ({rows_named(blended)}) nên không nhìn thấy, "
            "nhưng vẫn được đọc; nếu không đúng ý, bỏ các dòng ấy rồi nạp lại.",
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
