"""What appointments hang on a representative and on the office calendar, told to the floors below."""

from datetime import date

from appointments.models import Attendance
from appointments.services import settle_double, vacate_seats
from appointments.services.rosters.calendar_shift import recompute_rosters
from representatives import doubles, leaving, upcoming
from representatives.models import Representative
from studios import dependents


def upcoming_seats(representative: Representative, today: date) -> list[upcoming.Seat]:
    """The seats still to be kept from `today` on, the nearest first."""
    seats = Attendance.objects.expected_of(representative).between(today, date.max)
    related = seats.select_related("appointment__studio").order_by("appointment__held_on", "appointment__starts_at")
    return [
        upcoming.Seat(
            day=seat.appointment.held_on,
            starts_at=seat.appointment.starts_at,
            ends_at=seat.appointment.ends_at,
            what=seat.appointment.get_kind_display(),
            where=str(seat.appointment.studio or seat.appointment.venue),
        )
        for seat in related
    ]


leaving.register(vacate_seats)
upcoming.register(upcoming_seats)
doubles.register(Attendance, settle_double)
dependents.register(recompute_rosters)
