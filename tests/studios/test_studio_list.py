"""The register: conditions, search by 汉字, 全拼 or initials, scope, pages, the same queries for many rows."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from studios.enums import StudioKind, StudioStatus
from studios.lists import filtered_studios
from studios.models import Studio
from tests.cast import Cast
from tests.studios.factories import StudioFactory
from tests.studios.inspecting import inspect

Login = Callable[[User], Client]
PAGE = "/desk/studios/"


@pytest.fixture(autouse=True)
def _within_one_minute() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


@pytest.fixture
def studios(cast: Cast) -> Cast:
    """One studio of each sort, A to E, and no others in the county."""
    Studio.objects.filter(pk__in=[cast.studio.pk, cast.other_studio.pk]).delete()
    town, other = cast.town, cast.other_town
    StudioFactory(code="A", delegation=town, kind="COUNTY", area=30, name="曲塘镇党代表工作室")
    StudioFactory(code="B", delegation=town, area=15, name="曲塘镇刘圩村党代表工作室", village="刘圩村")
    StudioFactory(code="C", delegation=town, kind="PERSONAL", name="王演示甲党代表工作室")
    StudioFactory(code="D", delegation=other, area=16, name="李堡镇党代表工作室", status="PREPARING")
    StudioFactory(code="E", delegation=other, area=16, name="角斜村党代表工作室", status="CLOSED")
    return cast


def _codes(user: User, query: str) -> str:
    return "".join(filtered_studios(user, QueryDict(query)).studios.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", "ABCDE"),
        ("kind=COUNTY", "A"),
        ("kind=TOWN", "BDE"),
        ("status=ACTIVE", "ABC"),
        ("status=CLOSED", "E"),
        ("space=meets", "ADE"),
        ("space=below", "BC"),
        ("space=below&kind=TOWN", "B"),
        ("q=曲塘", "AB"),
        ("q=qutang", "AB"),
        ("q=QTZ", "AB"),
        ("q=liuwei", "B"),
        ("q=刘圩", "B"),
        ("q=曲塘 刘圩", "B"),
        ("q=lbz", "D"),
        ("q=没有这个村", ""),
        ("q=%25", ""),
        ("kind=DANCE&status=ACTIVE", "ABC"),
        ("delegation=999999", "ABCDE"),
        ("delegation=x", "ABCDE"),
    ],
)
def test_conditions(studios: Cast, query: str, codes: str) -> None:
    assert _codes(studios.county_office, query) == codes


def test_a_code_is_found_by_its_beginning(studios: Cast) -> None:
    StudioFactory(code="QT-0077", delegation=studios.town)
    assert _codes(studios.county_office, "q=qt-00") == "QT-0077"


def test_the_town_is_a_condition(studios: Cast) -> None:
    assert _codes(studios.leader, f"delegation={studios.other_town.pk}") == "DE"


def test_the_county_next_door_sees_and_chooses_nothing(studios: Cast, login: Login) -> None:
    assert _codes(studios.stranger, "") == ""
    assert _codes(studios.stranger, f"delegation={studios.town.pk}") == ""
    page = login(studios.stranger).get(PAGE).content.decode()
    assert "曲塘" not in page


def test_a_condition_that_is_wrong_is_explained(studios: Cast, login: Login) -> None:
    response = login(studios.leader).get(PAGE + "?delegation=x&status=ACTIVE")
    assert "没有这个代表队" in response.content.decode()
    assert [row.studio.code for row in response.context["shown"]] == ["A", "B", "C"]


def test_a_row_says_why_it_is_below(studios: Cast, login: Login) -> None:
    page = login(studios.leader).get(PAGE + "?space=below").content.decode()
    assert "面积不足" in page
    assert "没有登记代表、缺个人感言、缺服务承诺" in page
    assert "15 m²" in page


@pytest.mark.parametrize(
    ("who", "is_offered"), [("town_office", True), ("county_office", True), ("liaison", False), ("leader", False)]
)
def test_registering_is_offered_to_those_who_may(cast: Cast, login: Login, who: str, *, is_offered: bool) -> None:
    page = login(getattr(cast, who)).get(PAGE).content.decode()
    assert ("登记工作室" in page) is is_offered


@pytest.mark.parametrize(
    ("who", "query", "sentence"),
    [
        ("county_office", "?q=xyz", "没有符合条件的工作室。"),
        ("stranger", "", "登记第一个工作室"),
        ("nobody", "", "还没有登记工作室。"),
    ],
)
def test_an_empty_list_says_the_next_step(cast: Cast, login: Login, who: str, query: str, sentence: str) -> None:
    assert sentence in login(getattr(cast, who)).get(PAGE + query).content.decode()


@pytest.mark.parametrize(("who", "is_offered"), [("liaison", True), ("leader", True), ("unit_handler", False)])
def test_the_navigation_leads_here(cast: Cast, login: Login, who: str, *, is_offered: bool) -> None:
    page = login(getattr(cast, who)).get("/desk/inbox/").content.decode()
    assert (f'href="{PAGE}"' in page) is is_offered


def _fill(cast: Cast, count: int) -> None:
    for number in range(count):
        kind = list(StudioKind)[number % 3]
        status = list(StudioStatus)[number % 3]
        StudioFactory(delegation=cast.town, kind=kind, status=status, area=15, liaisons=[cast.liaison])


def test_the_same_queries_for_many_rows_and_every_row_once(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    seen = []
    for count in (1, 99):
        _fill(cast, count)
        client.get("/desk/inbox/")
        with CaptureQueriesContext(connection) as captured:
            response = client.get(PAGE)
        seen.append(len(captured))
    assert seen[0] == seen[1]
    codes = [row.studio.code for row in response.context["shown"]]
    while following := response.context["page"].next_url:
        response = client.get(PAGE + following)
        codes += [row.studio.code for row in response.context["shown"]]
    assert codes == sorted(Studio.objects.filter(county=cast.county).values_list("code", flat=True))


def test_the_last_inspection_is_a_condition(cast: Cast) -> None:
    inspect(cast, one_phone="FAIL")
    found = {
        state: set(filtered_studios(cast.leader, QueryDict(f"compliance={state}")).studios)
        for state in ("FAILING", "PASSING", "UNCHECKED")
    }
    assert found == {"FAILING": {cast.studio}, "PASSING": set(), "UNCHECKED": {cast.other_studio}}
