"""Accepted and closed cases by month of acceptance: the board's chart and the table under it."""

from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from studios.periods import Period
from suggestions.enums import State
from suggestions.measures import accepted
from suggestions.querysets import SuggestionQuerySet


class Month(NamedTuple):
    """`label` like 2026-03."""

    label: str
    accepted: int
    closed: int


def by_month(cases: SuggestionQuerySet, period: Period) -> list[Month]:
    """One row per month that has any (one query)."""
    grouped = accepted(cases, period.first, period.last).order_by().annotate(month=TruncMonth("accepted_on"))
    counted = grouped.values("month").annotate(n=Count("pk"), closed_n=Count("pk", filter=Q(state=State.CLOSED)))
    return [Month(f"{row['month']:%Y-%m}", row["n"], row["closed_n"]) for row in counted.order_by("month")]
