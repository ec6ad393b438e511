"""退办, 延期, 会办 and 分办 on screen: what is explained before typing, refused in words, offered to whom."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from studios.clocks import SHANGHAI
from suggestions import services
from suggestions.enums import AssignmentKind, State, Verb
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.people import STAFF
from tests.suggestions import asking, paths
from tests.suggestions.access_requests import STEP_PAGES

Login = Callable[[User], Client]
MONDAY = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)


def _url(case: Suggestion, verb: str) -> str:
    return reverse("suggestions:act", args=[case.pk, verb])


@pytest.mark.parametrize("verb", STEP_PAGES)
def test_who_may_open_which_step(cast: Cast, login: Login, verb: Verb) -> None:
    build, allowed, refused = STEP_PAGES[verb]
    case = build(cast)
    found = {who: login(getattr(cast, who)).get(_url(case, verb)).status_code for who in STAFF}
    assert found == {who: 200 if who in allowed else 403 if who in refused else 404 for who in STAFF}


@pytest.mark.parametrize(
    ("verb", "sentences"),
    [
        (Verb.REQUEST_RETURN, ["请写明退回理由", "请选择建议改交哪个单位"]),
        (Verb.REQUEST_EXTENSION, ["请填写延到哪一天", "请写明延期的理由"]),
        (Verb.COUNTERSIGN, ["请填写会签意见"]),
        (Verb.WAIVE, ["请选择哪个单位免会签", "请写明免会签的理由"]),
        (Verb.DENY_RETURN, ["请写明不同意退办的理由"]),
        (Verb.DENY_EXTENSION, ["请写明不同意延期的理由"]),
    ],
)
def test_empty_fields_are_asked_for(cast: Cast, login: Login, verb: Verb, sentences: list[str]) -> None:
    build, allowed, _refused = STEP_PAGES[verb]
    case = build(cast)
    client = login(getattr(cast, next(iter(allowed))))
    response = client.post(_url(case, verb), {"version": case.version})
    assert response.status_code == 422
    assert all(sentence in response.content.decode() for sentence in sentences)
    assert asking.fresh(case).version == case.version


def test_the_cap_is_explained_before_typing_and_kept(cast: Cast, login: Login) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case, client = paths.case_in(State.HANDLING, cast), login(cast.unit_handler)
        page = client.get(_url(case, "request_extension")).content.decode()
        assert "2026年12月2日：2026年11月2日交办，办理最长 1 个月" in page
        typed = {"version": case.version, "proposed_due_on": "2026-12-03", "reason": "等待供货商到货"}
        refused = client.post(_url(case, "request_extension"), typed)
    assert refused.status_code == 422
    assert "最迟只能到12月2日" in refused.content.decode()
    assert "等待供货商到货" in refused.content.decode()


def test_the_closed_window_says_its_day_on_the_case_and_on_the_page(cast: Cast, login: Login) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = paths.case_in(State.HANDLING, cast)
        clock.shift(timedelta(days=4))
        client = login(cast.unit_handler)
        page = client.get(case.get_absolute_url()).content.decode()
        refused = client.get(_url(case, "request_return"))
    sentence = "退办要在交办后 3 个工作日内提出，本件已于2026年11月5日截止"
    assert "现在还不能办" in page
    assert sentence in page
    assert refused.status_code == 422
    assert sentence in refused.content.decode()


def test_return_asked_granted_and_assigned_anew_on_screen(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case, unit, office = case_in(State.HANDLING), login(cast.unit_handler), login(cast.county_office)
    typed = {"version": case.version, "reason": asking.WHY, "proposed_unit": cast.other_unit.pk}
    asked = unit.post(_url(case, "request_return"), typed, follow=True).content.decode()
    assert "等党联办审批，期限照常计算" in asked
    assert "退办待审批" in office.get(reverse("suggestions:list")).content.decode()
    shown = office.get(_url(case, "approve_return")).content.decode()
    assert asking.WHY in shown
    case = asking.fresh(case)
    office.post(_url(case, "approve_return"), {"version": case.version, "note": ""})
    assert unit.get(case.get_absolute_url()).status_code == 404
    form = office.get(_url(case, "assign"))
    assert form.context["form"]["unit"].initial == cast.other_unit.pk
    assert "建议改交" in form.content.decode()


@pytest.mark.parametrize(("sharing", "kind"), [("CO", AssignmentKind.CO), ("SPLIT", AssignmentKind.SPLIT)])
def test_several_units_are_chosen_on_one_form(cast: Cast, login: Login, sharing: str, kind: AssignmentKind) -> None:
    case, client = paths.case_in(State.ESCALATED, cast), login(cast.county_office)
    typed = {"version": case.version, "unit": cast.county_unit.pk, "complexity": "SIMPLE", "sharing": sharing}
    page = client.post(_url(case, "assign"), typed | {"others": [cast.other_unit.pk]}, follow=True).content.decode()
    assert f"{kind.label}" in page
    assert case.assignments.get(unit=cast.other_unit).kind == kind
    assert asking.fresh(case).unit == cast.county_unit


def test_the_lead_cannot_help_itself(cast: Cast, login: Login) -> None:
    case = paths.case_in(State.ESCALATED, cast)
    typed = {
        "version": case.version,
        "unit": cast.county_unit.pk,
        "complexity": "SIMPLE",
        "others": [cast.county_unit.pk],
    }
    response = login(cast.county_office).post(_url(case, "assign"), typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert "交通运输局已选为承办单位，这里不用再选" in page
    assert '<details class="fold" open>' in page


def test_a_reply_too_early_links_to_the_helpers(cast: Cast, login: Login) -> None:
    case = asking.helped(cast)
    paths.take_two_steps(case, cast)
    case, client = asking.fresh(case), login(cast.unit_handler)
    typed = {
        "version": case.version,
        "text": "已修补",
        "result_class": "A",
        "adoption": "ADOPTED",
        "disclosure": "FULL",
    }
    page = client.post(_url(case, "reply"), typed | {"signer": "签发人甲"}).content.decode()
    assert f'<a href="{case.get_absolute_url()}#units">住房和城乡建设局尚未会签' in page
    tasks = client.get(reverse("suggestions:handle", args=[case.pk])).content.decode()
    assert "等会办单位会签" in tasks
    assert "待会签" in tasks


def test_the_helper_finds_the_case_and_countersigns(cast: Cast, login: Login) -> None:
    case, client = asking.helped(cast), login(cast.other_unit_handler)
    listed = client.get(reverse("suggestions:list"), {"view": "to_countersign"})
    assert [row.shown.case.pk for row in listed.context["rows"]] == [case.pk]
    assert [action.label for action in client.get(case.get_absolute_url()).context["file"].actions] == ["签收", "会签"]
    page = client.post(_url(case, "countersign"), {"version": case.version, "note": "管线已核对"}, follow=True)
    assert "管线已核对" in page.content.decode()
    assert Suggestion.objects.awaiting(cast.other_unit_handler).count() == 0


def test_what_is_still_owed_is_on_the_desk_of_each(cast: Cast) -> None:
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    asking.hand_in(case, cast, "unit_handler")
    assert Suggestion.objects.awaiting(cast.unit_handler).count() == 0
    assert Suggestion.objects.awaiting(cast.other_unit_handler).get() == case
    assert not Suggestion.objects.awaiting(cast.county_office).exists()


@pytest.mark.parametrize(
    ("view", "build"),
    [
        ("asked_return", lambda cast: asking.ask_return(paths.case_in(State.HANDLING, cast), cast)),
        ("asked_extension", lambda cast: asking.ask_extension(paths.case_in(State.HANDLING, cast), cast)),
        (
            "reassign",
            lambda cast: asking.grant_return(asking.ask_return(paths.case_in(State.HANDLING, cast), cast), cast),
        ),
    ],
)
def test_views_of_the_assigner_hold_and_count_what_waits(
    cast: Cast, login: Login, view: str, build: Callable[[Cast], Suggestion]
) -> None:
    paths.case_in(State.HANDLING, cast)
    paths.case_in(State.ESCALATED, cast)
    case = build(cast)
    for who, shown in (("county_office", [case.pk]), ("town_office", [])):
        page = login(getattr(cast, who)).get(reverse("suggestions:list"), {"view": view})
        assert [row.shown.case.pk for row in page.context["rows"]] == shown
        assert next(tab.count for tab in page.context["tabs"] if tab.view.key == view) == len(shown)
    assert case in Suggestion.objects.awaiting(cast.county_office)
    assert login(cast.unit_handler).get(reverse("suggestions:list")).status_code == 200


def test_a_stale_decision_is_told_who_was_faster(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = asking.ask_extension(case_in(State.HANDLING), cast)
    stale = case.version
    asking.grant_extension(case, cast)
    response = login(cast.county_office).post(_url(case, "deny_extension"), {"version": stale, "reason": "请按期"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "党联办甲 刚刚已同意延期" in page
    assert "请按期" in page


def test_the_extension_stands_in_the_deadline_and_on_the_representatives_page(
    cast: Cast, login: Login, case_in: CaseIn
) -> None:
    case = asking.grant_extension(asking.ask_extension(case_in(State.HANDLING), cast), cast)
    assert case.due_on
    words = f"延到{case.due_on.year}年{case.due_on.month}月{case.due_on.day}日"
    assert words in login(cast.unit_handler).get(case.get_absolute_url()).content.decode()
    mine = login(cast.representative_user).get(reverse("suggestions:mine", args=[case.pk])).content.decode()
    assert words in mine
    assert "已同意" in mine


def test_as_many_queries_for_one_unit_as_for_several(cast: Cast, login: Login) -> None:
    with time_machine.travel(MONDAY, tick=False):
        plain = asking.ask_return(paths.case_in(State.HANDLING, cast), cast)
        busy = asking.countersign(
            asking.assigned(cast, unit=cast.county_unit, co_units=[cast.other_unit, cast.town_unit]), cast
        )
        paths.sign(busy, cast)
        services.request_return(
            suggestion=busy, actor=cast.unit_handler, version=None, reason="不属", proposed_unit=cast.other_unit
        )
        services.deny_return(suggestion=busy, actor=cast.county_office, version=None, reason="请办理")
        busy = asking.ask_extension(asking.fresh(busy), cast)
        client, asked = login(cast.leader), []
        client.get("/desk/inbox/")
        for case in (plain, busy):
            with CaptureQueriesContext(connection) as captured:
                client.get(case.get_absolute_url())
            asked.append(len(captured))
    assert asked[0] == asked[1]
