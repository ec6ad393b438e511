"""What was assigned in one go, in words, and how much of it can still be recalled."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from accounts.models import User
from suggestions.models import Assignment, AssignmentBatch

NAMED_UNITS = 4
MOST_BATCHES = 20


@dataclass(frozen=True)
class BatchLine:
    """A batch as the page tells of it; `words` names the units, `recallable` counts what nobody has signed for."""

    batch: AssignmentBatch
    number: int
    words: str
    recallable: int

    @classmethod
    def of(cls, batch: AssignmentBatch) -> Self:
        """Runs no query for a batch read `with_cases`."""
        rows = batch.standing
        return cls(batch, len(rows), per_unit(rows), len(batch.recallable))


def per_unit(rows: Iterable[Assignment]) -> str:
    """住建局 7、交通局 5 等 6 个单位: the units with most cases by name."""
    counts = Counter(row.unit.short_name for row in rows)
    named = "、".join(f"{name} {number}" for name, number in counts.most_common(NAMED_UNITS))
    return f"{named} 等 {len(counts)} 个单位" if len(counts) > NAMED_UNITS else named


def batches_of(user: User, day: date) -> list[BatchLine]:
    """The user's batches of `day` of which something still stands, the latest first (three queries)."""
    found = AssignmentBatch.objects.visible_to(user).made_on(day).with_cases()[:MOST_BATCHES]
    return [line for line in map(BatchLine.of, found) if line.number]
