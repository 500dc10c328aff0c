"""How much room text takes on a sheet, measured here.

The machine that writes the file need not have the font, and Excel does not fit the height of wrapped or merged rows on
opening.
"""

import math
import unicodedata
from functools import lru_cache

PADDING = 7  # pixels of a cell that its text cannot use
SLACK = 0.96  # Excel sets type a little wider on a screen and for some printers

# Widths of Times New Roman, in thousandths of an em.
_WIDTHS = {
    letter: width
    for width, letters in {
        200: "|",
        250: " ,.\t",
        278: "'/:;\\ijlt",
        333: "!()-I[]`fr‘’·",
        389: "Js",
        408: '"°',
        444: "?acez“”",
        500: "#$*0123456789_bdghknopquvxyđ–§^{}",
        549: "~≥≤",
        556: "FPS+<=>×",
        611: "ELTZ",
        722: "ADGHKNOQUVXYwĐ",
        667: "BCR",
        778: "&m½",
        833: "%",
        889: "M",
        944: "@W",
    }.items()
    for letter in letters
}
_BOLD = 1.07


@lru_cache(maxsize=100_000)
def _ems(word: str) -> float:
    """Width of a word in ems; a mark above or below a letter takes none, the horn of ơ and ư a little."""
    width = 0
    for letter in unicodedata.normalize("NFD", word):
        if letter == "\u031b":
            width += 60
        elif not unicodedata.combining(letter):
            width += _WIDTHS.get(letter, 1000)
    return width / 1000


def pixels(text: str, size: float, bold: bool = False) -> float:
    """Width of a text in one line, its letters `size` points high."""
    return _ems(text) * size * 96 / 72 * (_BOLD if bold else 1)


def line_count(text: str, width: float, size: float, bold: bool = False) -> int:
    """Lines the text takes in a wrapped cell `width` pixels wide."""
    room = (width - PADDING) * SLACK
    space = pixels(" ", size, bold)
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        at = 0.0
        for word in paragraph.split(" "):
            length = pixels(word, size, bold)
            if at and at + space + length > room:
                lines += 1
                at = 0.0
            at += length + (space if at else 0)
            if at > room:
                broken = math.ceil(at / (room - 2 * size)) - 1
                lines += broken
                at = max(at - broken * (room - 2 * size), 0.0)
    return lines


def row_height(lines: int, size: float) -> float:
    """Points of a row with so many lines of text."""
    return min(lines * size * 1.3 + 4, 409)
