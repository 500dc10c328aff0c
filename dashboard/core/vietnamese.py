"""Vietnamese text, names, numbers and dates: how they are compared, and how they are written."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# Legacy fonts and some public name lists put the Icelandic eth where Vietnamese has Đ; keyboards for Chinese and
# Japanese write letters, digits and marks of full width. The decimal digits of every script are the same ten.
_PLAIN = str.maketrans(
    {c: str(unicodedata.decimal(c)) for c in map(chr, range(0x80, 0x20000)) if c.isdecimal()}
    | {"\u00d0": "Đ", "\u00f0": "đ"}
    | {chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)}
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"

_EXCEL_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - as sheets have it, of no zone
_EXCEL_SERIALS = range(3654, 73416)  # 01/01/1910 to 31/12/2100
_YEARS = range(1900, 2101)
_CLOCK = re.compile(r"[ t]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SEPARATOR = re.compile(r"\s*[/.\-]\s*|\s+")


# What nearly all text is made of: the letters of Vietnamese as they are written today, and what is printed of ASCII. Of
# such text nothing is left to be made plain but its spaces, and a look at it takes a quarter of the time of doing it.
_LETTERS = "ăâđêôơư"
_VOWELS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *_TONES)]
_USUAL_LETTERS = "".join(dict.fromkeys([*_LETTERS, *_VOWELS]))
_USUAL_LETTERS += _USUAL_LETTERS.upper()
_PRINTED = "".join(map(chr, range(0x20, 0x7F)))
_USUAL = re.compile(f"[{re.escape(_PRINTED)}{_USUAL_LETTERS}]*")


def _letter_key(letter: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", letter.lower()) if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]", " ", plain.replace("đ", "d"))


# Of every usual letter what `key` makes of it, a space of every mark.
_KEYS = str.maketrans({letter: _letter_key(letter) for letter in _PRINTED + _USUAL_LETTERS})


# Lists repeat the same headings, posts and levels by the thousand, and every cell is looked at several times.
@lru_cache(maxsize=2**16)
def clean(text: str) -> str:
    """The text as written, in NFC, with Đ for Ð, plain digits, no full-width letters, single plain spaces and nothing
    invisible.
    """
    if _USUAL.fullmatch(text):
        return " ".join(text.split())
    visible = _INVISIBLE.sub("", text).translate(_PLAIN)
    return " ".join(unicodedata.normalize("NFC", visible).split())


@lru_cache(maxsize=2**16)
def key(text: str) -> str:
    """What two spellings of the same words have in common: lower case, no accents, single spaces.

    On clean text it equals the macro `text_key`, so that both sides find the same people.
    """
    if _USUAL.fullmatch(text):
        return " ".join(text.translate(_KEYS).split())
    plain = clean(text).lower()
    if not plain.isascii():
        letters = unicodedata.normalize("NFD", plain)
        plain = "".join(c for c in letters if not unicodedata.combining(c)).replace("đ", "d")
    return re.sub("[^a-z0-9]+", " ", plain).strip()


@lru_cache(maxsize=2**16)
def spelling(text: str) -> str:
    """Lower-case text with its accents, the same wherever the tone mark was placed (Hoà, Hòa)."""
    words = clean(text).lower().split()
    return " ".join([word if word.isascii() else _spelling_of_word(word) for word in words])


# Of ten thousand names no two may be the same, but nearly all are made of the same few hundred words.
@lru_cache(maxsize=2**14)
def _spelling_of_word(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in letters if c in _TONES)
    return "".join(c for c in letters if c not in _TONES) + tones


@lru_cache(maxsize=2**16)
def spelt(text: str) -> str:
    """The words of a text in lower case with their accents, and nothing between them."""
    return " ".join(spelling(word) for word in re.findall(r"[^\W_]+", clean(text)))


def are_one_word(one: str, other: str) -> bool:
    """Whether two words of the same letters are the same: in their accents too, unless one is written without any."""
    return spelt(one) == spelt(other) or spelt(one).isascii() or spelt(other).isascii()


@lru_cache(maxsize=2**16)
def is_spelt(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text is one of the words with its accents, or one of them in a list written without any."""
    bare = clean(text).strip("()[].- ")
    if key(bare) not in _keys(words):
        # As nearly no text is; what is spelt the same has the same key.
        return False
    return bare.isascii() or spelling(bare) in map(spelling, words)


@lru_cache(maxsize=2**8)
def _keys(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(key, words))


def split_name(full: str) -> tuple[str, str]:
    """Family and middle names, then the given name, which is the last word and what lists sort by."""
    before, _, given = clean(full).rpartition(" ")
    return before, given


def number(x: float | Decimal, decimals: int = 0) -> str:
    """1234.5 with one decimal is '1.234,5'; halves are rounded away from zero."""
    exact = x if isinstance(x, Decimal) else Decimal(repr(float(x)) if isinstance(x, float) else int(x))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def signed(count: int) -> str:
    """A change: '+3', '−1.200', '0'."""
    return f"{'+' if count > 0 else '−' if count < 0 else ''}{number(abs(count))}"


def low_to_high(low: int, high: int) -> str:
    """A range: '41 đến 42', or '41' where both ends are the same."""
    return number(low) if low == high else f"{number(low)} đến {number(high)}"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: 'Khe Tre, Hương Phú và Thượng Lộ'; empty for none."""
    return " và ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def inside(label: str) -> str:
    """A label as it is written inside a sentence: 'đi học xong'. Only the first letter changes, and none of 'THPT'."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def percent(share: float | Decimal, decimals: int = 2) -> str:
    """A share of 0..1 as '7,34%'."""
    exact = share if isinstance(share, Decimal) else Decimal(repr(float(share)))
    return number(exact * 100, decimals) + "%"


@lru_cache(maxsize=2**14)
def date_short(d: date) -> str:
    """'31/12/2018'."""
    return f"{d.day:02}/{d.month:02}/{d.year}"


def date_long(d: date) -> str:
    """'ngày 05 tháng 6 năm 1975': a zero before days below 10 and months 1 and 2, as NĐ 30/2020 has it."""
    month = f"{d.month:02}" if d.month < 3 else str(d.month)
    return f"ngày {d.day:02} tháng {month} năm {d.year}"


@dataclass(frozen=True)
class Partial:
    """A date known to the day ('ngay'), month ('thang') or year ('nam'); `on` is the first day it can be."""

    on: date
    precision: str

    def latest(self) -> date:
        """The last day it can be."""
        if self.precision == "nam":
            return self.on.replace(month=12, day=31)
        if self.precision == "thang":
            return self.on.replace(day=monthrange(self.on.year, self.on.month)[1])
        return self.on


# Typed: True is 1 to a dictionary, and no date.
@lru_cache(maxsize=2**16, typed=True)
def parse_date(value: object) -> Partial | None:
    """Reads a date as people and spreadsheets write it; None for nothing.

    Takes dates, Excel day numbers (a bare number from 1900 to 2100 is a year), 'dd/mm/yyyy' with / . - or
    spaces, 'ngày 5 tháng 6 năm 1975', 'mm/yyyy', 'yyyy' and ISO.
    Raises ValueError, its message one Vietnamese clause, when the date does not exist or cannot be read.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return _day(value.year, value.month, value.day, date_short(value))
    if isinstance(value, date):
        return _day(value.year, value.month, value.day, date_short(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value, f"{value:g}" if isinstance(value, float) else str(value))
    written = clean(str(value))
    if not written:
        return None
    if len(written) > 40:
        raise ValueError(_unreadable(written[:39] + "…"))
    parts = _parts_of_date(written)
    if not all(re.fullmatch("[0-9]{1,5}", part) for part in parts):
        raise ValueError(_unreadable(written))
    numbers = [int(part) for part in parts]
    match [len(part) for part in parts]:
        case [1 | 2, 1 | 2, 4]:
            return _day(numbers[2], numbers[1], numbers[0], written)
        case [4, 1 | 2, 1 | 2]:
            return _day(numbers[0], numbers[1], numbers[2], written)
        case [1 | 2, 4]:
            return _month(numbers[1], numbers[0], written)
        case [4, 1 | 2]:
            return _month(numbers[0], numbers[1], written)
        case [4 | 5]:
            return _from_number(numbers[0], written)
        case [1 | 2, 1 | 2, 2]:
            raise ValueError(f"{written} không ghi đủ bốn chữ số của năm")
    raise ValueError(_unreadable(written))


def of_short_year(text: str) -> list[Partial]:
    """What a date whose year has two digits can be, the earliest first: '15/8/92' is in 1992 or in 2092.

    A month and a year only where they are not a day and a month. Other text is no such date.
    """
    parts = _parts_of_date(clean(text).replace("'", "").replace("’", ""))
    if len(parts) not in (2, 3) or not all(re.fullmatch("[0-9]{1,2}", part) for part in parts):
        return []
    if len(parts[-1]) < 2 or (len(parts) == 2 and int(parts[-1]) <= 12):
        return []
    found = []
    for century in ("19", "20"):
        with suppress(ValueError):
            found.append(parse_date("/".join([*parts[:-1], century + parts[-1]])))
    return [moment for moment in found if moment]


def _parts_of_date(written: str) -> list[str]:
    text = _CLOCK.sub("", written.lower())
    text = re.sub(r"\b(ngày|tháng|năm)\b", " ", text)
    # '…/…/1975' leaves the day and the month open on purpose.
    return _SEPARATOR.split(text.strip(" ./-…_,"))


def _unreadable(written: str) -> str:
    return f"“{written}” không đọc được thành ngày, cần viết như 05/06/1975, 06/1975 hoặc 1975"


def excel_day(number: float) -> datetime | None:
    """The moment a day number of Excel stands for, from 1910 to 2100; None for others and for what can be a year."""
    if number in _YEARS or not _EXCEL_SERIALS[0] <= number < _EXCEL_SERIALS[-1] + 1:
        return None
    return _EXCEL_DAY_ZERO + timedelta(days=number)


def _from_number(value: float, written: str) -> Partial:
    if value in _YEARS:
        return Partial(date(int(value), 1, 1), "nam")
    if day := excel_day(value):
        return Partial(day.date(), "ngay")
    raise ValueError(_unreadable(written))


def _day(year: int, month: int, day: int, written: str) -> Partial:
    if year not in _YEARS:
        raise ValueError(f"{written} có năm nằm ngoài khoảng 1900–2100")
    try:
        return Partial(date(year, month, day), "ngay")
    except ValueError:
        raise ValueError(f"{written} không phải là ngày có thật") from None


def _month(year: int, month: int, written: str) -> Partial:
    if year not in _YEARS:
        raise ValueError(f"{written} có năm nằm ngoài khoảng 1900–2100")
    if month not in range(1, 13):
        raise ValueError(f"{written} không phải là tháng có thật")
    return Partial(date(year, month, 1), "thang")
