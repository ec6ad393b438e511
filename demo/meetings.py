"""Two years of Saturdays, themed and collective days, and the people received."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from appointments.enums import (
    AppointmentKind,
    AppointmentStatus,
    AttendanceStatus,
    Category,
    VisitMethod,
    VisitOutcome,
)
from appointments.models import Appointment, Attendance, Visit
from demo.announcing import announce
from demo.county import County
from demo.names import name_of, phone_of
from demo.texts import ANSWERS, TEXTS, THEMES
from demo.writing import write
from representatives.models import Representative
from studios.calendar import SATURDAY, OfficeCalendar, collective_day
from studios.enums import DUTY_ENDS, DUTY_STARTS
from studios.models import Studio

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKS_BACK, WEEKS_AHEAD = 104, 4
SEEN = (AttendanceStatus.PRESENT,) * 19 + (AttendanceStatus.LEAVE, AttendanceStatus.ABSENT)


@dataclass(frozen=True)
class Size:
    """How much happened in a county."""

    duties_a_week: int
    themed: int
    collective: int
    on_site: int

    def of(self, times: float, studios: int) -> "Size":
        """With so many times the people, up to a duty in each of `studios` every Saturday; never with fewer."""
        times = max(1, min(times, studios / self.duties_a_week))
        duties, on_site = round(self.duties_a_week * times), round(self.on_site * times)
        return replace(self, duties_a_week=duties, on_site=on_site)


@dataclass
class Seat:
    """Somebody who was there: a visit can be hung on it."""

    appointment: Appointment
    studio: Studio
    representative: Representative


@dataclass
class Meetings:
    """Seats that were kept, by the day they were kept on."""

    seats: list[Seat] = field(default_factory=list)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of `day` in Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def write_meetings(county: County, size: Size, today: date, calendar: OfficeCalendar, random: Random) -> Meetings:
    """Duties, themed and collective appointments with their attendance, and the visits answered on site."""
    meetings = Meetings()
    _regular(county, size, today, calendar, random, meetings)
    _events(county, size, today, random)
    _on_site(meetings, size, county, random)
    return meetings


def saturdays(today: date, calendar: OfficeCalendar) -> Iterator[date]:
    """Duty Saturdays around `today`, those inside holidays left out."""
    first = today + timedelta(days=(SATURDAY - today.weekday()) % 7)
    for week in range(-WEEKS_BACK, WEEKS_AHEAD):
        day = first + timedelta(weeks=week)
        if not calendar.is_holiday(day):
            yield day


def _regular(
    county: County, size: Size, today: date, calendar: OfficeCalendar, random: Random, meetings: Meetings
) -> None:
    turn, duties = 0, []
    for day in saturdays(today, calendar):
        for _ in range(size.duties_a_week):
            studio = county.studios[turn % len(county.studios)]
            duties.append((studio, day, turn // len(county.studios)))
            turn += 1
    appointments = Appointment.objects.bulk_create(
        (
            announce(_appointment(county, AppointmentKind.REGULAR, day, today, studio=studio), number)
            for number, (studio, day, _turn) in enumerate(duties, start=1)
        ),
        batch_size=1000,
    )
    attendances = []
    for appointment, (studio, day, round_) in zip(appointments, duties, strict=True):
        people = county.members[studio.pk]
        person = people[round_ % len(people)]
        status = random.choice(SEEN) if day < today else AttendanceStatus.EXPECTED
        is_there = status == AttendanceStatus.PRESENT
        attendances.append(
            Attendance(
                appointment=appointment,
                representative=person,
                status=status,
                checked_in_at=at(day, 8, 55) if is_there else None,
            )
        )
        if is_there:
            meetings.seats.append(Seat(appointment, studio, person))
    write(attendances)


def _events(county: County, size: Size, today: date, random: Random) -> None:
    """Themed days spread over two years; collective days on the last Sundays of the past quarters: in the last one
    every delegation held one, as far as there are enough."""
    span = WEEKS_BACK * 7 - 10
    themed = [today - timedelta(days=5 + span * number // max(size.themed, 1)) for number in range(size.themed)]
    quarters = [collective_day(today - timedelta(days=91 * number)) for number in range(1, 9)]
    past = [day for day in quarters if day < today]
    rows = [(AppointmentKind.THEMED, day) for day in themed]
    rows += [(AppointmentKind.COLLECTIVE, past[0])] * min(len(county.towns), size.collective)
    rows += [
        (AppointmentKind.COLLECTIVE, past[1 + number % (len(past) - 1)])
        for number in range(size.collective - len(county.towns))
    ]
    appointments = Appointment.objects.bulk_create(
        _appointment(county, kind, day, today, studio=None, number=number, random=random)
        for number, (kind, day) in enumerate(rows)
    )
    by_town: dict[int, list[Representative]] = {}
    for people in county.members.values():
        by_town.setdefault(people[0].delegation_id, []).extend(people)
    Attendance.objects.bulk_create(
        Attendance(
            appointment=row, representative=person, status=random.choice(SEEN), checked_in_at=at(row.held_on, 8, 50)
        )
        for row in appointments
        for person in random.sample(by_town[row.delegation_id], min(3, len(by_town[row.delegation_id])))
    )


def _appointment(
    county: County,
    kind: AppointmentKind,
    day: date,
    today: date,
    *,
    studio: Studio | None,
    number: int = 0,
    random: Random | None = None,
) -> Appointment:
    delegation = studio.delegation if studio else county.towns[number % len(county.towns)]
    is_themed = kind == AppointmentKind.THEMED
    return Appointment(
        county=county.root,
        delegation=delegation,
        studio=studio,
        kind=kind,
        status=AppointmentStatus.HELD if day < today else AppointmentStatus.PLANNED,
        held_on=day,
        starts_at=DUTY_STARTS,
        ends_at=DUTY_ENDS,
        theme=THEMES[number % len(THEMES)] if is_themed else "",
        venue="" if studio else f"{delegation.short_name}会议室",
        headcount=random.randrange(10, 40) if random else 0,
    )


def _on_site(meetings: Meetings, size: Size, county: County, random: Random) -> None:
    write(
        visit_at(seat, random, county, VisitOutcome.ANSWERED_ON_SITE if number % 5 else VisitOutcome.RESOLVED_ON_SITE)
        for number, seat in enumerate(random.choices(meetings.seats, k=size.on_site))
    )


def visit_at(seat: Seat, random: Random, county: County, outcome: VisitOutcome) -> Visit:
    """Somebody received at a seat that was kept; not saved."""
    text = random.choice(TEXTS)
    number = random.randrange(10_000)
    is_anonymous = random.random() < 0.2
    day = seat.appointment.held_on
    place = seat.studio.village or seat.studio.delegation.short_name
    return Visit(
        county_id=county.root.pk,
        delegation_id=seat.studio.delegation_id,
        studio_id=seat.studio.pk,
        appointment_id=seat.appointment.pk,
        representative_id=seat.representative.pk,
        received_on=day,
        method=random.choice([VisitMethod.WALK_IN, VisitMethod.WALK_IN, VisitMethod.PHONE, VisitMethod.HOME_VISIT]),
        visitor_name="" if is_anonymous else name_of(number),
        visitor_phone="" if is_anonymous else phone_of(number),
        people=random.choice([1, 1, 2, 3, 4, 6]),
        matter=text.matter.format(place=place),
        answer="" if outcome == VisitOutcome.TO_SUGGESTION else random.choice(ANSWERS),
        category=Category(text.category),
        outcome=outcome,
        recorded_by_id=county.liaisons[seat.studio.delegation_id].pk,
        recorded_at=at(day, 10, random.randrange(60)),
        submission_key=uuid.UUID(int=random.getrandbits(128), version=4),
    )
