"""A column of dates looked at as a whole, for what no cell tells alone: day and month that Excel exchanged, days that a
time zone moved, bare day numbers.

What the column proves is read as it was meant; where it only raises a doubt, no more of the date is kept than both
readings share. Either is told.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from core.vietnamese import clean, excel_day, parse_date
from intake.cells import as_text, rows_named
from intake.recognise import DATES, Row, Table

# From the first day of the one calendar of Excel to that of the other.
_TO_1904 = timedelta(days=1462)
_MONTHS = 12
_FIGURES = 99
# So many dates must follow a pattern to prove it; so many are no accident where others do not follow.
_PROOF, _NO_ACCIDENT = 4, 5

_DAY_TEXT = re.compile(r"(\d{1,2})(?:\s*[/.\-]\s*|\s+)(\d{1,2})(?:\s*[/.\-]\s*|\s+)(\d{4}|\d{2})")
_AROUND = " ./-…_,"
_DAYS = 31
# A day after the 12th before its month, whatever stands around and between them: 'ngày 23 tháng 11 năm 1980',
# 'sinh 23/11/1980', '23-Nov-1980'.
_AND = r"(?:[\s/.,\-]|tháng|năm)+"
_SPOKEN = re.compile(
    rf"(?<!\d)(?:1[3-9]|2\d|3[01]){_AND}"
    rf"(?:0?[1-9]|1[0-2]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*){_AND}(?:(?:19|20)\d\d|\d\d)(?!\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_CLOCK = re.compile(
    r"(?:,\s*|\s+|t)(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2}|(am|sa)|(pm|ch))?$",
    re.IGNORECASE,
)

# Of a day that lost some seconds; of midnight as London has it, an hour earlier for days of Saigon before 1975.
_BEFORE_MIDNIGHT = ((time(23, 50), time.max), (time(15, 55), time(16, 5)), (time(16, 55), time(17, 5)))
# Of midnight as London has that of Paris, in winter and in summer, or its own in summer: somebody can be born then.
_IN_EUROPE = ((time(21, 55), time(22, 5)), (time(22, 55), time.max))
_MIDNIGHT = time(0, 10)
_SUMMER = range(4, 11)

_Numbers = tuple[int, int, int]


def put_right(tables: Sequence[Table], from_1904: bool) -> tuple[list[Table], list[tuple[str, str]]]:
    """The tables of a sheet with the dates that their columns show to be meant, and what to tell, by heading.

    A table that goes on under a repeated header has the same columns. `from_1904` is said of bare day numbers.
    """
    changed: dict[int, dict[int, object]] = {}
    told: list[tuple[str, str]] = []
    headers = {table.header.key: table.header for table in tables if table.rows}
    for key, header in headers.items():
        rows = [row for table in tables if table.header.key == key for row in table.rows]
        for place in (place for name in DATES for place in header.columns.get(name, ())):
            column = _Column({row.number: row.cells[place] for row in rows}, from_1904)
            for number, cell in column.changed.items():
                changed.setdefault(number, {})[place] = cell
            told += [(header.headings[place], note) for note in column.notes]
    if not changed:
        return list(tables), told
    return [replace(table, rows=[_with(row, changed.get(row.number)) for row in table.rows]) for table in tables], told


def _with(row: Row, changed: Mapping[int, object] | None) -> Row:
    if not changed:
        return row
    cells, texts = list(row.cells), list(row.texts)
    for place, cell in changed.items():
        cells[place], texts[place] = cell, as_text(cell)
    return replace(row, cells=cells, texts=texts)


class _Column:
    """The cells of one column by row; `changed` are those to be read otherwise, `notes` what is told of them."""

    def __init__(self, cells: Mapping[int, object], from_1904: bool) -> None:
        self.cells = cells
        self.changed: dict[int, object] = {}
        self.notes: list[str] = []
        if all(type(cell) is date or cell == "" for cell in cells.values()):
            # Days without a time say nothing of each other: only text among them does.
            return
        written = {row: clean(cell) for row, cell in cells.items() if isinstance(cell, str)}
        texts = {row: found for row, text in written.items() if (found := _numbers(text))}
        spoken = sum(bool(_SPOKEN.search(text)) for row, text in written.items() if row not in texts)
        # A month that stands first does so also before a time.
        first = self._settle_texts(texts, spoken > 0)
        moments = {row: moment for row in cells if (moment := self._moment(row, from_1904))}
        self._tell_numbers({row: _day(moments[row]) for row in moments if _is_number(cells[row])})
        # The marks of other time zones are understood here alone.
        self.changed |= {row: _day(m) for row, m in moments.items() if isinstance(cells[row], str)}
        timed = {row: m for row, m in moments.items() if isinstance(m, datetime) and m.time() > _MIDNIGHT}
        plain = [_day(m) for row, m in moments.items() if row not in timed]
        read = (self.changed.get(row, _date(y, m, d)) for row, (d, m, y) in texts.items() if row not in moments)
        self._settle_times(timed, [*plain, *(day for day in read if isinstance(day, date))])
        # What a computer wrote with its time is no text that Excel has left.
        texts = {row: found for row, found in texts.items() if row not in timed or not _is_late(timed[row])}
        if first == "day" and not spoken and all(day <= _MONTHS for day, _, _ in texts.values()):
            first = None
        # Where the time left a doubt there is no day to look at.
        told = {row: self.changed.get(row, moment) for row, moment in moments.items() if row not in texts}
        days = {row: _day(day) for row, day in told.items() if isinstance(day, date)}
        self._settle_days(days, texts, spoken, first)

    def _moment(self, row: int, from_1904: bool) -> date | None:
        """The day of a cell, with its time where it has one, and the day as its column shows it to be meant."""
        if row not in self.changed:
            return _moment(self.cells[row], from_1904)
        day, found = self.changed[row], _apart(clean(str(self.cells[row])))
        return datetime.combine(day, found[1]) if isinstance(day, date) and found else None

    def _tell_numbers(self, days: Mapping[int, date]) -> None:
        if days:
            self.changed |= days
            self._tell(
                days,
                "là số ngày của Excel, không có định dạng ngày, được đọc thành ngày",
                "Nếu không phải, ghi lại thành ngày/tháng/năm rồi nạp lại.",
            )

    def _settle_times(self, moments: Mapping[int, datetime], plain: Collection[date]) -> None:
        """Times of a column that all are just before midnight, here or in London, are of the next day.

        `plain` are its days without a time. Whatever a time is taken for is told.
        """
        late = {row: moment for row, moment in moments.items() if _is_late(moment)}
        self.changed |= {row: _day(moment) for row, moment in moments.items()}
        if late and len(late) == len(moments) and _are_shifted(late.values(), plain):
            self.changed |= {row: _day(moment) + timedelta(days=1) for row, moment in late.items()}
            self._tell(
                late,
                "ghi giờ sát nửa đêm hoặc giờ lệch múi giờ, được đọc là ngày hôm sau",
                "Nếu không phải, ghi lại ngày, không kèm giờ, rồi nạp lại.",
            )
            return
        if late:
            self.changed |= {row: _shared(_day(m), _day(m) + timedelta(days=1)) for row, m in late.items()}
            self._tell(
                late,
                "ghi giờ mà các ô khác cũng ghi hoặc không ghi, chưa rõ là ngày ấy hay ngày hôm sau, "
                "chỉ nhận phần chắc chắn",
                "Ghi lại ngày, không kèm giờ, rồi nạp lại.",
            )
        if within := moments.keys() - late.keys():
            self._tell(
                within,
                "ghi kèm giờ, chỉ đọc ngày",
                "Nếu giờ ấy do lệch múi giờ mà có thì ghi lại ngày, không kèm giờ, rồi nạp lại.",
            )

    def _settle_texts(self, texts: Mapping[int, _Numbers], spoken: bool) -> str | None:
        """What stands first in dates written as text, 'day' or 'month'; None where none of them tells, or they differ.

        Month first is how they are exported with the settings of the United States. `spoken` is whether days come first
        in other text.
        """
        day_first = {row for row, (first, second, _) in texts.items() if second <= _MONTHS < first}
        month_first = {row for row, (first, second, _) in texts.items() if first <= _MONTHS < second}
        if not month_first:
            return "day" if day_first or spoken else None
        proven = len(month_first) > 1 or len(texts) >= _PROOF
        if not day_first and proven:
            read = {row: _meant(year, first, second) for row, (first, second, year) in texts.items()}
            self._exchange({row: day for row, day in read.items() if day}, "viết tháng trước, ngày sau")
            return "month"
        if not day_first or len(month_first) > 1:
            self._doubt({row: _date(y, b, a) for row, (a, b, y) in texts.items()})
            self._doubt_short({row for row, (a, b, y) in texts.items() if y <= _FIGURES and a != b <= _MONTHS >= a})
        return None

    def _settle_days(
        self, days: Mapping[int, date], texts: Mapping[int, _Numbers], spoken: int, first: str | None
    ) -> None:
        """Excel makes a date of what it can read, as the computer is set up, and leaves the rest as text.

        Of a column typed the other way round it has exchanged the days up to 12, and left those after.
        """
        other = {row: exchanged for row, day in days.items() if (exchanged := _exchanged(day))}
        moved = {row: day for row, day in other.items() if day != days[row]}
        # Days that Excel cannot have exchanged: somebody mended them, or they were typed into another computer.
        honest = len(days) - len(other)
        # Many dates are the first of a month, and those are as they were meant.
        if first is None or not moved or (len(other) > 1 and all(days[row].day == 1 for row in other)):
            return
        as_text = sum(max(a, b) <= _MONTHS for a, b, _ in texts.values())
        if honest:
            # More that can be exchanged than cannot be is no accident; but a text of a day that Excel would have taken
            # says that somebody typed as they pleased.
            if not as_text and len(moved) > honest:
                self._doubt(days)
            return
        if not as_text and len(moved) > 1 and len(days) + len(texts) + spoken >= _PROOF:
            self._exchange(moved, "bị Excel đảo ngày và tháng: ngày từ 13 trở đi trong cột này đều còn là chữ")
        elif not as_text or len(moved) >= _NO_ACCIDENT:
            self._doubt(days)

    def _exchange(self, days: Mapping[int, date | str], why: str) -> None:
        if not days:
            return
        self.changed |= days
        self._tell(
            days, f"{why}, được đọc lại", "Xem lại; nếu không phải, ghi lại cả cột theo ngày/tháng/năm rồi nạp lại."
        )

    def _doubt(self, days: Mapping[int, date | None]) -> None:
        """Of days that may be exchanged the year is known; a day that is the number of its month is no less known."""
        doubtful = {row: day for row, day in days.items() if day and _exchanged(day) not in (None, day)}
        if doubtful:
            self.changed |= {row: str(day.year) for row, day in doubtful.items()}
            self._tell(
                doubtful,
                "chưa rõ ngày hay tháng đứng trước, chỉ nhận năm",
                "Ghi lại theo ngày/tháng/năm rồi nạp lại.",
            )

    def _doubt_short(self, rows: Collection[int]) -> None:
        """Of a year with two figures the century is told by the day, of which nothing is known."""
        if rows:
            self.changed |= dict.fromkeys(rows, "")
            self._tell(
                rows,
                "chưa rõ ngày hay tháng đứng trước, năm lại chỉ có hai chữ số, coi như “chưa có dữ liệu”",
                "Ghi lại theo ngày/tháng/năm rồi nạp lại.",
            )

    def _tell(self, rows: Iterable[int], what: str, then: str) -> None:
        """The rows, how the first is read now, and what to do."""
        named = sorted(rows)
        first, now = self.cells[named[0]], as_text(self.changed[named[0]])
        was = (
            f"{as_text(first)} {first:%H:%M}"
            if isinstance(first, datetime) and first.time() > _MIDNIGHT
            else as_text(first)
        )
        example = f"“{was}” là {now}" if now else f"“{was}”"
        self.notes.append(f"{len(named)} ô {what} ({rows_named(named)}; {example}). {then}")


def _is_in(at: time, spans: Iterable[tuple[time, time]]) -> bool:
    return any(start <= at <= end for start, end in spans)


def _is_late(moment: datetime) -> bool:
    return _is_in(moment.time(), (*_BEFORE_MIDNIGHT, *_IN_EUROPE))


def _are_shifted(late: Collection[datetime], plain: Collection[date]) -> bool:
    """Whether times before midnight can only be those of another zone, beside `plain` days of the same column.

    Eleven at night may be when somebody was born. Where clocks are set forward the days of winter show no time.
    """
    if all(_is_in(moment.time(), _BEFORE_MIDNIGHT) for moment in late):
        return True
    in_summer = all(moment.month in (3, *_SUMMER) for moment in late)
    return len(late) > 1 and (not plain or (in_summer and all(day.month not in _SUMMER[:-1] for day in plain)))


def _is_number(cell: object) -> bool:
    """Whether a cell is a day number of Excel; one that can be a year is none."""
    if isinstance(cell, str):
        return bool(_NUMBER.fullmatch(cell))
    return isinstance(cell, int | float) and not isinstance(cell, bool) and excel_day(cell) is not None


# A column repeats the dates it has as text, such as that of an election. Typed: True is 1 to a dictionary.
@lru_cache(maxsize=2**14, typed=True)
def _moment(cell: object, from_1904: bool) -> date | None:
    """The day, with its time where the cell has one; None for text without a time and for what is no day."""
    if isinstance(cell, date):
        return cell
    if _is_number(cell):
        day = excel_day(float(str(cell)))
        return day and day + (_TO_1904 if from_1904 else timedelta())
    if isinstance(cell, str) and (found := _apart(clean(cell))):
        try:
            known = parse_date(found[0])
        except ValueError:
            return None
        return datetime.combine(known.on, found[1]) if known and known.precision == "ngay" else None
    return None


def _apart(text: str) -> tuple[str, time] | None:
    """What stands before the time at the end of a text, and the time; None where there is none."""
    clock = _CLOCK.search(text) if ":" in text else None
    if not clock:
        return None
    try:
        hour = int(clock[1]) % 12 + (12 if clock[4] else 0) if clock[3] or clock[4] else int(clock[1])
        return text[: clock.start()], time(hour, int(clock[2]))
    except ValueError:
        return None


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _date(year: int, month: int, day: int) -> date | None:
    """The day, None where there is none or its year has two figures, of which nobody knows the century."""
    try:
        return date(year, month, day) if year > _FIGURES else None
    except ValueError:
        return None


def _meant(year: int, month: int, day: int) -> date | str | None:
    """The day; of a year with two figures as people write it here, from which its century is told as elsewhere."""
    if year > _FIGURES:
        return _date(year, month, day)
    return f"{day:02}/{month:02}/{year:02}" if any(_date(y + year, month, day) for y in (1900, 2000)) else None


def _exchanged(day: date) -> date | None:
    """The day whose day is the month of this, None where there is none."""
    return _date(day.year, day.day, day.month)


def _shared(one: date, other: date) -> str:
    """What two days have in common: '05/1978', '1978', ''."""
    if one.year != other.year:
        return ""
    return f"{one:%m/%Y}" if one.month == other.month else str(one.year)


@lru_cache(maxsize=2**14)
def _numbers(text: str) -> _Numbers | None:
    """The numbers of a date of nothing else, with or without a time, as far as they can be days and months."""
    found = _apart(text)
    numbers = _DAY_TEXT.fullmatch((found[0] if found else text).strip(_AROUND))
    if not numbers or max(int(numbers[1]), int(numbers[2])) > _DAYS:
        return None
    return int(numbers[1]), int(numbers[2]), int(numbers[3])
