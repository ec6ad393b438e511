"""我的视图: conditions of a list kept under a name, by one person for themselves."""

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.kept_lists import CASES, MOST_VIEWS, VISITS, canonical
from accounts.kept_services import FULL, TAKEN, TOO_LONG, KeptViewError, move_view, save_view
from accounts.models import SavedView, User
from tests.cast import Cast

Login = Callable[[User], Client]
KEEP = "/desk/views/cases/new/?category=ROADS&view=handling"


def _names(user: User) -> list[str]:
    return [view.name for view in SavedView.objects.visible_to(user).filter(list_key="cases")]


def _views(cast: Cast, *names: str) -> list[SavedView]:
    return [save_view(user=cast.town_office, of=CASES, name=name, query="category=ROADS") for name in names]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("view=handling&category=ROADS", "category=ROADS&view=handling"),
        ("q=&state=&category=ROADS&after=3~4&before=1~1&batch=7", "category=ROADS"),
        ("from=2026-01-01&q=桥 梁", "from=2026-01-01&q=%E6%A1%A5+%E6%A2%81"),
        ("", ""),
    ],
)
def test_an_address_is_kept_in_one_order_without_its_page(address: str, kept: str) -> None:
    assert canonical(QueryDict(address)) == kept
    assert canonical(QueryDict(kept)) == kept


def test_conditions_are_kept_under_a_name(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    response = client.post(KEEP, {"name": "道路在办"}, follow=True)
    assert response.redirect_chain[-1][0] == "/desk/suggestions/?category=ROADS&view=handling"
    assert "已保存为视图“道路在办”。" in response.content.decode()
    assert _names(cast.town_office) == ["道路在办"]


@pytest.mark.parametrize(("name", "sentence"), [("", "请填写视图名称"), ("长" * 21, "视图名称最多 20 字，请精简")])
def test_a_wrong_name_is_explained_and_kept(cast: Cast, login: Login, name: str, sentence: str) -> None:
    response = login(cast.town_office).post(KEEP, {"name": name})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert f'value="{name}"' in response.content.decode() or not name
    assert _names(cast.town_office) == []


def test_a_name_is_taken_once_per_person_and_list(cast: Cast, login: Login) -> None:
    _views(cast, "道路")
    response = login(cast.town_office).post(KEEP, {"name": "道路"})
    assert response.status_code == 422
    assert TAKEN in response.content.decode()
    save_view(user=cast.town_office, of=VISITS, name="道路", query="category=ROADS")
    save_view(user=cast.county_office, of=CASES, name="道路", query="category=ROADS")


def test_twelve_views_are_enough(cast: Cast) -> None:
    _views(cast, *map(str, range(MOST_VIEWS)))
    with pytest.raises(KeptViewError, match=FULL):
        _views(cast, "多余")


def test_an_endless_condition_is_refused(cast: Cast) -> None:
    with pytest.raises(KeptViewError, match=TOO_LONG):
        save_view(user=cast.town_office, of=CASES, name="长", query="q=" + "a" * 1000)


def test_renaming_says_what_is_wrong_beside_the_view(cast: Cast, login: Login) -> None:
    first, second = _views(cast, "道路", "水利")
    client = login(cast.town_office)
    assert client.post(f"/desk/views/{first.pk}/rename/", {"name": "农路"}).status_code == 302
    response = client.post(f"/desk/views/{second.pk}/rename/", {"name": "农路"})
    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="#name-{second.pk}"' in page
    assert page.count(TAKEN) == 2
    assert _names(cast.town_office) == ["农路", "水利"]


@pytest.mark.parametrize(
    ("place", "to", "names"),
    [(2, "up", "acb"), (0, "down", "bac"), (0, "up", "abc"), (2, "down", "abc"), (1, "up", "bac")],
)
def test_views_move_one_place(cast: Cast, login: Login, place: int, to: str, names: str) -> None:
    views = _views(cast, *"abc")
    login(cast.town_office).post(f"/desk/views/{views[place].pk}/move/", {"to": to})
    assert _names(cast.town_office) == list(names)


def test_moving_leaves_other_lists_alone(cast: Cast) -> None:
    other = save_view(user=cast.town_office, of=VISITS, name="x", query="category=ROADS")
    views = _views(cast, *"ab")
    move_view(view=views[1], step=-1)
    other.refresh_from_db()
    assert (other.position, _names(cast.town_office)) == (1, ["b", "a"])


def test_a_new_view_stands_last_after_one_is_deleted(cast: Cast, login: Login) -> None:
    views = _views(cast, *"abc")
    response = login(cast.town_office).post(f"/desk/views/{views[0].pk}/delete/", follow=True)
    assert "已删除视图“a”。" in response.content.decode()
    _views(cast, "d")
    assert _names(cast.town_office) == list("bcd")


@pytest.mark.parametrize("act", ["rename", "move", "delete"])
def test_nobody_elses_view_exists(cast: Cast, login: Login, act: str) -> None:
    (view,) = _views(cast, "道路")
    for who in ("county_office", "stranger", "admin"):
        data = {"name": "x", "to": "up"}
        assert login(getattr(cast, who)).post(f"/desk/views/{view.pk}/{act}/", data).status_code == 404
    assert login(cast.town_office).get(f"/desk/views/{view.pk}/{act}/").status_code == 405
    assert _names(cast.town_office) == ["道路"]


@pytest.mark.parametrize("address", ["/desk/views/dance/", "/desk/views/dance/new/"])
def test_unknown_lists_do_not_exist(cast: Cast, login: Login, address: str) -> None:
    assert login(cast.town_office).get(address).status_code == 404


def test_an_unknown_direction_does_not_exist(cast: Cast, login: Login) -> None:
    (view,) = _views(cast, "道路")
    assert login(cast.town_office).post(f"/desk/views/{view.pk}/move/", {"to": "left"}).status_code == 404


def test_without_views_the_page_says_how_to_begin(cast: Cast, login: Login) -> None:
    assert "还没有自己的视图" in login(cast.town_office).get("/desk/views/visits/").content.decode()
