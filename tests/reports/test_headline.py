"""The headline is what a naive count over the same rows gives, for every scope and period (domain.md §8)."""

from datetime import date
from decimal import Decimal

import pytest

from reports.headline import KEYS, headline
from reports.rows import Rows
from reports.stats import count, total
from studios.measures import Span
from studios.rates import percent
from tests.cast import Cast
from tests.reports.naive import naive_headline
from tests.reports.worlds import random_world

TODAY = date(2027, 1, 1)
SOURCES = 5
"""Seats, appointments, visits, cases, ratings: one query each."""
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31), TODAY)
PERIODS = [
    YEAR,
    Span(date(2026, 3, 1), date(2026, 6, 30), TODAY),
    Span(date(2026, 1, 10), date(2026, 1, 10), TODAY),
    Span(date(2025, 1, 1), date(2025, 12, 31), TODAY),
]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("period", PERIODS, ids=lambda period: f"{period.first}")
def test_a_county_counts_its_own_rows(cast: Cast, seed: int, period: Span) -> None:
    world = random_world(cast, seed)
    expected = naive_headline(world, period.first, period.last, lambda town: town.county_id == cast.county.pk)
    assert headline(Rows.of_county(cast.county), period).as_json() == expected
    assert headline(Rows.visible_to(cast.leader), period).as_json() == expected
    assert headline(Rows.visible_to(cast.county_office), period).as_json() == expected


@pytest.mark.parametrize("seed", range(3))
def test_a_delegation_office_counts_its_own_town_alone(cast: Cast, seed: int) -> None:
    world = random_world(cast, seed)
    expected = naive_headline(world, YEAR.first, YEAR.last, lambda town: town == cast.town)
    assert headline(Rows.visible_to(cast.town_office), YEAR).as_json() == expected
    assert expected != naive_headline(world, YEAR.first, YEAR.last, lambda town: True)


def test_the_stranger_counts_another_county(cast: Cast) -> None:
    world = random_world(cast, 1)
    expected = naive_headline(world, YEAR.first, YEAR.last, lambda town: town.county_id != cast.county.pk)
    assert headline(Rows.visible_to(cast.stranger), YEAR).as_json() == expected


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
    random_world(cast, 1, size=3)
    rows = Rows.of_county(cast.county)
    with django_assert_num_queries(SOURCES):  # type: ignore[operator]
        headline(rows, YEAR)
    random_world(cast, 2, size=12)
    with django_assert_num_queries(SOURCES):  # type: ignore[operator]
        headline(rows, YEAR)
