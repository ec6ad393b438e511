"""What representatives and liaisons hear about 指定约见; never who comes or why. Rows only: the sweep sends them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from appointments.enums import BookingState
from appointments.models import Booking
from notifications.models import Reminder, user_address
from notifications.registry import Verdict, cancel, register, send
from notifications.services import ReminderDraft, schedule_reminders
from studios.clocks import words

BOOKING = "appointments.booking"
NEWS_LIFE = timedelta(days=30)
REQUESTED, DECIDED = "requested", "decided"


def tell_of_request(booking: Booking, actor: User | None) -> None:
    """Tell the representative and the liaisons of the studio that somebody asks for them."""
    _tell(booking, actor, REQUESTED, f"有人约见{booking.representative.name}", "请在两天内确认、改期或婉拒。")


def tell_of_decision(booking: Booking, actor: User) -> None:
    """Tell the same people what became of it, but for whoever decided."""
    moment = booking.decided_at or timezone.now()
    occurrence = f"{DECIDED}-{moment.timestamp()}"
    _tell(booking, actor, occurrence, f"约见{BookingState(booking.state).label}", booking.reason)


def check_booking(reminder: Reminder, _now: datetime) -> Verdict:
    """A request is sent only while nobody has answered it; what was decided stays true."""
    waits = Booking.objects.filter(pk=reminder.subject_key, state=BookingState.REQUESTED).exists()
    if reminder.occurrence == REQUESTED and not waits:
        return cancel("约见已处理")
    return send()


def _tell(booking: Booking, actor: User | None, occurrence: str, what: str, body: str) -> None:
    now = timezone.now()
    when = f"{words(booking.wanted_on)}{booking.starts_at:%H:%M}—{booking.ends_at:%H:%M}"
    schedule_reminders(
        ReminderDraft(
            kind=BOOKING,
            subject=f"booking:{booking.pk}",
            occurrence=occurrence,
            offset=0,
            recipient=user_address(user),
            title=f"{what}：{when}，{booking.studio}",
            body=body,
            url=booking.get_absolute_url(),
            due_at=now,
            expires_at=now + NEWS_LIFE,
        )
        for user in _concerned(booking)
        if user != actor
    )


def _concerned(booking: Booking) -> Iterable[User]:
    person = booking.representative.user
    return {*([person] if person else []), *booking.studio.liaisons.all()}


register(BOOKING, check_booking)
