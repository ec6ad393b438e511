"""催办, 督办 and 挂牌 by hand: who may, when, with which day; the unit answers; the county lifts (domain.md §6.2)."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from notifications.delivery import sweep
from notifications.models import Message
from suggestions import services
from suggestions.enums import Ruling, State, SupervisionKind
from suggestions.models import Suggestion, Supervision
from suggestions.services.steps import GuardError, NotYoursError
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions.supervising import notice_of, supervise

Login = Callable[[User], Client]
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Tuesday
RUNNING = {State.ASSIGNED, State.HANDLING}


@pytest.fixture(autouse=True)
def _one_morning() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(case_in: CaseIn) -> Suggestion:
    return case_in(State.HANDLING)


def _told(user: User) -> list[str]:
    sweep(NOW)
    return [row.title for row in Message.objects.filter(user=user, reminder__occurrence__startswith="s")]


@pytest.mark.parametrize("kind", SupervisionKind)
def test_the_unit_its_leader_and_nobody_else_hear_of_it(cast: Cast, case: Suggestion, kind: SupervisionKind) -> None:
    cast.nobody.memberships.create(role=Role.LEADER, organization=cast.county_unit)
    supervise(cast, case, kind)
    title = f"{kind.label}：{case.title}"
    assert _told(cast.unit_handler) == [title]
    assert _told(cast.nobody) == ([] if kind == SupervisionKind.URGED else [title])
    assert _told(cast.other_unit_handler) == []


def test_the_county_hears_of_what_a_delegation_supervises(cast: Cast, case: Suggestion) -> None:
    Suggestion.objects.filter(pk=case.pk).update(assigned_level="TOWN")
    sent = notice_of(case, SupervisionKind.SUPERVISED)
    services.supervise_suggestion(suggestion=case, actor=cast.town_office, notice=sent)
    assert _told(cast.county_office) == [f"督办：{case.title}"]


@pytest.mark.parametrize("state", [state for state in State if state not in {State.MERGED, State.WITHDRAWN}])
@pytest.mark.parametrize(
    "who", ["county_office", "town_office", "other_town_office", "unit_handler", "leader", "stranger"]
)
def test_the_county_supervises_what_is_handled(cast: Cast, case_in: CaseIn, state: State, who: str) -> None:
    case = case_in(state)
    sent = notice_of(case if case.unit else case_in(State.HANDLING))
    if who == "county_office" and state in RUNNING:
        assert services.supervise_suggestion(suggestion=case, actor=getattr(cast, who), notice=sent).pk
        return
    with pytest.raises(GuardError if who == "county_office" else NotYoursError):
        services.supervise_suggestion(suggestion=case, actor=getattr(cast, who), notice=sent)
    assert not Supervision.objects.exists()


@pytest.mark.parametrize("kind", SupervisionKind)
def test_a_delegation_supervises_what_it_assigned_but_lists_nothing(
    cast: Cast, case: Suggestion, kind: SupervisionKind
) -> None:
    Suggestion.objects.filter(pk=case.pk).update(assigned_level="TOWN")
    if kind == SupervisionKind.LISTED:
        with pytest.raises(NotYoursError, match="挂牌督办由党联办发出"):
            services.supervise_suggestion(suggestion=case, actor=cast.town_office, notice=notice_of(case, kind))
    else:
        services.supervise_suggestion(suggestion=case, actor=cast.town_office, notice=notice_of(case, kind))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 11, 24), "要晚于今天（11月24日（周二））"),
        (date(2026, 11, 28), "11月28日（周六）是休息日，请改为11月30日（周一）"),
        (date(2027, 3, 1), "最迟在 90 天以内"),
        (date.max, "最迟在 90 天以内"),
    ],
)
def test_an_answer_is_asked_for_by_a_workday(
    cast: Cast, case: Suggestion, day: date, sentence: str, login: Login
) -> None:
    with pytest.raises(GuardError, match=sentence):
        services.supervise_suggestion(
            suggestion=case, actor=cast.county_office, notice=notice_of(case, reply_due_on=day)
        )
    typed = {"kind": "URGED", "unit": cast.county_unit.pk, "text": "请快办", "reply_due_on": day.isoformat()}
    response = login(cast.county_office).post(f"{case.get_absolute_url()}supervise/", typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "请快办" in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "x"}, "不能用这种方式"),
        ({"kind": ""}, "请选择催办、督办或挂牌督办"),
        ({"text": " "}, "请写明要求"),
        ({"text": "字" * 501}, "要求最多 500 字"),
        ({"reply_due_on": "明天"}, "日期请按“2026-12-04”填写"),
        ({"reply_due_on": ""}, "请填写要求回复的日期"),
        ({"unit": "0"}, "这个单位没有承办这件建议"),
    ],
)
def test_bad_input_is_explained(
    cast: Cast, case: Suggestion, login: Login, changed: dict[str, str], sentence: str
) -> None:
    typed = {"kind": "URGED", "unit": cast.county_unit.pk, "text": "请快办", "reply_due_on": "2026-11-27"}
    response = login(cast.county_office).post(f"{case.get_absolute_url()}supervise/", typed | changed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Supervision.objects.exists()


def test_another_unit_gets_no_notice(cast: Cast, case: Suggestion) -> None:
    supervised = notice_of(case, unit=cast.other_unit)
    with pytest.raises(GuardError, match="没有承办这件建议"):
        services.supervise_suggestion(suggestion=case, actor=cast.county_office, notice=supervised)


def test_a_standard_text_follows_the_kind(cast: Cast, case: Suggestion, login: Login) -> None:
    client, address = login(cast.county_office), f"{case.get_absolute_url()}supervise/"
    form = client.get(address).context["form"]
    assert form["kind"].value() == SupervisionKind.URGED
    typed = {
        "kind": "SUPERVISED",
        "unit": cast.county_unit.pk,
        "text": form["text"].value(),
        "reply_due_on": "2026-11-27",
    }
    assert client.post(address, typed).status_code == 302
    assert "请单位负责人过问" in Supervision.objects.get().text


def test_the_same_notice_is_not_sent_twice(cast: Cast, case: Suggestion) -> None:
    first = supervise(cast, case)
    with pytest.raises(GuardError, match="上一份催办还没有回复"):
        supervise(cast, case)
    services.answer_supervision(supervision=first, actor=cast.unit_handler, text="本周办结")
    supervise(cast, case)
    supervise(cast, case, SupervisionKind.LISTED)
    with pytest.raises(GuardError, match="已经挂牌督办"):
        supervise(cast, case, SupervisionKind.LISTED)


def test_the_unit_answers_once(cast: Cast, case: Suggestion) -> None:
    notice = supervise(cast, case, SupervisionKind.SUPERVISED)
    with pytest.raises(GuardError, match="请填写回复内容"):
        services.answer_supervision(supervision=notice, actor=cast.unit_handler, text=" ")
    for other in (cast.other_unit_handler, cast.county_office, cast.leader):
        with pytest.raises(NotYoursError):
            services.answer_supervision(supervision=notice, actor=other, text="好")
    services.answer_supervision(supervision=notice, actor=cast.unit_handler, text="本周办结")
    assert _told(cast.county_office) == [f"交通运输局已回复督办：{case.title}"]
    with pytest.raises(GuardError, match="已经回复过了"):
        services.answer_supervision(supervision=notice, actor=cast.unit_handler, text="又")


def test_a_listing_is_lifted_by_the_county_after_the_answer(cast: Cast, case: Suggestion) -> None:
    notice = supervise(cast, case, SupervisionKind.LISTED)
    with pytest.raises(NotYoursError):
        services.lift_listing(supervision=notice, actor=cast.town_office, reason="好")
    with pytest.raises(GuardError, match="还没有回复挂牌督办"):
        services.lift_listing(supervision=notice, actor=cast.county_office, reason="好")
    services.answer_supervision(supervision=notice, actor=cast.unit_handler, text="已办结")
    with pytest.raises(GuardError, match="请写明摘牌的理由"):
        services.lift_listing(supervision=notice, actor=cast.county_office, reason=" ")
    services.lift_listing(supervision=notice, actor=cast.county_office, reason="已办结")
    assert f"已摘牌：{case.title}" in _told(cast.unit_handler)
    with pytest.raises(GuardError, match="已经摘牌"):
        services.lift_listing(supervision=notice, actor=cast.county_office, reason="好")


def test_a_listing_of_a_unit_that_lost_the_case_may_be_lifted(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.ASSIGNED)
    notice = supervise(cast, case, SupervisionKind.LISTED)
    services.recall_assignment(suggestion=case, actor=cast.county_office, version=None)
    services.lift_listing(supervision=notice, actor=cast.county_office, reason="已改交其他单位")


@pytest.mark.parametrize("kind", SupervisionKind)
def test_a_ruling_can_be_followed_by_a_listing(cast: Cast, case_in: CaseIn, kind: SupervisionKind) -> None:
    case = case_in(State.CLOSED)
    Suggestion.objects.filter(pk=case.pk).update(ruling=Ruling.LISTED)
    if kind == SupervisionKind.LISTED:
        assert supervise(cast, case, kind).is_owed
    else:
        with pytest.raises(GuardError, match="只能发挂牌督办"):
            supervise(cast, case, kind)


def test_the_database_keeps_the_rules_too(cast: Cast, case: Suggestion) -> None:
    notice = supervise(cast, case)
    for broken in ({"reply_text": "好"}, {"lift_reason": "好"}, {"lifted_at": NOW, "lifted_by": cast.county_office}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Supervision.objects.filter(pk=notice.pk).update(**broken)


def test_pages_say_what_stands_in_the_way(cast: Cast, login: Login, case_in: CaseIn) -> None:
    client = login(cast.county_office)
    response = client.get(f"{case_in(State.CLOSED).get_absolute_url()}supervise/")
    assert response.status_code == 422
    assert "没有在办理" in response.content.decode()
    notice = supervise(cast, case_in(State.HANDLING), SupervisionKind.LISTED)
    response = client.post(f"/desk/supervision/{notice.pk}/lift/", {"reason": "好"})
    assert response.status_code == 422
    assert "还没有回复" in response.content.decode()
    assert client.get("/desk/supervision/?view=x").status_code == 404


def test_the_unit_answers_on_the_case_page(cast: Cast, login: Login, case: Suggestion) -> None:
    notice = supervise(cast, case)
    unit, office = login(cast.unit_handler), login(cast.county_office)
    address = f"/desk/supervision/{notice.pk}/answer/"
    assert address in unit.get(case.get_absolute_url()).content.decode()
    assert address not in office.get(case.get_absolute_url()).content.decode()
    assert unit.post(address, {"text": ""}).status_code == 422
    assert unit.post(address, {"text": "本周办结"}).status_code == 302
    page = office.get(case.get_absolute_url()).content.decode()
    assert "本周办结" in page
    assert "按期回复" in page
    assert unit.post(address, {"text": "又"}).status_code == 422
