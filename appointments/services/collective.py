"""The only writer of collective days, of the appointments made for them, and of what was brought back (domain.md §5).

`Attendance.people_met` is where the people met at a collective day are written; `Appointment.headcount` and whether
it was held follow from the attendances and are written with them, so that nothing is counted twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.changes import difference_words
from accounts.enums import AuditAction
from accounts.models import Organization, User
from accounts.services import record_audit
from appointments.collective import day_of, of_quarter
from appointments.conflicts import busy_days
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from appointments.models import Appointment, Attendance, CollectiveDay
from appointments.notifications import schedule_duty_reminders
from appointments.permissions import can_arrange, can_set_collective_day
from appointments.quarters import Quarter
from representatives.enums import Level
from representatives.models import Representative
from representatives.querysets import RepresentativeQuerySet
from studios.clocks import words
from studios.models import StudioStandard

VENUE = "各选举单位"
ASKED = frozenset({AttendanceStatus.EXPECTED, AttendanceStatus.LEAVE})
"""Seats that follow the day when it moves."""


class CollectiveError(Exception):
    """A step that is not lawful; the message is a sentence for the person. `field` names what it is about."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Generated:
    """How many appointments and seats are new, and how many of these seats begin as LEAVE."""

    appointments: int
    seats: int
    away: int


@dataclass(frozen=True)
class SeatEntry:
    """What somebody wrote about one seat, and `seen`: the fingerprint of the seat they saw."""

    seat_id: int
    status: AttendanceStatus
    place: str
    people_met: int | None
    note: str
    seen: str


@dataclass(frozen=True)
class Entered:
    """How many seats changed, and those that somebody else had changed meanwhile, as they stand."""

    saved: int
    stale: list[Attendance]


@transaction.atomic
def set_collective_day(
    *, county: Organization, quarter: Quarter, held_on: date, reason: str, actor: User
) -> CollectiveDay:
    """Hold the collective day of `quarter` on another day; what is planned already moves, its list asked anew.

    Raises CollectiveError unless the county office asks, with a reason, for a day of the quarter that is not past,
    and nothing was held yet.
    """
    Organization.objects.select_for_update().get(pk=county.pk)
    meetings = of_quarter(quarter).filter(county=county).select_for_update()
    _refuse_day(county, quarter, held_on, reason, actor, list(meetings))
    before, _reason = day_of(county, quarter)
    row, _created = CollectiveDay.objects.update_or_create(
        county=county,
        quarter_on=quarter.first,
        defaults={"held_on": held_on, "reason": reason.strip(), "set_by": actor},
    )
    for meeting in meetings:
        _move(meeting, held_on, reason)
    differences = difference_words({quarter.label: before}, {quarter.label: held_on}) or "日子没有变"
    detail = f"{differences}，理由：{row.reason}"
    record_audit(action=AuditAction.SETTINGS, actor=actor, subject="集中约见日", detail=detail, county=county)
    return row


def _refuse_day(
    county: Organization,
    quarter: Quarter,
    held_on: date,
    reason: str,
    actor: User,
    meetings: Sequence[Appointment],
) -> None:
    if not can_set_collective_day(actor, county):
        raise CollectiveError("集中约见日由党联办设定。")
    if not quarter.first <= held_on <= quarter.last:
        raise CollectiveError(
            f"请选{quarter.label}内的日子（{words(quarter.first)}至{words(quarter.last)}）", "held_on"
        )
    today = timezone.localdate()
    if held_on < today:
        raise CollectiveError(f"集中约见日不能早于今天（{today.month}月{today.day}日）", "held_on")
    if not reason.strip():
        raise CollectiveError("请写明为什么另定日子", "reason")
    if any(meeting.status == AppointmentStatus.HELD for meeting in meetings):
        raise CollectiveError(f"{quarter.label}的集中约见已经举行，不能再改日子")


def _move(meeting: Appointment, held_on: date, reason: str) -> None:
    if meeting.held_on == held_on:
        return
    meeting.held_on, meeting.change_note = held_on, f"改期：{reason.strip()}"[:200]
    meeting.sequence, meeting.changed_at = meeting.sequence + 1, timezone.now()
    meeting.save(update_fields=["held_on", "change_note", "sequence", "changed_at"])
    seats = list(meeting.attendances.filter(status__in=ASKED).select_related("representative__user"))
    away = _away([seat.representative for seat in seats], meeting)
    for seat in seats:
        seat.appointment = meeting
        seat.note = away.get(seat.representative_id, "")
        seat.status = AttendanceStatus.LEAVE if seat.note else AttendanceStatus.EXPECTED
        seat.sequence, seat.changed_at = seat.sequence + 1, meeting.changed_at
    Attendance.objects.bulk_update(seats, ["status", "note", "sequence", "changed_at"])
    schedule_duty_reminders(seat for seat in seats if seat.status == AttendanceStatus.EXPECTED)


@transaction.atomic
def generate_collective(
    *, delegations: Iterable[Organization], quarter: Quarter, actor: User, includes_past: bool, county_level_only: bool
) -> Generated:
    """One COLLECTIVE appointment per delegation for `quarter`, each active representative expected at their electing
    unit; whoever is on leave or has another appointment that day begins as LEAVE with the reason as note.

    Twice gives the same; a list not held yet takes in who is new. Raises CollectiveError for a delegation that is
    not the actor's, and for a day that is past unless `includes_past` says that it is meant.
    """
    appointments = seats = away = 0
    for delegation in sorted(delegations, key=lambda row: row.pk):
        if not can_arrange(actor, delegation):
            raise CollectiveError("只能生成本代表队的集中约见。")
        Organization.objects.select_for_update().get(pk=delegation.pk)
        meeting, is_new = _meeting_of(delegation, quarter, includes_past=includes_past)
        appointments += is_new
        if meeting.status == AppointmentStatus.PLANNED:
            added = _expect(meeting, county_level_only=county_level_only)
            seats += len(added)
            away += sum(seat.status == AttendanceStatus.LEAVE for seat in added)
    return Generated(appointments, seats, away)


def _meeting_of(delegation: Organization, quarter: Quarter, *, includes_past: bool) -> tuple[Appointment, bool]:
    meeting = of_quarter(quarter).filter(delegation=delegation).order_by("pk").first()
    if meeting is not None:
        return meeting, False
    county = delegation.county
    assert county is not None
    held_on, reason = day_of(county, quarter)
    if held_on < timezone.localdate() and not includes_past:
        raise CollectiveError(
            f"{quarter.label}的集中约见日（{words(held_on)}）已过，确要补建请勾选“补建”", "includes_past"
        )
    standard = StudioStandard.objects.in_force(county, held_on)
    meeting = Appointment.objects.create(
        county=county,
        delegation=delegation,
        kind=AppointmentKind.COLLECTIVE,
        held_on=held_on,
        starts_at=standard.duty_starts_at,
        ends_at=standard.duty_ends_at,
        venue=VENUE,
        change_note=reason,
    )
    return meeting, True


def _expect(meeting: Appointment, *, county_level_only: bool) -> list[Attendance]:
    people = list(_called(meeting, county_level_only=county_level_only))
    away = _away(people, meeting)
    added = Attendance.objects.bulk_create(
        Attendance(
            appointment=meeting,
            representative=person,
            place=person.electing_unit,
            status=AttendanceStatus.LEAVE if person.pk in away else AttendanceStatus.EXPECTED,
            note=away.get(person.pk, ""),
            changed_at=timezone.now(),
        )
        for person in people
    )
    schedule_duty_reminders(seat for seat in added if seat.status == AttendanceStatus.EXPECTED)
    return added


def _called(meeting: Appointment, *, county_level_only: bool) -> RepresentativeQuerySet:
    """Active representatives of the delegation who are not on the list yet."""
    people = Representative.objects.active().filter(delegation=meeting.delegation)
    if county_level_only:
        people = people.filter(level__in=[Level.COUNTY, Level.BOTH])
    return people.exclude(attendances__appointment=meeting).select_related("user").order_by("electing_unit", "pk")


def _away(people: Sequence[Representative], meeting: Appointment) -> dict[int, str]:
    """Why some of `people` cannot be there, by key: the one conflict check (appointments.conflicts), two queries."""
    day = meeting.held_on
    found = busy_days([person.pk for person in people], day, day, besides=Q(appointment=meeting))
    return {busy.representative_id: busy.reason if busy.is_leave else f"当天已有{busy.reason}" for busy in found}


@transaction.atomic
def record_turnout(*, meeting: Appointment, entries: Sequence[SeatEntry], actor: User) -> Entered:
    """Who came where and met how many. Seats nobody wrote about stay; one that somebody else changed since it was
    seen is not overwritten but given back.

    Raises CollectiveError for another's delegation, a cancelled appointment, and before its day.
    """
    meeting = Appointment.objects.select_for_update().get(pk=meeting.pk)
    if not can_arrange(actor, meeting.delegation):
        raise CollectiveError("到岗情况由代表队办公室和党联办登记。")
    if meeting.kind != AppointmentKind.COLLECTIVE or meeting.status == AppointmentStatus.CANCELLED:
        raise CollectiveError("这次集中约见已取消，不能登记。")
    if meeting.held_on > timezone.localdate():
        raise CollectiveError(f"集中约见日是{words(meeting.held_on)}，到那天再登记到岗情况。")
    seats = {
        row.pk: row
        for row in meeting.attendances.counted().select_related("representative").select_for_update(of=("self",))
    }
    changed, stale = [], []
    for entry in entries:
        seat = seats[entry.seat_id]
        if fingerprint(seat) != entry.seen and not _says(seat, entry):
            stale.append(seat)
        elif not _says(seat, entry):
            changed.append(_written(seat, entry, actor))
    fields = ["status", "place", "people_met", "note", "checked_in_at", "checked_in_by"]
    Attendance.objects.bulk_update(changed, fields)
    _settle(meeting, seats.values())
    return Entered(len(changed), stale)


def fingerprint(seat: Attendance) -> str:
    """What of a seat is written on the page of a collective day, as one string."""
    return f"{seat.status}|{seat.people_met}|{seat.place}|{seat.note}"


def _says(seat: Attendance, entry: SeatEntry) -> bool:
    written = (seat.status, seat.place, seat.people_met, seat.note)
    return written == (entry.status, entry.place, entry.people_met, entry.note)


def _written(seat: Attendance, entry: SeatEntry, actor: User) -> Attendance:
    is_there = entry.status == AttendanceStatus.PRESENT
    seat.status, seat.place, seat.note = entry.status, entry.place, entry.note
    seat.people_met = entry.people_met if is_there else None
    if not is_there:
        seat.checked_in_at, seat.checked_in_by = None, None
    elif seat.checked_in_at is None:
        seat.checked_in_at, seat.checked_in_by = timezone.now(), actor
    return seat


def _settle(meeting: Appointment, seats: Iterable[Attendance]) -> None:
    """Held as soon as somebody came; the headcount is what they met."""
    came = [seat for seat in seats if seat.status == AttendanceStatus.PRESENT]
    meeting.status = AppointmentStatus.HELD if came else AppointmentStatus.PLANNED
    meeting.headcount = sum(seat.people_met or 0 for seat in came)
    meeting.save(update_fields=["status", "headcount"])
