"""After a leave only what must change changes (domain.md §5)."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from appointments.rostering import Seat, World, draft, refill
from tests.appointments.test_roster_rules import assert_lawful, most_fillable
from tests.appointments.worlds import FIRST, member, people, saturdays, world, worlds


def _without(of: World, person: int) -> World:
    """`person` leaves office."""
    personal = {studio: None if owner == person else owner for studio, owner in of.personal.items()}
    return replace(of, members=tuple(one for one in of.members if one.id != person), personal=personal)


def _keys(seats: tuple[Seat, ...]) -> set[tuple[object, int, int | None]]:
    return {(seat.on, seat.studio, seat.representative) for seat in seats}


@given(worlds())
@settings(max_examples=50, deadline=None)
def test_a_roster_that_holds_stays_as_it_is(of: World) -> None:
    result = draft(of)
    assert refill(of, result.seats).hash == result.hash


@given(worlds(), st.data())
@settings(max_examples=60, deadline=None)
def test_who_falls_out_is_replaced_and_nothing_else_moves_without_need(of: World, data: st.DataObject) -> None:
    assume(of.members)
    gone = data.draw(st.sampled_from([one.id for one in of.members]))
    before, later = draft(of), _without(of, gone)
    after = refill(later, before.seats)
    assert_lawful(later, after)
    vacated = {seat.on for seat in before.seats if seat.representative == gone}
    lost = {key for key in _keys(before.seats) - _keys(after.seats) if key[2] not in {gone, None}}
    assert {key[0] for key in lost} <= vacated
    sitting = {(seat.on, seat.representative) for seat in after.seats}
    assert all((on, person) in sitting for on, _studio, person in lost)
    for on, studio, _person in lost:  # a colleague moved: nobody idle could take a vacated seat itself
        idle = [
            one
            for one in later.members
            if not one.is_away(on) and (on, one.id) not in {(seat.on, seat.representative) for seat in before.seats}
        ]
        free = {seat.studio for seat in before.seats if seat.on == on and seat.representative == gone}
        free -= {studio}
        assert not any(one.studios & free for one in idle)
    for day in vacated:
        filled = [seat for seat in after.seats if seat.on == day and seat.representative and not seat.is_personal]
        held_by_owners = {(seat.on, seat.representative) for seat in after.seats if seat.is_personal}
        if not any(on == day for on, _ in held_by_owners):
            assert len(filled) == most_fillable(later, day)


def test_a_leave_of_one_day_changes_one_seat() -> None:
    of = world(6, 1, *[member(number, 1) for number in range(1, 5)])
    before = draft(of)
    seat = before.seats[2]
    away = [replace(one, on_leave=frozenset({seat.on})) if one.id == seat.representative else one for one in of.members]
    after = refill(replace(of, members=tuple(away)), before.seats)
    changed = [
        (old, new)
        for old, new in zip(before.seats, after.seats, strict=True)
        if old.representative != new.representative
    ]
    assert len(changed) == 1
    assert changed[0][1].representative not in {None, seat.representative}


def test_a_colleague_moves_only_where_nobody_idle_can() -> None:
    """1 falls out of studio 1; only 2, who sits in studio 2, can come, and 3 takes over there."""
    before = (Seat(FIRST, 1, 1), Seat(FIRST, 2, 2))
    after = refill(world(1, 2, member(2, 1, 2), member(3, 2)), before)
    assert people(after) == [2, 3]


def test_a_seat_nobody_can_take_stays_empty_with_the_reason() -> None:
    days = saturdays(1)
    of = world(1, 1, member(1, 1, on_leave=frozenset(days)))
    after = refill(of, (Seat(days[0], 1, 1),))
    assert [(seat.representative, seat.reason) for seat in after.seats] == [(None, "这天 1 位代表都不能到：1 人请假")]


def test_a_seat_given_twice_is_kept_once() -> None:
    after = refill(world(1, 2, member(1, 1, 2)), (Seat(FIRST, 1, 1), Seat(FIRST, 2, 1)))
    assert people(after) == [1, None]


def test_the_owner_keeps_the_day_in_the_personal_studio() -> None:
    of = world(1, 1, member(1, 1), personal={90: 1})
    after = refill(of, (Seat(FIRST, 90, 1, is_personal=True), Seat(FIRST, 1, 2)))
    assert {(seat.studio, seat.representative) for seat in after.seats} == {(90, 1), (1, None)}
