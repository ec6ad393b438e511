"""What the checks of one sweep all ask for is read once: 500 reminders look at one and the same office calendar."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Read = TypeVar("Read")
_kept: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("readings", default=None)


@contextmanager
def one_sweep() -> Iterator[None]:
    """Within it `once` asks once; what changes meanwhile is for the next sweep."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(read: Callable[[], Read]) -> Read:
    """What `read()` returns, asked once in a sweep, and each time outside of one. Nobody may change it."""
    kept = _kept.get()
    if kept is None:
        return read()
    if read not in kept:
        kept[read] = read()
    found: Read = kept[read]
    return found
