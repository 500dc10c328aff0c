"""The number of an identity paper as people write it: with a label, an apostrophe, letters that look like digits."""

import re

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


def plain(text: str) -> str:
    """The text without the apostrophe or ='…' that only tells a spreadsheet it is text."""
    written = clean(text)
    if found := _FORMULA.fullmatch(written):
        written = found[1]
    return written.strip("'’‘`´\" ")


def paper_numbers(text: str) -> list[str]:
    """The numbers of identity papers that a plain text names, each once, with 0 for O and 1 for I."""
    rest = _LABEL.sub(r"\1 ", _DAY.sub(" | ", text))
    for pattern in (_IN_ONE, _IN_GROUPS):
        found = [re.sub(r"[^0-9]", "", match.translate(_LETTERS)) for match in pattern.findall(rest)]
        if numbers := [number for number in found if len(number) in LENGTHS]:
            return list(dict.fromkeys(numbers))
    return []


def with_zeros(text: str) -> str | None:
    """A number of digits only with the zeros that a sheet has dropped; None where none can be missing."""
    length = _WITHOUT_ZEROS.get(len(text)) if text.isdigit() else None
    return text.zfill(length) if length else None


def as_kept(text: str) -> str:
    """What is kept of a number that somebody has typed: that of the paper where it names one, else all of it."""
    written = plain(text)
    return numbers[0] if len(numbers := paper_numbers(written)) == 1 else written
