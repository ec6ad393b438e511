"""The collective-day table as an official sheet."""

from appointments.enums import Category
from reports.collective import Figures, Report
from sheets.writer import Cell, Column, Sheet, official

HUNDRED = 100
COLUMNS = (
    Column("", "序号", 6),
    Column("", "代表队", 14),
    Column("党代表参加情况", "应到人数", 9),
    Column("党代表参加情况", "实到人数", 9),
    Column("党代表参加情况", "约见参与率"),
    Column("", "约见党员群众人次"),
    Column("收集建议意见", "件数", 8),
    Column("收集建议意见", "其中县交办", 9),
    *(Column("建议意见类别", label, 7) for label in Category.labels),
)


def collective_sheet(found: Report, office: str) -> bytes:
    """The workbook of one quarter's table."""
    rows = [(number, line.name, *_cells(line.figures)) for number, line in enumerate(found.lines, start=1)]
    rows.append(("", "合计", *_cells(found.total.figures)))
    units = "、".join(f"{part.label} {part.number} 件" for part in found.units) or "无"
    notes = (
        "约见参与率＝实到人数÷应到人数，请假和缺勤的计入应到",
        "收集件数为集中约见收集并已受理的建议意见，不含撤回和不予受理",
        "“—”表示没有可以计算的基数",
        f"承办单位：{units}",
    )
    title = f"{found.quarter.label}党代表集中约见情况统计表"
    return official(Sheet(title, office, found.quarter.label, COLUMNS, rows, notes))


def _cells(row: Figures) -> tuple[Cell, ...]:
    rate = None if row.rate is None else row.rate / HUNDRED
    return (row.expected, row.present, rate, row.people, row.cases, row.county_cases, *row.by_category)
