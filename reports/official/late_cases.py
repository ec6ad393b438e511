"""逾期通报: every case past its due date by unit, the longest late first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial

from accounts.models import User
from reports.official.question import Question
from reports.official.table import Cell, Head, Line, Look, Table, Weight
from reports.rows import Rows
from reports.stats import link
from studios.measures import Groups
from suggestions.measures import CASES
from suggestions.models import Suggestion

KEY = "overdue"
TITLE = 3
"""The column that names a case."""
HEADS = (
    Head(("序号",), 6, Look.TEXT),
    Head(("承办单位",), 16, Look.TEXT),
    Head(("编号",), 20, Look.TEXT),
    Head(("标题",), 40, Look.TEXT),
    Head(("代表队",), 12, Look.TEXT),
    Head(("交办日期",), 12, Look.DAY),
    Head(("办理期限",), 12, Look.DAY),
    Head(("逾期", "件数"), 8),
    Head(("逾期", "天数"), 8),
)


def late_cases(user: User, question: Question) -> Table:
    """The table of the cases that were late on the day of asking, over what `user` sees (one query)."""
    found = CASES.rows(Rows.visible_to(user).cases, KEY, question.span, question.fixed)
    units: dict[int | None, list[Suggestion]] = defaultdict(list)
    for case in found.with_sheet_related().order_by("due_on", "accepted_on", "pk"):
        units[case.unit_id].append(case)
    lines = list(_lines(question, list(units.values())))
    report = question.report
    return Table(question.title, question.period.words, report.unit, HEADS, lines, report.notes(()), TITLE)


def _lines(question: Question, units: list[list[Suggestion]]) -> Iterator[Line]:
    """Units in the order of their latest case, with 小计 where there are several; 天数 of a sum is the longest."""
    number = 0
    for cases in units:
        for case in cases:
            number += 1
            yield _row(number, case, question.today)
        if len(cases) > 1:
            yield _sum(Weight.SUBTOTAL, _unit(cases[0]), "小计", question, cases, {"unit": cases[0].unit_id})
    whole = [case for cases in units for case in cases]
    yield _sum(Weight.TOTAL, "合计", "", question, whole, {})


def _row(number: int, case: Suggestion, today: date) -> Line:
    page = case.get_absolute_url
    return Line(
        Weight.ROW,
        [
            *(Cell(number), Cell(_unit(case)), Cell(case.number, behind=page), Cell(case.title)),
            *(Cell(case.delegation.short_name), Cell(case.assigned_on, Look.DAY), Cell(case.due_on, Look.DAY)),
            *(Cell(1, Look.NUMBER, page), Cell(_days(case, today), Look.NUMBER)),
        ],
    )


def _sum(weight: Weight, name: str, words: str, question: Question, cases: list[Suggestion], where: Groups) -> Line:
    listed = partial(link, KEY, question.span, {**question.fixed, **where})
    longest = max((_days(case, question.today) for case in cases), default=None)
    blanks = [Cell("")] * 4
    counts = (Cell(len(cases), Look.NUMBER, listed), Cell(longest, Look.NUMBER))
    return Line(weight, [Cell(""), Cell(name), Cell(words), *blanks, *counts])


def _days(case: Suggestion, today: date) -> int:
    assert case.due_on is not None
    return (today - case.due_on).days


def _unit(case: Suggestion) -> str:
    return case.unit.short_name if case.unit else "未交办"
