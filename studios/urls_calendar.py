"""Addresses of the office calendar and of what studios are asked for."""

from django.urls import path

from studios.views import calendar, calendar_import, standards

urlpatterns = [
    path("desk/calendar/", calendar.calendar, name="calendar"),
    path("desk/calendar/import/", calendar_import.calendar_import, name="calendar_import"),
    path("desk/calendar/template/", calendar_import.calendar_template_sheet, name="calendar_template"),
    path("desk/calendar/export/", calendar_import.calendar_export_sheet, name="calendar_export"),
    path("desk/calendar/days/new/", calendar.calendar_day, name="calendar_day"),
    path("desk/calendar/changes/<int:pk>/", calendar.calendar_change, name="calendar_change"),
    path("desk/standards/", standards.standard_list, name="standards"),
    path("desk/standards/new/", standards.standard_create, name="standard_create"),
]
