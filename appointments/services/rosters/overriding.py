"""Changes after publishing, each with a reason: somebody else, one more, another day, not at all (domain.md §5)."""

from datetime import date, time

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appointments.announcing import announced
from appointments.conflicts import conflict
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, RosterStatus
from appointments.models import Appointment, Attendance, DutyPolicy, Roster, RosterSeat
from appointments.notifications import schedule_duty_reminders
from appointments.permissions import can_arrange
from appointments.roster_news import CANCELLED, GIVEN, MOVED, TAKEN, tell_changed
from appointments.services.rosters.errors import RosterError
from appointments.services.seats import hand_over
from representatives.models import Representative
from studios.calendar_days import day_words
from studios.models import StudioStandard

TO_BE_KEPT = frozenset({AttendanceStatus.EXPECTED, AttendanceStatus.VACANT, AttendanceStatus.LEAVE})


@transaction.atomic
def replace_person(*, seat: Attendance, person: Representative, reason: str, actor: User) -> Attendance:
    """Let `person` keep `seat` of a published roster instead; the old name stays, struck through.

    Raises RosterError without a reason, for a day that is over, a seat that was kept or given away, and somebody
    who cannot come.
    """
    meeting = _lock(seat.appointment, reason, actor)
    row = Attendance.objects.select_related("representative__user").get(pk=seat.pk)
    row.appointment = meeting
    if row.status not in TO_BE_KEPT or (hasattr(row, "replaced_by") and row.status != AttendanceStatus.EXPECTED):
        raise RosterError("这个席位刚有变更，请刷新后再办。")
    _refuse_unfit(meeting, person, besides=row)
    was_theirs = row.status == AttendanceStatus.EXPECTED
    taken = hand_over(seat=row, to=person, note=reason.strip())
    tell_changed([row] if was_theirs else [], TAKEN, reason)
    tell_changed([taken], GIVEN, reason)
    return taken


@transaction.atomic
def add_person(*, roster_seat: RosterSeat, person: Representative, reason: str, actor: User) -> Attendance:
    """Let `person` come in besides, or fill a gap; a session that was not published is opened for them.

    Raises RosterError as `replace_person` does.
    """
    meeting = _lock(_session_of(roster_seat), reason, actor)
    _refuse_unfit(meeting, person)
    if meeting.pk is None:
        announced(meeting, timezone.localdate(), _policy_of(roster_seat.roster)).save()
    taken = Attendance.objects.create(
        appointment=meeting, representative=person, note=reason.strip()[:200], changed_at=timezone.now()
    )
    schedule_duty_reminders([taken])
    tell_changed([taken], GIVEN, reason)
    return taken


@transaction.atomic
def cancel_session(*, appointment: Appointment, reason: str, actor: User) -> Appointment:
    """Call one session off; it stays visible as cancelled. Raises RosterError as above."""
    meeting = _lock(appointment, reason, actor)
    seats = _expected(meeting)
    _change(meeting, reason, status=AppointmentStatus.CANCELLED)
    tell_changed(seats, CANCELLED, reason)
    return meeting


@transaction.atomic
def move_session(
    *, appointment: Appointment, held_on: date, starts_at: time, ends_at: time, reason: str, actor: User
) -> Appointment:
    """Hold one session on another day or at another hour, with the same people.

    Raises RosterError as above, and for a day that is over, hours that end before they begin, a studio that has
    another regular appointment that day, and anybody who cannot come then.
    """
    meeting = _lock(appointment, reason, actor)
    if held_on < timezone.localdate():
        raise RosterError("改期不能早于今天。")
    if ends_at <= starts_at:
        raise RosterError("结束时间要晚于开始时间。")
    others = Appointment.objects.in_force().of_kind(AppointmentKind.REGULAR).exclude(pk=meeting.pk)
    if others.filter(studio=meeting.studio, held_on=held_on).exists():
        raise RosterError(f"{meeting.studio}{day_words(held_on)}已有常规约见，请换一天。")
    seats = _expected(meeting)
    wanted = Appointment(pk=meeting.pk, kind=meeting.kind, studio=meeting.studio, held_on=held_on)
    wanted.starts_at, wanted.ends_at = starts_at, ends_at
    for seat in seats:
        if why := conflict(seat.representative, wanted):
            raise RosterError(f"{why}。请先换人，再改期。")
    origin = meeting.moved_from or meeting.held_on
    _change(meeting, reason, held_on=held_on, starts_at=starts_at, ends_at=ends_at, moved_from=origin)
    schedule_duty_reminders(seats)
    tell_changed(seats, MOVED, reason)
    return meeting


def _lock(appointment: Appointment, reason: str, actor: User) -> Appointment:
    """The session, locked where it exists, if it may still change."""
    if not can_arrange(actor, appointment.delegation):
        raise RosterError("值班表由本代表队办公室和党联办编排。")
    meeting = appointment
    if appointment.pk is not None:
        related = Appointment.objects.select_related("studio", "county", "delegation", "roster")
        meeting = related.select_for_update(of=("self",)).get(pk=appointment.pk)
    if meeting.roster is None or meeting.roster.status != RosterStatus.PUBLISHED:
        raise RosterError("这次值班不在已发布的值班表里，不能在这里变更。")
    if not reason.strip():
        raise RosterError("请写明变更原因。")
    if meeting.status != AppointmentStatus.PLANNED:
        raise RosterError(f"这次值班{meeting.get_status_display()}，不能再变更。")
    if meeting.held_on < timezone.localdate():
        raise RosterError(f"{day_words(meeting.held_on)}已经过去，不能再变更。")
    return meeting


def _session_of(seat: RosterSeat) -> Appointment:
    """The session `seat` belongs to; a gap that was not published has none yet."""
    day, roster = seat.held_on, seat.roster
    for meeting in roster.appointments.filter(studio=seat.studio).select_related("delegation"):
        if (meeting.moved_from or meeting.held_on) == day:
            return meeting
    others = Appointment.objects.in_force().of_kind(AppointmentKind.REGULAR)
    if others.filter(studio=seat.studio, held_on=day).exists():
        raise RosterError(f"{seat.studio}{day_words(day)}已有常规约见，请先取消那一次。")
    standard = StudioStandard.objects.in_force(roster.county, day)
    return Appointment(
        county=roster.county,
        delegation=roster.delegation,
        studio=seat.studio,
        kind=AppointmentKind.REGULAR,
        held_on=day,
        starts_at=standard.duty_starts_at,
        ends_at=standard.duty_ends_at,
        roster=roster,
    )


def _policy_of(roster: Roster) -> DutyPolicy:
    """The settings the roster was drafted by."""
    return DutyPolicy.objects.in_force(roster.county, roster.first_on)


def _refuse_unfit(meeting: Appointment, person: Representative, besides: Attendance | None = None) -> None:
    locked = Representative.objects.select_for_update(of=("self",)).get(pk=person.pk)
    assert meeting.studio_id is not None
    if locked.owned_studio_id != meeting.studio_id and not locked.studios.filter(pk=meeting.studio_id).exists():
        raise RosterError(f"{person.name}不在{meeting.studio}，不能安排在这里。")
    if besides is not None and besides.representative_id == person.pk and besides.status == AttendanceStatus.EXPECTED:
        raise RosterError(f"这个席位已经是{person.name}，不用换。")
    if meeting.pk and Attendance.objects.keeping().filter(appointment=meeting, representative=person).exists():
        raise RosterError(f"{person.name}已在这次值班的名单里。")
    if why := conflict(locked, meeting):
        raise RosterError(f"{why}。")


def _expected(meeting: Appointment) -> list[Attendance]:
    seats = list(meeting.attendances.filter(status=AttendanceStatus.EXPECTED).select_related("representative__user"))
    for seat in seats:
        seat.appointment = meeting
    return seats


def _change(meeting: Appointment, reason: str, **fields: object) -> None:
    """Write the named fields, why, and that calendars must hear of it."""
    fields |= {"change_note": reason.strip()[:200], "changed_at": timezone.now(), "sequence": meeting.sequence + 1}
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(fields))
