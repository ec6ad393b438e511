"""The office calendar's rows (domain.md §4)."""

from django.db import models
from django.urls import reverse

from accounts.models import Organization, User
from studios.enums import HolidayKind
from studios.querysets import CalendarChangeQuerySet, CalendarEffectQuerySet, CalendarYearQuerySet, HolidayQuerySet


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
    """A day off or a make-up workday, as the notice names it: weekends inside a holiday are rows, too."""

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


class CalendarChange(models.Model):
    """The log of the calendar: who changed which days of a year, when and why. Append-only.

    `days` holds [date, before, after] in words, one per day that changed.
    """

    year = models.PositiveSmallIntegerField("年份")
    summary = models.CharField("事项", max_length=120)
    reason = models.CharField("依据", max_length=200)
    days = models.JSONField("日子", default=list)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="操作人")
    county = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="操作人的县")
    at = models.DateTimeField("时间")

    objects = CalendarChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "办公日历变更"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        return reverse("studios:calendar_change", args=[self.pk])


class CalendarEffect(models.Model):
    """What one change of the calendar did to one thing that depends on it: from what to what, in words.

    `subject` is its generic key; whoever reads the county as a whole reads the effects in it.
    """

    change = models.ForeignKey(CalendarChange, models.CASCADE, related_name="effects")
    county = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="县")
    subject = models.CharField("对象", max_length=60, help_text="通用键，如 suggestion:42")
    label = models.CharField("名称", max_length=120)
    url = models.CharField("链接", max_length=200, blank=True)
    before = models.CharField("原来", max_length=200)
    after = models.CharField("现在", max_length=200)

    objects = CalendarEffectQuerySet.as_manager()

    class Meta:
        verbose_name = "日历变更的影响"
        ordering = ["id"]
        indexes = [models.Index(fields=["change", "county", "id"], name="studios_effect_of_change")]

    def __str__(self) -> str:
        return self.label
