"""The words of the office in a bulletin: kept per place and period, shown to every reader, on record."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from accounts.enums import AuditAction, Role
from accounts.models import AuditEntry, User
from reports.models import BulletinText
from tests.accounts.factories import UserFactory
from tests.cast import Cast
from tests.reports.papers import words_of

Login = Callable[[User], Client]
URL = "/reports/bulletin/edit/?period=2026Q3"
WORDS = {
    "intro": "经县委同意，通报如下。",
    "problems": "答复偏慢。\n\n回访偏少。",
    "requirements": "抓紧办。",
    "copies": "县委办",
}


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _typed(**changes: str) -> dict[str, str]:
    return WORDS | {"version": "0"} | changes


def test_the_office_writes_and_every_reader_reads(cast: Cast, login: Login) -> None:
    assert login(cast.county_office).post(URL, _typed()).status_code == 302
    page = login(cast.leader).get("/reports/bulletin/?period=2026Q3").content.decode()
    word = words_of(login(cast.leader), "/reports/bulletin/word/?period=2026Q3")
    for words in ("经县委同意，通报如下。", "答复偏慢。", "回访偏少。", "抓紧办。", "县委办"):
        assert words in page
        assert words in word
    assert "一是按时到岗" not in page


def test_other_periods_and_places_keep_the_general_words(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    client.post(URL, _typed())
    for query in ("period=2026Q2", "period=2026-09", f"period=2026Q3&place={cast.town.pk}"):
        page = client.get(f"/reports/bulletin/?{query}").content.decode()
        assert "抓紧办。" not in page
        assert "一是按时到岗" in page


def test_the_change_is_on_record(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    client.post(URL, _typed())
    client.post(URL, _typed(version="1", copies=""))
    entry = AuditEntry.objects.filter(action=AuditAction.SETTINGS).latest("pk")
    assert entry.subject == "海安2026年第三季度通报文字"
    assert entry.detail == "抄送 县委办→无"
    assert BulletinText.objects.get().version == 2


def test_an_older_page_overwrites_nothing_and_keeps_what_was_typed(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    client.post(URL, _typed())
    response = client.post(URL, _typed(intro="另一种写法"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "党联办甲 09:30 刚改过这一期的文字" in page
    assert "另一种写法" in page
    assert BulletinText.objects.get().intro == "经县委同意，通报如下。"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("intro", "字" * 601, "导语最多 600 字，请精简"),
        ("problems", "字" * 1501, "存在问题最多 1500 字，请精简"),
        ("requirements", "字" * 1501, "工作要求最多 1500 字，请精简"),
        ("copies", "字" * 121, "抄送最多 120 字，请精简"),
        ("version", "x", "输入整数。"),
        ("version", "", "请重新打开这一页"),
    ],
)
def test_bad_input_is_explained_and_kept(cast: Cast, login: Login, name: str, text: str, said: str) -> None:
    response = login(cast.county_office).post(URL, _typed(**{name: text}))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "抓紧办。" in page or name == "requirements"
    assert not BulletinText.objects.exists()


def test_markup_and_control_characters_stay_words(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    client.post(URL, _typed(problems="<b>慢</b>\x0b{{ 7*7 }}"))
    assert "&lt;b&gt;慢&lt;/b&gt;" in client.get("/reports/bulletin/").content.decode()
    assert "<b>慢</b>{{ 7*7 }}" in words_of(client, "/reports/bulletin/word/")


@pytest.mark.parametrize("who", ["leader", "town_office", "liaison", "auditor"])
def test_nobody_else_writes(cast: Cast, login: Login, who: str) -> None:
    assert login(getattr(cast, who)).post(URL, _typed()).status_code == 403
    assert not BulletinText.objects.exists()


def test_the_county_next_door_and_a_leader_who_is_office_elsewhere(cast: Cast, login: Login) -> None:
    place = cast.county.pk
    assert login(cast.stranger).post(f"{URL}&place={place}", _typed()).status_code == 404
    both = UserFactory(
        username="both",
        roles=[(Role.LEADER, cast.county), (Role.COUNTY_OFFICE, cast.stranger.memberships.get().organization)],
    )
    assert login(both).post(f"{URL}&place={place}", _typed()).status_code == 403


def test_a_delegation_reads_only_its_own_words(cast: Cast) -> None:
    for place in (cast.county, cast.town, cast.other_town):
        BulletinText.objects.create(
            place=place, period="2026Q3", updated_by=cast.county_office, updated_at="2026-11-24T09:00+08:00"
        )
    found = {row.place for row in BulletinText.objects.visible_to(cast.town_office)}
    assert found == {cast.town}
    assert BulletinText.objects.visible_to(cast.leader).count() == 3
    assert not BulletinText.objects.visible_to(cast.stranger).exists()
