"""What a unit asks the assigner for: to hand the case back (退办), or more time (延期) (domain.md §6.1)."""

from django.db import models
from django.db.models import Q

from accounts.models import Organization, User
from suggestions.enums import RequestKind, RequestState
from suggestions.models.case import Suggestion
from suggestions.models.handling import Assignment
from suggestions.querysets import CaseRowQuerySet


class UnitRequest(models.Model):
    """One request about one assignment, waiting for the assigner or decided. The clock runs on meanwhile."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="requests")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="requests", verbose_name="交办")
    kind = models.CharField("申请事项", max_length=10, choices=RequestKind)
    reason = models.CharField("理由", max_length=500)
    proposed_unit = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议改交"
    )
    proposed_due_on = models.DateField("申请延到", null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    state = models.CharField("状态", max_length=8, choices=RequestState, default=RequestState.WAITING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人")
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decision_note = models.CharField("审批意见", max_length=500, blank=True)

    objects = CaseRowQuerySet["UnitRequest"].as_manager()

    class Meta:
        verbose_name = "承办单位申请"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "kind"],
                condition=Q(state=RequestState.WAITING),
                name="suggestions_request_one_waiting",
                violation_error_message="这件建议已有一个同样的申请在等审批。",
            ),
            models.CheckConstraint(
                condition=Q(kind=RequestKind.RETURN, proposed_unit__isnull=False)
                | Q(kind=RequestKind.EXTENSION, proposed_due_on__isnull=False),
                name="suggestions_request_says_what",
                violation_error_message="退办要建议改交哪个单位，延期要写明延到哪一天。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_state_display()}"
