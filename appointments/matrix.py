"""Who kept which duty of a quarter: one row a representative, one column a duty day (domain.md §5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.enums import Role
from accounts.models import Organization, User
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from appointments.models import Attendance
from appointments.quarters import Quarter
from representatives.models import Representative

QUARTERS_OFFERED = 9
MARKS = {
    AttendanceStatus.PRESENT: "●",
    AttendanceStatus.LEAVE: "○",
    AttendanceStatus.SUBSTITUTED: "⇄",
    AttendanceStatus.ABSENT: "×",
    AttendanceStatus.VACANT: "空",
}
EXPECTED, UNCONFIRMED = ("·", "应到"), ("?", "未登记到岗")
LEGEND = [*((mark, str(AttendanceStatus(status).label)) for status, mark in MARKS.items()), EXPECTED, UNCONFIRMED]


@dataclass(frozen=True)
class Mark:
    """One duty: the sign on screen and the words for it, and where it leads."""

    sign: str
    words: str
    url: str


@dataclass(frozen=True)
class Row:
    """One representative; a cell per duty day, empty where they had no duty."""

    person: Representative
    cells: list[tuple[date, list[Mark]]]


@dataclass(frozen=True)
class Matrix:
    """The duty days of the quarter and the representatives who had any."""

    days: list[date]
    rows: list[Row]


def quarters(today: date) -> list[Quarter]:
    """The quarters offered, the next one first."""
    found = [Quarter.of(today).next()]
    while len(found) < QUARTERS_OFFERED:
        found.append(found[-1].previous())
    return found


def home_delegation(user: User) -> Organization | None:
    """The delegation shown first: an own one, else the first the user reads about."""
    towns = Organization.objects.visible_to(user).delegations().order_by("code")
    scope = user.scope
    own = [pk for role in (Role.DELEGATION_OFFICE, Role.LIAISON, Role.REPRESENTATIVE) for pk in scope.where(role)]
    return towns.filter(pk__in=own).first() or towns.first()


def matrix_of(user: User, delegation: Organization, quarter: Quarter, today: date) -> Matrix:
    """The regular duties of `delegation` in a quarter, as far as `user` sees them (one query)."""
    seats = Attendance.objects.visible_to(user).of_kind(AppointmentKind.REGULAR).between(quarter.first, quarter.last)
    seats = seats.filter(appointment__delegation=delegation).exclude(appointment__status=AppointmentStatus.CANCELLED)
    related = seats.select_related("appointment__studio", "representative")
    return _fold(related.order_by("representative__certificate_no", "representative_id", "pk"), today)


def _fold(seats: Iterable[Attendance], today: date) -> Matrix:
    marks: dict[tuple[int, date], list[Mark]] = {}
    people: dict[int, Representative] = {}
    days: set[date] = set()
    for seat in seats:
        day = seat.appointment.held_on
        people.setdefault(seat.representative_id, seat.representative)
        days.add(day)
        marks.setdefault((seat.representative_id, day), []).append(_mark(seat, today))
    ordered = sorted(days)
    rows = [Row(person, [(day, marks.get((pk, day), [])) for day in ordered]) for pk, person in people.items()]
    return Matrix(ordered, rows)


def _mark(seat: Attendance, today: date) -> Mark:
    status = AttendanceStatus(seat.status)
    if status == AttendanceStatus.EXPECTED:
        sign, words = UNCONFIRMED if seat.appointment.held_on < today else EXPECTED
    else:
        sign, words = MARKS[status], str(status.label)
    return Mark(sign, words, seat.appointment.get_absolute_url())
