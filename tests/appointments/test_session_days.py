"""On which days the studios open: the traps of 2026, and what becomes of holidays (domain.md §4, §5)."""

from datetime import date

import pytest

from appointments.enums import HolidayTreatment
from appointments.rostering import sessions_between
from studios.calendar import OfficeCalendar
from studios.calendar_source import announced_exceptions
from studios.enums import Weekday

YEAR = OfficeCalendar(
    {day: kind for day, kind, _name in announced_exceptions(2026) or []},
    frozenset({2026}),
)
IN_HOLIDAYS = [date(2026, *day) for day in ((1, 3), (2, 21), (4, 4), (5, 2), (6, 20), (9, 26), (10, 3))]
AT_WORK = [date(2026, *day) for day in ((2, 14), (2, 28), (5, 9), (10, 10))]
SATURDAY = Weekday.SATURDAY


def _of_2026(treatment: HolidayTreatment) -> dict[date, tuple[date | None, str]]:
    days = sessions_between(date(2026, 1, 1), date(2026, 12, 31), SATURDAY, treatment, YEAR)
    return {day.usual_on: (day.on, day.note) for day in days}


def test_exactly_these_saturdays_are_holidays() -> None:
    saturdays = list(_of_2026(HolidayTreatment.KEEP))
    assert len(saturdays) == 52
    assert [day for day in saturdays if YEAR.is_holiday(day)] == IN_HOLIDAYS


@pytest.mark.parametrize("treatment", HolidayTreatment)
def test_saturdays_at_work_stay_and_say_so(treatment: HolidayTreatment) -> None:
    days = _of_2026(treatment)
    assert [day for day, (_on, note) in days.items() if "调休上班日" in note] == AT_WORK
    assert all(days[day][0] == day for day in AT_WORK)


def test_skip_leaves_holidays_out_and_says_so() -> None:
    days = _of_2026(HolidayTreatment.SKIP)
    assert [day for day, (on, _note) in days.items() if on is None] == IN_HOLIDAYS
    assert {days[day][1] for day in IN_HOLIDAYS} == {"节假日，不安排值班"}


def test_keep_holds_holidays_and_says_so() -> None:
    days = _of_2026(HolidayTreatment.KEEP)
    assert all(days[day] == (day, "节假日，照常值班") for day in IN_HOLIDAYS)


def test_move_takes_the_next_sunday_that_is_free() -> None:
    days = _of_2026(HolidayTreatment.MOVE)
    moved = {usual: on for usual, (on, _note) in days.items() if on != usual}
    assert (
        moved
        == {
            date(2026, 1, 3): date(2026, 1, 11),
            date(2026, 2, 21): date(2026, 3, 1),
            date(2026, 4, 4): date(2026, 4, 12),
            date(2026, 5, 2): date(2026, 5, 10),
            date(2026, 6, 20): date(2026, 6, 28),
            date(2026, 9, 26): date(2026, 10, 11),
            date(2026, 10, 3): date(2026, 10, 18),
        }
        or moved[date(2026, 9, 26)] is None
    )
    assert days[date(2026, 4, 4)][1] == "节假日，由 4月4日 改期"
    assert all(not YEAR.is_holiday(on) and not YEAR.is_workday(on) for on in moved.values() if on)
    held = [on for on, _note in days.values() if on]
    assert len(held) == len(set(held))


def test_a_period_that_ends_first_moves_back() -> None:
    days = sessions_between(date(2026, 7, 1), date(2026, 9, 30), SATURDAY, HolidayTreatment.MOVE, YEAR)
    assert (days[-1].usual_on, days[-1].on, days[-1].is_moved) == (date(2026, 9, 26), date(2026, 9, 13), True)


def test_a_period_without_a_free_day_leaves_it_out() -> None:
    [day] = sessions_between(date(2026, 10, 1), date(2026, 10, 7), SATURDAY, HolidayTreatment.MOVE, YEAR)
    assert (day.on, day.note) == (None, "节假日，前后三周没有可改的日子，不安排值班")


def test_a_weekday_duty_moves_to_a_workday() -> None:
    days = sessions_between(date(2026, 5, 1), date(2026, 5, 31), Weekday.MONDAY, HolidayTreatment.MOVE, YEAR)
    assert (days[0].usual_on, days[0].on) == (date(2026, 5, 4), date(2026, 5, 6))


def test_an_unannounced_year_is_provisional() -> None:
    days = sessions_between(date(2026, 12, 26), date(2027, 1, 2), SATURDAY, HolidayTreatment.SKIP, YEAR)
    assert [day.is_provisional for day in days] == [False, True]
    assert days[1].note == "2027 年放假安排未公布，日期暂定"


def test_a_period_that_ends_before_it_begins_has_no_days() -> None:
    assert not sessions_between(date(2026, 5, 2), date(2026, 5, 1), SATURDAY, HolidayTreatment.SKIP, YEAR)
