"""The offices' own clocks: working days, told before they end, over years of calendars (domain.md §6.1)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studios.calendar import OfficeCalendar
from studios.enums import HolidayKind
from suggestions.deadlines import Rules
from suggestions.enums import State
from suggestions.windows import (
    OFFICE_CLOCKS,
    Window,
    accept_window,
    assign_window,
    evaluation_window,
    reject_window,
    return_window,
    review_window,
    sign_window,
    window_light,
)
from tests.suggestions.calendars import calendars, days, rules

MONDAY = date(2026, 11, 23)
ANNOUNCED = OfficeCalendar(announced_years=frozenset({2026, 2027}))
Begin = Callable[[date, Rules, OfficeCalendar], Window]
WORKDAY_WINDOWS: list[tuple[Begin, str]] = [
    (accept_window, "accept_days"),
    (reject_window, "reject_days"),
    (assign_window, "assign_days"),
    (sign_window, "sign_days"),
    (return_window, "return_days"),
    (review_window, "review_days"),
]


@pytest.mark.parametrize(("window_of", "setting"), WORKDAY_WINDOWS)
@given(day=days, rule=rules, calendar=calendars)
def test_a_window_is_that_many_workdays_long(
    window_of: Begin, setting: str, day: date, rule: Rules, calendar: OfficeCalendar
) -> None:
    window = window_of(day, rule, calendar)
    inside = [day + timedelta(days=n) for n in range(1, (window.ends_on - day).days + 1)]
    assert sum(map(calendar.is_workday, inside)) == getattr(rule, setting)
    assert calendar.is_workday(window.ends_on)
    assert window_of(day + timedelta(days=1), rule, calendar).ends_on >= window.ends_on


@given(day=days, rule=rules, calendar=calendars)
def test_the_rating_window_counts_every_day(day: date, rule: Rules, calendar: OfficeCalendar) -> None:
    assert (evaluation_window(day, rule, calendar).ends_on - day).days == rule.evaluation_days


@given(day=days, rule=rules, calendar=calendars, waited=st.integers(0, 120))
def test_the_light_is_red_exactly_after_the_window(
    day: date, rule: Rules, calendar: OfficeCalendar, waited: int
) -> None:
    window, today = accept_window(day, rule, calendar), day + timedelta(days=waited)
    light = window_light(window, today, calendar)
    assert (light.tone == "red") == (today > window.ends_on)
    assert light.text.startswith(("受理", "今天应受理"))


@pytest.mark.parametrize(
    ("waited", "tone", "text"),
    [
        (0, "green", "交办还剩 5 个工作日"),
        (4, "yellow", "交办还剩 1 个工作日"),
        (5, "yellow", "交办还剩 1 个工作日"),
        (7, "yellow", "今天应交办"),
        (8, "red", "交办超 1 个工作日"),
        (12, "red", "交办超 4 个工作日"),
    ],
)
def test_words_of_the_light(waited: int, tone: str, text: str) -> None:
    """Accepted on Monday; the fourth workday is Friday, Saturday is no workday, the fifth one is Monday."""
    window = assign_window(MONDAY, Rules(), ANNOUNCED)
    light = window_light(window, MONDAY + timedelta(days=waited), ANNOUNCED)
    assert (light.tone, light.text) == (tone, text)


def test_a_weekend_after_the_window_is_not_yet_a_workday_late() -> None:
    window = sign_window(MONDAY + timedelta(days=3), Rules(), ANNOUNCED)
    assert window_light(window, MONDAY + timedelta(days=5), ANNOUNCED).text == "签收已到期限"


def test_a_window_explains_itself() -> None:
    calendar = OfficeCalendar({date(2026, 11, 25): HolidayKind.HOLIDAY}, frozenset({2026}))
    window = accept_window(MONDAY, Rules(), calendar)
    assert window.lines == (
        "2026年11月23日提交，当天不计入；受理 2 个工作日内，到2026年11月26日",
        "其间休息日 1 天不计入",
    )
    late = accept_window(date(2026, 12, 31), Rules(), calendar)
    assert late.is_provisional
    assert "2027年放假安排尚未公布，日期为暂定" in late.lines


def test_every_state_that_waits_for_an_office_has_a_clock() -> None:
    assert {*OFFICE_CLOCKS} == {State.SUBMITTED, State.ACCEPTED, State.ESCALATED, State.REPLY_REVIEW}
