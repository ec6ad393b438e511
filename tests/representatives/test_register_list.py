"""The list: found by 汉字, 全拼, initials and number; conditions that hold; the same for page and export."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from representatives.enums import Level
from representatives.lists import filtered_representatives
from representatives.models import Representative
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]
PAGE = "/desk/reps/"


@pytest.fixture(autouse=True)
def _within_one_minute() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


@pytest.fixture
def people(cast: Cast) -> dict[str, Representative]:
    town, other = cast.town, cast.other_town
    wang = RepresentativeFactory(delegation=town, name="王演示", certificate_no="HA-100", level=Level.BOTH)
    return {
        "wang": wang,
        "li": RepresentativeFactory(
            delegation=other, name="李演示", certificate_no="HA-200", studios=[cast.other_studio]
        ),
        "chen": RepresentativeFactory(
            delegation=other, name="陈演示", level=Level.COUNTY, term=12, certificate_no="HA-300"
        ),
        "gone": RepresentativeFactory(
            delegation=town,
            name="赵演示",
            certificate_no="HA-400",
            status="SUSPENDED",
            status_on="2026-01-01",
            status_reason="病休",
        ),
        "merged": RepresentativeFactory(delegation=town, name="王演示", certificate_no="HA-101", merged_into=wang),
        "stranger": RepresentativeFactory(name="王演示", certificate_no="HA-102"),
    }


def _found(user: User, query: str, people: dict[str, Representative]) -> set[str]:
    names = {person.pk: name for name, person in people.items()}
    rows = filtered_representatives(user, QueryDict(query)).rows
    return {names.get(row.pk, "cast") for row in rows}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"cast", "wang", "li", "chen", "gone"}),
        ("q=王", {"wang"}),
        ("q=wangyanshi", {"wang"}),
        ("q=WYS", {"wang"}),
        ("q=ha-2", {"li"}),
        ("q=没有此人", set()),
        ("level=COUNTY", {"wang", "chen"}),
        ("level=TOWN", {"cast", "wang", "li", "gone"}),
        ("level=BOTH", {"wang"}),
        ("status=SUSPENDED", {"gone"}),
        ("term=12", {"chen"}),
        ("level=CITY&status=SUSPENDED", {"gone"}),
    ],
)
def test_conditions(cast: Cast, people: dict[str, Representative], query: str, found: set[str]) -> None:
    assert _found(cast.leader, query, people) == found


def test_town_and_studio(cast: Cast, people: dict[str, Representative]) -> None:
    assert _found(cast.liaison, f"delegation={cast.other_town.pk}", people) == {"li", "chen"}
    assert _found(cast.liaison, f"studio={cast.other_studio.pk}", people) == {"li"}
    assert _found(cast.liaison, f"delegation={people['stranger'].delegation_id}&term=12", people) == {"chen"}


def test_nobody_sees_across(cast: Cast, people: dict[str, Representative]) -> None:
    assert _found(cast.stranger, "", people) == set()
    assert _found(cast.nobody, "", people) == set()


def test_pages_follow_each_other_without_a_gap(cast: Cast, login: Login) -> None:
    for number in range(60):
        RepresentativeFactory(delegation=cast.town, certificate_no=f"HA-{number:03d}")
    client, seen, target = login(cast.town_office), [], "?q=HA-"
    while target:
        page = client.get(PAGE + target).context["page"]
        seen += [row.certificate_no for row in page.rows]
        target = page.next_url
    assert seen == [f"HA-{number:03d}" for number in range(60)]


def test_the_page_says_who_left_and_offers_a_way_on(
    cast: Cast, login: Login, people: dict[str, Representative]
) -> None:
    page = login(cast.town_office).get(PAGE).content.decode()
    assert "停止执行职务" in page
    assert "新增党代表" in page
    assert people["gone"].get_absolute_url() in page
    empty = login(cast.leader).get(PAGE + "?q=没有此人").content.decode()
    assert "没有符合条件的党代表。" in empty
    assert "新增党代表" not in empty


@pytest.mark.parametrize(
    ("who", "is_offered"), [("town_office", True), ("leader", True), ("liaison", True), ("unit_handler", False)]
)
def test_the_way_there(cast: Cast, login: Login, who: str, *, is_offered: bool) -> None:
    assert (f'href="{PAGE}"' in login(getattr(cast, who)).get("/desk/").content.decode()) is is_offered


def test_the_list_asks_the_same_at_one_and_at_fifty_rows(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)

    def queries() -> int:
        client.get("/desk/inbox/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    few = queries()
    for _ in range(49):
        RepresentativeFactory(delegation=cast.town, studios=[cast.studio])
    assert queries() == few
