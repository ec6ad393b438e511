"""What a unit asks the assigner for, and the decision: handing the case back (退办), more time (延期) (domain.md §6.1).

The clock runs on while a request waits; one that waits lapses when the case leaves handling (`steps.finish`).
"""

from datetime import date

from django.db import transaction

from accounts.enums import OrganizationKind
from accounts.models import Organization, User
from studios.clocks import end_of_day, words
from studios.services import load_calendar
from suggestions import windows
from suggestions.duties import missing_parts, part_of
from suggestions.enums import (
    ANSWERING,
    AssignmentKind,
    AssignmentStatus,
    ReplyStatus,
    RequestKind,
    RequestState,
    Verb,
)
from suggestions.models import Assignment, DeadlinePolicy, Suggestion, UnitRequest
from suggestions.notifications import (
    schedule_ladder,
    tell_office,
    tell_representative,
    tell_unit,
    tell_units,
    tell_units_gone,
)
from suggestions.permissions import own_assignments
from suggestions.services.steps import HANDED_IN, GuardError, Step, begin, finish, required
from suggestions.services.triage import STOPPED

DECIDED = ("state", "decided_by", "decided_at", "decision_note")


@transaction.atomic
def request_return(
    *, suggestion: Suggestion, actor: User, version: int | None, reason: str, proposed_unit: Organization
) -> Suggestion:
    """退办: the unit says why the case is not its own, and whose it is. The assigner is told.

    Guard: within the workdays of the policy after its assignment, once per unit and case, another unit proposed.
    """
    step = begin(suggestion, Verb.REQUEST_RETURN, actor, version)
    case = step.case
    if obstacle := obstacle_to_return(actor, case, step.today):
        raise GuardError(obstacle)
    why = required(reason, "请写明退回理由，并建议改交哪个单位。")
    own = _answering(actor, case)
    if proposed_unit.kind != OrganizationKind.UNIT or proposed_unit.county_id != case.county_id:
        raise GuardError("请建议改交本县的一个承办单位。")
    if proposed_unit.pk == own.unit_id:
        raise GuardError("建议改交的单位不能是贵单位，请另选一个。")
    _ask(step, own, RequestKind.RETURN, why, proposed_unit=proposed_unit)
    finish(step, detail=f"{own.unit.short_name}建议改交{proposed_unit.short_name}", note=why)
    tell_office(case, f"申请退办：{case.title}", f"{own.unit}建议改交{proposed_unit}：{why}")
    return case


@transaction.atomic
def approve_return(*, suggestion: Suggestion, actor: User, version: int | None, note: str = "") -> Suggestion:
    """同意退办: back to where it was assigned from, to be assigned anew with a new clock; first_assigned_on stays.

    The other units of the case are let go with it, and their parts of a reply no longer count.
    """
    step = begin(suggestion, Verb.APPROVE_RETURN, actor, version)
    case = step.case
    request = _decide(step, RequestKind.RETURN, RequestState.APPROVED, note.strip())
    units = [row.unit for row in case.assignments_in_force]
    in_force = case.assignments.filter(status=AssignmentStatus.ACTIVE)
    in_force.filter(pk=request.assignment_id).update(status=AssignmentStatus.RETURNED)
    in_force.exclude(pk=request.assignment_id).update(status=AssignmentStatus.RECALLED)
    case.replies.filter(status=ReplyStatus.SUBMITTED).update(status=ReplyStatus.RETURNED)
    finish(step, detail=request.assignment.unit.short_name, note=note.strip(), **STOPPED)
    tell_units_gone(case, units, f"已同意退办：{case.title}", note.strip() or "这件建议不再由贵单位办理")
    return case


@transaction.atomic
def deny_return(*, suggestion: Suggestion, actor: User, version: int | None, reason: str) -> Suggestion:
    """不同意退办, with a reason: nothing changes, the clock ran on. The unit is told."""
    step = begin(suggestion, Verb.DENY_RETURN, actor, version)
    why = required(reason, "请写明不同意退办的理由。")
    request = _decide(step, RequestKind.RETURN, RequestState.DENIED, why)
    finish(step, detail=request.assignment.unit.short_name, note=why)
    tell_units(step.case, [request.assignment.unit], f"不同意退办：{step.case.title}", f"请继续办理：{why}")
    return step.case


@transaction.atomic
def request_extension(
    *, suggestion: Suggestion, actor: User, version: int | None, reason: str, proposed_due_on: date
) -> Suggestion:
    """延期: the unit asks for a later day, once a round and before the due date is over. The assigner is told.

    Guard: later than the due date, not past the cap.
    """
    step = begin(suggestion, Verb.REQUEST_EXTENSION, actor, version)
    case = step.case
    if obstacle := obstacle_to_extension(actor, case, step.today):
        raise GuardError(obstacle)
    why = required(reason, "请写明延期的理由。")
    if problem := problem_of_day(case, proposed_due_on):
        raise GuardError(problem)
    own = _answering(actor, case)
    _ask(step, own, RequestKind.EXTENSION, why, proposed_due_on=proposed_due_on)
    day = words(proposed_due_on)
    finish(step, detail=f"{own.unit.short_name}申请延到{day}", note=why)
    tell_office(case, f"申请延期：{case.title}", f"{own.unit}申请延到{day}：{why}")
    return case


@transaction.atomic
def approve_extension(*, suggestion: Suggestion, actor: User, version: int | None, note: str = "") -> Suggestion:
    """同意延期: the due date moves, the original one stays; reminders follow. Units and representative are told.

    A part of a reply that is in keeps the day it was judged by. Guard: the day still holds.
    """
    step = begin(suggestion, Verb.APPROVE_EXTENSION, actor, version)
    case = step.case
    request = _decide(step, RequestKind.EXTENSION, RequestState.APPROVED, note.strip())
    day, was_due = request.proposed_due_on, case.due_on
    assert day is not None and was_due is not None  # request_says_what, clock_complete
    if problem := problem_of_day(case, day):
        raise GuardError(f"{problem}请不同意这个申请，并说明原因。")
    if day < step.today:
        raise GuardError(f"申请延到的{words(day)}已经过了，请不同意这个申请，并说明原因。")
    waiting = [row.pk for row in missing_parts(case)]
    waiting += [row.pk for row in case.assignments_in_force if row.kind == AssignmentKind.LEAD]
    case.assignments.filter(pk__in=waiting).update(due_on=day)
    finish(step, detail=f"延到{words(day)}", note=note.strip(), due_on=day, next_deadline_at=end_of_day(day))
    tell_unit(case, f"已同意延期：{case.title}", f"请在{words(day)}前答复")
    moved = f"办理期限由{words(was_due)}改为{words(day)}：{request.reason}"
    tell_representative(case, f"办理延期：{case.title}", moved)
    schedule_ladder(case, step.today)
    return case


@transaction.atomic
def deny_extension(*, suggestion: Suggestion, actor: User, version: int | None, reason: str) -> Suggestion:
    """不同意延期, with a reason: the due date stays. The unit is told."""
    step = begin(suggestion, Verb.DENY_EXTENSION, actor, version)
    case = step.case
    why = required(reason, "请写明不同意延期的理由。")
    request = _decide(step, RequestKind.EXTENSION, RequestState.DENIED, why)
    finish(step, detail=request.assignment.unit.short_name, note=why)
    assert case.due_on is not None  # clock_complete
    body = f"仍请在{words(case.due_on)}前答复：{why}"
    tell_units(case, [request.assignment.unit], f"不同意延期：{case.title}", body)
    return case


def waiting_request(case: Suggestion, kind: RequestKind) -> UnitRequest | None:
    """The request of that kind the assigner has to decide now; there is at most one."""
    waiting = (row for row in case.requests.all() if row.state == RequestState.WAITING)
    return next((row for row in waiting if row.kind == kind), None)


def return_window(case: Suggestion, assigned_on: date) -> tuple[int, date]:
    """How many workdays a unit has to ask to hand the case back, and the last of them."""
    rules = DeadlinePolicy.objects.in_force(case.county, assigned_on).rules
    return rules.return_days, windows.return_window(assigned_on, rules, load_calendar()).ends_on


def obstacle_to_return(actor: User, case: Suggestion, today: date) -> str:
    """Why `actor` may not ask to hand `case` back today, as a sentence; "" when they may."""
    if waiting_request(case, RequestKind.RETURN):
        return "这件建议已有退办申请在等审批。"
    own = _answering(actor, case)
    if _has_handed_in(case, own):
        return HANDED_IN
    kept = [row for row in case.requests.all() if row.kind == RequestKind.RETURN and row.state != RequestState.LAPSED]
    if any(row.assignment.unit_id == own.unit_id for row in kept):
        return "贵单位已经申请过一次退办，每件建议只能申请一次，请继续办理或与交办单位联系。"
    days, until = return_window(case, own.assigned_on)
    if today > until:
        return f"退办要在交办后 {days} 个工作日内提出，本件已于{words(until)}截止，请继续办理或与交办单位联系。"
    return ""


def obstacle_to_extension(actor: User, case: Suggestion, today: date) -> str:
    """Why `actor` may not ask for more time today, as a sentence; "" when they may."""
    if _has_handed_in(case, _answering(actor, case)):
        return HANDED_IN
    asked = [row for row in case.requests.all() if row.kind == RequestKind.EXTENSION]
    if any(row.state == RequestState.WAITING for row in asked):
        return "这件建议已有延期申请在等审批。"
    in_force = {row.pk for row in case.assignments_in_force}
    if any(row.assignment_id in in_force for row in asked if row.state != RequestState.LAPSED):
        return "本轮办理已经申请过一次延期，每轮只能申请一次。"
    assert case.due_on is not None and case.cap_on is not None  # clock_complete
    if today > case.due_on:
        return f"期限{words(case.due_on)}已过，延期要在到期前申请，请尽快答复。"
    if case.due_on >= case.cap_on:
        return f"期限{words(case.due_on)}已是最迟期限，不能再延期。"
    return ""


def obstacle_to_decide(case: Suggestion, kind: RequestKind) -> str:
    """Why there is nothing to decide, as a sentence; "" when a request waits."""
    return "" if waiting_request(case, kind) else f"没有等待审批的{kind.label}申请。"


def problem_of_day(case: Suggestion, day: date) -> str:
    """What is wrong with `day` as a later due date, as a sentence; "" when it holds."""
    assert case.due_on is not None and case.cap_on is not None  # clock_complete
    if day <= case.due_on:
        return f"新期限要晚于现在的期限（{words(case.due_on)}）。"
    return f"最迟只能到{_day_beside(case.cap_on, case.due_on)}。" if day > case.cap_on else ""


def _day_beside(day: date, other: date) -> str:
    """Without the year where it is that of `other`."""
    return f"{day.month}月{day.day}日" if day.year == other.year else words(day)


def _answering(actor: User, case: Suggestion) -> Assignment:
    """The actor's own LEAD or SPLIT assignment, one that is not done first; the table has let only such through."""
    own = [row for row in own_assignments(actor, case) if row.kind in ANSWERING]
    return next((row for row in own if not _has_handed_in(case, row)), own[0])


def _has_handed_in(case: Suggestion, row: Assignment) -> bool:
    return row.kind == AssignmentKind.SPLIT and part_of(case, row) is not None


def _ask(step: Step, own: Assignment, kind: RequestKind, reason: str, **proposal: object) -> None:
    assert step.actor is not None  # a unit asks, never the system
    UnitRequest.objects.create(
        suggestion=step.case,
        assignment=own,
        kind=kind,
        reason=reason,
        asked_by=step.actor,
        asked_at=step.now,
        **proposal,
    )


def _decide(step: Step, kind: RequestKind, state: RequestState, note: str) -> UnitRequest:
    request = waiting_request(step.case, kind)
    if request is None:
        raise GuardError(obstacle_to_decide(step.case, kind))
    request.state, request.decided_by, request.decided_at, request.decision_note = state, step.actor, step.now, note
    request.save(update_fields=DECIDED)
    return request


__all__ = [
    "approve_extension",
    "approve_return",
    "deny_extension",
    "deny_return",
    "obstacle_to_decide",
    "obstacle_to_extension",
    "obstacle_to_return",
    "problem_of_day",
    "request_extension",
    "request_return",
    "return_window",
    "waiting_request",
]
