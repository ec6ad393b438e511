"""Seats that nobody keeps any more, and seats that one person was given twice."""

from datetime import date

from django.db import transaction

from appointments.enums import ATTENDANCE_STRENGTH, AttendanceStatus
from appointments.models import Attendance
from appointments.notifications import tell_vacancies
from representatives.models import Representative


@transaction.atomic
def vacate_seats(representative: Representative, since: date, occasion: str) -> int:
    """Turn the seats `representative` was still to keep from `since` on into gaps; returns how many.

    The office of each delegation concerned is told once an `occasion`. What was kept, excused or missed stays.
    """
    expected = Attendance.objects.expected_of(representative).between(since, date.max)
    seats = list(expected.select_related("appointment__delegation", "appointment__studio").order_by("id"))
    freed = Attendance.objects.filter(pk__in=[seat.pk for seat in seats], status=AttendanceStatus.EXPECTED)
    count = freed.update(status=AttendanceStatus.VACANT)
    tell_vacancies(representative, seats, since, occasion)
    return count


def settle_double(kept: Attendance, duplicate: Attendance) -> None:
    """One person was entered twice at one appointment: `kept` gets the stronger fact, `duplicate` the other."""
    if ATTENDANCE_STRENGTH.index(duplicate.status) >= ATTENDANCE_STRENGTH.index(kept.status):
        return
    kept.status, duplicate.status = duplicate.status, kept.status
    kept.checked_in_at, duplicate.checked_in_at = duplicate.checked_in_at, kept.checked_in_at
    Attendance.objects.bulk_update([kept, duplicate], ["status", "checked_in_at"])
