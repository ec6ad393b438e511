"""The only writer of visits, and of the presence they prove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.changes import begin_history
from accounts.enums import AuditAction
from accounts.models import User
from accounts.services import record_audit
from appointments.enums import VisitOutcome
from appointments.models import Appointment, Booking, Visit
from appointments.permissions import can_correct_visit, can_see_visitor
from appointments.services.attendance import note_presence
from appointments.services.bookings import keep_booking
from representatives.models import Representative
from studios.models import Studio
from uploads.enums import MAX_PHOTOS
from uploads.services import no_orphans, store_photo

Photos = Sequence["UploadedFile[bytes]"]


class VisitError(Exception):
    """A visit that cannot be written; the message is a sentence for the person."""


class PhotoError(VisitError):
    """One of its photos cannot be kept."""


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


def record_visit(
    *,
    entry: VisitEntry,
    outcome: VisitOutcome,
    studio: Studio,
    representative: Representative,
    actor: User,
    submission_key: UUID,
    duty: Appointment | None = None,
    photos: Photos = (),
    booking: Booking | None = None,
) -> tuple[Visit, bool]:
    """Write one visit; returns it and whether it is new: the same key posted twice is one visit, as the database says.

    A visit at a duty proves that the duty was held and the representative was there, so both are noted. A visit by
    somebody who had booked keeps their `booking`. Raises PhotoError for what is no photo and BookingError for a
    booking that is not open any more; then nothing is written.
    """
    visit = Visit(
        **vars(entry),
        county_id=studio.county_id,
        delegation_id=studio.delegation_id,
        studio=studio,
        appointment=duty,
        representative=representative,
        outcome=outcome,
        recorded_by=actor,
        recorded_at=timezone.now(),
        submission_key=submission_key,
    )
    try:
        _write(visit, photos, booking)
    except IntegrityError:
        earlier = Visit.objects.filter(submission_key=submission_key).first()
        if earlier is None:
            raise
        return earlier, False
    return visit, True


@transaction.atomic
def _write(visit: Visit, photos: Photos, booking: Booking | None) -> None:
    """Its history begins with the first correction: what was written first is in the row itself until then."""
    visit.skip_history_when_saving = True  # type: ignore[attr-defined]  # read by simple-history
    visit.save(force_insert=True)
    del visit.skip_history_when_saving  # type: ignore[attr-defined]
    actor = visit.recorded_by
    if visit.appointment is not None:
        note_presence(meeting=visit.appointment, representative=visit.representative, actor=actor)
    if booking is not None:
        keep_booking(booking=booking, visit=visit, actor=actor)
    _keep_photos(visit, photos, actor)


@transaction.atomic
def update_visit(*, visit: Visit, entry: VisitEntry, actor: User) -> Visit:
    """Correct a visit and keep how it stood. Raises VisitError for another's studio and once it is a suggestion."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if not can_correct_visit(actor, visit):
        raise VisitError("只有本工作室的联络员可以修改接访记录。")
    if visit.outcome == VisitOutcome.TO_SUGGESTION:
        raise VisitError("已转为建议，请在建议里补充。")
    begin_history(visit)
    fields = vars(entry)
    for name, value in fields.items():
        setattr(visit, name, value)
    visit._history_user = actor  # type: ignore[attr-defined]  # read by simple-history
    visit.save(update_fields=[*fields, "search_text"])
    return visit


@transaction.atomic
def add_photos(*, visit: Visit, photos: Photos, actor: User) -> None:
    """Keep more photos with a visit. Raises VisitError for another's studio, PhotoError for the seventh or no photo."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if not can_correct_visit(actor, visit):
        raise VisitError("照片由本工作室的联络员补充。")
    there = visit.photos.count()
    if there + len(photos) > MAX_PHOTOS:
        raise PhotoError(f"一次接访最多 {MAX_PHOTOS} 张照片，已有 {there} 张，请减少后再选")
    begin_history(visit)
    _keep_photos(visit, photos, actor)
    visit._history_user = actor  # type: ignore[attr-defined]  # read by simple-history
    visit._change_reason = f"补充照片 {len(photos)} 张"  # type: ignore[attr-defined]
    visit.save(update_fields=["recorded_at"])  # writes nothing new, but a line of history


def reveal_visitor(*, visit: Visit, actor: User, reason: str) -> None:
    """Put on record that `actor` sees name and phone in full, and why.

    Raises VisitError for somebody who need not know them, or without a reason.
    """
    if not can_see_visitor(actor, visit):
        raise VisitError("来访人身份由接访的工作室、所在代表队和党联办查看。")
    if not reason.strip():
        raise VisitError("请写明为什么要查看。")
    record_audit(
        action=AuditAction.REVEAL, actor=actor, subject=f"接访记录 (#{visit.pk})", detail=reason, county=visit.county
    )


def mark_turned_into_suggestion(*, visit: Visit) -> None:
    """Its matter goes on as a suggestion; it no longer counts as handled on site."""
    Visit.objects.filter(pk=visit.pk).update(outcome=VisitOutcome.TO_SUGGESTION)


def _keep_photos(visit: Visit, photos: Photos, actor: User) -> None:
    try:
        with no_orphans() as kept:
            for file in photos:
                kept.append(store_photo(file=file, subject=f"visit:{visit.pk}", actor=actor))
                visit.photos.add(kept[-1])
    except ValidationError as error:
        raise PhotoError(error.messages[0]) from error
