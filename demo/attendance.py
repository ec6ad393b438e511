"""What a liaison finds on the desk: duties nobody has confirmed yet, and seats that somebody else kept."""

from datetime import date, timedelta

from django.db.models import QuerySet

from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from appointments.integrity import duties_ahead
from appointments.models import Appointment, Attendance
from appointments.notifications import schedule_duty_reminders
from demo.county import County
from demo.meetings import at
from representatives.models import Representative

UNCONFIRMED, COVERED, LATELY = 6, 12, timedelta(days=120)


def write_attendance(county: County, today: date) -> None:
    """A few of the missed duties were not written down, some were kept by a colleague; reminders of the next week."""
    _leave_open(county, today)
    _cover(county, today)
    schedule_duty_reminders(duties_ahead())


def _missed(county: County, today: date) -> QuerySet[Attendance]:
    """Regular duties of the last months that their person missed, the latest first."""
    seats = Attendance.objects.filter(status=AttendanceStatus.ABSENT, appointment__county=county.root)
    seats = seats.of_kind(AppointmentKind.REGULAR).between(today - LATELY, today - timedelta(days=1))
    return seats.select_related("appointment").order_by("-appointment__held_on", "pk")


def _leave_open(county: County, today: date) -> None:
    seats = list(_missed(county, today)[:UNCONFIRMED])
    Attendance.objects.filter(pk__in=[seat.pk for seat in seats]).update(status=AttendanceStatus.EXPECTED)
    meetings = Appointment.objects.filter(pk__in=[seat.appointment_id for seat in seats])
    meetings.update(status=AppointmentStatus.PLANNED)


def _cover(county: County, today: date) -> None:
    for seat in _missed(county, today)[:COVERED]:
        meeting = seat.appointment
        busy = Attendance.objects.filter(appointment__held_on=meeting.held_on).values("representative")
        colleagues = Representative.objects.active().filter(studios=meeting.studio).exclude(pk__in=busy)
        person = colleagues.order_by("pk").first()
        if person is None:
            continue
        seat.status, seat.note = AttendanceStatus.SUBSTITUTED, f"{person.name}临时代班"
        seat.sequence, seat.changed_at = 1, at(meeting.held_on, 9)
        seat.save(update_fields=["status", "note", "sequence", "changed_at"])
        Attendance.objects.create(
            appointment=meeting,
            representative=person,
            replaces=seat,
            status=AttendanceStatus.PRESENT,
            checked_in_at=at(meeting.held_on, 9),
            note=seat.note,
            changed_at=at(meeting.held_on, 9),
        )
