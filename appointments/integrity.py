"""What must hold about duties, as questions to the rows; each answer is a sentence."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from appointments.enums import AttendanceStatus
from appointments.models import Attendance
from appointments.notifications import DUTY, duty_drafts
from appointments.querysets import AttendanceQuerySet
from notifications.models import Reminder

AUDITED = timedelta(days=7)


def duties_ahead() -> AttendanceQuerySet:
    """Seats to be kept within the next seven days, today included."""
    today = timezone.localdate()
    seats = Attendance.objects.standing().filter(status=AttendanceStatus.EXPECTED)
    return seats.between(today, today + AUDITED).select_related("appointment").order_by("pk")


def duties_told() -> Iterator[str]:
    """Every duty of the next seven days has a reminder of how it is arranged now, for everybody it is to be told to."""
    drafts = [draft for draft in duty_drafts(duties_ahead()) if draft.kind == DUTY]
    written = Reminder.objects.filter(kind=DUTY, subject__in={draft.subject for draft in drafts})
    known = set(written.values_list("subject", "occurrence", "recipient"))
    missing = {(draft.subject, draft.occurrence, draft.recipient) for draft in drafts} - known
    for subject, _occurrence, recipient in sorted(missing):
        yield f"席位 #{subject.split(':')[1]}：没有给 {recipient} 的值班提醒"
