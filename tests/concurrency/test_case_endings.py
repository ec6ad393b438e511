"""Two ways of ending one case at the same moment: one wins, the other is told who was faster, nobody waits forever."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from suggestions import services
from suggestions.enums import Evaluator, State
from suggestions.integrity import RULES
from suggestions.models import Evaluation, Suggestion, SuggestionTransition
from suggestions.querysets import SuggestionQuerySet
from suggestions.services import closing
from suggestions.services.steps import ConflictError
from suggestions.workflow import StepError
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once
from tests.suggestions import paths

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _fresh(case: Suggestion) -> Suggestion:
    return Suggestion.objects.get(pk=case.pk)


def _evaluate(case: Suggestion, cast: Cast, version: int | None) -> Suggestion:
    return services.evaluate_suggestion(
        suggestion=_fresh(case),
        actor=cast.liaison,
        version=version,
        evaluator=Evaluator.PETITIONER,
        verdict=paths.CONTENT,
    )


def _losers(results: list[object]) -> list[Exception]:
    return [result for result in results if isinstance(result, Exception)]


def _all_is_well() -> bool:
    return not [words for rule in RULES.values() for words in rule()]


def test_of_four_ratings_one_counts(cast: Cast) -> None:
    case = paths.case_in(State.AWAIT_EVALUATION, cast)
    losers = _losers(at_once(*[lambda: _evaluate(case, cast, case.version)] * 4))
    assert len(losers) == 3
    assert all(isinstance(error, ConflictError) and "联络员甲 刚刚已评价" in str(error) for error in losers)
    assert Evaluation.objects.count() == 1
    assert _all_is_well()


@contextmanager
def _unlocked(question: str) -> Iterator[None]:
    """No row locks, and nobody goes on past `question` before all four have come to it."""
    barrier, answer = threading.Barrier(4, timeout=30), getattr(closing, question)

    def wait(case: Suggestion) -> str:
        barrier.wait()
        return str(answer(case))

    unlocked = patch.object(SuggestionQuerySet, "select_for_update", lambda self, **_options: self)
    with unlocked, patch.object(closing, question, wait):
        yield


def test_without_the_lock_all_four_pass_the_check(cast: Cast) -> None:
    """The control: the version check stops nobody; the database's own constraint is the last line."""
    case = paths.case_in(State.AWAIT_EVALUATION, cast)
    with _unlocked("obstacle_to_rate"):
        losers = _losers(at_once(*[lambda: _evaluate(case, cast, case.version)] * 4))
    assert len(losers) == 3
    assert not any(isinstance(error, ConflictError) for error in losers)


def _unhappy(cast: Cast) -> Suggestion:
    """Relayed, the representative content, the window over; the petitioner's paper form has just come in, unhappy."""
    case = paths.case_in(State.AWAIT_EVALUATION, cast)
    paths.rate(case, cast, paths.DISCONTENT)
    return _fresh(case)


def _redo(case: Suggestion, cast: Cast) -> Suggestion:
    return services.redo_suggestion(
        suggestion=_fresh(case), actor=cast.county_office, version=case.version, reason="路面又坏了"
    )


def _close(case: Suggestion, cast: Cast, version: int | None) -> Suggestion:
    return services.close_suggestion(suggestion=_fresh(case), actor=cast.county_office, version=version)


def test_closing_and_a_late_unhappy_rating_never_both_hold(cast: Cast) -> None:
    """The window is over and only the paper form is missing: it comes in while the office closes."""
    case = paths.case_in(State.AWAIT_EVALUATION, cast)
    Suggestion.objects.filter(pk=case.pk).update(next_deadline_at=timezone.now())
    unhappy = {"actor": cast.liaison, "version": case.version, "evaluator": Evaluator.PETITIONER}
    results = at_once(
        lambda: _close(case, cast, case.version),
        lambda: services.evaluate_suggestion(suggestion=_fresh(case), verdict=paths.DISCONTENT, **unhappy),  # type: ignore[arg-type]
    )
    assert len(_losers(results)) == 1
    assert isinstance(_losers(results)[0], ConflictError)
    assert _all_is_well()


def test_closing_while_redoing_has_one_winner(cast: Cast) -> None:
    case = _unhappy(cast)
    results = at_once(
        *[lambda: _redo(case, cast)] * 3,
        lambda: _close(case, cast, case.version),
    )
    assert len(_losers(results)) == 3
    assert all(isinstance(error, StepError) for error in _losers(results))
    assert (_fresh(case).state, _fresh(case).round) == (State.HANDLING, 2)
    assert SuggestionTransition.objects.filter(verb="redo").count() == 1
    assert _all_is_well()


def test_without_the_lock_all_four_would_redo(cast: Cast) -> None:
    """The control: the version check stops nobody; one lead in force is what the database still insists on."""
    case = _unhappy(cast)
    with _unlocked("obstacle_to_redo"):
        losers = _losers(at_once(*[lambda: _redo(case, cast)] * 4))
    assert not any(isinstance(error, StepError) for error in losers)


def _merge(child: Suggestion, parent: Suggestion, cast: Cast) -> Suggestion:
    return services.merge_suggestion(
        suggestion=_fresh(child), actor=cast.county_office, version=child.version, parent=_fresh(parent)
    )


def test_two_offices_merge_two_cases_into_each_other(cast: Cast) -> None:
    """Neither waits for the other forever, and only one of the two is merged."""
    for _ in range(5):
        one, other = (paths.case_in(State.ACCEPTED, cast) for _case in range(2))
        results = at_once(lambda a=one, b=other: _merge(a, b, cast), lambda a=other, b=one: _merge(a, b, cast))
        assert len(_losers(results)) == 1
        assert isinstance(_losers(results)[0], StepError)
    assert _all_is_well()


def test_rating_a_merged_case_while_the_other_is_redone(cast: Cast) -> None:
    parent, child = paths.case_in(State.HANDLING, cast), paths.case_in(State.ACCEPTED, cast)
    paths.merge(child, parent, cast)
    paths.reply(parent, cast)
    paths.forward(parent, cast)
    paths.rate(parent, cast, paths.DISCONTENT)
    child, parent = _fresh(child), _fresh(parent)
    results = at_once(lambda: _evaluate(child, cast, child.version), lambda: _redo(parent, cast))
    assert all(isinstance(error, StepError) for error in _losers(results))
    assert (_fresh(parent).round, _fresh(child).round) == (2, 2)
    assert _all_is_well()


def test_merging_into_what_is_being_withdrawn(cast: Cast) -> None:
    """Either the withdrawal comes first and nothing is merged, or it is refused: nobody hangs on a withdrawn case."""
    parent, child = paths.case_in(State.HANDLING, cast), paths.case_in(State.ACCEPTED, cast)
    results = at_once(lambda: _merge(child, parent, cast), lambda: paths.withdraw(_fresh(parent), cast))
    assert len(_losers(results)) == 1
    assert isinstance(_losers(results)[0], StepError)
    assert _all_is_well()


def _client(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def _posts(case: Suggestion, user: User, verb: str, data: dict[str, object]) -> list[Callable[[], int]]:
    def post(client: Client) -> int:
        address = f"{case.get_absolute_url()}{verb}/"
        return client.post(address, {"version": case.version} | data).status_code

    clients = [_client(user) for _ in range(4)]
    return [lambda client=client: post(client) for client in clients]  # type: ignore[misc]


def test_the_losers_read_409_not_500(cast: Cast) -> None:
    waiting, unhappy = paths.case_in(State.AWAIT_EVALUATION, cast), _unhappy(cast)
    rating = {"evaluator": "PETITIONER", "attitude": "SATISFIED", "outcome": "SATISFIED"}
    for posts in (
        _posts(waiting, cast.liaison, "evaluate", rating),
        _posts(unhappy, cast.county_office, "redo", {"reason": "路面又坏了"}),
    ):
        assert sorted(str(status) for status in at_once(*posts)) == ["302", "409", "409", "409"]
