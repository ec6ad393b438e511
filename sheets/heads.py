"""Heads of several levels as merged cells: the same for a sheet and for the page that previews it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Levels = tuple[str, ...]
"""The words above one column, from the outermost group down to its own head."""


@dataclass(frozen=True)
class HeadCell:
    """One cell of the head: where it begins (both from 0), and over how many rows and columns it reaches."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def depth(columns: Sequence[Levels]) -> int:
    """How many rows the head takes."""
    return max(map(len, columns))


def head_rows(columns: Sequence[Levels]) -> list[list[HeadCell]]:
    """The head row by row: equal groups side by side are one cell, a column of fewer levels reaches down."""
    height = depth(columns)
    return [list(_row(columns, level, height)) for level in range(height)]


def _row(columns: Sequence[Levels], level: int, height: int) -> Iterator[HeadCell]:
    place = 0
    while place < len(columns):
        levels = columns[place]
        if len(levels) <= level:
            place += 1
            continue
        is_leaf = len(levels) == level + 1
        width = 1 if is_leaf else _alike(columns[place:], level)
        yield HeadCell(levels[level], level, place, height - level if is_leaf else 1, width)
        place += width


def _alike(columns: Sequence[Levels], level: int) -> int:
    """How many columns from the first on stand under the same groups down to `level`."""
    group = columns[0][: level + 1]
    count = 0
    for levels in columns:
        if len(levels) <= level + 1 or levels[: level + 1] != group:
            break
        count += 1
    return count
