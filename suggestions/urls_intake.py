"""Addresses of recording: a visit, a suggestion from it."""

from django.urls import path

from suggestions.views import findings, intake

urlpatterns = [
    path("desk/visits/new/", intake.visit_create, name="visit_create"),
    path("desk/suggestions/new/", intake.create, name="create"),
    path("desk/findings/<int:pk>/suggestion/", findings.turn, name="finding"),
    path("desk/suggestions/<int:pk>/edit/", intake.update, name="update"),
]
