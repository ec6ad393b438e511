"""Which appointments, attendances and visits a user may see, and the predicates statistics are built from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.enums import Role
from appointments.enums import (
    GAP_STATUSES,
    ON_SITE_OUTCOMES,
    OPEN_BOOKING_STATES,
    OPEN_SWAP_STATES,
    AppointmentKind,
    AppointmentStatus,
    AttendanceStatus,
    LeaveStatus,
    RosterStatus,
    SwapState,
)
from studios.models import Studio
from studios.querysets import studio_scope

if TYPE_CHECKING:
    from accounts.models import Organization, User
    from appointments.models import (
        Appointment,
        Attendance,
        Booking,
        DutyPolicy,
        Finding,
        Leave,
        Question,
        Questionnaire,
        Roster,
        Swap,
        Visit,
    )
    from representatives.models import Representative

Row = TypeVar("Row", bound=models.Model)


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


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> Self:
        allowed = studio_scope(user, "appointment__") | outside_studios(user, "appointment__")
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
        """应到: seats somebody was to keep until `today`, whether they came, were excused, missed it, or nobody wrote
        it down. A seat given away counts with whoever took it over, a gap with nobody, a duty still to come not yet.
        """
        called = [AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT, AttendanceStatus.ABSENT, AttendanceStatus.LEAVE]
        still_to_come = Q(status=AttendanceStatus.EXPECTED, appointment__held_on__gte=today)
        given_away = Q(status=AttendanceStatus.LEAVE, replaced_by__isnull=False)
        found = self.filter(status__in=called).exclude(appointment__status=AppointmentStatus.CANCELLED)
        return found.exclude(still_to_come).exclude(given_away)

    def excused(self) -> Self:
        return self.filter(status=AttendanceStatus.LEAVE)

    def unconfirmed(self, today: date) -> Self:
        """Duty days before `today` for which nobody wrote down whether the person came: never silently absent."""
        found = self.filter(status=AttendanceStatus.EXPECTED, appointment__held_on__lt=today)
        return found.exclude(appointment__status=AppointmentStatus.CANCELLED)

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

    def pending(self, today: date) -> Self:
        """Open, and the seat is still there to be given: a swap whose seat changed otherwise, or is over, rests."""
        coming = Q(seat__appointment__status=AppointmentStatus.PLANNED, seat__appointment__held_on__gte=today)
        return self.open().filter(coming, seat__status=AttendanceStatus.EXPECTED)

    def offered_to(self, user: User, today: date) -> Self:
        """Pending swaps `user` may take: those that name them, and those open to the colleagues of the studio."""
        studios = Studio.objects.filter(representatives__user=user)
        free = Q(asked=None, seat__appointment__studio__in=studios) & ~Q(seat__representative__user=user)
        return self.pending(today).filter(Q(asked__user=user) | free, state=SwapState.REQUESTED)

    def with_list_related(self) -> Self:
        """What a line about a swap names."""
        seats = ("seat__appointment__studio", "seat__representative", "in_return__appointment__studio")
        return self.select_related(*seats, "asked", "taker", "requested_by", "answered_by", "decided_by")


class CountyRowQuerySet(models.QuerySet[Row]):
    """Rows everybody of the county may read."""

    def visible_to(self, user: User) -> Self:
        return self.filter(county_id__in=user.scope.county_ids)


class EventRowQuerySet(models.QuerySet[Row]):
    """Rows of one appointment, visible exactly when it is."""

    def visible_to(self, user: User) -> Self:
        appointments: Any = self.model._meta.get_field("appointment").related_model
        return self.filter(appointment__in=appointments.objects.visible_to(user))


class QuestionnaireQuerySet(EventRowQuerySet["Questionnaire"]):
    def with_response_count(self) -> Self:
        """Annotate `answered`: how many responses came in."""
        return self.annotate(answered=Count("responses"))


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> Self:
        """Visible exactly when the questionnaire's appointment is."""
        questionnaires: Any = self.model._meta.get_field("questionnaire").related_model
        return self.filter(questionnaire__in=questionnaires.objects.visible_to(user))


class FindingQuerySet(EventRowQuerySet["Finding"]):
    def with_adoption(self) -> Self:
        """Annotate `adopted` and `adopted_where`: 采纳 has one home.

        What the reply to its case says, where the finding became a case that was answered (the last reply that was
        not returned); else what was noted on the finding itself.
        """
        cases: Any = self.model._meta.get_field("suggestion").related_model
        replies: Any = cases._meta.get_field("replies").related_model
        standing = replies.objects.exclude(status="RETURNED").filter(suggestion__finding=OuterRef("pk")).order_by("-pk")
        said = Subquery(standing.values("adoption")[:1])
        return self.annotate(
            adopted=Coalesce(said, F("adoption"), output_field=models.CharField()),
            adopted_where=Case(
                When(Exists(standing), then=Subquery(standing.values("adopted_where")[:1])), default=F("adopted_in")
            ),
        )


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: User) -> Self:
        """Bookings of the studios the user runs or reads; representatives see those that name them."""
        allowed = studio_scope(user)
        if user.scope.has(Role.REPRESENTATIVE):
            allowed |= Q(representative__user=user)
        return self.filter(allowed)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_BOOKING_STATES)
