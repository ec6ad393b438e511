"""Several cases assigned in one go, so that exactly these can be recalled together."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from suggestions.enums import AssignmentStatus, State
from suggestions.models.handling import Assignment
from suggestions.office_querysets import AssignmentBatchQuerySet


class AssignmentBatch(models.Model):
    """What one person assigned with one press of the button."""

    made_by = models.ForeignKey(User, models.PROTECT, related_name="assignment_batches", verbose_name="交办人")
    made_at = models.DateTimeField("交办时间")
    assignments = models.ManyToManyField(Assignment, related_name="batches", verbose_name="交办")

    objects = AssignmentBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "成批交办"
        ordering = ["-id"]
        indexes = [models.Index(fields=["made_by", "made_at"], name="suggestions_batch_of_a_day")]

    def __str__(self) -> str:
        return f"{self.made_by} {self.made_at:%m-%d %H:%M}"

    @property
    def standing(self) -> list[Assignment]:
        """Those not recalled or returned since; runs no query when assignments are prefetched."""
        return [item for item in self.assignments.all() if item.status == AssignmentStatus.ACTIVE]

    @property
    def recallable(self) -> list[Assignment]:
        """Those nobody has signed for yet (with their suggestions prefetched)."""
        return [item for item in self.standing if item.suggestion.state == State.ASSIGNED]
