"""Last quarter's collective days with what came back, the next one of 曲塘镇, and six bookings of one studio."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random

from accounts.models import Organization
from appointments.enums import (
    AppointmentKind,
    AppointmentStatus,
    AttendanceStatus,
    BookingChannel,
    BookingState,
    Category,
    VisitOutcome,
)
from appointments.models import Appointment, Attendance, Booking, Visit
from appointments.quarters import Quarter
from demo.county import County
from demo.meetings import at
from demo.names import name_of, phone_of
from representatives.enums import Level
from representatives.models import Representative
from studios.calendar import collective_day
from studios.enums import DUTY_ENDS, DUTY_STARTS
from suggestions.models import Suggestion

MISSING = 14
"""The source's third quarter: 305 of 319 came."""
COLLECTED_WITHIN = timedelta(days=45)
MOST_OF_A_TOWN = 12
MATTERS = ("村口道路积水", "老年食堂用餐", "灌溉渠清淤", "路灯报修", "幼儿园接送", "医保报销")


def write_gatherings(county: County, today: date) -> None:
    """Everything of 集中约见 and 指定约见 that pages show; `county` was written in full before."""
    random = Random(today.toordinal())  # noqa: S311 - reproducible, not secret
    last = Quarter.of(today).previous()
    meetings = Appointment.objects.filter(county=county.root, kind=AppointmentKind.COLLECTIVE)
    held = meetings.filter(held_on__range=(last.first, last.last)).order_by("delegation__code")
    _bring_back(list(held.select_related("delegation")), random)
    _collect(list(held), last)
    qutang = next(row for row in county.towns if row.short_name == "曲塘镇")
    _call(county, qutang, collective_day(today), today)


def _bring_back(meetings: list[Appointment], random: Random) -> None:
    """Every county representative was called; a few did not come; the others met what makes up the headcount."""
    Attendance.objects.filter(appointment__in=meetings).delete()
    called = [(meeting, person) for meeting in meetings for person in _members(meeting.delegation)]
    missing = {round(number * len(called) / MISSING) for number in range(MISSING)}
    rows = [_came(*pair, place, is_there=place not in missing, random=random) for place, pair in enumerate(called)]
    Attendance.objects.bulk_create(rows)
    for meeting, seats in groupby(rows, key=lambda row: row.appointment):
        meeting.headcount = sum(seat.people_met or 0 for seat in seats)
    Appointment.objects.bulk_update(meetings, ["headcount"])


def _members(delegation: Organization) -> Iterator[Representative]:
    people = Representative.objects.active().filter(delegation=delegation, level=Level.COUNTY)
    yield from people.order_by("certificate_no")


def _came(meeting: Appointment, person: Representative, place: int, *, is_there: bool, random: Random) -> Attendance:
    away = AttendanceStatus.LEAVE if place % 3 else AttendanceStatus.ABSENT
    return Attendance(
        appointment=meeting,
        representative=person,
        place=person.electing_unit,
        status=AttendanceStatus.PRESENT if is_there else away,
        people_met=random.randrange(2, 9) if is_there else None,
        note="外出开会" if not is_there and away == AttendanceStatus.LEAVE else "",
        checked_in_at=at(meeting.held_on, 9) if is_there else None,
    )


def _collect(meetings: list[Appointment], quarter: Quarter) -> None:
    """Cases county representatives handed in just afterwards came from the day itself, not from a visit."""
    by_town = {meeting.delegation_id: meeting for meeting in meetings}
    day = collective_day(quarter.first)
    cases = Suggestion.objects.accepted().filter(
        visit__received_on__range=(day, day + COLLECTED_WITHIN), representative__level=Level.COUNTY
    )
    room = Counter(dict.fromkeys(by_town, MOST_OF_A_TOWN))
    found = []
    for case in cases.order_by("pk"):
        if room[case.delegation_id]:
            room[case.delegation_id] -= 1
            found.append(case)
    visits = [case.visit_id for case in found if case.visit_id]
    for case in found:
        case.visit, case.appointment = None, by_town[case.delegation_id]
    Suggestion.objects.bulk_update(found, ["visit", "appointment"])
    Visit.objects.filter(pk__in=visits).delete()


def _call(county: County, town: Organization, day: date, today: date) -> None:
    """The next collective day of one delegation, with the list of those called."""
    if day < today:
        return
    meeting = Appointment.objects.create(
        county=county.root,
        delegation=town,
        kind=AppointmentKind.COLLECTIVE,
        held_on=day,
        starts_at=DUTY_STARTS,
        ends_at=DUTY_ENDS,
        venue="各选举单位",
    )
    Attendance.objects.bulk_create(
        Attendance(appointment=meeting, representative=person, place=person.electing_unit) for person in _members(town)
    )


def write_bookings(county: County, person: Representative, today: date) -> None:
    """Six bookings of `person`, the member of the liaison's studio who has an account, one in each state."""
    coming = Attendance.objects.expected_of(person).filter(appointment__held_on__gte=today)
    duty = coming.select_related("appointment").order_by("appointment__held_on").first()
    saturday = duty.appointment.held_on if duty else today + timedelta(days=5)
    held = person.attendances.present().of_kind(AppointmentKind.REGULAR).order_by("-appointment__held_on")
    kept = held.values_list("appointment__held_on", flat=True).first() or today - timedelta(days=7)
    plan = [
        (BookingState.REQUESTED, saturday, 0, 1, ""),
        (BookingState.REQUESTED, saturday, 1, 3, ""),
        (BookingState.ACCEPTED, saturday, 2, 2, ""),
        (BookingState.DECLINED, kept, 1, 10, "当天外出开会，建议改约下一次值班"),
        (BookingState.MISSED, kept, 2, 11, ""),
        (BookingState.KEPT, kept, 3, 12, ""),
    ]
    for number, (state, day, half, ago, reason) in enumerate(plan):
        booking = _booking(county, person, number, state, day, half, at(today - timedelta(days=ago), 9), reason)
        if state in {BookingState.ACCEPTED, BookingState.MISSED, BookingState.KEPT}:
            booking.appointment = _appointment(booking)
        if state == BookingState.KEPT:
            booking.visit = _visit(county, booking)
        booking.save()


def _booking(
    county: County,
    person: Representative,
    number: int,
    state: BookingState,
    day: date,
    half: int,
    moment: datetime,
    reason: str,
) -> Booking:
    studio, liaison = person.studios.get(), county.liaisons[person.delegation_id]
    is_open = state == BookingState.REQUESTED
    begins = datetime.combine(day, DUTY_STARTS) + half * timedelta(minutes=30)
    return Booking(
        county=county.root,
        delegation=person.delegation,
        studio=studio,
        representative=person,
        channel=BookingChannel.PHONE if number % 2 else BookingChannel.WALK_IN,
        visitor_name=name_of(700 + number),
        visitor_phone=phone_of(700 + number),
        matter=MATTERS[number],
        wanted_on=day,
        starts_at=begins.time(),
        ends_at=_half_later(begins),
        state=state,
        reason=reason,
        recorded_by=liaison,
        recorded_at=moment,
        decided_by=None if is_open else person.user,
        decided_at=None if is_open else moment + timedelta(hours=5),
        submission_key=uuid.uuid5(uuid.NAMESPACE_OID, f"booking-{number}"),
    )


def _half_later(begins: datetime) -> time:
    return (begins + timedelta(minutes=30)).time()


def _appointment(booking: Booking) -> Appointment:
    status = {
        BookingState.ACCEPTED: AppointmentStatus.PLANNED,
        BookingState.KEPT: AppointmentStatus.HELD,
        BookingState.MISSED: AppointmentStatus.CANCELLED,
    }[BookingState(booking.state)]
    meeting = Appointment.objects.create(
        county=booking.county,
        delegation=booking.delegation,
        studio=booking.studio,
        kind=AppointmentKind.DESIGNATED,
        status=status,
        held_on=booking.wanted_on,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        change_note="来访人未到" if status == AppointmentStatus.CANCELLED else "",
    )
    is_kept = status == AppointmentStatus.HELD
    Attendance.objects.create(
        appointment=meeting,
        representative=booking.representative,
        status=AttendanceStatus.PRESENT if is_kept else AttendanceStatus.EXPECTED,
        checked_in_at=at(booking.wanted_on, 9) if is_kept else None,
    )
    return meeting


def _visit(county: County, booking: Booking) -> Visit:
    return Visit.objects.create(
        county=booking.county,
        delegation=booking.delegation,
        studio=booking.studio,
        appointment=booking.appointment,
        representative=booking.representative,
        received_on=booking.wanted_on,
        visitor_name=booking.visitor_name,
        visitor_phone=booking.visitor_phone,
        matter="医保异地报销的材料不清楚",
        answer="当场说明所需材料，并联系镇便民服务中心代办",
        category=Category.WELFARE,
        outcome=VisitOutcome.ANSWERED_ON_SITE,
        recorded_by=county.liaisons[booking.delegation_id],
        recorded_at=at(booking.wanted_on, 11),
        submission_key=uuid.uuid5(uuid.NAMESPACE_OID, "booking-visit"),
    )
