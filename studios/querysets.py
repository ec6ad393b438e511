"""Which studios a user may see and what hangs on them. The office calendar is public and visible to everyone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from accounts.enums import Role
from studios.enums import StudioStatus
from studios.standards import SHORTFALLS, asked_area, holds

if TYPE_CHECKING:
    from accounts.models import Organization, User
    from studios.models import (
        CalendarYear,
        ChecklistTemplate,
        Equipment,
        Holiday,
        Rectification,
        Studio,
        StudioStandard,
    )

Row = TypeVar("Row", bound=models.Model)


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


class StudioRowQuerySet(models.QuerySet[Row]):
    """Rows that belong to one studio and are read by whoever reads its registers."""

    def visible_to(self, user: User) -> Self:
        studios: Any = self.model._meta.get_field("studio").related_model
        return self.filter(studio__in=studios.objects.worked_in_by(user))


class EquipmentQuerySet(StudioRowQuerySet["Equipment"]):
    """What stands in studios."""


class RectificationQuerySet(StudioRowQuerySet["Rectification"]):
    def open(self) -> Self:
        return self.filter(closed_on=None)

    def overdue(self, today: date) -> Self:
        """Open and past the due date."""
        return self.open().filter(due_on__lt=today)


class ChecklistTemplateQuerySet(models.QuerySet["ChecklistTemplate"]):
    def visible_to(self, user: User) -> Self:
        """The checklist of a county is no secret within it."""
        return self.filter(county_id__in=user.scope.county_ids)

    def current(self, county: Organization) -> ChecklistTemplate | None:
        """The newest version of `county`, None before the first."""
        return self.filter(county=county).order_by("-version").first()


class StudioStandardQuerySet(models.QuerySet["StudioStandard"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(county_id__in=user.scope.county_ids)

    def in_force(self, county: Organization, day: date) -> StudioStandard:
        """What `county` asks on `day`; the source's numbers where it has set none."""
        standards = self.filter(county=county, effective_from__lte=day)
        return standards.order_by("-effective_from").first() or self.model(county=county, effective_from=day)


class CalendarYearQuerySet(models.QuerySet["CalendarYear"]):
    def visible_to(self, user: User) -> Self:
        return self


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def visible_to(self, user: User) -> Self:
        return self
