"""A case of several units as one of them sees it: its own state and its own clock, not those of the whole.

Pure: the rows of the case, today and the settings are passed in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from studios.clocks import Light, stopped_light
from suggestions.answers import kept_days, open_promises, promised_on
from suggestions.deadlines import answered_light, handling_light
from suggestions.duties import part_of
from suggestions.enums import HANDLING_STATES, AssignmentKind, State
from suggestions.models import Assignment, Suggestion
from suggestions.promises import promise_light


@dataclass(frozen=True)
class OwnPart:
    """What a list says of it; `tone` and `label` are empty where the state of the case says the same."""

    tone: str
    label: str
    light: Light | None


def own_part(case: Suggestion, units: Collection[int], today: date, yellow_days: int) -> OwnPart | None:
    """How one of `units` stands in `case`; None for a stranger and for a lead, whose clock is that of the case.

    Of two of them the one that still has something to do.
    """
    shared = [row for row in case.assignments_in_force if row.kind != AssignmentKind.LEAD and row.unit_id in units]
    if not shared:
        return None
    row = min(shared, key=lambda item: is_done(case, item))
    if row.kind == AssignmentKind.CO:
        return _helping(row, case, today, yellow_days)
    if case.state in HANDLING_STATES:
        return _handling(row, case, today, yellow_days)
    return OwnPart("", "", _afterwards(row, case, today, yellow_days))


def is_done(case: Suggestion, row: Assignment) -> bool:
    """Whether a unit that helps or shares owes nothing while the case is handled."""
    if row.kind == AssignmentKind.CO:
        return not row.awaits_countersign
    return part_of(case, row) is not None


def _helping(row: Assignment, case: Suggestion, today: date, yellow_days: int) -> OwnPart:
    if row.countersigned_at:
        light = stopped_light(due_on=row.due_on, stopped_on=_day(row.countersigned_at), verb="会签")
        return OwnPart("", "", light) if case.state not in HANDLING_STATES else OwnPart("done", "已会签", light)
    if row.waived_at or case.state not in HANDLING_STATES:
        return OwnPart("done", "免会签", None) if case.state in HANDLING_STATES else OwnPart("", "", None)
    light = handling_light(due_on=row.due_on, today=today, is_signed=True, yellow_days=yellow_days)
    return OwnPart("tosign", "待会签", light)


def _handling(row: Assignment, case: Suggestion, today: date, yellow_days: int) -> OwnPart:
    part = part_of(case, row)
    if part is not None:
        light = stopped_light(due_on=row.due_on, stopped_on=_day(part.submitted_at), verb="提交")
        return OwnPart("answered", "本单位已交", light)
    is_signed = row.signed_at is not None
    light = handling_light(due_on=row.due_on, today=today, is_signed=is_signed, yellow_days=yellow_days)
    if not is_signed:
        return OwnPart("tosign", "待签收", light)
    return OwnPart("redo", "重办·办理中", light) if case.round > 1 else OwnPart("handling", "办理中", light)


def _afterwards(row: Assignment, case: Suggestion, today: date, yellow_days: int) -> Light | None:
    """Its own promise while that waits, then how it was kept; else whether its own part was in on time."""
    waiting = [answer for answer in open_promises(case) if answer.assignment.pk == row.pk]
    if waiting and case.state == State.CLOSED:
        return promise_light(promised_on(waiting[0]), today, yellow_days)
    part = part_of(case, row)
    if part is None:
        return None
    if part.promise_on and (kept_on := kept_days(case).get(part.pk)):
        return stopped_light(due_on=part.promise_on, stopped_on=kept_on, verb="兑现")
    return answered_light(due_on=row.due_on, replied_on=_day(part.submitted_at))


def _day(at: datetime) -> date:
    return timezone.localdate(at)
