"""The sweep: every reminder that is due goes out once (reliability.md, never lose, never repeat §2–§6).

Safe to run at any time, by any number of processes: a reminder is claimed by a conditional UPDATE, and what a
claim leads to is written only while the claim still stands. There is no lower time bound: days without a
worker forget nothing.
"""

import logging
import random
import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from notifications.enums import LEASE, ReminderState
from notifications.models import Message, Reminder
from notifications.readings import one_sweep
from notifications.registry import note_sent, verdict_on

BATCH = 500
LONGEST_WAIT = 32
logger = logging.getLogger(__name__)


def sweep(now: datetime) -> dict[str, int]:
    """Deal with everything due at `now` (aware); returns how many reminders ended in which state."""
    outcomes: Counter[str] = Counter()
    _free_lapsed_leases(now)
    outcomes[ReminderState.EXPIRED] += _expire(now)
    due = Reminder.objects.due(now).order_by("due_at", "offset", "pk").values_list("pk", flat=True)[:BATCH]
    with one_sweep():
        for pk in due:
            token = _claim(pk, now)
            if token is not None:
                outcomes[_deal_with(Reminder.objects.get(pk=pk), token, now)] += 1
    return {state: count for state, count in outcomes.items() if count}


def _free_lapsed_leases(now: datetime) -> None:
    """Whoever held them died before SENT was written, and an inbox message is written together with SENT."""
    lapsed = Reminder.objects.filter(state=ReminderState.LEASED, lease_until__lte=now)
    lapsed.update(state=ReminderState.RETRY, next_attempt_at=now, lease_token=None, lease_until=None)


def _expire(now: datetime) -> int:
    old = Reminder.objects.waiting().filter(expires_at__lte=now)
    return old.update(state=ReminderState.EXPIRED, last_error="过了有效期没有发出")


def _claim(pk: int, now: datetime) -> uuid.UUID | None:
    """A token if this process is the one that may deal with the reminder."""
    token = uuid.uuid4()
    claimed = (
        Reminder.objects.waiting()
        .filter(pk=pk)
        .update(state=ReminderState.LEASED, lease_token=token, lease_until=now + LEASE, attempts=F("attempts") + 1)
    )
    return token if claimed == 1 else None


def _deal_with(reminder: Reminder, token: uuid.UUID, now: datetime) -> ReminderState:
    """The state the claimed reminder ends in."""
    try:
        return _decide(reminder, token, now)
    except Exception as error:
        # One broken reminder must not keep the others from going out; it is tried again, and health shows it.
        logger.exception("reminder %s failed", reminder.uid)
        minutes = min(2 ** (reminder.attempts - 1), LONGEST_WAIT) * random.uniform(1, 1.25)  # noqa: S311
        again = {"next_attempt_at": now + timedelta(minutes=minutes), "last_error": type(error).__name__}
        _finish(reminder, token, ReminderState.RETRY, **again)
        return ReminderState.RETRY


def _decide(reminder: Reminder, token: uuid.UUID, now: datetime) -> ReminderState:
    if _is_superseded(reminder, now):
        return _finish(reminder, token, ReminderState.EXPIRED, last_error="已有更新的一次提醒")
    verdict = verdict_on(reminder, now)
    if verdict.later_at is not None:
        return _finish(reminder, token, ReminderState.RETRY, next_attempt_at=verdict.later_at)
    if not verdict.send:
        return _finish(reminder, token, ReminderState.CANCELLED, last_error=verdict.cancelled_because[:200])
    users = list(_recipients(reminder.recipient))
    if not users:
        return _finish(reminder, token, ReminderState.DEAD, last_error="没有可以接收的人")
    return _deliver(reminder, token, users, now)


def _is_superseded(reminder: Reminder, now: datetime) -> bool:
    """After an outage only the newest stage of a ladder is worth saying; stages due at one moment are all said."""
    key = ("kind", "subject", "occurrence", "recipient", "channel")
    same = Reminder.objects.filter(**{name: getattr(reminder, name) for name in key})
    return same.filter(offset__gt=reminder.offset, due_at__gt=reminder.due_at, due_at__lte=now).exists()


def _recipients(address: str) -> Iterable[User]:
    """Who that is now: one active user, or whoever holds the role today."""
    role, _, number = address.partition(":")
    users: Iterable[User] = User.objects.holding(role, int(number)).distinct()
    return User.objects.filter(pk=int(number), is_active=True) if role == "user" else users


@transaction.atomic
def _deliver(reminder: Reminder, token: uuid.UUID, users: list[User], now: datetime) -> ReminderState:
    """The messages, SENT and what an app notes of it are one transaction: exactly once."""
    state = _finish(reminder, token, ReminderState.SENT, sent_at=now)
    if state == ReminderState.SENT:
        Message.objects.bulk_create(
            Message(
                user=user,
                reminder=reminder,
                title=reminder.title,
                body=reminder.body,
                url=reminder.url,
                created_at=now,
            )
            for user in users
        )
        note_sent(reminder, now)
    return state


def _finish(reminder: Reminder, token: uuid.UUID, state: ReminderState, **fields: Any) -> ReminderState:
    """Write the outcome while the claim stands; UNKNOWN when another process has taken over."""
    mine = Reminder.objects.filter(pk=reminder.pk, state=ReminderState.LEASED, lease_token=token)
    written = mine.update(state=state, lease_token=None, lease_until=None, **fields)
    return state if written == 1 else ReminderState.UNKNOWN
