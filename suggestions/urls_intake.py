"""Addresses of recording: a visit, a suggestion from it."""

from django.urls import path

from suggestions.views import findings, intake, papers

urlpatterns = [
    path("desk/visits/new/", intake.visit_create, name="visit_create"),
    path("desk/suggestions/new/", intake.create, name="create"),
    path("desk/findings/<int:pk>/suggestion/", findings.turn, name="finding"),
    path("desk/suggestions/blank/", papers.blank, name="blank"),
    path("desk/suggestions/blank/word/", papers.blank_word, name="blank_word"),
    path("desk/suggestions/<int:pk>/paper/", papers.paper, name="paper"),
    path("desk/suggestions/<int:pk>/paper/word/", papers.paper_word, name="paper_word"),
    path("desk/suggestions/<int:pk>/receipt/", intake.receipt, name="receipt"),
    path("desk/suggestions/<int:pk>/edit/", intake.update, name="update"),
]
