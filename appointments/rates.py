"""到岗率 and 约见参与率 over any seats (domain.md §8), in one query a table."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from appointments.enums import AttendanceStatus
from appointments.querysets import AttendanceQuerySet
from studios.rates import percent

COUNTS = {
    "expected": Count("pk"),
    "excused": Count("pk", filter=Q(status=AttendanceStatus.LEAVE)),
    "present": Count("pk", filter=Q(status=AttendanceStatus.PRESENT)),
    "unconfirmed": Count("pk", filter=Q(status=AttendanceStatus.EXPECTED)),
}


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
    return Turnout(**rows.expected(today).aggregate(**COUNTS))


def turnout_by(rows: AttendanceQuerySet, key: str, today: date) -> dict[Any, Turnout]:
    """By the column `key` (one query); who was never expected is missing."""
    found = rows.expected(today).order_by().values(key).annotate(**COUNTS)
    return {row.pop(key): Turnout(**row) for row in found}
