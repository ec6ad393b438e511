"""Leave: asked for, decided, withdrawn; its gaps shown, filled in one tap, and owed by nobody."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from appointments.enums import AttendanceStatus, LeaveStatus
from appointments.models import Attendance, Leave, Roster, RosterSeat
from appointments.services import (
    ConflictError,
    LeaveError,
    approve_leave,
    fill_gap,
    refuse_leave,
    request_leave,
    withdraw_leave,
)
from appointments.swap_news import LEAVE
from appointments.swapping import NotYoursError, SwapError
from notifications.models import Reminder
from tests.appointments.duties import LATER, NEXT, SATURDAY, TODAY, account, colleague, duty
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def _ask(cast: Cast, first_on: date = SATURDAY, last_on: date = NEXT, reason: str = "住院") -> Leave:
    return request_leave(
        representative=cast.representative,
        first_on=first_on,
        last_on=last_on,
        reason=reason,
        actor=cast.representative_user,
    )


@pytest.mark.parametrize(
    ("first_on", "last_on", "reason", "sentence", "field"),
    [
        (NEXT, SATURDAY, "住院", "结束日期不能早于开始日期", "last_on"),
        (date(2026, 11, 1), date(2026, 11, 23), "住院", "已经过去", "last_on"),
        (SATURDAY, SATURDAY + timedelta(days=366), "住院", "最长一年", "last_on"),
        (SATURDAY, NEXT, " ", "请填写请假事由", "reason"),
    ],
)
def test_days_that_make_no_leave(
    cast: Cast, first_on: date, last_on: date, reason: str, sentence: str, field: str
) -> None:
    with pytest.raises(LeaveError, match=sentence) as refused:
        _ask(cast, first_on, last_on, reason)
    assert refused.value.field == field
    assert not Leave.objects.exists()


@pytest.mark.parametrize(("first_on", "last_on"), [(NEXT, LATER), (date(2026, 11, 24), SATURDAY), (NEXT, NEXT)])
def test_no_two_leaves_overlap(cast: Cast, first_on: date, last_on: date) -> None:
    leave = _ask(cast)
    with pytest.raises(LeaveError, match="2026年11月28日至2026年12月5日的请假重叠（待审批）"):
        _ask(cast, first_on, last_on)
    withdraw_leave(leave=leave, actor=cast.representative_user)
    assert _ask(cast, first_on, last_on).status == LeaveStatus.REQUESTED


def test_approving_leaves_gaps_and_forgets_the_person_in_drafts(cast: Cast, client: Client) -> None:
    inside, outside = duty(cast.representative, cast.studio), duty(cast.representative, cast.studio, LATER)
    roster = Roster.objects.create(
        county=cast.county,
        delegation=cast.town,
        first_on=SATURDAY,
        last_on=LATER,
        created_by=cast.town_office,
        created_at=timezone.now(),
    )
    drafted = [
        RosterSeat.objects.create(
            roster=roster, held_on=day, studio=cast.studio, representative=cast.representative, reason="轮到"
        )
        for day in (NEXT, LATER)
    ]
    assert approve_leave(leave=_ask(cast), actor=cast.town_office) == 1
    inside.refresh_from_db()
    outside.refresh_from_db()
    assert (inside.status, inside.sequence) == (AttendanceStatus.LEAVE, 1)
    assert outside.status == AttendanceStatus.EXPECTED
    for seat in drafted:
        seat.refresh_from_db()
    assert [seat.representative for seat in drafted] == [None, cast.representative]
    roster.refresh_from_db()
    assert roster.version == 2
    page = client.get(f"/?town={cast.town.pk}").content.decode()
    first = page.split("12月26日")[0]
    assert "<strong>空缺</strong>" in first
    assert "代表甲" not in first
    assert "住院" not in page


def test_a_gap_is_filled_once_and_the_leave_stays_a_leave(cast: Cast, client: Client) -> None:
    seat, other, third = duty(cast.representative, cast.studio), colleague(cast), colleague(cast, "代表丙")
    approve_leave(leave=_ask(cast), actor=cast.town_office)
    taken = fill_gap(seat=seat, to=other, actor=cast.town_office)
    seat.refresh_from_db()
    assert (seat.status, taken.replaces, taken.status) == (AttendanceStatus.LEAVE, seat, AttendanceStatus.EXPECTED)
    assert not Attendance.objects.gaps(TODAY).exists()
    with pytest.raises(ConflictError, match="这个空缺刚由代表乙接替"):
        fill_gap(seat=seat, to=third, actor=cast.town_office)
    page = client.get(f"/?town={cast.town.pk}").content.decode()
    assert "代表乙" in page
    assert "空缺" not in page
    assert "代表甲" not in page


def test_who_may_fill_and_with_whom(cast: Cast) -> None:
    seat, other = duty(cast.representative, cast.studio), colleague(cast)
    approve_leave(leave=_ask(cast), actor=cast.county_office)
    for actor in (cast.liaison, cast.other_town_office, account(other)):
        with pytest.raises(NotYoursError):
            fill_gap(seat=seat, to=other, actor=actor)
    with pytest.raises(SwapError, match="不是曲塘镇第一村党代表工作室的党代表"):
        fill_gap(seat=seat, to=colleague(cast, "代表戊", cast.other_studio), actor=cast.town_office)
    with pytest.raises(ConflictError, match="已不是空缺"):
        fill_gap(seat=duty(cast.representative, cast.studio, LATER), to=other, actor=cast.town_office)


def test_withdrawing_before_it_begins_gives_back_what_nobody_took(cast: Cast) -> None:
    kept, given = duty(cast.representative, cast.studio), duty(cast.representative, cast.studio, NEXT)
    leave = _ask(cast)
    approve_leave(leave=leave, actor=cast.town_office)
    fill_gap(seat=given, to=colleague(cast), actor=cast.town_office)
    withdraw_leave(leave=leave, actor=cast.liaison)
    kept.refresh_from_db()
    given.refresh_from_db()
    assert (kept.status, given.status) == (AttendanceStatus.EXPECTED, AttendanceStatus.LEAVE)
    with pytest.raises(ConflictError):
        withdraw_leave(leave=leave, actor=cast.liaison)


def test_once_begun_it_is_not_withdrawn(cast: Cast) -> None:
    leave = _ask(cast, TODAY, NEXT)
    with pytest.raises(LeaveError, match="已经开始"):
        withdraw_leave(leave=leave, actor=cast.representative_user)


def test_deciding(cast: Cast) -> None:
    leave = _ask(cast)
    for actor in (cast.liaison, cast.representative_user, cast.other_town_office, cast.leader, cast.stranger):
        with pytest.raises(NotYoursError):
            approve_leave(leave=leave, actor=actor)
    with pytest.raises(LeaveError, match="请写明不批准的理由"):
        refuse_leave(leave=leave, actor=cast.town_office, note="")
    refuse_leave(leave=leave, actor=cast.town_office, note="当天有会")
    with pytest.raises(ConflictError, match="镇办甲 刚刚已答复这次请假：未批准"):
        approve_leave(leave=leave, actor=cast.county_office)


def test_who_asks(cast: Cast) -> None:
    for actor in (cast.other_liaison, cast.other_town_office, cast.leader, cast.stranger):
        with pytest.raises(NotYoursError):
            request_leave(
                representative=cast.representative, first_on=SATURDAY, last_on=NEXT, reason="住院", actor=actor
            )
    leave = request_leave(
        representative=cast.representative, first_on=SATURDAY, last_on=NEXT, reason="住院", actor=cast.liaison
    )
    assert leave.requested_by == cast.liaison
    told = set(Reminder.objects.filter(kind=LEAVE).values_list("recipient", flat=True))
    assert told == {f"user:{cast.representative_user.pk}", f"DELEGATION_OFFICE:{cast.town.pk}"}
