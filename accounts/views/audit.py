"""The audit log, for auditors."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.paging import keyset_page
from accounts.permissions import can_read_audit
from accounts.registers import audit_entries
from accounts.session import signed_in


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """What happened in the auditor's counties, newest first."""
    user = signed_in(request)
    if not can_read_audit(user):
        raise PermissionDenied("审计日志只有审计员能看。")
    found = audit_entries(user, request.GET)
    page = keyset_page(found.rows, request.GET)
    return render(request, "accounts/audit.html", {"page": page, "filter_form": found.form})
