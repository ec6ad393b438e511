"""Two offices act on one case at the same moment: one wins, the other is told who did what."""

from unittest.mock import patch

import pytest

from suggestions import services
from suggestions.enums import Complexity, State
from suggestions.models import Assignment, Suggestion, SuggestionTransition
from suggestions.querysets import SuggestionQuerySet
from suggestions.services.steps import ConflictError
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once
from tests.suggestions import paths

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _assign(case: Suggestion, cast: Cast) -> Suggestion:
    return services.assign_suggestion(
        suggestion=Suggestion.objects.get(pk=case.pk),
        actor=cast.county_office,
        version=case.version,
        unit=cast.county_unit,
        complexity=Complexity.SIMPLE,
    )


def test_one_assigns_the_other_is_told(cast: Cast) -> None:
    case = paths.case_in(State.ESCALATED, cast)
    results = at_once(*[lambda: _assign(case, cast)] * 4)
    losers = [result for result in results if isinstance(result, Exception)]
    assert len(losers) == 3
    assert all(isinstance(error, ConflictError) and "党联办甲 刚刚已交办" in str(error) for error in losers)
    assert Assignment.objects.filter(suggestion=case).count() == 1
    assert SuggestionTransition.objects.filter(suggestion=case, verb="assign").count() == 1


def test_without_the_lock_both_would_pass_the_check(cast: Cast) -> None:
    """The control: the version check alone is a race; the database's own constraint is the last line."""
    case = paths.case_in(State.ESCALATED, cast)
    unlocked = patch.object(SuggestionQuerySet, "select_for_update", lambda self, **_options: self)
    with unlocked:
        results = at_once(*[lambda: _assign(case, cast)] * 4)
    losers = [result for result in results if isinstance(result, Exception)]
    assert any(not isinstance(error, ConflictError) for error in losers)
    assert Assignment.objects.filter(suggestion=case).count() == 1
