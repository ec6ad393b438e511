"""The duty schedule the public reads: places, times, representatives; never a visitor."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from accounts.models import Organization
from accounts.numbers import number_in
from appointments.enums import AppointmentKind, AppointmentStatus
from appointments.models import Appointment, Attendance
from appointments.querysets import AppointmentQuerySet, AttendanceQuerySet
from representatives.models import Representative
from studios.models import Studio

DAYS_SHOWN = 4
DUTIES_SHOWN = 6
WITH_CHANGES = ("representative", "replaces__representative")


@dataclass(frozen=True)
class Session:
    """One duty of one studio: the seats still to be kept and gaps. Without any it is a gap, or was called off."""

    meeting: Appointment
    seats: list[Attendance]

    @property
    def is_cancelled(self) -> bool:
        return self.meeting.status == AppointmentStatus.CANCELLED


@dataclass(frozen=True)
class Notice:
    """Duties of the next days on which any are planned, with their gaps, and the towns to choose from."""

    days: list[date]
    sessions: list[Session]
    towns: list[Organization]


def town_of(key: str) -> Organization | None:
    """The delegation `key` names; None (the whole list) for anything else."""
    pk = number_in(key)
    towns = Organization.objects.delegations().select_related("county")
    return None if pk is None else towns.filter(pk=pk).first()


def duty_notice(today: date, town: Organization | None) -> Notice:
    """The next four duty days from `today` on, and who sits where on them in `town` (nobody without one)."""
    coming = Appointment.objects.of_kind(AppointmentKind.REGULAR).filter(held_on__gte=today)
    planned = coming.in_force()
    towns = Organization.objects.filter(pk__in=planned.values("delegation")).select_related("county")
    if town is not None:
        planned = planned.filter(delegation=town)
    days = list(planned.order_by("held_on").values_list("held_on", flat=True).distinct()[:DAYS_SHOWN])
    sessions = _sessions(coming.filter(delegation=town, held_on__in=days)) if town else []
    return Notice(days, sessions, list(towns.order_by("county__code", "code")))


def _sessions(meetings: AppointmentQuerySet) -> list[Session]:
    """What was called off is shown where it had been published."""
    known = meetings.exclude(status=AppointmentStatus.CANCELLED, roster=None)
    announced = Attendance.objects.announced().select_related(*WITH_CHANGES).order_by("pk")
    rows = known.select_related("studio").prefetch_related(Prefetch("attendances", announced))
    return [Session(row, list(row.attendances.all())) for row in rows.order_by("held_on", "studio__code", "pk")]


def next_duties_of(person: Representative, today: date) -> list[Attendance]:
    """The next regular duties `person` keeps, today included."""
    return _next(Attendance.objects.filter(representative=person), today)


def next_duties_in(studio: Studio, today: date) -> list[Attendance]:
    """The next regular duties kept in `studio`, by those who still hold their mandate."""
    active = Representative.objects.active().standing()
    return _next(Attendance.objects.filter(appointment__studio=studio, representative__in=active), today)


def _next(seats: AttendanceQuerySet, today: date) -> list[Attendance]:
    planned = seats.standing().of_kind(AppointmentKind.REGULAR).filter(appointment__held_on__gte=today)
    planned = planned.select_related("appointment__studio", *WITH_CHANGES)
    return list(planned.order_by("appointment__held_on", "appointment__starts_at", "pk")[:DUTIES_SHOWN])
