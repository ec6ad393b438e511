"""撤回: any time before the answer, by the representative, with a reason; everything that ran stops."""

import pytest

from notifications.enums import ReminderState
from notifications.models import Reminder
from studios.measures import Span
from suggestions import services
from suggestions.enums import AssignmentStatus, State
from suggestions.integrity import RULES
from suggestions.measures import CASES
from suggestions.models import Suggestion
from suggestions.notifications import DEADLINE
from suggestions.services.steps import GuardError
from suggestions.workflow import NotYoursError, WrongStateError
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import paths

BEFORE_REPLY = ["DRAFT", "SUBMITTED", "RETURNED", "ACCEPTED", "ESCALATED", "ASSIGNED", "HANDLING"]


@pytest.mark.parametrize("state", BEFORE_REPLY)
def test_before_the_answer_it_can_be_taken_back(case_in: CaseIn, cast: Cast, state: str) -> None:
    case = case_in(State(state))
    paths.withdraw(case, cast)
    case.refresh_from_db()
    assert (case.state, case.next_deadline_at) == (State.WITHDRAWN, None)
    assert not case.assignments.filter(status=AssignmentStatus.ACTIVE).exists()
    assert case.transitions.last().note == "群众自己已解决"  # type: ignore[union-attr]
    assert [words for rule in RULES.values() for words in rule()] == []


@pytest.mark.parametrize("state", ["REPLY_REVIEW", "AWAIT_EVALUATION", "CLOSED", "REJECTED", "MERGED"])
def test_afterwards_it_cannot(case_in: CaseIn, cast: Cast, state: str) -> None:
    with pytest.raises(WrongStateError):
        paths.withdraw(case_in(State(state)), cast)


@pytest.mark.parametrize("who", ["liaison", "town_office", "county_office", "unit_handler"])
def test_nobody_else_takes_it_back(case_in: CaseIn, cast: Cast, who: str) -> None:
    with pytest.raises(NotYoursError):
        services.withdraw_suggestion(
            suggestion=case_in(State.HANDLING), actor=getattr(cast, who), version=None, reason="不办了"
        )


def test_without_a_reason_nothing_happens(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING)
    with pytest.raises(GuardError, match="请写明撤回的理由"):
        services.withdraw_suggestion(suggestion=case, actor=cast.representative_user, version=None, reason=" ")
    case.refresh_from_db()
    assert case.state == State.HANDLING


def test_reminders_are_void_and_the_unit_is_told(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING)
    waiting = Reminder.objects.filter(kind=DEADLINE, subject=f"suggestion:{case.pk}")
    assert waiting.filter(state=ReminderState.PENDING).exists()
    paths.withdraw(case, cast)
    assert not waiting.filter(state=ReminderState.PENDING).exists()
    news = Reminder.objects.filter(title__startswith="代表已撤回").values_list("recipient", "url")
    assert (f"UNIT_HANDLER:{cast.county_unit.pk}", "/desk/suggestions/") in news
    assert (f"COUNTY_OFFICE:{cast.county.pk}", case.get_absolute_url()) in news


def test_the_unit_no_longer_sees_it_and_no_statistic_counts_it(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING)
    day = case.accepted_on
    assert day is not None
    paths.withdraw(case, cast)
    assert not Suggestion.objects.visible_to(cast.unit_handler).exists()
    assert not CASES.rows(Suggestion.objects.all(), "accepted", Span(day, day, day)).exists()
