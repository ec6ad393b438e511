"""常用语: the county's own of a category, else the built-in ones."""

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from appointments.enums import Category
from appointments.models import PhraseChip
from appointments.phrases import DEFAULTS, phrases_of
from tests.cast import Cast

Login = Callable[[User], Client]
PAGE = "/desk/phrases/?category=HEALTH"


def test_the_own_ones_are_offered_in_this_county_only(cast: Cast, login: Login) -> None:
    login(cast.county_office).post(PAGE, {"matter": "看病贵\n\n看病贵\n 挂号难 ", "answer": "已答复"})
    health = next(group for group in phrases_of(cast.county) if group.category == Category.HEALTH)
    assert (health.matter, health.answer) == (("看病贵", "挂号难"), ("已答复",))
    page = login(cast.liaison).get("/desk/visits/new/").content.decode()
    assert "挂号难" in page
    assert DEFAULTS[Category.ROADS][0][0] in page
    elsewhere = next(
        group for group in phrases_of(cast.stranger.memberships.get().organization) if group.category == "HEALTH"
    )
    assert elsewhere.matter == DEFAULTS[Category.HEALTH][0]


def test_emptied_means_the_built_in_ones(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    client.post(PAGE, {"matter": "看病贵", "answer": ""})
    client.post(PAGE, {"matter": "", "answer": ""})
    assert not PhraseChip.objects.exists()
    assert client.get(PAGE).context["form"]["matter"].value() == "\n".join(DEFAULTS[Category.HEALTH][0])


def test_too_long_and_too_many_are_said_and_kept(cast: Cast, login: Login) -> None:
    many = "\n".join(f"第{number}条" for number in range(13))
    response = login(cast.county_office).post(PAGE, {"matter": "长" * 41, "answer": many})
    page = response.content.decode()
    assert response.status_code == 422
    assert "超过 40 字，请写短一些" in page
    assert "一类最多 12 条，现在是 13 条，请删去几条" in page
    assert "第12条" in page
    assert not PhraseChip.objects.exists()
