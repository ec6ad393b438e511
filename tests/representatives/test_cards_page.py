"""Choosing whose cards to print: by name in any spelling, town, studio; ticked ones or all; at most 500."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from representatives import cards
from representatives.enums import RepresentativeStatus
from representatives.models import Representative
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]
PAGE, PRINT = "/desk/cards/", "/desk/cards/print/"


@pytest.fixture
def people(cast: Cast) -> dict[str, Representative]:
    """One in each town beside the cast's 代表甲, one suspended, one merged."""
    delegation, studios = cast.town, [cast.studio]
    return {
        "zhang": RepresentativeFactory(delegation=delegation, name="张演示", studios=studios),
        "afar": RepresentativeFactory(delegation=cast.other_town, name="李演示", studios=[cast.other_studio]),
        "suspended": RepresentativeFactory(
            delegation=delegation,
            name="停演示",
            studios=studios,
            status=RepresentativeStatus.SUSPENDED,
            status_on=date(2026, 11, 1),
            status_reason="停止执行职务",
        ),
        "merged": RepresentativeFactory(
            delegation=delegation, name="重演示", studios=studios, merged_into=cast.representative
        ),
    }


def _names(client: Client, query: str = "") -> set[str]:
    return {person.name for person, _has_dossier in client.get(PAGE + query).context["rows"]}


def _printed(client: Client, query: str) -> list[str]:
    return [card.person.name for sheet in client.get(PRINT + query).context["sheets"] for card in sheet]


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("county_office", {"代表甲", "张演示", "李演示"}),
        ("town_office", {"代表甲", "张演示"}),
        ("other_town_office", {"李演示"}),
        ("liaison", {"代表甲", "张演示"}),
        ("other_liaison", {"李演示"}),
        ("stranger", set()),
    ],
)
def test_everybody_finds_the_active_ones_of_their_own_house(
    cast: Cast, login: Login, people: dict[str, Representative], who: str, names: set[str]
) -> None:
    client = login(getattr(cast, who))
    assert _names(client) == names
    assert set(_printed(client, "?all=1")) == names


@pytest.mark.parametrize("text", ["张演示", "张", "zhang", "zhangyanshi", "zys", "ZYS", "zhang yanshi"])
def test_a_name_is_found_in_any_spelling(
    cast: Cast, login: Login, people: dict[str, Representative], text: str
) -> None:
    assert _names(login(cast.county_office), f"?q={text}") == {"张演示"}


def test_conditions_of_town_and_studio(cast: Cast, login: Login, people: dict[str, Representative]) -> None:
    client = login(cast.county_office)
    assert _names(client, f"?delegation={cast.other_town.pk}") == {"李演示"}
    assert _names(client, f"?studio={cast.other_studio.pk}") == {"李演示"}
    assert _printed(client, f"?studio={cast.other_studio.pk}&all=1") == ["李演示"]
    assert _names(client, f"?studio={cast.other_studio.pk}&q=张") == set()


def test_the_owner_of_a_personal_studio_is_found_by_it(cast: Cast, login: Login) -> None:
    RepresentativeFactory(delegation=cast.other_town, name="主演示", owned_studio=cast.other_studio)
    assert _names(login(cast.other_liaison)) == {"主演示"}
    assert _names(login(cast.county_office), f"?studio={cast.other_studio.pk}") == {"主演示"}


def test_only_what_is_ticked_and_ones_own_is_printed(
    cast: Cast, login: Login, people: dict[str, Representative]
) -> None:
    ticks = "&".join(f"rep={person.pk}" for person in people.values())
    assert _printed(login(cast.town_office), f"?{ticks}&rep=x&rep={'9' * 30}") == ["张演示"]


def test_nothing_ticked_is_explained(cast: Cast, login: Login) -> None:
    page = login(cast.town_office).get(PRINT).content.decode()
    assert "没有选中要打印的党代表" in page


@pytest.mark.parametrize("query", ["?studio=x", "?studio=999999", "?delegation=x"])
def test_a_wrong_condition_is_explained_and_prints_nobody(cast: Cast, login: Login, query: str) -> None:
    client = login(cast.town_office)
    page = client.get(PAGE + query)
    assert "请重新选择" in page.content.decode()
    assert page.context["print_all"] == ""
    assert _printed(client, f"{query}&all=1") == []


def test_another_towns_studio_is_no_choice(cast: Cast, login: Login) -> None:
    page = login(cast.town_office).get(f"{PAGE}?studio={cast.other_studio.pk}").content.decode()
    assert "请重新选择工作室" in page
    assert str(cast.other_studio) not in page


def test_more_than_the_limit_is_refused_with_a_sentence(
    cast: Cast, login: Login, people: dict[str, Representative], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("representatives.views.cards.LIMIT", 1)
    client = login(cast.town_office)
    response = client.get(f"{PRINT}?all=1")
    assert response.status_code == 422
    assert "选中 2 人，一次最多打印 1 张" in response.content.decode()
    assert response.context["sheets"] == []
    page = client.get(PAGE)
    assert "查到 2 人，一次最多打印 1 张" in page.content.decode()
    assert page.context["print_all"] == ""


def test_the_limit_is_five_hundred() -> None:
    assert cards.LIMIT == 500


def test_offices_find_the_dossier_and_liaisons_do_not(cast: Cast, login: Login) -> None:
    dossier = f"/desk/reps/{cast.representative.pk}/dossier/"
    assert dossier in login(cast.town_office).get(PAGE).content.decode()
    assert dossier not in login(cast.liaison).get(PAGE).content.decode()


@pytest.mark.parametrize("address", [PAGE, f"{PRINT}?all=1"])
def test_the_same_number_of_queries_for_one_and_for_many(cast: Cast, login: Login, address: str) -> None:
    client = login(cast.town_office)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    RepresentativeFactory.create_batch(30, delegation=cast.town, studios=[cast.studio])
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
