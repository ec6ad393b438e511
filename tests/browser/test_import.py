"""A sheet with errors, its refused rows downloaded, corrected, uploaded and imported."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import ImportState
from accounts.models import ImportRun
from studios.models import Studio
from tests.accounts.sheets import resource_of
from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.looks import fits
from tests.browser.meter import Meter
from tests.cast import build_cast
from tests.sheets.books import edited, sheet_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROW = {"类别": "镇党代表工作室", "代表队": "曲塘镇", "挂牌日期": "2024-03-01"}


def _downloaded(page: Page, words: str) -> bytes:
    with page.expect_download() as caught:
        page.get_by_role("link", name=words).click()
    return Path(caught.value.path()).read_bytes()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_errors_come_back_and_are_corrected(
    open_as: Open, transactional_db: None, tmp_path: Path, size: dict[str, int]
) -> None:
    cast = build_cast()
    rows = [ROW | {"编号": f"N{n}", "名称": f"第{n}新村工作室"} for n in range(4)]
    rows[2]["代表队"] = "李堡镇"
    sheet = tmp_path / "工作室.xlsx"
    sheet.write_bytes(sheet_of(resource_of("studios", cast.town_office), rows))
    page = open_as(cast.town_office, size=size)
    page.goto("/desk/imports/")
    assert fits(page)
    meter = Meter(page)
    meter.tap("导入工作室", "link")
    page.get_by_label("Excel 文件").set_input_files(sheet)
    meter.tap("上传并核对")
    expect(page.get_by_text("有 1 行不能导入")).to_be_visible()
    expect(page.get_by_text("这一行属于别的代表队")).to_be_visible()
    expect(page.get_by_role("button", name="确认导入")).to_have_count(0)
    assert fits(page)

    def correct(cells: object) -> None:
        cells["D2"] = "曲塘镇"  # type: ignore[index]

    sheet.write_bytes(edited(_downloaded(page, "下载不能导入的行"), correct))
    page.get_by_label("Excel 文件").set_input_files(sheet)
    meter.tap("上传改好的行")
    expect(page.get_by_text("确认后将新增 4 行")).to_be_visible()
    meter.tap("确认导入")
    expect(page.get_by_text("已导入：新增 4 行")).to_be_visible()
    assert fits(page)
    assert meter.clicks == 4
    assert Studio.objects.filter(code__startswith="N", delegation=cast.town).count() == 4
    assert set(ImportRun.objects.values_list("state", flat=True)) == {ImportState.PREVIEWED, ImportState.APPLIED}
