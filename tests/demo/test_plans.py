"""How many cases of a county stand where."""

from random import Random

import pytest

from demo.ledger import number_of
from demo.plans import OPEN_AT_MOST, SOURCE_ACCEPTED, SOURCE_CLOSED, UNCOUNTED, plans
from suggestions.enums import State


@pytest.mark.parametrize("accepted", [SOURCE_ACCEPTED, 10_000, 50_000])
def test_as_many_are_counted_as_asked_for(accepted: int) -> None:
    assert len(plans(accepted, Random(1))) == accepted + sum(count for _state, count in UNCOUNTED)


def test_the_default_closes_what_the_source_closed() -> None:
    assert sum(plan.state == State.CLOSED for plan in plans(SOURCE_ACCEPTED, Random(1))) == SOURCE_CLOSED


def test_a_long_history_leaves_no_more_open_than_a_county_has_at_once() -> None:
    assert sum(plan.state == State.CLOSED for plan in plans(50_000, Random(1))) == 50_000 - OPEN_AT_MOST


@pytest.mark.parametrize("imported", [0, 1, 36])
def test_what_the_ledger_brings_in_is_left_out(imported: int) -> None:
    all_of_them, rest = plans(SOURCE_ACCEPTED, Random(1)), plans(SOURCE_ACCEPTED, Random(1), imported)
    assert len(rest) == len(all_of_them) - imported
    assert sum(plan.state == State.CLOSED for plan in rest) == SOURCE_CLOSED - imported
    assert [plan for plan in rest if plan.state != State.CLOSED] == [
        plan for plan in all_of_them if plan.state != State.CLOSED
    ]


@pytest.mark.parametrize(("accepted", "imported"), [(0, 0), (29, 0), (60, 2), (SOURCE_ACCEPTED, 36), (50_000, 36)])
def test_how_many_the_ledger_brings_in(accepted: int, imported: int) -> None:
    assert number_of(accepted) == imported
