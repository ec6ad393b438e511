"""The red list of the board: only what its reader sees, and in as many queries for many late cases as for one."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organization, User
from reports.board.late import late_cases, red_list
from reports.board.places import of_unit, whole
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:12 +0800", tick=False):
        yield


def _late(case_in: CaseIn, due: date, town: Organization) -> Suggestion:
    """A case of `town` that the county's unit should have answered by `due`."""
    case = case_in(State.HANDLING)
    days = {"accepted_on": date(2026, 10, 19), "assigned_on": date(2026, 10, 20)}
    Suggestion.objects.filter(pk=case.pk).update(delegation=town, due_on=due, original_due_on=due, **days)
    return case


def _counts(user: User) -> list[tuple[str, int, int]]:
    return [(unit.name, unit.count, unit.worst_days) for unit in red_list(user, whole(), TODAY).units]


def test_a_town_sees_of_a_unit_only_what_the_town_brought(cast: Cast, case_in: CaseIn) -> None:
    own = _late(case_in, date(2026, 11, 20), cast.town)
    other = _late(case_in, date(2026, 11, 1), cast.other_town)
    assert _counts(cast.leader) == [("交通局", 2, 23)]
    assert _counts(cast.town_office) == [("交通局", 1, 4)]
    assert _counts(cast.other_town_office) == [("交通局", 1, 23)]
    assert _counts(cast.stranger) == []
    unit = of_unit(cast.county_unit, in_county=False)
    seen = {user: late_cases(user, unit, TODAY) for user in (cast.leader, cast.town_office)}
    assert [row.case for row in seen[cast.leader][0]] == [other, own]
    assert [row.case for row in seen[cast.town_office][0]] == [own]
    assert [count for _shown, count, _url in seen.values()] == [2, 1]


def test_many_are_found_in_as_many_queries_as_one(cast: Cast, case_in: CaseIn) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            red_list(cast.leader, whole(), TODAY)
        return len(captured)

    _late(case_in, date(2026, 11, 20), cast.town)
    assert _counts(cast.leader) == [("交通局", 1, 4)]
    one = queries()
    for due in (date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)):
        _late(case_in, due, cast.town)
    assert _counts(cast.leader) == [("交通局", 4, 22)]
    assert queries() == one <= 2
