"""The only writer of sheets: lists and forms to fill in; official.py writes statistics with its pen (domain.md §8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sheets.cells import DAY, FIRST_DAY, GENERAL, HEAD, MOMENT, PERCENT, TEXT, guarded
from sheets.cells import Cell as Cell  # noqa: PLC0414 - whoever writes sheets finds it here
from sheets.stream import write_rows

LINE = Side(style="thin")
THIN = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
MIDDLE = Alignment(vertical="center", wrap_text=True)
FORMATS = (PERCENT, DAY, MOMENT, TEXT)


Heads = Sequence[tuple[str, int]]
Terms = Sequence[tuple[str, str]]


def listing(heads: Heads, rows: Iterable[Sequence[Cell]], terms: Terms) -> bytes:
    """A list as it is on screen, see `write_listing`, for lists that fit into memory."""
    buffer = BytesIO()
    write_listing(buffer, heads, rows, terms)
    return buffer.getvalue()


def write_listing(target: IO[bytes], heads: Heads, rows: Iterable[Sequence[Cell]], terms: Terms) -> int:
    """Stream a list to `target`, with frozen head, filter, and a second sheet 导出条件. Returns how many rows."""
    looks = _looks(Workbook(write_only=True).create_sheet())
    return write_rows(target, rows, looks, lambda last: saved(_skeleton(heads, terms, last)))


def _looks(page: WriteOnlyWorksheet) -> dict[str, int]:
    """The number of each look in the workbook of `page`; the same in each, as they are made first and in this order."""
    pen = Pen(page)
    return {look: pen.cell(None, look).style_id for look in (HEAD, GENERAL, *FORMATS)}


def _skeleton(heads: Heads, terms: Terms, last: int) -> Workbook:
    """The workbook of a list but for its rows, of which `last` is the number of the last."""
    book = Workbook(write_only=True)
    page = book.create_sheet("清单")
    _looks(page)
    for place, (_head, width) in enumerate(heads, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = "B2"
    print_setup(page, "1:1")
    pen = Pen(page)
    page.append([pen.cell(head, HEAD) for head, _width in heads])
    page.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{last}"
    conditions = book.create_sheet("导出条件")
    conditions.column_dimensions["A"].width, conditions.column_dimensions["B"].width = 16, 80
    pen = Pen(conditions)
    for term in terms:
        conditions.append([pen.cell(text) for text in term])
    return book


@dataclass(frozen=True)
class FormColumn:
    """A column people fill in: what it must hold, an example, and what its drop-down offers ([] for none)."""

    head: str
    width: int
    required: bool
    words: str
    advice: str
    example: Cell
    choices: Sequence[str]
    is_strict: bool


FORM_ROWS = 2000


def form(title: str, columns: Sequence[FormColumn], notes: Sequence[str]) -> bytes:
    """An empty table with one example row and drop-downs, and a second sheet 填写说明."""
    book = Workbook()
    page = first_page(book, title[:31])
    options = book.create_sheet("选项")
    options.sheet_state = "hidden"
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].number_format = TEXT
        head = write_cell(page, 1, place, column.head)
        head.font = Font(bold=True)
        head.comment = Comment(f"{'必填。' if column.required else '可不填。'}{column.words}", "填写说明", 90, 240)
        example = write_cell(page, 2, place, column.example)
        example.font = Font(color="808080")
        if column.choices:
            _offer(page, options, letter, place, column)
    page.freeze_panes = "B2"
    print_setup(page, "1:1")
    _explain(book.create_sheet("填写说明", 1), columns, notes)
    return saved(book)


def _offer(page: Worksheet, options: Worksheet, letter: str, place: int, column: FormColumn) -> None:
    """A drop-down from the hidden sheet: lists in the rule itself end at 255 characters."""
    for number, choice in enumerate(column.choices, start=1):
        options.cell(number, place, guarded(choice)).data_type = "s"
    rule = DataValidation(
        type="list",
        formula1=f"'选项'!${letter}$1:${letter}${len(column.choices)}",
        allow_blank=True,
        showErrorMessage=column.is_strict,
        errorTitle=column.head,
        error="请从下拉框中选择",
    )
    rule.add(f"{letter}2:{letter}{FORM_ROWS}")
    page.add_data_validation(rule)


def _explain(page: Worksheet, columns: Sequence[FormColumn], notes: Sequence[str]) -> None:
    for place, (head, width) in enumerate((("列", 18), ("必填", 8), ("怎么填", 60), ("例子", 24)), start=1):
        write_cell(page, 1, place, head).font = Font(bold=True)
        page.column_dimensions[get_column_letter(place)].width = width
    for number, column in enumerate(columns, start=2):
        said = "。".join(filter(None, (column.words, column.advice)))
        for place, cell in enumerate((column.head, "必填" if column.required else "", said, column.example), start=1):
            write_cell(page, number, place, cell)
    for number, note in enumerate(notes, start=len(columns) + 3):
        merge(page, number, 1, 4, note, None, Alignment(wrap_text=True, vertical="top"))
        page.row_dimensions[number].height = 32
    page.freeze_panes = "A2"
    print_setup(page, "1:1")


class Pen:
    """Makes the cells of a streamed sheet; each look is worked out once and shared by all cells that have it."""

    def __init__(self, page: WriteOnlyWorksheet) -> None:
        self.page = page
        self.looks: dict[str, Any] = {}

    def cell(self, value: Cell, look: str = "") -> Any:
        """One bordered cell, see `dress`."""
        content, found = _content(value)
        cell: Any = WriteOnlyCell(self.page, content)
        if isinstance(value, str):
            cell.data_type = "s"
        look = look or found
        if look not in self.looks:
            dress(cell, look)
            self.looks[look] = cell._style
        cell._style = self.looks[look]
        return cell


def first_page(book: Workbook, title: str) -> Worksheet:
    """The one page a new workbook has, under `title`."""
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = title
    return page


def write_cell(page: Worksheet, row: int, column: int, value: Cell) -> Any:
    """One bordered cell."""
    cell = page.cell(row, column)
    dress(cell, fill_in(cell, value))
    return cell


def fill_in(cell: Any, value: Cell) -> str:
    """Put `value` into `cell` and return its look, for `dress`."""
    cell.value, look = _content(value)
    if isinstance(value, str):
        cell.data_type = "s"
    return look


def _content(value: Cell) -> tuple[Any, str]:
    """What stands in the cell, and its look: text never becomes a formula, fractions are percents, dates are dates."""
    if isinstance(value, str):
        return guarded(value), TEXT
    if isinstance(value, Decimal):
        return float(value), PERCENT
    if isinstance(value, datetime):
        return (value, MOMENT) if value.date() >= FIRST_DAY else (f"{value:%Y-%m-%d %H:%M}", TEXT)
    if isinstance(value, date):
        return (value, DAY) if value >= FIRST_DAY else (value.isoformat(), TEXT)
    return value, GENERAL


def dress(cell: Any, look: str) -> None:
    """Border, wrapping, and the number format that `look` names; heads are bold."""
    cell.border, cell.alignment = THIN, MIDDLE
    if look == HEAD:
        cell.font = Font(bold=True)
    elif look in FORMATS:
        cell.number_format = look


def merge(
    page: Worksheet, row: int, first: int, last: int, text: str, font: Font | None, alignment: Alignment | None
) -> None:
    """One cell over the columns from `first` to `last`, without a border."""
    page.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    cell = page.cell(row, first, guarded(text))
    cell.data_type = "s"
    if font:
        cell.font = font
    if alignment:
        cell.alignment = alignment


def print_setup(page: Any, repeated: str) -> None:
    """A4 landscape, one page wide, the rows `repeated` on every page, the pages numbered."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = repeated
    assert page.oddFooter is not None
    page.oddFooter.center.text = "第&P页 共&N页"


def saved(book: Workbook) -> bytes:
    """The file."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
