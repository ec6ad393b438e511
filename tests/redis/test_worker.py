"""A real worker behind a real Redis hears the tick and sends what is due."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.utils import timezone

from tests.settings import TEST_TEMPLATE

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 45
pytestmark = pytest.mark.redis

SCRIPT = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from accounts.models import User
from notifications.models import Message, Reminder, user_address
from notifications.tasks import sweep_reminders
from suggestions.notifications import NEWS
import sys
if sys.argv[1] == "write":
    user = User.objects.create(username="liaison", name="联络员甲")
    now = timezone.now()
    Reminder.objects.create(kind=NEWS, subject="suggestion:1", occurrence="v1", recipient=user_address(user),
        title="请签收", due_at=now, expires_at=now + timedelta(days=1))
    sweep_reminders.delay(); sweep_reminders.delay()
else:
    print(Message.objects.count(), Reminder.objects.get().state)
"""


def _python(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout


def _lay_tables(folder: Path, environment: dict[str, str]) -> None:
    if TEST_TEMPLATE:
        shutil.copy(TEST_TEMPLATE, folder / "county.sqlite3")
    _python(environment, "manage.py", "migrate", "--verbosity=0")


def test_two_ticks_one_message(tmp_path: Path) -> None:
    environment = os.environ | {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    assert environment["REDIS_URL"]
    _lay_tables(tmp_path, environment)
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", "worker", "-P", "threads", "-c", "2", "-l", "warning"],
        cwd=ROOT,
        env=environment,
    )
    try:
        _python(environment, "-c", SCRIPT, "write")
        deadline = time.monotonic() + PATIENCE
        while (told := _python(environment, "-c", SCRIPT, "read").split()) != ["1", "SENT"]:
            assert time.monotonic() < deadline, told
    finally:
        worker.terminate()
        worker.wait(timeout=PATIENCE)


def test_pages_answer_while_redis_is_silent(tmp_path: Path) -> None:
    """Nothing a request does calls the broker: a case is submitted and its reminders are rows."""
    environment = os.environ | {"VAR_DIR": str(tmp_path), "REDIS_URL": "redis://127.0.0.1:9/0"}
    started = timezone.now()
    code = (
        "import django; django.setup();"
        "from django.test import Client;"
        "print(Client(HTTP_HOST='localhost').get('/health/').status_code)"
    )
    _lay_tables(tmp_path, environment)
    assert _python(environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}, "-c", code).strip() == "200"
    assert (timezone.now() - started).total_seconds() < PATIENCE
