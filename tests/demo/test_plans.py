"""How many cases of a county stand where."""

from random import Random

import pytest

from demo.plans import OPEN_AT_MOST, SOURCE_ACCEPTED, SOURCE_CLOSED, UNCOUNTED, plans
from suggestions.enums import State


@pytest.mark.parametrize("accepted", [SOURCE_ACCEPTED, 10_000, 50_000])
def test_as_many_are_counted_as_asked_for(accepted: int) -> None:
    assert len(plans(accepted, Random(1))) == accepted + sum(count for _state, count in UNCOUNTED)


def test_the_default_closes_what_the_source_closed() -> None:
    assert sum(plan.state == State.CLOSED for plan in plans(SOURCE_ACCEPTED, Random(1))) == SOURCE_CLOSED


def test_a_long_history_leaves_no_more_open_than_a_county_has_at_once() -> None:
    assert sum(plan.state == State.CLOSED for plan in plans(50_000, Random(1))) == 50_000 - OPEN_AT_MOST
