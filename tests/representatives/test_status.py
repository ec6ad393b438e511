"""停止执行职务, 资格终止, and back: what may follow what, and what is kept of it."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.changes import changes_of
from accounts.models import User
from representatives import leaving
from representatives.enums import RepresentativeStatus as S
from representatives.models import Representative, StatusChange
from representatives.services import change_status
from representatives.services.errors import RegisterError
from tests.cast import Cast

Login = Callable[[User], Client]
TODAY = date(2026, 11, 24)
LAWFUL = {(S.ACTIVE, S.SUSPENDED), (S.ACTIVE, S.TERMINATED), (S.SUSPENDED, S.ACTIVE), (S.SUSPENDED, S.TERMINATED)}


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def _person(cast: Cast, status: S) -> Representative:
    person = cast.representative
    person.status, person.status_on, person.status_reason = status, date(2026, 10, 1), "此前"
    person.save()
    return person


def _change(cast: Cast, to_status: str, on: date = TODAY, reason: str = "调离本县") -> StatusChange:
    return change_status(
        representative=cast.representative, to_status=to_status, on=on, reason=reason, actor=cast.town_office
    )


@pytest.mark.parametrize("before", S)
@pytest.mark.parametrize("after", S)
def test_every_step(cast: Cast, before: S, after: S) -> None:
    person = _person(cast, before)
    if (before, after) not in LAWFUL:
        with pytest.raises(RegisterError, match="不能改为"):
            _change(cast, after)
        person.refresh_from_db()
        assert (person.status, person.status_changes.count()) == (before, 0)
        return
    change = _change(cast, after)
    person.refresh_from_db()
    assert (person.status, person.status_on, person.status_reason) == (after, TODAY, "调离本县")
    assert (change.from_status, change.to_status, change.actor) == (before, after, cast.town_office)
    assert changes_of(person)[0].who == "镇办甲"


@pytest.mark.parametrize(
    ("on", "reason", "sentence", "field"),
    [
        (date(2026, 11, 25), "调离", r"日期不能晚于今天\(11月24日\)", "on"),
        (date(2026, 9, 30), "调离", r"日期不能早于上一次变更\(2026-10-01\)", "on"),
        (TODAY, "  ", "请写明原因", "reason"),
    ],
)
def test_day_and_reason(cast: Cast, on: date, reason: str, sentence: str, field: str) -> None:
    _person(cast, S.ACTIVE)
    with pytest.raises(RegisterError, match=sentence) as caught:
        _change(cast, S.SUSPENDED, on, reason)
    assert caught.value.field == field


@pytest.mark.parametrize("who", ["other_town_office", "liaison", "leader", "stranger", "representative_user"])
def test_others_cannot_even_by_the_service(cast: Cast, who: str) -> None:
    with pytest.raises(RegisterError, match="只有本代表队办公室和党联办"):
        change_status(
            representative=cast.representative, to_status=S.SUSPENDED, on=TODAY, reason="病休", actor=getattr(cast, who)
        )


def test_leaving_is_announced_and_coming_back_is_not(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, date, str]] = []
    monkeypatch.setattr(leaving, "_callbacks", [lambda *said: heard.append(said)])
    suspended = _change(cast, S.SUSPENDED)
    _change(cast, S.ACTIVE)
    assert heard == [(cast.representative, TODAY, f"status-{suspended.pk}")]


def test_by_the_page(cast: Cast, login: Login) -> None:
    client, target = login(cast.town_office), f"{cast.representative.get_absolute_url()}status/"
    assert "恢复执行职务</span>" not in client.get(target).content.decode()
    empty = client.post(target, {"on": "", "reason": "病休半年"})
    page = empty.content.decode()
    assert empty.status_code == 422
    assert "请选择变更为什么状态" in page
    assert "请填写从哪一天起" in page
    assert "病休半年" in page
    late = client.post(target, {"to_status": "SUSPENDED", "on": "2026-11-30", "reason": "病休半年"})
    assert "还没到的日子请到当天再办理" in late.content.decode()
    done = client.post(target, {"to_status": "TERMINATED", "on": "2026-11-20", "reason": "病休半年"}, follow=True)
    page = done.content.decode()
    assert "资格终止，自2026-11-20起" in page
    assert "病休半年" in page
    assert f'href="{target}"' not in page
    assert "不能再变更" in client.get(target).content.decode()
