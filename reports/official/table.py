"""The table a page previews, a printer prints and a sheet holds: one object for all three. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sheets.heads import HeadCell, Levels, head_rows
from studios.rates import percent_words

Value = str | int | date | Decimal | None


class Look(StrEnum):
    """How a value is shown."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    MEAN = "mean"
    DAY = "day"


class Weight(StrEnum):
    """What a line is: one of the rows, 小计 or 合计."""

    ROW = "row"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True)
class Head:
    """The head of one column: its words from the outermost group inwards, its width in a sheet, how values look."""

    levels: Levels
    width: int
    look: Look = Look.NUMBER


@dataclass(frozen=True)
class Cell:
    """One value, and what names the list of exactly the rows it counts (None for rates, names and days).

    None prints —. Rates are in percent with two decimals.
    """

    value: Value
    look: Look = Look.TEXT
    behind: Callable[[], str] | None = None

    @property
    def url(self) -> str:
        """The address of that list, worked out where it is shown: paper and sheets need none."""
        return self.behind() if self.behind else ""

    @property
    def is_linked(self) -> bool:
        return self.behind is not None

    @property
    def words(self) -> str:
        """What stands on the page and on paper."""
        if self.value is None:
            return "—"
        if self.look == Look.PERCENT:
            assert isinstance(self.value, Decimal)
            return percent_words(self.value)
        if isinstance(self.value, date):
            return self.value.isoformat()
        return f"{self.value:,}" if isinstance(self.value, int) else str(self.value)

    @property
    def is_text(self) -> bool:
        return self.look == Look.TEXT


@dataclass(frozen=True)
class Line:
    """One line of the table; the first cell is the running number."""

    weight: Weight
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """A report worked out. `unit` is what the figures count; the last line is 合计.

    `name_column` is the place of the column that names a row, from 0.
    """

    title: str
    period: str
    unit: str
    heads: Sequence[Head]
    lines: Sequence[Line]
    notes: Sequence[str]
    name_column: int

    @property
    def head_rows(self) -> list[list[HeadCell]]:
        return head_rows([head.levels for head in self.heads])

    @property
    def total(self) -> Line:
        return self.lines[-1]
