"""D−3, D0, D+1, D+3, D+7: each stage once, to the right people, in office hours (domain.md §6.2)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import User
from notifications.delivery import sweep
from notifications.models import Message
from suggestions import services
from suggestions.enums import State
from suggestions.notifications import DEADLINE
from tests.cast import Cast
from tests.suggestions import paths

SHANGHAI = ZoneInfo("Asia/Shanghai")
ASSIGNED = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)  # due on Friday 4 December


@pytest.fixture
def assigned(cast: Cast) -> Cast:
    with time_machine.travel(ASSIGNED, tick=False):
        paths.case_in(State.ASSIGNED, cast)
    return cast


def _stages(user: User) -> list[tuple[int, str]]:
    told = Message.objects.filter(user=user, reminder__kind=DEADLINE).order_by("created_at", "reminder__offset")
    return [(row.reminder.offset, f"{row.created_at.astimezone(SHANGHAI):%m-%d %H}") for row in told if row.reminder]


def _sweep_hourly(days: int, start: datetime = ASSIGNED) -> None:
    for hour in range(days * 24):
        sweep(start + timedelta(hours=hour))


def test_every_stage_once_on_workdays(assigned: Cast) -> None:
    _sweep_hourly(25)
    assert _stages(assigned.unit_handler) == [
        (-3, "12-01 08"),
        (0, "12-04 08"),
        (1, "12-07 08"),  # D+1 is a Saturday
        (3, "12-07 08"),
        (7, "12-11 08"),
    ]
    assert _stages(assigned.county_office) == [(7, "12-11 08")]


def test_the_units_leader_hears_of_the_third_day(assigned: Cast) -> None:
    assigned.nobody.memberships.create(role=Role.LEADER, organization=assigned.county_unit)
    _sweep_hourly(25)
    assert _stages(assigned.nobody) == [(3, "12-07 08")]


def test_a_worker_down_for_days_says_the_newest_stage_only(assigned: Cast) -> None:
    sweep(datetime(2026, 12, 12, 9, tzinfo=SHANGHAI))  # Saturday: nothing goes out
    assert _stages(assigned.unit_handler) == []
    _sweep_hourly(3, datetime(2026, 12, 14, 8, tzinfo=SHANGHAI))
    assert _stages(assigned.unit_handler) == [(7, "12-14 08")]


@pytest.mark.parametrize("hour", [7, 21, 23])
def test_not_before_eight_and_not_after_nine(assigned: Cast, hour: int) -> None:
    sweep(datetime(2026, 12, 1, hour, 30, tzinfo=SHANGHAI))
    assert _stages(assigned.unit_handler) == []


def test_an_answered_case_is_left_in_peace(assigned: Cast) -> None:
    with time_machine.travel(ASSIGNED + timedelta(days=1), tick=False):
        case = assigned.county.county_suggestions.get()
        paths.sign(case, assigned)
        paths.reply(case, assigned)
    _sweep_hourly(25)
    assert _stages(assigned.unit_handler) == []


def test_a_recalled_and_renewed_assignment_has_its_own_ladder(assigned: Cast) -> None:
    case = assigned.county.county_suggestions.get()
    with time_machine.travel(ASSIGNED + timedelta(days=2), tick=False):
        services.recall_assignment(suggestion=case, actor=assigned.county_office, version=None)
        paths.assign(case, assigned)
    _sweep_hourly(13)
    assert _stages(assigned.unit_handler) == [(-3, "12-03 08"), (0, "12-04 08"), (1, "12-07 08")]
