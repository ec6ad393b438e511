"""Numbers that were counted before, month by month, and what is left to count from the rows themselves.

The result is always the same as counting every row: a bucket (one delegation's month) is taken from its tally only
where no trigger has marked it since, its rules are today's, and no date in its rows falls between the day it was
counted and the as-of day. What is marked is read first, so that a tally written meanwhile is only newer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from hashlib import sha1
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import IntegerField, Model, Q, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from appointments import measures as received
from appointments.models import Appointment, Attendance, Visit
from reports.models import Bucket, Kind, Tally, Touched
from reports.rows import Rows, Whole
from studios.measures import Groups, Source, Span
from suggestions import measures as collected
from suggestions.models import Evaluation, Suggestion

if TYPE_CHECKING:
    from reports.stats import Key, Place

Stale = dict[date, set[int]]
"""Delegations whose tally of a month cannot be used."""
KEYS = ("county", "delegation", "month")
"""Dimensions every tally has, as columns."""
ANY_SPAN = Span(date(2000, 1, 1), date(2000, 1, 31), date(2000, 1, 31))


@dataclass(frozen=True)
class Book:
    """A source whose numbers are kept, over which rows, and by which of its dimensions, one at a time."""

    name: str
    kind: Kind
    source: Source
    model: type[Model]
    dimensions: tuple[str, ...]


BOOKS = (
    Book("cases", Kind.CASES, collected.CASES, Suggestion, ("unit", "category", "studio_kind", "kind")),
    Book("ratings", Kind.CASES, collected.RATINGS, Evaluation, ("unit",)),
    Book("seats", Kind.GATHERINGS, received.SEATS, Attendance, ("studio_kind", "kind")),
    Book("expected", Kind.GATHERINGS, received.EXPECTED, Attendance, ("studio_kind", "kind")),
    Book("appointments", Kind.GATHERINGS, received.APPOINTMENTS, Appointment, ("studio_kind", "kind")),
    Book("visits", Kind.VISITS, received.VISITS, Visit, ("category", "studio_kind", "kind")),
)
IDS = {"unit"}
"""Dimensions whose values are numbers."""


@dataclass(frozen=True)
class Kept:
    """What is known already, and the rows, with their days, that are left to count."""

    numbers: Iterable[tuple[Key, dict[str, int]]]
    rest: list[tuple[Rows, Span]]


def read(
    rows: Rows, span: Span, place: Place, keys: list[str], by: Collection[str], where: Groups | None = None
) -> Kept:
    """What the tallies know of the measures `keys` of `place`, by `by`, narrowed to `where`."""
    book = next((book for book in BOOKS if book.source is place.source), None)
    named = dict.fromkeys([*by, *(where or {})])
    fine = [name for name in named if name not in KEYS]
    first, end = _whole_months(span)
    is_kept = book and rows.whole and first < end and len(fine) <= 1 and {*fine} <= {*book.dimensions}
    if not book or not rows.whole or not is_kept or connection.vendor != "postgresql":
        return Kept((), [(rows, span)])
    stale = _stale(book.kind, rows.whole, first, end, span.as_of)
    found = Tally.objects.filter(rows.whole.within(), source=book.name, dimension="".join(fine))
    found = found.filter(month__gte=first, month__lt=end, **_columns(where or {}))
    for month, delegations in stale.items():
        found = found.exclude(month=month, delegation__in=delegations)
    return Kept(_summed(found, book.source, keys, by), list(_rest(rows, span, place, (first, end), stale)))


@cache
def rules_of(kind: Kind) -> str:
    """A fingerprint of how a kind is counted: another release may count differently, and old tallies are void."""
    queries = []
    for book in BOOKS:
        if book.kind == kind:
            found = book.source.base(book.model._default_manager.all(), ANY_SPAN)
            numbers = {key: measure.aggregate(ANY_SPAN) for key, measure in book.source.measures.items()}
            groups = {f"by_{name}": book.source.dimensions[name] for name in (*KEYS, *book.dimensions)}
            queries.append(str(found.annotate(**groups).values(*groups).annotate(**numbers).query))
    text = re.sub(r"IN \(([^()]*)\)", lambda found: str(sorted(found[1].split(", "))), "\n".join(queries))
    return sha1(text.encode(), usedforsecurity=False).hexdigest()


def month_after(day: date) -> date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def of_delegations(rows: Rows, place: Place, delegations: Collection[int]) -> Rows:
    """The rows of `place` of some delegations, for counting one by one."""
    some = getattr(rows, place.rows).alias(bucket=place.source.dimensions["delegation"]).filter(bucket__in=delegations)
    return replace(rows, whole=None, **{place.rows: some})


def _whole_months(span: Span) -> tuple[date, date]:
    """The first days of the first whole month in the days of `span`, and of the one after the last.

    The month of the as-of day is whole where the span reaches that day: a tally of that very day says so.
    """
    first, last = span.days
    start = first if first.day == 1 else month_after(first)
    return start, month_after(last) if last == span.as_of else (last + timedelta(days=1)).replace(day=1)


def _stale(kind: Kind, whole: Whole, first: date, end: date, as_of: date) -> Stale:
    found: Stale = defaultdict(set)
    void = Q(holds_until__lt=as_of) | Q(holds_from__gt=as_of) | ~Q(rules=rules_of(kind))
    for rows in (Touched.objects.all(), Bucket.objects.filter(void)):
        several = rows.filter(whole.within(), kind=kind, month__gte=first, month__lt=end)
        for month, delegation in several.values_list("month", "delegation").distinct():
            found[month].add(delegation)
    return found


def _columns(where: Groups) -> dict[str, object]:
    """The values of `where` as conditions on tallies."""
    return {name if name in KEYS else "value": value for name, value in where.items()}


def _summed(found: Any, source: Source, keys: list[str], by: Collection[str]) -> Iterator[tuple[Key, dict[str, int]]]:
    order = list(source.measures)
    sums = {f"n_{key}": Sum(Cast(KeyTextTransform(str(order.index(key)), "numbers"), IntegerField())) for key in keys}
    if not by:
        numbers = found.aggregate(**sums)
        yield (), {key: numbers[f"n_{key}"] or 0 for key in keys}
        return
    columns = {name: name if name in KEYS else "value" for name in by}
    for row in found.order_by().values(*columns.values()).annotate(**sums):
        group = tuple(_value(name, row[column]) for name, column in columns.items())
        yield group, {key: row[f"n_{key}"] for key in keys}


def _value(name: str, value: Any) -> object:
    return int(value) if name in IDS and value is not None else value


def _rest(rows: Rows, span: Span, place: Place, months: tuple[date, date], stale: Stale) -> Iterator[tuple[Rows, Span]]:
    """The days before and after the whole months, and the stale buckets in between, month by month."""
    (first, last), (start, end) = span.days, months
    if first < start:
        yield rows, replace(span, last=start - timedelta(days=1))
    if end <= last:
        yield rows, replace(span, first=end)
    for month, delegations in stale.items():
        days = replace(span, first=month, last=month_after(month) - timedelta(days=1))
        yield of_delegations(rows, place, delegations), days
