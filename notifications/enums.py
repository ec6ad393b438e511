"""States, channels and kinds of reminders (reliability.md, never lose, never repeat §2)."""

from datetime import timedelta

from django.db import models


class ReminderState(models.TextChoices):
    PENDING = "PENDING", "待发送"
    LEASED = "LEASED", "发送中"
    SENT = "SENT", "已发送"
    RETRY = "RETRY", "待重试"
    DEAD = "DEAD", "无法送达"
    EXPIRED = "EXPIRED", "已过时"
    CANCELLED = "CANCELLED", "已取消"
    UNKNOWN = "UNKNOWN", "结果不明"


class Channel(models.TextChoices):
    INBOX = "INBOX", "站内消息"


WAITING_STATES = frozenset({ReminderState.PENDING, ReminderState.RETRY})
LEASE = timedelta(minutes=5)
LATE_AFTER = timedelta(minutes=10)
