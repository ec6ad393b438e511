"""Worlds for the roster tests: a few studios and people, days away, what they served before."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import strategies as st

from appointments.rostering import Member, Result, Session, World

FIRST = date(2026, 10, 10)


def saturdays(count: int) -> list[date]:
    return [FIRST + timedelta(weeks=week) for week in range(count)]


def world(
    weeks: int,
    studios: Mapping[int, int] | int,
    *members: Member,
    personal: Mapping[int, int | None] | None = None,
    **facts: object,
) -> World:
    """`studios` maps each studio to the people wanted a session, or counts studios 1, 2, … of one seat."""
    wanted = studios if isinstance(studios, Mapping) else dict.fromkeys(range(1, studios + 1), 1)
    days = saturdays(weeks)
    sessions = [Session(day, studio, seats) for day in days for studio, seats in wanted.items()]
    sessions += [Session(day, studio) for day in days for studio in personal or {}]
    return World(tuple(sessions), members, personal or {}, **facts)  # type: ignore[arg-type]


def member(number: int, *studios: int, **facts: object) -> Member:
    return Member(number, f"代表{number}", frozenset(studios), **facts)  # type: ignore[arg-type]


def people(result: Result) -> list[int | None]:
    return [seat.representative for seat in result.seats]


@st.composite
def worlds(draw: st.DrawFn, *, max_members: int = 9) -> World:
    """Any small world, mostly tight: more seats than people can easily fill."""
    days = saturdays(draw(st.integers(1, 9)))
    studios = list(range(1, draw(st.integers(1, 4)) + 1))
    some_days = st.frozensets(st.sampled_from(days), max_size=3)
    before = st.none() | st.integers(1, 8).map(lambda weeks: FIRST - timedelta(weeks=weeks))
    members = [
        Member(
            number,
            f"代表{number}",
            draw(st.frozensets(st.sampled_from(studios), min_size=1, max_size=2)),
            served=draw(st.integers(0, 4)),
            last_on=draw(before),
            on_leave=draw(some_days),
            busy=draw(some_days),
            is_newcomer=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(0, max_members)) + 1)
    ]
    owners = [one.id for one in members]
    personal = {90: draw(st.sampled_from(owners))} if owners and draw(st.booleans()) else {}
    sessions = [Session(day, studio, draw(st.integers(1, 2))) for day in days for studio in studios]
    sessions += [Session(day, studio) for day in days for studio in personal]
    return World(
        tuple(sessions), tuple(members), personal, gap_weeks=draw(st.integers(0, 4)), seed=draw(st.integers(0, 3))
    )
