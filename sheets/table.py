"""The rows of a sheet as text, and how they are kept between two looks at them without reading the workbook again."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sheets.package import MAX_ROWS, SheetError

EXACT_BELOW = 10**15


class Typed(str):
    """The text of a cell that held a number: leading zeros are gone, and digits after the fifteenth are wrong."""

    __slots__ = ()


def typed(number: float | Decimal | str) -> Typed:
    """A number as text, a whole one without “.0”."""
    value = float(number)
    return Typed(int(value) if -EXACT_BELOW < value < EXACT_BELOW and value == int(value) else repr(value))


@dataclass(frozen=True)
class Table:
    """The rows under the heads, cells as text in the order of the heads asked for, and their numbers on the sheet.

    Raises SheetError for more rows than one import takes.
    """

    rows: list[list[str]]
    numbers: Sequence[int]

    def __post_init__(self) -> None:
        if len(self.rows) > MAX_ROWS:
            raise SheetError(f"一次最多导入 {MAX_ROWS} 行，这个文件有 {len(self.rows)} 行。请分成几个文件上传。")

    def packed(self, heads: Sequence[str]) -> bytes:
        """This table, which has those heads, for `unpacked`: JSON, in which what was Typed is a number."""
        rows = [[float(cell) if type(cell) is Typed else cell for cell in row] for row in self.rows]
        return gzip.compress(json.dumps([[*heads], rows, [*self.numbers]]).encode(), compresslevel=1)


def unpacked(data: bytes, heads: Sequence[str]) -> Table | None:
    """What `Table.packed` kept; None where it was kept under other heads."""
    kept: list[Any] = json.loads(gzip.decompress(data), parse_float=typed, parse_constant=typed)
    return Table(kept[1], kept[2]) if kept[0] == [*heads] else None
