"""The tabs of kept views above the case list, the triage page and the register of visits."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import kept_lists
from accounts.kept_lists import CASES, VISITS, KeptTabs, canonical
from accounts.kept_services import save_view
from accounts.models import User
from suggestions.enums import State
from tests.appointments.factories import VisitFactory
from tests.cast import Cast
from tests.conftest import CaseIn

Login = Callable[[User], Client]
PAGE = "/desk/suggestions/"


def _keep(user: User, name: str, query: str) -> None:
    save_view(user=user, of=CASES, name=name, query=canonical(QueryDict(query)))


def _kept(client: Client, address: str) -> KeptTabs:
    kept: KeptTabs = client.get(address).context["kept"]
    return kept


def test_a_kept_view_is_a_tab_with_its_count(cast: Cast, login: Login, case_in: CaseIn) -> None:
    for state in (State.HANDLING, State.HANDLING, State.CLOSED, State.DRAFT):
        case_in(state)
    user = cast.county_office
    _keep(user, "在办道路", "category=ROADS&state=HANDLING")
    _keep(user, "坑洼", "q=坑洼")
    _keep(user, "水利", "category=WATER")
    _keep(user, "本年已办结", "state=CLOSED")
    client = login(user)
    kept = _kept(client, PAGE)
    assert [(str(tab.view), tab.count) for tab in kept.tabs] == [
        ("在办道路", "2"), ("坑洼", "3"), ("水利", "0"), ("本年已办结", "1"),
    ]  # fmt: skip
    for tab in kept.tabs:
        page = client.get(tab.url)
        assert str(len(page.context["page"].rows)) == tab.count
        assert page.content.decode().count('aria-current="page">' + str(tab.view)) == 1
        assert [item.is_current for item in page.context["kept"].tabs].count(True) == 1


def test_counts_are_of_what_the_person_sees(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    for user in (cast.county_office, cast.other_town_office, cast.stranger):
        _keep(user, "道路", "category=ROADS")
    counts = [
        _kept(login(user), PAGE).tabs[0].count for user in (cast.county_office, cast.other_town_office, cast.stranger)
    ]
    assert counts == ["1", "0", "0"]


@pytest.mark.parametrize(
    ("address", "is_offered"),
    [("", False), ("?view=handling", False), ("?view=handling&sort=deadline", True), ("?q=&state=", False), ("?q=桥", True)],
)  # fmt: skip
def test_keeping_is_offered_for_conditions_of_ones_own(
    cast: Cast, login: Login, address: str, *, is_offered: bool
) -> None:
    page = login(cast.county_office).get(PAGE + address).content.decode()
    assert ("保存为我的视图" in page) is is_offered


@pytest.mark.parametrize(
    ("query", "words", "count"),
    [
        ("category=GONE&state=HANDLING", "类别", 1),
        ("delegation=999999", "代表队", 2),
        ("view=gone", "视图", 2),
        ("measure=gone&state=CLOSED", "统计项目", 1),
        ("category=GONE&view=gone", "视图、类别", 2),
    ],
)
def test_what_is_gone_is_said_and_the_rest_opens(
    cast: Cast, login: Login, case_in: CaseIn, query: str, words: str, count: int
) -> None:
    case_in(State.HANDLING), case_in(State.CLOSED)
    _keep(cast.county_office, "旧视图", query)
    client = login(cast.county_office)
    (tab,) = _kept(client, PAGE).tabs
    page = client.get(tab.url)
    assert (page.status_code, len(page.context["page"].rows), tab.count) == (200, count, str(count))
    assert tab.gone == tuple(words.split("、"))
    said = f"“旧视图”里的{words}已经没有了，没有按它筛选。"
    assert said in page.content.decode()
    assert said not in client.get(PAGE).content.decode()


def test_the_triage_page_has_the_tabs_too(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case_in(State.ESCALATED)
    _keep(cast.county_office, "待交办道路", "category=ROADS&view=triage")
    page = login(cast.county_office).get(f"{PAGE}?view=triage&category=ROADS")
    assert "desk" in page.context
    (tab,) = page.context["kept"].tabs
    assert (tab.count, tab.is_current) == ("1", True)


def test_many_rows_are_not_counted_to_the_end(
    cast: Cast, login: Login, case_in: CaseIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_lists, "MOST_COUNTED", 1)
    case_in(State.HANDLING), case_in(State.HANDLING)
    _keep(cast.county_office, "道路", "category=ROADS")
    assert _kept(login(cast.county_office), PAGE).tabs[0].count == "1+"


def test_twelve_tabs_cost_one_query(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    client = login(cast.county_office)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    client.get(PAGE)
    without = queries()
    for number, query in enumerate(["category=ROADS", "state=CLOSED", "from=2026-01-01", "view=overdue"] * 3):
        _keep(cast.county_office, f"视图{number}", query)
    assert queries() == without + 1


def test_visits_are_kept_and_counted_likewise(cast: Cast, login: Login) -> None:
    made = {"studio": cast.studio, "representative": cast.representative, "recorded_by": cast.liaison}
    for category in ("ROADS", "ROADS", "WATER"):
        VisitFactory(category=category, **made)
    save_view(user=cast.liaison, of=VISITS, name="道路", query="category=ROADS")
    save_view(user=cast.liaison, of=VISITS, name="旧", query="category=GONE&measure=gone")
    client = login(cast.liaison)
    kept = _kept(client, "/desk/visits/?category=ROADS")
    assert [(tab.count, tab.gone, tab.is_current) for tab in kept.tabs] == [
        ("2", (), True), ("3", ("统计项目", "类别"), False),
    ]  # fmt: skip
    assert "管理我的视图" in client.get("/desk/visits/").content.decode()
