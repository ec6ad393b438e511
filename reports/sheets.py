"""What goes into the official sheet of the headline by delegation."""

from django.utils import timezone

from accounts.models import User
from reports.headline import Headline
from reports.table import table_of
from sheets.writer import Cell, Column, Sheet, official
from studios.measures import Span
from studios.periods import Period

HUNDRED = 100
COLUMNS = (
    Column("", "序号", 6),
    Column("", "代表队", 16),
    Column("约见", "常规约见人次"),
    Column("约见", "主题约见场次"),
    Column("约见", "集中约见场次"),
    Column("接待群众", "约见党员群众人次"),
    Column("接待群众", "现场处理和答复件数"),
    Column("建议意见", "收集件数"),
    Column("建议意见", "已办结件数"),
    Column("建议意见", "办结率"),
    Column("群众和代表评价", "满意率（含基本满意）"),
    Column("群众和代表评价", "有效评价份数"),
)
NOTES = (
    "收集件数为本期受理的建议意见，不含撤回和不予受理",
    "办结率＝其中已办结÷收集件数",
    "满意率＝（满意＋基本满意）÷有效评价份数，按最后一轮办理的结果评价计",
    "约见党员群众人次＝接访人数＋活动现场人次",
    "“—”表示没有可以计算的基数",
)


def headline_sheet(user: User, period: Period, office: str) -> bytes:
    """The official headline of `period` over what `user` sees."""
    lines, total = table_of(user, Span.of(period, timezone.localdate()))
    rows = [(number, line.name, *_cells(line.headline)) for number, line in enumerate(lines, start=1)]
    rows.append(("", "合计", *_cells(total)))
    return official(Sheet("党代表工作室工作情况统计表", office, period.words, COLUMNS, rows, NOTES))


def _cells(row: Headline) -> tuple[Cell, ...]:
    counts, closing, satisfaction = row.numbers, row.closing_rate, row.satisfaction_rate
    return (
        counts["regular_attendances"],
        counts["themed_held"],
        counts["collective_held"],
        row.people_met,
        counts["onsite_handled"],
        counts["accepted"],
        counts["closed"],
        None if closing is None else closing / HUNDRED,
        None if satisfaction is None else satisfaction / HUNDRED,
        row.satisfaction_n,
    )
