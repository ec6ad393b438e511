"""A unit whose page still shows a case that was just taken away from it: told who did that, shown nothing more."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from suggestions import services
from suggestions.enums import Capacity, State, Verb
from suggestions.models import Suggestion
from suggestions.screens import SCREENS, act_url
from suggestions.workflow import TRANSITIONS
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import asking, paths

Login = Callable[[User], Client]
UNIT = {Capacity.ASSIGNEE, Capacity.CO_UNIT}


def _recall(case: Suggestion, cast: Cast) -> None:
    services.recall_assignment(suggestion=case, actor=cast.county_office, version=None)


TAKEN_AWAY = {
    "recall": (State.ASSIGNED, _recall),
    "approve_return": (State.HANDLING, lambda case, cast: asking.grant_return(asking.ask_return(case, cast), cast)),
    "withdraw": (State.HANDLING, paths.withdraw),
}


@pytest.mark.parametrize("how", TAKEN_AWAY)
def test_a_unit_that_comes_too_late_reads_who_took_the_case_away(
    cast: Cast, login: Login, case_in: CaseIn, how: str
) -> None:
    """Whatever step its page still offered; what it typed is still there, the case itself is not."""
    state, take_away = TAKEN_AWAY[how]
    case, unit = case_in(state), login(cast.unit_handler)
    take_away(case, cast)
    last = case.transitions.get(verb=how)
    for verb in (row.verb for row in TRANSITIONS if UNIT & row.who and state in row.sources and row.verb in SCREENS):
        response = unit.post(act_url(case, verb), {"version": case.version, "reason": "等待供货", "text": "已修补"})
        page = response.content.decode()
        assert response.status_code == 409, verb
        assert f"{last.actor_name} 刚刚已{last.get_verb_display()}" in page
        assert "来访人甲" not in page and case.content not in page
    assert unit.get(act_url(case, Verb.SIGN)).status_code == 404
    assert login(cast.other_unit_handler).post(act_url(case, Verb.SIGN), {"version": case.version}).status_code == 404


def test_what_happens_to_the_case_afterwards_is_not_its_business(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.ASSIGNED)
    _recall(case, cast)
    services.send_down(suggestion=case, actor=cast.county_office, version=None, reason="村道由镇里养护")
    assert login(cast.unit_handler).post(act_url(case, Verb.SIGN), {"version": case.version}).status_code == 404
