"""The duty schedule the public reads: places, times, representatives; never a visitor."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Organization
from appointments.enums import AppointmentKind
from appointments.models import Appointment, Attendance
from appointments.querysets import AttendanceQuerySet
from representatives.models import Representative
from studios.models import Studio

DAYS_SHOWN = 4
DUTIES_SHOWN = 6


@dataclass(frozen=True)
class Notice:
    """Duties of the next days on which any are planned, with their gaps, and the towns to choose from."""

    days: list[date]
    seats: list[Attendance]
    towns: list[Organization]


def town_of(key: str) -> Organization | None:
    """The delegation `key` names; None (the whole list) for anything else."""
    if not key.isdecimal() or len(key) > 9:
        return None
    return Organization.objects.delegations().select_related("county").filter(pk=int(key)).first()


def duty_notice(today: date, town: Organization | None) -> Notice:
    """The next four duty days from `today` on, and who sits where on them in `town` (nobody without one)."""
    planned = Appointment.objects.in_force().of_kind(AppointmentKind.REGULAR).filter(held_on__gte=today)
    towns = Organization.objects.filter(pk__in=planned.values("delegation")).select_related("county")
    if town is not None:
        planned = planned.filter(delegation=town)
    days = list(planned.order_by("held_on").values_list("held_on", flat=True).distinct()[:DAYS_SHOWN])
    announced = Attendance.objects.announced() if town else Attendance.objects.none()
    seats = (
        announced.filter(appointment__in=planned, appointment__held_on__in=days)
        .select_related("appointment__studio", "representative", "replaces__representative")
        .order_by("appointment__held_on", "appointment__studio__code")
    )
    return Notice(days, list(seats), list(towns.order_by("county__code", "code")))


def next_duties_of(person: Representative, today: date) -> list[Attendance]:
    """The next regular duties `person` keeps, today included."""
    return _next(Attendance.objects.filter(representative=person), today)


def next_duties_in(studio: Studio, today: date) -> list[Attendance]:
    """The next regular duties kept in `studio`, by those who still hold their mandate."""
    active = Representative.objects.active().standing()
    return _next(Attendance.objects.filter(appointment__studio=studio, representative__in=active), today)


def _next(seats: AttendanceQuerySet, today: date) -> list[Attendance]:
    planned = seats.standing().of_kind(AppointmentKind.REGULAR).filter(appointment__held_on__gte=today)
    planned = planned.select_related("appointment__studio", "representative")
    return list(planned.order_by("appointment__held_on", "appointment__starts_at", "pk")[:DUTIES_SHOWN])
