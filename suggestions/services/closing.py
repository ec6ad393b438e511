"""How a case ends: ratings, close, redo (domain.md §6.1)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from studios.clocks import words
from suggestions.enums import (
    CONTENTED,
    MAX_ROUNDS,
    AssignmentStatus,
    Capacity,
    Complexity,
    EvaluationSource,
    Evaluator,
    Rating,
    Verb,
)
from suggestions.models import Assignment, DeadlinePolicy, Evaluation, Suggestion
from suggestions.notifications import schedule_ladder, tell_unit
from suggestions.services.joint import due_of
from suggestions.services.steps import GuardError, begin, finish, required
from suggestions.services.triage import start_clock

ENTERED_BY = {
    Evaluator.REPRESENTATIVE: (Capacity.REPRESENTATIVE, EvaluationSource.ONLINE, "代表的评价由代表本人填写。"),
    Evaluator.PETITIONER: (Capacity.LIAISON, EvaluationSource.PAPER, "群众的评价由联络员按纸质征询意见表录入。"),
}


@dataclass(frozen=True)
class Verdict:
    """One evaluator's rating of attitude and outcome."""

    attitude: Rating
    outcome: Rating
    reason: str = ""


def expected_evaluators(case: Suggestion) -> frozenset[Evaluator]:
    """Whose rating is awaited: the representative's, and the petitioner's unless anonymous."""
    if case.is_anonymous:
        return frozenset({Evaluator.REPRESENTATIVE})
    return frozenset(Evaluator)


@transaction.atomic
def evaluate_suggestion(
    *, suggestion: Suggestion, actor: User, version: int | None, evaluator: Evaluator, verdict: Verdict
) -> Suggestion:
    """评价, once per round and evaluator; UNSATISFIED needs a reason; the unit can never enter one.

    The representative rates in person, the petitioner's paper form is entered by the studio's liaison.
    """
    step = begin(suggestion, Verb.EVALUATE, actor, version)
    case = step.case
    capacity, source, sentence = ENTERED_BY[Evaluator(evaluator)]
    if capacity not in step.held:
        raise GuardError(sentence)
    if evaluator not in expected_evaluators(case):
        raise GuardError("群众不愿透露身份，没有群众评价。")
    if case.evaluations.filter(round=case.round, evaluator=evaluator).exists():
        raise GuardError("这一轮已经评价过了，每人每轮只评价一次。")
    if Rating.UNSATISFIED in (verdict.attitude, verdict.outcome):
        required(verdict.reason, "不满意请写明理由。")
    evaluation = Evaluation.objects.create(
        suggestion=case,
        round=case.round,
        evaluator=evaluator,
        source=source,
        entered_by=actor,
        entered_at=step.now,
        **vars(verdict),
    )
    return finish(step, detail=str(evaluation), note=verdict.reason)


@transaction.atomic
def close_suggestion(*, suggestion: Suggestion, actor: User | None, version: int | None = None) -> Suggestion:
    """办结. Guard: nobody is unsatisfied in this round, and all have rated or the window is over.

    `actor` None is the system.
    """
    step = begin(suggestion, Verb.CLOSE, actor, version)
    case = step.case
    if obstacle := obstacle_to_close(case, step.now):
        raise GuardError(obstacle)
    return finish(step, closed_on=step.today, next_deadline_at=None)


@transaction.atomic
def redo_suggestion(*, suggestion: Suggestion, actor: User, version: int | None, reason: str) -> Suggestion:
    """要求重办: back to the same units with the clock of a second round (policy.redo_days).

    Guard: somebody is unsatisfied, and it is the first round.
    """
    step = begin(suggestion, Verb.REDO, actor, version)
    case = step.case
    if obstacle := obstacle_to_redo(case):
        raise GuardError(obstacle)
    note = required(reason, "请写明重办要求。")
    clock = start_clock(case, Complexity.SIMPLE, case.round + 1, step.today)
    _renew_assignments(case, actor, clock["due_on"], step.now)
    fresh = dict.fromkeys(("replied_on", "was_on_time", "forwarded_on", "evaluation_due_on"))
    due = words(clock["due_on"])
    finish(step, detail=f"{due}前再次答复", note=note, round=case.round + 1, result_class="", **clock, **fresh)
    tell_unit(case, f"要求重办：{case.title}", f"请在{due}前再次答复：{note}")
    schedule_ladder(case, step.today)
    return case


def close_lapsed(*, now: datetime) -> int:
    """Close, as the system, every case nobody has to rate any more at `now`; returns how many.

    Cases with an unsatisfied rating stay with the county office.
    """
    closable = Suggestion.objects.closable(now)
    for case in closable:
        close_suggestion(suggestion=case, actor=None)
    return len(closable)


def obstacle_to_close(case: Suggestion, now: datetime) -> str:
    """Why `case` may not be closed at `now`, as a sentence; "" when it may. Pages ask it before offering the step."""
    outcomes = outcomes_of_round(case)
    if not set(outcomes.values()) <= CONTENTED:
        return "有评价为不满意，不能办结，请要求重办。" if case.round < MAX_ROUNDS else "二次办理仍不满意，请裁定。"
    window_over = case.next_deadline_at is not None and now >= case.next_deadline_at
    awaited = expected_evaluators(case) - set(outcomes)
    if not awaited or window_over:
        return ""
    who = "、".join(sorted(Evaluator(evaluator).label for evaluator in awaited))
    until = f"，评价期到{words(case.evaluation_due_on)}" if case.evaluation_due_on else ""
    return f"{who}还没有评价{until}。"


def obstacle_to_redo(case: Suggestion) -> str:
    """Why `case` may not be handled again, as a sentence; "" when it may."""
    if Rating.UNSATISFIED not in outcomes_of_round(case).values():
        return "没有不满意的评价，不需要重办。"
    return "已经是二次办理，不能再要求重办，请裁定。" if case.round >= MAX_ROUNDS else ""


def evaluators_open_to(held: frozenset[Capacity], case: Suggestion) -> list[Evaluator]:
    """Whose rating of the current round somebody standing in `held` may still enter."""
    awaited = expected_evaluators(case) - {Evaluator(name) for name in outcomes_of_round(case)}
    return [who for who, (capacity, _source, _sentence) in ENTERED_BY.items() if capacity in held and who in awaited]


def outcomes_of_round(case: Suggestion) -> dict[str, str]:
    """Outcome rating by evaluator in the current round."""
    return {row.evaluator: row.outcome for row in case.evaluations.all() if row.round == case.round}


def _renew_assignments(case: Suggestion, actor: User, due_on: date, now: datetime) -> None:
    """A new round is a new assignment of the same units, already signed: they know the case. 会办 countersign anew."""
    standing, today = case.assignments_in_force, timezone.localdate(now)
    share = DeadlinePolicy.objects.in_force(case.county, today).co_share
    case.assignments.filter(status=AssignmentStatus.ACTIVE).update(status=AssignmentStatus.FINISHED)
    Assignment.objects.bulk_create(
        Assignment(
            suggestion=case,
            round=case.round + 1,
            unit=old.unit,
            kind=old.kind,
            level=old.level,
            assigned_by=actor,
            assigned_on=today,
            due_on=due_of(old.kind, today, due_on, share),
            signed_at=now,
            signed_by=old.signed_by,
        )
        for old in standing
    )
