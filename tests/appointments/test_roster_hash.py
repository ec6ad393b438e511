"""The same input gives the same roster and the same hash, whatever the order of its rows (domain.md §5)."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from appointments.rostering import World, draft, hash_of
from tests.appointments.worlds import FIRST, member, people, world, worlds


@given(worlds(), st.randoms())
@settings(max_examples=50, deadline=None)
def test_rows_in_any_order(of: World, order: random.Random) -> None:
    sessions, members = list(of.sessions), list(of.members)
    order.shuffle(sessions)
    order.shuffle(members)
    shuffled = replace(of, sessions=tuple(sessions), members=tuple(members))
    first, second = draft(of), draft(shuffled)
    assert first == second
    assert first.hash == second.hash


def test_another_seed_lets_ties_fall_otherwise() -> None:
    crew = [member(number, 1) for number in range(1, 7)]
    orders = {tuple(people(draft(world(6, 1, *crew, seed=seed)))) for seed in range(6)}
    assert len(orders) > 1
    assert all(sorted(str(who) for who in order) == ["1", "2", "3", "4", "5", "6"] for order in orders)


def test_the_hash_tells_rosters_apart() -> None:
    rows = [(FIRST, 1, 2), (FIRST, 2, None)]
    assert hash_of(rows) == hash_of(reversed(rows))
    assert hash_of(rows) != hash_of([(FIRST, 1, 2), (FIRST, 2, 3)])
    assert len(hash_of(rows)) == 64
