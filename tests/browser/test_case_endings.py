"""并案, 重办, 裁定 and 兑现 as people do them, on a phone, on a desk, and without JavaScript."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from suggestions.enums import State
from suggestions.models import ReplyTemplate, Suggestion
from tests.browser.conftest import PHONE, Open
from tests.browser.meter import Meter
from tests.cast import Cast, build_cast
from tests.suggestions import paths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(transactional_db: None) -> Cast:
    return build_cast()


def _see(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_merge_is_searched_chosen_and_rated(town: Cast, open_as: Open, javascript: bool) -> None:
    parent, child = paths.case_in(State.HANDLING, town), paths.case_in(State.ACCEPTED, town)
    Suggestion.objects.filter(pk=parent.pk).update(title="桥栏松动", category="WATER")
    page = open_as(town.town_office, javascript=javascript)
    page.goto(child.get_absolute_url())
    meter = Meter(page)
    meter.tap("并案", "link")
    _see(page, "没有找到")
    page.get_by_role("searchbox").fill("桥栏")
    meter.tap("查找")
    page.get_by_label("桥栏松动").check()
    meter.tap("并案")
    _see(page, "已并入另一件一并办理")
    paths.reply(parent, town)
    paths.forward(parent, town)
    liaison = open_as(town.liaison, size=PHONE, javascript=javascript)
    liaison.goto(child.get_absolute_url())
    _see(liaison, paths.REPLY.text)
    Meter(liaison).tap("提交评价", "link")
    for name in ("attitude", "outcome"):
        liaison.locator(f"input[name={name}][value=SATISFIED]").check()
    Meter(liaison).tap("提交评价")
    _see(liaison, "群众评价：态度满意，结果满意")


def test_redone_and_still_not_settled_it_is_ruled(town: Cast, open_as: Open) -> None:
    case = paths.case_in(State.AWAIT_EVALUATION, town)
    paths.rate(case, town, paths.DISCONTENT)
    page = open_as(town.county_office)
    page.goto(case.get_absolute_url())
    meter = Meter(page)
    meter.tap("要求重办", "link")
    meter.fill("重办要求", "请上门核实后重办")
    meter.tap("要求重办")
    _see(page, "重办·办理中")
    expect(page.get_by_role("heading", name="二次办理")).to_have_count(1)
    paths.reply(case, town)
    paths.forward(case, town)
    paths.rate(case, town, paths.DISCONTENT)
    page.goto(f"{case.get_absolute_url()}redo/")
    _see(page, "请裁定")
    page.get_by_role("main").get_by_role("link", name="裁定").click()
    page.get_by_label("解释说明：").check()
    meter.fill("裁定内容", "县道大修列入明年计划，已上门说明")
    meter.tap("裁定")
    _see(page, "已裁定：解释说明")
    case.refresh_from_db()
    assert (case.state, case.ruling) == (State.CLOSED, "EXPLAINED")


def test_a_promise_is_kept_on_a_phone(town: Cast, open_as: Open) -> None:
    case = paths.closed_with_promise(town)
    page = open_as(town.unit_handler, size=PHONE)
    page.goto("/desk/suggestions/?view=promised")
    page.get_by_role("link", name=case.title).click()
    meter = Meter(page)
    meter.tap("兑现承诺", "link")
    meter.fill("办成了什么", "路灯已全部装好")
    meter.fill("签发人", "签发人甲")
    meter.tap("兑现承诺")
    _see(page, "兑现后再次答复")
    case.refresh_from_db()
    assert case.fulfilled_on == timezone.localdate()


def test_a_template_goes_into_the_answer(town: Cast, open_as: Open) -> None:
    ReplyTemplate.objects.create(county=town.county, category="ROADS", name="已修复", text="“{标题}”已修复。")
    case = paths.case_in(State.HANDLING, town)
    page = open_as(town.unit_handler, size=PHONE)
    page.goto(f"{case.get_absolute_url()}reply/")
    page.get_by_text("从答复模板开始（1 个）").click()
    page.get_by_role("button", name="用这个模板").click()
    expect(page.get_by_label("答复内容")).to_have_value(f"“{case.title}”已修复。")
    plain = open_as(town.unit_handler, javascript=False)
    plain.goto(f"{case.get_absolute_url()}reply/")
    plain.get_by_text("从答复模板开始（1 个）").click()
    _see(plain, f"“{case.title}”已修复。")
    expect(plain.get_by_role("button", name="用这个模板")).to_have_count(0)


def test_a_note_is_written_and_stays_with_the_office(town: Cast, open_as: Open) -> None:
    case = paths.case_in(State.HANDLING, town)
    page = open_as(town.county_office)
    page.goto(case.get_absolute_url())
    page.get_by_label("写一条备注").fill("此件涉及老矛盾")
    page.get_by_role("button", name="记下备注").click()
    _see(page, "此件涉及老矛盾")
    other = open_as(town.unit_handler)
    other.goto(case.get_absolute_url())
    expect(other.get_by_text("此件涉及老矛盾")).to_have_count(0)
