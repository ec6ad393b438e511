"""Twenty clients take steps on one case at the same moment, fifty cases one after the other: one wins each, the others
are told who was faster, and every row is as it should be."""

import pytest
from django.db import IntegrityError, OperationalError

from suggestions.services import steps
from suggestions.services.steps import ConflictError
from tests.cast import Cast, build_cast
from tests.concurrency.case_races import RACES, Race, expect_one_winner, wrongs
from tests.concurrency.race import CLIENTS, ROUNDS, failures, race, without_row_locks
from tests.suggestions.copies import copies_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

each_race = pytest.mark.parametrize("contest", RACES.values(), ids=RACES)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


@each_race
def test_one_wins_the_others_are_told_who_and_when(cast: Cast, contest: Race) -> None:
    case = contest.prepare(cast)
    cases, before = copies_of(case, ROUNDS), case.transitions.count()
    for each, results in zip(cases, race(contest.calls(case, cast, CLIENTS, cases)), strict=True):
        expect_one_winner(contest, each, results, before)
    assert wrongs() == []


@each_race
def test_without_the_lock_nobody_is_told(cast: Cast, contest: Race) -> None:
    """The control: everybody has compared versions before anybody writes, as happens when the row is not locked.

    Then several win, or a constraint of the database has to stop the second (a 500); nobody reads who was faster.
    """
    case = contest.prepare(cast)
    cases = copies_of(case, 2)
    with without_row_locks(steps, "find", CLIENTS):
        outcomes = race(contest.calls(case, cast, CLIENTS, cases))
    for results in outcomes:
        failed = failures(results)
        crashed = [error for error in failed if isinstance(error, IntegrityError | OperationalError)]
        assert not any(isinstance(error, ConflictError) for error in failed)
        assert crashed or len(results) - len(failed) > 1
