"""What a page of recording brings along: a booking that becomes a visit, a collective day suggestions came from."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from accounts.numbers import number_in
from appointments.booking_flow import BookingError
from appointments.models import Appointment, Attendance, Booking
from appointments.querysets import AppointmentQuerySet
from appointments.services.bookings import refuse_keeping

COLLECTED_WITHIN = timedelta(days=120)
"""So long after a collective day its suggestions are still written down."""


def booking_to_keep(request: HttpRequest, user: User) -> Booking | None:
    """The booking `?booking=` names, whose visit is to be recorded; None without one.

    A GET of what cannot be kept (any more, yet, by this user) raises PermissionDenied with the reason; a POST is
    left to the service, which knows whether the same visit was sent before.
    """
    key = request.GET.get("booking", "")
    if not key:
        return None
    bookings = Booking.objects.visible_to(user).select_related("studio__delegation", "representative", "appointment")
    booking = get_object_or_404(bookings, pk=number_in(key))
    if request.method == "GET":
        try:
            refuse_keeping(booking, user)
        except BookingError as error:
            raise PermissionDenied(str(error)) from error
    return booking


def seat_of(booking: Booking) -> Attendance | None:
    """The seat of the meeting that was agreed."""
    seats = Attendance.objects.standing().filter(appointment=booking.appointment_id)
    return seats.select_related("appointment__studio", "representative").first()


def visitor_of(booking: Booking | None) -> dict[str, Any]:
    """The first answers of the form of a visit, from the booking."""
    if booking is None:
        return {}
    return {
        "matter": booking.matter,
        "visitor_name": booking.visitor_name,
        "visitor_phone": booking.visitor_phone,
        "received_on": booking.wanted_on,
    }


def recent_gatherings(user: User) -> AppointmentQuerySet:
    """Collective days of the last months whose suggestions `user` writes down, the newest first."""
    today = timezone.localdate()
    found = Appointment.objects.collected_by(user, today).between(today - COLLECTED_WITHIN, today)
    return found.select_related("delegation").order_by("-held_on", "pk")
