"""Duties are announced three days and one day ahead; re-checked when sent; liaisons are reminded of the attendance."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appointments.enums import AppointmentStatus, AttendanceStatus
from appointments.integrity import duties_told
from appointments.models import Appointment, Attendance, DutyPolicy
from appointments.notifications import DUTY, UNCONFIRMED, schedule_duty_reminders
from appointments.services import close_seat, hand_over, record_attendance
from appointments.tasks import sweep_duties
from notifications.delivery import sweep
from notifications.models import Message, Reminder, user_address
from studios.clocks import SHANGHAI
from tests.accounts.factories import UserFactory
from tests.appointments.attending import SATURDAY, colleague, seat_of
from tests.cast import Cast

NOW = "2026-11-20 09:00 +0800"


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, 1, tzinfo=SHANGHAI)


def _go(day: int, hour: int) -> None:
    with time_machine.travel(_at(day, hour), tick=False):
        sweep(timezone.now())


def _planned(kind: str = DUTY) -> list[tuple[int, str, str]]:
    rows = Reminder.objects.filter(kind=kind).order_by("due_at", "pk")
    return [(row.offset, f"{timezone.localtime(row.due_at):%m-%d %H:%M}", row.recipient) for row in rows]


@pytest.fixture
def seat(cast: Cast) -> Attendance:
    """Published eight days ahead."""
    found = seat_of(cast)
    with time_machine.travel(NOW, tick=False):
        schedule_duty_reminders([found])
    return found


def test_three_days_and_one_day_ahead(cast: Cast, seat: Attendance) -> None:
    own = user_address(cast.representative_user)
    assert _planned() == [(-3, "11-25 08:00", own), (-1, "11-27 08:00", own)]
    _go(25, 8)
    _go(25, 9)
    _go(27, 8)
    _go(28, 10)
    sent = Message.objects.filter(user=cast.representative_user)
    assert [message.title for message in sent] == ["2026年11月28日常规约见：曲塘镇第一村党代表工作室"] * 2


def test_the_county_says_how_many_days(cast: Cast) -> None:
    DutyPolicy.objects.create(county=cast.county, effective_from=date(2026, 11, 1), reminder_days=[7, 2])
    DutyPolicy.objects.create(county=cast.county, effective_from=date(2026, 12, 1), reminder_days=[])
    with time_machine.travel(NOW, tick=False):
        schedule_duty_reminders([seat_of(cast), seat_of(cast, appointment__held_on=date(2026, 12, 5))])
    assert [(offset, at) for offset, at, _who in _planned()] == [(-7, "11-21 08:00"), (-2, "11-26 08:00")]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-26 15:00 +0800", [(-1, "11-27 08:00")]),
        ("2026-11-28 07:00 +0800", [(-1, "11-28 07:00")]),
        ("2026-11-28 09:00 +0800", []),
    ],
)
def test_short_notice(cast: Cast, at: str, expected: list[tuple[int, str]]) -> None:
    with time_machine.travel(at, tick=False):
        schedule_duty_reminders([seat_of(cast)])
    assert [(offset, due) for offset, due, _who in _planned()] == expected


def test_twice_is_once(cast: Cast, seat: Attendance) -> None:
    before = Reminder.objects.count()
    with time_machine.travel(NOW, tick=False):
        schedule_duty_reminders([seat, seat])
        sweep_duties()
    assert Reminder.objects.count() == before


def test_without_an_account_the_liaison_passes_it_on(cast: Cast) -> None:
    person = colleague(cast)
    with time_machine.travel(NOW, tick=False):
        schedule_duty_reminders([seat_of(cast, person)])
    assert {who for _offset, _at, who in _planned()} == {user_address(cast.liaison)}
    assert Reminder.objects.filter(kind=DUTY)[0].title.startswith("请转告代表乙（没有账号）：")
    _go(25, 8)
    assert Message.objects.filter(user=cast.liaison).count() == 1
    person.user = UserFactory()
    person.save()
    _go(27, 8)
    assert Reminder.objects.get(kind=DUTY, offset=-1).last_error == "不再由这个账号接收"


def test_a_swap_tells_the_new_one_only(cast: Cast, seat: Attendance) -> None:
    other = colleague(cast, user=UserFactory())
    with time_machine.travel("2026-11-26 12:00 +0800", tick=False):
        hand_over(seat=seat, to=other, note="换班")
    _go(27, 8)
    assert Message.objects.filter(user=other.user).count() == 1
    assert not Message.objects.filter(user=cast.representative_user).exists()
    assert set(Reminder.objects.filter(recipient=user_address(cast.representative_user)).values_list("state")) == {
        ("CANCELLED",),
        ("EXPIRED",),
    }


@pytest.mark.parametrize("what", ["leave", "vacant", "cancelled", "changed"])
def test_nothing_is_sent_of_what_changed(cast: Cast, seat: Attendance, what: str) -> None:
    if what == "cancelled":
        Appointment.objects.update(status=AppointmentStatus.CANCELLED)
    elif what == "changed":
        Appointment.objects.update(sequence=1)
    else:
        close_seat(seat, AttendanceStatus.LEAVE if what == "leave" else AttendanceStatus.VACANT, "病了")
    _go(25, 8)
    assert not Message.objects.exists()
    assert Reminder.objects.get(kind=DUTY, offset=-3).last_error == "值班已变更"


def test_two_hundred_seats_cost_what_one_does(cast: Cast) -> None:
    """But for the INSERTs, which SQLite takes only so many values at a time."""

    def cost(count: int) -> int:
        days = [SATURDAY + timedelta(days=n) for n in range(count)]
        seats = [seat_of(cast, appointment__held_on=day) for day in days]
        fresh = list(Attendance.objects.filter(pk__in=[row.pk for row in seats]).select_related("appointment"))
        with CaptureQueriesContext(connection) as captured:
            schedule_duty_reminders(fresh)
        Appointment.objects.update(kind="THEMED")
        return len([row for row in captured.captured_queries if not row["sql"].startswith("INSERT")])

    with time_machine.travel(NOW, tick=False):
        assert cost(1) == cost(200)


def test_the_audit_finds_what_is_missing_and_the_tick_writes_it(cast: Cast) -> None:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        seat = seat_of(cast)
        far = seat_of(cast, appointment__held_on=date(2026, 12, 2))
        found = list(duties_told())
        assert found == [f"席位 #{seat.pk}：没有给 {user_address(cast.representative_user)} 的值班提醒"]
        sweep_duties()
        assert list(duties_told()) == []
        assert not Reminder.objects.filter(subject=f"attendance:{far.pk}").exists()
        close_seat(seat, AttendanceStatus.EXPECTED, "改时间")
        assert list(duties_told()) != []
        sweep_duties()
        assert list(duties_told()) == []


def test_the_evening_asks_who_came(cast: Cast, seat: Attendance) -> None:
    assert _planned(UNCONFIRMED) == [(0, "11-28 18:00", user_address(cast.liaison))]
    seat_of(cast, colleague(cast), appointment=seat.appointment)
    _go(28, 17)
    assert not Message.objects.filter(user=cast.liaison).exists()
    _go(28, 18)
    _go(29, 9)
    message = Message.objects.get(user=cast.liaison)
    assert message.title == "请登记到岗：2026年11月28日常规约见（曲塘镇第一村党代表工作室）"
    assert message.url == "/desk/attendances/day/?on=2026-11-28"


@pytest.mark.parametrize("what", ["confirmed", "cancelled", "changed", "other liaison"])
def test_the_evening_asks_nothing_that_is_settled(cast: Cast, seat: Attendance, what: str) -> None:
    if what == "confirmed":
        with time_machine.travel(_at(28, 9), tick=False):
            record_attendance(seat=seat, status=AttendanceStatus.PRESENT, actor=cast.liaison)
    elif what == "cancelled":
        Appointment.objects.update(status=AppointmentStatus.CANCELLED)
    elif what == "changed":
        Appointment.objects.update(sequence=1)
    else:
        cast.studio.liaisons.set([cast.other_liaison])
    _go(28, 18)
    assert not Message.objects.filter(title__startswith="请登记到岗").exists()


def test_without_a_liaison_the_office_is_asked(cast: Cast) -> None:
    cast.studio.liaisons.clear()
    with time_machine.travel(NOW, tick=False):
        schedule_duty_reminders([seat_of(cast)])
    _go(28, 18)
    assert Message.objects.filter(user=cast.town_office, title__startswith="请登记到岗").count() == 1
