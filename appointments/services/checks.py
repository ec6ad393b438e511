"""What stands in the way of giving a seat to somebody, as sentences; asked again under the lock of every decision."""

from collections.abc import Iterable
from datetime import date

from accounts.models import Organization
from appointments.conflicts import conflict
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from appointments.models import Attendance, DutyPolicy
from appointments.swapping import SwapError, last_day
from representatives.models import Representative
from studios.clocks import words


def lock_people(*people: Representative) -> list[Representative]:
    """The rows of `people` as they are now, locked in one order, so that nobody's day is given away twice at once."""
    rows = Representative.objects.select_for_update().filter(pk__in=[person.pk for person in people])
    found = {row.pk: row for row in rows.order_by("pk")}
    return [found[person.pk] for person in people]


def lock_seats(*keys: int | None) -> list[Attendance]:
    """Seats as they are now, locked, in the order of `keys`; None is left out."""
    rows = Attendance.objects.filter(pk__in=[key for key in keys if key])
    list(rows.select_for_update().order_by("pk").values_list("pk"))
    related = ("appointment__studio", "appointment__delegation__county", "appointment__county", "representative")
    found = {row.pk: row for row in rows.select_related(*related)}
    return [found[key] for key in keys if key]


def check_given(seat: Attendance, today: date) -> None:
    """A regular duty still to come that is its person's. Raises SwapError."""
    meeting, name = seat.appointment, seat.representative.name
    if meeting.kind != AppointmentKind.REGULAR or meeting.studio is None:
        raise SwapError("只有常规约见的值班可以换班，其他约见请与代表队联系。")
    if meeting.held_on < today:
        raise SwapError(f"{words(meeting.held_on)}的值班已经过去，不能再换。")
    if meeting.status != AppointmentStatus.PLANNED:
        raise SwapError(f"{words(meeting.held_on)}的值班{meeting.get_status_display()}，不能再换。")
    if seat.status != AttendanceStatus.EXPECTED:
        status = AttendanceStatus(seat.status).label
        raise SwapError(f"{name}{words(meeting.held_on)}的席位已是“{status}”，不能再换。")


def check_taker(seat: Attendance, person: Representative, besides: Iterable[int] = ()) -> None:
    """`person` may keep `seat`: attached to its studio, free that day. Raises SwapError; the seat may be a gap."""
    meeting = seat.appointment
    if person.pk == seat.representative_id:
        raise SwapError(f"这本来就是{person.name}的值班，请另选一位。")
    if meeting.studio is None or not person.studios.filter(pk=meeting.studio.pk).exists():
        raise SwapError(f"{person.name}不是{meeting.studio}的党代表，请选本工作室的党代表。")
    if meeting.attendances.keeping().filter(representative=person).exists():
        raise SwapError(f"{person.name}{words(meeting.held_on)}本来就在这里值班，请另选一位。")
    if problem := conflict(person, meeting, besides=besides):
        raise SwapError(f"{problem}，请另选一位。")


def check_return(seat: Attendance, in_return: Attendance, taker: Representative, today: date) -> None:
    """`in_return` is `taker`'s to give, and the owner of `seat` may keep it. Raises SwapError."""
    if in_return.representative_id != taker.pk:
        raise SwapError(f"换回的值班已不是{taker.name}的，请重新选择。")
    check_given(in_return, today)
    check_taker(in_return, seat.representative, besides=[seat.pk])


def check_in_time(seats: Iterable[Attendance], today: date) -> None:
    """Representatives and liaisons change duties until some days before the first of them. Raises SwapError."""
    first = min(seats, key=lambda seat: seat.appointment.held_on)
    meeting = first.appointment
    policy = DutyPolicy.objects.in_force(meeting.county, meeting.held_on)
    last = last_day([meeting.held_on], policy.swap_days)
    if today > last:
        raise SwapError(f"这次值班的换班{words(last)}截止，现在请打电话给{office_words(meeting.delegation)}。")


def office_words(delegation: Organization) -> str:
    """曲塘镇代表队办公室 with the phone to call, the county's where it has none."""
    county = delegation.county
    phone = delegation.phone or (county.phone if county else "")
    return f"{delegation.short_name}代表队办公室（{phone}）" if phone else f"{delegation.short_name}代表队办公室"
