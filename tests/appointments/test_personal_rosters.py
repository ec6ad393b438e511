"""Personal studios stay outside the fairness pool; their owner still keeps one duty a day (domain.md §5)."""

from datetime import timedelta

from hypothesis import given, settings

from appointments.rostering import World, draft
from tests.appointments.worlds import FIRST, member, people, saturdays, world, worlds

OWN = 90


def test_the_owner_comes_every_three_weeks() -> None:
    result = draft(world(7, {}, member(1), personal={OWN: 1}))
    assert [seat.on for seat in result.seats] == saturdays(7)[::3]
    assert {seat.reason for seat in result.seats} == {"个人工作室由本人值班，每 3 周一次"}
    assert (result.spread_reached, result.spread_attainable) == (0, 0)


def test_counted_from_the_last_time() -> None:
    of = world(4, {}, member(1), personal={OWN: 1}, last_personal={OWN: FIRST - timedelta(weeks=1)})
    assert [seat.on for seat in draft(of).seats] == [saturdays(4)[2]]


def test_the_pool_comes_first_and_the_owner_another_week() -> None:
    result = draft(world(2, 1, member(1, 1), member(2, 1), personal={OWN: 1}))
    days = {seat.on for seat in result.seats if seat.is_personal}
    assert days and not days & {seat.on for seat in result.seats if seat.studio == 1 and seat.representative == 1}
    assert None not in people(result)


def test_duties_there_change_no_count() -> None:
    crew = [member(number, 1) for number in (1, 2, 3)]
    with_own, without = draft(world(6, 1, *crew, personal={OWN: 1})), draft(world(6, 1, *crew))
    assert with_own.spread_reached == without.spread_reached
    assert [seat for seat in with_own.seats if not seat.is_personal] == list(without.seats)


def test_without_an_active_owner_it_says_so() -> None:
    assert [(seat.representative, seat.reason) for seat in draft(world(3, {}, personal={OWN: None})).seats] == [
        (None, "这个个人工作室没有在任的代表")
    ]


def test_an_owner_who_is_away_throughout() -> None:
    away = member(1, on_leave=frozenset(saturdays(3)))
    assert [seat.reason for seat in draft(world(3, {}, away, personal={OWN: 1})).seats] == [
        "本人整个期间请假或另有安排"
    ]


@given(worlds())
@settings(max_examples=50, deadline=None)
def test_at_most_once_a_gap_in_any_world(of: World) -> None:
    days = [seat.on for seat in draft(of).seats if seat.is_personal and seat.representative]
    assert all(later - day >= timedelta(weeks=of.gap_weeks) for day, later in zip(days, days[1:], strict=False))
