"""Lists of inspections and 整改: conditions, scope, tabs that count what they show, lights, and queries."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from studios.clocks import Light
from studios.enums import StudioStatus
from studios.inspection_lists import light_of
from studios.models import Inspection, Rectification, Studio
from tests.cast import Cast
from tests.studios.factories import StudioFactory
from tests.studios.inspecting import inspect

Login = Callable[[User], Client]
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 10:00 +0800", tick=False):
        yield


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _other(cast: Cast, on: date, **outcomes: str) -> Inspection:
    return inspect(cast, on, studio=cast.other_studio, actor=cast.other_liaison, **outcomes)


def _found(client: Client, query: str) -> set[int]:
    return {row.pk for row in client.get(f"/desk/inspections/?{query}").context["page"].rows}


def test_conditions(cast: Cast, login: Login) -> None:
    here, there = inspect(cast, _ago(10), one_phone="FAIL"), _other(cast, _ago(2))
    client = login(cast.county_office)
    both = {here.pk, there.pk}
    expected: dict[str, set[int]] = {
        "": both,
        "q=曲塘": {here.pk},
        "q=qutang": {here.pk},
        "q=QTZ": {here.pk},
        "q=nowhere": set(),
        f"town={cast.other_town.pk}": {there.pk},
        "town=99999": both,
        "town=x": both,
        "outcome=failed": {here.pk},
        "outcome=passed": {there.pk},
        "outcome=great": both,
        "from=2026-11-20": {there.pk},
        "to=2026-11-20": {here.pk},
        "from=2026-11-20&to=2026-11-01": {there.pk},
        "from=x": both,
    }
    assert {query: _found(client, query) for query in expected} == expected


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("liaison", 1),
        ("town_office", 1),
        ("other_town_office", 1),
        ("county_office", 2),
        ("leader", 2),
        ("stranger", 0),
    ],
)
def test_everybody_sees_their_own(cast: Cast, login: Login, who: str, sees: int) -> None:
    inspect(cast, _ago(10), one_phone="FAIL")
    _other(cast, _ago(10), one_phone="FAIL")
    client = login(getattr(cast, who))
    assert len(_found(client, "")) == sees
    assert len(client.get("/desk/rectifications/").context["shown"]) == sees


def _three(cast: Cast) -> None:
    """Two open, one of them overdue; one closed."""
    inspect(cast, _ago(30), one_phone="FAIL", one_sign="FAIL")
    inspect(cast, _ago(5), one_phone="FAIL", same_sign="FAIL")


def test_tabs_count_what_they_show(cast: Cast, login: Login) -> None:
    _three(cast)
    client = login(cast.town_office)
    for key, count in (("open", 2), ("overdue", 1), ("closed", 1)):
        context = client.get(f"/desk/rectifications/?view={key}").context
        assert {tab.view.key: tab.count for tab in context["tabs"]}[key] == len(context["shown"]) == count
    assert client.get("/desk/rectifications/?view=lost").status_code == 404


def test_a_closed_studio_has_nothing_to_mend(cast: Cast, login: Login) -> None:
    _three(cast)
    Studio.objects.filter(pk=cast.studio.pk).update(status=StudioStatus.CLOSED)
    assert not login(cast.town_office).get("/desk/rectifications/").context["shown"]


@pytest.mark.parametrize(
    ("due", "closed", "light"),
    [
        (TODAY + timedelta(days=4), None, Light("green", "剩 4 天")),
        (TODAY + timedelta(days=3), None, Light("yellow", "剩 3 天")),
        (TODAY, None, Light("yellow", "今天到期")),
        (TODAY - timedelta(days=1), None, Light("red", "逾期 1 天")),
        (TODAY, TODAY, Light("grey", "按期")),
        (TODAY - timedelta(days=2), TODAY, Light("grey", "逾期 2 天销号")),
    ],
)
def test_lights(due: date, closed: date | None, light: Light) -> None:
    assert light_of(Rectification(due_on=due, closed_on=closed), TODAY) == light


def test_empty_lists_say_how_to_go_on(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    assert "没有符合条件的检查" in client.get("/desk/inspections/").content.decode()
    assert "没有逾期的整改" in client.get("/desk/rectifications/?view=overdue").content.decode()
    assert "还没有检查过" in client.get(f"/desk/studios/{cast.studio.pk}/inspections/").content.decode()


def test_the_history_of_a_studio(cast: Cast, login: Login) -> None:
    _three(cast)
    context = login(cast.liaison).get(f"/desk/studios/{cast.studio.pk}/inspections/").context
    assert [row.inspected_on for row in context["page"].rows] == [_ago(5), _ago(30)]
    assert [item.row.code for item in context["mending"]] == ["one_phone", "same_sign"]


def test_who_may_inspect_chooses_among_their_studios(cast: Cast, login: Login) -> None:
    StudioFactory(delegation=cast.town, status=StudioStatus.CLOSED)
    offered = {
        who: len(login(getattr(cast, who)).get("/desk/inspections/new/").context["page"].rows)
        for who in ("liaison", "town_office", "county_office", "stranger")
    }
    assert offered == {"liaison": 1, "town_office": 1, "county_office": 2, "stranger": 0}


@pytest.mark.parametrize(
    "address", ["/desk/inspections/", "/desk/rectifications/", "/desk/compliance/", "/desk/checklist/"]
)
def test_the_navigation_shows_where_one_is(cast: Cast, login: Login, address: str) -> None:
    nav = login(cast.county_office).get(address).context["nav"]
    assert [item.label for item in nav if item.active] == ["检查整改"]


ADDRESSES = [
    "/desk/inspections/",
    "/desk/inspections/new/",
    "/desk/rectifications/",
    "/desk/rectifications/?view=closed",
    "/desk/compliance/",
    "/desk/compliance/studios/",
]


def _fill(cast: Cast, times: int) -> None:
    for _ in range(times):
        studio = StudioFactory(delegation=cast.town, liaisons=[cast.liaison])
        inspect(cast, _ago(30), studio=studio, one_phone="FAIL", one_sign="FAIL")
        inspect(cast, _ago(5), studio=studio, one_phone="FAIL")


def _queries(client: Client, address: str) -> int:
    client.get("/desk/inbox/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_ask_the_same_at_one_and_at_fifty_rows(cast: Cast, login: Login) -> None:
    _fill(cast, 1)
    client = login(cast.town_office)
    history = f"/desk/studios/{cast.studio.pk}/inspections/"
    inspect(cast, _ago(3), one_sign="FAIL")
    few = {address: _queries(client, address) for address in [*ADDRESSES, history]}
    _fill(cast, 49)
    for days in range(1, 4):
        inspect(cast, _ago(days), one_sign="FAIL", same_rules="FAIL", same_sign="FAIL")
    assert {address: _queries(client, address) for address in few} == few
