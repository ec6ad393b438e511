"""Boards of a county at 100,000 and 1,000,000 cases, and of a province, beside counting every row (PostgreSQL alone).

`python -m benchmarks boards [SMALL LARGE COUNTIES CASES]` builds a county of CASES cases, copies it by SQL
(benchmarks.many) to a county of SMALL and one of LARGE cases and to a province of COUNTIES counties, each in the place
of the one before. An hour for the default sizes on two cores; nothing is left of the database of DATABASE_URL.
"""

import statistics
import time
from collections.abc import Callable
from io import StringIO
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from benchmarks.many import more_cases, more_counties
from reports.headline import headline
from reports.rows import Rows
from studios.measures import Span
from studios.periods import BEGINNING

SIZES = (100_000, 1_000_000, 25, 20_000)
"""Cases of the small and of the large county, counties of the province, and cases of the county that is copied."""
PERIODS = ("all", "year", "quarter", "month")
TIMES, TIMES_DIRECT = 7, 3
BUDGET, BUDGET_FIRST = 1.5, 2.0


def measure_boards_at(small: int, large: int, counties: int, cases: int) -> None:
    """Build, fold and print, size by size."""
    found = {}
    for size in (small, large):
        _build(cases)
        more_cases(size // cases)
        found[size] = _told(f"one county, {size:,} cases")
    for name, milliseconds in found[small].items():
        print(f"{name}, {large:,} ÷ {small:,}: {found[large][name] / milliseconds:.2f} (budget ≤ {BUDGET})")
    _build(cases)
    more_counties(counties)
    _told(f"{counties} counties, {counties * cases:,} cases, four times the rows in visits and histories")
    print(f"a province's first page: budget ≤ {BUDGET_FIRST * 1000:.0f} ms")


def _build(cases: int) -> None:
    call_command("flush", interactive=False, verbosity=0)
    connection.close()  # a session keeps plans made for small tables
    call_command("make_demo", suggestions=cases, stdout=StringIO())


def _told(title: str) -> dict[str, float]:
    """Print, and return, the median milliseconds by name; the first read of the whole board apart."""
    started = time.perf_counter()
    call_command("rebuild_tallies", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"\n{title}; tallies counted in {time.perf_counter() - started:.0f} s\n{'':<18}   first    then    every row")
    pages = _pages()
    kept = {name: _timed(page, TIMES) for name, page in pages.items()}
    with patch("reports.tallies.read", lambda rows, *_asked, **_named: ((), rows)):
        direct = {name: _timed(page, TIMES_DIRECT) for name, page in pages.items()}
    for name, (first, then) in kept.items():
        print(f"{name:<18}{first:>8.0f}{then:>8.0f}{direct[name][1]:>13.0f} ms", flush=True)
    return {name: then for name, (_first, then) in kept.items()}


def _pages() -> dict[str, Callable[[], object]]:
    leader = User.objects.get(username="leader")
    client = Client(HTTP_HOST="localhost")
    client.force_login(leader, "django.contrib.auth.backends.ModelBackend")
    today = timezone.localdate()
    pages: dict[str, Callable[[], object]] = {
        f"board, {period}": lambda period=period: client.get(f"/board/?period={period}")  # type: ignore[misc]
        for period in PERIODS
    }
    return pages | {"headline, all": lambda: headline(Rows.visible_to(leader), Span(BEGINNING, today, today))}


def _timed(page: Callable[[], object], times: int) -> tuple[float, float]:
    """Milliseconds of the first read, and the median of the next."""
    took = []
    for _ in range(times + 1):
        started = time.perf_counter()
        page()
        took.append((time.perf_counter() - started) * 1000)
    return took[0], statistics.median(took[1:])
