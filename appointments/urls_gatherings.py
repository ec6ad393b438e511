"""Addresses of collective days and designated appointments."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
