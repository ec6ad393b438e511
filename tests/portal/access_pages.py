"""Public pages of one row, open to everybody; read by tests/test_permissions.py."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from tests.appointments import theming
from tests.cast import Cast


def _published(cast: Cast) -> UUID:
    event = theming.event(cast, held_on=timezone.localdate() + timedelta(days=7))
    return theming.published(cast, event).token


PUBLIC_ROWS: dict[str, Callable[[Cast], int | UUID]] = {
    "portal:questionnaire": _published,
    "portal:representative": lambda cast: cast.representative.pk,
    "portal:studio": lambda cast: cast.studio.pk,
}
"""The key of a row of 曲塘镇."""
