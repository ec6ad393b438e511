"""Small random counties, written row by row, to check statistics against a naive count."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, VisitOutcome
from appointments.models import Appointment, Attendance, Visit
from studios.enums import StudioKind
from studios.models import Studio
from suggestions.enums import (
    HANDLING_STATES,
    EvaluationSource,
    Evaluator,
    Rating,
    State,
)
from suggestions.models import Evaluation, Suggestion
from tests.appointments.factories import AppointmentFactory, AttendanceFactory, VisitFactory
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory
from tests.studios.factories import StudioFactory

BEGINNING = date(2026, 1, 1)
NUMBERED = frozenset(State) - {State.DRAFT, State.SUBMITTED, State.RETURNED}


@dataclass
class World:
    """Everything that was written, as plain lists."""

    attendances: list[Attendance] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    cases: list[Suggestion] = field(default_factory=list)
    ratings: list[Evaluation] = field(default_factory=list)


def random_world(cast: Cast, seed: int, size: int = 12) -> World:
    """`size` appointments, visits and cases of each town of the cast and of the stranger's county."""
    random = Random(seed)
    world = World()
    stranger_town = StudioFactory(delegation__county=cast.stranger.memberships.get().organization).delegation
    for town in (cast.town, cast.other_town, stranger_town):
        studios = [StudioFactory(delegation=town, kind=kind) for kind in StudioKind]
        for _ in range(size):
            studio = random.choice(studios)
            _appointment(world, random, studio)
            _visit(world, random, studio, cast)
            _case(world, random, studio, cast)
    return world


def some_day(random: Random) -> date:
    return BEGINNING + timedelta(days=random.randrange(300))


def _appointment(world: World, random: Random, studio: Studio) -> None:
    kind = random.choice([AppointmentKind.THEMED, AppointmentKind.COLLECTIVE, AppointmentKind.REGULAR])
    appointment = AppointmentFactory(
        studio=studio,
        kind=kind,
        status=random.choice([AppointmentStatus.HELD, AppointmentStatus.HELD, AppointmentStatus.CANCELLED])
        if kind != AppointmentKind.REGULAR
        else AppointmentStatus.HELD,
        held_on=BEGINNING + timedelta(days=len(world.appointments)),
        headcount=random.choice([0, 0, 17]),
    )
    world.appointments.append(appointment)
    for _ in range(random.randrange(3)):
        world.attendances.append(
            AttendanceFactory(
                appointment=appointment,
                representative=RepresentativeFactory(delegation=studio.delegation),
                status=random.choice(list(AttendanceStatus)),
            )
        )


def _visit(world: World, random: Random, studio: Studio, cast: Cast) -> None:
    world.visits.append(
        VisitFactory(
            studio=studio,
            received_on=some_day(random),
            people=random.randrange(1, 9),
            outcome=random.choice(list(VisitOutcome)),
            recorded_by=cast.liaison,
        )
    )


def _case(world: World, random: Random, studio: Studio, cast: Cast) -> None:
    state = random.choice(list(State))
    number = Suggestion.objects.count() + 1
    accepted_on = some_day(random) if state in NUMBERED else None
    clock = {"assigned_on": accepted_on, "due_on": accepted_on, "cap_on": accepted_on, "unit": cast.county_unit}
    case = Suggestion.objects.create(
        county=studio.county,
        delegation=studio.delegation,
        studio=random.choice([studio, None]),
        representative=RepresentativeFactory(delegation=studio.delegation),
        title=f"第{number}件建议",
        content="请修路",
        created_by=cast.liaison,
        created_at=timezone.now(),
        state=state,
        round=random.choice([1, 1, 2]),
        accepted_on=accepted_on,
        number=f"测〔2026〕{number:04d}" if accepted_on else "",
        closed_on=accepted_on if state == State.CLOSED else None,
        **(clock if state in HANDLING_STATES else {}),
    )
    world.cases.append(case)
    for round_ in range(1, case.round + 1):
        for evaluator in random.sample(list(Evaluator), random.randrange(3)):
            world.ratings.append(_rating(case, round_, evaluator, random.choice(list(Rating)), cast))


def _rating(case: Suggestion, round_: int, evaluator: Evaluator, outcome: Rating, cast: Cast) -> Evaluation:
    return Evaluation.objects.create(
        suggestion=case,
        round=round_,
        evaluator=evaluator,
        attitude=Rating.SATISFIED,
        outcome=outcome,
        reason="没有修好" if outcome == Rating.UNSATISFIED else "",
        source=EvaluationSource.PAPER,
        entered_by=cast.liaison,
        entered_at=timezone.now(),
    )
