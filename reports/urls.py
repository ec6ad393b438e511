"""Addresses of desks, board and statistics."""

from django.urls import path

from reports.views import board, collective, desks, exports

app_name = "reports"
urlpatterns = [
    path("desk/", desks.desk, name="desk"),
    path("me/", desks.me, name="me"),
    path("board/", board.board, name="board"),
    path("board/wall/", board.wall, name="wall"),
    path("board/county/<int:pk>/", board.board_county, name="board_county"),
    path("board/town/<int:pk>/", board.board_town, name="board_town"),
    path("board/unit/<int:pk>/", board.board_unit, name="board_unit"),
    path("reports/", board.index, name="index"),
    path("reports/headline.xlsx", exports.headline_export, name="headline_export"),
    path("reports/suggestions.xlsx", exports.suggestions_export, name="suggestions_export"),
    path("reports/collective/", collective.collective, name="collective"),
    path("reports/collective/print/", collective.collective_print, name="collective_print"),
    path("reports/collective.xlsx", collective.collective_export, name="collective_export"),
]
