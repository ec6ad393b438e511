"""The county lists a case, the unit answers on the case page, the county lifts it; the papers are one page each."""

import unicodedata
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from suggestions.enums import State
from suggestions.models import Supervision
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import fits
from tests.cast import build_cast
from tests.suggestions import paths
from tests.suggestions.supervising import supervise

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_listed_answered_lifted(open_as: Open, transactional_db: None, *, javascript: bool) -> None:
    cast = build_cast()
    case = paths.case_in(State.HANDLING, cast)
    county = open_as(cast.county_office, javascript=javascript)
    county.goto(case.get_absolute_url())
    county.get_by_role("link", name="催办督办").click()
    county.get_by_label("挂牌督办").check()
    county.get_by_role("button", name="发出通知").click()
    expect(county.get_by_text("已向交通运输局发出挂牌督办")).to_be_visible()
    unit = open_as(cast.unit_handler, size=PHONE, javascript=javascript)
    unit.goto("/desk/")
    unit.get_by_role("link", name="督办待回复").click()
    unit.get_by_role("link", name=case.title).click()
    assert fits(unit)
    unit.get_by_label("回复挂牌督办").fill("已修补完工")
    unit.get_by_role("button", name="提交回复").click()
    expect(unit.get_by_text("已回复，并告知发出通知的单位。")).to_be_visible()
    county.goto("/desk/supervision/?view=listed")
    county.get_by_role("link", name=case.title).click()
    county.get_by_role("link", name="摘牌").click()
    county.get_by_label("摘牌理由").fill("已办结")
    county.get_by_role("button", name="摘牌").click()
    expect(county.get_by_text("已摘牌，并告知承办单位。")).to_be_visible()
    assert Supervision.objects.get().lifted_by == cast.county_office


def test_papers_are_one_page_each(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    case, handled = paths.case_in(State.CLOSED, cast), paths.case_in(State.HANDLING, cast)
    notice = supervise(cast, handled)
    page = open_as(cast.county_office)
    papers = {
        f"{case.get_absolute_url()}order/": "交办单",
        f"{case.get_absolute_url()}letter/": "答复函",
        f"{case.get_absolute_url()}survey/": "征询意",
        f"/desk/supervision/{notice.pk}/paper/": "催办通知单",
        "/desk/register/": "办理台账",
    }
    for address, title in papers.items():
        page.goto(address)
        sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        text = unicodedata.normalize("NFKC", sheets[0].extract_text()).replace(" ", "")
        assert (len(sheets), title in text, "下载" in text) == (1, True, False), address
