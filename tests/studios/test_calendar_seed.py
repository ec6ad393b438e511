"""A fresh database knows the announced years, and that the next one is not announced."""

from datetime import date

import pytest

from studios.models import CalendarYear
from studios.services import load_calendar, seed_calendar_years


@pytest.mark.parametrize(
    ("day", "is_workday"),
    [
        (date(2026, 2, 14), True),
        (date(2026, 2, 28), True),
        (date(2026, 5, 9), True),
        (date(2026, 10, 10), True),
        (date(2026, 1, 3), False),
        (date(2026, 2, 21), False),
        (date(2026, 4, 4), False),
        (date(2026, 9, 27), False),
        (date(2026, 11, 24), True),
        (date(2026, 11, 28), False),
    ],
)
def test_the_traps_of_2026(db: None, day: date, *, is_workday: bool) -> None:
    assert load_calendar().is_workday(day) is is_workday


def test_2027_is_provisional(db: None) -> None:
    calendar = load_calendar()
    assert calendar.is_provisional(date(2027, 1, 4))
    assert not calendar.is_provisional(date(2026, 12, 31))


def test_seeding_again_changes_nothing(db: None) -> None:
    before = load_calendar()
    assert seed_calendar_years(first=2024, last=2027) == [2027]
    assert load_calendar() == before
    assert CalendarYear.objects.count() == 4
