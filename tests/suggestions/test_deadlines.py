"""Deadlines over years of calendars (domain.md §6.2)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studios.calendar import OfficeCalendar
from studios.clocks import SHANGHAI, end_of_day, ladder_day, next_sending_time
from suggestions.deadlines import (
    Rules,
    answered_light,
    clock_deadline,
    co_due,
    handling_deadline,
    handling_light,
    months_later,
    redo_deadline,
)
from suggestions.enums import Complexity
from tests.suggestions.calendars import calendars, complexities, days, rules

SOURCE = Rules()
ANNOUNCED = OfficeCalendar(announced_years=frozenset(range(2000, 2060)))


@given(days, complexities, rules, calendars)
def test_due_lies_between_assignment_and_cap(
    day: date, complexity: Complexity, rule: Rules, calendar: OfficeCalendar
) -> None:
    deadline = handling_deadline(day, complexity, rule, calendar)
    assert day < deadline.due_on <= deadline.cap_on
    if complexity == Complexity.COMPLEX:
        assert deadline.due_on == deadline.cap_on


@given(days, st.integers(0, 40), complexities, rules, calendars)
def test_a_later_assignment_is_never_due_earlier(
    day: date, later: int, complexity: Complexity, rule: Rules, calendar: OfficeCalendar
) -> None:
    first = handling_deadline(day, complexity, rule, calendar)
    second = handling_deadline(day + timedelta(days=later), complexity, rule, calendar)
    assert first.due_on <= second.due_on
    assert first.cap_on <= second.cap_on


@given(days, rules, calendars)
def test_a_rolled_due_date_is_a_workday(day: date, rule: Rules, calendar: OfficeCalendar) -> None:
    deadline = handling_deadline(day, Complexity.COMPLEX, rule, calendar)
    assert not rule.rolls_forward or calendar.is_workday(deadline.due_on)


@given(days, complexities)
def test_plain_rule_of_the_source(day: date, complexity: Complexity) -> None:
    deadline = handling_deadline(day, complexity, SOURCE, ANNOUNCED)
    expected = day + timedelta(days=10) if complexity == Complexity.SIMPLE else months_later(day, 1)
    assert deadline.due_on == expected
    assert deadline.cap_on == months_later(day, 1)
    assert not deadline.is_provisional


@pytest.mark.parametrize(
    ("assigned", "cap"),
    [
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 3, 31), date(2026, 4, 30)),
        (date(2026, 2, 28), date(2026, 3, 28)),
    ],
)
def test_month_end_is_clamped(assigned: date, cap: date) -> None:
    assert handling_deadline(assigned, Complexity.COMPLEX, SOURCE, ANNOUNCED).due_on == cap


def test_an_unannounced_year_is_provisional_and_says_so() -> None:
    calendar = OfficeCalendar(announced_years=frozenset({2026}))
    deadline = handling_deadline(date(2026, 12, 28), Complexity.SIMPLE, SOURCE, calendar)
    assert deadline.due_on == date(2027, 1, 7)
    assert deadline.is_provisional
    assert any("2027年放假安排尚未公布" in line for line in deadline.lines)


def test_lines_explain_start_rule_due_and_cap() -> None:
    lines = handling_deadline(date(2026, 11, 24), Complexity.SIMPLE, SOURCE, ANNOUNCED).lines
    assert lines == (
        "2026年11月24日交办，当天不计入",
        "简单事项办理期 10 天（含休息日），到2026年12月4日",
        "应于2026年12月4日前答复（含当日）；延期最迟到2026年12月24日",
    )


@given(days, st.integers(1, 60), st.integers(1, 10))
def test_co_unit_has_its_share_rounded_up(day: date, length: int, share: int) -> None:
    part = (co_due(day, day + timedelta(days=length), share) - day).days
    assert share * (part - 1) < length <= share * part


@given(days, rules, calendars)
def test_a_second_round_has_its_own_days_and_the_same_cap(day: date, rule: Rules, calendar: OfficeCalendar) -> None:
    redo = redo_deadline(day, rule, calendar)
    first = handling_deadline(day, Complexity.SIMPLE, rule, calendar)
    assert redo.cap_on == first.cap_on
    assert day < redo.due_on <= redo.cap_on
    assert (redo.due_on < first.due_on) <= (rule.redo_days < rule.simple_days)
    assert clock_deadline(day, Complexity.SIMPLE, 2, rule, calendar) == redo
    assert clock_deadline(day, Complexity.SIMPLE, 1, rule, calendar) == first


def test_a_second_round_says_so() -> None:
    lines = redo_deadline(date(2026, 11, 24), Rules(redo_days=7), ANNOUNCED).lines
    assert lines == (
        "2026年11月24日二次办理，当天不计入",
        "重办期限 7 天（含休息日），到2026年12月1日",
        "应于2026年12月1日前答复（含当日）；延期最迟到2026年12月24日",
    )


def test_days_beyond_the_cap_end_at_the_cap_and_say_so() -> None:
    deadline = handling_deadline(date(2026, 11, 24), Complexity.SIMPLE, Rules(simple_days=45), ANNOUNCED)
    assert deadline.due_on == deadline.cap_on == date(2026, 12, 24)
    assert "最长不超过 1 个月，所以到2026年12月24日为止" in deadline.lines


@pytest.mark.parametrize(
    ("left", "signed", "tone", "text"),
    [
        (10, True, "green", "剩 10 天"),
        (4, True, "green", "剩 4 天"),
        (3, True, "yellow", "剩 3 天"),
        (0, True, "yellow", "今天到期"),
        (-1, True, "red", "逾期 1 天"),
        (10, False, "yellow", "未签收 · 剩 10 天"),
        (-2, False, "red", "逾期 2 天"),
    ],
)
def test_lights(left: int, signed: bool, tone: str, text: str) -> None:
    today = date(2026, 11, 24)
    light = handling_light(due_on=today + timedelta(days=left), today=today, is_signed=signed, yellow_days=3)
    assert (light.tone, light.text) == (tone, text)


def test_an_answered_case_no_longer_burns() -> None:
    due = date(2026, 11, 24)
    assert answered_light(due_on=due, replied_on=due).text == "按期"
    assert answered_light(due_on=due, replied_on=due + timedelta(days=2)).text == "逾期 2 天答复"


@given(days, st.sampled_from([-3, 0, 1, 3, 7]), calendars)
def test_reminders_go_out_on_workdays_and_never_cross_the_due_date(
    due: date, offset: int, calendar: OfficeCalendar
) -> None:
    day = ladder_day(due, offset, calendar)
    assert calendar.is_workday(day)
    assert day > due if offset > 0 else day <= due


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), calendars)
def test_sending_hours(now: datetime, calendar: OfficeCalendar) -> None:
    at = next_sending_time(now, calendar)
    local = at.astimezone(SHANGHAI)
    assert at >= now
    assert calendar.is_workday(local.date())
    assert 8 <= local.hour < 21
    assert next_sending_time(at, calendar) == at


def test_a_day_is_over_at_midnight_in_shanghai() -> None:
    assert end_of_day(date(2026, 11, 24)) == datetime(2026, 11, 24, 16, tzinfo=UTC)
