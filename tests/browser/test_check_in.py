"""Checking in on a phone: by the code of the session, and one tap of the liaison on the desk."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appointments.checkin import code_of
from appointments.enums import AttendanceStatus
from appointments.models import Attendance
from tests.appointments.attending import colleague, seat_of
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import fits
from tests.browser.meter import Meter
from tests.cast import Cast, build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _running_now(cast: Cast) -> Attendance:
    """A duty that has begun (the server's clock cannot be frozen), with a colleague beside the representative."""
    now = timezone.localtime()
    ends = min(now + timedelta(hours=2), datetime.combine(now, datetime.max.time(), now.tzinfo))
    seat = seat_of(
        cast,
        appointment__held_on=now.date(),
        appointment__starts_at=now.replace(hour=0, minute=0, second=0, microsecond=0).time(),
        appointment__ends_at=ends.time(),
    )
    seat_of(cast, colleague(cast), appointment=seat.appointment)
    return seat


@pytest.mark.parametrize("javascript", [True, False])
def test_the_representative_scans_and_checks_in_with_one_tap(
    open_as: Open, transactional_db: None, *, javascript: bool
) -> None:
    cast = build_cast()
    seat = _running_now(cast)
    page = open_as(cast.representative_user, size=PHONE, javascript=javascript)
    page.goto(f"/me/checkin/{code_of(seat.appointment)}/")
    expect(page.get_by_text(str(cast.studio))).to_be_visible()
    box = page.get_by_role("button", name="签到").bounding_box()
    assert box is not None and box["height"] >= 60
    meter = Meter(page)
    meter.tap("签到")
    assert meter.clicks == 1
    expect(page.get_by_text("签到成功。")).to_be_visible()
    expect(page.get_by_role("button", name="签到")).to_have_count(0)
    seat.refresh_from_db()
    assert seat.status == AttendanceStatus.PRESENT
    page.reload()
    expect(page.get_by_text("您已在")).to_be_visible()
    assert seat.entries.count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_the_liaison_taps_once_on_the_desk(open_as: Open, transactional_db: None, *, javascript: bool) -> None:
    cast = build_cast()
    seat = _running_now(cast)
    page = open_as(cast.liaison, size=PHONE, javascript=javascript)
    page.goto("/desk/")
    box = page.get_by_role("button", name="代表甲到岗").bounding_box()
    assert box is not None and box["height"] >= 60
    meter = Meter(page)
    meter.tap("代表甲到岗")
    expect(page.get_by_text("代表甲已登记到岗。")).to_be_visible()
    expect(page.get_by_role("button", name="代表乙到岗")).to_be_visible()
    assert fits(page)
    seat.refresh_from_db()
    assert seat.status == AttendanceStatus.PRESENT
    page.get_by_role("link", name="签到码").first.click()
    expect(page.get_by_alt_text("签到二维码")).to_be_visible()
