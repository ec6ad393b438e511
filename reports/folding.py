"""Counting marked buckets again, by the very measures, and keeping what they say (docs/decisions/0018)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from appointments.models import Appointment, Attendance, Visit
from reports.board.periods import running
from reports.models import Bucket, Kind, Tally, Touched
from reports.rows import Rows
from reports.stats import PLACES, count
from reports.tallies import BOOKS, ONE_DAY, Book, holding, narrowed, rules_of, standing, written
from studios.calendar import month_bounds
from studios.measures import Span
from suggestions.models import Evaluation, Suggestion, UnitRequest

BATCH = 4000
"""Marks read, and buckets of one kind and look counted, in one transaction."""
LOCK = 60_418_331
"""The advisory lock of whoever folds: two at once could write an older number over a newer one."""
WRITTEN = {"created_at"}
"""Dates that only tell when a row was typed; no measure asks for them."""

Holding = dict[int, dict[str, date]]
"""By delegation: `holds_from` and `holds_until` of its bucket."""
Found = tuple[date, int, int]
"""A bucket: its month, delegation and county."""


def _of_case(prefix: str) -> dict[str, Any]:
    accepted = Coalesce(f"{prefix}accepted_on", f"{prefix}parent__accepted_on")
    return {"delegation": F(f"{prefix}delegation_id"), "day": accepted}


DATED: dict[Kind, tuple[tuple[type[models.Model], dict[str, Any]], ...]] = {
    Kind.CASES: (
        (Suggestion, {"delegation": F("delegation_id"), "day": F("accepted_on")}),
        (Evaluation, _of_case("suggestion__")),
        (UnitRequest, _of_case("suggestion__")),
    ),
    Kind.GATHERINGS: (
        (Appointment, {"delegation": F("delegation_id"), "day": F("held_on")}),
        (Attendance, {"delegation": F("appointment__delegation_id"), "day": F("appointment__held_on")}),
    ),
    Kind.VISITS: ((Visit, {"delegation": F("delegation_id"), "day": F("received_on")}),),
}
"""Whose dates a measure of the kind may compare with the as-of day, and where they belong."""


ROWS: dict[Kind, tuple[type[models.Model], F | Coalesce]] = {
    Kind.CASES: (Suggestion, Coalesce("accepted_on", "parent__accepted_on")),
    Kind.GATHERINGS: (Appointment, F("held_on")),
    Kind.VISITS: (Visit, F("received_on")),
}
"""The rows that make buckets, and their days."""


def fold(today: date) -> int:
    """Count a batch of what is marked, or not known as of a day that pages look from; returns how many buckets.

    0 where nothing is left, or somebody else folds.
    """
    if connection.vendor != "postgresql":
        return 0
    with transaction.atomic():
        if not _alone():
            return 0
        marks = list(Touched.objects.order_by("pk")[:BATCH])
        folded = sum(_fold_kind(kind, [mark for mark in marks if mark.kind == kind], today) for kind in Kind)
        Touched.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    return folded


def looks(today: date) -> list[Span]:
    """The months looked at, and the days from which: all of them today, and what running periods are compared with."""
    longest_first = reversed(running(today).values())
    compared = [choice.before.span for choice in longest_first if choice.before]
    return [Span(date.min, date.max, today), *compared]


def mark_all(county: int | None = None) -> None:
    """Mark every bucket to be counted again, of one county or of all: those kept, and those there are rows of."""
    some = {} if county is None else {"county": county}
    for kind, (model, day) in ROWS.items():
        rows = model._default_manager.order_by().annotate(month=TruncMonth(day)).exclude(month=None)
        found = {*rows.filter(**some).values_list("county", "delegation", "month").distinct()}
        found |= {*Bucket.objects.filter(kind=kind, **some).values_list("county", "delegation", "month")}
        marks = [Touched(kind=kind, county=place, delegation=town, month=month) for place, town, month in found]
        Touched.objects.bulk_create(marks, batch_size=BATCH)


def _alone() -> bool:
    """Take the lock, and look up the few rows of a bucket instead of compiling and scanning as for a whole table."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _fold_kind(kind: Kind, marks: list[Touched], today: date) -> int:
    """Forget what is marked or was counted by other rules; then keep what is unknown, or drop what nobody looks at."""
    other_rules = Bucket.objects.filter(kind=kind).exclude(rules=rules_of(kind))[:BATCH]
    anew = [(row.month, row.delegation, row.county) for row in (*marks, *other_rules)]
    for month, delegations in _by_month(anew):
        _forget(kind, Q(month=month, delegation__in=delegations))
    folded, spans = 0, looks(today)
    for span in spans:
        for month, delegations in _by_month([*_unknown(kind, span), *(anew if span.as_of == today else ())]):
            _keep(kind, month, delegations, span.as_of)
            folded += len(delegations)
    if not folded:
        seen = reduce(or_, [standing(span.as_of) for span in spans])
        idle = Bucket.objects.filter(~seen, kind=kind).values_list("month", "delegation", "county")[:BATCH]
        for month, delegations in _by_month(idle):
            _forget(kind, Q(month=month, delegation__in=delegations) & ~seen)
    return folded


def _by_month(found: Iterable[Found]) -> Iterable[tuple[date, dict[int, int]]]:
    """By month, the delegations with their county."""
    months: dict[date, dict[int, int]] = defaultdict(dict)
    for month, delegation, county in found:
        months[month][delegation] = county
    return months.items()


def _unknown(kind: Kind, span: Span) -> Iterable[Found]:
    """A batch of the buckets of `span` that have not been counted as of its day."""
    buckets = Bucket.objects.filter(kind=kind, month__range=(span.first, span.last))
    told = buckets.values_list("month", "delegation", "county").annotate(told=Count("pk", filter=holding(span.as_of)))
    return told.filter(told=0).order_by("month").values_list("month", "delegation", "county")[:BATCH]


def _forget(kind: Kind, which: Q) -> None:
    for model in (Tally, Bucket):
        model.objects.filter(which, kind=kind).delete()


def _keep(kind: Kind, month: date, delegations: dict[int, int], as_of: date) -> None:
    """Count one kind of rows of one month of some delegations, and note on which days that stays so."""
    days = _holding(kind, month, delegations, as_of)
    for book in BOOKS:
        if book.kind == kind:
            Tally.objects.bulk_create(_counted(book, month, days, as_of), batch_size=BATCH)
    Bucket.objects.bulk_create(
        Bucket(kind=kind, month=month, county=county, delegation=pk, rules=rules_of(kind), **days[pk])
        for pk, county in delegations.items()
    )


def _counted(book: Book, month: date, days: Holding, as_of: date) -> Iterator[Tally]:
    place = next(place for place in PLACES if place.source is book.source)
    order = list(book.source.measures)
    rows = narrowed(Rows.all(), place, book.of_delegations(days))
    span = Span(*month_bounds(month), as_of)
    sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for (county, delegation, *values), numbers in count(
        rows, span, order, by=("county", "delegation", *book.dimensions)
    ).items():
        sums[county, delegation, "", None].update(numbers)
        for dimension, value in zip(book.dimensions, values, strict=True):
            sums[county, delegation, dimension, value].update(numbers)
    for (county, delegation, dimension, value), numbers in sums.items():
        yield Tally(
            kind=book.kind,
            county=county,
            delegation=delegation,
            month=month,
            source=book.name,
            dimension=dimension,
            value=written(value),
            numbers=[numbers[key] for key in order],
            **days[delegation],
        )


def _holding(kind: Kind, month: date, delegations: Collection[int], as_of: date) -> Holding:
    """From and until which as-of day the numbers of each bucket stay what they are on `as_of`.

    A measure compares dates with the as-of day, so it can only change on a date written in the rows, or a day later.
    """
    _first, last = days = month_bounds(month)
    if last >= as_of:
        return {pk: {"holds_from": as_of, "holds_until": as_of} for pk in delegations}
    before, after = dict.fromkeys(delegations, last), dict.fromkeys(delegations, date.max)
    for model, where in DATED[kind]:
        for pk, written_days in _neighbours(model, where, days, delegations, as_of):
            before[pk] = max([before[pk], *(day for day in written_days if day <= as_of)])
            after[pk] = min([after[pk], *(day for day in written_days if day >= as_of)])
    return {
        pk: {"holds_from": min(as_of, before[pk] + ONE_DAY), "holds_until": max(as_of, after[pk] - ONE_DAY)}
        for pk in delegations
    }


def _neighbours(
    model: type[models.Model], where: dict[str, Any], days: tuple[date, date], delegations: Collection[int], as_of: date
) -> Iterator[tuple[int, list[date]]]:
    """By delegation: for every kind of date in the rows of `days`, the last up to `as_of` and the first from it on."""
    asked: dict[str, Min | Max] = {}
    for name in [field.name for field in model._meta.fields if isinstance(field, models.DateField)]:
        path = f"{name}__date" if isinstance(model._meta.get_field(name), models.DateTimeField) else name
        if name not in WRITTEN:
            asked[f"last_{name}"] = Max(name, filter=Q(**{f"{path}__lte": as_of}))
            asked[f"next_{name}"] = Min(name, filter=Q(**{f"{path}__gte": as_of}))
    rows = model._default_manager.alias(day=where["day"]).filter(day__range=days)
    grouped = rows.order_by().annotate(bucket=where["delegation"]).filter(bucket__in=delegations).values("bucket")
    for row in grouped.annotate(**asked):
        yield row.pop("bucket"), [_day(value) for value in row.values() if value is not None]


def _day(value: date) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value
