"""The red list: who is late now, whatever the period; and the late cases of one unit."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from accounts.models import Organization, User
from reports.board.places import Place, address
from reports.stats import link
from studios.measures import Span
from studios.periods import BEGINNING
from suggestions.assignment_querysets import AssignmentQuerySet
from suggestions.charge_measures import OWED
from suggestions.lists import clocks_of
from suggestions.models import Assignment, Suggestion
from suggestions.presentation import ShownCase, show_all

SHOWN = 10


@dataclass(frozen=True)
class LateUnit:
    """One unit: how many cases are late, the worst by how many days, their list and the unit's own board."""

    name: str
    count: int
    worst_days: int
    url: str
    board_url: str


@dataclass(frozen=True)
class RedList:
    """The units that are late, the worst first: the first few, how many more, and all their cases."""

    units: list[LateUnit]
    more: int
    count: int
    url: str


def red_list(user: User, place: Place, today: date, shown: int = SHOWN) -> RedList:
    """Who owes a late answer up to today, a shared case with each unit that owes its part (three queries)."""
    span, owed = _until(today), _owed(user, place, today)
    grouped = owed.order_by().values("unit").annotate(n=Count("pk"), oldest=Min("suggestion__due_on"))
    found = list(grouped.order_by("oldest", "-n", "unit"))
    names = dict(Organization.objects.filter(pk__in=[row["unit"] for row in found]).values_list("pk", "short_name"))
    units = [
        LateUnit(
            names[row["unit"]],
            row["n"],
            (today - row["oldest"]).days,
            link("owed_late", span, {**place.where, "unit": row["unit"]}),
            address("unit", row["unit"]),
        )
        for row in found
    ]
    url, count = link("owed_late", span, place.where), sum(unit.count for unit in units)
    return RedList(units[:shown], max(len(units) - shown, 0), count, url)


def late_cases(user: User, place: Place, today: date) -> tuple[list[ShownCase], int, str]:
    """The latest cases of a unit as lists show them, how many there are, and the list of them all."""
    late = Suggestion.objects.visible_to(user).filter(pk__in=_owed(user, place, today).values("suggestion"))
    shown = late.with_list_related().order_by("due_on", "id")[:SHOWN]
    return show_all(shown, today, clocks_of(user, today)), late.count(), link("owed_late", _until(today), place.where)


def _until(today: date) -> Span:
    return Span(BEGINNING, today, today)


def _owed(user: User, place: Place, today: date) -> AssignmentQuerySet:
    """The late cases are looked up first: few of very many, which no plan of one query knows."""
    late = list(Suggestion.objects.visible_to(user).overdue(today).values_list("pk", flat=True))
    charged = Assignment.objects.visible_to(user).filter(suggestion__in=late)
    rows: AssignmentQuerySet = OWED.rows(charged, "owed_late", _until(today), place.where)
    return rows
