"""A roster being worked on: who sits where on which day. Everything else asks or moves people through it."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date

from appointments.rostering.facts import Breach, Member, World
from appointments.rostering.fairness import credits_of


@dataclass(frozen=True)
class Opening:
    """How a seat on `day` in `studio` can be taken: each taker, idle that day, and the studio they would enter.

    `moves` says how that studio's seat comes free: who sits there and would move, and where to. Nobody moves when
    the taker enters `studio` itself. People who move change the studio, not the day.
    """

    day: date
    studio: int
    takers: dict[int, int]
    moves: dict[int, tuple[int, int]]

    def steps(self, taker: int) -> Iterator[tuple[int, int]]:
        """Who goes to which studio when `taker` comes."""
        person, studio = taker, self.takers[taker]
        yield person, studio
        while studio != self.studio:
            person, studio = self.moves[studio]
            yield person, studio

    def nearest(self) -> list[int]:
        """The takers for whom the fewest colleagues move."""
        moving = {taker: sum(1 for _ in self.steps(taker)) for taker in self.takers}
        return [taker for taker, count in moving.items() if count == min(moving.values())]


class Board:
    """The seats of the fairness pool. `load` is what evenness compares: duties now plus credits from before.

    `reserved` names people and days that are kept for a duty outside the pool.
    """

    def __init__(self, world: World, *, reserved: frozenset[tuple[int | None, date]] = frozenset()) -> None:
        self.gap_days = 7 * world.gap_weeks
        self.members = {member.id: member for member in sorted(world.members, key=lambda member: member.id)}
        self.wanted: dict[date, Counter[int]] = defaultdict(Counter)
        for session in sorted(world.sessions, key=lambda session: (session.on, session.studio)):
            if session.studio not in world.personal:
                self.wanted[session.on][session.studio] += session.seats
        self.spots: dict[date, dict[int, int]] = {day: {} for day in self.wanted}
        self.duties: dict[int, list[date]] = {member: [] for member in self.members}
        self.load = credits_of(self.pool(), self.wanted)
        self.rank = {member: _rank(world.seed, member) for member in self.members}
        self.able = {
            (day, studio): [
                member
                for member in self.colleagues(studio)
                if not self.members[member].is_away(day) and (member, day) not in reserved
            ]
            for day, studios in self.wanted.items()
            for studio in studios
        }

    def copy(self) -> Board:
        """The same roster, to work on apart."""
        twin = copy(self)
        twin.spots = {day: dict(spots) for day, spots in self.spots.items()}
        twin.duties = {person: list(days) for person, days in self.duties.items()}
        twin.load = dict(self.load)
        return twin

    def pool(self) -> list[Member]:
        """Those attached to a studio that has seats in the fairness pool."""
        studios = {studio for wanted in self.wanted.values() for studio in wanted}
        return [member for member in self.members.values() if member.studios & studios]

    def colleagues(self, studio: int) -> list[int]:
        return [member.id for member in self.members.values() if studio in member.studios]

    def seat(self, person: int, day: date, studio: int) -> None:
        """Put somebody who is idle on `day` into a seat."""
        self.spots[day][person] = studio
        insort(self.duties[person], day)
        self.load[person] += 1

    def unseat(self, person: int, day: date) -> None:
        del self.spots[day][person]
        self.duties[person].remove(day)
        self.load[person] -= 1

    def open_seats(self, day: date) -> Counter[int]:
        """Studios with seats that nobody has on `day`, and how many."""
        return self.wanted[day] - Counter(self.spots[day].values())

    def opening(self, day: date, studio: int) -> Opening:
        """Who could take a seat of `studio` on `day`, were one free, the shortest chain of moves first.

        The search goes backwards from the seat: people able to sit there are idle, or sit in another studio,
        whose seat would then be free for the next.
        """
        takers: dict[int, int] = {}
        moves: dict[int, tuple[int, int]] = {}
        queue, spots = [studio], self.spots[day]
        for entered in queue:
            for person in self.able[day, entered]:
                spot = spots.get(person)
                if spot is None:
                    takers.setdefault(person, entered)
                elif spot != studio and spot not in moves and spot != entered:
                    moves[spot] = (person, entered)
                    queue.append(spot)
        return Opening(day, studio, takers, moves)

    def take(self, opening: Opening, taker: int) -> None:
        """Let `taker` come, and those before them move. The seat itself must be free."""
        for person, studio in opening.steps(taker):
            if person == taker:
                self.seat(person, opening.day, studio)
            else:
                self.spots[opening.day][person] = studio

    def breach_count(self, person: int, *, plus: date | None = None, minus: date | None = None) -> int:
        """How often `person` sits again too soon, with a duty more and a duty less."""
        days = self.duties[person]
        if plus or minus:
            days = [day for day in days if day != minus]
            if plus:
                insort(days, plus)
        last, count = self.members[person].last_on, 0
        for day in days:
            if last and (day - last).days < self.gap_days:
                count += 1
            last = day
        return count

    def worsens(self, person: int, *, plus: date | None = None, minus: date | None = None) -> bool:
        """Whether a duty more, and one less, makes the gap rule worse for `person`."""
        return self.breach_count(person, plus=plus, minus=minus) > self.breach_count(person)

    def last_before(self, person: int, day: date) -> date | None:
        """The last duty of `person` before `day`, in this roster or before it."""
        days = self.duties[person]
        place = bisect_left(days, day)
        return days[place - 1] if place else self.members[person].last_on

    def capacity(self, person: int) -> int:
        """The most duties that fit into the days `person` can come, a gap apart: each as early as it can be."""
        member, last, count = self.members[person], self.members[person].last_on, 0
        for day in sorted(self.wanted):
            can_come = not member.is_away(day) and not member.studios.isdisjoint(self.wanted[day])
            if can_come and (last is None or (day - last).days >= self.gap_days):
                last, count = day, count + 1
        return count

    def breaches(self) -> Iterator[Breach]:
        """Every pair of duties that is too close."""
        for person, days in self.duties.items():
            for day in days:
                last = self.last_before(person, day)
                if last and (day - last).days < self.gap_days:
                    yield Breach(person, last, day)

    def spread(self) -> int:
        """The most minus the fewest duties, credits included."""
        return max(self.load.values(), default=0) - min(self.load.values(), default=0)

    def fill(self, days: Iterable[date], turn: Turn, *, shortest: bool = False) -> None:
        """Fill open seats until the people of each day are a maximum matching.

        A seat without an augmenting path never gets one by filling others, so each is asked once. The taker whose
        `turn` it is comes; with `shortest`, only those for whom the fewest colleagues move are asked.
        """
        for day in days:
            for studio in sorted(self.open_seats(day).elements()):
                opening = self.opening(day, studio)
                takers = opening.nearest() if shortest else opening.takers
                if takers:
                    self.take(opening, min(takers, key=lambda person, on=day: turn(self, person, on)))


Turn = Callable[[Board, int, date], tuple[object, ...]]
"""Whose turn it is on a day: the smallest comes first."""


def least_recently(board: Board, person: int, day: date) -> tuple[object, ...]:
    """The gap rule, then who served longest ago, then who has fewer duties, then the seed."""
    last = board.last_before(person, day) or date.min
    return board.worsens(person, plus=day), last, board.load[person], board.rank[person]


def fewest_duties(board: Board, person: int, day: date) -> tuple[object, ...]:
    """The gap rule, then who has fewer duties, then who served longest ago, then the seed."""
    last = board.last_before(person, day) or date.min
    return board.worsens(person, plus=day), board.load[person], last, board.rank[person]


def _rank(seed: int, member: int) -> str:
    """A fixed shuffled place, so that ties fall differently with another seed and equally with the same."""
    return hashlib.sha256(f"{seed}:{member}".encode()).hexdigest()
