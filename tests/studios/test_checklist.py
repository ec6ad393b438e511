"""The checklist of a county: the source's items at first use, own ones added, reworded and removed as versions."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from studios.checklist import SOURCE_ITEMS, Item, next_own_code
from studios.enums import ChecklistGroup
from studios.models import ChecklistTemplate
from studios.services.checklists import ChecklistError, ensure_checklist, own_items, publish_checklist
from tests.cast import Cast
from tests.studios.inspecting import inspect

Login = Callable[[User], Client]
LAMP = Item("", "一盏灯", "夜间亮灯")


def _publish(cast: Cast, *own: Item, base: int | None = None) -> ChecklistTemplate:
    current = ensure_checklist(cast.county)
    return publish_checklist(
        county=cast.county, own=own, base_version=base or current.version, actor=cast.county_office
    )


def _texts(template: ChecklistTemplate) -> list[str]:
    return list(template.items.values_list("text", flat=True))


def test_the_source_has_five_ones_and_four_unities() -> None:
    groups = [item.group for item in SOURCE_ITEMS]
    assert (groups.count(ChecklistGroup.FIVE_ONES), groups.count(ChecklistGroup.FOUR_UNITIES)) == (5, 4)
    assert len({item.code for item in SOURCE_ITEMS}) == 9


def test_a_county_without_one_gets_the_sources_items_once(cast: Cast) -> None:
    assert not ChecklistTemplate.objects.exists()
    first = ensure_checklist(cast.county)
    assert ensure_checklist(cast.county) == first
    assert first.version == 1
    assert _texts(first) == [item.text for item in SOURCE_ITEMS]


def test_own_items_follow_the_sources(cast: Cast) -> None:
    second = _publish(cast, LAMP)
    assert second.version == 2
    assert second.published_by == cast.county_office
    assert _texts(second) == [*(item.text for item in SOURCE_ITEMS), "一盏灯"]
    assert second.items.last().group == ChecklistGroup.OWN  # type: ignore[union-attr]


def test_a_reworded_item_keeps_its_code_and_the_old_version_its_words(cast: Cast) -> None:
    second = _publish(cast, LAMP)
    (lamp,) = own_items(second)
    third = _publish(cast, Item(lamp.code, "一盏门灯", lamp.hint))
    assert own_items(third) == [Item(lamp.code, "一盏门灯", "夜间亮灯")]
    assert own_items(second) == [lamp]


def test_a_removed_items_code_is_not_given_again(cast: Cast) -> None:
    (lamp,) = own_items(_publish(cast, LAMP))
    _publish(cast)
    (flag,) = own_items(_publish(cast, Item("", "一面旗")))
    assert flag.code != lamp.code


@pytest.mark.parametrize(("used", "code"), [(set(), "own_1"), ({"one_sign"}, "own_1"), ({"own_2", "own_10"}, "own_11")])
def test_the_next_code(used: set[str], code: str) -> None:
    assert next_own_code(used) == code


@pytest.mark.parametrize(
    ("own", "base", "words"),
    [
        ((), 1, "没有改动"),
        ((LAMP,), 7, "刚刚更新到第 1 版"),
        ((LAMP, LAMP), 1, "写了两次"),
        ((Item("", "一部电话"),), 1, "写了两次"),
    ],
)
def test_what_is_refused(cast: Cast, own: tuple[Item, ...], base: int, words: str) -> None:
    with pytest.raises(ChecklistError, match=words):
        _publish(cast, *own, base=base)
    assert ensure_checklist(cast.county).version == 1


def test_an_item_that_is_being_mended_stays(cast: Cast) -> None:
    (lamp,) = own_items(_publish(cast, LAMP))
    inspect(cast, **{lamp.code: "FAIL"})
    with pytest.raises(ChecklistError, match="还有 1 处整改没有销号"):
        _publish(cast)
    inspect(cast, **{lamp.code: "PASS"})
    assert _publish(cast).version == 3


def test_counties_have_their_own(cast: Cast) -> None:
    _publish(cast, LAMP)
    elsewhere = cast.stranger.memberships.get().organization
    assert own_items(ensure_checklist(elsewhere)) == []


def _post(client: Client, **fields: str) -> str:
    return client.post("/desk/checklist/new/", fields, follow=True).content.decode()


def test_the_county_office_publishes_on_the_page(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    page = _post(client, base_version="1", text_0="一盏灯", hint_0="夜间亮灯")
    assert "已发布检查表第 2 版" in page
    assert "一盏灯" in page
    assert "一盏灯" not in client.get("/desk/checklist/?version=1").content.decode()
    _post(client, base_version="2", text_0="", hint_0="", text_1="一面旗")
    assert [item.text for item in own_items(ensure_checklist(cast.county))] == ["一面旗"]


def test_a_hint_without_an_item_keeps_everything_typed(cast: Cast, login: Login) -> None:
    page = _post(login(cast.county_office), base_version="1", hint_0="夜间亮灯", text_1="一面旗")
    assert "第 1 项只写了达标要求" in page
    assert "夜间亮灯" in page
    assert "一面旗" in page
    assert ensure_checklist(cast.county).version == 1


@pytest.mark.parametrize("who", ["liaison", "town_office", "leader", "unit_handler"])
def test_others_do_not_publish(cast: Cast, login: Login, who: str) -> None:
    response = login(getattr(cast, who)).post("/desk/checklist/new/", {"base_version": "1", "text_0": "一盏灯"})
    assert response.status_code == 403
    assert not ChecklistTemplate.objects.filter(version=2).exists()


@pytest.mark.parametrize("version", ["0", "9", "x", "99999999999999"])
def test_a_version_that_never_was(cast: Cast, login: Login, version: str) -> None:
    assert login(cast.liaison).get(f"/desk/checklist/?version={version}").status_code == 404
