"""What a bulletin or a year book is about: a month, a quarter or a year, and what it is compared with. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from appointments.quarters import Quarter
from studios.measures import Span
from studios.periods import month_words

MONTH, QUARTER, YEAR = 1, 3, 12
MONTHS_A_YEAR = 12
AGO = {MONTH: "上月", QUARTER: "上季度", YEAR: "上年"}
NAMED_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
NAMED_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Term:
    """`months` months from `first`, the first of a month: 1, 3 or 12."""

    first: date
    months: int

    @classmethod
    def around(cls, day: date, months: int) -> Term:
        """The term of that length that `day` lies in."""
        return cls(date(day.year, (day.month - 1) // months * months + 1, 1), months)

    @classmethod
    def named(cls, text: str) -> Term | None:
        """The term that `text` names as 2026-09, 2026Q3 or 2026, or None."""
        if found := NAMED_MONTH.fullmatch(text):
            return cls(date(int(found[1]), int(found[2]), 1), MONTH)
        if NAMED_YEAR.fullmatch(text):
            return cls(date(int(text), 1, 1), YEAR)
        quarter = Quarter.named(text)
        return cls(quarter.first, QUARTER) if quarter else None

    @property
    def last(self) -> date:
        return self.moved(1).first - timedelta(days=1)

    @property
    def key(self) -> str:
        """2026-09, 2026Q3, 2026: as addresses and kept texts name it."""
        if self.months == QUARTER:
            return Quarter.of(self.first).key
        return f"{self.first:%Y-%m}" if self.months == MONTH else f"{self.first.year}"

    @property
    def label(self) -> str:
        """2026年9月, 2026年第三季度, 2026年."""
        if self.months == QUARTER:
            return Quarter.of(self.first).label
        return month_words(self.first) if self.months == MONTH else f"{self.first.year}年"

    def moved(self, terms: int) -> Term:
        """So many terms later, or earlier."""
        month = self.first.year * MONTHS_A_YEAR + self.first.month - 1 + terms * self.months
        return Term(date(month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1, 1), self.months)

    def span(self, today: date) -> Span:
        """Its days, looked at on its last day, or today while it runs."""
        return Span(self.first, self.last, min(self.last, today))

    def compared(self, today: date) -> list[tuple[str, Span]]:
        """What it is compared with: the term before and the same one a year ago, each no further than it has come."""
        is_over = today >= self.last
        before, year_ago = self.moved(-1), self.moved(-(MONTHS_A_YEAR // self.months))
        found = [(AGO[self.months] + ("" if is_over else "同期"), before)]
        if self.months != YEAR:
            found.append(("上年同期", year_ago))
        return [(ago, term.span(term.last if is_over else term.first + (today - self.first))) for ago, term in found]


def offered(term: Term, today: date) -> list[Term]:
    """Terms of the same length around `term`, none of them to come, the earliest first."""
    return [near for near in (term.moved(step) for step in (-3, -2, -1, 0, 1)) if near.first <= today]
