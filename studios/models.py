"""Studios, their liaisons, and the office calendar's rows (domain.md §2, §4)."""

from django.db import models

from accounts.models import Organization, User
from studios.enums import HolidayKind, StudioKind, StudioStatus
from studios.querysets import CalendarYearQuerySet, HolidayQuerySet, StudioQuerySet


class Studio(models.Model):
    """A place where people meet representatives."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="county_studios", verbose_name="县")
    delegation = models.ForeignKey(Organization, models.PROTECT, related_name="studios", verbose_name="代表队")
    code = models.CharField("编号", max_length=20)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=StudioKind)
    status = models.CharField("状态", max_length=10, choices=StudioStatus, default=StudioStatus.ACTIVE)
    village = models.CharField("村（社区）", max_length=40, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    area = models.DecimalField("面积（平方米）", max_digits=6, decimal_places=1, null=True, blank=True)
    shared_with = models.CharField("联建共用", max_length=40, blank=True)
    phone = models.CharField("电话", max_length=20, blank=True)
    plaque_on = models.DateField("挂牌日期", null=True, blank=True)
    personal_statement = models.CharField("个人感言", max_length=300, blank=True)
    service_promise = models.CharField("服务承诺", max_length=300, blank=True)
    liaisons = models.ManyToManyField(User, blank=True, related_name="studios", verbose_name="联络员")

    objects = StudioQuerySet.as_manager()

    class Meta:
        verbose_name = "工作室"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code"],
                name="studios_studio_code_in_county",
                violation_error_message="本县已有使用这个编号的工作室，请换一个编号。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarYear(models.Model):
    """Whether the State Council has announced the holidays of a year."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    is_announced = models.BooleanField("已公布", default=False)
    source = models.CharField("来源", max_length=120, blank=True)

    objects = CalendarYearQuerySet.as_manager()

    class Meta:
        verbose_name = "办公日历年份"
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class Holiday(models.Model):
    """A date that differs from plain Monday–Friday."""

    date = models.DateField("日期", unique=True)
    kind = models.CharField("类型", max_length=16, choices=HolidayKind)
    name = models.CharField("名称", max_length=20)
    source = models.CharField("来源", max_length=120, blank=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = "节假日"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
