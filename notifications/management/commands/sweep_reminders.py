"""Send the reminders that are due, without any broker."""

import json
import time
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from notifications.delivery import sweep

TICK = 60


class Command(BaseCommand):
    help = (
        "把到时间的提醒发到站内消息，可以随时运行、重复运行、同时运行。"
        "在标准输出打印一行 JSON：各结果的条数"
        "（SENT 已发送，RETRY 稍后再发，EXPIRED 过时，CANCELLED 不再需要，DEAD 无人接收）。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", type=_moment, help="按这个时刻发送，如 2026-12-04T08:00:00+08:00；默认现在")
        parser.add_argument("--loop", action="store_true", help="每 60 秒发送一次，直到中断；没有 Celery 时使用")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            self.stdout.write(json.dumps(sweep(options["now"] or timezone.now())))
            if not options["loop"]:
                return
            self.stdout.flush()
            time.sleep(TICK)


def _moment(text: str) -> datetime:
    """An aware datetime; without an offset it is Asia/Shanghai."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"--now 请写成 2026-12-04T08:00:00+08:00，不能是“{text}”。")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
