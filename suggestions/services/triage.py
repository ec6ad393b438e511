"""What offices do with a new case: return, reject, accept, escalate, send down, assign, recall."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from accounts.enums import OrganizationKind, Role
from accounts.models import Organization, User
from studios.clocks import end_of_day, words
from studios.services import load_calendar
from suggestions.deadlines import clock_deadline
from suggestions.endings import obstacle_to_drop
from suggestions.enums import AssignmentStatus, Capacity, Complexity, Level, RejectReason, Verb
from suggestions.models import Assignment, DeadlinePolicy, Suggestion
from suggestions.notifications import schedule_ladder, tell_assigned, tell_author, tell_office, tell_units_gone
from suggestions.services.joint import Charges, charge_words, charges, due_of
from suggestions.services.numbers import next_sequence, number_words
from suggestions.services.steps import GuardError, Step, begin, finish, required
from suggestions.windows import sign_window

STOPPED: dict[str, Any] = {
    **dict.fromkeys(("unit", "assigned_on", "original_due_on", "due_on", "cap_on", "next_deadline_at")),
    "assigned_level": "",
    "complexity": "",
}
"""What a case loses with its assignment; `first_assigned_on` it keeps."""


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
    """退回代表队; guard: reason. The delegation is told."""
    step = begin(suggestion, Verb.SEND_DOWN, actor, version)
    case = finish(step, note=required(reason, "请写明退回代表队的理由。"), level=Level.TOWN)
    tell_office(case, f"党联办退回：{case.title}", reason.strip())
    return case


@transaction.atomic
def assign_suggestion(
    *,
    suggestion: Suggestion,
    actor: User,
    version: int | None,
    complexity: Complexity,
    unit: Organization | None = None,
    co_units: Sequence[Organization] = (),
    split_units: Sequence[Organization] = (),
    note: str = "",
) -> Suggestion:
    """交办 to one lead `unit`, with `co_units` that countersign, or to `split_units` that each answer for a part.

    Starts the handling clock and its reminders. The case names the lead, or the first of the split units.
    Guard: exactly one lead or at least two split units, none twice; a delegation assigns to its own units, the
    county to any of its units; somebody works there.
    """
    step = begin(suggestion, Verb.ASSIGN, actor, version)
    case = step.case
    level = Level.TOWN if Capacity.DELEGATION_OFFICE in step.transition.who else Level.COUNTY
    found = charges(unit, co_units, split_units)
    for place, _kind in found:
        _require_unit(case, place, level)
    clock = start_clock(case, complexity, case.round, step.today)
    _charge(step, found, level, clock["due_on"])
    finish(
        step,
        detail=f"{charge_words(found)}，{words(clock['due_on'])}前答复",
        note=note,
        unit=found[0][0],
        assigned_level=level,
        first_assigned_on=case.first_assigned_on or step.today,
        **clock,
    )
    tell_assigned(case)
    schedule_ladder(case, step.today)
    return case


@transaction.atomic
def recall_assignment(*, suggestion: Suggestion, actor: User, version: int | None) -> Suggestion:
    """撤回交办 while nobody has signed; the clock stops (its reminders re-check when due). The units are told."""
    step = begin(suggestion, Verb.RECALL, actor, version)
    case = step.case
    if obstacle := obstacle_to_recall(case):
        raise GuardError(obstacle)
    units = [row.unit for row in case.assignments_in_force]
    case.assignments.filter(status=AssignmentStatus.ACTIVE).update(status=AssignmentStatus.RECALLED)
    finish(step, detail="、".join(map(str, units))[:120], **STOPPED)
    tell_units_gone(case, units, f"撤回交办：{case.title}", "这件建议不再由贵单位办理")
    return case


def obstacle_to_recall(case: Suggestion) -> str:
    """Why the assignment may not be taken back, as a sentence; "" when it may: a 会办 unit signs apart."""
    signed = next((row.unit for row in case.assignments_in_force if row.signed_at), None)
    return f"{signed}已经签收，不能撤回交办。" if signed else ""


def start_clock(case: Suggestion, complexity: Complexity, round_number: int, today: date) -> dict[str, Any]:
    """The fields a new handling clock writes: from `today`, by the county's rules in force on that day."""
    policy = DeadlinePolicy.objects.in_force(case.county, today)
    deadline = clock_deadline(today, complexity, round_number, policy.rules, load_calendar())
    return {
        "complexity": complexity,
        "assigned_on": today,
        "original_due_on": deadline.due_on,
        "due_on": deadline.due_on,
        "cap_on": deadline.cap_on,
        "next_deadline_at": end_of_day(deadline.due_on),
    }


def _charge(step: Step, found: Charges, level: Level, due_on: date) -> None:
    policy = DeadlinePolicy.objects.in_force(step.case.county, step.today)
    sign_due_on = sign_window(step.today, policy.rules, load_calendar()).ends_on
    Assignment.objects.bulk_create(
        Assignment(
            suggestion=step.case,
            round=step.case.round,
            unit=place,
            kind=kind,
            level=level,
            assigned_on=step.today,
            due_on=due_of(kind, step.today, due_on, policy.co_share),
            sign_due_on=sign_due_on,
        )
        for place, kind in found
    )


def _require_unit(case: Suggestion, unit: Organization, level: Level) -> None:
    if unit.kind != OrganizationKind.UNIT or unit.county_id != case.county_id or not unit.is_active:
        raise GuardError("请选择本县在用的承办单位。")
    if level == Level.TOWN and unit.delegation_id != case.delegation_id:
        raise GuardError(f"{unit}不是本代表队的单位，请改选，或上报党联办交办。")
    if not User.objects.holding(Role.UNIT_HANDLER, unit.pk).exists():
        raise GuardError(f"{unit}还没有开通账号，请先联系系统管理员开通，或改选其他单位。")
