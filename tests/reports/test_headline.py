"""The headline is what a naive count over the same rows gives, for every scope and period (domain.md §8)."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from reports.headline import KEYS, headline
from reports.rows import Rows
from reports.stats import MEASURES, PLACES, count, total
from studios.measures import Span
from studios.rates import percent
from tests.cast import Cast
from tests.reports.naive import naive_count, naive_rate
from tests.reports.naive_days import Row
from tests.reports.stage import stage_of
from tests.reports.world import World
from tests.reports.worlds import random_world, world_on

TODAY = date(2027, 1, 1)
SOURCES = 5
"""Seats, appointments, visits, cases, ratings: one query each."""
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31), TODAY)
PERIODS = [
    YEAR,
    Span(date(2026, 3, 1), date(2026, 6, 30), TODAY),
    Span(date(2026, 1, 10), date(2026, 1, 10), TODAY),
    Span(date(2024, 1, 1), date(2024, 12, 31), TODAY),
]


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: f"{period.first}")
def test_a_county_counts_its_own_rows(cast: Cast, period: Span) -> None:
    world = random_world(cast, 3)
    expected = _expected(world, period, lambda row: row.county_id == cast.county.pk)
    assert headline(Rows.of_county(cast.county), period).as_json() == expected
    assert headline(Rows.visible_to(cast.leader), period).as_json() == expected
    assert headline(Rows.visible_to(cast.county_office), period).as_json() == expected


def test_a_delegation_office_counts_its_own_town_alone(cast: Cast) -> None:
    world = random_world(cast, 2)
    expected = _expected(world, YEAR, lambda row: row.delegation_id == cast.town.pk)
    assert headline(Rows.visible_to(cast.town_office), YEAR).as_json() == expected
    assert expected != _expected(world, YEAR, lambda row: True)


def test_the_stranger_counts_another_county(cast: Cast) -> None:
    world = random_world(cast, 1)
    expected = _expected(world, YEAR, lambda row: row.county_id != cast.county.pk)
    assert headline(Rows.visible_to(cast.stranger), YEAR).as_json() == expected


def _expected(world: World, span: Span, sees: Callable[[Row], bool]) -> dict[str, object]:
    """The ten figures operators read, counted the slow way."""
    numbers = naive_count(world, span, KEYS, (), sees).get((), Counter())
    closing, satisfaction = naive_rate(numbers, "closing"), naive_rate(numbers, "satisfaction")
    return {
        "regular_attendances": numbers["regular_attendances"],
        "themed_held": numbers["themed_held"],
        "collective_held": numbers["collective_held"],
        "people_met": numbers["people_received"] + numbers["events_with_people"],
        "onsite_handled": numbers["onsite_handled"],
        "suggestions_accepted": numbers["accepted"],
        "suggestions_closed": numbers["closed"],
        "closing_rate": None if closing is None else float(closing),
        "satisfaction_rate": None if satisfaction is None else float(satisfaction),
        "satisfaction_n": numbers["evaluated_outcome_all_final"],
    }


def test_who_sees_nothing_counts_nothing(cast: Cast) -> None:
    random_world(cast, 1)
    for user in (cast.admin, cast.auditor, cast.nobody):
        assert not any(headline(Rows.visible_to(user), YEAR).numbers.values())


def test_the_parts_add_up_to_the_whole(cast: Cast) -> None:
    random_world(cast, 2)
    rows = Rows.visible_to(cast.leader)
    parts = count(rows, YEAR, KEYS, by=("delegation",))
    assert {delegation for (delegation,) in parts} == {cast.town.pk, cast.other_town.pk}
    assert total(parts) == headline(rows, YEAR).numbers


def test_rates_round_half_up_and_need_a_denominator() -> None:
    assert percent(1072, 1391) == Decimal("77.07")
    assert percent(1, 800) == Decimal("0.13")  # 0.125
    assert percent(3, 800) == Decimal("0.38")  # 0.375: half up, not half even
    assert percent(2, 3) == Decimal("66.67")
    assert percent(0, 7) == Decimal("0.00")
    assert percent(0, 0) is None


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_num_queries: object) -> None:
    stage = stage_of(cast)
    world_on(stage, 1, size=3)
    asks_tallies = connection.vendor == "postgresql"
    with django_assert_num_queries(SOURCES + asks_tallies):  # type: ignore[operator]
        headline(Rows.of_county(cast.county), YEAR)
    world_on(stage, 2, size=36)
    rows = Rows.of_county(cast.county)
    with django_assert_num_queries(SOURCES + asks_tallies):  # type: ignore[operator]
        headline(rows, YEAR)
    with django_assert_num_queries(len(PLACES)):  # type: ignore[operator]
        count(rows, YEAR, MEASURES, by=("delegation",))
