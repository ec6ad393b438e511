"""Cases written in bulk are told the same as cases that came through the services, in as few queries for many."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Reminder
from suggestions.enums import State
from suggestions.models import Suggestion
from suggestions.notifications import DEADLINE, NEWS, standing_reminders
from tests.cast import Cast
from tests.conftest import CaseIn

TODAY = date(2026, 11, 24)
TOLD = ("subject", "occurrence", "offset", "recipient", "title", "body", "url", "due_at", "expires_at")


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def _standing(cast: Cast, kind: str) -> set[tuple[object, ...]]:
    rows = standing_reminders(Suggestion.objects.all(), cast.county, TODAY)
    return {tuple(getattr(row, name) for name in TOLD) for row in rows if row.kind == kind}


@pytest.mark.parametrize(
    ("state", "kind"), [(State.ASSIGNED, NEWS), (State.ASSIGNED, DEADLINE), (State.HANDLING, DEADLINE)]
)
def test_the_same_as_the_services_scheduled(cast: Cast, case_in: CaseIn, state: State, kind: str) -> None:
    case = case_in(state)
    scheduled = Reminder.objects.filter(kind=kind, title__contains=case.title, recipient__startswith="UNIT")
    told = {row for row in _standing(cast, kind) if str(row[3]).startswith("UNIT")}
    assert told == set(scheduled.values_list(*TOLD))
    assert told


def test_a_forwarded_reply_is_told_to_those_who_rate_it(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    news = _standing(cast, NEWS)
    assert news
    assert news <= set(Reminder.objects.about(f"suggestion:{case.pk}").values_list(*TOLD))
    assert not _standing(cast, DEADLINE)


@pytest.mark.parametrize("state", [State.DRAFT, State.ACCEPTED, State.REPLY_REVIEW, State.CLOSED])
def test_nothing_where_no_clock_of_a_unit_or_rater_runs(cast: Cast, case_in: CaseIn, state: State) -> None:
    case_in(state)
    assert not _standing(cast, NEWS) | _standing(cast, DEADLINE)


def test_as_many_queries_for_one_as_for_many(cast: Cast, case_in: CaseIn) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert list(standing_reminders(Suggestion.objects.all(), cast.county, TODAY))
        return len(captured)

    states = (State.ASSIGNED, State.HANDLING, State.AWAIT_EVALUATION)
    for state in states:
        case_in(state)
    few = queries()
    for state in states * 4:
        case_in(state)
    assert queries() == few
