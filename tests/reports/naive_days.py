"""What the naive count asks of any row: whether a day lies in the period, and had come by the as-of day."""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from tests.reports.world import World

Row = Any


class Asked(Protocol):
    """The period and the day it is looked at on."""

    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def as_of(self) -> date: ...


Test = Callable[[World, Row, Asked], Any]


def during(day: date | None, asked: Asked) -> bool:
    return day is not None and asked.first <= day <= asked.last and day <= asked.as_of


def by_then(day: Any, asked: Asked) -> bool:
    """Whether something dated (or timed, in Shanghai) had happened on the as-of day."""
    if day is None:
        return False
    if hasattr(day, "hour"):
        day = day.astimezone(ZoneInfo("Asia/Shanghai")).date()
    return bool(day <= asked.as_of)
