"""Counting marked buckets again, by the very measures, and keeping what they say (docs/decisions/0018)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Max, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from appointments.models import Appointment, Attendance, Visit
from reports.models import Bucket, Kind, Tally, Touched
from reports.rows import Rows
from reports.stats import PLACES, count
from reports.tallies import BOOKS, ONE_DAY, Book, days_of, narrowed, rules_of
from studios.measures import Span
from suggestions.models import Evaluation, Suggestion, UnitRequest

BATCH = 4000
"""Marks read, and void buckets renewed, in one transaction."""
LOCK = 60_418_331
"""The advisory lock of whoever folds: two at once could write an older number over a newer one."""
WRITTEN = {"created_at"}
"""Dates that only tell when a row was typed; no measure asks for them."""

Marks = dict[date, dict[int, int]]
"""By month: the delegations marked, with their county."""


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


def fold(today: date) -> int:
    """Count a batch of marked or void buckets again; returns how many, 0 where somebody else folds or none is left."""
    if connection.vendor != "postgresql":
        return 0
    with transaction.atomic():
        if not _alone():
            return 0
        marks = list(Touched.objects.order_by("pk")[:BATCH])
        buckets = {kind: _gathered(kind, marks, today) for kind in Kind}
        for kind, months in buckets.items():
            for month, delegations in months.items():
                _renew(kind, month, delegations, today)
        Touched.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    return sum(len(delegations) for months in buckets.values() for delegations in months.values())


def mark_all(county: int | None = None) -> int:
    """Mark every bucket that is kept, of one county or of all, to be counted again; returns how many."""
    buckets = Bucket.objects.all() if county is None else Bucket.objects.filter(county=county)
    marks = [Touched(kind=row.kind, county=row.county, delegation=row.delegation, month=row.month) for row in buckets]
    return len(Touched.objects.bulk_create(marks, batch_size=BATCH))


def _alone() -> bool:
    """Take the lock, and look up the few rows of a bucket instead of compiling and scanning as for a whole table."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _gathered(kind: Kind, marks: list[Touched], today: date) -> Marks:
    void = Bucket.objects.filter(Q(holds_until__lt=today) | ~Q(rules=rules_of(kind)), kind=kind).order_by("month")
    found: Marks = defaultdict(dict)
    for row in (*(mark for mark in marks if mark.kind == kind), *void[:BATCH]):
        found[row.month][row.delegation] = row.county
    return found


def _renew(kind: Kind, month: date, delegations: dict[int, int], today: date) -> None:
    """Count one kind of rows of one month of some delegations, and put it in the place of what was kept."""
    key = {"kind": kind, "month": month}
    tallies = [tally for book in BOOKS if book.kind == kind for tally in _counted(book, month, delegations, today)]
    Tally.objects.filter(**key, delegation__in=delegations).delete()
    Bucket.objects.filter(**key, delegation__in=delegations).delete()
    Tally.objects.bulk_create(tallies, batch_size=BATCH)
    days = _holding(kind, month, delegations, today)
    Bucket.objects.bulk_create(
        Bucket(**key, county=county, delegation=pk, rules=rules_of(kind), **days[pk])
        for pk, county in delegations.items()
    )


def _counted(book: Book, month: date, delegations: dict[int, int], today: date) -> Iterator[Tally]:
    place = next(place for place in PLACES if place.source is book.source)
    order = list(book.source.measures)
    rows = narrowed(Rows.all(), place, book.of_delegations(delegations))
    span = Span(*days_of(month), today)
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
            value=None if value is None else str(value),
            numbers=[numbers[key] for key in order],
        )


def _holding(kind: Kind, month: date, delegations: dict[int, int], today: date) -> dict[int, dict[str, date]]:
    """From and until which as-of day the numbers of each bucket stay what they are today.

    A measure compares dates with the as-of day, so it can only change on a date written in the rows, or a day later.
    """
    _first, last = days_of(month)
    before, after = dict.fromkeys(delegations, last), dict.fromkeys(delegations, date.max)
    for model, where in DATED[kind]:
        for pk, days in _neighbours(model, where, (month, last), delegations, today):
            before[pk] = max([before[pk], *(day for day in days if day <= today)])
            after[pk] = min([after[pk], *(day for day in days if day >= today)])
    if last >= today:
        return {pk: {"holds_from": today, "holds_until": today} for pk in delegations}
    return {
        pk: {"holds_from": min(today, before[pk] + ONE_DAY), "holds_until": max(today, after[pk] - ONE_DAY)}
        for pk in delegations
    }


def _neighbours(
    model: type[models.Model], where: dict[str, Any], days: tuple[date, date], delegations: Collection[int], today: date
) -> Iterator[tuple[int, list[date]]]:
    """By delegation: for every kind of date in the rows of `days`, the last up to `today` and the first from it on."""
    asked: dict[str, Min | Max] = {}
    for name in [field.name for field in model._meta.fields if isinstance(field, models.DateField)]:
        path = f"{name}__date" if isinstance(model._meta.get_field(name), models.DateTimeField) else name
        if name not in WRITTEN:
            asked[f"last_{name}"] = Max(name, filter=Q(**{f"{path}__lte": today}))
            asked[f"next_{name}"] = Min(name, filter=Q(**{f"{path}__gte": today}))
    rows = model._default_manager.alias(day=where["day"]).filter(day__range=days)
    grouped = rows.order_by().annotate(bucket=where["delegation"]).filter(bucket__in=delegations).values("bucket")
    for row in grouped.annotate(**asked):
        yield row.pop("bucket"), [_day(value) for value in row.values() if value is not None]


def _day(value: date) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value
