"""Keys of every staff page: where they lead, the search, the help, and when they are off (pages.md §1)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.cast import Cast, build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _one_after_the_other(page: Page, keys: str) -> None:
    """Within the second and a half that keys.js waits for the next, however busy this machine is."""
    said = "new KeyboardEvent('keydown', {key: key, bubbles: true})"
    page.evaluate(f"keys => [...keys].forEach(key => document.activeElement.dispatchEvent({said}))", keys)


def test_keys_lead_search_and_explain_themselves(cast: Cast, open_as: Open) -> None:
    page = open_as(cast.liaison)
    page.goto("/desk/")
    for keys, address in (("gs", "/desk/suggestions/"), ("gv", "/desk/visits/"), ("n", "/desk/visits/new/")):
        _one_after_the_other(page, keys)
        page.wait_for_url(f"**{address}")
        if address == "/desk/visits/":
            _press(page, "/")
            expect(page.get_by_label("搜索事项")).to_be_focused()
            page.keyboard.type("gs n?")
            expect(page.get_by_label("搜索事项")).to_have_value("gs n?")
            page.evaluate("document.activeElement.blur()")
    page.goto("/desk/suggestions/")
    _press(page, "?")
    help_ = page.get_by_role("dialog", name="键盘操作")
    expect(help_).to_contain_text(re.compile(r"g v\s*接访登记簿"))
    _press(page, "n", "Escape")
    expect(help_).to_be_hidden()
    composed = "new KeyboardEvent('keydown', {key: '?', isComposing: true, bubbles: true})"
    page.evaluate(f"document.body.dispatchEvent({composed})")
    expect(help_).to_be_hidden()
    _one_after_the_other(page, "gh")
    page.wait_for_url("**/desk/")


def test_x_takes_a_report_away(cast: Cast, open_as: Open) -> None:
    page = open_as(cast.county_office)
    page.goto("/reports/satisfaction/")
    with page.expect_download() as download:
        _press(page, "x")
    assert download.value.suggested_filename.endswith(".xlsx")


def test_who_switched_them_off_is_left_alone(cast: Cast, open_as: Open) -> None:
    cast.liaison.uses_shortcuts = False
    cast.liaison.save()
    page = open_as(cast.liaison)
    page.goto("/desk/suggestions/")
    _press(page, "?", "n")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.endswith("/desk/suggestions/")
