"""Addresses of studios: the register, inspections, and the office calendar."""

from studios import urls_calendar, urls_inspections, urls_register

app_name = "studios"
urlpatterns = [*urls_register.urlpatterns, *urls_inspections.urlpatterns, *urls_calendar.urlpatterns]
