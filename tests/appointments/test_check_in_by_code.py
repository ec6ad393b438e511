"""The code of a session: bound to its appointment and day; a GET changes nothing, each refusal is a sentence."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from accounts.models import User
from appointments.checkin import SALT, CodeError, code_of, meeting_of
from appointments.enums import AppointmentStatus, AttendanceStatus, AttendanceWay
from appointments.models import Appointment, Attendance
from tests.appointments.attending import BEFORE, DURING, NEXT_DAY, seat_of
from tests.cast import Cast

Login = Callable[[User], Client]


@pytest.fixture
def seat(cast: Cast) -> Attendance:
    return seat_of(cast)


def _address(seat: Attendance) -> str:
    return reverse("appointments:check_in", args=[code_of(seat.appointment)])


@time_machine.travel(DURING, tick=False)
def test_looking_changes_nothing_the_button_writes_once(cast: Cast, login: Login, seat: Attendance) -> None:
    client, address = login(cast.representative_user), _address(seat)
    page = client.get(address).content.decode()
    assert "曲塘镇第一村党代表工作室" in page
    assert "2026年11月28日" in page
    assert "签到</button>" in page
    seat.refresh_from_db()
    assert seat.status == AttendanceStatus.EXPECTED
    done = client.post(address, follow=True).content.decode()
    assert "您已在 09:30 签到" in done
    assert "签到</button>" not in done
    seat.refresh_from_db()
    assert (seat.status, seat.entries.get().way) == (AttendanceStatus.PRESENT, AttendanceWay.BY_CODE)
    assert seat.checked_in_by == cast.representative_user
    twice = client.post(address)
    assert twice.status_code == 409
    assert "代表甲已经到岗（09:30），不用再登记。" in twice.content.decode()
    assert seat.entries.count() == 1


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (BEFORE, "还没到时间，2026年11月28日 08:00 起可以登记到岗。"),
        ("2026-11-27 10:00 +0800", "还没到时间，2026年11月28日 08:00 起可以登记到岗。"),
        (NEXT_DAY, "这是2026年11月28日的签到码，不能签今天的到。"),
    ],
)
def test_too_early_and_another_day(cast: Cast, login: Login, seat: Attendance, at: str, said: str) -> None:
    with time_machine.travel(at, tick=False):
        client = login(cast.representative_user)
        assert said in client.get(_address(seat)).content.decode()
        refused = client.post(_address(seat))
    assert (refused.status_code, said in refused.content.decode()) == (409, True)
    seat.refresh_from_db()
    assert (seat.status, seat.entries.count()) == (AttendanceStatus.EXPECTED, 0)


@time_machine.travel(DURING, tick=False)
@pytest.mark.parametrize("status", [AttendanceStatus.SUBSTITUTED, AttendanceStatus.LEAVE, AttendanceStatus.VACANT])
def test_who_gave_the_seat_away_does_not_check_in(cast: Cast, login: Login, status: str) -> None:
    seat = seat_of(cast, status=status)
    assert login(cast.representative_user).post(_address(seat)).status_code == 409
    seat.refresh_from_db()
    assert seat.status == status


@time_machine.travel(DURING, tick=False)
def test_not_on_the_list(cast: Cast, login: Login, seat: Attendance) -> None:
    Attendance.objects.all().delete()
    client = login(cast.representative_user)
    assert "名单里没有您" in client.get(_address(seat)).content.decode()
    refused = client.post(_address(seat))
    assert (refused.status_code, "请联络员登记" in refused.content.decode()) == (409, True)
    assert not Attendance.objects.exists()


@time_machine.travel(DURING, tick=False)
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": AppointmentStatus.CANCELLED}, "这次约见已取消，签到码作废。"),
        ({"held_on": date(2026, 12, 5)}, "这次约见改了日期，这个签到码已作废"),
    ],
)
def test_a_code_is_void_once_its_session_is(
    cast: Cast, login: Login, seat: Attendance, changes: dict[str, object], said: str
) -> None:
    address = _address(seat)
    Appointment.objects.update(**changes)
    for answer in (login(cast.representative_user).get(address), login(cast.representative_user).post(address)):
        assert (answer.status_code, said in answer.content.decode()) == (404, True)
    seat.refresh_from_db()
    assert seat.status == AttendanceStatus.EXPECTED


def test_codes_we_did_not_sign_open_nothing(cast: Cast, seat: Attendance) -> None:
    good = code_of(seat.appointment)
    assert meeting_of(good) == seat.appointment
    other = seat_of(cast, appointment__held_on=date(2026, 12, 5)).appointment
    elsewhere = Signer(salt="something else", sep=".").sign(f"{seat.appointment_id}.20261128")
    moved_on = good.replace(f"{seat.appointment_id}.", f"{other.pk}.", 1)
    for code in ("", "x", "1.2", good[:-1], good.upper(), elsewhere, moved_on, "１.20261128.x"):
        with pytest.raises(CodeError, match="签到码不对"):
            meeting_of(code)
    gone = Signer(salt=SALT, sep=".").sign("999999.20261128")
    with pytest.raises(CodeError, match="作废"):
        meeting_of(gone)


@time_machine.travel(DURING, tick=False)
def test_the_code_is_shown_and_printed(cast: Cast, login: Login, seat: Attendance) -> None:
    page = login(cast.liaison).get(f"/desk/appointments/{seat.appointment_id}/code/").content.decode()
    assert 'src="data:image/svg+xml' in page
    assert "开始前 1 小时起可以签到" in page
    Appointment.objects.update(status=AppointmentStatus.CANCELLED)
    assert (
        "data:image" not in login(cast.liaison).get(f"/desk/appointments/{seat.appointment_id}/code/").content.decode()
    )


def test_a_scan_without_login_comes_back_after_it(client: Client, cast: Cast, seat: Attendance) -> None:
    response = client.get(_address(seat))
    assert (response.status_code, response.url) == (302, f"/login/?next={_address(seat)}")
