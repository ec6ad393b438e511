"""The register of studios in a real browser: fits every width, accessible, and works without JavaScript."""

import pytest

from studios.models import Equipment, Studio
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import problems_of
from tests.cast import build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_fit_and_are_accessible(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    Equipment.objects.create(studio=cast.studio, name="电脑")
    page = open_as(cast.county_office)
    sheet = f"/desk/studios/new/?kind=TOWN&delegation={cast.town.pk}"
    own = cast.studio.get_absolute_url()
    targets = ("/desk/studios/", "/desk/studios/?q=qqqq", "/desk/studios/new/?kind=", sheet, own, f"{own}edit/")
    problems = [words for target in targets for words in problems_of(page, target, answers=(200, 422))]
    assert not problems, "\n".join(problems)


def test_a_liaison_keeps_the_equipment_on_a_phone_without_javascript(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    page = open_as(cast.liaison, size=PHONE, javascript=False)
    page.goto(cast.studio.get_absolute_url())
    page.get_by_role("link", name="修改登记").click()
    page.get_by_label("第 1 行名称").fill("打印机")
    page.get_by_label("第 1 行数量").fill("1")
    page.get_by_label("第 1 行状况").select_option("待修")
    page.get_by_role("button", name="保存").click()
    assert page.get_by_text("已保存。").is_visible()
    assert list(cast.studio.equipment.values_list("name", "condition")) == [("打印机", "WORN")]


def test_one_more_row_by_a_tap(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    page = open_as(cast.town_office)
    page.goto(f"/desk/studios/new/?kind=COUNTY&delegation={cast.town.pk}")
    page.get_by_label("名称（必填）").fill("曲塘镇党代表工作室")
    page.get_by_role("button", name="再加一行").click()
    page.get_by_label("第 4 行名称").fill("书柜")
    page.get_by_label("第 4 行数量").fill("2")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已登记曲塘镇党代表工作室").wait_for()
    written = Studio.objects.get(name="曲塘镇党代表工作室")
    assert list(written.equipment.values_list("name", "quantity")) == [("书柜", 2)]
