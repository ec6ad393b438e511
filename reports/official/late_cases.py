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
from suggestions.charge_measures import OWED
from suggestions.models import Assignment

KEY = "owed_late"
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
    """The table of what is late on the day of asking, over what `user` sees (one query).

    A shared case stands under each unit that has not handed in its part, as on the red list of the board.
    """
    found = OWED.rows(Rows.visible_to(user).assignments, KEY, question.span, question.fixed)
    units: dict[int, list[Assignment]] = defaultdict(list)
    order = ("suggestion__due_on", "suggestion__accepted_on", "suggestion", "pk")
    for row in found.select_related("unit", "suggestion__delegation").defer("suggestion__content").order_by(*order):
        units[row.unit_id].append(row)
    lines = list(_lines(question, list(units.values())))
    report = question.report
    return Table(question.title, question.period.words, report.unit, HEADS, lines, report.notes(()), TITLE)


def _lines(question: Question, units: list[list[Assignment]]) -> Iterator[Line]:
    """Units in the order of their latest case, with 小计 where there are several; 天数 of a sum is the longest."""
    number = 0
    for owed in units:
        for row in owed:
            number += 1
            yield _row(number, row, question.today)
        if len(owed) > 1:
            yield _sum(Weight.SUBTOTAL, owed[0].unit.short_name, "小计", question, owed, {"unit": owed[0].unit_id})
    whole = [row for owed in units for row in owed]
    yield _sum(Weight.TOTAL, "合计", "", question, whole, {})


def _row(number: int, row: Assignment, today: date) -> Line:
    case = row.suggestion
    page = case.get_absolute_url
    return Line(
        Weight.ROW,
        [
            *(Cell(number), Cell(row.unit.short_name), Cell(case.number, behind=page), Cell(case.title)),
            *(Cell(case.delegation.short_name), Cell(case.assigned_on, Look.DAY), Cell(case.due_on, Look.DAY)),
            *(Cell(1, Look.NUMBER, page), Cell(_days(row, today), Look.NUMBER)),
        ],
    )


def _sum(weight: Weight, name: str, words: str, question: Question, owed: list[Assignment], where: Groups) -> Line:
    listed = partial(link, KEY, question.span, {**question.fixed, **where})
    longest = max((_days(row, question.today) for row in owed), default=None)
    blanks = [Cell("")] * 4
    counts = (Cell(len(owed), Look.NUMBER, listed), Cell(longest, Look.NUMBER))
    return Line(weight, [Cell(""), Cell(name), Cell(words), *blanks, *counts])


def _days(row: Assignment, today: date) -> int:
    assert row.suggestion.due_on is not None  # its clock runs
    return (today - row.suggestion.due_on).days
