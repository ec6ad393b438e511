"""The only writer of 月度主题 and of themed appointments: planned, moved, called off, held (domain.md §5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.changes import columns_of, difference_words
from accounts.enums import AuditAction
from accounts.models import Organization, User
from accounts.services import record_audit
from appointments.conflicts import conflict
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from appointments.models import Appointment, Attendance, MonthlyTheme
from appointments.notifications import schedule_duty_reminders
from appointments.services.seats import close_seat
from appointments.topic_news import tell_change, tell_invited
from representatives.models import Representative
from studios.clocks import words

THEMED = ("month", "title", "background")


class TopicError(Exception):
    """A step that cannot be taken: a sentence for the person, and the field it is about ("" for none)."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class EventPlan:
    """What a themed appointment is about, when and where."""

    theme: str
    held_on: date
    starts_at: time
    ends_at: time
    venue: str
    monthly_theme: MonthlyTheme | None = None


@transaction.atomic
def write_theme(
    *, county: Organization, month: date, title: str, background: str, actor: User, theme: MonthlyTheme | None = None
) -> MonthlyTheme:
    """Set a theme for the month of `month`, or change `theme`. Raises TopicError for one the month has already."""
    row = theme or MonthlyTheme(county=county, created_by=actor)
    before = columns_of(MonthlyTheme.objects.get(pk=theme.pk), THEMED) if theme else {}
    row.month, row.title, row.background = month.replace(day=1), title, background
    try:
        with transaction.atomic():
            row.save()
            detail = difference_words(before, columns_of(row, THEMED)) or "和原来一样"
            record_audit(action=AuditAction.SETTINGS, actor=actor, subject="每月主题", detail=detail, county=county)
    except IntegrityError as error:
        raise TopicError("这个月已有同样的主题，请换一个标题。", "title") from error
    return row


@transaction.atomic
def plan_event(
    *, plan: EventPlan, delegation: Organization, invited: Sequence[Representative], actor: User
) -> tuple[Appointment, list[str]]:
    """Plan a themed appointment and invite; returns it and a sentence for each person who is busy and not invited.

    Raises TopicError for a day in the past and for an end before the beginning.
    """
    _refuse_unlawful(plan)
    event = Appointment.objects.create(
        county=county_of(delegation),
        delegation=delegation,
        kind=AppointmentKind.THEMED,
        changed_at=timezone.now(),
        **vars(plan),
    )
    return event, invite(event=event, people=invited, actor=actor)


@transaction.atomic
def invite(*, event: Appointment, people: Iterable[Representative], actor: User) -> list[str]:
    """Invite `people`; a sentence for each who cannot come, and is not invited. Those invited already stay so.

    Raises TopicError once the appointment was held or called off.
    """
    event = _locked(event)
    there = set(event.attendances.values_list("representative_id", flat=True))
    sentences, seats = [], []
    for person in people:
        if person.pk in there:
            continue
        why = conflict(person, event)
        if why:
            sentences.append(f"{why}，没有邀请。")
            continue
        seats.append(Attendance.objects.create(appointment=event, representative=person, changed_at=timezone.now()))
    tell_invited(event, seats)
    schedule_duty_reminders(seats)
    return sentences


@transaction.atomic
def move_event(
    *, event: Appointment, plan: EventPlan, reason: str, excuse_busy: bool = False, actor: User
) -> Appointment:
    """Change day, hours, venue or theme; everybody invited is told.

    Invited people who are busy on the new day: TopicError with a sentence for each, unless `excuse_busy`: then
    their seats become LEAVE.
    """
    event = _locked(event)
    _refuse_unlawful(plan, is_kept_day=plan.held_on == event.held_on)
    for name, value in vars(plan).items():
        setattr(event, name, value)
    seats = _standing(event)
    busy = {seat.pk: why for seat in seats if (why := conflict(seat.representative, event))}
    if busy and not excuse_busy:
        raise TopicError("；".join(busy.values()) + "。请换一天，或勾选“改期后来不了的记为请假”。", "held_on")
    _note_change(event, reason, [*vars(plan)])
    for seat in seats:
        if seat.pk in busy:
            close_seat(seat, AttendanceStatus.LEAVE, busy[seat.pk])
    tell_change(event, seats, f"{words(event.held_on)} {event.starts_at:%H:%M}，{event.venue}。{reason}")
    schedule_duty_reminders([seat for seat in seats if seat.pk not in busy])
    return event


@transaction.atomic
def cancel_event(*, event: Appointment, reason: str, actor: User) -> Appointment:
    """Call it off; everybody invited is told why. Raises TopicError once it was held."""
    event = _locked(event)
    if not reason.strip():
        raise TopicError("请写明取消的原因。", "reason")
    seats = _standing(event)
    event.status = AppointmentStatus.CANCELLED
    _note_change(event, reason.strip(), ["status"])
    tell_change(event, seats, f"活动取消：{reason.strip()}")
    return event


@transaction.atomic
def hold_event(*, event: Appointment, headcount: int, actor: User) -> Appointment:
    """Note that it was held and how many people came. Raises TopicError before its day."""
    event = _locked(event, also=AppointmentStatus.HELD)
    if event.held_on > timezone.localdate():
        raise TopicError(f"活动在{words(event.held_on)}举行，到当天才能登记已举行。", "headcount")
    event.status, event.headcount = AppointmentStatus.HELD, headcount
    event.save(update_fields=["status", "headcount"])
    return event


@transaction.atomic
def take_attendance(*, event: Appointment, statuses: Mapping[int, str], actor: User) -> Appointment:
    """Write who came: `statuses` by attendance key. Only 请假 can be noted ahead; raises TopicError otherwise."""
    event = _locked(event, also=AppointmentStatus.HELD)
    is_ahead = event.held_on > timezone.localdate()
    now = timezone.now()
    for seat in event.attendances.select_for_update(of=("self",)).select_related("representative"):
        status = statuses.get(seat.pk, seat.status)
        if status == seat.status:
            continue
        if is_ahead and status in {AttendanceStatus.PRESENT, AttendanceStatus.ABSENT}:
            raise TopicError(f"活动在{words(event.held_on)}举行，到当天才能登记到岗和缺勤。")
        is_there = status == AttendanceStatus.PRESENT
        seat.status = status
        seat.checked_in_at, seat.checked_in_by = (now, actor) if is_there else (None, None)
        seat.sequence, seat.changed_at = seat.sequence + 1, now
        seat.save(update_fields=["status", "checked_in_at", "checked_in_by", "sequence", "changed_at"])
    return event


def county_of(delegation: Organization) -> Organization:
    """A delegation always belongs to a county."""
    assert delegation.county is not None
    return delegation.county


def _locked(event: Appointment, *, also: str = "") -> Appointment:
    """The row, locked, if it is a themed appointment that is still planned (or in the state `also`)."""
    row = Appointment.objects.select_for_update(of=("self",)).select_related("county").get(pk=event.pk)
    if row.status not in {AppointmentStatus.PLANNED, also}:
        raise TopicError(f"活动{row.get_status_display()}，不能再改。")
    return row


def _refuse_unlawful(plan: EventPlan, *, is_kept_day: bool = False) -> None:
    if plan.held_on < timezone.localdate() and not is_kept_day:
        raise TopicError("活动日期不能早于今天，请另选一天。", "held_on")
    if plan.ends_at <= plan.starts_at:
        raise TopicError("结束时间要晚于开始时间。", "ends_at")


def _standing(event: Appointment) -> list[Attendance]:
    seats = event.attendances.filter(status=AttendanceStatus.EXPECTED).select_related("representative__user")
    return list(seats.select_for_update(of=("self",)))


def _note_change(event: Appointment, reason: str, fields: list[str]) -> None:
    event.change_note, event.sequence, event.changed_at = reason[:200], event.sequence + 1, timezone.now()
    event.save(update_fields=[*fields, "change_note", "sequence", "changed_at"])
