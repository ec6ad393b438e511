"""Counties of the demonstration, under all tests that read them (tests/ground.py)."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.ground import NINE_O_CLOCK


@pytest.fixture
def default_county(db: None) -> Iterator[None]:
    """海安 and 如皋 as `make_demo --today 2026-11-24` writes them, on that day at nine."""
    with time_machine.travel(NINE_O_CLOCK, tick=False):
        yield


@pytest.fixture
def small_county(db: None) -> None:
    """The same with sixty cases (tests.ground.SMALL)."""
