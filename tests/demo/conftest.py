"""The default county, built once for all tests that read it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import transaction

from demo.builder import build_demo
from demo.plans import SOURCE_ACCEPTED

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def default_county(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """海安 and 如皋 as `make_demo --today 2026-11-24` writes them; rolled back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
            build_demo(suggestions=SOURCE_ACCEPTED, seed=2011, today=TODAY)
            yield
        transaction.set_rollback(True)
