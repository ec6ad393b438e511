"""The only writer of visits, and of the presence they prove."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appointments.enums import AppointmentStatus, AttendanceStatus, VisitOutcome
from appointments.models import Appointment, Attendance, Booking, Visit
from appointments.permissions import can_correct_visit
from appointments.services.bookings import keep_booking
from representatives.models import Representative
from studios.models import Studio


class VisitError(Exception):
    """A visit that cannot be written; the message is a sentence for the person."""


@dataclass(frozen=True)
class VisitEntry:
    """What the liaison writes about one person or group received (domain.md §5)."""

    received_on: date
    method: str
    matter: str
    category: str
    answer: str = ""
    visitor_name: str = ""
    visitor_phone: str = ""
    visitor_unit: str = ""
    is_party_member: bool = False
    people: int = 1


@transaction.atomic
def record_visit(
    *,
    entry: VisitEntry,
    outcome: VisitOutcome,
    studio: Studio,
    representative: Representative,
    actor: User,
    submission_key: UUID,
    duty: Appointment | None = None,
    booking: Booking | None = None,
) -> tuple[Visit, bool]:
    """Write one visit; returns it and whether it is new: the same key posted twice is one visit.

    A visit at a duty proves that the duty was held and the representative was there, so both are noted. A visit by
    somebody who had booked keeps their `booking`; raises BookingError when that is not open any more.
    """
    visit, is_new = Visit.objects.get_or_create(
        submission_key=submission_key,
        defaults=vars(entry)
        | {
            "county_id": studio.county_id,
            "delegation_id": studio.delegation_id,
            "studio": studio,
            "appointment": duty,
            "representative": representative,
            "outcome": outcome,
            "recorded_by": actor,
            "recorded_at": timezone.now(),
        },
    )
    if is_new and duty is not None:
        _note_presence(duty, representative)
    if is_new and booking is not None:
        keep_booking(booking=booking, visit=visit, actor=actor)
    return visit, is_new


@transaction.atomic
def update_visit(*, visit: Visit, entry: VisitEntry, actor: User) -> Visit:
    """Correct a visit. Raises VisitError for another's studio and once it has become a suggestion."""
    if not can_correct_visit(actor, visit):
        raise VisitError("只有本工作室的联络员可以修改接访记录。")
    if visit.outcome == VisitOutcome.TO_SUGGESTION:
        raise VisitError("已转为建议，请在建议里补充。")
    fields = vars(entry)
    for name, value in fields.items():
        setattr(visit, name, value)
    visit.save(update_fields=list(fields))
    return visit


def mark_turned_into_suggestion(*, visit: Visit) -> None:
    """Its matter goes on as a suggestion; it no longer counts as handled on site."""
    Visit.objects.filter(pk=visit.pk).update(outcome=VisitOutcome.TO_SUGGESTION)


def _note_presence(duty: Appointment, representative: Representative) -> None:
    planned = Appointment.objects.filter(pk=duty.pk, status=AppointmentStatus.PLANNED)
    planned.update(status=AppointmentStatus.HELD)
    seat = Attendance.objects.filter(appointment=duty, representative=representative, status=AttendanceStatus.EXPECTED)
    seat.update(status=AttendanceStatus.PRESENT, checked_in_at=timezone.now())
