"""Personal studios: their owner sits there every gap at most, outside the fairness pool (domain.md §5)."""

from collections.abc import Iterable
from datetime import date, timedelta

from appointments.rostering.board import Board
from appointments.rostering.facts import Seat, World


def personal_seats(world: World, board: Board, *, kept: Iterable[Seat]) -> list[Seat]:
    """The owner's seats, at least a gap apart, on session days the owner is neither away nor on duty elsewhere.

    `kept` seats that are still possible stay where they are. A studio whose owner never can, or that has no
    active owner, gets one unfilled seat on its first day, which says so.
    """
    days: dict[int, list[date]] = {}
    for session in world.sessions:
        if session.studio in world.personal:
            days.setdefault(session.studio, []).append(session.on)
    before = list(kept)
    seats: list[Seat] = []
    for studio, own in sorted(days.items()):
        fixed = [seat.on for seat in before if seat.studio == studio and seat.representative == world.personal[studio]]
        seats += _of_studio(world, board, studio, sorted(set(own)), fixed)
    return seats


def _of_studio(world: World, board: Board, studio: int, days: list[date], fixed: list[date]) -> list[Seat]:
    owner = world.personal[studio]
    if owner is None or owner not in board.members:
        return [_unfilled(days[0], studio, "这个个人工作室没有在任的代表")]
    person = board.members[owner]
    free = [day for day in days if not person.is_away(day) and owner not in board.spots.get(day, {})]
    gap = max(timedelta(weeks=world.gap_weeks), timedelta(days=1))
    last = world.last_personal.get(studio)
    chosen = sorted(set(fixed) & set(free))
    for day in free:
        if (last is None or day - last >= gap) and all(abs(day - other) >= gap for other in chosen):
            chosen.append(day)
    if not chosen and (due := [day for day in days if last is None or day - last >= gap]):
        return [_unfilled(due[0], studio, "本人整个期间请假或另有安排")]
    reason = f"个人工作室由本人值班，每 {world.gap_weeks} 周一次"
    return [Seat(day, studio, owner, reason, is_personal=True) for day in sorted(chosen)]


def _unfilled(day: date, studio: int, reason: str) -> Seat:
    return Seat(day, studio, None, reason, is_personal=True)
