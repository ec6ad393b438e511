"""One case from visit to closed through all five desks, and its rating on the board (issue 2)."""

import pytest
from playwright.sync_api import Page, expect

from appointments.models import Visit
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.browser.conftest import PHONE, Open
from tests.browser.meter import Meter
from tests.cast import Cast, build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MATTER = "村口到学校的路坑洼积水，老人孩子出行不便，建议修补并加装路灯"


@pytest.fixture
def town(transactional_db: None) -> Cast:
    """The cast, with a duty of the liaison's studio today."""
    from django.utils import timezone

    cast = build_cast()
    duty = AppointmentFactory(studio=cast.studio, held_on=timezone.localdate())
    AttendanceFactory(appointment=duty, representative=cast.representative)
    return cast


def _case() -> Suggestion:
    return Suggestion.objects.get()


def _see(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


def _open_case(page: Page) -> Meter:
    page.goto(_case().get_absolute_url())
    return Meter(page)


def _record(page: Page) -> None:
    """J2: two clicks and three fields from the desk to a submitted suggestion, on a phone."""
    page.goto("/desk/")
    meter = Meter(page)
    meter.tap("登记一条", "link")
    meter.fill("反映事项", MATTER)
    meter.fill("联系电话", "19900001234")
    meter.choose("县级")
    meter.tap("转为建议")
    assert (meter.clicks, meter.fields) == (2, 3)
    assert Visit.objects.get().representative.name == "代表甲"
    assert MATTER in _case().content


def _triage(page: Page) -> None:
    page.goto("/desk/suggestions/?view=triage")
    page.get_by_role("link", name="村口到学校").first.click()
    meter = Meter(page)
    meter.tap("受理")
    _see(page, _case().number)
    meter.tap("上报党联办", "link")
    page.get_by_role("textbox").first.fill("县道归县级管理")
    meter.tap("上报党联办")


def _assign(page: Page) -> None:
    meter = _open_case(page)
    meter.tap("交办", "link")
    meter.select("承办单位", "交通运输局")
    meter.tap("交办")
    _see(page, "交通运输局")


def _handle(page: Page) -> None:
    """The first half of J4: two clicks from the desk to a case that is signed for."""
    page.goto("/desk/")
    meter = Meter(page)
    meter.tap("村口到学校", "link")
    meter.tap("签收")
    assert (meter.clicks, meter.fields) == (2, 0)
    for party in ("党代表", "群众"):
        page.goto(f"/desk/suggestions/{_case().pk}/record_contact/")
        meter.choose(party)
        meter.choose("通过代表")
        meter.tap("登记联系")
    page.goto(f"/desk/suggestions/{_case().pk}/consult/")
    meter.fill("拟采取的措施", "本周内修补坑洼，下月加装路灯")
    meter.tap("征询代表意见")


def _agree(page: Page) -> None:
    page.goto("/me/")
    page.get_by_role("link", name="村口到学校").first.click()
    meter = Meter(page)
    meter.choose("同意")
    meter.tap("答复征询")


def _reply(page: Page) -> None:
    page.goto(f"/desk/suggestions/{_case().pk}/reply/")
    meter = Meter(page)
    meter.fill("答复内容", "坑洼已修补，路灯列入下月计划。")
    meter.choose("A 已解决")
    meter.choose("采纳")
    meter.choose("全文公开")
    meter.fill("签发人", "签发人甲")
    meter.tap("提交答复")


def _forward(page: Page) -> None:
    """J5: the reply is read where it stands, and relayed by one click."""
    page.goto("/desk/replies/")
    _see(page, "坑洼已修补")
    meter = Meter(page)
    meter.tap("转交")
    assert (meter.clicks, meter.fields) == (1, 0)


def _rate(page: Page, address: str) -> None:
    page.goto(address)
    for name in ("attitude", "outcome"):
        page.locator(f"input[name={name}][value=SATISFIED]").check()
    Meter(page).tap("评价")


def _close(page: Page) -> None:
    _open_case(page).tap("办结")
    _see(page, "已办结")


def test_from_a_visit_to_the_rating_on_the_board(town: Cast, open_as: Open) -> None:
    _record(open_as(town.liaison, size=PHONE))
    _triage(open_as(town.town_office))
    _assign(open_as(town.county_office))
    _handle(open_as(town.unit_handler))
    _agree(open_as(town.representative_user, size=PHONE))
    _reply(open_as(town.unit_handler))
    _forward(open_as(town.county_office))
    _rate(open_as(town.representative_user, size=PHONE), f"/me/suggestions/{_case().pk}/")
    _rate(open_as(town.liaison, size=PHONE), f"/desk/suggestions/{_case().pk}/evaluate/")
    _close(open_as(town.county_office))
    assert _case().state == State.CLOSED
    board = open_as(town.leader)
    board.goto("/board/")
    _see(board, "100.00")
