"""The official sheet that is printed, stamped and signed (domain.md §8)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sheets.heads import Levels, depth, head_rows
from sheets.writer import CENTRE, MIDDLE, Cell, dress, fill_in, first_page, merge, print_setup, saved, write_cell

TITLE, PLAIN, BOLD = Font(name="黑体", size=18), Font(name="宋体", size=11), Font(name="宋体", size=11, bold=True)
LEFT, RIGHT = Alignment(horizontal="left", vertical="center"), Alignment(horizontal="right", vertical="center")
NOTE = Alignment(wrap_text=True, vertical="top")
SIGNATURES = "单位负责人：{0}填表人：{0}联系电话：{0}填表日期：{0}".format("　" * 8)
HEAD_FIRST = 3
LINE_HEIGHT = 15.0
"""Points a line of text takes at the size of the cells."""


@dataclass(frozen=True)
class Column:
    """A column: the group above it ("" for none, several from the outermost), its own head, its width and format."""

    group: str | tuple[str, ...]
    head: str
    width: int = 11
    number_format: str = ""

    @property
    def levels(self) -> Levels:
        groups = (self.group,) if isinstance(self.group, str) else self.group
        return (*filter(None, groups), self.head)


@dataclass(frozen=True)
class Sheet:
    """An official sheet: rows of a statistic end with the total; rates are fractions of 1, None prints —.

    `unit` is what the figures count ("" for a sheet without figures), `when` names the period, `name` the tab;
    `sums` are the places of 小计 and 合计 among the rows, printed bold.
    """

    title: str
    office: str
    period: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str]
    unit: str = "件、场、人次"
    when: str = "统计时间"
    name: str = "统计表"
    sums: Collection[int] = ()

    @property
    def width(self) -> int:
        """In characters of a digit's width."""
        return sum(column.width for column in self.columns)


def official(sheet: Sheet) -> bytes:
    """The workbook of one statistic, ready to be printed and stamped."""
    book = Workbook()
    page = first_page(book, sheet.name)
    last = len(sheet.columns)
    merge(page, 1, 1, last, sheet.title, TITLE, CENTRE)
    page.row_dimensions[1].height = 32
    _second_row(page, sheet)
    _heads(page, sheet.columns)
    first = HEAD_FIRST + depth([column.levels for column in sheet.columns])
    _body(page, sheet, first)
    foot = first + len(sheet.rows)
    merge(page, foot, 1, last, SIGNATURES, PLAIN, LEFT)
    page.row_dimensions[foot].height = 28
    notes = "说明：" + "；".join(sheet.notes)
    merge(page, foot + 1, 1, last, notes, PLAIN, NOTE)
    page.row_dimensions[foot + 1].height = _height(notes, sheet.width)
    print_setup(page, f"{HEAD_FIRST}:{first - 1}")
    page.print_options.horizontalCentered = True
    margins = page.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.5, 0.5, 0.6, 0.7
    return saved(book)


def _second_row(page: Worksheet, sheet: Sheet) -> None:
    """Who fills it in on the left, the time and what is counted on the right, each in about half of the width."""
    half, reached = 0, 0
    while half < len(sheet.columns) - 1 and (reached < sheet.width * 0.45 or not half):
        reached += sheet.columns[half].width
        half += 1
    merge(page, 2, 1, half, f"填报单位（盖章）：{sheet.office}", PLAIN, LEFT)
    right = f"{sheet.when}：{sheet.period}" + (f"　单位：{sheet.unit}" if sheet.unit else "")
    merge(page, 2, half + 1, len(sheet.columns), right, PLAIN, RIGHT)
    page.row_dimensions[2].height = 22


def _heads(page: Worksheet, columns: Sequence[Column]) -> None:
    """Groups merged across their columns, heads of fewer levels merged down."""
    levels = [column.levels for column in columns]
    height = depth(levels)
    for place, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
        for row in range(HEAD_FIRST, HEAD_FIRST + height):
            write_cell(page, row, place, None)
    for row, cells in enumerate(head_rows(levels), start=HEAD_FIRST):
        tallest = LINE_HEIGHT * 1.4
        for cell in cells:
            place = cell.column + 1
            written = write_cell(page, row, place, cell.text)
            written.alignment, written.font = CENTRE, BOLD
            across = sum(column.width for column in columns[cell.column : cell.column + cell.columns])
            tallest = max(tallest, _height(cell.text, across) / cell.rows)
            if cell.rows > 1 or cell.columns > 1:
                end_row, end_column = row + cell.rows - 1, place + cell.columns - 1
                page.merge_cells(start_row=row, end_row=end_row, start_column=place, end_column=end_column)
        page.row_dimensions[row].height = tallest


def _body(page: Worksheet, sheet: Sheet, first: int) -> None:
    """The rows; each look is worked out once and shared by all cells that have it."""
    looks: dict[object, Any] = {}
    for number, row in enumerate(sheet.rows):
        is_sum = number in sheet.sums
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            cell: Any = page.cell(first + number, place)
            look = fill_in(cell, "—" if value is None else value)
            key = (look, value is None, value == "", column.number_format, is_sum)
            if key not in looks:
                dress(cell, look)
                _trim(cell, value, column.number_format, is_sum=is_sum)
                looks[key] = cell._style
            cell._style = looks[key]
        page.row_dimensions[first + number].height = _tallest(sheet.columns, row)


def _tallest(columns: Sequence[Column], row: Sequence[Cell]) -> float:
    """What a row needs for its longest text; spreadsheets do not all work it out themselves."""
    texts = [_height(value, column.width) for column, value in zip(columns, row, strict=True) if isinstance(value, str)]
    return max(LINE_HEIGHT * 1.2, *texts) if texts else LINE_HEIGHT * 1.2


def _trim(cell: Any, value: Cell, number_format: str, *, is_sum: bool) -> None:
    """Names to the left, figures in the middle, sums bold; numbers in the format of their column."""
    cell.alignment = MIDDLE if isinstance(value, str) and value else CENTRE
    if number_format and value is not None and not isinstance(value, str):
        cell.number_format = number_format
    cell.font = BOLD if is_sum else PLAIN


def _height(text: str, width: float) -> float:
    """Points that `text` takes in a cell of `width` digits: a Chinese character is as wide as two."""
    taken = sum(2 if character > "\u2e7f" else 1 for character in text)
    return (ceil(taken / max(width - 1, 1)) + 0.4) * LINE_HEIGHT
