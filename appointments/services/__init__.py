"""The only writers of appointments, attendances and visits, one module a subject."""

from appointments.services.phrases import set_phrases
from appointments.services.seats import close_seat, hand_over, settle_double, vacate_seats
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
    "PhotoError",
    "Photos",
    "VisitEntry",
    "VisitError",
    "add_photos",
    "close_seat",
    "hand_over",
    "mark_turned_into_suggestion",
    "record_visit",
    "reveal_visitor",
    "set_phrases",
    "settle_double",
    "update_visit",
    "vacate_seats",
]
