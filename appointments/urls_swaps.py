"""Addresses of a representative's duties, leave and swaps."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
