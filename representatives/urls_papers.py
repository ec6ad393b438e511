"""Addresses of contact cards and dossiers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
