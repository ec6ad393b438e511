"""What a statistic counts: a condition on rows, said once, for the figure and for the list behind it (domain.md §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Aggregate, Count, Q, Sum
from django.db.models.expressions import Combinable
from django.http import Http404, QueryDict

from studios.periods import Period

NOBODY = "none"
"""Stands in an address for rows that belong to no value of a dimension, such as cases no unit has."""

Groups = Mapping[str, object]


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included, looked at on `as_of`: what is dated later has not happened yet."""

    first: date
    last: date
    as_of: date

    @classmethod
    def of(cls, period: Period, as_of: date) -> Span:
        return cls(period.first, period.last, as_of)

    @property
    def days(self) -> tuple[date, date]:
        """The days of the period that had come on `as_of`, for `__range`."""
        return self.first, min(self.last, self.as_of)

    def query(self, key: str, where: Groups) -> str:
        """The query string of the list behind the measure `key`, narrowed to the values `where` names."""
        asked: dict[str, object] = {"measure": key, "from": self.first, "to": self.last, "as_of": self.as_of}
        return urlencode(asked | {name: _named(value) for name, value in where.items()})


def _named(value: object) -> object:
    """A value of a dimension as an address names it: nobody by a word, a length of time by its days."""
    if isinstance(value, timedelta):
        return value.days
    return NOBODY if value is None else value


@dataclass(frozen=True)
class Measure:
    """One number: its words, what it is counted in, which rows make it up (None: all), and what to sum of them.

    `of` "" counts the rows.
    """

    label: str
    unit: str
    condition: Q | Callable[[Span], Q] | None = None
    of: str | Combinable = ""

    def where(self, span: Span) -> Q:
        """The condition on the rows of its source."""
        if self.condition is None:
            return Q()
        return self.condition if isinstance(self.condition, Q) else self.condition(span)

    def aggregate(self, span: Span) -> Aggregate:
        """The number, for `annotate` and `aggregate` over the rows of its source."""
        return Sum(self.of, filter=self.where(span)) if self.of else Count("pk", filter=self.where(span))


@dataclass(frozen=True)
class Source:
    """A kind of rows: which of them a span holds, the measures taken over them, and what they can be grouped by."""

    base: Callable[[Any, Span], Any]
    measures: Mapping[str, Measure]
    dimensions: Mapping[str, Combinable]

    def rows(self, visible: Any, key: str, span: Span, where: Groups | None = None) -> Any:
        """Exactly the rows that the measure `key` counts among those `visible`, narrowed to the values of `where`.

        Raises KeyError for a measure or a dimension the source does not have.
        """
        return self.narrowed(self.base(visible, span).filter(self.measures[key].where(span)), where or {})

    def narrowed(self, rows: Any, where: Groups) -> Any:
        """Those of `rows` that have the values of `where`. Raises KeyError for a dimension the source does not have."""
        for name, value in where.items():
            rows = rows.alias(**{f"of_{name}": self.dimensions[name]}).filter(**{f"of_{name}": value})
        return rows

    def groups(self, query: QueryDict) -> dict[str, object]:
        """The values of its dimensions that an address names; the last one where a filter form added its own."""
        said = {name: [value for value in query.getlist(name) if value] for name in self.dimensions}
        return {name: None if values[-1] == NOBODY else values[-1] for name, values in said.items() if values}


def measures_of(sources: Iterable[Source]) -> dict[str, Measure]:
    """All measures of `sources` by key."""
    return {key: measure for source in sources for key, measure in source.measures.items()}


@dataclass(frozen=True)
class Counted:
    """The rows behind a number, what it is called, the span it was counted over, and the group it was counted for."""

    rows: Any
    label: str
    span: Span
    source: Source
    where: Groups


def counted_rows(sources: Sequence[Source], visible: Any, query: QueryDict, span: Span) -> Counted:
    """What the address of a number asks for; one that names no measure means the first of `sources`.

    The `as_of` of the address wins over that of `span`. Raises Http404 for nonsense.
    """
    key = query.get("measure") or next(iter(sources[0].measures))
    source = next((source for source in sources if key in source.measures), None)
    if source is None:
        raise Http404(key)
    try:
        seen = replace(span, as_of=date.fromisoformat(query.get("as_of") or span.as_of.isoformat()))
        where = source.groups(query)
        rows = source.rows(visible, key, seen, where)
    except (ValueError, ValidationError):
        raise Http404(key) from None
    return Counted(rows, source.measures[key].label, seen, source, where)
