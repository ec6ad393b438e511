"""Numbers that were counted before, month by month, and what is left to count from the rows themselves.

The result is always the same as counting every row: a bucket (one delegation's month) is taken from its tally only
where no trigger has marked it since, its rules are today's, and no date in its rows falls between the day it was
counted and the as-of day. What is marked is read first, so that a tally written meanwhile is only newer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, reduce
from hashlib import sha1
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import IntegerField, Model, Q, Sum, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from appointments import measures as received
from appointments.models import Appointment, Attendance, Visit
from reports.models import Bucket, Kind, Tally, Touched
from reports.rows import Rows, Whole
from studios.calendar import month_bounds
from studios.measures import Groups, Source, Span
from suggestions import measures as collected
from suggestions.models import Evaluation, Suggestion

if TYPE_CHECKING:
    from reports.stats import Key, Place

KEYS = ("county", "delegation", "month")
"""Dimensions every tally has, as columns."""
OF_MEETINGS = ("studio_kind", "kind")
ONE_DAY = timedelta(days=1)
Days = Callable[[date, date], Q]
ANY_SPAN = Span(date(2000, 1, 1), date(2000, 1, 31), date(2000, 1, 31))


def _dated(path: str) -> Days:
    return lambda first, last: Q(**{f"{path}__range": (first, last)})


def _dated_by_case(first: date, last: date) -> Q:
    merged = Q(suggestion__accepted_on=None, suggestion__parent__accepted_on__range=(first, last))
    return Q(suggestion__accepted_on__range=(first, last)) | merged


@dataclass(frozen=True)
class Book:
    """A source whose numbers are kept, over which rows, by which of its dimensions, and which rows lie in some days."""

    name: str
    kind: Kind
    source: Source
    model: type[Model]
    dimensions: tuple[str, ...]
    within: Days

    def of_delegations(self, delegations: Collection[int]) -> Q:
        """The condition on its rows: those of some delegations."""
        return Q(**{f"{self.source.dimensions['delegation'].name}__in": delegations})  # type: ignore[attr-defined]


BOOKS = (
    Book(
        *("cases", Kind.CASES, collected.CASES, Suggestion),
        *(("unit", "category", "days", "studio_kind", "kind"), _dated("accepted_on")),
    ),
    Book("ratings", Kind.CASES, collected.RATINGS, Evaluation, ("unit",), _dated_by_case),
    Book("seats", Kind.GATHERINGS, received.SEATS, Attendance, OF_MEETINGS, _dated("appointment__held_on")),
    Book("expected", Kind.GATHERINGS, received.EXPECTED, Attendance, OF_MEETINGS, _dated("appointment__held_on")),
    Book("appointments", Kind.GATHERINGS, received.APPOINTMENTS, Appointment, OF_MEETINGS, _dated("held_on")),
    Book("visits", Kind.VISITS, received.VISITS, Visit, ("category", *OF_MEETINGS), _dated("received_on")),
)
READ: dict[str, Callable[[str], object]] = {"unit": int, "days": lambda value: timedelta(days=int(value))}
"""How a value of a dimension is read back, where it is no word."""


Kept = Iterable[tuple["Key", dict[str, int]]]


def read(
    rows: Rows, span: Span, place: Place, keys: list[str], by: Collection[str], where: Groups | None = None
) -> tuple[Kept, Rows | None]:
    """What tallies know of the measures `keys` of `place`, by `by`, narrowed to `where`; and the rows left to count.

    One query asks what is marked, once for `rows` and an as-of day, one reads the tallies, and for another day than
    today one looks whether all were still there. They are not read where less of them can be used than cannot.
    """
    book = next((book for book in BOOKS if book.source is place.source), None)
    fine = [name for name in dict.fromkeys([*by, *(where or {})]) if name not in KEYS]
    first, end = _whole_months(span)
    if not book or not rows.whole or connection.vendor != "postgresql":
        return (), rows
    known = {month: of for month, of in _known(rows.whole, book.kind, span.as_of).items() if first <= month < end}
    stale = {month: of.stale for month, of in known.items() if of.stale}
    pays = sum(len(of.good) for of in known.values()) > sum(map(len, stale.values()))
    if not pays or len(fine) > 1 or not {*fine} <= {*book.dimensions}:
        return (), rows
    found = Tally.objects.filter(rows.whole.within(), source=book.name, dimension="".join(fine))
    found = found.filter(standing(span.as_of), month__gte=first, month__lt=end, **_columns(where or {}))
    for month, delegations in stale.items():
        found = found.exclude(month=month, delegation__in=delegations)
    kept = list(_summed(found, book.source, keys, by))
    if _is_lost(rows.whole, book.kind, span.as_of, known):
        return (), rows
    left = [book.within(*days) for days in _edges(span, first, end)]
    left += [book.within(*month_bounds(month)) & book.of_delegations(some) for month, some in stale.items()]
    rest = narrowed(rows, place, reduce(or_, left)) if left else None
    return kept, rest


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


def narrowed(rows: Rows, place: Place, condition: Q) -> Rows:
    """Those rows of `place` that meet `condition`, for counting one by one."""
    return replace(rows, whole=None, **{place.rows: getattr(rows, place.rows).filter(condition)})


def _whole_months(span: Span) -> tuple[date, date]:
    """The first days of the first whole month in the days of `span`, and of the one after the last.

    The month of the as-of day is whole where the span reaches that day: a tally of that very day says so.
    """
    first, last = span.days
    if first.day > 1:
        first = month_bounds(first)[1] + ONE_DAY
    if last == span.as_of:
        last = month_bounds(last)[1]
    return first, month_bounds(last + ONE_DAY)[0]


def _edges(span: Span, start: date, end: date) -> Iterator[tuple[date, date]]:
    """The days of `span` before and after the whole months."""
    first, last = span.days
    if first < start:
        yield first, start - ONE_DAY
    if end <= last:
        yield end, last


@dataclass
class Known:
    """Of one month: whose buckets tell the truth, and whose do not."""

    told: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)

    @property
    def good(self) -> set[int]:
        return self.told - self.stale


def _known(whole: Whole, kind: Kind, as_of: date) -> dict[date, Known]:
    """By month, what is known of a kind; asked once for all kinds, before anything is read from the tallies."""
    if as_of not in whole.known:
        whole.known[as_of] = _asked(whole, as_of)
    found: dict[date, Known] = whole.known[as_of][kind]
    return found


def _asked(whole: Whole, as_of: date) -> dict[Kind, dict[date, Known]]:
    found: dict[Kind, dict[date, Known]] = {kind: defaultdict(Known) for kind in Kind}
    of = whole.within()
    told = ArrayAgg("delegation", filter=holding(as_of))
    kept = Bucket.objects.filter(of).values("kind", "month").annotate(told=told, some=ArrayAgg("delegation"))
    marked = Touched.objects.filter(of).values("kind", "month")
    marked = marked.annotate(told=Value(None, kept.query.annotations["some"].output_field), some=ArrayAgg("delegation"))
    for row in kept.union(marked, all=True):
        known = found[Kind(row["kind"])][row["month"]]
        known.told |= {*(row["told"] or ())}
        known.stale |= {*row["some"]} - {*(row["told"] or ())}
    return found


def _is_lost(whole: Whole, kind: Kind, as_of: date, known: dict[date, Known]) -> bool:
    """Whether a bucket that was good is gone: a fold keeps those of today and forgets what nobody looks at."""
    if as_of == timezone.localdate():
        return False
    kept = Bucket.objects.filter(whole.within(), holding(as_of), kind=kind).values_list("month")
    now = dict(kept.annotate(told=ArrayAgg("delegation")))
    return any(of.good - {*now.get(month, ())} for month, of in known.items())


def holding(as_of: date) -> Q:
    """The condition on buckets: counted by the rules of this release, and standing on the as-of day."""
    return standing(as_of) & reduce(or_, [Q(kind=kind, rules=rules_of(kind)) for kind in Kind])


def standing(as_of: date) -> Q:
    """The condition on buckets and tallies: as of that day the numbers are these."""
    return Q(holds_from__lte=as_of, holds_until__gte=as_of)


def _columns(where: Groups) -> dict[str, object]:
    """The values of `where` as conditions on tallies."""
    fine = {"value": written(value) for name, value in where.items() if name not in KEYS}  # noqa: B035 - one at most
    return {name: value for name, value in where.items() if name in KEYS} | fine


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


def written(value: object) -> str | None:
    """A value of a dimension as tallies keep it: an id or a word, a length of time by its days."""
    if isinstance(value, timedelta):
        return str(value.days)
    return None if value is None else str(value)


def _value(name: str, value: Any) -> object:
    return READ[name](value) if name in READ and value is not None else value
