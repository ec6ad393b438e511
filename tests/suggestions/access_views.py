"""Who may open the pages of kept views; every person sees their own alone."""

from collections.abc import Callable

from django.urls import reverse

from tests.cast import Cast
from tests.people import STAFF

OPEN_PAGES: dict[str, set[str]] = {}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "accounts:view_list": (STAFF, set()),
    "accounts:view_create": (STAFF, set()),
}
POST_ONLY: set[str] = {
    "accounts:view_rename",
    "accounts:view_move",
    "accounts:view_delete",
    "suggestions:layout",
}
ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "accounts:view_list": lambda _cast: reverse("accounts:view_list", args=["cases"]),
    "accounts:view_create": lambda _cast: reverse("accounts:view_create", args=["cases"]),
}
