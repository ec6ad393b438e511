"""A studio with colleagues and their duties, for tests of swaps and leave."""

from datetime import date

from accounts.enums import Role
from accounts.models import User
from appointments.models import Attendance
from representatives.models import Representative
from studios.models import Studio
from tests.accounts.factories import UserFactory
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

TODAY = date(2026, 11, 24)
SATURDAY, NEXT, LATER = date(2026, 11, 28), date(2026, 12, 5), date(2026, 12, 26)


def colleague(cast: Cast, name: str = "代表乙", studio: Studio | None = None) -> Representative:
    """Another representative of the cast's studio (or `studio`), with an account."""
    user: User = UserFactory(username=f"user-{name}", name=name, roles=[(Role.REPRESENTATIVE, cast.town)])
    place = studio or cast.studio
    person: Representative = RepresentativeFactory(delegation=place.delegation, name=name, user=user, studios=[place])
    return person


def account(person: Representative) -> User:
    """The account of somebody who has one."""
    assert person.user is not None
    return person.user


def duty(person: Representative, studio: Studio, day: date = SATURDAY, **more: object) -> Attendance:
    """A seat of `person` at the regular duty of `studio` on `day`."""
    meeting = studio.appointments.filter(held_on=day, kind="REGULAR").first()
    row: Attendance = AttendanceFactory(
        appointment=meeting or AppointmentFactory(studio=studio, held_on=day), representative=person, **more
    )
    return row
