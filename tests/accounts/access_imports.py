"""Who may open which address of imports and their registers; read by tests/test_permissions.py, which explains the tables."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.import_services import preview_import
from accounts.imports import kind_named
from tests.cast import Cast
from tests.people import OFFICES, STAFF
from tests.sheets.books import sheet_of

TOWN_OFFICES = {"town_office", "other_town_office"}

OPEN_PAGES: dict[str, set[str]] = {
    "accounts:imports": OFFICES | {"admin"},
    "accounts:units": {"county_office", "stranger", "admin"},
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "accounts:import_create": (OFFICES, STAFF - OFFICES),
    "accounts:import_template": (OFFICES, STAFF - OFFICES),
    "accounts:import_export": (OFFICES, STAFF - OFFICES),
    "accounts:import_detail": ({"town_office", "county_office"}, set()),
    "accounts:import_refused": ({"town_office", "county_office"}, set()),
}
POST_ONLY: set[str] = {"accounts:import_apply"}


def _refused_run(cast: Cast) -> int:
    """A sheet of 曲塘镇 with one row that cannot be imported."""
    kind = kind_named("studios")
    place = kind.place_of(cast.town_office)
    assert place is not None
    file = SimpleUploadedFile("曲塘.xlsx", sheet_of(kind.resource(place), [{"编号": "S9", "名称": "没有类别"}]))
    return preview_import(kind=kind, place=place, file=file, actor=cast.town_office).pk


ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "accounts:import_create": lambda cast: reverse("accounts:import_create", args=["studios"]),
    "accounts:import_template": lambda cast: reverse("accounts:import_template", args=["studios"]),
    "accounts:import_export": lambda cast: reverse("accounts:import_export", args=["studios"]),
    "accounts:import_detail": lambda cast: reverse("accounts:import_detail", args=[_refused_run(cast)]),
    "accounts:import_refused": lambda cast: reverse("accounts:import_refused", args=[_refused_run(cast)]),
}
"""The address of each row page, about rows of 曲塘镇."""
