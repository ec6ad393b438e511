"""Who leaves office leaves future rosters at once, and the gap is shown (domain.md §3)."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from appointments.duties import duties_on, next_duty_of_representative, next_duty_of_studios
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from appointments.measures import ATTENDANCE_SOURCES
from appointments.models import Appointment, Attendance
from appointments.notifications import VACANCY
from notifications.delivery import sweep
from notifications.models import Message, Reminder
from reports.headline import headline
from reports.rows import Rows
from representatives.services import change_status
from studios.measures import Span
from studios.periods import BEGINNING
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]
TODAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 28)
EVER = Span(BEGINNING, date(2999, 12, 31), date(2999, 12, 31))


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


@pytest.fixture
def seat(cast: Cast) -> Attendance:
    """The representative of 曲塘镇 on duty next Saturday."""
    row: Attendance = AttendanceFactory(
        appointment__studio=cast.studio, appointment__held_on=SATURDAY, representative=cast.representative
    )
    return row


def _suspend(cast: Cast, on: date = TODAY, status: str = "SUSPENDED") -> None:
    change_status(representative=cast.representative, to_status=status, on=on, reason="病休", actor=cast.town_office)


@pytest.mark.parametrize(
    ("held_on", "appointment_status", "status", "is_freed"),
    [
        (SATURDAY, AppointmentStatus.PLANNED, AttendanceStatus.EXPECTED, True),
        (TODAY, AppointmentStatus.PLANNED, AttendanceStatus.EXPECTED, True),
        (date(2026, 11, 21), AppointmentStatus.PLANNED, AttendanceStatus.EXPECTED, False),
        (SATURDAY, AppointmentStatus.HELD, AttendanceStatus.EXPECTED, False),
        (SATURDAY, AppointmentStatus.CANCELLED, AttendanceStatus.EXPECTED, False),
        (SATURDAY, AppointmentStatus.PLANNED, AttendanceStatus.LEAVE, False),
        (SATURDAY, AppointmentStatus.PLANNED, AttendanceStatus.PRESENT, False),
        (SATURDAY, AppointmentStatus.PLANNED, AttendanceStatus.SUBSTITUTED, False),
        (SATURDAY, AppointmentStatus.PLANNED, AttendanceStatus.ABSENT, False),
    ],
)
@pytest.mark.parametrize("to_status", ["SUSPENDED", "TERMINATED"])
def test_only_seats_still_to_be_kept(
    cast: Cast, held_on: date, appointment_status: str, status: str, to_status: str, *, is_freed: bool
) -> None:
    appointment = AppointmentFactory(studio=cast.studio, held_on=held_on, status=appointment_status)
    row = AttendanceFactory(appointment=appointment, representative=cast.representative, status=status)
    other = AttendanceFactory(appointment=appointment, status=status)
    _suspend(cast, status=to_status)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.status, other.status) == (AttendanceStatus.VACANT if is_freed else status, status)


def test_coming_back_refills_nothing(cast: Cast, seat: Attendance) -> None:
    _suspend(cast)
    _suspend(cast, status="ACTIVE")
    seat.refresh_from_db()
    assert seat.status == AttendanceStatus.VACANT


def test_nobody_is_on_duty_there(cast: Cast, seat: Attendance) -> None:
    assert next_duty_of_studios(cast.liaison, TODAY) == seat
    _suspend(cast)
    assert duties_on(cast.liaison, SATURDAY) == []
    assert next_duty_of_studios(cast.liaison, TODAY) is None
    assert next_duty_of_representative(cast.representative_user, TODAY) is None


@pytest.mark.parametrize("kind", AppointmentKind)
def test_a_gap_counts_nowhere(cast: Cast, kind: str) -> None:
    appointment = AppointmentFactory(studio=cast.studio, kind=kind, held=True, held_on=SATURDAY)
    AttendanceFactory(appointment=appointment, present=True)
    before = headline(Rows.of_county(cast.county), EVER)
    AttendanceFactory(appointment=appointment, status=AttendanceStatus.VACANT)
    assert headline(Rows.of_county(cast.county), EVER) == before
    for source, key in [(place, key) for place in ATTENDANCE_SOURCES for key in place.measures]:
        counted = source.rows(Attendance.objects.all(), key, EVER)
        assert AttendanceStatus.VACANT not in counted.values_list("status", flat=True)


def test_the_lists_show_the_gap_and_who_sat_there(cast: Cast, login: Login, seat: Attendance) -> None:
    for _ in range(5):
        AttendanceFactory(appointment=seat.appointment, representative=RepresentativeFactory(delegation=cast.town))
    _suspend(cast)
    client = login(cast.town_office)
    for address in ("/desk/appointments/", "/desk/attendances/", "/desk/attendances/?status=VACANT"):
        page = client.get(address).content.decode()
        assert '<span class="gap">空缺</span><span class="note">（原 代表甲，停止执行职务）</span>' in page, address
    assert "等 6 席" in client.get("/desk/appointments/").content.decode()
    _suspend(cast, status="ACTIVE")
    assert "（原 代表甲）" in client.get("/desk/attendances/").content.decode()


def test_the_public_reads_a_gap_and_no_name(cast: Cast, client: Client, seat: Attendance) -> None:
    address = f"/?town={cast.town.pk}"
    assert "代表甲" in client.get(address).content.decode()
    _suspend(cast)
    page = client.get(address).content.decode()
    assert "<strong>空缺</strong>" in page
    assert "代表甲" not in page
    assert "病休" not in page
    Appointment.objects.update(status=AppointmentStatus.CANCELLED)
    assert "空缺" not in client.get(address).content.decode()


def test_each_office_is_told_once(cast: Cast, seat: Attendance) -> None:
    AttendanceFactory(
        appointment__studio=cast.studio, appointment__held_on=date(2026, 12, 5), representative=cast.representative
    )
    AttendanceFactory(
        appointment__studio=cast.other_studio, appointment__held_on=SATURDAY, representative=cast.representative
    )
    _suspend(cast)
    told = {row.recipient: row.title for row in Reminder.objects.filter(kind=VACANCY)}
    assert told == {
        f"{Role.DELEGATION_OFFICE}:{cast.town.pk}": "2 个席位空缺：代表甲停止执行职务",
        f"{Role.DELEGATION_OFFICE}:{cast.other_town.pk}": "1 个席位空缺：代表甲停止执行职务",
    }
    sweep(timezone.now())
    sweep(timezone.now())
    message = Message.objects.get(user=cast.town_office)
    assert "11月28日 曲塘镇第一村党代表工作室；12月5日" in message.body
    assert message.url == "/desk/attendances/?status=VACANT&from=2026-11-24"


def test_without_seats_nobody_is_told(cast: Cast) -> None:
    _suspend(cast)
    assert not Reminder.objects.filter(kind=VACANCY).exists()
