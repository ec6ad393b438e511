"""J3: twenty new cases assigned by bulk, by keyboard, and without JavaScript (pages.md §2)."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from suggestions import services
from suggestions.enums import Complexity, State
from suggestions.models import Suggestion
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import fits, violations
from tests.browser.meter import Meter
from tests.cast import Cast, build_cast
from tests.suggestions.triaging import INBOX, assigned_before, waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None) -> Cast:
    """Roads went to one unit before, water to another; fourteen and six cases of the kinds wait."""
    cast = build_cast()
    assigned_before(cast, cast.county_unit, 6, "ROADS")
    assigned_before(cast, cast.other_unit, 6, "WATER")
    waiting(cast, 14, category="ROADS")
    waiting(cast, 6, category="WATER")
    return cast


def _left(state: State = State.ESCALATED) -> int:
    return Suggestion.objects.filter(state=state).count()


def _open(open_as: Open, user: User, **how: object) -> Page:
    page = open_as(user, **how)
    page.goto(INBOX)
    return page


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.value"))


def _spy_on_focus(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))


def test_twenty_cases_in_bulk(county: Cast, open_as: Open) -> None:
    """Three clicks and no field: the units stand there already."""
    page = _open(open_as, county.county_office)
    meter = Meter(page)
    for place in range(2):
        page.get_by_label("全选本组").nth(place).check()
        meter.clicks += 1
    expect(page.locator("[data-ticked]")).to_have_text("20")
    meter.tap("交办已选的建议")
    assert (meter.clicks, meter.fields) == (3, 0)
    result = page.get_by_role("status").filter(has_text="已交办 20 件：交通局 14、住建局 6")
    expect(result).to_be_focused()
    assert (_left(), _left(State.ASSIGNED)) == (0, 32)
    meter.tap("撤销")
    expect(page.get_by_role("status").filter(has_text="已撤回 20 件")).to_be_visible()
    assert _left() == 20


def test_by_checkboxes_and_one_form_without_javascript(county: Cast, open_as: Open) -> None:
    page = _open(open_as, county.county_office, javascript=False)
    meter = Meter(page)
    for box in page.locator("input[name=case]").all():
        box.check()
        meter.clicks += 1
    meter.tap("交办已选的建议")
    assert meter.clicks <= 25
    expect(page.get_by_role("heading", name="已交办 20 件")).to_be_visible()
    assert _left() == 0


def test_by_keyboard(county: Cast, open_as: Open) -> None:
    """j, a, Enter to the suggested unit; j, a, two initials, Enter to another: at most six keys, focus always seen."""
    page = _open(open_as, county.county_office)
    for keys, unit in ((["j", "a", "Enter"], county.county_unit), (["j", "a", "z", "f", "Enter"], county.other_unit)):
        before = _left()
        for key in keys:
            page.keyboard.press(key)
            if key == "a":
                expect(page.locator("#pane select[data-spelled]")).to_be_focused()
            if key != "Enter":
                assert _spy_on_focus(page) == "solid"
        expect(page.get_by_role("heading", name="已交办 1 件")).to_be_visible()
        assert len(keys) <= 6
        assert _left() == before - 1
        assert Suggestion.objects.filter(assignments__batches__isnull=False).latest("assignments__id").unit == unit
    page.keyboard.press("z")
    assert _focused(page).startswith("撤销")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已撤回 1 件")).to_be_visible()


def test_keys_move_tick_and_lead_to_other_steps(county: Cast, open_as: Open) -> None:
    page = _open(open_as, county.county_office)
    titles = page.locator("[data-pane]").all_inner_texts()
    for key, place in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        assert _focused(page) == titles[place]
        expect(page.locator("#pane h2").first).to_have_text(titles[place])
    page.keyboard.press("x")
    expect(page.locator("[data-ticked]")).to_have_text("1")
    page.keyboard.press("a")
    assert _focused(page) == "交办已选的建议"
    page.keyboard.press("Shift+?")
    expect(page.get_by_text("下一件、上一件")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.get_by_role("status").filter(has_text="这件建议现在不能上报。")).to_be_visible()
    page.keyboard.press("b")
    page.wait_for_url("**/send_down/")


def test_keys_are_off_while_typing_and_while_switched_off(county: Cast, open_as: Open) -> None:
    page = _open(open_as, county.county_office)
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', isComposing: true, bubbles: true}))")
    page.get_by_text("筛选和排序").click()
    page.get_by_label("搜索编号").press_sequentially("jk")
    expect(page.get_by_label("搜索编号")).to_have_value("jk")
    assert page.locator(".is-current").count() == 0
    county.county_office.uses_shortcuts = False
    county.county_office.save()
    page.goto(INBOX)
    page.keyboard.press("j")
    assert page.locator(".is-current").count() == 0


def test_a_row_somebody_else_was_faster_with(county: Cast, open_as: Open) -> None:
    page = _open(open_as, county.county_office)
    fast = Suggestion.objects.filter(state=State.ESCALATED, category="WATER").latest("id")
    page.get_by_label("全选本组").nth(1).check()
    services.assign_suggestion(
        suggestion=fast, actor=county.county_office, version=None, unit=county.county_unit, complexity=Complexity.SIMPLE
    )
    with page.expect_response("**/assign/**") as answer:
        Meter(page).tap("交办已选的建议")
    assert answer.value.status == 409
    result = page.get_by_role("status").filter(has_text="党联办甲 刚刚已交办：交通局")
    expect(result).to_contain_text("已交办 5 件：住建局 5")
    expect(result).to_be_focused()


def test_on_a_phone_a_row_leads_to_the_case(county: Cast, open_as: Open) -> None:
    page = _open(open_as, county.county_office, size=PHONE)
    assert page.locator("#pane").is_hidden()
    page.locator("[data-pane]").first.click()
    page.wait_for_url("**/desk/suggestions/*/")
    page.goto(INBOX)
    page.locator("label.tick").first.click()
    Meter(page).tap("交办已选的建议")
    expect(page.get_by_role("heading", name="已交办 1 件")).to_be_visible()


def test_list_and_pane_fit_and_are_accessible(county: Cast, open_as: Open) -> None:
    page = open_as(county.county_office)
    for width in (1024, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        page.goto(INBOX)
        page.keyboard.press("j")
        expect(page.locator("#pane h2").first).to_be_visible()
        assert fits(page)
        assert violations(page) == []
