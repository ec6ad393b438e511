"""The red list: who is late now, whatever the period; and the late cases of one unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Count, F, Func, Min, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler

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


class Among(Func):
    """Whether a key is one of those of `rows`, for keys that are few of very many.

    PostgreSQL cannot know that they are few: it would read both tables whole. It looks up an array of them first.
    """

    arg_joiner, template = " = ANY(ARRAY", "%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, key: F, rows: QuerySet[Any]) -> None:
        super().__init__(key, Subquery(rows.order_by().values("pk")))

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        return self.as_sql(compiler, connection, template="%(expressions)s", arg_joiner=" IN ", **context)


def red_list(user: User, place: Place, today: date, shown: int = SHOWN) -> RedList:
    """Who owes a late answer up to today, a shared case with each unit that owes its part (two queries)."""
    span, owed = _until(today), _owed(user, place, today)
    grouped = owed.order_by().values("unit").annotate(n=Count("pk"), oldest=Min("suggestion__due_on"))
    late = list(grouped.order_by("oldest", "-n", "unit"))
    first = late[:shown]
    names = dict(Organization.objects.filter(pk__in=[row["unit"] for row in first]).values_list("pk", "short_name"))
    units = [
        LateUnit(
            names[row["unit"]],
            row["n"],
            (today - row["oldest"]).days,
            link("owed_late", span, {**place.where, "unit": row["unit"]}),
            address("unit", row["unit"]),
        )
        for row in first
    ]
    return RedList(units, len(late) - len(units), sum(row["n"] for row in late), link("owed_late", span, place.where))


def late_cases(user: User, place: Place, today: date) -> tuple[list[ShownCase], int, str]:
    """The latest cases of a unit as lists show them, how many there are, and the list of them all."""
    owed = _owed(user, place, today).order_by("suggestion__due_on", "suggestion_id")
    late = list(owed.values_list("suggestion_id", flat=True))  # a unit is charged with a case once
    first = Suggestion.objects.visible_to(user).filter(pk__in=late[:SHOWN]).with_list_related().order_by("due_on", "id")
    return show_all(first, today, clocks_of(user, today)), len(late), link("owed_late", _until(today), place.where)


def _until(today: date) -> Span:
    return Span(BEGINNING, today, today)


def _owed(user: User, place: Place, today: date) -> AssignmentQuerySet:
    late = Suggestion.objects.visible_to(user).overdue(today)
    charged = Assignment.objects.visible_to(user).filter(Among(F("suggestion"), late))
    rows: AssignmentQuerySet = OWED.rows(charged, "owed_late", _until(today), place.where)
    return rows
