"""`python3 dev.py bench [N …]`: pages and the sweep at 10,000 and 100,000 cases, imports, rosters, visits.

`python -m benchmarks here` measures only the lists, the search and the sweep of the county that stands in the
database of DATABASE_URL, and builds nothing: for sizes that take too long to build each time.
`python -m benchmarks boards [SMALL LARGE COUNTIES CASES]` measures the board at sizes that SQL copies.
The bare view answers requests with the same template from rows that are already there: no login, no queries.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from io import StringIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from accounts.models import User
from benchmarks.bare import bare
from benchmarks.boards import SIZES as BOARD_SIZES
from benchmarks.boards import measure_boards_at
from benchmarks.exports import measure_exports
from benchmarks.imports import measure_imports
from benchmarks.ledger import measure_ledger
from benchmarks.rosters import measure_rosters
from benchmarks.search import searches, tell
from benchmarks.sweep import SWEEP, measure_sweep
from benchmarks.visits import measure_visits
from suggestions.models import Suggestion

SIZES = (10_000, 100_000)
REQUESTS = 40
PAGE, DEEP = 50, 1_800


def median_ms(action: Callable[[], object]) -> float:
    """The median time of `action` in milliseconds, after three warm-up calls."""
    for _ in range(3):
        action()
    times = []
    for _ in range(REQUESTS):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def client_of(username: str) -> Client:
    """A client logged in as a demonstration account."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    return client


def deep_page() -> str:
    """The address of page 1,800, or of the page in the middle of fewer cases."""
    place = min(DEEP * PAGE, Suggestion.objects.count() // 2)
    before = Suggestion.objects.order_by("-id").values_list("id", flat=True)[place]
    return f"/desk/suggestions/?after=~{before}"


def build(size: int) -> None:
    """A county of `size` cases in place of whatever there was."""
    call_command("flush", interactive=False, verbosity=0)
    connection.close()  # a session keeps the plans of its foreign-key checks, made for tables that were small
    started = time.perf_counter()
    call_command("make_demo", suggestions=size, stdout=StringIO())
    print(f"{size:>8,} cases built in {time.perf_counter() - started:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure() -> dict[str, float]:
    """Median milliseconds of lists, searches and the sweep by name, of the county that is there."""
    county = client_of("county")
    deep_address = deep_page()
    pages: dict[str, Callable[[], object]] = {
        "case list": lambda: county.get("/desk/suggestions/"),
        "case list, bare": bare(county, "/desk/suggestions/", "list"),
        "case list, overdue": lambda: county.get("/desk/suggestions/?view=overdue"),
        "case list, deep page": lambda: county.get(deep_address),
    }
    found = {name: median_ms(action) for name, action in pages.items()}
    return found | {name: median_ms(action) for name, action in searches().items()} | measure_sweep()


def measure_boards() -> dict[str, float]:
    """Median milliseconds of the statistics by name, of the county that is there."""
    leader = client_of("leader")
    return {
        "board, whole period": median_ms(lambda: leader.get("/board/?period=all")),
        "board, this quarter": median_ms(lambda: leader.get("/board/?period=quarter")),
    }


@override_settings(ROOT_URLCONF="benchmarks.bare")
def main(sizes: list[int]) -> None:
    """Print a table of medians and the ratios of performance.md."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    found = {}
    for size in sizes:
        build(size)
        found[size] = measure() | measure_boards()
    show(found)
    compare(found[sizes[0]], found[sizes[-1]], f"{sizes[-1]:,} ÷ {sizes[0]:,}")
    measure_exports()
    measure_imports()
    measure_ledger()
    measure_rosters()
    measure_visits()


@override_settings(ROOT_URLCONF="benchmarks.bare")
def here() -> None:
    """The same table for the county that is there."""
    show({Suggestion.objects.count(): measure()})


def boards(sizes: list[int]) -> None:
    """The board alone, at four sizes."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    measure_boards_at(*sizes)


def show(found: dict[int, dict[str, float]]) -> None:
    """Print the medians, and the ratios within one size."""
    names = next(iter(found.values()))
    print(f"\n{'page':<26}" + "".join(f"{size:>12,}" for size in found) + "   median ms")
    for name in names:
        print(f"{name:<26}" + "".join(f"{times[name]:>12.1f}" for times in found.values()))
    for size, times in found.items():
        ratio = times["case list, bare"] / times["case list"]
        print(f"case list ÷ bare view at {size:,}: {ratio:.2f} × its requests/s (budget ≥ 0.6)")
        deep = times["case list, deep page"] / times["case list"]
        print(f"deep page ÷ first page at {size:,}: {deep:.2f} (budget ≤ 1.5)")
    tell(found)


def compare(small: dict[str, float], large: dict[str, float], sizes: str) -> None:
    """Print what more cases cost."""
    for name, budget in (("case list", 1.5), ("board, whole period", 1.5), (SWEEP, 3)):
        print(f"{name}, {sizes}: {large[name] / small[name]:.2f} (budget ≤ {budget})")


if __name__ == "__main__":
    if sys.argv[1:] == ["here"]:
        here()
    elif sys.argv[1:2] == ["boards"]:
        boards([int(argument) for argument in sys.argv[2:]] or list(BOARD_SIZES))
    else:
        main([int(argument) for argument in sys.argv[1:]] or list(SIZES))
