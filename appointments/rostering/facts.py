"""What a roster is made from, and what it says. Studios and representatives are their ids."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

GAP_WEEKS = 3


@dataclass(frozen=True)
class Session:
    """One studio is open on one day and wants `seats` people."""

    on: date
    studio: int
    seats: int = 1


@dataclass(frozen=True)
class Member:
    """One ACTIVE representative and the studios they are attached to.

    `served` counts the duties credited before: a substitute has the credit, an absent person none, and a duty
    excused by leave counts, so that leave creates no debt. Personal duties are not in it. `last_on` is None when
    there was none in the counted time (a year); `share_on_leave` is the share of that time spent on leave.
    """

    id: int
    name: str
    studios: frozenset[int]
    served: int = 0
    last_on: date | None = None
    on_leave: frozenset[date] = frozenset()
    busy: frozenset[date] = frozenset()
    is_newcomer: bool = False
    share_on_leave: float = 0.0

    def is_away(self, day: date) -> bool:
        """On declared unavailability, or at another appointment that day."""
        return day in self.on_leave or day in self.busy


@dataclass(frozen=True)
class World:
    """Everything a roster of one delegation and period is made from; the order of rows does not matter.

    `personal` maps each personal studio to its owner, or None when no active representative owns it. `last_personal`
    is when the owner last sat there.
    """

    sessions: tuple[Session, ...]
    members: tuple[Member, ...]
    personal: Mapping[int, int | None] = field(default_factory=dict)
    last_personal: Mapping[int, date] = field(default_factory=dict)
    gap_weeks: int = GAP_WEEKS
    seed: int = 0


@dataclass(frozen=True)
class Seat:
    """One seat and why it is as it is. Without a representative it is unfilled, and `reason` says why."""

    on: date
    studio: int
    representative: int | None
    reason: str = ""
    breaks_gap: bool = False
    is_personal: bool = False


@dataclass(frozen=True)
class Breach:
    """Two duties of one person closer together than the gap."""

    representative: int
    earlier_on: date
    on: date


@dataclass(frozen=True)
class Result:
    """A roster. The spread is the most minus the fewest duties of a person, credits included (see `fairness`)."""

    seats: tuple[Seat, ...]
    breaches: tuple[Breach, ...]
    spread_reached: int
    spread_attainable: int
    bottleneck: int | None

    @property
    def unfilled(self) -> tuple[Seat, ...]:
        """The seats nobody could take."""
        return tuple(seat for seat in self.seats if seat.representative is None)

    @cached_property
    def hash(self) -> str:
        """The same for the same seats, whatever order they come in and whatever is said about them."""
        return hash_of((seat.on, seat.studio, seat.representative) for seat in self.seats)


def hash_of(seats: Iterable[tuple[date, int, int | None]]) -> str:
    """sha256 over (day, studio, representative) in canonical order."""
    rows = sorted((on.isoformat(), studio, person or 0) for on, studio, person in seats)
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()
