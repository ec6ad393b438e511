"""Which appointments, attendances and visits a user may see, and the predicates statistics are built from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Case, Count, Q, Sum, Value, When

from accounts.enums import Role
from accounts.pinyin import spelled_like
from accounts.search import among, holding
from appointments.enums import (
    COUNTED_STATUSES,
    GAP_STATUSES,
    ON_SITE_OUTCOMES,
    AppointmentKind,
    AppointmentStatus,
    AttendanceStatus,
)
from representatives.models import Representative
from studios.querysets import studio_scope

if TYPE_CHECKING:
    from accounts.models import User
    from appointments.models import Appointment, Attendance, Visit

Row = TypeVar("Row", bound=models.Model)

PRESENT = Q(status=AttendanceStatus.PRESENT)
ON_SITE = Q(outcome__in=ON_SITE_OUTCOMES)
"""Answered or resolved on the spot; these never become suggestions (domain.md §5)."""


def is_unconfirmed(today: date) -> Q:
    """Duty days before `today` for which nobody wrote down whether the person came: never silently absent."""
    over = Q(status=AttendanceStatus.EXPECTED, appointment__held_on__lt=today)
    return over & ~Q(appointment__status=AppointmentStatus.CANCELLED)


def outside_studios(user: User, prefix: str = "") -> Q:
    """Gatherings in no studio, such as 主题约见, for the liaisons of their delegation: who enters what came on paper.

    `prefix` is the path to the appointment.
    """
    return Q(**{f"{prefix}studio": None, f"{prefix}delegation_id__in": user.scope.where(Role.LIAISON)})


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, user: User) -> Self:
        """Appointments of the studios the user runs or reads, and for liaisons also what their delegation holds
        outside any studio; representatives see those they are expected at."""
        allowed = studio_scope(user) | outside_studios(user)
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

    def tended_by(self, user: User) -> Self:
        """Whose attendance the user takes: a liaison's own studios, an office's delegation or county."""
        scope = user.scope
        own = Q(county_id__in=scope.counties.get(Role.COUNTY_OFFICE, frozenset()))
        own |= Q(delegation_id__in=scope.where(Role.DELEGATION_OFFICE))
        if scope.has(Role.LIAISON):
            own |= Q(studio_id__in=user.studios.values("pk"))
        return self.filter(own)

    def collected_by(self, user: User, today: date) -> Self:
        """Collective appointments up to `today` whose suggestions `user` writes down: a representative of the list,
        a liaison of a studio of the delegation."""
        listed = self.model._default_manager.filter(attendances__representative__user=user)
        authors = Q(pk__in=listed.values("pk")) if user.scope.has(Role.REPRESENTATIVE) else Q(pk__in=[])
        if user.scope.has(Role.LIAISON):
            authors |= Q(delegation_id__in=user.studios.values("delegation"))
        return self.in_force().of_kind(AppointmentKind.COLLECTIVE).filter(authors, held_on__lte=today)

    def with_turnout(self) -> Self:
        """Each with how many are expected, came, and are not entered yet, and the people they met."""
        return self.annotate(
            expected=Count("attendances", filter=Q(attendances__status__in=COUNTED_STATUSES)),
            present=Count("attendances", filter=Q(attendances__status=AttendanceStatus.PRESENT)),
            not_entered=Count("attendances", filter=Q(attendances__status=AttendanceStatus.EXPECTED)),
            people_met=Sum("attendances__people_met"),
        )


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> Self:
        allowed = studio_scope(user, "appointment__") | outside_studios(user, "appointment__")
        if user.scope.has(Role.REPRESENTATIVE):
            allowed |= Q(representative__user=user)
        return self.filter(allowed)

    def between(self, first: date, last: date) -> Self:
        return self.filter(appointment__held_on__range=(first, last))

    def present(self) -> Self:
        return self.filter(PRESENT)

    def of_kind(self, kind: AppointmentKind) -> Self:
        return self.filter(appointment__kind=kind)

    def counted(self) -> Self:
        """应到: seats somebody answers for, whether they came or not, at what was not cancelled.

        A seat given away counts with whoever took it over, a gap with nobody.
        """
        given_away = Q(status=AttendanceStatus.LEAVE, replaced_by__isnull=False)
        found = self.filter(status__in=COUNTED_STATUSES).exclude(given_away)
        return found.exclude(appointment__status=AppointmentStatus.CANCELLED)

    def standing(self) -> Self:
        """Seats still to be kept: not given away, not on leave."""
        return self.filter(status__in=[AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT]).exclude(
            appointment__status=AppointmentStatus.CANCELLED
        )

    def keeping(self) -> Self:
        """Seats that take up their person's day: kept, missed or still to be kept, at what was not cancelled."""
        kept = [AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT, AttendanceStatus.ABSENT]
        return self.filter(status__in=kept).exclude(appointment__status=AppointmentStatus.CANCELLED)

    def announced(self) -> Self:
        """What the public reads of a duty: the seats still to be kept, and the gaps nobody filled."""
        kept = Q(status__in=[AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT])
        shown = kept | Q(status__in=GAP_STATUSES, replaced_by=None)
        return self.filter(shown).exclude(appointment__status=AppointmentStatus.CANCELLED)

    def gaps(self, today: date) -> Self:
        """Regular duties from `today` on that need somebody: the person left office or is on leave (no debt)."""
        open_seats = self.filter(status__in=GAP_STATUSES, replaced_by=None, appointment__held_on__gte=today)
        regular = open_seats.filter(appointment__kind=AppointmentKind.REGULAR, appointment__studio__isnull=False)
        return regular.filter(appointment__status=AppointmentStatus.PLANNED)

    def expected(self, today: date) -> Self:
        """应到 as of `today`: the counted seats but for duties still to come."""
        return self.counted().exclude(status=AttendanceStatus.EXPECTED, appointment__held_on__gte=today)

    def unconfirmed(self, today: date) -> Self:
        return self.filter(is_unconfirmed(today))

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

    def matching(self, text: str, user: User) -> Self:
        """Every word of `text` stands in matter or answer, or is the name of a representative `user` may see.

        Visitors are encrypted and never searched.
        """
        people = Representative.objects.visible_to(user)
        return self.filter(holding(text, lambda word: among(representative=people.filter(spelled_like(word)))))

    def between(self, first: date, last: date) -> Self:
        return self.filter(received_on__range=(first, last))
