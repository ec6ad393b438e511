"""Who may open the pages of checking in, who came, and calendar feeds."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from appointments.checkin import code_of
from appointments.models import Attendance
from tests.appointments.factories import AttendanceFactory
from tests.cast import Cast
from tests.people import OFFICES, SEES_VISIT, STAFF

TAKERS = {"liaison", "town_office", "county_office"}
SEES_NOT_TAKES = SEES_VISIT - TAKERS
ACTS_FOR = TAKERS | {"representative_user"}

OPEN_PAGES: dict[str, set[str]] = {
    "appointments:attendance_list": STAFF,
    "appointments:attendance_matrix": STAFF,
    "appointments:attendance_day": OFFICES | {"liaison", "other_liaison"},
    "appointments:my_calendar": {"representative_user"},
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "appointments:detail": (SEES_VISIT, set()),
    "appointments:checkin_code": (TAKERS, SEES_NOT_TAKES),
    "appointments:attendance_update": (TAKERS, SEES_NOT_TAKES),
    "appointments:attendance_cover": (TAKERS, SEES_NOT_TAKES),
    "appointments:check_in": ({"representative_user"}, STAFF - {"representative_user"}),
    "appointments:calendar": (ACTS_FOR, STAFF - ACTS_FOR - {"stranger", "nobody"}),
}
POST_ONLY: set[str] = {
    "appointments:attendance_present",
    "appointments:calendar_renew",
    "appointments:calendar_revoke",
}


def _seat(cast: Cast) -> Attendance:
    """The representative's duty of last Saturday."""
    seat: Attendance = AttendanceFactory(
        appointment__studio=cast.studio, appointment__held_on=date(2026, 11, 21), representative=cast.representative
    )
    return seat


ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "appointments:detail": lambda cast: _seat(cast).appointment.get_absolute_url(),
    "appointments:checkin_code": lambda cast: reverse("appointments:checkin_code", args=[_seat(cast).appointment.pk]),
    "appointments:attendance_update": lambda cast: reverse("appointments:attendance_update", args=[_seat(cast).pk]),
    "appointments:attendance_cover": lambda cast: reverse("appointments:attendance_cover", args=[_seat(cast).pk]),
    "appointments:check_in": lambda cast: reverse("appointments:check_in", args=[code_of(_seat(cast).appointment)]),
    "appointments:calendar": lambda cast: reverse("appointments:calendar", args=[cast.representative.pk]),
}
