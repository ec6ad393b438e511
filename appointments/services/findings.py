"""The only writer of 走访 and of numbered findings (domain.md §5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from appointments.enums import AppointmentStatus, FindingAdoption
from appointments.models import Appointment, Attendance, FieldTrip, Finding
from appointments.services.themes import TopicError

ADOPTED = frozenset({FindingAdoption.ADOPTED, FindingAdoption.PARTLY})


@dataclass(frozen=True)
class TripEntry:
    """One place visited: when, how many people were met, what was heard."""

    place: str
    visited_on: date
    people_met: int
    note: str = ""


@transaction.atomic
def write_trip(
    *, event: Appointment, entry: TripEntry, seats: Iterable[Attendance], actor: User, trip: FieldTrip | None = None
) -> FieldTrip:
    """Note a place that was visited, or correct `trip`. Raises TopicError for a day that is still to come."""
    _locked(event)
    if entry.visited_on > timezone.localdate():
        raise TopicError("走访日期不能晚于今天。", "visited_on")
    row = trip or FieldTrip(appointment=event)
    for name, value in vars(entry).items():
        setattr(row, name, value)
    row.save()
    row.seats.set(seats)
    return row


@transaction.atomic
def write_finding(
    *, event: Appointment, title: str, content: str, actor: User, finding: Finding | None = None
) -> Finding:
    """Add the next finding, or correct `finding`; numbers run from 1 without a gap.

    Raises TopicError without title or content, and once the finding has become a case.
    """
    event = _locked(event)
    if not title.strip() or not content.strip():
        raise TopicError("请写明建议的内容。", "content" if title.strip() else "title")
    if finding is not None:
        _refuse_case(finding, "请在建议里补充")
    row = finding or Finding(appointment=event, number=_next_number(event))
    row.title, row.content = title.strip(), content.strip()
    row.save()
    return row


@transaction.atomic
def adopt_finding(*, finding: Finding, adoption: str, where: str, on: date | None, actor: User) -> Finding:
    """Note whether it was adopted. Raises TopicError without where it was adopted, for a day to come, and once the
    finding has become a case: then the reply to the case says it."""
    row = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    _refuse_case(row, "采纳情况以答复为准")
    if adoption in ADOPTED and not where.strip():
        raise TopicError("采纳要写明写进了哪个文件或计划。", "adopted_in")
    if on is not None and on > timezone.localdate():
        raise TopicError("采纳日期不能晚于今天。", "adopted_on")
    is_adopted = adoption in ADOPTED
    row.adoption = adoption
    row.adopted_in, row.adopted_on = (where.strip(), on) if is_adopted else ("", None)
    row.save(update_fields=["adoption", "adopted_in", "adopted_on"])
    return row


def _refuse_case(finding: Finding, instead: str) -> None:
    if finding.case is not None:
        raise TopicError(f"这条已转为建议，{instead}。")


def _locked(event: Appointment) -> Appointment:
    """The appointment, locked, so that numbers are given one after the other; nothing comes of one called off."""
    row = Appointment.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if row.status == AppointmentStatus.CANCELLED:
        raise TopicError("活动已取消，不能再登记。")
    return row


def _next_number(event: Appointment) -> int:
    last: int | None = event.findings.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
