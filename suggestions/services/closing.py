"""How a case ends: ratings, close, redo, the ruling (domain.md §6.1)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Organization, User
from studios.clocks import words
from suggestions.endings import obstacle_to_close, obstacle_to_rate, obstacle_to_redo, obstacle_to_rule
from suggestions.enums import AssignmentStatus, Complexity, Evaluator, Rating, Ruling, SupervisionKind, Verb
from suggestions.families import ENTERED_BY, expected_evaluators
from suggestions.messages import tell_ruled
from suggestions.models import Assignment, DeadlinePolicy, Evaluation, Suggestion
from suggestions.notifications import schedule_ladder, tell_unit, tell_units
from suggestions.services.joint import due_of
from suggestions.services.merging import lock_family
from suggestions.services.steps import GuardError, StepError, begin, finish, required
from suggestions.services.supervision import Notice, supervise_suggestion
from suggestions.services.triage import start_clock

NO_RATING = {
    Evaluator.PETITIONER: "群众不愿透露身份，没有群众评价。",
    Evaluator.REPRESENTATIVE: "并入的那一件也是这位代表提出的，请在那一件评价。",
}


@dataclass(frozen=True)
class Verdict:
    """One evaluator's rating of attitude and outcome."""

    attitude: Rating
    outcome: Rating
    reason: str = ""


@transaction.atomic
def evaluate_suggestion(
    *, suggestion: Suggestion, actor: User, version: int | None, evaluator: Evaluator, verdict: Verdict
) -> Suggestion:
    """评价, once per round and evaluator; UNSATISFIED needs a reason; the unit can never enter one.

    The representative rates in person, the petitioner's paper form is entered by the studio's liaison. Those of a
    merged case rate there, once the case it was merged into has been relayed.
    """
    lock_family(suggestion)
    step = begin(suggestion, Verb.EVALUATE, actor, version)
    case = step.case
    capacity, source, sentence = ENTERED_BY[Evaluator(evaluator)]
    if capacity not in step.held:
        raise GuardError(sentence)
    if evaluator not in expected_evaluators(case):
        raise GuardError(NO_RATING[Evaluator(evaluator)])
    if obstacle := obstacle_to_rate(case):
        raise GuardError(obstacle)
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

    Those merged into it go into the second round with it: they will be asked again. Guard: somebody is unsatisfied,
    and it is the first round.
    """
    lock_family(suggestion)
    step = begin(suggestion, Verb.REDO, actor, version)
    case = step.case
    if obstacle := obstacle_to_redo(case):
        raise GuardError(obstacle)
    note = required(reason, "请写明重办要求。")
    clock = start_clock(case, Complexity.SIMPLE, case.round + 1, step.today)
    _renew_assignments(case, clock["due_on"], step.now)
    fresh = dict.fromkeys(("replied_on", "was_on_time", "forwarded_on", "evaluation_due_on", "promise_on"))
    due = words(clock["due_on"])
    finish(step, detail=f"{due}前再次答复", note=note, round=case.round + 1, result_class="", **clock, **fresh)
    case.merged_cases.update(round=case.round, version=F("version") + 1)
    tell_unit(case, f"要求重办：{case.title}", f"请在{due}前再次答复：{note}")
    schedule_ladder(case, step.today)
    return case


@transaction.atomic
def rule_suggestion(
    *,
    suggestion: Suggestion,
    actor: User,
    version: int | None,
    ruling: Ruling,
    text: str,
    reply_due_on: date | None = None,
    unit: Organization | None = None,
) -> Suggestion:
    """裁定 after a second round somebody is still unsatisfied with; closes the case.

    解释说明: `text` is told to those who brought the matter. 挂牌督办: `text` is what the unit must do and
    `reply_due_on` when it must say so (of a shared case `unit`, else the first); the case stands on the county's list
    until it is taken off.
    """
    step = begin(suggestion, Verb.RULE, actor, version)
    case = step.case
    if obstacle := obstacle_to_rule(case):
        raise GuardError(obstacle)
    is_to_list = ruling == Ruling.LISTED
    note = required(text, "请写明对承办单位的要求。" if is_to_list else "请写明解释说明的内容。")
    if is_to_list and reply_due_on is None:
        raise GuardError("挂牌督办请写明要求承办单位回复的日期。")
    finish(step, detail=Ruling(ruling).label, note=note, ruling=ruling, closed_on=step.today, next_deadline_at=None)
    tell_ruled(case, note)
    if is_to_list and reply_due_on is not None:
        charged = unit or case.unit
        assert charged is not None  # it was handled twice
        _list(case, actor, Notice(SupervisionKind.LISTED, charged, note, reply_due_on))
    return case


def close_lapsed(*, now: datetime) -> int:
    """Close, as the system, every case nobody has to rate any more at `now`; returns how many.

    Cases with an unsatisfied rating stay with the county office. Which somebody closed, or rated unsatisfied, after
    this sweep looked stays as it is and stops none of the others.
    """
    closed = 0
    for case in Suggestion.objects.closable(now):
        with suppress(StepError):
            close_suggestion(suggestion=case, actor=None)
            closed += 1
    return closed


def _list(case: Suggestion, actor: User, notice: Notice) -> None:
    """Put the case on the county's list; one that stands there already for being late only tells the unit."""
    if case.supervisions.listed().exists():
        tell_units(case, [notice.unit], f"挂牌督办：{case.title}", notice.text)
        return
    supervise_suggestion(suggestion=case, actor=actor, notice=notice)


def _renew_assignments(case: Suggestion, due_on: date, now: datetime) -> None:
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
            assigned_on=today,
            due_on=due_of(old.kind, today, due_on, share),
            signed_at=now,
            signed_by=old.signed_by,
        )
        for old in standing
    )
