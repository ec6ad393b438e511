"""J7: confirming a duty is one click, asking for a swap three at most and one field, on a phone with a slow network."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from appointments.models import Attendance, Swap
from tests.appointments.duties import colleague, duty
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import fits
from tests.browser.meter import Meter
from tests.cast import build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
PATIENCE_MS = 2000


def _slow(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)


def _day() -> date:
    return timezone.localdate() + timedelta(days=10)


@pytest.mark.parametrize("javascript", [True, False])
def test_confirm_then_ask_for_a_swap(open_as: Open, transactional_db: None, *, javascript: bool) -> None:
    cast = build_cast()
    other = colleague(cast)
    seat = duty(cast.representative, cast.studio, _day())
    page = open_as(cast.representative_user, size=PHONE, javascript=javascript)
    _slow(page)
    page.goto("/me/")
    confirm = Meter(page)
    confirm.tap("确认值班")
    expect(page.get_by_text("已确认，请按时到岗。")).to_be_visible()
    assert (confirm.clicks, confirm.fields) == (1, 0)
    assert Attendance.objects.get(pk=seat.pk).confirmed_at is not None
    page.goto("/me/")
    swap = Meter(page)
    swap.tap("请求换班", "link")
    assert fits(page)
    page.get_by_role("radio", name="代表乙").first.check()
    swap.fields += 1
    swap.tap("发送换班请求")
    expect(page.get_by_text("已发出换班请求。")).to_be_visible()
    assert swap.clicks + swap.fields <= 3
    assert swap.fields <= 1
    assert Swap.objects.get().asked == other
    waited = page.evaluate("performance.getEntriesByType('navigation')[0].duration")
    assert waited <= PATIENCE_MS


@pytest.mark.parametrize("javascript", [True, False])
def test_the_colleague_answers_with_one_tap(open_as: Open, transactional_db: None, *, javascript: bool) -> None:
    cast = build_cast()
    owner = colleague(cast)
    seat = duty(owner, cast.studio, _day())
    Swap.objects.create(
        seat=seat, asked=cast.representative, reason="外出", requested_by=cast.liaison, requested_at=timezone.now()
    )
    page = open_as(cast.representative_user, size=PHONE, javascript=javascript)
    page.goto("/me/swaps/")
    meter = Meter(page)
    meter.tap("我来接替")
    expect(page.get_by_text("已答应接替，等代表队批准。")).to_be_visible()
    assert meter.clicks == 1
    assert Swap.objects.get().taker == cast.representative
