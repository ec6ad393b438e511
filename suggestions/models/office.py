"""What offices keep beside a case: notices of supervision, private notes, texts used again (domain.md §6)."""

from django.db import models
from django.db.models import Q

from accounts.models import Organization, User
from appointments.enums import Category
from suggestions.enums import SupervisionKind
from suggestions.models.case import Suggestion
from suggestions.querysets import CaseRowQuerySet
from suggestions.querysets_office import NoteQuerySet, ReplyTemplateQuerySet


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

    objects = CaseRowQuerySet["Supervision"].as_manager()

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
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.suggestion}"


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
    """A due date that was worked out anew because the policy or the calendar changed: why, from when to when."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="deadline_changes")
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
