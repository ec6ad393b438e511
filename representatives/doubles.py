"""What happens when two records of one person name the same thing: apps above register in their `attached` module."""

from collections.abc import Callable
from typing import Any

from django.db import models

Settle = Callable[[Any, Any], None]
_settlers: dict[type[models.Model], Settle] = {}


def register(model: type[models.Model], settle: Settle) -> None:
    """Let `settle(kept_row, duplicate_row)` decide which facts the kept record's row of `model` shows."""
    _settlers[model] = settle


def settle(kept_row: models.Model, duplicate_row: models.Model) -> None:
    """Ask whoever registered for the kind of row; without anybody the kept record's row stands as it is."""
    settler = _settlers.get(type(kept_row))
    if settler:
        settler(kept_row, duplicate_row)
