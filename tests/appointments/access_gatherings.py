"""Who may open the pages of collective days and designated appointments."""

from collections.abc import Callable

from django.urls import reverse

from tests.appointments.gatherings import book, gather
from tests.cast import Cast
from tests.people import OFFICES, READERS, SEES_VISIT

TAKERS = OFFICES | {"liaison", "other_liaison"}
SEES_MEETING = {"representative_user", "town_office", "county_office", "leader"}

OPEN_PAGES: dict[str, set[str]] = {
    "appointments:collective_list": READERS,
    "appointments:collective_day": {"county_office", "stranger"},
    "appointments:booking_list": TAKERS | {"leader"},
    "appointments:booking_create": TAKERS,
    "appointments:my_bookings": {"representative_user"},
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "appointments:collective_turnout": (SEES_MEETING | {"liaison"}, set()),
    "appointments:booking_detail": (SEES_VISIT, set()),
}
POST_ONLY: set[str] = {"appointments:collective_generate", "appointments:booking_act"}
ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "appointments:collective_turnout": lambda cast: reverse("appointments:collective_turnout", args=[gather(cast).pk]),
    "appointments:booking_detail": lambda cast: book(cast).get_absolute_url(),
}
"""The address of each row page, about rows of 曲塘镇."""
