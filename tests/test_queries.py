"""The same number of queries at 1 and at 50 rows, on every list and on the case page."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.appointments.factories import AttendanceFactory, VisitFactory
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions.copies import copies_of

pytestmark = pytest.mark.matrix

Login = Callable[[User], Client]
LISTS = {
    "/desk/": "county_office",
    "/desk/suggestions/": "county_office",
    "/desk/suggestions/?view=overdue": "leader",
    "/desk/replies/": "county_office",
    "/desk/evaluations/": "leader",
    "/desk/visits/": "town_office",
    "/desk/appointments/": "town_office",
    "/desk/attendances/": "town_office",
    "/me/": "representative_user",
    "/board/": "leader",
    "/reports/": "leader",
    "/desk/users/": "admin",
    "/desk/inbox/": "unit_handler",
}


@pytest.fixture(autouse=True)
def _within_one_minute() -> Iterator[None]:
    """The session notes once a minute that its user was here: that is no query of the page."""
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _queries(client: Client, address: str) -> int:
    client.get("/desk/inbox/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def _fill(cast: Cast, cases: list[Suggestion], times: int) -> None:
    for case in cases:
        copies_of(case, times + 1)
    for _ in range(times):
        VisitFactory(studio=cast.studio, representative=cast.representative, recorded_by=cast.liaison)
        AttendanceFactory(appointment__studio=cast.studio, appointment__kind="THEMED")


def test_lists_ask_the_same_at_one_and_at_many_rows(cast: Cast, login: Login, case_in: CaseIn) -> None:
    cases = [case_in(state) for state in (State.ESCALATED, State.HANDLING, State.REPLY_REVIEW, State.CLOSED)]
    _fill(cast, [], 1)
    clients = {who: login(getattr(cast, who)) for who in LISTS.values()}
    few = {address: _queries(clients[who], address) for address, who in LISTS.items()}
    _fill(cast, cases, 49)
    many = {address: _queries(clients[who], address) for address, who in LISTS.items()}
    assert many == few


@pytest.mark.parametrize("who", ["county_office", "unit_handler", "liaison"])
def test_the_case_page_asks_the_same_for_a_long_history(cast: Cast, login: Login, case_in: CaseIn, who: str) -> None:
    client = login(getattr(cast, who))
    short, long = case_in(State.REPLY_REVIEW), case_in(State.CLOSED)
    assert _queries(client, short.get_absolute_url()) == _queries(client, long.get_absolute_url())
