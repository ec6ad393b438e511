"""The repair pass: handing duties on from person to person until gaps are kept and counts are even.

**Why the attainable spread is a proven bound.** Take all rosters that fill as many seats as possible, one duty
per person and day, nobody on a day they are away; forget the gap rule (a relaxation, so the bound stays valid).
They are the maximum flows of the network person → (person, day) → (day, studio) → seats. `even_out(...,
keep_gaps=False)` hands duties along paths of its residual network from somebody to somebody with at least two
fewer, until there is no such path.

Then let `T` be everyone to whom a duty of a person with the highest load `H` can be handed, over any number of
hands, themselves included. All of them have at least H − 1, or there would be a path. No duty of `T` can leave
`T`, so in every roster that fills as many seats, `T` together carries no less than now, which is more than
|T| · (H − 1): somebody has at least `H`. In the same way, among those whose duties can reach a person with the
lowest load `L`, everybody has at most L + 1 and no duty can come in from outside: somebody has at most `L` in
every roster. So H − L is both reached and a lower bound; no roster has a smaller spread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from appointments.rostering.board import Board, Opening


@dataclass(frozen=True)
class _Hand:
    """Somebody handed a duty to the next person through an opening."""

    giver: int
    opening: Opening


class _Search:
    """A breadth-first search for somebody who ends a chain of hands.

    With gaps kept, a chain touches no day twice, so that what is checked for each person stays true; without, the
    shortest chain never crosses itself (a crossing would be a shorter chain).
    """

    def __init__(self, board: Board, *, keep_gaps: bool) -> None:
        self.board, self.keep_gaps = board, keep_gaps
        self.came_by: dict[int, _Hand | None] = {}

    def run(self, sources: Iterable[int], ends: Callable[[int], bool], only: date | None = None) -> int | None:
        """Who ends the chain, or None; `only` is the one day the source wants to give away."""
        queue = list(sources)
        self.came_by = dict.fromkeys(queue)
        for giver in queue:
            received = self.came_by[giver]
            for day in [only] if only and not received else list(self.board.duties[giver]):
                if not self._may_give(giver, day):
                    continue
                opening = self.board.opening(day, self.board.spots[day][giver])
                for taker in opening.takers:
                    if taker in self.came_by:
                        continue
                    if ends(taker) and self._may_take(taker, day):
                        self.came_by[taker] = _Hand(giver, opening)
                        return taker
                    self.came_by[taker] = _Hand(giver, opening)
                    queue.append(taker)
        return None

    def _may_give(self, giver: int, day: date) -> bool:
        if not self.keep_gaps:
            return True
        hand = self.came_by[giver]
        if day in self._days(giver):
            return False
        return not self.board.worsens(giver, plus=hand.opening.day if hand else None, minus=day)

    def _may_take(self, taker: int, day: date) -> bool:
        return not self.keep_gaps or not self.board.worsens(taker, plus=day)

    def _days(self, person: int) -> set[date]:
        """The days the chain to `person` touches."""
        days = set()
        while hand := self.came_by[person]:
            days.add(hand.opening.day)
            person = hand.giver
        return days

    def carry_out(self, end: int) -> None:
        """Hand the duties on, the last hand first, so that every opening is still as it was found."""
        while hand := self.came_by[end]:
            self.board.unseat(hand.giver, hand.opening.day)
            self.board.take(hand.opening, end)
            end = hand.giver


def keep_gaps(board: Board) -> None:
    """Hand on every duty that comes too soon and that a chain of people can take without breaking a gap."""
    relieved = True
    while relieved:
        breaches = sorted(board.breaches(), key=lambda breach: (breach.on, breach.representative))
        pairs = [(breach.representative, day) for breach in breaches for day in (breach.on, breach.earlier_on)]
        relieved = any(_relieve(board, person, day) for person, day in pairs)


def _relieve(board: Board, person: int, day: date) -> bool:
    """Hand on the duty of `person` on `day`, if that mends the gap rule and somebody can; whether it was done."""
    if day not in board.duties[person] or board.breach_count(person, minus=day) >= board.breach_count(person):
        return False
    search = _Search(board, keep_gaps=True)
    end = search.run([person], lambda _taker: True, only=day)
    if end is not None:
        search.carry_out(end)
    return end is not None


def even_out(board: Board, *, keep_gaps: bool) -> None:
    """Hand duties on from the most to the least burdened until no chain narrows a difference of two or more.

    Each chain lowers the sum of squares of the loads, so it ends.
    """
    levels = _levels(board)
    while levels:
        level = levels.pop()
        search = _Search(board, keep_gaps=keep_gaps)
        sources = sorted(person for person, load in board.load.items() if load == level)
        fewer = {person for person, load in board.load.items() if load <= level - 2}
        end = search.run(sources, fewer.__contains__)
        if end is not None:
            search.carry_out(end)
            levels = _levels(board)


def _levels(board: Board) -> list[int]:
    """Loads that are two or more above the least, in rising order."""
    least = min(board.load.values(), default=0)
    return sorted({load for load in board.load.values() if load >= least + 2})


def forced(board: Board) -> set[int]:
    """The proof of the highest load: those who cannot hand any duty to somebody else (`T` above)."""
    most = max(board.load.values(), default=0)
    search = _Search(board, keep_gaps=False)
    search.run(sorted(person for person, load in board.load.items() if load == most), lambda _taker: False)
    return set(search.came_by)
