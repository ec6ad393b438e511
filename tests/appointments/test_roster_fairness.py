"""Counts are as even as they can be, and the bound that says so is proven (domain.md §5)."""

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import assume, given, settings

from appointments.rostering import World, draft
from appointments.rostering.board import Board
from tests.appointments.worlds import FIRST, member, people, saturdays, world, worlds


def _crews(board: Board, day: object) -> list[tuple[int, ...]]:
    """By trying everything: each set of people that fills as many seats of `day` as possible."""
    able = sorted({one for (on, _), people in board.able.items() if on == day for one in people})
    seats = list(board.wanted[day].elements())  # type: ignore[index]
    for size in range(min(len(able), len(seats)), -1, -1):
        crews = [crew for crew in combinations(able, size) if _fits(board, day, crew, seats)]
        if crews:
            return crews
    return []


def _fits(board: Board, day: object, crew: tuple[int, ...], seats: list[int]) -> bool:
    if not crew:
        return True
    return any(
        crew[0] in board.able[day, studio]  # type: ignore[index]
        and _fits(board, day, crew[1:], [*seats[:place], *seats[place + 1 :]])
        for place, studio in enumerate(seats)
    )


def _spreads(of: World, *, keeping_gaps: bool) -> Iterator[int]:
    """The spread of every roster there is that fills as many seats as possible."""
    board = Board(of)
    days = sorted(board.wanted)
    for crews in product(*[_crews(board, day) for day in days]):
        trial = Board(of)
        for day, crew in zip(days, crews, strict=True):
            for person in crew:
                trial.seat(person, day, 0)
        if not keeping_gaps or not list(trial.breaches()):
            yield trial.spread()


@given(worlds(max_members=4))
@settings(max_examples=60, deadline=None)
def test_no_roster_at_all_is_more_even_than_the_bound(of: World) -> None:
    assume(len({session.on for session in of.sessions}) <= 4)
    result = draft(of)
    best = min(_spreads(of, keeping_gaps=not result.breaches))
    assert result.spread_attainable <= best <= result.spread_reached
    if result.breaches or of.gap_weeks <= 1:
        assert result.spread_attainable == best
    if of.gap_weeks <= 1 and not result.breaches:
        assert result.spread_reached == best


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_the_reached_spread_is_never_below_the_bound(of: World) -> None:
    """It may lie above where the gap rule, which comes first, forbids the exchange."""
    result = draft(of)
    assert result.spread_reached >= result.spread_attainable
    if of.gap_weeks <= 1 and not result.breaches:
        assert result.spread_reached == result.spread_attainable


def test_a_quarter_is_shared_evenly() -> None:
    result = draft(world(13, 2, *[member(number, 1, 2) for number in range(1, 9)]))
    assert (result.spread_reached, result.spread_attainable, len(result.breaches)) == (1, 1, 0)


def test_a_small_studio_is_named_as_the_bottleneck() -> None:
    """Two people for studio 1, eight for studio 2: nobody can help, so the bound itself is large."""
    of = world(8, 2, member(1, 1), member(2, 1), *[member(number, 2) for number in range(3, 11)], gap_weeks=1)
    result = draft(of)
    assert (result.spread_reached, result.spread_attainable, result.bottleneck) == (3, 3, 1)


def test_somebody_of_two_studios_helps_where_it_is_tight() -> None:
    of = world(6, 2, member(1, 1), member(2, 1, 2), member(3, 2), member(4, 2), gap_weeks=1)
    result = draft(of)
    assert result.spread_reached == result.spread_attainable
    assert not [seat for seat in result.seats if seat.studio == 2 and seat.representative == 2]


def test_who_served_less_before_serves_more_now() -> None:
    of = world(4, 1, member(1, 1, served=5), member(2, 1, served=3), member(3, 1, served=5), gap_weeks=1)
    assert people(draft(of)).count(2) == 2


def test_a_newcomer_starts_at_the_median() -> None:
    """Nobody lets a newcomer make up for years they were not there."""
    old = [member(number, 1, served=20) for number in (1, 2, 3)]
    fresh = draft(world(8, 1, *old, member(4, 1, is_newcomer=True), gap_weeks=1))
    assert people(fresh).count(4) == 2
    debtor = draft(world(8, 1, *old, member(4, 1), gap_weeks=1))
    assert people(debtor).count(4) == 8


def test_leave_creates_no_debt() -> None:
    days = saturdays(8)
    away = member(1, 1, on_leave=frozenset(days[:4]))
    result = draft(world(8, 1, away, *[member(number, 1) for number in (2, 3, 4)], gap_weeks=1))
    assert people(result).count(1) == 1
    before = member(1, 1, served=0, share_on_leave=1.0)
    colleagues = [member(number, 1, served=2) for number in (2, 3, 4)]
    assert people(draft(world(8, 1, before, *colleagues, gap_weeks=1))).count(1) == 2


def test_least_recently_served_comes_first() -> None:
    last = [FIRST.replace(month=8, day=day) for day in (22, 1, 15)]
    of = world(3, 1, *[member(number, 1, last_on=day) for number, day in enumerate(last, 1)])
    assert people(draft(of)) == [2, 3, 1]
