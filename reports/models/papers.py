"""The words offices write into bulletins, and lists that are written in the background."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organization, User
from reports.enums import UNFINISHED, ExportState
from reports.querysets import BulletinTextQuerySet, ExportJobQuerySet


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


class ExportJob(models.Model):
    """One list that somebody asked for; the row is the queue, the progress, and what remains when the file is gone.

    `key` and `query` name the list as `reports.listings` knows it. `held` are the roles of the user when it was
    written: whoever has lost one of them does not get the file any more.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="exports", verbose_name="导出人")
    county = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="县")
    key = models.CharField("清单", max_length=20)
    query = models.CharField("条件", max_length=2000, blank=True)
    label = models.CharField("名称", max_length=80)
    reason = models.CharField("导出事由", max_length=200)
    held = models.JSONField("写出时的角色", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=ExportState, default=ExportState.WAITING)
    total = models.PositiveIntegerField("总行数")
    done = models.PositiveIntegerField("已写行数", default=0)
    note = models.CharField("说明", max_length=200, blank=True)
    file = models.FileField("文件", max_length=200, blank=True)
    asked_at = models.DateTimeField("提出时间")
    made_at = models.DateTimeField("完成时间", null=True, blank=True)
    expires_at = models.DateTimeField("失效时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        verbose_name = "清单导出"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key", "query"],
                condition=Q(state__in=sorted(UNFINISHED)),
                name="reports_export_once_at_a_time",
                violation_error_message="这份清单正在导出。",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="reports_export_waiting", condition=Q(state__in=sorted(UNFINISHED))),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("reports:export_list")

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def path(self) -> str:
        """Where its file lies; nothing of it can be guessed."""
        return f"exports/{self.uid.hex[:2]}/{self.uid.hex}.xlsx"
