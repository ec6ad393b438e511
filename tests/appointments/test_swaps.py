"""A swap from the request to the changed schedule, who may do what, and everything that is refused."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from appointments.enums import AttendanceStatus, SwapState
from appointments.models import Attendance, DutyPolicy, Leave, Swap
from appointments.notifications import DUTY, schedule_duty_reminders
from appointments.services import (
    ConflictError,
    accept_swap,
    approve_swap,
    confirm_duty,
    decline_swap,
    refuse_swap,
    request_swap,
    un_take_swap,
    withdraw_swap,
)
from appointments.swap_news import SWAP
from appointments.swapping import NotYoursError, SwapError
from notifications.delivery import sweep
from notifications.models import Message, Reminder
from representatives.models import Representative
from tests.appointments.duties import LATER, NEXT, SATURDAY, TODAY, account, colleague, duty
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


@pytest.fixture
def seat(cast: Cast) -> Attendance:
    return duty(cast.representative, cast.studio)


@pytest.fixture
def other(cast: Cast) -> Representative:
    return colleague(cast)


def _request(cast: Cast, seat: Attendance, asked: Representative | None, back: Attendance | None = None) -> Swap:
    return request_swap(seat=seat, actor=cast.representative_user, asked=asked, in_return=back, reason="外出")


def _keepers(day: date) -> list[str]:
    """Who keeps the duties of that day."""
    standing = Attendance.objects.standing().filter(appointment__held_on=day)
    return list(standing.values_list("representative__name", flat=True))


def test_from_request_to_the_changed_schedule(
    cast: Cast, client: Client, seat: Attendance, other: Representative
) -> None:
    schedule_duty_reminders([seat])
    swap = accept_swap(swap=_request(cast, seat, other), actor=account(other), taker=other)
    assert _keepers(SATURDAY) == ["代表甲"]
    approve_swap(swap=swap, actor=cast.town_office)
    assert _keepers(SATURDAY) == ["代表乙"]
    seat.refresh_from_db()
    assert (seat.status, seat.replaced_by.representative) == (AttendanceStatus.SUBSTITUTED, other)
    page = client.get(f"/?town={cast.town.pk}").content.decode()
    assert "<s>代表甲</s>" in page
    assert "代表乙" in page
    assert "（已换班）" in page
    with time_machine.travel("2026-11-27 09:00 +0800", tick=False):
        sweep(timezone.now())
    told = Message.objects.filter(title__contains="常规约见").values_list("user__name", flat=True)
    assert set(told) == {"代表乙"}
    assert Reminder.objects.filter(kind=DUTY, state="CANCELLED").exists()


def test_two_seats_change_hands(cast: Cast, seat: Attendance, other: Representative) -> None:
    back = duty(other, cast.studio, NEXT)
    swap = accept_swap(swap=_request(cast, seat, other, back), actor=account(other), taker=other)
    approve_swap(swap=swap, actor=cast.county_office)
    assert (_keepers(SATURDAY), _keepers(NEXT)) == (["代表乙"], ["代表甲"])


def test_everybody_concerned_is_told(cast: Cast, seat: Attendance, other: Representative) -> None:
    swap = _request(cast, seat, other)
    assert _told() == {f"user:{other.user_id}", f"user:{cast.liaison.pk}"}
    Reminder.objects.all().delete()
    swap = accept_swap(swap=swap, actor=account(other), taker=other)
    office = f"DELEGATION_OFFICE:{cast.town.pk}"
    assert _told() == {f"user:{cast.representative_user.pk}", f"user:{cast.liaison.pk}", office}
    Reminder.objects.all().delete()
    approve_swap(swap=swap, actor=cast.town_office)
    both = {f"user:{other.user_id}", f"user:{cast.representative_user.pk}"}
    assert _told() == {*both, f"user:{cast.liaison.pk}", office}


def _told() -> set[str]:
    return set(Reminder.objects.filter(kind=SWAP).values_list("recipient", flat=True))


def test_an_open_request_is_told_to_all_colleagues_and_dies_when_taken(
    cast: Cast, seat: Attendance, other: Representative
) -> None:
    third = colleague(cast, "代表丙")
    swap = _request(cast, seat, None)
    assert {f"user:{other.user_id}", f"user:{third.user_id}"} <= _told()
    accept_swap(swap=swap, actor=account(third), taker=third)
    sweep(timezone.now())
    assert not Message.objects.filter(user=other.user).exists()


def test_un_take_opens_it_to_everybody(cast: Cast, seat: Attendance, other: Representative) -> None:
    back = duty(other, cast.studio, LATER)
    swap = accept_swap(swap=_request(cast, seat, other, back), actor=account(other), taker=other)
    swap = un_take_swap(swap=swap, actor=account(other))
    swap.refresh_from_db()
    assert (swap.state, swap.asked, swap.taker, swap.in_return) == (SwapState.REQUESTED, None, None, None)


def test_the_liaison_does_all_of_it_on_behalf(cast: Cast, seat: Attendance) -> None:
    silent = RepresentativeFactory(delegation=cast.town, name="代表丁", studios=[cast.studio])
    swap = request_swap(seat=seat, actor=cast.liaison, asked=silent, reason="外出")
    swap = un_take_swap(swap=accept_swap(swap=swap, actor=cast.liaison, taker=silent), actor=cast.liaison)
    swap = accept_swap(swap=swap, actor=cast.liaison, taker=silent)
    assert (swap.requested_by, swap.answered_by, swap.was_answered_on_behalf) == (cast.liaison, cast.liaison, True)
    withdraw_swap(swap=swap, actor=cast.liaison)
    assert _keepers(SATURDAY) == ["代表甲"]


def test_decline_and_refuse_change_nothing(cast: Cast, seat: Attendance, other: Representative) -> None:
    swap = decline_swap(swap=_request(cast, seat, other), actor=account(other), note="在外地")
    assert swap.state == SwapState.DECLINED
    swap = accept_swap(swap=_request(cast, seat, other), actor=account(other), taker=other)
    with pytest.raises(SwapError, match="请写明不批准的理由"):
        refuse_swap(swap=swap, actor=cast.town_office, note=" ")
    assert refuse_swap(swap=swap, actor=cast.town_office, note="当天有活动").state == SwapState.REFUSED
    assert _keepers(SATURDAY) == ["代表甲"]


@pytest.mark.parametrize("who", ["other_town_office", "stranger", "leader", "other_liaison", "unit_handler"])
def test_strangers_take_no_step(cast: Cast, seat: Attendance, other: Representative, who: str) -> None:
    actor = getattr(cast, who)
    with pytest.raises(NotYoursError):
        request_swap(seat=seat, actor=actor, asked=other, reason="外出")
    swap = _request(cast, seat, other)
    for refused in (decline_swap, withdraw_swap):
        with pytest.raises(NotYoursError):
            refused(swap=swap, actor=actor)
    with pytest.raises(NotYoursError):
        accept_swap(swap=swap, actor=actor, taker=other)


def test_a_colleague_accepts_for_nobody_else(cast: Cast, seat: Attendance, other: Representative) -> None:
    swap = _request(cast, seat, None)
    third = colleague(cast, "代表丙")
    with pytest.raises(NotYoursError, match="不能替代表丙答应"):
        accept_swap(swap=swap, actor=account(other), taker=third)


def test_the_second_taker_is_told_who_was_faster(cast: Cast, seat: Attendance, other: Representative) -> None:
    swap, third = _request(cast, seat, None), colleague(cast, "代表丙")
    accept_swap(swap=swap, actor=account(third), taker=third)
    with pytest.raises(ConflictError, match="^代表丙 刚刚已答应接替这次值班。$"):
        accept_swap(swap=swap, actor=account(other), taker=other)


def test_refused_requests(cast: Cast, seat: Attendance, other: Representative) -> None:
    def refused(sentence: str, given: Attendance, asked: Representative | None, back: Attendance | None = None) -> None:
        with pytest.raises(SwapError, match=sentence):
            _request(cast, given, asked, back)

    refused("已经过去", duty(cast.representative, cast.studio, date(2026, 11, 21)), other)
    refused("不是曲塘镇第一村党代表工作室的党代表", seat, colleague(cast, "代表戊", cast.other_studio))
    refused("本来就是代表甲的值班", seat, cast.representative)
    refused("对换要先选好与谁换", seat, None, duty(other, cast.studio, NEXT))
    refused("换回的值班已不是代表乙的", seat, other, duty(cast.representative, cast.studio, LATER))
    busy = colleague(cast, "代表己")
    duty(busy, cast.other_studio)
    refused("代表己2026年11月28日已有常规约见", seat, busy)
    beside = colleague(cast, "代表庚")
    duty(beside, cast.studio)
    refused("代表庚2026年11月28日本来就在这里值班", seat, beside)
    suspended = colleague(cast, "代表辛")
    Representative.objects.filter(pk=suspended.pk).update(status="SUSPENDED", status_on=TODAY, status_reason="病休")
    refused("代表辛停止执行职务", seat, suspended)
    _request(cast, seat, other)
    refused("已有一个换班申请在办", seat, other)
    assert Swap.objects.count() == 1


def test_both_are_checked_again_when_the_office_approves(cast: Cast, seat: Attendance, other: Representative) -> None:
    swap = accept_swap(swap=_request(cast, seat, other), actor=account(other), taker=other)
    duty(other, cast.other_studio)
    with pytest.raises(SwapError, match="代表乙2026年11月28日已有常规约见"):
        approve_swap(swap=swap, actor=cast.town_office)
    Attendance.objects.filter(representative=other).delete()
    other.studios.clear()
    with pytest.raises(SwapError, match="代表乙不是"):
        approve_swap(swap=swap, actor=cast.town_office)
    other.studios.add(cast.studio)
    Attendance.objects.filter(pk=seat.pk).update(status=AttendanceStatus.LEAVE)
    with pytest.raises(SwapError, match="席位已是“请假”"):
        approve_swap(swap=swap, actor=cast.town_office)
    swap.refresh_from_db()
    assert swap.state == SwapState.ACCEPTED


def test_the_owner_must_be_free_for_the_duty_in_return(cast: Cast, seat: Attendance, other: Representative) -> None:
    back = duty(other, cast.studio, NEXT)
    duty(cast.representative, cast.other_studio, NEXT)
    with pytest.raises(SwapError, match="代表甲2026年12月5日已有常规约见"):
        _request(cast, seat, other, back)


def test_after_the_cut_off_only_the_office_changes_it(cast: Cast, seat: Attendance, other: Representative) -> None:
    cast.town.phone = "0513-00000001"
    cast.town.save()
    DutyPolicy.objects.create(county=cast.county, effective_from=TODAY, swap_days=2)
    swap = _request(cast, seat, None)
    with time_machine.travel("2026-11-26 23:00 +0800", tick=False):
        swap = un_take_swap(swap=accept_swap(swap=swap, actor=account(other), taker=other), actor=account(other))
    with time_machine.travel("2026-11-27 08:00 +0800", tick=False):
        for actor in (account(other), cast.liaison):
            with pytest.raises(
                SwapError, match="2026年11月26日截止，现在请打电话给曲塘镇代表队办公室（0513-00000001）"
            ):
                accept_swap(swap=swap, actor=actor, taker=other)
        swap = accept_swap(swap=swap, actor=cast.town_office, taker=other)
        with pytest.raises(SwapError, match="截止"):
            un_take_swap(swap=swap, actor=account(other))
        approve_swap(swap=swap, actor=cast.town_office)
    assert _keepers(SATURDAY) == ["代表乙"]


def test_a_seat_may_go_round_and_come_back(cast: Cast, seat: Attendance, other: Representative) -> None:
    """A → B → A → B → C: no two rows ever replace the same one."""
    third = colleague(cast, "代表丙")
    line = [cast.representative, other, cast.representative, other, third]
    for giver, taker in zip(line, line[1:], strict=False):
        standing = Attendance.objects.standing().get(appointment=seat.appointment)
        assert standing.representative == giver
        swap = request_swap(seat=standing, actor=cast.liaison, asked=taker, reason="外出")
        approve_swap(swap=accept_swap(swap=swap, actor=cast.liaison, taker=taker), actor=cast.town_office)
    last = Attendance.objects.standing().get(appointment=seat.appointment)
    assert last.representative == third
    assert last.replaces is not None
    assert last.replaces.representative == other
    assert Attendance.objects.filter(appointment=seat.appointment).count() == 3


def test_confirming_is_once_and_ends_with_the_seat(cast: Cast, seat: Attendance, other: Representative) -> None:
    first = confirm_duty(seat=seat, actor=cast.representative_user).confirmed_at
    with time_machine.travel("2026-11-25 09:00 +0800", tick=False):
        assert confirm_duty(seat=seat, actor=cast.representative_user).confirmed_at == first
    with pytest.raises(NotYoursError):
        confirm_duty(seat=seat, actor=account(other))
    swap = accept_swap(swap=_request(cast, seat, other), actor=account(other), taker=other)
    approve_swap(swap=swap, actor=cast.town_office)
    seat.refresh_from_db()
    assert seat.confirmed_at is None
    with pytest.raises(SwapError, match="另作安排"):
        confirm_duty(seat=seat, actor=cast.representative_user)


def test_leave_ends_what_waits_and_hides_it(cast: Cast, seat: Attendance, other: Representative) -> None:
    swap = _request(cast, seat, other)
    assert list(Swap.objects.offered_to(account(other), TODAY)) == [swap]
    Leave.objects.create(
        representative=other,
        first_on=SATURDAY,
        last_on=SATURDAY + timedelta(days=1),
        reason="住院",
        status="APPROVED",
        requested_by=cast.liaison,
        requested_at=timezone.now(),
    )
    with pytest.raises(SwapError, match="代表乙2026年11月28日请假"):
        accept_swap(swap=swap, actor=account(other), taker=other)
    Attendance.objects.update(status=AttendanceStatus.LEAVE)
    assert not Swap.objects.offered_to(account(other), TODAY).exists()
