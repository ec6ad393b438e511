"""The calendar of a representative by secret address, read back with a library that did not write it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
import vobject
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis.exceptions import ConnectionError as RedisDown

from accounts.models import User
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from appointments.models import Appointment, Attendance, FeedToken
from appointments.services import hand_over, renew_feed, revoke_feed
from appointments.services.feeds import FeedError
from portal.feeds import READS
from representatives.models import Representative
from tests.appointments.attending import SATURDAY, colleague, seat_of
from tests.appointments.factories import VisitFactory
from tests.cast import Cast

Login = Callable[[User], Client]
NOW = "2026-11-24 09:00 +0800"


@pytest.fixture(autouse=True)
def _an_empty_cache() -> None:
    cache.clear()


def _address(person: Representative, actor: User) -> str:
    return f"/cal/{renew_feed(person=person, actor=actor)}.ics"


def _events(client: Client, address: str) -> dict[str, vobject.base.Component]:
    response = client.get(address)
    assert response.status_code == 200
    parsed = vobject.readOne(response.content.decode())
    return {event.uid.value: event for event in parsed.contents.get("vevent", [])}


@pytest.fixture
def address(cast: Cast) -> str:
    return _address(cast.representative, cast.representative_user)


@time_machine.travel(NOW, tick=False)
def test_one_duty_is_one_event(cast: Cast, client: Client, address: str) -> None:
    seat = seat_of(cast, note="腿疼")
    VisitFactory(studio=cast.studio, appointment=seat.appointment, visitor_name="来访甲", matter="路灯不亮")
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private"
    text = response.content.decode()
    for secret in ("来访甲", "路灯不亮", "腿疼", "VALARM", "ATTENDEE"):
        assert secret not in text
    parsed = vobject.readOne(text)
    assert parsed.vtimezone.tzid.value == "Asia/Shanghai"
    event = parsed.vevent
    assert event.dtstart.value == datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 11, 28, 3, 30, tzinfo=UTC)
    assert "DTSTART;TZID=Asia/Shanghai:20261128T090000" in text
    assert event.summary.value == "常规约见：曲塘镇第一村党代表工作室"
    assert (event.status.value, event.sequence.value) == ("CONFIRMED", "0")
    assert event.uid.value == f"seat-{seat.pk}@320621.dangdaibiao"
    assert event.dtstamp.value.tzinfo is not None


@time_machine.travel(NOW, tick=False)
def test_long_names_are_folded_between_characters_and_commas_escaped(cast: Cast, client: Client, address: str) -> None:
    name = "曲塘镇，第一村;党群服务中心, 党代表工作室" * 3
    cast.studio.name, cast.studio.address = name[:60], "人民中路 1 号, 东楼; 二层\\左"
    cast.studio.save()
    seat_of(cast)
    content = client.get(address).content
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()
    event = vobject.readOne(content.decode()).vevent
    assert event.summary.value == f"常规约见：{cast.studio.name}"
    assert event.location.value == f"{cast.studio.address}, {cast.studio.name}"


def test_a_swap_cancels_one_event_and_gives_the_other(cast: Cast, client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        seat, other = seat_of(cast), colleague(cast)
        old = _address(cast.representative, cast.liaison)
        new = _address(other, cast.liaison)
        before = _events(client, old)
        assert _events(client, new) == {}
    with time_machine.travel("2026-11-25 09:00 +0800", tick=False):
        taken = hand_over(seat=seat, to=other, note="换班")
        (uid, event), *more = _events(client, old).items()
        assert not more
        assert uid in before
        assert (event.status.value, int(event.sequence.value)) == ("CANCELLED", 1)
        assert event.dtstamp.value == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
        gained = _events(client, new)
        assert [e.status.value for e in gained.values()] == ["CONFIRMED"]
    with time_machine.travel("2026-11-26 09:00 +0800", tick=False):
        back = hand_over(seat=taken, to=cast.representative, note="换回")
        assert back == seat
        again = _events(client, old)[uid]
        assert (again.status.value, int(again.sequence.value)) == ("CONFIRMED", 2)


@pytest.mark.parametrize(
    ("seat_fields", "meeting_fields", "is_off"),
    [
        ({"status": AttendanceStatus.LEAVE}, {}, True),
        ({"status": AttendanceStatus.VACANT}, {}, True),
        ({"status": AttendanceStatus.SUBSTITUTED}, {}, True),
        ({}, {"status": AppointmentStatus.CANCELLED}, True),
        ({"status": AttendanceStatus.PRESENT}, {}, False),
        ({"status": AttendanceStatus.ABSENT}, {}, False),
    ],
)
def test_what_is_off_stays_cancelled_for_sixty_days(
    cast: Cast,
    client: Client,
    seat_fields: dict[str, str],
    meeting_fields: dict[str, str],
    *,
    is_off: bool,
) -> None:
    changed = datetime(2026, 11, 24, 1, tzinfo=UTC)
    seat = seat_of(cast)
    Attendance.objects.filter(pk=seat.pk).update(changed_at=changed, sequence=2, **seat_fields)
    Appointment.objects.update(changed_at=changed, sequence=3, **meeting_fields)
    address = _address(cast.representative, cast.liaison)
    for days, is_listed in ((0, True), (60, True), (61, not is_off)):
        with time_machine.travel(changed + timedelta(days=days), tick=False):
            events = list(_events(client, address).values())
        assert len(events) == is_listed, days
        if events:
            assert events[0].status.value == ("CANCELLED" if is_off else "CONFIRMED")
            assert events[0].sequence.value == "5"


@time_machine.travel(NOW, tick=False)
def test_a_booking_never_tells_where_its_visitor_lives(cast: Cast, client: Client, address: str) -> None:
    seat_of(
        cast, appointment__kind=AppointmentKind.DESIGNATED, appointment__venue="来访人家中", appointment__theme="宅基地"
    )
    text = client.get(address).content.decode()
    assert "来访人家中" not in text
    assert "宅基地" not in text
    assert "指定约见" in text


@time_machine.travel(NOW, tick=False)
def test_other_kinds_say_their_theme_and_place(cast: Cast, client: Client, address: str) -> None:
    seat_of(
        cast, appointment__kind=AppointmentKind.THEMED, appointment__theme="乡村振兴", appointment__venue="镇会议室"
    )
    seat_of(
        cast, appointment__kind=AppointmentKind.COLLECTIVE, appointment__held_on=date(2026, 12, 27), place="第一选区"
    )
    found = {e.summary.value: e.location.value for e in _events(client, address).values()}
    assert found == {"主题约见：乡村振兴": "镇会议室", f"集中约见：{cast.studio}": "第一选区"}


@time_machine.travel(NOW, tick=False)
def test_unchanged_calendars_are_not_sent_again(cast: Cast, client: Client, address: str) -> None:
    seat = seat_of(cast)
    first = client.get(address)
    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    with time_machine.travel("2026-11-24 09:05 +0800", tick=False):
        hand_over(seat=seat, to=colleague(cast), note="换班")
        changed = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200
    assert client.head(address).content == b""
    assert client.post(address).status_code == 405


@time_machine.travel(NOW, tick=False)
def test_reading_writes_nothing_and_costs_two_queries(cast: Cast, client: Client, address: str) -> None:
    for week in range(8):
        seat_of(cast, appointment__held_on=SATURDAY + timedelta(weeks=week))
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(captured) == 2
    assert all(row["sql"].startswith("SELECT") for row in captured.captured_queries)


def test_unknown_revoked_and_replaced_addresses_are_the_same(cast: Cast, client: Client, address: str) -> None:
    renewed = _address(cast.representative, cast.liaison)
    replaced, unknown = client.get(address), client.get("/cal/nothing.ics")
    assert client.get(renewed).status_code == 200
    assert revoke_feed(person=cast.representative, actor=cast.representative_user)
    assert not revoke_feed(person=cast.representative, actor=cast.representative_user)
    revoked = client.get(renewed)
    assert [answer.status_code for answer in (replaced, unknown, revoked)] == [404, 404, 404]
    assert replaced.content == unknown.content == revoked.content


def test_only_a_hash_is_kept(cast: Cast) -> None:
    token = renew_feed(person=cast.representative, actor=cast.liaison)
    kept = FeedToken.objects.get()
    assert len(token) == 43
    assert token not in str(vars(kept))
    assert len(kept.token_hash) == 64


@pytest.mark.parametrize("who", ["other_liaison", "other_town_office", "leader", "stranger", "unit_handler"])
def test_others_get_no_address(cast: Cast, who: str) -> None:
    with pytest.raises(FeedError, match="日历地址由党代表本人"):
        renew_feed(person=cast.representative, actor=getattr(cast, who))
    with pytest.raises(FeedError):
        revoke_feed(person=cast.representative, actor=getattr(cast, who))
    assert not FeedToken.objects.exists()


def test_hammering_is_slowed_down_and_a_silent_cache_is_not_in_the_way(
    cast: Cast, client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [client.get(address).status_code for _ in range(READS + 1)]
    assert codes == [200] * READS + [429]

    def silent(*_args: object) -> None:
        raise RedisDown

    monkeypatch.setattr(cache, "add", silent)
    assert client.get(address).status_code == 200


@time_machine.travel(NOW, tick=False)
def test_the_address_is_shown_once(cast: Cast, login: Login, client: Client) -> None:
    own, pk = login(cast.representative_user), cast.representative.pk
    assert "还没有日历地址" in own.get("/me/calendar/").content.decode()
    shown = own.post(f"/desk/reps/{pk}/calendar/renew/")
    page = shown.content.decode()
    address = page.split('class="feed-address">')[1].split("<")[0]
    assert address.startswith("http://testserver/cal/")
    assert "data:image/svg+xml" in page
    assert "no-store" in shown["Cache-Control"]
    assert client.get(address.removeprefix("http://testserver")).status_code == 200
    later = own.get("/me/calendar/").content.decode()
    assert address not in later
    assert "代表甲生成的地址在用" in later
    assert own.post(f"/desk/reps/{pk}/calendar/revoke/").url == "/me/calendar/"
    assert client.get(address.removeprefix("http://testserver")).status_code == 404


@time_machine.travel(NOW, tick=False)
def test_on_behalf_and_with_the_public_address(cast: Cast, login: Login, settings: object) -> None:
    settings.PUBLIC_URL = "https://haian.example"  # type: ignore[attr-defined]
    pk = cast.representative.pk
    page = login(cast.liaison).post(f"/desk/reps/{pk}/calendar/renew/").content.decode()
    assert "https://haian.example/cal/" in page
    assert login(cast.liaison).post(f"/desk/reps/{pk}/calendar/revoke/").url == f"/desk/reps/{pk}/calendar/"
    again = login(cast.liaison).post(f"/desk/reps/{pk}/calendar/revoke/", follow=True)
    assert "没有在用的日历地址" in again.content.decode()
    for who, code in (("other_liaison", 403), ("leader", 403), ("stranger", 404)):
        assert login(getattr(cast, who)).post(f"/desk/reps/{pk}/calendar/renew/").status_code == code
