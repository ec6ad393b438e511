"""The same rules without threads, on every database: of two steps from the same page the second is refused."""

from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from itertools import permutations

import pytest
import time_machine
from django.utils import timezone

from suggestions import services
from suggestions.enums import Evaluator, State
from suggestions.models import Suggestion
from suggestions.services import merging
from suggestions.services.steps import ConflictError, StepError
from tests.cast import Cast
from tests.concurrency.case_races import RACES, Act, Race, wrongs
from tests.conftest import CaseIn
from tests.suggestions import asking, paths

pytestmark = pytest.mark.django_db


def _orders() -> Iterator[object]:
    """The two acts of every race, in both orders where both are lawful."""
    for name, race in RACES.items():
        for first, second in permutations(race.acts):
            if not first.refused:
                yield pytest.param(race, first, second, id=f"{name}: {first.verb.value} first")


each_pair = pytest.mark.parametrize(("race", "first", "second"), [*_orders()])


def _rows(case: Suggestion) -> tuple[object, ...]:
    names = ("transitions", "assignments", "replies", "evaluations")
    rows = [list(getattr(case, name).order_by("pk").values()) for name in names]
    return Suggestion.objects.filter(pk=case.pk).values().get(), *rows


@each_pair
def test_the_second_is_told_who_did_what_when_and_changes_nothing(
    cast: Cast, race: Race, first: Act, second: Act
) -> None:
    case = race.prepare(cast)
    page, typed = copy(case), second.arguments(case, cast)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        first.take(copy(case), cast, first.arguments(case, cast), version=case.version)
    after, told = _rows(case), f"^{first.who(cast)} 5 分钟前已{first.verb.label}"
    with time_machine.travel(now + timedelta(minutes=5), tick=False), pytest.raises(ConflictError, match=told):
        second.take(page, cast, typed, version=case.version)
    with pytest.raises(StepError):  # whoever depends on no page is refused by the row, whatever the old object says
        second.take(page, cast, typed, version=None)
    assert _rows(case) == after
    assert wrongs() == []


def test_merged_away_while_waiting_for_the_family(cast: Cast, case_in: CaseIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking up the family and locking it, somebody merges the case into another one."""
    case, parent, other = (case_in(state) for state in (State.ACCEPTED, State.HANDLING, State.HANDLING))
    look_up, meanwhile = merging._heads, [lambda: paths.merge(case, other, cast)]

    def heads(cases: tuple[Suggestion, ...]) -> object:
        found = look_up(cases)
        if meanwhile:
            meanwhile.pop()()
        return found

    monkeypatch.setattr(merging, "_heads", heads)
    with pytest.raises(ConflictError, match="^党联办甲 刚刚已并案"):
        paths.merge(asking.fresh(case), parent, cast)


def test_rated_from_a_page_older_than_the_redo_of_the_case_it_was_merged_into(cast: Cast, case_in: CaseIn) -> None:
    parent, child = case_in(State.HANDLING), case_in(State.ACCEPTED)
    paths.merge(child, parent, cast)
    paths.reply(parent, cast)
    paths.forward(parent, cast)
    shown = asking.fresh(child)
    paths.redo(parent, cast)
    with pytest.raises(ConflictError, match="^党联办甲 刚刚已要求重办"):
        services.evaluate_suggestion(
            suggestion=shown,
            actor=cast.liaison,
            version=shown.version,
            evaluator=Evaluator.PETITIONER,
            verdict=paths.CONTENT,
        )
