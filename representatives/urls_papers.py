"""Addresses of contact cards and dossiers."""

from django.urls import path

from representatives.views import cards, dossiers

urlpatterns = [
    path("desk/cards/", cards.card_list, name="cards"),
    path("desk/cards/print/", cards.cards_print, name="cards_print"),
    path("desk/reps/<int:pk>/dossier/", dossiers.dossier, name="dossier"),
    path("desk/reps/<int:pk>/dossier.docx", dossiers.dossier_word, name="dossier_word"),
    path("me/year/", dossiers.my_year, name="my_year"),
]
