"""登记一条 without network: words survive a reload, are sent once, and nothing personal stays on the phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from appointments.models import Visit
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.browser.conftest import PHONE, Open
from tests.cast import build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFLINE = "没有网络。内容已暂存在这台手机上，联网后请点“提交”。"
DRAFTS = "Object.keys(localStorage).filter(name => name.startsWith('draft:'))"
PAGE = "/desk/visits/new/"
TWO_PRESSES = """button => {
    const goes = [];
    addEventListener("submit", event => { goes.push(!event.defaultPrevented); event.preventDefault(); });
    button.click(); button.click();
    return goes;
}"""
"""Which of two presses would have been sent; nothing is."""


@pytest.fixture
def page(open_as: Open, transactional_db: None) -> Page:
    cast = build_cast()
    duty = AppointmentFactory(studio=cast.studio, held_on=timezone.localdate())
    AttendanceFactory(appointment=duty, representative=cast.representative)
    page = open_as(cast.liaison, size=PHONE)
    page.goto(PAGE)
    return page


def _write(page: Page) -> None:
    page.get_by_label("反映事项（必填）").fill("路灯不亮")
    page.get_by_label("答复情况（选填）").fill("已报修")
    page.get_by_label("联系电话").fill("19900001234")
    page.get_by_text("更多：姓名").click()
    page.get_by_label("姓名").fill("来访人甲")


def test_words_survive_and_are_sent_exactly_once(page: Page) -> None:
    page.get_by_label("本机暂存").check()
    key = page.locator("[name=submission_key]").input_value()
    page.context.set_offline(True)
    _write(page)
    page.get_by_role("button", name="已当场答复,保存").click()
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    assert page.url.endswith(PAGE)
    kept = page.evaluate(f"JSON.stringify({DRAFTS}.map(name => localStorage.getItem(name)))")
    assert "路灯不亮" in kept
    for secret in ("19900001234", "来访人甲", "csrfmiddlewaretoken"):
        assert secret not in kept
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("反映事项（必填）")).to_have_value("路灯不亮")
    expect(page.get_by_label("联系电话")).to_have_value("")
    expect(page.get_by_text("姓名、电话、住址和照片没有暂存")).to_be_visible()
    assert page.locator("[name=submission_key]").input_value() == key
    page.get_by_role("button", name="已当场答复,保存").dblclick()
    expect(page.get_by_text("已登记，当场答复")).to_be_visible()
    assert page.evaluate(DRAFTS) == []
    assert Visit.objects.count() == 1


def test_a_second_press_of_the_button_sends_nothing(page: Page) -> None:
    _write(page)
    assert page.get_by_role("button", name="已当场答复,保存").evaluate(TWO_PRESSES) == [True, False]


def test_an_answer_lost_on_the_way_is_not_a_second_visit(page: Page) -> None:
    page.get_by_label("本机暂存").check()
    _write(page)
    page.route(f"**{PAGE}", lambda route: (route.fetch(max_redirects=0), route.abort()))
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="已当场答复,保存").click()
    assert Visit.objects.count() == 1
    page.unroute(f"**{PAGE}")
    page.goto(PAGE)
    page.get_by_role("button", name="已当场答复,保存").click()
    expect(page.get_by_text("没有重复登记")).to_be_visible()
    assert page.evaluate(DRAFTS) == []
    assert Visit.objects.count() == 1


def test_nothing_is_kept_unasked_and_nothing_after_logout(page: Page) -> None:
    _write(page)
    assert page.evaluate(DRAFTS) == []
    page.get_by_label("本机暂存").check()
    assert len(page.evaluate(DRAFTS)) == 1
    page.locator("details.menu > summary").first.click()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/login/**")
    assert page.evaluate(DRAFTS) == []
