"""The only writers of appointments, attendances and visits, one module a subject."""

from appointments.services.leaves import (
    LeaveError,
    approve_leave,
    fill_gap,
    refuse_leave,
    request_leave,
    withdraw_leave,
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
    VisitEntry,
    VisitError,
    mark_turned_into_suggestion,
    record_visit,
    update_visit,
)

__all__ = [
    "ConflictError",
    "LeaveError",
    "RosterConflictError",
    "RosterError",
    "VisitEntry",
    "VisitError",
    "accept_swap",
    "approve_leave",
    "approve_swap",
    "close_seat",
    "confirm_duty",
    "decline_swap",
    "draft_roster",
    "fill_gap",
    "hand_over",
    "mark_turned_into_suggestion",
    "record_visit",
    "refill_draft",
    "refuse_leave",
    "refuse_swap",
    "reopen_seat",
    "request_leave",
    "request_swap",
    "settle_double",
    "un_take_swap",
    "update_visit",
    "vacate_seats",
    "withdraw_leave",
    "withdraw_swap",
]
