"""Whose name stands in the history of a record, and which of several saves writes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from accounts.models import User

NOTE_LENGTH = 100


def sign(record: Any, actor: User) -> None:
    """What is written to `record` from now on, `actor` has written."""
    record._history_user = actor


def note(record: Any, label: str, before: str, after: str) -> None:
    """The next line of history tells that rows belonging to the record changed from `before` to `after`."""
    if before != after:
        record._change_reason = f"{label}：{before or '（空）'} → {after or '（空）'}"[:NOTE_LENGTH]


def mark_as_made(record: Any) -> None:
    """The only line so far tells that the record was made, though the first save, without links, was silent."""
    record.history.update(history_type="+")


@contextmanager
def silently(record: Any) -> Iterator[None]:
    """Saves in the body leave no line of history: a later one tells everything at once."""
    record.skip_history_when_saving = True
    yield
    del record.skip_history_when_saving
