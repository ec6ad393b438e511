"""Appointments (约见) and who is expected there (domain.md §5)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organization, User
from appointments.enums import GAP_STATUSES, AppointmentKind, AppointmentStatus, AttendanceStatus, AttendanceWay
from appointments.models.roster import Roster
from appointments.models.theme import MonthlyTheme
from appointments.querysets import AppointmentQuerySet, AttendanceQuerySet
from representatives.models import Representative
from studios.models import Studio


class Appointment(models.Model):
    """One gathering at one place and time, of one kind."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="county_appointments")
    delegation = models.ForeignKey(Organization, models.PROTECT, related_name="appointments", verbose_name="代表队")
    studio = models.ForeignKey(
        Studio, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="工作室"
    )
    kind = models.CharField("约见方式", max_length=10, choices=AppointmentKind)
    status = models.CharField("状态", max_length=10, choices=AppointmentStatus, default=AppointmentStatus.PLANNED)
    held_on = models.DateField("日期")
    starts_at = models.TimeField("开始")
    ends_at = models.TimeField("结束")
    theme = models.CharField("主题", max_length=120, blank=True)
    venue = models.CharField("地点", max_length=120, blank=True)
    headcount = models.PositiveIntegerField("活动现场人次", default=0, help_text="未逐人登记的现场群众人数")
    roster = models.ForeignKey(
        Roster, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="值班表"
    )
    monthly_theme = models.ForeignKey(
        MonthlyTheme, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="月度主题"
    )
    announced_on = models.DateField(
        "公示日期", null=True, blank=True, help_text="值班表发布的日子，后来补开的为补开那天"
    )
    was_announced_in_time = models.BooleanField("按时公示", null=True, blank=True, help_text="公示时判定，以后不变")
    moved_from = models.DateField("原定日期", null=True, blank=True, help_text="改期前公布的日子")
    change_note = models.CharField("变更说明", max_length=200, blank=True)
    sequence = models.PositiveIntegerField("变更次数", default=0, help_text="日历订阅据此更新")
    changed_at = models.DateTimeField("最近变更", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "约见"
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="appointments_appointment_ends_after_start",
                violation_error_message="结束时间要晚于开始时间。",
            ),
            models.CheckConstraint(
                condition=Q(announced_on=None, was_announced_in_time=None)
                | Q(announced_on__isnull=False, was_announced_in_time__isnull=False),
                name="appointments_appointment_announcement_judged",
                violation_error_message="公示日期和是否按时公示要一起记下。",
            ),
            models.UniqueConstraint(
                fields=["studio", "held_on"],
                condition=Q(kind=AppointmentKind.REGULAR) & ~Q(status=AppointmentStatus.CANCELLED),
                name="appointments_appointment_one_regular_a_day",
                violation_error_message="这个工作室当天已有常规约见。",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "kind", "held_on"], name="appointments_by_kind_day"),
            models.Index(fields=["delegation", "held_on"], name="appointments_by_delegation"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on}"

    def get_absolute_url(self) -> str:
        return reverse("appointments:detail", args=[self.pk])

    @property
    def where(self) -> str:
        """The studio, or the place outside of it."""
        return str(self.studio or self.venue or "地点未填")

    @property
    def is_cancelled(self) -> bool:
        return self.status == AppointmentStatus.CANCELLED


class Attendance(models.Model):
    """One representative expected at one appointment. VACANT: they left office before it, and the gap is shown.

    A seat that changes hands stays as SUBSTITUTED (or LEAVE), and the row that takes it over names it in `replaces`:
    the schedule shows the old name struck through. `sequence` grows with every change a calendar must hear of.
    """

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="attendances")
    representative = models.ForeignKey(
        Representative, models.PROTECT, related_name="attendances", verbose_name="党代表"
    )
    status = models.CharField("到岗情况", max_length=12, choices=AttendanceStatus, default=AttendanceStatus.EXPECTED)
    checked_in_at = models.DateTimeField("签到时间", null=True, blank=True)
    checked_in_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签到登记人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    place = models.CharField("前往地点", max_length=60, blank=True, help_text="集中约见时为选举单位")
    people_met = models.PositiveIntegerField("约见人数", null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="接替"
    )
    note = models.CharField("说明", max_length=200, blank=True)
    sequence = models.PositiveIntegerField("变更次数", default=0, help_text="日历订阅据此更新")
    changed_at = models.DateTimeField("最近变更", null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "到岗"
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "representative"],
                name="appointments_attendance_once",
                violation_error_message="这位党代表已在这次约见的名单里。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative} {self.get_status_display()}"

    @property
    def is_vacant(self) -> bool:
        return self.status == AttendanceStatus.VACANT

    @property
    def is_gap(self) -> bool:
        """Among announced seats: somebody is needed here (left office, or on leave and nobody took over)."""
        return self.status in GAP_STATUSES

    @property
    def is_swapped(self) -> bool:
        """It was somebody else's when the schedule was published, who gave it away."""
        return self.replaces is not None and self.replaces.status == AttendanceStatus.SUBSTITUTED


class AttendanceEntry(models.Model):
    """One line of the log of a seat: who wrote down what about being there, when, and why. Never changed."""

    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="entries")
    from_status = models.CharField("原来", max_length=12, choices=AttendanceStatus)
    to_status = models.CharField("改为", max_length=12, choices=AttendanceStatus)
    way = models.CharField("方式", max_length=10, choices=AttendanceWay)
    reason = models.CharField("原因", max_length=200, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "到岗登记"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()}→{self.get_to_status_display()}"
