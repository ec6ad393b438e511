"""Who cannot be somewhere because they are elsewhere: the one check for all four kinds (domain.md §5).

A person keeps one appointment a day. The one exception: somebody who named them (指定约见) may be received during a
duty they stand in the same studio anyway.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from appointments.enums import AppointmentKind
from appointments.models import Appointment, Attendance, Leave
from representatives.models import Representative
from studios.clocks import words

ON_LEAVE = "请假"
IN_OWN_DUTY = frozenset({AppointmentKind.REGULAR, AppointmentKind.DESIGNATED})


@dataclass(frozen=True)
class Busy:
    """A day on which somebody cannot be rostered, and why."""

    representative_id: int
    day: date
    reason: str

    @property
    def is_leave(self) -> bool:
        return self.reason == ON_LEAVE


def busy_days(people: Iterable[int], first: date, last: date, *, besides: Q | None = None) -> list[Busy]:
    """Days from `first` to `last` on which any of `people` (keys) is on leave or has an appointment (two queries).

    `besides` names attendances that do not count, such as those of the roster that is drawn up again.
    """
    keys = list(people)
    seats = Attendance.objects.keeping().between(first, last).filter(representative__in=keys)
    if besides is not None:
        seats = seats.exclude(besides)
    rows = seats.values_list("representative_id", "appointment__held_on", "appointment__kind")
    found = [Busy(person, day, AppointmentKind(kind).label) for person, day, kind in rows]
    leaves = Leave.objects.approved().covering(first, last).filter(representative__in=keys)
    for person, start, end in leaves.values_list("representative_id", "first_on", "last_on"):
        span = range(max(start, first).toordinal(), min(end, last).toordinal() + 1)
        found += [Busy(person, date.fromordinal(day), ON_LEAVE) for day in span]
    return found


def conflict(person: Representative, meeting: Appointment, *, besides: Iterable[int] = ()) -> str:
    """Why `person` cannot be at `meeting` (saved or not), as a sentence; "" when they can.

    `besides` are keys of attendances that do not count, such as a seat given away in the same breath.
    """
    day = meeting.held_on
    if not person.is_active:
        return f"{person.name}{person.status_words}，不能安排"
    if Leave.objects.approved().covering(day, day).filter(representative=person).exists():
        return f"{person.name}{words(day)}请假，不能安排"
    seats = Attendance.objects.keeping().filter(representative=person, appointment__held_on=day)
    seats = seats.exclude(pk__in=list(besides)).exclude(appointment=meeting.pk).select_related("appointment__studio")
    for seat in seats:
        if not _fits_into(meeting, seat.appointment):
            where = seat.appointment.studio or seat.appointment.venue or "地点未填"
            return f"{person.name}{words(day)}已有{seat.appointment.get_kind_display()}（{where}），不能再安排"
    return ""


def _fits_into(one: Appointment, other: Appointment) -> bool:
    """Somebody is received by name during the duty of the one they asked for."""
    kinds = {one.kind, other.kind}
    if AppointmentKind.DESIGNATED not in kinds or not kinds <= IN_OWN_DUTY or one.studio_id != other.studio_id:
        return False
    if len(kinds) == 1:  # two people who each named the same representative, one after the other
        return one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
    guest, duty = (one, other) if one.kind == AppointmentKind.DESIGNATED else (other, one)
    return duty.starts_at <= guest.starts_at and guest.ends_at <= duty.ends_at
