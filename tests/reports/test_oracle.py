"""Every measure and ratio agrees with a naive count, on random worlds, for every dimension, scope, period and as-of day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from django.db import connection, transaction

from reports.rows import Rows
from reports.stats import MEASURES, PLACE_OF, RATIOS, count, total, value
from studios.measures import Span
from tests.reports import naive
from tests.reports.stage import Reader, Stage, built_stage
from tests.reports.world import World
from tests.reports.worlds import world_on

WORLDS, CHUNK = 200 if connection.vendor == "sqlite" else 40, 10
"""All of them on SQLite, which counts them in half the time; enough on PostgreSQL to show that it counts the same."""
LOOKS = 2
"""How often each world is looked at, each time by somebody else, over another span, by another dimension."""
DIMENSIONS = sorted({name for place in PLACE_OF.values() for name in place.source.dimensions})
SPANS = (
    Span(date(2026, 1, 1), date(2026, 12, 31), date(2027, 6, 1)),
    Span(date(2025, 12, 1), date(2026, 1, 31), date(2027, 6, 1)),
    Span(date(2025, 11, 1), date(2026, 12, 31), date(2026, 7, 1)),
    Span(date(2026, 3, 1), date(2026, 9, 30), date(2026, 9, 30)),
    Span(date(2000, 1, 1), date(2026, 6, 30), date(2026, 8, 15)),
    Span(date(2026, 5, 1), date(2026, 5, 31), date(2026, 4, 1)),
    Span(date(2026, 5, 2), date(2026, 5, 1), date(2026, 12, 1)),
)
EMPTY = SPANS[-2:]


@pytest.mark.parametrize("first", range(0, WORLDS, CHUNK))
def test_worlds_agree(db: None, first: int) -> None:
    stage, readers = built_stage()
    for seed in range(first, first + CHUNK):
        with transaction.atomic():
            _agrees(world_on(stage, seed), stage, readers, Random(seed))
            transaction.set_rollback(True)


def _agrees(world: World, stage: Stage, readers: list[Reader], random: Random) -> None:
    for reader in random.sample(readers, LOOKS):
        span, by = _some_span(world, random), random.choice([(), *((name,) for name in DIMENSIONS)])
        keys = [key for key, place in PLACE_OF.items() if {*by} <= {*place.source.dimensions}]
        found = count(Rows.visible_to(reader.user), span, keys, by=by)
        expected = naive.naive_count(world, span, keys, by, reader.sees)
        assert _without_zeros(found) == expected, (span, by, reader)
        for numbers in (*found.values(), total(found)):
            rates = {name: value(numbers, name).rate for name in RATIOS}
            assert rates == {name: naive.naive_rate(numbers, name) for name in RATIOS}


def _some_span(world: World, random: Random) -> Span:
    """One of the spans, every other time as of a day on which something of this world was due or done."""
    span, cases = random.choice(SPANS), world.cases
    days = [
        day for case in cases for day in (case.due_on, case.original_due_on, case.replied_on, case.promise_on) if day
    ]
    days += [row.sign_due_on for row in world.assignments if row.sign_due_on]
    days += [seat.appointment.held_on for seat in world.attendances]
    return replace(span, as_of=random.choice(days)) if random.random() < 0.5 and days else span


def _without_zeros(found: Mapping[tuple[object, ...], Counter[str]]) -> dict[tuple[object, ...], Counter[str]]:
    return {group: +numbers for group, numbers in found.items() if +numbers}


def test_nothing_is_left_out() -> None:
    assert set(naive.COUNTS) == set(MEASURES)
    assert {key: (ratio.numerator, ratio.denominator) for key, ratio in RATIOS.items()} == naive.RATIOS


def test_the_worlds_have_all_of_it(db: None) -> None:
    """No measure is zero everywhere: the agreement says something about each of them."""
    stage, readers = built_stage()
    seen: Counter[str] = Counter()
    for seed in range(5):
        with transaction.atomic():
            world = world_on(stage, seed, size=70)
            seen += total(naive.naive_count(world, SPANS[0], naive.COUNTS, (), readers[0].sees))
            transaction.set_rollback(True)
    assert not set(naive.COUNTS) - set(seen)


@pytest.mark.parametrize("span", EMPTY, ids=["not yet come", "ends before it begins"])
def test_a_span_without_days_counts_nothing(db: None, span: Span) -> None:
    stage, readers = built_stage()
    world_on(stage, 1)
    numbers = total(count(Rows.visible_to(readers[0].user), span, MEASURES))
    assert not {key for key in +numbers if not key.startswith("studios_")}
    assert value(numbers, "closing").words == "—"
