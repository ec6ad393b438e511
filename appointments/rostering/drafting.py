"""Draft a roster, and mend one after somebody fell out (domain.md §5)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from appointments.rostering.board import Board, Turn, fewest_duties, least_recently
from appointments.rostering.exchanges import best_possible, even_out, forced, keep_gaps
from appointments.rostering.facts import Result, Seat, World
from appointments.rostering.personal import personal_seats
from appointments.rostering.reasons import Reasons


def draft(world: World) -> Result:
    """A roster of `world`: every seat that can be filled, then the gap rule, then even counts.

    People are seated day by day, those with the fewest duties first and of them the least recently served; the
    repair pass then hands duties on (exchanges.py). Where that leaves a fault, the least recently served first is
    tried as well, and the better roster taken. The same world and seed give the same roster, whatever the order of
    its rows. Owners sit in their personal studio on days they are idle; those duties stay outside the counts.
    """
    empty = Board(world)
    board = _seated(empty.copy(), fewest_duties)
    if _faults(board)[:2] > (0, best_possible(board).spread()):
        board = min(board, _seated(empty, least_recently), key=_faults)
    return _result(world, board, personal_seats(world, board, kept=[]))


def refill(world: World, seats: Iterable[Seat]) -> Result:
    """`seats` of an earlier roster, changed only where `world` no longer allows them or where one stood empty.

    A seat is kept while its person is a member, attached, not away, and the session still wants it. Each empty
    seat is taken by somebody idle that day; only where nobody idle can, the shortest chain of colleagues moves
    within the day. Nothing is evened out. Never raises: what cannot be filled is unfilled, with the reason.
    """
    before = sorted(seats, key=lambda seat: (seat.on, seat.studio, seat.representative or 0))
    personal = [seat for seat in before if seat.studio in world.personal]
    board = Board(world, reserved=frozenset((seat.representative, seat.on) for seat in personal))
    for seat in before:
        if seat.representative is not None and _still_holds(board, seat, seat.representative):
            board.seat(seat.representative, seat.on, seat.studio)
    board.fill(sorted(board.wanted), least_recently, shortest=True)
    return _result(world, board, personal_seats(world, board, kept=personal))


def _seated(board: Board, turn: Turn) -> Board:
    """Seat people by `turn`, then repair until nothing gets better."""
    board.fill(sorted(board.wanted), turn)
    while _mended(board):
        pass
    return board


def _faults(board: Board) -> tuple[int, int, int]:
    """What makes one roster worse than another that fills as many seats: breaches, spread, unevenness."""
    return sum(1 for _ in board.breaches()), board.spread(), sum(load * load for load in board.load.values())


def _mended(board: Board) -> bool:
    """One repair pass; whether it ended with fewer breaches, so that another may help."""
    before = sum(1 for _ in board.breaches())
    keep_gaps(board)
    even_out(board, keep_gaps=True)
    return sum(1 for _ in board.breaches()) < before


def _still_holds(board: Board, seat: Seat, person: int) -> bool:
    if person not in board.able.get((seat.on, seat.studio), ()):
        return False
    return person not in board.spots[seat.on] and board.open_seats(seat.on)[seat.studio] > 0


def _result(world: World, board: Board, personal: list[Seat]) -> Result:
    reasons = Reasons(board)
    too_soon = {(breach.representative, breach.on) for breach in board.breaches()}
    seats = list(personal)
    for day, spots in board.spots.items():
        for person, studio in spots.items():
            reason, breaks = reasons.seated(person, day, studio), (person, day) in too_soon
            seats.append(Seat(day, studio, person, reason, breaks))
        seats += [Seat(day, studio, None, reasons.unfilled(day, studio)) for studio in board.open_seats(day).elements()]
    seats.sort(key=lambda seat: (seat.on, seat.studio, seat.representative or 0))
    breaches = sorted(board.breaches(), key=lambda breach: (breach.on, breach.representative))
    best = best_possible(board)
    return Result(
        seats=tuple(seats),
        breaches=tuple(breaches),
        spread_reached=board.spread(),
        spread_attainable=best.spread(),
        bottleneck=_bottleneck(best),
    )


def _bottleneck(best: Board) -> int | None:
    """The studio that stands in the way: most seats unfilled, else most duties a head among those whose load is
    forced, when even the best roster is uneven by more than one. None when nothing stands in the way."""
    empty: Counter[int] = Counter()
    for day in best.wanted:
        empty += best.open_seats(day)
    if empty:
        return min(empty, key=lambda studio: (-empty[studio], studio))
    if best.spread() <= 1:
        return None
    held, people = forced(best), defaultdict[int, set[int]](set)
    duties: Counter[int] = Counter()
    for day, person in _held(best, held):
        studio = best.spots[day][person]
        duties[studio] += 1
        people[studio].add(person)
    return min(duties, key=lambda studio: (-duties[studio] / len(people[studio]), studio), default=None)


def _held(board: Board, people: set[int]) -> Iterable[tuple[date, int]]:
    return ((day, person) for person in people for day in board.duties[person])
