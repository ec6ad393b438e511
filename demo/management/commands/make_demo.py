"""Build the demonstration county."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.builder import build_demo, is_empty
from demo.plans import SOURCE_ACCEPTED


class Command(BaseCommand):
    help = "在空数据库里建一个演示县：海安的镇、村、工作室、代表和两年的约见与建议，另有邻县如皋。人名都是编的。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--suggestions", type=int, default=SOURCE_ACCEPTED, help="海安受理的建议件数，默认 1391")
        parser.add_argument("--seed", type=int, default=2011, help="随机数种子；同样的种子建同样的县")
        parser.add_argument("--today", type=date.fromisoformat, help="按这一天为今天建，如 2026-11-24；默认今天")
        parser.add_argument("--if-empty", action="store_true", help="已有数据时什么也不做")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("生产环境不能建演示数据。")
        if not is_empty():
            if options["if_empty"]:
                return
            raise CommandError("数据库里已经有县，演示数据只能建在空数据库里。")
        if options["suggestions"] < 1:
            raise CommandError("--suggestions 至少为 1。")
        build_demo(
            suggestions=options["suggestions"],
            seed=options["seed"],
            today=options["today"] or timezone.localdate(),
        )
        lines = [f"  {name:<10}{who}" for name, who in settings.DEMO_ACCOUNTS.items()]
        self.stdout.write("\n".join([f"演示账号（密码都是 {settings.DEMO_PASSWORD}）：", *lines]))
