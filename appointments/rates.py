"""到岗率 and 约见参与率 over any seats (domain.md §8), in one query a table."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate

from appointments.measures import EXPECTED, SEATS
from appointments.querysets import AttendanceQuerySet
from studios.measures import Span
from studios.periods import BEGINNING
from studios.rates import percent

COUNTS = {key: EXPECTED.measures[key] for key in ("expected", "excused", "present")} | {
    "unconfirmed": SEATS.measures["unconfirmed"]
}
"""The measures behind the figures: the same that statistics count and lists are narrowed to."""


@dataclass(frozen=True)
class Turnout:
    """How many were expected, excused, present, and of how many nobody wrote it down."""

    expected: int = 0
    excused: int = 0
    present: int = 0
    unconfirmed: int = 0

    @property
    def not_excused(self) -> int:
        return self.expected - self.excused

    @property
    def presence_rate(self) -> Decimal | None:
        """到岗率 in percent; None where nobody was to be there."""
        return percent(self.present, self.not_excused)

    @property
    def participation_rate(self) -> Decimal | None:
        """约见参与率 in percent; None where nobody was expected."""
        return percent(self.present, self.expected)


def turnout(rows: AttendanceQuerySet, today: date) -> Turnout:
    """Over all of `rows` (one query)."""
    span = span_until(today)
    return Turnout(**EXPECTED.base(rows, span).aggregate(**_numbers(span)))


def turnout_by(rows: AttendanceQuerySet, key: str, today: date) -> dict[Any, Turnout]:
    """By the column `key` (one query); who was never expected is missing."""
    span = span_until(today)
    found = EXPECTED.base(rows, span).order_by().values(key).annotate(**_numbers(span))
    return {row.pop(key): Turnout(**row) for row in found}


def span_until(today: date) -> Span:
    """Whatever `rows` hold up to `today`: their days are asked for by who passes them."""
    return Span(BEGINNING, today, today)


def _numbers(span: Span) -> dict[str, Aggregate]:
    return {key: measure.aggregate(span) for key, measure in COUNTS.items()}
