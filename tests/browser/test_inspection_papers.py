"""The 建设情况登记表 and the 整改通知 are one A4 page each, also when there is much to say."""

import unicodedata
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from studios.checklist import SOURCE_ITEMS
from studios.models import Equipment, InspectionResult
from tests.browser.conftest import Open
from tests.cast import build_cast
from tests.studios.inspecting import inspect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EQUIPMENT = ("办公台", "文件柜", "电脑", "打印机", "报刊架", "台卡", "饮水机", "沙发")


def _printed(page: Page, address: str) -> list[str]:
    page.goto(address)
    paper = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    # A font may draw 工 with the glyph of the radical ⼯; what is meant is the same.
    return [unicodedata.normalize("NFKC", sheet.extract_text()).replace(" ", "") for sheet in paper.pages]


def test_one_page_each(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    Equipment.objects.bulk_create(Equipment(studio=cast.studio, name=name) for name in EQUIPMENT)
    look = inspect(cast, **dict.fromkeys([item.code for item in SOURCE_ITEMS[:5]], "FAIL"))
    InspectionResult.objects.update(note="门口的值班表还是上个季度的，没有按新的名单更换")
    page = open_as(cast.liaison)
    (form,) = _printed(page, f"/desk/studios/{cast.studio.pk}/form/")
    assert all(words in form for words in ("建设情况登记表", "沙发", "统一值班时间", "联络员签字"))
    opened = look.results.first().opened  # type: ignore[union-attr]
    (notice,) = _printed(page, f"/desk/rectifications/{opened.pk}/notice/")
    assert "抄送" in notice
    assert "打印" not in notice
