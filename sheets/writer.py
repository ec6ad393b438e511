"""The only writer of sheets: official statistics and plain lists (domain.md §8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

LINE = Side(style="thin")
THIN = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
PERCENT = "0.00%"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | Decimal | date | None


@dataclass(frozen=True)
class Column:
    """A column of the official sheet: the group above it ("" for none), its own head, and its width."""

    group: str
    head: str
    width: int = 11


@dataclass(frozen=True)
class Sheet:
    """An official statistic: rows end with the total; rates are fractions of 1, None prints —."""

    title: str
    office: str
    period: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str]


def official(sheet: Sheet) -> bytes:
    """The workbook of one statistic, ready to be printed and stamped."""
    book = Workbook()
    page = _first(book, "统计表")
    width = len(sheet.columns)
    _merged(page, 1, 1, width, sheet.title, Font(name="黑体", size=18), CENTRE)
    half = width // 2
    _merged(page, 2, 1, half, f"填报单位（盖章）：{sheet.office}", None, Alignment(horizontal="left"))
    _merged(
        page, 2, half + 1, width, f"统计时间：{sheet.period}　单位：件、场、人次", None, Alignment(horizontal="right")
    )
    _heads(page, sheet.columns)
    for number, row in enumerate(sheet.rows, start=5):
        for place, value in enumerate(row, start=1):
            _write(page, number, place, "—" if value is None else value)
    foot = 5 + len(sheet.rows)
    _merged(page, foot, 1, width, "单位负责人：　　　　　填表人：　　　　　联系电话：　　　　　填表日期：", None, None)
    _merged(
        page, foot + 1, 1, width, "说明：" + "；".join(sheet.notes), None, Alignment(wrap_text=True, vertical="top")
    )
    page.row_dimensions[foot + 1].height = 64
    _print_setup(page, "3:4")
    return _bytes(book)


def listing(
    heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]], terms: Sequence[tuple[str, str]]
) -> bytes:
    """A list as it is on screen, with frozen head and filter, and a second sheet 导出条件."""
    book = Workbook()
    page = _first(book, "清单")
    for place, (head, width) in enumerate(heads, start=1):
        _write(page, 1, place, head).font = Font(bold=True)
        page.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            _write(page, number, place, value)
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions
    _print_setup(page, "1:1")
    conditions = book.create_sheet("导出条件")
    conditions.column_dimensions["A"].width, conditions.column_dimensions["B"].width = 16, 80
    for number, (name, text) in enumerate(terms, start=1):
        _write(conditions, number, 1, name)
        _write(conditions, number, 2, text)
    return _bytes(book)


def _first(book: Workbook, title: str) -> Worksheet:
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = title
    return page


def _write(page: Worksheet, row: int, column: int, value: Cell) -> Any:
    """One bordered cell; text never becomes a formula, fractions are percents, dates are dates."""
    cell = page.cell(row, column)
    if isinstance(value, str):
        cell.value = f"'{value}" if value.startswith(DANGEROUS) else value
        cell.data_type = "s"
    elif isinstance(value, Decimal):
        cell.value, cell.number_format = float(value), PERCENT
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
    cell.border = THIN
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _heads(page: Worksheet, columns: Sequence[Column]) -> None:
    """Rows 3 and 4: groups merged across their columns, single heads merged down."""
    for place, column in enumerate(columns, start=1):
        _write(page, 3, place, column.group or column.head).alignment = CENTRE
        _write(page, 4, place, column.head).alignment = CENTRE
        page.column_dimensions[get_column_letter(place)].width = column.width
        if not column.group:
            page.merge_cells(start_row=3, end_row=4, start_column=place, end_column=place)
    start = 1
    while start <= len(columns):
        end = start
        while end < len(columns) and columns[start - 1].group and columns[end].group == columns[start - 1].group:
            end += 1
        if end > start:
            page.merge_cells(start_row=3, end_row=3, start_column=start, end_column=end)
        start = end + 1


def _merged(
    page: Worksheet, row: int, first: int, last: int, text: str, font: Font | None, alignment: Alignment | None
) -> None:
    page.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    cell = page.cell(row, first, text)
    if font:
        cell.font = font
    if alignment:
        cell.alignment = alignment


def _print_setup(page: Worksheet, repeated: str) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = repeated
    assert page.oddFooter is not None
    page.oddFooter.center.text = "第&P页 共&N页"


def _bytes(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
