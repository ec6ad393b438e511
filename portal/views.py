"""Public pages: what anybody may see without an account (domain.md §7)."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.duties import duty_notice, town_of


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """值班公示: who is on duty where on the next duty day, town by town."""
    town = town_of(request.GET.get("town", ""))
    context: dict[str, Any] = {"notice": duty_notice(timezone.localdate(), town), "town": town}
    if town is not None and town.county is not None:
        context |= {"county_name": town.county.short_name, "help_phone": town.county.phone}
    return render(request, "portal/home.html", context)
