"""How text stands in a cell so that no spreadsheet takes it for a formula, and how it comes back unchanged."""

import re
from datetime import date
from decimal import Decimal

Cell = str | int | float | Decimal | date | None
"""What a sheet holds; a datetime is a date, a Decimal a fraction that is shown as percent."""
PERCENT, DAY, MOMENT, TEXT, GENERAL, HEAD = "0.00%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@", "", "head"
"""How cells look: their number formats, and the bold head."""
FIRST_DAY = date(1900, 3, 1)  # spreadsheets count earlier days wrongly or not at all

FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def writable(text: str) -> str:
    """`text` without the control characters that a workbook cannot hold; \\r counts as a line end."""
    if text.isprintable():  # nearly every cell, and ten times as fast
        return text
    return ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def guarded(text: str) -> str:
    """`text` as it is put into a cell: an apostrophe before what looks like a formula, or like a guarded one.

    What looks like the file format's own escape (_x000D_) is escaped, so that it is read back as it was.
    """
    text = ESCAPE_LIKE.sub("_x005F_", writable(text))
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given, as read from the cell."""
    return text[1:] if GUARDED.match(text) else text
