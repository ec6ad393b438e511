"""J1 and J2 on a slow phone, with and without JavaScript: their clicks and fields, targets, phrases, the session."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from appointments.enums import VisitOutcome
from appointments.models import Appointment, Visit
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import fits
from tests.browser.meter import Meter
from tests.cast import Cast, build_cast
from tests.uploads.pictures import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SANE_SECONDS = 30
SMALL_TARGETS = """() => [...document.querySelectorAll("form[data-visit] :is(a, button, input, select, textarea, summary)")]
  .filter(one => one.getClientRects().length && one.type !== "hidden")
  .map(one => ({ box: (one.closest("label.choice") || one).getBoundingClientRect(), words: one.textContent || one.name }))
  .filter(one => one.box.height < 43.5 || one.box.width < 43.5)
  .map(one => one.words + " " + one.box.width + "×" + one.box.height)"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


@pytest.fixture
def duty(cast: Cast) -> Appointment:
    duty = AppointmentFactory(studio=cast.studio, held_on=timezone.localdate())
    AttendanceFactory(appointment=duty, representative=cast.representative)
    return duty


def _phone(open_as: Open, cast: Cast, *, javascript: bool) -> tuple[Page, Meter]:
    page = open_as(cast.liaison, size=PHONE, javascript=javascript)
    meter = Meter(page)
    meter.slow_down()
    page.goto("/desk/")
    return page, meter


@pytest.mark.parametrize("javascript", [True, False])
def test_j1_two_clicks_two_fields(open_as: Open, cast: Cast, duty: Appointment, *, javascript: bool) -> None:
    _page, meter = _phone(open_as, cast, javascript=javascript)
    meter.tap("登记一条", "link")
    meter.fill("反映事项", "路灯不亮")
    meter.fill("答复情况", "已联系电工，今晚修好")
    meter.tap("已当场答复,保存")
    meter.report(f"J1{'' if javascript else ' 无脚本'}")
    assert (meter.clicks, meter.fields) == (2, 2)
    assert meter.waits < SANE_SECONDS
    visit = Visit.objects.get()
    assert (visit.outcome, visit.category) == (VisitOutcome.ANSWERED_ON_SITE, "ROADS")
    assert (visit.representative, visit.appointment) == (cast.representative, duty)


@pytest.mark.parametrize("javascript", [True, False])
def test_j2_two_clicks_three_fields_and_a_receipt(
    open_as: Open, cast: Cast, duty: Appointment, *, javascript: bool
) -> None:
    page, meter = _phone(open_as, cast, javascript=javascript)
    meter.tap("登记一条", "link")
    meter.fill("反映事项", "村口路面坑洼，建议修补")
    meter.fill("联系电话", "19900001234")
    meter.choose("县级")
    meter.tap("转为建议")
    meter.report(f"J2{'' if javascript else ' 无脚本'}")
    assert (meter.clicks, meter.fields) == (2, 3)
    assert meter.waits < SANE_SECONDS
    expect(page.get_by_text("受理后发编号").first).to_be_visible()
    case = Suggestion.objects.get()
    assert (case.state, case.visit) == (State.SUBMITTED, Visit.objects.get())


def test_targets_are_large_and_nothing_sticks_out(open_as: Open, cast: Cast, duty: Appointment) -> None:
    page = open_as(cast.liaison, size=PHONE)
    page.goto("/desk/visits/new/")
    page.get_by_text("更多：姓名").click()
    assert page.evaluate(SMALL_TARGETS) == []
    assert fits(page)


def test_phrases_are_inserted_where_the_cursor_stands_and_follow_the_words(
    open_as: Open, cast: Cast, duty: Appointment
) -> None:
    page = open_as(cast.liaison, size=PHONE)
    page.goto("/desk/visits/new/")
    matter, phrases = page.get_by_label("反映事项（必填）"), page.get_by_role("group", name="反映事项常用语")
    matter.fill("村口希望早点修")
    matter.evaluate("field => field.setSelectionRange(2, 2)")
    phrases.get_by_role("button", name="路面坑洼，下雨积水").click()
    expect(matter).to_have_value("村口，路面坑洼，下雨积水希望早点修")
    expect(page.get_by_text("自动：道路交通")).to_be_visible()
    assert phrases.get_by_role("button").nth(1).text_content() == "路灯不亮，晚上出行不便"
    page.get_by_text("更多：姓名").click()
    page.get_by_label("类别").select_option(label="党的建设")
    matter.fill("医保报销")
    expect(page.get_by_text("（党的建设）")).to_be_visible()
    page.get_by_role("group", name="答复情况常用语").get_by_role("button").first.click()
    page.get_by_text("其他处理").click()
    page.get_by_role("button", name="当场解决,保存").click()
    expect(page.get_by_text("已登记，当场解决")).to_be_visible()
    assert Visit.objects.get().category == "PARTY"


def test_without_javascript_phrases_are_a_list(open_as: Open, cast: Cast, duty: Appointment) -> None:
    page = open_as(cast.liaison, size=PHONE, javascript=False)
    page.goto("/desk/visits/new/")
    page.get_by_text("反映事项常用语").click()
    expect(page.get_by_text("路面坑洼，下雨积水")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_next_person_of_the_same_session(open_as: Open, cast: Cast, duty: Appointment, *, javascript: bool) -> None:
    page = open_as(cast.liaison, size=PHONE, javascript=javascript)
    page.goto("/desk/visits/new/")
    meter = Meter(page)
    for number in range(2):
        page.get_by_label("反映事项（必填）").fill(f"第{number}件事")
        page.get_by_label("答复情况（选填）").fill("已答复")
        picture = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo().read()}
        if not page.get_by_label("照片").is_visible():
            page.get_by_text("更多：姓名").click()
        page.get_by_label("照片").set_input_files([picture])  # type: ignore[list-item]
        meter.tap("保存并再登记")
        expect(page.get_by_text(f"第{number}件事")).to_be_visible()
    assert Visit.objects.filter(appointment=duty, photos__isnull=False).count() == 2
