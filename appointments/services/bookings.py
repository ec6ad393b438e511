"""The only writer of bookings and of the DESIGNATED appointments they become (domain.md §5)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appointments.booking_flow import BookingError, Party, Transition, Verb, find
from appointments.booking_news import tell_of_decision, tell_of_request
from appointments.conflicts import conflict
from appointments.enums import AppointmentKind, AppointmentStatus, BookingState
from appointments.models import Appointment, Attendance, Booking, Visit
from appointments.notifications import schedule_duty_reminders
from appointments.permissions import booking_parties, can_tend, is_liaison_of
from representatives.models import Representative
from studios.clocks import SHANGHAI
from studios.models import Studio

ANSWER_WITHIN = timedelta(days=2)
"""A booking nobody answered within two days is flagged."""


@dataclass(frozen=True)
class Time:
    """When somebody is to be met."""

    wanted_on: date
    starts_at: time
    ends_at: time


@dataclass(frozen=True)
class Request:
    """What a visitor asks for, as the liaison writes it down."""

    when: Time
    channel: str
    visitor_name: str
    visitor_phone: str
    matter: str = ""


@transaction.atomic
def request_booking(
    *, request: Request, studio: Studio, representative: Representative, actor: User, submission_key: UUID
) -> tuple[Booking, bool]:
    """登记约见; returns it and whether it is new: the same key sent twice is one booking.

    Raises BookingError for another's studio, a representative who is not active, not of the studio or not free, and
    a time that is past or ends before it begins.
    """
    sent_before = Booking.objects.filter(submission_key=submission_key).first()
    if sent_before is not None:
        return sent_before, False
    person = _locked(representative)
    parties = {Party.LIAISON} if is_liaison_of(actor, studio) else {Party.OFFICE} if can_tend(actor, studio) else set()
    step = find(Verb.REQUEST, None, parties)
    if not person.studios.filter(pk=studio.pk).exists():
        raise BookingError(f"{person.name}不在{studio}，请重新选择", "studio")
    fields = vars(request.when) | {
        "county_id": studio.county_id,
        "delegation_id": studio.delegation_id,
        "studio": studio,
        "representative": person,
        "channel": request.channel,
        "visitor_name": request.visitor_name,
        "visitor_phone": request.visitor_phone,
        "matter": request.matter,
        "state": step.target,
        "recorded_by": actor,
        "recorded_at": timezone.now(),
    }
    _refuse_time(Booking(**fields))
    booking, is_new = Booking.objects.get_or_create(submission_key=submission_key, defaults=fields)
    if is_new:
        tell_of_request(booking, actor)
    return booking, is_new


@transaction.atomic
def accept_booking(*, booking: Booking, actor: User) -> Booking:
    """确认约见: it becomes a DESIGNATED appointment with a seat. Raises BookingError when somebody was faster, or the
    representative is not free."""
    booking, step = _begin(booking, Verb.ACCEPT, actor)
    _refuse_time(booking)
    _seat(booking)
    return _finish(booking, step, actor)


@transaction.atomic
def move_booking(*, booking: Booking, when: Time, reason: str, actor: User) -> Booking:
    """改期, with a reason: it stands, on another day or at other hours. Raises BookingError as `accept_booking`."""
    booking, step = _begin(booking, Verb.MOVE, actor)
    booking.reason = _reason(reason, "请写明改期的原因")
    booking.wanted_on, booking.starts_at, booking.ends_at = when.wanted_on, when.starts_at, when.ends_at
    _refuse_time(booking)
    if booking.appointment is None:
        _seat(booking)
    else:
        _move_appointment(booking.appointment, when, booking.reason)
    return _finish(booking, step, actor, "reason", "wanted_on", "starts_at", "ends_at")


@transaction.atomic
def decline_booking(*, booking: Booking, reason: str, actor: User) -> Booking:
    """婉拒, with a reason."""
    booking, step = _begin(booking, Verb.DECLINE, actor)
    booking.reason = _reason(reason, "请写明婉拒的原因，联络员会转告来访人")
    return _finish(booking, step, actor, "reason")


@transaction.atomic
def cancel_booking(*, booking: Booking, reason: str, actor: User) -> Booking:
    """取消约见, with a reason; its appointment is cancelled, and calendars hear of it."""
    booking, step = _begin(booking, Verb.CANCEL, actor)
    booking.reason = _reason(reason, "请写明取消的原因")
    _cancel_appointment(booking, booking.reason)
    return _finish(booking, step, actor, "reason")


@transaction.atomic
def miss_booking(*, booking: Booking, actor: User) -> Booking:
    """未到: the visitor did not come. Raises BookingError before its time."""
    booking, step = _begin(booking, Verb.MISS, actor)
    _refuse_early(booking)
    _cancel_appointment(booking, "来访人未到")
    return _finish(booking, step, actor)


def keep_booking(*, booking: Booking, visit: Visit, actor: User) -> Booking:
    """已见面: `visit` is what became of it. Call it in the transaction that writes the visit."""
    booking, step = _begin(booking, Verb.KEEP, actor)
    _refuse_early(booking)
    booking.visit = visit
    return _finish(booking, step, actor, "visit")


def refuse_keeping(booking: Booking, actor: User) -> None:
    """Raises BookingError when `actor` cannot record the meeting now; the page asks before the form is shown."""
    find(Verb.KEEP, BookingState(booking.state), booking_parties(actor, booking))
    _refuse_early(booking)


def _begin(booking: Booking, verb: Verb, actor: User) -> tuple[Booking, Transition]:
    """The booking locked, and after it its representative: whoever seats one person waits for the other."""
    locked = Booking.objects.select_for_update(of=("self",)).select_related("studio__delegation", "appointment")
    booking = locked.get(pk=booking.pk)
    booking.representative = _locked(booking.representative)
    return booking, find(verb, BookingState(booking.state), booking_parties(actor, booking))


def _locked(person: Representative) -> Representative:
    return Representative.objects.select_for_update().get(pk=person.pk)


def _finish(booking: Booking, step: Transition, actor: User, *fields: str) -> Booking:
    booking.state, booking.decided_by, booking.decided_at = step.target, actor, timezone.now()
    booking.save(update_fields=["state", "decided_by", "decided_at", "appointment", *fields])
    if step.target != BookingState.KEPT:
        tell_of_decision(booking, actor)
    return booking


def _refuse_time(booking: Booking) -> None:
    """Past, ends before it begins, or the representative cannot."""
    now = timezone.localtime()
    if booking.wanted_on < now.date():
        raise BookingError(f"约见日期不能早于今天（{now.month}月{now.day}日）", "wanted_on")
    if booking.ends_at <= booking.starts_at:
        raise BookingError("结束时间要晚于开始时间", "ends_at")
    if datetime.combine(booking.wanted_on, booking.ends_at, SHANGHAI) <= now:
        raise BookingError("这个时间已经过了，请另选时间", "ends_at")
    meeting = _meeting(booking)
    if booking.appointment_id:
        meeting.pk = booking.appointment_id
    if why := conflict(booking.representative, meeting):
        raise BookingError(why, "wanted_on")


def _refuse_early(booking: Booking) -> None:
    if timezone.localdate() < booking.wanted_on:
        raise BookingError(f"还没到约见的日子（{booking.wanted_on.month}月{booking.wanted_on.day}日）")


def _reason(text: str, sentence: str) -> str:
    if not text.strip():
        raise BookingError(sentence, "reason")
    return text.strip()[:200]


def _meeting(booking: Booking) -> Appointment:
    return Appointment(
        county_id=booking.county_id,
        delegation_id=booking.delegation_id,
        studio=booking.studio,
        kind=AppointmentKind.DESIGNATED,
        held_on=booking.wanted_on,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
    )


def _seat(booking: Booking) -> None:
    meeting = _meeting(booking)
    meeting.save()
    seat = Attendance.objects.create(
        appointment=meeting, representative=booking.representative, changed_at=timezone.now()
    )
    booking.appointment = meeting
    schedule_duty_reminders([seat])


def _move_appointment(meeting: Appointment, when: Time, reason: str) -> None:
    meeting.held_on, meeting.starts_at, meeting.ends_at = when.wanted_on, when.starts_at, when.ends_at
    _change(meeting, f"改期：{reason}", "held_on", "starts_at", "ends_at")
    schedule_duty_reminders(meeting.attendances.standing().select_related("representative__user", "appointment"))


def _cancel_appointment(booking: Booking, note: str) -> None:
    if booking.appointment is not None:
        booking.appointment.status = AppointmentStatus.CANCELLED
        _change(booking.appointment, note, "status")


def _change(meeting: Appointment, note: str, *fields: str) -> None:
    meeting.change_note, meeting.changed_at = note[:200], timezone.now()
    meeting.sequence += 1
    meeting.save(update_fields=["change_note", "changed_at", "sequence", *fields])
