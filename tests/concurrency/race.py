"""Many clients at the same starting line, round after round, each with a database connection of its own."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.models import QuerySet

CLIENTS, ROUNDS = 20, 50
PATIENCE = 120.0

Action = Callable[[], object]


def at_once(*actions: Action) -> list[object]:
    """Run all `actions` at the same moment; returns what each returned or raised, in order."""
    return race([actions])[0]


def race(rounds: Sequence[Sequence[Action]]) -> list[list[object]]:
    """One thread and connection per client for all rounds: in each, client n starts the n-th action at the same
    moment as all the others start theirs. Returns by round what each client's action returned or raised."""
    clients = len(rounds[0])
    start = threading.Barrier(clients, timeout=PATIENCE)
    results: list[list[object]] = [[None] * clients for _ in rounds]

    def run(client: int) -> None:
        try:
            for number, actions in enumerate(rounds):
                start.wait()
                results[number][client] = _outcome(actions[client])
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def failures(results: Sequence[object]) -> list[Exception]:
    """What was raised in one round."""
    return [result for result in results if isinstance(result, Exception)]


@contextmanager
def without_row_locks(after: Any, name: str, racers: int) -> Iterator[None]:
    """For controls: no query locks a row, and nobody gets into `after.name` before all `racers` have come to it.

    That is the worst moment of a race, made certain: everybody has read before anybody writes.
    """
    everybody, go_on = threading.Barrier(racers, timeout=PATIENCE), getattr(after, name)

    def wait(*arguments: object, **named: object) -> object:
        everybody.wait()
        return go_on(*arguments, **named)

    unlocked = patch.object(QuerySet, "select_for_update", lambda self, **_options: self)
    with unlocked, patch.object(after, name, wait):
        yield


def _outcome(action: Action) -> object:
    try:
        return action()
    except Exception as error:  # noqa: BLE001 - the test asks who failed, and how
        return error
