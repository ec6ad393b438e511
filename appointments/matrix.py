"""Who kept which duty of a quarter: one row a representative, one column a duty day (domain.md §5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.enums import Role
from accounts.models import Organization, User
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from appointments.models import Attendance
from representatives.models import Representative
from studios.calendar import quarter_bounds

QUARTERS_BACK, QUARTERS_AHEAD = 8, 1
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


def quarters(today: date) -> list[tuple[str, str]]:
    """(2026Q4, 2026年第4季度) of the quarters offered, the next one first."""
    day = quarter_bounds(today)[0]
    serial = day.year * 4 + (day.month - 1) // 3
    found = [divmod(serial + step, 4) for step in range(QUARTERS_AHEAD, -QUARTERS_BACK, -1)]
    return [(f"{year}Q{place + 1}", f"{year}年第{place + 1}季度") for year, place in found]


def quarter_key(day: date) -> str:
    """2026-11-24 → 2026Q4."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def bounds(key: str) -> tuple[date, date]:
    """First and last day of a quarter as `quarter_key` writes it."""
    year, _, number = key.partition("Q")
    return quarter_bounds(date(int(year), 3 * int(number) - 2, 1))


def home_delegation(user: User) -> Organization | None:
    """The delegation shown first: an own one, else the first the user reads about."""
    towns = Organization.objects.visible_to(user).delegations().order_by("code")
    scope = user.scope
    own = [pk for role in (Role.DELEGATION_OFFICE, Role.LIAISON, Role.REPRESENTATIVE) for pk in scope.where(role)]
    return towns.filter(pk__in=own).first() or towns.first()


def matrix_of(user: User, delegation: Organization, key: str, today: date) -> Matrix:
    """The regular duties of `delegation` in a quarter, as far as `user` sees them (one query)."""
    seats = Attendance.objects.visible_to(user).of_kind(AppointmentKind.REGULAR).between(*bounds(key))
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
