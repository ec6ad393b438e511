"""Small random worlds with everything the measures of domain.md §8 read, written in a few large statements."""

import uuid
from datetime import time, timedelta
from random import Random

from accounts.models import Organization
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, Category, VisitOutcome
from appointments.models import Appointment, Attendance, Visit
from representatives.models import Representative
from studios.enums import CheckOutcome
from studios.models import Inspection, InspectionResult
from tests.cast import Cast
from tests.reports.casebook import write_cases
from tests.reports.stage import Stage, stage_of
from tests.reports.world import BEGINNING, DAYS, World, moment, some_day

KINDS = (*AppointmentKind, AppointmentKind.REGULAR, AppointmentKind.COLLECTIVE)
STATUSES = (*AppointmentStatus, AppointmentStatus.HELD, AppointmentStatus.HELD)
OUTCOMES = (*VisitOutcome, VisitOutcome.TO_SUGGESTION)
LEFT = (AttendanceStatus.LEAVE, AttendanceStatus.SUBSTITUTED, AttendanceStatus.VACANT)
VERDICTS = (None, False, True)


def random_world(cast: Cast, seed: int, size: int = 36) -> World:
    """A world of `size` cases, appointments and visits in the towns of the cast and of the stranger's county."""
    return world_on(stage_of(cast), seed, size)


def world_on(stage: Stage, seed: int, size: int = 12) -> World:
    """A world of `size` cases, appointments and visits on `stage`; the same seed writes the same."""
    random, world = Random(seed), World()
    world.studios = [studio for studios in stage.studios.values() for studio in studios]
    _meet(world, stage, random, size)
    _receive(world, stage, random, size)
    _inspect(world, stage, random)
    write_cases(world, stage, random, size)
    return world


def _meet(world: World, stage: Stage, random: Random, size: int) -> None:
    days = random.sample(range(DAYS), size)
    world.appointments = Appointment.objects.bulk_create(_appointment(stage, random, day) for day in days)
    seats = [seat for meeting in world.appointments for seat in _seats(stage, random, meeting)]
    first = Attendance.objects.bulk_create(seat for seat in seats if seat.replaces is None)
    world.attendances = first + Attendance.objects.bulk_create(seat for seat in seats if seat.replaces is not None)


def _appointment(stage: Stage, random: Random, day: int) -> Appointment:
    town, kind = random.choice(stage.towns), random.choice(KINDS)
    held_on = BEGINNING + timedelta(days=day)
    verdict = random.choice(VERDICTS) if kind == AppointmentKind.REGULAR else None
    is_inside = kind == AppointmentKind.REGULAR or random.random() < 0.6
    return Appointment(
        county_id=town.county_id,
        delegation=town,
        studio=random.choice(stage.studios[town.pk]) if is_inside else None,
        kind=kind,
        status=random.choice(STATUSES),
        held_on=held_on,
        starts_at=time(9),
        ends_at=time(11),
        headcount=random.choice([0, 0, 17]),
        announced_on=None if verdict is None else held_on - timedelta(days=3 if verdict else 1),
        was_announced_in_time=verdict,
    )


def _seats(stage: Stage, random: Random, meeting: Appointment) -> list[Attendance]:
    """Up to three seats, and where one was left, perhaps somebody who took it over."""
    people = random.sample(stage.people[meeting.delegation_id], 4)
    seats = [_seat(random, meeting, people.pop()) for _ in range(random.randint(0, 3))]
    left = next((seat for seat in seats if seat.status in LEFT), None)
    if left is not None and random.random() < 0.7:
        seats.append(_seat(random, meeting, people.pop(), replaces=left))
    return seats


def _seat(
    random: Random, meeting: Appointment, person: Representative, replaces: Attendance | None = None
) -> Attendance:
    status, met = random.choice(list(AttendanceStatus)), random.choice([None, 0, 6])
    return Attendance(appointment=meeting, representative=person, status=status, people_met=met, replaces=replaces)


def _receive(world: World, stage: Stage, random: Random, size: int) -> None:
    world.visits = Visit.objects.bulk_create(_visit(world, stage, random) for _ in range(size))


def _visit(world: World, stage: Stage, random: Random) -> Visit:
    town: Organization = random.choice(stage.towns)
    day = some_day(random)
    return Visit(
        county_id=town.county_id,
        delegation=town,
        studio=random.choice(stage.studios[town.pk]),
        appointment=random.choice([None, *world.appointments]),
        representative=random.choice(stage.people[town.pk]),
        received_on=day,
        people=random.randint(1, 9),
        matter="路灯不亮",
        answer="已修好",
        category=random.choice(list(Category)[:3]),
        outcome=random.choice(OUTCOMES),
        recorded_by=stage.writer,
        recorded_at=moment(random, day),
        submission_key=uuid.UUID(int=random.getrandbits(128)),
    )


def _inspect(world: World, stage: Stage, random: Random) -> None:
    looked_at = [studio for studio in world.studios for _ in range(random.choice([0, 1, 1, 2]))]
    days = [some_day(random) for _ in range(3)]
    world.inspections = Inspection.objects.bulk_create(
        Inspection(
            studio=studio,
            template_id=stage.items[studio.county_id][0].template_id,
            inspected_on=(day := random.choice(days)),
            inspector=stage.writer,
            submission_key=uuid.UUID(int=random.getrandbits(128)),
            created_at=moment(random, day),
        )
        for studio in looked_at
    )
    world.findings = InspectionResult.objects.bulk_create(
        InspectionResult(
            inspection=look,
            item=item,
            outcome=random.choice([*CheckOutcome, CheckOutcome.PASS, CheckOutcome.PASS]),
            note="没有张贴",
        )
        for look in world.inspections
        for item in stage.items[look.studio.county_id]
    )
