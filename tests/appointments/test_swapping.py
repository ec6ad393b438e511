"""The table of swaps: every state × verb × capacity, and the two rules about days."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.enums import SwapCapacity, SwapState, SwapVerb
from appointments.swapping import (
    STANDING,
    TRANSITIONS,
    NotYoursError,
    WrongStateError,
    available,
    breaks_gap,
    find,
    last_day,
)

LAW = """
request   -          REQUESTED  OWNER
request   -          REQUESTED  LIAISON
request   -          REQUESTED  OFFICE
accept    REQUESTED  ACCEPTED   ASKED
accept    REQUESTED  ACCEPTED   COLLEAGUE
accept    REQUESTED  ACCEPTED   LIAISON
accept    REQUESTED  ACCEPTED   OFFICE
decline   REQUESTED  DECLINED   ASKED
decline   REQUESTED  DECLINED   LIAISON
decline   REQUESTED  DECLINED   OFFICE
un_take   ACCEPTED   REQUESTED  TAKER
un_take   ACCEPTED   REQUESTED  LIAISON
un_take   ACCEPTED   REQUESTED  OFFICE
approve   ACCEPTED   DONE       OFFICE
refuse    REQUESTED  REFUSED    OFFICE
refuse    ACCEPTED   REFUSED    OFFICE
withdraw  REQUESTED  WITHDRAWN  OWNER
withdraw  REQUESTED  WITHDRAWN  LIAISON
withdraw  REQUESTED  WITHDRAWN  OFFICE
withdraw  ACCEPTED   WITHDRAWN  OWNER
withdraw  ACCEPTED   WITHDRAWN  LIAISON
withdraw  ACCEPTED   WITHDRAWN  OFFICE
"""
LAWFUL = {
    (SwapVerb(verb), None if source == "-" else SwapState(source), SwapCapacity(who)): SwapState(target)
    for verb, source, target, who in (line.split() for line in LAW.strip().splitlines())
}
STATES = [None, *SwapState]
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(("verb", "state", "capacity"), list(product(SwapVerb, STATES, SwapCapacity)))
def test_every_state_verb_and_capacity(verb: SwapVerb, state: SwapState | None, capacity: SwapCapacity) -> None:
    target = LAWFUL.get((verb, state, capacity))
    assert (verb in {row.verb for row in available(state, {capacity})}) == (target is not None)
    if target is not None:
        assert find(verb, state, {capacity}).target == target
    elif any((verb, state, other) in LAWFUL for other in SwapCapacity):
        with pytest.raises(NotYoursError):
            find(verb, state, {capacity})
    else:
        with pytest.raises(WrongStateError):
            find(verb, state, {capacity})


@pytest.mark.parametrize("own", [SwapCapacity.OWNER, SwapCapacity.TAKER])
@pytest.mark.parametrize("verb", [SwapVerb.APPROVE, SwapVerb.REFUSE])
def test_nobody_decides_their_own_swap(verb: SwapVerb, own: SwapCapacity) -> None:
    with pytest.raises(NotYoursError):
        find(verb, SwapState.ACCEPTED, {own, SwapCapacity.OFFICE})


def test_refusals_are_sentences() -> None:
    with pytest.raises(WrongStateError, match="^还没有人接替，不能批准$"):
        find(SwapVerb.APPROVE, SwapState.REQUESTED, {SwapCapacity.OFFICE})
    with pytest.raises(NotYoursError, match="代表队办公室、党联办"):
        find(SwapVerb.APPROVE, SwapState.ACCEPTED, {SwapCapacity.LIAISON})


def test_one_row_a_verb_and_words_for_every_state() -> None:
    assert sorted(row.verb for row in TRANSITIONS) == sorted(SwapVerb)
    assert set(STANDING) == set(STATES)


@given(days=st.lists(DAYS, min_size=1), ahead=st.integers(0, 14))
def test_the_last_day_is_that_of_the_first_duty(days: list[date], ahead: int) -> None:
    assert last_day(days, ahead) == min(days) - timedelta(days=ahead)


@given(day=DAYS, others=st.lists(DAYS), weeks=st.integers(0, 8))
def test_the_gap_is_broken_by_the_nearest_duty_only(day: date, others: list[date], weeks: int) -> None:
    near = breaks_gap(day, others, weeks)
    distances = [abs((other - day).days) for other in others]
    assert (near is not None) == any(distance < weeks * 7 for distance in distances)
    if near is not None:
        assert abs((near - day).days) == min(distances)
