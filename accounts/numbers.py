"""Numbers that addresses and hidden fields name: keys of rows, versions of pages."""

DIGITS = 18
"""So many fit into a column."""


def number_in(text: str) -> int | None:
    """The whole number `text` is; None for anything else, and for what no column could hold."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None
