"""Files that leave: each on record, with who, when and which conditions."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.conditions import conditions_of
from accounts.enums import AuditAction
from accounts.export_reasons import reason_to_export
from accounts.services import home_county, record_audit
from accounts.session import signed_in
from reports.sheets import case_sheet
from sheets.response import download
from suggestions.lists import CaseList, filtered_cases
from suggestions.permissions import can_export_cases

SAID_OTHERWISE = frozenset({"view", "measure", "from_", "to"})
"""Conditions that the sheet names as the label of the list and its period."""


@require_GET
def suggestions_export(request: HttpRequest) -> HttpResponse:
    """The list of cases exactly as it is filtered on screen. Above 1,000 rows it asks for a reason first."""
    user = signed_in(request)
    if not can_export_cases(user):
        raise PermissionDenied("导出供领导、党联办、代表队办公室和承办单位使用。")
    found = filtered_cases(user, request.GET, timezone.localdate())
    count, back = found.cases.count(), (reverse("suggestions:list"), "建议")
    reason, page = reason_to_export(request, count=count, what="件建议", back=back)
    if page:
        return page
    conditions = _conditions(found, reason)
    detail = "；".join(f"{name}：{text}" for name, text in conditions)
    county = home_county(user)
    record_audit(action=AuditAction.EXPORT, actor=user, subject=f"建议办理 {count} 件", detail=detail, county=county)
    return download(case_sheet(user, found, conditions), f"建议办理_{found.label}")


def _conditions(found: CaseList, reason: str) -> list[tuple[str, str]]:
    period = [("统计时间", found.period.words)] if found.period else []
    return [
        ("视图", found.heading),
        *period,
        *conditions_of(found.form, SAID_OTHERWISE),
        *([("导出事由", reason)] if reason else []),
    ]
