"""接访登记表 and 建议意见表 are one A4 page each, blank and filled."""

import unicodedata
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from suggestions.enums import State
from tests.appointments.factories import VisitFactory
from tests.browser.conftest import Open
from tests.cast import build_cast
from tests.suggestions import paths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _printed(page: Page, address: str) -> list[str]:
    page.goto(address)
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    return [unicodedata.normalize("NFKC", sheet.extract_text()).replace(" ", "") for sheet in paper.pages]


def test_one_page_each(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    visit = VisitFactory(
        studio=cast.studio,
        representative=cast.representative,
        recorded_by=cast.liaison,
        visitor_phone="19900001234",
        matter="村口到学校的路坑洼积水，老人孩子出行不便。" * 8,
    )
    case = paths.case_in(State.HANDLING, cast)
    page = open_as(cast.liaison)
    for address in (
        "/desk/visits/blank/",
        "/desk/suggestions/blank/",
        f"{visit.get_absolute_url()}paper/",
        f"{case.get_absolute_url()}paper/",
    ):
        sheets = _printed(page, address)
        assert len(sheets) == 1, address
        assert "签名" in sheets[0]
        assert "下载" not in sheets[0]
