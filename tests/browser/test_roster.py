"""J6: a quarter's roster from the list to the poster in six clicks and one field; the grid by keyboard; a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from appointments.models import Roster, RosterSeat
from appointments.quarters import coming
from studios.calendar import quarter_bounds
from tests.appointments.rosters import drafted
from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.looks import fits
from tests.browser.meter import Meter
from tests.cast import Cast, build_cast
from tests.representatives.factories import RepresentativeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast; five colleagues share the studio."""
    found = build_cast()
    for number in range(4):
        RepresentativeFactory(delegation=found.town, name=f"同事{number}", studios=[found.studio])
    return found


def _next_quarter() -> str:
    return coming(timezone.localdate())[1].label


@pytest.mark.parametrize("javascript", [True, False])
def test_a_quarter_in_six_clicks_and_one_field(cast: Cast, open_as: Open, *, javascript: bool) -> None:
    page = open_as(cast.town_office, size=DESKTOP, javascript=javascript)
    page.goto("/desk/roster/")
    meter = Meter(page)
    meter.tap(_next_quarter(), "link")
    meter.choose("跳过")
    meter.tap("自动排班")
    last = RosterSeat.objects.filter(roster__delegation=cast.town).order_by("held_on").last()
    assert last is not None
    assert last.representative is not None
    page.locator(f"#seat-{last.pk}").click()
    meter.clicks += 1
    page.wait_for_load_state()
    page.locator("button[name=representative]:enabled").first.click()
    meter.clicks += 1
    page.wait_for_load_state()
    meter.tap("检查并预览", "link")
    meter.tap("发布值班表")
    assert (meter.clicks, meter.fields) == (6, 1)
    roster = Roster.objects.get()
    assert (roster.status, roster.delegation) == ("PUBLISHED", cast.town)
    assert roster.seats.get(pk=last.pk).representative != last.representative
    assert roster.first_on == quarter_bounds(timezone.localdate())[1] + timedelta(days=1)
    meter.tap("打印门口公示", "link")
    names = page.eval_on_selector_all(
        ".poster-name", "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(names) * 72 / 96 >= 36
    inside = (
        "all => all.every(one => one.scrollHeight <= one.clientHeight + 1 && one.scrollWidth <= one.clientWidth + 1)"
    )
    assert page.eval_on_selector_all(".poster", inside)


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_the_grid_by_keyboard(cast: Cast, open_as: Open) -> None:
    found = drafted(cast)
    page = open_as(cast.town_office)
    page.goto(found.roster.get_absolute_url())
    first, second, third = (f"seat-{seat.pk}" for seat in found.seats)
    page.locator(f"#{first}").focus()
    assert page.locator("a.roster-seat[tabindex='0']").count() == 1
    for key, place in (
        ("ArrowRight", second),
        ("End", third),
        ("ArrowRight", third),
        ("ArrowUp", third),
        ("Home", first),
    ):
        page.keyboard.press(key)
        assert _focused(page) == place, key
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: 'ArrowRight', isComposing: true, bubbles: true, cancelable: true}))"
    )
    assert _focused(page) == first
    page.keyboard.press("Delete")
    expect(page.get_by_text("席位已空出")).to_be_visible()
    assert _focused(page) == first
    assert RosterSeat.objects.get(pk=found.seats[0].pk).representative is None
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="选择由谁值班")).to_be_visible()


def test_a_phone_reads_a_list_by_date(cast: Cast, open_as: Open) -> None:
    found = drafted(cast, gap=True)
    page = open_as(cast.town_office, size=PHONE)
    page.goto(found.roster.get_absolute_url())
    expect(page.locator(".roster-scroll")).to_be_hidden()
    expect(page.get_by_role("heading", name="1月9日")).to_be_visible()
    assert fits(page)
    page.locator(".roster-days").get_by_role("link", name="空缺").click()
    page.get_by_role("button", name="安排代表甲").click()
    page.wait_for_load_state()
    assert found.roster.seats.filter(representative=None).count() == 0
