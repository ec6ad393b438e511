"""Duty rosters, the numbers a county rosters by, and who is away when (domain.md §5)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.dated import DatedQuerySet
from accounts.models import Organization, User
from appointments.enums import HolidayTreatment, LeaveStatus, RosterStatus
from appointments.querysets import LeaveQuerySet, RosterQuerySet
from representatives.models import Representative
from studios.models import Studio


def default_reminder_days() -> list[int]:
    """A duty is announced to its representative three days and one day ahead."""
    return [3, 1]


class DutyPolicy(models.Model):
    """What a county asks of its duties from a day on; the field defaults are the source's own numbers."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="duty_policies", verbose_name="县")
    effective_from = models.DateField("生效日期")
    gap_weeks = models.PositiveSmallIntegerField("两次值班至少间隔（周）", default=3)
    publish_days = models.PositiveSmallIntegerField("提前几天公示", default=3)
    swap_days = models.PositiveSmallIntegerField("换班截止（值班前几天）", default=1)
    reminder_days = models.JSONField("值班提醒（提前几天）", default=default_reminder_days)

    objects = DatedQuerySet["DutyPolicy"].as_manager()

    class Meta:
        verbose_name = "值班设置"
        ordering = ["county", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "effective_from"],
                name="appointments_dutypolicy_once_a_day",
                violation_error_message="这一天已有一份值班设置。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.effective_from}"


class Roster(models.Model):
    """The regular appointments of one delegation and period, drafted together.

    DRAFT: `seats` may change. Publishing makes the appointments and never touches `seats` again: they stay what was
    published, and every later change is a swap or an override on the attendances.
    """

    county = models.ForeignKey(Organization, models.PROTECT, related_name="county_rosters", verbose_name="县")
    delegation = models.ForeignKey(Organization, models.PROTECT, related_name="rosters", verbose_name="代表队")
    first_on = models.DateField("从")
    last_on = models.DateField("到")
    status = models.CharField("状态", max_length=10, choices=RosterStatus, default=RosterStatus.DRAFT)
    holidays = models.CharField("遇节假日", max_length=5, choices=HolidayTreatment, default=HolidayTreatment.SKIP)
    people_per_session = models.PositiveSmallIntegerField("每班人数", default=1)
    seed = models.PositiveIntegerField("排班种子", default=0)
    version = models.PositiveIntegerField("版本", default=1, help_text="草稿每改一次加一")
    content_hash = models.CharField("指纹", max_length=64, blank=True)
    report = models.JSONField("排班说明", default=dict, help_text="均衡程度、瓶颈、空缺和原因")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    created_at = models.DateTimeField("起草时间")
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="最近修改人"
    )
    changed_at = models.DateTimeField("最近修改", null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    is_short_notice = models.BooleanField("发布时已不足公示天数", default=False)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = "值班表"
        ordering = ["-first_on", "delegation__code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="appointments_roster_ends_after_start",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.UniqueConstraint(
                fields=["delegation", "first_on"],
                condition=~Q(status=RosterStatus.ARCHIVED),
                name="appointments_roster_once_a_period",
                violation_error_message="这个代表队这段时间已有值班表。",
            ),
            models.CheckConstraint(
                condition=Q(status=RosterStatus.DRAFT) | Q(published_at__isnull=False, published_by__isnull=False),
                name="appointments_roster_published_by_somebody",
                violation_error_message="发布要记下由谁、何时发布。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation} {self.first_on}至{self.last_on}值班表"

    def get_absolute_url(self) -> str:
        return reverse("appointments:roster_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == RosterStatus.DRAFT


class RosterSeat(models.Model):
    """One seat of a roster: who sits where on which day, and why; nobody where it could not be filled."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="seats")
    held_on = models.DateField("日期")
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="+", verbose_name="工作室")
    position = models.PositiveSmallIntegerField("席位", default=0)
    representative = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="roster_seats", verbose_name="党代表"
    )
    reason = models.CharField("理由", max_length=200, blank=True)
    is_by_hand = models.BooleanField("人工安排", default=False)

    class Meta:
        verbose_name = "席位"
        ordering = ["held_on", "studio__code", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "held_on", "studio", "position"],
                name="appointments_rosterseat_once",
                violation_error_message="这个席位已经有了。",
            ),
            models.UniqueConstraint(
                fields=["roster", "held_on", "representative"],
                name="appointments_rosterseat_one_duty_a_day",
                violation_error_message="这位党代表这天已有一次值班。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.studio} {self.representative or '空缺'}"


class Leave(models.Model):
    """Days on which a representative cannot stand duty: asked for, then approved or refused by the office."""

    representative = models.ForeignKey(Representative, models.PROTECT, related_name="leaves", verbose_name="党代表")
    first_on = models.DateField("从")
    last_on = models.DateField("到")
    reason = models.CharField("事由", max_length=200)
    status = models.CharField("状态", max_length=10, choices=LeaveStatus, default=LeaveStatus.REQUESTED)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    requested_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人")
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decision_note = models.CharField("审批意见", max_length=200, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = "请假"
        ordering = ["-first_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="appointments_leave_ends_after_start",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ]
        indexes = [
            models.Index(fields=["representative", "first_on"], name="appointments_leave_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.representative} {self.first_on}至{self.last_on}"

    def get_absolute_url(self) -> str:
        return reverse("appointments:leave_detail", args=[self.pk])
