"""Who may open which board."""

from collections.abc import Callable

from django.urls import reverse

from tests.cast import Cast
from tests.people import READERS, STAFF

OPEN_PAGES: dict[str, set[str]] = {"reports:wall": READERS}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "reports:board_county": ({"county_office", "leader"}, STAFF - READERS),
    "reports:board_town": ({"town_office", "county_office", "leader"}, STAFF - READERS),
    # Both towns have cases with a unit of the county.
    "reports:board_unit": (READERS - {"stranger"}, STAFF - READERS),
}
POST_ONLY: set[str] = set()
ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "reports:board_county": lambda cast: reverse("reports:board_county", args=[cast.county.pk]),
    "reports:board_town": lambda cast: reverse("reports:board_town", args=[cast.town.pk]),
    "reports:board_unit": lambda cast: reverse("reports:board_unit", args=[cast.county_unit.pk]),
}
