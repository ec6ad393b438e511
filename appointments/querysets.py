"""Which appointments, attendances and visits a user may see, and the predicates statistics are built from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Q, Value, When

from accounts.enums import Role
from appointments.enums import (
    ON_SITE_OUTCOMES,
    AppointmentKind,
    AppointmentStatus,
    AttendanceStatus,
)
from studios.querysets import studio_scope

if TYPE_CHECKING:
    from accounts.models import User
    from appointments.models import Appointment, Attendance, Visit
    from representatives.models import Representative


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, user: User) -> Self:
        """Appointments of the studios the user runs or reads; representatives see those they are expected at."""
        allowed = studio_scope(user)
        if user.scope.has(Role.REPRESENTATIVE):
            expected = self.model._default_manager.filter(attendances__representative__user=user)
            allowed |= Q(pk__in=expected.values("pk"))
        return self.filter(allowed)

    def between(self, first: date, last: date) -> Self:
        """Held or planned from `first` to `last`, both included."""
        return self.filter(held_on__range=(first, last))

    def held(self) -> Self:
        return self.filter(status=AppointmentStatus.HELD)

    def of_kind(self, kind: AppointmentKind) -> Self:
        return self.filter(kind=kind)

    def in_force(self) -> Self:
        return self.exclude(status=AppointmentStatus.CANCELLED)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> Self:
        allowed = studio_scope(user, "appointment__")
        if user.scope.has(Role.REPRESENTATIVE):
            allowed |= Q(representative__user=user)
        return self.filter(allowed)

    def between(self, first: date, last: date) -> Self:
        return self.filter(appointment__held_on__range=(first, last))

    def present(self) -> Self:
        return self.filter(status=AttendanceStatus.PRESENT)

    def of_kind(self, kind: AppointmentKind) -> Self:
        return self.filter(appointment__kind=kind)

    def standing(self) -> Self:
        """Seats still to be kept: not given away, not on leave."""
        return self.filter(status__in=[AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT]).exclude(
            appointment__status=AppointmentStatus.CANCELLED
        )

    def announced(self) -> Self:
        """What the public reads of a duty: the seats still to be kept, and the gaps."""
        shown = [AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT, AttendanceStatus.VACANT]
        return self.filter(status__in=shown).exclude(appointment__status=AppointmentStatus.CANCELLED)

    def expected_of(self, representative: Representative) -> Self:
        """Seats of one person at appointments that have not been held yet."""
        return self.filter(
            representative=representative,
            status=AttendanceStatus.EXPECTED,
            appointment__status=AppointmentStatus.PLANNED,
        )

    def gaps_first(self) -> Self:
        """Gaps before people, so that a shortened list still shows them."""
        return self.order_by(Case(When(status=AttendanceStatus.VACANT, then=Value(0)), default=Value(1)), "id")


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> Self:
        """Visits of the studios the user runs or reads; representatives see those they received."""
        allowed = studio_scope(user)
        if user.scope.has(Role.REPRESENTATIVE):
            allowed |= Q(representative__user=user)
        return self.filter(allowed)

    def between(self, first: date, last: date) -> Self:
        return self.filter(received_on__range=(first, last))

    def on_site(self) -> Self:
        """Answered or resolved on the spot; these never become suggestions (domain.md §5)."""
        return self.filter(outcome__in=ON_SITE_OUTCOMES)
