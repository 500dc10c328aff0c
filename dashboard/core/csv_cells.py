"""Cells of a text file that somebody will open with a spreadsheet."""

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: object) -> object:
    """A text that a spreadsheet would run as a formula, after an apostrophe; all else, numbers too, as it is."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGINS_A_FORMULA) else cell
