"""Addresses of appointments."""

from django.urls import path

from appointments.views import registers, visits

app_name = "appointments"
urlpatterns = [
    path("desk/visits/", visits.visit_list, name="visit_list"),
    path("desk/visits/<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("desk/visits/<int:pk>/edit/", visits.visit_update, name="visit_update"),
    path("desk/appointments/", registers.appointment_list, name="list"),
    path("desk/attendances/", registers.attendance_list, name="attendance_list"),
]
