"""The year as everybody of the county reads it, with the traps of 2026."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from studios.calendar_pages import YearPage, year_page
from studios.enums import Weekday
from studios.models import CalendarChange, Holiday, StudioStandard
from studios.services import load_calendar
from studios.services.calendar_changes import standing_entries
from studios.standards import duty_weekdays
from tests.cast import Cast
from tests.studios.announcing import announce_2027

Login = Callable[[User], Client]
WORK_SATURDAYS = ["2026-02-14", "2026-02-28", "2026-05-09", "2026-10-10"]
HOLIDAY_SATURDAYS = [
    "2026-01-03", "2026-02-21", "2026-04-04", "2026-05-02", "2026-06-20", "2026-09-26", "2026-10-03",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _page(weekday: int = Weekday.SATURDAY) -> YearPage:
    return year_page(2026, standing_entries(2026), today=date(2026, 11, 24), duty_weekday=lambda _day: weekday)


def test_the_traps_of_2026_are_listed(db: None) -> None:
    page = _page()
    assert [str(item.day) for item in page.duties_at_work] == WORK_SATURDAYS
    assert [str(item.day) for item in page.duties_in_holidays] == HOLIDAY_SATURDAYS


def test_a_saturday_in_a_holiday_is_told_from_a_plain_one(db: None) -> None:
    calendar = load_calendar()
    assert all(calendar.is_holiday(date.fromisoformat(day)) for day in HOLIDAY_SATURDAYS)
    assert not any(calendar.is_workday(date.fromisoformat(day)) for day in HOLIDAY_SATURDAYS)
    assert not calendar.is_holiday(date(2026, 11, 28))
    assert not any(calendar.is_holiday(date.fromisoformat(day)) for day in WORK_SATURDAYS)


def test_the_third_collective_day_of_2026_is_in_a_holiday(db: None) -> None:
    days = [(str(item.day), item.why) for item in _page().collective_days]
    assert days == [("2026-03-29", ""), ("2026-06-28", ""), ("2026-09-27", "中秋节"), ("2026-12-27", "")]


def test_another_duty_weekday_meets_other_holidays(cast: Cast) -> None:
    StudioStandard.objects.create(county=cast.county, effective_from=date(2026, 7, 1), duty_weekday=Weekday.SUNDAY)
    weekday = duty_weekdays(cast.county)
    assert (weekday(date(2026, 6, 30)), weekday(date(2026, 7, 1))) == (Weekday.SATURDAY, Weekday.SUNDAY)
    assert [item.day for item in _page(Weekday.SUNDAY).duties_at_work] == [date(2026, 1, 4), date(2026, 9, 20)]


def test_every_day_of_the_year_stands_once(db: None) -> None:
    cells = [cell for month in _page().months for week in month.weeks for cell in week if cell]
    assert len(cells) == 365
    assert sum(cell.sign == "休" for cell in cells) == 33
    assert sum(cell.sign == "班" for cell in cells) == 6
    assert [cell.day for cell in cells if cell.is_today] == [date(2026, 11, 24)]


def test_a_year_says_whether_it_is_announced(cast: Cast, login: Login) -> None:
    client = login(cast.liaison)
    this, following = client.get("/desk/calendar/"), client.get("/desk/calendar/?year=2027")
    assert "已公布，来源：国务院办公厅节假日安排" in this.content.decode()
    assert "暂定" in following.content.decode()
    assert "录入放假安排" not in following.content.decode()


@pytest.mark.parametrize("asked", ["", "x", "1", "99999", "20260"])
def test_an_odd_year_shows_this_year(cast: Cast, login: Login, asked: str) -> None:
    assert "<h1>2026年办公日历" in login(cast.leader).get(f"/desk/calendar/?year={asked}").content.decode()


def test_the_export_holds_the_year(cast: Cast, login: Login) -> None:
    response = login(cast.liaison).get("/desk/calendar/export/?year=2026")
    assert response["Content-Disposition"].startswith("attachment")


def test_the_page_asks_the_same_for_any_number_of_days(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    client.get("/desk/calendar/?year=2027")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/calendar/?year=2027")
    announce_2027(cast)
    assert Holiday.objects.filter(date__year=2027).count() > 30
    assert CalendarChange.objects.count() == 1
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/calendar/?year=2027")
    assert len(many) == len(few)
