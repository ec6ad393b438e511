"""The overdue sweep: 500 reminders due among all that wait, sent and taken back (budget ≤ 3 × at ten times the cases).

Beside it the look for cases whose time to rate is over, which every tick takes as well.
"""

import statistics
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from notifications.delivery import sweep
from notifications.models import Reminder
from suggestions.models import Suggestion

DUE, ROUNDS = 500, 3
SWEEP = f"sweep, {DUE} due"
LONG_AGO = timedelta(days=365)


def measure_sweep() -> dict[str, float]:
    """Median milliseconds by name at the size the database has; what is sent is taken back."""
    now = timezone.now()
    return {
        SWEEP: statistics.median(_swept(now) for _ in range(ROUNDS)) * 1000,
        "sweep, nothing due": statistics.median(_swept(now - LONG_AGO) for _ in range(ROUNDS)) * 1000,
        "look for lapsed ratings": statistics.median(_looked(now) for _ in range(ROUNDS)) * 1000,
    }


def _swept(now: datetime) -> float:
    """Seconds for the 500 that would be due next, all others waiting as they do."""
    with transaction.atomic():
        waiting = Reminder.objects.waiting()
        waiting.filter(due_at__lte=now).update(due_at=now + timedelta(days=30), next_attempt_at=None)
        later = waiting.order_by("due_at", "pk").values_list("pk", flat=True)
        if now > timezone.now() - LONG_AGO / 2:
            due = {"due_at": now, "expires_at": now + timedelta(days=1)}
            Reminder.objects.filter(pk__in=list(later[:DUE])).update(**due)
        started = time.perf_counter()
        sweep(now)
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    return seconds


def _looked(now: datetime) -> float:
    started = time.perf_counter()
    list(Suggestion.objects.closable(now - LONG_AGO))
    return time.perf_counter() - started
