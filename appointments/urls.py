"""Addresses of appointments."""

from django.urls import path

from appointments import urls_attendance, urls_gatherings, urls_rosters, urls_swaps, urls_themes, urls_visits
from appointments.views import registers

app_name = "appointments"
urlpatterns = [
    *urls_visits.urlpatterns,
    path("desk/appointments/", registers.appointment_list, name="list"),
    *urls_rosters.urlpatterns,
    *urls_swaps.urlpatterns,
    *urls_attendance.urlpatterns,
    *urls_themes.urlpatterns,
    *urls_gatherings.urlpatterns,
]
