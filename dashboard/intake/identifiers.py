"""The number of an identity paper as people write it: with a label, an apostrophe, letters that look like digits."""

import re
import unicodedata
from itertools import groupby, pairwise

from core.vietnamese import clean

LENGTHS = (9, 12)
"""CMND has 9 digits, CCCD 12."""

# Sheets drop the zeros that these numbers begin with.
_WITHOUT_ZEROS = {8: 9, 10: 12, 11: 12}
_FORMULA = re.compile(r'=\s*"(.*)"\s*')
_DAY = re.compile(r"\b\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}\b|\b\d{1,2}/\d{4}\b")
# A label of at least two letters that runs into the number: 'CMND191234567'.
_LABEL = re.compile(r"([^\W\d_]+[^\W\d_OoIl])(?=[0-9O])")
_LETTERS = str.maketrans("OoIl", "0011")
_BOUND, _DIGIT = r"(?<![^\W_]){}(?![^\W_])", "[0-9OoIl]"
# A number in one piece goes before one in groups, which may run into what stands beside it.
_IN_ONE = re.compile(_BOUND.format(f"{_DIGIT}{{8,}}"))
_IN_GROUPS = re.compile(_BOUND.format(rf"{_DIGIT}(?:[ .\-–]*{_DIGIT}){{7,}}"))
# What a sheet shows of a number it has no room for: '1.97504E+07', '1,975 x 10^7'.
ROUNDED = re.compile(r"\d[\d.,]*\s*(?:E\s*[+\-−]?\s*|[x×*]\s*10\s*\^?\s*)\d{1,3}(?!\d)", re.IGNORECASE)
# Of a number that is no text a sheet keeps fifteen digits.
_EXACT = 10**15
# What a number has behind it that was reckoned with: '46178000111.0' as pandas writes it, not '046.178.000.111'.
_DECIMAL = re.compile(r"(?<![\w.,])(\d{7,})[.,](\d{1,6})(?!\w|[.,]\d)")
# What stands where somebody had to write a number and had none: the digits in their order, up or down, from any.
_UP, _DOWN = {"01", "12", "23", "34", "45", "56", "67", "78", "89", "90", "91"}, {"10", "21", "32", "43", "54", "65"}
_DOWN |= {"76", "87", "98", "09", "19"}
# The numbers of Hà Nội began with 01, and this one is somebody's.
_REAL = {"012345678"}


def plain(text: str) -> str:
    """The text without the apostrophe or ='…' that only tells a spreadsheet it is text, and without decimal zeros."""
    return _DECIMAL.sub(_without_zeros, _bare(text))


def _bare(text: str) -> str:
    written = clean(text)
    if found := _FORMULA.fullmatch(written):
        written = found[1]
    return written.strip("'’‘`´\" ")


def _without_zeros(number: re.Match[str]) -> str:
    """A number without decimals that are all zero; '046178000.000' may be one of twelve digits."""
    whole, decimals = number.groups()
    is_grouped = whole[0] == "0" and len(whole + decimals) == max(LENGTHS)
    return number[0] if decimals.strip("0") or is_grouped else whole


def was_reckoned(text: str) -> bool:
    """Whether decimals stand behind a number, so that a sheet had it as one, without the zeros it begins with."""
    return bool(_DECIMAL.search(_bare(text)))


def paper_numbers(text: str) -> list[str]:
    """The numbers of identity papers that a plain text names, each once, with 0 for O and 1 for I.

    None where it can be read as one number or as another: '191234567 890', '191234567.5'.
    """
    rest = _LABEL.sub(r"\1 ", _DAY.sub(" | ", text))
    if _DECIMAL.search(rest):
        return []
    in_one, in_groups = (_numbers(pattern, rest) for pattern in (_IN_ONE, _IN_GROUPS))
    if in_one:
        return in_one if set(in_groups) <= set(in_one) else []
    # '191 234 567 - 046 182 000 111' are two; '046 - 182 - 000 - 111' is one.
    return _numbers(_IN_GROUPS, re.sub(r" [\-–] ", " | ", rest)) or in_groups


def _numbers(pattern: re.Pattern[str], text: str) -> list[str]:
    found = [re.sub(r"[^0-9]", "", match.translate(_LETTERS)) for match in pattern.findall(text)]
    return list(dict.fromkeys(number for number in found if len(number) in LENGTHS))


def unreadable(cell: object, written: str) -> str | None:
    """Why the digits of a cell that is plainly `written` are not all there, a Vietnamese clause; None where they are.

    Only the ten digits make a number: not ², ½, Ⅷ or 八, which stand for more, or for less, than one.
    """
    if odd := [c for c in written if not c.isascii() and unicodedata.numeric(c, None) is not None]:
        return f"có “{odd[0]}” không phải là chữ số thường, gõ lại đủ các chữ số"
    if ROUNDED.search(written) or (isinstance(cell, int | float) and abs(cell) >= _EXACT):
        return "là số mà bảng tính đã làm tròn, mất các chữ số cuối; định dạng ô là văn bản rồi gõ lại đủ các chữ số"
    return None


def is_made_up(number: str) -> bool:
    """Whether the digits of a number only count or repeat: 000000000, 123123123, 112233445566, 000000012."""
    if number in _REAL or not number.isdigit():
        return False
    if len(number) not in LENGTHS:
        return not number.strip("0")
    heads, lengths = zip(*((digit, len(list(run))) for digit, run in groupby(number)), strict=True)
    steps = {a + b for a, b in pairwise(heads)}
    if len(set(lengths)) == 1 and (steps <= _UP or steps <= _DOWN):
        return True
    repeats = any(len(number) % n == 0 and number == number[:n] * (len(number) // n) for n in (1, 2, 3, 4))
    # All digits but one are the same, or all but the last few are zero.
    return repeats or max(map(number.count, number)) >= len(number) - 1 or len(number.lstrip("0")) <= 3


def with_zeros(text: str) -> str | None:
    """A number of digits only with the zeros that a sheet has dropped; None where none can be missing."""
    length = _WITHOUT_ZEROS.get(len(text)) if text.isdigit() else None
    return text.zfill(length) if length else None


def as_kept(text: str) -> str:
    """What is kept of a number that somebody has typed: that of the paper where it names one, else all of it."""
    written = plain(text)
    return numbers[0] if len(numbers := paper_numbers(written)) == 1 else written
