"""States of exports, and their limits."""

from datetime import timedelta

from django.db import models


class ExportState(models.TextChoices):
    """A list written in the background: what has become of it is in its row."""

    WAITING = "WAITING", "等待导出"
    RUNNING = "RUNNING", "正在导出"
    DONE = "DONE", "可以下载"
    FAILED = "FAILED", "没有导出成功"
    CANCELLED = "CANCELLED", "已取消"
    EXPIRED = "EXPIRED", "已过期"


UNFINISHED = frozenset({ExportState.WAITING, ExportState.RUNNING})
AT_ONCE = 5_000
"""So many rows leave while the browser waits; more are written in the background."""
LIFETIME = timedelta(hours=24)
LEASE = timedelta(minutes=2)
"""Whoever writes says so after every chunk; silent for so long, it is taken for dead."""
LATE_AFTER = timedelta(minutes=2)
ATTEMPTS = 3
