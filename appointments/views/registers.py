"""The register of appointments; figures link here with `?measure=`."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.paging import keyset_page
from accounts.session import signed_in
from appointments.lists import appointments
from appointments.models import Attendance


@require_GET
def appointment_list(request: HttpRequest) -> HttpResponse:
    """Appointments, newest first."""
    found = appointments(signed_in(request), request.GET)
    seats = Attendance.objects.select_related("representative").gaps_first()
    related = Prefetch("attendances", queryset=seats, to_attr="seats")
    rows = found.rows.select_related("studio", "delegation").prefetch_related(related)
    page = keyset_page(rows, request.GET, order="-held_on")
    return render(request, "appointments/appointment_list.html", {"found": found, "page": page})
