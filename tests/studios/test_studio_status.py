"""Preparing, opening and closing a studio: kept with day and reason, nonsense refused."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.changes import FieldChange, changes_of
from accounts.models import User
from studios.enums import StudioStatus
from studios.services import change_status
from studios.services.register import StudioError
from tests.cast import Cast

Login = Callable[[User], Client]
TODAY = date(2026, 11, 24)
PAIRS = [(old, new) for old in StudioStatus for new in StudioStatus]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _change(cast: Cast, to: str, on: date = TODAY, reason: str = "村部搬迁", who: str = "town_office") -> None:
    change_status(studio=cast.studio, to=to, on=on, reason=reason, actor=getattr(cast, who))
    cast.studio.refresh_from_db()


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_every_change_but_none_twice(cast: Cast, old: StudioStatus, new: StudioStatus) -> None:
    cast.studio.status = old
    cast.studio.save()
    if old == new:
        with pytest.raises(StudioError, match=f"已经是“{old.label}”"):
            _change(cast, new)
        assert not cast.studio.status_changes.exists()
        return
    _change(cast, new)
    assert cast.studio.status == new
    kept = cast.studio.status_changes.get()
    assert (kept.from_status, kept.to_status, kept.on, kept.reason) == (old, new, TODAY, "村部搬迁")
    assert kept.actor == cast.town_office
    newest = changes_of(cast.studio)[0]
    assert (newest.who, newest.fields) == ("镇办甲", [FieldChange("状态", old.label, new.label)])


def test_a_future_day_is_refused(cast: Cast) -> None:
    with pytest.raises(StudioError, match=r"不能晚于今天\(11月24日\)"):
        _change(cast, StudioStatus.CLOSED, date(2026, 11, 25))


def test_a_day_before_the_last_change_is_refused(cast: Cast) -> None:
    _change(cast, StudioStatus.CLOSED, date(2026, 11, 10))
    with pytest.raises(StudioError, match="2026年11月10日"):
        _change(cast, StudioStatus.ACTIVE, date(2026, 11, 9))
    _change(cast, StudioStatus.ACTIVE, date(2026, 11, 10))


def test_a_reason_is_asked_for(cast: Cast) -> None:
    with pytest.raises(StudioError, match="原因"):
        _change(cast, StudioStatus.CLOSED, reason="  ")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("town_office", 302),
        ("county_office", 302),
        ("liaison", 403),
        ("other_town_office", 403),
        ("leader", 403),
        ("admin", 403),
        ("stranger", 404),
        ("nobody", 404),
    ],
)
def test_who_may(cast: Cast, login: Login, who: str, status: int) -> None:
    data = {"to_status": "CLOSED", "on": "2026-11-20", "reason": "撤并"}
    target = reverse("studios:status", args=[cast.studio.pk])
    assert login(getattr(cast, who)).post(target, data).status_code == status
    cast.studio.refresh_from_db()
    assert cast.studio.status == (StudioStatus.CLOSED if status == 302 else StudioStatus.ACTIVE)


def test_a_get_changes_nothing(cast: Cast, login: Login) -> None:
    assert login(cast.town_office).get(reverse("studios:status", args=[cast.studio.pk])).status_code == 405


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "请选择新的状态"),
        ({"to_status": "ACTIVE", "on": "2026-11-20", "reason": "再办"}, "这个状态不能选"),
        ({"to_status": "CLOSED", "on": "明天", "reason": "撤并"}, "日期请按"),
        ({"to_status": "CLOSED", "on": "2026-11-25", "reason": "撤并"}, "不能晚于今天"),
        ({"to_status": "CLOSED", "on": "2026-11-20", "reason": " "}, "请写明变更的原因"),
    ],
)
def test_a_refusal_keeps_what_was_typed(cast: Cast, login: Login, data: dict[str, str], sentence: str) -> None:
    target = reverse("studios:status", args=[cast.studio.pk])
    response = login(cast.town_office).post(target, data | {"reason": data.get("reason", "为了便民")})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert data.get("reason", "为了便民") in page
    cast.studio.refresh_from_db()
    assert cast.studio.status == StudioStatus.ACTIVE
