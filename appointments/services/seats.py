"""Seats that nobody keeps any more, and seats that one person was given twice."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from appointments.enums import ATTENDANCE_STRENGTH, GAP_STATUSES, AttendanceStatus
from appointments.models import Attendance
from appointments.notifications import schedule_duty_reminders, tell_vacancies
from representatives.models import Representative


@transaction.atomic
def vacate_seats(representative: Representative, since: date, occasion: str) -> int:
    """Turn the seats `representative` was still to keep from `since` on into gaps; returns how many.

    The office of each delegation concerned is told once an `occasion`. What was kept, excused or missed stays.
    """
    expected = Attendance.objects.expected_of(representative).between(since, date.max)
    seats = list(expected.select_related("appointment__delegation", "appointment__studio").order_by("id"))
    freed = Attendance.objects.filter(pk__in=[seat.pk for seat in seats], status=AttendanceStatus.EXPECTED)
    count = freed.update(status=AttendanceStatus.VACANT, sequence=F("sequence") + 1, changed_at=timezone.now())
    tell_vacancies(representative, seats, since, occasion)
    return count


def hand_over(*, seat: Attendance, to: Representative, note: str) -> Attendance:
    """Let `to` keep `seat`: its row stays as SUBSTITUTED and names the change; returns the row that takes over.

    A gap stays what it is, LEAVE or VACANT. Call it in the transaction of the decision, with `seat` locked and `to`
    checked (appointments.services.checks). The reminders of the old row cancel themselves when they are due; those of
    the new one are written.
    """
    status = seat.status if seat.status in GAP_STATUSES else AttendanceStatus.SUBSTITUTED
    close_seat(seat, AttendanceStatus(status), note)
    earlier = Attendance.objects.filter(appointment=seat.appointment, representative=to).first()
    if earlier is not None:  # they had given it away before and take it back
        return _take_back(earlier, seat, note)
    now = timezone.now()
    taken = Attendance.objects.create(
        appointment=seat.appointment, representative=to, replaces=seat, note=note[:200], changed_at=now
    )
    schedule_duty_reminders([taken])
    return taken


def close_seat(seat: Attendance, status: AttendanceStatus, note: str) -> None:
    """`seat` is not kept by its person any more: LEAVE, SUBSTITUTED or VACANT; calendars hear of it."""
    _change(seat, status, note)


def reopen_seat(seat: Attendance, note: str) -> Attendance:
    """`seat` is its person's to keep again, who has to confirm it anew; reminders are written."""
    _change(seat, AttendanceStatus.EXPECTED, note)
    schedule_duty_reminders([seat])
    return seat


def _change(seat: Attendance, status: AttendanceStatus, note: str) -> None:
    seat.status, seat.note, seat.confirmed_at = status, note[:200], None
    seat.sequence, seat.changed_at = seat.sequence + 1, timezone.now()
    seat.save(update_fields=["status", "note", "confirmed_at", "sequence", "changed_at"])


def _take_back(earlier: Attendance, seat: Attendance, note: str) -> Attendance:
    """`earlier` follows `seat` from now on; what had followed `earlier` no longer does, so no two rows replace one."""
    Attendance.objects.filter(replaces=earlier).update(replaces=None)
    seat.refresh_from_db(fields=["replaces"])
    earlier.replaces = seat
    earlier.save(update_fields=["replaces"])
    return reopen_seat(earlier, note)


def settle_double(kept: Attendance, duplicate: Attendance) -> None:
    """One person was entered twice at one appointment: `kept` gets the stronger fact, `duplicate` the other."""
    if ATTENDANCE_STRENGTH.index(duplicate.status) >= ATTENDANCE_STRENGTH.index(kept.status):
        return
    kept.status, duplicate.status = duplicate.status, kept.status
    kept.checked_in_at, duplicate.checked_in_at = duplicate.checked_in_at, kept.checked_in_at
    Attendance.objects.bulk_update([kept, duplicate], ["status", "checked_in_at"])
