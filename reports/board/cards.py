"""The cards of a board. One that fails says so in its own place; the others stand."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import DatabaseError

from reports.board import figures
from reports.board.chart import Figure
from reports.board.counts import Counts
from reports.board.late import SHOWN, RedList, red_list
from reports.board.numbers import Big, Part, Story, big_numbers, flow, story

Content = TypeVar("Content")
logger = logging.getLogger(__name__)

FAILURES = (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError)
"""What working out a number can end in: a query that is refused or takes too long, or rows nobody thought of."""


@dataclass(frozen=True)
class Card(Generic[Content]):
    """What a part of the page shows; None: it cannot be worked out just now."""

    key: str
    content: Content | None


def card(key: str, build: Callable[[], Content]) -> Card[Content]:
    """The edge of the board: a part that fails is logged with its key, and fails alone."""
    try:
        return Card(key, build())
    except FAILURES:
        logger.exception("board card %s failed", key)
        return Card(key, None)


@dataclass(frozen=True)
class Board:
    """All cards of one place and period."""

    numbers: Card[list[Big]]
    late: Card[RedList]
    flow: Card[list[Part]]
    story: Card[Story] | None
    """None for a unit: it has no part in appointments."""
    figures: list[Card[Figure]]


FIGURES: dict[str, Callable[[Counts], Figure]] = {
    "months": figures.months,
    "places": figures.places,
    "units": figures.units,
    "categories": figures.categories,
    "satisfaction": figures.satisfaction,
    "days": figures.days,
    "mix": figures.mix,
}
LATE_ON_WALL = 7
OF_UNIT = ("months", "categories", "satisfaction", "days")
OF_TOWN = ("months", "units", "categories", "satisfaction", "days", "mix")
ON_WALL = ("months", "places")


def board_of(counts: Counts, *, on_wall: bool = False) -> Board:
    """The cards that fit the place; on a wall fewer, that need no scrolling."""
    fitting = {"unit": OF_UNIT, "delegation": OF_TOWN}.get(counts.place.dimension, tuple(FIGURES))
    keys, late = (ON_WALL, LATE_ON_WALL) if on_wall else (fitting, SHOWN)
    return Board(
        card("numbers", lambda: big_numbers(counts)),
        card("late", lambda: red_list(counts.user, counts.place, counts.today, late)),
        card("flow", lambda: flow(counts)),
        None if counts.place.is_unit else card("story", lambda: story(counts)),
        [card(key, lambda key=key: FIGURES[key](counts)) for key in keys],  # type: ignore[misc]
    )
