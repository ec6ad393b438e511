"""J1: a visit answered on the spot costs two clicks and two fields, with and without JavaScript."""

import pytest
from django.utils import timezone

from appointments.enums import VisitOutcome
from appointments.models import Visit
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.browser.conftest import PHONE, Open
from tests.browser.meter import Meter
from tests.cast import build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_two_clicks_two_fields(open_as: Open, transactional_db: None, *, javascript: bool) -> None:
    cast = build_cast()
    duty = AppointmentFactory(studio=cast.studio, held_on=timezone.localdate())
    AttendanceFactory(appointment=duty, representative=cast.representative)
    page = open_as(cast.liaison, size=PHONE, javascript=javascript)
    page.goto("/desk/")
    meter = Meter(page)
    meter.tap("登记一条", "link")
    meter.fill("反映事项", "路灯不亮")
    meter.fill("答复情况", "已联系电工，今晚修好")
    meter.tap("已当场答复,保存")
    assert (meter.clicks, meter.fields) == (2, 2)
    visit = Visit.objects.get()
    assert visit.outcome == VisitOutcome.ANSWERED_ON_SITE
    assert visit.representative == cast.representative
    assert visit.appointment == duty
