"""Addresses of duty rosters: drafting, publishing, papers, the settings they follow."""

from django.urls import URLPattern, path

from appointments.views import rosters, rosters_changes, rosters_papers, rosters_publishing, rosters_seats
from appointments.views import rosters_settings as settings

ROSTER = "desk/roster/<int:pk>/"
SEAT = f"{ROSTER}seats/<int:seat>/"

urlpatterns: list[URLPattern] = [
    path("desk/roster/", rosters.roster_list, name="roster_list"),
    path("desk/roster/new/", rosters.roster_create, name="roster_create"),
    path(ROSTER, rosters.roster_detail, name="roster_detail"),
    path(SEAT, rosters_seats.roster_seat, name="roster_seat"),
    path(f"{SEAT}assign/", rosters_seats.roster_assign, name="roster_assign"),
    path(f"{SEAT}replace/", rosters_changes.roster_replace, name="roster_replace"),
    path(f"{SEAT}move/", rosters_changes.roster_move, name="roster_move"),
    path(f"{SEAT}cancel/", rosters_changes.roster_cancel, name="roster_cancel"),
    path(f"{ROSTER}refill/", rosters_publishing.roster_refill, name="roster_refill"),
    path(f"{ROSTER}preview/", rosters_publishing.roster_preview, name="roster_preview"),
    path(f"{ROSTER}publish/", rosters_publishing.roster_publish, name="roster_publish"),
    path(f"{ROSTER}withdraw/", rosters_publishing.roster_withdraw, name="roster_withdraw"),
    path(f"{ROSTER}archive/", rosters_publishing.roster_archive, name="roster_archive"),
    path(f"{ROSTER}print/", rosters_papers.roster_print, name="roster_print"),
    path(f"{ROSTER}poster/", rosters_papers.roster_poster, name="roster_poster"),
    path(f"{ROSTER}sheet/", rosters_papers.roster_sheet, name="roster_sheet"),
    path(f"{ROSTER}word/", rosters_papers.roster_word, name="roster_word"),
    path("desk/duty-settings/", settings.duty_settings, name="duty_settings"),
]
