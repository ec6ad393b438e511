"""Which unit past cases of the kind were assigned to, and how sure that is. Pure: counts are passed in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

FEWEST = 5
"""Below so many past cases nothing is suggested."""

LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Precedent:
    """`times` of `total` past cases went to `unit` (its id)."""

    unit: int
    times: int
    total: int


def precedent(counts: Mapping[int, int], open_to: Collection[int], total: int) -> Precedent | None:
    """The unit of `open_to` that took at least half of the past cases, by id; None while they are few or divided.

    `counts`: how many of the `total` past cases each unit took, also those that take no more; one that several shared
    counts for each.
    """
    candidates = [(times, -unit) for unit, times in counts.items() if unit in open_to]
    if total < FEWEST or not candidates:
        return None
    times, unit = max(candidates)
    return Precedent(-unit, times, total) if times >= total * LEAST_SHARE else None
