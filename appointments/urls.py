"""Addresses of appointments."""

from django.urls import path

from appointments import urls_attendance, urls_gatherings, urls_rosters, urls_swaps, urls_themes
from appointments.views import registers, visits

app_name = "appointments"
urlpatterns = [
    path("desk/visits/", visits.visit_list, name="visit_list"),
    path("desk/visits/<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("desk/visits/<int:pk>/edit/", visits.visit_update, name="visit_update"),
    path("desk/appointments/", registers.appointment_list, name="list"),
    *urls_rosters.urlpatterns,
    *urls_swaps.urlpatterns,
    *urls_attendance.urlpatterns,
    *urls_themes.urlpatterns,
    *urls_gatherings.urlpatterns,
]
