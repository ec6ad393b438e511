"""What offices write themselves into the papers that statistics fill (domain.md §8)."""

from django.db import models

from accounts.models import Organization, User
from reports.querysets import BulletinTextQuerySet


class BulletinText(models.Model):
    """The words of the office in the bulletin of one place and period; what is empty is filled by the paper itself."""

    place = models.ForeignKey(Organization, models.PROTECT, related_name="bulletin_texts", verbose_name="通报范围")
    period = models.CharField("期次", max_length=7, help_text="2026-09 或 2026Q3")
    intro = models.TextField("导语", max_length=600, blank=True)
    problems = models.TextField("存在问题", max_length=1500, blank=True)
    requirements = models.TextField("工作要求", max_length=1500, blank=True)
    copies = models.CharField("抄送", max_length=120, blank=True)
    version = models.PositiveIntegerField("版本", default=0)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="修改人")
    updated_at = models.DateTimeField("修改时间")

    objects = BulletinTextQuerySet.as_manager()

    class Meta:
        verbose_name = "通报文字"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "period"],
                name="reports_bulletintext_once",
                violation_error_message="这一期的文字已有人写过，请刷新后再改。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.period}"
