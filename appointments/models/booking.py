"""Collective days (集中约见日) and requests to meet a named representative (指定约见) (domain.md §5)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.encryption import EncryptedTextField
from accounts.models import Organization, User
from appointments.enums import BookingChannel, BookingState
from appointments.models.gathering import Appointment
from appointments.models.visit import Visit
from appointments.querysets import BookingQuerySet, CountyRowQuerySet
from representatives.models import Representative
from studios.models import Studio


class CollectiveDay(models.Model):
    """The day a county set for one quarter instead of its last Sunday, and why."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="collective_days", verbose_name="县")
    quarter_on = models.DateField("季度", help_text="季度第一天")
    held_on = models.DateField("集中约见日")
    reason = models.CharField("调整原因", max_length=200)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="设定人")

    objects = CountyRowQuerySet["CollectiveDay"].as_manager()

    class Meta:
        verbose_name = "集中约见日"
        ordering = ["-quarter_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "quarter_on"],
                name="appointments_collectiveday_once_a_quarter",
                violation_error_message="这个季度已设定集中约见日。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.held_on}"


class Booking(models.Model):
    """Somebody asks to meet a named representative. Accepted, it becomes a DESIGNATED appointment; kept, a visit."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="county_bookings", verbose_name="县")
    delegation = models.ForeignKey(Organization, models.PROTECT, related_name="bookings", verbose_name="代表队")
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="bookings", verbose_name="工作室")
    representative = models.ForeignKey(Representative, models.PROTECT, related_name="bookings", verbose_name="党代表")
    channel = models.CharField("约见渠道", max_length=8, choices=BookingChannel)
    visitor_name = EncryptedTextField("来访人姓名")
    visitor_phone = EncryptedTextField("联系电话")
    matter = models.CharField("想谈的事", max_length=500, blank=True)
    wanted_on = models.DateField("希望的日期")
    starts_at = models.TimeField("开始")
    ends_at = models.TimeField("结束")
    state = models.CharField("状态", max_length=10, choices=BookingState, default=BookingState.REQUESTED)
    reason = models.CharField("原因", max_length=200, blank=True, help_text="改期、婉拒或取消的原因")
    appointment = models.OneToOneField(
        Appointment, models.PROTECT, null=True, blank=True, related_name="booking", verbose_name="约见"
    )
    visit = models.OneToOneField(
        Visit, models.PROTECT, null=True, blank=True, related_name="booking", verbose_name="接访记录"
    )
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人")
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    submission_key = models.UUIDField("防重复键", unique=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = "指定约见申请"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="appointments_booking_ends_after_start",
                violation_error_message="结束时间要晚于开始时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["DECLINED", "CANCELLED"]) | ~Q(reason=""),
                name="appointments_booking_refusal_explained",
                violation_error_message="请写明原因。",
            ),
        ]
        indexes = [models.Index(fields=["studio", "wanted_on"], name="appointments_booking_studio")]

    def __str__(self) -> str:
        return f"{self.representative} {self.wanted_on}"

    def get_absolute_url(self) -> str:
        return reverse("appointments:booking_detail", args=[self.pk])
