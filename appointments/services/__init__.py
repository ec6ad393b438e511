"""The only writers of appointments, attendances and visits, one module a subject."""

from appointments.services.attendance import (
    AttendanceError,
    check_in,
    correct_attendance,
    cover_seat,
    note_presence,
    record_attendance,
)
from appointments.services.feeds import (
    renew_feed,
    revoke_feed,
)
from appointments.services.leaves import (
    LeaveError,
    approve_leave,
    fill_gap,
    refuse_leave,
    request_leave,
    withdraw_leave,
)
from appointments.services.phrases import (
    set_phrases,
)
from appointments.services.rosters import (
    RosterConflictError,
    RosterError,
    draft_roster,
    refill_draft,
)
from appointments.services.seats import (
    close_seat,
    hand_over,
    reopen_seat,
    settle_double,
    vacate_seats,
)
from appointments.services.swaps import (
    ConflictError,
    accept_swap,
    approve_swap,
    confirm_duty,
    decline_swap,
    refuse_swap,
    request_swap,
    un_take_swap,
    withdraw_swap,
)
from appointments.services.visits import (
    PhotoError,
    Photos,
    VisitEntry,
    VisitError,
    add_photos,
    mark_turned_into_suggestion,
    record_visit,
    reveal_visitor,
    update_visit,
)

__all__ = [
    "AttendanceError",
    "ConflictError",
    "LeaveError",
    "PhotoError",
    "Photos",
    "RosterConflictError",
    "RosterError",
    "VisitEntry",
    "VisitError",
    "accept_swap",
    "add_photos",
    "approve_leave",
    "approve_swap",
    "check_in",
    "close_seat",
    "confirm_duty",
    "correct_attendance",
    "cover_seat",
    "decline_swap",
    "draft_roster",
    "fill_gap",
    "hand_over",
    "mark_turned_into_suggestion",
    "note_presence",
    "record_attendance",
    "record_visit",
    "refill_draft",
    "refuse_leave",
    "refuse_swap",
    "renew_feed",
    "reopen_seat",
    "request_leave",
    "request_swap",
    "reveal_visitor",
    "revoke_feed",
    "set_phrases",
    "settle_double",
    "un_take_swap",
    "update_visit",
    "vacate_seats",
    "withdraw_leave",
    "withdraw_swap",
]
