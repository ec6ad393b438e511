"""Exports of registers: those that can be imported again in the import's own columns, inspections, the audit log."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, QueryDict
from django.utils import timezone

from accounts.conditions import conditions_of
from accounts.imports import kind_named
from accounts.models import AuditEntry, User
from accounts.permissions import can_import, can_read_audit
from accounts.registers import audit_entries, units
from reports.listings.definition import Export, Found, Rows, each
from representatives.lists import ORDER as BY_CERTIFICATE
from representatives.lists import filtered_representatives
from sheets.cells import Cell
from sheets.writer import Terms
from studios.enums import Compliance
from studios.inspection_lists import inspections, light_of, rectifications, studios_by_compliance
from studios.inspection_records import failings_of
from studios.lists import ORDER as BY_CODE
from studios.lists import filtered_studios
from studios.models import Inspection, Rectification
from studios.permissions_inspections import can_read_compliance, can_read_inspections

INSPECTION_HEADS = (("工作室", 30), ("检查日期", 12), ("结果", 10), ("不达标项数", 12), ("代表队", 16))
MENDING_HEADS = (*(("整改事项", 30), ("情况", 40), ("期限", 12), ("进度", 16), ("工作室", 30), ("代表队", 16)),)
COMPLIANCE_HEADS = (
    *(("工作室", 30), ("达标情况", 12), ("不达标项目", 40), ("最近检查", 12), ("类别", 18), ("代表队", 16)),
)
AUDIT_HEADS = (("动作", 16), ("时间", 18), ("操作人", 16), ("对象", 40), ("说明", 60))


def _importable(slug: str, user: User, rows: Any, order: str, terms: Terms) -> Found:
    """A register as it is filtered on screen, in columns that can be changed and imported again."""
    kind = kind_named(slug)
    place = kind.place_of(user)
    if place is None:
        raise Http404(slug)
    resource, is_loaded = kind.resource(place), False

    def lines(chunk: list[Any]) -> Rows:
        nonlocal is_loaded
        if not is_loaded:
            resource.load()
            is_loaded = True
        return resource.lines(chunk)

    heads = [(column.column_name, column.width) for column in resource.columns]
    said = [*terms, ("用法", "可以直接改，再导入：没有改的行不会变")]
    return Found(kind.label, heads, rows.filter(county=place.county), (order,), lines, said)


def studios(user: User, query: QueryDict) -> Found:
    """The register of studios."""
    found = filtered_studios(user, query)
    return _importable("studios", user, found.studios, BY_CODE, conditions_of(found.form))


def representatives(user: User, query: QueryDict) -> Found:
    """The register of representatives."""
    found = filtered_representatives(user, query)
    return _importable("representatives", user, found.rows, BY_CERTIFICATE, conditions_of(found.form))


def unit_rows(user: User, query: QueryDict) -> Found:
    """The register of units."""
    found = units(user, query)
    return _importable("units", user, found.rows, "code", conditions_of(found.form))


def inspected(user: User, query: QueryDict) -> Found:
    """The list of inspections."""
    found = inspections(user, query)
    rows, terms = found.rows.select_related("studio__delegation"), conditions_of(found.form)
    return Found("检查", INSPECTION_HEADS, rows, ("-inspected_on",), each(_inspection), terms)


def _inspection(row: Inspection) -> Sequence[Cell]:
    fails: int = row.fails  # type: ignore[attr-defined]  # annotated by the list
    return (
        str(row.studio),
        row.inspected_on,
        str(Compliance.FAILING.label if fails else Compliance.PASSING.label),
        fails,
        row.studio.delegation.short_name,
    )


def mending(user: User, query: QueryDict) -> Found:
    """The list of 整改."""
    today = timezone.localdate()
    found, view = rectifications(user, query, today)

    def cells(row: Rectification) -> Sequence[Cell]:
        what, studio = row.opened_by, row.studio
        light = light_of(row, today)
        return (what.item.text, what.note, row.due_on, light.text, str(studio), studio.delegation.short_name)

    terms = conditions_of(found.form, {"view"})
    return Found(view.label, MENDING_HEADS, found.rows, (view.order,), each(cells), terms)


def compliance(user: User, query: QueryDict) -> Found:
    """The studios behind 达标率."""
    found = studios_by_compliance(user, query)
    rows, terms = found.rows.select_related("delegation"), conditions_of(found.form)
    return Found("达标情况", COMPLIANCE_HEADS, rows, ("code",), _compliance, terms)


def _compliance(rows: list[Any]) -> Rows:
    wanting = dict(failings_of(rows))
    return [
        (
            str(row),
            str(Compliance(row.compliance).label),
            "、".join(wanting[row]),
            row.last_inspected_on,
            row.get_kind_display(),
            row.delegation.short_name,
        )
        for row in rows
    ]


def audit(user: User, query: QueryDict) -> Found:
    """The audit log."""
    found = audit_entries(user, query)
    return Found("审计日志", AUDIT_HEADS, found.rows, ("-id",), each(_entry), conditions_of(found.form))


def _entry(entry: AuditEntry) -> Sequence[Cell]:
    return (entry.get_action_display(), entry.at, entry.actor_name, entry.subject, entry.detail)


def _imports(slug: str) -> Callable[[User], bool]:
    return lambda user: can_import(user, kind_named(slug))


REGISTRARS = "工作室和党代表的登记簿由党联办和代表队办公室导出。"
READERS = "检查和整改供工作室联络员、代表队办公室、党联办和领导查看。"
EXPORTS = (
    Export("studios", "工作室", "个工作室", "studios:list", _imports("studios"), REGISTRARS, studios),
    Export(
        "representatives", "党代表", "名党代表", "representatives:list", _imports("representatives"), REGISTRARS,
        representatives,
    ),
    Export(
        "units", "承办单位", "个单位", "accounts:units", _imports("units"), "承办单位登记簿供党联办和系统管理员使用。",
        unit_rows,
    ),
    Export("inspections", "检查", "次检查", "studios:inspection_list", can_read_inspections, READERS, inspected),
    Export("rectifications", "整改", "项整改", "studios:rectification_list", can_read_inspections, READERS, mending),
    Export(
        "compliance", "达标情况", "个工作室", "studios:compliance_studios", can_read_compliance,
        "达标率供代表队办公室、党联办和领导查看。", compliance,
    ),
    Export("audit", "审计日志", "条记录", "accounts:audit", can_read_audit, "审计日志只有审计员能看。", audit),
)  # fmt: skip
