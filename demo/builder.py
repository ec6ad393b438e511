"""The whole demonstration: 海安 in full, 如皋 in small."""

from datetime import date
from random import Random

from django.db import transaction

from accounts.models import Organization
from appointments.enums import AppointmentKind
from appointments.models import Appointment, Attendance
from demo import accounts
from demo.announcing import IN_TIME
from demo.attendance import write_attendance
from demo.bulletins import write_bulletins
from demo.calendar import write_settings
from demo.cases import write_cases
from demo.county import County, build, haian, rugao
from demo.deadline_settings import write_deadlines
from demo.gatherings import write_bookings, write_gatherings
from demo.inspections import write_inspections
from demo.ledger import number_of, write_ledger
from demo.meetings import Meetings, Seat, Size, saturdays, write_meetings
from demo.office import write_office
from demo.people import write_departures, write_records
from demo.plans import SOURCE_ACCEPTED
from demo.promises import write_promises
from demo.requests import write_requests
from demo.rosters import write_rosters
from demo.supervision import write_supervision
from demo.swaps import write_swaps
from demo.themes import write_themes
from demo.world import World
from representatives.models import Representative
from studios.calendar import OfficeCalendar
from studios.enums import DUTY_ENDS, DUTY_STARTS
from studios.services import load_calendar, seed_calendar_years
from suggestions.models import DeadlinePolicy

HAIAN = Size(duties_a_week=53, themed=212, collective=51, on_site=4150)
RUGAO = Size(duties_a_week=2, themed=2, collective=1, on_site=60)
RUGAO_CASES = 30


def is_empty() -> bool:
    """Whether the database has no county yet."""
    return not Organization.objects.counties().exists()


@transaction.atomic
def build_demo(*, suggestions: int, seed: int, today: date) -> None:
    """Write both counties; the same arguments write the same rows. The database must have no county."""
    seed_calendar_years(first=2024, last=today.year + 1)
    calendar, random = load_calendar(), Random(seed)  # noqa: S311 - reproducible, not secret
    county, neighbour = build(haian()), build(rugao())
    accounts.write_accounts(county, neighbour)
    person = accounts.seat_people(county)
    for place in (county, neighbour):
        write_records(place)
    meetings = write_meetings(
        county, HAIAN.of(suggestions / SOURCE_ACCEPTED, len(county.studios)), today, calendar, random
    )
    write_themes(county, today)
    first = _next_duty(county, person, today, calendar)
    imported = number_of(suggestions)
    _histories(county, meetings, suggestions, today, calendar, random, first, imported)
    write_requests(county, today)
    others = write_meetings(neighbour, RUGAO, today, calendar, random)
    _histories(neighbour, others, RUGAO_CASES, today, calendar, random, None)
    for place in (county, neighbour):
        write_promises(place, today)
    write_supervision(county, today, calendar)
    write_departures(county, today)
    write_swaps(county, person, today, calendar)
    write_rosters(county, today)
    write_gatherings(county, today)
    write_bookings(county, person, today)
    write_attendance(county, today)
    for place in (county, neighbour):
        write_inspections(place, today, random)
    write_settings(county, today)
    write_deadlines(county, today)
    write_office(county, today)
    write_ledger(county, imported, today)
    write_bulletins(county, today)


def _histories(
    county: County,
    meetings: Meetings,
    accepted: int,
    today: date,
    calendar: OfficeCalendar,
    random: Random,
    first: Seat | None,
    imported: int = 0,
) -> None:
    rules = DeadlinePolicy.objects.in_force(county.root, today).rules
    write_cases(World(county, calendar, rules, random, today), meetings, accepted, today, first, imported)


def _next_duty(county: County, person: Representative, today: date, calendar: OfficeCalendar) -> Seat:
    """`rep` is on duty next Saturday, and has sat at the own studio lately; returns the latest kept seat."""
    studio = next(row for row in county.studios if row.pk == person.studios.get().pk)
    days = list(saturdays(today, calendar))
    coming = next(day for day in days if day >= today)
    kept = [day for day in days if day < today][-1]
    seats = {day: _seat(county, studio.pk, person, day, is_kept=day < today) for day in (kept, coming)}
    return Seat(seats[kept], studio, person)


def _seat(county: County, studio_id: int, person: Representative, day: date, *, is_kept: bool) -> Appointment:
    appointment, _created = Appointment.objects.get_or_create(
        studio_id=studio_id,
        kind=AppointmentKind.REGULAR,
        held_on=day,
        defaults={
            "county": county.root,
            "delegation": person.delegation,
            "starts_at": DUTY_STARTS,
            "ends_at": DUTY_ENDS,
            "status": "HELD" if is_kept else "PLANNED",
            "announced_on": day - IN_TIME,
            "was_announced_in_time": True,
        },
    )
    appointment.attendances.all().delete()
    Attendance.objects.create(
        appointment=appointment, representative=person, status="PRESENT" if is_kept else "EXPECTED"
    )
    return appointment
