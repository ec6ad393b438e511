"""Walk every rule of the data."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from suggestions.integrity import RULES


class Command(BaseCommand):
    help = "逐条核对数据是否合乎规则。在标准输出打印 JSON：各规则发现的问题；有问题时退出码为 1。"

    def handle(self, *args: Any, **options: Any) -> None:
        problems = {name: list(rule()) for name, rule in RULES.items()}
        self.stdout.write(json.dumps({"ok": not any(problems.values()), "problems": problems}, ensure_ascii=False))
        if any(problems.values()):
            raise SystemExit(1)
