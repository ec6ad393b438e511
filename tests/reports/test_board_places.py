"""Drilling down: towns, units, and the counties of a city's leader; what lies outside the scope does not exist."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from accounts.enums import OrganizationKind, Role
from accounts.models import Organization, User
from tests.accounts.factories import UserFactory
from tests.cast import Cast
from tests.reports.boards import answered_world

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:12 +0800", tick=False):
        yield


@pytest.fixture
def city_leader(cast: Cast) -> User:
    """Over 海安 and 如皋."""
    city = Organization.objects.create(kind=OrganizationKind.CITY, code="3206", name="南通市", short_name="南通")
    Organization.objects.counties().update(parent=city)
    user: User = UserFactory(username="city", name="市领导甲", roles=[(Role.LEADER, city)])
    return user


def _places(client: Client, address: str) -> dict[str, int]:
    board = client.get(address).context["board"]
    figure = next(item.content for item in board.figures if item.key == "places")
    return {row.label: row.cells[0].number for row in figure.rows}


def test_a_city_leader_sees_both_counties_and_goes_down(cast: Cast, login: Login, city_leader: User) -> None:
    answered_world(cast)
    client = login(city_leader)
    counties = _places(client, "/board/?period=all")
    assert set(counties) == {"海安", "如皋"}
    towns = _places(client, f"/board/county/{cast.county.pk}/?period=all")
    assert set(towns) == {"曲塘镇", "李堡镇"}
    assert sum(towns.values()) == counties["海安"]
    assert towns == _places(login(cast.leader), "/board/?period=all")
    page = client.get(f"/board/town/{cast.town.pk}/").content.decode()
    assert f'<a href="/board/county/{cast.county.pk}/?period=year">海安</a></li><li>曲塘镇</li>' in page


def test_a_town_board_leads_to_its_units(cast: Cast, login: Login) -> None:
    answered_world(cast)
    client = login(cast.leader)
    board = client.get(f"/board/town/{cast.town.pk}/").context["board"]
    units = next(item.content for item in board.figures if item.key == "units")
    assert units.rows
    for row in units.rows:
        assert client.get(row.url).status_code == 200
    assert "places" not in [item.key for item in board.figures]


def test_a_unit_board_speaks_of_cases_alone(cast: Cast, login: Login) -> None:
    answered_world(cast)
    response = login(cast.leader).get(f"/board/unit/{cast.county_unit.pk}/")
    board, page = response.context["board"], response.content.decode()
    assert [item.key for item in board.figures] == ["months", "categories", "satisfaction", "days"]
    assert board.numbers.content[0].label == "已交办"
    assert "成果一段话" not in page
    assert "/desk/visits/?measure" not in page.split('<main id="main"')[1]


def test_what_lies_outside_does_not_exist(cast: Cast, login: Login, city_leader: User) -> None:
    elsewhere = Organization.objects.counties().exclude(pk=cast.county.pk).get()
    town_office = login(cast.town_office)
    for address in (
        f"/board/town/{cast.other_town.pk}/",
        f"/board/county/{cast.county.pk}/",
        f"/board/town/{cast.county_unit.pk}/",
        f"/board/unit/{cast.town.pk}/",
        "/board/unit/999999/",
    ):
        assert town_office.get(address).status_code == 404, address
    other = login(cast.other_town_office)
    assert other.get(f"/board/unit/{cast.town_unit.pk}/").status_code == 404
    assert town_office.get(f"/board/unit/{cast.town_unit.pk}/").status_code == 200
    assert login(cast.leader).get(f"/board/county/{elsewhere.pk}/").status_code == 404
    assert login(city_leader).get(f"/board/county/{elsewhere.pk}/").status_code == 200


def test_the_neighbour_is_counted_nowhere(cast: Cast, login: Login) -> None:
    answered_world(cast)
    assert set(_places(login(cast.leader), "/board/?period=all")) == {"曲塘镇", "李堡镇"}
    assert set(_places(login(cast.town_office), "/board/?period=all")) == {"曲塘镇"}
