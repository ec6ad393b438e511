"""Fixtures everybody uses: the cast, single members of it, and cases in any state."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings

from accounts.models import User
from studios.models import CalendarYear
from suggestions.enums import State
from suggestions.models import Suggestion
from suggestions.services.intake import Visitor
from tests.cast import Cast, build_cast
from tests.settings import TEST_TEMPLATE
from tests.suggestions import paths

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
# How fast this machine is, and how busy, is no property of the code.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

CaseIn = Callable[..., Suggestion]
seed_calendar = import_module("studios.migrations.0002_seed_calendar").seed


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches a database: the rest is the same on every database and runs once."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & {*getattr(item, "fixturenames", ())}:
            item.add_marker("database")


@pytest.fixture(scope="session")
def _copied_tables(django_db_modify_db_settings: None) -> Iterator[None]:
    """The migrated SQLite file of `dev.py test`, copied into the memory where Django looks for the test database."""
    if not TEST_TEMPLATE or connection.vendor != "sqlite":
        yield
        return
    memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with closing(memory), closing(sqlite3.connect(TEST_TEMPLATE)) as file:
        file.backup(memory)
        yield


@pytest.fixture(scope="session")
def django_db_setup(_copied_tables: None, django_db_setup: None) -> None:
    """Where there is nothing to copy, every worker migrates."""


@pytest.fixture(autouse=True)
def _calendar_of_the_migrations(request: pytest.FixtureRequest) -> None:
    """A transactional test empties every table, also those that migrations fill, for all tests after it."""
    if DATABASE_FIXTURES & {*request.fixturenames}:
        request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
        if not CalendarYear.objects.exists():
            seed_calendar(apps, None)


@pytest.fixture
def cast(db: None) -> Cast:
    """One person per role, and a stranger from another county."""
    return build_cast()


@pytest.fixture
def case_in(cast: Cast) -> CaseIn:
    """`case_in(State.HANDLING)`: a case that walked the lawful path into that state."""

    def build(state: State, visitor: Visitor = paths.VISITOR) -> Suggestion:
        return paths.case_in(state, cast, visitor)

    return build


@pytest.fixture
def login() -> Callable[[User], Client]:
    """`login(cast.liaison)`: a test client logged in as that user."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of
