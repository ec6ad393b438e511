"""A year of service for tests of the dossier."""

from datetime import date

from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from tests.appointments.factories import AppointmentFactory, AttendanceFactory, VisitFactory
from tests.cast import Cast


def serve(cast: Cast, *, duties: int = 1, visits: int = 1, matter: str = "村口路灯不亮") -> None:
    """The cast's representative keeps that many Saturdays of 2026, and receives that many visitors."""
    for number in range(duties):
        duty = AppointmentFactory(studio=cast.studio, held_on=date.fromordinal(date(2026, 1, 3).toordinal() + number))
        AttendanceFactory(appointment=duty, representative=cast.representative, present=True)
    for _ in range(visits):
        VisitFactory(
            studio=cast.studio,
            representative=cast.representative,
            recorded_by=cast.liaison,
            matter=matter,
            visitor_name="来访人甲",
            people=2,
        )


def gather(cast: Cast, kind: AppointmentKind, day: date, status: AttendanceStatus, theme: str = "") -> None:
    """The cast's representative at one themed, collective or designated appointment."""
    event = AppointmentFactory(
        studio=cast.studio, kind=kind, held_on=day, theme=theme, venue="刘圩村", status=AppointmentStatus.HELD
    )
    AttendanceFactory(appointment=event, representative=cast.representative, status=status)
