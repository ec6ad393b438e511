"""Addresses of the register of representatives."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
