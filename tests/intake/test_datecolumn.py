"""Columns of dates looked at as a whole: what they prove is read, what they only suggest is asked."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from common.lists import read, sheet_csv, workbook
from core.vietnamese import Partial

HEAD: list[object] = ["Họ và tên", "Chức vụ", "Xã", "Ngày sinh"]


def born(path: Path, cells: Sequence[object]) -> tuple[list[str], list[str], int]:
    """Birth dates as ISO days, '1978-05' or '1978'; what was told; how many rows were turned away."""
    rows = [[f"Hồ Văn {'ABCDEGHIKLMN'[n]}a", "Kế toán", "Hương Hòa", cell] for n, cell in enumerate(cells)]
    writes = workbook if path.suffix == ".xlsx" else sheet_csv
    reading = read(writes(path, [HEAD, *rows]), as_of=date(2018, 12, 31))
    return (
        [shown(person.birth) for person in reading.people],
        [issue.message for issue in reading.issues if issue.severity == "warning"],
        len(reading.rejected),
    )


def shown(born: Partial | None) -> str:
    return str(born.on)[: {"ngay": 10, "thang": 7, "nam": 4}[born.precision]] if born else ""


A, B = date(1978, 6, 5), date(1980, 4, 11)
LATE = ["23/11/1980", "25/12/1983"]


@pytest.mark.parametrize(
    ("cells", "read_as", "word"),
    [
        ([A, B, *LATE], ["1978-05-06", "1980-11-04", "1980-11-23", "1983-12-25"], "đảo ngày và tháng"),
        # What is left as text shows it also where it lacks the century.
        ([A, B, "23/11/80", LATE[1]], ["1978-05-06", "1980-11-04", "1980-11-23", "1983-12-25"], "đảo ngày và tháng"),
        # Two cells prove nothing: the year is all that is sure, but a 5th of May is one either way.
        ([A, LATE[0]], ["1978", "1980-11-23"], "chưa rõ ngày hay tháng đứng trước"),
        ([A, date(1979, 5, 5), LATE[0]], ["1978", "1979-05-05", "1980-11-23"], "chưa rõ ngày hay tháng"),
        # A real date of a day after the 12th, or text of one before it: Excel has taken nothing apart.
        ([A, date(1980, 4, 21), *LATE], ["1978-06-05", "1980-04-21", "1980-11-23", "1983-12-25"], None),
        ([A, B, "01/02/1980", *LATE], ["1978-06-05", "1980-04-11", "1980-02-01", "1980-11-23", "1983-12-25"], None),
        ([A, B], ["1978-06-05", "1980-04-11"], None),
        # The first of a month is what people are appointed on.
        ([date(1976, 7, 1), date(1975, 3, 1), *LATE], ["1976-07-01", "1975-03-01", "1980-11-23", "1983-12-25"], None),
        (LATE, ["1980-11-23", "1983-12-25"], None),
    ],
)
def test_day_and_month(tmp_path: Path, cells: list[object], read_as: list[str], word: str | None) -> None:
    days, told, away = born(tmp_path / "ds.xlsx", cells)
    assert (days, away) == (read_as, len(cells) - len(read_as))
    assert [word in message for message in told] == ([True] if word else [])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_text_with_the_month_first(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"ds{suffix}"
    days, told, away = born(path, ["05/06/1978", "11/23/1980", "12/25/1983"])
    assert (days, away) == (["1978-05-06", "1980-11-23", "1983-12-25"], 0)
    assert ["viết tháng trước, ngày sau" in message for message in told] == [True]
    # One slip among days that come first is a slip.
    days, told, away = born(path, ["05/06/1978", "23/11/1980", "25/12/1983", "11/23/1980"])
    assert (days, away) == (["1978-06-05", "1980-11-23", "1983-12-25", ""], 0)
    assert ["11/23/1980 không phải là ngày có thật" in message for message in told] == [True]


def moment(hour: int, minute: int, day: int = 5) -> datetime:
    return datetime(1978, 5, day, hour, minute)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cells", "read_as", "word"),
    [
        (["1978-05-05T17:00:00.000Z", "31/12/1977 23:59"], ["1978-05-06", "1978-01-01"], "ngày hôm sau"),
        (["5/5/1978 11:59:30 PM", "6/5/1978"], ["1978-05-06", "1978-05-06"], "ngày hôm sau"),
        (["05/05/1978 00:00:43", "05/05/1978 00:10"], ["1978-05-05", "1978-05-05"], None),
        (["05/05/1978 00:00:43", "05/05/1978 7:00"], ["1978-05-05", "1978-05-05"], "1 ô ghi kèm giờ, chỉ đọc ngày"),
        (["1978-05-05T07:00:00Z", "1978-05-06T07:00:00Z"], ["1978-05-05", "1978-05-06"], "2 ô ghi kèm giờ"),
        (["1978-05-05T00:00:00+07:00", "6/5/1978"], ["1978-05-05", "1978-05-06"], None),
        # Midnight of Paris as London has it, in winter and in summer.
        (["1978-05-05T22:00:00.000Z", "1978-01-31T23:00:00.000Z"], ["1978-05-06", "1978-02-01"], "ngày hôm sau"),
        (["1990-05-01T23:00:00.000", "1990-06-30 23:00:00"], ["1990-05-02", "1990-07-01"], "ngày hôm sau"),
        (
            ["1990-05-01T23:00:00Z", "1990-06-30T23:00:00Z", "1990-01-05T00:00:00Z"],
            ["1990-05-02", "1990-07-01", "1990-01-05"],
            "ngày hôm sau",
        ),
        # One alone, or beside days of all seasons, proves nothing.
        (["1990-05-01T23:00:00.000"], ["1990-05"], "chưa rõ là ngày ấy hay ngày hôm sau"),
        (
            ["01/05/1990 22:59", "02/05/1990 23:20", "05/07/1990"],
            ["1990-05", "1990-05", "1990-07-05"],
            "chưa rõ là ngày ấy",
        ),
        # Beside times of any kind five o'clock is one as well.
        (["05/05/1978 17:00", "05/05/1978 9:30"], ["1978-05", "1978-05-05"], "chưa rõ là ngày ấy hay ngày hôm sau"),
        (["31/05/1978 17:00", "05/05/1978 9:30"], ["1978", "1978-05-05"], "chưa rõ là ngày ấy hay ngày hôm sau"),
        (["31/12/1978 17:00", "05/05/1978 9:30"], ["", "1978-05-05"], "chưa rõ là ngày ấy hay ngày hôm sau"),
        (["28616", "05/05/1978"], ["1978-05-06", "1978-05-05"], "là số ngày của Excel"),
        (["28615.9995", "1978"], ["1978-05-06", "1978"], "ngày hôm sau"),
    ],
)
def test_times_and_numbers_in_text(tmp_path: Path, cells: list[object], read_as: list[str], word: str | None) -> None:
    days, told, away = born(tmp_path / "ds.csv", cells)
    assert (days, away) == (read_as, 0)
    assert bool(told) is bool(word)
    assert word is None or any(word in message for message in told)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("written", ["1,97504E+07", "1.97504e+07", "2.8616E+04", "2,8616E4"])
def test_a_date_whose_digits_a_spreadsheet_rounded_away_is_told(tmp_path: Path, suffix: str, written: str) -> None:
    days, told, away = born(tmp_path / f"ds{suffix}", [written, "6/5/1978"])
    assert (days, away) == (["", "1978-05-06"], 0)
    (message,) = told
    assert message.startswith(f"Dòng 2, cột Ngày sinh: “{written}” là số bị viết gọn (E+), đã mất chữ số")


def test_a_list_that_goes_on_under_the_same_header_is_one_column(tmp_path: Path) -> None:
    rows = [[f"Hồ Văn {'ABCD'[n]}a", "Kế toán", "Hương Hòa", cell] for n, cell in enumerate([A, B, *LATE])]
    reading = read(workbook(tmp_path / "ds.xlsx", [HEAD, *rows[:2], HEAD, *rows[2:]]))
    assert [shown(p.birth) for p in reading.people] == ["1978-05-06", "1980-11-04", "1980-11-23", "1983-12-25"]
    assert sum("đảo ngày và tháng" in issue.message for issue in reading.issues) == 1


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("clock", ["", " 0:00", " 00:00:00", " 12:00:00 AM", " 7:30"])
@pytest.mark.parametrize("years", [("78", "80", "80", "83"), ("1978", "1980", "1980", "1983")])
def test_a_month_stands_first_before_any_year_and_time(
    tmp_path: Path, suffix: str, clock: str, years: tuple[str, ...]
) -> None:
    cells = [f"{day}/{year}{clock}" for day, year in zip(["6/5", "3/2", "11/23", "12/25"], years, strict=True)]
    days, told, away = born(tmp_path / f"ds{suffix}", cells)
    assert (days, away) == (["1978-06-05", "1980-03-02", "1980-11-23", "1983-12-25"], 0)
    (message,) = [message for message in told if "viết tháng trước, ngày sau" in message]
    where = "Cột “Ngày sinh”: 4 ô viết tháng trước, ngày sau, được đọc lại (dòng 2–5"
    assert message.startswith(f"{where}; “{cells[0]}” là 05/06/{years[0]}). Xem lại; nếu không phải, ghi lại cả cột")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_days_and_months_that_cannot_be_told_apart_before_a_short_year(tmp_path: Path, suffix: str) -> None:
    cells = ["6/5/78", "5/5/79", "11/23/80", "12/25/83", "23/11/80"]
    days, told, away = born(tmp_path / f"ds{suffix}", cells)
    assert (days, away) == (["", "1979-05-05", "", "", "1980-11-23"], 0)
    assert [message for message in told if "1 ô chưa rõ ngày hay tháng đứng trước, năm lại chỉ có hai" in message]
    # No day at all, whatever stands first.
    days, told, away = born(tmp_path / f"ds2{suffix}", ["2/30/80", "2/31/1980"])
    assert (days, away, len(told)) == (["", ""], 0, 2)


@pytest.mark.parametrize(
    "written",
    [
        *("{} 00:00", "{} 0:00", "{} 12:00:00 AM", "{} 00:00:00", "{} 07:30", "{}.", "{}\u200b", "'{}", "sinh {}"),
        *("{} (âm lịch)", "ngày {}"),
    ],
)
def test_every_text_with_a_day_after_the_12th_first_shows_an_exchange(tmp_path: Path, written: str) -> None:
    cells = [A, date(1980, 3, 2), date(1979, 2, 11), *map(written.format, LATE)]
    days, told, away = born(tmp_path / "ds.xlsx", cells)
    assert (days[:3], away) == (["1978-05-06", "1980-02-03", "1979-11-02"], 0)
    assert any("3 ô bị Excel đảo ngày và tháng" in message for message in told)


@pytest.mark.parametrize(
    "late",
    [
        ("23 11 1980", "25 12 1983"),
        ("ngày 23 tháng 11 năm 1980", "ngày 25 tháng 12 năm 1983"),
        ("23-Nov-1980", "25-Dec-1983"),
        ("23 tháng 11, 1980", "25/ 12 /1983"),
    ],
)
def test_other_ways_to_write_such_a_day_show_it_too(tmp_path: Path, late: tuple[str, str]) -> None:
    days, told, away = born(tmp_path / "ds.xlsx", [A, date(1980, 3, 2), date(1979, 2, 11), *late])
    assert (days[:3], away) == (["1978-05-06", "1980-02-03", "1979-11-02"], 0)
    assert any("3 ô bị Excel đảo ngày và tháng" in message for message in told)
    # Where a word says what is the month no column of other dates makes it the day.
    cells = ["6/5/1978", "11/23/1980", "12/25/1983", "ngày 5 tháng 6 năm 1979"]
    assert born(tmp_path / "us.xlsx", cells)[0] == ["1978-06-05", "1980-11-23", "1983-12-25", "1979-06-05"]
