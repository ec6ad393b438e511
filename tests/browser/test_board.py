"""The board in a real browser: charts under the strict policy, ← and →, tables without scripts, the end of a login."""

from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.sessions.models import Session

from tests.browser.conftest import Open
from tests.cast import build_cast
from tests.reports.boards import answered_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:12 +0800"):
        yield


def test_charts_are_drawn_and_arrows_step(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    answered_world(cast)
    page = open_as(cast.leader)
    page.goto("/board/?period=year&on=2026-05-05")
    assert page.locator("[data-chart] svg").count() == 7
    assert page.locator("[data-chart] text").first.text_content()
    page.locator(".chart--lines").hover()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/board/?period=year&on=2025-12-31")
    assert page.locator("[data-chart]").count() < 7
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/board/?period=year*")
    plain = open_as(cast.leader, javascript=False)
    plain.goto("/board/?period=year&on=2026-05-05")
    assert plain.locator("figure table").count() == 7
    assert plain.locator("[data-copy]").is_hidden()


def test_a_wall_whose_login_ended_shows_the_login(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    page = open_as(cast.leader)
    page.clock.install()
    page.goto("/board/wall/")
    page.route("**/board/wall/", lambda route: route.abort())
    page.clock.run_for(5 * 60 * 1000)
    page.locator("[data-wall-stale]").wait_for(state="visible")
    page.unroute("**/board/wall/")
    Session.objects.all().delete()
    page.clock.run_for(31 * 1000)
    page.wait_for_url("**/login/?next=/board/wall/")
