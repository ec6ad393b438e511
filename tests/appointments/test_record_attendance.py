"""到岗, 请假, 缺勤 and corrections by the liaison (domain.md §5): who may, when, and what it leaves behind."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, AttendanceWay
from appointments.models import Attendance, AttendanceEntry
from appointments.services import AttendanceError, correct_attendance, record_attendance
from tests.appointments.attending import AFTER, BEFORE, DURING, EARLY, NEXT_DAY, colleague, seat_of
from tests.appointments.factories import AttendanceFactory, VisitFactory
from tests.cast import Cast

Login = Callable[[User], Client]
PRESENT, ABSENT, LEAVE = AttendanceStatus.PRESENT, AttendanceStatus.ABSENT, AttendanceStatus.LEAVE


@pytest.fixture
def seat(cast: Cast) -> Attendance:
    return seat_of(cast)


@pytest.mark.parametrize(
    ("at", "status", "said"),
    [
        (BEFORE, PRESENT, "还没到时间，2026年11月28日 08:00 起可以登记到岗。"),
        (EARLY, PRESENT, ""),
        (DURING, PRESENT, ""),
        (NEXT_DAY, PRESENT, ""),
        (DURING, ABSENT, "约见还没结束，2026年11月28日 11:30 以后可以登记请假或缺勤。"),
        (DURING, LEAVE, "约见还没结束，2026年11月28日 11:30 以后可以登记请假或缺勤。"),
        (AFTER, ABSENT, ""),
        (AFTER, LEAVE, ""),
        (AFTER, AttendanceStatus.VACANT, "请选择到岗、请假或缺勤。"),
        (AFTER, AttendanceStatus.SUBSTITUTED, "请选择到岗、请假或缺勤。"),
        (AFTER, AttendanceStatus.EXPECTED, "请选择到岗、请假或缺勤。"),
    ],
)
def test_when_what_can_be_written_down(
    cast: Cast, seat: Attendance, at: str, status: AttendanceStatus, said: str
) -> None:
    with time_machine.travel(at, tick=False):
        if said:
            with pytest.raises(AttendanceError) as refused:
                record_attendance(seat=seat, status=status, actor=cast.liaison, reason="生病")
            assert str(refused.value) == said
        else:
            record_attendance(seat=seat, status=status, actor=cast.liaison, reason="生病")
    seat.refresh_from_db()
    assert seat.status == (AttendanceStatus.EXPECTED if said else status)
    assert AttendanceEntry.objects.count() == (0 if said else 1)


@time_machine.travel(DURING, tick=False)
def test_a_presence_is_timed_logged_and_proves_the_duty(cast: Cast, seat: Attendance) -> None:
    record_attendance(seat=seat, status=PRESENT, actor=cast.liaison)
    seat.refresh_from_db()
    assert seat.checked_in_at is not None
    assert (f"{seat.checked_in_at:%H:%M}", seat.checked_in_by) == ("01:30", cast.liaison)
    assert seat.appointment.status == AppointmentStatus.HELD
    entry = seat.entries.get()
    assert (entry.from_status, entry.to_status, entry.way) == ("EXPECTED", "PRESENT", AttendanceWay.BY_HAND)


@time_machine.travel(NEXT_DAY, tick=False)
def test_a_presence_written_down_later_has_no_check_in_time(cast: Cast, seat: Attendance) -> None:
    record_attendance(seat=seat, status=PRESENT, actor=cast.liaison)
    seat.refresh_from_db()
    assert (seat.status, seat.checked_in_at) == (PRESENT, None)


@time_machine.travel(AFTER, tick=False)
def test_leave_wants_a_reason_and_calendars_hear_of_it(cast: Cast, seat: Attendance) -> None:
    with pytest.raises(AttendanceError, match="请写明请假的原因"):
        record_attendance(seat=seat, status=LEAVE, actor=cast.liaison, reason="  ")
    record_attendance(seat=seat, status=LEAVE, actor=cast.liaison, reason="住院")
    seat.refresh_from_db()
    assert (seat.status, seat.sequence) == (LEAVE, 1)
    assert seat.changed_at is not None


@time_machine.travel(DURING, tick=False)
@pytest.mark.parametrize("who", ["other_liaison", "other_town_office", "leader", "representative_user", "stranger"])
def test_others_write_nothing(cast: Cast, seat: Attendance, who: str) -> None:
    with pytest.raises(AttendanceError, match="到岗由工作室联络员"):
        record_attendance(seat=seat, status=PRESENT, actor=getattr(cast, who))
    with pytest.raises(AttendanceError, match="到岗由工作室联络员"):
        correct_attendance(seat=seat, status=PRESENT, actor=getattr(cast, who), reason="试试")


@time_machine.travel(DURING, tick=False)
@pytest.mark.parametrize(
    ("status", "said"),
    [
        (AttendanceStatus.PRESENT, "代表甲已经到岗，不用再登记。"),
        (AttendanceStatus.LEAVE, "代表甲这次已记为“请假”，要改请用“更正”。"),
        (AttendanceStatus.SUBSTITUTED, "代表甲这次已记为“换班”，要改请用“更正”。"),
        (AttendanceStatus.VACANT, "代表甲这次已记为“空缺”，要改请用“更正”。"),
    ],
)
def test_only_somebody_still_expected(cast: Cast, status: str, said: str) -> None:
    with pytest.raises(AttendanceError) as refused:
        record_attendance(seat=seat_of(cast, status=status), status=PRESENT, actor=cast.liaison)
    assert str(refused.value) == said


@time_machine.travel(DURING, tick=False)
def test_nobody_is_present_at_what_was_cancelled(cast: Cast) -> None:
    with pytest.raises(AttendanceError, match="这次约见已取消"):
        record_attendance(
            seat=seat_of(cast, appointment__status=AppointmentStatus.CANCELLED), status=PRESENT, actor=cast.liaison
        )


def test_a_correction_keeps_the_time_and_says_why(cast: Cast, seat: Attendance) -> None:
    with time_machine.travel(DURING, tick=False):
        record_attendance(seat=seat, status=PRESENT, actor=cast.liaison)
    with time_machine.travel(NEXT_DAY, tick=False):
        correct_attendance(seat=seat, status=ABSENT, reason="点错了人", actor=cast.town_office)
        seat.refresh_from_db()
        at = seat.checked_in_at
        assert (seat.status, seat.appointment.status) == (ABSENT, AppointmentStatus.PLANNED)
        correct_attendance(seat=seat, status=PRESENT, reason="查看照片，确实来了", actor=cast.liaison)
    seat.refresh_from_db()
    assert (seat.status, seat.checked_in_at, seat.appointment.status) == (PRESENT, at, AppointmentStatus.HELD)
    assert at is not None
    log = [(entry.to_status, entry.reason, entry.actor) for entry in seat.entries.all()]
    assert log[1:] == [(ABSENT, "点错了人", cast.town_office), (PRESENT, "查看照片，确实来了", cast.liaison)]


@time_machine.travel(DURING, tick=False)
@pytest.mark.parametrize("kind", [AppointmentKind.REGULAR, AppointmentKind.THEMED])
@pytest.mark.parametrize("has_visit", [True, False])
def test_a_duty_without_anybody_was_not_held(cast: Cast, kind: str, *, has_visit: bool) -> None:
    seat = seat_of(cast, appointment__kind=kind)
    record_attendance(seat=seat, status=PRESENT, actor=cast.liaison)
    if has_visit:
        VisitFactory(studio=cast.studio, representative=cast.representative, appointment=seat.appointment)
    correct_attendance(seat=seat, status=AttendanceStatus.EXPECTED, reason="点错了", actor=cast.liaison)
    seat.appointment.refresh_from_db()
    is_undone = kind == AppointmentKind.REGULAR and not has_visit
    assert seat.appointment.status == (AppointmentStatus.PLANNED if is_undone else AppointmentStatus.HELD)


@time_machine.travel(NEXT_DAY, tick=False)
@pytest.mark.parametrize(
    ("before", "after", "reason", "said"),
    [
        (PRESENT, ABSENT, " ", "请写明更正的原因。"),
        (PRESENT, PRESENT, "错了", "现在就是“到岗”，没有要更正的。"),
        (PRESENT, AttendanceStatus.VACANT, "错了", "这个席位已是“到岗”，不能更正。"),
        (AttendanceStatus.SUBSTITUTED, PRESENT, "错了", "这个席位已是“换班”，不能更正。"),
        (AttendanceStatus.VACANT, PRESENT, "错了", "这个席位已是“空缺”，不能更正。"),
    ],
)
def test_corrections_that_are_refused(cast: Cast, before: str, after: AttendanceStatus, reason: str, said: str) -> None:
    seat = seat_of(cast, status=before)
    with pytest.raises(AttendanceError) as refused:
        correct_attendance(seat=seat, status=after, reason=reason, actor=cast.liaison)
    assert str(refused.value) == said
    seat.refresh_from_db()
    assert seat.status == before


@time_machine.travel(NEXT_DAY, tick=False)
def test_who_took_over_is_corrected_instead(cast: Cast) -> None:
    seat = seat_of(cast, status=LEAVE)
    AttendanceFactory(appointment=seat.appointment, representative=colleague(cast), replaces=seat)
    with pytest.raises(AttendanceError, match="已由别人接替"):
        correct_attendance(seat=seat, status=PRESENT, reason="来了", actor=cast.liaison)


@time_machine.travel(DURING, tick=False)
def test_one_tap_leads_back_to_where_it_was_tapped(cast: Cast, login: Login, seat: Attendance) -> None:
    client, address = login(cast.liaison), f"/desk/attendances/{seat.pk}/present/"
    response = client.post(address, {"back": "desk"}, follow=True)
    assert response.redirect_chain == [("/desk/", 302)]
    assert "代表甲已登记到岗。" in response.content.decode()
    again = client.post(address, {"back": "session"}, follow=True)
    assert again.redirect_chain == [(seat.appointment.get_absolute_url(), 302)]
    assert "代表甲已经到岗（09:30），不用再登记。" in again.content.decode()
    assert client.post(address, {"back": "//evil.example"}).url == "/desk/attendances/day/?on=2026-11-28"
    assert seat.entries.count() == 1
    assert login(cast.other_liaison).post(address).status_code == 404
    assert login(cast.leader).post(address).status_code == 403
    assert client.get(address).status_code == 405


@time_machine.travel(AFTER, tick=False)
def test_the_form_keeps_what_was_typed(cast: Cast, login: Login, seat: Attendance) -> None:
    client, address = login(cast.liaison), f"/desk/attendances/{seat.pk}/edit/"
    assert client.post(address, {"status": "LEAVE", "reason": ""}).status_code == 422
    refused = client.post(address, {"reason": "去县里开会"})
    assert refused.status_code == 422
    assert "请选择到岗、请假或缺勤" in refused.content.decode()
    assert 'value="去县里开会"' in refused.content.decode()
    done = client.post(address, {"status": "LEAVE", "reason": "去县里开会"}, follow=True)
    assert "去县里开会" in done.content.decode()
    correcting = client.get(address).content.decode()
    assert "更正到岗情况" in correcting
    assert "还没登记" in correcting
    assert "请写明更正的原因" in client.post(address, {"status": "PRESENT"}).content.decode()
