"""撤回: the representative takes a suggestion back before it is answered (domain.md §6.1)."""

from django.db import transaction

from accounts.models import User
from notifications.services import cancel_reminders
from suggestions.endings import obstacle_to_drop
from suggestions.enums import AssignmentStatus, Verb
from suggestions.messages import tell_withdrawn
from suggestions.models import Suggestion
from suggestions.notifications import DEADLINE, subject_of
from suggestions.services.steps import GuardError, begin, finish, required


@transaction.atomic
def withdraw_suggestion(*, suggestion: Suggestion, actor: User, version: int | None, reason: str) -> Suggestion:
    """撤回建议; guard: a written reason, and nothing was merged into it.

    The clock stops, its reminders and open requests are void, running assignments end; units and office are told.
    """
    step = begin(suggestion, Verb.WITHDRAW, actor, version)
    case = step.case
    if obstacle := obstacle_to_drop(case):
        raise GuardError(obstacle)
    note = required(reason, "请写明撤回的理由。")
    units = [assignment.unit for assignment in case.assignments_in_force]
    case.assignments.filter(status=AssignmentStatus.ACTIVE).update(status=AssignmentStatus.RECALLED)
    cancel_reminders(subject_of(case), kind=DEADLINE, reason="建议已撤回")
    finish(step, note=note, next_deadline_at=None)
    tell_withdrawn(case, units, note)
    return case
