"""Kinds of reminders the apps above register, and the re-check each makes before sending.

An app registers in its own `notifications` module, which NotificationsConfig.ready discovers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notifications.models import Reminder


@dataclass(frozen=True)
class Verdict:
    """What to do with a reminder that is due: send it, cancel it (why), or try again at a later moment."""

    send: bool = False
    cancelled_because: str = ""
    later_at: datetime | None = None


Check = Callable[["Reminder", datetime], Verdict]
Note = Callable[["Reminder", datetime], None]
_checks: dict[str, Check] = {}
_notes: dict[str, Note] = {}


class UnknownKindError(LookupError):
    """No app has registered this kind; the reminder waits until one does."""


def send() -> Verdict:
    """The subject still calls for it, now."""
    return Verdict(send=True)


def cancel(reason: str) -> Verdict:
    """The subject no longer calls for it."""
    return Verdict(cancelled_because=reason)


def later(at: datetime) -> Verdict:
    """Not at this hour; `at` is aware."""
    return Verdict(later_at=at)


def register(kind: str, check: Check) -> None:
    """Let reminders of `kind` be re-checked by `check(reminder, now)` before they go out."""
    _checks[kind] = check


def after_sending(kind: str, note: Note) -> None:
    """Let `note(reminder, now)` write down that a reminder of `kind` was sent, in the transaction that sends it.

    It must bear being called for every recipient of one stage. Called in an app's `sent` module, which
    NotificationsConfig.ready discovers.
    """
    _notes[kind] = note


def note_sent(reminder: Reminder, now: datetime) -> None:
    """Tell the app that wants to know of it."""
    if reminder.kind in _notes:
        _notes[reminder.kind](reminder, now)


def verdict_on(reminder: Reminder, now: datetime) -> Verdict:
    """Ask the app that registered the kind. Raises UnknownKindError when none has."""
    check = _checks.get(reminder.kind)
    if check is None:
        raise UnknownKindError(reminder.kind)
    return check(reminder, now)
