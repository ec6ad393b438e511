"""五个一 and 四统一: the versioned checklist, inspections against it, and what they ask to be mended (domain.md §2)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organization, User
from studios.enums import ChecklistGroup, CheckOutcome
from studios.models.studio import Studio
from studios.querysets import ChecklistTemplateQuerySet, InspectionQuerySet, RectificationQuerySet
from uploads.models import Upload


class ChecklistTemplate(models.Model):
    """One version of a county's checklist. A published version never changes; a change is the next version."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="checklists", verbose_name="县")
    version = models.PositiveSmallIntegerField("版本")
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )

    objects = ChecklistTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "检查表"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "version"],
                name="studios_checklist_version_once",
                violation_error_message="这个版本已经发布，请刷新后再改。",
            ),
        ]

    def __str__(self) -> str:
        return f"检查表第 {self.version} 版"


class ChecklistItem(models.Model):
    """One line of a checklist. `code` is the same thing in every version."""

    template = models.ForeignKey(ChecklistTemplate, models.CASCADE, related_name="items")
    code = models.CharField("代码", max_length=30)
    group = models.CharField("分组", max_length=12, choices=ChecklistGroup)
    position = models.PositiveSmallIntegerField("顺序")
    text = models.CharField("检查内容", max_length=60)
    hint = models.CharField("达标要求", max_length=120, blank=True)

    class Meta:
        verbose_name = "检查项"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "code"],
                name="studios_checklist_item_once",
                violation_error_message="检查表里已有这一项。",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Inspection(models.Model):
    """One look at one studio. `submission_key` makes the same form, sent twice from a phone, one inspection."""

    studio = models.ForeignKey(Studio, models.PROTECT, related_name="inspections", verbose_name="工作室")
    template = models.ForeignKey(ChecklistTemplate, models.PROTECT, related_name="inspections")
    inspected_on = models.DateField("检查日期")
    inspector = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="检查人")
    note = models.CharField("总体情况", max_length=500, blank=True)
    submission_key = models.UUIDField("防重复键", unique=True)
    created_at = models.DateTimeField("登记时间")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = "检查"
        ordering = ["-inspected_on", "-id"]
        indexes = [models.Index(fields=["studio", "-inspected_on", "-id"], name="studios_inspection_latest")]

    def __str__(self) -> str:
        return f"{self.studio} {self.inspected_on}"

    def get_absolute_url(self) -> str:
        return reverse("studios:inspection_detail", args=[self.pk])


class InspectionResult(models.Model):
    """How one item was found."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="results")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+")
    outcome = models.CharField("结果", max_length=14, choices=CheckOutcome)
    note = models.CharField("说明", max_length=200, blank=True)
    photos = models.ManyToManyField(Upload, blank=True, related_name="+", verbose_name="照片")

    class Meta:
        verbose_name = "检查结果"
        ordering = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="studios_inspection_result_once"),
            models.CheckConstraint(
                condition=~Q(outcome=CheckOutcome.FAIL) | ~Q(note=""),
                name="studios_inspection_failure_explained",
                violation_error_message="不达标的项目要写明问题。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_outcome_display()}"


class Rectification(models.Model):
    """整改: opened by a FAIL with a due date, closed only by a later PASS of the same item."""

    studio = models.ForeignKey(Studio, models.PROTECT, related_name="rectifications", verbose_name="工作室")
    code = models.CharField("检查项代码", max_length=30)
    opened_by = models.OneToOneField(InspectionResult, models.PROTECT, related_name="opened")
    opened_on = models.DateField("开具日期")
    due_on = models.DateField("整改期限")
    closed_by = models.ForeignKey(InspectionResult, models.PROTECT, null=True, blank=True, related_name="closed")
    closed_on = models.DateField("销号日期", null=True, blank=True)

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = "整改"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["studio", "code"],
                condition=Q(closed_on=None),
                name="studios_rectification_one_open",
                violation_error_message="这一项已有没完成的整改。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None) | Q(closed_on__isnull=False, closed_by__isnull=False),
                name="studios_rectification_closed_by_a_pass",
                violation_error_message="整改要由后来的达标检查销号。",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="studios_rectification_open", condition=Q(closed_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.studio} {self.code}"
