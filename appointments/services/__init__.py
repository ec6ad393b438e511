"""The only writers of appointments, attendances and visits, one module a subject."""

from appointments.services.attendance import (
    AttendanceError,
    check_in,
    correct_attendance,
    cover_seat,
    note_presence,
    record_attendance,
)
from appointments.services.feeds import renew_feed, revoke_feed
from appointments.services.seats import close_seat, hand_over, settle_double, vacate_seats
from appointments.services.visits import (
    VisitEntry,
    VisitError,
    mark_turned_into_suggestion,
    record_visit,
    update_visit,
)

__all__ = [
    "AttendanceError",
    "VisitEntry",
    "VisitError",
    "check_in",
    "close_seat",
    "correct_attendance",
    "cover_seat",
    "hand_over",
    "mark_turned_into_suggestion",
    "note_presence",
    "record_attendance",
    "record_visit",
    "renew_feed",
    "revoke_feed",
    "settle_double",
    "update_visit",
    "vacate_seats",
]
