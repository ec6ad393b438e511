"""The only writer of reminders and messages outside the sweep (delivery.py)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.enums import WAITING_STATES, Channel, ReminderState
from notifications.models import Message, Reminder

CHUNK = 1000
FOLLOWING = ("state", "title", "due_at", "expires_at", "next_attempt_at", "last_error")


@dataclass(frozen=True)
class ReminderDraft:
    """One thing to tell one addressee (`user_address` or `role_address`); moments are aware datetimes."""

    kind: str
    subject: str
    occurrence: str
    offset: int
    recipient: str
    title: str
    body: str
    url: str
    due_at: datetime
    expires_at: datetime
    channel: Channel = Channel.INBOX


def schedule_reminders(drafts: Iterable[ReminderDraft]) -> None:
    """Write each reminder unless it exists already; call it in the transaction of the fact it tells."""
    Reminder.objects.bulk_create(reminder_rows(drafts), ignore_conflicts=True, batch_size=CHUNK)


def reminder_rows(drafts: Iterable[ReminderDraft]) -> Iterator[Reminder]:
    """The reminders as rows not yet saved, their words cut to what a row holds."""
    for draft in drafts:
        yield Reminder(**vars(draft) | {"title": draft.title[:120], "body": draft.body[:500]})


@transaction.atomic
def cancel_reminders(subject: str, *, kind: str, reason: str) -> int:
    """Cancel what still waits about `subject`; returns how many."""
    waiting = Reminder.objects.about(subject).waiting().filter(kind=kind)
    return waiting.update(state=ReminderState.CANCELLED, last_error=reason[:200])


def mark_read(*, message: Message) -> None:
    """Note the first moment the message was opened."""
    Message.objects.unread().filter(pk=message.pk).update(read_at=timezone.now())


def mark_all_read(*, user: User) -> int:
    """Mark everything in the user's inbox as read; returns how many were not."""
    return Message.objects.visible_to(user).unread().update(read_at=timezone.now())


def move_reminders(
    *, kind: str, subjects: Iterable[str], offset: int, due_at: datetime, expires_at: datetime
) -> list[str]:
    """Let the stage `offset` of `subjects`, where it still waits, go out at `due_at` instead.

    Returns the subjects with a reminder that was to go out at another time.
    """
    waiting = Reminder.objects.waiting().filter(kind=kind, subject__in=list(subjects), offset=offset)
    late = waiting.exclude(due_at=due_at).select_for_update()
    found = dict(late.order_by("pk").values_list("pk", "subject"))
    moved = Reminder.objects.waiting().filter(pk__in=found)
    moved.update(due_at=due_at, expires_at=expires_at, next_attempt_at=None)
    return list(dict.fromkeys(found.values()))


def reschedule_reminders(
    *, kind: str, subjects: Iterable[str], moment: Callable[[str, str, int], datetime | None], life: timedelta
) -> None:
    """Let what waits about `subjects` go out at `moment(subject, occurrence, offset)`; None leaves it as it is.

    One query for any number of subjects, and one per moment that something moves to.
    """
    waiting = Reminder.objects.waiting().filter(kind=kind, subject__in=list(subjects)).select_for_update()
    late: dict[datetime, list[int]] = defaultdict(list)
    fields = ("pk", "subject", "occurrence", "offset", "due_at")
    for pk, subject, occurrence, offset, due_at in waiting.order_by("pk").values_list(*fields):
        at = moment(subject, occurrence, offset)
        if at is not None and at != due_at:
            late[at].append(pk)
    for at, ids in late.items():
        moved = Reminder.objects.waiting().filter(pk__in=ids)
        moved.update(due_at=at, expires_at=at + life, next_attempt_at=None)


def replace_waiting(
    *, kind: str, occurrences: Mapping[str, str], drafts: Iterable[ReminderDraft], reason: str, after: datetime
) -> None:
    """Let what waits of one occurrence of each subject be `drafts`; what was sent is left alone, and not sent again.

    `occurrences` by subject. A reminder nobody wants any more is cancelled for `reason`; one cancelled for it earlier
    waits again. Nothing is added or taken up again that was due before `after`. As many queries for one subject as for
    a thousand.
    """
    wanted = {_key(draft): draft for draft in drafts}
    rows = Reminder.objects.filter(kind=kind, subject__in=list(occurrences)).select_for_update().order_by("pk")
    there = {_key(row): row for row in rows if row.occurrence == occurrences[row.subject]}
    changed = [row for key, row in there.items() if _follow(row, wanted.get(key), reason, after)]
    Reminder.objects.bulk_update(changed, FOLLOWING, batch_size=CHUNK)
    schedule_reminders(draft for key, draft in wanted.items() if key not in there and draft.due_at >= after)


def _key(row: Reminder | ReminderDraft) -> tuple[str, str, int, str, str]:
    return row.subject, row.occurrence, row.offset, row.recipient, str(row.channel)


def _follow(row: Reminder, draft: ReminderDraft | None, reason: str, after: datetime) -> bool:
    """Make of `row`, not saved yet, what is wanted now; returns whether that changed it."""
    before = [getattr(row, name) for name in FOLLOWING]
    is_waiting = row.state in WAITING_STATES
    if draft is None:
        if is_waiting:
            row.state, row.last_error = ReminderState.CANCELLED, reason
    elif is_waiting or (row.state == ReminderState.CANCELLED and row.last_error == reason and draft.due_at >= after):
        if not is_waiting:
            row.state, row.last_error = ReminderState.PENDING, ""
        if row.due_at != draft.due_at:
            row.due_at, row.expires_at, row.next_attempt_at = draft.due_at, draft.expires_at, None
        row.title = draft.title[:120]
    return before != [getattr(row, name) for name in FOLLOWING]
