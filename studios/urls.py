"""Addresses of studios: the register, and inspections."""

from studios import urls_inspections, urls_register

app_name = "studios"
urlpatterns = [*urls_register.urlpatterns, *urls_inspections.urlpatterns]
