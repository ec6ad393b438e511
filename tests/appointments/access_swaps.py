"""Who may open the pages of a representative's duties, leave and swaps."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from appointments.models import Leave, Swap
from appointments.services import request_leave, request_swap
from tests.appointments.factories import AttendanceFactory
from tests.cast import Cast
from tests.people import READERS

LISTS = READERS | {"liaison", "other_liaison"}
ASKERS = (LISTS | {"representative_user"}) - {"leader"}
OPEN_PAGES: dict[str, set[str]] = {
    "appointments:my_duty": {"representative_user"},
    "appointments:my_swaps": {"representative_user"},
    "appointments:swap_list": LISTS,
    "appointments:swap_create": ASKERS,
    "appointments:leave_list": LISTS,
    "appointments:leave_create": ASKERS,
    "appointments:gap_list": LISTS,
}
SEES_DUTY = {"liaison", "representative_user", "town_office", "county_office", "leader"}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "appointments:swap_detail": (SEES_DUTY, set()),
    "appointments:leave_detail": (SEES_DUTY, set()),
}
POST_ONLY: set[str] = {
    "appointments:duty_confirm",
    "appointments:swap_act",
    "appointments:leave_act",
    "appointments:gap_fill",
}


def _swap(cast: Cast) -> Swap:
    seat = AttendanceFactory(
        appointment__studio=cast.studio,
        appointment__held_on=timezone.localdate() + timedelta(days=10),
        representative=cast.representative,
    )
    return request_swap(seat=seat, actor=cast.representative_user, reason="外出")


def _leave(cast: Cast) -> Leave:
    first_on = timezone.localdate() + timedelta(days=3)
    return request_leave(
        representative=cast.representative,
        first_on=first_on,
        last_on=first_on,
        reason="住院",
        actor=cast.representative_user,
    )


ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "appointments:swap_detail": lambda cast: reverse("appointments:swap_detail", args=[_swap(cast).pk]),
    "appointments:leave_detail": lambda cast: reverse("appointments:leave_detail", args=[_leave(cast).pk]),
}
