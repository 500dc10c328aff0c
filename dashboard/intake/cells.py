"""How a cell is read before anybody asks what it means: as text, as nothing, as a tick, as 'the same as above'."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from core.vietnamese import clean, date_short, key

_NOTHING = {
    "",
    "chua ro",
    "khong ro",
    "khong biet ro",
    "chua co thong tin",
    "khong co thong tin",
    "n a",
    "null",
}
# What stands for the same as in the row above: nt, n/t, -nt-, như trên, a ditto mark.
_DITTO = re.compile(r"[\s.\-–—]*(?:n[./]?t|như\s+trên|[\"“”„〃]|'{2}|’{2})[\s.\-–—]*", re.IGNORECASE)
# What a formula shows that failed ('#REF!', '#N/A', 'Err:502'), or, where nobody computed it, the formula itself.
_FAILURE = re.compile(
    r"#[A-Z][A-Z0/_]+[!?]|#N/A|#GETTING_DATA|Err:\d{3}|#{3,}|=(?:…|[\w$'+(\-\[{@#].*|\"[^\"]*\"\s*[&+].*)", re.DOTALL
)
# A text that a formula only quotes, as programs write it so that no sheet takes it for a number.
_QUOTED = re.compile(r'=\s*"([^"]*)"')
_RUNS = 12
_MARK = re.compile("[x×v+*✓✔√☑1]", re.IGNORECASE)


def as_text(cell: object) -> str:
    """A cell as a person would read it: 12.0 is '12', a date is '31/12/2018'."""
    if isinstance(cell, str):
        quoted = _QUOTED.fullmatch(cell.strip()) if cell[:2] in ('="', "= ") else None
        return clean(quoted[1] if quoted else cell)
    if cell is None or isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell):
        return str(int(cell))
    if isinstance(cell, date):
        return date_short(cell)
    return clean(str(cell))


# Lists repeat the same cells by the thousand. Typed: True is 1 to a dictionary, and a tick to a reader.
_as_text_once = lru_cache(maxsize=2**16, typed=True)(as_text)


def texts_of(cells: Iterable[object]) -> list[str]:
    """The cells of a row `as_text`."""
    return list(map(_as_text_once, cells))


def shortened(text: str) -> str:
    """Text to quote in a message."""
    written = clean(text)
    return written if len(written) <= 60 else written[:59] + "…"


def rows_named(rows: Sequence[int]) -> str:
    """Rows in their order: 'dòng 5', 'dòng 5–7, 9', only the first of many."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    named = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:_RUNS]]
    return f"dòng {', '.join(named)}" + (", …" if len(runs) > _RUNS else "")


@lru_cache(maxsize=2**16)
def is_nothing(text: str) -> bool:
    """Whether a cell holds no fact: blank, '-', '?', 'chưa rõ'. 'Không' and 'chưa' are facts."""
    return not text or key(text) in _NOTHING


def is_failure(text: str) -> bool:
    """Whether a cell holds no value but what a spreadsheet shows in place of one."""
    return text[:1] in ("#", "=", "E") and bool(_FAILURE.fullmatch(text))


def is_mark(text: str) -> bool:
    """Whether a cell is ticked."""
    return bool(_MARK.fullmatch(text)) or key(text) in ("co", "da co")


# Asked of every cell of every row.
@lru_cache(maxsize=2**16)
def is_ditto(text: str) -> bool:
    """Whether a cell says 'the same as above'."""
    return bool(_DITTO.fullmatch(text))
