"""Several threads at the same starting line, each with a database connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Run all `actions` at the same moment; returns what each returned or raised, in order."""
    start = threading.Barrier(len(actions))
    results: list[object] = [None] * len(actions)

    def work(place: int, action: Callable[[], object]) -> None:
        try:
            start.wait()
            results[place] = action()
        except Exception as error:  # noqa: BLE001 - the test asks who failed, and how
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(place, action)) for place, action in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
