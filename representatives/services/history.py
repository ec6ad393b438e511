"""Whose name stands in the history of a record, and which of several saves writes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from accounts.models import User


def sign(record: Any, actor: User) -> None:
    """What is written to `record` from now on, `actor` has written."""
    record._history_user = actor


@contextmanager
def silently(record: Any) -> Iterator[None]:
    """Saves in the body leave no line of history: a later one tells everything at once."""
    record.skip_history_when_saving = True
    yield
    del record.skip_history_when_saving
