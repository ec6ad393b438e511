"""The classes of answered cases add up to the answered ones, whatever was promised and kept (domain.md §8)."""

from datetime import date

import pytest

from reports.rows import Rows
from reports.stats import count, total, value
from studios.measures import Span
from suggestions.enums import ResultClass, State
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn

EVER = Span(date(2000, 1, 1), date(2099, 12, 31), date(2099, 12, 31))
CLASSES = [f"answered_{name}" for name in "abcd"]


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize("of_all", ResultClass)
def test_a_promise_of_one_unit_leaves_the_class_of_the_whole(
    cast: Cast, case_in: CaseIn, of_all: ResultClass, is_kept: bool
) -> None:
    """One unit of a shared case promised something and kept it, another answered that nothing can be done."""
    case = case_in(State.CLOSED)
    is_promised = is_kept or of_all != ResultClass.A  # a promise that waits makes the whole B at best
    days = {"promise_on": date(2030, 2, 1)} if is_promised else {}
    days |= {"fulfilled_on": date(2030, 1, 1)} if is_kept else {}
    Suggestion.objects.filter(pk=case.pk).update(result_class=of_all, **days)
    keys = [*CLASSES, "replied", "resolved_by_now", "promise_due", "promise_kept"]
    numbers = total(count(Rows.visible_to(cast.leader), EVER, keys))
    assert sum(numbers[key] for key in CLASSES) == numbers["replied"] == 1
    assert numbers["answered_b"] == (of_all == ResultClass.B or (of_all == ResultClass.A and is_kept))
    assert numbers["answered_c"] == (of_all == ResultClass.C)
    assert numbers["resolved_by_now"] == (of_all == ResultClass.A)
    kept_rate = value(numbers, "promise_kept")
    assert (kept_rate.numerator, kept_rate.denominator) == (int(is_kept), int(is_promised))
