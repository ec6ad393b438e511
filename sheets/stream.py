"""Many rows into a workbook at little more than the price of a text file (docs/decisions/0017-export-writer.md).

openpyxl makes the whole workbook but for its rows; the rows are written as text between the two halves of its first
sheet. Nothing is kept but the zip's directory, so that a million rows need no more memory than one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.timezone import is_aware, make_naive
from openpyxl.utils import get_column_letter

from sheets.cells import DAY, FIRST_DAY, GENERAL, MOMENT, PERCENT, TEXT, Cell, guarded

BATCH = 500
LEVEL = 1
"""Of compression: half the time of the usual 6, for a file a third larger."""
ROWS_END = b"</sheetData>"
FIRST_SHEET = "xl/worksheets/sheet1.xml"
EPOCH, FIRST_MOMENT = date(1899, 12, 30).toordinal(), datetime(1900, 3, 1)  # noqa: DTZ001 - a moment of a wall clock
DAY_SECONDS = 86_400
MAX_COLUMNS = 16_384
"""No spreadsheet has more."""
SHORT, KEPT = 32, 10_000
"""Texts of so many characters come again and again; so many of them are remembered as they were written."""

Skeleton = Callable[[int], bytes]


class Ink:
    """Writes cells as text, each look by the number that it has in the workbook.

    `kept` remembers cells by their value: only texts, days and nothing, which equal nothing else in Python.
    """

    def __init__(self, looks: Mapping[str, int]) -> None:
        self.looks = looks
        self.text = f's="{looks[TEXT]}" t="inlineStr"><is><t'
        self.kept: dict[Cell, str] = {None: f's="{looks[GENERAL]}"/>', "": f's="{looks[TEXT]}"/>'}

    def rows(self, rows: Iterable[Sequence[Cell]], first: int) -> Iterator[str]:
        """Each row as XML, numbered from `first`."""
        columns = [f'<c r="{get_column_letter(place)}' for place in range(1, MAX_COLUMNS + 1)]
        kept, cell = self.kept.get, self._cell
        for number, row in enumerate(rows, start=first):
            here = f'{number}" '
            cells = [f"{column}{here}{kept(value) or cell(value)}" for column, value in zip(columns, row, strict=False)]
            yield f'<row r="{number}">{"".join(cells)}</row>'

    def _cell(self, value: Cell) -> str:
        """A cell that is not remembered, from behind its place on."""
        if isinstance(value, str):
            written = self._text(value)
            is_short = len(value) <= SHORT
        else:
            written = self._plain(value)
            is_short = type(value) is date
        if is_short and len(self.kept) < KEPT:
            self.kept[value] = written
        return written

    def _text(self, text: str) -> str:
        """As it is where nothing in it means anything; else guarded, escaped, and with the spaces around it."""
        if text.isalnum() or (
            text.isprintable()
            and text[0] not in "'=+-@ "
            and text[-1] != " "
            and not ("&" in text or "<" in text or ">" in text or "_x" in text)
        ):
            return f"{self.text}>{text}</t></is></c>"
        return f'{self.text} xml:space="preserve">{escape(guarded(text))}</t></is></c>'

    def _plain(self, value: Cell) -> str:
        """Numbers, fractions as percents, days and moments; what a spreadsheet cannot count becomes text."""
        if isinstance(value, Decimal):
            return self._number(PERCENT, float(value))
        if isinstance(value, datetime):
            wall = make_naive(value) if is_aware(value) else value
            if wall < FIRST_MOMENT:
                return self._text(f"{wall:%Y-%m-%d %H:%M}")
            seconds = wall.hour * 3600 + wall.minute * 60 + wall.second
            return self._number(MOMENT, wall.toordinal() - EPOCH + seconds / DAY_SECONDS)
        if isinstance(value, date):
            return self._text(str(value)) if value < FIRST_DAY else self._number(DAY, value.toordinal() - EPOCH)
        assert value is not None and not isinstance(value, str)
        return self._number(GENERAL, value)

    def _number(self, look: str, number: float) -> str:
        return f's="{self.looks[look]}"><v>{+number!r}</v></c>'


def write_rows(target: IO[bytes], rows: Iterable[Sequence[Cell]], looks: Mapping[str, int], skeleton: Skeleton) -> int:
    """Write to `target` the workbook of `skeleton(number of the last row)` with `rows` under its head.

    `looks` numbers the looks of cells in that workbook. Returns how many rows there were.
    """
    last = 1
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=LEVEL) as book:
        with book.open(FIRST_SHEET, "w", force_zip64=True) as page:
            page.write(_before_the_rows(skeleton(last)))
            texts = Ink(looks).rows(rows, first=2)
            while batch := list(islice(texts, BATCH)):
                page.write("".join(batch).encode())
                last += len(batch)
            with ZipFile(BytesIO(skeleton(last))) as whole:
                page.write(ROWS_END + whole.read(FIRST_SHEET).split(ROWS_END)[1])
                rest = {name: whole.read(name) for name in whole.namelist() if name != FIRST_SHEET}
        for name, part in rest.items():
            book.writestr(name, part)
    return last - 1


def _before_the_rows(workbook: bytes) -> bytes:
    with ZipFile(BytesIO(workbook)) as whole:
        return whole.read(FIRST_SHEET).split(ROWS_END)[0]
