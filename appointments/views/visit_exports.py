"""The register of visits as a file, on record in the audit log."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.conditions import conditions_of
from accounts.enums import AuditAction
from accounts.export_reasons import reason_to_export
from accounts.services import home_county, record_audit
from accounts.session import signed_in
from appointments.lists import visits
from appointments.permissions import can_export_visits
from appointments.visit_sheet import visit_sheet
from sheets.response import download


@require_GET
def visit_export(request: HttpRequest) -> HttpResponse:
    """The list exactly as it is filtered on screen. Above 1,000 rows it asks for a reason first."""
    user = signed_in(request)
    if not can_export_visits(user):
        raise PermissionDenied("导出供工作室联络员、代表队办公室、党联办和领导使用。")
    found = visits(user, request.GET)
    count, back = found.rows.count(), (reverse("appointments:visit_list"), "接访登记簿")
    reason, page = reason_to_export(request, count=count, what="条接访记录", back=back)
    if page:
        return page
    conditions = [("视图", found.heading), *conditions_of(found.form, {"measure"}), ("导出事由", reason or "—")]
    detail = "；".join(f"{name}：{text}" for name, text in conditions)
    subject = f"接访登记簿 {count} 条"
    record_audit(action=AuditAction.EXPORT, actor=user, subject=subject, detail=detail, county=home_county(user))
    return download(visit_sheet(user, found, conditions), found.label)
