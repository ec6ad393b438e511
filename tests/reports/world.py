"""A random world as plain lists, and how its days are drawn: November 2025 to December 2026, over two year borders."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from appointments.models import Appointment, Attendance, Visit
from studios.models import Inspection, InspectionResult, Studio
from suggestions.models import Assignment, Contact, Evaluation, Reply, Suggestion, UnitRequest

BEGINNING = date(2025, 11, 1)
DAYS = 420
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class World:
    """Everything that was written, as rows whose neighbours are at hand."""

    appointments: list[Appointment] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    studios: list[Studio] = field(default_factory=list)
    inspections: list[Inspection] = field(default_factory=list)
    findings: list[InspectionResult] = field(default_factory=list)
    cases: list[Suggestion] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    requests: list[UnitRequest] = field(default_factory=list)
    ratings: list[Evaluation] = field(default_factory=list)


def some_day(random: Random) -> date:
    return BEGINNING + timedelta(days=random.randrange(DAYS))


def later(random: Random, day: date, most: int, least: int = 0) -> date:
    """A day `least` to `most` days after `day`."""
    return day + timedelta(days=random.randint(least, most))


def moment(random: Random, day: date) -> datetime:
    """An hour of `day` in Shanghai, often one that is still the day before in Greenwich."""
    return datetime.combine(day, random.choice([time(0, 20), time(9, 30), time(23, 50)]), SHANGHAI)
