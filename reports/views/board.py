"""The board on one screen, narrowed to a county, a town or a unit, and on a wall."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.session import signed_in
from reports.board import places
from reports.board.cards import board_of, card
from reports.board.counts import Counts
from reports.board.late import late_cases
from reports.board.periods import chosen, offered
from reports.permissions import can_read_statistics
from representatives.terms import terms_of


def reader(request: HttpRequest) -> User:
    """The user, if statistics are theirs to read. Raises PermissionDenied otherwise."""
    user = signed_in(request)
    if not can_read_statistics(user):
        raise PermissionDenied("看板和统计供领导、党联办和代表队办公室查看。")
    return user


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Everything the reader sees, on one screen."""
    return _page(request, reader(request), places.whole())


@require_GET
def board_county(request: HttpRequest, pk: int) -> HttpResponse:
    """One county of a reader who has several."""
    user = reader(request)
    return _page(request, user, places.of_county(get_object_or_404(places.read_counties(user), pk=pk)))


@require_GET
def board_town(request: HttpRequest, pk: int) -> HttpResponse:
    """One delegation, and its units."""
    user = reader(request)
    town = get_object_or_404(places.read_towns(user).select_related("county"), pk=pk)
    return _page(request, user, places.of_town(town, in_county=_has_several_counties(user)))


@require_GET
def board_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One handling unit: its late cases and how it does."""
    user = reader(request)
    unit = get_object_or_404(places.read_units(user).select_related("county"), pk=pk)
    place = places.of_unit(unit, in_county=_has_several_counties(user))
    late = card("cases", lambda: late_cases(user, place, timezone.localdate()))
    return _page(request, user, place, {"late_cases": late})


@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """The board for a screen on the wall: it reloads itself, which counts as being there, so it stays logged in for
    as long as a login lasts at all; after that it shows the login page, and nothing else."""
    user, now = reader(request), timezone.localtime()
    choice, _form = chosen(request.GET, now.date(), terms_of(user))
    counts = Counts(user, places.whole(), choice, now.date())
    context = {"choice": choice, "board": board_of(counts, on_wall=True), "now": now, "place": counts.place}
    return render(request, "reports/wall.html", context)


def _has_several_counties(user: User) -> bool:
    return len(user.scope.reads_county_ids) > 1


def _page(
    request: HttpRequest, user: User, place: places.Place, extra: dict[str, object] | None = None
) -> HttpResponse:
    now = timezone.localtime()
    terms = terms_of(user)
    choice, form = chosen(request.GET, now.date(), terms)
    context = {
        "place": place,
        "choice": choice,
        "form": form,
        "presets": offered(terms, now.date()),
        "board": board_of(Counts(user, place, choice, now.date())),
        "now": now,
        "late_cases": None,
    }
    return render(request, "reports/board.html", context | (extra or {}))
