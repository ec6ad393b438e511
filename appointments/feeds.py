"""The calendar of one representative's seats as iCalendar (RFC 5545): when and where, never who comes.

A seat is one event for life: its UID stays, its SEQUENCE grows with every change of the seat or the appointment. What
is cancelled, given away or excused stays for sixty days as CANCELLED, so that every telephone hears of it, and then
goes; what was kept goes after a year.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDuration

from appointments.enums import AppointmentKind, AttendanceStatus
from appointments.models import Appointment, Attendance, FeedToken
from representatives.models import Representative
from studios.clocks import SHANGHAI

CANCELLED_FOR = timedelta(days=60)
KEPT_FOR = timedelta(days=366)
REFRESH = timedelta(hours=6)
KEPT = frozenset({AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT, AttendanceStatus.ABSENT})


@dataclass(frozen=True)
class Feed:
    """The calendar as a file, and what a reader compares to learn whether it is new."""

    content: bytes
    etag: str
    modified_at: datetime


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def owner_of(token: str) -> Representative | None:
    """Whose calendar the token opens; None for unknown and revoked ones."""
    rows = FeedToken.objects.filter(token_hash=token_hash(token), revoked_at=None)
    found = rows.select_related("representative__county").first()
    return found.representative if found else None


def feed_of(person: Representative, now: datetime) -> Feed:
    """The calendar of `person` as of `now` (one query). The same day and the same rows give the same bytes."""
    today = now.astimezone(SHANGHAI).date()
    related = ("appointment__studio", "appointment__roster")
    seats = Attendance.objects.filter(representative=person, appointment__held_on__gte=today - KEPT_FOR)
    ordered = seats.select_related(*related).order_by("appointment__held_on", "pk")
    shown = [seat for seat in ordered if _is_shown(seat, today)]
    calendar = _calendar(person)
    for seat in shown:
        calendar.add_component(_event(seat, person))
    content = calendar.to_ical()
    # Addresses of studios change without a mark on the seat: never older than this morning.
    morning = datetime.combine(today, time.min, SHANGHAI)
    modified_at = max([morning, *(changed_at(seat) for seat in shown)])
    return Feed(content, f'"{hashlib.sha256(content).hexdigest()}"', modified_at)


def changed_at(seat: Attendance) -> datetime:
    """When the seat or its appointment was last changed, else when it was published."""
    meeting = seat.appointment
    published = meeting.roster.published_at if meeting.roster else None
    known = [moment for moment in (seat.changed_at, meeting.changed_at, published) if moment]
    return max(known, default=datetime.combine(meeting.held_on - timedelta(days=30), time.min, SHANGHAI))


def is_off(seat: Attendance) -> bool:
    """The person does not go there any more."""
    return seat.status not in KEPT or seat.appointment.is_cancelled


def _is_shown(seat: Attendance, today: date) -> bool:
    return not is_off(seat) or changed_at(seat).astimezone(SHANGHAI).date() + CANCELLED_FOR >= today


def _calendar(person: Representative) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//党代表工作室//值班日历//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{person.name}的约见")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    calendar.add_component(_shanghai())
    return calendar


def _shanghai() -> Timezone:
    """China keeps one time all year, so one part says it all."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Shanghai")
    standard.add("dtstart", datetime(1992, 1, 1))  # noqa: DTZ001 - local by definition
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _event(seat: Attendance, person: Representative) -> Event:
    meeting, event, changed = seat.appointment, Event(), changed_at(seat)
    event.add("uid", f"seat-{seat.pk}@{person.county.code}.dangdaibiao")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", seat.sequence + meeting.sequence)
    event.add("dtstart", datetime.combine(meeting.held_on, meeting.starts_at, SHANGHAI))
    event.add("dtend", datetime.combine(meeting.held_on, meeting.ends_at, SHANGHAI))
    event.add("status", "CANCELLED" if is_off(seat) else "CONFIRMED")
    event.add("summary", ("已取消：" if is_off(seat) else "") + _summary(seat))
    if place := _place(seat):
        event.add("location", place)
    return event


def _summary(seat: Attendance) -> str:
    meeting = seat.appointment
    kind = meeting.get_kind_display()
    if meeting.kind == AppointmentKind.THEMED and meeting.theme:
        return f"{kind}：{meeting.theme}"
    return f"{kind}：{meeting.studio}" if meeting.studio else kind


def _place(seat: Attendance) -> str:
    """Where to go. Of a 指定约见 the studio only: its venue may be the visitor's home."""
    meeting: Appointment = seat.appointment
    if meeting.kind == AppointmentKind.DESIGNATED:
        return _address(meeting)
    return seat.place or meeting.venue or _address(meeting)


def _address(meeting: Appointment) -> str:
    studio = meeting.studio
    return ", ".join(filter(None, (studio.address, studio.name))) if studio else ""
