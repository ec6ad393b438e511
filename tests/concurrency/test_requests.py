"""退办, 延期 and joint assignment at the same moment: one wins, the others read 409 with who and when."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from suggestions.enums import AssignmentStatus, State
from suggestions.models import Suggestion, SuggestionTransition
from suggestions.services import steps
from tests.cast import Cast, build_cast
from tests.concurrency.case_races import wrongs
from tests.concurrency.race import at_once, without_row_locks
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


def _one_wins(results: list[object], who: str) -> None:
    answers = [answer for answer in results if isinstance(answer, tuple)]
    assert len(answers) == len(results), results
    assert sorted(status for status, _page in answers) == [302] + [409] * (len(answers) - 1)
    assert all(f"{who} 刚刚已" in page for status, page in answers if status == 409)
    assert wrongs() == []


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


def test_a_return_asked_by_two_clerks_is_one_request(cast: Cast) -> None:
    case = paths.case_in(State.HANDLING, cast)
    typed = {"reason": asking.WHY, "proposed_unit": cast.other_unit.pk}
    _one_wins(at_once(*[_post(cast.unit_handler, case, "request_return", **typed) for _ in range(TIMES)]), "经办人甲")
    assert case.requests.count() == 1


def test_without_the_lock_several_decide_and_nobody_is_told(cast: Cast) -> None:
    """The control: everybody has compared versions before anybody writes, as happens when the row is not locked."""
    case = asking.ask_extension(paths.case_in(State.HANDLING, cast), cast)
    posts = _decisions(case, cast)
    with without_row_locks(steps, "find", len(posts)):
        results = at_once(*posts)
    statuses = [answer[0] for answer in results if isinstance(answer, tuple)]
    assert 409 not in statuses
    assert statuses.count(302) > 1


def test_without_the_lock_the_database_still_keeps_one_part_per_unit(cast: Cast) -> None:
    """The control of a joint assignment: here the constraint is the last line."""
    case = paths.case_in(State.ESCALATED, cast)
    with without_row_locks(steps, "find", TIMES):
        results = at_once(*_assignments(case, cast))
    assert any(isinstance(answer, tuple) and answer[0] == 500 for answer in results)
    assert case.assignments.filter(status=AssignmentStatus.ACTIVE).count() == 2
