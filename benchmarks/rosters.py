"""One quarter's rosters of a county: 31 delegations, 266 studios, 1,639 people (budget ≤ 2 s, spread = the bound).

The worlds are invented, seeded, and as uneven as a county: people of one or two studios, leave, other appointments,
duties served before. Loading is timed apart, on the demonstration county.
"""

import random
import time
from datetime import date, timedelta

from accounts.models import Organization
from appointments.rostering import Member, Result, Session, World, draft
from appointments.worlds import Terms, load_plans

DELEGATIONS, POOL, PERSONAL, PEOPLE = 31, 245, 21, 1_639
FIRST = date(2026, 10, 10)
DAYS = [FIRST + timedelta(weeks=week) for week in range(13)]
BUDGET = 2.0


def measure_rosters() -> None:
    """Draft every roster twice; prints seconds, spreads and whether the hashes agree; asserts nothing."""
    worlds = _worlds(random.Random(2026))  # noqa: S311 - a seeded shuffle, not a secret
    started = time.perf_counter()
    results = [draft(world) for world in worlds]
    seconds = time.perf_counter() - started
    again = [draft(world) for world in worlds]
    even = sum(result.spread_reached == result.spread_attainable for result in results)
    seats = sum(len(result.seats) for result in results)
    print(f"\nrosters of a quarter: {DELEGATIONS} delegations, {POOL + PERSONAL} studios, {PEOPLE:,} people")
    print(f"{seats:,} seats drafted in {seconds:.2f} s (budget ≤ {BUDGET:.0f} s)")
    print(f"spread = the attainable bound in {even} of {DELEGATIONS} delegations; {_count(results)}")
    print(f"same hash twice: {[one.hash for one in results] == [one.hash for one in again]}")
    _measure_loading()


def _count(results: list[Result]) -> str:
    unfilled = sum(len(result.unfilled) for result in results)
    breaches = sum(len(result.breaches) for result in results)
    return f"{unfilled} seats unfilled, {breaches} gaps too short"


def _measure_loading() -> None:
    county = Organization.objects.counties().order_by("pk").first()
    assert county is not None
    delegations = list(Organization.objects.delegations().filter(county=county))
    terms = Terms(date(2027, 1, 1), date(2027, 3, 31))
    started = time.perf_counter()
    plans = load_plans(county, delegations, terms)
    people = sum(len(plan.people) for plan in plans)
    print(f"loading the demonstration county ({people:,} people): {time.perf_counter() - started:.2f} s")


def _worlds(dice: random.Random) -> list[World]:
    worlds, person, studio = [], 0, 0
    for number in range(DELEGATIONS):
        pool = list(range(studio + 1, studio + 1 + _share(POOL, number)))
        own = list(range(pool[-1] + 1, pool[-1] + 1 + _share(PERSONAL, number)))
        members = [_member(person + place, place, pool, dice) for place in range(1, _share(PEOPLE, number) + 1)]
        sessions = tuple(Session(day, one) for day in DAYS for one in pool + own)
        owners = {one: members[place].id for place, one in enumerate(own)}
        worlds.append(World(sessions, tuple(members), owners))
        person, studio = members[-1].id, (pool + own)[-1]
    return worlds


def _share(total: int, number: int) -> int:
    return total // DELEGATIONS + (number < total % DELEGATIONS)


def _member(key: int, place: int, pool: list[int], dice: random.Random) -> Member:
    """Everybody belongs to one studio, every third to a second one."""
    studios = {pool[place % len(pool)]} | ({dice.choice(pool)} if place % 3 == 0 else set())
    return Member(
        id=key,
        name=f"演示{key}",
        studios=frozenset(studios),
        served=dice.randint(6, 8),
        last_on=FIRST - timedelta(weeks=dice.randint(1, 8)),
        on_leave=frozenset(day for day in DAYS if dice.random() < 0.05),
        busy=frozenset(day for day in DAYS if dice.random() < 0.03),
    )
