"""The rows statistics are taken from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from accounts.models import Organization, User
from appointments.models import Appointment, Attendance, Visit
from appointments.querysets import AppointmentQuerySet, AttendanceQuerySet, VisitQuerySet
from studios.models import Studio
from studios.querysets import StudioQuerySet
from suggestions.models import Assignment, Evaluation, Suggestion
from suggestions.querysets import CaseRowQuerySet, SuggestionQuerySet


@dataclass(frozen=True)
class Rows:
    """What one user sees, or a whole county."""

    attendances: AttendanceQuerySet
    appointments: AppointmentQuerySet
    visits: VisitQuerySet
    cases: SuggestionQuerySet
    ratings: CaseRowQuerySet[Evaluation]
    assignments: CaseRowQuerySet[Assignment]
    studios: StudioQuerySet

    @classmethod
    def visible_to(cls, user: User) -> Self:
        return cls(
            Attendance.objects.visible_to(user),
            Appointment.objects.visible_to(user),
            Visit.objects.visible_to(user),
            Suggestion.objects.visible_to(user),
            Evaluation.objects.visible_to(user),
            Assignment.objects.visible_to(user),
            Studio.objects.worked_in_by(user),
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
        )
