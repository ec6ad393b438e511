"""Addresses of desks, board and statistics."""

from django.urls import path

from reports.views import board, bulletins, desks, exports, reports

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
    path("reports/headline.xlsx", reports.report_export, {"kind": "headline"}, name="headline_export"),
    path("reports/bulletin/", bulletins.bulletin, name="bulletin"),
    path("reports/bulletin/print/", bulletins.bulletin_print, name="bulletin_print"),
    path("reports/bulletin/word/", bulletins.bulletin_word, name="bulletin_word"),
    path("reports/bulletin/edit/", bulletins.bulletin_edit, name="bulletin_edit"),
    path("reports/yearbook/", bulletins.yearbook, name="yearbook"),
    path("reports/yearbook/print/", bulletins.yearbook_print, name="yearbook_print"),
    path("reports/yearbook/word/", bulletins.yearbook_word, name="yearbook_word"),
    path("reports/exports/", exports.export_list, name="export_list"),
    path("reports/exports/<int:pk>/file.xlsx", exports.export_file, name="export_file"),
    path("reports/exports/<int:pk>/cancel/", exports.export_cancel, name="export_cancel"),
    path("reports/exports/<slug:key>.xlsx", exports.list_export, name="list_export"),
    path("reports/exports/<slug:key>/start/", exports.export_start, name="export_start"),
    path("reports/<slug:kind>/", reports.report, name="report"),
    path("reports/<slug:kind>/print/", reports.report_print, name="report_print"),
    path("reports/<slug:kind>.xlsx", reports.report_export, name="report_export"),
]
