"""No hard rule is broken in any world, and every seat that can be filled is filled (domain.md §5)."""

from collections import Counter
from functools import lru_cache

from hypothesis import given, settings

from appointments.rostering import Result, World, draft
from tests.appointments.worlds import member, people, saturdays, world, worlds


def assert_lawful(of: World, result: Result) -> None:
    """The hard rules, checked from the input alone."""
    members = {one.id: one for one in of.members}
    wanted = Counter()
    for session in of.sessions:
        if session.studio not in of.personal:
            wanted[session.on, session.studio] += session.seats
    assert Counter((seat.on, seat.studio) for seat in result.seats if not seat.is_personal) == wanted
    taken = [seat for seat in result.seats if seat.representative is not None]
    assert max(Counter((seat.on, seat.representative) for seat in taken).values(), default=0) <= 1
    for seat in taken:
        assert seat.representative is not None
        one = members[seat.representative]
        assert seat.on not in one.on_leave | one.busy
        assert seat.studio in one.studios or of.personal[seat.studio] == one.id
    assert all(seat.reason for seat in result.seats)


def most_fillable(of: World, day: object) -> int:
    """By trying everything: the most seats of one day that people can take."""
    seats = [s.studio for s in of.sessions if s.on == day and s.studio not in of.personal for _ in range(s.seats)]
    able = [one for one in of.members if day not in one.on_leave | one.busy]

    @lru_cache(None)
    def best(place: int, used: int) -> int:
        if place == len(seats):
            return 0
        choices = [best(place + 1, used)]
        for number, one in enumerate(able):
            if seats[place] in one.studios and not used & 1 << number:
                choices.append(1 + best(place + 1, used | 1 << number))
        return max(choices)

    return best(0, 0)


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_no_hard_rule_is_broken_in_any_world(of: World) -> None:
    assert_lawful(of, draft(of))


@given(worlds(max_members=6))
@settings(max_examples=50, deadline=None)
def test_every_seat_that_can_be_filled_is_filled(of: World) -> None:
    result = draft(of)
    for day in {session.on for session in of.sessions}:
        filled = [s for s in result.seats if s.on == day and s.representative and not s.is_personal]
        assert len(filled) == most_fillable(of, day)


def test_somebody_moves_so_that_both_studios_open() -> None:
    """Only 1 can sit in studio 2; 2 goes to studio 1, whoever served longer ago."""
    of = world(1, 2, member(1, 1, 2), member(2, 1, served=9))
    assert {(seat.studio, seat.representative) for seat in draft(of).seats} == {(1, 2), (2, 1)}


def test_two_seats_take_two_people() -> None:
    assert sorted(str(who) for who in people(draft(world(1, {1: 2}, member(1, 1), member(2, 1))))) == ["1", "2"]


def test_nobody_at_all() -> None:
    result = draft(world(2, 1))
    assert people(result) == [None, None]
    assert (result.spread_reached, result.spread_attainable, result.bottleneck) == (0, 0, 1)
    assert not draft(world(0, 1, member(1, 1))).seats
    assert saturdays(0) == []
