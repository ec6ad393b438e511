"""/health/ turns red when a reminder is ten minutes late."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from notifications.models import user_address
from tests.cast import Cast
from tests.notifications.factories import ReminderFactory


@pytest.mark.parametrize(("moment", "status"), [("09:09:59", 200), ("09:10:00", 503)])
def test_turns_red_after_ten_minutes(client: Client, cast: Cast, moment: str, status: int) -> None:
    ReminderFactory(recipient=user_address(cast.liaison))
    with time_machine.travel(f"2026-11-24 {moment} +0800", tick=False):
        assert client.get(reverse("notifications:health")).status_code == status


def test_expired_reminders_do_not_count(client: Client, cast: Cast) -> None:
    row = ReminderFactory(recipient=user_address(cast.liaison))
    with time_machine.travel(row.expires_at, tick=False):
        assert client.get(reverse("notifications:health")).json() == {"ok": True, "late_reminders": 0}
