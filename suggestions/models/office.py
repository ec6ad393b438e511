"""What offices keep beside a case: notices of supervision, private notes, texts used again (domain.md §6)."""

from django.db import models
from django.db.models import Q

from accounts.models import Organization, User
from appointments.enums import Category
from suggestions.enums import HANDLING_STATES, SupervisionKind
from suggestions.models.case import Suggestion
from suggestions.models.recompute import RecomputeJob
from suggestions.office_querysets import NoteQuerySet, ReplyTemplateQuerySet, SupervisionQuerySet
from suggestions.querysets import CaseRowQuerySet


class Supervision(models.Model):
    """催办, 督办 or 挂牌 of one case, by the ladder or by hand, and what the unit answered to it."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="supervisions")
    kind = models.CharField("方式", max_length=10, choices=SupervisionKind)
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="supervisions", verbose_name="承办单位")
    text = models.CharField("要求", max_length=500)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发出人")
    issued_at = models.DateTimeField("发出时间")
    reply_due_on = models.DateField("要求回复的日期", null=True, blank=True)
    reply_text = models.CharField("回复", max_length=500, blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回复人")
    replied_at = models.DateTimeField("回复时间", null=True, blank=True)
    lifted_at = models.DateTimeField("摘牌时间", null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="摘牌人")
    lift_reason = models.CharField("摘牌理由", max_length=200, blank=True)
    occurrence = models.CharField(
        "梯次", max_length=70, blank=True, help_text="自动发出的是哪一个期限的第几天；人工发出的为空"
    )

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = "督促"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"],
                condition=Q(kind=SupervisionKind.LISTED, lifted_at=None),
                name="suggestions_supervision_listed_once",
                violation_error_message="这件建议已经挂牌督办。",
            ),
            models.UniqueConstraint(
                fields=["suggestion", "unit", "occurrence"],
                condition=~Q(occurrence=""),
                name="suggestions_supervision_stage_once",
                violation_error_message="这一次提醒已经记过。",
            ),
            models.CheckConstraint(
                condition=Q(replied_at=None, replied_by=None, reply_text="")
                | Q(replied_at__isnull=False, replied_by__isnull=False) & ~Q(reply_text=""),
                name="suggestions_supervision_reply_complete",
                violation_error_message="回复要写明内容、回复人和时间。",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False, kind=SupervisionKind.LISTED) & ~Q(lift_reason=""),
                name="suggestions_supervision_lift_explained",
                violation_error_message="只有挂牌督办可以摘牌，摘牌要写明理由。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit"],
                name="suggestions_supervision_open",
                condition=Q(replied_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.suggestion}"

    def get_absolute_url(self) -> str:
        """The case it is about, at its notices."""
        return f"{self.suggestion.get_absolute_url()}#supervision"

    @property
    def is_owed(self) -> bool:
        """Whether the unit still owes an answer, as `SupervisionQuerySet.unanswered` has it."""
        if self.replied_at is not None or self.reply_due_on is None or self.lifted_at is not None:
            return False
        return self.kind == SupervisionKind.LISTED or self.suggestion.state in HANDLING_STATES


class PrivateNote(models.Model):
    """What an office writes down about a case for itself: never public, never shown to other organisations."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="private_notes")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="单位")
    text = models.CharField("备注", max_length=1000)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    at = models.DateTimeField("时间")

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = "内部备注"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:30]


class ReplyTemplate(models.Model):
    """A text a county's units may start a reply of one category from."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="reply_templates", verbose_name="县")
    category = models.CharField("类别", max_length=12, choices=Category)
    name = models.CharField("名称", max_length=40)
    text = models.TextField("内容", max_length=2000)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "答复模板"
        ordering = ["category", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "category", "name"],
                name="suggestions_replytemplate_once",
                violation_error_message="这个类别已有同名的模板。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeadlineChange(models.Model):
    """A due date that was worked out anew because the policy or the calendar changed: why, from when to when.

    Equal dates before and after: they were provisional, and are certain now.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="deadline_changes")
    job = models.ForeignKey(
        RecomputeJob, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name="重算"
    )
    cause = models.CharField("原因", max_length=200)
    due_before = models.DateField("原期限")
    due_after = models.DateField("新期限")
    cap_before = models.DateField("原最迟期限")
    cap_after = models.DateField("新最迟期限")
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="操作人")
    at = models.DateTimeField("时间")

    objects = CaseRowQuerySet["DeadlineChange"].as_manager()

    class Meta:
        verbose_name = "期限重算"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.due_before} → {self.due_after}"
