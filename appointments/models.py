"""Appointments (约见), who is expected there, and the people received (domain.md §5)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.encryption import EncryptedTextField
from accounts.models import Organization, User
from appointments.enums import (
    AppointmentKind,
    AppointmentStatus,
    AttendanceStatus,
    Category,
    VisitMethod,
    VisitOutcome,
)
from appointments.querysets import AppointmentQuerySet, AttendanceQuerySet, VisitQuerySet
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


class Attendance(models.Model):
    """One representative expected at one appointment. VACANT: they left office before it, and the gap is shown."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="attendances")
    representative = models.ForeignKey(
        Representative, models.PROTECT, related_name="attendances", verbose_name="党代表"
    )
    status = models.CharField("到岗情况", max_length=12, choices=AttendanceStatus, default=AttendanceStatus.EXPECTED)
    checked_in_at = models.DateTimeField("签到时间", null=True, blank=True)

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


class Visit(models.Model):
    """接访记录: one person or group received. A phone or name left empty means 不愿透露."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="county_visits")
    delegation = models.ForeignKey(Organization, models.PROTECT, related_name="visits", verbose_name="代表队")
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="visits", verbose_name="工作室")
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="约见"
    )
    representative = models.ForeignKey(Representative, models.PROTECT, related_name="visits", verbose_name="接待党代表")
    received_on = models.DateField("接访日期")
    method = models.CharField("来访方式", max_length=10, choices=VisitMethod, default=VisitMethod.WALK_IN)
    visitor_name = EncryptedTextField("来访人姓名", blank=True)
    visitor_phone = EncryptedTextField("联系电话", blank=True)
    visitor_unit = models.CharField("单位或住址", max_length=80, blank=True)
    is_party_member = models.BooleanField("党员", default=False)
    people = models.PositiveSmallIntegerField("人数", default=1)
    matter = models.TextField("反映事项", max_length=2000)
    answer = models.TextField("答复情况", max_length=2000, blank=True)
    category = models.CharField("类别", max_length=12, choices=Category, default=Category.OTHER)
    outcome = models.CharField("处理", max_length=16, choices=VisitOutcome)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")
    submission_key = models.UUIDField("防重复键", unique=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "接访记录"
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="appointments_visit_somebody_came",
                violation_error_message="人数至少为 1。",
            ),
            models.CheckConstraint(
                condition=Q(outcome=VisitOutcome.TO_SUGGESTION) | ~Q(answer=""),
                name="appointments_visit_answered",
                violation_error_message="请填写答复情况。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["county", "received_on", "outcome"],
                include=["people"],
                name="appointments_visit_county",
            ),
            models.Index(fields=["delegation", "-received_on", "-id"], name="appointments_visit_delegation"),
            models.Index(fields=["studio", "-received_on", "-id"], name="appointments_visit_studio"),
        ]

    def __str__(self) -> str:
        return self.matter[:30]

    def get_absolute_url(self) -> str:
        return reverse("appointments:visit_detail", args=[self.pk])
