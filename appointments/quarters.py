"""Quarters as people name them (2026年第三季度) and as addresses do (2026Q3). Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self
from urllib.parse import urlencode

from studios.calendar import quarter_bounds

NAMED = re.compile(r"(20\d\d)Q([1-4])")
NUMERALS = "一二三四"


@dataclass(frozen=True)
class Quarter:
    """One quarter of one year; `number` from 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter `day` lies in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def named(cls, text: str) -> Self | None:
        """The quarter that `text` names as 2026Q3, or None."""
        found = NAMED.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        return quarter_bounds(self.first)[1]

    @property
    def key(self) -> str:
        """2026Q3."""
        return f"{self.year}Q{self.number}"

    @property
    def label(self) -> str:
        """2026年第三季度."""
        return f"{self.year}年第{NUMERALS[self.number - 1]}季度"

    @property
    def query(self) -> str:
        """Its days as a query string, for links to the rows behind a number."""
        return urlencode({"from": self.first.isoformat(), "to": self.last.isoformat()})

    def next(self) -> "Quarter":
        return Quarter.of(self.last + timedelta(days=1))

    def previous(self) -> "Quarter":
        return Quarter.of(self.first - timedelta(days=1))


def coming(today: date, count: int = 3) -> list[Quarter]:
    """This quarter and those that follow."""
    found = [Quarter.of(today)]
    while len(found) < count:
        found.append(found[-1].next())
    return found


def chosen(text: str, fallback: Quarter) -> tuple[Quarter, list[Quarter]]:
    """The quarter that `text` names (else `fallback`), and those around it to choose from, the earliest first."""
    quarter = Quarter.named(text) or fallback
    earlier = quarter.previous()
    return quarter, [earlier.previous(), earlier, quarter, quarter.next()]
