"""What the eye sees on a sheet and its values do not say: rows that are hidden, text that is struck out, how much of a
date is shown, formulas that failed.

Read from the parts of the file itself, for calamine gives values only.
"""

import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product
from posixpath import join, normpath
from xml.parsers import expat

from intake.cells import is_failure
from intake.conditional import Area, Rule, areas_of, column_of, from_open_document, is_corner, reference

MONTH, YEAR = "month", "year"
Place = tuple[int, int]
_Attributes = dict[str, str]

# What a number format says beside its letters: text in quotes or after a sign, colours, languages.
_LITERAL = re.compile(r'"[^"]*"?|[\\_*].|\[[^\]]*\]?')
# A sheet without any of these hides nothing and has no formula. Looking for each is ten times as quick as reading on;
# attributes can be written with spaces or in UTF-16, though nobody does.
_REMARKABLE = (
    *(b"hidden", b' ht="0', b" ht='0", b' width="0', b" width='0"),
    *(b'="e"', b"='e'", b"<f>", b"<f ", b"<f/", b":f", b' ="', b'= "', b"\0"),
)
# Parts of a worksheet below its cells that have formulas of their own.
_BELOW = ("conditionalFormatting", "dataValidations", "extLst")
_OPEN_REMARKABLE = (
    *(
        b"visibility=",
        b':display="false',
        b":formula",
        b"-spanned=",
        b'="error"',
        b'date-value="1904',
        b" =",
        b"= ",
        b"\0",
    ),
)
_OFF = ("0", "false")
_ALL: Area = (0, 0, 2**20, 2**14)
_WHITE = ("theme0", "indexed9", "indexed65", "rgbFFFFFFFF", "rgb00FFFFFF", "")


@dataclass
class Shown:
    """What a sheet shows. Rows and columns count from 0 on the sheet; only cells that hold something are named.

    `struck` has what a cell says beside the words that are struck out, mostly nothing. `coarse` are the dates of which
    no more than the MONTH or YEAR is shown. `failed` are formulas that gave an error, such as '#REF!', or that nobody
    ever computed, such as '=B4&C4'. `merges` are the first and last cell of each range that is shown as one, where
    calamine does not tell. `rules` strike out where they hold; what is `blended` has the colour of what is behind it.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: dict[Place, str] = field(default_factory=dict)
    coarse: dict[Place, str] = field(default_factory=dict)
    failed: dict[Place, str] = field(default_factory=dict)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    blended: set[Place] = field(default_factory=set)

    def mark(self, place: Place, style: "Style") -> None:
        """A cell of that style holds something."""
        if style.struck:
            self.struck[place] = ""
        if style.coarse:
            self.coarse[place] = style.coarse
        if style.blended:
            self.blended.add(place)


@dataclass(frozen=True)
class Style:
    """Whether a format of cells strikes out, whether it shows no more of a date than the MONTH or the YEAR, and
    whether its letters have the colour of what is behind them.
    """

    struck: bool = False
    coarse: str | None = None
    blended: bool = False


PLAIN = Style()
# Of the formats that have a number only, the one without a day is 'mmm-yy'.
BUILT_IN = {17: MONTH}


@dataclass
class Book:
    """The sheets in their order, or none where nothing is to be told of any; from when on days are counted."""

    sheets: list[Shown]
    from_1904: bool = False


def coarseness(code: str) -> str | None:
    """MONTH or YEAR for a number format that shows a year and no day, such as 'mm/yyyy' or 'yyyy'."""
    letters = _LITERAL.sub("", code).split(";")[0].lower()
    if "y" not in letters or "d" in letters:
        return None
    return MONTH if "m" in letters else YEAR


def of_workbook(archive: zipfile.ZipFile) -> Book:
    """What the worksheets of an .xlsx show. Raises ValueError for parts that are missing or no XML."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}

    def part(name: str) -> bytes:
        return archive.read(names[name.lower()]) if name.lower() in names else b""

    styles = _styles(part("xl/styles.xml"))
    differences, of_tables = _striking_differences(part("xl/styles.xml"))
    shared = _struck_strings(part("xl/sharedStrings.xml"))
    targets: dict[str, str] = {}
    order: list[str] = []
    book = Book([])

    def relation(name: str, given: _Attributes) -> None:
        if name == "Relationship":
            targets[given.get("Id", "")] = normpath(join("/xl", given.get("Target", ""))).strip("/")

    def sheet(name: str, given: _Attributes) -> None:
        if name == "sheet":
            order.append(next((value for key, value in given.items() if key.endswith(":id")), ""))
        elif name == "workbookPr":
            book.from_1904 = given.get("date1904", "0") not in _OFF

    _walk(part("xl/_rels/workbook.xml.rels"), relation)
    _walk(part("xl/workbook.xml"), sheet)
    if not order:
        raise ValueError("sheets")
    for which in order:
        data = part(targets.get(which, ""))
        if not data:
            raise ValueError("sheet")
        shown = _worksheet(data, styles, shared)
        if b"onditionalFormatting" in data and (differences or b"strike" in data):
            shown.rules += _rules(data, differences)
        if of_tables and b"tablePart" in data:
            shown.rules.append(Rule((_ALL,), "", (0, 0)))
        book.sheets.append(shown)
    return book


def _walk(data: bytes, start: Callable[[str, _Attributes], None], **handlers: Callable[..., None]) -> None:
    """Tells `start` of every element, by its name without a prefix."""
    parser = _parser(lambda name, given: start(name.rpartition(":")[2], given), **handlers)
    _parse(parser, data)


def _parser(start: Callable[[str, _Attributes], None], **handlers: Callable[..., None]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EntityDeclHandler = _refuse
    for name, handler in handlers.items():
        setattr(parser, name, handler)
    return parser


def _refuse(*_: object) -> None:
    # No program that writes sheets makes names for text of its own: only who wants to fill the memory does.
    raise ValueError("entity")


def _parse(parser: expat.XMLParserType, data: bytes, *, whole: bool = True) -> None:
    if data:
        try:
            parser.Parse(data, whole)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from None


def _styles(data: bytes) -> dict[str, Style]:
    """The formats of cells by their number, but for those that show all there is."""
    codes: dict[str, str] = {}
    struck: list[bool] = []
    # Colours of letters, and of what is behind them.
    inks: list[str] = []
    papers: list[str | None] = []
    styles: dict[str, Style] = {}
    count = 0
    section = ""

    def start(name: str, given: _Attributes) -> None:
        nonlocal section, count
        if name in ("numFmts", "fonts", "fills", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            section = name
        elif (section, name) == ("numFmts", "numFmt"):
            codes[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif (section, name) == ("fonts", "font"):
            struck.append(False)
            inks.append("black")
        elif (section, name) == ("fonts", "strike") and struck:
            struck[-1] = given.get("val", "1") not in _OFF
        elif (section, name) == ("fonts", "color") and inks:
            inks[-1] = _colour(given)
        elif (section, name) == ("fills", "patternFill"):
            papers.append({"none": "", "solid": ""}.get(given.get("patternType", "none")))
        elif (section, name) == ("fills", "gradientFill"):
            papers.append(None)
        elif (section, name) == ("fills", "fgColor") and papers and papers[-1] is not None:
            papers[-1] = _colour(given) if _colour(given) != "black" else None
        elif (section, name) == ("cellXfs", "xf"):
            font, number = int(given.get("fontId", 0)), given.get("numFmtId", "0")
            coarse = coarseness(codes[number]) if number in codes else BUILT_IN.get(int(number))
            fill = int(given.get("fillId", 0))
            ink, paper = (inks[font] if font < len(inks) else "black", papers[fill] if fill < len(papers) else "")
            blended = paper is not None and (ink == paper or (ink in _WHITE and paper in _WHITE))
            style = Style(font < len(struck) and struck[font], coarse, blended)
            if style != PLAIN:
                styles[str(count)] = style
            count += 1

    _walk(data, start)
    return styles


def _colour(given: _Attributes) -> str:
    """A colour as it is named; a shade of one of the theme is another."""
    named = next((f"{kind}{given[kind].upper()}" for kind in ("rgb", "theme", "indexed") if kind in given), "black")
    return named + given.get("tint", "")


def _striking_differences(data: bytes) -> tuple[set[str], bool]:
    """The formats that conditions apply, by number, that strike out, and whether a style of tables applies one."""
    found: set[str] = set()
    tables = False
    count = -1
    inside = False

    def start(name: str, given: _Attributes) -> None:
        nonlocal tables, count, inside
        if name in ("dxfs", "tableStyles"):
            inside = name == "dxfs"
        elif inside and name == "dxf":
            count += 1
        elif inside and name == "strike" and given.get("val", "1") not in _OFF:
            found.add(str(count))
        elif name == "tableStyleElement" and given.get("dxfId") in found:
            tables = True

    if b"strike" in data and b"dxf" in data:
        _walk(data, start)
    return found, tables


def _rules(data: bytes, differences: set[str]) -> list[Rule]:
    """The conditions of a worksheet under which cells are struck out."""
    # Each with its type and sign, the areas, the formulas; those of newer programs have their format with them.
    found: list[tuple[_Attributes, list[str]]] = []
    areas = [""]
    rules: list[Rule] = []
    text = ""

    def start(name: str, given: _Attributes) -> None:
        nonlocal areas, text
        text = ""
        if name == "conditionalFormatting":
            areas = [given.get("sqref", "")]
            found.clear()
        elif name == "cfRule":
            found.append((given | {"strikes": "1" if given.get("dxfId") in differences else ""}, []))
        elif name == "strike" and found and given.get("val", "1") not in _OFF:
            found[-1][0]["strikes"] = "1"

    def end(name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("formula", "f") and found:
            found[-1][1].append(text)
        elif name == "sqref":
            areas[0] = text
        elif name == "conditionalFormatting":
            places = areas_of(areas[0])
            for given, formulas in found if places else ():
                if given["strikes"]:
                    base = places[0][:2]
                    rules.append(Rule(places, _formula(given, formulas, base) if is_corner(base, places) else "", base))
            found.clear()

    def hear(said: str) -> None:
        nonlocal text
        text += said

    _walk(data, start, EndElementHandler=end, CharacterDataHandler=hear)
    return rules


def _formula(given: _Attributes, formulas: list[str], base: Place) -> str:
    if len(formulas) != 1:
        return ""
    if given.get("type") != "cellIs":
        return formulas[0]
    sign = {"equal": "=", "notEqual": "<>"}.get(given.get("operator", ""))
    return f"{reference(base)}{sign}{formulas[0]}" if sign else ""


def _struck_strings(data: bytes) -> dict[str, str]:
    """The shared strings some of which is struck out, by their number, each with what is not."""
    if b"strike" not in data:
        return {}
    found: dict[str, str] = {}
    count = -1
    run = _Run()

    def start(name: str, given: _Attributes) -> None:
        nonlocal count, run
        if name == "si":
            count += 1
            run = _Run()
        run.begin(name, given)

    def end(name: str) -> None:
        run.listening = False
        if name.rpartition(":")[2] == "si" and run.lost.strip():
            found[str(count)] = run.kept.strip()

    _walk(data, start, EndElementHandler=end, CharacterDataHandler=lambda text: run.hear(text))
    return found


class _Run:
    """The text of a cell, told apart by whether it is struck out."""

    def __init__(self) -> None:
        self.struck = self.listening = False
        self.kept = self.lost = ""

    def begin(self, name: str, given: _Attributes) -> None:
        """An element of a text of a workbook, in which every run says how it looks."""
        if name == "r":
            self.struck = False
        elif name == "strike":
            self.struck = given.get("val", "1") not in _OFF
        self.listening = name == "t"

    def hear(self, text: str) -> None:
        if self.listening and self.struck:
            self.lost += text
        elif self.listening:
            self.kept += text


def _worksheet(data: bytes, styles: dict[str, Style], shared: dict[str, str]) -> Shown:
    shown = Shown()
    rich = b"strike" in data
    if not (styles or shared or rich or any(sign in data for sign in _REMARKABLE)):
        return shown
    cell = _Cell(shown, styles, shared, rich)

    def start(name: str, given: _Attributes) -> None:
        if name == "c":
            cell.begin(given)
        elif name == "v" or name == "is":
            cell.holds(parser, name)
        elif name == "f":
            cell.listen(parser, "f")
        elif name == "row":
            cell.next_row(given)
        elif name == "col" and _is_hidden(given, "width"):
            shown.hidden_columns.update(range(int(given["min"]) - 1, min(int(given["max"]), 2**14)))
        elif ":" in name:
            start(name.rpartition(":")[2], given)
        elif name in _BELOW:
            cell.inside = False
        elif cell.open == "is":
            cell.run.begin(name, given)

    parser = _parser(start)
    _parse(parser, data)
    return shown


def _is_hidden(given: _Attributes, size: str) -> bool:
    return given.get("hidden", "0") not in _OFF or float(given.get(size, 1)) == 0


class _Cell:
    """The cell of a worksheet that is being read. Its place is worked out only if there is something to tell."""

    def __init__(self, shown: Shown, styles: dict[str, Style], shared: dict[str, str], rich: bool) -> None:
        self.shown, self.styles, self.shared, self.rich = shown, styles, shared, rich
        self.run = _Run()
        self.row = -1
        self.inside = False
        # A cell may say where it is, or be the next one.
        self.reference, self.after = "", -1
        self.style: Style | None = None
        self.kind = ""
        self.open = ""
        self.text: dict[str, str] = {}

    def next_row(self, given: _Attributes) -> None:
        self.row = int(given["r"]) - 1 if "r" in given else self.row + 1
        self.reference, self.after = "", -1
        self.inside = True
        if _is_hidden(given, "ht"):
            self.shown.hidden_rows.add(self.row)

    def begin(self, given: _Attributes) -> None:
        if "r" in given:
            self.reference, self.after = given["r"], 0
        else:
            self.after += 1
        self.style = self.styles.get(given.get("s", "0"))
        self.kind = given.get("t", "n")

    def place(self) -> Place:
        letters = self.reference.rstrip("0123456789")
        row = int(self.reference[len(letters) :]) - 1 if self.reference else self.row
        return row, max(column_of(letters), 0) + self.after

    def holds(self, parser: expat.XMLParserType, name: str) -> None:
        """The cell has a value, which is listened to only where it can be remarkable."""
        if self.inside:
            if self.style:
                self.shown.mark(self.place(), self.style)
            if self.kind == "e" or self.text or (self.shared and self.kind == "s") or (self.rich and name == "is"):
                self.listen(parser, name)

    def listen(self, parser: expat.XMLParserType, name: str) -> None:
        if self.inside:
            self.open = name
            self.text[name] = ""
            parser.CharacterDataHandler = self.hear
            parser.EndElementHandler = lambda ended: self.end(parser, ended.rpartition(":")[2])

    def hear(self, text: str) -> None:
        if self.open == "is":
            self.run.hear(text)
        elif self.open:
            self.text[self.open] += text

    def end(self, parser: expat.XMLParserType, name: str) -> None:
        self.run.listening = False
        if name == self.open:
            self.open = ""
        if name != "c":
            return
        parser.CharacterDataHandler = parser.EndElementHandler = None
        value = self.text.get("v", "")
        if self.kind == "e":
            self.shown.failed[self.place()] = value or "#N/A"
        elif self.kind == "n" and "f" in self.text and not value:
            self.shown.failed[self.place()] = f"={self.text['f'] or '…'}"
        elif self.kind == "s" and value in self.shared:
            self.shown.struck[self.place()] = self.shared[value]
        elif self.run.lost.strip():
            self.shown.struck[self.place()] = self.run.kept.strip()
        self.text, self.run = {}, _Run()


def of_open_document(archive: zipfile.ZipFile, most: int) -> Book:
    """What the tables of an .ods show, no sheets where no value needs a word.

    Raises ValueError for parts that are missing or no XML, and where something is said of more than `most` cells.
    """
    names = archive.namelist()
    styles = _OpenStyles()
    _parse(_parser(styles.start), archive.read("styles.xml") if "styles.xml" in names else b"")
    content = archive.read("content.xml")
    # The styles come first, and mostly they show that there is nothing to look for.
    head = _parser(styles.start)
    _parse(head, content[: max(content.find(b"<office:body"), 0)], whole=False)
    if styles.are_plain() and not any(sign in content for sign in _OPEN_REMARKABLE):
        return Book([])
    return _OpenTables(styles, most).read(content)


class _OpenStyles:
    """The styles of cells and of text, and the formats of dates they name."""

    def __init__(self) -> None:
        self.shows: dict[str, set[str]] = {}
        self.given: dict[str, _Attributes] = {}
        self.struck: dict[str, bool] = {}
        self.called: dict[str, str] = {}
        self.inks: dict[str, str] = {}
        self.papers: dict[str, str] = {}
        # Rows and columns of no size, and conditions under which cells of a style have another.
        self.flat: set[str] = set()
        self.maps: dict[str, list[_Attributes]] = {}
        self.format = self.name = ""
        self.known: dict[str, Style] = {}

    def start(self, name: str, given: _Attributes) -> None:
        if name.startswith("number:") and name.endswith("-style"):
            self.format = given.get("style:name", "")
            self.shows[self.format] = set()
        elif name in ("number:year", "number:month", "number:day") and self.format:
            self.shows[self.format].add(name)
        elif name == "style:map" and self.format:
            # The format of numbers in one for numbers and text: it has been read already.
            self.shows[self.format] |= self.shows.get(given.get("style:apply-style-name", ""), set())
        elif name == "style:style":
            self.name, self.format = given.get("style:name", ""), ""
            self.given[self.name] = given
            self.called[given.get("style:display-name", self.name)] = self.name
        elif name == "style:map":
            self.maps.setdefault(self.name, []).append(given)
        elif name in ("style:table-row-properties", "style:table-column-properties"):
            size = given.get("style:row-height", given.get("style:column-width", "1"))
            if re.fullmatch(r"0(?:\.0+)?[a-z]*", size):
                self.flat.add(self.name)
        elif name == "style:table-cell-properties" and "fo:background-color" in given:
            self.papers[self.name] = given["fo:background-color"].lower()
        elif name == "style:text-properties":
            if "fo:color" in given:
                self.inks[self.name] = given["fo:color"].lower()
            line = given.get("style:text-line-through-style", given.get("style:text-line-through-type"))
            if line:
                self.struck[self.name] = line != "none"

    def of(self, name: str) -> Style:
        """What a style says, or one of those it is made from."""
        if name not in self.known:
            struck = shows = ink = paper = None
            made_from = name
            for _ in range(9):
                given = self.given.get(made_from, {})
                struck = self.struck.get(made_from) if struck is None else struck
                ink, paper = ink or self.inks.get(made_from), paper or self.papers.get(made_from)
                shows = shows or self.shows.get(given.get("style:data-style-name", ""))
                made_from = given.get("style:parent-style-name", "")
            coarse = None
            if shows and "number:year" in shows and "number:day" not in shows:
                coarse = MONTH if "number:month" in shows else YEAR
            blended = ink is not None and ink == (paper or "#ffffff").replace("transparent", "#ffffff")
            self.known[name] = Style(bool(struck), coarse, blended)
        return self.known[name]

    def are_plain(self) -> bool:
        """Whether no style has anything to say, none was given under another prefix, and none of text strikes out."""
        return bool(self.given) and not self.flat and all(self.of(name) == PLAIN for name in self.given)

    def strikes_by(self, given: _Attributes) -> bool:
        """Whether the style that a condition applies strikes out; conditions call it as people do."""
        name = given.get("style:apply-style-name") or given.get("calcext:apply-style-name", "")
        return self.of(self.called.get(name, name)).struck


class _OpenTables:
    """Reads the tables of an .ods one cell after the other; rows, columns and cells may stand for several alike."""

    def __init__(self, styles: _OpenStyles, most: int) -> None:
        self.styles = styles
        self.most = most
        self.book = Book([])
        self.columns: list[tuple[int, str]] = []
        self.row = self.column = self.width = 0
        self.rows = 1
        self.hides = self.filled = False
        self.folded: list[bool] = []
        # The cell whose text is listened to.
        self.given: _Attributes | None = None
        self.run = _Run()
        self.spans: list[bool] = []
        self.strikes = any(styles.struck.values())
        self.areas: tuple[Area, ...] = ()
        self.row_style = ""
        self.has_conditions = False
        self.starts: dict[str, Callable[[_Attributes], None]] = {
            "table:table-cell": self.begin_cell,
            "table:covered-table-cell": self.begin_cell,
            "text:p": self.begin_text,
            "table:table-row": self.begin_row,
            "table:table-column": self.begin_columns,
            "table:table": self.begin_table,
            "table:null-date": self.count_days,
            "table:table-row-group": self.begin_group,
            "table:table-column-group": self.begin_group,
            "text:span": self.begin_span,
            "calcext:conditional-format": self.begin_conditions,
            "calcext:condition": self.add_condition,
        }
        self.ends: dict[str, Callable[[], None]] = {
            "table:table-cell": self.end_cell,
            "table:covered-table-cell": self.end_cell,
            "text:p": self.end_text,
            "table:table-row": self.end_row,
            "table:table-row-group": self.end_group,
            "table:table-column-group": self.end_group,
            "text:span": self.end_span,
            # A remark is no text of its cell.
            "office:annotation": self.forget,
        }
        self.parser = _parser(self.start, EndElementHandler=self.end)

    def read(self, content: bytes) -> Book:
        self.has_conditions = b"<calcext:conditional-format " in content
        _parse(self.parser, content)
        return self.book

    def start(self, name: str, given: _Attributes) -> None:
        if begin := self.starts.get(name):
            begin(given)

    def end(self, name: str) -> None:
        if ended := self.ends.get(name):
            ended()

    def begin_conditions(self, given: _Attributes) -> None:
        self.areas = areas_of(given.get("calcext:target-range-address", ""))

    def add_condition(self, given: _Attributes) -> None:
        if self.areas and self.styles.strikes_by(given):
            base = next(iter(areas_of(given.get("calcext:base-cell-address", ""))), self.areas[0])[:2]
            formula = from_open_document(given.get("calcext:value", ""), base)
            self.book.sheets[-1].rules.append(Rule(self.areas, formula, base))

    def count_days(self, given: _Attributes) -> None:
        self.book.from_1904 = given.get("table:date-value", "").startswith("1904")

    def begin_table(self, _: _Attributes) -> None:
        self.book.sheets.append(Shown())
        self.columns = []
        self.row = self.width = 0

    def begin_group(self, given: _Attributes) -> None:
        self.folded.append(given.get("table:display") == "false")

    def end_group(self) -> None:
        if self.folded:
            self.folded.pop()

    def is_hidden(self, given: _Attributes) -> bool:
        flat = given.get("table:style-name") in self.styles.flat
        return flat or any(self.folded) or given.get("table:visibility", "visible") != "visible"

    def begin_columns(self, given: _Attributes) -> None:
        many = int(given.get("table:number-columns-repeated", 1))
        if self.is_hidden(given):
            self.book.sheets[-1].hidden_columns.update(range(self.width, self.width + min(many, 2**14)))
        self.columns.append((many, given.get("table:default-cell-style-name", "")))
        self.width += many

    def begin_row(self, given: _Attributes) -> None:
        self.rows = int(given.get("table:number-rows-repeated", 1))
        self.hides = self.is_hidden(given)
        self.row_style = given.get("table:default-cell-style-name", "")
        self.column, self.filled = 0, False

    def end_row(self) -> None:
        if self.hides and self.filled:
            self.book.sheets[-1].hidden_rows.update(range(self.row, self.row + min(self.rows, self.most)))
        self.row += self.rows

    def begin_cell(self, given: _Attributes) -> None:
        down = int(given.get("table:number-rows-spanned", 1))
        across = int(given.get("table:number-columns-spanned", 1))
        if down > 1 or across > 1:
            last = (self.row + down - 1, self.column + across - 1)
            self.book.sheets[-1].merges.append(((self.row, self.column), last))
        kind = given.get("office:value-type")
        if not kind or self.strikes or "table:formula" in given or given.get("calcext:value-type") == "error":
            self.given, self.run = given, _Run()
            self.parser.CharacterDataHandler = self.run.hear
        else:
            self.take(given, "", "")

    def begin_text(self, given: _Attributes) -> None:
        self.run.listening = True
        self.run.struck = self.styles.of(given.get("text:style-name", "")).struck

    def end_text(self) -> None:
        self.run.listening = False

    def begin_span(self, given: _Attributes) -> None:
        self.spans.append(self.run.struck)
        self.run.struck = self.styles.of(given.get("text:style-name", "")).struck

    def end_span(self) -> None:
        if self.spans:
            self.run.struck = self.spans.pop()

    def forget(self) -> None:
        self.run.kept = self.run.lost = ""

    def end_cell(self) -> None:
        given, self.given = self.given, None
        if given is None:
            return
        self.parser.CharacterDataHandler = None
        text = (self.run.kept + self.run.lost).strip()
        formula = given.get("table:formula", "")
        kind = given.get("calcext:value-type") or given.get("office:value-type")
        failed = text if kind == "error" or (formula and is_failure(text)) else ""
        if formula and not kind and not text:
            failed = "=" + formula.partition("=")[2]
        if kind or text or failed:
            self.take(given, failed, self.run.lost.strip())
        else:
            self.column += int(given.get("table:number-columns-repeated", 1))

    def take(self, given: _Attributes, failed: str, lost: str) -> None:
        """A cell that holds something, or several that hold the same."""
        many = int(given.get("table:number-columns-repeated", 1))
        name = given.get("table:style-name") or self.default()
        style = self.styles.of(name)
        # Programs that write their conditions apart write them here too.
        for condition in self.styles.maps.get(name, ()) if not self.has_conditions else ():
            if self.styles.strikes_by(condition):
                area = (self.row, self.column, self.row + self.rows - 1, self.column + many - 1)
                base = next(iter(areas_of(condition.get("style:base-cell-address", ""))), area)[:2]
                formula = from_open_document(condition.get("style:condition", ""), base)
                self.book.sheets[-1].rules.append(Rule((area,), formula, base))
        if style != PLAIN or failed or lost:
            if many * self.rows > self.most:
                raise ValueError("cells")
            rows = range(self.row, self.row + self.rows)
            self.mark(product(rows, range(self.column, self.column + many)), style, failed, lost)
        self.filled = True
        self.column += many

    def default(self) -> str:
        """The style of cells of the row or column that have none of their own."""
        if self.row_style:
            return self.row_style
        place = self.column
        for many, style in self.columns:
            if place < many:
                return style
            place -= many
        return ""

    def mark(self, places: Iterable[Place], style: Style, failed: str, lost: str) -> None:
        shown = self.book.sheets[-1]
        for place in places:
            shown.mark(place, style)
            if lost:
                shown.struck[place] = self.run.kept.strip()
            if failed:
                shown.failed[place] = failed
