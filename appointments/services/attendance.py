"""The only writer of who came (到岗, 请假, 缺勤): by the liaison, by the code of a session, by a visit.

Each write is one line in the log of the seat. A presence proves that the appointment was held.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appointments.conflicts import conflict
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, AttendanceWay
from appointments.models import Appointment, Attendance, AttendanceEntry, Visit
from appointments.permissions import can_take_attendance
from appointments.services.seats import hand_over
from representatives.models import Representative
from studios.clocks import SHANGHAI, words

OPENS_BEFORE = timedelta(hours=1)
WRITABLE = frozenset(
    {AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT, AttendanceStatus.LEAVE, AttendanceStatus.ABSENT}
)
"""What may be written down about a seat; VACANT and SUBSTITUTED come about otherwise."""


class AttendanceError(Exception):
    """An entry that cannot be made; the message is a sentence for the person."""


@transaction.atomic
def record_attendance(*, seat: Attendance, status: AttendanceStatus, actor: User, reason: str = "") -> Attendance:
    """The liaison or an office writes down 到岗, 缺勤 or 请假 of somebody still expected; returns the seat.

    到岗 from an hour before the beginning, 缺勤 and 请假 when the duty is over, 请假 with a reason. Raises
    AttendanceError.
    """
    seat = _locked(seat)
    _check_right(seat, actor)
    _check_expected(seat)
    now = timezone.now()
    if status == AttendanceStatus.PRESENT:
        _check_begun(seat.appointment, now)
    elif status in {AttendanceStatus.ABSENT, AttendanceStatus.LEAVE}:
        _check_over(seat.appointment, now)
    else:
        raise AttendanceError("请选择到岗、请假或缺勤。")
    if status == AttendanceStatus.LEAVE and not reason.strip():
        raise AttendanceError("请写明请假的原因。")
    return _write(seat, status, AttendanceWay.BY_HAND, actor, reason.strip())


@transaction.atomic
def check_in(*, meeting: Appointment, actor: User) -> Attendance:
    """The representative checks in by the code of the session; returns their seat. Raises AttendanceError."""
    seat = own_seat(meeting, actor)
    if seat is None:
        raise AttendanceError("这次约见的名单里没有您，不能签到。如是临时代班，请联络员登记。")
    seat = _locked(seat)
    if said := why_not_now(seat, timezone.now()):
        raise AttendanceError(said)
    return _write(seat, AttendanceStatus.PRESENT, AttendanceWay.BY_CODE, actor)


def why_not_now(seat: Attendance, now: datetime) -> str:
    """Why the person of `seat` cannot check in at `now`, as a sentence; "" when they can."""
    try:
        _check_expected(seat)
        _check_begun(seat.appointment, now)
        if timezone.localtime(now).date() != seat.appointment.held_on:
            raise AttendanceError(f"这是{words(seat.appointment.held_on)}的签到码，不能签今天的到。")
    except AttendanceError as error:
        return str(error)
    return ""


def own_seat(meeting: Appointment, user: User) -> Attendance | None:
    """The user's seat at `meeting`, if they are on its list."""
    return meeting.attendances.filter(representative__user=user).first()


@transaction.atomic
def correct_attendance(*, seat: Attendance, status: AttendanceStatus, reason: str, actor: User) -> Attendance:
    """Correct a wrong entry, also back to "not written down"; the reason goes into the log, the check-in time stays.

    Raises AttendanceError.
    """
    seat = _locked(seat)
    _check_right(seat, actor)
    if not reason.strip():
        raise AttendanceError("请写明更正的原因。")
    if seat.status not in WRITABLE or status not in WRITABLE:
        raise AttendanceError(f"这个席位已是“{seat.get_status_display()}”，不能更正。")
    if seat.status == status:
        raise AttendanceError(f"现在就是“{seat.get_status_display()}”，没有要更正的。")
    if Attendance.objects.filter(replaces=seat).exists():
        raise AttendanceError("这个席位已由别人接替，请更正接替人的到岗情况。")
    if status != AttendanceStatus.EXPECTED:
        _check_begun(seat.appointment, timezone.now())
    return _write(seat, status, AttendanceWay.CORRECTED, actor, reason.strip())


@transaction.atomic
def cover_seat(*, seat: Attendance, person: Representative, actor: User) -> Attendance:
    """`person` came in place of the one missing, unarranged: takes the seat over and is present; returns their row.

    Raises AttendanceError.
    """
    seat = _locked(seat)
    _check_right(seat, actor)
    if seat.status not in {AttendanceStatus.EXPECTED, AttendanceStatus.ABSENT}:
        raise AttendanceError(f"这个席位已是“{seat.get_status_display()}”，不用代班。")
    _check_in_force(seat.appointment)
    _check_begun(seat.appointment, timezone.now())
    if seat.appointment.attendances.filter(representative=person).exists():
        raise AttendanceError(f"{person.name}已在这次约见的名单里，请直接登记到岗。")
    if said := conflict(person, seat.appointment, besides=[seat.pk]):
        raise AttendanceError(f"{said}。")
    before = seat.status
    taken = hand_over(seat=seat, to=person, note=f"{person.name}临时代班")
    _log(seat, before, AttendanceWay.COVERED, actor, seat.note)
    return _write(taken, AttendanceStatus.PRESENT, AttendanceWay.COVERED, actor)


@transaction.atomic
def note_presence(*, meeting: Appointment, representative: Representative, actor: User) -> None:
    """Somebody was received at `meeting`: it was held, and whoever received them was there."""
    _mark_held(meeting)
    rows = Attendance.objects.filter(appointment=meeting, representative=representative)
    seat = rows.filter(status=AttendanceStatus.EXPECTED).select_for_update().first()
    if seat is not None:
        _write(seat, AttendanceStatus.PRESENT, AttendanceWay.BY_VISIT, actor)


def opens_at(meeting: Appointment) -> datetime:
    """From when on a presence is written down."""
    return datetime.combine(meeting.held_on, meeting.starts_at, SHANGHAI) - OPENS_BEFORE


def ends_at(meeting: Appointment) -> datetime:
    """When it is over."""
    return datetime.combine(meeting.held_on, meeting.ends_at, SHANGHAI)


def _locked(seat: Attendance) -> Attendance:
    """The seat as it is now; whoever writes next waits."""
    rows = Attendance.objects.select_for_update(of=("self",))
    return rows.select_related("appointment__studio", "appointment__delegation", "representative").get(pk=seat.pk)


def _check_right(seat: Attendance, actor: User) -> None:
    if not can_take_attendance(actor, seat.appointment):
        raise AttendanceError("到岗由工作室联络员和代表队办公室登记。")


def _check_in_force(meeting: Appointment) -> None:
    if meeting.is_cancelled:
        raise AttendanceError("这次约见已取消。")


def _check_expected(seat: Attendance) -> None:
    _check_in_force(seat.appointment)
    if seat.status == AttendanceStatus.PRESENT:
        at = f"（{timezone.localtime(seat.checked_in_at):%H:%M}）" if seat.checked_in_at else ""
        raise AttendanceError(f"{seat.representative.name}已经到岗{at}，不用再登记。")
    if seat.status != AttendanceStatus.EXPECTED:
        raise AttendanceError(f"{seat.representative.name}这次已记为“{seat.get_status_display()}”，要改请用“更正”。")


def _check_begun(meeting: Appointment, now: datetime) -> None:
    opens = opens_at(meeting)
    if now < opens:
        raise AttendanceError(f"还没到时间，{words(meeting.held_on)} {opens:%H:%M} 起可以登记到岗。")


def _check_over(meeting: Appointment, now: datetime) -> None:
    ends = ends_at(meeting)
    if now < ends:
        raise AttendanceError(f"约见还没结束，{words(meeting.held_on)} {ends:%H:%M} 以后可以登记请假或缺勤。")


def _write(seat: Attendance, status: AttendanceStatus, way: AttendanceWay, actor: User, reason: str = "") -> Attendance:
    """Calendars must hear of a seat that is or is no longer excused; the first check-in time of its day stays."""
    before, now = seat.status, timezone.now()
    fields = ["status"]
    if AttendanceStatus.LEAVE in {before, status}:
        seat.sequence, seat.changed_at = seat.sequence + 1, now
        fields += ["sequence", "changed_at"]
    is_today = timezone.localdate() == seat.appointment.held_on
    if status == AttendanceStatus.PRESENT and is_today and seat.checked_in_at is None:
        seat.checked_in_at, seat.checked_in_by = now, actor
        fields += ["checked_in_at", "checked_in_by"]
    seat.status = status
    seat.save(update_fields=fields)
    _log(seat, before, way, actor, reason)
    _settle_held(seat.appointment, status)
    return seat


def _log(seat: Attendance, before: str, way: AttendanceWay, actor: User, reason: str) -> None:
    AttendanceEntry.objects.create(
        attendance=seat,
        from_status=before,
        to_status=seat.status,
        way=way,
        reason=reason[:200],
        actor=actor,
        at=timezone.now(),
    )


def _settle_held(meeting: Appointment, status: AttendanceStatus) -> None:
    """The last presence taken back, and nobody received: a regular duty was not held after all."""
    if status == AttendanceStatus.PRESENT:
        _mark_held(meeting)
    elif meeting.kind == AppointmentKind.REGULAR and not _is_proven(meeting):
        held = Appointment.objects.filter(pk=meeting.pk, status=AppointmentStatus.HELD)
        held.update(status=AppointmentStatus.PLANNED)


def _is_proven(meeting: Appointment) -> bool:
    is_kept = meeting.attendances.filter(status=AttendanceStatus.PRESENT).exists()
    return is_kept or Visit.objects.filter(appointment=meeting).exists()


def _mark_held(meeting: Appointment) -> None:
    planned = Appointment.objects.filter(pk=meeting.pk, status=AppointmentStatus.PLANNED)
    planned.update(status=AppointmentStatus.HELD)
