"""What each unit in force still owes a case. Pure: the rows of the case are passed in with it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from studios.clocks import stopped_light, words
from suggestions.enums import AssignmentKind, ReplyStatus, Verb
from suggestions.models import Assignment, Reply, Suggestion

NEW_CLOCK = frozenset({Verb.ASSIGN, Verb.REDO})


@dataclass(frozen=True)
class Duty:
    """One unit in force: how far it is, in words, and whether anything is still awaited from it."""

    assignment: Assignment
    text: str
    is_done: bool


def duties_of(case: Suggestion) -> list[Duty]:
    """Every unit in force, the lead first; runs no query when assignments and replies are prefetched."""
    return [_duty(case, row) for row in case.assignments_in_force]


def part_of(case: Suggestion, assignment: Assignment) -> Reply | None:
    """What a 分办 unit has handed in for its assignment and has not been given back."""
    standing = (row for row in case.replies.all() if row.status != ReplyStatus.RETURNED)
    return next((row for row in standing if row.assignment_id == assignment.pk), None)


def missing_parts(case: Suggestion) -> list[Assignment]:
    """分办 units in force whose part is not in."""
    split = (row for row in case.assignments_in_force if row.kind == AssignmentKind.SPLIT)
    return [row for row in split if part_of(case, row) is None]


def steps_since(case: Suggestion) -> datetime | None:
    """When the clock now running began: what an earlier unit put on record before does not count for this one.

    None where no step says so (cases taken over from a ledger).
    """
    return max((step.at for step in case.transitions.all() if step.verb in NEW_CLOCK), default=None)


def _duty(case: Suggestion, row: Assignment) -> Duty:
    signed = f"{_day(row.signed_at)}签收" if row.signed_at else "未签收"
    if row.kind == AssignmentKind.CO:
        return _helping(row)
    if row.kind == AssignmentKind.LEAD:
        return Duty(row, signed, is_done=row.signed_at is not None)
    part = part_of(case, row)
    if part is None:
        return Duty(row, f"{signed}，{words(row.due_on)}前提交本单位部分", is_done=False)
    light = stopped_light(due_on=row.due_on, stopped_on=timezone.localdate(part.submitted_at), verb="提交")
    return Duty(row, f"{_day(part.submitted_at)}已提交本单位部分（{light.text}）", is_done=True)


def _helping(row: Assignment) -> Duty:
    if row.countersigned_at:
        return Duty(row, f"{_day(row.countersigned_at)}已会签", is_done=True)
    if row.waived_at:
        return Duty(row, f"{_day(row.waived_at)}免会签", is_done=True)
    return Duty(row, f"{words(row.due_on)}前会签", is_done=False)


def _day(at: datetime) -> str:
    day = timezone.localdate(at)
    return f"{day.month}月{day.day}日"
