"""What invited representatives are told about a themed appointment. Rows only: the sweep sends them."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from appointments.enums import AppointmentKind
from appointments.models import Appointment, Attendance
from notifications.models import Reminder, user_address
from notifications.registry import Verdict, cancel, register, send
from notifications.services import ReminderDraft, schedule_reminders
from studios.clocks import SHANGHAI, words

INVITATION = "appointments.invitation"
CHANGE = "appointments.topic_change"


def tell_invited(event: Appointment, seats: Iterable[Attendance]) -> None:
    """Tell each of `seats` that they are invited, and to what."""
    title = f"邀请您参加{words(event.held_on)}{AppointmentKind(event.kind).label}：{event.theme}"
    _tell(event, seats, INVITATION, title, _where(event))


def tell_change(event: Appointment, seats: Iterable[Attendance], what: str) -> None:
    """Tell each of `seats` that `event` changed; `what` says how and why."""
    title = f"{words(event.held_on)}{AppointmentKind(event.kind).label}有变更：{event.theme}"
    _tell(event, seats, CHANGE, title, what)


def check_news(reminder: Reminder, _now: datetime) -> Verdict:
    """Send only what is still the newest about the appointment."""
    event = Appointment.objects.filter(pk=reminder.subject_key).first()
    if event is None or _occurrence(event) != reminder.occurrence:
        return cancel("活动已变更")
    return send()


def _tell(event: Appointment, seats: Iterable[Attendance], kind: str, title: str, body: str) -> None:
    now = timezone.now()
    ends = datetime.combine(event.held_on, event.ends_at, SHANGHAI)
    schedule_reminders(
        ReminderDraft(
            kind=kind,
            subject=f"appointment:{event.pk}",
            occurrence=_occurrence(event),
            offset=0,
            recipient=user_address(seat.representative.user),
            title=title,
            body=body,
            url=reverse("appointments:topic_detail", args=[event.pk]),
            due_at=now,
            expires_at=ends,
        )
        for seat in seats
        if seat.representative.user is not None and now < ends
    )


def _occurrence(event: Appointment) -> str:
    return f"a{event.sequence}"


def _where(event: Appointment) -> str:
    return f"{event.starts_at:%H:%M}—{event.ends_at:%H:%M}，{event.venue}"


register(INVITATION, check_news)
register(CHANGE, check_news)
