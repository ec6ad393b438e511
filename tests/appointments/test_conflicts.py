"""One appointment a day for one person, across all four kinds; the exception is somebody received during a duty."""

from datetime import date, time
from itertools import product

import pytest
from django.db.models import Q
from django.utils import timezone

from appointments.conflicts import busy_days, conflict
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, LeaveStatus
from appointments.models import Appointment, Attendance, Leave
from representatives.enums import RepresentativeStatus
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.cast import Cast
from tests.studios.factories import StudioFactory

DAY = date(2026, 11, 28)
REGULAR, DESIGNATED = AppointmentKind.REGULAR, AppointmentKind.DESIGNATED
OVERLAPPING = ("09:00", "11:30"), ("09:30", "10:00")


def _meeting(cast: Cast, kind: AppointmentKind, hours: tuple[str, str] = OVERLAPPING[0], **more: object) -> Appointment:
    begins, ends = (time.fromisoformat(hour) for hour in hours)
    made: Appointment = AppointmentFactory.build(
        **{"studio": cast.studio, "kind": kind, "held_on": DAY, "starts_at": begins, "ends_at": ends} | more
    )
    made.county, made.delegation = cast.county, cast.town
    return made


def _seated(cast: Cast, meeting: Appointment, status: str = AttendanceStatus.EXPECTED) -> Attendance:
    meeting.save()
    seat: Attendance = AttendanceFactory(appointment=meeting, representative=cast.representative, status=status)
    return seat


@pytest.mark.parametrize(("has", "gets"), list(product(AppointmentKind, repeat=2)))
def test_every_kind_against_every_kind(cast: Cast, has: AppointmentKind, gets: AppointmentKind) -> None:
    """In the hours of a duty only who named the person is received; the other way round the duty takes them in."""
    outer, inner = OVERLAPPING
    _seated(cast, _meeting(cast, has, inner if (has, gets) == (DESIGNATED, REGULAR) else outer))
    why = conflict(cast.representative, _meeting(cast, gets, outer if gets == REGULAR else inner))
    if {has, gets} == {REGULAR, DESIGNATED}:
        assert why == ""
    else:
        assert why == f"代表甲2026年11月28日已有{has.label}（{cast.studio}），不能再安排"


@pytest.mark.parametrize(
    ("guest", "is_free"),
    [
        (("09:00", "09:30"), True),
        (("11:00", "11:30"), True),
        (("09:00", "11:30"), True),
        (("08:30", "09:30"), False),
        (("11:00", "12:00"), False),
        (("14:00", "14:30"), False),
    ],
)
def test_a_guest_is_received_within_the_hours_of_the_duty(cast: Cast, guest: tuple[str, str], *, is_free: bool) -> None:
    _seated(cast, _meeting(cast, REGULAR))
    assert (conflict(cast.representative, _meeting(cast, DESIGNATED, guest)) == "") is is_free


def test_a_guest_is_not_received_at_another_studio(cast: Cast) -> None:
    _seated(cast, _meeting(cast, REGULAR))
    elsewhere = StudioFactory(delegation=cast.town)
    assert "已有常规约见" in conflict(cast.representative, _meeting(cast, DESIGNATED, OVERLAPPING[1], studio=elsewhere))


@pytest.mark.parametrize(
    ("second", "is_free"), [(("09:30", "10:00"), True), (("09:15", "09:45"), False), (("08:30", "09:00"), True)]
)
def test_two_guests_come_one_after_the_other(cast: Cast, second: tuple[str, str], *, is_free: bool) -> None:
    _seated(cast, _meeting(cast, DESIGNATED, ("09:00", "09:30")))
    assert (conflict(cast.representative, _meeting(cast, DESIGNATED, second)) == "") is is_free


@pytest.mark.parametrize("status", AttendanceStatus)
def test_only_seats_that_are_kept_take_up_the_day(cast: Cast, status: AttendanceStatus) -> None:
    _seated(cast, _meeting(cast, AppointmentKind.THEMED), status)
    why = conflict(cast.representative, _meeting(cast, AppointmentKind.COLLECTIVE))
    keeps = status in {AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT, AttendanceStatus.ABSENT}
    assert bool(why) is keeps
    assert bool(busy_days([cast.representative.pk], DAY, DAY)) is keeps


def test_what_was_cancelled_takes_up_nothing(cast: Cast) -> None:
    _seated(cast, _meeting(cast, AppointmentKind.THEMED, status=AppointmentStatus.CANCELLED))
    assert conflict(cast.representative, _meeting(cast, REGULAR)) == ""
    assert busy_days([cast.representative.pk], DAY, DAY) == []


def test_another_day_is_another_matter(cast: Cast) -> None:
    _seated(cast, _meeting(cast, AppointmentKind.THEMED))
    assert conflict(cast.representative, _meeting(cast, REGULAR, held_on=date(2026, 11, 29))) == ""


def test_a_seat_given_away_in_the_same_breath_does_not_count(cast: Cast) -> None:
    seat = _seated(cast, _meeting(cast, AppointmentKind.THEMED))
    assert conflict(cast.representative, _meeting(cast, REGULAR))
    assert conflict(cast.representative, _meeting(cast, REGULAR), besides=[seat.pk]) == ""
    assert busy_days([cast.representative.pk], DAY, DAY, besides=Q(appointment=seat.appointment)) == []


def test_the_meeting_itself_is_no_conflict(cast: Cast) -> None:
    seat = _seated(cast, _meeting(cast, AppointmentKind.THEMED))
    assert conflict(cast.representative, seat.appointment) == ""


@pytest.mark.parametrize("status", LeaveStatus)
def test_only_approved_leave_keeps_away(cast: Cast, status: LeaveStatus) -> None:
    Leave.objects.create(
        representative=cast.representative,
        first_on=date(2026, 11, 27),
        last_on=date(2026, 11, 29),
        reason="外出学习",
        status=status,
        requested_by=cast.liaison,
        requested_at=timezone.now(),
    )
    why = conflict(cast.representative, _meeting(cast, DESIGNATED))
    is_away = status == LeaveStatus.APPROVED
    assert why == ("代表甲2026年11月28日请假，不能安排" if is_away else "")
    days = [busy.day.day for busy in busy_days([cast.representative.pk], DAY, date(2026, 12, 31)) if busy.is_leave]
    assert days == ([28, 29] if is_away else [])


@pytest.mark.parametrize("status", [RepresentativeStatus.SUSPENDED, RepresentativeStatus.TERMINATED])
def test_who_is_not_in_office_is_not_seated(cast: Cast, status: RepresentativeStatus) -> None:
    person = cast.representative
    person.status, person.status_reason, person.status_on = status, "测试", DAY
    assert conflict(person, _meeting(cast, REGULAR)) == f"代表甲{status.label}，不能安排"


def test_a_meeting_without_a_place_still_says_a_sentence(cast: Cast) -> None:
    meeting = _meeting(cast, AppointmentKind.COLLECTIVE)
    meeting.studio = None
    _seated(cast, meeting)
    assert "已有集中约见（地点未填）" in conflict(cast.representative, _meeting(cast, REGULAR))
