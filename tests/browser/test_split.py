"""分办 on a phone from the assignment to the end: the office, both units, the representative, the petitioner's paper."""

import pytest
from playwright.sync_api import Page, expect

from suggestions.enums import State
from suggestions.models import Suggestion
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import fits
from tests.cast import build_cast
from tests.suggestions import asking, paths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROAD, PIPE, LONGER = "路面已修补。", "管网已更换。", "管网已更换300米。"


def _rate(page: Page, who: str) -> None:
    for aspect in ("办理态度", "办理结果"):
        page.get_by_role("group", name=aspect).get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("评价已记录。")).to_be_visible()
    assert fits(page), who


def test_two_units_answer_one_of_them_twice(open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    case = paths.case_in(State.ESCALATED, cast)
    office = open_as(cast.county_office, size=PHONE)
    office.goto(f"{case.get_absolute_url()}assign/")
    office.locator("#id_unit").select_option(str(cast.county_unit.pk))
    office.get_by_text("还有会办或分办单位").click()
    office.get_by_label("分办：").check()
    office.get_by_label("住房和城乡建设局").check()
    office.get_by_role("button", name="交办").click()
    expect(office.get_by_text("已交办分办交通局、住建局")).to_be_visible()
    assert fits(office)

    for handler in (cast.unit_handler, cast.other_unit_handler):
        unit = open_as(handler, size=PHONE)
        unit.goto("/desk/suggestions/?view=to_sign")
        unit.get_by_role("link", name=case.title).click()
        unit.get_by_role("button", name="签收").click()
        expect(unit.get_by_text("已签收，请按三步办理。")).to_be_visible()
        assert fits(unit)

    case = asking.fresh(case)
    paths.take_two_steps(case, cast)
    for who, text in (("unit_handler", ROAD), ("other_unit_handler", PIPE)):
        asking.hand_in(case, cast, who, text=text)
    office.goto("/desk/replies/")
    office.get_by_role("link", name="只退回这一份").nth(1).click()
    expect(office.get_by_label("住房和城乡建设局")).to_be_checked()
    office.get_by_label("要修改什么").fill("请写明更换了多少米")
    office.get_by_role("button", name="要求修改").click()
    expect(office.get_by_text("已退回承办单位修改。")).to_be_visible()
    assert fits(office)

    unit.goto(f"{case.get_absolute_url()}handle/")
    expect(unit.get_by_text("已退回修改").first).to_be_visible()
    asking.hand_in(case, cast, "other_unit_handler", text=LONGER)
    office.goto("/desk/replies/")
    office.get_by_role("button", name="转交").click()
    expect(office.get_by_text("已转交代表和群众，请他们评价。")).to_be_visible()

    representative = open_as(cast.representative_user, size=PHONE)
    representative.goto(f"/me/suggestions/{case.pk}/")
    for text in (ROAD, LONGER):
        expect(representative.get_by_text(text).first).to_be_visible()
    _rate(representative, "representative")

    liaison = open_as(cast.liaison, size=PHONE)
    liaison.goto(f"{case.get_absolute_url()}survey/")
    for text in (ROAD, LONGER):
        expect(liaison.get_by_text(text)).to_be_visible()
    liaison.goto(f"{case.get_absolute_url()}evaluate/")
    _rate(liaison, "liaison")

    office.goto(case.get_absolute_url())
    office.get_by_role("button", name="办结").click()
    expect(office.get_by_text("已办结。")).to_be_visible()
    assert Suggestion.objects.get(pk=case.pk).state == State.CLOSED
