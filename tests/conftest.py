"""Fixtures everybody uses: the cast, single members of it, and cases in any state."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import HealthCheck, settings

from accounts.models import User
from studios.models import CalendarYear
from suggestions.enums import State
from suggestions.models import Suggestion
from suggestions.services.intake import Visitor
from tests.cast import Cast, build_cast
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
