"""The office calendar's rows (domain.md §4)."""

from django.db import models

from studios.enums import HolidayKind
from studios.querysets import CalendarYearQuerySet, HolidayQuerySet


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
