"""Steps on cases of one family at the same moment: nobody waits forever, and nobody hangs on a case that ended."""

import pytest

from suggestions import services
from suggestions.enums import Evaluator, State
from suggestions.models import Suggestion
from suggestions.workflow import StepError
from tests.cast import Cast, build_cast
from tests.concurrency.case_races import wrongs
from tests.concurrency.race import at_once, failures
from tests.suggestions import paths
from tests.suggestions.asking import fresh

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _merge(child: Suggestion, parent: Suggestion, cast: Cast) -> Suggestion:
    return services.merge_suggestion(
        suggestion=fresh(child), actor=cast.county_office, version=child.version, parent=fresh(parent)
    )


def test_two_offices_merge_two_cases_into_each_other(cast: Cast) -> None:
    """Neither waits for the other forever, and only one of the two is merged."""
    for _ in range(5):
        one, other = (paths.case_in(State.ACCEPTED, cast) for _case in range(2))
        results = at_once(lambda a=one, b=other: _merge(a, b, cast), lambda a=other, b=one: _merge(a, b, cast))
        assert len(failures(results)) == 1
        assert isinstance(failures(results)[0], StepError)
    assert wrongs() == []


def test_rating_a_merged_case_while_the_other_is_redone(cast: Cast) -> None:
    """Either comes first, and both may hold: the rating of the first round, and then the second round."""
    parent, child = paths.case_in(State.HANDLING, cast), paths.case_in(State.ACCEPTED, cast)
    paths.merge(child, parent, cast)
    paths.reply(parent, cast)
    paths.forward(parent, cast)
    paths.rate(parent, cast, paths.DISCONTENT)
    child, parent = fresh(child), fresh(parent)
    results = at_once(
        lambda: services.evaluate_suggestion(
            suggestion=fresh(child),
            actor=cast.liaison,
            version=child.version,
            evaluator=Evaluator.PETITIONER,
            verdict=paths.CONTENT,
        ),
        lambda: services.redo_suggestion(
            suggestion=fresh(parent), actor=cast.county_office, version=parent.version, reason="路面又坏了"
        ),
    )
    assert all(isinstance(error, StepError) for error in failures(results))
    assert (fresh(parent).round, fresh(child).round) == (2, 2)
    assert wrongs() == []


def test_merging_into_what_is_being_withdrawn(cast: Cast) -> None:
    """Either the withdrawal comes first and nothing is merged, or it is refused: nobody hangs on a withdrawn case."""
    parent, child = paths.case_in(State.HANDLING, cast), paths.case_in(State.ACCEPTED, cast)
    results = at_once(lambda: _merge(child, parent, cast), lambda: paths.withdraw(fresh(parent), cast))
    assert len(failures(results)) == 1
    assert isinstance(failures(results)[0], StepError)
    assert wrongs() == []
