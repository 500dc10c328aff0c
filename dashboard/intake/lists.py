"""The lists of communes as rows of people, posts held and certificates, with everything that is wrong in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from intake.normalise import Held, Unclear, Vocabulary, Word, as_text, is_nothing, shortened
from intake.recognise import Header, Row, find_tables, joined
from intake.tables import UnreadableFile, read
from vietnamese import Partial, key, parse_date

__all__ = [
    "Certificate",
    "Held",
    "Issue",
    "ListedPerson",
    "PastPosting",
    "Reading",
    "Vocabulary",
    "Word",
    "read_lists",
]

_LEVEL_FIELDS = ("hoc_van", "llct", "qlnn", "tin_hoc", "tieng_dtts")
_NAMES = {
    "full_name": "Họ và tên",
    "post": "Chức vụ, chức danh",
    "commune": "Xã, thị trấn",
    "criterion": "Tiêu chuẩn",
    "level": "Trình độ",
}


@dataclass(frozen=True)
class Issue:
    """What is wrong where; an 'error' turned its row away, a 'warning' did not.

    `row` counts from 1 as the spreadsheet does and is None where the whole file or sheet is meant; `column` is
    the heading as written, or empty. `message` says in Vietnamese what was found, what is expected, what to do.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    severity: str
    message: str


@dataclass(frozen=True)
class ListedPerson:
    """A person in post, with every post held at once; `commune` is its short official name."""

    file: str
    sheet: str
    row: int
    full_name: str
    birth: Partial | None
    gender: str | None
    ethnicity: str | None
    commune: str | None
    posts: tuple[str, ...]
    position_text: str
    started: Partial | None
    first_held: Partial | None
    levels: tuple[Held, ...]
    note: str


@dataclass(frozen=True)
class PastPosting:
    """A post somebody held from `started` to `ended`."""

    file: str
    sheet: str
    row: int
    full_name: str
    birth: Partial | None
    gender: str | None
    ethnicity: str | None
    commune: str | None
    posts: tuple[str, ...]
    started: Partial | None
    ended: Partial | None
    end_reason: str | None
    first_held: Partial | None


@dataclass(frozen=True)
class Certificate:
    """A level somebody reached, with its date and the number of the paper that proves it."""

    file: str
    sheet: str
    row: int
    full_name: str
    birth: Partial | None
    commune: str | None
    held: Held


@dataclass(frozen=True)
class Reading:
    """All that was read. `files` are those with a table of people; the others are in `unreadable`."""

    files: list[str] = field(default_factory=list)
    people: list[ListedPerson] = field(default_factory=list)
    history: list[PastPosting] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    unreadable: list[Issue] = field(default_factory=list)


@dataclass(frozen=True)
class _Place:
    """Where a row stands, and what holds for the whole table it is in."""

    file: str
    sheet: str
    header: Header
    commune: str | None
    require_commune: bool


def read_lists(
    paths: Iterable[str | Path],
    vocabulary: Vocabulary,
    default_commune: str | None = None,
    require_commune: bool = True,
) -> Reading:
    """Reads lists of people in post, of posts held and of certificates, whatever they look like.

    A row with an error is left out and told; a missing value is neither. The commune is the one the row names,
    else the title or a heading above it, else the sheet's name, else the file's, else `default_commune` (any
    spelling of a known commune). Without `require_commune` a row may do without one. Never raises for what is in
    the files.
    """
    reading = Reading()
    default = vocabulary.commune(default_commune) if default_commune else None
    for path in map(Path, paths):
        try:
            grids = read(path)
        except UnreadableFile as error:
            reading.unreadable.append(Issue(path.name, "", None, "", "error", str(error)))
            continue
        found = False
        for grid in grids:
            tables = find_tables(grid, vocabulary)
            if grid.hidden and tables:
                message = (
                    f"Trang tính ẩn “{grid.sheet}” có danh sách nhưng không được đọc; "
                    "nếu cần, bỏ ẩn trang tính, lưu rồi nạp lại."
                )
                reading.issues.append(Issue(grid.file, grid.sheet, None, "", "warning", message))
                continue
            commune = vocabulary.commune_in([grid.sheet]) or vocabulary.commune_in([path.stem]) or default
            for table in tables:
                place = _Place(grid.file, grid.sheet, table.header, commune, require_commune)
                found = found or bool(table.rows)
                reading.issues.extend(_near_headings(place, table.header_row))
                for row in table.rows:
                    _RowReader(place, row, vocabulary, reading).read()
        if found:
            reading.files.append(path.name)
        else:
            message = (
                f"Tệp {path.name} không có danh sách nào; cần một hàng tiêu đề có cột Họ và tên, cột Chức vụ "
                "và ít nhất một người bên dưới."
            )
            reading.unreadable.append(Issue(path.name, "", None, "", "error", message))
    return reading


def _near_headings(place: _Place, row: int) -> Iterable[Issue]:
    for heading, word in place.header.near:
        message = (
            f"Dòng {row}: cột “{shortened(heading)}” được hiểu là cột “{word}”; "
            "nếu không phải, sửa tiêu đề cột rồi nạp lại."
        )
        yield Issue(place.file, place.sheet, row, heading, "warning", message)


_T = TypeVar("_T")


class _RowReader:
    """Reads one row into the reading, or tells why it cannot be taken."""

    def __init__(self, place: _Place, row: Row, vocabulary: Vocabulary, reading: Reading) -> None:
        self.place = place
        self.row = row
        self.vocabulary = vocabulary
        self.reading = reading
        self.columns = place.header.columns
        self.failed = False

    def read(self) -> None:
        match self.place.header.kind:
            case "certificates":
                self._keep(self.reading.certificates, self._certificate())
            case "history":
                self._keep(self.reading.history, self._past_posting())
            case _:
                self._keep(self.reading.people, self._person())

    def _keep(self, rows: list[_T], row: _T) -> None:
        if not self.failed:
            rows.append(row)

    def _person(self) -> ListedPerson:
        birth, gender = self._birth()
        started, first_held = self._started()
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
            joined(self.row.cells, self.columns["post"], "; "),
            started,
            first_held,
            self._levels(),
            self._text("note"),
        )

    def _past_posting(self) -> PastPosting:
        birth, gender = self._birth()
        started, first_held = self._started()
        return PastPosting(
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
            self._date("ended_on"),
            self._end_reason(),
            first_held,
        )

    def _certificate(self) -> Certificate:
        birth, _ = self._birth()
        return Certificate(
            self.place.file,
            self.place.sheet,
            self.row.number,
            self._name(),
            birth,
            self._commune(),
            self._held(),
        )

    def _name(self) -> str:
        name = joined(self.row.cells, self.columns["full_name"])
        if not any(c.isalpha() for c in name):
            self._error("full_name", "để trống" if not name else f"“{shortened(name)}” không phải là họ tên")
        return name

    def _birth(self) -> tuple[Partial | None, str | None]:
        """The birth date and the gender, which may be told by the column the date stands in."""
        birth = self._date("birth_date")
        told = {}
        for column, gender in (("birth_male", "nam"), ("birth_female", "nu")):
            text = self._text(column)
            if not is_nothing(text):
                told[gender] = column
                if key(text) != "x":
                    birth = self._date(column) or birth
        if len(told) > 1:
            self._error("birth_female", "ghi cả ở cột Nam lẫn cột Nữ nên không rõ giới tính")
        return birth, self._gender() or next(iter(told), None)

    def _started(self) -> tuple[Partial | None, Partial | None]:
        """When the post was taken up, and first held: the same day in lists that have one column for both."""
        started = self._date("started_on")
        return started, self._date("first_held_on") if "first_held_on" in self.columns else started

    def _commune(self) -> str | None:
        text = self._text("commune")
        named = None if is_nothing(text) else self.vocabulary.commune(text)
        if named or not self.place.require_commune:
            return named or (self.row.commune or self.place.commune if is_nothing(text) else None)
        if is_nothing(text):
            commune = self.row.commune or self.place.commune
            if commune is None:
                self._error("commune", "không có tên xã ở cột, tiêu đề, tên trang tính hay tên tệp")
            return commune
        near = self.vocabulary.near_commune(text)
        hint = f", gần giống “{near}”" if near else ""
        self._error("commune", f"“{shortened(text)}” không phải là xã, thị trấn đang quản lý{hint}")
        return None

    def _posts(self) -> tuple[str, ...]:
        posts: list[str] = []
        for column in self.columns["post"]:
            text = as_text(self.row.cells[column])
            if not is_nothing(text):
                try:
                    posts += self.vocabulary.posts(text)
                except Unclear as error:
                    self._error("post", str(error))
        if not posts and not self.failed:
            self._error("post", "để trống nên không biết áp dụng tiêu chuẩn nào")
        return tuple(dict.fromkeys(posts))

    def _levels(self) -> tuple[Held, ...]:
        held: list[Held] = []
        try:
            held += self.vocabulary.professional(self._cell("chuyen_mon"), self._cell("nganh"))
        except Unclear as error:
            self._warn("chuyen_mon", str(error))
        for criterion in _LEVEL_FIELDS:
            try:
                held += self.vocabulary.levels(criterion, self._cell(criterion))
            except Unclear as error:
                self._warn(criterion, str(error))
        return tuple(held)

    def _held(self) -> Held:
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
            self._error("level", str(error))
            return nothing
        if len(held) != 1 or held[0].level is None:
            self._error("level", "để trống" if not held else "cần ghi một trình độ trên mỗi dòng")
            return nothing
        obtained = self._date("obtained_on") or held[0].obtained
        return replace(held[0], obtained=obtained, evidence=self._text("evidence") or None)

    def _cell(self, name: str) -> object:
        """The first cell of the field's columns that is not blank."""
        cells = [self.row.cells[column] for column in self.columns.get(name, ())]
        return next((cell for cell in cells if not is_nothing(as_text(cell))), "")

    def _text(self, name: str) -> str:
        return as_text(self._cell(name))

    def _date(self, name: str) -> Partial | None:
        try:
            return parse_date(self._cell(name))
        except ValueError as error:
            self._error(name, str(error))
            return None

    def _gender(self) -> str | None:
        text = self._text("gender")
        code = self.vocabulary.code("gender", text)
        if text and code is None:
            self._warn("gender", f"“{shortened(text)}” không rõ nghĩa, cần Nam hoặc Nữ")
        return code

    def _end_reason(self) -> str | None:
        text = self._text("end_reason")
        code = self.vocabulary.code("end_reason", text)
        if text and code is None:
            expected = self.vocabulary.labels("end_reason")
            self._warn("end_reason", f"“{shortened(text)}” không rõ nghĩa, cần một trong: {expected}", "Khác")
            return "khac"
        return code

    def _error(self, name: str, what: str) -> None:
        self.failed = True
        self._tell(name, "error", f"{what}. Sửa trong tệp rồi nạp lại, hoặc bỏ qua dòng này.")

    def _warn(self, name: str, what: str, taken_as: str = "chưa có dữ liệu") -> None:
        self._tell(name, "warning", f"{what}. Dòng vẫn được nhận, ô này coi như “{taken_as}”.")

    def _tell(self, name: str, severity: str, message: str) -> None:
        places = self.columns.get(name)
        column = self.place.header.headings[places[0]] if places else _NAMES.get(name, "")
        message = f"Dòng {self.row.number}, cột {column}: {message}"
        self.reading.issues.append(Issue(self.place.file, self.place.sheet, self.row.number, column, severity, message))
