"""The cell of a name: a title before the name, a note behind it, and the name itself."""

import re
from collections.abc import Iterator, Mapping

from core.vietnamese import clean, spelling
from intake.cells import rows_named, shortened
from intake.leftover import is_named

_TITLE = re.compile(
    r"(?:(?:ông\s*[/(]\s*bà\b\)?|ông|bà|đồng\s+chí|dong\s+chi|[đd]\s*[/.]\s*c|đc|ô(?=\.))[\s.:]+)+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]$")
_BREAK = re.compile(r"\s+[-–—|/:]+\s*|\s*[,;:|]\s*|[-–—]\s+")
_AROUND, _BEFORE = " -–—,;:|/()[].", " -–—,;:|/(["


def without_title(name: str) -> tuple[str, bool]:
    """A name without 'Ông', 'Bà', 'Đồng chí' before at least two words, and whether 'Ông' is left that may be one.

    It is a family name too, of Ông Ích Khiêm and Ông Văn Tùng.
    """
    found = _TITLE.match(name)
    rest = name[found.end() :] if found else ""
    words = rest.split()
    if not found or len(words) < 2:
        return name, False
    # Alone before the name: 'Đ/c Ông' and 'Ông.' are titles.
    if found[0].strip().lower() == "ông" and (
        words[0].lower() in ("văn", "thị") or (len(words) == 2 and not is_named(rest))
    ):
        return name, True
    return rest, False


def with_notes(name: str, cell: object) -> Iterator[tuple[str, str]]:
    """What can be a name and a note behind it, the longest note first; `cell` has its lines.

    Of words in brackets, or after a comma or a dash, it is plain that they are apart; after the end of a line, or in
    small letters, they may be of the name.
    """
    apart = [(found.start(), found.end()) for found in _BREAK.finditer(name)]
    at = 0
    # What ends a line is not printed.
    lines = cell.splitlines()[:-1] if isinstance(cell, str) and not cell.isprintable() else ()
    for line in map(clean, lines):
        at = name.find(line, at) + len(line)
        apart.append((at, at))
    words = name.split()
    small = next((n for n, word in enumerate(words) if word[0].islower()), 0)
    if small > 1:
        at = len(" ".join(words[:small]))
        apart.append((at, at))
    for start, end in sorted(set(apart)):
        before, note = name[:start].rstrip(_BEFORE), name[end:].strip(_AROUND)
        # What stands in brackets is one note.
        whole = before.count("(") == before.count(")") and before.count("[") == before.count("]")
        if whole and len(before.split()) > 1 and note and not _may_be_of_a_name(note, is_apart=end > start):
            yield before, note
    if name.endswith((")", "]")) and (aside := _ASIDE.search(name)):
        yield name[: aside.start()].rstrip(_BEFORE), aside[1]


def _may_be_of_a_name(note: str, *, is_apart: bool) -> bool:
    """'Hữu Trí' is no 'hưu trí', and of one word nobody knows where nothing stands before it."""
    words = note.split()
    if spelling(words[0]) == spelling("hữu"):
        return True
    return not is_apart and (len(words) < 2 or (note.isascii() and all(word[0].isupper() for word in words)))


def told_of_titles(titled: Mapping[str, list[tuple[int, str, str]]]) -> Iterator[tuple[str, str, str]]:
    """What is told of names with a title, by heading: its rows, each with what was written and what was read."""
    for heading, cells in titled.items():
        for is_kept in (False, True):
            told = [(row, written, read) for row, written, read in cells if (written == read) == is_kept]
            if not told:
                continue
            where = f"Cột “{shortened(heading)}”: {len(told)} ô"
            rows = rows_named([row for row, _, _ in told])
            _, written, read = told[0]
            if is_kept:
                yield (
                    heading,
                    "warning",
                    f"{where} có “Ông” đứng trước họ tên ({rows}; “{shortened(written)}”), chưa rõ là danh xưng hay là "
                    "họ nên giữ nguyên; nếu là danh xưng thì bỏ đi rồi nạp lại.",
                )
            else:
                yield (
                    heading,
                    "info",
                    f"{where} có danh xưng đứng trước họ tên ({rows}; “{shortened(written)}” được đọc là "
                    f"{shortened(read)}), chỉ đọc họ tên; nếu đó là họ thì ghi lại rồi nạp lại.",
                )
