"""主题约见 from the event over the questionnaire, answered on a phone, to the tally, the finding and the case."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from appointments.models import Appointment, Questionnaire, Response
from suggestions.models import Suggestion
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import fits
from tests.browser.meter import Meter
from tests.cast import Cast, build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _plan(page: Page) -> Meter:
    meter = Meter(page)
    page.goto("/desk/topics/")
    meter.tap("新建活动", "link")
    meter.fill("活动主题", "乡村道路安全")
    page.get_by_label("日期").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    meter.fill("地点", "第一村会议室")
    meter.fill("查找党代表", "dbj")
    meter.tap("查找")
    page.get_by_label("代表甲").check()
    meter.tap("新建活动")
    expect(page.get_by_text("0 到岗 / 1 受邀")).to_be_visible()
    return meter


def _question(meter: Meter, kind: str, text: str, choices: str, button: str) -> None:
    meter.page.get_by_label(kind, exact=True).check()
    meter.fill("题目", text)
    meter.fill("选项", choices)
    meter.tap(button)


def _build(meter: Meter) -> None:
    meter.tap("新建问卷", "link")
    meter.fill("问卷标题", "出行问卷")
    meter.tap("保存")
    meter.tap("添加题目", "link")
    _question(meter, "单选", "村里的路好走吗", "好走\n不好走", "保存并再加一题")
    _question(meter, "多选", "最想先办什么", "修路\n装灯\n清河", "保存题目")
    meter.tap("第 2 题上移")
    meter.tap("发布问卷")
    expect(meter.page.get_by_text("问卷已发布，可以扫码填写。")).to_be_visible()


def _answer(open_as: Open, cast: Cast, *, javascript: bool) -> None:
    phone = open_as(cast.nobody, size=PHONE, javascript=javascript)
    phone.context.clear_cookies()
    phone.goto(f"/q/{Questionnaire.objects.get().token}/")
    for label in ("装灯", "不好走"):
        phone.get_by_label(label, exact=True).check()
    for box in phone.locator(".choice").all():
        size = box.bounding_box()
        assert size is not None and size["height"] >= 60
    assert fits(phone)
    phone.get_by_role("button", name="提交答卷").click()
    expect(phone.get_by_text("您的答卷已收到，谢谢您")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_event_to_the_case(open_as: Open, transactional_db: None, *, javascript: bool) -> None:
    cast = build_cast()
    page = open_as(cast.town_office, javascript=javascript)
    meter = _plan(page)
    _build(meter)
    _answer(open_as, cast, javascript=javascript)
    assert Response.objects.count() == 1
    page.reload()
    expect(page.get_by_role("row", name="装灯 1 人 100.00%")).to_be_visible()
    page = open_as(cast.liaison, size=PHONE, javascript=javascript)
    page.goto(f"/desk/topics/{Appointment.objects.get().pk}/")
    meter = Meter(page)
    meter.tap("登记调研建议", "link")
    meter.fill("建议", "主干道加装路灯")
    meter.fill("内容", "三个路口没有路灯，建议加装。")
    meter.tap("保存")
    meter.tap("把第 1 条转为建议", "link")
    meter.tap("转为建议")
    expect(page.get_by_text("已转为建议并提交给曲塘镇代表队，受理后发编号。")).to_be_visible()
    assert Suggestion.objects.get().finding.title == "主干道加装路灯"  # type: ignore[union-attr]
