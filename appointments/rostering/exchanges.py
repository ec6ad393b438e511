"""The repair pass: handing duties on from person to person until gaps are kept and counts are even.

**Why the attainable spread is a proven bound.** Take all rosters that fill as many seats as possible, one duty
per person and day, nobody on a day they are away; forget the gap rule (a relaxation, so the bound stays valid).
They are the maximum flows of the network person → (person, day) → (day, studio) → seats. `best_possible` hands
duties along paths of its residual network from somebody to somebody with at least two fewer, until there is no
such path. Where the roster at hand keeps every gap, only rosters that do are compared, and one thing is taken from
the gap rule: nobody has more duties than fit a gap apart into the days they can come (a capacity of the person).

Then let `T` be everyone to whom a duty of a person with the highest load `H` can be handed, over any number of
hands, themselves included. All of them have at least H − 1, or there would be a path. No duty of `T` can leave
`T`, so in every roster that fills as many seats, `T` together carries no less than now, which is more than
|T| · (H − 1): somebody has at least `H`. In the same way, among those whose duties can reach a person with the
lowest load `L`, everybody has at most L + 1 and no duty can come in from outside: somebody has at most `L` in
every roster. Somebody at their capacity who is passed over has as many as they can have, which changes neither
count. So H − L is a lower bound that the relaxed network reaches; no roster has a smaller spread. The roster itself
may miss it where the gap rule, which comes before evenness, forbids what the network allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from appointments.rostering.board import Board, Opening

Node = tuple[int, date | None]
"""A person on a chain and the day they received; the day tells which of their duties may be handed on."""


@dataclass(frozen=True)
class _Hand:
    """Somebody handed a duty to the next person through an opening."""

    giver: Node
    opening: Opening


class _Search:
    """A breadth-first search for somebody who ends a chain of hands.

    With gaps kept, a chain touches no day and no person twice, so that what is checked for each person stays true.
    Without, which day somebody received does not matter, and the shortest chain never crosses itself (a crossing
    would be a shorter chain).
    """

    def __init__(self, board: Board, *, keep_gaps: bool, most: Mapping[int, int] | None = None) -> None:
        self.board, self.keep_gaps, self.most = board, keep_gaps, most or {}
        self.came_by: dict[Node, _Hand | None] = {}
        self._sources: set[int] = set()

    def run(self, sources: Iterable[int], ends: Callable[[int], bool], only: date | None = None) -> Node | None:
        """Where the chain ends, or None; `only` is the one day the source wants to give away."""
        self._sources = set(sources)
        queue: list[Node] = [(person, None) for person in sorted(self._sources)]
        self.came_by = dict.fromkeys(queue)
        for giver in queue:
            person, received = giver
            for day in [only] if only and not received else list(self.board.duties[person]):
                if not self._may_give(giver, day):
                    continue
                opening = self.board.opening(day, self.board.spots[day][person])
                for taker in opening.takers:
                    node = (taker, day if self.keep_gaps else None)
                    if node in self.came_by or not self._may_join(giver, taker, day, only):
                        continue
                    self.came_by[node] = _Hand(giver, opening)
                    if ends(taker) and (taker in self._sources or self._may_take(taker, day)):
                        return node
                    queue.append(node)
        return None

    def _may_give(self, giver: Node, day: date) -> bool:
        if not self.keep_gaps:
            return True
        if any(hand.opening.day == day for hand in self._hands(giver)):
            return False
        return not self.board.worsens(giver[0], plus=giver[1], minus=day)

    def _may_join(self, giver: Node, taker: int, day: date, only: date | None) -> bool:
        """Nobody joins a chain twice; but a source may end it, with a better day for the one given away."""
        if taker in self._sources:
            better = self.board.breach_count(taker, plus=day, minus=only) < self.board.breach_count(taker)
            return only is not None and giver[0] != taker and better
        return not self.keep_gaps or taker not in self._people(giver)

    def _may_take(self, taker: int, day: date) -> bool:
        if self.keep_gaps:
            return not self.board.worsens(taker, plus=day)
        return taker not in self.most or len(self.board.duties[taker]) < self.most[taker]

    def _hands(self, node: Node) -> Iterator[_Hand]:
        """The hands of the chain to `node`, the last first."""
        while hand := self.came_by[node]:
            yield hand
            node = hand.giver

    def _people(self, node: Node) -> set[int]:
        return {node[0], *(hand.giver[0] for hand in self._hands(node))}

    def carry_out(self, end: Node) -> None:
        """Hand the duties on, the last hand first, so that every opening is still as it was found."""
        taker = end[0]
        for hand in self._hands(end):
            self.board.unseat(hand.giver[0], hand.opening.day)
            self.board.take(hand.opening, taker)
            taker = hand.giver[0]


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


def even_out(board: Board, *, keep_gaps: bool, most: Mapping[int, int] | None = None) -> None:
    """Hand duties on from the most to the least burdened until no chain narrows a difference of two or more.

    With gaps kept, nobody's get worse; else nobody comes to more than `most` duties, where that is given. Each
    chain lowers the sum of squares of the loads, so it ends.
    """
    levels = _levels(board)
    while levels:
        level = levels.pop()
        search = _Search(board, keep_gaps=keep_gaps, most=most)
        sources = [person for person, load in board.load.items() if load == level]
        fewer = {person for person, load in board.load.items() if load <= level - 2}
        end = search.run(sources, fewer.__contains__)
        if end is not None:
            search.carry_out(end)
            levels = _levels(board)


def best_possible(board: Board) -> Board:
    """The most even roster of the relaxed network: its spread is the attainable one (the proof is above)."""
    best = board.copy()
    keeps_gaps = not any(board.breaches())
    even_out(
        best, keep_gaps=False, most={person: board.capacity(person) for person in board.duties} if keeps_gaps else None
    )
    return best


def _levels(board: Board) -> list[int]:
    """Loads that are two or more above the least, in rising order."""
    least = min(board.load.values(), default=0)
    return sorted({load for load in board.load.values() if load >= least + 2})


def forced(board: Board) -> set[int]:
    """The proof of the highest load: those who cannot hand any duty to somebody else (`T` above)."""
    most = max(board.load.values(), default=0)
    search = _Search(board, keep_gaps=False)
    search.run([person for person, load in board.load.items() if load == most], lambda _taker: False)
    return {person for person, _received in search.came_by}
