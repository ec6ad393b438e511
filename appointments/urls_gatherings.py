"""Addresses of collective days and designated appointments."""

from django.urls import path

from appointments.views import bookings, collective

urlpatterns = [
    path("desk/collective/", collective.collective_list, name="collective_list"),
    path("desk/collective/day/", collective.collective_day, name="collective_day"),
    path("desk/collective/generate/", collective.collective_generate, name="collective_generate"),
    path("desk/collective/<int:pk>/", collective.collective_turnout, name="collective_turnout"),
    path("desk/bookings/", bookings.booking_list, name="booking_list"),
    path("desk/bookings/new/", bookings.booking_create, name="booking_create"),
    path("desk/bookings/<int:pk>/", bookings.booking_detail, name="booking_detail"),
    path("desk/bookings/<int:pk>/<slug:verb>/", bookings.booking_act, name="booking_act"),
    path("me/bookings/", bookings.my_bookings, name="my_bookings"),
]
