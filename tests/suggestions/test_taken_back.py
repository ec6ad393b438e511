"""撤回交办 and 退回代表队: while nobody has signed, with a reason, and told to whoever waits for it."""

import pytest

from notifications.models import Reminder
from suggestions import services
from suggestions.enums import AssignmentStatus, State
from suggestions.integrity import RULES
from suggestions.services.steps import GuardError
from suggestions.workflow import NotYoursError, WrongStateError
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import asking, paths


def test_a_recall_frees_every_unit_and_tells_them(cast: Cast) -> None:
    case = asking.assigned(cast, unit=cast.county_unit, co_units=[cast.other_unit])
    services.recall_assignment(suggestion=case, actor=cast.county_office, version=None)
    case = asking.fresh(case)
    assert (case.state, case.unit, case.complexity, case.assigned_level) == (State.ESCALATED, None, "", "")
    assert set(case.assignments.values_list("status", flat=True)) == {AssignmentStatus.RECALLED}
    told = Reminder.objects.filter(title__startswith="撤回交办")
    assert {row.recipient.rsplit(":", 1)[-1] for row in told} == {str(cast.county_unit.pk), str(cast.other_unit.pk)}
    assert {row.url for row in told} == {"/desk/suggestions/"}
    assert not [line for rule in RULES.values() for line in rule()]


def test_only_who_assigned_recalls(cast: Cast, case_in: CaseIn) -> None:
    with pytest.raises(NotYoursError):
        services.recall_assignment(suggestion=case_in(State.ASSIGNED), actor=cast.town_office, version=None)


def test_not_once_signed(cast: Cast, case_in: CaseIn) -> None:
    with pytest.raises(WrongStateError, match="不能撤回交办"):
        services.recall_assignment(suggestion=case_in(State.HANDLING), actor=cast.county_office, version=None)


def test_sent_down_with_a_reason_the_delegation_is_told(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.ESCALATED)
    with pytest.raises(GuardError, match="请写明退回代表队的理由"):
        services.send_down(suggestion=case, actor=cast.county_office, version=None, reason=" ")
    services.send_down(suggestion=case, actor=cast.county_office, version=None, reason="村道由镇里养护")
    assert asking.fresh(case).state == State.ACCEPTED
    told = Reminder.objects.get(title__startswith="党联办退回")
    assert "DELEGATION_OFFICE" in told.recipient
    assert str(cast.town.pk) in told.recipient


def test_what_was_handed_back_to_the_county_may_be_sent_down(cast: Cast, case_in: CaseIn) -> None:
    case = asking.grant_return(asking.ask_return(case_in(State.HANDLING), cast), cast)
    services.send_down(suggestion=case, actor=cast.county_office, version=None, reason="村道由镇里养护")
    paths.escalate(case, cast)
    paths.assign(case, cast)
    assert asking.fresh(case).state == State.ASSIGNED
