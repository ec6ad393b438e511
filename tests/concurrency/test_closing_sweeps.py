"""Several workers close what nobody has to rate any more: each case once, and none of them stumbles over another."""

import pytest
from django.utils import timezone

from suggestions import services
from suggestions.enums import State
from suggestions.models import Suggestion, SuggestionTransition
from tests.cast import build_cast
from tests.concurrency.case_races import wrongs
from tests.concurrency.race import at_once
from tests.suggestions import paths
from tests.suggestions.asking import fresh
from tests.suggestions.copies import copies_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

CASES, WORKERS = 10, 4


def test_each_case_is_closed_once(transactional_db: None) -> None:
    cast = build_cast()
    case = paths.case_in(State.AWAIT_EVALUATION, cast)
    paths.rate(case, cast)
    copies_of(fresh(case), CASES)
    now = timezone.now()
    closed = at_once(*[lambda: services.close_lapsed(now=now)] * WORKERS)
    assert all(isinstance(count, int) for count in closed), closed
    assert sum(count for count in closed if isinstance(count, int)) == CASES
    assert Suggestion.objects.filter(state=State.CLOSED).count() == CASES
    assert SuggestionTransition.objects.filter(verb="close").count() == CASES
    assert wrongs() == []
