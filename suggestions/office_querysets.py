"""What a user may see of what offices keep beside a case: supervision, notes, templates, batches."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.enums import Role
from suggestions.enums import HANDLING_STATES, JobState, SupervisionKind
from suggestions.querysets import CaseRowQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from suggestions.models import (
        AssignmentBatch,
        NumberSequence,
        PrivateNote,
        RecomputeJob,
        ReplyTemplate,
        Supervision,
    )

KEEPS_NOTES = (Role.DELEGATION_OFFICE, Role.COUNTY_OFFICE, Role.UNIT_HANDLER)


def is_unanswered() -> Q:
    """Of a notice: an answer was asked for and is still owed, because the case is handled or listed."""
    owed = Q(kind=SupervisionKind.LISTED) | Q(suggestion__state__in=HANDLING_STATES)
    return owed & Q(reply_due_on__isnull=False, replied_at=None, lifted_at=None)


def is_listed() -> Q:
    """Of a notice: 挂牌 and not lifted."""
    return Q(kind=SupervisionKind.LISTED, lifted_at=None)


class SupervisionQuerySet(CaseRowQuerySet["Supervision"]):
    """Notices of cases the user may see."""

    def unanswered(self) -> Self:
        return self.filter(is_unanswered())

    def listed(self) -> Self:
        return self.filter(is_listed())

    def with_list_related(self) -> Self:
        """What a row of the list names."""
        return self.select_related("unit", "issued_by", "suggestion__unit", "suggestion__delegation").defer(
            "suggestion__content"
        )


class NoteQuerySet(models.QuerySet["PrivateNote"]):
    def visible_to(self, user: User) -> Self:
        """Notes of the offices and units the user works in, on cases the user sees; nobody else ever reads them."""
        own: frozenset[int] = frozenset().union(*(user.scope.where(role) for role in KEEPS_NOTES))
        cases: Any = self.model._meta.get_field("suggestion").related_model
        return self.filter(organization_id__in=own, suggestion__in=cases.objects.visible_to(user))


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    def visible_to(self, user: User) -> Self:
        """Texts to begin from are no secret within a county."""
        return self.filter(county_id__in=user.scope.county_ids)


class AssignmentBatchQuerySet(models.QuerySet["AssignmentBatch"]):
    def visible_to(self, user: User) -> Self:
        """One's own: what a colleague assigned is recalled case by case."""
        return self.filter(made_by=user)

    def made_on(self, day: date) -> Self:
        return self.filter(made_at__date=day)

    def with_cases(self) -> Self:
        """What a summary says of a batch, in two queries for any number of batches."""
        rows = self.model.assignments.rel.model._default_manager.select_related("unit", "suggestion")
        return self.prefetch_related(models.Prefetch("assignments", rows))


class RecomputeJobQuerySet(models.QuerySet["RecomputeJob"]):
    def visible_to(self, user: User) -> Self:
        """Whoever reads the county as a whole."""
        return self.filter(county_id__in=user.scope.reads_county_ids)

    def unfinished(self) -> Self:
        return self.exclude(state=JobState.DONE)


class NumberSequenceQuerySet(models.QuerySet["NumberSequence"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(county_id__in=user.scope.reads_county_ids)
