"""Two workers sweep at the same moment: every message is there once. The control shows the race is real."""

import threading
from collections.abc import Callable
from datetime import datetime
from unittest.mock import patch

import pytest
from django.db import connection

from notifications import delivery
from notifications.models import Message, user_address
from tests.cast import build_cast
from tests.notifications.factories import MORNING, ReminderFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

REMINDERS = 20


def _at_once(action: Callable[[datetime], object], times: int = 2) -> None:
    start = threading.Barrier(times)

    def work() -> None:
        try:
            start.wait()
            action(MORNING)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _reminders() -> None:
    liaison = build_cast().liaison
    for _ in range(REMINDERS):
        ReminderFactory(recipient=user_address(liaison))


def test_each_reminder_is_sent_once() -> None:
    _reminders()
    _at_once(delivery.sweep)
    assert Message.objects.count() == REMINDERS


def test_without_the_claim_they_would_collide() -> None:
    _reminders()
    claims: list[int] = []

    def careless(pk: int, _now: datetime) -> None:
        claims.append(pk)

    both_have_read = threading.Barrier(2)

    def slow_due(now: datetime, due: Callable[[datetime], object] = delivery.Reminder.objects.due) -> object:
        found = due(now)
        both_have_read.wait()
        return found

    with patch.object(delivery, "_claim", careless), patch.object(delivery.Reminder.objects, "due", slow_due):
        _at_once(delivery.sweep)
    assert len(claims) == 2 * REMINDERS
