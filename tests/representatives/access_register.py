"""Who may open which address of the register of representatives; read by tests/test_permissions.py, which explains the tables."""

from collections.abc import Callable

from django.urls import reverse

from tests.cast import Cast
from tests.people import NEIGHBOURS, OFFICES, STAFF

KEEPERS = {"town_office", "county_office"}

OPEN_PAGES: dict[str, set[str]] = {
    "representatives:list": STAFF - {"nobody"},
    "representatives:create": OFFICES,
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "representatives:detail": (NEIGHBOURS, set()),
    "representatives:update": (KEEPERS, NEIGHBOURS - KEEPERS),
    "representatives:status": (KEEPERS, NEIGHBOURS - KEEPERS),
    "representatives:merge": ({"county_office"}, NEIGHBOURS - {"county_office"}),
}
POST_ONLY: set[str] = set()


def _about_the_representative(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[cast.representative.pk])


ADDRESSES: dict[str, Callable[[Cast], str]] = {name: _about_the_representative(name) for name in ROW_PAGES}
"""The address of each row page, about rows of 曲塘镇."""
