"""The work of bringing running clocks in line with changed settings or a changed calendar."""

from django.db import models
from django.urls import reverse

from accounts.models import Organization, User
from suggestions.enums import JobState
from suggestions.models.record import DeadlinePolicy
from suggestions.office_querysets import RecomputeJobQuerySet


class RecomputeJob(models.Model):
    """One recomputation of a county's running cases, chunk by chunk; the row is the queue and the progress.

    `cursor` is the last case examined, so that whoever takes the job up after a crash goes on there. `policy` is the
    version of the settings that was corrected or began today (None: the calendar changed), `years` are those whose
    holidays were announced.
    """

    county = models.ForeignKey(Organization, models.PROTECT, related_name="recompute_jobs", verbose_name="县")
    cause = models.CharField("原因", max_length=200)
    reason = models.CharField("说明", max_length=200, blank=True)
    policy = models.ForeignKey(
        DeadlinePolicy, models.PROTECT, null=True, blank=True, related_name="jobs", verbose_name="期限设置"
    )
    years = models.JSONField("新公布的年份", default=list, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="操作人")
    state = models.CharField("状态", max_length=8, choices=JobState, default=JobState.PENDING)
    cursor = models.PositiveBigIntegerField("已查到", default=0)
    total = models.PositiveIntegerField("在办件数", default=0)
    examined = models.PositiveIntegerField("已查件数", default=0)
    changed = models.PositiveIntegerField("改动件数", default=0)
    opened_at = models.DateTimeField("提出时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    objects = RecomputeJobQuerySet.as_manager()

    class Meta:
        verbose_name = "期限重算任务"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["id"], name="suggestions_recompute_waiting", condition=~models.Q(state=JobState.DONE)),
        ]

    def __str__(self) -> str:
        return self.cause

    def get_absolute_url(self) -> str:
        return reverse("suggestions:deadline_job", args=[self.pk])
