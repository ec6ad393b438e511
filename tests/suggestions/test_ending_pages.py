"""The pages of 并案, 裁定, 兑现, 撤回, and what a refused step tells."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from studios.services import load_calendar
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import paths

Login = Callable[[User], Client]


def _act(client: Client, case: Suggestion, verb: str, **typed: object) -> str:
    data = {"version": Suggestion.objects.get(pk=case.pk).version} | typed
    return client.post(f"{case.get_absolute_url()}{verb}/", data, follow=True).content.decode()


def test_like_cases_are_offered_and_others_found_by_number_or_words(login: Login, case_in: CaseIn, cast: Cast) -> None:
    alike, other, case = case_in(State.HANDLING), case_in(State.HANDLING), case_in(State.ACCEPTED)
    Suggestion.objects.filter(pk=other.pk).update(title="桥栏松动", category="WATER")
    client, address = login(cast.town_office), f"{case.get_absolute_url()}merge/"
    assert alike.number in client.get(address).content.decode()
    assert "桥栏松动" not in client.get(address).content.decode()
    for words in ("桥栏", other.number):
        page = client.get(address, {"q": words}).content.decode()
        assert "桥栏松动" in page
        assert alike.number not in page
    assert "没有找到" in client.get(address, {"q": "没有这回事"}).content.decode()


def test_the_page_before_may_name_the_case(login: Login, case_in: CaseIn, cast: Cast) -> None:
    other, case = case_in(State.HANDLING), case_in(State.ACCEPTED)
    Suggestion.objects.filter(pk=other.pk).update(title="桥栏松动", category="WATER")
    page = login(cast.town_office).get(f"{case.get_absolute_url()}merge/", {"with": other.pk}).content.decode()
    assert f'value="{other.pk}"' in page
    assert "checked" in page.split(f'value="{other.pk}"')[1].split(">")[0]


@pytest.mark.parametrize("chosen", ["0", "x", "9" * 30])
def test_whatever_the_address_names_the_page_opens(login: Login, case_in: CaseIn, cast: Cast, chosen: str) -> None:
    address = f"{case_in(State.ACCEPTED).get_absolute_url()}merge/"
    assert login(cast.town_office).get(address, {"with": chosen}).status_code == 200


def test_merging_leads_both_pages_to_each_other(login: Login, case_in: CaseIn, cast: Cast) -> None:
    parent, child = case_in(State.HANDLING), case_in(State.ACCEPTED)
    page = _act(login(cast.town_office), child, "merge", parent=parent.pk, note="同一条路")
    assert f"已并入{parent.number}，答复后同样转告提出人并请其评价。" in page
    assert f'href="{parent.get_absolute_url()}"' in page
    assert "并入这件的建议 1 件" in login(cast.unit_handler).get(parent.get_absolute_url()).content.decode()
    assert "并入这件：" + child.number in login(cast.leader).get(parent.get_absolute_url()).content.decode()


def test_a_case_of_another_county_cannot_be_named(login: Login, case_in: CaseIn, cast: Cast) -> None:
    parent, child = case_in(State.HANDLING), case_in(State.ACCEPTED)
    elsewhere = cast.stranger.memberships.get().organization
    Suggestion.objects.filter(pk=parent.pk).update(county=elsewhere)
    assert "这一件现在不能并入" in _act(login(cast.county_office), child, "merge", parent=parent.pk)


def test_who_brought_a_merged_case_reads_the_reply_and_rates_it(login: Login, case_in: CaseIn, cast: Cast) -> None:
    parent, child = case_in(State.HANDLING), case_in(State.ACCEPTED)
    paths.merge(child, parent, cast)
    paths.reply(parent, cast)
    client = login(cast.liaison)
    assert paths.REPLY.text not in client.get(child.get_absolute_url()).content.decode()
    paths.forward(parent, cast)
    assert paths.REPLY.text in client.get(child.get_absolute_url()).content.decode()
    rated = _act(client, child, "evaluate", evaluator="PETITIONER", attitude="SATISFIED", outcome="BASIC")
    assert "群众评价：态度满意，结果基本满意" in rated


def test_the_own_studio_reads_a_reply_given_elsewhere_without_opening_it(
    login: Login, case_in: CaseIn, cast: Cast
) -> None:
    parent, child = case_in(State.AWAIT_EVALUATION), case_in(State.ACCEPTED)
    Suggestion.objects.filter(pk=parent.pk).update(delegation=cast.other_town, studio=cast.other_studio)
    Suggestion.objects.filter(pk=child.pk).update(state=State.MERGED, parent=parent)
    page = login(cast.liaison).get(child.get_absolute_url()).content.decode()
    assert paths.REPLY.text in page
    assert parent.get_absolute_url() not in page


def test_rounds_stand_apart_in_the_timeline(login: Login, case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    client = login(cast.county_office)
    assert "第 1 次办理" not in client.get(case.get_absolute_url()).content.decode()
    paths.redo(case, cast)
    parts = client.get(case.get_absolute_url()).context["file"].timeline
    assert [part.label for part in parts] == ["第 1 次办理", "二次办理"]
    assert parts[1].steps[0].words.startswith("要求重办")


def test_a_ruling_is_asked_for_completely(login: Login, case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    paths.second_round(case, cast)
    client = login(cast.county_office)
    assert "请选择怎样裁定" in _act(client, case, "rule", text="已说明")
    assert "请填写要求承办单位回复的日期" in _act(client, case, "rule", text="请办好", ruling="LISTED")
    today = timezone.localdate()
    assert "回复日期要晚于今天" in _act(client, case, "rule", text="请办好", ruling="LISTED", reply_due_on=today)
    workday = load_calendar().on_or_after(today + timedelta(days=9))
    page = _act(client, case, "rule", text="请办好", ruling="LISTED", reply_due_on=workday)
    assert "已裁定：挂牌督办" in page
    assert "裁定：挂牌督办" in page


def test_a_kept_promise_is_shown_with_both_replies(login: Login, cast: Cast) -> None:
    case = paths.closed_with_promise(cast)
    client = login(cast.unit_handler)
    assert "请写明办成了什么" in _act(client, case, "fulfil", kept_on=timezone.localdate(), signer="甲")
    page = _act(client, case, "fulfil", text="路灯已装好", kept_on=timezone.localdate(), signer="甲")
    assert "已登记兑现，并转告代表和群众。" in page
    assert "兑现后再次答复" in page


def test_the_representative_withdraws_from_the_own_page(login: Login, case_in: CaseIn, cast: Cast) -> None:
    case, client = case_in(State.HANDLING), login(cast.representative_user)
    assert f"{case.get_absolute_url()}withdraw/" in client.get(f"/me/suggestions/{case.pk}/").content.decode()
    assert "已撤回，不再办理。" in _act(client, case, "withdraw", reason="已解决")
    assert "withdraw/" not in client.get(f"/me/suggestions/{case.pk}/").content.decode()


REFUSED: list[tuple[State, str, str, str, str]] = [
    (State.ASSIGNED, "unit_handler", "reply", "尚未签收,不能答复", "sign/"),
    (State.AWAIT_EVALUATION, "county_office", "close", "党代表、群众还没有评价，评价期到", ""),
    (State.AWAIT_EVALUATION, "county_office", "redo", "没有不满意的评价，不需要重办", ""),
    (State.AWAIT_EVALUATION, "county_office", "rule", "没有不满意的评价，不需要裁定", ""),
    (State.CLOSED, "unit_handler", "fulfil", "没有要兑现的承诺", ""),
    (State.HANDLING, "unit_handler", "fulfil", "正在办理，尚未答复,不能兑现承诺", "record_contact/"),
]


@pytest.mark.parametrize(("state", "who", "verb", "sentence", "way"), REFUSED)
def test_a_refused_step_says_what_is_missing_and_where(
    login: Login, case_in: CaseIn, cast: Cast, state: State, who: str, verb: str, sentence: str, way: str
) -> None:
    case = case_in(state)
    response = login(getattr(cast, who)).get(f"{case.get_absolute_url()}{verb}/")
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert way == "" or f'href="{case.get_absolute_url()}{way}"' in page


def test_an_unsatisfied_first_round_leads_from_ruling_to_redoing(login: Login, case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    paths.rate(case, cast, paths.DISCONTENT)
    page = login(cast.county_office).get(f"{case.get_absolute_url()}rule/").content.decode()
    assert "请先要求重办" in page
    assert f'href="{case.get_absolute_url()}redo/"' in page


def test_the_reply_form_names_what_comes_first(login: Login, case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING)
    response = login(cast.unit_handler).get(f"{case.get_absolute_url()}reply/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "尚未联系党代表" in page
    assert f'href="{case.get_absolute_url()}consult/"' in page


def test_the_case_page_says_what_is_not_possible_yet(login: Login, case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    blocked = login(cast.county_office).get(case.get_absolute_url()).context["file"].blocked
    assert [step.label for step in blocked] == ["办结", "要求重办", "裁定"]
    handled = login(cast.unit_handler).get(case_in(State.HANDLING).get_absolute_url()).context["file"].blocked
    assert [len(step.lines) for step in handled] == [3]


def test_a_family_of_any_size_asks_the_same(login: Login, case_in: CaseIn, cast: Cast) -> None:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        parent, client = case_in(State.HANDLING), login(cast.county_office)
        counts = []
        for more in (1, 4):
            for _ in range(more):
                paths.merge(case_in(State.ACCEPTED), parent, cast)
            client.get(parent.get_absolute_url())
            with CaptureQueriesContext(connection) as captured:
                client.get(parent.get_absolute_url())
            counts.append(len(captured))
    assert counts[0] == counts[1]
