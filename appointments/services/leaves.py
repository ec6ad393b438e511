"""The only writer of leave, and of the gaps it leaves behind. Leave creates no debt: nobody owes a duty for it.

A seat on leave stays as LEAVE and is a gap until another row takes it over (`Attendance.objects.gaps`): the public
reads 空缺 and no reason, the office is offered colleagues. Locks: the leave, then the person, then the seats.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from appointments.conflicts import conflict
from appointments.enums import AppointmentKind, AttendanceStatus, LeaveStatus, RosterStatus
from appointments.models import Attendance, Leave, Roster, RosterSeat
from appointments.permissions import can_act_for, can_decide_leave, can_fill
from appointments.services.checks import check_taker, lock_people, lock_seats
from appointments.services.seats import close_seat, hand_over, reopen_seat
from appointments.services.swaps import ConflictError
from appointments.swap_news import ago, leave_words, tell_leave
from appointments.swapping import NotYoursError, SwapError
from representatives.models import Representative
from studios.clocks import words

LONGEST = timedelta(days=366)
STANDING = frozenset({LeaveStatus.REQUESTED, LeaveStatus.APPROVED})
NOT_YOURS = "请假由本人、所在工作室联络员或代表队办公室提出。"


class LeaveError(SwapError):
    """A leave that is not possible; `field` names the input that has to change, if one."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@transaction.atomic
def request_leave(*, representative: Representative, first_on: date, last_on: date, reason: str, actor: User) -> Leave:
    """Ask for the days from `first_on` to `last_on`, both included.

    Raises NotYoursError, LeaveError for days that end before they begin, are over, or overlap another leave.
    """
    person = lock_people(representative)[0]
    if not can_act_for(actor, person):
        raise NotYoursError(NOT_YOURS)
    if not person.is_active:
        raise LeaveError(f"{person.name}{person.status_words}，没有值班，不用请假。", "representative")
    _check_days(person, first_on, last_on)
    if not reason.strip():
        raise LeaveError("请填写请假事由", "reason")
    leave = Leave.objects.create(
        representative=person,
        first_on=first_on,
        last_on=last_on,
        reason=reason.strip()[:200],
        requested_by=actor,
        requested_at=timezone.now(),
    )
    tell_leave(leave, actor, leave.requested_at)
    return leave


@transaction.atomic
def approve_leave(*, leave: Leave, actor: User, note: str = "") -> int:
    """Let the person go: their seats of those days become gaps, drafts forget them; returns how many gaps.

    Raises ConflictError when it was decided meanwhile, NotYoursError, LeaveError when it is over.
    """
    row = _decidable(leave, actor)
    today = timezone.localdate()
    if row.last_on < today:
        raise LeaveError("这次请假已经过期，不能再批准。")
    seats = _lock_expected(row, max(row.first_on, today))
    for seat in seats:
        close_seat(seat, AttendanceStatus.LEAVE, f"请假（{leave_words(row)}）")
    _leave_drafts(row)
    _decide(row, LeaveStatus.APPROVED, actor, note)
    gaps = sum(seat.appointment.kind == AppointmentKind.REGULAR for seat in seats)
    tell_leave(row, actor, timezone.now(), gaps)
    return gaps


@transaction.atomic
def refuse_leave(*, leave: Leave, actor: User, note: str) -> Leave:
    """Say no, and why. Raises ConflictError, NotYoursError, LeaveError without a reason."""
    row = _decidable(leave, actor)
    if not note.strip():
        raise LeaveError("请写明不批准的理由。", "note")
    _decide(row, LeaveStatus.REFUSED, actor, note)
    tell_leave(row, actor, timezone.now())
    return row


@transaction.atomic
def withdraw_leave(*, leave: Leave, actor: User) -> Leave:
    """Take it back before it begins: seats nobody took over meanwhile are the person's again.

    Raises ConflictError when it does not stand any more, NotYoursError, LeaveError once it has begun.
    """
    row = _locked(leave)
    if not can_act_for(actor, row.representative):
        raise NotYoursError(NOT_YOURS)
    if row.status not in STANDING:
        raise ConflictError(what_became_of(row))
    if row.first_on <= timezone.localdate():
        raise LeaveError("请假已经开始，不能撤回；提前回来请与代表队联系。")
    was_approved = row.status == LeaveStatus.APPROVED
    row.status = LeaveStatus.WITHDRAWN
    row.save(update_fields=["status"])
    if was_approved:
        _restore(row)
    tell_leave(row, actor, timezone.now())
    return row


@transaction.atomic
def fill_gap(*, seat: Attendance, to: Representative, actor: User) -> Attendance:
    """Let `to` keep a duty nobody keeps.

    Raises ConflictError when it was filled meanwhile, NotYoursError, SwapError when `to` cannot.
    """
    person = lock_people(to)[0]
    row = lock_seats(seat.pk)[0]
    if not can_fill(actor, row):
        raise NotYoursError("空缺由代表队办公室和党联办安排。")
    if not Attendance.objects.gaps(timezone.localdate()).filter(pk=row.pk).exists():
        taken = Attendance.objects.filter(replaces=row).select_related("representative").first()
        raise ConflictError(f"这个空缺刚由{taken.representative}接替。" if taken else "这个席位已不是空缺。")
    check_taker(row, person)
    return hand_over(seat=row, to=person, note=f"补空缺：原{row.representative.name}")


def what_became_of(leave: Leave) -> str:
    """Who decided it and when, for whoever came too late."""
    if leave.decided_at:
        return f"{leave.decided_by} {ago(leave.decided_at)}已答复这次请假：{LeaveStatus(leave.status).label}。"
    return "这次请假已经撤回。"


def _check_days(person: Representative, first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise LeaveError("结束日期不能早于开始日期", "last_on")
    if last_on < timezone.localdate():
        raise LeaveError("这段日期已经过去，请填写还没结束的请假", "last_on")
    if last_on - first_on >= LONGEST:
        raise LeaveError("一次请假最长一年，更长的请分次填写或变更代表状态", "last_on")
    other = Leave.objects.filter(representative=person, status__in=STANDING).covering(first_on, last_on).first()
    if other is not None:
        span = f"{words(other.first_on)}至{words(other.last_on)}"
        raise LeaveError(f"与{span}的请假重叠（{LeaveStatus(other.status).label}），请改日期或先撤回那一次", "first_on")


def _locked(leave: Leave) -> Leave:
    related = ("representative__delegation", "representative__user", "decided_by")
    Leave.objects.select_for_update().get(pk=leave.pk)  # then read: what a waiting lock had joined is from before it
    row = Leave.objects.select_related(*related).get(pk=leave.pk)
    lock_people(row.representative)
    return row


def _decidable(leave: Leave, actor: User) -> Leave:
    row = _locked(leave)
    if not can_decide_leave(actor, row):
        raise NotYoursError("请假由代表队办公室和党联办审批，不能批自己的。")
    if row.status != LeaveStatus.REQUESTED:
        raise ConflictError(what_became_of(row))
    return row


def _decide(leave: Leave, status: LeaveStatus, actor: User, note: str) -> None:
    leave.status, leave.decided_by, leave.decided_at = status, actor, timezone.now()
    leave.decision_note = note.strip()[:200]
    leave.save(update_fields=["status", "decided_by", "decided_at", "decision_note"])


def _lock_expected(leave: Leave, since: date) -> list[Attendance]:
    """The person's seats of those days still to be kept, locked."""
    expected = Attendance.objects.expected_of(leave.representative).between(since, leave.last_on)
    keys = list(expected.order_by("pk").values_list("pk", flat=True))
    return [seat for seat in lock_seats(*keys) if seat.status == AttendanceStatus.EXPECTED]


def _leave_drafts(leave: Leave) -> None:
    """Rosters still drafted do not count on the person; their version says that they changed."""
    days = Q(held_on__range=(leave.first_on, leave.last_on))
    seats = RosterSeat.objects.filter(days, representative=leave.representative, roster__status=RosterStatus.DRAFT)
    rosters = list(seats.values_list("roster", flat=True).distinct())
    seats.update(representative=None, reason=f"{leave.representative.name}请假")
    Roster.objects.filter(pk__in=rosters).update(version=F("version") + 1)


def _restore(leave: Leave) -> None:
    closed = Attendance.objects.filter(representative=leave.representative, status=AttendanceStatus.LEAVE)
    open_ones = closed.between(leave.first_on, leave.last_on).filter(replaced_by=None, appointment__status="PLANNED")
    for seat in lock_seats(*open_ones.order_by("pk").values_list("pk", flat=True)):
        if not conflict(leave.representative, seat.appointment, besides=[seat.pk]):
            reopen_seat(seat, "撤回请假")
