import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import vietnamese
from core.vietnamese import Partial, parse_date

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
TEXT = st.text(LETTERS + LETTERS.upper() + "0123456789 -–/.,;:'’()&_", max_size=40)


@settings(deadline=None)  # opening DuckDB takes a while the first time
@given(st.lists(TEXT, min_size=1, max_size=50))
def test_the_key_is_the_one_sql_makes(texts: list[str]) -> None:
    rows = duckdb.execute(
        "select trim(regexp_replace(replace(strip_accents(lower(x)), 'đ', 'd'), '[^a-z0-9]+', ' ', 'g')) "
        "from (select unnest($texts) x)",
        {"texts": [vietnamese.clean(text) for text in texts]},
    ).fetchall()
    assert [row[0] for row in rows] == [vietnamese.key(text) for text in texts]


@given(st.text())
def test_cleaning_and_keying_are_settled_after_one_pass(text: str) -> None:
    assert vietnamese.clean(vietnamese.clean(text)) == vietnamese.clean(text)
    assert vietnamese.key(vietnamese.clean(text)) == vietnamese.key(text)


@given(TEXT)
def test_usual_text_and_the_same_in_letters_with_marks_apart_are_one(text: str) -> None:
    # Letters with their marks apart are not usual, and go the long way.
    apart = unicodedata.normalize("NFD", text)
    assert vietnamese.clean(apart) == vietnamese.clean(text) == " ".join(text.split())
    assert vietnamese.key(apart) == vietnamese.key(text)
    assert vietnamese.spelling(apart) == vietnamese.spelling(text)


def test_clean_keeps_what_was_written_but_for_its_disguise() -> None:
    decomposed = "Tr\u00e2\u0300n\u00a0 Th\u1ecb\u200b  \u00d0a\u0300o\n"
    assert vietnamese.clean(decomposed) == "Trần Thị Đào"
    assert vietnamese.clean("A Lăng  Bh'ling") == "A Lăng Bh'ling"


def test_key_folds_accents_case_and_punctuation() -> None:
    assert vietnamese.key("  Văn phòng – THỐNG KÊ ") == "van phong thong ke"
    assert vietnamese.key("Ðặng") == vietnamese.key("ĐẶNG") == "dang"


def test_spelling_ignores_only_where_the_tone_mark_stands() -> None:
    assert vietnamese.spelling("Hương Hoà") == vietnamese.spelling("hương hòa")
    assert vietnamese.spelling("Hương Hóa") != vietnamese.spelling("Hương Hòa")
    assert vietnamese.spelling("Thúy") == vietnamese.spelling("Thuý")


@pytest.mark.parametrize(
    ("full", "parts"),
    [("Nguyễn Thị Kim Anh", ("Nguyễn Thị Kim", "Anh")), ("Hùng", ("", "Hùng")), ("", ("", ""))],
)
def test_the_given_name_is_the_last_word(full: str, parts: tuple[str, str]) -> None:
    assert vietnamese.split_name(full) == parts


@pytest.mark.parametrize(
    ("x", "decimals", "written"),
    [
        (0, 0, "0"),
        (1234567, 0, "1.234.567"),
        (1234.5, 1, "1.234,5"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1,01"),
        (-0.4, 0, "0"),
        (Decimal("0.125"), 2, "0,13"),
        (12, 2, "12,00"),
    ],
)
def test_numbers(x: float | Decimal, decimals: int, written: str) -> None:
    assert vietnamese.number(x, decimals) == written


@pytest.mark.parametrize(
    ("share", "written"), [(8 / 109, "7,34%"), (2 / 118, "1,69%"), (0, "0,00%"), (1, "100,00%"), (0.5, "50,00%")]
)
def test_shares(share: float, written: str) -> None:
    assert vietnamese.percent(share) == written


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_shares_round_half_up(part: int, whole: int) -> None:
    exact = Decimal(repr(part / whole)) * 10_000
    assert vietnamese.percent(part / whole).replace(".", "").replace(",", "") == f"{int(exact + Decimal('0.5')):03}%"


def test_dates_are_written_as_offices_write_them() -> None:
    assert vietnamese.date_short(date(2018, 12, 31)) == "31/12/2018"
    assert vietnamese.date_short(date(1975, 6, 5)) == "05/06/1975"
    assert vietnamese.date_long(date(2018, 12, 31)) == "ngày 31 tháng 12 năm 2018"
    assert vietnamese.date_long(date(2019, 2, 5)) == "ngày 05 tháng 02 năm 2019"
    assert vietnamese.date_long(date(2019, 3, 5)) == "ngày 05 tháng 3 năm 2019"


DAY = Partial(date(1975, 6, 5), "ngay")
MONTH = Partial(date(1975, 6, 1), "thang")
YEAR = Partial(date(1975, 1, 1), "nam")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, None),
        ("  ", None),
        (date(1975, 6, 5), DAY),
        (datetime.fromisoformat("1975-06-05 07:30"), DAY),
        (27550, DAY),
        (27550.75, DAY),
        ("27550", DAY),
        ("05/06/1975", DAY),
        ("5/6/1975", DAY),
        ("5 - 6 - 1975", DAY),
        ("05.06.1975", DAY),
        ("05 06 1975", DAY),
        ("1975-06-05", DAY),
        ("1975-06-05 00:00:00", DAY),
        ("ngày 5 tháng 6 năm 1975", DAY),
        ("Ngày 05/6/1975", DAY),
        ("06/1975", MONTH),
        ("6-1975", MONTH),
        ("tháng 6 năm 1975", MONTH),
        ("1975-06", MONTH),
        ("…/6/1975", MONTH),
        (1975, YEAR),
        (1975.0, YEAR),
        ("1975", YEAR),
        ("năm 1975", YEAR),
        ("../../1975", YEAR),
    ],
)
def test_dates_are_read_in_all_their_dresses(value: object, read: Partial | None) -> None:
    assert parse_date(value) == read


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("31/02/1975", "31/02/1975 không phải là ngày có thật"),
        ("29/02/1900", "29/02/1900 không phải là ngày có thật"),
        ("13/1975", "13/1975 không phải là tháng có thật"),
        ("05/06/75", "05/06/75 không ghi đủ bốn chữ số của năm"),
        ("05/06/1875", "05/06/1875 có năm nằm ngoài khoảng 1900–2100"),
        (date(1875, 6, 5), "05/06/1875 có năm nằm ngoài khoảng 1900–2100"),
    ],
)
def test_dates_that_do_not_exist_are_told(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        parse_date(value)


@pytest.mark.parametrize(
    "value",
    ["khoảng 1975", "5/6", "05/06/1975/1", "01/  /1975", 3, 2101, 1e300, float("nan"), float("inf"), True, time(7, 30)],
)
def test_what_is_no_date_is_refused_with_an_example(value: object) -> None:
    with pytest.raises(ValueError, match="không đọc được thành ngày, cần viết như 05/06/1975"):
        parse_date(value)


@given(st.dates(date(1910, 1, 1), date(2100, 12, 31)))
def test_every_day_reads_back_however_it_was_written(day: date) -> None:
    read = Partial(day, "ngay")
    serial = (day - date(1899, 12, 30)).days
    for written in (day, vietnamese.date_short(day), vietnamese.date_long(day), day.isoformat(), serial):
        assert parse_date(written) == read
    assert read.latest() == day


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_the_latest_day_is_the_last_one_with_the_same_text(day: date) -> None:
    month, year = parse_date(f"{day.month:02}/{day.year}"), parse_date(str(day.year))
    assert month is not None
    assert year is not None
    assert month.on <= day <= month.latest()
    assert (month.latest().month, month.on.day) == (day.month, 1)
    assert (year.on, year.latest()) == (date(day.year, 1, 1), date(day.year, 12, 31))


def reads(value: object) -> bool:
    try:
        parse_date(value)
    except ValueError:
        return False
    return True


ANYTHING = st.one_of(
    st.text(), st.integers(), st.floats(), st.booleans(), st.binary(), st.times(), st.timedeltas(), st.datetimes()
)


@given(ANYTHING)
def test_anything_is_a_date_or_nothing_or_refused_in_vietnamese(value: object) -> None:
    if reads(value):
        read = parse_date(value)
        assert read is None or 1900 <= read.on.year <= read.latest().year <= 2100
    else:
        with pytest.raises(ValueError, match=r"không|nằm ngoài"):
            parse_date(value)


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("Đi học xong", "đi học xong"),
        ("THPT", "THPT"),
        ("ĐH Luật", "ĐH Luật"),
        ("UBND xã", "UBND xã"),
        ("A", "a"),
        ("Ở xã", "ở xã"),
        ("", ""),
    ],
)
def test_a_label_inside_a_sentence_keeps_what_is_short_for_several_words(label: str, written: str) -> None:
    assert vietnamese.inside(label) == written
