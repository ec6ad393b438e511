"""Addresses of desks, board and statistics."""

from django.urls import path

from reports.views import board, bulletins, collective, desks, exports

app_name = "reports"
urlpatterns = [
    path("desk/", desks.desk, name="desk"),
    path("me/", desks.me, name="me"),
    path("board/", board.board, name="board"),
    path("reports/", board.index, name="index"),
    path("reports/headline.xlsx", exports.headline_export, name="headline_export"),
    path("reports/suggestions.xlsx", exports.suggestions_export, name="suggestions_export"),
    path("reports/collective/", collective.collective, name="collective"),
    path("reports/collective/print/", collective.collective_print, name="collective_print"),
    path("reports/collective.xlsx", collective.collective_export, name="collective_export"),
    path("reports/bulletin/", bulletins.bulletin, name="bulletin"),
    path("reports/bulletin/print/", bulletins.bulletin_print, name="bulletin_print"),
    path("reports/bulletin/word/", bulletins.bulletin_word, name="bulletin_word"),
    path("reports/bulletin/edit/", bulletins.bulletin_edit, name="bulletin_edit"),
    path("reports/yearbook/", bulletins.yearbook, name="yearbook"),
    path("reports/yearbook/print/", bulletins.yearbook_print, name="yearbook_print"),
    path("reports/yearbook/word/", bulletins.yearbook_word, name="yearbook_word"),
]
