"""The months and quarters of the calendar: they hold their day, begin and end with it, and adjoin."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from studios.calendar import month_bounds, quarter_bounds

ONE_DAY = timedelta(days=1)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


@given(day=DAYS)
def test_a_month_holds_its_day_and_no_day_of_another(day: date) -> None:
    first, last = month_bounds(day)
    assert first <= day <= last
    assert {(one.year, one.month) for one in (first, last)} == {(day.year, day.month)}
    assert first.day == 1
    assert (last + ONE_DAY).day == 1


@given(day=DAYS)
def test_months_adjoin(day: date) -> None:
    first, last = month_bounds(day)
    assert month_bounds(first - ONE_DAY)[1] == first - ONE_DAY
    assert month_bounds(last + ONE_DAY)[0] == last + ONE_DAY


@given(day=DAYS)
def test_a_quarter_is_three_months(day: date) -> None:
    first, last = quarter_bounds(day)
    second = month_bounds(first)[1] + ONE_DAY
    third = month_bounds(second)[1] + ONE_DAY
    assert first <= day <= last == month_bounds(third)[1]
    assert (first.day, first.month % 3) == (1, 1)


def test_the_last_month_a_date_can_name_has_an_end() -> None:
    assert month_bounds(date.max) == (date(9999, 12, 1), date.max)
