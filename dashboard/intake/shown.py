"""What the eye sees on a sheet and its values do not say: rows that are hidden, text that is struck out, how much of a
date is shown, formulas that failed.

Read from the parts of the file itself, for calamine gives values only.
"""

import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product
from posixpath import basename, dirname, join, normpath
from xml.parsers import expat

from intake.cells import is_failure
from intake.colours import BLACK, NUMBERED, THEME, WHITE, Colour, are_alike, of_hex, of_number, shaded
from intake.conditional import Area, Rule, areas_of, column_of, from_open_document, is_corner, reference

MONTH, YEAR, NO_YEAR = "month", "year", "no year"
# Why nobody sees what a cell says, as a message tells it.
COLOUR, TINY, BLANK = "cùng màu với nền", "có cỡ chữ quá nhỏ", "có định dạng số không hiện giá trị"
Place = tuple[int, int]
_Attributes = dict[str, str]

# What a number format says beside its letters: text in quotes or after a sign, colours, languages.
_SECTION = re.compile(r'(?:"[^"]*"?|[\\_*].|\[[^\]]*\]?|[^;])*')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_VALUE_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?[\d.]+(?:[eE][+-]?\d+)?)")
_LETTERS_OF_DATES = re.compile(r"[dmhsapg/\-.,:\s0@]*")
_LITERAL = re.compile(r'"[^"]*"?|[\\_*].|\[[^\]]*\]?')
# A sheet without any of these hides nothing and has no formula. Looking for each is ten times as quick as reading on;
# attributes can be written with spaces or in UTF-16, though nobody does. Of those that begin alike the beginning is
# looked for first, and mostly is not there.
_REMARKABLE: tuple[tuple[bytes, tuple[bytes, ...]], ...] = (
    (b"hidden", (b"hidden",)),
    # Of less than three points nothing is seen.
    (b" ht=", (b' ht="0', b" ht='0", b' ht="1.', b' ht="1"', b' ht="2.', b' ht="2"', b' ht=".')),
    (b" width=", (b' width="0', b" width='0", b' width=".')),
    *((sign, (sign,)) for sign in (b'="e"', b"='e'")),
    (b"<f", (b"<f>", b"<f ", b"<f/")),
    *((sign, (sign,)) for sign in (b":f", b' ="', b'= "', b"\0")),
)
# Parts of a worksheet below its cells that have formulas of their own.
_BELOW = ("conditionalFormatting", "dataValidations", "extLst")
_OPEN_REMARKABLE = (
    *(
        b"visibility=",
        b':display="false',
        b":formula",
        b"<office:annotation",
        b"-spanned=",
        b'="error"',
        b'date-value="1904',
        b" =",
        b"= ",
        b"\0",
    ),
)
_OFF = ("0", "false")
# Points of a row, characters of a column and points of letters that nobody sees; inches of a row and of a column.
_FLAT_ROW, _FLAT_COLUMN, _TINY = 3, 0.75, 4
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_ALL: Area = (0, 0, 2**20, 2**14)


@dataclass
class Shown:
    """What a sheet shows. Rows and columns count from 0 on the sheet; only cells that hold something are named.

    `struck` has what a cell says beside the words that are struck out, mostly nothing. `coarse` are the dates of which
    no more than the MONTH or YEAR is shown, or all but the year. `failed` are formulas that gave an error, such as
    '#REF!', or that nobody ever computed, such as '=B4&C4'. `merges` are the first and last cell of each range that is
    shown as one, where calamine does not tell. `rules` strike out or hide where they hold; of what is `unseen` it is
    told why. `remarks` are written on cells, beside what they hold.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: dict[Place, str] = field(default_factory=dict)
    coarse: dict[Place, "Coarse"] = field(default_factory=dict)
    failed: dict[Place, str] = field(default_factory=dict)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    unseen: dict[Place, str] = field(default_factory=dict)
    remarks: dict[Place, str] = field(default_factory=dict)

    def mark(self, place: Place, style: "Style", *, is_text: bool) -> None:
        """A cell of that style holds something."""
        if style.struck:
            self.struck[place] = ""
        if style.coarse:
            self.coarse[place] = style.coarse
        if style.unseen or (style.hides_text if is_text else style.hides_numbers):
            self.unseen[place] = style.unseen or BLANK


# How much of a date is shown; where that depends on its day number: each condition, '' for none, and how much then.
Coarse = str | tuple[tuple[str, float, str | None], ...]


@dataclass(frozen=True)
class Style:
    """Whether a format of cells strikes out, how much of a date it shows, why nobody sees what it writes, and whether
    its number format shows text and numbers at all.
    """

    struck: bool = False
    coarse: Coarse | None = None
    unseen: str = ""
    hides_text: bool = False
    hides_numbers: bool = False


PLAIN = Style()
# Of the formats that have a number only, the one without a day is 'mmm-yy'; those without a year are 'd-mmm' and times.
BUILT_IN: dict[int, Coarse] = {17: MONTH, **dict.fromkeys((16, 18, 19, 20, 21, 45, 46, 47), NO_YEAR)}


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


def shown_of_dates(code: str) -> Coarse | None:
    """How much a number format shows of a date: MONTH, YEAR, NO_YEAR, None for all, or that by its conditions."""
    sections = _sections(code)
    conditions = [_CONDITION.search(section) for section in sections]
    if not any(conditions):
        return _shown_by(sections[0])
    return together(
        (found[1], float(found[2]), _shown_by(section)) if found else ("", 0.0, _shown_by(section))
        for found, section in zip(conditions, sections, strict=True)
    )


def together(sections: Iterable[tuple[str, float, str | None]]) -> Coarse | None:
    """What sections show of a date: one thing where all show the same."""
    every = tuple(sections)
    return every if len({shows for _, _, shows in every}) > 1 else every[0][2]


def of_day(coarse: Coarse, number: float) -> str | None:
    """How much is shown of the date with that day number."""
    if isinstance(coarse, str):
        return coarse
    holds = {"<": number.__lt__, "<=": number.__le__, ">": number.__gt__, ">=": number.__ge__, "=": number.__eq__}
    return next((shows for sign, limit, shows in coarse if not sign or holds.get(sign, number.__ne__)(limit)), None)


def _sections(code: str) -> list[str]:
    sections, at = [], 0
    while at <= len(code):
        found = _SECTION.match(code, at)
        sections.append(found[0] if found else "")
        at += len(sections[-1]) + 1
    return sections


def _shown_by(section: str) -> str | None:
    if shows := coarseness(section):
        return shows
    letters = _LITERAL.sub("", section).lower()
    return NO_YEAR if re.search("[dmhs]", letters) and _LETTERS_OF_DATES.fullmatch(letters) else None


def hidden_by(code: str) -> tuple[bool, bool]:
    """Whether a number format shows nothing of a text, and nothing of a number: ';;;', or words instead of a value."""
    shows = [bool(_LITERAL.sub("", section).strip()) for section in _sections(code)]
    if len(shows) < 2 and not code.startswith('"'):
        return False, False
    return len(shows) > 3 and not shows[3], not shows[0] and not _CONDITION.search(code)


def of_workbook(archive: zipfile.ZipFile) -> Book:
    """What the worksheets of an .xlsx show. Raises ValueError for parts that are missing or no XML."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}

    def part(name: str) -> bytes:
        return archive.read(names[name.lower()]) if name.lower() in names else b""

    look = part("xl/styles.xml")
    theme = _theme(part("xl/theme/theme1.xml")) if b"theme=" in look else THEME
    styles = _styles(look, theme)
    differences, of_tables = _differences(look, theme)
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
        shown.remarks = _remarks(part(_comments_of(targets.get(which, ""), part)))
        book.sheets.append(shown)
    return book


def _comments_of(sheet: str, part: Callable[[str], bytes]) -> str:
    """The part with the remarks on the cells of a worksheet; '' where it has none."""
    found = [""]

    def relation(name: str, given: _Attributes) -> None:
        if name == "Relationship" and given.get("Type", "").endswith("/comments"):
            found.append(normpath(join("/", dirname(sheet), given.get("Target", ""))).strip("/"))

    _walk(part(f"{dirname(sheet)}/_rels/{basename(sheet)}.rels"), relation)
    return found[-1]


def _remarks(data: bytes) -> dict[Place, str]:
    """The remarks on cells, of which each begins with the name of who wrote it."""
    remarks: dict[Place, str] = {}
    place: Place | None = None
    listens = False

    def start(name: str, given: _Attributes) -> None:
        nonlocal place, listens
        if name == "comment":
            areas = areas_of(given.get("ref", ""))
            place = areas[0][:2] if areas else None
        listens = name == "t" and place is not None

    def hear(said: str) -> None:
        if listens and place is not None:
            remarks[place] = remarks.get(place, "") + said

    _walk(data, start, EndElementHandler=lambda _: start("", {}), CharacterDataHandler=hear)
    return remarks


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


def _theme(data: bytes) -> list[Colour]:
    """The colours of a theme by the numbers that styles give them: two pairs are the other way round there."""
    found: list[Colour] = []
    inside = False

    def start(name: str, given: _Attributes) -> None:
        nonlocal inside
        if name in ("clrScheme", "fontScheme"):
            inside = name == "clrScheme"
        elif inside and name in ("srgbClr", "sysClr"):
            found.append(of_hex(given.get("lastClr", given.get("val", ""))) or BLACK)

    _walk(data, start)
    return [found[1], found[0], found[3], found[2], *found[4:]] if len(found) > 3 else THEME


def _styles(data: bytes, theme: list[Colour]) -> dict[str, Style]:
    """The formats of cells by their number, but for those that show all there is."""
    codes: dict[str, str] = {}
    struck: list[bool] = []
    tiny: list[bool] = []
    # Colours of letters, and of what is behind them.
    inks: list[Colour | None] = []
    papers: list[Colour | None] = []
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
            tiny.append(False)
            inks.append(BLACK)
        elif (section, name) == ("fonts", "strike") and struck:
            struck[-1] = given.get("val", "1") not in _OFF
        elif (section, name) == ("fonts", "sz") and tiny:
            tiny[-1] = float(given.get("val", 11)) < _TINY
        elif (section, name) == ("fonts", "color") and inks:
            inks[-1] = _colour(given, theme)
        elif (section, name) == ("fills", "patternFill"):
            papers.append(WHITE if given.get("patternType", "none") in ("none", "solid") else None)
        elif (section, name) == ("fills", "gradientFill"):
            papers.append(None)
        elif (section, name) == ("fills", "fgColor") and papers and papers[-1] is not None:
            papers[-1] = _colour(given, theme) if "auto" not in given else None
        elif (section, name) == ("cellXfs", "xf"):
            font, number = int(given.get("fontId", 0)), given.get("numFmtId", "0")
            coarse = shown_of_dates(codes[number]) if number in codes else BUILT_IN.get(int(number))
            fill = int(given.get("fillId", 0))
            ink, paper = (inks[font] if font < len(inks) else BLACK, papers[fill] if fill < len(papers) else WHITE)
            unseen = COLOUR if are_alike(ink, paper) else TINY if font < len(tiny) and tiny[font] else ""
            hidden = hidden_by(codes.get(number, ""))
            style = Style(font < len(struck) and struck[font], coarse, unseen, *hidden)
            if style != PLAIN:
                styles[str(count)] = style
            count += 1

    _walk(data, start)
    return styles


def _colour(given: _Attributes, theme: list[Colour]) -> Colour | None:
    """A colour as a style names it; None for one that nobody knows."""
    found: Colour | None = BLACK
    if "rgb" in given:
        found = of_hex(given["rgb"])
    elif "theme" in given:
        number = int(given["theme"])
        found = theme[number] if number < len(theme) else None
    elif "indexed" in given:
        found = of_number(int(given["indexed"]), NUMBERED)
    return shaded(found, float(given["tint"])) if found and "tint" in given else found


@dataclass
class _Difference:
    """A format that a condition applies: what it strikes out and how it colours."""

    struck: bool = False
    ink: Colour | None = BLACK
    paper: Colour | None = WHITE
    code: str = ""

    def does(self) -> str | None:
        """'' where it strikes out, why nobody sees what it shows, None where it does neither."""
        if self.struck:
            return ""
        return COLOUR if are_alike(self.ink, self.paper) else BLANK if all(hidden_by(self.code)) else None


def _differences(data: bytes, theme: list[Colour]) -> tuple[dict[str, str], bool]:
    """The formats that conditions apply and that strike out or hide, by number, with what they do (see `_Difference`),
    and whether a style of tables applies one that strikes out.
    """
    every: list[_Difference] = []
    tables = inside = False
    part = ""

    def start(name: str, given: _Attributes) -> None:
        nonlocal tables, inside, part
        if name in ("dxfs", "tableStyles"):
            inside = name == "dxfs"
        elif name == "tableStyleElement":
            tables = tables or any(one.struck and str(n) == given.get("dxfId") for n, one in enumerate(every))
        elif inside and name == "dxf":
            every.append(_Difference())
        elif inside and name in ("font", "fill", "border"):
            part = name
        elif inside and name == "numFmt":
            every[-1].code = given.get("formatCode", "")
        elif inside and (part, name) == ("font", "strike"):
            every[-1].struck = given.get("val", "1") not in _OFF
        elif inside and (part, name) == ("font", "color"):
            every[-1].ink = _colour(given, theme)
        elif inside and (part, name) == ("fill", "bgColor"):
            every[-1].paper = _colour(given, theme)

    if b"dxf" in data:
        _walk(data, start)
    return {str(n): does for n, one in enumerate(every) if (does := one.does()) is not None}, tables


def _rules(data: bytes, differences: dict[str, str]) -> list[Rule]:
    """The conditions of a worksheet under which cells are struck out, or not seen."""
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
            does = differences.get(given.get("dxfId", ""))
            found.append((given if does is None else given | {"does": does}, []))
        elif name == "strike" and found and given.get("val", "1") not in _OFF:
            found[-1][0]["does"] = ""

    def end(name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("formula", "f") and found:
            found[-1][1].append(text)
        elif name == "sqref":
            areas[0] = text
        elif name == "conditionalFormatting":
            places = areas_of(areas[0])
            for given, formulas in found if places else ():
                if "does" in given:
                    base = places[0][:2]
                    formula = _formula(given, formulas, base) if is_corner(base, places) else ""
                    rules.append(Rule(places, formula, base, given["does"]))
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
    if not (styles or shared or rich or _is_remarkable(data)):
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
        elif name == "col" and _is_hidden(given, "width", _FLAT_COLUMN):
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


def _is_remarkable(data: bytes) -> bool:
    return any(begins in data and any(sign in data for sign in signs) for begins, signs in _REMARKABLE)


def _is_hidden(given: _Attributes, size: str, least: float) -> bool:
    """Whether a row or column is hidden, or less than the size of which anything is seen."""
    return given.get("hidden", "0") not in _OFF or float(given.get(size, least)) < least


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
        if _is_hidden(given, "ht", _FLAT_ROW):
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
                self.shown.mark(self.place(), self.style, is_text=self.kind in ("s", "str", "inlineStr"))
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
        self.sizes: dict[str, float] = {}
        self.inks: dict[str, str] = {}
        self.papers: dict[str, str] = {}
        # Number formats that take others by the value; rows and columns of no size, and conditions under which cells
        # of a style have another.
        self.by_value: dict[str, list[_Attributes]] = {}
        self.flat: set[str] = set()
        self.maps: dict[str, list[_Attributes]] = {}
        self.format = self.name = ""
        self.known: dict[str, Style] = {}

    def start(self, name: str, given: _Attributes) -> None:
        if name.startswith("number:") and name.endswith("-style"):
            self.format = given.get("style:name", "")
            self.shows[self.format] = {name}
        elif name == "style:map" and self.format:
            self.by_value.setdefault(self.format, []).append(given)
        elif name.startswith("number:") and name != "number:text" and self.format:
            self.shows[self.format].add(name)
        elif name == "style:style":
            self.name, self.format = given.get("style:name", ""), ""
            self.given[self.name] = given
            self.called[given.get("style:display-name", self.name)] = self.name
        elif name == "style:map":
            self.maps.setdefault(self.name, []).append(given)
        elif name in ("style:table-row-properties", "style:table-column-properties"):
            size = _points(given.get("style:row-height", given.get("style:column-width", "")))
            if size is not None and size < _FLAT_ROW:
                self.flat.add(self.name)
        elif name == "style:table-cell-properties" and "fo:background-color" in given:
            self.papers[self.name] = given["fo:background-color"].lower()
        elif name == "style:text-properties":
            if self.format:
                # Of a number format that writes what is below zero in red.
                return
            if "fo:color" in given:
                self.inks[self.name] = given["fo:color"].lower()
            if (size := _points(given.get("fo:font-size", ""))) is not None:
                self.sizes[self.name] = size
            line = given.get("style:text-line-through-style", given.get("style:text-line-through-type"))
            if line:
                self.struck[self.name] = line != "none"

    def of(self, name: str) -> Style:
        """What a style says, or one of those it is made from."""
        if name not in self.known:
            struck = data_style = ink = paper = size = None
            made_from = name
            for _ in range(9):
                given = self.given.get(made_from, {})
                struck = self.struck.get(made_from) if struck is None else struck
                size = self.sizes.get(made_from) if size is None else size
                ink, paper = ink or self.inks.get(made_from), paper or self.papers.get(made_from)
                data_style = data_style or given.get("style:data-style-name")
                made_from = given.get("style:parent-style-name", "")
            behind = WHITE if paper in (None, "transparent") else of_hex(paper or "")
            alike = are_alike(of_hex(ink or "#000000"), behind)
            unseen = COLOUR if alike else TINY if size is not None and size < _TINY else ""
            self.known[name] = Style(bool(struck), self._coarse(data_style), unseen, *self._hidden_by(data_style))
        return self.known[name]

    def _coarse(self, name: str | None) -> Coarse | None:
        """How much a number format shows of a date."""
        if name is None or name not in self.shows:
            return None
        sections: list[tuple[str, float, str | None]] = []
        for given in self.by_value.get(name, ()):
            if found := _VALUE_CONDITION.fullmatch(given.get("style:condition", "").strip()):
                other = self._shown_by(given.get("style:apply-style-name", ""))
                sections.append((found[1].replace("!=", "<>"), float(found[2]), other))
        return together([*sections, ("", 0.0, self._shown_by(name))])

    def _shown_by(self, name: str) -> str | None:
        shows = self.shows.get(name, set())
        if "number:year" in shows:
            return None if "number:day" in shows else MONTH if "number:month" in shows else YEAR
        return NO_YEAR if shows & {"number:day", "number:month", "number:hours", "number:minutes"} else None

    def _hidden_by(self, name: str | None) -> tuple[bool, bool]:
        """Whether a number format shows nothing of a text, and nothing of a number."""
        if name is None or name not in self.shows:
            return False, False
        own = self.shows[name]
        first = next(
            (self.shows.get(given.get("style:apply-style-name", "")) for given in self.by_value.get(name, ())), own
        )
        is_blank = first is not None and len(first) == 1 and "number:boolean-style" not in first
        return "number:text-style" in own and "number:text-content" not in own, is_blank and len(own) == 1

    def are_plain(self) -> bool:
        """Whether no style has anything to say, none was given under another prefix, and none of text strikes out."""
        return bool(self.given) and not self.flat and all(self.of(name) == PLAIN for name in self.given)

    def does(self, given: _Attributes) -> str | None:
        """What the style does that a condition applies, as of `Rule`; None for nothing."""
        # Conditions call a style as people do.
        name = given.get("style:apply-style-name") or given.get("calcext:apply-style-name", "")
        style = self.of(self.called.get(name, name))
        if style.struck:
            return ""
        return style.unseen or (BLANK if style.hides_text and style.hides_numbers else None)


def _points(size: str) -> float | None:
    """A length such as '0.5pt' or '0.0138in'; None for what is none."""
    found = re.fullmatch(r"(\d*\.?\d+)([a-z]*)", size.strip())
    return float(found[1]) * _POINTS.get(found[2], 1.0) if found else None


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
        self.run = self.outer = _Run()
        self.remarks = False
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
            "office:annotation": self.begin_remark,
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
            "office:annotation": self.end_remark,
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
        if self.areas and (does := self.styles.does(given)) is not None:
            base = next(iter(areas_of(given.get("calcext:base-cell-address", ""))), self.areas[0])[:2]
            formula = from_open_document(given.get("calcext:value", ""), base)
            self.book.sheets[-1].rules.append(Rule(self.areas, formula, base, does))

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
        if self.remarks and self.run.kept:
            self.run.kept += "\n"
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

    def begin_remark(self, _: _Attributes) -> None:
        self.outer, self.run, self.remarks = self.run, _Run(), True
        self.parser.CharacterDataHandler = self.run.hear

    def end_remark(self) -> None:
        if text := (self.run.kept + self.run.lost).strip():
            # Of a cell that has been taken already the next one is the place.
            place = self.row, self.column - (1 if self.given is None else 0)
            self.book.sheets[-1].remarks[place] = text
        self.run, self.remarks = self.outer, False
        self.parser.CharacterDataHandler = None if self.given is None else self.run.hear

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
            if (does := self.styles.does(condition)) is not None:
                area = (self.row, self.column, self.row + self.rows - 1, self.column + many - 1)
                base = next(iter(areas_of(condition.get("style:base-cell-address", ""))), area)[:2]
                formula = from_open_document(condition.get("style:condition", ""), base)
                self.book.sheets[-1].rules.append(Rule((area,), formula, base, does))
        if style != PLAIN or failed or lost:
            if many * self.rows > self.most:
                raise ValueError("cells")
            rows = range(self.row, self.row + self.rows)
            is_text = given.get("office:value-type", "string") == "string"
            self.mark(product(rows, range(self.column, self.column + many)), style, failed, lost, is_text=is_text)
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

    def mark(self, places: Iterable[Place], style: Style, failed: str, lost: str, *, is_text: bool) -> None:
        shown = self.book.sheets[-1]
        for place in places:
            shown.mark(place, style, is_text=is_text)
            if lost:
                shown.struck[place] = self.run.kept.strip()
            if failed:
                shown.failed[place] = failed
