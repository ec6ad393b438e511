"""The people received (接访记录, domain.md §5)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.encryption import EncryptedTextField
from accounts.models import Organization, User
from accounts.search import SearchTextField
from appointments.enums import Category, VisitMethod, VisitOutcome
from appointments.models.gathering import Appointment
from appointments.querysets import VisitQuerySet
from representatives.models import Representative
from studios.models import Studio
from uploads.models import Upload


class Visit(models.Model):
    """接访记录: one person or group received. A phone or name left empty means 不愿透露."""

    county = models.ForeignKey(Organization, models.PROTECT, db_index=False, related_name="county_visits")
    delegation = models.ForeignKey(
        Organization, models.PROTECT, db_index=False, related_name="visits", verbose_name="代表队"
    )
    studio = models.ForeignKey(Studio, models.PROTECT, db_index=False, related_name="visits", verbose_name="工作室")
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
    recorded_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")
    submission_key = models.UUIDField("防重复键", unique=True)
    search_text = SearchTextField("matter", "answer")
    photos = models.ManyToManyField(Upload, blank=True, related_name="+", verbose_name="照片")

    objects = VisitQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["submission_key", "search_text"])

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
