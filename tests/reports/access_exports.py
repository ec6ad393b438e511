"""Who may take which list away, and whose file it is; read by tests/test_permissions.py, which explains the tables."""

from collections.abc import Callable

from django.http import QueryDict
from django.urls import reverse

from reports.listings import export_named
from reports.services.exports import request_export, sweep_exports
from tests.cast import Cast
from tests.people import EXPORTERS, STAFF

OPEN_PAGES: dict[str, set[str]] = {"reports:export_list": STAFF}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "reports:list_export": (EXPORTERS, STAFF - EXPORTERS),
    "reports:export_file": ({"county_office"}, set()),
}
POST_ONLY: set[str] = {"reports:export_start", "reports:export_cancel"}


def _file(cast: Cast) -> str:
    """A list that 党联办甲 has had written."""
    query = QueryDict("view=closed")
    export = export_named("suggestions")
    job, _is_new = request_export(export=export, query=query, reason="季度通报", actor=cast.county_office)
    sweep_exports()
    return reverse("reports:export_file", args=[job.pk])


ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "reports:list_export": lambda cast: reverse("reports:list_export", args=["suggestions"]),
    "reports:export_file": _file,
}
"""The address of each row page."""
