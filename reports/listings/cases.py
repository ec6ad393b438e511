"""Exports of cases, and of what belongs to them: ratings, assignments, notices. Petitioners are left out."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from accounts.conditions import conditions_of
from accounts.models import User
from reports.listings.definition import Export, Found, each
from sheets.cells import Cell
from sheets.writer import Heads
from studios.measures import Source, Span, counted_rows
from studios.periods import period_of
from suggestions.charge_measures import CHARGE_SOURCES
from suggestions.columns import heads_of, layout_of, line_of
from suggestions.lists import filtered_cases
from suggestions.measures import RATINGS
from suggestions.models import Assignment, Evaluation, Supervision
from suggestions.permissions import can_export_cases
from suggestions.permissions_office import can_read_supervision
from suggestions.supervising import notice_light
from suggestions.supervision_list import filtered_notices

RATING_HEADS = (
    *(("编号", 20), ("建议", 40), ("评价人", 12), ("办理态度", 12), ("办理结果", 12), ("承办单位", 20)),
    ("日期", 12),
)
ASSIGNMENT_HEADS = (
    *(("编号", 20), ("建议", 40), ("承办单位", 20), ("分工", 10), ("交办", 12), ("签收期限", 12), ("签收", 18)),
    ("状态", 12),
)
NOTICE_HEADS = (
    *(("编号", 20), ("建议", 40), ("建议状态", 14), ("方式", 12), ("要求回复", 12), ("回复情况", 16)),
    *(("承办单位", 20), ("发出", 12), ("发出人", 12), ("代表队", 12)),
)
SAID_OTHERWISE = frozenset({"view", "measure", "from_", "to"})
"""Conditions that the sheet names as the label of the list and its period."""
REFUSAL = "导出供领导、党联办、代表队办公室和承办单位使用。"


def cases(user: User, query: QueryDict) -> Found:
    """The list of cases with the columns `user` sees; keys as there."""
    found = filtered_cases(user, query, timezone.localdate())
    period = [("统计时间", found.period.words)] if found.period else []
    terms = [*period, *conditions_of(found.form, SAID_OTHERWISE)]
    terms.append(("说明", "来访人的姓名和电话不导出；是否按期以首次提交答复之日为准"))
    layout = layout_of(user)
    return Found(
        found.heading,
        heads_of(layout),
        found.cases.with_sheet_related(),
        (found.order,),
        each(lambda case: line_of(case, layout)),
        terms,
    )


def ratings(user: User, query: QueryDict) -> Found:
    """The ratings that a measure counts."""
    rows = Evaluation.objects.visible_to(user).select_related("suggestion")
    rows = rows.prefetch_related("suggestion__assignments__unit")
    return _counted((RATINGS,), rows, query, RATING_HEADS, _rating)


def _rating(row: Evaluation) -> Sequence[Cell]:
    case = row.suggestion
    return (
        case.number,
        case.title,
        row.get_evaluator_display(),
        row.get_attitude_display(),
        row.get_outcome_display(),
        case.units_in_full,
        timezone.localtime(row.entered_at).date(),
    )


def assignments(user: User, query: QueryDict) -> Found:
    """The assignments that a measure counts."""
    rows = Assignment.objects.visible_to(user).select_related("suggestion", "unit")
    return _counted(CHARGE_SOURCES, rows, query, ASSIGNMENT_HEADS, _assignment)


def _assignment(row: Assignment) -> Sequence[Cell]:
    return (
        row.suggestion.number,
        row.suggestion.title,
        row.unit.short_name,
        row.get_kind_display(),
        row.assigned_on,
        row.sign_due_on,
        row.signed_at or "未签收",
        row.get_status_display(),
    )


def _counted(
    sources: tuple[Source, ...], visible: Any, query: QueryDict, heads: Heads, cells: Callable[[Any], Sequence[Cell]]
) -> Found:
    today = timezone.localdate()
    period, _form = period_of(query, today)
    found = counted_rows(sources, visible, query, Span.of(period, today))
    return Found(found.label, heads, found.rows, ("-id",), each(cells), [("统计时间", period.words)])


def notices(user: User, query: QueryDict) -> Found:
    """The list of 督办."""
    today = timezone.localdate()
    found = filtered_notices(user, query, today)

    def cells(row: Supervision) -> Sequence[Cell]:
        case, light = row.suggestion, notice_light(row, today)
        return (
            case.number,
            case.title,
            case.get_state_display(),
            row.get_kind_display(),
            row.reply_due_on,
            light.text if light else "",
            row.unit.short_name,
            timezone.localtime(row.issued_at).date(),
            str(row.issued_by or "系统"),
            case.delegation.short_name,
        )

    rows, terms = found.rows.with_list_related(), conditions_of(found.form, {"view"})
    return Found(found.label, NOTICE_HEADS, rows, ("-id",), each(cells), terms)


EXPORTS = (
    Export("suggestions", "建议办理", "件建议", "suggestions:list", can_export_cases, REFUSAL, cases),
    Export("evaluations", "评价", "份评价", "suggestions:evaluation_list", can_export_cases, REFUSAL, ratings),
    Export("assignments", "交办", "次交办", "suggestions:assignment_list", can_export_cases, REFUSAL, assignments),
    Export(
        "supervision",
        "督办",
        "份通知",
        "suggestions:supervision_list",
        can_read_supervision,
        "督办供党联办、代表队办公室、承办单位和领导查看。",
        notices,
    ),
)
