"""The tables that bulletins and year books share, each number with its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from accounts.models import Organization
from appointments.enums import Category
from reports.bulletin.paper import Line, Piece, Table
from reports.bulletin.prose import EVALUATED, share
from reports.bulletin.reach import Counted, Reach
from reports.headline import KEYS
from studios.measures import Span
from studios.periods import month_words
from suggestions.measures import CASES
from suggestions.models import Suggestion

Named = list[tuple[str, Counted]]
UNASSIGNED = "尚未交办"
DELEGATION_KEYS = (
    *("regular_attendances", "themed_held", "collective_held", "people_received", "onsite_handled"),
    *("accepted", "closed"),
)
DELEGATION_HEADS = (
    *("代表队", "常规约见人次", "主题约见场次", "集中约见场次", "接访群众人次", "现场答复件数"),
    *("收集建议件数", "已办结件数", "办结率", "满意率"),
)
DELEGATION_SHARES = (20, 15, 15, 15, 15, 15, 15, 14, 16, 16)
UNIT_SHARES = (36, 14, 14, 14, 20, 20, 20, 18)
UNIT_HEADS = ("承办单位", "承办件数", "已答复", "已办结", "办结率", "按时答复率", "满意率", "评价份数")
LATE_HEADS = ("承办单位", "编号", "标题", "办理期限", "逾期天数")
LATE_SHARES = (25, 31, 62, 20, 12)
CATEGORY_HEADS = ("类别", "件数", "占比", "已办结", "办结率")


def delegation_table(reach: Reach, span: Span, whole: Counted) -> Table:
    """Every delegation of the county, also those with nothing."""
    found = reach.by("delegation", KEYS, span)
    delegations = Organization.objects.delegations().active().filter(county=reach.place.county_id).order_by("code")
    rows = [_delegation_line(row.short_name, _part(reach, found, "delegation", row.pk, span)) for row in delegations]
    return Table("各代表队工作情况", DELEGATION_HEADS, rows, _delegation_line("合计", whole), shares=DELEGATION_SHARES)


def units_of(reach: Reach, keys: Sequence[str], span: Span) -> Named:
    """Units by name with what they handle, in the order of their codes; cases nobody has come last."""
    found = reach.by("unit", keys, span)
    units = Organization.objects.filter(pk__in=[key for key in found if key is not None]).order_by("code")
    named = [(unit.short_name, found[unit.pk]) for unit in units]
    return named + ([(UNASSIGNED, found[None])] if None in found else [])


def unit_table(units: Named, whole: Counted) -> Table:
    """What each unit that has any did with them."""
    rows = [_unit_line(name, part) for name, part in units if part.numbers["accepted"]]
    return Table("各承办单位办理情况", UNIT_HEADS, rows, _unit_line("合计", whole), shares=UNIT_SHARES)


def late_table(reach: Reach, span: Span) -> Table:
    """Every case that was late on the last day of `span`, the longest first; its days and number lead to it."""
    found = CASES.rows(reach.rows.cases, "overdue", span, reach.where).defer("content").order_by("due_on", "pk")
    rows = [_late_line(case, span.as_of) for case in found.prefetch_related("assignments__unit")]
    return Table("逾期未答复的建议意见", LATE_HEADS, rows, texts=3, shares=LATE_SHARES)


def categories_of(reach: Reach, span: Span) -> Named:
    """Every category of the form, in its order, also those with nothing."""
    found = reach.by("category", ("accepted", "closed"), span)
    return [(str(row.label), _part(reach, found, "category", row.value, span)) for row in Category]


def category_table(categories: Named, whole: Counted, title: str) -> Table:
    """Categories with their part of all cases, which stand below."""
    total = whole.numbers["accepted"]
    rows = [_category_line(name, part, share(part, total)) for name, part in categories]
    return Table(title, CATEGORY_HEADS, rows, _category_line("全部类别", whole, share(whole, total)))


def month_table(reach: Reach, span: Span, whole: Counted) -> Table:
    """Cases by the month they were accepted in."""
    found = reach.by("month", ("accepted", "closed"), span)
    rows = [
        (Piece(month_words(month)), part.number("accepted"), part.number("closed"), part.rate("closing"))
        for month, part in sorted(found.items(), key=lambda item: str(item[0]))
        if isinstance(month, date)
    ]
    total = (Piece("合计"), whole.number("accepted"), whole.number("closed"), whole.rate("closing"))
    return Table("按受理月份", ("月份", "收集建议件数", "已办结", "办结率"), rows, total)


def _part(reach: Reach, found: dict[object, Counted], name: str, key: object, span: Span) -> Counted:
    return found.get(key) or reach.part(name, key, Counter(), span)


def _delegation_line(name: str, part: Counted) -> Line:
    counts = (part.number(key) for key in DELEGATION_KEYS)
    return (Piece(name), *counts, part.rate("closing"), part.rate("satisfaction"))


def _unit_line(name: str, part: Counted) -> Line:
    counts = (part.number(key) for key in ("accepted", "replied", "closed"))
    rates = (part.rate(key) for key in ("closing", "on_time", "satisfaction"))
    return (Piece(name), *counts, *rates, part.number(EVALUATED))


def _late_line(case: Suggestion, day: date) -> Line:
    assert case.due_on is not None  # it is late
    days = Piece(str((day - case.due_on).days), case.get_absolute_url())
    number = Piece(case.number, case.get_absolute_url(), is_code=True)
    return (Piece(case.units_in_short or UNASSIGNED), number, Piece(case.title), Piece(case.due_on.isoformat()), days)


def _category_line(name: str, part: Counted, of_all: Piece) -> Line:
    return (Piece(name), part.number("accepted"), of_all, part.number("closed"), part.rate("closing"))
