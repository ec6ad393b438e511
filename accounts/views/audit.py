"""The audit log, for auditors."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.forms import AuditFilterForm
from accounts.models import AuditEntry
from accounts.paging import keyset_page
from accounts.permissions import can_read_audit
from accounts.session import signed_in


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """What happened in the auditor's counties, newest first."""
    user = signed_in(request)
    if not can_read_audit(user):
        raise PermissionDenied("审计日志只有审计员能看。")
    form = AuditFilterForm(request.GET)
    entries = AuditEntry.objects.visible_to(user)
    if form.is_valid():
        text, action = form.cleaned_data["q"], form.cleaned_data["action"]
        if text:
            entries = entries.filter(Q(actor_name__icontains=text) | Q(subject__icontains=text))
        if action:
            entries = entries.filter(action=action)
    page = keyset_page(entries, request.GET)
    return render(request, "accounts/audit.html", {"page": page, "filter_form": form})
