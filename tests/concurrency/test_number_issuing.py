"""Twenty offices accept at the same moment, fifty times: every case its own number, no gap, also where one of them
breaks off after its number was issued."""

from collections.abc import Callable
from copy import copy
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from suggestions import services
from suggestions.enums import State
from suggestions.models import NumberSequence, Suggestion
from tests.cast import Cast, build_cast
from tests.concurrency.case_races import wrongs
from tests.concurrency.race import CLIENTS, ROUNDS, failures, race, without_row_locks
from tests.suggestions import paths
from tests.suggestions.copies import copies_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

Accept = Callable[[Suggestion], Suggestion]


class BrokenOffError(Exception):
    """The server went down between the number and the commit."""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _accept(case: Suggestion, cast: Cast) -> Suggestion:
    return services.accept_suggestion(suggestion=case, actor=cast.town_office, version=case.version)


@transaction.atomic
def _break_off(case: Suggestion, cast: Cast) -> None:
    _accept(case, cast)
    raise BrokenOffError


def _rounds(cases: list[Suggestion]) -> list[list[Suggestion]]:
    return [cases[start : start + CLIENTS] for start in range(0, len(cases), CLIENTS)]


def test_every_case_gets_the_next_number_and_nothing_is_left_out(cast: Cast) -> None:
    """All win: each accepts a case of its own. The first round also races for the first row of the year."""
    cases = copies_of(paths.case_in(State.SUBMITTED, cast), CLIENTS * ROUNDS)
    breaks, *accepts = [_break_off, *[_accept] * (CLIENTS - 1)]
    results = race(
        [
            [partial(act, case, cast) for act, case in zip([breaks, *accepts], group, strict=True)]
            for group in _rounds(cases)
        ]
    )
    for answers in results:
        assert [type(error) for error in failures(answers)] == [BrokenOffError]
    issued = Suggestion.objects.filter(state=State.ACCEPTED).order_by("sequence")
    last = (CLIENTS - 1) * ROUNDS
    assert list(issued.values_list("sequence", flat=True)) == list(range(1, last + 1))
    assert issued.values("number").distinct().count() == last
    assert NumberSequence.objects.get().last == last
    assert Suggestion.objects.filter(state=State.SUBMITTED, number="").count() == ROUNDS
    assert wrongs() == []


def test_without_the_lock_all_take_the_same_number(cast: Cast) -> None:
    """The control: everybody has read the last number before anybody writes it; the unique number stops all but one."""
    first, *cases = copies_of(paths.case_in(State.SUBMITTED, cast), CLIENTS + 1)
    _accept(first, cast)
    with without_row_locks(NumberSequence, "save", CLIENTS):
        (results,) = race([[partial(_accept, copy(case), cast) for case in cases]])
    assert [type(error) for error in failures(results)] == [IntegrityError] * (CLIENTS - 1)
    assert NumberSequence.objects.get().last == 2
