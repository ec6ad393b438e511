"""The county sets what it asks of its studios from a day on; older versions stay to be read."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from studios.models import StudioStandard
from tests.cast import Cast

Login = Callable[[User], Client]
TYPED = {
    "effective_from": "2026-12-01",
    "duty_weekday": "6",
    "duty_starts_at": "14:00",
    "duty_ends_at": "16:30",
    "county_min_area": "25",
    "town_min_area": "18.5",
    "rectification_days": "20",
}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def test_the_form_begins_with_what_is_in_force(cast: Cast, login: Login) -> None:
    form = login(cast.county_office).get("/desk/standards/new/").context["form"]
    assert (form["duty_weekday"].value(), form["rectification_days"].value()) == (5, 15)
    assert form["effective_from"].value() == date(2026, 11, 24)


def test_a_version_holds_from_its_day_on(cast: Cast, login: Login) -> None:
    assert login(cast.county_office).post("/desk/standards/new/", TYPED).status_code == 302
    in_force = StudioStandard.objects.in_force
    assert in_force(cast.county, date(2026, 11, 30)).duty_words == "每周六 09:00—11:30"
    assert in_force(cast.county, date(2026, 12, 1)).duty_words == "每周日 14:00—16:30"
    assert in_force(cast.county, date(2026, 12, 1)).town_min_area == 18.5
    assert AuditEntry.objects.get(action=AuditAction.SETTINGS).county == cast.county
    words = login(cast.liaison).get("/desk/standards/").content.decode()
    assert "尚未生效" in words
    assert "每周日 14:00—16:30" in words
    assert "设置新标准" not in words


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"effective_from": "2026-11-23"}, "生效日期不能早于今天"),
        ({"effective_from": ""}, "请填写生效日期"),
        ({"effective_from": "明天"}, "生效日期请按“2026-07-01”填写"),
        ({"duty_ends_at": "14:00"}, "值班的结束时间要晚于开始时间。"),
        ({"duty_ends_at": "下午"}, "值班结束请写成 09:00"),
        ({"duty_weekday": "9"}, "请选择值班日"),
        ({"county_min_area": "0"}, "县工作室最小面积（平方米）请填 1 到 999 之间的数字"),
        ({"town_min_area": "16.55"}, "镇工作室最小面积（平方米）最多一位小数"),
        ({"rectification_days": "0"}, "整改期限请填 1 到 180 天"),
        ({"rectification_days": "半个月"}, "整改期限请填整数"),
    ],
)
def test_bad_input_gets_a_sentence(cast: Cast, login: Login, wrong: dict[str, str], sentence: str) -> None:
    answer = login(cast.county_office).post("/desk/standards/new/", TYPED | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not StudioStandard.objects.exists()


def test_a_day_has_one_version(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    client.post("/desk/standards/new/", TYPED)
    answer = client.post("/desk/standards/new/", TYPED | {"rectification_days": "30"})
    assert "2026年12月1日已经有一套标准，请换一个生效日期。" in answer.content.decode()
    assert StudioStandard.objects.get().rectification_days == 20


def test_a_county_sees_its_own(cast: Cast, login: Login) -> None:
    login(cast.county_office).post("/desk/standards/new/", TYPED)
    assert "本县还没有设置过" in login(cast.stranger).get("/desk/standards/").content.decode()
