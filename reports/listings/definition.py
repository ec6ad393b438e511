"""What an export of a list is: whose right, which rows in which order, which cells, and what is said about them."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from accounts.models import User
from sheets.cells import Cell
from sheets.writer import Heads, Terms

CHUNK = 2000
Rows = Sequence[Sequence[Cell]] | Iterable[Sequence[Cell]]


@dataclass(frozen=True)
class Found:
    """The rows that a query asks for, as they stand on screen.

    `rows` is a queryset in no particular order with all that `lines` reads, or a list of what a page works out.
    """

    label: str
    heads: Heads
    rows: Any
    order: tuple[str, ...]
    lines: Callable[[list[Any]], Rows]
    terms: Terms = ()

    def count(self) -> int:
        """How many rows there are now."""
        return len(self.rows) if isinstance(self.rows, list) else int(self.rows.order_by().count())

    def chunks(self) -> Iterator[list[Any]]:
        """All rows in their order, some at a time.

        Which rows and in which order is settled at the start; a row that somebody took out of the list meanwhile is
        left out. No cursor stays open in between: on SQLite it would keep its reader from writing.
        """
        if isinstance(self.rows, list):
            yield self.rows
            return
        order = dict.fromkeys((*self.order, "-pk" if self.order[0].startswith("-") else "pk"))
        keys = array("q", self.rows.order_by(*order).values_list("pk", flat=True).iterator(chunk_size=10_000))
        for start in range(0, len(keys), CHUNK):
            part = keys[start : start + CHUNK].tolist()
            found = {row.pk: row for row in self.rows.filter(pk__in=part).order_by()}
            yield [found[pk] for pk in part if pk in found]


@dataclass(frozen=True)
class Export:
    """One list: its name in addresses, who may take it away, and what a query asks for.

    `counted` is the measure word with what is counted (「件建议」), `page` the name of the list's address.
    """

    key: str
    label: str
    counted: str
    page: str
    may: Callable[[User], bool]
    refusal: str
    find: Callable[[User, QueryDict], Found]

    def name_of(self, found: Found) -> str:
        """What the file and the job are called: 建议办理（逾期）."""
        return self.label if found.label == self.label else f"{self.label}（{found.label}）"


def each(cells: Callable[[Any], Sequence[Cell]]) -> Callable[[list[Any]], Rows]:
    """`lines` of a list whose rows each know their cells."""
    return lambda rows: map(cells, rows)
