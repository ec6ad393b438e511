"""Many cases in one go: each row is its own transaction, through the same services as a single case."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import Organization, User
from suggestions.enums import AssignmentKind, AssignmentStatus, Complexity, State
from suggestions.models import Assignment, AssignmentBatch, Suggestion
from suggestions.services.steps import StepError
from suggestions.services.triage import accept_suggestion, assign_suggestion, recall_assignment


@dataclass(frozen=True)
class Order:
    """One ticked row: the case, the version its page showed, the unit it is to go to."""

    suggestion: Suggestion
    version: int
    unit: Organization


@dataclass(frozen=True)
class Refusal:
    """A row that was left as it was, and the sentence why (who was faster, what is missing)."""

    suggestion: Suggestion
    sentence: str


@dataclass
class BulkResult:
    """What became of each row; `batch` is None where nothing was assigned."""

    done: list[Assignment] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    batch: AssignmentBatch | None = None


def assign_many(*, orders: Iterable[Order], actor: User, complexity: Complexity) -> BulkResult:
    """交办 every order; a refused row stops none of the others. A case not yet accepted is accepted first.

    No transaction around all of them: what was assigned stays assigned, and is in the batch, whatever comes after.
    """
    result = BulkResult()
    for order in orders:
        try:
            assignment, result.batch = _assign_one(order, actor, complexity, result.batch)
            result.done.append(assignment)
        except StepError as error:
            result.refused.append(Refusal(order.suggestion, str(error)))
    return result


def recall_batch(*, batch: AssignmentBatch, actor: User) -> BulkResult:
    """撤回 exactly what the batch assigned and nobody has signed for; the others are refused with the reason.

    What was recalled before is neither done nor refused.
    """
    result = BulkResult(batch=batch)
    for assignment in batch.assignments.select_related("suggestion", "unit").exclude(status=AssignmentStatus.RECALLED):
        case = assignment.suggestion
        try:
            if assignment.status != AssignmentStatus.ACTIVE:
                raise StepError(f"{assignment.get_status_display()}，不能撤回。")
            recall_assignment(suggestion=case, actor=actor, version=case.version)
            result.done.append(assignment)
        except StepError as error:
            result.refused.append(Refusal(case, str(error)))
    return result


@transaction.atomic
def _assign_one(
    order: Order, actor: User, complexity: Complexity, batch: AssignmentBatch | None
) -> tuple[Assignment, AssignmentBatch]:
    case, version = order.suggestion, order.version
    if case.state == State.SUBMITTED:
        case, version = accept_suggestion(suggestion=case, actor=actor, version=version), version + 1
    assign_suggestion(suggestion=case, actor=actor, version=version, unit=order.unit, complexity=complexity)
    assignment = case.assignments.get(status=AssignmentStatus.ACTIVE, kind=AssignmentKind.LEAD)
    batch = batch or AssignmentBatch.objects.create(made_by=actor, made_at=timezone.now())
    batch.assignments.add(assignment)
    return assignment, batch
