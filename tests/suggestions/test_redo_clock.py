"""A second round has the number of days the county set for it, and says so."""

from datetime import date, datetime

import time_machine
from django.test import Client

from studios.clocks import SHANGHAI
from suggestions import services
from suggestions.enums import State
from suggestions.integrity import RULES
from suggestions.models import DeadlinePolicy, Suggestion
from tests.cast import Cast
from tests.suggestions import asking, paths

MONDAY = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)


def _redone(cast: Cast) -> Suggestion:
    case = paths.case_in(State.AWAIT_EVALUATION, cast)
    paths.rate(case, cast, paths.DISCONTENT)
    services.redo_suggestion(suggestion=case, actor=cast.county_office, version=None, reason="请上门核实")
    return asking.fresh(case)


def test_the_second_round_has_its_own_days(cast: Cast) -> None:
    DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), simple_days=15, redo_days=7)
    with time_machine.travel(MONDAY, tick=False):
        first = paths.case_in(State.HANDLING, cast)
        case = _redone(cast)
        client = Client()
        client.force_login(cast.unit_handler)
        page = client.get(case.get_absolute_url()).content.decode()
    assert (first.due_on, case.due_on, case.cap_on) == (date(2026, 11, 17), date(2026, 11, 9), date(2026, 12, 2))
    assert case.assignments_in_force[0].due_on == date(2026, 11, 9)
    assert "重办期限 7 天" in page
    assert not [line for rule in RULES.values() for line in rule()]


def test_handed_back_in_the_second_round_the_next_unit_has_the_days_of_the_second(cast: Cast) -> None:
    DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), redo_days=7)
    with time_machine.travel(MONDAY, tick=False):
        case = asking.grant_return(asking.ask_return(_redone(cast), cast), cast)
        paths.assign(case, cast)
    assert asking.fresh(case).due_on == date(2026, 11, 9)
    assert not [line for rule in RULES.values() for line in rule()]
