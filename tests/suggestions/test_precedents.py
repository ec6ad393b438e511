"""Which unit past cases point to, and when they point nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suggestions.triage.precedents import FEWEST, Precedent, precedent


@pytest.mark.parametrize(
    ("counts", "open_to", "total", "found"),
    [
        ({1: 11, 2: 3}, {1, 2}, 14, Precedent(1, 11, 14)),
        ({1: 11, 2: 3}, {2}, 14, None),
        ({1: 4}, {1}, 4, None),
        ({1: 5}, {1}, 5, Precedent(1, 5, 5)),
        ({1: 5, 2: 5}, {1, 2}, 10, Precedent(1, 5, 10)),
        ({1: 4, 2: 6}, {1, 2}, 6, Precedent(2, 6, 6)),
        ({1: 4, 2: 3, 3: 3}, {1, 2, 3}, 10, None),
        ({}, {1}, 0, None),
    ],
)
def test_a_unit_is_suggested_from_enough_cases(
    counts: dict[int, int], open_to: set[int], total: int, found: Precedent | None
) -> None:
    assert precedent(counts, open_to, total) == found


@given(st.dictionaries(st.integers(1, 6), st.integers(1, 20)), st.sets(st.integers(1, 6)), st.integers(0, 40))
def test_whatever_is_suggested_is_true(counts: dict[int, int], open_to: set[int], others: int) -> None:
    total = max(counts.values(), default=0) + others
    found = precedent(counts, open_to, total)
    if found is not None:
        assert found.unit in open_to
        assert (found.times, found.total) == (counts[found.unit], total)
        assert found.total >= FEWEST
        assert found.times * 2 >= found.total
