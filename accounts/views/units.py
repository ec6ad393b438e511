"""The register of units."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.paging import keyset_page
from accounts.permissions import can_see_units
from accounts.registers import units
from accounts.session import signed_in


@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """Units of the user's counties, found by name, spelling, delegation and state."""
    user = signed_in(request)
    if not can_see_units(user):
        raise PermissionDenied("承办单位登记簿供党联办和系统管理员使用。")
    found = units(user, request.GET)
    page = keyset_page(found.rows, request.GET, order="code")
    return render(request, "accounts/unit_list.html", {"page": page, "filter_form": found.form})
