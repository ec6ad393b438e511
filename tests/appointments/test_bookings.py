"""指定约见: requested, accepted under lock after the conflict check, moved, declined, cancelled, missed, kept."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import User
from appointments.booking_flow import BookingError, NotYoursError, WrongStateError
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, BookingState
from appointments.models import Appointment, Attendance, Booking
from appointments.services import bookings as services
from notifications.delivery import sweep
from notifications.enums import ReminderState
from notifications.models import Message, Reminder
from representatives.enums import RepresentativeStatus
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.appointments.gatherings import MATTER, NAME, PHONE, agreed, book, time_on
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

SATURDAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def test_a_request_waits_and_both_are_told_without_the_visitor(cast: Cast) -> None:
    booking = book(cast, time_on(SATURDAY))
    assert (booking.state, booking.appointment) == (BookingState.REQUESTED, None)
    assert not Appointment.objects.exists()
    told = Reminder.objects.filter(subject=f"booking:{booking.pk}")
    assert [row.recipient for row in told] == [f"user:{cast.representative_user.pk}"]  # the liaison wrote it down
    text = " ".join(f"{row.title} {row.body}" for row in Reminder.objects.all())
    assert not any(secret in text for secret in (NAME, PHONE, MATTER))
    assert "有人约见代表甲：2026年11月28日09:00—09:30" in text


def test_the_same_key_twice_is_one_booking(cast: Cast) -> None:
    key = uuid.uuid4()
    assert book(cast, submission_key=key) == book(cast, submission_key=key)
    assert Booking.objects.count() == 1


def test_name_and_phone_are_encrypted_at_rest(cast: Cast) -> None:
    booking = book(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT visitor_name, visitor_phone FROM appointments_booking WHERE id = %s", [booking.pk])
        assert not {NAME, PHONE} & set(cursor.fetchone())


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (time_on(date(2026, 11, 23)), "约见日期不能早于今天（11月24日）"),
        (time_on(date(2026, 11, 24), "08:00", "08:30"), "这个时间已经过了"),
        (time_on(SATURDAY, "10:00", "09:00"), "结束时间要晚于开始时间"),
        (time_on(SATURDAY, "10:00", "10:00"), "结束时间要晚于开始时间"),
    ],
)
def test_a_time_that_cannot_be(cast: Cast, when: services.Time, sentence: str) -> None:
    with pytest.raises(BookingError, match=sentence):
        book(cast, when)
    assert not Booking.objects.exists()


def test_only_for_somebody_in_office_at_that_studio(cast: Cast) -> None:
    elsewhere = RepresentativeFactory(delegation=cast.town, name="代表乙")
    with pytest.raises(BookingError, match="代表乙不在曲塘镇第一村党代表工作室"):
        book(cast, representative=elsewhere)
    person = cast.representative
    person.status, person.status_reason, person.status_on = RepresentativeStatus.SUSPENDED, "测试", SATURDAY
    person.save()
    with pytest.raises(BookingError, match="代表甲停止执行职务，不能安排"):
        book(cast)


@pytest.mark.parametrize("who", ["other_liaison", "other_town_office", "leader", "representative_user", "stranger"])
def test_others_cannot_request(cast: Cast, who: str) -> None:
    with pytest.raises(NotYoursError):
        book(cast, actor=getattr(cast, who))


@pytest.mark.parametrize("who", ["representative_user", "liaison", "town_office", "county_office"])
def test_accepted_it_becomes_an_appointment_with_reminders(cast: Cast, who: str) -> None:
    booking = services.accept_booking(booking=book(cast, time_on(SATURDAY)), actor=getattr(cast, who))
    meeting = Appointment.objects.get()
    assert (booking.state, booking.appointment) == (BookingState.ACCEPTED, meeting)
    assert (meeting.kind, meeting.studio, meeting.held_on) == (AppointmentKind.DESIGNATED, cast.studio, SATURDAY)
    seat = meeting.attendances.get()
    assert (seat.representative, seat.status) == (cast.representative, AttendanceStatus.EXPECTED)
    duty = Reminder.objects.filter(subject=f"attendance:{seat.pk}")
    assert sorted(duty.values_list("offset", flat=True)) == [-3, -1]


def test_within_the_own_duty_it_is_accepted_elsewhere_not(cast: Cast) -> None:
    duty = AppointmentFactory(studio=cast.studio, held_on=SATURDAY)
    AttendanceFactory(appointment=duty, representative=cast.representative)
    assert agreed(cast, time_on(SATURDAY, "09:30", "10:00")).state == BookingState.ACCEPTED
    with pytest.raises(BookingError, match="已有常规约见"):
        book(cast, time_on(SATURDAY, "14:00", "14:30"))


def test_what_came_between_is_found_when_it_is_accepted(cast: Cast) -> None:
    booking = book(cast, time_on(SATURDAY))
    theme = AppointmentFactory(studio=cast.studio, kind=AppointmentKind.THEMED, held_on=SATURDAY)
    AttendanceFactory(appointment=theme, representative=cast.representative)
    with pytest.raises(BookingError, match="已有主题约见"):
        services.accept_booking(booking=booking, actor=cast.liaison)
    booking.refresh_from_db()
    assert (booking.state, booking.appointment) == (BookingState.REQUESTED, None)


def test_the_second_to_accept_is_told(cast: Cast) -> None:
    booking = agreed(cast)
    with pytest.raises(WrongStateError, match="这个约见已经确认，不能确认约见"):
        services.accept_booking(booking=booking, actor=cast.liaison)
    assert Appointment.objects.count() == 1


def test_moved_before_the_answer_it_stands_on_the_new_day(cast: Cast) -> None:
    booking = services.move_booking(
        booking=book(cast), when=time_on(SATURDAY, "10:00", "10:30"), reason="当天开会", actor=cast.representative_user
    )
    assert (booking.state, booking.wanted_on, booking.reason) == (BookingState.ACCEPTED, SATURDAY, "当天开会")
    assert booking.appointment is not None
    assert booking.appointment.held_on == SATURDAY


def test_moved_after_the_answer_the_appointment_moves_and_calendars_hear_of_it(cast: Cast) -> None:
    booking = agreed(cast)
    moved = services.move_booking(
        booking=booking, when=time_on(date(2026, 12, 5)), reason="当天开会", actor=cast.liaison
    )
    meeting = Appointment.objects.get()
    assert (moved.appointment, meeting.held_on, meeting.sequence) == (meeting, date(2026, 12, 5), 1)
    assert meeting.change_note == "改期：当天开会"
    duty = Reminder.objects.filter(subject=f"attendance:{meeting.attendances.get().pk}")
    assert set(duty.values_list("occurrence", flat=True)) == {"s0-a0", "s0-a1"}


def test_moved_onto_another_guest_nothing_changes(cast: Cast) -> None:
    agreed(cast, time_on(SATURDAY, "09:00", "09:30"))
    booking = agreed(cast, time_on(SATURDAY, "10:00", "10:30"))
    with pytest.raises(BookingError, match="已有指定约见"):
        services.move_booking(
            booking=booking, when=time_on(SATURDAY, "09:15", "09:45"), reason="早点", actor=cast.liaison
        )
    booking.refresh_from_db()
    assert f"{booking.starts_at:%H:%M}" == "10:00"


@pytest.mark.parametrize("reason", ["", "   "])
@pytest.mark.parametrize("step", [services.decline_booking, services.cancel_booking])
def test_declining_and_cancelling_want_a_reason(cast: Cast, step: Callable[..., Booking], reason: str) -> None:
    booking = book(cast)
    with pytest.raises(BookingError, match="请写明"):
        step(booking=booking, reason=reason, actor=cast.liaison)
    with pytest.raises(BookingError, match="请写明改期的原因"):
        services.move_booking(booking=booking, when=time_on(SATURDAY), reason=reason, actor=cast.liaison)
    booking.refresh_from_db()
    assert booking.state == BookingState.REQUESTED


def test_declined_the_liaison_is_told(cast: Cast) -> None:
    booking = services.decline_booking(booking=book(cast), reason="出差", actor=cast.representative_user)
    assert (booking.state, booking.reason, booking.decided_by) == ("DECLINED", "出差", cast.representative_user)
    assert Reminder.objects.filter(title__startswith="约见已婉拒", recipient=f"user:{cast.liaison.pk}").count() == 1


def test_cancelled_the_appointment_is_cancelled_and_the_day_is_free_again(cast: Cast) -> None:
    booking = agreed(cast, time_on(SATURDAY))
    services.cancel_booking(booking=booking, reason="来访人有事", actor=cast.liaison)
    meeting = Appointment.objects.get()
    assert (meeting.status, meeting.sequence, meeting.change_note) == (AppointmentStatus.CANCELLED, 1, "来访人有事")
    assert agreed(cast, time_on(SATURDAY, "14:00", "14:30")).state == BookingState.ACCEPTED


def test_missed_only_from_its_day_on(cast: Cast) -> None:
    booking = agreed(cast, time_on(SATURDAY))
    with pytest.raises(BookingError, match="还没到约见的日子（11月28日）"):
        services.miss_booking(booking=booking, actor=cast.liaison)
    with time_machine.travel("2026-11-28 11:00 +0800"):
        assert services.miss_booking(booking=booking, actor=cast.liaison).state == BookingState.MISSED
    assert not Attendance.objects.keeping().exists()


@pytest.mark.parametrize("who", ["other_liaison", "other_town_office", "leader", "unit_handler", "stranger"])
def test_strangers_take_no_step(cast: Cast, who: str) -> None:
    actor: User = getattr(cast, who)
    booking = book(cast)
    steps: list[Callable[[], Any]] = [
        lambda: services.accept_booking(booking=booking, actor=actor),
        lambda: services.decline_booking(booking=booking, reason="不", actor=actor),
        lambda: services.move_booking(booking=booking, when=time_on(SATURDAY), reason="不", actor=actor),
    ]
    for step in steps:
        with pytest.raises(NotYoursError):
            step()


def test_a_request_that_was_answered_is_not_announced_any_more(cast: Cast) -> None:
    agreed(cast)
    sweep(timezone.now() + timedelta(minutes=1))
    asked = Reminder.objects.get(occurrence="requested")
    assert asked.state == ReminderState.CANCELLED
    assert [message.title[:5] for message in Message.objects.filter(user=cast.liaison)] == ["约见已确认"]
