"""换班 and 请假 of the demonstration: something to ask, to answer, to approve, to decide and to fill in one studio."""

from collections.abc import Iterator
from datetime import date, timedelta

from accounts.models import User
from appointments.enums import AppointmentKind, AttendanceStatus, LeaveStatus, SwapState
from appointments.models import Appointment, Attendance, Leave, Swap
from demo.county import County
from demo.meetings import at
from representatives.models import Representative
from studios.calendar import SATURDAY, OfficeCalendar
from studios.enums import DUTY_ENDS, DUTY_STARTS, HolidayKind
from studios.models import Studio


def write_swaps(county: County, person: Representative, today: date, calendar: OfficeCalendar) -> None:
    """In the studio of `rep` (`person`) a colleague asks them, another swap waits for the office, so does a leave, and
    an earlier leave left a gap."""
    studio = person.studios.get()
    asking, giving, taking, leaving = studio.representatives.active().exclude(pk=person.pk).order_by("pk")[:4]
    liaison = User.objects.get(username="liaison")
    days = _free_saturdays(studio, today, calendar)
    _swap(_seat(county, studio, asking, next(days)), liaison, today, asked=person, reason="外出")
    taken = {"taker": taking, "state": SwapState.ACCEPTED, "answered_by": liaison, "answered_at": at(today, 8, 20)}
    _swap(_seat(county, studio, giving, next(days)), liaison, today, asked=taking, reason="工作冲突", **taken)
    _leave(_seat(county, studio, leaving, next(days)), liaison, today, LeaveStatus.REQUESTED)
    gap = _seat(county, studio, asking, next(days), AttendanceStatus.LEAVE)
    _leave(gap, liaison, today, LeaveStatus.APPROVED)


def _free_saturdays(studio: Studio, today: date, calendar: OfficeCalendar) -> Iterator[date]:
    """Saturdays from the week after next duty on, on which nobody is on duty there yet."""
    taken = set(studio.appointments.values_list("held_on", flat=True))
    day = today + timedelta(days=(SATURDAY - today.weekday()) % 7)
    while True:
        day += timedelta(weeks=1)
        if day not in taken and calendar.exceptions.get(day) != HolidayKind.HOLIDAY:
            yield day


def _seat(
    county: County,
    studio: Studio,
    person: Representative,
    day: date,
    status: AttendanceStatus = AttendanceStatus.EXPECTED,
) -> Attendance:
    meeting = Appointment.objects.create(
        county=county.root,
        delegation=studio.delegation,
        studio=studio,
        kind=AppointmentKind.REGULAR,
        held_on=day,
        starts_at=DUTY_STARTS,
        ends_at=DUTY_ENDS,
    )
    return Attendance.objects.create(appointment=meeting, representative=person, status=status)


def _swap(seat: Attendance, liaison: User, today: date, **fields: object) -> None:
    Swap.objects.create(seat=seat, requested_by=liaison, requested_at=at(today, 8, 10), **fields)


def _leave(seat: Attendance, liaison: User, today: date, status: LeaveStatus) -> None:
    """The days around the duty."""
    decided = {"decided_by": User.objects.get(username="town"), "decided_at": at(today, 8, 30)}
    Leave.objects.create(
        representative=seat.representative,
        first_on=seat.appointment.held_on - timedelta(days=2),
        last_on=seat.appointment.held_on + timedelta(days=4),
        reason="外出学习",
        status=status,
        requested_by=liaison,
        requested_at=at(today, 8, 15),
        **(decided if status == LeaveStatus.APPROVED else {}),
    )
