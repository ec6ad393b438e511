"""Lines of an old ledger for tests."""

from datetime import date
from typing import Any

CLOSED: dict[str, Any] = {
    "编号": "旧-2025-007",
    "标题": "修补村口道路",
    "内容": "雨后积水，老人出行不便。",
    "类别": "道路交通",
    "代表姓名或证号": "代表甲",
    "工作室": "曲塘镇第一村党代表工作室",
    "提交日期": date(2025, 3, 3),
    "受理日期": date(2025, 3, 4),
    "交办日期": date(2025, 3, 5),
    "承办单位": "交通局",
    "难易": "简单",
    "答复日期": date(2025, 3, 12),
    "答复内容": "已修补。",
    "办理结果": "A 已解决",
    "转交日期": date(2025, 3, 13),
    "代表评价": "满意",
    "群众评价": "基本满意",
    "办结日期": date(2025, 3, 20),
    "状态": "已办结",
}
"""A county's case, answered in time and rated twice."""

UNTIL: dict[str, tuple[str, ...]] = {
    "待受理": ("提交日期",),
    "待交办": ("编号", "提交日期", "受理日期"),
    "已上报·待交办": ("编号", "提交日期", "受理日期"),
}
ASSIGNED = ("编号", "提交日期", "受理日期", "交办日期", "承办单位", "难易")
REPLIED = (*ASSIGNED, "答复日期", "答复内容", "办理结果")
UNTIL |= {
    "待签收": ASSIGNED,
    "办理中": ASSIGNED,
    "已答复·待转交": REPLIED,
    "待评价": (*REPLIED, "转交日期", "代表评价"),
    "已办结": tuple(CLOSED),
}
MATTER = ("标题", "内容", "类别", "代表姓名或证号", "工作室")


def line(state: str, **changes: Any) -> dict[str, Any]:
    """A line in that state: what a closed one has, as far as the state goes."""
    kept = {head: CLOSED[head] for head in (*MATTER, *UNTIL[state])}
    return kept | {"状态": state, "标题": f"{CLOSED['标题']}（{state}）"} | changes


def mixed() -> list[dict[str, Any]]:
    """One line of every state, and closed ones of each kind; each with a number of its own."""
    rows = [line(state) for state in UNTIL]
    rows += [
        line("已办结", 标题="镇里办的", 承办单位="建设办"),
        line("已办结", 标题="列入计划", 办理结果="B", 承诺日期=date(2025, 9, 1)),
        line("已办结", 标题="有人不满意", 代表评价="不满意"),
        line("已办结", 标题="没有评价", 代表评价=None, 群众评价=None),
        line("已办结", 标题="逾期答复", 期限=date(2025, 3, 10)),
        line("已办结", 标题="复杂事项", 难易="复杂", 内容=None, 答复内容=None, 类别=None),
        line("办理中", 标题="镇里在办", 承办单位="建设办", 工作室=None, 代表队="曲塘镇"),
    ]
    return [{**row, "编号": f"旧-{number}" if "编号" in row else None} for number, row in enumerate(rows)]
