"""The rules of notices of supervision as questions to the rows."""

from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import F, Q

from studios.clocks import SHANGHAI
from suggestions.models import Assignment, Supervision


def supervisions() -> Iterator[str]:
    """Sent to a unit that had the case; answered and lifted after it was sent, by people of the unit and the county."""
    charged = {*Assignment.objects.values_list("suggestion_id", "unit_id")}
    for pk, case, unit in Supervision.objects.values_list("pk", "suggestion_id", "unit_id"):
        if (case, unit) not in charged:
            yield f"督办 #{pk}：收到通知的单位没有承办这件建议"
    early = Q(replied_at__lt=F("issued_at")) | Q(lifted_at__lt=F("issued_at"))
    for pk in Supervision.objects.filter(early).values_list("pk", flat=True):
        yield f"督办 #{pk}：回复或摘牌早于发出"
    for pk, issued_at, day in Supervision.objects.filter(reply_due_on__isnull=False).values_list(
        "pk", "issued_at", "reply_due_on"
    ):
        if day and datetime.combine(day, time.max, SHANGHAI) < issued_at:
            yield f"督办 #{pk}：要求回复的日期早于发出"
    silent = Supervision.objects.filter(issued_by=None, occurrence="")
    for pk in silent.values_list("pk", flat=True):
        yield f"督办 #{pk}：没有发出人，也不是自动提醒"
