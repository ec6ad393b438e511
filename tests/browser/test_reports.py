"""J10: the quarter leaves as Excel in two clicks, with and without JavaScript; the paper is A4 landscape."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Open
from tests.browser.meter import Meter
from tests.cast import build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PRINTABLE = 1047
"""CSS pixels between the margins of the sheet: 277 mm."""


@pytest.mark.parametrize("javascript", [True, False])
def test_the_quarter_in_two_clicks(transactional_db: None, open_as: Open, javascript: bool) -> None:
    page: Page = open_as(build_cast().county_office, javascript=javascript)
    page.goto("/reports/")
    meter = Meter(page)
    meter.tap("本季", role="link")
    with page.expect_download() as download:
        meter.tap("导出 Excel", role="link")
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    assert book["统计表"]["A1"].value.endswith("季度党代表工作室工作情况统计表")
    assert (meter.clicks, meter.fields) == (2, 0)
    assert meter.waits <= 2
    meter.report(f"J10{'' if javascript else ' 无脚本'}")


def test_paper_is_landscape_and_one_page_wide(transactional_db: None, open_as: Open) -> None:
    page = open_as(build_cast().county_office)
    page.goto("/reports/satisfaction/print/?period=all")
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    width, height = paper.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (842, 595)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PRINTABLE, "height": 720})
    assert page.evaluate("document.querySelector('.report-table').getBoundingClientRect().width") <= PRINTABLE
