"""交办单: the paper a case goes to its units with."""

from appointments.enums import Category
from appointments.papers.form import Cell, Line, Paper, choice
from studios.clocks import words
from suggestions.documents.people import merged_petitioners, office_of, petitioners_of
from suggestions.enums import AssignmentKind, Complexity, Level, Verb
from suggestions.models import Assignment, Suggestion

DUTIES = (
    "一、收到后签收；不属本单位职责的，在规定时间内申请退办，写明理由和建议改交的单位。\n"
    "二、联系党代表和群众，听取意见并登记。\n"
    "三、研究措施，征询代表意见并登记。\n"
    "四、书面答复，写明办理结果、公开方式和签发人。"
)
SIGNATURES = ("交办单位（盖章）", "签收人（签名）", "签收日期")


def order_paper(case: Suggestion, *, is_full: bool) -> Paper:
    """For all units that handle the case now.

    The petitioners stand in it masked unless `is_full`; those of cases merged into it always do.
    """
    people = petitioners_of(case, is_full=is_full)
    rows = case.assignments_in_force
    merged = merged_petitioners(case)
    office = case.delegation.name if case.assigned_level == Level.TOWN else office_of(case.county)
    lines = [
        Line([Cell("承办单位", "\n".join(_charged(row) for row in rows))]),
        Line([Cell("党代表", case.representative.name), Cell("代表电话", case.representative.phone or "未留")]),
        Line([Cell("提出人", people.names or "不愿透露"), Cell("联系电话", people.phones or "未留")]),
        *([Line([Cell("并案提出人", merged)])] if merged else []),
        Line([Cell("标题", case.title)]),
        Line([Cell("类别", choice(Category.choices, case.category))]),
        Line([Cell("情况、分析和建议", case.content)]),
        Line([Cell("难易", choice(Complexity.choices, case.complexity)), Cell("办理次数", f"第 {case.round} 次")]),
        Line([Cell("交办日期", _day(case.assigned_on)), Cell("答复期限", _day(case.due_on))]),
        Line([Cell("交办说明", _note(case))], rules=2),
        Line([Cell("办理要求", DUTIES)]),
    ]
    return Paper("建议意见交办单", case.number, office, lines, SIGNATURES, place_label="交办单位")


def _charged(row: Assignment) -> str:
    phone = f"，{row.unit.phone}" if row.unit.phone else ""
    until = f"，{words(row.due_on)}前" if row.kind != AssignmentKind.LEAD else ""
    return f"{row.get_kind_display()}：{row.unit.name}{phone}{until}"


def _note(case: Suggestion) -> str:
    """What the assigner wrote when the clock now running began."""
    begins = {Verb.ASSIGN, Verb.REDO}
    return next((step.note for step in reversed(case.transitions.all()) if step.verb in begins), "")


def _day(day: object) -> str:
    return words(day) if day else ""  # type: ignore[arg-type]
