"""The headline of domain.md §8: the source's own results paragraph for any period and scope.

Every figure is one of the measures of appointments and suggestions, counted over rows the caller may see; the
list behind it uses the same measure. One query, whatever the number of delegations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, NamedTuple, Self

from django.db.models import Aggregate, Count, F, QuerySet, Sum, Value

from accounts.models import Organization, User
from appointments import measures as received
from appointments.models import Appointment, Attendance, Visit
from appointments.querysets import AppointmentQuerySet, AttendanceQuerySet, VisitQuerySet
from studios.periods import Period
from studios.rates import percent
from suggestions import measures as collected
from suggestions.models import Evaluation, Suggestion
from suggestions.querysets import CaseRowQuerySet, SuggestionQuerySet


@dataclass(frozen=True)
class Rows:
    """The rows statistics are taken from: what one user sees, or a whole county."""

    attendances: AttendanceQuerySet
    appointments: AppointmentQuerySet
    visits: VisitQuerySet
    cases: SuggestionQuerySet
    ratings: CaseRowQuerySet[Evaluation]

    @classmethod
    def visible_to(cls, user: User) -> Self:
        return cls(
            Attendance.objects.visible_to(user),
            Appointment.objects.visible_to(user),
            Visit.objects.visible_to(user),
            Suggestion.objects.visible_to(user),
            Evaluation.objects.visible_to(user),
        )

    @classmethod
    def of_county(cls, county: Organization) -> Self:
        """Every row of one county, for the operator's command."""
        return cls(
            Attendance.objects.filter(appointment__county=county),
            Appointment.objects.filter(county=county),
            Visit.objects.filter(county=county),
            Suggestion.objects.filter(county=county),
            Evaluation.objects.filter(suggestion__county=county),
        )


@dataclass(frozen=True)
class Headline:
    """Counts of one scope and period; rates are percents with two decimals, None where nothing divides them."""

    regular_attendances: int = 0
    themed_held: int = 0
    collective_held: int = 0
    people_received: int = 0
    event_headcount: int = 0
    onsite_handled: int = 0
    suggestions_accepted: int = 0
    suggestions_closed: int = 0
    satisfaction_n: int = 0
    satisfied: int = 0

    def __add__(self, other: Headline) -> Headline:
        return Headline(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    @property
    def people_met(self) -> int:
        """约见党员群众人次: people over visits and headcount of events."""
        return self.people_received + self.event_headcount

    @property
    def closing_rate(self) -> Decimal | None:
        return percent(self.suggestions_closed, self.suggestions_accepted)

    @property
    def satisfaction_rate(self) -> Decimal | None:
        return percent(self.satisfied, self.satisfaction_n)

    def as_json(self) -> dict[str, int | float | None]:
        """The keys operators read; rates are percents such as 77.07, None where nothing divides them."""
        return {
            "regular_attendances": self.regular_attendances,
            "themed_held": self.themed_held,
            "collective_held": self.collective_held,
            "people_met": self.people_met,
            "onsite_handled": self.onsite_handled,
            "suggestions_accepted": self.suggestions_accepted,
            "suggestions_closed": self.suggestions_closed,
            "closing_rate": _plain(self.closing_rate),
            "satisfaction_rate": _plain(self.satisfaction_rate),
            "satisfaction_n": self.satisfaction_n,
        }


class Group(NamedTuple):
    """Where a number belongs: the delegation, and the kind of studio ("" where no studio is named)."""

    delegation_id: int
    studio_kind: str


Tally = dict[Group, Headline]


def headline(rows: Rows, period: Period) -> Headline:
    """The headline of all `rows` in `period`."""
    return total(tally(rows, period).values())


def total(parts: Iterable[Headline]) -> Headline:
    """The sum of the counts; the rates follow from them."""
    return sum(parts, start=Headline())


def tally(rows: Rows, period: Period) -> Tally:
    """The headline of every delegation and kind of studio that has any rows in `period` (one query)."""
    counts: dict[Group, dict[str, int]] = defaultdict(dict)
    first, *rest = _parts(rows, period)
    for name, delegation_id, studio_kind, number in first.union(*rest, all=True):
        counts[Group(delegation_id, studio_kind or "")][name] = number or 0
    return {group: Headline(**numbers) for group, numbers in counts.items()}


def _plain(rate: Decimal | None) -> float | None:
    return None if rate is None else float(rate)


def _parts(rows: Rows, period: Period) -> Iterator[QuerySet[Any, tuple[Any, ...]]]:
    days = period.first, period.last
    people = received.people_received(rows.visits, *days)
    events = received.events_with_people(rows.appointments, *days)
    attendances = received.regular_attendances(rows.attendances, *days)
    yield _grouped("regular_attendances", attendances, "appointment__")
    yield _grouped("themed_held", received.themed_held(rows.appointments, *days))
    yield _grouped("collective_held", received.collective_held(rows.appointments, *days))
    yield _grouped("people_received", people, of=Sum("people"))
    yield _grouped("event_headcount", events, of=Sum("headcount"))
    yield _grouped("onsite_handled", received.onsite_handled(rows.visits, *days))
    yield _grouped("suggestions_accepted", collected.accepted(rows.cases, *days))
    yield _grouped("suggestions_closed", collected.closed(rows.cases, *days))
    yield _grouped("satisfaction_n", collected.evaluated(rows.ratings, *days), "suggestion__")
    yield _grouped("satisfied", collected.satisfied(rows.ratings, *days), "suggestion__")


def _grouped(
    name: str, rows: QuerySet[Any], path: str = "", of: Aggregate | None = None
) -> QuerySet[Any, tuple[Any, ...]]:
    """(name, delegation, kind of studio, number) of one measure; `path` leads to the row that names them."""
    grouped = rows.order_by().annotate(
        part=Value(name), town=F(f"{path}delegation_id"), studio_kind=F(f"{path}studio__kind")
    )
    counted = grouped.values("part", "town", "studio_kind").annotate(number=of or Count("pk"))
    listed: QuerySet[Any, tuple[Any, ...]] = counted.values_list("part", "town", "studio_kind", "number")
    return listed
