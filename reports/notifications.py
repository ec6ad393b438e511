"""Telling somebody that the list is ready, or that it is not going to be."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from notifications.models import Reminder, user_address
from notifications.registry import Verdict, cancel, register, send
from notifications.services import ReminderDraft
from reports.enums import LIFETIME, ExportState
from reports.models import ExportJob

KIND = "reports.export"


def told(job: ExportJob) -> ReminderDraft:
    """The notice of a finished job, due at once."""
    now = timezone.now()
    if job.state == ExportState.DONE:
        title, body = f"{job.label}已导出，共 {job.done} 行", "24 小时内可以下载，过后请重新导出。"
    else:
        title, body = f"{job.label}没有导出成功", job.note
    return ReminderDraft(
        kind=KIND,
        subject=f"export:{job.pk}",
        occurrence=job.state,
        offset=0,
        recipient=user_address(job.user),
        title=title,
        body=body,
        url=reverse("reports:export_list"),
        due_at=now,
        expires_at=now + LIFETIME,
    )


def _check(reminder: Reminder, _now: datetime) -> Verdict:
    """Send while it is so."""
    still = ExportJob.objects.filter(pk=reminder.subject_key, state=reminder.occurrence).exists()
    return send() if still else cancel("导出的文件已过期")


register(KIND, _check)
