"""Who may open the pages of duty rosters: drafting, publishing, papers, the settings they follow."""

from collections.abc import Callable

from tests.cast import Cast

OPEN_PAGES: dict[str, set[str]] = {}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {}
POST_ONLY: set[str] = set()
ADDRESSES: dict[str, Callable[[Cast], str]] = {}
