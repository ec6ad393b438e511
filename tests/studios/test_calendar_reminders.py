"""From 1 November county offices are reminded of the year that is not announced, until it is."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from notifications.delivery import sweep
from notifications.models import Message, Reminder, role_address
from studios.clocks import SHANGHAI
from studios.notifications import CALENDAR, RECTIFICATION, remind_unannounced
from studios.tasks import sweep_calendar
from tests.cast import Cast
from tests.studios.announcing import announce_2027
from tests.studios.inspecting import inspect

Login = Callable[[User], Client]


def _at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:30:00+08:00")


@pytest.mark.parametrize("today", [date(2026, 10, 31), date(2027, 1, 1)])
def test_nothing_before_november(cast: Cast, today: date) -> None:
    assert remind_unannounced(today) is None
    assert not Reminder.objects.exists()


def test_every_county_office_has_its_rows_once(cast: Cast) -> None:
    with time_machine.travel(_at("2026-11-01"), tick=False):
        assert sweep_calendar() == 2027
        assert sweep_calendar() == 2027
    rows = Reminder.objects.filter(kind=CALENDAR)
    mine = rows.filter(recipient=role_address(Role.COUNTY_OFFICE, cast.county))
    assert (rows.count(), mine.count()) == (8, 4)
    assert [timezone.localdate(row.due_at, SHANGHAI) for row in mine.order_by("offset")] == [
        date(2026, 11, 1), date(2026, 11, 15), date(2026, 11, 29), date(2026, 12, 13),
    ]  # fmt: skip


def test_it_waits_for_a_workday_and_leads_to_the_import(cast: Cast) -> None:
    remind_unannounced(date(2026, 11, 1))
    sweep(_at("2026-11-01"))  # a Sunday
    assert not Message.objects.exists()
    sweep(_at("2026-11-02"))
    message = Message.objects.get(user=cast.county_office)
    assert (message.title, message.url) == ("2027年放假安排还没有录入", "/desk/calendar/import/?year=2027")


def test_announcing_stops_it(cast: Cast) -> None:
    remind_unannounced(date(2026, 11, 1))
    with time_machine.travel(_at("2026-11-05"), tick=False):
        announce_2027(cast)
    assert not Reminder.objects.waiting().filter(kind=CALENDAR).exists()
    assert remind_unannounced(date(2026, 11, 6)) is None


def test_the_desk_leads_to_the_import(cast: Cast, login: Login) -> None:
    with time_machine.travel(_at("2026-11-24"), tick=False):
        address = 'href="/desk/calendar/import/?year=2027"'
        assert address in login(cast.county_office).get("/desk/").content.decode()
        assert address not in login(cast.town_office).get("/desk/").content.decode()
        announce_2027(cast)
        assert address not in login(cast.county_office).get("/desk/").content.decode()


def test_reminders_of_a_rectification_move_to_the_new_workdays(cast: Cast) -> None:
    """Found on 17 December, due on 1 January: D0 goes out on that day, until it is a holiday."""
    with time_machine.travel(_at("2026-12-17"), tick=False):
        inspect(cast, one_phone="FAIL")
        rows = Reminder.objects.filter(kind=RECTIFICATION, offset=0)
        assert {timezone.localdate(row.due_at) for row in rows} == {date(2027, 1, 1)}
        change = announce_2027(cast)
        assert {timezone.localdate(row.due_at) for row in rows.all()} == {date(2026, 12, 31)}
    effect = change.effects.get()
    assert effect.label.startswith("整改：")
    assert (effect.before, effect.after) == ("提醒日 1月1日", "提醒日 12月31日")
