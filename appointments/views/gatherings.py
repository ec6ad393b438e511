"""The page of one appointment: facts, seats with what became of them, visits, the steps that are open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.session import signed_in
from appointments.models import Appointment, Visit
from appointments.pages import page_of
from appointments.permissions import can_take_attendance
from appointments.presence import shown_seats


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever sees the appointment; its kind may add to the page (appointments.pages)."""
    user, now = signed_in(request), timezone.now()
    rows = Appointment.objects.visible_to(user).select_related("studio", "delegation", "roster")
    meeting = get_object_or_404(rows, pk=pk)
    page = page_of(meeting)
    visits = Visit.objects.visible_to(user).filter(appointment=meeting).select_related("representative")
    context = {
        "meeting": meeting,
        "seats": shown_seats(meeting, now),
        "visits": visits.order_by("pk"),
        "may_take": can_take_attendance(user, meeting),
        "is_today": meeting.held_on == timezone.localdate(),
        **page.context(meeting, user),
    }
    return render(request, page.template, context)
