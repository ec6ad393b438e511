"""The results paragraph of a county and period, for operators."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import Organization
from reports.headline import headline
from reports.rows import Rows
from studios.measures import Span
from studios.periods import BEGINNING


class Command(BaseCommand):
    help = "打印一个县一段时间的工作成果数字。在标准输出打印 JSON（--json）或一行一个数字。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--county", default="海安", help="县名或简称，默认海安")
        parser.add_argument(
            "--from", dest="first", type=date.fromisoformat, default=BEGINNING, help="开始日期，如 2026-07-01"
        )
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="结束日期，默认今天")
        parser.add_argument("--json", action="store_true", help="打印一行 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        name, today = options["county"], timezone.localdate()
        last = options["last"] or today
        if options["first"] > last:
            raise CommandError("--to 不能早于 --from。")
        county = Organization.objects.county_named(name)
        if county is None:
            raise CommandError(f"没有名为“{name}”的县，请核对 --county。")
        figures = headline(Rows.of_county(county), Span(options["first"], last, today)).as_json()
        if options["json"]:
            self.stdout.write(json.dumps(figures))
        else:
            self.stdout.write("\n".join(f"{key}: {value}" for key, value in figures.items()))
