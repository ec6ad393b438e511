"""值班公示: anybody finds out who sits where next, town by town, county by county."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import DelegationFactory
from tests.appointments.factories import AttendanceFactory
from tests.cast import Cast
from tests.studios.factories import StudioFactory


@pytest.fixture
def coming(cast: Cast) -> date:
    """The day on which 曲塘镇 and a town next door are on duty."""
    day = timezone.localdate() + timedelta(days=2)
    elsewhere = StudioFactory(
        delegation=DelegationFactory(county=cast.stranger.held[0].organization, short_name="邻镇")
    )
    for studio in (cast.studio, elsewhere):
        AttendanceFactory(appointment__studio=studio, appointment__held_on=day, appointment__status="PLANNED")
    return day


def test_towns_are_listed_under_their_county(client: Client, coming: date) -> None:
    page = client.get("/").content.decode()
    assert page.index("海安") < page.index("曲塘镇") < page.index("如皋") < page.index("邻镇")


def test_a_town_shows_its_seats_and_the_phone_of_its_county(client: Client, cast: Cast, coming: date) -> None:
    cast.county.phone = "0513-88880000"
    cast.county.save()
    page = client.get(f"/?town={cast.town.pk}").content.decode()
    assert str(cast.studio) in page
    assert "tel:0513-88880000" in page


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "-1"])
def test_an_unknown_town_shows_the_choice(client: Client, coming: date, key: str) -> None:
    assert "请选择您所在的镇" in client.get("/", {"town": key}).content.decode()


def test_nothing_planned_is_said(client: Client, db: None) -> None:
    assert "近期没有安排值班" in client.get("/").content.decode()
