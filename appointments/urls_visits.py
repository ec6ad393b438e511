"""Addresses of visits: the register, one visit, its papers, and the phrases to write it with."""

from django.urls import path

from appointments.views import phrases, visit_papers, visits

urlpatterns = [
    path("desk/visits/", visits.visit_list, name="visit_list"),
    path("desk/visits/blank/", visit_papers.blank, name="visit_blank"),
    path("desk/visits/blank/word/", visit_papers.blank_word, name="visit_blank_word"),
    path("desk/visits/<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("desk/visits/<int:pk>/edit/", visits.visit_update, name="visit_update"),
    path("desk/visits/<int:pk>/photos/", visits.visit_photos, name="visit_photos"),
    path("desk/visits/<int:pk>/reveal/", visits.visit_reveal, name="visit_reveal"),
    path("desk/visits/<int:pk>/paper/", visit_papers.paper, name="visit_paper"),
    path("desk/visits/<int:pk>/paper/word/", visit_papers.paper_word, name="visit_paper_word"),
    path("desk/phrases/", phrases.phrases, name="phrases"),
]
