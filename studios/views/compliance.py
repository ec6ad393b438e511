"""达标率 by town and kind, and the studios behind each number."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.paging import keyset_page
from accounts.session import signed_in
from studios.compliance import compliance_table
from studios.enums import StudioKind
from studios.inspection_lists import studios_by_compliance
from studios.inspection_records import failings_of
from studios.permissions_inspections import can_inspect_somewhere, can_read_compliance
from studios.sections import sections


def _reader(request: HttpRequest) -> User:
    user = signed_in(request)
    if not can_read_compliance(user):
        raise PermissionDenied("达标率供代表队办公室、党联办和领导查看。")
    return user


@require_GET
def compliance(request: HttpRequest) -> HttpResponse:
    """达标率 of the user's studios. Keys: kind."""
    user, kind = _reader(request), request.GET.get("kind", "")
    if kind and kind not in StudioKind.values:
        raise Http404(kind)
    context = {
        "table": compliance_table(user, kind),
        "kinds": [("", "全部类别"), *StudioKind.choices],
        "kind": kind,
        "sections": sections(user, "studios:compliance"),
    }
    return render(request, "studios/compliance.html", context)


@require_GET
def compliance_studios(request: HttpRequest) -> HttpResponse:
    """Exactly the studios that a number counts."""
    user = _reader(request)
    found = studios_by_compliance(user, request.GET)
    page = keyset_page(found.rows.select_related("delegation"), request.GET, order="code")
    context = {
        "found": found,
        "page": page,
        "rows": failings_of(page.rows),
        "may_inspect": can_inspect_somewhere(user),
    }
    return render(request, "studios/compliance_studios.html", context)
