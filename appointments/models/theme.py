"""The theme of a month (月度主题) that themed appointments are held around (domain.md §5)."""

from django.db import models

from accounts.models import Organization, User
from appointments.querysets import CountyRowQuerySet


class MonthlyTheme(models.Model):
    """What a county talks about with its people in one month: the party committee's work, or a hot issue."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="monthly_themes", verbose_name="县")
    month = models.DateField("月份", help_text="当月第一天")
    title = models.CharField("主题", max_length=60)
    background = models.TextField("背景", max_length=1000, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟定人")

    objects = CountyRowQuerySet["MonthlyTheme"].as_manager()

    class Meta:
        verbose_name = "月度主题"
        ordering = ["-month", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "month", "title"],
                name="appointments_monthlytheme_once",
                violation_error_message="这个月已有同样的主题。",
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1),
                name="appointments_monthlytheme_first_of_month",
                violation_error_message="月份按当月第一天记。",
            ),
        ]

    def __str__(self) -> str:
        return self.title
