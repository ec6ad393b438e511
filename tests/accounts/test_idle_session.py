"""Who is seen stays logged in; being seen is written once a minute; who is not seen is logged out."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast

IDLE = 30 * 60


@pytest.fixture
def client(client: Client, cast: Cast, settings: Any) -> Client:
    settings.SESSION_COOKIE_AGE = IDLE
    client.force_login(cast.liaison)
    return client


def _writes(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get("/desk/inbox/")
    return sum(query["sql"].startswith('UPDATE "django_session"') for query in captured)


def test_two_clicks_in_a_minute_write_once(client: Client) -> None:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False) as clock:
        assert (_writes(client), _writes(client)) == (1, 0)
        clock.shift(60)
        assert _writes(client) == 1


def test_who_keeps_clicking_stays_for_longer_than_one_idle_time(client: Client) -> None:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False) as clock:
        for _ in range(4):
            client.get("/desk/inbox/")
            clock.shift(IDLE - 120)
        assert client.get("/desk/inbox/").status_code == 200


def test_who_goes_away_is_asked_to_log_in(client: Client) -> None:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False) as clock:
        client.get("/desk/inbox/")
        clock.shift(IDLE + 60)
        response = client.get("/desk/inbox/")
        assert response.status_code == 302
        assert response.url.startswith("/login/")


def test_a_screen_that_keeps_reloading_is_logged_out_after_twelve_hours(client: Client) -> None:
    with time_machine.travel("2026-11-24 07:00 +0800", tick=False) as clock:
        for _ in range(12 * 12):
            assert client.get("/desk/inbox/").status_code == 200
            clock.shift(5 * 60)
        assert client.get("/desk/inbox/").url == "/login/?next=/desk/inbox/"
        assert client.get("/desk/inbox/").status_code == 302
