"""What the tabs of the list count is found by an index that holds little else, however many cases there are."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from studios.measures import Span
from suggestions.enums import Rating, State
from suggestions.measures import RATINGS
from suggestions.models import Evaluation, Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn

pytestmark = pytest.mark.django_db


def _plan(cases: Any) -> str:
    """How PostgreSQL finds them where it may not read a table from end to end."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return str(cases.explain())


@pytest.mark.postgres
def test_what_was_given_back_is_found_among_what_was_given_back() -> None:
    assert "suggestions_returned" in _plan(Suggestion.objects.handed_back())


@pytest.mark.postgres
def test_merged_cases_are_found_without_reading_the_others() -> None:
    assert "parent_id IS NOT NULL" in _plan(Suggestion.objects.unsatisfied())


def test_ratings_are_counted_without_a_subquery_for_each() -> None:
    counted = RATINGS.base(Evaluation.objects.all(), Span(date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31)))
    assert str(counted.query).count("SELECT") == 1


def test_unsatisfied_are_only_those_that_wait_for_ratings(cast: Cast, case_in: CaseIn) -> None:
    waiting, closed = case_in(State.AWAIT_EVALUATION), case_in(State.AWAIT_EVALUATION)
    for case in (waiting, closed):
        case.evaluations.create(
            round=case.round,
            evaluator="PETITIONER",
            attitude=Rating.UNSATISFIED,
            outcome=Rating.UNSATISFIED,
            reason="没有修好",
            source="PAPER",
            entered_by=cast.liaison,
            entered_at=case.created_at,
        )
    Suggestion.objects.filter(pk=closed.pk).update(state=State.CLOSED)
    assert list(Suggestion.objects.unsatisfied()) == [waiting]
