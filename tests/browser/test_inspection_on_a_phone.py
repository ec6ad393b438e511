"""An inspection on a phone: a fail with a photo opens a 整改, a later pass closes it; and without network."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from studios.checklist import SOURCE_ITEMS
from studios.models import Inspection, Rectification
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import fits
from tests.browser.meter import Meter
from tests.cast import build_cast
from tests.uploads.pictures import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAULT = "电话打不通，已报修"
OFFLINE = "没有网络。内容已暂存在这台手机上，联网后请点“提交”。"
DRAFTS = "Object.keys(localStorage).filter(name => name.startsWith('draft:'))"


def _item(page: Page, text: str) -> Locator:
    return page.get_by_role("group", name=text, exact=True)


def _judge(page: Page, **failed: str) -> None:
    for item in SOURCE_ITEMS:
        choices = _item(page, item.text)
        choices.get_by_label("不达标" if item.code in failed else "达标", exact=True).check()
        box = choices.locator(".judge-choice").first.bounding_box()
        assert box is not None and box["height"] >= 60
        if item.code in failed:
            _write(choices, failed[item.code])


def _write(item: Locator, words: str) -> None:
    """The fold opens by itself at a fail; without JavaScript one opens it."""
    note = item.get_by_label("说明")
    if not note.is_visible():
        item.get_by_text("写说明、传照片").click()
    note.fill(words)


@pytest.mark.parametrize("javascript", [True, False])
def test_fail_with_a_photo_then_pass(open_as: Open, transactional_db: None, *, javascript: bool) -> None:
    cast = build_cast()
    page = open_as(cast.liaison, size=PHONE, javascript=javascript)
    page.goto("/desk/inspections/")
    meter = Meter(page)
    meter.tap("开始检查", "link")
    meter.tap("曲塘镇第一村", "link")
    _judge(page, one_phone=FAULT)
    picture = {"name": "电话.jpg", "mimeType": "image/jpeg", "buffer": photo().read()}
    _item(page, "一部电话").locator("input[type=file]").set_input_files([picture, picture])  # type: ignore[list-item]
    assert fits(page)
    meter.tap("提交检查")
    expect(page.get_by_text("检查已登记。新开整改 1 项，到期前会提醒。")).to_be_visible()
    page.locator(".photos img").first.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.photos img').naturalWidth > 0")
    page.goto("/desk/rectifications/")
    expect(page.get_by_text(f"一部电话：{FAULT}")).to_be_visible()
    page.goto(f"/desk/studios/{cast.studio.pk}/inspect/")
    expect(page.get_by_text("整改中")).to_be_visible()
    _judge(page)
    meter.tap("提交检查")
    expect(page.get_by_text("此前的整改由这次检查销号")).to_be_visible()
    page.goto("/desk/rectifications/")
    expect(page.get_by_text("没有符合条件的整改")).to_be_visible()
    assert Rectification.objects.get().closed_on is not None
    assert Inspection.objects.count() == 2


def test_without_network_words_survive_and_are_submitted_once(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    page = open_as(cast.liaison, size=PHONE)
    address = f"/desk/studios/{cast.studio.pk}/inspect/"
    page.goto(address)
    page.get_by_label("本机暂存").check()
    page.context.set_offline(True)
    _judge(page, one_phone=FAULT)
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    page.get_by_role("button", name="提交检查").click()
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    assert page.url.endswith(address)
    page.context.set_offline(False)
    page.reload()
    expect(_item(page, "一部电话").get_by_label("说明")).to_have_value(FAULT)
    expect(_item(page, "一部电话").get_by_label("不达标", exact=True)).to_be_checked()
    kept = page.evaluate(f"JSON.stringify({DRAFTS}.map(name => localStorage.getItem(name)))")
    assert "csrfmiddlewaretoken" not in kept
    page.get_by_role("button", name="提交检查").dblclick()
    expect(page.get_by_text("检查已登记")).to_be_visible()
    assert page.evaluate(DRAFTS) == []
    assert Inspection.objects.count() == 1


def test_an_answer_lost_on_the_way_is_not_a_second_inspection(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    page = open_as(cast.liaison, size=PHONE)
    address = f"/desk/studios/{cast.studio.pk}/inspect/"
    page.goto(address)
    page.get_by_label("本机暂存").check()
    _judge(page, one_phone=FAULT)

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    page.route(f"**{address}", lose)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="提交检查").click()
    assert Inspection.objects.count() == 1
    page.unroute(f"**{address}")
    page.goto(address)
    page.get_by_role("button", name="提交检查").click()
    expect(page.get_by_text("没有重复登记")).to_be_visible()
    assert page.evaluate(DRAFTS) == []
    assert (Inspection.objects.count(), Rectification.objects.count()) == (1, 1)


def test_nothing_is_kept_unasked_nor_after_logout_nor_after_a_day(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    page = open_as(cast.liaison, size=PHONE)
    address = f"/desk/studios/{cast.studio.pk}/inspect/"
    page.goto(address)
    page.get_by_label("总体情况").fill("门口在修路")
    assert page.evaluate(DRAFTS) == []
    page.get_by_label("本机暂存").check()
    assert len(page.evaluate(DRAFTS)) == 1
    page.get_by_label("本机暂存").uncheck()
    assert page.evaluate(DRAFTS) == []
    page.get_by_label("本机暂存").check()
    name = page.evaluate(DRAFTS)[0]
    page.evaluate(
        "name => { const draft = JSON.parse(localStorage.getItem(name)); draft.at -= 24 * 3600 * 1000; localStorage.setItem(name, JSON.stringify(draft)); }",
        name,
    )
    page.goto(address)
    assert page.evaluate(DRAFTS) == []
    expect(page.get_by_label("总体情况")).to_have_value("")
    page.get_by_label("本机暂存").check()
    page.evaluate("localStorage.setItem('draft:inspection:broken', 'no json')")
    page.locator("summary", has_text="菜单").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_load_state()
    assert page.evaluate(DRAFTS) == []
