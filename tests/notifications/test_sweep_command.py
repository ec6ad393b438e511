"""`manage.py sweep_reminders` for operators: JSON alone on standard output."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from notifications.models import user_address
from tests.cast import Cast
from tests.notifications.factories import ReminderFactory


def _run(*arguments: str) -> object:
    out = StringIO()
    call_command("sweep_reminders", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_counts_by_outcome_at_the_moment_given(cast: Cast) -> None:
    ReminderFactory(recipient=user_address(cast.liaison))
    assert _run("--now", "2026-11-24T08:59:59+08:00") == {}
    assert _run("--now", "2026-11-24T09:00:00+08:00") == {"SENT": 1}


def test_moment_without_offset_is_shanghai_time(cast: Cast) -> None:
    ReminderFactory(recipient=user_address(cast.liaison))
    assert _run("--now", "2026-11-24T09:00:00") == {"SENT": 1}


@pytest.mark.parametrize("text", ["明天", "2026-13-40T00:00:00"])
def test_unreadable_moment_is_explained(text: str) -> None:
    with pytest.raises(CommandError, match="请写成"):
        call_command("sweep_reminders", "--now", text)
