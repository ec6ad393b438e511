"""A person's duties lie at least the gap apart wherever that is possible (domain.md §5)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings

from appointments.rostering import Breach, Member, Result, World, draft
from tests.appointments.worlds import FIRST, member, people, saturdays, world, worlds


def _duties(of: World, result: Result) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {one.id: [one.last_on] if one.last_on else [] for one in of.members}
    for seat in result.seats:
        if seat.representative and not seat.is_personal:
            found[seat.representative].append(seat.on)
    return found


def _too_soon(days: list[date], weeks: int) -> int:
    days = sorted(days)
    return sum(later - day < timedelta(weeks=weeks) for day, later in zip(days, days[1:], strict=False))


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_every_breach_is_told(of: World) -> None:
    result = draft(of)
    duties = _duties(of, result)
    for person, days in duties.items():
        assert _too_soon(days, of.gap_weeks) == sum(breach.representative == person for breach in result.breaches)
    flagged = {(seat.representative, seat.on) for seat in result.seats if seat.breaks_gap}
    assert flagged == {(breach.representative, breach.on) for breach in result.breaches}


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_nobody_sits_too_soon_while_somebody_else_could(of: World) -> None:
    result = draft(of)
    duties = _duties(of, result)
    busy = {(seat.representative, seat.on) for seat in result.seats if not seat.is_personal}
    where = {(seat.representative, seat.on): seat.studio for seat in result.seats if not seat.is_personal}
    for breach in result.breaches:
        studio = where[breach.representative, breach.on]
        for one in of.members:
            if studio in one.studios and not one.is_away(breach.on) and (one.id, breach.on) not in busy:
                days = duties[one.id]
                assert _too_soon([*days, breach.on], of.gap_weeks) > _too_soon(days, of.gap_weeks)


@given(worlds())
@settings(max_examples=50, deadline=None)
def test_one_more_person_never_makes_gaps_worse_without_need(of: World) -> None:
    """In one studio that everybody can come to; a seat more that is filled is the only excuse."""
    studio, days = 1, sorted({session.on for session in of.sessions})
    alike = [Member(one.id, one.name, frozenset({studio}), last_on=one.last_on) for one in of.members]
    few = replace(world(len(days), 1, *alike), gap_weeks=of.gap_weeks)
    more = replace(few, members=(*few.members, member(99, studio)))
    without, result = draft(few), draft(more)
    if len(without.unfilled) == len(result.unfilled):
        assert len(result.breaches) <= len(without.breaches)
        before, after = _duties(few, without), _duties(more, result)
        assert max(_too_soon(after[one.id], of.gap_weeks) for one in alike) <= max(
            _too_soon(days, of.gap_weeks) for days in before.values()
        )


def test_three_people_keep_three_weeks() -> None:
    assert not draft(world(9, 1, *[member(number, 1) for number in (1, 2, 3)])).breaches


def test_a_seat_is_filled_even_when_it_comes_too_soon() -> None:
    result = draft(world(2, 1, member(1, 1)))
    assert people(result) == [1, 1]
    assert result.breaches == (Breach(1, FIRST, saturdays(2)[1]),)


def test_the_last_duty_before_the_roster_counts() -> None:
    of = world(1, 1, member(1, 1, last_on=FIRST - timedelta(weeks=2)), member(2, 1, served=4))
    assert people(draft(of)) == [2]


def test_duties_are_traded_in_a_circle_where_nobody_is_free() -> None:
    """Leave makes the easy order break the gap: 1 and 2 must trade their later duties."""
    days = saturdays(4)
    one = member(1, 1, on_leave=frozenset({days[0]}))
    two = member(2, 1, on_leave=frozenset({days[3]}))
    result = draft(world(4, 1, one, two, gap_weeks=2))
    assert people(result) == [2, 1, 2, 1]
    assert not result.breaches
