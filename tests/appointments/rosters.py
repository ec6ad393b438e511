"""Rosters of 曲塘镇 for tests: three colleagues in one studio, three Saturdays four weeks apart."""

from dataclasses import dataclass
from datetime import date

from appointments.models import Appointment, Attendance, Roster, RosterSeat
from appointments.services.rosters.publishing import publish_roster
from representatives.models import Representative
from tests.appointments.factories import RosterFactory, RosterSeatFactory
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

DAYS = (date(2027, 1, 9), date(2027, 2, 6), date(2027, 3, 6))


@dataclass(frozen=True)
class Drafted:
    """The roster, its seats by day, and the colleagues: 代表甲 of the cast, then two more."""

    roster: Roster
    seats: list[RosterSeat]
    people: list[Representative]


def drafted(cast: Cast, *, gap: bool = False, first_on: date = date(2027, 1, 1)) -> Drafted:
    """A draft in which each of the three sits once; with `gap` nobody on the last day. `first_on` moves it all."""
    later = first_on - date(2027, 1, 1)
    people = [
        cast.representative,
        *(
            RepresentativeFactory(delegation=cast.town, name=name, studios=[cast.studio])
            for name in ("代表丁", "代表戊")
        ),
    ]
    roster = RosterFactory(
        delegation=cast.town, created_by=cast.town_office, first_on=first_on, last_on=date(2027, 3, 31) + later
    )
    seats = [
        RosterSeatFactory(
            roster=roster,
            studio=cast.studio,
            held_on=day + later,
            representative=None if gap and day == DAYS[-1] else person,
        )
        for day, person in zip(DAYS, people, strict=True)
    ]
    return Drafted(roster, seats, people)


def published(cast: Cast, *, gap: bool = False, with_gaps: bool = True, first_on: date = date(2027, 1, 1)) -> Drafted:
    """The same, published by the town office."""
    found = drafted(cast, gap=gap, first_on=first_on)
    roster = publish_roster(roster=found.roster, with_gaps=with_gaps, version=1, actor=cast.town_office)
    for seat in found.seats:
        seat.roster = roster
    return Drafted(roster, found.seats, found.people)


def meeting_of(seat: RosterSeat) -> Appointment:
    """The appointment published for a seat."""
    return Appointment.objects.get(roster=seat.roster, studio=seat.studio, held_on=seat.held_on)


def kept_by(seat: RosterSeat) -> Attendance:
    """The attendance published for a seat."""
    return Attendance.objects.get(appointment=meeting_of(seat), representative=seat.representative)
