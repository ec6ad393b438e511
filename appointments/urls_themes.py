"""Addresses of themed appointments: themes, questionnaires, field trips, findings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
