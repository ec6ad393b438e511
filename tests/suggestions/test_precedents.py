"""Which unit past cases point to, and when they point nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suggestions.triage.precedents import FEWEST, Precedent, precedent


@pytest.mark.parametrize(
    ("counts", "open_to", "found"),
    [
        ({1: 11, 2: 3}, {1, 2}, Precedent(1, 11, 14)),
        ({1: 11, 2: 3}, {2}, None),
        ({1: 4}, {1}, None),
        ({1: 5}, {1}, Precedent(1, 5, 5)),
        ({1: 5, 2: 5}, {1, 2}, Precedent(1, 5, 10)),
        ({1: 4, 2: 3, 3: 3}, {1, 2, 3}, None),
        ({}, {1}, None),
    ],
)
def test_a_unit_is_suggested_from_enough_cases(
    counts: dict[int, int], open_to: set[int], found: Precedent | None
) -> None:
    assert precedent(counts, open_to) == found


@given(st.dictionaries(st.integers(1, 6), st.integers(1, 20)), st.sets(st.integers(1, 6)))
def test_whatever_is_suggested_is_true(counts: dict[int, int], open_to: set[int]) -> None:
    found = precedent(counts, open_to)
    if found is not None:
        assert found.unit in open_to
        assert (found.times, found.total) == (counts[found.unit], sum(counts.values()))
        assert found.total >= FEWEST
        assert found.times * 2 >= found.total
