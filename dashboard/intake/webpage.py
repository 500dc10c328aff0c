"""The cells of a web page: personnel programs save one and call it .xls."""

import re
from html import unescape

# html.parser needs minutes for a megabyte of "<a <a <a", hours for more; these look at every character once.
_TAG = re.compile("<(?:(/?)([A-Za-z][A-Za-z0-9]*+)([^<>]*+)|[!?][^<>]*+)>")
_SPAN = re.compile(r"""\b(row|col)span\s*=\s*["']?([0-9]{1,5})\b""", re.IGNORECASE)
_SPACE = re.compile("[ \t\r\n\f]+")  # not the no-break space, which can be half of a letter that was misread
_EMPTY_COMMENT = re.compile("<!---?>")
_COMMENT_END = re.compile("--!?>")
_UNSEEN = ("script", "style", "title")
_BREAKS = ("br", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "center", "li", "table", "tr", "td", "th")


class TooManyCells(Exception):
    """The page has, or asks for, more cells than are allowed."""


def is_webpage(text: str) -> bool:
    start = text[:4096].lstrip().lower()
    return start.startswith("<") and any(tag in start for tag in ("<html", "<table", "<!doctype html"))


def read_page(text: str, max_cells: int) -> list[list[object]]:
    """The rows of all tables of a page in one grid, with the lines between them, as Excel shows such a file.

    Rows are of equal length; a cell over several rows or columns has its text in each. A table within a cell is
    text of that cell, unless it is a list; text between cells is a line before its table. Raises TooManyCells.
    """
    rows: list[list[object]] = []
    width = 0
    for table in _Page(_without_comments(text), max_cells).tables:
        for row in _laid_out(table, max_cells):
            rows.append(row)
            width = max(width, len(row))
            if width * len(rows) > max_cells:
                raise TooManyCells
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _without_comments(text: str) -> str:
    """The page without comments, each told from the text as browsers do; one without an end hides nothing."""
    shown = []
    done = 0
    while (start := text.find("<!--", done)) >= 0:
        # '<!-->' is all of a comment: Office writes '<!--[if !mso]><!-->' before what all are to see.
        end = _COMMENT_END.search(text, start + 2 if _EMPTY_COMMENT.match(text, start) else start + 4)
        if not end:
            break
        shown.append(text[done:start])
        done = end.end()
    return "".join([*shown, text[done:]])


class _Cell:
    __slots__ = ("height", "text", "width")

    def __init__(self, attributes: str) -> None:
        self.text = ""
        spans = {name.lower(): int(size) for name, size in _SPAN.findall(attributes)}
        self.height = spans.get("row", 1) or 1
        self.width = spans.get("col", 1) or 1


class _Page:
    """Collects `tables`: their rows of cells. A line of text outside of every table is a table of one cell."""

    def __init__(self, text: str, room: int) -> None:
        self.tables: list[list[list[_Cell]]] = []
        self.room = room
        # Of the table that is open and those around it: the rows, and the cell that was open when the next one began.
        self.open: list[list[list[_Cell]]] = []
        self.around: list[tuple[_Cell | None, list[str]]] = []
        self.unseen = ""
        self.text: list[str] = []
        self.cell: _Cell | None = None
        done = 0
        for tag in _TAG.finditer(text):
            self._read(text[done : tag.start()])
            done = tag.end()
            end, name, attributes = tag.groups()
            name = (name or "").lower()
            if self.unseen:
                self.unseen = "" if end and name == self.unseen else self.unseen
            elif end:
                self._close(name)
            else:
                self._open(name, attributes or "")
        self._read(text[done:])
        while self.open:
            self._close("table")
        self._end_text()

    def _read(self, text: str) -> None:
        if text and not self.unseen:
            self.text.append(_SPACE.sub(" ", unescape(text)))

    def _open(self, name: str, attributes: str) -> None:
        if name in _BREAKS:
            self._break()
        if name in _UNSEEN:
            self.unseen = name
        elif name == "table":
            if not self.cell:
                self._end_text()
            self.around.append((self.cell, self.text))
            self.cell, self.text = None, []
            self.open.append([])
        elif self.open and name == "tr":
            self._end_text()
            self._take_room()
            self.open[-1].append([])
        elif self.open and name in ("td", "th"):
            self._end_text()
            self._take_room()
            self.cell = _Cell(attributes)
            if not self.open[-1]:
                self.open[-1].append([])
            self.open[-1][-1].append(self.cell)

    def _close(self, name: str) -> None:
        if name in _BREAKS:
            self._break()
        if self.open and name in ("td", "th", "tr", "table", "caption"):
            self._end_text()
        if self.open and name == "table":
            rows = self.open.pop()
            self.cell, self.text = self.around.pop()
            if self.cell and not _is_list(rows):
                self.text.append("\n".join(cell.text for row in rows for cell in row))
            else:
                self.tables.append(rows)

    def _take_room(self) -> None:
        """A row or a cell more."""
        self.room -= 1
        if self.room < 0:
            raise TooManyCells

    def _break(self) -> None:
        if self.open:
            self.text.append("\n")
        else:
            self._end_text()

    def _end_text(self) -> None:
        """Puts the text read so far where it belongs."""
        lines = (line.strip(" ") for line in "".join(self.text).split("\n"))
        text = "\n".join(filter(None, lines))
        self.text = []
        if self.cell:
            self.cell.text = text
            self.cell = None
        elif text:
            self._take_room()
            line = _Cell("")
            line.text = text
            self.tables.append([[line]])


def _is_list(rows: list[list[_Cell]]) -> bool:
    """Whether a table within a cell is more than a way to put a few words side by side."""
    return sum(sum(bool(cell.text) for cell in row) > 2 for row in rows) > 1


def _laid_out(table: list[list[_Cell]], room: int) -> list[list[object]]:
    rows: list[list[object]] = []
    hanging: dict[int, tuple[str, int]] = {}  # column -> the text that comes down from above, and for how many rows
    for cells in table:
        row: list[object] = []
        waiting = cells[::-1]
        last = max(hanging, default=-1)
        while waiting or len(row) <= last:
            if len(row) > room:
                raise TooManyCells
            if len(row) in hanging:
                text, more = hanging.pop(len(row))
                if more > 1:
                    hanging[len(row)] = text, more - 1
                row.append(text)
            elif waiting:
                cell = waiting.pop()
                if cell.height > 1:
                    hanging |= dict.fromkeys(range(len(row), len(row) + cell.width), (cell.text, cell.height - 1))
                row += [cell.text] * cell.width
            else:
                row.append("")
        room -= len(row)
        rows.append(row)
    return rows
