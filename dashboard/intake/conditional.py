"""Formats that strike out by a condition: whether the condition holds for a cell, where it is of a kind people write.

'=$F2="Đã nghỉ"', 'is equal to', 'contains the text': no more of the language of formulas is understood. Of another
condition nobody knows which rows it strikes out, and that is told.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from intake.cells import as_text

Place = tuple[int, int]
# First row, first column, last row, last column, all from 0.
Area = tuple[int, int, int, int]
Holds = Callable[[Place, Callable[[Place], object]], bool]

_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")
_CELL = r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})"
_VALUE = r'("[^"]*"|-?\d+(?:\.\d+)?|TRUE|FALSE)'
_EQUAL = re.compile(rf"{_CELL}\s*(=|<>)\s*{_VALUE}")
_HAS = re.compile(rf'(?:NOT\(ISERROR|\(?ISNUMBER)\(SEARCH\("([^"?*~]+)"[,;]\s*{_CELL}\)\)\)?')
_FILLED = re.compile(rf"(?:LEN\(TRIM\({_CELL}\)\)\s*>\s*0|NOT\(ISBLANK\({_CELL}\)\))")


@dataclass(frozen=True)
class Rule:
    """Cells that are struck out where a formula holds, which is written as for the cell `base`.

    With `hides` they are not: they are not seen, and it says why.
    """

    areas: tuple[Area, ...]
    formula: str
    base: Place
    hides: str = ""

    def holds(self) -> Holds | None:
        """What tells of a place, given the value of each, whether it is struck out; None where nobody knows."""
        formula = self.formula.strip().removeprefix("=").strip()
        if found := _EQUAL.fullmatch(formula):
            *cell, sign, value = found.groups()
            meant = value.strip('"').lower()
            return lambda place, at: (_said(at(self._of(cell, place))) == meant) == (sign == "=")
        if found := _HAS.fullmatch(formula):
            text, *cell = found.groups()
            return lambda place, at: text.lower() in _said(at(self._of(cell, place)))
        if found := _FILLED.fullmatch(formula):
            cell = [part for part in found.groups() if part is not None]
            return lambda place, at: bool(_said(at(self._of(cell, place))))
        return None

    def _of(self, cell: list[str], place: Place) -> Place:
        """The cell a reference means for a place: what has no '$' moves along."""
        column_stays, letters, row_stays, number = cell
        row, column = int(number) - 1, column_of(letters)
        return (
            row if row_stays else row + place[0] - self.base[0],
            column if column_stays else column + place[1] - self.base[1],
        )


def _said(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return cell.strip().lower() if isinstance(cell, str) else as_text(cell)


def column_of(letters: str) -> int:
    """The place of a column by its letters: 0 for 'A'."""
    place = 0
    for letter in letters.upper():
        place = 26 * place + ord(letter) - 64
    return place - 1


def reference(place: Place) -> str:
    """How a formula names a cell that moves along: 'B2' for (1, 1)."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(65 + last) + letters
    return f"{letters}{row + 1}"


def areas_of(text: str) -> tuple[Area, ...]:
    """The areas of 'A2:F4 H2' or of 'DS.A2:DS.F4'."""
    found = []
    for part in re.sub(r"\$?'[^']*'\.", "", text).split():
        # The sheet is named before each corner, but no corner has a dot.
        if named := _AREA.fullmatch(":".join(corner.rpartition(".")[2] for corner in part.split(":"))):
            left, top, right, bottom = named.groups()
            first = (int(top) - 1, column_of(left))
            found.append((*first, int(bottom) - 1, column_of(right)) if right else (*first, *first))
    return tuple(found)


def is_corner(base: Place, areas: tuple[Area, ...]) -> bool:
    """Whether a cell is the first of all areas together: of others nobody knows for which a formula is written."""
    return base == (min(area[0] for area in areas), min(area[1] for area in areas))


def from_open_document(condition: str, base: Place) -> str:
    """A condition of an OpenDocument as a formula: 'cell-content()="x"', 'formula-is([.$F2]="x")', '="x"'."""
    text = re.sub(r"\[\.?([^\]]*)\]", r"\1", condition.strip())
    if found := re.fullmatch(r"(?:of:)?(?:is-true-formula|formula-is)\((.*)\)", text, re.DOTALL):
        return found[1]
    if found := re.fullmatch(r'contains-text\(("[^"]*")\)', text):
        return f"NOT(ISERROR(SEARCH({found[1]},{reference(base)})))"
    if found := re.fullmatch(rf"(?:cell-content\(\)\s*)?(=|!=|<>)\s*{_VALUE}", text):
        return f"{reference(base)}{found[1].replace('!=', '<>')}{found[2]}"
    return ""
