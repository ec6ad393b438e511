"""Work off recomputations of deadlines without a broker, and ask for one by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Organization
from suggestions.models import RecomputeJob
from suggestions.services.recompute import open_job, sweep_jobs


class Command(BaseCommand):
    help = (
        "完成等待中的期限重算（期限规定或办公日历改动后，由后台每分钟自动进行）。"
        "--because 先为每个县（或 --county 一个县）提出一次重算。可随时重复运行，不会重复改动。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--because", default="", help="重算的原因，写进每件建议的期限记录")
        parser.add_argument("--county", default="", help="县名或简称；只与 --because 一起用")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["county"] and not options["because"]:
            raise CommandError("请用 --because 写明重算的原因。")
        for county in _counties(options["county"]) if options["because"] else ():
            open_job(county=county, cause=options["because"])
        waiting = list(RecomputeJob.objects.unfinished().order_by("pk").values_list("pk", flat=True))
        sweep_jobs()
        for job in RecomputeJob.objects.filter(pk__in=waiting).select_related("county").order_by("pk"):
            line = f"{job.county}：{job.cause}，{job.get_state_display()}，查 {job.examined} 件，改动 {job.changed} 件"
            self.stdout.write(line)
        if RecomputeJob.objects.unfinished().filter(pk__in=waiting).exists():
            raise CommandError("有重算没有完成，原因见日志；再运行一次会从停下的地方继续。")


def _counties(name: str) -> list[Organization]:
    if not name:
        return list(Organization.objects.counties().order_by("pk"))
    county = Organization.objects.county_named(name)
    if county is None:
        raise CommandError(f"没有名为“{name}”的县，请核对 --county。")
    return [county]
