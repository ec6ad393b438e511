"""Addresses of desks, board and statistics."""

from django.urls import path

from reports.views import board, desks, exports, reports

app_name = "reports"
urlpatterns = [
    path("desk/", desks.desk, name="desk"),
    path("me/", desks.me, name="me"),
    path("board/", board.board, name="board"),
    path("board/wall/", board.wall, name="wall"),
    path("board/county/<int:pk>/", board.board_county, name="board_county"),
    path("board/town/<int:pk>/", board.board_town, name="board_town"),
    path("board/unit/<int:pk>/", board.board_unit, name="board_unit"),
    path("reports/", reports.index, name="index"),
    path("reports/suggestions.xlsx", exports.suggestions_export, name="suggestions_export"),
    path("reports/headline.xlsx", reports.report_export, {"kind": "headline"}, name="headline_export"),
    path("reports/<slug:kind>/", reports.report, name="report"),
    path("reports/<slug:kind>/print/", reports.report_print, name="report_print"),
    path("reports/<slug:kind>.xlsx", reports.report_export, name="report_export"),
]
