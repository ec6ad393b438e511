"""Somebody else came, unarranged: gets the credit through the one conflict check; the absent person gets none."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from appointments.enums import AttendanceStatus, LeaveStatus
from appointments.measures import EXPECTED
from appointments.models import Attendance, Leave
from appointments.services import AttendanceError, cover_seat
from studios.measures import Span
from tests.appointments.attending import AFTER, BEFORE, DURING, SATURDAY, colleague, seat_of
from tests.appointments.factories import AttendanceFactory
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]


@time_machine.travel(DURING, tick=False)
def test_the_substitute_gets_the_credit(cast: Cast) -> None:
    seat, other = seat_of(cast), colleague(cast)
    taken = cover_seat(seat=seat, person=other, actor=cast.liaison)
    seat.refresh_from_db()
    assert (seat.status, seat.note, seat.sequence) == (AttendanceStatus.SUBSTITUTED, "代表乙临时代班", 1)
    assert (taken.status, taken.representative, taken.replaces) == (AttendanceStatus.PRESENT, other, seat)
    assert taken.checked_in_at is not None
    credited = EXPECTED.rows(
        Attendance.objects.all(), "present", Span(SATURDAY, SATURDAY, timezone.localdate())
    ).values_list("representative", flat=True)
    assert list(credited) == [other.pk]


@time_machine.travel(AFTER, tick=False)
def test_also_after_somebody_was_written_down_as_missing(cast: Cast) -> None:
    taken = cover_seat(
        seat=seat_of(cast, status=AttendanceStatus.ABSENT), person=colleague(cast), actor=cast.town_office
    )
    assert taken.status == AttendanceStatus.PRESENT


@pytest.mark.parametrize(
    ("at", "status", "said"),
    [
        (BEFORE, AttendanceStatus.EXPECTED, "还没到时间"),
        (DURING, AttendanceStatus.PRESENT, "这个席位已是“到岗”，不用代班。"),
        (DURING, AttendanceStatus.SUBSTITUTED, "这个席位已是“换班”，不用代班。"),
        (DURING, AttendanceStatus.VACANT, "这个席位已是“空缺”，不用代班。"),
    ],
)
def test_when_nobody_covers(cast: Cast, at: str, status: str, said: str) -> None:
    seat = seat_of(cast, status=status)
    with time_machine.travel(at, tick=False), pytest.raises(AttendanceError, match=said):
        cover_seat(seat=seat, person=colleague(cast), actor=cast.liaison)
    assert Attendance.objects.count() == 1


@time_machine.travel(DURING, tick=False)
def test_the_conflict_check_has_the_last_word(cast: Cast) -> None:
    seat, busy, away = seat_of(cast), colleague(cast), colleague(cast, "代表丙")
    AttendanceFactory(appointment__studio=cast.other_studio, appointment__held_on=SATURDAY, representative=busy)
    Leave.objects.create(
        representative=away,
        first_on=SATURDAY,
        last_on=SATURDAY,
        reason="出差",
        status=LeaveStatus.APPROVED,
        requested_by=cast.liaison,
        requested_at=timezone.now(),
    )
    for person, said in (
        (busy, "已有常规约见"),
        (away, "请假，不能安排"),
        (cast.representative, "已在这次约见的名单里"),
    ):
        with pytest.raises(AttendanceError, match=said):
            cover_seat(seat=seat, person=person, actor=cast.liaison)
    seat.refresh_from_db()
    assert seat.status == AttendanceStatus.EXPECTED


@time_machine.travel(DURING, tick=False)
def test_the_form_offers_colleagues_the_studios_own_first(cast: Cast, login: Login) -> None:
    seat = seat_of(cast)
    far = RepresentativeFactory(delegation=cast.town, name="代表戊", certificate_no="0001")
    near = colleague(cast, certificate_no="9999")
    foreign = RepresentativeFactory(delegation=cast.other_town, name="外镇人")
    client, address = login(cast.liaison), f"/desk/attendances/{seat.pk}/cover/"
    page = client.get(address).content.decode()
    assert page.index(near.name) < page.index(far.name)
    assert foreign.name not in page
    assert f'value="{cast.representative.pk}"' not in page
    assert client.post(address, {"person": foreign.pk}).status_code == 422
    assert client.post(address, {"person": ""}).status_code == 422
    done = client.post(address, {"person": near.pk}, follow=True)
    assert "代表乙代代表甲到岗，已登记。" in done.content.decode()
    page = client.get(seat.appointment.get_absolute_url()).content.decode()
    assert "<s>代表甲</s>" in page
    assert "接替代表甲" in page
