"""Who may open which address of the office calendar; read by tests/test_permissions.py, which explains the tables."""

from collections.abc import Callable

from tests.cast import Cast
from tests.people import OFFICES, STAFF
from tests.studios.announcing import announce_2027

SETTERS = {"county_office", "stranger"}
READS_STANDARDS = OFFICES | {"liaison", "other_liaison", "leader"}

OPEN_PAGES: dict[str, set[str]] = {
    "studios:calendar": STAFF,
    "studios:calendar_export": STAFF,
    "studios:calendar_import": SETTERS,
    "studios:calendar_template": SETTERS,
    "studios:calendar_day": SETTERS,
    "studios:standards": READS_STANDARDS,
    "studios:standard_create": SETTERS,
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {"studios:calendar_change": (STAFF, set())}
POST_ONLY: set[str] = set()


def _change(cast: Cast) -> str:
    return announce_2027(cast).get_absolute_url()


ADDRESSES: dict[str, Callable[[Cast], str]] = {"studios:calendar_change": _change}
"""The address of each row page, about rows of 曲塘镇."""
