"""Who may open the reports of `/reports/`."""

from collections.abc import Callable

from django.urls import reverse

from tests.cast import Cast
from tests.people import READERS, STAFF

OPEN_PAGES: dict[str, set[str]] = {"reports:index": READERS, "reports:headline_export": READERS}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "reports:report": (READERS, STAFF - READERS),
    "reports:report_print": (READERS, STAFF - READERS),
    "reports:report_export": (READERS, STAFF - READERS),
}
POST_ONLY: set[str] = set()
ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "reports:report": lambda _cast: reverse("reports:report", args=["handling"]),
    "reports:report_print": lambda _cast: reverse("reports:report_print", args=["meetings"]),
    "reports:report_export": lambda _cast: reverse("reports:report_export", args=["late"]),
}
