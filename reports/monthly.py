"""Accepted and closed cases by month of acceptance: the board's chart and the table under it."""

from typing import NamedTuple

from reports.rows import Rows
from reports.stats import count
from studios.measures import Span


class Month(NamedTuple):
    """`label` like 2026-03."""

    label: str
    accepted: int
    closed: int


def by_month(rows: Rows, span: Span) -> list[Month]:
    """One row per month that has any (one query)."""
    counted = count(rows, span, ("accepted", "closed"), by=("month",))
    months = sorted(counted.items(), key=lambda item: str(item[0]))
    return [Month(f"{month:%Y-%m}", row["accepted"], row["closed"]) for (month,), row in months]
