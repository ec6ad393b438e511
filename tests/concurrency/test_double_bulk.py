"""Two people assign the same rows, or one undoes while the unit signs: every row has one winner, nobody a 500."""

from unittest.mock import patch

import pytest

from accounts.enums import Role
from accounts.models import User
from suggestions.enums import Complexity, State
from suggestions.models import Assignment, AssignmentBatch, Suggestion
from suggestions.querysets import SuggestionQuerySet
from suggestions.services import sign_suggestion
from suggestions.services.bulk import BulkResult, Order, assign_many, recall_batch
from suggestions.services.steps import StepError
from tests.accounts.factories import UserFactory
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once
from tests.suggestions.triaging import waiting

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROWS = 6


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _assign(cases: list[Suggestion], cast: Cast, actor: User) -> BulkResult:
    rows = [Order(Suggestion.objects.get(pk=case.pk), case.version, cast.county_unit) for case in cases]
    return assign_many(orders=rows, actor=actor, complexity=Complexity.SIMPLE)


def _both(cases: list[Suggestion], cast: Cast) -> list[object]:
    colleague = UserFactory(name="党联办乙", roles=[(Role.COUNTY_OFFICE, cast.county)])
    return at_once(
        lambda: _assign(cases, cast, cast.county_office), lambda: _assign(list(reversed(cases)), cast, colleague)
    )


def test_every_row_is_assigned_once(cast: Cast) -> None:
    cases = waiting(cast, ROWS)
    results = [result for result in _both(cases, cast) if isinstance(result, BulkResult)]
    assert sum(len(result.done) for result in results) == ROWS
    assert sum(len(result.refused) for result in results) == ROWS
    assert all("已交办" in item.sentence for result in results for item in result.refused)
    assert Assignment.objects.count() == ROWS
    assert sum(batch.assignments.count() for batch in AssignmentBatch.objects.all()) == ROWS


def test_without_the_lock_both_would_pass_the_check(cast: Cast) -> None:
    """The control: the version alone is a race; the database's own constraint is the last line."""
    (case,) = waiting(cast, 1)
    with patch.object(SuggestionQuerySet, "select_for_update", lambda self, **_options: self):
        results = at_once(*[lambda: _assign([case], cast, cast.county_office)] * 4)
    assert [error for error in results if isinstance(error, Exception) and not isinstance(error, StepError)]
    assert Assignment.objects.count() == 1


def test_undo_against_sign_has_one_winner(cast: Cast) -> None:
    for case in waiting(cast, ROWS):
        batch = _assign([case], cast, cast.county_office).batch
        assert batch is not None
        undone, signed = at_once(
            lambda batch=batch: recall_batch(batch=batch, actor=cast.county_office),  # type: ignore[misc]
            lambda case=case: sign_suggestion(suggestion=case, actor=cast.unit_handler, version=None),  # type: ignore[misc]
        )
        assert isinstance(undone, BulkResult)
        case.refresh_from_db()
        was_signed = not isinstance(signed, StepError)
        assert case.state == (State.HANDLING if was_signed else State.ESCALATED)
        assert (len(undone.done), len(undone.refused)) == ((0, 1) if was_signed else (1, 0))
