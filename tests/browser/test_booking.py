"""A named representative: booked by the liaison, accepted on a phone, met, kept. And a collective day on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appointments.enums import AppointmentStatus, BookingState
from appointments.models import Appointment, Booking
from appointments.quarters import Quarter
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.appointments.gatherings import gather
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import fits
from tests.browser.meter import Meter
from tests.cast import build_cast
from tests.representatives.factories import RepresentativeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_booked_accepted_met_and_kept(open_as: Open, transactional_db: None, *, javascript: bool) -> None:
    cast = build_cast()
    day = timezone.localdate() + timedelta(days=4)
    duty = AppointmentFactory(studio=cast.studio, held_on=day)
    AttendanceFactory(appointment=duty, representative=cast.representative)
    page = open_as(cast.liaison, javascript=javascript)
    page.goto("/desk/bookings/")
    meter = Meter(page)
    meter.tap("登记约见", "link")
    meter.tap("代表甲", "link")
    meter.fill("来访人姓名", "来访人甲")
    meter.fill("联系电话", "19900001234")
    meter.tap("登记约见")
    assert (meter.clicks, meter.fields) == (3, 2)  # the first free half hour is chosen already
    expect(page.get_by_text("已登记，等代表甲确认。")).to_be_visible()

    phone = open_as(cast.representative_user, size=PHONE, javascript=javascript)
    phone.goto("/me/")
    phone.get_by_role("link", name="约见待确认").click()
    expect(phone.get_by_text("199****1234")).to_be_visible()
    phone.locator("a.row-title").click()
    assert fits(phone)
    phone.get_by_role("button", name="确认约见").click()
    expect(phone.get_by_role("link", name="19900001234")).to_be_visible()

    booking = Booking.objects.get()
    assert booking.state == BookingState.ACCEPTED
    today = timezone.localdate()
    Booking.objects.update(wanted_on=today)
    Appointment.objects.filter(booking=booking).update(held_on=today)
    page.goto(booking.get_absolute_url())
    page.get_by_role("link", name="已见面，登记接访").click()
    page.get_by_role("textbox", name="反映事项").fill("村口道路积水")
    page.get_by_role("textbox", name="答复情况").fill("已联系施工队，周内清理")
    page.get_by_role("button", name="已当场答复,保存").click()
    expect(page.get_by_text("已登记，当场答复。")).to_be_visible()
    booking.refresh_from_db()
    assert booking.state == BookingState.KEPT
    assert booking.visit is not None
    assert (booking.visit.visitor_name, booking.visit.appointment) == ("来访人甲", booking.appointment)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_collective_day_is_entered_on_a_phone(open_as: Open, transactional_db: None, *, javascript: bool) -> None:
    cast = build_cast()
    RepresentativeFactory(delegation=cast.town, name="代表乙")
    quarter = Quarter.of(timezone.localdate()).previous()
    meeting = gather(cast, quarter)
    page = open_as(cast.town_office, size=PHONE, javascript=javascript)
    page.goto(f"/desk/collective/?q={quarter.key}")
    page.get_by_role("link", name="曲塘镇").click()
    assert fits(page)
    first, second = (page.get_by_role("group", name=name, exact=True) for name in ("代表甲", "代表乙"))
    first.get_by_label("到岗", exact=True).check()
    first.get_by_label("约见人数").fill("12")
    second.get_by_label("请假", exact=True).check()
    second.get_by_label("约见人数").fill("3")
    page.get_by_role("button", name="保存到岗情况").click()
    expect(page.get_by_role("link", name="代表乙：代表乙没有到岗，不能填约见人数")).to_be_visible()
    second.get_by_label("约见人数").fill("")
    page.get_by_role("button", name="保存到岗情况").click()
    expect(page.get_by_text("应到 2 人，到岗 1 人，约见 12 人次")).to_be_visible()
    meeting.refresh_from_db()
    assert (meeting.status, meeting.headcount) == (AppointmentStatus.HELD, 12)
