"""Which studios a user may see and what hangs on them. The office calendar is public and visible to everyone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.enums import Role
from studios.enums import CheckOutcome, Compliance, StudioStatus
from studios.standards import SHORTFALLS, asked_area, holds

if TYPE_CHECKING:
    from accounts.models import Organization, User
    from studios.models import (
        CalendarChange,
        CalendarEffect,
        CalendarYear,
        ChecklistTemplate,
        Equipment,
        Holiday,
        Inspection,
        Rectification,
        Studio,
        StudioStandard,
    )

Row = TypeVar("Row", bound=models.Model)
NOVEMBER = 11
LAST_INSPECTION = {"last_inspection_id": "pk", "last_inspected_on": "inspected_on"}


def studio_scope(user: User, prefix: str = "") -> Q:
    """Rows of the studios whose work the user runs or reads, for any model that has a studio and delegation.

    `prefix` is the path to that model, e.g. "appointment__". Liaisons: own studios; delegation office: own
    delegation; county office and leaders: the county. Other roles: nothing.
    """
    scope = user.scope
    allowed = Q(**{f"{prefix}county_id__in": scope.reads_county_ids})
    if scope.has(Role.DELEGATION_OFFICE):
        allowed |= Q(**{f"{prefix}delegation_id__in": scope.where(Role.DELEGATION_OFFICE)})
    if scope.has(Role.LIAISON):
        allowed |= Q(**{f"{prefix}studio_id__in": user.studios.values("pk")})
    return allowed


class StudioQuerySet(models.QuerySet["Studio"]):
    def visible_to(self, user: User) -> Self:
        """Studios of the user's counties: where they are and when they open is no secret within a county."""
        return self.filter(county_id__in=user.scope.county_ids)

    def run_by(self, user: User) -> Self:
        """Studios the user is a liaison of."""
        return self.filter(liaisons=user)

    def tended_by(self, user: User) -> Self:
        """Studios the user keeps in order: a liaison's own, an office's own delegation or county."""
        scope = user.scope
        own = Q(delegation_id__in=scope.where(Role.DELEGATION_OFFICE))
        own |= Q(county_id__in=scope.counties.get(Role.COUNTY_OFFICE, frozenset()))
        if scope.has(Role.LIAISON):
            own |= Q(pk__in=user.studios.values("pk"))
        return self.filter(own)

    def worked_in_by(self, user: User) -> Self:
        """Studios whose registers the user reads."""
        scope = user.scope
        offices = Q(delegation_id__in=scope.where(Role.DELEGATION_OFFICE)) | Q(county_id__in=scope.reads_county_ids)
        return self.filter(offices | Q(pk__in=user.studios.values("pk")))

    def active(self) -> Self:
        return self.filter(status=StudioStatus.ACTIVE)

    def with_shortfalls(self, day: date) -> Self:
        """Each with `asked_area`, what its county asks on `day`, one truth per row of `SHORTFALLS`, and `is_below`."""
        told = self.annotate(asked_area=asked_area(day)).annotate(**{row.name: holds(row.holds) for row in SHORTFALLS})
        return told.annotate(is_below=holds(Q(*((row.name, True) for row in SHORTFALLS), _connector=Q.OR)))

    def with_list_related(self) -> Self:
        return self.select_related("delegation").prefetch_related("liaisons")

    def with_compliance(self, as_of: date | None = None) -> Self:
        """Annotate the last inspection up to `as_of` and what it says: `last_inspection_id`, `last_inspected_on`,
        `last_fails`, `compliance` (domain.md §2). No query per row.
        """
        inspections: Any = self.model._meta.get_field("inspections").related_model
        results: Any = inspections._meta.get_field("results").related_model
        latest = inspections.objects.filter(studio=OuterRef("pk")).order_by("-inspected_on", "-pk")
        latest = latest.filter(inspected_on__lte=as_of) if as_of else latest
        failed = results._default_manager.filter(inspection=OuterRef("last_inspection_id"), outcome=CheckOutcome.FAIL)
        counted = failed.order_by().values("inspection").annotate(n=Count("pk")).values("n")
        last = {name: Subquery(latest.values(of)[:1]) for name, of in LAST_INSPECTION.items()}
        return (
            self.annotate(**last)
            .annotate(last_fails=Coalesce(Subquery(counted), Value(0)))
            .annotate(
                compliance=Case(
                    When(last_inspection_id=None, then=Value(Compliance.UNCHECKED)),
                    When(last_fails=0, then=Value(Compliance.PASSING)),
                    default=Value(Compliance.FAILING),
                    output_field=models.CharField(),
                )
            )
        )


class StudioRowQuerySet(models.QuerySet[Row]):
    """Rows that belong to one studio and are read by whoever reads its registers."""

    def visible_to(self, user: User) -> Self:
        studios: Any = self.model._meta.get_field("studio").related_model
        return self.filter(studio__in=studios.objects.worked_in_by(user))


class EquipmentQuerySet(StudioRowQuerySet["Equipment"]):
    """What stands in studios."""


class InspectionQuerySet(StudioRowQuerySet["Inspection"]):
    def with_fails(self) -> Self:
        """Annotate `fails`: how many items were found wanting."""
        return self.annotate(fails=Count("results", filter=Q(results__outcome=CheckOutcome.FAIL)))


class RectificationQuerySet(StudioRowQuerySet["Rectification"]):
    def open(self) -> Self:
        """To be mended: not closed, and of a studio that still stands."""
        return self.filter(closed_on=None).exclude(studio__status=StudioStatus.CLOSED)

    def overdue(self, today: date) -> Self:
        """Open and past the due date."""
        return self.open().filter(due_on__lt=today)

    def closed(self) -> Self:
        """Mended, as a later look found."""
        return self.filter(closed_on__isnull=False)


class ChecklistTemplateQuerySet(models.QuerySet["ChecklistTemplate"]):
    def visible_to(self, user: User) -> Self:
        """The checklist of a county is no secret within it."""
        return self.filter(county_id__in=user.scope.county_ids)

    def current(self, county: Organization) -> ChecklistTemplate | None:
        """The newest version of `county`, None before the first."""
        return self.filter(county=county).order_by("-version").first()


class CalendarYearQuerySet(models.QuerySet["CalendarYear"]):
    def visible_to(self, user: User) -> Self:
        return self

    def awaited(self, today: date) -> int | None:
        """From 1 November on next year, as long as its holidays are not announced (domain.md §4); else None."""
        if today.month < NOVEMBER or self.filter(year=today.year + 1, is_announced=True).exists():
            return None
        return today.year + 1


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def visible_to(self, user: User) -> Self:
        return self


class CalendarChangeQuerySet(models.QuerySet["CalendarChange"]):
    def visible_to(self, user: User) -> Self:
        """Who changed the calendar is told to everybody, as the calendar is."""
        return self


class CalendarEffectQuerySet(models.QuerySet["CalendarEffect"]):
    def visible_to(self, user: User) -> Self:
        """Effects name cases and studios: they are for those who read the whole county."""
        return self.filter(county_id__in=user.scope.reads_county_ids)
