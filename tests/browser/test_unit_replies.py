"""J4: the three steps and the reply within 6 clicks and 7 fields, on a phone and without JavaScript (pages.md §2)."""

import pytest
from playwright.sync_api import expect

from suggestions.enums import Adoption, State
from suggestions.models import Suggestion
from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.meter import Meter
from tests.cast import Cast, build_cast
from tests.suggestions import asking, paths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _reply(open_as: Open, cast: Cast, case: Suggestion, *, size: dict[str, int], javascript: bool) -> Meter:
    """From the open case page of a signed case to the submitted reply, everything on one day."""
    page = open_as(cast.unit_handler, size=size, javascript=javascript)
    page.goto(case.get_absolute_url())
    meter = Meter(page)
    meter.tap("办理", "link")
    expect(page.locator("#id_promise_on")).to_be_hidden()
    meter.choose("电话")
    meter.fill("拟采取的措施", "本周内修补坑洼")
    meter.choose("同意")
    meter.fill("答复内容", "坑洼已修补。")
    meter.choose("A 已解决")
    if not page.get_by_label("签发人").input_value():
        meter.fill("签发人", "签发人甲")
    meter.tap("提交答复")
    expect(page.get_by_text("答复已提交，等待审核转交。")).to_be_visible()
    return meter


def test_a_unit_replies_within_its_budget(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    first, second = (paths.case_in(State.HANDLING, cast) for _ in range(2))
    meter = _reply(open_as, cast, first, size=PHONE, javascript=True)
    assert meter.clicks <= 6
    assert meter.fields <= 7
    meter.report("J4")
    meter = _reply(open_as, cast, second, size=DESKTOP, javascript=False)
    assert (meter.clicks, meter.fields) == (2, 5)  # the unit's last signer stands there
    for case in (asking.fresh(first), asking.fresh(second)):
        assert case.state == State.REPLY_REVIEW
        assert case.contacts.count() == 2
        assert case.replies.get().adoption == Adoption.ADOPTED
