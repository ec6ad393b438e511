"""Fixtures everybody uses: the cast, single members of it, and cases in any state."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from suggestions.enums import State
from suggestions.models import Suggestion
from suggestions.services.intake import Visitor
from tests.cast import Cast, build_cast
from tests.ground import GROUNDS, Ground, ground_of, touches_a_database
from tests.settings import IS_FILE, TEST_TEMPLATE
from tests.suggestions import paths

# How fast this machine is, and how busy, is no property of the code.
hypothesis.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("suite")

CaseIn = Callable[..., Suggestion]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches a database: the rest is the same on every database and runs once. Tests on the same ground
    follow each other, and it is laid before pytest-django opens the transaction of the test."""
    for item in items:
        if touches_a_database(item):
            item.add_marker("database")
            if "on_its_ground" not in item.fixturenames:  # tests of one function share the list
                item.fixturenames.insert(0, "on_its_ground")
    items.sort(key=lambda item: GROUNDS.index(ground_of(item)))


@pytest.fixture(scope="session")
def _copied_tables(django_db_modify_db_settings: None) -> Iterator[None]:
    """The migrated SQLite file of `dev.py test`, copied to where Django looks for the test database."""
    if not TEST_TEMPLATE or connection.vendor != "sqlite":
        yield
        return
    tables = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with closing(tables), closing(sqlite3.connect(TEST_TEMPLATE)) as file:
        file.backup(tables)
        yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A file that was copied is not made anew; it goes with its folder."""
    return IS_FILE


@pytest.fixture(scope="session")
def django_db_setup(_copied_tables: None, django_db_setup: None) -> None:
    """Where there is nothing to copy, every worker migrates."""


@pytest.fixture(scope="session")
def ground() -> Ground:
    """What lies under the tests of this worker."""
    return Ground()


@pytest.fixture
def on_its_ground(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker, ground: Ground
) -> None:
    with django_db_blocker.unblock():
        ground.lay(ground_of(request.node))


@pytest.fixture
def cast(ground: Ground, db: None) -> Cast:
    """One person per role, and a stranger from another county."""
    return build_cast() if ground.name == "committed" else deepcopy(ground.built)


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


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[User], Client]:
    """`signed_in(cast.liaison)`: a client in a session that stood before the test, for who opens thousands of pages."""
    keys = {row.get_decoded()[SESSION_KEY]: row.session_key for row in Session.objects.all()}

    def client_of(user: User) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = keys[str(user.pk)]
        return client

    return client_of
