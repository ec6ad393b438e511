"""One sweep reads the office calendar once, however many reminders are due; the next sweep reads it anew."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.delivery import sweep
from notifications.models import Message, Reminder
from notifications.readings import once, one_sweep
from studios.enums import HolidayKind
from studios.models import Holiday
from suggestions.enums import State
from suggestions.notifications import DEADLINE
from tests.cast import Cast
from tests.suggestions import paths

SHANGHAI = ZoneInfo("Asia/Shanghai")
ASSIGNED = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)  # due on Friday 4 December
MORNING = datetime(2026, 12, 1, 9, tzinfo=SHANGHAI)


@pytest.fixture
def _three_due(cast: Cast) -> None:
    with time_machine.travel(ASSIGNED, tick=False):
        for _ in range(3):
            paths.case_in(State.ASSIGNED, cast)
        sweep(ASSIGNED)
        Message.objects.all().delete()
        Reminder.objects.filter(kind=DEADLINE).exclude(offset=-3).delete()


@pytest.mark.usefixtures("_three_due")
def test_the_calendar_is_read_once_a_sweep() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert sweep(MORNING) == {"SENT": 3}
    read = [query["sql"] for query in queries if f'FROM "{Holiday._meta.db_table}"' in query["sql"]]
    assert len(read) == 1


@pytest.mark.usefixtures("_three_due")
def test_the_next_sweep_sees_a_new_holiday() -> None:
    saturday = MORNING + timedelta(days=4)
    assert sweep(saturday) == {"RETRY": 3}
    Holiday.objects.create(date=saturday.date(), kind=HolidayKind.MAKEUP_WORKDAY, name="补班", source="演示")
    Reminder.objects.filter(kind=DEADLINE).update(next_attempt_at=None)
    assert sweep(saturday + timedelta(minutes=1)) == {"SENT": 3}


def test_outside_of_a_sweep_everything_is_read_each_time() -> None:
    asked = iter(range(10))

    def read() -> int:
        return next(asked)

    assert (once(read), once(read)) == (0, 1)
    with one_sweep():
        assert (once(read), once(read)) == (2, 2)
    with one_sweep():
        assert once(read) == 3
    assert once(read) == 4
