"""Who has to know that a representative leaves: apps above register in their `attached` module."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from representatives.models import Representative

Callback = Callable[["Representative", date, str], object]
_callbacks: list[Callback] = []


def register(callback: Callback) -> None:
    """Let `callback(representative, since, occasion)` run when somebody stops holding office.

    It runs in the transaction of the change; `occasion` names that change, so that nobody is told of it twice.
    """
    _callbacks.append(callback)


def announce(representative: Representative, since: date, occasion: str) -> None:
    """Tell everybody registered that `representative` holds no office from `since` on."""
    for callback in _callbacks:
        callback(representative, since, occasion)
