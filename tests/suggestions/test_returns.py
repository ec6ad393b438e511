"""退办: within three workdays, once per unit, with a proposal; the assigner decides; a new assignment is a new clock."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Reminder
from studios.clocks import SHANGHAI
from suggestions import services
from suggestions.enums import AssignmentStatus, Complexity, RequestState, State
from suggestions.integrity import RULES
from suggestions.models import DeadlinePolicy, Suggestion
from suggestions.services.steps import GuardError
from suggestions.workflow import NotYoursError, WrongStateError
from tests.accounts.factories import UnitFactory
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import asking, paths

THURSDAY = datetime(2026, 2, 12, 9, tzinfo=SHANGHAI)
"""Saturday 02-14 is a make-up workday, the rest is 春节 until 02-23."""


def _told(recipient: str) -> list[str]:
    return list(
        Reminder.objects.filter(recipient__contains=recipient, kind="suggestion.news").values_list("title", flat=True)
    )


@pytest.mark.parametrize("state", [State.ASSIGNED, State.HANDLING])
def test_asked_and_granted(cast: Cast, case_in: CaseIn, state: State) -> None:
    case = asking.ask_return(case_in(state), cast)
    assert case.state == state
    assert case.requests.get().state == RequestState.WAITING
    case = asking.grant_return(case, cast)
    assert (case.state, case.unit, case.due_on, case.cap_on, case.next_deadline_at) == (State.ESCALATED, *[None] * 4)
    assert case.first_assigned_on == timezone.localdate()
    assert case.assignments.get().status == AssignmentStatus.RETURNED
    request = case.requests.get()
    assert (request.state, request.decided_by, request.decision_note) == (
        RequestState.APPROVED,
        cast.county_office,
        "同意改交",
    )
    assert not [line for rule in RULES.values() for line in rule()]


def test_back_to_the_delegation_that_assigned_it(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.ACCEPTED)
    services.assign_suggestion(
        suggestion=case, actor=cast.town_office, version=None, unit=cast.town_unit, complexity=Complexity.SIMPLE
    )
    services.request_return(
        suggestion=case, actor=cast.town_unit_handler, version=None, reason="不属建设办", proposed_unit=cast.other_unit
    )
    with pytest.raises(NotYoursError):
        services.approve_return(suggestion=case, actor=cast.county_office, version=None)
    services.approve_return(suggestion=case, actor=cast.town_office, version=None)
    assert asking.fresh(case).state == State.ACCEPTED


def test_the_next_unit_has_a_new_clock_and_starts_its_steps_anew(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=SHANGHAI), tick=False) as clock:
        case = paths.case_in(State.HANDLING, cast)
        paths.take_two_steps(case, cast)
        case = asking.grant_return(asking.ask_return(case, cast), cast)
        clock.shift(timedelta(days=1))
        services.assign_suggestion(
            suggestion=case,
            actor=cast.county_office,
            version=None,
            unit=cast.other_unit,
            complexity=Complexity.SIMPLE,
        )
        services.sign_suggestion(suggestion=case, actor=cast.other_unit_handler, version=None)
        case = asking.fresh(case)
        assert (case.first_assigned_on, case.assigned_on) == (date(2026, 11, 2), date(2026, 11, 3))
        assert case.due_on == case.original_due_on == date(2026, 11, 13)
        with pytest.raises(GuardError, match="尚未联系党代表；尚未联系反映群众；尚未填写措施"):
            services.reply_suggestion(suggestion=case, actor=cast.other_unit_handler, version=None, reply=paths.REPLY)


def test_denied_with_a_reason_nothing_changes(cast: Cast, case_in: CaseIn) -> None:
    case = asking.ask_return(case_in(State.HANDLING), cast)
    before = case.state, case.unit, case.due_on
    with pytest.raises(GuardError, match="请写明不同意退办的理由"):
        services.deny_return(suggestion=case, actor=cast.county_office, version=None, reason=" ")
    services.deny_return(suggestion=case, actor=cast.county_office, version=None, reason="县道由贵局养护")
    case = asking.fresh(case)
    assert (case.state, case.unit, case.due_on) == before
    assert case.requests.get().state == RequestState.DENIED
    assert any(title.startswith("不同意退办") for title in _told(f":{cast.county_unit.pk}"))


@pytest.mark.parametrize(("later", "is_open"), [(2, True), (12, True), (13, False)])
def test_three_workdays_by_the_office_calendar(cast: Cast, later: int, *, is_open: bool) -> None:
    """From Thursday 02-12: Friday, the make-up Saturday, and, after 春节, Tuesday 02-24 is the last one."""
    with time_machine.travel(THURSDAY, tick=False) as clock:
        case = paths.case_in(State.ASSIGNED, cast)
        clock.shift(timedelta(days=later))
        if is_open:
            asking.ask_return(case, cast)
        else:
            with pytest.raises(GuardError, match="交办后 3 个工作日内提出，本件已于2026年2月24日截止"):
                asking.ask_return(case, cast)
    assert case.requests.exists() is is_open


def test_the_county_sets_the_window(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=SHANGHAI), tick=False) as clock:
        DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), return_days=1)
        case = paths.case_in(State.ASSIGNED, cast)
        clock.shift(timedelta(days=2))
        with pytest.raises(GuardError, match="交办后 1 个工作日内提出，本件已于2026年11月3日截止"):
            asking.ask_return(case, cast)


def test_once_per_unit(cast: Cast, case_in: CaseIn) -> None:
    case = asking.ask_return(case_in(State.HANDLING), cast)
    with pytest.raises(GuardError, match="已有退办申请在等审批"):
        asking.ask_return(case, cast)
    services.deny_return(suggestion=case, actor=cast.county_office, version=None, reason="请办理")
    with pytest.raises(GuardError, match="只能申请一次"):
        asking.ask_return(case, cast)


def _ask(case: Suggestion, cast: Cast, **changes: object) -> object:
    arguments = {"reason": asking.WHY, "proposed_unit": cast.other_unit} | changes
    return services.request_return(suggestion=case, actor=cast.unit_handler, version=None, **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (lambda cast: {"reason": " "}, "请写明退回理由"),
        (lambda cast: {"proposed_unit": cast.county_unit}, "不能是贵单位"),
        (lambda cast: {"proposed_unit": cast.town}, "本县的一个承办单位"),
        (lambda cast: {"proposed_unit": UnitFactory(county=cast.stranger.memberships.get().organization)}, "本县"),
    ],
)
def test_reason_and_proposal_are_needed(
    cast: Cast, case_in: CaseIn, changes: Callable[[Cast], dict[str, object]], sentence: str
) -> None:
    case = case_in(State.HANDLING)
    with pytest.raises(GuardError, match=sentence):
        _ask(case, cast, **changes(cast))
    assert not case.requests.exists()


def test_nothing_to_decide(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    with pytest.raises(GuardError, match="没有等待审批的退办申请"):
        asking.grant_return(case, cast)


def test_a_waiting_request_lapses_when_the_unit_answers(cast: Cast, case_in: CaseIn) -> None:
    case = asking.ask_return(case_in(State.HANDLING), cast)
    paths.reply(case, cast)
    assert case.requests.get().state == RequestState.LAPSED
    with pytest.raises(WrongStateError):
        asking.grant_return(case, cast)


def test_a_recall_lets_it_lapse_and_the_unit_may_ask_anew_later(cast: Cast, case_in: CaseIn) -> None:
    case = asking.ask_return(case_in(State.ASSIGNED), cast)
    services.recall_assignment(suggestion=case, actor=cast.county_office, version=None)
    assert case.requests.get().state == RequestState.LAPSED
    paths.assign(case, cast)
    asking.ask_return(case, cast)
    assert case.requests.count() == 2


def test_everybody_concerned_is_told(cast: Cast, case_in: CaseIn) -> None:
    case = asking.ask_return(case_in(State.HANDLING), cast)
    assert any(title.startswith("申请退办") for title in _told("COUNTY_OFFICE"))
    asking.grant_return(case, cast)
    told = Reminder.objects.get(title__startswith="已同意退办")
    assert str(cast.county_unit.pk) in told.recipient
    assert told.url == "/desk/suggestions/", "the case is no longer theirs to open"


def test_the_ladder_of_the_old_clock_is_void(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    old = set(Reminder.objects.filter(kind="suggestion.deadline").values_list("occurrence", flat=True))
    case = asking.grant_return(asking.ask_return(case, cast), cast)
    paths.assign(case, cast)
    new = set(Reminder.objects.filter(kind="suggestion.deadline").values_list("occurrence", flat=True)) - old
    assert len(old) == len(new) == 1
