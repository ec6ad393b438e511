"""A suggestion (建议意见) and the people who brought it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.encryption import EncryptedTextField
from accounts.masking import mask_name, mask_phone
from accounts.models import Organization, User
from accounts.search import SearchTextField
from appointments.enums import Category
from appointments.models import Appointment, Finding, Visit
from representatives.models import Representative
from studios.models import Studio
from suggestions.enums import (
    ANSWERING,
    HANDLING_STATES,
    UNFINISHED_STATES,
    AssignmentKind,
    AssignmentStatus,
    Complexity,
    Level,
    RejectReason,
    ResultClass,
    Ruling,
    State,
)
from suggestions.querysets import CaseRowQuerySet, SuggestionQuerySet

if TYPE_CHECKING:
    from suggestions.models.handling import Assignment

NUMBERED = ~Q(number="")


class Suggestion(models.Model):
    """One matter (一事一议). `state` and every date below it are written by services alone.

    Dates are days in Asia/Shanghai. `version` grows with every step: a page that shows an older one is stale.
    """

    county = models.ForeignKey(
        Organization, models.PROTECT, db_index=False, related_name="county_suggestions", verbose_name="县"
    )
    delegation = models.ForeignKey(
        Organization, models.PROTECT, db_index=False, related_name="suggestions", verbose_name="代表队"
    )
    studio = models.ForeignKey(
        Studio, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name="工作室"
    )
    representative = models.ForeignKey(
        Representative, models.PROTECT, related_name="suggestions", verbose_name="党代表"
    )
    visit = models.OneToOneField(
        Visit, models.PROTECT, null=True, blank=True, related_name="suggestion", verbose_name="接访记录"
    )
    appointment = models.ForeignKey(
        Appointment,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name="约见",
    )
    finding = models.OneToOneField(
        Finding, models.PROTECT, null=True, blank=True, related_name="suggestion", verbose_name="调研建议"
    )
    title = models.CharField("标题", max_length=80)
    content = models.TextField("情况、分析和建议", max_length=4000)
    category = models.CharField("类别", max_length=12, choices=Category, default=Category.OTHER)
    level = models.CharField("归属", max_length=6, choices=Level, default=Level.TOWN)
    is_anonymous = models.BooleanField("群众不愿透露身份", default=False)
    releases_contact = models.BooleanField("同意把联系方式告知承办单位", default=False)
    created_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+", verbose_name="填写人")
    created_at = models.DateTimeField("填写时间")

    state = models.CharField("状态", max_length=16, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField("办理次数", default=1)
    year = models.PositiveSmallIntegerField("编号年份", null=True, blank=True)
    sequence = models.PositiveIntegerField("编号序号", null=True, blank=True)
    number = models.CharField("编号", max_length=24, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="merged_cases",
        verbose_name="并入",
    )
    reject_reason = models.CharField("不予受理原因", max_length=20, choices=RejectReason, blank=True)

    submitted_on = models.DateField("提交日期", null=True, blank=True)
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    complexity = models.CharField("难易", max_length=8, choices=Complexity, blank=True)
    assigned_level = models.CharField("交办层级", max_length=6, choices=Level, blank=True)
    unit = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="led_suggestions", verbose_name="承办单位"
    )
    first_assigned_on = models.DateField("首次交办", null=True, blank=True)
    assigned_on = models.DateField("交办日期", null=True, blank=True)
    original_due_on = models.DateField("原定期限", null=True, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    cap_on = models.DateField("最迟期限", null=True, blank=True)
    next_deadline_at = models.DateTimeField("下一期限", null=True, blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    was_on_time = models.BooleanField("按期答复", null=True, blank=True)
    result_class = models.CharField("办理结果", max_length=1, choices=ResultClass, blank=True)
    forwarded_on = models.DateField("转交日期", null=True, blank=True)
    evaluation_due_on = models.DateField("评价截止", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    promise_on = models.DateField("承诺完成日期", null=True, blank=True)
    fulfilled_on = models.DateField("兑现日期", null=True, blank=True)
    ruling = models.CharField("裁定", max_length=12, choices=Ruling, blank=True)
    is_imported = models.BooleanField("由台账导入", default=False)
    search_text = SearchTextField("number", "title", "content")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "建议意见"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year", "sequence"],
                name="suggestions_suggestion_sequence_once",
                violation_error_message="这个编号已经用过。",
            ),
            models.UniqueConstraint(
                fields=["county", "number"],
                condition=NUMBERED,
                name="suggestions_suggestion_number_once",
                violation_error_message="这个编号已经用过。",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on=None, number="") | (Q(accepted_on__isnull=False) & NUMBERED),
                name="suggestions_suggestion_number_on_acceptance",
                violation_error_message="受理时发编号，未受理的建议没有编号。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(HANDLING_STATES))
                | Q(due_on__gte=models.F("assigned_on"), cap_on__gte=models.F("due_on"), unit__isnull=False),
                name="suggestions_suggestion_clock_complete",
                violation_error_message="办理中的建议要有承办单位和期限，期限不能晚于最迟期限。",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "state", "-id"], name="suggestions_county_state"),
            models.Index(
                fields=["county", "state"],
                include=["id", "due_on", "delegation"],
                name="suggestions_unfinished_counts",
                condition=Q(state__in=sorted(UNFINISHED_STATES)),
            ),
            models.Index(fields=["delegation", "state", "-id"], name="suggestions_delegation_state"),
            models.Index(
                fields=["county", "accepted_on"],
                include=["state", "was_on_time", "result_class", "delegation"],
                name="suggestions_county_accepted",
            ),
            models.Index(
                fields=["delegation", "accepted_on"], include=["county", "state"], name="suggestions_town_accepted"
            ),
            models.Index(
                fields=["county", "accepted_on", "id"],
                include=["category", "assigned_level", "delegation", "unit", "state"],
                name="suggestions_precedents",
                condition=Q(accepted_on__isnull=False, unit__isnull=False),
            ),
            models.Index(
                fields=["appointment"], name="suggestions_at_appointment", condition=Q(appointment__isnull=False)
            ),
            models.Index(fields=["parent"], name="suggestions_joined", condition=Q(parent__isnull=False)),
            models.Index(fields=["parent"], name="suggestions_merged", condition=Q(state=State.MERGED)),
            models.Index(
                fields=["county", "promise_on"],
                name="suggestions_promised",
                condition=Q(state=State.CLOSED, promise_on__isnull=False, fulfilled_on=None),
            ),
            models.Index(
                fields=["county", "next_deadline_at"],
                name="suggestions_next_deadline",
                condition=Q(next_deadline_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("suggestions:detail", args=[self.pk])

    @property
    def assignments_in_force(self) -> list[Assignment]:
        """Assignments that stand now, lead first; runs no query when assignments are prefetched."""
        return [item for item in self.assignments.all() if item.status == AssignmentStatus.ACTIVE]

    @property
    def units_in_short(self) -> str:
        """Who answers, for a narrow place: 交通局 / 交通局等 3 家（分别办理）; "" while it is nobody's."""
        names = self._names(ANSWERING)
        return f"{names[0]}等 {len(names)} 家（分别办理）" if len(names) > 1 else "".join(names)

    @property
    def units_in_full(self) -> str:
        """Every unit with what it does: 交通局（会办住建局） / 交通局、住建局（分别办理）."""
        names, helpers = self._names(ANSWERING), self._names({AssignmentKind.CO})
        does = f"（会办{'、'.join(helpers)}）" if helpers else "（分别办理）" if len(names) > 1 else ""
        return "、".join(names) + does

    def _names(self, kinds: Collection[str]) -> list[str]:
        return [item.unit.short_name for item in self.assignments_in_force if item.kind in kinds]


class Petitioner(models.Model):
    """Somebody who brought the matter. Identity is encrypted at rest and shown masked."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="petitioners")
    name = EncryptedTextField("姓名", blank=True)
    phone = EncryptedTextField("联系电话", blank=True)
    unit = models.CharField("单位或住址", max_length=80, blank=True)

    objects = CaseRowQuerySet["Petitioner"].as_manager()

    class Meta:
        verbose_name = "反映群众"

    def __str__(self) -> str:
        return self.masked_name

    @property
    def masked_name(self) -> str:
        return mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)
