"""Which roster and seat an address names, for whom."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.session import signed_in
from appointments.models import Roster, RosterSeat
from appointments.permissions import can_arrange

REFUSED = "值班表由本代表队办公室和党联办编排。"


def roster_seen(request: HttpRequest, pk: int) -> Roster:
    """The roster; Http404 when it is not the user's to read."""
    related = ("county", "delegation", "created_by", "changed_by", "published_by")
    return get_object_or_404(Roster.objects.visible_to(signed_in(request)).select_related(*related), pk=pk)


def roster_arranged(request: HttpRequest, pk: int) -> Roster:
    """The roster; Http404 when it is not the user's to read, PermissionDenied when they only read it."""
    roster = roster_seen(request, pk)
    if not can_arrange(signed_in(request), roster.delegation):
        raise PermissionDenied(REFUSED)
    return roster


def seat_arranged(request: HttpRequest, pk: int, seat: int) -> RosterSeat:
    """A seat of that roster, with the same refusals."""
    roster = roster_arranged(request, pk)
    row = get_object_or_404(roster.seats.select_related("studio", "representative"), pk=seat)
    row.roster = roster
    return row
