"""Who may open which address of contact cards and dossiers; read by tests/test_permissions.py, which explains the tables."""

from collections.abc import Callable

from django.urls import reverse

from tests.cast import Cast
from tests.people import NEIGHBOURS, OFFICES

PRINTERS = OFFICES | {"liaison", "other_liaison"}
DOSSIER = ({"representative_user", "town_office", "county_office", "leader"}, NEIGHBOURS)

OPEN_PAGES: dict[str, set[str]] = {
    "representatives:cards": PRINTERS,
    "representatives:cards_print": PRINTERS,
    "representatives:my_year": {"representative_user"},
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "representatives:dossier": DOSSIER,
    "representatives:dossier_word": DOSSIER,
}
POST_ONLY: set[str] = set()
ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "representatives:dossier": lambda cast: reverse("representatives:dossier", args=[cast.representative.pk]),
    "representatives:dossier_word": lambda cast: reverse("representatives:dossier_word", args=[cast.representative.pk]),
}
"""The address of each row page, about rows of 曲塘镇."""
