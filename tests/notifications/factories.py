"""Reminders for tests, due since this morning."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from notifications.models import Reminder
from notifications.registry import register, send

KIND = "test.plain"
MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

register(KIND, lambda _reminder, _now: send())


class ReminderFactory(DjangoModelFactory[Reminder]):
    class Meta:
        model = Reminder

    kind = KIND
    subject = factory.Sequence(lambda n: f"thing:{n}")
    occurrence = "v1"
    recipient = "user:0"
    title = "请签收"
    url = "/desk/"
    due_at = MORNING
    expires_at = factory.LazyAttribute(lambda row: row.due_at + timedelta(days=30))
