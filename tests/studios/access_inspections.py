"""Who may open which address of inspections and 整改; read by tests/test_permissions.py, which explains the tables."""

from collections.abc import Callable

from tests.cast import Cast

OPEN_PAGES: dict[str, set[str]] = {}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {}
POST_ONLY: set[str] = set()
ADDRESSES: dict[str, Callable[[Cast], str]] = {}
"""The address of each row page, about rows of 曲塘镇."""
