"""办理台账 on an A4 page and as Excel."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.enums import AuditAction
from accounts.export_reasons import reason_to_export
from accounts.models import User
from accounts.services import home_county, record_audit
from accounts.session import signed_in
from sheets.response import REASON_ABOVE, download
from suggestions.documents.people import office_of
from suggestions.permissions import can_export_cases
from suggestions.register import entries, register_of, register_sheet


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register as it is printed; one of more than 1,000 cases only leaves as a sheet."""
    found = register_of(_reader(request), request.GET, timezone.localdate())
    count = found.cases.count()
    context = {
        "found": found,
        "count": count,
        "is_too_long": count > REASON_ABOVE,
        "entries": [] if count > REASON_ABOVE else list(entries(found.cases)),
        "query": request.GET.urlencode(),
        "printed_at": timezone.localtime(),
    }
    return render(request, "suggestions/register.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The same as an official sheet, on record; above 1,000 cases for a reason."""
    user = _reader(request)
    found = register_of(user, request.GET, timezone.localdate())
    count, back = found.cases.count(), (reverse("suggestions:register"), "办理台账")
    reason, page = reason_to_export(request, count=count, what="件建议", back=back)
    if page:
        return page
    county = home_county(user)
    detail = f"{found.place or '全部'}，{found.period.words}，{count} 件{f'，{reason}' if reason else ''}"
    record_audit(action=AuditAction.EXPORT, actor=user, subject="办理台账", detail=detail, county=county)
    office = found.place or (office_of(county) if county else "")
    return download(register_sheet(found, office), f"办理台账_{found.period.first}_{found.period.last}")


def _reader(request: HttpRequest) -> User:
    """The user, if the register is theirs to read. Raises PermissionDenied otherwise."""
    user = signed_in(request)
    if not can_export_cases(user):
        raise PermissionDenied("办理台账供领导、党联办、代表队办公室和承办单位使用。")
    return user
