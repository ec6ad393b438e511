"""Many cases in one go: every row stands for itself, and exactly the batch can be undone."""

import pytest

from accounts.models import User
from suggestions import services
from suggestions.enums import AssignmentStatus, Complexity, State
from suggestions.models import AssignmentBatch, Suggestion
from suggestions.services.bulk import BulkResult, Order, assign_many, recall_batch
from tests.cast import Cast
from tests.suggestions import paths
from tests.suggestions.triaging import waiting


def _assign(cases: list[Suggestion], cast: Cast, actor: User) -> BulkResult:
    unit = cast.county_unit if actor == cast.county_office else cast.town_unit
    orders = [Order(case, case.version, unit) for case in cases]
    return assign_many(orders=orders, actor=actor, complexity=Complexity.SIMPLE)


def _states(cases: list[Suggestion]) -> set[str]:
    return {Suggestion.objects.get(pk=case.pk).state for case in cases}


def test_every_row_is_assigned_and_in_the_batch(cast: Cast) -> None:
    cases = waiting(cast, 4)
    result = _assign(cases, cast, cast.county_office)
    assert _states(cases) == {State.ASSIGNED}
    assert result.batch is not None
    assert {row.suggestion_id for row in result.batch.assignments.all()} == {case.pk for case in cases}
    assert not result.refused


def test_a_new_case_is_accepted_first(cast: Cast) -> None:
    cases = waiting(cast, 2, State.SUBMITTED)
    _assign(cases, cast, cast.town_office)
    for case in cases:
        case.refresh_from_db()
        assert case.number
        assert [step.verb for step in case.transitions.all()] == ["submit", "accept", "assign"]


def test_a_refused_new_case_gets_no_number(cast: Cast) -> None:
    """Accepting and assigning are one transaction: no number is lost."""
    case, other = waiting(cast, 2, State.SUBMITTED)
    orders = [Order(case, case.version, cast.county_unit), Order(other, other.version, cast.town_unit)]
    result = assign_many(orders=orders, actor=cast.town_office, complexity=Complexity.SIMPLE)
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.state, case.number, case.transitions.count()) == (State.SUBMITTED, "", 1)
    assert "不是本代表队的单位" in result.refused[0].sentence
    assert other.sequence == 1


def test_whoever_was_faster_is_named_and_the_others_go_on(cast: Cast) -> None:
    cases = waiting(cast, 3)
    services.assign_suggestion(
        suggestion=cases[1],
        actor=cast.county_office,
        version=None,
        unit=cast.other_unit,
        complexity=Complexity.COMPLEX,
    )
    result = _assign(cases, cast, cast.county_office)
    assert [row.suggestion for row in result.refused] == [cases[1]]
    assert "党联办甲 刚刚已交办：住建局" in result.refused[0].sentence
    assert len(result.done) == 2
    cases[1].refresh_from_db()
    assert cases[1].unit == cast.other_unit


@pytest.mark.parametrize("who", ["liaison", "other_town_office", "unit_handler", "leader", "stranger"])
def test_nobody_else_assigns(cast: Cast, who: str) -> None:
    cases = waiting(cast, 2)
    result = _assign(cases, cast, getattr(cast, who))
    assert (len(result.done), len(result.refused), result.batch) == (0, 2, None)
    assert _states(cases) == {State.ESCALATED}
    assert not AssignmentBatch.objects.exists()


def test_undo_recalls_exactly_the_batch(cast: Cast) -> None:
    first, second = waiting(cast, 2), waiting(cast, 2)
    _assign(first, cast, cast.county_office)
    batch = _assign(second, cast, cast.county_office).batch
    assert batch is not None
    result = recall_batch(batch=batch, actor=cast.county_office)
    assert (len(result.done), result.refused) == (2, [])
    assert (_states(first), _states(second)) == ({State.ASSIGNED}, {State.ESCALATED})


def test_what_is_signed_stays_and_is_told(cast: Cast) -> None:
    cases = waiting(cast, 2)
    batch = _assign(cases, cast, cast.county_office).batch
    paths.sign(cases[0], cast)
    assert batch is not None
    result = recall_batch(batch=batch, actor=cast.county_office)
    assert [row.suggestion_id for row in result.done] == [cases[1].pk]
    assert [(row.suggestion.pk, "不能撤回" in row.sentence) for row in result.refused] == [(cases[0].pk, True)]


def test_undo_leaves_a_later_assignment_of_the_same_case_alone(cast: Cast) -> None:
    (case,) = waiting(cast, 1)
    batch = _assign([case], cast, cast.county_office).batch
    services.recall_assignment(suggestion=case, actor=cast.county_office, version=None)
    services.assign_suggestion(
        suggestion=case, actor=cast.county_office, version=None, unit=cast.other_unit, complexity=Complexity.SIMPLE
    )
    assert batch is not None
    result = recall_batch(batch=batch, actor=cast.county_office)
    assert (result.done, result.refused) == ([], [])
    case.refresh_from_db()
    assert (case.state, case.unit) == (State.ASSIGNED, cast.other_unit)


def test_undo_twice_does_nothing_the_second_time(cast: Cast) -> None:
    cases = waiting(cast, 2)
    batch = _assign(cases, cast, cast.county_office).batch
    assert batch is not None
    recall_batch(batch=batch, actor=cast.county_office)
    again = recall_batch(batch=batch, actor=cast.county_office)
    assert (again.done, again.refused) == ([], [])
    assert {row.status for row in batch.assignments.all()} == {AssignmentStatus.RECALLED}


def test_a_batch_is_its_makers_own(cast: Cast) -> None:
    _assign(waiting(cast, 1), cast, cast.county_office)
    seeing = {name for name, user in cast.everybody.items() if AssignmentBatch.objects.visible_to(user).exists()}
    assert seeing == {"county_office"}
