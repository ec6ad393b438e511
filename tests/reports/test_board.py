"""The board: every number leads to exactly its rows, in every scope and period; what fails, fails alone."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reports.board import cards, figures
from reports.headline import headline
from reports.rows import Rows
from studios.measures import Span
from suggestions.enums import State
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.reports.boards import TODAY, answered_world, behind, links_of
from tests.reports.worlds import random_world

Login = Callable[[User], Client]
QUERIES_OF_THE_BOARD = 20


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:12 +0800", tick=False):
        yield


@pytest.mark.parametrize(
    ("who", "period"),
    [
        ("leader", ""),
        ("leader", "?from=2026-02-01&to=2026-06-30"),
        ("town_office", "?period=all"),
        ("town_office", "?period=quarter&on=2026-05-05"),
    ],
)
def test_every_number_leads_to_exactly_its_rows(cast: Cast, login: Login, who: str, period: str) -> None:
    answered_world(cast, size=8)
    user = getattr(cast, who)
    client = login(user)
    for place in ("/board/", f"/board/town/{cast.town.pk}/", f"/board/unit/{cast.county_unit.pk}/"):
        found = links_of(client.get(place + period).context["board"])
        assert len(found) > 12
        assert {url: behind(user, url) for url in found} == found


def test_the_links_open_their_lists(cast: Cast, login: Login) -> None:
    answered_world(cast)
    client = login(cast.leader)
    board = client.get("/board/").context["board"]
    urls = [part.url for big in board.numbers.content for part in big.parts]
    days = next(item.content for item in board.figures if item.key == "days")
    for url in [*urls, days.rows[0].cells[0].url]:
        assert client.get(url).status_code == 200, url


def test_the_numbers_are_those_of_the_headline(cast: Cast, login: Login) -> None:
    random_world(cast, seed=3)
    head = headline(Rows.visible_to(cast.leader), Span(date(2026, 1, 1), TODAY, TODAY))
    context = login(cast.leader).get("/board/").context
    people, cases, closing, satisfaction, _on_time = context["board"].numbers.content
    assert (people.words, cases.words) == (str(head.people_met), str(head.numbers["accepted"]))
    assert (closing.words, satisfaction.words) == (str(head.closing_rate), str(head.satisfaction_rate))
    assert [part.number for part in closing.parts] == [head.numbers["closed"], head.numbers["accepted"]]
    assert f"收集建议意见{head.numbers['accepted']}件" in context["board"].story.content.words


def test_a_town_board_is_what_its_office_sees(cast: Cast, login: Login) -> None:
    answered_world(cast)
    of_leader = login(cast.leader).get(f"/board/town/{cast.town.pk}/").context["board"]
    own = login(cast.town_office).get("/board/").context["board"]
    assert [big.words for big in of_leader.numbers.content] == [big.words for big in own.numbers.content]


def test_the_change_compares_with_the_same_days_before(cast: Cast, login: Login, case_in: CaseIn) -> None:
    for _ in range(3):
        case_in(State.ACCEPTED)
    case = case_in(State.ACCEPTED)
    case.accepted_on = date(2026, 10, 24)
    case.save(update_fields=["accepted_on"])
    late = case_in(State.ACCEPTED)
    late.accepted_on = date(2026, 10, 25)
    late.save(update_fields=["accepted_on"])
    _people, cases, closing, *_rest = login(cast.leader).get("/board/?period=month").context["board"].numbers.content
    assert cases.words == "3"
    assert cases.change.words == "比上月同期多 2"
    assert [part.number for part in cases.change.parts] == [1]
    assert closing.words == "0.00"
    assert closing.change.words == "与上月同期持平"


def test_an_empty_county_says_so(cast: Cast, login: Login) -> None:
    page = login(cast.leader).get("/board/").content.decode()
    assert page.count(figures.NO_DATA) == len(cards.FIGURES)
    assert "没有逾期的建议" in page
    assert "data-chart" not in page
    assert "0.00" not in page


def test_the_red_list_names_unit_and_days_and_is_capped(
    cast: Cast, login: Login, case_in: CaseIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "SHOWN", 1)
    older, newer = case_in(State.HANDLING), case_in(State.HANDLING)
    for case, due, unit in ((older, date(2026, 11, 1), cast.county_unit), (newer, date(2026, 11, 20), cast.other_unit)):
        case.due_on, case.unit, case.assigned_on = due, unit, date(2026, 10, 20)
        case.accepted_on = date(2026, 10, 19)
        case.save(update_fields=["due_on", "unit", "assigned_on", "accepted_on"])
        case.assignments.update(unit=unit)
    response = login(cast.leader).get("/board/")
    found = response.context["board"].late.content
    assert [(unit.name, unit.count, unit.worst_days) for unit in found.units] == [("交通局", 1, 23)]
    assert (found.more, found.count) == (1, 2)
    assert behind(cast.leader, found.url) == 2
    assert "全部</a>（还有 1 个单位）" in response.content.decode()
    unit = login(cast.leader).get(f"/board/unit/{cast.county_unit.pk}/")
    assert [row.case for row in unit.context["late_cases"].content[0]] == [older]


@pytest.mark.parametrize("key", ["numbers", "months", "late"])
def test_a_part_that_fails_fails_alone(
    cast: Cast, login: Login, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, key: str
) -> None:
    answered_world(cast)

    def refuse(*_args: object) -> Any:
        raise OperationalError("canceling statement due to statement timeout")

    broken = {"numbers": (cards, "big_numbers"), "late": (cards, "red_list")}
    if key in broken:
        monkeypatch.setattr(*broken[key], refuse)
    else:
        monkeypatch.setitem(cards.FIGURES, key, refuse)
    response = login(cast.leader).get("/board/")
    assert response.status_code == 200
    board = response.context["board"]
    every = [board.numbers, board.late, board.flow, board.story, *board.figures]
    assert [card.key for card in every if card.content is None] == [key]
    assert response.content.decode().count("这一部分暂时算不出来") == 1
    assert f"board card {key} failed" in caplog.text


def test_a_mistake_in_the_program_is_not_swallowed() -> None:
    def wrong() -> int:
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        cards.card("wrong", wrong)


def test_bad_days_are_explained_and_kept_apart(cast: Cast, login: Login) -> None:
    page = login(cast.leader).get("/board/?from=2026-07-01&to=2026-01-01").content.decode()
    assert "结束日期不能早于开始日期" in page
    assert "2026年1月1日至2026年11月24日" in page


@pytest.mark.parametrize("address", ["/board/", "/board/town/{town}/", "/board/unit/{unit}/", "/board/wall/"])
def test_the_number_of_queries_is_small_and_does_not_grow(cast: Cast, login: Login, address: str) -> None:
    client = login(cast.leader)
    target = address.format(town=cast.town.pk, unit=cast.county_unit.pk)

    def queries() -> int:
        client.get("/board/?period=all")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(target).status_code == 200
        return len([query for query in captured if "suggestions_" in query["sql"] or "appointments_" in query["sql"]])

    answered_world(cast, seed=1, size=9)
    few = queries()
    answered_world(cast, seed=2, size=12)
    assert queries() == few <= QUERIES_OF_THE_BOARD
