"""The case page offers only what is lawful now."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from suggestions.enums import State
from tests.cast import Cast
from tests.conftest import CaseIn

Login = Callable[[User], Client]
OFFERED: list[tuple[State, str, list[str]]] = [
    (State.DRAFT, "liaison", ["提交", "修改"]),
    (State.SUBMITTED, "town_office", ["受理", "退回补充", "并案", "不予受理"]),
    (State.SUBMITTED, "liaison", []),
    (State.RETURNED, "representative_user", ["提交", "撤回建议", "修改"]),
    (State.ACCEPTED, "town_office", ["交办", "上报党联办", "并案"]),
    (State.ACCEPTED, "county_office", ["并案"]),
    (State.ESCALATED, "county_office", ["交办", "退回代表队", "不予受理"]),
    (State.ESCALATED, "town_office", []),
    (State.ASSIGNED, "unit_handler", ["签收", "不属我单位，退回"]),
    (State.ASSIGNED, "county_office", ["撤回交办"]),
    (State.HANDLING, "unit_handler", ["办理", "申请延期", "不属我单位，退回"]),
    (State.HANDLING, "representative_user", ["撤回建议"]),
    (State.REPLY_REVIEW, "representative_user", []),
    (State.REPLY_REVIEW, "county_office", ["转交", "要求修改"]),
    (State.REPLY_REVIEW, "unit_handler", []),
    (State.AWAIT_EVALUATION, "liaison", ["提交评价"]),
    (State.AWAIT_EVALUATION, "county_office", []),
    (State.CLOSED, "county_office", []),
    (State.HANDLING, "leader", []),
]


@pytest.mark.parametrize(("state", "who", "labels"), OFFERED)
def test_actions_on_offer(cast: Cast, login: Login, case_in: CaseIn, state: State, who: str, labels: list[str]) -> None:
    case = case_in(state)
    file = login(getattr(cast, who)).get(case.get_absolute_url()).context["file"]
    assert [action.label for action in file.actions] == labels


def test_the_deadline_explains_itself(cast: Cast, login: Login, case_in: CaseIn) -> None:
    page = login(cast.unit_handler).get(case_in(State.HANDLING).get_absolute_url()).content.decode()
    assert "当天不计入" in page
    assert "延期最迟到" in page


def test_petitioners_are_masked_until_a_reason_is_given(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case, client = case_in(State.SUBMITTED), login(cast.town_office)
    assert "19900001234" not in client.get(case.get_absolute_url()).content.decode()
    target = f"{case.get_absolute_url()}reveal/"
    assert client.post(target, {"reason": ""}).status_code == 422
    response = client.post(target, {"reason": "核实地点"})
    assert "19900001234" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert AuditEntry.objects.get(action=AuditAction.REVEAL).detail == "核实地点"
