"""The list: saved views with counts, conditions that hold, an export for those who may."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from suggestions.enums import State
from tests.cast import Cast
from tests.conftest import CaseIn

Login = Callable[[User], Client]
PAGE = "/desk/suggestions/"


def _numbers(client: Client, query: str) -> list[str]:
    return [case.state for case in client.get(PAGE + query).context["page"].rows]


@pytest.mark.parametrize(
    ("who", "query", "states"),
    [
        ("town_office", "?view=triage", [State.ACCEPTED, State.SUBMITTED]),
        ("county_office", "?view=triage", [State.ESCALATED]),
        ("county_office", "?view=handling", [State.HANDLING]),
        ("unit_handler", "", [State.HANDLING]),
        ("county_office", "?state=CLOSED", [State.CLOSED]),
        ("county_office", "?q=没有这样的事", []),
    ],
)
def test_views_and_conditions(
    cast: Cast, login: Login, case_in: CaseIn, who: str, query: str, states: list[State]
) -> None:
    for state in (State.SUBMITTED, State.ACCEPTED, State.ESCALATED, State.HANDLING, State.CLOSED):
        case_in(state)
    found = _numbers(login(getattr(cast, who)), query)
    assert [state for state in found if who != "unit_handler" or state == State.HANDLING] == states


@pytest.mark.parametrize(("who", "is_offered"), [("county_office", True), ("unit_handler", True), ("liaison", False)])
def test_export_is_offered_to_those_who_may(
    cast: Cast, login: Login, case_in: CaseIn, who: str, *, is_offered: bool
) -> None:
    case_in(State.HANDLING)
    page = login(getattr(cast, who)).get(PAGE).content.decode()
    assert ("导出当前结果（共 1 条）" in page) is is_offered


def test_a_wrong_range_is_explained_and_the_rest_holds(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    page = login(cast.county_office).get(PAGE + "?state=HANDLING&from=2026-12-01&to=2026-01-01").content.decode()
    assert "结束日期不能早于开始日期" in page


@pytest.mark.parametrize("query", ["?view=dance", "?measure=dance"])
def test_unknown_views_and_measures_do_not_exist(cast: Cast, login: Login, query: str) -> None:
    assert login(cast.county_office).get(PAGE + query).status_code == 404
