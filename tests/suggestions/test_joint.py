"""One lead with helpers: who gets which part, 会签, and letting a helper off."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
import time_machine

from notifications.models import Reminder
from studios.clocks import SHANGHAI
from suggestions import services
from suggestions.enums import AssignmentKind, State
from suggestions.integrity import RULES
from suggestions.models import DeadlinePolicy, Suggestion
from suggestions.permissions import can_see_petitioner
from suggestions.services.steps import GuardError, MissingStepsError
from suggestions.workflow import NotYoursError
from tests.cast import Cast
from tests.suggestions import asking, paths

MONDAY = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize(("share", "due_on"), [(3, date(2026, 11, 6)), (2, date(2026, 11, 7))])
def test_the_helper_has_a_share_of_the_time(cast: Cast, share: int, due_on: date) -> None:
    with time_machine.travel(MONDAY, tick=False):
        DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), co_share=share)
        case = asking.helped(cast)
    due = {row.kind: row.due_on for row in case.assignments.all()}
    assert due == {AssignmentKind.LEAD: date(2026, 11, 12), AssignmentKind.CO: due_on}
    assert case.unit == cast.county_unit
    told = Reminder.objects.get(title__startswith="新会办")
    assert told.body == f"请在2026年11月{due_on.day}日前会签"


@pytest.mark.parametrize(
    ("charge", "sentence"),
    [
        (lambda cast: {}, "请选择交办给哪个单位"),
        (lambda cast: {"unit": cast.county_unit, "co_units": [cast.county_unit]}, "交通运输局选了两次"),
        (lambda cast: {"unit": cast.county_unit, "co_units": [cast.other_unit] * 2}, "住房和城乡建设局选了两次"),
        (lambda cast: {"split_units": [cast.county_unit]}, "分办至少要有两个单位"),
        (lambda cast: {"split_units": [cast.county_unit] * 2}, "选了两次"),
        (lambda cast: {"unit": cast.county_unit, "split_units": [cast.other_unit] * 2}, "主办和分办只能选一种"),
        (
            lambda cast: {"split_units": [cast.county_unit, cast.other_unit], "co_units": [cast.town_unit]},
            "没有会办单位",
        ),
        (lambda cast: {"unit": cast.county_unit, "co_units": [cast.town]}, "请选择本县在用的承办单位"),
    ],
)
def test_one_lead_or_two_that_share(cast: Cast, charge: Callable[[Cast], dict[str, object]], sentence: str) -> None:
    with pytest.raises(GuardError, match=sentence):
        asking.assigned(cast, **charge(cast))
    assert Suggestion.objects.get().state == State.ESCALATED


def test_a_reply_waits_for_every_helper(cast: Cast) -> None:
    case = asking.helped(cast)
    paths.take_two_steps(case, cast)
    with pytest.raises(MissingStepsError, match="住房和城乡建设局尚未会签") as refused:
        asking.hand_in(case, cast, "unit_handler")
    assert [item.task for item in refused.value.missing] == ["countersign"]
    case = asking.hand_in(asking.countersign(case, cast), cast, "unit_handler")
    assert case.state == State.REPLY_REVIEW
    assert not [line for rule in RULES.values() for line in rule()]


def test_countersigning_signs_and_tells_the_lead(cast: Cast) -> None:
    case = asking.countersign(asking.assigned(cast, unit=cast.county_unit, co_units=[cast.other_unit]), cast)
    helper = case.assignments.get(kind=AssignmentKind.CO)
    assert helper.countersigned_by == helper.signed_by == cast.other_unit_handler
    assert case.state == State.ASSIGNED, "the lead has not signed"
    told = Reminder.objects.get(title__startswith="住建局已会签")
    assert str(cast.county_unit.pk) in told.recipient
    with pytest.raises(GuardError, match="住房和城乡建设局已经签收，不能撤回交办"):
        services.recall_assignment(suggestion=case, actor=cast.county_office, version=None)


def test_countersign_once_and_with_words(cast: Cast) -> None:
    case = asking.helped(cast)
    with pytest.raises(GuardError, match="请填写会签意见"):
        services.countersign(suggestion=case, actor=cast.other_unit_handler, version=None, note=" ")
    asking.countersign(case, cast)
    with pytest.raises(GuardError, match="已经会签过了"):
        asking.countersign(case, cast)


def test_a_helper_is_let_off_by_the_assigner_with_a_reason(cast: Cast) -> None:
    case = asking.helped(cast)
    helper = case.assignments.get(kind=AssignmentKind.CO)
    arguments = {"suggestion": case, "version": None, "assignment": helper}
    with pytest.raises(NotYoursError):
        services.waive_countersign(actor=cast.unit_handler, reason="等不及", **arguments)  # type: ignore[arg-type]
    with pytest.raises(GuardError, match="请写明免会签的理由"):
        services.waive_countersign(actor=cast.county_office, reason="", **arguments)  # type: ignore[arg-type]
    services.waive_countersign(actor=cast.county_office, reason="已电话确认", **arguments)  # type: ignore[arg-type]
    with pytest.raises(GuardError, match="免会签，不用再会签"):
        asking.countersign(case, cast)
    with pytest.raises(GuardError, match="没有待会签的单位"):
        services.waive_countersign(actor=cast.county_office, reason="再免一次", **arguments)  # type: ignore[arg-type]
    paths.take_two_steps(case, cast)
    assert asking.hand_in(case, cast, "unit_handler").state == State.REPLY_REVIEW


def test_the_lead_cannot_be_let_off(cast: Cast) -> None:
    case = asking.helped(cast)
    lead = case.assignments.get(kind=AssignmentKind.LEAD)
    with pytest.raises(GuardError, match="不在待会签的单位里"):
        services.waive_countersign(
            suggestion=case, actor=cast.county_office, version=None, assignment=lead, reason="已确认"
        )


def test_the_helper_countersigns_and_does_not_reply_or_see_the_petitioner(cast: Cast) -> None:
    case = asking.helped(cast)
    with pytest.raises(NotYoursError):
        asking.hand_in(case, cast, "other_unit_handler")
    with pytest.raises(NotYoursError):
        services.countersign(suggestion=case, actor=cast.unit_handler, version=None, note="同意")
    assert can_see_petitioner(cast.unit_handler, case)
    assert not can_see_petitioner(cast.other_unit_handler, case)


def test_every_unit_signs_for_itself(cast: Cast) -> None:
    case = asking.helped(cast)
    signed = {row.kind: row.signed_by for row in case.assignments.all()}
    assert signed == {AssignmentKind.LEAD: cast.unit_handler, AssignmentKind.CO: None}
    services.sign_suggestion(suggestion=case, actor=cast.other_unit_handler, version=None)
    with pytest.raises(GuardError, match="已经签收"):
        services.sign_suggestion(suggestion=case, actor=cast.other_unit_handler, version=None)
    assert asking.fresh(case).state == State.HANDLING


def test_in_a_second_round_helpers_countersign_anew(cast: Cast) -> None:
    case = asking.countersign(asking.helped(cast), cast)
    paths.reply(case, cast)
    paths.forward(case, cast)
    paths.rate(case, cast, paths.DISCONTENT)
    services.redo_suggestion(suggestion=case, actor=cast.county_office, version=None, reason="请上门核实")
    case = asking.fresh(case)
    helper = next(row for row in case.assignments_in_force if row.kind == AssignmentKind.CO)
    assert (helper.round, helper.awaits_countersign) == (2, True)
    assert case.due_on and helper.due_on < case.due_on
