"""Columns of lists: what each is called, what kind of thing stands in it, how wide it is on screen."""

import csv
from collections.abc import Mapping
from typing import NamedTuple

from core.store import QUERIES

# `level` is named by the criterion of its row, `category` by its dimension; `year` is a whole number that is a name,
# `expected` a day that may not come; of a `partial` date only the month or year may be known. An `id` is of no use to
# people but as itself.
SHOWN_AS_TEXT = ("text", "id", "code", "level", "category", "flag", "year", "partial", "expected")
KINDS = (*SHOWN_AS_TEXT, "date", "number", "signed", "share")


class Column(NamedTuple):
    """A column by the code that queries give it; `domain` is the vocabulary of a code, `width` in pixels.

    On the form that communes fill in it is `form_width` digits wide, None if it is not on it, and bears `form_heading`.
    """

    code: str
    heading: str
    kind: str
    domain: str
    width: int | None
    form_heading: str
    form_width: float | None

    @property
    def is_date(self) -> bool:
        """Whether a moment stands in it, known to the day or less."""
        return self.kind in ("date", "partial")


def _read() -> dict[str, Column]:
    with (QUERIES / "reference" / "column.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Column(
                row["code"],
                row["heading"],
                row["kind"],
                row["domain"],
                int(row["width"]) if row["width"] else None,
                # The words on the form are those of the files that communes have.
                row["form_heading"] or row["heading"],
                float(row["form_width"]) if row["form_width"] else None,
            )
            for row in csv.DictReader(file)
        }


COLUMNS: Mapping[str, Column] = _read()
HEADINGS: Mapping[str, str] = {code: column.heading for code, column in COLUMNS.items()}
# Columns of one heading hold one kind of number or date, so that a list in words still tells what it holds.
BY_HEADING: Mapping[str, Column] = {column.heading: column for column in COLUMNS.values()}


def is_of(heading: object, *kinds: str) -> bool:
    """Whether a list's column, by its heading, holds one of these kinds of things."""
    column = BY_HEADING.get(str(heading))
    return column is not None and column.kind in kinds
