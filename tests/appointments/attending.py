"""A duty of the representative on Saturday 2026-11-28, and colleagues who can take it."""

from datetime import date
from typing import Any

from appointments.models import Attendance
from representatives.models import Representative
from tests.appointments.factories import AttendanceFactory
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

SATURDAY = date(2026, 11, 28)
BEFORE, EARLY, DURING, AFTER, NEXT_DAY = (
    "2026-11-28 07:59 +0800",
    "2026-11-28 08:00 +0800",
    "2026-11-28 09:30 +0800",
    "2026-11-28 11:30 +0800",
    "2026-11-29 09:00 +0800",
)


def seat_of(cast: Cast, person: Representative | None = None, **fields: Any) -> Attendance:
    """A seat at the studio of 曲塘镇; the representative of the cast on that Saturday unless told otherwise."""
    defaults = {"appointment__studio": cast.studio, "appointment__held_on": SATURDAY}
    seat: Attendance = AttendanceFactory(**defaults | fields, representative=person or cast.representative)
    return seat


def colleague(cast: Cast, name: str = "代表乙", **fields: Any) -> Representative:
    """Another representative of 曲塘镇 in the same studio."""
    person: Representative = RepresentativeFactory(delegation=cast.town, name=name, studios=[cast.studio], **fields)
    return person
