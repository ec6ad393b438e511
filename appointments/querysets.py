"""Which appointments, attendances and visits a user may see, and the predicates statistics are built from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Case, Count, Q, Sum, Value, When

from accounts.enums import Role
from appointments.enums import (
    COUNTED_STATUSES,
    ON_SITE_OUTCOMES,
    OPEN_BOOKING_STATES,
    OPEN_SWAP_STATES,
    AppointmentKind,
    AppointmentStatus,
    AttendanceStatus,
    LeaveStatus,
    RosterStatus,
)
from studios.models import Studio
from studios.querysets import studio_scope

if TYPE_CHECKING:
    from accounts.models import Organization, User
    from appointments.models import Appointment, Attendance, Booking, DutyPolicy, Leave, Roster, Swap, Visit
    from representatives.models import Representative

Row = TypeVar("Row", bound=models.Model)


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

    def counted(self) -> Self:
        """应到: seats somebody answers for, whether they came or not, at what was not cancelled."""
        return self.filter(status__in=COUNTED_STATUSES).exclude(appointment__status=AppointmentStatus.CANCELLED)

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


def personal_scope(user: User, prefix: str = "representative__") -> Q:
    """Rows about one representative: their own, their studios' liaisons', their delegation office's, the county's.

    `prefix` is the path to the representative.
    """
    scope = user.scope
    allowed = Q(**{f"{prefix}county_id__in": scope.reads_county_ids})
    if scope.has(Role.DELEGATION_OFFICE):
        allowed |= Q(**{f"{prefix}delegation_id__in": scope.where(Role.DELEGATION_OFFICE)})
    if scope.has(Role.LIAISON):
        people = Studio.objects.filter(liaisons=user).values("representatives")
        allowed |= Q(**{f"{prefix}pk__in": people})
    if scope.has(Role.REPRESENTATIVE):
        allowed |= Q(**{f"{prefix}user": user})
    return allowed


class PersonalQuerySet(models.QuerySet[Row]):
    """Rows that belong to one representative."""

    def visible_to(self, user: User) -> Self:
        return self.filter(personal_scope(user))


class DutyPolicyQuerySet(models.QuerySet["DutyPolicy"]):
    def visible_to(self, user: User) -> Self:
        """The rules a county plays by are no secret within it."""
        return self.filter(county_id__in=user.scope.county_ids)

    def in_force(self, county: Organization, day: date) -> DutyPolicy:
        """The settings of `county` on `day`; the source's numbers where the county has set none."""
        policies = self.filter(county=county, effective_from__lte=day)
        return policies.order_by("-effective_from").first() or self.model(county=county, effective_from=day)


class RosterQuerySet(models.QuerySet["Roster"]):
    def visible_to(self, user: User) -> Self:
        """What is published, everybody of the county; drafts, the delegation's office and who reads the county."""
        scope = user.scope
        drafts = Q(county_id__in=scope.reads_county_ids)
        drafts |= Q(delegation_id__in=scope.where(Role.DELEGATION_OFFICE))
        return self.filter(drafts | Q(county_id__in=scope.county_ids) & ~Q(status=RosterStatus.DRAFT))

    def covering(self, first: date, last: date) -> Self:
        """Rosters in force or drafted that share a day with `first` to `last`, both included."""
        return self.exclude(status=RosterStatus.ARCHIVED).filter(first_on__lte=last, last_on__gte=first)


class LeaveQuerySet(PersonalQuerySet["Leave"]):
    def approved(self) -> Self:
        return self.filter(status=LeaveStatus.APPROVED)

    def covering(self, first: date, last: date) -> Self:
        """Those that share a day with `first` to `last`, both included."""
        return self.filter(first_on__lte=last, last_on__gte=first)


class SwapQuerySet(models.QuerySet["Swap"]):
    def visible_to(self, user: User) -> Self:
        """The studio's liaisons, its offices, and of the representatives those concerned or free to take it."""
        allowed = studio_scope(user, "seat__appointment__")
        if user.scope.has(Role.REPRESENTATIVE):
            allowed |= Q(seat__representative__user=user) | Q(asked__user=user) | Q(taker__user=user)
            colleagues = Studio.objects.filter(representatives__user=user)
            allowed |= Q(asked=None, seat__appointment__studio__in=colleagues)
        return self.filter(allowed)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_SWAP_STATES)


class CountyRowQuerySet(models.QuerySet[Row]):
    """Rows everybody of the county may read."""

    def visible_to(self, user: User) -> Self:
        return self.filter(county_id__in=user.scope.county_ids)


class EventRowQuerySet(models.QuerySet[Row]):
    """Rows of one appointment, visible exactly when it is."""

    def visible_to(self, user: User) -> Self:
        appointments: Any = self.model._meta.get_field("appointment").related_model
        return self.filter(appointment__in=appointments.objects.visible_to(user))


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: User) -> Self:
        """Bookings of the studios the user runs or reads; representatives see those that name them."""
        allowed = studio_scope(user)
        if user.scope.has(Role.REPRESENTATIVE):
            allowed |= Q(representative__user=user)
        return self.filter(allowed)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_BOOKING_STATES)
