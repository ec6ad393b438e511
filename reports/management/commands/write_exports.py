"""Write the lists that wait, without a broker."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.services.exports import sweep_exports

TICK = 10


class Command(BaseCommand):
    help = (
        "写出等待中的清单，并删除超过 24 小时的文件（后台每 10 秒自动进行；没有 Celery 时用 --loop）。可随时重复运行。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="每 10 秒进行一次，直到中断")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            self.stdout.write(f"写出 {sweep_exports()} 份清单")
            if not options["loop"]:
                return
            self.stdout.flush()
            time.sleep(TICK)
