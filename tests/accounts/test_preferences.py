"""个人设置: each person's own choices."""

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from tests.cast import Cast

Login = Callable[[User], Client]
PAGE = "/desk/me/"


def test_shortcuts_are_switched_off_and_on(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    assert "checked" in client.get(PAGE).content.decode()
    for data, wanted in (({}, False), ({"uses_shortcuts": "on"}, True)):
        response = client.post(PAGE, data, follow=True)
        assert "设置已保存。" in response.content.decode()
        cast.town_office.refresh_from_db()
        assert cast.town_office.uses_shortcuts is wanted


def test_nobody_elses_choice_changes(cast: Cast, login: Login) -> None:
    login(cast.town_office).post(PAGE, {})
    cast.county_office.refresh_from_db()
    assert cast.county_office.uses_shortcuts
