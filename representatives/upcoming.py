"""What lies ahead of a representative: apps above register in their `attached` module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from representatives.models import Representative


@dataclass(frozen=True)
class Seat:
    """A time and place at which somebody is expected."""

    day: date
    starts_at: time
    ends_at: time
    what: str
    where: str


Source = Callable[["Representative", date], list[Seat]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let `source(representative, today)` add its seats to the record page."""
    _sources.append(source)


def seats_of(representative: Representative, today: date) -> list[Seat]:
    """Everything registered from `today` on, the nearest first."""
    found = [seat for source in _sources for seat in source(representative, today)]
    return sorted(found, key=lambda seat: (seat.day, seat.starts_at))
