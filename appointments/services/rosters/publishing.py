"""Publishing a draft: every rule asked again under lock, appointments and seats written set by set."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.dated import Timetable
from accounts.models import User
from appointments.announcing import announced
from appointments.enums import AppointmentKind, RosterStatus
from appointments.models import Appointment, Attendance, Roster, RosterSeat
from appointments.notifications import schedule_duty_reminders
from appointments.roster_news import tell_published
from appointments.rosters.facts import Facts, load_facts
from appointments.rosters.findings import findings, is_short_notice
from appointments.services.rosters.editing import fingerprint, lock_draft
from appointments.services.rosters.errors import RosterError
from representatives.models import Representative
from studios.models import StudioStandard


class BrokenRulesError(RosterError):
    """Publishing was refused: the message names every hard rule that is broken."""


@transaction.atomic
def publish_roster(*, roster: Roster, with_gaps: bool, version: int, actor: User) -> Roster:
    """Make the appointments of a draft; its seats never change afterwards. The same queries for any number of seats.

    Sessions with nobody are left out unless `with_gaps`: then they are public as gaps. Days that are over are left
    out. Raises BrokenRulesError naming every hard rule that is broken, RosterConflictError when the draft moved on, and
    RosterError when it is no draft any more.
    """
    draft = lock_draft(roster, version=version, actor=actor)
    seated = draft.seats.exclude(representative=None).values("representative")
    list(Representative.objects.select_for_update(of=("self",)).filter(pk__in=seated).order_by("pk"))
    facts, today = load_facts(draft), timezone.localdate()
    if broken := [finding.text for finding in findings(facts, today) if finding.is_hard]:
        raise BrokenRulesError("".join(broken))
    seats = _write(facts, today, with_gaps=with_gaps)
    _mark_published(draft, facts, today, actor)
    schedule_duty_reminders(seats)
    tell_published(draft, seats)
    return draft


def _mark_published(draft: Roster, facts: Facts, today: date, actor: User) -> None:
    draft.status, draft.published_by, draft.published_at = RosterStatus.PUBLISHED, actor, timezone.now()
    draft.content_hash = fingerprint(facts.seats)
    draft.is_short_notice = is_short_notice(facts, today)
    draft.save(update_fields=["status", "published_by", "published_at", "content_hash", "is_short_notice"])


def _write(facts: Facts, today: date, *, with_gaps: bool) -> list[Attendance]:
    """Appointments of the sessions still ahead, announced today, and a seat for everybody who sits there."""
    draft = facts.roster
    sessions: dict[tuple[int, date], list[RosterSeat]] = {}
    for seat in facts.seats:
        if seat.held_on >= today:
            sessions.setdefault((seat.studio_id, seat.held_on), []).append(seat)
    shown = [rows for rows in sessions.values() if with_gaps or any(row.representative_id for row in rows)]
    if not shown:
        raise RosterError("每个席位都空缺，没有可以发布的班次。请先安排人，或勾选“空缺也发布”。")
    hours = StudioStandard.objects.timetable([draft.county_id])
    try:
        with transaction.atomic():
            meetings = Appointment.objects.bulk_create(
                announced(_meeting(draft, rows[0], hours), today, facts.policy) for rows in shown
            )
    except IntegrityError as error:
        raise RosterError("刚有人在同一工作室、同一天安排了常规约见。请刷新后再检查。") from error
    users = _with_users(draft)
    return Attendance.objects.bulk_create(
        Attendance(appointment=meeting, representative=users[row.representative_id])
        for meeting, rows in zip(meetings, shown, strict=True)
        for row in rows
        if row.representative_id
    )


def _with_users(draft: Roster) -> dict[int, Representative]:
    seated = draft.seats.exclude(representative=None).values("representative")
    return {row.pk: row for row in Representative.objects.filter(pk__in=seated).select_related("user")}


def _meeting(draft: Roster, seat: RosterSeat, hours: Timetable[StudioStandard]) -> Appointment:
    standard = hours.on(draft.county_id, seat.held_on)
    return Appointment(
        county=draft.county,
        delegation=draft.delegation,
        studio=seat.studio,
        kind=AppointmentKind.REGULAR,
        held_on=seat.held_on,
        starts_at=standard.duty_starts_at,
        ends_at=standard.duty_ends_at,
        roster=draft,
    )
