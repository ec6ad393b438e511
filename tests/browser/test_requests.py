"""退办, 延期 and 会办 from the unit to the office and back, on a phone, with and without JavaScript."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from suggestions.enums import AssignmentKind, RequestState, State
from suggestions.models import Suggestion
from tests.browser.conftest import PHONE, Open
from tests.browser.looks import fits
from tests.browser.meter import Meter
from tests.cast import build_cast
from tests.suggestions import asking, paths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_return_is_asked_and_granted_and_the_case_assigned_anew(
    open_as: Open, transactional_db: None, *, javascript: bool
) -> None:
    cast = build_cast()
    case = paths.case_in(State.ASSIGNED, cast)
    unit = open_as(cast.unit_handler, size=PHONE, javascript=javascript)
    unit.goto(case.get_absolute_url())
    asked = Meter(unit)
    asked.tap("不属我单位，退回", "link")
    assert fits(unit)
    asked.tap("不属我单位，退回")
    expect(unit.get_by_role("alert")).to_contain_text("请选择建议改交哪个单位")
    asked.fill("退回理由", asking.WHY)
    asked.select("建议改交", "住房和城乡建设局")
    asked.tap("不属我单位，退回")
    expect(unit.get_by_text("已提出退办申请，等交办单位审批，期限照常计算。")).to_be_visible()
    expect(unit.get_by_text("等党联办审批，期限照常计算")).to_be_visible()

    office = open_as(cast.county_office, size=PHONE, javascript=javascript)
    office.goto("/desk/suggestions/?view=asked_return")
    granted = Meter(office)
    granted.tap(case.title, "link")
    granted.tap("同意退办", "link")
    expect(office.get_by_text(asking.WHY)).to_be_visible()
    granted.tap("同意退办")
    granted.tap("交办", "link")
    expect(office.locator("#id_unit")).to_have_value(str(cast.other_unit.pk))
    assert fits(office)
    granted.tap("交办")
    expect(office.get_by_text("已交办住建局")).to_be_visible()
    assert (granted.clicks, granted.fields) == (5, 0)
    fresh = Suggestion.objects.get(pk=case.pk)
    assert (fresh.unit, fresh.state) == (cast.other_unit, State.ASSIGNED)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_extension_past_the_cap_is_explained_then_granted(
    open_as: Open, transactional_db: None, *, javascript: bool
) -> None:
    cast = build_cast()
    case = paths.case_in(State.HANDLING, cast)
    assert case.due_on and case.cap_on
    unit = open_as(cast.unit_handler, size=PHONE, javascript=javascript)
    unit.goto(case.get_absolute_url())
    unit.get_by_role("link", name="申请延期").click()
    expect(unit.get_by_text("最迟可延到")).to_be_visible()
    assert fits(unit)
    unit.get_by_label("申请延到").fill((case.cap_on + timedelta(days=1)).isoformat())
    unit.get_by_label("延期理由").fill("等待供货")
    unit.get_by_role("button", name="申请延期").click()
    expect(unit.get_by_role("alert")).to_contain_text("最迟只能到")
    expect(unit.get_by_label("延期理由")).to_have_value("等待供货")
    unit.get_by_label("申请延到").fill(case.cap_on.isoformat())
    unit.get_by_role("button", name="申请延期").click()
    expect(unit.get_by_text("已提出延期申请")).to_be_visible()

    office = open_as(cast.county_office, javascript=javascript)
    office.goto(f"/desk/suggestions/{case.pk}/")
    office.get_by_role("link", name="同意延期", exact=True).click()
    office.get_by_role("button", name="同意延期").click()
    expect(office.get_by_text("已同意延期到")).to_be_visible()
    assert case.requests.get().state == RequestState.APPROVED
    assert Suggestion.objects.get(pk=case.pk).due_on == case.cap_on


@pytest.mark.parametrize("javascript", [True, False])
def test_a_helper_is_chosen_countersigns_and_the_lead_may_reply(
    open_as: Open, transactional_db: None, *, javascript: bool
) -> None:
    cast = build_cast()
    case = paths.case_in(State.ESCALATED, cast)
    office = open_as(cast.county_office, size=PHONE, javascript=javascript)
    office.goto(f"/desk/suggestions/{case.pk}/assign/")
    office.get_by_label("承办单位").select_option(label="交通运输局")
    office.get_by_text("还有会办或分办单位").click()
    office.get_by_role("checkbox", name="住房和城乡建设局").check()
    assert fits(office)
    office.get_by_role("button", name="交办").click()
    expect(office.get_by_text("已交办交通局，会办住建局")).to_be_visible()
    paths.sign(case, cast)

    helper = open_as(cast.other_unit_handler, size=PHONE, javascript=javascript)
    helper.goto("/desk/suggestions/?view=to_countersign")
    meter = Meter(helper)
    meter.tap(case.title, "link")
    meter.tap("会签", "link")
    meter.fill("会签意见", "管线已核对")
    meter.tap("会签")
    expect(helper.get_by_text("已会签，并告诉主办单位。")).to_be_visible()
    assert (meter.clicks, meter.fields) == (3, 1)

    lead = open_as(cast.unit_handler, size=PHONE, javascript=javascript)
    lead.goto(f"/desk/suggestions/{case.pk}/handle/")
    expect(lead.get_by_text("管线已核对")).to_be_visible()
    assert fits(lead)
    assert case.assignments.get(kind=AssignmentKind.CO).countersigned_by == cast.other_unit_handler
