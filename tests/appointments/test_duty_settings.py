"""值班设置: numbers from a day on, history kept, bad numbers explained."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from appointments.models import DutyPolicy
from tests.cast import Cast

Login = Callable[[User], Client]
TYPED = {
    "effective_from": "2026-12-01",
    "gap_weeks": "4",
    "publish_days": "5",
    "swap_days": "2",
    "reminder_days": "1、7 3",
}


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def test_from_a_day_on(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    assert "还没有改过" in client.get("/desk/duty-settings/").content.decode()
    assert client.post("/desk/duty-settings/", TYPED).status_code == 302
    before, after = (DutyPolicy.objects.in_force(cast.county, date(2026, *day)) for day in ((11, 30), (12, 1)))
    assert (before.gap_weeks, after.gap_weeks, after.reminder_days) == (3, 4, [7, 3, 1])
    assert "尚未生效" in client.get("/desk/duty-settings/").content.decode()
    client.post("/desk/duty-settings/", TYPED | {"gap_weeks": "2", "reminder_days": ""})
    assert [(row.gap_weeks, row.reminder_days) for row in DutyPolicy.objects.all()] == [(2, [])]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"effective_from": "2026-11-23"}, "生效日期不能早于今天"),
        ({"effective_from": ""}, "从哪一天起请按“2026-10-01”填写"),
        ({"gap_weeks": "13"}, "两次值班至少间隔（周）请填 0 到 12 之间的整数"),
        ({"publish_days": "x"}, "提前几天公示请填 0 到 30 之间的整数"),
        ({"reminder_days": "三天"}, "值班提醒请填 0 到 30 之间的天数"),
        ({"reminder_days": "31"}, "值班提醒请填 0 到 30 之间的天数"),
    ],
)
def test_bad_numbers_change_nothing(cast: Cast, login: Login, change: dict[str, str], sentence: str) -> None:
    response = login(cast.county_office).post("/desk/duty-settings/", TYPED | change)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not DutyPolicy.objects.exists()


def test_the_county_office_alone(cast: Cast, login: Login) -> None:
    for who in ("town_office", "leader", "liaison", "admin"):
        assert login(getattr(cast, who)).post("/desk/duty-settings/", TYPED).status_code == 403
    assert not DutyPolicy.objects.exists()
