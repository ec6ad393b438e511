"""The register of units is searched by name and spelling, by delegation and by state."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organization, User
from tests.accounts.factories import UnitFactory
from tests.cast import Cast

Login = Callable[[User], Client]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["U01", "U02", "U03"]),
        ("q=交通", ["U01"]),
        ("q=jtysj", ["U01"]),
        ("q=zhufang", ["U02"]),
        ("q=没有", []),
        ("town={town}", ["U03"]),
        ("state=inactive", ["U02"]),
        ("state=active", ["U01", "U03"]),
        ("state=x", ["U01", "U02", "U03"]),
    ],
)
def test_units_are_found(cast: Cast, login: Login, query: str, codes: list[str]) -> None:
    Organization.objects.filter(pk=cast.other_unit.pk).update(is_active=False)
    for user in (cast.county_office, cast.admin):
        page = login(user).get(f"{reverse('accounts:units')}?{query.format(town=cast.town.pk)}").context["page"]
        assert [row.code for row in page.rows] == codes


def test_the_county_next_door_has_its_own(cast: Cast, login: Login) -> None:
    page = login(cast.stranger).get(reverse("accounts:units")).content.decode()
    assert "没有符合条件的单位" in page
    assert "交通运输局" not in page


def test_many_units_ask_what_one_asks(
    cast: Cast, login: Login, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = login(cast.county_office)
    client.get("/desk/inbox/")
    with django_assert_max_num_queries(20) as few:  # type: ignore[attr-defined]
        client.get(reverse("accounts:units"))
    UnitFactory.create_batch(48, county=cast.county, delegation=cast.town)
    with django_assert_max_num_queries(len(few)):  # type: ignore[attr-defined]
        client.get(reverse("accounts:units"))
