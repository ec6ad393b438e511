"""What lies under a test: nothing, the cast, or a county of the demonstration.

It is written and committed once for many tests; each of them runs in a transaction of its own, as every test does, and
leaves it as it was. So a test has its cast without paying for the seventy statements that write it. Before another ground
is laid every table is emptied. tests/conftest.py sorts the tests by their ground: each is laid once a run.
"""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from demo.builder import build_demo
from demo.plans import SOURCE_ACCEPTED
from studios.models import CalendarYear
from tests.cast import Cast, build_cast

TODAY = date(2026, 11, 24)
NINE_O_CLOCK = f"{TODAY} 09:00 +0800"
SMALL = ("--suggestions", "60", "--today", f"{TODAY}")
SHARING = {"live_server", "transactional_db"}
TOUCHING = {"db"} | SHARING

seed_calendar = import_module("studios.migrations.0002_seed_calendar").seed


@transaction.atomic
def _cast() -> Cast:
    """Long before any day on which tests take place."""
    with time_machine.travel("2020-01-01 09:00 +0800"):
        return build_cast()


def _signed_in() -> Cast:
    """The cast, and everybody has a session."""
    cast = _cast()
    for user in cast.everybody.values():
        Client().force_login(user)
    return cast


def _default_county() -> None:
    """海安 and 如皋 as `make_demo --today 2026-11-24` writes them."""
    with time_machine.travel(NINE_O_CLOCK, tick=False):
        build_demo(suggestions=SOURCE_ACCEPTED, seed=2011, today=TODAY)


def _small_county() -> None:
    call_command("make_demo", *SMALL, verbosity=0)


BUILDERS: dict[str, Callable[[], Any]] = {
    "signed_in": _signed_in,
    "cast": _cast,
    "small_county": _small_county,
    "default_county": _default_county,
}
"""Each is asked for by the fixture of that name; `signed_in` has the cast as well."""
GROUNDS = ["", *BUILDERS, "committed"]


def touches_a_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or TOUCHING & {*getattr(item, "fixturenames", ())})


def ground_of(item: pytest.Item) -> str:
    """One of GROUNDS; `committed` is what a transactional test writes itself."""
    names, marker = {*getattr(item, "fixturenames", ())}, item.get_closest_marker("django_db")
    if SHARING & names or (marker and marker.kwargs.get("transaction")):
        return "committed"
    return next((name for name in BUILDERS if name in names), "")


class Ground:
    """The one that lies now, and what its builder returned."""

    def __init__(self) -> None:
        self.name, self.built = "", None

    def lay(self, name: str) -> None:
        if name == self.name != "committed":
            return
        if self.name in BUILDERS:
            call_command("flush", interactive=False, verbosity=0)
        if not CalendarYear.objects.exists():  # what migrations wrote is gone as well
            seed_calendar(apps, None)
        self.name = name
        if name in BUILDERS:
            self.built = BUILDERS[name]()
            if connection.vendor == "postgresql":  # or it plans for empty tables
                connection.cursor().execute("ANALYZE")
