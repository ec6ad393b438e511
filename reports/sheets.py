"""What goes into the sheets: the headline by delegation, and the list of cases."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from accounts.models import User
from reports.headline import Headline
from reports.table import table_of
from sheets.writer import Cell, Column, Sheet, listing, official
from studios.periods import Period
from suggestions.lists import CaseList
from suggestions.models import Suggestion

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
CASE_HEADS = (
    ("编号", 20),
    ("标题", 40),
    ("类别", 12),
    ("状态", 14),
    ("代表队", 12),
    ("党代表", 10),
    ("承办单位", 20),
    ("受理日期", 12),
    ("交办日期", 12),
    ("办理期限", 12),
    ("答复日期", 12),
    ("是否按期", 10),
    ("办理结果", 22),
    ("办结日期", 12),
)


def headline_sheet(user: User, period: Period, office: str) -> bytes:
    """The official headline of `period` over what `user` sees."""
    lines, total = table_of(user, period)
    rows = [(number, line.name, *_cells(line.headline)) for number, line in enumerate(lines, start=1)]
    rows.append(("", "合计", *_cells(total)))
    return official(Sheet("党代表工作室工作情况统计表", office, period.words, COLUMNS, rows, NOTES))


def case_sheet(user: User, found: CaseList, conditions: Iterable[tuple[str, str]]) -> bytes:
    """Exactly the cases of the list on screen, in its order."""
    order = [found.order, "-id" if found.order.startswith("-") else "id"]
    cases = found.cases.with_sheet_related().order_by(*dict.fromkeys(order))
    terms = [
        ("导出人", str(user)),
        ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        *conditions,
        ("说明", "姓名和电话不导出；是否按期以首次提交答复之日为准"),
    ]
    return listing(CASE_HEADS, _case_rows(cases.iterator(chunk_size=2000)), terms)


def _cells(row: Headline) -> tuple[Cell, ...]:
    closing, satisfaction = row.closing_rate, row.satisfaction_rate
    return (
        row.regular_attendances,
        row.themed_held,
        row.collective_held,
        row.people_met,
        row.onsite_handled,
        row.suggestions_accepted,
        row.suggestions_closed,
        None if closing is None else closing / HUNDRED,
        None if satisfaction is None else satisfaction / HUNDRED,
        row.satisfaction_n,
    )


def _case_rows(cases: Iterable[Suggestion]) -> Iterator[tuple[str | date | None, ...]]:
    for case in cases:
        on_time = {True: "按期", False: "逾期", None: ""}[case.was_on_time]
        yield (
            case.number,
            case.title,
            case.get_category_display(),
            case.get_state_display(),
            case.delegation.short_name,
            case.representative.name,
            case.units_in_full,
            case.accepted_on,
            case.assigned_on,
            case.due_on,
            case.replied_on,
            on_time,
            case.get_result_class_display(),
            case.closed_on,
        )
