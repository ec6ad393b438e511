"""Closing by the office and by the clock, and the second round."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from suggestions import services
from suggestions.enums import AssignmentStatus, Evaluator, State
from suggestions.models import Suggestion
from suggestions.services import closing
from suggestions.services.steps import GuardError
from suggestions.tasks import sweep_evaluations
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import paths


def test_the_clock_closes_what_everybody_has_rated(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    paths.rate(case, cast)
    assert sweep_evaluations() == 1
    case.refresh_from_db()
    assert case.state == State.CLOSED
    last = case.transitions.last()
    assert last is not None and last.actor is None and last.actor_name == "系统"


def test_the_clock_waits_for_the_window(case_in: CaseIn) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    assert sweep_evaluations() == 0
    assert case.evaluation_due_on == timezone.localdate() + timedelta(days=15)
    with time_machine.travel(timezone.now() + timedelta(days=16)):
        assert sweep_evaluations() == 1
        assert sweep_evaluations() == 0


def test_an_unsatisfied_rating_is_never_closed_by_the_clock(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    paths.rate(case, cast, paths.DISCONTENT)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert sweep_evaluations() == 0
    with pytest.raises(GuardError, match="请要求重办"):
        services.close_suggestion(suggestion=case, actor=cast.county_office)


def test_a_case_closed_by_hand_meanwhile_stops_none_of_the_others(
    case_in: CaseIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office closes the first right after the sweep has listed both."""
    cases = [case_in(State.AWAIT_EVALUATION) for _ in range(2)]
    for case in cases:
        paths.rate(case, cast)
    close = closing.close_suggestion

    def late(*, suggestion: Suggestion, actor: None) -> Suggestion:
        if suggestion == cases[1]:
            close(suggestion=suggestion, actor=cast.county_office)
        return close(suggestion=suggestion, actor=actor)

    monkeypatch.setattr(closing, "close_suggestion", late)
    assert sweep_evaluations() == 1
    assert set(Suggestion.objects.values_list("state", flat=True)) == {State.CLOSED}
    assert [case.transitions.filter(verb="close").count() for case in cases] == [1, 1]


def _redo(case: Suggestion, cast: Cast) -> Suggestion:
    return services.redo_suggestion(suggestion=case, actor=cast.county_office, version=None, reason="路面又坏了")


def test_redo_starts_a_second_round_with_its_own_clock(case_in: CaseIn, cast: Cast) -> None:
    with time_machine.travel("2026-11-02T10:00:00+08:00"):
        case = case_in(State.AWAIT_EVALUATION)
        paths.rate(case, cast, paths.DISCONTENT)
    with time_machine.travel("2026-11-24T10:00:00+08:00"):
        redone = _redo(case, cast)
    assert (redone.state, redone.round) == (State.HANDLING, 2)
    assert redone.first_assigned_on == date(2026, 11, 2)
    assert (redone.assigned_on, redone.due_on) == (date(2026, 11, 24), date(2026, 12, 4))
    assert redone.replied_on is None and redone.was_on_time is None
    standing = case.assignments.get(status=AssignmentStatus.ACTIVE)
    assert (standing.round, standing.unit) == (2, cast.county_unit)


def test_the_second_round_asks_for_all_three_steps_again(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    paths.rate(case, cast, paths.DISCONTENT)
    redone = _redo(case, cast)
    assert len(services.handling.missing_for_reply(redone)) == 3  # type: ignore[attr-defined]
    paths.reply(redone, cast)
    paths.forward(redone, cast)
    paths.close(redone, cast)
    redone.refresh_from_db()
    assert redone.state == State.CLOSED
    assert redone.evaluations.filter(round=2).count() == 2


def test_there_is_no_third_round(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    paths.rate(case, cast, paths.DISCONTENT)
    redone = _redo(case, cast)
    paths.reply(redone, cast)
    paths.forward(redone, cast)
    paths.rate(redone, cast, paths.DISCONTENT)
    with pytest.raises(GuardError, match="请裁定"):
        _redo(redone, cast)


def test_late_reply_is_judged_when_it_is_submitted_and_stays_late(case_in: CaseIn, cast: Cast) -> None:
    with time_machine.travel("2026-11-02T10:00:00+08:00"):
        case = case_in(State.HANDLING)
    with time_machine.travel("2026-11-13T10:00:00+08:00"):
        paths.reply(case, cast)
    case.refresh_from_db()
    assert (case.due_on, case.replied_on, case.was_on_time) == (date(2026, 11, 12), date(2026, 11, 13), False)


def test_returned_reply_takes_the_verdict_back(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.REPLY_REVIEW)
    returned = services.return_reply(suggestion=case, actor=cast.county_office, version=None, reason="请写明时间")
    assert (returned.state, returned.replied_on, returned.was_on_time) == (State.HANDLING, None, None)
    paths_reply = services.reply_suggestion(suggestion=case, actor=cast.unit_handler, version=None, reply=paths.REPLY)
    assert paths_reply.state == State.REPLY_REVIEW
    assert case.replies.count() == 2


def test_rating_one_side_is_not_enough_to_close(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    services.evaluate_suggestion(
        suggestion=case,
        actor=cast.liaison,
        version=None,
        evaluator=Evaluator.PETITIONER,
        verdict=paths.CONTENT,
    )
    with pytest.raises(GuardError, match="党代表还没有评价"):
        services.close_suggestion(suggestion=case, actor=cast.county_office)
