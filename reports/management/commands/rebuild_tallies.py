"""Count everything that boards keep again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from accounts.models import Organization
from reports.folding import fold, mark_all


class Command(BaseCommand):
    help = "重新统计看板和报表用的月度数字，可以随时运行、重复运行。只有 PostgreSQL 保存这些数字。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--county", help="只重新统计这个县，写县名或简称；默认所有县")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("这里用的不是 PostgreSQL，数字都是现数的，不用重新统计。")
        county = Organization.objects.county_named(options["county"]) if options["county"] else None
        if options["county"] and county is None:
            raise CommandError(f"没有名为“{options['county']}”的县，请核对 --county。")
        mark_all(county.pk if county else None)
        total = 0
        while folded := fold(timezone.localdate()):
            total += folded
        self.stdout.write(f"已统计 {total} 个代表队月份。")
