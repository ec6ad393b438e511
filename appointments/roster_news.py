"""What representatives are told of rosters: that one is published, that one of their duties changed. Rows only."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from appointments.enums import RosterStatus
from appointments.models import Appointment, Attendance, Roster
from notifications.models import Reminder, user_address
from notifications.registry import Verdict, cancel, register, send
from notifications.services import ReminderDraft, schedule_reminders

PUBLISHED, CHANGED = "appointments.roster_published", "appointments.roster_changed"
NEWS_LIFE = timedelta(days=60)
GIVEN, TAKEN, CANCELLED, MOVED = "请您值班", "不再由您值班", "本次值班取消", "值班改期"


def tell_published(roster: Roster, seats: Iterable[Attendance]) -> None:
    """Tell each representative with an account all their duties of `roster`, in one message."""
    days = defaultdict(list)
    for seat in seats:
        days[seat.representative.user].append(seat.appointment)
    now = timezone.now()
    schedule_reminders(
        ReminderDraft(
            kind=PUBLISHED,
            subject=f"roster:{roster.pk}",
            occurrence=f"v{roster.version}",
            offset=0,
            recipient=user_address(user),
            title=f"新的值班表：您有 {len(meetings)} 次值班",
            body="；".join(_where(meeting) for meeting in meetings),
            url=reverse("reports:me"),
            due_at=now,
            expires_at=now + NEWS_LIFE,
        )
        for user, meetings in days.items()
        if user is not None
    )


def tell_changed(seats: Iterable[Attendance], what: str, reason: str) -> None:
    """Tell the person of each seat `what` became of it (GIVEN, TAKEN, CANCELLED or MOVED) and why."""
    now = timezone.now()
    schedule_reminders(_change(seat, what, reason, now) for seat in seats if seat.representative.user_id)


def _change(seat: Attendance, what: str, reason: str, now: datetime) -> ReminderDraft:
    meeting, user = seat.appointment, seat.representative.user
    assert user is not None
    return ReminderDraft(
        kind=CHANGED,
        subject=f"attendance:{seat.pk}",
        occurrence=_occurrence(seat),
        offset=0,
        recipient=user_address(user),
        title=f"{what}：{_where(meeting)}",
        body=f"{meeting.starts_at:%H:%M}—{meeting.ends_at:%H:%M}。{reason}",
        url=reverse("reports:me"),
        due_at=now,
        expires_at=now + NEWS_LIFE,
    )


def check_published(reminder: Reminder, _now: datetime) -> Verdict:
    """Send while the roster is in force."""
    if Roster.objects.filter(pk=reminder.subject_key, status=RosterStatus.PUBLISHED).exists():
        return send()
    return cancel("值班表已归档")


def check_changed(reminder: Reminder, _now: datetime) -> Verdict:
    """Send the newest change of a seat only."""
    seat = Attendance.objects.select_related("appointment").filter(pk=reminder.subject_key).first()
    if seat is None or _occurrence(seat) != reminder.occurrence:
        return cancel("值班又有变更")
    return send()


def _where(meeting: Appointment) -> str:
    return f"{meeting.held_on.month}月{meeting.held_on.day}日 {meeting.studio}"


def _occurrence(seat: Attendance) -> str:
    return f"s{seat.sequence}-a{seat.appointment.sequence}"


register(PUBLISHED, check_published)
register(CHANGED, check_changed)
