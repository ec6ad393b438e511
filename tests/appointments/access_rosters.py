"""Who may open the pages of duty rosters: drafting, publishing, papers, the settings they follow."""

from collections.abc import Callable

from django.urls import reverse

from appointments.models import RosterSeat
from tests.appointments.rosters import drafted, published
from tests.cast import Cast
from tests.people import NEIGHBOURS, OFFICES, STAFF

ARRANGES = {"town_office", "county_office"}
READS_DRAFTS = ARRANGES | {"leader"}

OPEN_PAGES: dict[str, set[str]] = {
    "appointments:roster_list": STAFF,
    "appointments:roster_create": OFFICES - {"stranger"},  # a county without delegations
    "appointments:duty_settings": {"county_office", "stranger"},
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "appointments:roster_detail": (READS_DRAFTS, set()),
    "appointments:roster_seat": (ARRANGES, {"leader"}),
    "appointments:roster_preview": (ARRANGES, {"leader"}),
    "appointments:roster_print": (NEIGHBOURS, set()),
    "appointments:roster_poster": (NEIGHBOURS, set()),
    "appointments:roster_sheet": (NEIGHBOURS, set()),
    "appointments:roster_word": (NEIGHBOURS, set()),
}
POST_ONLY = {
    f"appointments:roster_{verb}"
    for verb in ("assign", "replace", "move", "cancel", "publish", "refill", "withdraw", "archive")
}


def _draft(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[drafted(cast).roster.pk])


def _published(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[published(cast).roster.pk])


def _seat(cast: Cast) -> str:
    seat: RosterSeat = drafted(cast).seats[0]
    return reverse("appointments:roster_seat", args=[seat.roster.pk, seat.pk])


ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "appointments:roster_detail": _draft("appointments:roster_detail"),
    "appointments:roster_seat": _seat,
    "appointments:roster_preview": _draft("appointments:roster_preview"),
    "appointments:roster_print": _published("appointments:roster_print"),
    "appointments:roster_poster": _published("appointments:roster_poster"),
    "appointments:roster_sheet": _published("appointments:roster_sheet"),
    "appointments:roster_word": _published("appointments:roster_word"),
}
