"""Settings a county makes from a day on; the defaults of the model (the source's own numbers) where it made none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from accounts.models import Organization, User

Row = TypeVar("Row", bound=models.Model)


class Timetable(Generic[Row]):
    """The settings of some counties, read once: which were in force where on any day, without a query."""

    def __init__(self, model: type[Row], rows: Iterable[Any]) -> None:
        self._model = model
        self._newest_first = sorted(rows, key=lambda row: row.effective_from, reverse=True)

    def on(self, county_id: int, day: date) -> Row:
        """What was in force in the county on `day`."""
        in_force = (row for row in self._newest_first if row.county_id == county_id and row.effective_from <= day)
        return next(in_force, None) or self._model(county_id=county_id, effective_from=day)


class DatedQuerySet(models.QuerySet[Row]):
    """Rows with `county` and `effective_from`."""

    def visible_to(self, user: User) -> Self:
        """The rules a county plays by are no secret within it."""
        return self.filter(county_id__in=user.scope.county_ids)

    def in_force(self, county: Organization, day: date) -> Row:
        """The settings of `county` on `day`."""
        rows = self.filter(county=county, effective_from__lte=day)
        return rows.order_by("-effective_from").first() or self.model(county=county, effective_from=day)

    def timetable(self, county_ids: Iterable[int]) -> Timetable[Row]:
        """All settings of these counties (one query)."""
        return Timetable(self.model, self.filter(county__in=set(county_ids)))
