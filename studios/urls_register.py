"""Addresses of the register of studios."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
