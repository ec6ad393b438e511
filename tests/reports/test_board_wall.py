"""The wall display: says when it was drawn, leads nowhere, and is no way round the login."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.cast import Cast
from tests.reports.boards import answered_world

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:12 +0800", tick=False):
        yield


def test_it_says_when_it_was_drawn_and_looks_for_news_by_itself(cast: Cast, login: Login) -> None:
    answered_world(cast)
    page = login(cast.leader).get("/board/wall/?period=quarter").content.decode()
    assert '更新于 <time datetime="2026-11-24T09:12:00+08:00">09:12</time>' in page
    assert '<noscript><meta http-equiv="refresh" content="300"></noscript>' in page
    assert "js/wall.js" in page
    assert "<nav" not in page
    assert "2026年10月1日至2026年11月24日" in page


def test_it_counts_what_the_board_counts(cast: Cast, login: Login) -> None:
    answered_world(cast)
    client = login(cast.town_office)
    board, wall = (client.get(address).context["board"] for address in ("/board/", "/board/wall/"))
    assert board.numbers == wall.numbers
    assert [item.key for item in wall.figures] == ["months", "places"]


def test_without_a_login_it_shows_the_login_and_nothing_else(client: Client, cast: Cast) -> None:
    response = client.get("/board/wall/?period=month")
    assert (response.status_code, response.url) == (302, "/login/?next=/board/wall/%3Fperiod%3Dmonth")


def test_the_policy_allows_no_inline_code(cast: Cast, login: Login) -> None:
    answered_world(cast)
    response = login(cast.leader).get("/board/wall/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    page = response.content.decode()
    assert page.count("<script src=") + page.count('type="application/json"') == page.count("<script")
    assert " style=" not in page
