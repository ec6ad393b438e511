"""退办, 延期, recall and joint assignment at the same moment: one wins, the others read 409 with who and when."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suggestions.enums import AssignmentStatus, State
from suggestions.integrity import RULES
from suggestions.models import Suggestion, SuggestionTransition
from suggestions.querysets import SuggestionQuerySet
from suggestions.services import steps
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once
from tests.suggestions import asking, paths

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

Post = Callable[[], tuple[int, str]]
TIMES = 4


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _post(user: User, case: Suggestion, verb: str, **typed: object) -> Post:
    """The step taken from a page that shows `case` as it stands now: status and page."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    address = reverse("suggestions:act", args=[case.pk, verb])

    def post() -> tuple[int, str]:
        response = client.post(address, {"version": case.version} | typed)
        return response.status_code, response.content.decode()

    return post


def _assignments(case: Suggestion, cast: Cast) -> list[Post]:
    chosen = {"unit": cast.county_unit.pk, "complexity": "SIMPLE", "sharing": "SPLIT", "others": [cast.other_unit.pk]}
    return [_post(cast.county_office, case, "assign", **chosen) for _ in range(TIMES)]


def _decisions(case: Suggestion, cast: Cast) -> list[Post]:
    """Twice yes, twice no."""
    yes = [_post(cast.county_office, case, "approve_extension", note="") for _ in range(2)]
    return yes + [_post(cast.county_office, case, "deny_extension", reason="请按期") for _ in range(2)]


def _recall_and_sign(case: Suggestion, cast: Cast) -> list[Post]:
    return [_post(cast.county_office, case, "recall"), _post(cast.unit_handler, case, "sign")]


def _one_wins(results: list[object], who: str) -> None:
    answers = [answer for answer in results if isinstance(answer, tuple)]
    assert len(answers) == len(results), results
    assert sorted(status for status, _page in answers) == [302] + [409] * (len(answers) - 1)
    assert all(f"{who} 刚刚已" in page for status, page in answers if status == 409)
    assert not [line for rule in RULES.values() for line in rule()]


def test_assigned_to_several_units_once(cast: Cast) -> None:
    case = paths.case_in(State.ESCALATED, cast)
    _one_wins(at_once(*_assignments(case, cast)), "党联办甲")
    assert case.assignments.filter(status=AssignmentStatus.ACTIVE).count() == 2


def test_an_extension_is_decided_once(cast: Cast) -> None:
    case = asking.ask_extension(paths.case_in(State.HANDLING, cast), cast)
    _one_wins(at_once(*_decisions(case, cast)), "党联办甲")
    decisions = ["approve_extension", "deny_extension"]
    assert SuggestionTransition.objects.filter(suggestion=case, verb__in=decisions).count() == 1
    assert case.requests.get().decided_by == cast.county_office


def test_a_return_is_granted_once(cast: Cast) -> None:
    case = asking.ask_return(paths.case_in(State.HANDLING, cast), cast)
    posts = [_post(cast.county_office, case, "approve_return", note="") for _ in range(TIMES)]
    _one_wins(at_once(*posts), "党联办甲")
    assert SuggestionTransition.objects.filter(suggestion=case, verb="approve_return").count() == 1


def test_recalled_or_signed_never_both(cast: Cast) -> None:
    for _ in range(5):
        case = paths.case_in(State.ASSIGNED, cast)
        results = at_once(*_recall_and_sign(case, cast))
        statuses = [answer[0] for answer in results if isinstance(answer, tuple)]
        loser = next(page for status, page in results if status != 302)  # type: ignore[misc]
        assert statuses.count(302) == 1
        # A unit that comes after the recall has been written finds no case any more: it is not its own.
        assert set(statuses) - {302} <= {409, 404}
        assert "刚刚已" in loser or 404 in statuses
        assert asking.fresh(case).state in {State.ESCALATED, State.HANDLING}
    assert not [line for rule in RULES.values() for line in rule()]


def test_a_return_asked_by_two_clerks_is_one_request(cast: Cast) -> None:
    case = paths.case_in(State.HANDLING, cast)
    typed = {"reason": asking.WHY, "proposed_unit": cast.other_unit.pk}
    _one_wins(at_once(*[_post(cast.unit_handler, case, "request_return", **typed) for _ in range(TIMES)]), "经办人甲")
    assert case.requests.count() == 1


CONTROLS = [
    (lambda cast: paths.case_in(State.ASSIGNED, cast), _recall_and_sign),
    (lambda cast: asking.ask_extension(paths.case_in(State.HANDLING, cast), cast), _decisions),
]


@pytest.mark.parametrize(("build", "posts"), CONTROLS)
def test_without_the_lock_nobody_is_told_who_was_faster(
    cast: Cast, build: Callable[[Cast], Suggestion], posts: Callable[[Suggestion, Cast], list[Post]]
) -> None:
    """The control: everybody has compared versions before anybody writes, as happens when the row is not locked.

    Then more than one wins, or a constraint of the database has to stop the second (500).
    """
    case = build(cast)
    racing = posts(case, cast)
    with _unlocked(len(racing)):
        results = at_once(*racing)
    statuses = [answer[0] for answer in results if isinstance(answer, tuple)]
    assert 409 not in statuses
    assert statuses.count(302) > 1 or 500 in statuses


def test_without_the_lock_the_database_still_keeps_one_part_per_unit(cast: Cast) -> None:
    """The control of a joint assignment: here the constraint is the last line."""
    case = paths.case_in(State.ESCALATED, cast)
    with _unlocked(TIMES):
        results = at_once(*_assignments(case, cast))
    assert any(isinstance(answer, tuple) and answer[0] == 500 for answer in results)
    assert case.assignments.filter(status=AssignmentStatus.ACTIVE).count() == 2


@contextmanager
def _unlocked(racers: int) -> Iterator[None]:
    """No row lock, and everybody past the check of the version before anybody goes on."""
    look, everybody = steps.find, threading.Barrier(racers)

    def find(*arguments: object) -> object:
        everybody.wait(timeout=30)
        return look(*arguments)  # type: ignore[arg-type]

    with ExitStack() as stack:
        stack.enter_context(patch.object(SuggestionQuerySet, "select_for_update", lambda self, **_options: self))
        stack.enter_context(patch.object(steps, "find", find))
        yield
