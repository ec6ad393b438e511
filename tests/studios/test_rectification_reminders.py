"""D−3, D0 and D+3 of a 整改, once each, to those in charge, in office hours, and no more once it is mended."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import User
from notifications.delivery import sweep
from notifications.enums import ReminderState
from notifications.models import Message, Reminder
from studios.enums import StudioStatus
from studios.models import Rectification, Studio
from studios.notifications import RECTIFICATION, schedule_rectification_reminders
from tests.cast import Cast
from tests.studios.inspecting import inspect

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)
FOUND_ON = date(2026, 11, 23)  # due on Tuesday 8 December


@pytest.fixture
def failed(cast: Cast) -> Iterator[Cast]:
    with time_machine.travel(START, tick=False):
        inspect(cast, FOUND_ON, one_phone="FAIL")
        yield cast


def _sweep_hourly(days: int, start: datetime = START) -> None:
    for hour in range(days * 24):
        sweep(start + timedelta(hours=hour))


def _told(user: User) -> list[tuple[int, str]]:
    messages = Message.objects.filter(user=user, reminder__kind=RECTIFICATION).order_by("created_at")
    return [
        (row.reminder.offset, f"{row.created_at.astimezone(SHANGHAI):%m-%d %H}") for row in messages if row.reminder
    ]


STAGES = [
    (-3, "12-04 08"),  # D−3 is a Saturday: the workday before
    (0, "12-08 08"),
    (3, "12-11 08"),
]


def test_every_stage_once_to_liaison_and_office(failed: Cast) -> None:
    _sweep_hourly(21)
    assert _told(failed.liaison) == STAGES
    assert _told(failed.town_office) == STAGES
    for who in ("other_liaison", "other_town_office", "county_office", "leader"):
        assert _told(getattr(failed, who)) == []


def test_scheduling_again_adds_nothing(failed: Cast) -> None:
    before = Reminder.objects.count()
    schedule_rectification_reminders(Rectification.objects.select_related("studio", "opened_by__item"))
    assert Reminder.objects.count() == before == 6


def test_the_words_say_what_and_until_when(failed: Cast) -> None:
    sweep(datetime(2026, 12, 4, 9, tzinfo=SHANGHAI))
    message = Message.objects.get(user=failed.liaison)
    assert message.title == "整改2026年12月8日到期：一部电话"
    assert "曲塘镇第一村" in message.body
    assert message.url == f"/desk/studios/{failed.studio.pk}/inspections/"


def test_a_pass_cancels_what_still_waits(failed: Cast) -> None:
    _sweep_hourly(12)
    with time_machine.travel("2026-12-07 09:00 +0800", tick=False):
        inspect(failed)
    assert set(Reminder.objects.filter(offset__gte=0).values_list("state", flat=True)) == {ReminderState.CANCELLED}
    _sweep_hourly(21)
    assert _told(failed.liaison) == STAGES[:1]


def test_it_is_checked_again_before_sending(failed: Cast) -> None:
    Studio.objects.filter(pk=failed.studio.pk).update(status=StudioStatus.CLOSED)
    _sweep_hourly(21)
    assert _told(failed.liaison) == []
    assert set(Reminder.objects.values_list("state", flat=True)) == {ReminderState.CANCELLED}


def test_another_due_date_makes_the_old_rows_void(failed: Cast) -> None:
    Rectification.objects.update(due_on=date(2026, 12, 20))
    _sweep_hourly(21)
    assert _told(failed.liaison) == []


def test_who_is_no_longer_the_liaison_hears_nothing(failed: Cast) -> None:
    failed.studio.liaisons.clear()
    _sweep_hourly(21)
    assert _told(failed.liaison) == []
    assert _told(failed.town_office) == STAGES


@pytest.mark.parametrize("hour", [7, 21, 23])
def test_not_at_night(failed: Cast, hour: int) -> None:
    sweep(datetime(2026, 12, 4, hour, 30, tzinfo=SHANGHAI))
    assert _told(failed.liaison) == []


def test_what_was_written_down_late_says_the_newest_stage_only(cast: Cast) -> None:
    with time_machine.travel(START, tick=False):
        inspect(cast, date(2026, 10, 12), one_phone="FAIL")
        _sweep_hourly(2)
    assert _told(cast.liaison) == [(3, "11-24 09")]
