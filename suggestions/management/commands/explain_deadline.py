"""When a reply is due and why, for operators."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Organization
from studios.services import load_calendar
from suggestions.deadlines import handling_deadline
from suggestions.enums import Complexity
from suggestions.models import DeadlinePolicy


class Command(BaseCommand):
    help = "说明某天交办的建议应当哪天答复、最迟能延到哪天、理由是什么。--json 时在标准输出只打印 JSON。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--assigned", type=date.fromisoformat, action="append", required=True, help="交办日期，可写多次"
        )
        parser.add_argument("--kind", choices=["simple", "complex"], required=True, help="简单或复杂事项")
        parser.add_argument("--county", default="", help="县名或简称；不写按通用规定（简单 10 天，复杂 1 个月）")
        parser.add_argument("--json", action="store_true", help="打印 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        county, calendar = _county(options["county"]), load_calendar()
        answers = []
        for day in options["assigned"]:
            policy = DeadlinePolicy.objects.in_force(county, day) if county else DeadlinePolicy(effective_from=day)
            deadline = handling_deadline(day, Complexity(options["kind"].upper()), policy.rules, calendar)
            answers.append(
                {
                    "assigned": day.isoformat(),
                    "due_on": deadline.due_on.isoformat(),
                    "cap_on": deadline.cap_on.isoformat(),
                    "provisional": deadline.is_provisional,
                    "lines": list(deadline.lines),
                }
            )
        if options["json"]:
            self.stdout.write(json.dumps(answers, ensure_ascii=False))
        else:
            self.stdout.write("\n\n".join("\n".join(answer["lines"]) for answer in answers))


def _county(name: str) -> Organization | None:
    if not name:
        return None
    county = Organization.objects.county_named(name)
    if county is None:
        raise CommandError(f"没有名为“{name}”的县，请核对 --county。")
    return county
