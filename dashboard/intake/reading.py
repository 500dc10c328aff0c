"""What reading lists gives: people, posts held and certificates, what is wrong in them, and where every row went."""

from dataclasses import dataclass, field
from datetime import date

from core.vietnamese import Partial
from intake.cells import shortened
from intake.recognise import Column
from intake.vocabulary import Held

# How many rows that are in no table, and how many cells of each, a message quotes: enough to find them.
_QUOTED, _CELLS = 3, 4


@dataclass(frozen=True)
class Issue:
    """What is wrong where; an 'error' turned its row away, a 'warning' did not, an 'info' is only good to know.

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
    """A person in post, with every post held at once; `commune` is its short official name.

    `other_numbers` are those of papers that the row names beside its `identifier`, or where none is the one to keep.
    """

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
    identifier: str | None
    other_numbers: tuple[str, ...] = ()

    def moments(self) -> list[Partial]:
        """All dates it names."""
        return [
            moment
            for moment in (self.birth, self.started, self.first_held, *(held.obtained for held in self.levels))
            if moment
        ]


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
    identifier: str | None
    other_numbers: tuple[str, ...] = ()

    def moments(self) -> list[Partial]:
        """All dates it names."""
        return [moment for moment in (self.birth, self.started, self.first_held, self.ended) if moment]


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
    identifier: str | None
    other_numbers: tuple[str, ...] = ()

    def moments(self) -> list[Partial]:
        """All dates it names."""
        return [moment for moment in (self.birth, self.held.obtained) if moment]


@dataclass(frozen=True)
class RejectedRow:
    """A row turned away: its cells as they were read, and all its errors in one message."""

    file: str
    sheet: str
    row: int
    headings: tuple[str, ...]
    cells: tuple[object, ...]
    message: str


@dataclass(frozen=True)
class StrangeWord:
    """A word that is not in the vocabulary: its domain, in how many cells it stands, the first of them.

    Domains are 'post', 'gender', 'end_reason', 'commune' and the criteria. A Word that gives it a code of the domain
    (a commune its short official name) makes those cells understood.
    """

    domain: str
    word: str
    count: int
    example: str


@dataclass(frozen=True)
class Layout:
    """The columns of a table and what each was taken for; `key` is the same for lists with the same headings."""

    file: str
    sheet: str
    header_row: int
    key: str
    columns: tuple[Column, ...]
    people: int


@dataclass(frozen=True)
class Account:
    """Where each filled row of a sheet went. The numbers add up to `filled`, which was counted before any of them.

    `read` rows were taken, `rejected` turned away, `repeated` are told to be the same as another; `around` are titles,
    headings, sections, totals, notes, signatures and lines of forms that nobody filled in; `hidden` were not read
    because they, or their sheet, are hidden, or they are struck out; `outside` belong to no table that was recognised.
    """

    file: str
    sheet: str
    filled: int
    read: int = 0
    rejected: int = 0
    repeated: int = 0
    around: int = 0
    hidden: int = 0
    outside: int = 0


@dataclass(frozen=True)
class LeftOut:
    """Rows of a sheet, one below the other, that belong to no recognised table for the same reason.

    `rows` are their numbers, `cells` what stands in each, `why` a Vietnamese clause. With `beside` the rows were read,
    but not these cells of theirs.
    """

    file: str
    sheet: str
    rows: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...]
    why: str
    beside: bool = False

    @property
    def place(self) -> str:
        """'dòng 5', 'dòng 5–7'; with the sheet where it has a name."""
        first, last = self.rows[0], self.rows[-1]
        lines = f"dòng {first}" if first == last else f"dòng {first}–{last}"
        return f"trang tính “{self.sheet}”, {lines}" if self.sheet else lines

    @property
    def quoted(self) -> str:
        """The first cells of the first rows."""
        rows = [shortened(" · ".join(cells[:_CELLS])) for cells in self.cells[:_QUOTED]]
        return "; ".join(f"“{row}”" for row in rows) + ("; …" if len(self.rows) > _QUOTED else "")

    def issue(self) -> Issue:
        """What is told of them."""
        count = f" ({len(self.rows)} dòng)" if len(self.rows) > 1 else ""
        message = (
            f"{self.place[0].upper()}{self.place[1:]}{count} không thuộc bảng nào nên chưa được đọc: {self.why}. "
            f"Nội dung: {self.quoted}. Sửa tiêu đề hoặc đưa vào bảng rồi nạp lại."
        )
        return Issue(self.file, self.sheet, self.rows[0], "", "error", message)

    def rejected(self) -> list[RejectedRow]:
        """The rows as ones that were turned away, to be kept with the batch and given back."""
        message = f"Không thuộc bảng nào nên chưa được đọc: {self.why}."
        return [
            RejectedRow(self.file, self.sheet, row, tuple("" for _ in cells), cells, message)
            for row, cells in zip(self.rows, self.cells, strict=True)
        ]


@dataclass(frozen=True)
class Reading:
    """All that was read. `files` are those with a table of people; the others are in `unreadable`.

    `written` has the headings and cells of every row that was taken, by file, sheet and row, to give back with a word.
    `stated` is the day a file's title says it speaks for. `homeless` are files with rows that name no commune.
    `accounts` say for each sheet where its rows went, `left_out` which of them belong to no table. `kinds` is what
    communes are called then.
    """

    files: list[str] = field(default_factory=list)
    people: list[ListedPerson] = field(default_factory=list)
    history: list[PastPosting] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    unreadable: list[Issue] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    strange: list[StrangeWord] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)
    written: dict[tuple[str, str, int], tuple[tuple[str, ...], tuple[object, ...]]] = field(default_factory=dict)
    stated: dict[str, date] = field(default_factory=dict)
    homeless: dict[str, None] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    kinds: str = "xã, thị trấn"

    def lost(self) -> int:
        """How many rows, or parts of rows, belong to no table that was recognised."""
        return sum(len(left.rows) for left in self.left_out)

    def problems(self) -> list[Issue]:
        """All that is wrong, what weighs most first."""
        return [*self.unreadable, *(left.issue() for left in self.left_out), *self.issues]
