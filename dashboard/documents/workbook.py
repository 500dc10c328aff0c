"""The one look of every workbook that leaves the house: the font of administrative texts, dates as people write them,
and text that stays text."""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

FONT = "Times New Roman"
DAY = "dd/mm/yyyy"
# Behind headings.
SHADE = "#EEF1F6"
# The same rows give the same bytes, whenever they are written.
ALWAYS = datetime(2000, 1, 1)  # noqa: DTZ001


def open_book(buffer: BytesIO, *, size: int = 12, made_at: datetime = ALWAYS, **properties: str) -> Workbook:
    """A new workbook written into the buffer when it is closed; `size` in points is that of what says no other.

    `properties` are those of the document: title, author, company.
    """
    book = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
            # Column widths are counted in digits of this font: 8 pixels wide in Excel and in LibreOffice.
            "default_format_properties": {"font_name": FONT, "font_size": size},
            "default_column_width": 72,
            "default_row_height": 21,
        },
    )
    book.set_properties({**properties, "created": made_at.replace(tzinfo=None)})
    return book
