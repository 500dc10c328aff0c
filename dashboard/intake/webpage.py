"""The cells of a web page: personnel programs save one and call it .xls."""

import re
from html import unescape

from intake.shown import Shown

# html.parser needs minutes for a megabyte of "<a <a <a", hours for more; these look at every character once.
_TAG = re.compile("<(?:(/?)([A-Za-z][A-Za-z0-9]*+)([^<>]*+)|[!?][^<>]*+)>")
_SPAN = re.compile(r"""\b(row|col)span\s*=\s*["']?([0-9]{1,5})\b""", re.IGNORECASE)
_SPACE = re.compile("[ \t\r\n\f]+")  # not the no-break space, which can be half of a letter that was misread
_CLASS = re.compile(r"\bclass\s*=\s*[\"']?([\w\- ]+)", re.IGNORECASE)
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])hidden(?![\w:-])", re.IGNORECASE
)
_STRIKES = re.compile(r"text-decoration[\w-]*\s*:[^;}]*line-through", re.IGNORECASE)
_STRIKING = ("s", "strike", "del")
_EMPTY_COMMENT = re.compile("<!---?>")
_COMMENT_END = re.compile("--!?>")
_UNSEEN = ("script", "style", "title")
_BREAKS = ("br", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "center", "li", "table", "tr", "td", "th")


class TooManyCells(Exception):
    """The page has, or asks for, more cells than are allowed."""


def is_webpage(text: str) -> bool:
    start = text[:4096].lstrip().lower()
    return start.startswith("<") and any(tag in start for tag in ("<html", "<table", "<!doctype html"))


def read_page(text: str, max_cells: int) -> tuple[list[list[object]], Shown]:
    """The rows of all tables of a page in one grid, with the lines between them, as Excel shows such a file.

    Rows are of equal length; a cell over several rows or columns has its text in each. A table within a cell is
    text of that cell, unless it is a list; text between cells is a line before its table. Raises TooManyCells.
    """
    rows: list[list[object]] = []
    shown = Shown()
    width = 0
    page = _Page(_without_comments(text), max_cells, dict(_RULE.findall(text)))
    for table in page.tables:
        above: list[_Cell] = []
        merged: dict[_Cell, tuple[tuple[int, int], tuple[int, int]]] = {}
        for row in _laid_out(table, max_cells):
            # A cell that comes down from a row above says nothing of this one.
            own = [cell for c, cell in enumerate(row) if cell.text and not (c < len(above) and above[c] is cell)]
            if own and all(cell.hidden for cell in own):
                shown.hidden_rows.add(len(rows))
            above = row
            shown.struck |= {
                (len(rows), c): cell.kept for c, cell in enumerate(row) if cell.kept is not None and cell.text
            }
            for c, cell in enumerate(row):
                if cell.height > 1 or cell.width > 1:
                    first, _ = merged.get(cell, ((len(rows), c), ()))
                    merged[cell] = first, (len(rows), c)
            rows.append([cell.text for cell in row])
            width = max(width, len(row))
            if width * len(rows) > max_cells:
                raise TooManyCells
        shown.merges += [(first, last) for first, last in merged.values() if first != last]
    shown.hidden_columns |= page.hidden_columns
    return [[*row, *[""] * (width - len(row))] for row in rows], shown


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
    """`kept` is what of the text is not struck out; None where nothing is."""

    __slots__ = ("height", "hidden", "kept", "text", "width")

    def __init__(self, attributes: str) -> None:
        self.text = ""
        self.kept: str | None = None
        self.hidden = False
        spans = {name.lower(): int(size) for name, size in _SPAN.findall(attributes)}
        self.height = spans.get("row", 1) or 1
        self.width = spans.get("col", 1) or 1


class _Page:
    """Collects `tables`: their rows of cells. A line of text outside of every table is a table of one cell."""

    def __init__(self, text: str, room: int, rules: dict[str, str]) -> None:
        self.tables: list[list[list[_Cell]]] = []
        self.room = room
        self.rules = rules
        self.hidden_columns: set[int] = set()
        self.columns = 0
        # How the row that is open is shown, and the open tags that strike out, with the text between them.
        self.row_style = ""
        self.strikes: list[str] = []
        self.lost: list[str] = []
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
            if self.strikes and not text.isspace():
                self.lost.append(self.text[-1].strip())

    def _open(self, name: str, attributes: str) -> None:
        if name in _BREAKS:
            self._break()
        style = self._style(attributes) if attributes or name in _STRIKING else ""
        if name in _STRIKING or (name not in ("table", "tr", "td", "th", "col") and _STRIKES.search(style)):
            self.strikes.append(name)
        if name in _UNSEEN:
            self.unseen = name
        elif name == "col":
            span = re.search(r"""\bspan\s*=\s*["']?([0-9]{1,4})\b""", attributes, re.IGNORECASE)
            many = int(span[1]) if span else 1
            if _HIDES.search(style):
                self.hidden_columns.update(range(self.columns, self.columns + many))
            self.columns += many
        elif name == "table":
            self.columns = 0
            if not self.cell:
                self._end_text()
            self.around.append((self.cell, self.text))
            self.cell, self.text = None, []
            self.open.append([])
        elif self.open and name == "tr":
            self._end_text()
            self._take_room()
            self.open[-1].append([])
            self.row_style = style
        elif self.open and name in ("td", "th"):
            self._end_text()
            self._take_room()
            self.cell = _Cell(attributes)
            shown = f"{self.row_style};{style}"
            self.cell.hidden = bool(_HIDES.search(shown))
            self.cell.kept = "" if _STRIKES.search(shown) else None
            if not self.open[-1]:
                self.open[-1].append([])
            self.open[-1][-1].append(self.cell)

    def _style(self, attributes: str) -> str:
        """What attributes say of how something is shown, themselves or by the rules of their classes."""
        classes = _CLASS.search(attributes) if self.rules else None
        return ";".join([attributes, *(self.rules.get(name, "") for name in (classes[1].split() if classes else ()))])

    def _close(self, name: str) -> None:
        if self.strikes and self.strikes[-1] == name:
            self.strikes.pop()
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
        lost, self.lost, self.strikes = self.lost, [], []
        self.text = []
        if self.cell:
            self.cell.text = text
            if lost and self.cell.kept is None:
                kept = text
                for words in lost:
                    kept = kept.replace(words, "", 1)
                self.cell.kept = kept.strip()
            self.cell = None
        elif text:
            self._take_room()
            line = _Cell("")
            line.text = text
            self.tables.append([[line]])


def _is_list(rows: list[list[_Cell]]) -> bool:
    """Whether a table within a cell is more than a way to put a few words side by side."""
    return sum(sum(bool(cell.text) for cell in row) > 2 for row in rows) > 1


def _laid_out(table: list[list[_Cell]], room: int) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    hanging: dict[int, tuple[_Cell, int]] = {}  # column -> the cell that comes down from above, and for how many rows
    empty = _Cell("")
    for cells in table:
        row: list[_Cell] = []
        waiting = cells[::-1]
        last = max(hanging, default=-1)
        while waiting or len(row) <= last:
            if len(row) > room:
                raise TooManyCells
            if len(row) in hanging:
                cell, more = hanging.pop(len(row))
                if more > 1:
                    hanging[len(row)] = cell, more - 1
                row.append(cell)
            elif waiting:
                cell = waiting.pop()
                if cell.height > 1:
                    hanging |= dict.fromkeys(range(len(row), len(row) + cell.width), (cell, cell.height - 1))
                row += [cell] * cell.width
            else:
                row.append(empty)
        room -= len(row)
        rows.append(row)
    return rows
