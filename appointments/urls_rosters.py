"""Addresses of duty rosters: drafting, publishing, papers, the settings they follow."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
