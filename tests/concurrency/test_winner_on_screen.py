"""The same races by twenty browsers: one is led on, the others read a page that says who was faster and when (409)."""

from collections.abc import Callable

import pytest
from django.test import Client

from suggestions.enums import State, Verb
from suggestions.models import Suggestion
from suggestions.screens import act_url
from tests.cast import Cast, build_cast
from tests.concurrency.case_races import RACES, Act, Race, wrongs
from tests.concurrency.race import CLIENTS, at_once
from tests.suggestions import paths

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ACCEPT = Race(
    lambda cast: paths.case_in(State.SUBMITTED, cast),
    (Act(Verb.ACCEPT, lambda cast: cast.town_office, State.ACCEPTED),),
)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _post(act: Act, case: Suggestion, cast: Cast) -> Callable[[], tuple[int, str]]:
    """The step sent from a page that shows `case` as it stands now: status and page."""
    client = Client(raise_request_exception=False)
    client.force_login(act.who(cast))
    data = {"version": case.version} | act.typed(cast)

    def post() -> tuple[int, str]:
        response = client.post(act_url(case, act.verb), data)
        return response.status_code, response.content.decode()

    return post


@pytest.mark.parametrize("contest", [ACCEPT, *RACES.values()], ids=["accept", *RACES])
def test_one_is_led_on_the_others_read_who_was_faster(cast: Cast, contest: Race) -> None:
    case = contest.prepare(cast)
    before = case.transitions.count()
    acts = [contest.acts[client % len(contest.acts)] for client in range(CLIENTS)]
    answers = at_once(*[_post(act, case, cast) for act in acts])
    step = case.transitions.order_by("id")[before:].get()
    told = f"{step.actor_name} 刚刚已{step.get_verb_display()}"
    for act, answer in zip(acts, answers, strict=True):
        assert isinstance(answer, tuple), answer
        status, page = answer
        if act.refused and status == 422:  # came before the winner, and is not lawful then either
            assert act.refused in page
            continue
        assert status in {302, 409}, page
        assert status == 302 or told in page
    assert [answer[0] for answer in answers if isinstance(answer, tuple)].count(302) == 1
    assert wrongs() == []
