"""Public pages of one row, open to everybody; read by tests/test_permissions.py."""

from collections.abc import Callable

from tests.cast import Cast

PUBLIC_ROWS: dict[str, Callable[[Cast], int]] = {
    "portal:representative": lambda cast: cast.representative.pk,
    "portal:studio": lambda cast: cast.studio.pk,
}
"""The key of a row of 曲塘镇."""
