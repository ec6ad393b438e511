"""分办: every unit hands in its part, the last one answers the case (docs/decisions/0013)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from notifications.models import Reminder
from studios.clocks import SHANGHAI
from suggestions import services
from suggestions.duties import duties_of
from suggestions.enums import AssignmentKind, AssignmentStatus, ReplyStatus, ResultClass, State, Verb
from suggestions.integrity import RULES
from suggestions.services.steps import GuardError
from tests.cast import Cast
from tests.suggestions import asking, paths

MONDAY = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)


def test_the_last_part_answers_the_case(cast: Cast) -> None:
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    case = asking.hand_in(case, cast, "unit_handler")
    assert (case.state, case.replied_on, case.was_on_time) == (State.HANDLING, None, None)
    assert case.transitions.last().verb == Verb.REPLY_PART  # type: ignore[union-attr]
    case = asking.hand_in(case, cast, "other_unit_handler")
    assert (case.state, case.was_on_time) == (State.REPLY_REVIEW, True)
    assert case.transitions.last().verb == Verb.REPLY  # type: ignore[union-attr]
    assert {part.assignment.unit for part in case.replies.all() if part.assignment} == {
        cast.county_unit,
        cast.other_unit,
    }
    paths.forward(case, cast)
    assert not [line for rule in RULES.values() for line in rule()]


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [(ResultClass.A, ResultClass.A, ResultClass.A), (ResultClass.C, ResultClass.A, ResultClass.C)],
)
def test_a_matter_is_solved_when_every_part_is(
    cast: Cast, first: ResultClass, second: ResultClass, together: ResultClass
) -> None:
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    asking.hand_in(case, cast, "unit_handler", result_class=first)
    assert asking.hand_in(case, cast, "other_unit_handler", result_class=second).result_class == together


def test_each_part_is_judged_by_its_own_day(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = asking.shared(cast)
        paths.take_two_steps(case, cast)
        asking.hand_in(case, cast, "unit_handler")
        clock.shift(timedelta(days=13))
        case = asking.hand_in(case, cast, "other_unit_handler")
    assert case.was_on_time is False
    assert [duty.text for duty in duties_of(case)] == [
        "11月2日已提交本单位部分（按期）",
        "11月15日已提交本单位部分（逾期 3 天提交）",
    ]


def test_an_extension_leaves_the_part_that_is_in(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = asking.shared(cast)
        paths.take_two_steps(case, cast)
        case = asking.hand_in(case, cast, "other_unit_handler")
        case = asking.grant_extension(asking.ask_extension(case, cast), cast)
    due = {row.unit: row.due_on for row in case.assignments_in_force}
    assert due == {cast.county_unit: date(2026, 11, 17), cast.other_unit: date(2026, 11, 12)}
    assert case.due_on == date(2026, 11, 17)


def test_a_part_once_and_only_signed_for(cast: Cast) -> None:
    case = asking.assigned(cast, split_units=[cast.county_unit, cast.other_unit])
    paths.sign(case, cast)
    paths.take_two_steps(case, cast)
    with pytest.raises(GuardError, match="贵单位尚未签收，请先签收再办理"):
        asking.hand_in(case, cast, "other_unit_handler")
    case = asking.hand_in(case, cast, "unit_handler")
    with pytest.raises(GuardError, match="贵单位的部分已经提交"):
        asking.hand_in(case, cast, "unit_handler")
    assert Reminder.objects.filter(title__startswith="交通局已提交分办部分").count() == 1


def test_sent_back_every_unit_writes_anew(cast: Cast) -> None:
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    for who in ("unit_handler", "other_unit_handler"):
        asking.hand_in(case, cast, who)
    services.return_reply(suggestion=case, actor=cast.county_office, version=None, reason="请写明时间")
    assert set(case.replies.values_list("status", flat=True)) == {ReplyStatus.RETURNED}
    for who in ("other_unit_handler", "unit_handler"):
        case = asking.hand_in(case, cast, who)
    assert case.state == State.REPLY_REVIEW


def test_one_unit_handing_it_back_ends_the_whole_assignment(cast: Cast) -> None:
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    case = asking.hand_in(case, cast, "other_unit_handler")
    case = asking.grant_return(asking.ask_return(case, cast), cast)
    status = {row.unit: row.status for row in case.assignments.all()}
    assert status == {cast.county_unit: AssignmentStatus.RETURNED, cast.other_unit: AssignmentStatus.RECALLED}
    assert case.replies.get().status == ReplyStatus.RETURNED
    assert not [line for rule in RULES.values() for line in rule()]


def test_the_ladder_reaches_every_unit_that_shares(cast: Cast) -> None:
    case = asking.shared(cast)
    warned = Reminder.objects.filter(kind="suggestion.deadline", offset=0).values_list("recipient", flat=True)
    assert len(set(warned)) == 2
    assert {row.kind for row in case.assignments_in_force} == {AssignmentKind.SPLIT}
