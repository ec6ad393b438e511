"""Who may open which address of bulletins and year books; read by tests/test_permissions.py, which explains the tables."""

from collections.abc import Callable

from tests.cast import Cast
from tests.people import READERS

OPEN_PAGES: dict[str, set[str]] = {
    "reports:bulletin": READERS,
    "reports:bulletin_print": READERS,
    "reports:bulletin_word": READERS,
    "reports:bulletin_edit": {"county_office", "stranger"},
    "reports:yearbook": READERS,
    "reports:yearbook_print": READERS,
    "reports:yearbook_word": READERS,
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {}
POST_ONLY: set[str] = set()
ADDRESSES: dict[str, Callable[[Cast], str]] = {}
