"""The only writers of appointments, attendances and visits, one module a subject."""

from appointments.services.rosters import RosterConflictError, RosterError, draft_roster, refill_draft
from appointments.services.seats import close_seat, hand_over, settle_double, vacate_seats
from appointments.services.visits import (
    VisitEntry,
    VisitError,
    mark_turned_into_suggestion,
    record_visit,
    update_visit,
)

__all__ = [
    "RosterConflictError",
    "RosterError",
    "VisitEntry",
    "VisitError",
    "close_seat",
    "draft_roster",
    "hand_over",
    "mark_turned_into_suggestion",
    "record_visit",
    "refill_draft",
    "settle_double",
    "update_visit",
    "vacate_seats",
]
