"""Party representatives (domain.md §3)."""

from django.db import models

from accounts.models import Organization, User
from representatives.enums import Gender, Level, RepresentativeStatus
from representatives.querysets import RepresentativeQuerySet
from studios.models import Studio


class Representative(models.Model):
    """One person elected to one party congress."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="county_representatives", verbose_name="县")
    delegation = models.ForeignKey(Organization, models.PROTECT, related_name="representatives", verbose_name="代表队")
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="representative", verbose_name="账号"
    )
    studios = models.ManyToManyField(Studio, related_name="representatives", verbose_name="工作室")
    name = models.CharField("姓名", max_length=30)
    gender = models.CharField("性别", max_length=6, choices=Gender)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    ethnic_group = models.CharField("民族", max_length=20, default="汉族")
    certificate_no = models.CharField("代表证号", max_length=24)
    term = models.PositiveSmallIntegerField("届次")
    level = models.CharField("层级", max_length=6, choices=Level)
    electing_unit = models.CharField("选举单位", max_length=60, blank=True)
    position = models.CharField("职务", max_length=60, blank=True)
    phone = models.CharField("电话", max_length=20, blank=True)
    public_bio = models.CharField("公开简介", max_length=300, blank=True)
    status = models.CharField("状态", max_length=10, choices=RepresentativeStatus, default=RepresentativeStatus.ACTIVE)
    status_reason = models.CharField("状态原因", max_length=200, blank=True)
    status_on = models.DateField("状态日期", null=True, blank=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = "党代表"
        ordering = ["certificate_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "certificate_no"],
                name="representatives_representative_certificate",
                violation_error_message="本县已有使用这个代表证号的党代表。",
            ),
            models.CheckConstraint(
                condition=models.Q(status=RepresentativeStatus.ACTIVE)
                | (models.Q(status_on__isnull=False) & ~models.Q(status_reason="")),
                name="representatives_representative_status_explained",
                violation_error_message="停止执行职务或资格终止要写明原因和日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
