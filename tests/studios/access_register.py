"""Who may open which address of the register of studios; read by tests/test_permissions.py, which explains the tables."""

from collections.abc import Callable

from django.urls import reverse

from tests.cast import Cast
from tests.people import NEIGHBOURS, OFFICES, STAFF

OPEN_PAGES: dict[str, set[str]] = {
    "studios:list": STAFF,
    "studios:create": OFFICES,
}
KEEPERS = {"town_office", "county_office", "liaison"}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "studios:detail": (NEIGHBOURS, set()),
    "studios:update": (KEEPERS, NEIGHBOURS - KEEPERS),
}
POST_ONLY = {"studios:status"}
ADDRESSES: dict[str, Callable[[Cast], str]] = {
    name: lambda cast, name=name: reverse(name, args=[cast.studio.pk]) for name in ROW_PAGES
}
"""The address of each row page, about rows of 曲塘镇."""
