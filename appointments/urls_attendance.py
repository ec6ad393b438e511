"""Addresses of checking in, who came, and calendar feeds."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
