"""A figure: one table of counted cells, and the chart drawn from the same cells (pages.md §3).

The table says everything; static/js/chart.js draws the chart beside it from `Chart.as_json`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from studios.rates import percent


class ChartKind(StrEnum):
    """What chart.js can draw."""

    LINES = "lines"
    STACK = "stack"
    BARS = "bars"
    SHARES = "shares"
    DOTS = "dots"


class Tone(StrEnum):
    """Which colour of static/css/tokens.css: four that tell series apart, three that say good, middling, bad."""

    FIRST = "chart-1"
    SECOND = "chart-2"
    THIRD = "chart-3"
    FOURTH = "chart-4"
    GOOD = "chart-good"
    MIDDLING = "chart-middling"
    BAD = "chart-bad"


@dataclass(frozen=True)
class Series:
    """One colour of a chart: a value per label, and what is written beside each ("": nothing)."""

    name: str
    tone: Tone
    values: list[float]
    words: list[str]


@dataclass(frozen=True)
class Mark:
    """A line across the chart."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """What chart.js reads. `description` is read out in place of the drawing."""

    kind: ChartKind
    description: str
    labels: list[str]
    series: list[Series]
    marks: list[Mark]

    def as_json(self) -> dict[str, Any]:
        """Plain data for `json_script`."""
        return asdict(self)


@dataclass(frozen=True)
class Cell:
    """A number of the table and the list of its rows; a rate has words of its own and no list."""

    number: int
    url: str = ""
    rate: str = ""

    @property
    def words(self) -> str:
        return self.rate or f"{self.number:,}"


@dataclass(frozen=True)
class Column:
    """A column of the table; with a tone it is drawn."""

    label: str
    tone: Tone | None = None


@dataclass(frozen=True)
class Row:
    """A row of the table; the name may lead to a board of its own."""

    label: str
    cells: tuple[Cell, ...]
    url: str = ""
    drawn_as: str = ""
    """The label in the chart, where it says more than the name."""


@dataclass(frozen=True)
class Figure:
    """One figure of the board. `note` says the result in a sentence; without rows there is no chart."""

    key: str
    title: str
    note: str
    head: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: ChartKind
    marks: tuple[Mark, ...] = ()
    drawn: int = 15
    """How many rows the chart draws; the table has them all."""

    @property
    def chart(self) -> Chart | None:
        """The chart of the first rows; None where there is nothing to draw."""
        rows = self.rows[: self.drawn] if self.kind in {ChartKind.BARS, ChartKind.SHARES} else self.rows
        if not any(cell.number for row in rows for cell in self._drawn_cells(row)):
            return None
        labels = [row.drawn_as or row.label for row in rows]
        series = [
            Series(column.label, column.tone, *self._values(rows, nth))
            for nth, column in enumerate(self.columns)
            if column.tone
        ]
        return Chart(self.kind, f"{self.title}。{self.note}", labels, series, list(self.marks))

    def _drawn_cells(self, row: Row) -> list[Cell]:
        return [cell for cell, column in zip(row.cells, self.columns, strict=True) if column.tone]

    def _values(self, rows: Sequence[Row], nth: int) -> tuple[list[float], list[str]]:
        numbers = [row.cells[nth].number for row in rows]
        words = [f"{number:,}" if number else "" for number in numbers]
        if self.kind is not ChartKind.SHARES:
            return [float(number) for number in numbers], words
        wholes = [sum(cell.number for cell in self._drawn_cells(row)) for row in rows]
        return [float(percent(number, whole) or 0) for number, whole in zip(numbers, wholes, strict=True)], words


def ranked(rows: Iterable[Row], column: int = 0) -> tuple[Row, ...]:
    """The rows with the largest number of that column first; those with nothing at all are left out."""
    held = [row for row in rows if any(cell.number for cell in row.cells)]
    return tuple(sorted(held, key=lambda row: (-row.cells[column].number, row.label)))


def drawn_with_n(row: Row, n: int) -> Row:
    """The row with its n beside its name in the chart."""
    return replace(row, drawn_as=f"{row.label}（n={n:,}）")
