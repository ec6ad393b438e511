"""A report as the official sheet: the values of the table as real numbers and days."""

from decimal import Decimal

from reports.official.table import Cell, Look, Table, Weight
from sheets.official import Column, Sheet, official
from sheets.writer import Cell as SheetCell

HUNDRED = 100
FORMATS = {Look.MEAN: "0.00", Look.PERCENT: "0.00%"}


def report_sheet(table: Table, office: str) -> bytes:
    """The workbook of `table`, filled in by `office`."""
    columns = [
        Column(head.levels[:-1], head.levels[-1], head.width, FORMATS.get(head.look, "")) for head in table.heads
    ]
    rows = [[_value(cell) for cell in line.cells] for line in table.lines]
    sums = [place for place, line in enumerate(table.lines) if line.weight != Weight.ROW]
    return official(Sheet(table.title, office, table.period, columns, rows, table.notes, unit=table.unit, sums=sums))


def _value(cell: Cell) -> SheetCell:
    """Percents are fractions of 1, means plain numbers."""
    if not isinstance(cell.value, Decimal):
        return cell.value
    return cell.value / HUNDRED if cell.look == Look.PERCENT else float(cell.value)
