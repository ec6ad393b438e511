"""One page per step: what is wrong is said, what was typed stays, nothing changes."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suggestions import services
from suggestions.enums import State
from suggestions.models import Suggestion
from suggestions.screens import SCREENS
from suggestions.workflow import TRANSITIONS
from tests.cast import Cast
from tests.conftest import CaseIn

Login = Callable[[User], Client]
REASON = "县道归县级管理"


def _url(case: Suggestion, verb: str) -> str:
    return reverse("suggestions:act", args=[case.pk, verb])


def _snapshot(case: Suggestion) -> tuple[object, ...]:
    case.refresh_from_db()
    return case.state, case.version, case.transitions.count()


def test_success_moves_the_case_and_says_so(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.SUBMITTED)
    response = login(cast.town_office).post(_url(case, "accept"), {"version": case.version}, follow=True)
    case.refresh_from_db()
    assert case.state == State.ACCEPTED
    assert f"已受理，编号 {case.number}。" in response.content.decode()


@pytest.mark.parametrize(
    ("state", "who", "verb", "sentence"),
    [
        (State.SUBMITTED, "town_office", "return_to_author", "请写明要补充什么"),
        (State.SUBMITTED, "town_office", "reject", "请选择不予受理的原因"),
        (State.ACCEPTED, "town_office", "escalate", "请写明为什么不属本镇办理"),
        (State.ACCEPTED, "town_office", "assign", "请选择交办给哪个单位"),
        (State.ESCALATED, "county_office", "send_down", "请写明退回代表队的理由"),
        (State.HANDLING, "unit_handler", "record_contact", "请选择联系了谁"),
        (State.HANDLING, "unit_handler", "consult", "请填写拟采取的措施"),
        (State.HANDLING, "unit_handler", "reply", "请填写签发人"),
        (State.REPLY_REVIEW, "county_office", "return_reply", "请写明要修改什么"),
        (State.AWAIT_EVALUATION, "representative_user", "evaluate", "请选择对办理态度是否满意"),
        (State.ACCEPTED, "town_office", "merge", "请选择并入哪一件"),
        (State.HANDLING, "representative_user", "withdraw", "请写明撤回的理由"),
    ],
)
def test_empty_fields_are_asked_for(
    cast: Cast, login: Login, case_in: CaseIn, state: State, who: str, verb: str, sentence: str
) -> None:
    case = case_in(state)
    before = _snapshot(case)
    response = login(getattr(cast, who)).post(_url(case, verb), {"version": case.version})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert _snapshot(case) == before


def test_typed_text_stays_beside_the_error(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.SUBMITTED)
    response = login(cast.town_office).post(_url(case, "reject"), {"version": case.version, "reason": REASON})
    assert REASON in response.content.decode()


def test_a_step_too_early_says_what_is_missing(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.ASSIGNED)
    response = login(cast.unit_handler).get(_url(case, "reply"))
    assert response.status_code == 422
    assert "尚未签收,不能答复" in response.content.decode()


def test_a_reply_without_the_steps_links_to_them(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    data = {"version": case.version, "text": "已修补", "result_class": "A", "adoption": "ADOPTED"}
    response = login(cast.unit_handler).post(_url(case, "reply"), data | {"disclosure": "FULL", "signer": "签发人甲"})
    page = response.content.decode()
    assert response.status_code == 422
    assert f'<a href="{_url(case, "record_contact")}">尚未联系党代表</a>' in page
    assert f'<a href="{_url(case, "consult")}">尚未填写措施、征询代表意见</a>' in page
    assert "已修补" in page


def test_the_second_of_two_is_told_who_was_faster(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.ACCEPTED)
    stale = case.version
    services.escalate_suggestion(suggestion=case, actor=cast.town_office, version=None, reason="县道")
    before = _snapshot(case)
    response = login(cast.town_office).post(_url(case, "escalate"), {"version": stale, "reason": REASON})
    page = response.content.decode()
    assert response.status_code == 409
    assert "镇办甲 刚刚已上报党联办" in page
    assert REASON in page
    assert _snapshot(case) == before


def test_a_stale_page_can_be_sent_again_when_the_step_is_still_lawful(
    cast: Cast, login: Login, case_in: CaseIn
) -> None:
    case = case_in(State.HANDLING)
    client, stale = login(cast.unit_handler), case.version
    data = {"parties": "REPRESENTATIVE", "method": "PHONE", "contacted_on": str(case.assigned_on), "note": "已电话沟通"}
    client.post(_url(case, "record_contact"), data | {"version": stale})
    refused = client.post(_url(case, "record_contact"), data | {"version": stale})
    assert refused.status_code == 409
    assert "已电话沟通" in refused.content.decode()
    newest = refused.context["form"]["version"].value()
    assert client.post(_url(case, "record_contact"), data | {"version": newest}).status_code == 302


def test_every_step_of_the_table_is_guarded_for_everybody_else(cast: Cast, login: Login, case_in: CaseIn) -> None:
    """Whoever sees a case but does not hold the capacity gets 403 or 422, never the step."""
    for state in (State.SUBMITTED, State.ESCALATED, State.HANDLING, State.AWAIT_EVALUATION):
        case = case_in(state)
        before = _snapshot(case)
        for verb in SCREENS:
            status = login(cast.leader).post(_url(case, verb), {"version": case.version}).status_code
            assert status in {403, 422}, (state, verb)
        assert _snapshot(case) == before


def test_unknown_steps_do_not_exist(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    assert login(cast.unit_handler).get(_url(case, "dance")).status_code == 404
    assert {row.verb for row in TRANSITIONS} >= set(SCREENS)
