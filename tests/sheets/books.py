"""Workbooks for tests, as people and as attackers make them."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook

from sheets.resource import SheetResource

SHEET = "xl/worksheets/sheet1.xml"


def book_of(rows: Iterable[Sequence[Any]], merged: Iterable[str] = ()) -> bytes:
    """A plain workbook of these rows, as Excel would save them."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    return _saved(book)


def sheet_of(resource: SheetResource, rows: Iterable[dict[str, Any]]) -> bytes:
    """A sheet under the heads of `resource`; what a row leaves out stays empty."""
    heads = resource.heads
    return book_of([heads, *([row.get(head) for head in heads] for row in rows)])


def raw_sheet(inner: str) -> bytes:
    """The part of a sheet whose sheetData is `inner`."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{inner}</sheetData></worksheet>'.encode()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part added or replaced."""
    parts = {**_parts(data), name: content}
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def cells_of(data: bytes, sheet: int = 0) -> list[list[Any]]:
    """The values of one sheet, as openpyxl reads them."""
    page = load_workbook(BytesIO(data)).worksheets[sheet]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def edited(data: bytes, change: Any) -> bytes:
    """The workbook after `change(first sheet)`."""
    book = load_workbook(BytesIO(data))
    change(book.worksheets[0])
    return _saved(book)


def _parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
