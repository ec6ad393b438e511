"""What a roster would look like, for operators; writes nothing."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Organization
from appointments.enums import HolidayTreatment
from appointments.rostering import Result, draft, hash_of
from appointments.services.rosters.drafting import check_period, check_plan
from appointments.services.rosters.errors import RosterError
from appointments.services.rosters.report import report_of
from appointments.worlds import Plan, Terms, load_plans


class Command(BaseCommand):
    help = "试排一个代表队或全县的值班表，不写入任何数据。--json 时在标准输出只打印 JSON。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delegation", default="", help="代表队全称或简称")
        parser.add_argument("--county", default="", help="县名或简称：排全县各代表队")
        parser.add_argument("--from", dest="first", required=True, help="从哪天，如 2027-01-01")
        parser.add_argument("--to", dest="last", required=True, help="到哪天")
        parser.add_argument("--holidays", default="skip", help="遇节假日：skip 不排，move 改期，keep 照常")
        parser.add_argument("--people", type=int, default=1, help="每班人数")
        parser.add_argument("--seed", type=int, default=0, help="次序相同时按它排先后")
        parser.add_argument("--json", action="store_true", help="打印 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        terms = _terms(options)
        county, delegations = _place(options["county"], options["delegation"])
        drafts = [
            (plan, draft(plan.world)) for plan in load_plans(county, delegations, terms) if _wanted(plan, options)
        ]
        if not drafts:
            raise CommandError("没有可以排班的代表队：先登记启用的工作室和在任的代表。")
        if options["json"]:
            self.stdout.write(json.dumps(_answer(drafts), ensure_ascii=False))
        else:
            self.stdout.write("\n\n".join("\n".join(_table(plan, result)) for plan, result in drafts))


def _terms(options: dict[str, Any]) -> Terms:
    try:
        first, last = date.fromisoformat(options["first"]), date.fromisoformat(options["last"])
    except ValueError as error:
        raise CommandError("日期要写成 2027-01-01 的样子，请核对 --from 和 --to。") from error
    holidays = options["holidays"].upper()
    if holidays not in HolidayTreatment.values:
        raise CommandError("--holidays 只能是 skip、move 或 keep。")
    if options["people"] < 1:
        raise CommandError("--people 至少是 1。")
    try:
        check_period(first, last)
    except RosterError as error:
        raise CommandError(str(error)) from error
    return Terms(first, last, HolidayTreatment(holidays), options["people"], options["seed"])


def _place(county_name: str, name: str) -> tuple[Organization, list[Organization]]:
    """The county and the delegations to roster. Raises CommandError where the names do not say."""
    if bool(county_name) is bool(name):
        raise CommandError("请写 --delegation 或 --county 中的一个。")
    delegations = Organization.objects.active().delegations().select_related("county").order_by("code")
    if county_name:
        county = Organization.objects.county_named(county_name)
        if county is None:
            raise CommandError(f"没有名为“{county_name}”的县，请核对 --county。")
        return county, list(delegations.filter(county=county))
    found = list(delegations.filter(name=name) or delegations.filter(short_name=name))
    if len(found) != 1:
        wrong = f"不止一个代表队叫“{name}”，请写全称。" if found else f"没有名为“{name}”的代表队，请核对 --delegation。"
        raise CommandError(wrong)
    return found[0].county or found[0], found


def _wanted(plan: Plan, options: dict[str, Any]) -> bool:
    """Whether there is anything to draw up; for one delegation, a sentence says why not."""
    try:
        check_plan(plan)
    except RosterError as error:
        if options["delegation"]:
            raise CommandError(str(error)) from error
        return False
    return True


def _answer(drafts: list[tuple[Plan, Result]]) -> dict[str, Any]:
    seats = [(plan, seat) for plan, result in drafts for seat in result.seats]
    rows = [
        {
            "date": seat.on.isoformat(),
            "studio": plan.studios[seat.studio].name,
            "representative": plan.people[seat.representative].name,
            "reason": seat.reason,
        }
        for plan, seat in seats
        if seat.representative
    ]
    reports = [(plan, report_of(plan, result)) for plan, result in drafts]
    return {
        "seats": rows,
        "unfilled": [row for _plan, report in reports for row in report["unfilled"]],
        "delegations": [
            {"name": plan.delegation.name}
            | {key: report[key] for key in ("spread_reached", "spread_attainable", "bottleneck")}
            for plan, report in reports
        ],
        "hash": hash_of((seat.on, seat.studio, seat.representative) for _plan, seat in seats),
    }


def _table(plan: Plan, result: Result) -> list[str]:
    """One delegation for reading: what is said about it, then its seats."""
    bottleneck = plan.studios[result.bottleneck].name if result.bottleneck else "无"
    lines = [
        f"{plan.delegation.name}：次数相差 {result.spread_reached}，"
        f"最少可到 {result.spread_attainable}；瓶颈：{bottleneck}",
        *[f"  {day.usual_on} {day.note}" for day in plan.days if day.note],
    ]
    for seat in result.seats:
        who = plan.people[seat.representative].name if seat.representative else "空缺"
        flag = "（间隔不足）" if seat.breaks_gap else ""
        lines.append(f"  {seat.on}  {plan.studios[seat.studio].name}  {who}{flag}  {seat.reason}")
    return [*lines, f"  指纹 {result.hash}"]
