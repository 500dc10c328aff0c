"""Colours of letters and of what is behind them, as far as it takes to tell whether the eye sees the letters."""

Colour = tuple[int, int, int]

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
# So little apart in any of red, green and blue nobody tells letters from paper.
_APART = 20
# Those that Excel numbers from 8 on; the first eight have the numbers from 0 on as well.
_NUMBERED = bytes.fromhex(
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080"
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF"
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696"
    "003366 339966 003300 333300 993300 993366 333399 333333"
)
NUMBERED: list[Colour] = [(*_NUMBERED[at : at + 3],) for at in range(0, len(_NUMBERED), 3)]
# Of a workbook without a theme: what is behind the text, the text, and twice the same in other shades.
THEME: list[Colour] = [WHITE, BLACK, (0xE7, 0xE6, 0xE6), (0x44, 0x54, 0x6A)]


def are_alike(ink: Colour | None, paper: Colour | None) -> bool:
    """Whether letters are not to be told from what is behind them; of a colour that nobody knows they are."""
    return ink is not None and paper is not None and all(abs(a - b) <= _APART for a, b in zip(ink, paper, strict=True))


def of_hex(text: str) -> Colour | None:
    """'#fefefe', 'FFFEFEFE' (of which the first byte is none of a colour)."""
    figures = text.lstrip("#")[-6:]
    try:
        red, green, blue = bytes.fromhex(figures)
    except ValueError:
        return None
    return red, green, blue


def of_number(number: int, palette: list[Colour]) -> Colour | None:
    """A colour by its number in Excel; 64 is that of letters, 65 that of paper."""
    if number in (64, 65):
        return BLACK if number == 64 else WHITE
    place = number if number < 8 else number - 8
    return palette[place] if 0 <= place < len(palette) else None


def shaded(colour: Colour, tint: float) -> Colour:
    """A colour made darker (below 0) or lighter, as a theme does it."""

    def part(value: int) -> int:
        return round(value * (1 + tint) if tint < 0 else value * (1 - tint) + 255 * tint)

    return part(colour[0]), part(colour[1]), part(colour[2])
