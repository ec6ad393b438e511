"""Who sees which cases, and everything that hangs on them (domain.md §1)."""

import pytest

from suggestions import services
from suggestions.enums import Complexity, State
from suggestions.models import Petitioner, Reply, Suggestion, SuggestionTransition
from tests.cast import Cast
from tests.conftest import CaseIn

ALWAYS = {"liaison", "representative_user"}
OFFICES = {"county_office", "town_office", "leader"}


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        (State.DRAFT, ALWAYS),
        (State.SUBMITTED, ALWAYS | OFFICES),
        (State.ESCALATED, ALWAYS | OFFICES),
        (State.ASSIGNED, ALWAYS | OFFICES | {"unit_handler"}),
        (State.CLOSED, ALWAYS | OFFICES | {"unit_handler"}),
        (State.WITHDRAWN, ALWAYS | OFFICES),
    ],
)
def test_who_sees_a_case(case_in: CaseIn, cast: Cast, state: State, seen_by: set[str]) -> None:
    case_in(state)
    seeing = {name for name, user in cast.everybody.items() if Suggestion.objects.visible_to(user).exists()}
    assert seeing == seen_by


def test_rows_of_a_case_are_seen_exactly_with_it(case_in: CaseIn, cast: Cast) -> None:
    case_in(State.CLOSED)
    for name, user in cast.everybody.items():
        sees = Suggestion.objects.visible_to(user).exists()
        for model in (Petitioner, Reply, SuggestionTransition):
            assert model.objects.visible_to(user).exists() == sees, (name, model)  # type: ignore[attr-defined]


def test_a_recalled_unit_no_longer_sees_the_case(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.ASSIGNED)
    services.recall_assignment(suggestion=case, actor=cast.county_office, version=None)
    assert not Suggestion.objects.visible_to(cast.unit_handler).exists()
    services.assign_suggestion(
        suggestion=case,
        actor=cast.county_office,
        version=None,
        unit=cast.other_unit,
        complexity=Complexity.COMPLEX,
    )
    assert Suggestion.objects.visible_to(cast.other_unit_handler).exists()
    assert not Suggestion.objects.visible_to(cast.unit_handler).exists()
