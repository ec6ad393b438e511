"""What offices do with a new case: return, reject, accept, escalate, send down, assign, recall."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.enums import OrganizationKind, Role
from accounts.models import Organization, User
from studios.clocks import end_of_day, words
from studios.services import load_calendar
from suggestions.deadlines import handling_deadline
from suggestions.enums import AssignmentStatus, Capacity, Complexity, Level, RejectReason, Verb
from suggestions.models import Assignment, DeadlinePolicy, Suggestion
from suggestions.notifications import schedule_ladder, tell_assigned, tell_author
from suggestions.obstacles import obstacle_to_drop
from suggestions.services.numbers import next_sequence, number_words
from suggestions.services.steps import GuardError, begin, finish, required


@transaction.atomic
def return_to_author(*, suggestion: Suggestion, actor: User, version: int | None, reason: str) -> Suggestion:
    """退回补充; guard: reason. The author is told."""
    step = begin(suggestion, Verb.RETURN_TO_AUTHOR, actor, version)
    note = required(reason, "请写明要补充什么。")
    case = finish(step, note=note)
    tell_author(case, f"退回补充：{case.title}", note)
    return case


@transaction.atomic
def reject_suggestion(
    *, suggestion: Suggestion, actor: User, version: int | None, code: RejectReason, reason: str
) -> Suggestion:
    """不予受理; guard: reason code and explanation; nothing was merged into it. The author is told."""
    step = begin(suggestion, Verb.REJECT, actor, version)
    if obstacle := obstacle_to_drop(step.case):
        raise GuardError(obstacle)
    note = required(reason, "请写明不予受理的理由。")
    case = finish(step, detail=RejectReason(code).label, note=note, reject_reason=code)
    tell_author(case, f"不予受理：{case.title}", note)
    return case


@transaction.atomic
def accept_suggestion(*, suggestion: Suggestion, actor: User, version: int | None) -> Suggestion:
    """受理: the number is issued here."""
    step = begin(suggestion, Verb.ACCEPT, actor, version)
    county, year = step.case.county, step.today.year
    sequence = next_sequence(county, year)
    number = number_words(county, year, sequence)
    return finish(step, detail=number, year=year, sequence=sequence, number=number, accepted_on=step.today)


@transaction.atomic
def escalate_suggestion(*, suggestion: Suggestion, actor: User, version: int | None, reason: str) -> Suggestion:
    """上报党联办; guard: why it is outside the delegation's jurisdiction."""
    step = begin(suggestion, Verb.ESCALATE, actor, version)
    note = required(reason, "请写明为什么不属本镇办理。")
    return finish(step, note=note, level=Level.COUNTY)


@transaction.atomic
def send_down(*, suggestion: Suggestion, actor: User, version: int | None, reason: str) -> Suggestion:
    """退回代表队; guard: reason."""
    step = begin(suggestion, Verb.SEND_DOWN, actor, version)
    return finish(step, note=required(reason, "请写明退回代表队的理由。"), level=Level.TOWN)


@transaction.atomic
def assign_suggestion(
    *,
    suggestion: Suggestion,
    actor: User,
    version: int | None,
    unit: Organization,
    complexity: Complexity,
    note: str = "",
) -> Suggestion:
    """交办 to one lead unit; starts the handling clock and its reminders.

    Guard: a delegation assigns to its own units, the county to any of its units; somebody works there.
    """
    step = begin(suggestion, Verb.ASSIGN, actor, version)
    case = step.case
    level = Level.TOWN if Capacity.DELEGATION_OFFICE in step.transition.who else Level.COUNTY
    _require_unit(case, unit, level)
    clock = start_clock(case, complexity, step.today)
    Assignment.objects.create(
        suggestion=case,
        round=case.round,
        unit=unit,
        level=level,
        assigned_by=actor,
        assigned_on=step.today,
        due_on=clock["due_on"],
    )
    detail = f"{unit.short_name}，{words(clock['due_on'])}前答复"
    finish(
        step,
        detail=detail,
        note=note,
        unit=unit,
        assigned_level=level,
        first_assigned_on=case.first_assigned_on or step.today,
        **clock,
    )
    tell_assigned(case)
    schedule_ladder(case, step.today)
    return case


@transaction.atomic
def recall_assignment(*, suggestion: Suggestion, actor: User, version: int | None) -> Suggestion:
    """撤回交办 while nobody has signed; the clock stops (its reminders re-check when due)."""
    step = begin(suggestion, Verb.RECALL, actor, version)
    case = step.case
    unit = case.unit
    case.assignments.filter(status=AssignmentStatus.ACTIVE).update(status=AssignmentStatus.RECALLED)
    stopped: dict[str, Any] = dict.fromkeys(
        ("unit", "assigned_on", "original_due_on", "due_on", "cap_on", "next_deadline_at")
    )
    return finish(step, detail=str(unit), assigned_level="", complexity="", **stopped)


def start_clock(case: Suggestion, complexity: Complexity, today: date) -> dict[str, Any]:
    """The fields a new handling clock writes: from `today`, by the county's rules in force on that day."""
    policy = DeadlinePolicy.objects.in_force(case.county, today)
    deadline = handling_deadline(today, complexity, policy.rules, load_calendar())
    return {
        "complexity": complexity,
        "assigned_on": today,
        "original_due_on": deadline.due_on,
        "due_on": deadline.due_on,
        "cap_on": deadline.cap_on,
        "next_deadline_at": end_of_day(deadline.due_on),
    }


def _require_unit(case: Suggestion, unit: Organization, level: Level) -> None:
    if unit.kind != OrganizationKind.UNIT or unit.county_id != case.county_id or not unit.is_active:
        raise GuardError("请选择本县在用的承办单位。")
    if level == Level.TOWN and unit.delegation_id != case.delegation_id:
        raise GuardError(f"{unit}不是本代表队的单位，请改选，或上报党联办交办。")
    if not User.objects.holding(Role.UNIT_HANDLER, unit.pk).exists():
        raise GuardError(f"{unit}还没有开通账号，请先联系系统管理员开通，或改选其他单位。")
