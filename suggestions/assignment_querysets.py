"""Named predicates of assignments: who has to answer a case now, and who still owes something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from suggestions.enums import ANSWERING, AssignmentKind, AssignmentStatus, ReplyStatus
from suggestions.querysets import CaseRowQuerySet

if TYPE_CHECKING:
    from suggestions.models import Assignment


class AssignmentQuerySet(CaseRowQuerySet["Assignment"]):
    """Who is charged with a case, visible as the case is."""

    def answering(self) -> Self:
        """In force, and it is theirs to answer: the lead, or one that shares the case."""
        return self.filter(status=AssignmentStatus.ACTIVE, kind__in=sorted(ANSWERING))

    def owed(self) -> Self:
        """In force, and neither the part nor the 会签 is in."""
        helped = Q(countersigned_at__isnull=False) | Q(waived_at__isnull=False)
        standing = self.filter(status=AssignmentStatus.ACTIVE).exclude(helped, kind=AssignmentKind.CO)
        return standing.exclude(parts__status=ReplyStatus.SUBMITTED)
