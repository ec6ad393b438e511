"""Addresses of desks, board and statistics."""

from django.urls import path

from reports.views import board, collective, desks, exports

app_name = "reports"
urlpatterns = [
    path("desk/", desks.desk, name="desk"),
    path("me/", desks.me, name="me"),
    path("board/", board.board, name="board"),
    path("reports/", board.index, name="index"),
    path("reports/headline.xlsx", exports.headline_export, name="headline_export"),
    path("reports/exports/", exports.export_list, name="export_list"),
    path("reports/exports/<int:pk>/file.xlsx", exports.export_file, name="export_file"),
    path("reports/exports/<int:pk>/cancel/", exports.export_cancel, name="export_cancel"),
    path("reports/exports/<slug:key>.xlsx", exports.list_export, name="list_export"),
    path("reports/exports/<slug:key>/start/", exports.export_start, name="export_start"),
    path("reports/collective/", collective.collective, name="collective"),
    path("reports/collective/print/", collective.collective_print, name="collective_print"),
    path("reports/collective.xlsx", collective.collective_export, name="collective_export"),
]
