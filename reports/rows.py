"""The rows statistics are taken from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.db.models import Q

from accounts.enums import Role
from accounts.models import Organization, User
from appointments.models import Appointment, Attendance, Visit
from appointments.querysets import AppointmentQuerySet, AttendanceQuerySet, VisitQuerySet
from studios.models import Studio
from studios.querysets import StudioQuerySet
from suggestions.models import Assignment, Evaluation, Suggestion
from suggestions.querysets import CaseRowQuerySet, SuggestionQuerySet


@dataclass(frozen=True)
class Whole:
    """Counties and delegations of which somebody sees every row that is counted, and nothing of any other."""

    counties: frozenset[int]
    delegations: frozenset[int] = frozenset()
    known: dict[date, Any] = field(default_factory=dict, compare=False, repr=False)
    """What tallies know of them on an as-of day, asked once: so one object serves one page, and no longer."""

    @classmethod
    def of(cls, user: User) -> Self | None:
        """None for who also sees single rows: those of a studio, of a unit, or their own."""
        scope = user.scope
        if scope.has(Role.LIAISON, Role.REPRESENTATIVE, Role.UNIT_HANDLER):
            return None
        return cls(scope.reads_county_ids, scope.where(Role.DELEGATION_OFFICE))

    def within(self, prefix: str = "") -> Q:
        """The condition on rows, for columns of `prefix`; plain where it can be, so that an index serves it."""
        counties = Q(**{f"{prefix}county__in": self.counties})
        return counties | Q(**{f"{prefix}delegation__in": self.delegations}) if self.delegations else counties


@dataclass(frozen=True)
class Rows:
    """What one user sees, or a whole county. Whoever narrows the rows must leave `whole` out, or count too much."""

    attendances: AttendanceQuerySet
    appointments: AppointmentQuerySet
    visits: VisitQuerySet
    cases: SuggestionQuerySet
    ratings: CaseRowQuerySet[Evaluation]
    assignments: CaseRowQuerySet[Assignment]
    studios: StudioQuerySet
    whole: Whole | None = None

    @classmethod
    def visible_to(cls, user: User) -> Self:
        whole = Whole.of(user)
        of_cases = whole.within("suggestion__") if whole else Q()  # nothing new: it lets the index of days be used
        return cls(
            Attendance.objects.visible_to(user),
            Appointment.objects.visible_to(user),
            Visit.objects.visible_to(user),
            Suggestion.objects.visible_to(user),
            Evaluation.objects.visible_to(user).filter(of_cases),
            Assignment.objects.visible_to(user).filter(of_cases),
            Studio.objects.worked_in_by(user),
            whole,
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
            Assignment.objects.filter(suggestion__county=county),
            Studio.objects.filter(county=county),
            Whole(frozenset([county.pk])),
        )

    @classmethod
    def all(cls) -> Self:
        """Every row there is, for counting what is kept; never taken from what is kept."""
        return cls(
            Attendance.objects.all(),
            Appointment.objects.all(),
            Visit.objects.all(),
            Suggestion.objects.all(),
            Evaluation.objects.all(),
            Assignment.objects.all(),
            Studio.objects.all(),
        )
