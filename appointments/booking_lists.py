"""Bookings as lists show them: three views, by session; the visitor masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.http import Http404

from accounts.masking import mask_name, mask_phone
from accounts.models import User
from appointments.enums import BookingState
from appointments.models import Booking
from appointments.querysets import BookingQuerySet
from appointments.services.bookings import ANSWER_WITHIN

TONES: dict[str, str] = {
    BookingState.REQUESTED: "todo",
    BookingState.ACCEPTED: "handling",
    BookingState.DECLINED: "returned",
    BookingState.CANCELLED: "returned",
    BookingState.KEPT: "done",
    BookingState.MISSED: "plain",
}
CLOSED = frozenset(BookingState) - {BookingState.REQUESTED, BookingState.ACCEPTED}


@dataclass(frozen=True)
class View:
    """A tab of the list: which states, in which order."""

    key: str
    label: str
    states: frozenset[BookingState]
    order: str
    empty: str


@dataclass(frozen=True)
class Tab:
    view: View
    count: int
    is_current: bool


@dataclass(frozen=True)
class ShownBooking:
    """A booking with the visitor masked, the tone of its state, and whether it waits too long."""

    booking: Booking
    visitor: str
    phone: str
    tone: str
    is_late: bool


VIEWS = (
    View("new", "待确认", frozenset({BookingState.REQUESTED}), "wanted_on", "没有等待确认的约见。"),
    View("accepted", "已确认", frozenset({BookingState.ACCEPTED}), "wanted_on", "没有已确认、等着见面的约见。"),
    View("closed", "已结束", CLOSED, "-wanted_on", "还没有结束的约见。"),
)


def view_named(key: str) -> View:
    """The tab `key` names, the new ones for "". Raises Http404 for an unknown one."""
    found = next((view for view in VIEWS if view.key == (key or VIEWS[0].key)), None)
    if found is None:
        raise Http404(key)
    return found


def tabs(bookings: BookingQuerySet, current: View) -> list[Tab]:
    """The tabs over `bookings` with their counts (one query)."""
    counts = bookings.aggregate(**{view.key: Count("pk", filter=Q(state__in=view.states)) for view in VIEWS})
    return [Tab(view, counts[view.key], view == current) for view in VIEWS]


def shown(bookings: Iterable[Booking], now: datetime) -> list[ShownBooking]:
    """Rows as they are shown at `now`."""
    return [
        ShownBooking(
            row,
            mask_name(row.visitor_name),
            mask_phone(row.visitor_phone),
            TONES[row.state],
            row.state == BookingState.REQUESTED and row.recorded_at <= now - ANSWER_WITHIN,
        )
        for row in bookings
    ]


def waiting(user: User, now: datetime) -> tuple[int, int]:
    """How many bookings wait for an answer from somebody `user` sees, and how many of them too long (one query)."""
    late = Q(recorded_at__lte=now - ANSWER_WITHIN)
    asked = Booking.objects.visible_to(user).filter(state=BookingState.REQUESTED)
    counts = asked.aggregate(all=Count("pk"), late=Count("pk", filter=late))
    return counts["all"], counts["late"]
